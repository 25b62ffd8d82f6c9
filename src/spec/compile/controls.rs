//! Reading controls.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::spec::claim::Control;
use crate::spec::compile::parameters::{Change, Parameters};
use crate::spec::compile::read::{self, Fields};
use crate::spec::compile::size::Replicates;
use crate::spec::language::section::CONTROL;
use crate::spec::nearest::did_you_mean;
use crate::spec::yaml::node::{Node, report_duplicates};
use crate::spec::yaml::problems::Source;

/// A control whose checks and effects are not known yet.
pub(in crate::spec) struct ControlRead<'n> {
    node: &'n Node,
    fields: Fields<'n>,
    /// What it changes; only parameters that there are.
    pub(in crate::spec) changes: Vec<Change<'n>>,
    /// Its own number of replicates.
    pub(in crate::spec) replicates: Option<Replicates>,
    /// Whether it says so without mistakes, so that it can be built.
    pub(in crate::spec) sound: bool,
}

/// Reads a control as far as it stands alone.
pub(in crate::spec) fn control<'n>(
    node: &'n Node,
    parameters: Option<&Parameters<'_>>,
    source: &Source<'_>,
) -> ControlRead<'n> {
    let fields = read::section(node, &CONTROL, node.span.clone(), source);
    let before = source.count();
    let changes = fields.get("set").map(|node| changes(node, parameters, source)).unwrap_or_default();
    let sound = source.count() == before && !changes.is_empty();
    let replicates = read::replicates(&fields, source);
    ControlRead { node, fields, changes, replicates, sound }
}

fn changes<'n>(node: &'n Node, parameters: Option<&Parameters<'_>>, source: &Source<'_>) -> Vec<Change<'n>> {
    let Some(entries) = node.entries().filter(|entries| !entries.is_empty()) else {
        read::wrong(node, "set", "a map from parameters to values", source);
        return Vec::new();
    };
    report_duplicates(entries, source);
    let known =
        |path: &str, place| parameters.is_some_and(|parameters| parameters.check_path_exists(path, place, source));
    let change = |(key, node)| Change { key, node, value: Node::to_json(node, source) };
    entries
        .iter()
        .filter(|(key, _)| known(&key.name, key.span.clone()))
        .map(|(key, node)| change((key, node)))
        .collect()
}

impl ControlRead<'_> {
    /// Notes a control whose experiments are all experiments of the claim.
    pub(in crate::spec) fn refuse_idle(&self, claim: &BTreeSet<String>, own: &BTreeSet<String>, source: &Source<'_>) {
        let Some((key, _)) = self.fields.entry("set") else { return };
        if own.is_subset(claim) {
            let message = "`set` changes nothing: every experiment of this control is one of the claim \
                           (allowed: other values than the experiment and its sweep have)";
            source.report(key.span.clone(), message);
        }
    }

    /// The control, given the names of the claim's checks; none if they are wrong in themselves.
    pub(in crate::spec) fn finish(self, checks: Option<&[String]>, source: &Source<'_>) -> Option<Control> {
        let Self { fields, changes, node, replicates, .. } = self;
        let name = fields.read("name", source, read::text);
        let because = fields.read("because", source, read::markdown);
        let fails = fields.read("fails", source, read::texts);
        let unknown = |check: &String| checks.is_some_and(|checks| !checks.contains(check));
        for (check, node) in fails.iter().flatten().filter(|(check, _)| unknown(check)) {
            let checks = checks.unwrap_or_default();
            let message = format!("`{check}` is not a check of this claim (allowed: {})", checks.join(", "));
            source.report_with(node.span.clone(), message, did_you_mean(check, checks.iter().map(String::as_str)));
        }
        node.entries()?;
        let set: IndexMap<_, _> = changes.into_iter().map(|change| (change.key.name.clone(), change.value)).collect();
        let fails = fails?.into_iter().map(|(check, _)| check).collect();
        Some(Control {
            name: name?,
            because: because?,
            set,
            replicates: replicates.map(|replicates| replicates.number),
            fails,
        })
    }
}
