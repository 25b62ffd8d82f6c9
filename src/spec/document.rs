//! Reading the file of a claim.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::{Map, Value as Json};

use super::axes::axes;
use super::checks::{Subject, check};
use super::claim::{Axis, Check, Citation, Claim, Reference};
use super::controls::{ControlRead, control};
use super::figures::FigureReader;
use super::nearest::did_you_mean;
use super::node::{Node, Value, parse};
use super::parameters::{Built, POINTS, Parameters};
use super::problems::Source;
use super::profiles::{Profile, profiles};
use super::read::{self, Fields};
use super::section::{CLAIM, SOURCE};
use super::sweep::{SpannedAxis, sweep};
use crate::experiment::Kind;

/// What the file of a claim is read against.
pub(super) struct Surroundings<'a> {
    /// The kinds of experiments.
    pub(super) kinds: &'static [Kind],
    /// The bibliography; none if it could not be read.
    pub(super) sources: Option<&'a IndexMap<String, Reference>>,
    /// The profile to resolve the claim for.
    pub(super) profile: Option<&'a str>,
}

/// A claim, and the names of the profiles in its file.
pub(super) struct Document {
    pub(super) claim: Option<Claim>,
    pub(super) profiles: Vec<String>,
}

/// Reads a claim; mistakes are noted, and then there may be none.
pub(super) fn document(id: &str, chapter: &str, source: &Source<'_>, around: &Surroundings<'_>) -> Document {
    let nothing = Document { claim: None, profiles: Vec::new() };
    let Some(node) = parse(source) else { return nothing };
    let fields = read::section(&node, &CLAIM, 0..0, source);
    if node.entries().is_none() {
        return nothing;
    }
    let texts = Texts::read(&fields, around, source);
    let design = Design::read(&fields, around, source);
    let subject = Subject { kind: design.parameters.as_ref().map(|parameters| parameters.kind), axes: &design.axes };
    let checks = checks(&fields, &subject, source);
    let figures = figures(&fields, &subject, &checks, &design, source);
    let profiles = design.profiles.iter().map(|profile| profile.name.clone()).collect();
    let claim = texts.and_then(|texts| {
        let Design { parameters, axes, controls, replicates, absent, .. } = design;
        let names = check_names(&fields);
        let controls: Option<Vec<_>> = controls.into_iter().map(|control| control.finish(&names, source)).collect();
        let parameters = parameters?;
        Some(Claim {
            id: id.to_owned(),
            chapter: chapter.to_owned(),
            file: source.file.to_owned(),
            text: source.text.to_owned(),
            title: texts.title,
            statement: texts.statement,
            source: texts.source,
            why_this_tolerance: texts.why_this_tolerance,
            tags: texts.tags,
            confidence: texts.confidence,
            kind: parameters.kind,
            parameters: parameters.json,
            sweep: axes,
            replicates: replicates?,
            checks,
            controls: controls?,
            figures,
            absent,
        })
    });
    Document { claim, profiles }
}

/// What is only read.
struct Texts {
    title: String,
    statement: String,
    source: Citation,
    why_this_tolerance: String,
    tags: Vec<String>,
    confidence: f64,
}

impl Texts {
    fn read(fields: &Fields<'_>, around: &Surroundings<'_>, source: &Source<'_>) -> Option<Self> {
        let title = fields.read("title", source, read::text);
        let statement = fields.read("statement", source, read::text);
        let why_this_tolerance = fields.read("why-this-tolerance", source, read::text);
        let cited = fields.entry("source").and_then(|(key, node)| citation(key.span.start, node, around, source));
        let tags = fields.read("tags", source, read::texts).unwrap_or_default();
        let confidence = fields.get("confidence").map_or(Some(0.99), |node| {
            let inside = read::number(node).filter(|level| *level > 0.5 && *level < 1.0);
            if inside.is_none() {
                read::wrong(node, "confidence", "a number between 0.5 and 1, as in 0.99", source);
            }
            inside
        });
        Some(Self {
            title: title?,
            statement: statement?,
            source: cited?,
            why_this_tolerance: why_this_tolerance?,
            tags: tags.into_iter().map(|(tag, _)| tag).collect(),
            confidence: confidence?,
        })
    }
}

fn citation(at: usize, node: &Node, around: &Surroundings<'_>, source: &Source<'_>) -> Option<Citation> {
    let fields = read::section(node, &SOURCE, at..at, source);
    let locator = fields.read("locator", source, read::text);
    let cite = fields.read("cite", source, read::text)?;
    if let (Some(sources), Some(node)) = (around.sources, fields.get("cite"))
        && !sources.contains_key(&cite)
    {
        let keys: Vec<&str> = sources.keys().map(String::as_str).collect();
        let message = format!("`{cite}` is not in sources.yaml (allowed: {})", keys.join(", "));
        source.report_with(node.span.clone(), message, did_you_mean(&cite, keys.iter().copied()));
    }
    Some(Citation { cite, locator })
}

/// The experiment with its sweep, controls and profiles.
struct Design<'n> {
    parameters: Option<Parameters<'n>>,
    /// Axes in the chosen profile.
    axes: Vec<Axis>,
    /// Replicates in the chosen profile.
    replicates: Option<u64>,
    /// The fewest replicates of all profiles.
    fewest: Option<u64>,
    controls: Vec<ControlRead<'n>>,
    profiles: Vec<Profile<'n>>,
    absent: Option<String>,
}

impl<'n> Design<'n> {
    fn read(fields: &Fields<'n>, around: &Surroundings<'_>, source: &Source<'_>) -> Self {
        let parameters = fields.get("experiment").and_then(|node| experiment(node, around.kinds, source));
        let sweep = fields.get("sweep").map(|node| sweep(node, "sweep", source)).unwrap_or_default();
        let sweep = known(sweep, parameters.as_ref(), source);
        let controls = sections(fields, "controls", "controls", source);
        let controls: Vec<_> = controls.iter().map(|node| control(node, parameters.as_ref(), source)).collect();
        let profiles = fields.get("profiles").map(|node| profiles(node, &sweep, source)).unwrap_or_default();
        let written = fields.get("replicates").and_then(|node| read::count(node, "replicates", 1, source));
        let chosen = profiles.iter().find(|profile| Some(profile.name.as_str()) == around.profile);
        let replicates = chosen.and_then(|profile| profile.replicates).or(written);
        let fewest = profiles.iter().filter_map(|profile| profile.replicates).chain(written).min();
        let mut design = Self { parameters, axes: Vec::new(), replicates, fewest, controls, profiles, absent: None };
        let chosen = design.profiles.iter().position(|profile| Some(profile.name.as_str()) == around.profile);
        design.build(&sweep, chosen, fields, source);
        design
    }

    /// Builds every experiment of every profile; keeps the axes of the chosen one.
    fn build(&mut self, written: &[SpannedAxis<'n>], chosen: Option<usize>, fields: &Fields<'_>, source: &Source<'_>) {
        let Some(parameters) = &self.parameters else { return };
        let sweeps: Vec<&[SpannedAxis<'n>]> =
            std::iter::once(written).chain(self.profiles.iter().map(|profile| profile.sweep.as_slice())).collect();
        let changed = self.controls.iter().flat_map(|control| &control.changes);
        let changed = changed.map(|change| (change.key.name.as_str(), &change.value));
        let swept = sweeps
            .iter()
            .flat_map(|sweep| sweep.iter())
            .flat_map(|axis| axis.stops.iter().flat_map(move |stop| axis.paths().zip(&stop.values)));
        let elsewhere: Vec<(&str, &Json)> = swept.chain(changed).collect();
        let at = fields.entry("sweep").map_or(0..0, |(key, _)| key.span.clone());
        for (place, sweep) in sweeps.iter().enumerate() {
            let axes = axes(sweep, parameters.kind, &elsewhere);
            let points = axes.iter().map(|axis| axis.values.len()).try_fold(1, usize::checked_mul);
            if points.is_none_or(|points| points > POINTS) {
                source.report(at.clone(), format!("the sweep has too many points (allowed: up to {POINTS})"));
                continue;
            }
            let mut built = vec![parameters.build(sweep, &axes, &[], source)];
            let own = self.controls.iter().filter(|control| !control.changes.is_empty());
            for control in own {
                let of_control = control.build(parameters, sweep, &axes, source);
                if let (Built::Canonical(claim), Built::Canonical(own)) = (&built[0], &of_control) {
                    control.refuse_idle(claim, own, source);
                }
                built.push(of_control);
            }
            let absent =
                built.into_iter().find_map(|built| if let Built::Absent(reason) = built { Some(reason) } else { None });
            self.absent = self.absent.take().or(absent);
            if place == chosen.map_or(0, |chosen| chosen + 1) {
                self.axes = axes;
            }
        }
    }
}

/// One kind of experiment with its parameters.
fn experiment<'n>(node: &'n Node, kinds: &'static [Kind], source: &Source<'_>) -> Option<Parameters<'n>> {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name).collect();
    let allowed = names.join(", ");
    let Some([(key, node)]) = node.entries() else {
        let message = format!("`experiment` is not one kind of experiment with its parameters (allowed: {allowed})");
        let second = node.entries().and_then(|entries| entries.get(1)).map(|(key, _)| key.span.clone());
        source.report(second.unwrap_or(node.span.clone()), message);
        return None;
    };
    let Some(kind) = kinds.iter().find(|kind| kind.name == key.name) else {
        let message = format!("`{}` is not a kind of experiment (allowed: {allowed})", key.name);
        source.report_with(key.span.clone(), message, did_you_mean(&key.name, names.iter().copied()));
        return None;
    };
    let json = match &node.value {
        Value::Null => Json::Object(Map::new()),
        Value::Map(_) => node.to_json(source),
        _ => {
            read::wrong(node, &key.name, "a map of parameters", source);
            return None;
        }
    };
    Some(Parameters { kind, key, node, json })
}

/// The axes that set parameters of the experiment; others are noted.
fn known<'n>(
    sweep: Vec<SpannedAxis<'n>>,
    parameters: Option<&Parameters<'_>>,
    source: &Source<'_>,
) -> Vec<SpannedAxis<'n>> {
    let Some(parameters) = parameters else { return sweep };
    let knows = |axis: &SpannedAxis<'_>| {
        let known: Vec<bool> =
            axis.parameters.iter().map(|(path, at)| parameters.knows(path, at.clone(), source)).collect();
        known.into_iter().all(|known| known) && !axis.stops.is_empty()
    };
    sweep.into_iter().filter(knows).collect()
}

/// The items of a list that may not be empty, each name only once.
fn sections<'n>(fields: &Fields<'n>, name: &str, what: &str, source: &Source<'_>) -> &'n [Node] {
    let items = fields.get(name).and_then(|node| read::items(node, name, &format!("a list of {what}"), source));
    let items = items.unwrap_or_default();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for node in items.iter().filter_map(|item| value(item, "name")) {
        if let Value::Text(text) = &node.value
            && !seen.insert(text)
        {
            source.report(node.span.clone(), format!("`{text}` is the name of two {what}"));
        }
    }
    items
}

fn value<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    node.entries()?.iter().find(|(key, _)| key.name == name).map(|(_, node)| node)
}

/// The names of all checks, right or wrong.
fn check_names(fields: &Fields<'_>) -> Vec<String> {
    let checks = fields.get("checks").and_then(Node::items).unwrap_or_default();
    let names = checks.iter().filter_map(|check| match &value(check, "name")?.value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    });
    names.collect()
}

fn checks(fields: &Fields<'_>, subject: &Subject<'_>, source: &Source<'_>) -> Vec<Check> {
    sections(fields, "checks", "checks", source).iter().filter_map(|node| check(node, subject, source)).collect()
}

fn figures(
    fields: &Fields<'_>,
    subject: &Subject<'_>,
    checks: &[Check],
    design: &Design<'_>,
    source: &Source<'_>,
) -> Vec<super::claim::Figure> {
    let Some(node) = fields.get("figures") else { return Vec::new() };
    let reader = FigureReader { subject, checks, replicates: design.fewest, source };
    let items = read::items(node, "figures", "a list of figures", source).unwrap_or_default();
    items.iter().filter_map(|node| reader.figure(node)).collect()
}
