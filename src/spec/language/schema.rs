//! JSON Schema of the file of a claim, for editors; made from the lists of sections, figures and experiments.

use serde_json::{Map, Value as Json, json};

use crate::experiment::Registry;
use crate::spec::language::figure_kinds::KINDS as FIGURES;
use crate::spec::language::section::{CLAIM, FAILS, Field, Form, SECTIONS, Section, Way};

/// Per cent as text, `95%`; in JSON Schema a pattern binds texts only, and bounds bind numbers only.
const PER_CENT: &str = "^[-+]?[0-9.]+([eE][-+]?[0-9]+)?%$";

/// The schema, as it stands in `specs/claim.schema.json`.
pub fn schema(registry: &Registry) -> Json {
    let kinds = registry.names();
    let mut root = Map::new();
    root.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    root.insert("title".to_owned(), json!("A claim about how networks learn"));
    // Because a reference beside other keys is ignored in draft 7, the claim stands at the root.
    root.extend(object(CLAIM.name, &kinds, CLAIM.fields.iter()));
    let mut definitions = Map::new();
    for section in SECTIONS.iter().filter(|section| section.name != CLAIM.name) {
        let keys = object(section.name, &kinds, section.fields.iter());
        definitions.insert(slug(section), Json::Object(keys));
    }
    if let Some(expectation) = definitions.get_mut("expectation") {
        expectation["oneOf"] = Way::ALL.iter().map(|way| json!({ "required": way.keys() })).collect();
    }
    for kind in FIGURES {
        let mut figure = object(kind.about, &kinds, kind.all_fields());
        figure["properties"]["kind"] = json!({ "const": kind.name, "description": kind.about });
        definitions.insert(format!("figure-{}", kind.name), Json::Object(figure));
    }
    for (name, parameters) in kinds.iter().filter_map(|name| Some((name, registry.schema(name)?))) {
        definitions.extend(experiment(name, Json::clone(&parameters)));
    }
    definitions.insert("axis".to_owned(), axis());
    root.insert("$defs".to_owned(), Json::Object(definitions));
    Json::Object(root)
}

/// The name of a section among the definitions: its name without the article.
fn slug(section: &Section) -> String {
    let name = section.name.split_once(' ').map_or(section.name, |(_, name)| name);
    name.replace(' ', "-")
}

fn object<'f>(about: &str, kinds: &[&str], fields: impl Iterator<Item = &'f Field>) -> Map<String, Json> {
    let fields: Vec<&Field> = fields.collect();
    let property = |field: &&Field| {
        let mut property = form(&field.form, kinds);
        property["description"] = json!(field.about);
        (field.name.to_owned(), property)
    };
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    let mut object = Map::new();
    object.insert("description".to_owned(), json!(about));
    object.insert("type".to_owned(), json!("object"));
    object.insert("properties".to_owned(), fields.iter().map(property).collect());
    object.insert("additionalProperties".to_owned(), json!(false));
    if !required.is_empty() {
        object.insert("required".to_owned(), json!(required));
    }
    object
}

fn form(form: &Form, kinds: &[&str]) -> Json {
    match form {
        Form::Text => json!({ "type": "string", "minLength": 1 }),
        Form::Integer(least) => json!({ "type": "integer", "minimum": least }),
        Form::Between(low, high) => number(json!({ "exclusiveMinimum": low, "exclusiveMaximum": high })),
        Form::Flag => json!({ "type": "boolean" }),
        Form::Formula | Form::Tolerance => formula(),
        Form::TwoFormulas => json!({ "type": "array", "items": formula(), "minItems": 2, "maxItems": 2 }),
        Form::Texts => json!({ "type": "array", "items": { "type": "string" }, "minItems": 1, "uniqueItems": true }),
        Form::Fails => {
            let item = json!({ "anyOf": [{ "type": "string" }, reference(&slug(&FAILS))] });
            json!({ "type": "array", "items": item, "minItems": 1, "uniqueItems": true })
        }
        Form::Modes => json!({ "type": "array", "items": { "type": "integer", "minimum": 1 }, "minItems": 1 }),
        Form::Formulas => json!({
            "type": "object",
            "propertyNames": { "pattern": "^[A-Za-z_][A-Za-z0-9_]*$" },
            "additionalProperties": formula(),
        }),
        Form::Section(section) => json!({ "allOf": [reference(&slug(section))] }),
        Form::Sections(section) => json!({ "type": "array", "items": reference(&slug(section)), "minItems": 1 }),
        Form::Named(section) => json!({ "type": "object", "additionalProperties": reference(&slug(section)) }),
        Form::Scale => scale(),
        Form::Scales => json!({ "anyOf": [scale(), { "type": "array", "items": scale(), "minItems": 1 }] }),
        Form::Experiment => {
            let kind = |name: &str| (name.to_owned(), reference(name));
            json!({
                "type": "object",
                "properties": kinds.iter().map(|name| kind(name)).collect::<Map<_, _>>(),
                "minProperties": 1,
                "maxProperties": 1,
                "additionalProperties": false,
            })
        }
        Form::Sweep => json!({
            "type": "object",
            "properties": { "together": together() },
            "additionalProperties": reference("axis"),
            "minProperties": 1,
        }),
        Form::Parameters => json!({ "type": "object", "minProperties": 1 }),
        Form::Point => json!({ "type": "object" }),
        Form::Figures => {
            let kinds: Vec<Json> = FIGURES.iter().map(|kind| reference(&format!("figure-{}", kind.name))).collect();
            json!({ "type": "array", "items": { "oneOf": kinds }, "minItems": 1 })
        }
    }
}

fn reference(name: &str) -> Json {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn formula() -> Json {
    json!({ "type": ["string", "number"] })
}

/// A quantity of a figure.
fn scale() -> Json {
    json!({ "anyOf": [formula(), reference("axis-of-a-figure")] })
}

/// A number with its bounds, as it is or in per cent as text.
fn number(mut bounds: Json) -> Json {
    bounds["type"] = json!(["number", "string"]);
    bounds["pattern"] = json!(PER_CENT);
    bounds
}

/// The values of a parameter.
fn axis() -> Json {
    let range = |about: &str| {
        json!({
            "description": about,
            "type": "array",
            "items": number(json!({})),
            "minItems": 3,
            "maxItems": 3,
        })
    };
    json!({
        "description": "A list of values, or a range",
        "anyOf": [
            { "type": "array", "minItems": 1, "uniqueItems": true },
            {
                "type": "object",
                "properties": {
                    "linear": range("First, last, number of values; evenly spaced"),
                    "log": range("First, last, number of values; with an even ratio"),
                },
                "minProperties": 1,
                "maxProperties": 1,
                "additionalProperties": false,
            },
        ],
    })
}

/// Axes that move together.
fn together() -> Json {
    let group = json!({ "type": "array", "items": { "type": "object", "minProperties": 1 }, "minItems": 1 });
    json!({
        "description": "Axes that move together: a list of maps with the same parameters, one map per stop; \
                        or a list of such lists",
        "anyOf": [group, { "type": "array", "items": group, "minItems": 1 }],
    })
}

/// The definitions of an experiment: its parameters under its name, what they refer to under `name.definition`.
fn experiment(name: &str, mut schema: Json) -> Vec<(String, Json)> {
    let inner = schema.as_object_mut().and_then(|schema| {
        schema.shift_remove("$schema");
        schema.shift_remove("$defs")
    });
    let inner = inner.and_then(|inner| inner.as_object().cloned()).unwrap_or_default();
    let mut definitions = vec![(name.to_owned(), schema)];
    definitions.extend(inner.into_iter().map(|(key, definition)| (format!("{name}.{key}"), definition)));
    for (_, definition) in &mut definitions {
        redirect(definition, name);
    }
    definitions
}

/// Lets references point to the definitions of an experiment, and numbers be per cent.
fn redirect(schema: &mut Json, name: &str) {
    match schema {
        Json::Object(entries) => {
            if let Some(number) = entries.get("type").filter(|of| **of == "number").map(|_| number(json!({}))) {
                entries.extend(number.as_object().cloned().unwrap_or_default());
            }
            for (key, value) in entries {
                match value.as_str().and_then(|reference| reference.strip_prefix("#/$defs/")) {
                    Some(inner) if key == "$ref" => *value = json!(format!("#/$defs/{name}.{inner}")),
                    _ => redirect(value, name),
                }
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| redirect(item, name)),
        _ => {}
    }
}
