//! Reading controls.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::spec::check::Check;
use crate::spec::compile::checks::Subject;
use crate::spec::compile::parameters::{Change, Parameters};
use crate::spec::compile::read::{self, Fields, Replicates};
use crate::spec::control::{Control, MustFail};
use crate::spec::formula::check::{Scope, Stage};
use crate::spec::formula::{Formula, Type};
use crate::spec::language::section::{CONTROL, FAILS};
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
    pub(in crate::spec) fn finish(
        self,
        (checks, names): (&[Check], Option<&[String]>),
        subject: &Subject<'_>,
        source: &Source<'_>,
    ) -> Option<Control> {
        let Self { fields, changes, node, replicates, .. } = self;
        let name = fields.read("name", source, read::text);
        let because = fields.read("because", source, read::markdown);
        let items =
            fields.read("fails", source, |node, name, source| read::items(node, name, "a list of checks", source));
        let mut fails: Vec<MustFail> = Vec::new();
        for item in items.into_iter().flatten() {
            let Some(found) = must_fail(item, (checks, names), subject, source) else { continue };
            if fails.iter().any(|other| other.check == found.check) {
                source.report(item.span.clone(), format!("`{}` stands twice in `fails`", found.check));
            } else {
                fails.push(found);
            }
        }
        node.entries()?;
        let set: IndexMap<_, _> = changes.into_iter().map(|change| (change.key.name.clone(), change.value)).collect();
        items?;
        let replicates = replicates.map(|replicates| replicates.number);
        Some(Control { name: name?, because: because?, set, replicates, fails })
    }
}

/// A check that must fail, by its name or with the points at which it must.
fn must_fail(
    node: &Node,
    (checks, names): (&[Check], Option<&[String]>),
    subject: &Subject<'_>,
    source: &Source<'_>,
) -> Option<MustFail> {
    let fields = node.entries().map(|_| read::section(node, &FAILS, node.span.clone(), source));
    let named = fields.as_ref().map_or(Some(node), |fields| fields.get("check"))?;
    let check = read::text(named, "fails", source)?;
    if let Some(names) = names.filter(|names| !names.contains(&check)) {
        let message = format!("`{check}` is not a check of this claim (allowed: {})", names.join(", "));
        source.report_with(named.span.clone(), message, did_you_mean(&check, names.iter().map(String::as_str)));
        return None;
    }
    let mut found = MustFail { check, at: None, filter: None };
    let Some(fields) = fields else { return Some(found) };
    let known = checks.iter().find(|known| known.name == found.check);
    if let Some(at) = fields.get("at") {
        let scope = known.and_then(|known| subject.scope_of_points(known));
        found.at = Some(condition(at, "at", scope.as_ref(), source)?);
    }
    if let Some(filter) = fields.get("where") {
        let scope = known.and_then(|known| subject.scope_of_rows(known));
        found.filter = Some(condition(filter, "where", scope.as_ref(), source)?);
    }
    Some(found)
}

fn condition(node: &Node, name: &str, scope: Option<&Scope>, source: &Source<'_>) -> Option<Formula> {
    read::checked(node, name, Some(Type::Condition), scope, Stage::ByRow, source).map(|(formula, _)| formula)
}
