//! Findings split by columns that are measured.

use modewise::judge::Evidence;
use modewise::judge::finding::PointValue;
use modewise::judge::verdict::Verdict::{Broken, Holds, Vacuous};
use modewise::spec::check::Check;

use super::fixture::words;
use super::fixture::{NAN, all, at_most, check, claim, control, evidence, finding, findings, formula, judged, numbers};

/// Sixteen replicates with three modes each, of levels 0, 1 and `last`; `half_time` is the level, and 5 in the last
/// mode.
fn levels(last: f64) -> Evidence {
    let of_mode = |values: [f64; 3]| (0..48).map(|row| values[row % 3]).collect();
    evidence(&[
        ("replicate", (0..48).map(|row| f64::from(row / 3)).collect()),
        ("mode", of_mode([1.0, 2.0, 3.0])),
        ("s", of_mode([0.0, 1.0, last])),
        ("half_time", of_mode([0.0, 1.0, 5.0])),
    ])
}

fn per_level(filter: Option<&str>) -> Check {
    let filter = filter.map(formula);
    Check { per: words(&["s"]), filter, ..check("mean(half_time)", at_most("1")) }
}

#[test]
fn a_measured_column_splits_like_a_key() {
    let rows: [(&str, f64, Option<&str>, &[f64]); 5] = [
        ("equal values are one point", 1.0, None, &[0.0, 3.0]),
        ("rows without a value can be left out", NAN, Some("known(s)"), &[0.0, 1.0]),
        ("and others with them", NAN, Some("known(s) and s <= 0"), &[0.0]),
        ("a condition on it chooses points", 2.0, Some("s >= 1"), &[1.0, 5.0]),
        ("next to one on a key", 2.0, Some("s >= 1 and mode == 3"), &[5.0]),
    ];
    let mut failures = Vec::new();
    for (name, last, filter, expected) in rows {
        let found = findings(16, per_level(filter), levels(last));
        let measured: Vec<f64> = found.iter().filter_map(|finding| finding.measured).collect();
        let named = found.iter().all(|finding| finding.point.as_ref().is_some_and(|point| point.contains_key("s")));
        if measured != expected || !named {
            failures.push(format!("{name}: {found:#?}"));
        }
    }
    all(failures);
    let first = findings(16, per_level(None), levels(1.0)).remove(0);
    assert_eq!((first.point.unwrap()["s"].clone(), first.verdict), (PointValue::Number(0.0), Holds));
}

#[test]
fn a_row_without_a_value_breaks_the_check() {
    let found = finding(16, per_level(None), levels(NAN));
    let note = "`s`, by which rows are split, is missing in 16 of 48 rows";
    assert_eq!((found.verdict, found.note.as_deref()), (Broken, Some(note)));
    let grouped = Check {
        group: words(&["s", "replicate"]),
        reduce: super::fixture::formulas(&[("late", "max(half_time)")]),
        ..check("mean(late)", at_most("9"))
    };
    let found = finding(16, grouped.clone(), levels(NAN));
    assert_eq!((found.verdict, found.note.as_deref()), (Broken, Some(note)));
    assert_eq!(finding(16, grouped, levels(1.0)).measured, Some(2.5));
}

#[test]
fn a_control_that_misses_a_measured_column_proves_nothing() {
    // Because only an axis can be dropped there: a split that silently went away would let anything fail.
    let mut claim = claim(16, vec![Check { filter: Some(formula("mode <= 2")), ..per_level(None) }]);
    claim.controls = vec![control("no levels", &["the check"])];
    let mut without = levels(1.0);
    without.tables["modes"].set("s", vec![NAN; 48]);
    let judgement = judged(&claim, &[levels(1.0), without]);
    assert_eq!((judgement.verdict, judgement.findings.last().unwrap().verdict), (Vacuous, Broken));
}

#[test]
fn a_point_for_each_row_is_refused() {
    let rows = 10_001;
    let each = evidence(&[("replicate", numbers(rows)), ("mode", numbers(rows)), ("s", numbers(rows))]);
    let found = finding(rows as u64, Check { per: words(&["s"]), ..check("mean(s)", at_most("1")) }, each);
    assert_eq!(found.note.as_deref(), Some("`per` splits by s into 10001 points (allowed: 10000)"));
}
