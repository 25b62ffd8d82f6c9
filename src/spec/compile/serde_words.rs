//! What is wrong with a parameter, in the words of the specs.
//!
//! Experiments say `is negative (allowed: greater than 0)`; a parameter of the wrong form comes in the words of
//! serde, which are put into ours here.

use crate::parameter::ParameterError;
use crate::spec::nearest::did_you_mean;

/// A wrong parameter in words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::spec) struct Message {
    pub(in crate::spec) text: String,
    pub(in crate::spec) help: Option<String>,
    /// Where it is: below the path at this name, or at the path's own name if it is empty; none for its value.
    pub(in crate::spec) name: Option<String>,
}

/// What is wrong with a parameter, for the author of a spec.
pub(in crate::spec) fn explain(error: &ParameterError) -> Message {
    let path = error.path.join(".");
    unknown_field(error)
        .or_else(|| unknown_variant(&path, &error.message))
        .or_else(|| missing_field(&path, &error.message))
        .or_else(|| invalid(&path, &error.message))
        .unwrap_or_else(|| {
            let message = if path.is_empty() { error.message.clone() } else { format!("`{path}` {}", error.message) };
            Message { text: message, help: None, name: None }
        })
}

fn unknown_field(error: &ParameterError) -> Option<Message> {
    let (name, allowed) = error.message.strip_prefix("unknown field `")?.split_once('`')?;
    let parent = match error.path.split_last() {
        Some((last, parent)) if last == name => parent.join("."),
        _ => error.path.join("."),
    };
    let names = quoted(allowed);
    let of = if parent.is_empty() { "of the experiment".to_owned() } else { format!("of `{parent}`") };
    let allowed = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let message = format!("`{name}` is not a parameter {of} (allowed: {allowed})");
    Some(Message { text: message, help: did_you_mean(name, names.iter().copied()), name: Some(name.to_owned()) })
}

fn unknown_variant(path: &str, message: &str) -> Option<Message> {
    let (name, allowed) = message.strip_prefix("unknown variant `")?.split_once('`')?;
    let names = quoted(allowed);
    let message = format!("`{path}` cannot be `{name}` (allowed: {})", names.join(", "));
    Some(Message { text: message, help: did_you_mean(name, names.iter().copied()), name: Some(name.to_owned()) })
}

fn missing_field(path: &str, message: &str) -> Option<Message> {
    let name = message.strip_prefix("missing field `")?.split('`').next()?;
    let of = if path.is_empty() { "the experiment".to_owned() } else { format!("`{path}`") };
    Some(Message { text: format!("`{name}` is missing in {of}"), help: None, name: Some(String::new()) })
}

fn invalid(path: &str, message: &str) -> Option<Message> {
    let rest = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "))?;
    let (found, expected) = rest.split_once(", expected ")?;
    let allowed = match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => "an integer from 0 on",
        "i8" | "i16" | "i32" | "i64" | "isize" => "an integer",
        "a nonzero u32" | "a nonzero u64" | "a nonzero usize" => "an integer from 1 on",
        "f32" | "f64" => "a number",
        "a boolean" => "true, false",
        "a string" => "text",
        "a sequence" => "a list",
        other => other,
    };
    let found = found.replace("floating point", "number").replace("string ", "the text ").replace("boolean ", "");
    let found = match found.as_str() {
        "map" => "a map",
        "sequence" => "a list",
        "null" => "empty",
        "unit value" => "empty",
        other => other.strip_prefix("number ").or(other.strip_prefix("integer ")).unwrap_or(other),
    };
    let found = found.trim_matches('`');
    let name = if path.is_empty() { "the experiment".to_owned() } else { format!("`{path}`") };
    Some(Message { text: format!("{name} is {found} (allowed: {allowed})"), help: None, name: None })
}

/// The words between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}
