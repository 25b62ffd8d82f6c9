//! Types of formulas, and what is said about mistakes.

use modewise::spec::formula::check::Stage;
use modewise::spec::formula::function::{Argument, FUNCTIONS};
use modewise::spec::formula::syntax::Node;
use modewise::spec::formula::{Formula, Type};

use super::{all, sample, scope};

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
        ("mean(s where late) - min(s where centre == \"known\")", rows, Type::Number),
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
        ("mean(s where mode)", rows, vec![("mode", "this is a number, but `where` takes a condition (allowed: a comparison makes one of numbers)".into())]),
        ("mean(s where mean(s) > 1)", rows, vec![("mean(s)", "`mean(x)` looks at many rows (inside of `mean` allowed: `group` with `reduce` for two stages)".into())]),
        ("mean(s where centre == \"knwon\")", rows, vec![("\"knwon\"", "`knwon` is not a value of `centre` (allowed: \"known\", \"none\")".into())]),
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
