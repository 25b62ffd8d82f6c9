//! Parameters of an experiment for the terminal, from their JSON Schema.

use serde_json::{Map, Value as Json};

/// How deep definitions are followed: no parameter is deeper, and a definition that holds itself must end.
const DEPTH: usize = 8;

/// Lines that describe the properties of a schema, indented by depth: name, form, default, description.
pub fn lines(schema: &Json) -> Vec<String> {
    let none = Map::new();
    let definitions = schema.get("$defs").and_then(Json::as_object).unwrap_or(&none);
    let mut lines = Vec::new();
    Walk { definitions, lines: &mut lines }.inside(schema, 0);
    lines
}

struct Walk<'a> {
    definitions: &'a Map<String, Json>,
    lines: &'a mut Vec<String>,
}

impl<'a> Walk<'a> {
    /// Describes what is inside of a schema: the properties of a map, the variants of a choice.
    fn inside(&mut self, schema: &'a Json, depth: usize) {
        let schema = self.resolved(schema);
        if depth > DEPTH {
            return;
        }
        if let Some(properties) = schema.get("properties").and_then(Json::as_object) {
            let required = schema.get("required").and_then(Json::as_array);
            for (name, property) in properties {
                let required = required.is_some_and(|names| names.iter().any(|other| other == name));
                self.property(name, property, required, depth);
            }
        }
        for variant in choices(schema) {
            self.variant(variant, depth);
        }
        if let Some(items) = schema.get("items") {
            self.inside(items, depth);
        }
    }

    fn property(&mut self, name: &str, property: &'a Json, required: bool, depth: usize) {
        let inner = self.resolved(property);
        let default = property.get("default").filter(|default| !default.is_null());
        let note = match default {
            Some(default) => format!("default {default}"),
            None if required => "required".to_owned(),
            None => "optional".to_owned(),
        };
        let form = self.form(property);
        let marks: Vec<&str> = [form.as_str(), &note].into_iter().filter(|mark| !mark.is_empty()).collect();
        let about = about(property).or_else(|| about(inner)).unwrap_or_default();
        self.line(depth, name, &format!("({}) {about}", marks.join(", ")));
        self.inside(property, depth + 1);
    }

    /// A variant of a choice: a word, a map with one key, or anything else.
    fn variant(&mut self, variant: &'a Json, depth: usize) {
        if let Some(word) = variant.get("const").and_then(Json::as_str) {
            self.line(depth, word, &about(variant).unwrap_or_default());
        } else if let Some(words) = variant.get("enum").and_then(Json::as_array) {
            for word in words.iter().filter_map(Json::as_str) {
                self.line(depth, word, &about(variant).unwrap_or_default());
            }
        } else if let Some((name, inner)) = tagged(variant) {
            let form = self.form(inner);
            let text = about(variant).or_else(|| about(inner)).or_else(|| about(self.resolved(inner)));
            let form = if form.is_empty() { form } else { format!("({form}) ") };
            self.line(depth, &format!("{name}:"), &format!("{form}{}", text.unwrap_or_default()));
            self.inside(inner, depth + 1);
        } else if variant.get("type") != Some(&Json::from("null")) {
            self.inside(variant, depth);
        }
    }

    fn line(&mut self, depth: usize, name: &str, text: &str) {
        let line = format!("{}{name}  {text}", "  ".repeat(depth));
        self.lines.push(line.trim_end().to_owned());
    }

    /// The form of a value in a word or two.
    fn form(&self, schema: &'a Json) -> String {
        let schema = self.resolved(schema);
        match choices(schema).as_slice() {
            [] => {}
            // An optional value: what it may be, or nothing.
            [only] if schema.get("anyOf").is_some() => return self.form(only),
            _ => return "one of".to_owned(),
        }
        let types: Vec<&str> = match schema.get("type") {
            Some(Json::String(one)) => vec![one],
            Some(Json::Array(several)) => several.iter().filter_map(Json::as_str).collect(),
            _ => Vec::new(),
        };
        let word = |name: &&str| match *name {
            "object" => "map".to_owned(),
            "array" => "list".to_owned(),
            "integer" => "whole number".to_owned(),
            "string" => "text".to_owned(),
            other => other.to_owned(),
        };
        types.iter().filter(|name| **name != "null").map(word).collect::<Vec<_>>().join(" or ")
    }

    /// The definition that a schema points at.
    fn resolved(&self, schema: &'a Json) -> &'a Json {
        let only =
            |key: &str| schema.get(key).and_then(Json::as_array).filter(|list| list.len() == 1).map(|list| &list[0]);
        let schema = only("allOf").unwrap_or(schema);
        let name = schema.get("$ref").and_then(Json::as_str).and_then(|path| path.strip_prefix("#/$defs/"));
        name.and_then(|name| self.definitions.get(name)).unwrap_or(schema)
    }
}

/// The variants of a choice; of an optional value only what it may be.
fn choices(schema: &Json) -> Vec<&Json> {
    let lists = ["oneOf", "anyOf"].into_iter().filter_map(|key| schema.get(key)?.as_array());
    lists.flatten().filter(|variant| variant.get("type") != Some(&Json::from("null"))).collect()
}

/// Key and value of an externally tagged variant.
fn tagged(variant: &Json) -> Option<(&String, &Json)> {
    let required = variant.get("required")?.as_array()?;
    let properties = variant.get("properties")?.as_object()?;
    (required.len() == 1 && properties.len() == 1).then(|| properties.iter().next()).flatten()
}

/// The description on one line.
fn about(schema: &Json) -> Option<String> {
    let text = schema.get("description")?.as_str()?;
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}
