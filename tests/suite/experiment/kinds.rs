//! What holds for every kind of experiment, whichever there are.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::examples::kinds_with_examples;
use super::{build, column, run};

#[test]
fn every_kind_returns_the_tables_that_it_documents() {
    for (kind, examples) in kinds_with_examples() {
        let mut filled = BTreeSet::new();
        for parameters in &examples {
            let tables = run(kind.name, parameters, 2).unwrap_or_else(|failure| panic!("{}: {failure}", kind.name));
            assert!(tables.keys().eq(kind.tables.iter().map(|table| table.name)), "{}: {:?}", kind.name, tables.keys());
            for doc in kind.tables {
                let table = &tables[doc.name];
                assert!(table.names().eq(doc.table().names()), "{} {}", kind.name, doc.name);
                assert!(column(table, "replicate").is_sorted(), "{} {}", kind.name, doc.name);
                assert_eq!(table.infinite(), None, "{} {}", kind.name, doc.name);
                filled.extend((table.rows() > 0).then_some(doc.name));
            }
        }
        let documented: BTreeSet<_> = kind.tables.iter().map(|table| table.name).collect();
        assert_eq!(filled, documented, "{}: tables with rows, of all examples together", kind.name);
    }
}

/// Paths of the numbers, texts and truth values in parameters, as JSON pointers.
fn leaves(parameters: &Json, path: &str, found: &mut Vec<String>) {
    match parameters {
        Json::Object(map) => map.iter().for_each(|(name, value)| leaves(value, &format!("{path}/{name}"), found)),
        Json::Array(list) => {
            list.iter().enumerate().for_each(|(place, value)| leaves(value, &format!("{path}/{place}"), found));
        }
        _ => found.push(path.to_owned()),
    }
}

/// Texts that a parameter may be, anywhere in a schema.
fn choices(schema: &Json, found: &mut BTreeSet<String>) {
    match schema {
        Json::Object(map) => {
            found.extend(map.get("const").and_then(Json::as_str).map(str::to_owned));
            let listed = map.get("enum").and_then(Json::as_array).into_iter().flatten();
            found.extend(listed.filter_map(Json::as_str).map(str::to_owned));
            map.values().for_each(|value| choices(value, found));
        }
        Json::Array(list) => list.iter().for_each(|value| choices(value, found)),
        _ => {}
    }
}

/// Values of the same kind, one of which the parameter may have instead.
fn others(value: &Json, choices: &BTreeSet<String>) -> Vec<Json> {
    match value {
        Json::Bool(value) => vec![json!(!value)],
        Json::Number(number) => match number.as_i64() {
            Some(n) => vec![json!(n + 1), json!(n - 1), json!(2 * n), json!(n / 2), json!(n as f64 + 0.5)],
            None => {
                let x = number.as_f64().expect("a number that is no integer");
                vec![json!(0.75 * x), json!(1.25 * x), json!(x + 0.25), json!(x - 0.25)]
            }
        },
        Json::String(text) => choices.iter().filter(|other| *other != text).map(|other| json!(other)).collect(),
        _ => Vec::new(),
    }
}

/// A parameter that two experiments differ in tells them apart, so that neither gets the numbers of the other.
#[test]
fn every_parameter_is_part_of_the_experiment() {
    let mut wrong = Vec::new();
    for (kind, examples) in kinds_with_examples() {
        let schema = kind.schema();
        let mut texts = BTreeSet::new();
        choices(&schema, &mut texts);
        let mut named = BTreeSet::new();
        for parameters in &examples {
            let canonical = build(kind.name, parameters).unwrap_or_else(|e| panic!("{}: {e}", kind.name)).canonical();
            named.extend(canonical.as_object().expect("parameters are a map").keys().cloned());
            let (mut given, mut paths) = (Vec::new(), Vec::new());
            leaves(parameters, "", &mut given);
            leaves(&canonical, "", &mut paths);
            let forgotten = given.iter().filter(|path| !paths.contains(path));
            wrong.extend(forgotten.map(|path| format!("{}: `{path}` is not in the canonical form", kind.name)));
            for path in paths {
                let value = canonical.pointer(&path).expect("the path of a leaf");
                let mut candidates = others(value, &texts).into_iter().filter(|other| other != value);
                let different = candidates.find_map(|other| {
                    let mut changed = canonical.clone();
                    *changed.pointer_mut(&path).expect("the path of a leaf") = other;
                    build(kind.name, &changed).ok()
                });
                match different {
                    None => wrong.push(format!("{}: `{path}` can be nothing but {value}", kind.name)),
                    Some(other) if other.canonical() == canonical => {
                        wrong.push(format!("{}: `{path}` does not tell experiments apart", kind.name));
                    }
                    Some(_) => {}
                }
            }
        }
        let declared: BTreeSet<String> =
            schema["properties"].as_object().expect("parameters are a map").keys().cloned().collect();
        assert_eq!(named, declared, "{}: parameters in the examples", kind.name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_parameter_has_a_description() {
    let mut bare = Vec::new();
    for (kind, _) in kinds_with_examples() {
        undescribed(&kind.schema(), kind.name, &mut bare);
    }
    assert!(bare.is_empty(), "without a description: {bare:?}");
}

/// Properties without a description, anywhere in a schema.
fn undescribed(schema: &Json, place: &str, bare: &mut Vec<String>) {
    if let Some(properties) = schema["properties"].as_object() {
        for (name, property) in properties {
            let variant = schema["description"].is_string() && properties.len() == 1;
            if !property["description"].is_string() && !variant {
                bare.push(format!("{place}.{name}"));
            }
        }
    }
    for choice in schema["oneOf"].as_array().into_iter().flatten() {
        bare.extend((!choice["description"].is_string()).then(|| format!("{place}: {choice}")));
    }
    match schema {
        Json::Object(map) => map.iter().for_each(|(key, value)| undescribed(value, &format!("{place}.{key}"), bare)),
        Json::Array(list) => list.iter().for_each(|value| undescribed(value, place, bare)),
        _ => {}
    }
}

/// 0.3 is no multiple of 0.1, but for rounding.
#[test]
fn every_flow_is_followed_until_its_end() {
    let mut seen = BTreeSet::new();
    for (kind, examples) in kinds_with_examples() {
        let schema = kind.schema();
        if ["until", "every"].iter().any(|name| schema["properties"].get(name).is_none()) {
            continue;
        }
        let mut parameters = examples[0].clone();
        (parameters["until"], parameters["every"]) = (json!(0.3), json!(0.1));
        let tables = run(kind.name, &parameters, 1).unwrap_or_else(|failure| panic!("{}: {failure}", kind.name));
        for doc in kind.tables.iter().filter(|table| table.keys.iter().any(|key| key.name == "time")) {
            let mut times = column(&tables[doc.name], "time").to_vec();
            times.dedup();
            assert_eq!(times.len(), 4, "{} {}: {times:?}", kind.name, doc.name);
            assert!((times[3] - 0.3).abs() < 1e-12, "{} {}: {times:?}", kind.name, doc.name);
            seen.insert(kind.name);
        }
    }
    assert!(seen.is_superset(&BTreeSet::from(["attention", "diagonal", "imbalance", "kernel"])), "{seen:?}");
}

/// Training is told when to stop in other words.
#[test]
fn training_is_followed_until_its_end() {
    for rule in [json!({"rate": 0.1}), json!({"flow": {"tolerance": 1e-6, "every": 0.1}})] {
        let mut linear = json!({"layers": 2, "hidden": 3, "start": {"normal": 0.1}});
        let rule = rule.as_object().expect("a map").iter().next().expect("a rule");
        linear[rule.0] = rule.1.clone();
        let parameters = json!({"data": {"nested-splits": {"depth": 2}}, "learner": {"linear": linear},
            "stop": {"time": 0.3}});
        let tables = run("training", &parameters, 1).expect("numbers");
        let times = column(&tables["curve"], "time");
        assert_eq!(times.len(), 4, "{times:?}");
        assert!((times[3] - 0.3).abs() < 1e-12, "{times:?}");
    }
}
