//! Reading the file of a claim.

use indexmap::IndexMap;

use crate::spec::check::Check;
use crate::spec::claim::{Citation, Claim};
use crate::spec::compile::checks::{CheckRead, Subject, check, refuse_unknown};
use crate::spec::compile::context::Context;
use crate::spec::compile::design::Design;
use crate::spec::compile::figures::FigureReader;
use crate::spec::compile::profiles::Profile;
use crate::spec::compile::read::{self, Fields};
use crate::spec::control::Control;
use crate::spec::extent::Extent;
use crate::spec::language::figure_kinds::Figure;
use crate::spec::language::section::{CLAIM, SOURCE};
use crate::spec::nearest::did_you_mean;
use crate::spec::yaml::node::{Node, Value, parse};
use crate::spec::yaml::problems::Source;

/// A claim, and the names of the profiles in its file.
pub(in crate::spec) struct Document {
    pub(in crate::spec) claim: Option<Claim>,
    pub(in crate::spec) profiles: Vec<String>,
}

/// Reads a claim; mistakes are noted, and then there may be none.
pub(in crate::spec) fn document(id: &str, chapter: &str, source: &Source<'_>, context: &Context<'_>) -> Document {
    let nothing = Document { claim: None, profiles: Vec::new() };
    let Some(node) = parse(source) else { return nothing };
    let fields = read::section(&node, &CLAIM, 0..0, source);
    if node.entries().is_none() {
        return nothing;
    }
    let texts = Texts::read(&fields, context, source);
    let design = Design::read(&fields, context, source);
    let kind = design.parameters.as_ref().map(|parameters| parameters.kind.clone());
    let axes = design.sweeps.get(design.chosen).cloned();
    let subject = Subject { kind: kind.as_deref(), axes: axes.as_deref() };
    let names = check_names(&fields);
    let checks_read = checks(&fields, &subject, &design.profiles, source);
    if let Some(names) = &names {
        refuse_unknown(&design.profiles, names, source);
    }
    let checks: Vec<Check> = checks_read.iter().map(|read| read.in_profile(design.chosen)).collect();
    let figures = figures(&fields, &subject, (&checks, names.as_deref()), &design, source);
    let profiles: Vec<String> = design.profiles.iter().map(|profile| profile.name.clone()).collect();
    let extents = extents(&profiles, &design, &checks_read);
    let Design { parameters, mut sweeps, chosen, controls, replicates, absent, .. } = design;
    let controls: Vec<Control> = controls
        .into_iter()
        .filter_map(|control| control.finish((&checks, names.as_deref()), &subject, source))
        .collect();
    let claim = texts.and_then(|texts| {
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
            sweep: if chosen < sweeps.len() { sweeps.swap_remove(chosen) } else { return None },
            replicates: replicates[chosen]?,
            checks,
            controls,
            figures,
            absent,
            profiles: extents,
        })
    });
    Document { claim, profiles }
}

/// The extent of each profile that is right.
fn extents(profiles: &[String], design: &Design<'_>, checks: &[CheckRead]) -> IndexMap<String, Extent> {
    let names = std::iter::once("full").chain(profiles.iter().map(String::as_str));
    let sizes = design.sweeps.iter().zip(&design.replicates);
    let extents = names.zip(sizes).enumerate().filter_map(|(profile, (name, (sweep, replicates)))| {
        let expected = checks.iter().map(|read| read.expected[profile].clone()).collect();
        Some((name.to_owned(), Extent { sweep: sweep.clone(), replicates: (*replicates)?, expected }))
    });
    extents.collect()
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
    fn read(fields: &Fields<'_>, context: &Context<'_>, source: &Source<'_>) -> Option<Self> {
        let title = fields.read("title", source, read::text);
        let statement = fields.read("statement", source, read::markdown);
        let why_this_tolerance = fields.read("why-this-tolerance", source, read::markdown);
        let cited = fields.entry("source").and_then(|(key, node)| citation(key.span.start, node, context, source));
        let tags = fields.read("tags", source, read::texts).unwrap_or_default();
        let confidence = fields.get("confidence").map_or(Some(0.99), |node| {
            let inside = read::number(node).filter(|level| *level > 0.5 && *level < 1.0);
            if inside.is_none() {
                read::wrong(node, "confidence", "a number between 0.5 and 1, as in 0.99 or 99%", source);
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

fn citation(at: usize, node: &Node, context: &Context<'_>, source: &Source<'_>) -> Option<Citation> {
    let fields = read::section(node, &SOURCE, at..at, source);
    let locator = fields.read("locator", source, read::text);
    let cite = fields.read("cite", source, read::text)?;
    if let (Some(sources), Some(node)) = (context.sources, fields.get("cite"))
        && !sources.contains_key(&cite)
    {
        let keys: Vec<&str> = sources.keys().map(String::as_str).collect();
        let allowed = if keys.is_empty() { "there is none, or it is empty".to_owned() } else { keys.join(", ") };
        let message = format!("`{cite}` is not in sources.yaml (allowed: {allowed})");
        source.report_with(node.span.clone(), message, did_you_mean(&cite, keys.iter().copied()));
    }
    Some(Citation { cite, locator })
}

/// The names of all checks, right or wrong; none if one has no name or there are none.
fn check_names(fields: &Fields<'_>) -> Option<Vec<String>> {
    let checks = fields.get("checks").and_then(Node::items).filter(|checks| !checks.is_empty())?;
    let name = |check: &Node| match &read::value(check, "name")?.value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    };
    checks.iter().map(name).collect()
}

fn checks(fields: &Fields<'_>, subject: &Subject<'_>, profiles: &[Profile<'_>], source: &Source<'_>) -> Vec<CheckRead> {
    let nodes = read::sections(fields, "checks", "checks", source);
    nodes.iter().filter_map(|node| check(node, subject, profiles, source)).collect()
}

fn figures(
    fields: &Fields<'_>,
    subject: &Subject<'_>,
    (checks, names): (&[Check], Option<&[String]>),
    design: &Design<'_>,
    source: &Source<'_>,
) -> Vec<Figure> {
    let Some(node) = fields.get("figures") else { return Vec::new() };
    let reader = FigureReader { subject, checks, names, design, source };
    let items = read::items(node, "figures", "a list of figures", source).unwrap_or_default();
    items.iter().filter_map(|node| reader.figure(node)).collect()
}
