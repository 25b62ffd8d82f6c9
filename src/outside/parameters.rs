//! Parameters of a declared experiment: their JSON Schema, and the values that a spec gives them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use serde_json::{Map, Value as Json, json};

use crate::outside::declaration::{Allowed, Bounds, Declaration, Parameter};
use crate::parameter::{BuildError, Refusals};

/// Allowed of all parameters of an experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// As the program gets them, with every default filled in; files by absolute path.
    pub sent: Map<String, Json>,
    /// As the key has them: files by the hash of their bytes.
    pub canonical: Map<String, Json>,
}

/// The JSON Schema of the parameters.
pub fn schema(declaration: &Declaration) -> Json {
    let parameters = &declaration.parameters;
    let properties: Map<String, Json> =
        parameters.iter().map(|(name, parameter)| (name.clone(), property(parameter))).collect();
    let required: Vec<&String> =
        parameters.iter().filter(|(_, parameter)| parameter.default.is_none()).map(|(name, _)| name).collect();
    json!({
        "title": declaration.name,
        "description": declaration.about,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn property(parameter: &Parameter) -> Json {
    let Parameter { about, unit, allowed, default } = parameter;
    let about = if unit.is_empty() { about.clone() } else { format!("{about} ({unit})") };
    let mut property = Map::from_iter([("description".to_owned(), json!(about))]);
    let mut put = |key: &str, value: Json| property.insert(key.to_owned(), value);
    let kind = match allowed {
        Allowed::Integer(_) => "integer",
        Allowed::Number(_) => "number",
        Allowed::Flag => "boolean",
        Allowed::Text(_) | Allowed::File => "string",
    };
    put("type", json!(kind));
    if let Allowed::Integer(bounds) | Allowed::Number(bounds) = allowed {
        let Bounds { from, to, above, below } = bounds;
        let keys = [("minimum", from), ("maximum", to), ("exclusiveMinimum", above), ("exclusiveMaximum", below)];
        for (key, bound) in keys {
            if let Some(bound) = bound {
                put(key, json!(bound));
            }
        }
    }
    if let Allowed::Text(choices) = allowed
        && !choices.is_empty()
    {
        put("enum", json!(choices));
    }
    if let Some(default) = default {
        put("default", default.clone());
    }
    Json::Object(property)
}

/// The values of all parameters where a spec gives these; files are seen from the folder `base`.
///
/// # Errors
/// If a value is missing, is of another form or outside of its bounds, or its name is that of no parameter;
/// [`BuildError::Absent`] if a file is not there.
pub fn given(parameters: &IndexMap<String, Parameter>, values: &Json, base: &Path) -> Result<Given, BuildError> {
    let mut refusals = Refusals::new();
    let empty = Map::new();
    let values = values.as_object().unwrap_or(&empty);
    let unknown: Vec<&String> = values.keys().filter(|name| !parameters.contains_key(*name)).collect();
    for name in &unknown {
        let allowed: Vec<String> = parameters.keys().map(|name| format!("`{name}`")).collect();
        refusals.refuse(name, format!("unknown field `{name}`, expected one of {}", allowed.join(", ")));
    }
    let mut given = Given { sent: Map::new(), canonical: Map::new() };
    for (name, parameter) in parameters {
        let Some(value) = values.get(name).or(parameter.default.as_ref()) else {
            // Because a parameter that is misspelt is not missing.
            if unknown.is_empty() {
                refusals.refuse("", format!("missing field `{name}`"));
            }
            continue;
        };
        if !fits(&parameter.allowed, value) {
            refusals.refuse(name, format!("is {value} (allowed: {})", parameter.allowed.in_words()));
            continue;
        }
        let (sent, canonical) = match (&parameter.allowed, value.as_str()) {
            (Allowed::File, Some(path)) => file(name, path, base)?,
            _ => (value.clone(), value.clone()),
        };
        given.sent.insert(name.clone(), sent);
        given.canonical.insert(name.clone(), canonical);
    }
    refusals.finish().map(|()| given)
}

/// Whether a value is one of those.
pub fn fits(allowed: &Allowed, value: &Json) -> bool {
    match allowed {
        Allowed::Integer(bounds) => {
            let whole = value.as_f64().filter(|value| value.fract() == 0.0);
            whole.is_some_and(|value| bounds.allow(value))
        }
        Allowed::Number(bounds) => value.as_f64().is_some_and(|value| bounds.allow(value)),
        Allowed::Flag => value.is_boolean(),
        Allowed::Text(choices) => {
            value.as_str().is_some_and(|text| choices.is_empty() || choices.iter().any(|choice| choice == text))
        }
        Allowed::File => value.as_str().is_some_and(|path| !path.is_empty()),
    }
}

/// The absolute path of a file, and the hash of its bytes.
fn file(name: &str, path: &str, base: &Path) -> Result<(Json, Json), BuildError> {
    let found: PathBuf = base.join(path);
    match fs::read(&found).and_then(|bytes| Ok((bytes, fs::canonicalize(&found)?))) {
        Ok((bytes, absolute)) => {
            let hash = blake3::hash(&bytes).to_hex().to_string();
            Ok((json!(absolute.to_string_lossy()), json!({ "blake3": hash })))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(BuildError::Absent(format!("the file `{path}` is not there")))
        }
        Err(error) => {
            let mut refusals = Refusals::new();
            refusals.refuse(name, format!("names a file that cannot be read: {error}"));
            Err(refusals.finish().expect_err("something was refused"))
        }
    }
}
