//! Tests of `learn::{start, directions}`.

use faer::Mat;
use modewise::learn::directions::start_strengths;
use modewise::learn::start::{Start, Unequal};
use modewise::numerics::linear_algebra::haar::orthonormal;
use modewise::numerics::linear_algebra::svd::{Svd, thin_svd};
use modewise::seed::{MasterSeed, stream};

use super::reference::{cases, difference, matrix, numbers};

/// A decomposition with these singular values and random vectors.
fn data(features: usize, items: usize, s: &[f64]) -> Svd {
    let mut rng = stream(MasterSeed(5), "test", &(features, items), 0);
    Svd { u: orthonormal(features, s.len(), &mut rng), s: s.to_vec(), v: orthonormal(items, s.len(), &mut rng) }
}

fn product(weights: &[Mat<f64>]) -> Mat<f64> {
    weights[1..].iter().fold(weights[0].clone(), |product, weight| weight * product)
}

#[test]
fn start_strengths_agree_with_the_reference() {
    for case in cases("descent") {
        let mut svd = thin_svd(matrix(&case["y"]).as_ref()).unwrap();
        let got = start_strengths(&mut svd, matrix(&case["w1"]).as_ref(), matrix(&case["w2"]).as_ref()).unwrap();
        for (name, got) in [("m0", got.alone), ("m0_free", got.free)] {
            for (mode, (got, expected)) in got.into_iter().zip(numbers(&case[name])).enumerate() {
                let off = (got / expected - 1.0).abs();
                assert!(off < 1e-9, "{} {name} mode {mode}: {got}, not {expected}", case["name"]);
            }
        }
    }
}

#[test]
fn strengths_inside_a_group_do_not_depend_on_its_basis() {
    let s = [3.0, 2.0, 2.0, 2.0, 1.0];
    let svd = data(9, 6, &s);
    let mut turned = svd.clone();
    let turn = orthonormal(3, 3, &mut stream(MasterSeed(1), "test", &"turn", 0));
    for vectors in [&mut turned.u, &mut turned.v] {
        let group = vectors.subcols(1, 3) * &turn;
        vectors.subcols_mut(1, 3).copy_from(&group);
    }
    let weights = Start::Normal(0.1).weights(&[6, 4, 9], &svd, MasterSeed(1), 0);
    let strengths = |mut svd: Svd| start_strengths(&mut svd, weights[0].as_ref(), weights[1].as_ref()).unwrap();
    let (one, other) = (strengths(svd), strengths(turned));
    for mode in 0..4 {
        assert!((one.free[mode] / other.free[mode] - 1.0).abs() < 1e-10, "free, mode {mode}");
        assert!((one.alone[mode] / other.alone[mode] - 1.0).abs() < 1e-10, "alone, mode {mode}");
    }
    assert!(one.free[4].is_nan() && other.free[4].is_nan());
}

#[test]
fn free_strengths_are_part_of_the_strengths_and_end_with_the_hidden_directions() {
    let tied = [2.0, 2.0, 2.0, 2.0, 1.0, 1.0];
    for (s, hidden) in [(&[5.0, 4.0, 3.0, 2.0, 1.0][..], 8), (&[5.0, 4.0, 3.0, 2.0, 1.0], 3), (&tied, 3), (&tied, 5)] {
        let mut svd = data(9, 6, s);
        let weights = Start::Normal(0.1).weights(&[6, hidden, 9], &svd, MasterSeed(1), 0);
        let start = start_strengths(&mut svd, weights[0].as_ref(), weights[1].as_ref()).unwrap();
        for mode in 0..s.len() {
            let (alone, free) = (start.alone[mode], start.free[mode]);
            let row = format!("s {s:?} hidden {hidden} mode {mode}: {free} of {alone}");
            assert_eq!(free.is_nan(), mode >= hidden, "{row}");
            assert!(free.is_nan() || (free > 0.0 && free <= alone * (1.0 + 1e-12)), "{row}");
        }
        let rebuilt = &svd.u * svd.u.transpose();
        assert!(difference(&(&rebuilt * &rebuilt), &rebuilt) < 1e-13, "the rotated modes are orthonormal");
    }
}

#[test]
fn the_growing_part_of_a_normal_start_has_half_the_variance_in_each_hidden_direction() {
    let svd = data(20, 10, &[3.0, 2.0, 1.0]);
    let (hidden, sigma, replicates) = (32, 1e-3, 300);
    let mean = (0..replicates)
        .map(|replicate| {
            let weights = Start::Normal(sigma).weights(&[10, hidden, 20], &svd, MasterSeed(1), replicate);
            start_strengths(&mut svd.clone(), weights[0].as_ref(), weights[1].as_ref()).unwrap().alone[1]
        })
        .sum::<f64>()
        / replicates as f64;
    let expected = hidden as f64 * sigma * sigma / 2.0;
    // The relative standard deviation of the mean is sqrt(2 / (32 x 300)) = 1.4 %.
    assert!((mean / expected - 1.0).abs() < 0.05, "{mean}, not about {expected}");
}

#[test]
fn another_scale_has_the_same_directions() {
    let svd = data(9, 6, &[3.0, 2.0, 1.0]);
    for (small, large, factor) in [
        (Start::Normal(0.5), Start::Normal(2.0), 4.0),
        (Start::Orthogonal(0.5), Start::Orthogonal(2.0), 4.0),
        (Start::Balanced(0.5), Start::Balanced(2.0), 2.0),
        (Start::Unaligned(0.5), Start::Unaligned(2.0), 2.0),
        (Start::Unequal(Unequal { first: 0.2, second: 0.1 }), Start::Unequal(Unequal { first: 0.6, second: 0.3 }), 3.0),
    ] {
        let weights = |start: Start| start.weights(&[6, 4, 9], &svd, MasterSeed(1), 3);
        for (layer, (small, large)) in weights(small).iter().zip(weights(large)).enumerate() {
            let off = difference(&(faer::Scale(factor) * small), &large);
            assert!(off < 1e-14, "{large:?} layer {layer}: off by {off}");
        }
    }
}

#[test]
fn streams_differ_by_replicate_and_shape_and_by_nothing_else() {
    let svd = data(9, 6, &[3.0, 2.0, 1.0]);
    let first = |sizes: &[usize], seed, replicate| {
        Start::Normal(1.0).weights(sizes, &svd, MasterSeed(seed), replicate)[0][(0, 0)]
    };
    let base = first(&[6, 4, 9], 1, 0);
    assert_eq!(base, first(&[6, 4, 9], 1, 0));
    for (sizes, seed, replicate) in [(&[6, 4, 9][..], 1, 1), (&[6, 4, 9], 2, 0), (&[6, 5, 9], 1, 0), (&[6, 9], 1, 0)] {
        assert_ne!(base, first(sizes, seed, replicate), "{sizes:?} seed {seed} replicate {replicate}");
    }
}

#[test]
fn a_balanced_start_is_aligned_balanced_and_has_the_strength_it_is_given() {
    for sizes in [&[6, 9][..], &[6, 4, 9], &[6, 8, 9], &[6, 4, 5, 9], &[6, 2, 9]] {
        let (svd, m0) = (data(9, 6, &[3.0, 2.0, 1.0]), 0.01);
        let weights = Start::Balanced(m0).weights(sizes, &svd, MasterSeed(1), 0);
        let strengths = svd.u.transpose() * product(&weights) * &svd.v;
        let modes = sizes[1..sizes.len() - 1].iter().copied().fold(3, usize::min);
        let expected = Mat::from_fn(3, 3, |i, j| if i == j && i < modes { m0 } else { 0.0 });
        assert!(difference(&strengths, &expected) < 1e-15, "{sizes:?}: {strengths:?}");
        for (layer, pair) in weights.windows(2).enumerate() {
            let off = difference(&(pair[1].transpose() * &pair[1]), &(&pair[0] * pair[0].transpose()));
            assert!(off < 1e-15, "{sizes:?} layers {layer} and {}: {off}", layer + 1);
        }
    }
    let mut svd = data(9, 6, &[3.0, 2.0, 1.0]);
    let weights = Start::Balanced(0.01).weights(&[6, 4, 9], &svd, MasterSeed(1), 0);
    let start = start_strengths(&mut svd, weights[0].as_ref(), weights[1].as_ref()).unwrap();
    for (alone, free) in start.alone.iter().zip(&start.free) {
        assert!((alone - 0.01).abs() < 1e-15 && (free - 0.01).abs() < 1e-15, "{start:?}");
    }
}

#[test]
fn an_unequal_start_is_aligned_and_has_the_amplitudes_it_is_given() {
    let (a, b) = (0.5, 0.02);
    for (sizes, strength) in [(&[6, 4, 9][..], a * b), (&[6, 2, 9], a * b), (&[6, 9], a), (&[6, 4, 5, 9], a * b * b)] {
        let svd = data(9, 6, &[3.0, 2.0, 1.0]);
        let weights = Start::Unequal(Unequal { first: a, second: b }).weights(sizes, &svd, MasterSeed(1), 0);
        let modes = sizes[1..sizes.len() - 1].iter().copied().fold(3, usize::min);
        let strengths = svd.u.transpose() * product(&weights) * &svd.v;
        let expected = Mat::from_fn(3, 3, |i, j| if i == j && i < modes { strength } else { 0.0 });
        assert!(difference(&strengths, &expected) < 1e-15, "{sizes:?}: {strengths:?}");
        if let [w1, w2] = &weights[..] {
            let imbalance = w2.transpose() * w2 - w1 * w1.transpose();
            let directions = w1 * w1.transpose();
            let off = difference(&imbalance, &(faer::Scale((b * b - a * a) / (a * a)) * directions));
            assert!(off < 1e-15, "{sizes:?}: the imbalance is that of the amplitudes, off by {off}");
        }
    }
}

#[test]
fn an_unaligned_start_is_balanced_but_mixes_the_modes() {
    for sizes in [&[6, 4, 9][..], &[6, 20, 9], &[6, 4, 5, 9]] {
        let svd = data(9, 6, &[3.0, 2.0, 1.0]);
        let weights = Start::Unaligned(0.1).weights(sizes, &svd, MasterSeed(1), 0);
        for (layer, pair) in weights.windows(2).enumerate() {
            let off = difference(&(pair[1].transpose() * &pair[1]), &(&pair[0] * pair[0].transpose()));
            assert!(off < 1e-15, "{sizes:?} layers {layer} and {}: {off}", layer + 1);
        }
        let strengths = svd.u.transpose() * product(&weights) * &svd.v;
        assert!(strengths[(0, 1)].abs() > 1e-3, "{sizes:?}: {strengths:?}");
    }
    let (svd, replicates) = (data(9, 6, &[1.0]), 400);
    let of = |replicate| Start::Unaligned(0.1).weights(&[6, 8, 9], &svd, MasterSeed(1), replicate);
    let sums =
        (0..replicates).map(|replicate| thin_svd(product(&of(replicate)).as_ref()).unwrap().s.iter().sum::<f64>());
    let mean = sums.sum::<f64>() / (6.0 * replicates as f64);
    // The relative standard deviation of the mean of 2400 squared deviates is sqrt(2 / 2400) = 2.9 %.
    assert!((mean / 0.1 - 1.0).abs() < 0.1, "{mean}");
}

#[test]
fn an_orthogonal_start_is_a_scaled_isometry_in_every_layer() {
    let svd = data(9, 6, &[3.0, 2.0, 1.0]);
    for weight in Start::Orthogonal(0.3).weights(&[6, 4, 12, 9], &svd, MasterSeed(1), 0) {
        let gram =
            if weight.nrows() < weight.ncols() { &weight * weight.transpose() } else { weight.transpose() * &weight };
        let expected = faer::Scale(0.09) * Mat::<f64>::identity(gram.nrows(), gram.ncols());
        assert!(difference(&gram, &expected) < 1e-15, "{} x {}", weight.nrows(), weight.ncols());
    }
}
