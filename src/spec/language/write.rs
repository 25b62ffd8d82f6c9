//! Values of a claim as they stand in a spec.

use indexmap::IndexMap;
use serde_json::{Map, Value as Json, json};

use crate::spec::formula::Formula;

/// Adds an entry to a map, if there is one.
pub(in crate::spec) fn put(map: &mut Json, key: &str, value: Option<Json>) {
    if let Some(value) = value {
        map[key] = value;
    }
}

/// A formula.
pub(in crate::spec) fn text(formula: &Formula) -> Json {
    json!(formula.text)
}

/// Formulas by name; none if there are none.
pub(in crate::spec) fn formulas(formulas: &IndexMap<String, Formula>) -> Option<Json> {
    let texts: Map<String, Json> = formulas.iter().map(|(name, formula)| (name.clone(), text(formula))).collect();
    (!texts.is_empty()).then_some(Json::Object(texts))
}
