//! Tests of `theory::learning` and `theory::matrix_solution`.

use faer::Mat;
use modewise::learn::rotation::rotate;
use modewise::numerics::linear_algebra::svd::thin_svd;
use modewise::theory::learning::{
    LayeredMode, finite_step_rate, half_time, imbalanced_strength, shallow_rate, shallow_strength, strength,
    time_between, unequal_strength,
};
use modewise::theory::matrix_solution::MatrixSolution;

use crate::learn::reference::{cases, difference, matrix, number, numbers};

/// The strength over time that a case of the reference is about.
fn solution(case: &serde_json::Value) -> Box<dyn FnMut(f64) -> f64> {
    let s = number(&case["s"]);
    let of = |name: &str| number(&case[name]);
    match case["kind"].as_str().expect("a case has a kind") {
        "balanced" => {
            let m0 = of("m0");
            Box::new(move |t| strength(s, s, m0, t))
        }
        "unequal" => {
            let (a0, b0) = (of("a0"), of("b0"));
            Box::new(move |t| unequal_strength(s, a0, b0, t))
        }
        "imbalance" => {
            let (lambda, m0) = (of("lambda"), of("m0"));
            Box::new(move |t| imbalanced_strength(s, lambda, m0, t))
        }
        "layers" => {
            let mut mode = LayeredMode::new(case["layers"].as_u64().expect("a number of layers") as usize, s, of("m0"));
            Box::new(move |t| mode.strength(t).expect("the equation is smooth"))
        }
        kind => panic!("the reference has a new kind, {kind}"),
    }
}

#[test]
fn strengths_agree_with_the_integrated_equations() {
    let mut compared = 0;
    for case in cases("closed-form") {
        let mut solution = solution(&case);
        for (t, m) in numbers(&case["t"]).into_iter().zip(numbers(&case["m"])) {
            let got = solution(t);
            assert!((got - m).abs() < 1e-9, "{} s {} at t {t}: {got}, not {m}", case["kind"], case["s"]);
            compared += 1;
        }
    }
    assert_eq!(compared, 3 * 13 + 2 * 11 + 3 * 9 + 2 * 11);
}

#[test]
fn half_times_agree_with_the_reference_and_with_the_strength() {
    for case in cases("closed-form").iter().filter(|case| case["half_time"].is_number()) {
        let (s, m0) = (number(&case["s"]), number(&case["m0"]));
        let t = half_time(s, s, m0);
        assert!((t - number(&case["half_time"])).abs() < 1e-12, "s {s} m0 {m0}: {t}");
        assert!((strength(s, s, m0, t) - s / 2.0).abs() < 1e-12 * s, "s {s} m0 {m0}");
    }
}

#[test]
fn time_between_two_strengths_is_the_time_the_strength_takes() {
    for (s, g, from, to) in [(3.0, 3.0, 1e-4, 1.5), (0.5, 0.49, 0.1, 0.4), (2.0, 1.9, 1.9, 0.1)] {
        let t = time_between(s, g, from, to);
        let got = strength(s, g, from, t);
        assert!((got - to).abs() < 1e-12, "s {s} g {g} from {from} to {to}: {got}");
    }
    assert!((time_between(2.0, 2.0, 1e-3, 1.0) - half_time(2.0, 2.0, 1e-3)).abs() < 1e-14);
}

#[test]
fn the_shallow_net_is_the_chain_of_one_layer() {
    for (s, m0) in [(2.0, 0.0), (0.7, 0.3), (1.0, 1.5)] {
        let mut mode = LayeredMode::new(1, s, m0);
        for t in [0.0, 0.1, 0.7, 3.0] {
            let (closed, integrated) =
                (shallow_strength(s, 1.0, m0, t), mode.strength(t).expect("the equation is smooth"));
            assert!((closed - integrated).abs() < 1e-9, "s {s} m0 {m0} t {t}: {closed} and {integrated}");
        }
    }
}

#[test]
fn finite_step_rates_are_those_of_the_steps() {
    for (s, eta) in [(80.0, 5e-4), (3.0, 0.1), (1e-3, 1e-3)] {
        let growth = libm::exp(finite_step_rate(s, eta) * eta);
        assert!((growth - (1.0 + eta * s)).abs() < 1e-14, "s {s} eta {eta}: {growth}");
        let decay = libm::exp(-shallow_rate(eta) * eta);
        assert!((decay - (1.0 - eta)).abs() < 1e-14, "eta {eta}: {decay}");
    }
    assert!((finite_step_rate(2.0, 1e-12) - 2.0).abs() < 1e-11);
}

#[test]
fn equal_amplitudes_and_no_imbalance_give_the_balanced_strength() {
    for (s, m0) in [(2.0, 1e-3), (0.4, 0.1)] {
        for t in [0.0, 0.5, 2.0, 8.0] {
            let balanced = strength(s, s, m0, t);
            let amplitude: f64 = f64::sqrt(m0);
            for (name, got) in [
                ("equal", unequal_strength(s, amplitude, amplitude, t)),
                ("nearly equal", unequal_strength(s, amplitude * (1.0 + 1e-12), amplitude, t)),
                ("no imbalance", imbalanced_strength(s, 0.0, m0, t)),
            ] {
                assert!((got - balanced).abs() < 1e-12 * s, "{name} s {s} m0 {m0} t {t}: {got}, not {balanced}");
            }
        }
    }
}

#[test]
fn unequal_amplitudes_may_be_exchanged() {
    for (a0, b0) in [(0.3, 0.01), (1.0, 0.999)] {
        for t in [0.2, 1.0, 4.0] {
            assert_eq!(unequal_strength(1.5, a0, b0, t), unequal_strength(1.5, b0, a0, t), "{a0} {b0} {t}");
        }
    }
}

#[test]
fn strengths_end_at_the_singular_value_even_where_exponentials_overflow() {
    for got in [
        strength(3.0, 3.0, 1e-9, 1e6),
        unequal_strength(3.0, 0.1, 0.05, 1e6),
        imbalanced_strength(3.0, 0.2, 1e-6, 1e6),
        shallow_strength(3.0, 1.0, 0.0, 1e6),
    ] {
        assert!((got - 3.0).abs() < 1e-12, "{got}");
    }
}

#[test]
fn the_depth_equation_follows_its_closed_form_for_two_layers() {
    let mut mode = LayeredMode::new(2, 1.3, 1e-4);
    for t in [0.0, 1.0, 2.0, 3.0, 3.5, 4.0, 10.0] {
        let (got, expected) = (mode.strength(t).unwrap(), strength(1.3, 1.3, 1e-4, t));
        assert!((got - expected).abs() < 1e-9, "t {t}: {got}, not {expected}");
    }
}

/// `QQ^T` at time `t` in the coordinates of items and features, from the solution in those of the modes.
fn weights_gram(y: &Mat<f64>, w1: &Mat<f64>, w2: &Mat<f64>, t: f64) -> Mat<f64> {
    let rotated = rotate(&thin_svd(y.as_ref()).expect("a finite matrix"), &[w1.clone(), w2.clone()]);
    let [w1, w2] = &rotated.weights[..] else { panic!("two layers") };
    let gram = MatrixSolution::new(&rotated.s, w1.as_ref(), w2.as_ref()).gram(t);
    let (items, inside) = (y.ncols(), w1.ncols());
    let basis = Mat::from_fn(items + y.nrows(), gram.nrows(), |i, j| match (i < items, j < inside) {
        (true, true) => rotated.v[(i, j)],
        (false, false) => rotated.u[(i - items, j - inside)],
        _ => 0.0,
    });
    &basis * gram * basis.transpose()
}

#[test]
fn the_matrix_solution_agrees_with_the_reference() {
    for case in cases("matrix-solution") {
        let (y, w1, w2) = (matrix(&case["y"]), matrix(&case["w1"]), matrix(&case["w2"]));
        for at in case["at"].as_array().unwrap() {
            let t = number(&at["t"]);
            let off = difference(&weights_gram(&y, &w1, &w2, t), &matrix(&at["qqt"]));
            // Because the reference was made with the exponentials that cancel.
            let s1 = thin_svd(y.as_ref()).unwrap().s[0];
            let tolerance = 1e-13 + 4.0 * f64::EPSILON * libm::exp(2.0 * s1 * t);
            assert!(off < tolerance, "t {t}: off by {off}, more than {tolerance}");
        }
    }
}

#[test]
fn the_matrix_solution_of_an_aligned_start_is_the_strength_of_each_mode_at_any_time() {
    let case = &cases("matrix-solution")[0];
    let (w1, w2) = (matrix(&case["w1"]), matrix(&case["w2"]));
    let start = thin_svd((&w2 * &w1).as_ref()).unwrap();
    let target = [1.3, 1.2, 1.1, 1.0];
    let with = |m: &dyn Fn(usize) -> f64| {
        let middle = Mat::from_fn(4, 4, |i, j| if i == j { m(i) } else { 0.0 });
        &start.u * middle * start.v.transpose()
    };
    let y = with(&|mode| target[mode]);
    for t in [0.0, 0.01, 0.5, 2.0, 5.0, 20.0, 100.0] {
        let gram = weights_gram(&y, &w1, &w2, t);
        let expected = with(&|mode| strength(target[mode], target[mode], start.s[mode], t));
        let off = difference(&gram.submatrix(4, 0, 4, 4).to_owned(), &expected);
        assert!(off < 1e-13, "t {t}: off by {off}");
    }
}

#[test]
fn the_matrix_solution_keeps_its_digits_where_growth_differs_by_many_powers_of_ten() {
    // Two modes that never meet: the start of each lies in a hidden unit of its own.
    let (s, m0) = ([9.0, 0.5], [1e-3, 1e-8]);
    let weights = Mat::from_fn(2, 2, |i, j| if i == j { f64::sqrt(m0[i]) } else { 0.0 });
    let solution = MatrixSolution::new(&s, weights.as_ref(), weights.as_ref());
    for t in [0.1, 1.0, 4.0, 15.0, 30.0] {
        let gram = solution.gram(t);
        for mode in 0..2 {
            let (got, expected) = (gram[(2 + mode, mode)], strength(s[mode], s[mode], m0[mode], t));
            let off = (got.sqrt() - expected.sqrt()).abs();
            assert!(off < 1e-14, "t {t} mode {mode}: {got}, not {expected}");
        }
    }
}
