//! The design of a claim: its experiment with sweep, controls, profiles and replicates, built at every point.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Map, Value as Json};

use crate::experiment::Registry;
use crate::spec::axis::Axis;
use crate::spec::compile::axes::{axes, refuse_taken};
use crate::spec::compile::context::Context;
use crate::spec::compile::controls::{ControlRead, control};
use crate::spec::compile::parameters::{Built, Parameters};
use crate::spec::compile::profiles::{Profile, profiles};
use crate::spec::compile::read::{self, Fields, Replicates};
use crate::spec::compile::size::{MAX_POINTS, points, refuse_too_many_cells};
use crate::spec::compile::sweep::{SpannedAxis, sweep};
use crate::spec::nearest::did_you_mean;
use crate::spec::yaml::node::{Node, Value};
use crate::spec::yaml::problems::Source;

/// The design of a claim.
pub(in crate::spec) struct Design<'n> {
    pub(in crate::spec) parameters: Option<Parameters<'n>>,
    /// Axes as they are written and in each profile; empty if the sweep is wrong in itself.
    pub(in crate::spec) sweeps: Vec<Vec<Axis>>,
    /// Which of them is chosen.
    pub(in crate::spec) chosen: usize,
    /// Replicates as they are written and in each profile.
    pub(in crate::spec) replicates: Vec<Option<u64>>,
    /// The fewest replicates of all profiles.
    pub(in crate::spec) fewest: Option<u64>,
    pub(in crate::spec) controls: Vec<ControlRead<'n>>,
    pub(in crate::spec) profiles: Vec<Profile<'n>>,
    /// Why it cannot be built here: a data file that is not there.
    pub(in crate::spec) absent: Option<String>,
}

impl<'n> Design<'n> {
    /// Reads and builds it.
    pub(in crate::spec) fn read(fields: &Fields<'n>, context: &Context<'_>, source: &Source<'_>) -> Self {
        let parameters = fields.get("experiment").and_then(|node| experiment(node, context.registry, source));
        let before = source.count();
        let sweep = fields.get("sweep").map(|node| sweep(node, "sweep", source)).unwrap_or_default();
        check_axes_exist(&sweep, parameters.as_ref(), source);
        let sweep = (source.count() == before).then_some(sweep);
        let controls = read::sections(fields, "controls", "controls", source);
        let controls: Vec<_> = controls.iter().map(|node| control(node, parameters.as_ref(), source)).collect();
        let before = source.count();
        let profiles = fields.get("profiles").map(|node| profiles(node, sweep.as_deref(), source)).unwrap_or_default();
        let profiles_are_right = source.count() == before;
        let written = read::replicates(fields, source);
        let chosen = profiles.iter().position(|profile| Some(profile.name.as_str()) == context.profile);
        let of_profile = |profile: &Profile<'n>| profile.replicates.clone().or_else(|| written.clone());
        let numbers: Vec<Option<Replicates>> =
            std::iter::once(written.clone()).chain(profiles.iter().map(of_profile)).collect();
        let chosen = chosen.map_or(0, |chosen| chosen + 1);
        let replicates = numbers.iter().map(|numbers| numbers.as_ref().map(|replicates| replicates.number)).collect();
        let fewest = numbers.iter().flatten().map(|replicates| replicates.number).min();
        let mut design =
            Self { parameters, sweeps: Vec::new(), chosen, replicates, fewest, controls, profiles, absent: None };
        if let Some(sweep) = &sweep {
            let others = design.profiles.iter().map(|profile| profile.sweep.clone()).filter(|_| profiles_are_right);
            let sweeps: Vec<Vec<SpannedAxis<'n>>> = std::iter::once(sweep.clone()).chain(others).collect();
            let at = fields.entry("sweep").map_or(0..0, |(key, _)| key.span.clone());
            if sweeps.iter().any(|sweep| points(sweep).is_none_or(|points| points > MAX_POINTS)) {
                source.report(at, format!("the sweep has too many points (allowed: up to {MAX_POINTS})"));
            } else {
                let sized = sweeps.iter().map(Vec::as_slice).zip(&numbers);
                let sized = sized.filter_map(|(sweep, number)| Some((sweep, number.as_ref()?)));
                refuse_too_many_cells(sized, &design.controls, source);
                let replicates: Vec<Replicates> = numbers.into_iter().flatten().collect();
                design.build(&sweeps, &replicates, source);
            }
        }
        design
    }

    /// Builds every experiment of every profile.
    fn build(&mut self, sweeps: &[Vec<SpannedAxis<'n>>], replicates: &[Replicates], source: &Source<'_>) {
        let Some(parameters) = &self.parameters else { return };
        let stops = sweeps.iter().flatten().flat_map(|axis| axis.stops.iter().map(move |stop| (axis, stop)));
        let swept = stops.flat_map(|(axis, stop)| axis.paths().zip(&stop.values));
        let changes = self.controls.iter().flat_map(|control| &control.changes);
        let changed = changes.map(|change| (change.key.name.as_str(), &change.value));
        let values: Vec<(&str, &Json)> = swept.chain(changed).collect();
        for sweep in sweeps {
            let axes = axes(sweep, &parameters.kind, &values);
            // Because profiles have the axes of the sweep.
            if self.sweeps.is_empty() {
                refuse_taken(sweep, &axes, &parameters.kind, source);
            }
            if parameters.sound {
                let absent = build_arms(parameters, sweep, &axes, (&self.controls, replicates), source);
                self.absent = self.absent.take().or(absent);
            }
            self.sweeps.push(axes);
        }
    }
}

/// Builds the claim and its controls at every point; the reason if a file is not there.
fn build_arms(
    parameters: &Parameters<'_>,
    sweep: &[SpannedAxis<'_>],
    axes: &[Axis],
    (controls, replicates): (&[ControlRead<'_>], &[Replicates]),
    source: &Source<'_>,
) -> Option<String> {
    let (claim, mut absent) = match parameters.build(sweep, axes, &[], source) {
        Built::Canonical { parameters, drawn } => {
            refuse_one_of_many(&drawn, replicates, source);
            (Some(parameters), None)
        }
        Built::Absent(reason) => (None, Some(reason)),
        // Because the controls would be wrong in the same way.
        Built::Wrong => return None,
    };
    for control in controls.iter().filter(|control| control.sound) {
        match (parameters.build(sweep, axes, &control.changes, source), &claim) {
            (Built::Canonical { parameters: own, drawn }, Some(claim)) => {
                refuse_one_of_many(&drawn, control.replicates.as_slice(), source);
                control.refuse_idle(claim, &own, source);
            }
            (Built::Absent(reason), _) => absent = absent.or(Some(reason)),
            _ => {}
        }
    }
    absent
}

/// Reports single replicates of something that is drawn: one of many is no evidence.
fn refuse_one_of_many(drawn: &BTreeSet<String>, replicates: &[Replicates], source: &Source<'_>) {
    let drawn: Vec<&str> = drawn.iter().map(String::as_str).collect();
    if drawn.is_empty() {
        return;
    }
    for replicates in replicates.iter().filter(|replicates| replicates.number == 1) {
        let message = format!(
            "one replicate is no evidence where replicates differ: {} drawn at random (allowed: 2 or more, 16 for most measures)",
            if let [one] = drawn[..] { format!("{one} is") } else { format!("{} are", drawn.join(" and ")) }
        );
        source.report(replicates.place.clone(), message);
    }
}

/// One kind of experiment with its parameters.
fn experiment<'n>(node: &'n Node, registry: &Registry, source: &Source<'_>) -> Option<Parameters<'n>> {
    let names = registry.names();
    let allowed = names.join(", ");
    let Some([(key, node)]) = node.entries() else {
        let message = format!("`experiment` is not one kind of experiment with its parameters (allowed: {allowed})");
        let second = node.entries().and_then(|entries| entries.get(1)).map(|(key, _)| key.span.clone());
        source.report(second.unwrap_or(node.span.clone()), message);
        return None;
    };
    let Some((kind, schema)) = registry.kind(&key.name).zip(registry.schema(&key.name)) else {
        let message = format!("`{}` is not a kind of experiment (allowed: {allowed})", key.name);
        source.report_with(key.span.clone(), message, did_you_mean(&key.name, names.iter().copied()));
        return None;
    };
    let before = source.count();
    let json = match &node.value {
        Value::Null => Json::Object(Map::new()),
        Value::Map(_) => node.to_json(source),
        _ => {
            read::wrong(node, &key.name, "a map of parameters", source);
            return None;
        }
    };
    Some(Parameters { kind: Arc::clone(kind), schema, key, node, json, sound: source.count() == before })
}

/// Reports axes that set no parameter of the experiment.
fn check_axes_exist(sweep: &[SpannedAxis<'_>], parameters: Option<&Parameters<'_>>, source: &Source<'_>) {
    let Some(parameters) = parameters else { return };
    for (path, place) in sweep.iter().flat_map(|axis| &axis.parameters) {
        parameters.check_path_exists(path, place.clone(), source);
    }
}
