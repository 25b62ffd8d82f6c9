//! Tests of `numerics::{complement, haar, rand_index, dormand_prince}`.

use faer::Mat;
use modewise::numerics::linear_algebra::basis_completion::complete_basis;
use modewise::numerics::linear_algebra::haar::{normal_matrix, orthonormal};
use modewise::numerics::ode::dormand_prince::{DormandPrince, Tolerance};
use modewise::numerics::statistics::extreme::largest;
use modewise::numerics::statistics::rand_index::adjusted_rand_index;
use modewise::seed::{MasterSeed, stream};

use super::reference::{cases, difference, number, numbers};

fn rng(name: &str) -> impl rand::Rng {
    stream(MasterSeed(7), "test", &name, 0)
}

/// How far the columns are from orthonormal.
fn skew(a: &Mat<f64>) -> f64 {
    difference(&(a.transpose() * a), &Mat::identity(a.ncols(), a.ncols()))
}

#[test]
fn a_completed_basis_is_orthonormal_and_spans_the_matrix() {
    // n, given vectors, columns to span, size of the basis
    for (n, r, k, size) in
        [(10, 3, 4, 7), (10, 3, 7, 10), (10, 3, 20, 10), (6, 6, 3, 6), (6, 0, 2, 2), (200, 12, 5, 17)]
    {
        let mut rng = rng("complete");
        let basis = orthonormal(n, r, &mut rng);
        let a = normal_matrix(n, k, &mut rng);
        let row = format!("n {n} r {r} k {k}");
        let completed = complete_basis(basis.as_ref(), a.as_ref());
        assert_eq!(completed.basis.ncols(), size, "{row}");
        assert!(skew(&completed.basis) < 1e-13, "{row}: {}", skew(&completed.basis));
        assert_eq!(completed.basis.subcols(0, r).to_owned(), basis, "{row}");
        assert!(difference(&(&completed.basis * &completed.coordinates), &a) < 1e-13, "{row}");
    }
}

#[test]
fn a_matrix_inside_the_span_is_completed_by_zero_coordinates() {
    let basis = orthonormal(30, 4, &mut rng("inside"));
    let a = &basis * normal_matrix(4, 3, &mut rng("coefficients"));
    let completed = complete_basis(basis.as_ref(), a.as_ref());
    assert!(skew(&completed.basis) < 1e-13);
    assert!(completed.coordinates.subrows(4, 3).norm_max() < 1e-14);
}

#[test]
fn orthonormal_matrices_are_orthonormal_in_their_shorter_direction() {
    for (rows, columns) in [(5, 5), (9, 4), (4, 9), (1, 3), (3, 1)] {
        let a = orthonormal(rows, columns, &mut rng("orthonormal"));
        assert_eq!((a.nrows(), a.ncols()), (rows, columns));
        let off = if rows < columns { skew(&a.transpose().to_owned()) } else { skew(&a) };
        assert!(off < 1e-14, "{rows} x {columns}: {off}");
    }
}

#[test]
fn random_rotations_of_the_plane_have_uniform_angles() {
    // Because a decomposition without the sign of R gives only half of the rotations.
    let mut rng = rng("haar");
    let mut quadrants = [0_u32; 4];
    for _ in 0..4000 {
        let a = orthonormal(2, 2, &mut rng);
        quadrants[usize::from(a[(0, 0)] > 0.0) + 2 * usize::from(a[(1, 0)] > 0.0)] += 1;
    }
    // 1000 expected in each, with a standard deviation of 27.
    assert!(quadrants.iter().all(|count| (880..1120).contains(count)), "{quadrants:?}");
}

#[test]
fn the_rand_index_agrees_with_the_reference() {
    let case = cases("statistics").into_iter().find(|case| case.get("labels_a").is_some()).unwrap();
    let labels = |name: &str| numbers(&case[name]).into_iter().map(|label| label as usize).collect::<Vec<_>>();
    let got = adjusted_rand_index(&labels("labels_a"), &labels("labels_b"));
    assert!((got - number(&case["adjusted_rand_index"])).abs() < 1e-14, "{got}");
}

#[test]
fn the_rand_index_depends_on_the_partitions_only() {
    let table: [(&[usize], &[usize], f64); 6] = [
        (&[0, 0, 1, 1, 2], &[5, 5, 3, 3, 0], 1.0),
        (&[0, 0, 0, 0], &[1, 1, 1, 1], 1.0),
        (&[0, 1, 2, 3], &[3, 2, 1, 0], 1.0),
        (&[0, 0, 1, 1], &[0, 1, 0, 1], -0.5),
        (&[0, 0, 0, 0], &[0, 0, 1, 1], 0.0),
        (&[], &[], 1.0),
    ];
    for (a, b, expected) in table {
        let got = adjusted_rand_index(a, b);
        assert!((got - expected).abs() < 1e-14, "{a:?} {b:?}: {got}, not {expected}");
        assert_eq!(got, adjusted_rand_index(b, a), "{a:?} {b:?} exchanged");
    }
}

/// Largest error of `dy/dt = (y_1, -y_0)`, a circle, on a fine grid of dense output.
fn circle_error(tolerance: f64) -> f64 {
    let slope = |y: &[f64], out: &mut [f64]| {
        out[0] = y[1];
        out[1] = -y[0];
    };
    let tolerance = Tolerance { relative: tolerance, absolute: tolerance };
    let mut solution = DormandPrince::new(slope, vec![0.0, 1.0], tolerance);
    let mut worst: f64 = 0.0;
    for i in 0..=1000 {
        let t = 0.02 * f64::from(i);
        solution.advance_to(t).expect("a circle is smooth");
        let mut y = [0.0; 2];
        solution.state_at(t, &mut y);
        worst = largest([worst, (y[0] - libm::sin(t)).abs(), (y[1] - libm::cos(t)).abs()]);
    }
    worst
}

#[test]
fn dense_output_keeps_to_the_tolerance_everywhere() {
    for tolerance in [1e-4, 1e-6, 1e-8, 1e-10] {
        let error = circle_error(tolerance);
        // Because errors of about 30 steps add up over three turns of the circle; seen 5 to 20 tolerances.
        assert!(error < 40.0 * tolerance, "tolerance {tolerance}: {error}");
        assert!(error > 0.01 * tolerance, "tolerance {tolerance}: {error} is too good: the steps are not controlled");
    }
}

#[test]
fn a_solution_that_blows_up_ends_in_an_error_that_says_when() {
    let slope = |y: &[f64], out: &mut [f64]| out[0] = y[0] * y[0];
    let mut solution = DormandPrince::new(slope, vec![1.0], Tolerance { relative: 1e-8, absolute: 1e-8 });
    let error = solution.advance_to(2.0).unwrap_err();
    assert!((error.0 - 1.0).abs() < 1e-6, "{error}");
}
