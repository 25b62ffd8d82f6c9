//! What parses, and as what.

use modewise::spec::formula::Formula;
use modewise::spec::formula::syntax::{Expression, Node};

use super::{all, table};

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
        Node::Call { function, arguments, filter } => {
            let arguments: Vec<String> = arguments.iter().map(shape).collect();
            let filter = filter.as_ref().map(|condition| format!(" where {}", shape(condition)));
            format!("{}({}{})", function.doc().name, arguments.join(", "), filter.unwrap_or_default())
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
        ("min(a where b > 1 and c)", "min(a where ((b > 1) and c))"),
        ("1 - count(where b)/count", "(1 - (count( where b) / count()))"),
        ("slope(a, b where c)", "slope(a, b where c)"),
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
        ("mean(a b)", "b", "`b` stands where an operator, `,`, `where` or `)` should be"),
        ("mean(a where)", ")", "`)` stands where a number, a column, a function or `(` should be"),
        ("mean(a where b c)", "c", "`c` stands where an operator or `)` should be"),
        ("mean(a, where b)", "where", "`where` stands where a number, a column, a function or `(` should be"),
        (
            "ln(a where b)",
            "where",
            "`where` stands in `ln` (allowed: in a function of rows, like `mean(x where y > 0)`)",
        ),
        (
            "max(a, b where c)",
            "max(a, b where c)",
            "`max` is called with 2 arguments (allowed: max(x, y, ...), max(x))",
        ),
        ("a where b", "where", "`where` stands where an operator or the end of the formula should be"),
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
