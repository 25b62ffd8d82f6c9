use faer::Mat;
use modewise::numerics::bidiagonal::Bidiagonal;
use modewise::numerics::svd::thin_svd;
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
        for (mode, s) in b.leading(outliers.max(1)).into_iter().enumerate() {
            let (observed, last) = (b.last_component(s), expected.u[(n - 1, mode)].abs());
            // The dense vectors are right to rounding of their length, the values to the width of the bisection.
            let right = (s - expected.s[mode]).abs() <= 1e-11 && (observed - last).abs() <= 1e-14 + 1e-6 * last;
            if !right {
                failures.push(format!("{n} x {n}, mode {mode}: {s} {}, {observed} {last}", expected.s[mode]));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn values_are_counted_with_their_copies_and_no_further_than_there_are() {
    let b = Bidiagonal::new(&[2.0, 2.0, -1.0], &[0.0, 0.0]);
    for (observed, expected) in b.leading(9).iter().zip([2.0, 2.0, 1.0]) {
        assert!((observed - expected).abs() <= 1e-11, "{observed} {expected}");
    }
    assert_eq!(b.leading(9).len(), 3);
    assert!(b.last_component(2.0).is_nan(), "a band that is cut in two has no vector that reaches its end");
}

#[test]
fn the_leading_triplet_is_that_of_the_dense_decomposition() {
    let mut failures = Vec::new();
    for (n, outliers) in [(1, 0), (2, 1), (5, 1), (12, 1), (12, 2), (30, 1), (80, 1)] {
        let band = band(n, outliers, &mut stream(MasterSeed(2), "bidiagonal", &(n, outliers), 0));
        let b = dense(&band);
        let expected = thin_svd(b.as_ref()).expect("a finite matrix");
        let bidiagonal = Bidiagonal::new(&band.0, &band.1);
        let found = bidiagonal.triplet(bidiagonal.leading(1)[0]);
        let (u, v) = (Mat::from_fn(n, 1, |row, _| found.u[row]), Mat::from_fn(n, 1, |row, _| found.v[row]));
        let residual = (&b * &v - found.s * &u).norm_max().max((b.transpose() * &u - found.s * &v).norm_max());
        let along = (expected.u.col(0).transpose() * u.col(0)).abs();
        // Twenty steps of recurrence, each with a rounding error or two.
        let right = (found.s - expected.s[0]).abs() <= 1e-13 && residual <= 1e-13 && 1.0 - along <= 1e-13;
        if !right || found.defect.abs() > 1e-13 {
            failures.push(format!("{n} x {n}: {} {}, {residual:e}, {along}", found.s, expected.s[0]));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
