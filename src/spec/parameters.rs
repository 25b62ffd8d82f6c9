//! Parameters of experiments: whether a path names one, and whether an experiment can be built from them at every
//! point, with the place of whatever is wrong.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use serde_json::Value as Json;

use super::claim::Axis;
use super::nearest::did_you_mean;
use super::node::{Key, Node};
use super::problems::Source;
use super::serde_words::{Complaint, translate};
use super::setting::{self, Setting, inside};
use super::sweep::SpannedAxis;
use crate::experiment::Kind;
use crate::experiment::{BuildError, ParameterError};

/// Most points of a claim or control.
pub(super) const POINTS: usize = 10_000;

/// A control's change of a parameter.
#[derive(Clone, Debug)]
pub(super) struct Change<'n> {
    pub(super) key: &'n Key,
    pub(super) node: &'n Node,
    pub(super) value: Json,
}

/// What is known about the parameters of a claim.
pub(super) struct Parameters<'n> {
    pub(super) kind: &'static Kind,
    /// The name of the kind in the file.
    pub(super) key: &'n Key,
    /// Its parameters in the file.
    pub(super) node: &'n Node,
    /// The same as JSON.
    pub(super) json: Json,
}

/// The experiments of all points.
pub(super) enum Built {
    /// Canonical parameters of each point.
    Canonical(BTreeSet<String>),
    /// A file that is not there.
    Absent(String),
    /// Wrong, and noted.
    Wrong,
}

impl Parameters<'_> {
    /// Notes a path that names no parameter of the kind; whether it names one.
    pub(super) fn knows(&self, path: &str, place: Range<usize>, source: &Source<'_>) -> bool {
        let schema = (self.kind.parameters)().to_value();
        let mut here = vec![&schema];
        let mut before = String::new();
        for word in path.split('.') {
            let names = super::json_schema::properties(&schema, &here);
            here = super::json_schema::below(&schema, &here, word);
            if here.is_empty() {
                let of = if before.is_empty() { self.kind.name } else { &before };
                let allowed = if names.is_empty() { "it has no parameters".to_owned() } else { names.join(", ") };
                let message = format!("`{path}` is no parameter: `{of}` has no `{word}` (allowed: {allowed})");
                source.report_with(place, message, did_you_mean(word, names.iter().map(String::as_str)));
                return false;
            }
            before = if before.is_empty() { word.to_owned() } else { format!("{before}.{word}") };
        }
        true
    }

    /// Builds the experiment at every point of a sweep with changes; what is wrong is noted at its place.
    pub(super) fn build(
        &self,
        sweep: &[SpannedAxis<'_>],
        axes: &[Axis],
        changes: &[Change<'_>],
        source: &Source<'_>,
    ) -> Built {
        let changed = changes.iter().map(|change| (&change.key.name, &change.value));
        let base = Path::new(source.file).parent().unwrap_or(Path::new(""));
        let mut canonical = BTreeSet::new();
        let mut wrong: BTreeSet<(usize, usize, String, Option<String>)> = BTreeSet::new();
        for point in setting::of(&self.json, axes, changed) {
            match (self.kind.build)(&point.parameters, base) {
                Ok(experiment) => drop(canonical.insert(experiment.canonical().to_string())),
                Err(BuildError::Absent(reason)) => return Built::Absent(reason),
                Err(BuildError::Parameters(errors)) => wrong.extend(errors.iter().map(|error| {
                    let complaint = translate(error);
                    let span = self.place(error, &complaint, &point, sweep, changes);
                    (span.start, span.end, complaint.message, complaint.help)
                })),
            }
        }
        if wrong.is_empty() {
            return Built::Canonical(canonical);
        }
        for (start, end, message, help) in wrong {
            source.report_with(start..end, message, help);
        }
        Built::Wrong
    }

    /// Where a wrong parameter stands: in a control's `set`, at an axis' value or in the experiment.
    fn place(
        &self,
        error: &ParameterError,
        complaint: &Complaint,
        point: &Setting<'_>,
        sweep: &[SpannedAxis<'_>],
        changes: &[Change<'_>],
    ) -> Range<usize> {
        let path = error.path.join(".");
        let rest = |outer: &str| path[outer.len()..].split('.').filter(|word| !word.is_empty()).collect::<Vec<_>>();
        if let Some(change) = changes.iter().find(|change| inside(&path, &change.key.name)) {
            return descend(change.node, change.key.span.clone(), &rest(&change.key.name), complaint.at_key);
        }
        for (axis, stop) in sweep.iter().zip(&point.stops) {
            let Some(stop) = stop.map(|stop| &axis.stops[stop]) else { continue };
            if let Some(place) = axis.paths().position(|outer| inside(&path, outer)) {
                let node = stop.nodes[place];
                let (outer, at) = &axis.parameters[place];
                return descend(node, at.clone(), &rest(outer), complaint.at_key);
            }
        }
        descend(self.node, self.key.span.clone(), &rest(""), complaint.at_key)
    }
}

/// The place of what stands at a path below a node that is named at `at`: the value, or the innermost key there is.
fn descend(node: &Node, at: Range<usize>, path: &[&str], at_key: bool) -> Range<usize> {
    let here = if node.span.is_empty() || at_key { at.clone() } else { node.span.clone() };
    let Some((word, rest)) = path.split_first() else { return here };
    let entry = node.entries().and_then(|entries| entries.iter().find(|(key, _)| key.name == *word));
    if let Some((key, inner)) = entry {
        return descend(inner, key.span.clone(), rest, at_key);
    }
    let item = node.items().zip(word.parse::<usize>().ok()).and_then(|(items, place)| items.get(place));
    match item {
        Some(item) => descend(item, item.span.clone(), rest, at_key),
        // Because a value that is a scalar is where the trouble is, and of a map the name says more than its brace.
        None if node.entries().is_some() || node.items().is_some() => at,
        None => here,
    }
}
