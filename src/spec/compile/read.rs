//! Reading values of a node: each gives the value or notes what is wrong and what is allowed.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::markup::markdown;
use crate::spec::formula::check::{Scope, Stage};
use crate::spec::formula::{Formula, FormulaError, Type};
use crate::spec::language::section::{Field, Section};
use crate::spec::nearest::{hint, nearest};
use crate::spec::yaml::node::{Key, Node, Value, per_cent, report_duplicates};
use crate::spec::yaml::problems::Source;

/// The entries of a map with known keys.
pub(in crate::spec) struct Fields<'n> {
    entries: Vec<(&'n Key, &'n Node)>,
}

/// A number of replicates with its place in the file.
#[derive(Clone, Debug)]
pub(in crate::spec) struct Replicates {
    pub(in crate::spec) number: u64,
    pub(in crate::spec) place: Range<usize>,
}

impl<'n> Fields<'n> {
    /// The entry of that name.
    pub(in crate::spec) fn entry(&self, name: &str) -> Option<(&'n Key, &'n Node)> {
        self.entries.iter().find(|(key, _)| key.name == name).copied()
    }

    /// The value of that name.
    pub(in crate::spec) fn get(&self, name: &str) -> Option<&'n Node> {
        self.entry(name).map(|(_, node)| node)
    }

    /// Reads the value of that name.
    pub(in crate::spec) fn read<T>(
        &self,
        name: &str,
        source: &Source<'_>,
        read: impl FnOnce(&'n Node, &str, &Source<'_>) -> Option<T>,
    ) -> Option<T> {
        read(self.get(name)?, name, source)
    }
}

/// Reads a section; unknown, repeated and missing keys are noted. `at` is where it is named.
pub(in crate::spec) fn section<'n>(
    node: &'n Node,
    section: &Section,
    at: Range<usize>,
    source: &Source<'_>,
) -> Fields<'n> {
    let fields: Vec<&Field> = section.fields.iter().collect();
    fields_of(node, section.name, &fields, at, source)
}

/// The same for a list of keys.
pub(in crate::spec) fn fields_of<'n>(
    node: &'n Node,
    what: &str,
    fields: &[&Field],
    at: Range<usize>,
    source: &Source<'_>,
) -> Fields<'n> {
    let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
    let allowed = names.join(", ");
    let Some(entries) = node.entries() else {
        let place = if node.span.is_empty() { at } else { node.span.clone() };
        source.report(place, format!("{what} is {} (allowed: a map with {allowed})", node.in_words()));
        return Fields { entries: Vec::new() };
    };
    report_duplicates(entries, source);
    let mut meant: Vec<&str> = entries.iter().map(|(key, _)| key.name.as_str()).collect();
    for (key, _) in entries.iter().filter(|(key, _)| !names.contains(&key.name.as_str())) {
        let message = format!("`{}` is not a key of {what} (allowed: {allowed})", key.name);
        let nearest = nearest(&key.name, names.iter().copied());
        // Because a key that is misspelt is not missing.
        meant.extend(nearest);
        source.report_with(key.span.clone(), message, nearest.map(hint));
    }
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    let missing: Vec<String> =
        required.iter().filter(|name| !meant.contains(name)).map(|name| format!("`{name}`")).collect();
    if !missing.is_empty() {
        let verb = if missing.len() == 1 { "is" } else { "are" };
        let message = format!("{} {verb} missing in {what} (required: {})", missing.join(", "), required.join(", "));
        source.report(at, message);
    }
    let known = |(key, node): &'n (Key, Node)| names.contains(&key.name.as_str()).then_some((key, node));
    Fields { entries: entries.iter().filter_map(known).collect() }
}

/// Notes that a value is not of the right form.
pub(in crate::spec) fn wrong(node: &Node, name: &str, allowed: &str, source: &Source<'_>) {
    source.report(node.span.clone(), format!("`{name}` is {} (allowed: {allowed})", node.in_words()));
}

/// Text that is not empty.
pub(in crate::spec) fn text(node: &Node, name: &str, source: &Source<'_>) -> Option<String> {
    match &node.value {
        Value::Text(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Integer(_) | Value::Unsigned(_) | Value::Float(_) | Value::Flag(_) => {
            wrong(node, name, "text; in quotes where it looks like something else", source);
            None
        }
        _ => {
            wrong(node, name, "text", source);
            None
        }
    }
}

/// Markdown that is not empty, whose formulas parse.
pub(in crate::spec) fn markdown(node: &Node, name: &str, source: &Source<'_>) -> Option<String> {
    let text = text(node, name, source)?;
    for error in markdown::errors(&text) {
        source.report(node.part(&text, &error.span, source), error.message);
    }
    Some(text)
}

/// An integer from `least` on.
pub(in crate::spec) fn integer(node: &Node, name: &str, least: i64, source: &Source<'_>) -> Option<i64> {
    match node.value {
        Value::Integer(value) if value >= least => Some(value),
        _ => {
            wrong(node, name, &format!("an integer from {least} on"), source);
            None
        }
    }
}

/// A natural number from `least` on.
pub(in crate::spec) fn count(node: &Node, name: &str, least: u32, source: &Source<'_>) -> Option<u64> {
    integer(node, name, i64::from(least), source).map(i64::unsigned_abs)
}

/// A number of replicates with its place.
pub(in crate::spec) fn replicates(fields: &Fields<'_>, source: &Source<'_>) -> Option<Replicates> {
    let node = fields.get("replicates")?;
    count(node, "replicates", 1, source).map(|number| Replicates { number, place: node.span.clone() })
}

/// A number, finite; as it is or in per cent.
pub(in crate::spec) fn number(node: &Node) -> Option<f64> {
    match node.value {
        Value::Integer(value) => Some(value as f64),
        Value::Unsigned(value) => Some(value as f64),
        Value::Float(value) if value.is_finite() => Some(value),
        Value::Text(ref text) => per_cent(text),
        _ => None,
    }
}

/// `true` or `false`.
pub(in crate::spec) fn flag(node: &Node, name: &str, source: &Source<'_>) -> Option<bool> {
    match node.value {
        Value::Flag(value) => Some(value),
        _ => {
            wrong(node, name, "true, false", source);
            None
        }
    }
}

/// A list with something in it.
pub(in crate::spec) fn items<'n>(node: &'n Node, name: &str, of: &str, source: &Source<'_>) -> Option<&'n [Node]> {
    match node.items() {
        Some([]) => {
            source.report(node.span.clone(), format!("`{name}` is an empty list (allowed: {of}, one at least)"));
            None
        }
        Some(items) => Some(items),
        None => {
            wrong(node, name, of, source);
            None
        }
    }
}

/// The items of a list that may not be empty, each name only once.
pub(in crate::spec) fn sections<'n>(fields: &Fields<'n>, name: &str, what: &str, source: &Source<'_>) -> &'n [Node] {
    let nodes = fields.get(name).and_then(|node| items(node, name, &format!("a list of {what}"), source));
    let nodes = nodes.unwrap_or_default();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for node in nodes.iter().filter_map(|item| value(item, "name")) {
        if let Value::Text(text) = &node.value
            && !seen.insert(text)
        {
            source.report(node.span.clone(), format!("`{text}` is the name of two {what}"));
        }
    }
    nodes
}

/// The value of that name in a map.
pub(in crate::spec) fn value<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    node.entries()?.iter().find(|(key, _)| key.name == name).map(|(_, node)| node)
}

/// A list of texts, none twice, with their places.
pub(in crate::spec) fn texts<'n>(node: &'n Node, name: &str, source: &Source<'_>) -> Option<Vec<(String, &'n Node)>> {
    let mut found: Vec<(String, &Node)> = Vec::new();
    for item in items(node, name, "a list of texts", source)? {
        let Some(text) = text(item, name, source) else { continue };
        if found.iter().any(|(other, _)| *other == text) {
            source.report(item.span.clone(), format!("`{text}` stands twice in `{name}`"));
        } else {
            found.push((text, item));
        }
    }
    Some(found)
}

/// A formula that parses: text, or a number.
pub(in crate::spec) fn formula(node: &Node, name: &str, source: &Source<'_>) -> Option<Formula> {
    let text = match &node.value {
        Value::Text(text) => text.as_str(),
        Value::Integer(_) | Value::Unsigned(_) | Value::Float(_) => &source.text[node.span.clone()],
        _ => {
            wrong(node, name, "a number, or a formula as text", source);
            return None;
        }
    };
    Formula::parse(text).map_err(|error| report_formula(node, text, &error, source)).ok()
}

/// A formula that is right where it stands, with texts bound to labels. Without a scope (because the experiment is
/// unknown) only what can be known is checked.
pub(in crate::spec) fn checked(
    node: &Node,
    name: &str,
    wanted: Option<Type>,
    scope: Option<&Scope>,
    stage: Stage<'_>,
    source: &Source<'_>,
) -> Option<(Formula, Type)> {
    let formula = formula(node, name, source)?;
    let Some(scope) = scope else { return Some((formula, wanted.unwrap_or(Type::Number))) };
    match formula.check(scope, stage) {
        Ok(found) if wanted.is_none_or(|wanted| wanted == found) => Some((formula.bind(scope), found)),
        Ok(found) => {
            let (found, allowed) = match found {
                Type::Number => ("a number", "a condition, as in `mode <= 12`"),
                Type::Condition => ("a condition", "a number; `fraction(...)` makes one of a condition"),
            };
            source.report(node.span.clone(), format!("`{name}` is {found} (allowed: {allowed})"));
            None
        }
        Err(errors) => {
            for error in &errors {
                report_formula(node, &formula.text, error, source);
            }
            None
        }
    }
}

/// A number that a formula without columns gives; missing values and columns give none.
pub(in crate::spec) fn constant(formula: &Formula) -> Option<f64> {
    if !formula.columns().is_empty() || formula.syntax.aggregates() {
        return None;
    }
    let mut one = crate::table::Table::default();
    one.set("row", vec![0.0]);
    formula.by_row(&one).first().copied()
}

/// A tolerance: a number or per cent, greater than 0.
pub(in crate::spec) fn tolerance(node: &Node, name: &str, source: &Source<'_>) -> Option<f64> {
    let value = constant(&formula(node, name, source)?);
    if value.is_none_or(|value| value.is_nan() || value <= 0.0) {
        wrong(node, name, "a number greater than 0, as in 0.02 or 2%; `exactly` has no tolerance", source);
        return None;
    }
    value
}

/// Whether a name can stand in formulas.
pub(in crate::spec) fn is_name(name: &str) -> bool {
    let first = name.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    first && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn report_formula(node: &Node, text: &str, error: &FormulaError, source: &Source<'_>) {
    source.report_with(node.part(text, &error.span, source), error.message.clone(), error.help.clone());
}
