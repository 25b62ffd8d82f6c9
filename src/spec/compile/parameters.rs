//! Parameters of experiments: whether a path names one, and whether the experiment can be built from them at every
//! point; mistakes are reported where they stand in the file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value as Json;

use crate::experiment::Kind;
use crate::parameter::{BuildError, ParameterError};
use crate::spec::axis::Axis;
use crate::spec::compile::serde_words::{Message, explain};
use crate::spec::compile::sweep::SpannedAxis;
use crate::spec::nearest::did_you_mean;
use crate::spec::setting::{self, Setting, inside};
use crate::spec::yaml::node::{Key, Node};
use crate::spec::yaml::problems::Source;

/// A control's change of a parameter.
#[derive(Clone, Debug)]
pub(in crate::spec) struct Change<'n> {
    pub(in crate::spec) key: &'n Key,
    pub(in crate::spec) node: &'n Node,
    pub(in crate::spec) value: Json,
}

/// What is known about the parameters of a claim.
pub(in crate::spec) struct Parameters<'n> {
    pub(in crate::spec) kind: Arc<Kind>,
    /// The JSON Schema of the kind's parameters.
    pub(in crate::spec) schema: Arc<Json>,
    /// The name of the kind in the file.
    pub(in crate::spec) key: &'n Key,
    /// Its parameters in the file.
    pub(in crate::spec) node: &'n Node,
    /// The same as JSON.
    pub(in crate::spec) json: Json,
    /// Whether they could be read without a mistake, so that the experiment can be built.
    pub(in crate::spec) sound: bool,
}

/// The experiments of all points.
pub(in crate::spec) enum Built {
    /// The canonical parameters of all points, and what is drawn at random at any of them.
    Canonical { parameters: BTreeSet<String>, drawn: BTreeSet<String> },
    /// A file that is not there.
    Absent(String),
    /// Parameters are wrong; the mistakes have been reported.
    Wrong,
}

impl Parameters<'_> {
    /// Whether a path names a parameter of the kind; one that does not is reported.
    pub(in crate::spec) fn check_path_exists(&self, path: &str, place: Range<usize>, source: &Source<'_>) -> bool {
        let schema: &Json = &self.schema;
        let mut here = vec![schema];
        let mut before = String::new();
        for word in path.split('.') {
            let names = crate::spec::language::schema_paths::properties(schema, &here);
            here = crate::spec::language::schema_paths::below(schema, &here, word);
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

    /// Builds the experiment at every point of a sweep, with the changes of a control; mistakes are reported where they
    /// stand.
    pub(in crate::spec) fn build(
        &self,
        sweep: &[SpannedAxis<'_>],
        axes: &[Axis],
        changes: &[Change<'_>],
        source: &Source<'_>,
    ) -> Built {
        let changed = changes.iter().map(|change| (&change.key.name, &change.value));
        let base = Path::new(source.file).parent().unwrap_or(Path::new(""));
        let (mut canonical, mut drawn) = (BTreeSet::new(), BTreeSet::new());
        // Because the same place may be wrong at many points, and the messages of the first are enough.
        let mut wrong: BTreeMap<(usize, usize), (usize, BTreeSet<Message>)> = BTreeMap::new();
        for (number, point) in setting::of(&self.json, axes, changed).iter().enumerate() {
            let errors = match self.kind.build(&point.parameters, base) {
                Ok(experiment) => {
                    canonical.insert(experiment.canonical().to_string());
                    drawn.extend(experiment.draws());
                    continue;
                }
                Err(BuildError::Absent(reason)) => return Built::Absent(reason),
                Err(BuildError::Parameters(errors)) => errors,
            };
            for error in &errors {
                let message = explain(error);
                let span = self.place(error, &message, point, sweep, changes);
                let (first, messages) = wrong.entry((span.start, span.end)).or_insert((number, BTreeSet::new()));
                if *first == number {
                    messages.insert(message);
                }
            }
        }
        for ((start, end), (_, messages)) in &wrong {
            for Message { text, help, .. } in messages {
                source.report_with(*start..*end, text, help.clone());
            }
        }
        if wrong.is_empty() { Built::Canonical { parameters: canonical, drawn } } else { Built::Wrong }
    }

    /// Where a wrong parameter stands: in the `set` of a control, in a value of an axis, or in the experiment.
    fn place(
        &self,
        error: &ParameterError,
        message: &Message,
        point: &Setting<'_>,
        sweep: &[SpannedAxis<'_>],
        changes: &[Change<'_>],
    ) -> Range<usize> {
        let path = error.path.join(".");
        let name = message.name.as_deref();
        let rest = |outer: &str| path[outer.len()..].split('.').filter(|word| !word.is_empty()).collect::<Vec<_>>();
        if let Some(change) = changes.iter().find(|change| inside(&path, &change.key.name)) {
            return descend(change.node, &change.key.span, &rest(&change.key.name), name);
        }
        for (axis, stop) in sweep.iter().zip(&point.stops) {
            let Some(stop) = stop.map(|stop| &axis.stops[stop]) else { continue };
            if let Some(place) = axis.paths().position(|outer| inside(&path, outer)) {
                let (outer, at) = &axis.parameters[place];
                return descend(stop.nodes[place], at, &rest(outer), name);
            }
        }
        descend(self.node, &self.key.span, &rest(""), name)
    }
}

/// The place of the value at a path below a node whose key stands at `at`, or of the key `name` in that value; if there
/// is no such value or key, the place of the innermost key on the way to it.
fn descend(node: &Node, at: &Range<usize>, path: &[&str], name: Option<&str>) -> Range<usize> {
    let key = |word: &str| node.entries().and_then(|entries| entries.iter().find(|(key, _)| key.name == word));
    if let Some((word, rest)) = path.split_first() {
        let item = node.items().zip(word.parse::<usize>().ok()).and_then(|(items, place)| items.get(place));
        return match (key(word), item) {
            // Because the path of an unknown parameter may end with its name.
            (Some((key, _)), _) if rest.is_empty() && name == Some(word) => key.span.clone(),
            (Some((key, inner)), _) => descend(inner, &key.span, rest, name),
            (None, Some(item)) => descend(item, &item.span, rest, name),
            (None, None) => at.clone(),
        };
    }
    match name.map(|name| key(name).map(|(key, _)| key.span.clone())) {
        Some(Some(span)) => span,
        // Because the key of a map says more than its opening brace.
        Some(None) if node.entries().is_some() || node.span.is_empty() => at.clone(),
        None if node.span.is_empty() => at.clone(),
        _ => node.span.clone(),
    }
}
