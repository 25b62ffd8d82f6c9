use faer::Mat;
use modewise::numerics::bits::bernoulli::Bernoulli;
use modewise::numerics::bits::packed::{BitMatrix, Block, Centred};
use modewise::numerics::linear_algebra::co_occurrences::CoOccurrences;
use modewise::numerics::linear_algebra::haar::{normal_matrix, orthonormal};
use modewise::numerics::linear_algebra::lanczos::{Lanczos, LanczosOptions, LeadingTriplets};
use modewise::numerics::linear_algebra::operator::{Operator, Transposed};
use modewise::numerics::linear_algebra::svd::{NotConverged, thin_svd};
use modewise::numerics::statistics::extreme::largest;
use modewise::seed::{MasterSeed, stream};
use proptest::prelude::*;
use rand::RngExt;

use crate::data::reference;

fn leading(a: &dyn Operator, count: usize, tolerance: f64) -> LeadingTriplets {
    let mut rng = stream(MasterSeed(1), "lanczos", &count, 0);
    Lanczos::new(a.rows(), a.columns())
        .leading(a, LanczosOptions { count, tolerance }, &mut rng)
        .expect("finite products")
}

/// Largest of `|A v - s u|`, `|A^T u - s v|` and of the deviation from orthonormal vectors.
fn defect(a: &Mat<f64>, found: &LeadingTriplets) -> f64 {
    let k = found.s.len();
    let scaled =
        |vectors: &Mat<f64>| Mat::from_fn(vectors.nrows(), k, |row, mode| vectors[(row, mode)] * found.s[mode]);
    let off = |vectors: &Mat<f64>| (vectors.transpose() * vectors - Mat::<f64>::identity(k, k)).norm_max();
    let right = (a * &found.v - scaled(&found.u)).norm_max();
    let left = (a.transpose() * &found.u - scaled(&found.v)).norm_max();
    largest([right, left, off(&found.u), off(&found.v)])
}

fn entries(a: &Centred<'_>) -> Mat<f64> {
    let entry = |row, column| a.scale * (f64::from(a.bits.entry(row, column)) - a.mean);
    Mat::from_fn(a.rows(), a.columns(), entry)
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the values are finite")]
fn all_triplets_are_those_of_numpy_even_repeated_ones() {
    for case in reference::cases("svd") {
        let (a, expected) = (reference::matrix(&case["a"]), reference::numbers(&case["s"]));
        let found = leading(&a.as_ref(), expected.len(), 1e-13);
        let tolerance = 1e-13 * expected[0];
        for (observed, expected) in found.s.iter().zip(&expected) {
            assert!((observed - expected).abs() <= tolerance, "{}: {observed} {expected}", case["name"]);
        }
        assert_eq!(found.s.len(), expected.len());
        assert!(defect(&a, &found) <= 10.0 * tolerance.max(1e-14), "{}: {}", case["name"], defect(&a, &found));
    }
}

#[test]
fn the_leading_triplets_of_a_packed_table_are_those_of_numpy() {
    let case = &reference::cases("detection")[1];
    let x = reference::matrix(&case["x"]);
    let q = reference::number(&case["background"]);
    let bits = BitMatrix::from_fn(x.nrows(), x.ncols(), |row, column| x[(row, column)] == 1.0);
    let centred = Centred { bits: &bits, mean: q, scale: 1.0 / (q * (1.0 - q)).sqrt() };
    let expected = reference::numbers(&case["s"]);
    let found = leading(&centred, expected.len(), 1e-10);
    for (observed, expected) in found.s.iter().zip(&expected) {
        assert!((observed - expected).abs() <= 1e-10 * expected, "{observed} {expected}");
    }
    let block = reference::numbers(&case["block"]);
    let overlap = |pattern: &[f64], members: f64| pattern[..members as usize].iter().sum::<f64>().powi(2) / members;
    for (observed, expected) in [
        (overlap(found.u.col_as_slice(0), block[0]), reference::number(&case["feature_overlap"])),
        (overlap(found.v.col_as_slice(0), block[1]), reference::number(&case["object_overlap"])),
    ] {
        assert!((observed - expected).abs() <= 1e-9, "{observed} {expected}");
    }
}

#[test]
fn matrices_with_small_invariant_subspaces_break_nothing() {
    let rank_one = Mat::from_fn(9, 6, |row, column| (row + 1) as f64 * (column as f64 - 2.0));
    let length = 285.0_f64.sqrt() * 19.0_f64.sqrt();
    let cases = [
        ("1 x 1", Mat::full(1, 1, -3.0), 1, vec![3.0]),
        ("zero", Mat::zeros(7, 4), 2, vec![0.0, 0.0]),
        ("identity", Mat::identity(8, 8), 3, vec![1.0, 1.0, 1.0]),
        ("rank one", rank_one.clone(), 1, vec![length]),
        ("rank one, more options", rank_one, 3, vec![length, 0.0, 0.0]),
        ("a row", Mat::from_fn(1, 5, |_, column| column as f64), 1, vec![30.0_f64.sqrt()]),
        ("more options than there are", Mat::identity(2, 3), 9, vec![1.0, 1.0]),
    ];
    for (name, a, count, expected) in cases {
        let found = leading(&a.as_ref(), count, 1e-12);
        assert_eq!(found.s.len(), expected.len(), "{name}");
        for (observed, expected) in found.s.iter().zip(&expected) {
            assert!((observed - expected).abs() <= 1e-13 * (1.0 + length), "{name}: {observed} {expected}");
        }
        assert!(defect(&a, &found) <= 1e-12 * (1.0 + length), "{name}: {}", defect(&a, &found));
    }
}

#[test]
fn leading_triplets_of_tables_with_a_short_side_are_those_of_the_decomposition() {
    let mut gram = CoOccurrences::default();
    for (rows, columns) in [(40, 40), (40, 1000), (1000, 40), (120, 250), (250, 120)] {
        let mut bits = BitMatrix::zeros(rows, columns);
        for (replicate, density) in [0.21, 0.35, 0.9].into_iter().enumerate() {
            let block = [Block { rows: 0..rows / 3, columns: 0..columns / 3, density: Bernoulli::new(density) }];
            let mut rng = stream(MasterSeed(9), "bits", &(rows, columns), replicate as u64);
            bits.draw(Bernoulli::new(0.2), &block, &mut rng);
            for mean in [0.0, 0.2] {
                let a = Centred { bits: &bits, mean, scale: 2.5 };
                assert!(a.row_gram(&mut gram) || a.column_gram(&mut gram), "{rows} x {columns}");
                let entries = entries(&a);
                let exact = thin_svd(entries.as_ref()).unwrap();
                for (count, tolerance) in [(1, 1e-6), (3, 1e-6), (3, 1e-10)] {
                    let found = leading(&a, count, tolerance);
                    let text = format!("{rows} x {columns}, {density}, {mean}, {count}, {tolerance:e}");
                    assert!(found.residual <= tolerance, "{text}: {}", found.residual);
                    let defect = defect(&entries, &found);
                    assert!(defect <= found.residual * found.s[0] + 1e-12 * found.s[0], "{text}: {defect:e}");
                    for (observed, expected) in found.s.iter().zip(&exact.s) {
                        let error = (observed - expected).abs();
                        assert!(error <= (tolerance * tolerance + 1e-12) * exact.s[0] * 1e3, "{text}: {error:e}");
                    }
                }
            }
        }
    }
}

#[test]
fn tables_whose_squares_would_lose_digits_lose_none() {
    let distinct = |kinds: usize| move |row: usize, column: usize| (row % kinds) * 7 % 5 == column % 3;
    let zeros = BitMatrix::zeros(20, 90);
    let ones = BitMatrix::from_fn(20, 90, |_, _| true);
    let [pair, triple] = [2, 3].map(|kinds| BitMatrix::from_fn(24, 90, distinct(kinds)));
    let almost = BitMatrix::from_fn(64, 4000, |row, column| row > 0 || column == 0);
    for (name, bits) in [("zeros", zeros), ("ones", ones), ("pair", pair), ("triple", triple), ("almost", almost)] {
        let a = Centred { bits: &bits, mean: 0.0, scale: 1.0 };
        assert!(a.row_gram(&mut CoOccurrences::default()), "{name}");
        let entries = entries(&a);
        let exact = thin_svd(entries.as_ref()).unwrap();
        for count in [1, 2] {
            let found = leading(&a, count, 1e-8);
            assert!(defect(&entries, &found) <= 1e-8 * (1.0 + exact.s[0]), "{name}: {}", defect(&entries, &found));
            for (observed, expected) in found.s.iter().zip(&exact.s) {
                assert!((observed - expected).abs() <= 1e-11 * (1.0 + exact.s[0]), "{name}: {observed} {expected}");
            }
        }
    }
}

#[test]
fn products_that_are_not_finite_are_an_error() {
    for bad in [f64::NAN, f64::INFINITY] {
        let mut a = Mat::<f64>::identity(6, 5);
        a[(2, 3)] = bad;
        let mut rng = stream(MasterSeed(1), "lanczos", &0, 0);
        let options = LanczosOptions { count: 1, tolerance: 1e-6 };
        let result = Lanczos::new(6, 5).leading(&a.as_ref(), options, &mut rng);
        assert_eq!(result.map(|found| found.s), Err(NotConverged(6, 5)), "{bad}");
    }
}

#[test]
fn a_used_memory_gives_the_same_bits_as_a_new_one() {
    let mut used = Lanczos::new(30, 50);
    for replicate in 0..3 {
        let mut rng = stream(MasterSeed(4), "matrix", &0, replicate);
        let a = Mat::from_fn(30, 50, |_, _| rng.random::<f64>() - 0.5);
        let options = LanczosOptions { count: 2, tolerance: 1e-8 };
        let again = used.leading(&a.as_ref(), options, &mut rng.clone()).unwrap();
        let fresh = Lanczos::new(30, 50).leading(&a.as_ref(), options, &mut rng).unwrap();
        assert_eq!((again.s, again.u, again.v, again.steps), (fresh.s, fresh.u, fresh.v, fresh.steps));
    }
}

#[test]
fn few_steps_are_enough_for_a_few_triplets_of_a_large_matrix() {
    let mut rng = stream(MasterSeed(5), "matrix", &0, 0);
    let a =
        Mat::from_fn(400, 250, |row, column| rng.random::<f64>() - if row < 100 && column < 60 { 0.2 } else { 0.5 });
    let found = leading(&a.as_ref(), 1, 1e-8);
    let exact = thin_svd(a.as_ref()).unwrap();
    assert!(found.steps < 60, "{} steps", found.steps);
    assert!(found.residual <= 1e-8);
    assert!((found.s[0] - exact.s[0]).abs() <= 1e-12 * exact.s[0]);
}

#[test]
fn values_that_lie_close_together_have_orthogonal_vectors() {
    let mut failures = Vec::new();
    for gap in [1e-1, 1e-4, 1e-7, 1e-10, 1e-13] {
        let mut rng = stream(MasterSeed(6), "matrix", &0, 0);
        let (u, v) = (orthonormal(60, 40, &mut rng), orthonormal(40, 40, &mut rng));
        let s = |mode: usize| [3.0, 3.0 - gap, 2.0, 2.0 - 3.0 * gap].get(mode).copied().unwrap_or(1.0 / mode as f64);
        let a = u * Mat::from_fn(40, 40, |row, mode| v[(row, mode)] * s(mode)).transpose();
        for tolerance in [1e-4, 1e-8, 1e-12] {
            let found = leading(&a.as_ref(), 4, tolerance);
            if defect(&a, &found) > 3.0 * tolerance + 1e-13 {
                failures.push(format!("gap {gap}, tolerance {tolerance}: {}", defect(&a, &found)));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_mode_without_sums_is_found_beside_a_weaker_one_with_them() {
    let (rows, columns) = (300, 200);
    let mut rng = stream(MasterSeed(7), "matrix", &0, 0);
    let noise = normal_matrix(rows, columns, &mut rng);
    let half = |place: usize, of: usize| if place < of / 2 { 1.0 } else { -1.0 };
    let scale = ((rows * columns) as f64).sqrt();
    for weaker in [0.9, 0.99, 0.999] {
        let a = Mat::from_fn(rows, columns, |row, column| {
            (half(row, rows) * half(column, columns) + weaker) / scale + 1e-4 * noise[(row, column)] / scale
        });
        let (found, exact) = (leading(&a.as_ref(), 1, 1e-6), thin_svd(a.as_ref()).unwrap());
        assert!((found.s[0] - exact.s[0]).abs() <= 1e-9, "{weaker}: {} {}", found.s[0], exact.s[0]);
    }
}

#[test]
fn it_ends_soon_after_the_residual_is_small_enough() {
    let mut rng = stream(MasterSeed(5), "matrix", &0, 0);
    let dense = |row: usize, column: usize| row < 250 && column < 150;
    let a = Mat::from_fn(1000, 500, |row, column| rng.random::<f64>() - if dense(row, column) { 0.2 } else { 0.5 });
    let tolerances = (2..12).flat_map(|digits| [1.0, 0.3].map(|part| part * 10.0_f64.powi(-digits)));
    let runs: Vec<_> = tolerances.map(|tolerance| (tolerance, leading(&a.as_ref(), 1, tolerance))).collect();
    // All of them take the same steps, and differ in where they end.
    for (tolerance, found) in &runs {
        let enough = runs.iter().filter(|(_, other)| other.residual <= *tolerance).map(|(_, other)| other.steps).min();
        let enough = enough.expect("this one is among them");
        assert!(found.steps <= enough + 1, "{tolerance:e}: {} steps, {enough} are enough", found.steps);
    }
    let steps: Vec<usize> = runs.iter().map(|(_, found)| found.steps).collect();
    assert!(steps.windows(2).all(|pair| pair[1] <= pair[0] + 3), "not all numbers of steps are tried: {steps:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the values are finite")]
    fn triplets_are_as_good_as_their_residual_says(
        rows in 1_usize..60, columns in 1_usize..60, count in 1_usize..5, digits in 2_i32..12, seed in 0_u64..1000,
    ) {
        let mut rng = stream(MasterSeed(seed), "matrix", &(rows, columns), 0);
        let a = Mat::from_fn(rows, columns, |_, _| rng.random::<f64>() - 0.5);
        let tolerance = 10.0_f64.powi(-digits);
        let found = leading(&a.as_ref(), count, tolerance);
        prop_assert!(found.residual <= tolerance || found.steps == rows.min(columns));
        let exact = thin_svd(a.as_ref()).unwrap();
        // The recurrence's residual is right to rounding; a residual bounds the distance to a singular value.
        prop_assert!(defect(&a, &found) <= found.residual * found.s[0] + 1e-13 * (1.0 + found.s[0]));
        for s in &found.s {
            let nearest = exact.s.iter().map(|exact| (s - exact).abs()).fold(f64::INFINITY, f64::min);
            prop_assert!(nearest <= found.residual * found.s[0] + 1e-13);
        }
    }

    #[test]
    fn the_transpose_swaps_left_and_right(rows in 1_usize..40, columns in 1_usize..40, seed in 0_u64..1000) {
        let mut rng = stream(MasterSeed(seed), "matrix", &(rows, columns), 0);
        let a = Mat::from_fn(rows, columns, |_, _| rng.random::<f64>() - 0.5);
        let a = a.as_ref();
        let (found, swapped) = (leading(&a, 1, 1e-12), leading(&Transposed(&a), 1, 1e-12));
        prop_assert!((found.s[0] - swapped.s[0]).abs() <= 1e-12);
        for (one, other) in [(&found.u, &swapped.v), (&found.v, &swapped.u)] {
            let same = (one.transpose() * other)[(0, 0)].abs();
            let gap = thin_svd(a).unwrap().s.get(1).map_or(1.0, |second| found.s[0] - second);
            prop_assert!((same - 1.0).abs() <= (1e-11 / gap).powi(2) + 1e-13, "{same}");
        }
    }
}
