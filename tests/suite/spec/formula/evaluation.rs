//! Values of formulas, by row and over rows.

use modewise::spec::formula::Formula;
use serde_json::Value as Json;

use super::{NONE, all, same, sample, scope, table};

#[test]
fn values_by_row_follow_the_arithmetic_and_missing_values_propagate() {
    let cases: &[(&str, [f64; 4])] = &[
        ("1 + 2*3 - 4/8", [6.5; 4]),
        ("2^3^2", [512.0; 4]),
        ("-2^2", [-4.0; 4]),
        ("2.5e-1 + 50%", [0.75; 4]),
        (".5", [0.5; 4]),
        ("mode*s", [8.0, 8.0, 6.0, 4.0]),
        ("half_time/s", [0.0625, 0.25, NONE, 3.0]),
        ("half_time^0", [1.0, 1.0, NONE, 1.0]),
        ("1^half_time", [1.0, 1.0, NONE, 1.0]),
        ("half_time < 2", [1.0, 1.0, NONE, 0.0]),
        ("half_time != half_time", [0.0, 0.0, NONE, 0.0]),
        ("known(half_time)", [1.0, 1.0, 0.0, 1.0]),
        ("not half_time < 2", [0.0, 0.0, NONE, 1.0]),
        ("half_time < 2 and mode == 1", [1.0, 0.0, 0.0, 0.0]),
        ("half_time < 2 and mode == 3", [0.0, 0.0, NONE, 0.0]),
        ("half_time > 2 or mode == 3", [0.0, 0.0, 1.0, 1.0]),
        ("half_time > 2 or mode == 1", [1.0, 0.0, NONE, 1.0]),
        ("known(half_time) and half_time > 2", [0.0, 0.0, 0.0, 1.0]),
        ("min(mode, s, 2.5)", [1.0, 2.0, 2.0, 1.0]),
        ("max(half_time, 1)", [1.0, 1.0, NONE, 3.0]),
        ("1/(mode - 1)", [NONE, 1.0, 0.5, 1.0 / 3.0]),
        ("ln(mode - 1)", [NONE, 0.0, libm::log(2.0), libm::log(3.0)]),
        ("sqrt(mode - 2)", [NONE, 0.0, 1.0, 2f64.sqrt()]),
        ("exp(1000*mode)", [NONE; 4]),
        ("abs(-tanh(s))", [8.0, 4.0, 2.0, 1.0].map(libm::tanh)),
        ("centre == \"none\"", [0.0, 1.0, 0.0, 1.0]),
        ("\"known\" != centre", [0.0, 1.0, 0.0, 1.0]),
        ("no_such_column", [NONE; 4]),
    ];
    let table = sample();
    all(cases
        .iter()
        .filter_map(|(text, expected)| {
            let found = Formula::parse(text).expect(text).bind(&scope()).by_row(&table);
            let right = found.iter().zip(expected).all(|(found, expected)| same(*found, *expected));
            (!right).then(|| format!("{text}: expected {expected:?}, found {found:?}"))
        })
        .collect());
}

#[test]
fn values_over_rows_look_at_the_chosen_rows_only() {
    let cases: &[(&str, &[usize], f64)] = &[
        ("mean(s)", &[0, 1, 2, 3], 3.75),
        ("mean(s)", &[0, 0, 3], 17.0 / 3.0),
        ("median(s)", &[0, 1, 2, 3], 3.0),
        ("sd(mode)", &[0, 2], 2f64.sqrt()),
        ("min(s)", &[0, 1], 4.0),
        ("max(s)", &[1, 3, 2], 4.0),
        ("max(half_time)", &[3, 2, 1], NONE),
        ("min(half_time)", &[2, 0], NONE),
        ("count", &[1, 1, 1], 3.0),
        ("count", &[], NONE),
        ("mean(s)", &[], NONE),
        ("quantile(s, 25%)", &[0, 1, 2, 3], 1.75),
        ("quantile(s, 1.5)", &[0, 1, 2, 3], NONE),
        ("fraction(s > 1.5)", &[0, 1, 2, 3], 0.75),
        ("fraction(half_time > 2)", &[0, 1, 3], 1.0 / 3.0),
        ("fraction(half_time > 2)", &[0, 2], NONE),
        ("fraction(known(half_time))", &[0, 2], 0.5),
        ("mean(half_time)", &[0, 1, 2], NONE),
        ("mean(half_time)", &[0, 1], 0.75),
        ("slope(2*mode + 1, mode)", &[0, 1, 2, 3], 2.0),
        ("kendall(mode, s)", &[0, 1, 2, 3], -1.0),
        ("spearman(mode, -s)", &[0, 1, 2, 3], 1.0),
        ("crossing(mode, mode, 2.5)", &[0, 1, 2, 3], 2.5),
        ("crossing(s, mode, 100)", &[0, 1, 2, 3], NONE),
        ("max(s)/min(s) - hidden", &[2, 3], -30.0),
        ("abs(min(mean(mode), 1.5) - 2)", &[1, 2], 0.5),
        ("mean(s where mode > 1)", &[0, 1, 2], 3.0),
        ("max(s where centre > 0) - min(s)", &[0, 1, 2, 3], 3.0),
        ("mean(half_time where mode < 3)", &[0, 1, 2], 0.75),
        ("mean(s where half_time > 2)", &[0, 2], NONE),
        ("mean(s where known(half_time))", &[0, 2], 8.0),
        ("mean(s where mode > 9)", &[0, 1], NONE),
        ("count(where mode > 1)/count", &[0, 1, 1, 3], 0.75),
        ("count(where mode > 9)", &[0, 1], 0.0),
        ("quantile(s, 0.5 where mode != 2)", &[0, 1, 2], 5.0),
        ("crossing(mode, mode, 2.5 where mode != 3)", &[0, 1, 2, 3], 2.5),
        ("slope(2*mode + 1, mode where hidden == 32)", &[0, 1, 2, 3], 2.0),
        ("mean(s) > 3 and not count == 2", &[0, 1, 2], 1.0),
        ("mean(1/(mode - 1))", &[0, 1], NONE),
        ("mean(s)/(count - 2)", &[0, 1], NONE),
        ("-hidden", &[3], -32.0),
        ("3", &[2], 3.0),
    ];
    let table = sample();
    all(cases
        .iter()
        .filter_map(|(text, rows, expected)| {
            let formula = Formula::parse(text).expect(text);
            let over = formula.over(&table);
            let (found, again) = (over.value(rows), over.value(rows));
            let right = same(found, again)
                && (same(found, *expected) || (found - expected).abs() <= 4.0 * f64::EPSILON * expected.abs());
            (!right).then(|| format!("{text} over {rows:?}: expected {expected}, found {found}, then {again}"))
        })
        .collect());
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the values are finite")]
fn row_functions_agree_with_scipy() {
    let reference: Json =
        serde_json::from_str(include_str!("../../../reference/statistics.json")).expect("the reference is JSON");
    let numbers = |value: &Json| -> Vec<f64> {
        value.as_array().expect("a list").iter().map(|number| number.as_f64().expect("a number")).collect()
    };
    let case = &reference["cases"][0];
    let (x, y, line) = (numbers(&case["x"]), numbers(&case["y"]), numbers(&case["line"]["y"]));
    let table = table(&[("x", &x), ("y", &y), ("line", &line)]);
    let rows: Vec<usize> = (0..table.rows()).collect();
    let cases = [
        ("kendall(x, y)", &case["kendall"]),
        ("spearman(x, y)", &case["spearman"]),
        ("mean(x)", &case["mean"]),
        ("sd(x)", &case["sd"]),
        ("median(x)", &case["median"]),
        ("quantile(x, 5%)", &case["quantile"]["0.05"]),
        ("quantile(x, 0.95)", &case["quantile"]["0.95"]),
        ("slope(line, x)", &case["line"]["slope"]),
    ];
    all(cases
        .iter()
        .filter_map(|(text, expected)| {
            let found = Formula::parse(text).expect(text).over(&table).value(&rows);
            let expected = expected.as_f64().expect("a number");
            // Both sum 25 terms of order 1: at most 25 roundings on each side.
            let wrong = (found - expected).abs() > 50.0 * f64::EPSILON * expected.abs().max(1.0);
            wrong.then(|| format!("{text}: expected {expected}, found {found}"))
        })
        .collect());
}

#[test]
fn crossing_agrees_with_the_reference() {
    let reference: Json =
        serde_json::from_str(include_str!("../../../reference/statistics.json")).expect("the reference is JSON");
    let case = reference["cases"].as_array().expect("a list").iter().find_map(|case| case.get("crossing"));
    let case = case.expect("a case of crossings");
    let numbers = |value: &Json| -> Vec<f64> {
        value.as_array().expect("a list").iter().map(|number| number.as_f64().expect("a number")).collect()
    };
    let (x, y) = (numbers(&case["x"]), numbers(&case["y"]));
    let table = table(&[("x", &x), ("y", &y)]);
    let rows: Vec<usize> = (0..table.rows()).collect();
    let text = format!("crossing(y, x, {})", case["level"]);
    let found = Formula::parse(&text).expect("a formula").over(&table).value(&rows);
    let expected = case["at"].as_f64().expect("a number");
    assert!((found - expected).abs() <= 1e-12 * expected.abs(), "{text}: expected {expected}, found {found}");
}

#[test]
fn an_argument_is_a_formula_of_its_own() {
    let cases = [
        ("fraction(s > 1)", "s > 1"),
        ("fraction( (s > 1) or mode == 2 )", "(s > 1) or mode == 2"),
        ("(fraction(known(half_time)))", "known(half_time)"),
        ("mean( 2*s - mode )", "2*s - mode"),
    ];
    let table = sample();
    for (text, expected) in cases {
        let whole = Formula::parse(text).expect(text);
        let [argument] = whole.syntax.parts()[..] else { panic!("{text} has one argument") };
        let part = whole.part(argument);
        assert_eq!(part.text, expected, "{text}");
        // The spans fit the new text: parsed anew it is the same formula.
        let anew = Formula::parse(&part.text).expect(text);
        assert_eq!(anew.by_row(&table), part.by_row(&table), "{text}");
        assert_eq!(anew, part, "{text}");
    }
}
