//! Formulas of the spec language, typeset as MathML from their syntax tree.

use crate::record::CheckRecord;
use crate::report::html::{Markup, escaped};
use crate::report::number::superscript;
use crate::spec::formula::Formula;
use crate::spec::formula::function::{Function, RowFunction, ScalarFunction};
use crate::spec::formula::syntax::{Expression, Node, Operator};

/// A formula. One that this program cannot parse (of a record from another version) is shown as it is written.
pub fn formula(text: &str) -> Markup {
    typeset(text, |body| body)
}

/// A new column and its formula: "predicted = ...".
pub fn definition(name: &str, text: &str) -> Markup {
    typeset(text, |body| format!("{}<mo>=</mo>{body}", symbol(name)))
}

/// What a check expects: the measure, its relation and the expected value.
pub fn expectation(check: &CheckRecord) -> Markup {
    let measure = row(&check.measure);
    let part = |name: &str| check.expect.get(name).map(|text| row(text));
    let relation = |relation: &str, value: String| format!("{measure}<mo>{relation}</mo>{value}");
    let body = match (part("at-most"), part("at-least"), part("exactly"), part("equals")) {
        (Some(value), ..) => relation("≤", value),
        (_, Some(value), ..) => relation("≥", value),
        (_, _, Some(value), _) => relation("=", value),
        (_, _, _, Some(value)) => format!("{}{}", relation("=", value), tolerance(check)),
        _ => {
            let ends = [part("low"), part("high")].map(Option::unwrap_or_default);
            format!("{}<mo>≤</mo>{measure}<mo>≤</mo>{}", ends[0], ends[1])
        }
    };
    Markup(format!("<math display=\"block\"><mrow>{body}</mrow></math>"))
}

/// The tolerance of an expected value: absolute, relative or the larger of both.
fn tolerance(check: &CheckRecord) -> String {
    let absolute = check.expect.get("absolute").map(|text| row(text));
    // Because a part of 1 is that number, and nothing has to be said.
    let one = check.expect.get("equals").is_some_and(|text| text.trim() == "1");
    let of = if one { "" } else { "<mtext>&nbsp;of it</mtext>" };
    let relative = check.expect.get("relative").map(|text| format!("{}{of}", row(text)));
    match (absolute, relative) {
        (Some(one), Some(other)) => {
            format!("<mo>±</mo>{one}<mtext>&nbsp;or&nbsp;</mtext>{other}<mtext>, the larger</mtext>")
        }
        (Some(one), None) | (None, Some(one)) => format!("<mo>±</mo>{one}"),
        (None, None) => String::new(),
    }
}

fn typeset(text: &str, complete: impl Fn(String) -> String) -> Markup {
    match Formula::parse(text) {
        Ok(formula) => {
            let body = complete(expression(&formula.syntax));
            Markup(format!("<math displaystyle=\"true\"><mrow>{body}</mrow></math>"))
        }
        Err(_) => Markup(format!("<code>{}</code>", escaped(text))),
    }
}

/// A formula within another one.
fn row(text: &str) -> String {
    let parsed = Formula::parse(text).map(|formula| expression(&formula.syntax));
    parsed.unwrap_or_else(|_| format!("<mtext>{}</mtext>", escaped(text)))
}

/// One expression.
fn expression(part: &Expression) -> String {
    match &part.node {
        Node::Number { written, .. } => number(written),
        Node::Column(name) => symbol(name),
        Node::Text { text, .. } => format!("<mtext>“{}”</mtext>", escaped(text)),
        Node::Negate(operand) => format!("<mo>−</mo>{}", within(operand, 7)),
        Node::Not(operand) => format!("<mtext>not&nbsp;</mtext>{}", within(operand, 3)),
        Node::Binary { operator, left, right } => binary(*operator, left, right),
        Node::Call { function, arguments, filter } => call(*function, arguments, filter.as_deref()),
    }
}

/// An operand, in parentheses where it binds less tightly than `least`.
fn within(operand: &Expression, least: u8) -> String {
    let fraction = matches!(operand.node, Node::Binary { operator: Operator::Divide, .. });
    let binds = if fraction { 8 } else { operand.node.precedence() };
    let body = expression(operand);
    if binds < least { format!("<mo>(</mo>{body}<mo>)</mo>") } else { body }
}

fn binary(operator: Operator, left: &Expression, right: &Expression) -> String {
    let precedence = operator.precedence();
    let infix = |sign: &str, least| format!("{}<mo>{sign}</mo>{}", within(left, precedence), within(right, least));
    let word = |word: &str| {
        let (left, right) = (within(left, precedence), within(right, precedence));
        format!("{left}<mtext>&nbsp;{word}&nbsp;</mtext>{right}")
    };
    match operator {
        Operator::Add => infix("+", precedence),
        Operator::Subtract => infix("−", precedence + 1),
        Operator::Multiply if beside(left, right) => infix("\u{2062}", precedence),
        Operator::Multiply => infix("⋅", precedence),
        Operator::Divide => {
            format!("<mfrac><mrow>{}</mrow><mrow>{}</mrow></mfrac>", expression(left), expression(right))
        }
        Operator::Power => {
            let base = within(left, 9);
            format!("<msup><mrow>{base}</mrow><mrow>{}</mrow></msup>", expression(right))
        }
        Operator::Less => infix("&lt;", precedence + 1),
        Operator::LessOrEqual => infix("≤", precedence + 1),
        Operator::Greater => infix("&gt;", precedence + 1),
        Operator::GreaterOrEqual => infix("≥", precedence + 1),
        Operator::Equal => infix("=", precedence + 1),
        Operator::NotEqual => infix("≠", precedence + 1),
        Operator::And => word("and"),
        Operator::Or => word("or"),
    }
}

/// Whether a product needs no sign: a number before a symbol of one letter.
fn beside(left: &Expression, right: &Expression) -> bool {
    let letter = matches!(&right.node, Node::Column(name) if is_symbol(name));
    matches!(left.node, Node::Number { .. }) && letter
}

fn call(function: Function, arguments: &[Expression], filter: Option<&Expression>) -> String {
    let inner: Vec<_> = arguments.iter().map(expression).collect();
    let condition = filter.map(|condition| format!("<mtext>&nbsp;where&nbsp;</mtext>{}", expression(condition)));
    let condition = condition.unwrap_or_default();
    match (function, inner.as_slice()) {
        (Function::Scalar(ScalarFunction::Sqrt), [radicand]) => format!("<msqrt>{radicand}</msqrt>"),
        (Function::Scalar(ScalarFunction::Abs), [value]) => format!(
            "<mrow><mo form=\"prefix\" stretchy=\"true\">|</mo>{value}<mo form=\"postfix\" stretchy=\"true\">|</mo></mrow>"
        ),
        (Function::Scalar(ScalarFunction::Known), [value]) => format!("{value}<mtext>&nbsp;known</mtext>"),
        (Function::Rows(RowFunction::Count), _) if condition.is_empty() => "<mi>count</mi>".to_owned(),
        (function, inner) => {
            let name = function.doc().name;
            let inner = inner.join("<mo>,</mo>");
            format!("<mi>{name}</mi><mo>&#x2061;</mo><mrow><mo>(</mo>{inner}{condition}<mo>)</mo></mrow>")
        }
    }
}

/// A number as it was written, powers of ten and per cent as in print.
fn number(written: &str) -> String {
    if written.parse() == Ok(std::f64::consts::PI) {
        return "<mi>π</mi>".to_owned();
    }
    let (written, per_cent) = written.strip_suffix('%').map_or((written, ""), |number| (number, "&#x202f;%"));
    let lower = written.trim().to_ascii_lowercase();
    let Some((factor, power)) = lower.split_once('e') else {
        return format!("<mn>{}{per_cent}</mn>", escaped(&lower));
    };
    let power = power.parse::<i32>().map_or_else(|_| power.to_owned(), superscript);
    let factor = if factor == "1" { String::new() } else { format!("{}&#x202f;×&#x202f;", escaped(factor)) };
    format!("<mn>{factor}10{power}{per_cent}</mn>")
}

/// The letters of Greek that columns are named after.
const GREEK: &[(&str, &str)] = &[
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("eta", "η"),
    ("theta", "θ"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("phi", "φ"),
    ("omega", "ω"),
];

/// The letter of a name, and the digits behind it.
fn letter(name: &str) -> Option<(&str, &str)> {
    let stem = name.trim_end_matches(|character: char| character.is_ascii_digit());
    let digits = &name[stem.len()..];
    let greek = GREEK.iter().find(|(word, _)| *word == stem).map(|(_, letter)| *letter);
    let latin = (stem.len() == 1).then_some(stem);
    greek.or(latin).map(|letter| (letter, digits))
}

fn is_symbol(name: &str) -> bool {
    letter(name.split('_').next().unwrap_or(name)).is_some()
}

/// The name of a column: one letter as a symbol, digits and what follows an underscore as its index; else its words.
pub fn symbol(name: &str) -> String {
    let (head, tail) = name.split_once('_').unwrap_or((name, ""));
    let Some((letter, digits)) = letter(head) else {
        return format!("<mtext>{}</mtext>", escaped(&name.replace('_', "\u{a0}")));
    };
    let tail = escaped(&tail.replace('_', "\u{a0}"));
    let index = match (digits.is_empty(), tail.is_empty()) {
        (true, true) => return format!("<mi>{letter}</mi>"),
        (false, true) => format!("<mn>{digits}</mn>"),
        (true, false) => format!("<mtext>{tail}</mtext>"),
        (false, false) => format!("<mrow><mn>{digits}</mn><mo>,</mo><mtext>{tail}</mtext></mrow>"),
    };
    format!("<msub><mi>{letter}</mi>{index}</msub>")
}
