//! Tests of `spec::formula`: parsing, types, evaluation.

use modewise::numerics::quantile::quantile;
use modewise::spec::formula::check::{ColumnType, Scope, Stage};
use modewise::spec::formula::function::{Argument, FUNCTIONS};
use modewise::spec::formula::syntax::{Expression, Node};
use modewise::spec::formula::{Formula, Type};
use modewise::table::Table;
use proptest::prelude::*;
use serde_json::Value as Json;

/// Fails once, with every row that failed.
fn all(failures: Vec<String>) {
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures.join("\n"));
}

fn same(left: f64, right: f64) -> bool {
    left == right || (left.is_nan() && right.is_nan())
}

fn table(columns: &[(&str, &[f64])]) -> Table {
    let mut table = Table::default();
    for (name, values) in columns {
        table.set(name, values.to_vec());
    }
    table
}

const NONE: f64 = f64::NAN;

fn sample() -> Table {
    table(&[
        ("mode", &[1.0, 2.0, 3.0, 4.0]),
        ("s", &[8.0, 4.0, 2.0, 1.0]),
        ("half_time", &[0.5, 1.0, NONE, 3.0]),
        ("centre", &[0.0, 1.0, 0.0, 1.0]),
        ("hidden", &[32.0, 32.0, 32.0, 32.0]),
    ])
}

fn scope() -> Scope {
    let mut scope = Scope::default();
    for name in ["mode", "s", "half_time", "hidden"] {
        scope.insert(name, ColumnType::Number);
    }
    scope.insert("late", ColumnType::Condition);
    scope.insert("centre", ColumnType::Labels(vec!["known".into(), "none".into()]));
    scope
}

/// A tree with every operator in parentheses.
fn shape(part: &Expression) -> String {
    match &part.node {
        Node::Number { written, .. } => written.clone(),
        Node::Column(name) => name.clone(),
        Node::Text { text, .. } => format!("{text:?}"),
        Node::Negate(operand) => format!("(-{})", shape(operand)),
        Node::Not(operand) => format!("(not {})", shape(operand)),
        Node::Binary { operator, left, right } => {
            format!("({} {} {})", shape(left), operator.symbol(), shape(right))
        }
        Node::Call { function, arguments } => {
            let arguments: Vec<String> = arguments.iter().map(shape).collect();
            format!("{}({})", function.doc().name, arguments.join(", "))
        }
    }
}

#[test]
fn operators_bind_as_in_mathematics() {
    let cases = [
        ("1 - 2 - 3", "((1 - 2) - 3)"),
        ("1 + 2*3", "(1 + (2 * 3))"),
        ("8/4/2", "((8 / 4) / 2)"),
        ("2^3^2", "(2 ^ (3 ^ 2))"),
        ("-2^2", "(-(2 ^ 2))"),
        ("2^-1", "(2 ^ (-1))"),
        ("2^-s*3", "((2 ^ (-s)) * 3)"),
        ("-a*b", "((-a) * b)"),
        ("a - -b", "(a - (-b))"),
        ("a or b and not c < d", "(a or (b and (not (c < d))))"),
        ("not a and b", "((not a) and b)"),
        ("a + 1 < b * 2 or c == \"x\"", "(((a + 1) < (b * 2)) or (c == \"x\"))"),
        ("ln(s/m0_free - 1) / (2*g)", "(ln(((s / m0_free) - 1)) / (2 * g))"),
        ("count", "count()"),
        ("count()", "count()"),
        ("min(a)", "min(a)"),
        ("max(a, b, 0.5%)", "max(a, b, 0.5%)"),
        (" ( (a) ) ", "a"),
    ];
    all(cases
        .iter()
        .filter_map(|(text, expected)| {
            let found = Formula::parse(text).map_or_else(|error| error.to_string(), |formula| shape(&formula.syntax));
            (found != *expected).then(|| format!("{text}: expected {expected}, found {found}"))
        })
        .collect());
}

#[test]
fn a_formula_that_does_not_parse_says_where_and_what_is_allowed() {
    let cases = [
        ("", "", "the formula is empty"),
        ("  ", "  ", "the formula is empty"),
        ("a +", "", "the end of the formula stands where a number, a column, a function or `(` should be"),
        ("(a", "", "the end of the formula stands where an operator or `)` should be"),
        ("a b", "b", "`b` stands where an operator or the end of the formula should be"),
        ("mean(a b)", "b", "`b` stands where an operator, `,` or `)` should be"),
        ("a)", ")", "`)` stands where an operator or the end of the formula should be"),
        ("a < b < c", "<", "comparisons do not chain (allowed: `a < b and b < c`)"),
        ("a = b", "=", "`=` means nothing in a formula (allowed: `==` compares)"),
        ("a && b", "&", "`&` means nothing in a formula (allowed: `and`)"),
        ("5 %", "%", "`%` means nothing in a formula (allowed: per cent stands directly behind a number, as in 0.5%)"),
        ("s == 'a'", "'", "`'` means nothing in a formula (allowed: text stands in double quotes)"),
        ("s == \"a", "\"", "the text has no closing `\"`"),
        ("2x", "2x", "`2x` is not a number (allowed: 2.5, 1e-3, 0.5%)"),
        ("1.2.3", "1.2.3", "`1.2.3` is not a number (allowed: 2.5, 1e-3, 0.5%)"),
        (".", ".", "`.` is not a number (allowed: 2.5, 1e-3, 0.5%)"),
        ("1e999", "1e999", "`1e999` is too large (allowed: up to 1.8e308)"),
        ("meen(a)", "meen", "`meen` is not a function (allowed: abs, count, crossing,"),
        ("ln(a, b)", "ln(a, b)", "`ln` is called with 2 arguments (allowed: ln(x))"),
        ("min()", "min()", "`min` is called with 0 arguments (allowed: min(x, y, ...), min(x))"),
        ("crossing(a)", "crossing(a)", "`crossing` is called with 1 argument (allowed: crossing(y, x, level))"),
        ("µ + 1", "µ", "`µ` means nothing in a formula (allowed: numbers, columns,"),
    ];
    all(cases
        .iter()
        .filter_map(|(text, at, expected)| match Formula::parse(text) {
            Err(error) if error.message.starts_with(expected) && text.get(error.span.clone()) == Some(at) => None,
            other => Some(format!("{text}: {other:?}")),
        })
        .collect());
    let error = Formula::parse("1 + meen(a)").expect_err("no such function");
    assert_eq!(error.help.as_deref(), Some("did you mean `mean`?"));
}

#[test]
fn a_hostile_formula_is_refused() {
    let deep = [
        format!("{}1{}", "(".repeat(900), ")".repeat(900)),
        format!("{}1", "-".repeat(1900)),
        format!("{}a", "not ".repeat(450)),
        format!("1{}", "^2".repeat(900)),
        format!("{}1{}", "abs(".repeat(300), ")".repeat(300)),
    ];
    for text in deep {
        let error = Formula::parse(&text).expect_err("too deep");
        assert_eq!(error.message, "the formula is nested too deeply (allowed: 64 levels)", "{text}");
    }
    let error = Formula::parse(&"1+".repeat(2000)).expect_err("too long");
    assert_eq!(error.message, "the formula has 4000 bytes (allowed: up to 2000)");
    let long = format!("1{}", "+1".repeat(999));
    let sum = Formula::parse(&long).expect("1999 bytes").by_row(&table(&[("a", &[0.0])]));
    assert_eq!(sum, [1000.0]);
}

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
fn row_functions_agree_with_scipy() {
    let reference: Json =
        serde_json::from_str(include_str!("../reference/statistics.json")).expect("the reference is JSON");
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
        serde_json::from_str(include_str!("../reference/statistics.json")).expect("the reference is JSON");
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
fn a_fraction_gives_its_condition() {
    let cases = [
        ("fraction(s > 1)", Some("s > 1")),
        ("fraction( (s > 1) or mode == 2 )", Some("(s > 1) or mode == 2")),
        ("(fraction(known(half_time)))", Some("known(half_time)")),
        ("1 - fraction(s > 1)", None),
        ("mean(s)", None),
    ];
    let table = sample();
    for (text, expected) in cases {
        let found = Formula::parse(text).expect(text).as_fraction();
        assert_eq!(found.as_ref().map(|formula| formula.text.as_str()), expected, "{text}");
        if let Some(condition) = found {
            // The spans fit the new text: parsed anew it is the same formula.
            assert_eq!(Formula::parse(&condition.text).expect(text).by_row(&table), condition.by_row(&table), "{text}");
            assert_eq!(Formula::parse(&condition.text).expect(text), condition, "{text}");
        }
    }
}

#[test]
fn types_are_found() {
    let constant = vec!["hidden".to_owned()];
    let (row, rows) = (Stage::ByRow, Stage::OverRows { constant: &constant });
    let cases = [
        ("s/2", row, Type::Number),
        ("s > 2 or late", row, Type::Condition),
        ("not late", row, Type::Condition),
        ("known(s)", row, Type::Condition),
        ("centre == \"known\"", row, Type::Condition),
        ("min(s, mode)", row, Type::Number),
        ("mean(s)*hidden", rows, Type::Number),
        ("mean(s) < hidden", rows, Type::Condition),
        ("fraction(late and s > 1)", rows, Type::Number),
        ("quantile(s, 1/hidden)", rows, Type::Number),
        ("crossing(s, mode, 2.5) + count", rows, Type::Number),
        ("0.5", rows, Type::Number),
    ];
    for (text, stage, expected) in cases {
        assert_eq!(Formula::parse(text).expect(text).check(&scope(), stage), Ok(expected), "{text}");
    }
}

#[test]
fn every_mistake_of_a_formula_is_found_at_its_place() {
    const ALL: &str = "(allowed: mode, s, half_time, hidden, late, centre)";
    let constant = vec!["hidden".to_owned()];
    let (row, rows) = (Stage::ByRow, Stage::OverRows { constant: &constant });
    let bare = Stage::OverRows { constant: &[] };
    let unknown = |name: &str| format!("`{name}` is not a column here {ALL}");
    type Mistake = (&'static str, String);
    let cases: Vec<(&str, Stage<'_>, Vec<Mistake>)> = vec![
        ("halftime + 1", row, vec![("halftime", unknown("halftime"))]),
        ("mean(halftime) + q", rows, vec![("halftime", unknown("halftime")), ("q", unknown("q"))]),
        ("s + late", row, vec![("late", "this is a condition, but `+` takes a number (allowed: `fraction(...)` makes one of conditions)".into())]),
        ("s and late", row, vec![("s", "this is a number, but `and` takes a condition (allowed: a comparison makes one of numbers)".into())]),
        ("late == 1", row, vec![("late", "this is a condition, but `==` takes a number (allowed: `fraction(...)` makes one of conditions)".into())]),
        ("-centre", row, vec![("centre", "this is text, but `-` takes a number (allowed: text is compared by `==` or `!=` with a column of labels)".into())]),
        ("centre == \"knwon\"", row, vec![("\"knwon\"", "`knwon` is not a value of `centre` (allowed: \"known\", \"none\")".into())]),
        ("centre < \"known\"", row, vec![("\"known\"", "this is text, which `<` does not order (allowed: `==`, `!=`)".into())]),
        ("s == \"known\"", row, vec![("\"known\"", "this is text, but `s` holds numbers (allowed: a number)".into())]),
        ("centre == 1", row, vec![("1", "this is compared with text (allowed: \"known\", \"none\")".into())]),
        ("\"known\"", row, vec![("\"known\"", "this is text (allowed: text compared by `==` or `!=` with a column of labels)".into())]),
        ("s > mean(s)", row, vec![("mean(s)", "`mean(x)` looks at many rows (allowed where one row is looked at: `ln(x)`, `exp(x)`, `sqrt(x)`, `abs(x)`, `tanh(x)`, `min(x, y, ...)`, `max(x, y, ...)`, `known(x)`)".into())]),
        ("mean(median(s))", rows, vec![("median(s)", "`median(x)` looks at many rows (inside of `mean` allowed: `group` with `reduce` for two stages)".into())]),
        ("quantile(s, mean(s))", rows, vec![("mean(s)", "`mean(x)` looks at many rows (inside of `quantile` allowed: `group` with `reduce` for two stages)".into())]),
        ("quantile(s, mode)", rows, vec![("mode", "`mode` has a value for each row (allowed: a number, or a column that is the same in all rows: hidden)".into())]),
        ("half_time - 1", rows, vec![("half_time", "`half_time` has a value for each row (allowed: in a function of rows, like `mean(half_time)`, or a column that is the same in all rows: hidden)".into())]),
        ("hidden", bare, vec![("hidden", "`hidden` has a value for each row (allowed: in a function of rows, like `mean(hidden)`)".into())]),
        ("mean(s > 1)", rows, vec![("s > 1", "this is a condition, but `mean` takes a number (allowed: `fraction(...)` makes one of conditions)".into())]),
        ("fraction(s)", rows, vec![("s", "this is a number, but `fraction` takes a condition (allowed: a comparison makes one of numbers)".into())]),
    ];
    let mut failures = Vec::new();
    for (text, stage, expected) in cases {
        let errors = Formula::parse(text).expect(text).check(&scope(), stage).expect_err(text);
        let found: Vec<(&str, String)> =
            errors.iter().map(|error| (&text[error.span.clone()], error.message.clone())).collect();
        if found != expected {
            failures.push(format!("{text}:\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    all(failures);
}

#[test]
fn a_misspelt_column_or_label_gets_a_hint() {
    let cases = [
        ("half_tme", Some("did you mean `half_time`?")),
        ("half-time", None),
        ("HIDDEN", Some("did you mean `hidden`?")),
        ("mean", Some("a function is called: `mean(x)`")),
        ("zzzzzzzzz", None),
        ("centre == \"Known\"", Some("did you mean `known`?")),
    ];
    for (text, expected) in cases {
        let errors = Formula::parse(text).expect(text).check(&scope(), Stage::ByRow).expect_err(text);
        assert_eq!(errors[0].help.as_deref(), expected, "{text}");
    }
}

#[test]
fn every_function_of_the_list_can_be_called_as_its_usage_says() {
    let mut failures = Vec::new();
    for doc in FUNCTIONS {
        let arguments = |types: &[(&str, Argument)]| -> Vec<&str> {
            let example = |argument: &Argument| match argument {
                Argument::Number => "s",
                Argument::Condition => "s > 1",
                Argument::Constant => "0.5",
            };
            types.iter().map(|(_, argument)| example(argument)).collect()
        };
        let text = format!("{}({})", doc.name, arguments(doc.arguments).join(", "));
        let stage = if doc.rows { Stage::OverRows { constant: &[] } } else { Stage::ByRow };
        let formula = Formula::parse(&text).expect(&text);
        if let Err(errors) = formula.check(&scope(), stage) {
            failures.push(format!("{text}: {errors:?}"));
        }
        let is_it = matches!(&formula.syntax.node, Node::Call { function, .. } if *function == doc.function);
        if !is_it || doc.function.doc().name != doc.name || doc.about.is_empty() {
            failures.push(format!("{text}: the list and the parser differ"));
        }
        if Formula::parse(&format!("{}(s, s, s, s, s)", doc.name)).is_ok()
            != FUNCTIONS.iter().any(|other| other.name == doc.name && other.more)
        {
            failures.push(format!("{}: takes any number of arguments", doc.name));
        }
        let value = match doc.rows {
            true => formula.over(&sample()).value(&[0, 1, 2, 3]),
            false => formula.by_row(&sample())[0],
        };
        if value.is_nan()
            && doc.name != "crossing"
            && doc.name != "kendall"
            && doc.name != "spearman"
            && doc.name != "slope"
        {
            failures.push(format!("{text}: has no value"));
        }
    }
    all(failures);
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,40}") {
        if let Err(error) = Formula::parse(&text) {
            prop_assert!(text.get(error.span).is_some());
        }
    }

    #[test]
    fn no_arrangement_of_words_makes_parser_or_check_panic(words in prop::collection::vec(prop::sample::select(vec![
        "s", "mode", "late", "centre", "\"known\"", "1", "0.5%", "+", "-", "*", "/", "^", "<", "==", "!=", "and", "or",
        "not", "(", ")", ",", "mean(", "fraction(", "quantile(", "min(", "known(", "count", "hidden",
    ]), 1..12)) {
        let text = words.join(" ");
        match Formula::parse(&text) {
            Err(error) => prop_assert!(text.get(error.span).is_some()),
            Ok(formula) => {
                prop_assert_eq!(&text[formula.syntax.span.clone()], text.trim());
                for stage in [Stage::ByRow, Stage::OverRows { constant: &["hidden".to_owned()] }] {
                    let over_rows = matches!(stage, Stage::OverRows { .. });
                    match formula.check(&scope(), stage) {
                        Ok(_) if over_rows => drop(formula.over(&sample()).value(&[0, 1, 1])),
                        Ok(_) => prop_assert_eq!(formula.by_row(&sample()).len(), 4),
                        Err(errors) => {
                            prop_assert!(!errors.is_empty());
                            prop_assert!(errors.iter().all(|error| text.get(error.span.clone()).is_some()));
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn statistics_do_not_depend_on_the_order_of_rows(values in prop::collection::vec(-1e3..1e3, 2..20), turn in 0usize..20) {
        let table = table(&[("x", &values)]);
        let rows: Vec<usize> = (0..values.len()).collect();
        let mut turned = rows.clone();
        turned.rotate_left(turn % rows.len());
        for text in ["median(x)", "min(x)", "max(x)", "quantile(x, 0.3)", "count", "fraction(x > 0)"] {
            let formula = Formula::parse(text).expect(text);
            let over = formula.over(&table);
            prop_assert_eq!(over.value(&rows), over.value(&turned), "{}", text);
        }
        let formula = Formula::parse("quantile(x, 0.3)").expect("a formula");
        prop_assert_eq!(formula.over(&table).value(&rows), quantile(&values, 0.3));
    }
}
