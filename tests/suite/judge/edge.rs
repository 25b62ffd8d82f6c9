//! Tests of the arithmetic of edges: bounds and tolerances are decimal numbers.

use modewise::judge::finding::IntervalMethod::ClopperPearson;
use modewise::judge::verdict::Verdict::{Fails, Holds};
use modewise::spec::check::Expectation;

use super::fixture::{all, at_least, at_most, check, claim, column, equals, finding, fixed, formula, judged, numbers};

#[test]
fn decimal_numbers_lie_on_decimal_edges() {
    let relative =
        |value: &str, relative| Expectation::Equals { value: formula(value), absolute: None, relative: Some(relative) };
    let rows = [
        (0.8, equals("0.7", 0.1), [0.6, 0.8]),
        (0.6, equals("0.7", 0.1), [0.6, 0.8]),
        (0.3, equals("0.2", 0.1), [0.1, 0.3]),
        (-0.8, equals("-0.7", 0.1), [-0.8, -0.6]),
        (3.3, equals("2.2", 1.1), [1.1, 3.3]),
        (0.77, relative("0.7", 0.1), [0.63, 0.77]),
        (1.155, relative("1.1", 0.05), [1.045, 1.155]),
    ];
    let mut failures = Vec::new();
    for (value, expect, band) in rows {
        let of = |value| finding(1, check("mean(x)", expect.clone()), fixed(column(vec![value])));
        let found = of(value);
        let on_the_edge = found.tolerance_use.is_some_and(|used| (used - 1.0).abs() < 1e-12);
        if found.verdict != Holds || found.band != band.map(Some) || !on_the_edge {
            failures.push(format!("{value}: {found:#?}"));
        }
        let beyond = of(value + (value - found.expected.unwrap()) * 1e-12);
        if beyond.verdict != Fails {
            failures.push(format!("beyond {value}: {beyond:#?}"));
        }
    }
    all(failures);
}

#[test]
fn the_mean_of_equal_numbers_is_that_number() {
    let mut failures = Vec::new();
    for count in [2, 3, 16, 20, 35, 49, 100, 997] {
        for value in [0.1, 0.7, 1.0 / 3.0] {
            for expect in [at_most(&value.to_string()), at_least(&value.to_string())] {
                let of = |evidence| finding(count as u64, check("mean(x)", expect.clone()), evidence);
                let exact = of(fixed(column(vec![value; count])));
                let drawn = of(column(vec![value; count]));
                if exact.verdict != Holds || (count >= 16 && drawn.verdict != Holds) {
                    failures.push(format!("{count} times {value}: {exact:#?}\n{drawn:#?}"));
                }
            }
        }
    }
    all(failures);
}

#[test]
fn clopper_pearson_at_the_highest_confidence_has_mirror_images() {
    let mut none_and_all =
        claim(100, vec![check("fraction(x < 0)", at_most("0.5")), check("fraction(x >= 0)", at_least("0.5"))]);
    none_and_all.confidence = 1.0 - f64::EPSILON / 2.0;
    let judgement = judged(&none_and_all, &[column(numbers(100))]);
    let [none, all] = [0, 1].map(|place| judgement.findings[place].interval.unwrap());
    // 1 - p^(1/100) with p = 2^-54.
    let end = 1.0 - libm::pow(0.5, 0.54);
    assert!(none[0] == 0.0 && (none[1] - end).abs() < 1e-9, "{none:?}");
    assert!(all[1] == 1.0 && (all[0] - (1.0 - end)).abs() < 1e-9, "{all:?}");
    assert_eq!(judgement.verdict, Holds);
    assert!(judgement.findings.iter().all(|found| found.method == ClopperPearson));
}
