//! Tests of findings: what is measured, at which points, with which interval.

use indexmap::IndexMap;
use modewise::judge::finding::IntervalMethod::{Bca, Bootstrap as Resampled, ClopperPearson, Exact};
use modewise::judge::finding::{Finding, PointValue};
use modewise::judge::verdict::Verdict::{Broken, Fails, Holds, Inconclusive};
use modewise::judge::{Evidence, RESAMPLES};
use modewise::numerics::statistics::binomial::clopper_pearson;
use modewise::numerics::statistics::bootstrap::{Bootstrap, Resamples};
use modewise::numerics::statistics::moments::mean;
use modewise::seed::{MasterSeed, stream};
use modewise::spec::check::{Check, Expectation};

use super::fixture::{
    KIND, NAN, all, at_least, at_most, check, claim, column, control, equals, evidence, finding, findings, fixed,
    formula, formulas, judged, numbers, scattered, words,
};

/// Sixteen replicates with whole numbers, so that sums have no rounding.
fn counts() -> Vec<f64> {
    scattered(16, 7).iter().map(|noise| (noise * 100.0).floor()).collect()
}

/// The bootstrap interval of a statistic of replicates, from the draws that the check takes.
fn resampled(check: &Check, replicates: usize, statistic: impl FnMut(&[u32]) -> f64) -> [f64; 2] {
    let mut rng = stream(MasterSeed(1), "bootstrap", &(KIND.name, check.formulas()), 0);
    let resamples = Resamples::draw(replicates, RESAMPLES, &mut rng);
    Bootstrap::new(&resamples, statistic).unwrap().interval(0.99).unwrap()
}

#[test]
fn the_interval_is_the_bootstrap_over_replicates() {
    let x = counts();
    let check = check("mean(x)", at_most("100"));
    let expected = resampled(&check, 16, |units| mean(&units.iter().map(|&unit| x[unit as usize]).collect::<Vec<_>>()));
    let found = finding(16, check, column(x.clone()));
    assert_eq!(found.interval, Some(expected));
    assert_eq!((found.measured, found.expected, found.band), (Some(mean(&x)), Some(100.0), [None, Some(100.0)]));
    assert_eq!((found.verdict, found.method, found.replicates, found.rows), (Holds, Resampled, 16, 16));
    assert_eq!((found.tolerance_use, found.more_replicates, found.note), (None, None, None));
}

#[test]
fn rows_of_a_replicate_are_drawn_together() {
    // Each replicate twice: the same interval. Eight rows a replicate as replicates of their own: a narrower one.
    let (x, double) = (counts(), [counts(), counts()].concat());
    let twice = evidence(&[("replicate", [numbers(16), numbers(16)].concat()), ("x", double.clone())]);
    let alone = finding(16, check("mean(x)", at_most("100")), column(x));
    let together = finding(16, check("mean(x)", at_most("100")), twice);
    let independent = finding(32, check("mean(x)", at_most("100")), column(double));
    assert_eq!((alone.interval, alone.measured), (together.interval, together.measured));
    let width = |finding: &Finding| finding.interval.map(|[low, high]| high - low).unwrap();
    let ratio = width(&independent) / width(&alone);
    // sqrt(15/31) from the variance, 0.87 from Student's quantiles of 15 and 31 degrees of freedom with their factors,
    // and 1.2/1.5 from what the studentised part adds to both.
    assert!((0.40..0.58).contains(&ratio), "{ratio}");
}

#[test]
fn replicates_with_different_numbers_of_rows_bring_all_of_them() {
    // `0 + mean(x)` is not just a mean, so it goes the long way: all rows of every resample. 32 replicates with 2 or 3
    // rows.
    let replicate: Vec<f64> = (0..80).map(|row| f64::from(row * (row + 1) / 2 % 32)).collect();
    let x = scattered(80, 11);
    for x in [x.clone(), x.iter().map(|x| (x * 10.0).floor()).collect()] {
        for measure in ["mean(x)", "0 + mean(x)"] {
            let check = check(measure, at_most("100"));
            let of_units = |units: &[u32]| {
                let of_unit =
                    |&unit: &u32| (0..80).filter(|&row| replicate[row] == f64::from(unit)).map(|row| x[row]).collect();
                mean(&units.iter().map(of_unit).collect::<Vec<Vec<f64>>>().concat())
            };
            let expected = resampled(&check, 32, of_units);
            let found = finding(32, check, evidence(&[("replicate", replicate.clone()), ("x", x.clone())]));
            let interval = found.interval.unwrap();
            assert_eq!((found.method, found.replicates, found.rows), (Resampled, 32, 80));
            // Sums in another order.
            assert!(interval.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{interval:?} {expected:?}");
            assert!(interval[0] < found.measured.unwrap() && found.measured.unwrap() < interval[1]);
        }
    }
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let (x, mut replicate) = (counts(), numbers(16));
    let straight = finding(16, check("mean(x)", equals("40", 10.0)), column(x.clone()));
    replicate.reverse();
    let turned = evidence(&[("replicate", replicate), ("x", x.into_iter().rev().collect())]);
    assert_eq!(finding(16, check("mean(x)", equals("40", 10.0)), turned), straight);
}

/// Sixteen replicates at two points.
fn two_points(column: &str, values: [f64; 2], x: [Vec<f64>; 2]) -> Evidence {
    evidence(&[
        (column, [vec![values[0]; 16], vec![values[1]; 16]].concat()),
        ("replicate", [numbers(16), numbers(16)].concat()),
        ("x", x.concat()),
    ])
}

fn per(column: &str, measure: &str, expect: Expectation) -> Check {
    Check { per: words(&[column]), ..check(measure, expect) }
}

#[test]
fn adding_a_point_changes_no_other_number() {
    let both = two_points("hidden", [32.0, 64.0], [counts(), numbers(16)]);
    let alone = evidence(&[("hidden", vec![32.0; 16]), ("replicate", numbers(16)), ("x", counts())]);
    let both = findings(16, per("hidden", "mean(x)", at_most("100")), both);
    let alone = findings(16, per("hidden", "mean(x)", at_most("100")), alone);
    assert_eq!((both.len(), &both[0]), (2, &alone[0]));
    assert_eq!(both[1].point, Some(IndexMap::from([("hidden".to_owned(), PointValue::Number(64.0))])));
}

#[test]
fn points_come_in_order_of_first_appearance_with_their_labels() {
    let found =
        findings(16, per("start", "mean(x)", at_most("100")), two_points("start", [1.0, 0.0], [counts(), counts()]));
    let points: Vec<_> = found.into_iter().map(|finding| finding.point.unwrap()["start"].clone()).collect();
    assert_eq!(points, ["balanced", "normal"].map(|label| PointValue::Label(label.to_owned())));
}

#[test]
fn what_measure_and_expectation_share_cancels() {
    // A theory that is 1 % off, in data that scatter by 100 %.
    let theory = counts();
    let x: Vec<f64> = theory.iter().map(|theory| 1.01 * theory).collect();
    let both = || evidence(&[("replicate", numbers(16)), ("x", x.clone()), ("theory", theory.clone())]);
    let expected = mean(&theory);
    let expect =
        |relative| Expectation::Equals { value: formula("mean(theory)"), absolute: None, relative: Some(relative) };
    let found = finding(16, check("mean(x)", expect(0.02)), both());
    let [low, high] = found.interval.unwrap();
    let constant = finding(16, check("mean(x)", equals(&expected.to_string(), 0.02 * expected)), both());
    let [wide_low, wide_high] = constant.interval.unwrap();
    assert!((high - low) < 0.02 * (wide_high - wide_low), "{:?} {:?}", found.interval, constant.interval);
    assert!(low <= 1.01 * expected && 1.01 * expected <= high);
    assert_eq!((found.verdict, constant.verdict), (Holds, Inconclusive));
    // From the end of the interval that is nearer to the edge, not from the middle, which is at 0.5.
    let farther = (high - expected) / (0.02 * expected);
    assert!((found.tolerance_use.unwrap() - farther).abs() < 1e-9 && farther > 0.5, "{found:?}");
    assert_eq!(finding(16, check("mean(x)", expect(0.001)), both()).verdict, Fails);
    // The same for bounds and for bands that move with the data.
    let at_most_theory = finding(16, check("mean(x)", at_most("mean(theory)")), both());
    let between = Expectation::Between { low: formula("0.9*mean(theory)"), high: formula("1.1*mean(theory)") };
    let between = finding(16, check("mean(x)", between), both());
    assert_eq!((at_most_theory.verdict, between.verdict), (Fails, Holds));
    assert_eq!(between.band, [Some(0.9 * expected), Some(1.1 * expected)]);
}

#[test]
fn the_larger_tolerance_counts() {
    let expect = |absolute, relative| Expectation::Equals { value: formula("10"), absolute, relative };
    let rows = [
        (expect(Some(1.0), None), [9.0, 11.0]),
        (expect(None, Some(0.2)), [8.0, 12.0]),
        (expect(Some(1.0), Some(0.2)), [8.0, 12.0]),
        (expect(Some(3.0), Some(0.2)), [7.0, 13.0]),
        (Expectation::Exactly(formula("10")), [10.0, 10.0]),
        (Expectation::Between { low: formula("1"), high: formula("2") }, [1.0, 2.0]),
    ];
    let band = |expect: &Expectation| finding(1, check("mean(x)", expect.clone()), fixed(column(vec![10.0]))).band;
    let wrong = rows.into_iter().filter(|(expect, expected)| band(expect) != expected.map(Some));
    all(wrong.map(|(expect, _)| format!("{expect:?}: {:?}", band(&expect))).collect());
}

#[test]
fn where_nothing_is_drawn_the_value_is_judged_whatever_the_number_of_replicates() {
    let rows = [
        (equals("2", 0.5), Holds),
        (equals("3", 0.5), Fails),
        (at_most("2"), Holds),
        (at_most("1.9"), Fails),
        (at_least("2"), Holds),
        (Expectation::Exactly(formula("2")), Holds),
        (Expectation::Exactly(formula("3")), Fails),
        (Expectation::Between { low: formula("1"), high: formula("2") }, Holds),
    ];
    let mut failures = Vec::new();
    for replicates in [1, 2, 5, 20] {
        let rows_of_each = || {
            let replicate = (0..3 * replicates).map(|row| (row / 3) as f64).collect();
            evidence(&[("replicate", replicate), ("x", [1.0, 2.0, 3.0].repeat(replicates))])
        };
        for (expect, expected) in &rows {
            let found = finding(replicates as u64, check("median(x)", expect.clone()), fixed(rows_of_each()));
            if (found.verdict, found.method, found.interval, found.note.as_ref()) != (*expected, Exact, None, None) {
                failures.push(format!("{replicates}, {expect:?}: {found:#?}"));
            }
        }
    }
    all(failures);
}

#[test]
fn one_replicate_of_something_drawn_is_no_evidence() {
    let one = || column(vec![2.0]);
    for measure in ["mean(x)", "median(x)", "sd(x)/mean(x)", "quantile(x, 0.9)"] {
        let found = finding(1, Check { measure: formula(measure), ..check("mean(x)", at_most("3")) }, one());
        assert!(found.verdict != Holds && found.interval.is_none(), "{measure}: {found:#?}");
    }
    assert_eq!(finding(1, check("mean(x)", at_most("3")), one()).verdict, Inconclusive);
}

#[test]
fn an_inconclusive_finding_says_how_many_more_replicates_would_decide() {
    let x = counts();
    let centre = mean(&x);
    let found = finding(16, check("mean(x)", at_most(&(centre + 10.0).to_string())), column(x));
    let half_width = found.interval.unwrap()[1] - centre;
    let known_to = 1.0 + f64::sqrt(2.0 / 15.0);
    let expected = (16.0 * (half_width / 10.0) * (half_width / 10.0) * known_to).ceil() as u64 - 16;
    assert_eq!((found.verdict, found.more_replicates), (Inconclusive, Some(expected)));
    // No advice for a control, which has to fail.
    let mut claim = claim(16, vec![check("mean(x)", at_most(&(centre + 10.0).to_string()))]);
    claim.controls = vec![control("the same", &["the check"])];
    let of_control = judged(&claim, &[column(counts()), column(counts())]).findings.remove(1);
    assert_eq!((of_control.verdict, of_control.more_replicates), (Inconclusive, None));
}

#[test]
fn the_same_in_every_replicate_is_a_point_and_says_so() {
    let found = finding(16, check("mean(x)", Expectation::Exactly(formula("3"))), column(vec![3.0; 16]));
    assert_eq!((found.verdict, found.interval, found.method), (Holds, Some([3.0, 3.0]), Resampled));
    assert_eq!(found.note.as_deref(), Some("the same in every resample of the 16 replicates"));
}

/// A law `area = objects^0.5` seen through a threshold: overlap rises through 0.4 where the area is right, in every
/// replicate with an offset of its own.
fn critical_areas(noise: f64) -> Evidence {
    let (mut replicate, mut objects, mut area, mut overlap) = (vec![], vec![], vec![], vec![]);
    for (number, offset) in scattered(16, 3).iter().enumerate() {
        for size in [4.0_f64, 16.0, 64.0] {
            for step in 1..=12 {
                replicate.push(number as f64);
                objects.push(size);
                area.push(f64::from(step));
                overlap.push(0.4 + 0.1 * (f64::from(step) - size.sqrt()) + noise * (offset - 0.5));
            }
        }
    }
    evidence(&[("objects", objects), ("replicate", replicate), ("area", area), ("overlap", overlap)])
}

fn two_stages(group: &[&str]) -> Check {
    Check {
        lets: formulas(&[("size", "objects")]),
        group: words(group),
        reduce: formulas(&[("critical", "crossing(overlap, area, 0.4)")]),
        ..check("slope(ln(critical), ln(objects))", equals("0.5", 0.05))
    }
}

#[test]
fn a_first_stage_over_replicates_is_part_of_the_statistic() {
    let exact = finding(16, two_stages(&["objects"]), critical_areas(0.0));
    assert!((exact.measured.unwrap() - 0.5).abs() < 1e-12, "{exact:?}");
    let noisy = finding(16, two_stages(&["objects"]), critical_areas(0.05));
    let [low, high] = noisy.interval.unwrap();
    assert_eq!((noisy.verdict, noisy.rows, noisy.replicates), (Holds, 16 * 36, 16));
    assert!(low < high && high - low < 0.1, "{noisy:?}");
}

#[test]
fn a_first_stage_within_replicates_gives_rows_that_are_resampled() {
    let within =
        |measure: &str, expect| Check { measure: formula(measure), expect, ..two_stages(&["replicate", "objects"]) };
    let found = finding(16, within("median(critical)", equals("4", 0.5)), critical_areas(0.05));
    assert_eq!((found.rows, found.replicates, found.method), (48, 16, Bca));
    // One row a replicate: a fraction of replicates.
    let mut one = within("fraction(critical > 1)", at_least("0.5"));
    one.filter = Some(formula("objects == 16"));
    let found = finding(16, one, critical_areas(0.05));
    assert_eq!((found.method, found.interval), (ClopperPearson, Some(clopper_pearson(16, 16, 0.99))));
}

#[test]
fn conditions_on_keys_choose_points_and_other_conditions_rows() {
    let modes = || {
        let half_time = (0..48).map(|row| if row % 3 == 1 { NAN } else { f64::from(row) }).collect();
        evidence(&[
            ("replicate", (0..48).map(|row| f64::from(row / 3)).collect()),
            ("mode", (0..48).map(|row| f64::from(row % 3 + 1)).collect()),
            ("half_time", half_time),
        ])
    };
    let rows: [(&str, &[bool]); 6] = [
        ("mode <= 1", &[true]),
        ("mode != 2", &[true, true]),
        ("known(half_time)", &[true, false, true]),
        ("mode <= 2 and known(half_time)", &[true, false]),
        ("known(half_time) and (mode >= 2 and replicate < 20)", &[false, true]),
        ("place >= 2 and known(half_time)", &[false, true]),
    ];
    let mut failures = Vec::new();
    for (filter, expected) in rows {
        let check = Check {
            lets: formulas(&[("place", "mode")]),
            filter: Some(formula(filter)),
            ..per("mode", "mean(half_time)", at_most("100"))
        };
        let found = findings(16, check, modes());
        if found.iter().map(|finding| finding.verdict == Holds).collect::<Vec<_>>() != expected {
            failures.push(format!("{filter}: {found:#?}"));
        }
    }
    all(failures);
}

#[test]
fn without_a_number_a_finding_is_broken_and_says_why() {
    let x = || column(counts());
    let with = |name: &str, value: f64| {
        let mut values = counts();
        values[3] = value;
        evidence(&[("replicate", numbers(16)), ("x", counts()), (name, values)])
    };
    let filtered = |filter: &str| Check { filter: Some(formula(filter)), ..check("mean(x)", at_most("100")) };
    let relative = |value: &str| Expectation::Equals { value: formula(value), absolute: None, relative: Some(0.1) };
    let between = |low: &str, high: &str| Expectation::Between { low: formula(low), high: formula(high) };
    let failed = Evidence { failures: words(&["at hidden = 32: replicate 3: diverged", "b", "c"]), ..x() };
    let rows: Vec<(Check, Evidence, &str)> = vec![
        (check("mean(x)", at_most("100")), failed, "at hidden = 32: replicate 3: diverged, and 2 more failed"),
        (Check { table: "run".to_owned(), ..check("mean(x)", at_most("1")) }, x(), "there is no table `run`"),
        (
            check("mean(x)", at_most("1")),
            evidence(&[("replicate", vec![]), ("x", vec![])]),
            "table `modes` has no rows",
        ),
        (filtered("x < 0"), x(), "no rows are left by `x < 0`"),
        (filtered("y < 0"), with("y", NAN), "the filter `y < 0` is missing in 1 of 16 rows"),
        (check("mean(y)", at_most("1")), with("y", NAN), "the measure `mean(y)` is missing over 16 rows"),
        (check("mean(x)", at_most("mean(y)")), with("y", NAN), "the expected value is missing"),
        (check("mean(x)", relative("mean(x - x)")), x(), "the tolerance is relative to an expected value of zero"),
        (check("mean(x)", equals("1", 0.0)), x(), "the tolerance is zero"),
        (check("mean(x)", between("2", "1")), x(), "the lower end of the band, 2, is above its upper end, 1"),
        (check("mean(x)", Expectation::Exactly(formula("2.5"))), x(), "the expected value, 2.5, is not an integer"),
        (per("y", "mean(x)", at_most("1")), with("y", NAN), "`y`, by which rows are split, is missing in 1 of 16 rows"),
        (per("z", "mean(x)", at_most("1")), x(), "there is no column `z`"),
        (
            check("mean(x)", at_most("1")),
            column(vec![1.0]),
            "table `modes` has 1 of 16 replicates, so nothing shows how they differ",
        ),
        (
            check("mean(x)", at_most("1")),
            evidence(&[("x", counts())]),
            "table `modes` does not say which replicate a row is of",
        ),
    ];
    let mut failures = Vec::new();
    for (check, evidence, expected) in rows {
        let found = finding(16, check, evidence);
        let empty = (found.measured, found.interval, found.expected, found.tolerance_use) == (None, None, None, None);
        if found.verdict != Broken || found.note.as_deref() != Some(expected) || !empty {
            failures.push(format!("{expected}: {found:#?}"));
        }
    }
    all(failures);
}

#[test]
fn a_measure_that_some_resamples_do_not_have_is_broken() {
    // A curve that has lost one of its groups is another measure.
    let groups = evidence(&[
        ("replicate", numbers(16)),
        ("half", (0..16).map(|number| if number < 15 { 1.0 } else { 2.0 }).collect()),
        ("x", counts()),
    ]);
    let check = Check {
        group: words(&["half"]),
        reduce: formulas(&[("centre", "mean(x)")]),
        ..check("mean(centre)", at_most("100"))
    };
    let found = finding(16, check, groups);
    let note = found.note.unwrap();
    // (15/16)^16 = 0.356 of the 2000 resamples and one of the 16 that leave a replicate out.
    let missing: usize = note.split(' ').find_map(|word| word.parse().ok()).unwrap();
    assert!(note.starts_with("the measure is missing in") && note.contains("of 2017 resamples"), "{note}");
    assert!((600..850).contains(&missing), "{note}");
    assert_eq!((found.verdict, found.rows, found.replicates), (Broken, 16, 16));
}

#[test]
fn few_replicates_with_rows_are_few_replicates() {
    let learned = Check { filter: Some(formula("x > 0")), ..check("mean(x)", at_most("100")) };
    let x = (0..16).map(|number| if number < 2 { 50.0 } else { 0.0 }).collect();
    let found = finding(16, learned, column(x));
    assert_eq!((found.verdict, found.rows, found.replicates, found.interval), (Inconclusive, 2, 2, None));
}
