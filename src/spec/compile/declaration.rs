//! Reading a file that declares an experiment from outside.

use std::path::Path;
use std::time::Duration;

use indexmap::IndexMap;

use crate::experiment::{ColumnDoc, TableDoc, Values, reserved};
use crate::outside::declaration::{Allowed, Bounds, Declaration, Limits, Parameter};
use crate::outside::parameters::fits;
use crate::outside::{kept, kept_docs};
use crate::spec::compile::read::{self, Fields};
use crate::spec::language::declaration::{COLUMN, DECLARATION, LIMITS, PARAMETER, TABLE};
use crate::spec::nearest::did_you_mean;
use crate::spec::yaml::node::{Key, Node, Value, parse, report_duplicates};
use crate::spec::yaml::problems::Source;

/// The types of parameters.
const TYPES: [&str; 5] = ["integer", "number", "boolean", "text", "file"];

/// Reads the declaration of the experiment of that name, whose file lies in `folder`.
pub(in crate::spec) fn declaration(name: &str, folder: &Path, source: &Source<'_>) -> Option<Declaration> {
    let node = parse(source)?;
    let fields = read::section(&node, &DECLARATION, 0..0, source);
    let words = |name: &str| fields.get(name).map(|node| words(node, name, source));
    let [command, setup, version, inputs] = ["command", "setup", "version", "inputs"].map(words);
    let about = fields.read("about", source, read::text);
    let parameters = fields.get("parameters").map(|node| parameters(node, source)).unwrap_or_default();
    let seeds = fields.get("seeds").map(|node| seeds(node, &parameters, source)).unwrap_or_default();
    let tables = fields.get("tables").and_then(|node| tables(node, source));
    let limits = fields.get("limits").map(|node| limits(node, source)).unwrap_or_default();
    Some(Declaration {
        name: name.to_owned(),
        about: about?,
        folder: folder.to_owned(),
        command: command??,
        setup: setup.flatten(),
        version: version.flatten(),
        inputs: inputs.flatten().unwrap_or_default(),
        parameters,
        seeds,
        tables: kept_docs(tables?),
        limits,
    })
}

/// A list of texts, of which some may be equal.
fn words(node: &Node, name: &str, source: &Source<'_>) -> Option<Vec<String>> {
    let items = read::items(node, name, "a list of texts", source)?;
    items.iter().map(|item| read::text(item, name, source)).collect()
}

/// The entries of a map whose keys are names for formulas.
fn named<'n>(node: &'n Node, name: &str, source: &Source<'_>) -> &'n [(Key, Node)] {
    let Some(entries) = node.entries() else {
        read::wrong(node, name, "a map from names", source);
        return &[];
    };
    report_duplicates(entries, source);
    for (key, _) in entries.iter().filter(|(key, _)| !read::is_name(&key.name)) {
        let message = format!("`{}` cannot be a name (allowed: letters, digits and `_`, a letter first)", key.name);
        source.report(key.span.clone(), message);
    }
    entries
}

fn parameters(node: &Node, source: &Source<'_>) -> IndexMap<String, Parameter> {
    let read = |(key, node): &(Key, Node)| {
        let fields = read::section(node, &PARAMETER, key.span.clone(), source);
        Some((key.name.clone(), parameter(&fields, source)?))
    };
    named(node, "parameters", source).iter().filter_map(read).collect()
}

fn parameter(fields: &Fields<'_>, source: &Source<'_>) -> Option<Parameter> {
    let about = fields.read("about", source, read::text);
    let unit = fields.read("unit", source, read::text).unwrap_or_default();
    let allowed = allowed(fields, source)?;
    let default = match fields.get("default") {
        None => None,
        Some(node) => {
            let value = node.to_json(source);
            if !fits(&allowed, &value) {
                read::wrong(node, "default", &allowed.in_words(), source);
                return None;
            }
            Some(value)
        }
    };
    Some(Parameter { about: about?, unit, allowed, default })
}

/// What a parameter may be, from its type and its bounds.
fn allowed(fields: &Fields<'_>, source: &Source<'_>) -> Option<Allowed> {
    let node = fields.get("type")?;
    let name = read::text(node, "type", source)?;
    let bound = |name: &str| {
        let node = fields.get(name)?;
        let number = read::number(node);
        if number.is_none() {
            read::wrong(node, name, "a number", source);
        }
        number
    };
    let bounds = Bounds { from: bound("from"), to: bound("to"), above: bound("above"), below: bound("below") };
    let choices = fields.get("choices").and_then(|node| words(node, "choices", source));
    let refuse = |keys: &[&str]| {
        for (key, _) in keys.iter().filter_map(|key| fields.entry(key)) {
            source.report(key.span.clone(), format!("a parameter of type {name} has no `{}`", key.name));
        }
    };
    const BOUNDS: [&str; 4] = ["from", "to", "above", "below"];
    match name.as_str() {
        "integer" | "number" => refuse(&["choices"]),
        "text" => refuse(&BOUNDS),
        _ => refuse(&[&BOUNDS[..], &["choices"]].concat()),
    }
    match name.as_str() {
        "integer" => Some(Allowed::Integer(bounds)),
        "number" => Some(Allowed::Number(bounds)),
        "boolean" => Some(Allowed::Flag),
        "text" => Some(Allowed::Text(choices.unwrap_or_default())),
        "file" => Some(Allowed::File),
        _ => {
            let message = format!("`{name}` is no type of a parameter (allowed: {})", TYPES.join(", "));
            source.report_with(node.span.clone(), message, did_you_mean(&name, TYPES));
            None
        }
    }
}

/// The streams, each with parameters that there are.
fn seeds(node: &Node, parameters: &IndexMap<String, Parameter>, source: &Source<'_>) -> IndexMap<String, Vec<String>> {
    let mut streams = IndexMap::new();
    for (key, node) in named(node, "seeds", source) {
        let Some(items) = node.items() else {
            read::wrong(node, &key.name, "a list of parameters", source);
            continue;
        };
        let mut on = Vec::new();
        for item in items {
            let Some(name) = read::text(item, &key.name, source) else { continue };
            if !parameters.contains_key(&name) {
                let names: Vec<&str> = parameters.keys().map(String::as_str).collect();
                let message = format!("`{name}` is no parameter (allowed: {})", names.join(", "));
                source.report_with(item.span.clone(), message, did_you_mean(&name, names));
            }
            on.push(name);
        }
        streams.insert(key.name.clone(), on);
    }
    streams
}

fn tables(node: &Node, source: &Source<'_>) -> Option<Vec<TableDoc>> {
    let entries = named(node, "tables", source);
    if entries.is_empty() {
        read::wrong(node, "tables", "a map from names to tables, one at least", source);
        return None;
    }
    let read = |(key, node): &(Key, Node)| {
        let fields = read::section(node, &TABLE, key.span.clone(), source);
        let about = fields.read("about", source, read::text)?;
        let mut taken: Vec<String> = reserved().into_iter().map(str::to_owned).collect();
        let keys = fields.get("keys").map(|node| columns(node, "keys", &mut taken, source)).unwrap_or_default();
        let columns = columns(fields.get("columns")?, "columns", &mut taken, source);
        let (name, about) = (kept(&key.name), kept(&about));
        Some(TableDoc { name, about, keys: kept_docs(keys), columns: kept_docs(columns) })
    };
    entries.iter().map(read).collect()
}

fn columns(node: &Node, name: &str, taken: &mut Vec<String>, source: &Source<'_>) -> Vec<ColumnDoc> {
    let mut columns = Vec::new();
    for (key, node) in named(node, name, source) {
        if taken.contains(&key.name) {
            let own = reserved().into_iter().collect::<Vec<_>>().join(", ");
            let message = format!("`{}` is taken (allowed: each name once, and none of {own})", key.name);
            source.report(key.span.clone(), message);
        }
        taken.push(key.name.clone());
        let fields = read::section(node, &COLUMN, key.span.clone(), source);
        let text = |name: &str| kept(&fields.read(name, source, read::text).unwrap_or_default());
        let few = fields.read("few", source, read::flag).unwrap_or(false);
        let values = match fields.get("range").map(|node| range(node, source)) {
            Some(Some(range)) => Values::Bounded(range),
            _ if few => Values::Few,
            _ => Values::Continuous,
        };
        columns.push(ColumnDoc { name: kept(&key.name), unit: text("unit"), about: text("about"), values });
    }
    columns
}

fn range(node: &Node, source: &Source<'_>) -> Option<[f64; 2]> {
    let numbers: Vec<f64> = node.items().unwrap_or_default().iter().filter_map(read::number).collect();
    match numbers[..] {
        [low, high] if low < high => Some([low, high]),
        _ => {
            read::wrong(node, "range", "two numbers, the smaller first", source);
            None
        }
    }
}

fn limits(node: &Node, source: &Source<'_>) -> Limits {
    let fields = read::section(node, &LIMITS, node.span.clone(), source);
    let default = Limits::default();
    let quantity =
        |name: &str, units: &[(&str, f64)]| fields.get(name).and_then(|node| quantity(node, name, units, source));
    let time = quantity("time", &[("s", 1.0), ("min", 60.0), ("h", 3600.0)]).map(Duration::from_secs_f64);
    let memory = quantity("memory", &[("MiB", f64::from(1 << 20)), ("GiB", f64::from(1 << 30))]);
    Limits {
        time: time.unwrap_or(default.time),
        threads: fields
            .get("threads")
            .and_then(|node| read::count(node, "threads", 1, source))
            .map_or(default.threads, |threads| threads as usize),
        memory: memory.map(|bytes| bytes as u64),
        exclusive: fields.get("exclusive").and_then(|node| words(node, "exclusive", source)).unwrap_or_default(),
    }
}

/// A positive number with one of these units, as in `10 min`.
fn quantity(node: &Node, name: &str, units: &[(&str, f64)], source: &Source<'_>) -> Option<f64> {
    let found = match &node.value {
        Value::Text(text) => text.trim().split_once(' ').and_then(|(number, unit)| {
            let number: f64 = number.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0)?;
            let (_, factor) = units.iter().find(|(name, _)| *name == unit.trim())?;
            Some(number * factor)
        }),
        _ => None,
    };
    if found.is_none() {
        let examples: Vec<String> = units.iter().map(|(unit, _)| format!("`10 {unit}`")).collect();
        read::wrong(node, name, &format!("a number with its unit, as in {}", examples.join(", ")), source);
    }
    found
}
