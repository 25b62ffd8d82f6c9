use faer::Mat;
use modewise::numerics::linear_algebra::svd::{groups, singular_values, symmetric_eigenvalues, thin_svd};

use crate::data::reference;

#[test]
fn singular_values_are_those_of_numpy() {
    for case in reference::cases("svd") {
        let (a, expected) = (reference::matrix(&case["a"]), reference::numbers(&case["s"]));
        let tolerance = 1e-14 * expected[0] * expected.len() as f64;
        for observed in [singular_values(a.as_ref()).unwrap(), thin_svd(a.as_ref()).unwrap().s] {
            assert_eq!(observed.len(), expected.len(), "{}", case["name"]);
            for (observed, expected) in observed.iter().zip(&expected) {
                assert!((observed - expected).abs() <= tolerance, "{}: {observed} {expected}", case["name"]);
            }
        }
    }
}

#[test]
fn a_decomposition_reconstructs_its_matrix_with_orthonormal_vectors() {
    for case in reference::cases("svd") {
        let a = reference::matrix(&case["a"]);
        let svd = thin_svd(a.as_ref()).unwrap();
        let k = svd.s.len();
        let scaled = Mat::from_fn(a.nrows(), k, |row, mode| svd.u[(row, mode)] * svd.s[mode]);
        let tolerance = 1e-13 * svd.s[0];
        assert!((scaled * svd.v.transpose() - &a).norm_max() <= tolerance, "{}", case["name"]);
        for vectors in [&svd.u, &svd.v] {
            let off = vectors.transpose() * vectors - Mat::<f64>::identity(k, k);
            assert!(off.norm_max() <= 1e-13, "{}", case["name"]);
        }
    }
}

#[test]
fn the_rank_leaves_out_rounding_errors() {
    let expected = [("wide", 12), ("tall", 7), ("low-rank", 3), ("tied", 15), ("zero-column", 4), ("graded", 8)];
    for (case, (name, rank)) in reference::cases("svd").iter().zip(expected) {
        assert_eq!(case["name"], name);
        assert_eq!(thin_svd(reference::matrix(&case["a"]).as_ref()).unwrap().rank(), rank, "{name}");
    }
}

#[test]
fn eigenvalues_of_a_gram_matrix_are_squared_singular_values() {
    for case in reference::cases("svd") {
        let (a, s) = (reference::matrix(&case["a"]), reference::numbers(&case["s"]));
        let (long, short) = (a.nrows() >= a.ncols(), a.transpose());
        let gram = if long { short * &a } else { &a * short };
        let eigenvalues = symmetric_eigenvalues(gram.as_ref()).unwrap();
        for (eigenvalue, s) in eigenvalues.iter().rev().zip(&s) {
            assert!(
                (eigenvalue - s * s).abs() <= 1e-13 * eigenvalues.len() as f64 * eigenvalues[eigenvalues.len() - 1]
            );
        }
    }
}

#[test]
fn equal_values_are_grouped() {
    let cases = [
        (vec![], vec![]),
        (vec![2.0], vec![(0, 1)]),
        (vec![3.0, 2.0, 2.0, 1.0], vec![(0, 1), (1, 3), (3, 4)]),
        (vec![1.0, 1.0 - 1e-10, 1.0 - 1e-8], vec![(0, 2), (2, 3)]),
        (vec![1.0, 0.0, 0.0], vec![(0, 1), (1, 3)]),
    ];
    for (s, expected) in cases {
        let observed: Vec<(usize, usize)> = groups(&s).into_iter().map(|group| (group.start, group.end)).collect();
        assert_eq!(observed, expected, "{s:?}");
    }
}
