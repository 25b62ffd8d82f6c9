//! Walking through a JSON Schema: the properties that stand below a place of it.

use std::collections::BTreeSet;

use serde_json::Value as Json;

/// The schemas that a value at these places may follow, alternatives and references resolved.
fn alternatives<'s>(root: &'s Json, places: &[&'s Json]) -> Vec<&'s Json> {
    let mut found = Vec::new();
    let mut open: Vec<&Json> = places.to_vec();
    let mut followed: BTreeSet<&str> = BTreeSet::new();
    while let Some(place) = open.pop() {
        if let Some(reference) = place.get("$ref").and_then(Json::as_str)
            && followed.insert(reference)
        {
            open.extend(reference.strip_prefix('#').and_then(|pointer| root.pointer(pointer)));
        }
        for key in ["anyOf", "oneOf", "allOf"] {
            open.extend(place.get(key).and_then(Json::as_array).into_iter().flatten());
        }
        found.push(place);
    }
    found
}

/// Names of the properties of a value at these places, in order.
pub(in crate::spec) fn properties(root: &Json, places: &[&Json]) -> Vec<String> {
    let objects = alternatives(root, places).into_iter().filter_map(|place| place.get("properties")?.as_object());
    let names: BTreeSet<&String> = objects.flat_map(serde_json::Map::keys).collect();
    names.into_iter().cloned().collect()
}

/// The places of the property (or list item) of that name; none if there can be no such thing.
pub(in crate::spec) fn below<'s>(root: &'s Json, places: &[&'s Json], word: &str) -> Vec<&'s Json> {
    let mut found = Vec::new();
    for place in alternatives(root, places) {
        if let Some(property) = place.get("properties").and_then(|properties| properties.get(word)) {
            found.push(property);
        } else if let Some(any) =
            place.get("additionalProperties").filter(|any| any.is_object() || **any == Json::Bool(true))
        {
            found.push(any);
        } else if word.parse::<usize>().is_ok() {
            found.extend(place.get("items"));
        }
        // Because a schema that says nothing allows anything.
        if place == &Json::Bool(true)
            || place.as_object().is_some_and(|schema| schema.keys().all(|key| key == "description"))
        {
            found.push(place);
        }
    }
    found
}
