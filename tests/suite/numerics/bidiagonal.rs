use faer::Mat;
use modewise::numerics::linear_algebra::bidiagonal::Bidiagonal;
use modewise::numerics::linear_algebra::svd::thin_svd;
use modewise::seed::{MasterSeed, stream};
use rand::{Rng, RngExt};

/// A band like that of a Lanczos process whose operator has `outliers` singular values above the others: diagonal and
/// superdiagonal.
fn band(n: usize, outliers: usize, rng: &mut impl Rng) -> (Vec<f64>, Vec<f64>) {
    let mut entry = |centre: f64| centre + rng.random_range(-0.05..0.05);
    let diagonal = (0..n).map(|place| entry(if place < outliers { 3.0 + place as f64 } else { 1.0 })).collect();
    (diagonal, (1..n).map(|_| entry(0.7)).collect())
}

fn dense((diagonal, superdiagonal): &(Vec<f64>, Vec<f64>)) -> Mat<f64> {
    let n = diagonal.len();
    Mat::from_fn(n, n, |row, column| match column.wrapping_sub(row) {
        0 => diagonal[row],
        1 => superdiagonal[row],
        _ => 0.0,
    })
}

#[test]
fn values_and_last_components_are_those_of_the_dense_decomposition() {
    let mut failures = Vec::new();
    for (n, outliers) in [(1, 0), (2, 1), (5, 2), (12, 1), (12, 3), (30, 1), (30, 2), (80, 1)] {
        let band = band(n, outliers, &mut stream(MasterSeed(1), "bidiagonal", &(n, outliers), 0));
        let expected = thin_svd(dense(&band).as_ref()).expect("a finite matrix");
        let b = Bidiagonal::new(&band.0, &band.1);
        for mode in 0..outliers.max(1) {
            let s = b.singular_value(mode as u64 + 1);
            let (tail, last) = (b.vector_decay(s), expected.u[(n - 1, mode)].abs());
            // The dense vectors are right to rounding of their length, the values to the width of the bisection.
            let right = (s - expected.s[mode]).abs() <= 1e-11 && (tail.last - last).abs() <= 1e-14 + 1e-6 * last;
            let growth = match n {
                1 => f64::NAN,
                2 => expected.u[(0, mode)].abs() / last,
                _ => (expected.u[(n - 3, mode)].abs() / last).sqrt(),
            };
            // Below 1e-10 the dense vectors are rounding errors.
            let grows = (tail.growth - growth).abs() <= 1e-5 * growth || last < 1e-10 || n == 1 && tail.growth.is_nan();
            if !right || !grows {
                failures.push(format!("{n} x {n}, mode {mode}: {s} {}, {tail:?} {last} {growth}", expected.s[mode]));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn all_values_are_those_of_the_dense_decomposition() {
    let mut rng = stream(MasterSeed(3), "bidiagonal", &0, 0);
    let mut entries = |n: usize| (0..n).map(|_| rng.random_range(-1.0..1.0)).collect::<Vec<f64>>();
    let mut bands: Vec<_> = [2, 7, 8, 9, 40].map(|n| (entries(n), entries(n - 1))).into();
    bands.extend([(vec![1.0; 24], vec![0.0; 23]), (vec![1.0; 30], vec![1.0; 29]), (vec![0.0; 3], vec![0.0; 2])]);
    bands.push((vec![1.0, 0.0, 1e-9, 1.0, 1e-150, 0.5], vec![0.0, 1.0, 1e-12, 0.0, 1e-200]));
    bands.push((entries(400), entries(399)));
    let mut failures = Vec::new();
    for band in bands {
        let n = band.0.len();
        let expected = thin_svd(dense(&band).as_ref()).expect("a finite matrix").s;
        for (mode, expected) in expected.into_iter().enumerate().step_by(n.div_ceil(40)) {
            let observed = Bidiagonal::new(&band.0, &band.1).singular_value(mode as u64 + 1);
            // Entries are at most 1: their sum is at most 2, and its 2^40-th part below 2e-12.
            if (observed - expected).abs() > 2e-12 {
                failures.push(format!("{n} x {n}, mode {mode}: {observed} {expected}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn values_are_counted_with_their_copies() {
    let b = Bidiagonal::new(&[2.0, 2.0, -1.0], &[0.0, 0.0]);
    for (place, expected) in [(1, 2.0), (2, 2.0), (3, 1.0)] {
        let observed = b.singular_value(place);
        assert!((observed - expected).abs() <= 1e-11, "{observed} {expected}");
    }
    assert!(b.vector_decay(2.0).last.is_nan(), "a band that is cut in two has no vector that reaches its end");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the values are finite")]
fn the_leading_triplet_is_that_of_the_dense_decomposition() {
    let mut failures = Vec::new();
    for (n, outliers) in [(1, 0), (2, 1), (5, 1), (12, 1), (12, 2), (30, 1), (80, 1)] {
        let band = band(n, outliers, &mut stream(MasterSeed(2), "bidiagonal", &(n, outliers), 0));
        let b = dense(&band);
        let expected = thin_svd(b.as_ref()).expect("a finite matrix");
        let bidiagonal = Bidiagonal::new(&band.0, &band.1);
        let found = bidiagonal.triplet(bidiagonal.singular_value(1));
        let (u, v) = (Mat::from_fn(n, 1, |row, _| found.u[row]), Mat::from_fn(n, 1, |row, _| found.v[row]));
        let residual = (&b * &v - found.s * &u).norm_max().max((b.transpose() * &u - found.s * &v).norm_max());
        let along = (expected.u.col(0).transpose() * u.col(0)).abs();
        // Twenty steps of recurrence, each with a rounding error or two.
        let right = (found.s - expected.s[0]).abs() <= 1e-13 && residual <= 1e-13 && 1.0 - along <= 1e-13;
        if !right || found.residual.abs() > 1e-13 {
            failures.push(format!("{n} x {n}: {} {}, {residual:e}, {along}", found.s, expected.s[0]));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
