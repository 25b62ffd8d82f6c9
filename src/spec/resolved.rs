//! A claim as YAML, with defaults and the profile applied. It is a spec itself.

use serde_json::{Value as Json, json};

use crate::spec::axis::Axis;
use crate::spec::check::{Check, Expectation};
use crate::spec::claim::Claim;
use crate::spec::control::{Control, MustFail};
use crate::spec::language::figure_kinds::Figure;
use crate::spec::language::write::{formulas, put, text};

/// The claim as YAML that reads as the same claim.
///
/// # Panics
/// Never: what is made of a claim is JSON with text keys, which is YAML.
pub fn resolved(claim: &Claim) -> String {
    let mut spec = json!({
        "title": claim.title,
        "statement": claim.statement,
        "source": citation(claim),
        "why-this-tolerance": claim.why_this_tolerance,
    });
    put(&mut spec, "tags", (!claim.tags.is_empty()).then(|| json!(claim.tags)));
    put(&mut spec, "confidence", Some(json!(claim.confidence)));
    put(&mut spec, "experiment", Some(json!({ claim.kind.name: claim.parameters })));
    put(&mut spec, "sweep", (!claim.sweep.is_empty()).then(|| sweep(&claim.sweep)));
    put(&mut spec, "replicates", Some(json!(claim.replicates)));
    put(&mut spec, "checks", Some(claim.checks.iter().map(check).collect()));
    put(&mut spec, "controls", Some(claim.controls.iter().map(control).collect()));
    put(&mut spec, "figures", (!claim.figures.is_empty()).then(|| claim.figures.iter().map(figure).collect()));
    serde_yaml::to_string(&spec).expect("JSON with string keys is YAML")
}

fn citation(claim: &Claim) -> Json {
    let mut source = json!({ "cite": claim.source.cite });
    put(&mut source, "locator", claim.source.locator.as_ref().map(|locator| json!(locator)));
    source
}

fn sweep(axes: &[Axis]) -> Json {
    let mut sweep = json!({});
    for axis in axes {
        match &axis.parameters[..] {
            [parameter] => sweep[&parameter.path] = axis.values.iter().map(|stop| stop[0].clone()).collect(),
            _ => {
                let groups = sweep.as_object_mut().expect("it is written above").entry("together");
                groups.or_insert_with(|| json!([])).as_array_mut().expect("it is a list").push(group(axis));
            }
        }
    }
    sweep
}

/// The stops of parameters that move together.
fn group(axis: &Axis) -> Json {
    let stop = |values: &Vec<Json>| {
        let paths = axis.parameters.iter().map(|parameter| parameter.path.clone());
        Json::Object(paths.zip(values.iter().cloned()).collect())
    };
    axis.values.iter().map(stop).collect()
}

fn check(check: &Check) -> Json {
    let mut spec = json!({ "name": check.name });
    put(&mut spec, "about", check.about.as_ref().map(|about| json!(about)));
    put(&mut spec, "table", Some(json!(check.table)));
    put(&mut spec, "let", formulas(&check.lets));
    put(&mut spec, "where", check.filter.as_ref().map(text));
    put(&mut spec, "per", (!check.per.is_empty()).then(|| json!(check.per)));
    put(&mut spec, "group", (!check.group.is_empty()).then(|| json!(check.group)));
    put(&mut spec, "reduce", formulas(&check.reduce));
    put(&mut spec, "measure", Some(text(&check.measure)));
    put(&mut spec, "expect", Some(expectation(&check.expect)));
    spec
}

fn expectation(expectation: &Expectation) -> Json {
    match expectation {
        Expectation::Equals { value, absolute, relative } => {
            let mut within = json!({});
            put(&mut within, "absolute", absolute.map(|absolute| json!(absolute)));
            put(&mut within, "relative", relative.map(|relative| json!(relative)));
            json!({ "equals": value.text, "within": within })
        }
        Expectation::Between { low, high } => json!({ "between": [low.text, high.text] }),
        Expectation::AtMost { bound, ideal } => with_ideal(json!({ "at-most": bound.text }), *ideal),
        Expectation::AtLeast { bound, ideal } => with_ideal(json!({ "at-least": bound.text }), *ideal),
        Expectation::Exactly(value) => json!({ "exactly": value.text }),
    }
}

fn with_ideal(mut spec: Json, ideal: Option<f64>) -> Json {
    put(&mut spec, "ideal", ideal.map(|ideal| json!(ideal)));
    spec
}

fn control(control: &Control) -> Json {
    let mut spec = json!({ "name": control.name, "because": control.because, "set": control.set });
    put(&mut spec, "replicates", control.replicates.map(|replicates| json!(replicates)));
    let fails = |fails: &MustFail| {
        let mut spec = json!({ "check": fails.check });
        put(&mut spec, "at", fails.at.as_ref().map(text));
        put(&mut spec, "where", fails.filter.as_ref().map(text));
        if fails.at.is_none() && fails.filter.is_none() { json!(fails.check) } else { spec }
    };
    put(&mut spec, "fails", Some(control.fails.iter().map(fails).collect()));
    spec
}

fn figure(figure: &Figure) -> Json {
    let mut spec = json!({ "kind": figure.kind.name() });
    figure.kind.write(&mut spec);
    put(&mut spec, "caption", Some(json!(figure.caption)));
    spec
}
