//! The axes of a sweep, as the file has them.
//!
//! A sweep is a map from a dotted path below the experiment to the values of that parameter: a list,
//! `{linear: [first, last, number]}` or `{log: [first, last, number]}`. Under the key `together` stand axes that move
//! together: a list of maps with the same paths, one map per stop; or a list of such lists for several groups.

use std::ops::Range;

use serde_json::Value as Json;

use crate::spec::compile::read::{items, number, wrong};
use crate::spec::setting::inside;
use crate::spec::yaml::node::{Key, Node, report_duplicates, whole_or_not};
use crate::spec::yaml::problems::Source;

/// Most stops of one axis.
const STOPS: i64 = 1000;

/// An axis with the places of its parameters and values.
#[derive(Clone, Debug)]
pub(in crate::spec) struct SpannedAxis<'n> {
    /// Dotted paths and where they stand.
    pub(in crate::spec) parameters: Vec<(String, Range<usize>)>,
    /// Stops.
    pub(in crate::spec) stops: Vec<Stop<'n>>,
}

/// A stop of an axis: one value per parameter, and the nodes that the values come from.
#[derive(Clone, Debug)]
pub(in crate::spec) struct Stop<'n> {
    pub(in crate::spec) values: Vec<Json>,
    pub(in crate::spec) nodes: Vec<&'n Node>,
}

impl SpannedAxis<'_> {
    /// The paths, in order.
    pub(in crate::spec) fn paths(&self) -> impl Iterator<Item = &str> {
        self.parameters.iter().map(|(path, _)| path.as_str())
    }
}

/// Reads a sweep; what is wrong is noted and left out.
pub(in crate::spec) fn sweep<'n>(node: &'n Node, name: &str, source: &Source<'_>) -> Vec<SpannedAxis<'n>> {
    let Some(entries) = node.entries() else {
        wrong(node, name, "a map from parameters to lists of values", source);
        return Vec::new();
    };
    if entries.is_empty() {
        source.report(node.span.clone(), format!("`{name}` is empty (allowed: one axis at least, or no `{name}`)"));
    }
    report_duplicates(entries, source);
    let mut axes: Vec<SpannedAxis<'n>> = Vec::new();
    for (key, node) in entries {
        let found =
            if key.name == "together" { together(node, source) } else { axis(key, node, source).into_iter().collect() };
        for axis in found {
            if !overlaps(&axis, &axes, source) {
                axes.push(axis);
            }
        }
    }
    axes
}

/// Whether an axis sets what another one sets; noted.
fn overlaps(axis: &SpannedAxis<'_>, others: &[SpannedAxis<'_>], source: &Source<'_>) -> bool {
    for (path, place) in &axis.parameters {
        let other = others.iter().flat_map(SpannedAxis::paths).find(|other| inside(path, other) || inside(other, path));
        if let Some(other) = other {
            // Because a key that stands twice has been noted already.
            if other != path || axis.parameters.len() > 1 {
                source.report(place.clone(), format!("`{path}` and the axis `{other}` set the same parameter"));
            }
            return true;
        }
    }
    false
}

fn axis<'n>(key: &'n Key, node: &'n Node, source: &Source<'_>) -> Option<SpannedAxis<'n>> {
    let stops: Vec<Stop<'n>> = match node.entries() {
        Some(_) => range(&key.name, node, source)?
            .into_iter()
            .map(|value| Stop { values: vec![value], nodes: vec![node] })
            .collect(),
        None => items(node, &key.name, "a list of values, `linear: [first, last, number]`, `log: [...]`", source)?
            .iter()
            .map(|item| Stop { values: vec![item.to_json(source)], nodes: vec![item] })
            .collect(),
    };
    let parameters = vec![(key.name.clone(), key.span.clone())];
    Some(distinct(SpannedAxis { parameters, stops }, source))
}

/// The axis without stops that stand twice; noted.
fn distinct<'n>(mut axis: SpannedAxis<'n>, source: &Source<'_>) -> SpannedAxis<'n> {
    let mut kept: Vec<Stop<'n>> = Vec::new();
    for stop in axis.stops {
        if kept.iter().any(|other| other.values == stop.values) {
            let values: Vec<String> = stop.values.iter().map(Json::to_string).collect();
            let message = format!("the value {} stands twice in its axis", values.join(", "));
            source.report(stop.nodes[0].span.clone(), message);
        } else {
            kept.push(stop);
        }
    }
    axis.stops = kept;
    axis
}

/// `linear: [first, last, number]` or `log: [first, last, number]`.
///
/// Values between the ends are rounded to 12 digits.
fn range(name: &str, node: &Node, source: &Source<'_>) -> Option<Vec<Json>> {
    const ALLOWED: &str = "a list of values, `linear: [first, last, number]` or `log: [first, last, number]`";
    let (key, ends) = match node.entries() {
        Some([(key, ends)]) if ["linear", "log"].contains(&key.name.as_str()) => (key, ends),
        Some([(key, _), ..]) if !["linear", "log"].contains(&key.name.as_str()) => {
            source.report(
                key.span.clone(),
                format!("`{}` is no way to give the values of `{name}` (allowed: {ALLOWED})", key.name),
            );
            return None;
        }
        _ => {
            wrong(node, name, ALLOWED, source);
            return None;
        }
    };
    let logarithmic = key.name == "log";
    let numbers: Option<Vec<f64>> = ends.items().and_then(|items| items.iter().map(number).collect());
    let right = |first: f64, last: f64, number: f64| {
        let number_is_right = number.fract() == 0.0 && (2.0..=STOPS as f64).contains(&number);
        first != last && number_is_right && (!logarithmic || (first > 0.0 && last > 0.0))
    };
    match numbers.as_deref() {
        Some(&[first, last, number]) if right(first, last, number) => {
            Some(spread(first, last, number as usize, logarithmic))
        }
        _ => {
            let positive = if logarithmic { " positive" } else { "" };
            let message = format!(
                "`{}` of `{name}` is not a range (allowed: [first, last, number], two different{positive} numbers and an integer from 2 to {STOPS})",
                key.name
            );
            source.report(ends.span.clone(), message);
            None
        }
    }
}

/// Numbers from `first` to `last`, evenly spaced, or with an even ratio.
fn spread(first: f64, last: f64, number: usize, logarithmic: bool) -> Vec<Json> {
    let between = |step: usize| {
        let part = step as f64 / (number - 1) as f64;
        let value = if logarithmic {
            libm::exp(libm::log(first) * (1.0 - part) + libm::log(last) * part)
        } else {
            first + (last - first) * part
        };
        format!("{value:.11e}").parse().expect("a number printed is a number")
    };
    let values: Vec<f64> = (0..number)
        .map(|step| match step {
            0 => first,
            step if step == number - 1 => last,
            step => between(step),
        })
        .collect();
    values.into_iter().map(whole_or_not).collect()
}

/// Axes that move together: one group, or a list of groups.
fn together<'n>(node: &'n Node, source: &Source<'_>) -> Vec<SpannedAxis<'n>> {
    const FORM: &str = "a list of maps from parameters to values, one map per stop; or a list of such lists";
    let Some(stops) = items(node, "together", FORM, source) else { return Vec::new() };
    if stops.iter().all(|item| item.items().is_some()) {
        stops.iter().filter_map(|item| group(items(item, "together", FORM, source)?, source)).collect()
    } else {
        group(stops, source).into_iter().collect()
    }
}

fn group<'n>(stops: &'n [Node], source: &Source<'_>) -> Option<SpannedAxis<'n>> {
    const FORM: &str = "maps from parameters to values";
    let Some(first) = stops[0].entries().filter(|entries| !entries.is_empty()) else {
        wrong(&stops[0], "together", FORM, source);
        return None;
    };
    let parameters: Vec<(String, Range<usize>)> =
        first.iter().map(|(key, _)| (key.name.clone(), key.span.clone())).collect();
    let paths: Vec<&str> = parameters.iter().map(|(path, _)| path.as_str()).collect();
    let mut group = SpannedAxis { parameters: parameters.clone(), stops: Vec::new() };
    for stop in stops {
        let Some(entries) = stop.entries() else {
            wrong(stop, "together", FORM, source);
            continue;
        };
        report_duplicates(entries, source);
        let value = |path: &&str| entries.iter().find(|(key, _)| key.name == *path).map(|(_, node)| node);
        match paths.iter().map(value).collect::<Option<Vec<&Node>>>() {
            Some(nodes) if entries.len() == paths.len() => {
                group.stops.push(Stop { values: nodes.iter().map(|node| node.to_json(source)).collect(), nodes });
            }
            _ => {
                let message = format!(
                    "this stop of `together` has other parameters than the first (allowed: {})",
                    paths.join(", ")
                );
                source.report(stop.span.clone(), message);
            }
        }
    }
    Some(distinct(group, source))
}
