//! YAML as a tree that knows where everything stands.
//!
//! Nothing is interpreted here: every key is kept, twice if it stands twice, so that all mistakes of a file can be
//! found at once.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value as Json};
use serde_saphyr::{DuplicateKeyPolicy, Location, MergeKeyPolicy, NonFiniteFloatPolicy, Spanned};

use crate::markup::is_unprintable;
use crate::spec::yaml::place::place_in_scalar;
use crate::spec::yaml::problems::Source;

/// Largest file, in bytes.
pub(in crate::spec) const LARGEST: u64 = 1 << 20;
/// Most values in a file, aliases expanded.
const NODES: usize = 50_000;
/// Deepest nesting of lists and maps.
const DEPTH: usize = 32;
/// Most uses of anchors in a file.
const ALIASES: usize = 200;

/// A value of a YAML file with its place in bytes. A map or list in block style has an empty span where it starts.
#[derive(Clone, Debug)]
pub(in crate::spec) struct Node {
    pub(in crate::spec) span: Range<usize>,
    pub(in crate::spec) value: Value,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(in crate::spec) enum Value {
    Null,
    Flag(bool),
    Integer(i64),
    Unsigned(u64),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// A key of a map with its place in bytes.
#[derive(Clone, Debug)]
pub(in crate::spec) struct Key {
    pub(in crate::spec) span: Range<usize>,
    pub(in crate::spec) name: String,
}

/// Reads the one document of a file; a mistake in the YAML itself is noted and gives nothing.
pub(in crate::spec) fn parse(source: &Source<'_>) -> Option<Node> {
    let options = serde_saphyr::options! {
        strict_booleans: true,
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::Error,
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        reject_unsupported_tags: true,
        with_snippet: false,
        budget: serde_saphyr::budget! {
            max_nodes: NODES,
            max_events: 4 * NODES,
            max_depth: DEPTH,
            flow_nesting_limit: DEPTH,
            max_aliases: ALIASES,
            max_anchors: ALIASES,
            max_documents: 1,
        },
    };
    match serde_saphyr::from_str_with_options::<Node>(source.text, options) {
        Ok(node) => {
            node.refuse_unprintable(source);
            Some(node)
        }
        Err(error) => {
            let (place, message) = in_words(&error);
            let start = place.map_or(0, |place| source.byte(place.line() as usize, place.column() as usize));
            source.report(start..start + 1, message);
            None
        }
    }
}

/// Place and message of a mistake in the YAML itself.
fn in_words(error: &serde_saphyr::Error) -> (Option<Location>, String) {
    let error = error.without_snippet();
    let place = error.location();
    let text = error.to_string();
    // Because the place is printed in front of the message.
    let text = text.split(" at line ").next().unwrap_or_default();
    // Because a limit that is passed inside of an alias comes wrapped.
    let message = if text.contains("Documents {") {
        "a second document starts here (allowed: one)".to_owned()
    } else if text.contains("budget breached") || text.contains("recursion limit") {
        let limits = format!("{NODES} values, {DEPTH} levels, {ALIASES} aliases and anchors");
        format!("the file holds too much: {text} (allowed: {limits})")
    } else if text.contains("merge keys are not allowed") {
        "`<<` does not merge maps here (allowed: aliases)".to_owned()
    } else {
        format!("this is not YAML: {text}")
    };
    (place, message)
}

impl Node {
    /// The value in words, for "`x` is ...".
    pub(in crate::spec) fn in_words(&self) -> String {
        match &self.value {
            Value::Null => "empty".to_owned(),
            Value::Flag(value) => value.to_string(),
            Value::Integer(value) => value.to_string(),
            Value::Unsigned(value) => value.to_string(),
            Value::Float(value) => value.to_string(),
            Value::Text(text) if text.chars().count() <= 40 && !text.contains('\n') => format!("the text \"{text}\""),
            Value::Text(_) => "text".to_owned(),
            Value::List(items) if items.is_empty() => "an empty list".to_owned(),
            Value::List(items) => format!("a list of {}", items.len()),
            Value::Map(entries) if entries.is_empty() => "an empty map".to_owned(),
            Value::Map(_) => "a map".to_owned(),
        }
    }

    /// The place of a part of the text that the value is; the whole value where that cannot be told.
    pub(in crate::spec) fn part(&self, text: &str, part: &Range<usize>, source: &Source<'_>) -> Range<usize> {
        let place = source.text.get(self.span.clone()).and_then(|raw| place_in_scalar(raw, text, part));
        place.map_or(self.span.clone(), |place| self.span.start + place.start..self.span.start + place.end)
    }

    /// Notes texts with characters that no page could show.
    fn refuse_unprintable(&self, source: &Source<'_>) {
        let message = |letter: char| {
            format!("the text has the control character U+{:04X} (allowed: what can be printed)", u32::from(letter))
        };
        match &self.value {
            Value::Text(text) => {
                if let Some((place, letter)) = text.char_indices().find(|(_, letter)| is_unprintable(*letter)) {
                    source.report(self.part(text, &(place..place + letter.len_utf8()), source), message(letter));
                }
            }
            Value::List(items) => items.iter().for_each(|item| item.refuse_unprintable(source)),
            Value::Map(entries) => {
                for (key, node) in entries {
                    if let Some(letter) = key.name.chars().find(|letter| is_unprintable(*letter)) {
                        source.report(key.span.clone(), message(letter));
                    }
                    node.refuse_unprintable(source);
                }
            }
            _ => {}
        }
    }

    /// The entries of a map; none if it is something else.
    pub(in crate::spec) fn entries(&self) -> Option<&[(Key, Node)]> {
        match &self.value {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The items of a list; none if it is something else.
    pub(in crate::spec) fn items(&self) -> Option<&[Self]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// The value as JSON, per cent as a number; numbers without a finite value and keys that stand twice are noted.
    pub(in crate::spec) fn to_json(&self, source: &Source<'_>) -> Json {
        match &self.value {
            Value::Null => Json::Null,
            Value::Flag(value) => Json::Bool(*value),
            Value::Integer(value) => Json::from(*value),
            Value::Unsigned(value) => Json::from(*value),
            Value::Float(value) => Number::from_f64(*value).map_or_else(
                || {
                    source.report(self.span.clone(), format!("`{value}` is no parameter (allowed: finite numbers)"));
                    Json::Null
                },
                Json::Number,
            ),
            Value::Text(text) => per_cent(text).map_or_else(|| Json::String(text.clone()), whole_or_not),
            Value::List(items) => Json::Array(items.iter().map(|item| item.to_json(source)).collect()),
            Value::Map(entries) => {
                report_duplicates(entries, source);
                let entry = |(key, node): &(Key, Self)| (key.name.clone(), node.to_json(source));
                Json::Object(entries.iter().map(entry).collect::<Map<_, _>>())
            }
        }
    }
}

/// The number that `95%` stands for, as in formulas; none for any other text.
pub(in crate::spec) fn per_cent(text: &str) -> Option<f64> {
    let written = text.strip_suffix('%')?;
    let digits = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    let value: f64 = written.bytes().all(digits).then(|| written.parse().ok())??;
    Some(value / 100.0).filter(|value| value.is_finite())
}

/// A number as JSON, as an integer where it is one.
pub(in crate::spec) fn whole_or_not(value: f64) -> Json {
    if value.fract() == 0.0 && value.abs() < 1e15 { Json::from(value as i64) } else { Json::from(value) }
}

/// Notes every key that stands again.
pub(in crate::spec) fn report_duplicates(entries: &[(Key, Node)], source: &Source<'_>) {
    for (place, (key, _)) in entries.iter().enumerate() {
        if let Some((first, _)) = entries[..place].iter().find(|(other, _)| other.name == key.name) {
            let (line, _) = source.position(first.span.start);
            source.report(key.span.clone(), format!("`{}` stands twice (first on line {line})", key.name));
        }
    }
}

/// The place where a value is defined, in bytes.
fn span(location: Location) -> Range<usize> {
    let span = location.span();
    let start = span.byte_offset().unwrap_or(0) as usize;
    start..start + span.byte_len().unwrap_or(0) as usize
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned { value, defined, .. } = Spanned::deserialize(deserializer)?;
        Ok(Self { span: span(defined), value })
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, a number, true, false, a list or a map")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Flag(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Integer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or(Value::Unsigned(value), Value::Integer))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Float(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Vec::new();
        while let Some(Spanned { value: name, defined, .. }) = entries.next_key::<Spanned<String>>()? {
            map.push((Key { span: span(defined), name }, entries.next_value()?));
        }
        Ok(Value::Map(map))
    }
}
