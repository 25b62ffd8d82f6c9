use faer::Mat;
use modewise::numerics::linear_algebra::orthonormal::Basis;
use modewise::numerics::linear_algebra::reductions::norm;
use modewise::seed::{MasterSeed, stream};
use rand::{Rng, RngExt};

fn direction(length: usize, rng: &mut impl Rng) -> Vec<f64> {
    (0..length).map(|_| rng.random::<f64>() - 0.5).collect()
}

/// A basis of `count` random vectors.
fn basis(length: usize, count: usize, rng: &mut impl Rng) -> Basis {
    let mut basis = Basis::new(length);
    for _ in 0..count {
        let mut w = direction(length, rng);
        let left = basis.orthogonalise(&mut w);
        basis.push(&w, left);
    }
    basis
}

#[test]
fn a_basis_stays_orthonormal_up_to_the_whole_space() {
    for (length, count) in [(1, 1), (5, 5), (40, 40), (300, 120)] {
        let basis = basis(length, count, &mut stream(MasterSeed(1), "basis", &length, 0));
        assert_eq!(basis.len(), count);
        let off = basis.as_mat().transpose() * basis.as_mat() - Mat::<f64>::identity(count, count);
        // A product of `length` terms, each right to eps.
        let tolerance = 4.0 * f64::EPSILON * length as f64;
        assert!(off.norm_max() <= tolerance, "{count} vectors of {length}: {}", off.norm_max());
    }
}

#[test]
fn what_is_left_of_a_nearly_dependent_vector_is_orthogonal() {
    let mut rng = stream(MasterSeed(2), "basis", &0, 0);
    let mut basis = basis(100, 30, &mut rng);
    for nearness in [1.0, 1e-4, 1e-8, 1e-12] {
        let outside = direction(100, &mut rng);
        let inside = basis.vector(3).to_vec();
        let mut w: Vec<f64> = inside.iter().zip(&outside).map(|(a, b)| a + nearness * b).collect();
        let left = basis.orthogonalise(&mut w);
        assert!((left - norm(&w)).abs() <= 1e-15 * left);
        for number in 0..basis.len() {
            let along: f64 = basis.vector(number).iter().zip(&w).map(|(a, b)| a * b).sum();
            assert!(along.abs() <= 1e-14 * left, "nearness {nearness}, vector {number}: {}", along / left);
        }
    }
}
