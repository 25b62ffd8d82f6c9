//! Tests of what a check can see: tolerance use, resolution, margin, against calculations by hand.

use modewise::judge::Evidence;
use modewise::judge::finding::Finding;
use modewise::judge::verdict::Verdict::{Fails, Holds};
use modewise::spec::check::Expectation;

use super::fixture::{all, at_least, at_most, check, claim, column, control, equals, finding, formula, judged};

/// Sixteen replicates whose median has the interval from 3 to 14: the third of each end.
fn sixteen(sign: f64) -> Evidence {
    column((1..=16).map(|value| sign * f64::from(value)).collect())
}

fn within(value: &str, absolute: Option<f64>, relative: Option<f64>) -> Expectation {
    Expectation::Equals { value: formula(value), absolute, relative }
}

fn between(low: &str, high: &str) -> Expectation {
    Expectation::Between { low: formula(low), high: formula(high) }
}

fn most(bound: &str, ideal: f64) -> Expectation {
    Expectation::AtMost { bound: formula(bound), ideal: Some(ideal) }
}

fn least(bound: &str, ideal: f64) -> Expectation {
    Expectation::AtLeast { bound: formula(bound), ideal: Some(ideal) }
}

fn close(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-12,
        (a, b) => a == b,
    }
}

#[test]
fn the_interval_of_these_sixteen_is_the_third_of_each_end() {
    let found = |sign| finding(16, check("median(x)", equals("8", 100.0)), sixteen(sign)).interval;
    assert_eq!((found(1.0), found(-1.0)), (Some([3.0, 14.0]), Some([-14.0, -3.0])));
}

#[test]
fn tolerance_use_is_measured_from_the_nearer_end_and_needs_a_scale() {
    let rows = [
        // (14 - 8) / 10, although the median, 8.5, is 0.05 off.
        (equals("8", 10.0), Some(0.6)),
        (equals("9", 10.0), Some(0.6)),
        (within("8", None, Some(0.75)), Some(1.0)),
        (within("8", Some(6.0), Some(0.5)), Some(1.0)),
        (equals("8", 3.0), Some(2.0)),
        (between("2", "20"), Some(8.0 / 9.0)),
        // Of a bound the spec names the scale; its size alone is none.
        (at_most("20"), None),
        (at_least("1"), None),
        (most("20", 0.0), Some(0.7)),
        (most("20", 10.0), Some(0.4)),
        (most("20", 16.0), Some(0.0)),
        (least("1", 5.0), Some(0.5)),
        (least("1", 2.0), Some(0.0)),
        (least("2.5", 10.0), Some(7.0 / 7.5)),
    ];
    let used = |expect: &Expectation| finding(16, check("median(x)", expect.clone()), sixteen(1.0)).tolerance_use;
    let wrong = rows.into_iter().filter(|(expect, expected)| !close(used(expect), *expected));
    all(wrong.map(|(expect, expected)| format!("{expect:?}: {:?}, expected {expected:?}", used(&expect))).collect());
}

/// Sign of the data, expectation, shift, factor.
type Row = (f64, Expectation, [Option<f64>; 2], [Option<f64>; 2]);

#[test]
fn the_resolution_is_how_wrong_the_expected_value_could_be() {
    let rows: Vec<Row> = vec![
        // 4 + 10 = 14, 13 - 10 = 3.
        (1.0, equals("8", 10.0), [Some(-4.0), Some(5.0)], [Some(0.5), Some(1.625)]),
        // 8 * 1.75 = 14, 12 * 0.25 = 3.
        (1.0, within("8", None, Some(0.75)), [Some(0.0), Some(4.0)], [Some(1.0), Some(1.5)]),
        // 14 / 3 * 3 = 14; above, -E is below 3 for every E.
        (1.0, within("8", None, Some(2.0)), [Some(14.0 / 3.0 - 8.0), None], [Some(7.0 / 12.0), None]),
        // The larger of both: 8 + 6 = 14, 9 - 6 = 3.
        (1.0, within("8", Some(6.0), Some(0.5)), [Some(0.0), Some(1.0)], [Some(1.0), Some(1.125)]),
        // Turned around: the factors change places, because the values are negative.
        (-1.0, equals("-8", 10.0), [Some(-5.0), Some(4.0)], [Some(0.5), Some(1.625)]),
        (-1.0, within("-8", None, Some(0.75)), [Some(-4.0), Some(0.0)], [Some(1.0), Some(1.5)]),
        // 5 + 9 = 14, 12 - 9 = 3.
        (1.0, between("2", "20"), [Some(-6.0), Some(1.0)], [Some(5.0 / 11.0), Some(12.0 / 11.0)]),
        // No factor of zero, and none that would turn the sign: -6 + 20 = 14, 23 - 20 = 3.
        (1.0, equals("0", 20.0), [Some(-6.0), Some(23.0)], [None, None]),
        (1.0, equals("1", 20.0), [Some(-7.0), Some(22.0)], [None, Some(23.0)]),
        (1.0, at_most("20"), [Some(-6.0), None], [Some(0.7), None]),
        (1.0, most("20", 0.0), [Some(-6.0), None], [Some(0.7), None]),
        (1.0, at_least("2"), [None, Some(1.0)], [None, Some(1.5)]),
        (-1.0, at_most("-2"), [Some(-1.0), None], [None, Some(1.5)]),
        (-1.0, at_least("-20"), [None, Some(6.0)], [Some(0.7), None]),
    ];
    let mut failures = Vec::new();
    for (sign, expect, shift, factor) in rows {
        let found = finding(16, check("median(x)", expect.clone()), sixteen(sign));
        let same = found.resolution.is_some_and(|resolution| {
            (0..2).all(|end| close(resolution.shift[end], shift[end]) && close(resolution.factor[end], factor[end]))
        });
        if found.verdict != Holds || !same {
            failures.push(format!("{expect:?}: {:?} {:?}", found.verdict, found.resolution));
        }
    }
    all(failures);
}

#[test]
fn an_expected_value_at_the_ends_of_the_resolution_holds_and_beyond_them_does_not() {
    let relative = |value: f64| within(&value.to_string(), None, Some(0.8));
    let absolute = |value: f64| equals(&value.to_string(), 10.0);
    let of = |expect| finding(16, check("median(x)", expect), sixteen(1.0));
    let tolerances: [&dyn Fn(f64) -> Expectation; 2] = [&relative, &absolute];
    for expect in tolerances {
        let [low, high] = of(expect(8.0)).resolution.unwrap().shift.map(Option::unwrap);
        for (value, holds) in [(low + 1e-9, true), (high - 1e-9, true), (low - 1e-9, false), (high + 1e-9, false)] {
            let found = of(expect(8.0 + value));
            assert_eq!(found.verdict == Holds, holds, "{value}: {found:#?}");
        }
    }
}

#[test]
fn only_what_holds_has_a_resolution() {
    for expect in [equals("8", 3.0), equals("30", 3.0), at_most("10"), at_most("1")] {
        let found = finding(16, check("median(x)", expect), sixteen(1.0));
        assert!(found.verdict != Holds && found.resolution.is_none(), "{found:#?}");
    }
}

/// The findings of the claim, which holds of other data, and of its control.
fn with_control(expect: Expectation, own: f64) -> [Finding; 2] {
    let mut claim = claim(16, vec![check("median(x)", expect)]);
    claim.controls = vec![control("another", &["the check"])];
    let own = column((0..16).map(|number| own + 1e-3 * f64::from(number)).collect());
    judged(&claim, &[own, sixteen(1.0)]).findings.try_into().unwrap()
}

#[test]
fn the_margin_is_how_far_the_tolerance_of_a_control_could_grow() {
    let rows = [
        // 3 is 2 off, 14 is 6 off.
        (equals("1", 1.0), 1.0, Some(2.0)),
        (equals("20", 2.0), 20.0, Some(3.0)),
        (within("20", None, Some(0.1)), 20.0, Some(3.0)),
        (between("20", "22"), 21.0, Some(7.0)),
        (Expectation::Exactly(formula("1")), 1.0, Some(4.0)),
        // (3 - 0) / (2 - 0), (16 - 14) / (16 - 15).
        (most("2", 0.0), 0.0, Some(1.5)),
        (least("15", 16.0), 16.0, Some(2.0)),
        (at_most("2"), 0.0, None),
        (at_least("15"), 16.0, None),
    ];
    let mut failures = Vec::new();
    for (expect, right, margin) in rows {
        let [own, control] = with_control(expect.clone(), right);
        if control.verdict != Fails || !close(control.margin, margin) || own.margin.is_some() {
            failures.push(format!("{expect:?}: {control:#?}"));
        }
    }
    all(failures);
    let [own, control] = with_control(equals("8", 10.0), 100.0);
    assert_eq!((own.verdict, own.margin), (Fails, None), "of the claim itself");
    assert_eq!((control.verdict, control.margin), (Holds, None), "of a control that does not fail");
}
