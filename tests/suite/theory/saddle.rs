//! Tests of `theory::saddle`.

use modewise::theory::learning::strength;
use modewise::theory::saddle::{approach_exponent, hessian_index, loss, lowest_eigenvalue};

use crate::learn::reference::{cases, number, numbers};

#[test]
fn every_stationary_point_of_the_reference_is_as_its_dense_hessian_says() {
    let mut compared = 0;
    for case in cases("saddles") {
        let (s, hidden) = (numbers(&case["s"]), case["hidden"].as_u64().unwrap() as usize);
        for point in case["points"].as_array().unwrap() {
            let modes = numbers(&point["learned"]);
            let learned: Vec<bool> = (0..s.len()).map(|mode| modes.contains(&(mode as f64))).collect();
            let row = format!("s {s:?} hidden {hidden} learned {modes:?}");
            assert!((loss(&s, &learned) - number(&point["loss"])).abs() < 1e-12, "{row}");
            assert_eq!(hessian_index(&s, hidden, &learned) as f64, number(&point["index"]), "{row}");
            let lowest = lowest_eigenvalue(&s, hidden, &learned);
            assert!((lowest - number(&point["lowest"])).abs() < 1e-12, "{row}: {lowest} not {}", point["lowest"]);
            compared += 1;
        }
    }
    assert_eq!(compared, 15 + 16 + 7);
}

#[test]
fn equal_singular_values_leave_no_way_down_by_exchange() {
    type Row<'a> = (&'a [f64], usize, &'a [bool], usize, f64);
    // s, hidden, learned, index, lowest
    let table: [Row; 5] = [
        (&[1.0, 1.0], 1, &[false, true], 0, 0.0),
        (&[1.0, 1.0], 1, &[false, false], 2, -1.0),
        (&[2.0, 1.0], 1, &[false, true], 1, -1.0),
        (&[2.0, 1.0, 0.0], 3, &[true, true, false], 0, 0.0),
        (&[], 2, &[], 0, 0.0),
    ];
    for (s, hidden, learned, index, lowest) in table {
        assert_eq!(hessian_index(s, hidden, learned), index, "{s:?} {hidden} {learned:?}");
        assert_eq!(lowest_eigenvalue(s, hidden, learned), lowest, "{s:?} {hidden} {learned:?}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the values are finite")]
fn the_closest_approach_of_two_sigmoids_has_the_exponent() {
    // Small enough for the limit, large enough for the rounding of the nearly learned strength.
    for (last, next, sigma) in [(4.0, 2.0, 1e-8), (3.0, 2.2, 1e-11), (5.0, 0.5, 1e-6)] {
        let closest = |sigma: f64| {
            let start = sigma * sigma;
            let distance = |step: u32| {
                let time = f64::from(step) * 1e-3;
                let unlearned = last - strength(last, last, start, time);
                unlearned.hypot(strength(next, next, start, time))
            };
            (0..60_000).map(distance).fold(f64::INFINITY, f64::min)
        };
        let measured = libm::log10(closest(sigma) / closest(sigma / 10.0));
        let predicted = approach_exponent(&[last, next], 1);
        assert!((measured - predicted).abs() < 2e-3, "s {last}, {next}: {measured} not {predicted}");
    }
    assert_eq!(approach_exponent(&[4.0, 2.0], 0), 2.0);
    assert!(approach_exponent(&[4.0, 2.0], 2).is_nan());
}
