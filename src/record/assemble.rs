//! From what was concluded about each claim to the record.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::Value as Json;

use super::finite::NotFinite;
use super::text::{RecordText, text};
use super::{CheckRecord, ClaimRecord, ControlRecord, FORMAT, Provenance, Record};
use crate::evidence::Evidence;
use crate::judge::Judgement;
use crate::plot::model::Plot;
use crate::seed::MasterSeed;
use crate::spec::axis::Axis;
use crate::spec::check::{Check, Expectation};
use crate::spec::claim::{Catalogue, Claim};
use crate::spec::control::{Control, MustFail};
use crate::spec::formula::Formula;
use crate::table::Tables;

/// A claim with everything that was found about it.
pub struct Conclusion<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// Number of points of its sweep.
    pub points: u64,
    /// Canonical parameters of the experiment at the first of them; null if it was skipped.
    pub parameters: Json,
    /// Its own evidence, then that of its controls; empty if it was skipped.
    pub evidence: Vec<Evidence>,
    /// Findings and verdict.
    pub judgement: Judgement,
    /// Its figures.
    pub plots: Vec<Plot>,
    /// Fingerprint of what is judged, by profile.
    pub judged: IndexMap<String, String>,
}

/// The record of a run: of the claims concluded, with all chapters and sources that they need.
///
/// `specs` is the name of the folder of the specs, which stands in front of the claims' files: the record says
/// where a spec is in its project, and not where the project is.
///
/// # Errors
/// If a number of the record is infinite, or missing where it may not be.
pub fn assemble(
    catalogue: &Catalogue,
    conclusions: Vec<Conclusion<'_>>,
    specs: &str,
    profile: &str,
    master: MasterSeed,
    provenance: Provenance,
) -> Result<(Record, RecordText), NotFinite> {
    let chapters: BTreeSet<&str> = conclusions.iter().map(|found| found.claim.chapter.as_str()).collect();
    let cited: BTreeSet<&str> = conclusions.iter().map(|found| found.claim.source.cite.as_str()).collect();
    let mut record = Record {
        format: FORMAT,
        profile: profile.to_owned(),
        seed: master.0,
        chapters: catalogue.chapters.iter().filter(|chapter| chapters.contains(&*chapter.id)).cloned().collect(),
        sources: catalogue.sources.clone(),
        claims: Vec::new(),
        tables: IndexMap::new(),
        control_tables: IndexMap::new(),
        plots: IndexMap::new(),
        provenance,
        digest: String::new(),
    };
    record.sources.retain(|key, _| cited.contains(key.as_str()));
    for conclusion in in_order(conclusions, catalogue) {
        add(&mut record, conclusion, specs);
    }
    let text = text(&record)?;
    record.digest.clone_from(&text.digest);
    Ok((record, text))
}

/// By chapter, then by id.
fn in_order<'a>(mut conclusions: Vec<Conclusion<'a>>, catalogue: &Catalogue) -> Vec<Conclusion<'a>> {
    let place = |claim: &Claim| catalogue.chapters.iter().position(|chapter| chapter.id == claim.chapter);
    conclusions.sort_by(|a, b| (place(a.claim), &a.claim.id).cmp(&(place(b.claim), &b.claim.id)));
    conclusions
}

fn add(record: &mut Record, conclusion: Conclusion<'_>, specs: &str) {
    let id = conclusion.claim.id.clone();
    let mut of_claim = claim_record(&conclusion, specs);
    let Conclusion { claim, parameters, evidence, judgement, plots, .. } = conclusion;
    (of_claim.parameters, of_claim.findings) = (parameters, judgement.findings);
    record.claims.push(of_claim);
    let mut evidence = evidence.into_iter();
    if let Some(own) = evidence.next() {
        record.tables.insert(id.clone(), only(own.tables, &tables_shown(claim)));
    }
    let controls: IndexMap<String, Tables> = claim
        .controls
        .iter()
        .zip(evidence)
        .map(|(control, evidence)| {
            let named = claim.checks.iter().filter(|check| control.names(&check.name));
            let tables = named.map(|check| check.table.as_str()).collect();
            (control.name.clone(), only(evidence.tables, &tables))
        })
        .collect();
    if !controls.is_empty() {
        record.control_tables.insert(id.clone(), controls);
    }
    record.plots.insert(id, plots);
}

/// Axes by the dotted path of what they set.
fn sweep(axes: &[Axis]) -> IndexMap<String, Vec<Json>> {
    let of_axis = |axis: &Axis| {
        let parameter = |place: usize| axis.values.iter().map(|stop| stop[place].clone()).collect();
        let paths = axis.parameters.iter().enumerate();
        paths.map(|(place, of)| (of.path.clone(), parameter(place))).collect::<Vec<_>>()
    };
    axes.iter().flat_map(of_axis).collect()
}

/// Names of the tables that the checks and figures of a claim look at.
fn tables_shown(claim: &Claim) -> BTreeSet<&str> {
    let checks = claim.checks.iter().map(|check| check.table.as_str());
    let figures = claim.figures.iter().flat_map(|figure| figure.kind.tables());
    checks.chain(figures).collect()
}

fn only(mut tables: Tables, names: &BTreeSet<&str>) -> Tables {
    tables.retain(|name, _| names.contains(name.as_str()));
    tables
}

/// The record of a claim, but for what is large in it and moved there.
fn claim_record(conclusion: &Conclusion<'_>, specs: &str) -> ClaimRecord {
    let Conclusion { claim, points, judgement, .. } = conclusion;
    let own = judgement.findings.iter().filter(|finding| finding.control.is_none());
    let axes = claim.swept();
    ClaimRecord {
        id: claim.id.clone(),
        title: claim.title.clone(),
        chapter: claim.chapter.clone(),
        verdict: judgement.verdict,
        reason: judgement.reason.clone(),
        statement: claim.statement.clone(),
        source: claim.source.clone(),
        why_this_tolerance: claim.why_this_tolerance.clone(),
        tags: claim.tags.clone(),
        experiment: claim.kind.name.to_owned(),
        parameters: Json::Null,
        sweep: sweep(&claim.sweep),
        confidence: claim.confidence,
        replicates: claim.replicates,
        points: *points,
        tolerance_use: own.filter_map(|finding| finding.tolerance_use).max_by(f64::total_cmp),
        checks: claim.checks.iter().map(check_record).collect(),
        controls: control_records(claim, judgement),
        findings: Vec::new(),
        file: format!("{specs}/{}.yaml", claim.id),
        spec: claim.text.clone(),
        labels: axes.filter_map(|axis| Some((axis.column.clone(), axis.labels.clone()?))).collect(),
        units: units(claim),
        judged: conclusion.judged.clone(),
    }
}

fn check_record(check: &Check) -> CheckRecord {
    let texts = |formulas: &IndexMap<String, Formula>| {
        formulas.iter().map(|(name, formula)| (name.clone(), formula.text.clone())).collect()
    };
    CheckRecord {
        name: check.name.clone(),
        about: check.about.clone(),
        table: check.table.clone(),
        lets: texts(&check.lets),
        filter: check.filter.as_ref().map(|filter| filter.text.clone()),
        per: check.per.clone(),
        group: check.group.clone(),
        reduce: texts(&check.reduce),
        measure: check.measure.text.clone(),
        expect: expect(&check.expect),
    }
}

/// The parts of an expectation by name, as [`CheckRecord::expect`] documents them.
fn expect(expectation: &Expectation) -> IndexMap<String, String> {
    let parts = match expectation {
        Expectation::Equals { value, absolute, relative } => vec![
            ("equals", Some(value.text.clone())),
            ("absolute", absolute.map(|tolerance| tolerance.to_string())),
            ("relative", relative.map(|tolerance| tolerance.to_string())),
        ],
        Expectation::Between { low, high } => {
            vec![("low", Some(low.text.clone())), ("high", Some(high.text.clone()))]
        }
        Expectation::AtMost { bound, ideal } => bound_parts("at-most", bound, *ideal),
        Expectation::AtLeast { bound, ideal } => bound_parts("at-least", bound, *ideal),
        Expectation::Exactly(value) => vec![("exactly", Some(value.text.clone()))],
    };
    parts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?))).collect()
}

fn bound_parts(way: &'static str, bound: &Formula, ideal: Option<f64>) -> Vec<(&'static str, Option<String>)> {
    vec![(way, Some(bound.text.clone())), ("ideal", ideal.map(|ideal| ideal.to_string()))]
}

/// The least margin of the findings of a control; none where it did not fail, or where a bound has no ideal value.
fn margin(judgement: &Judgement, control: &str) -> Option<f64> {
    let own = judgement.findings.iter().filter(|finding| finding.control.as_deref() == Some(control));
    own.filter_map(|finding| finding.margin).min_by(f64::total_cmp)
}

/// The conditions that a control has for some of its checks.
fn conditions(control: &Control, of: impl Fn(&MustFail) -> Option<&Formula>) -> IndexMap<String, String> {
    control.fails.iter().filter_map(|fails| Some((fails.check.clone(), of(fails)?.text.clone()))).collect()
}

fn control_records(claim: &Claim, judgement: &Judgement) -> Vec<ControlRecord> {
    let records = claim.controls.iter().zip(&judgement.controls_failed).map(|(control, &failed)| ControlRecord {
        name: control.name.clone(),
        because: control.because.clone(),
        set: control.set.clone(),
        replicates: control.replicates,
        fails: control.fails.iter().map(|fails| fails.check.clone()).collect(),
        at: conditions(control, |fails| fails.at.as_ref()),
        filters: conditions(control, |fails| fails.filter.as_ref()),
        margin: margin(judgement, &control.name),
        failed,
    });
    records.collect()
}

/// Units by table and column, where a column has one.
fn units(claim: &Claim) -> IndexMap<String, IndexMap<String, String>> {
    let shown = tables_shown(claim);
    let tables = claim.kind.tables.iter().filter(|table| shown.contains(table.name));
    let units = tables.map(|table| {
        let columns = table.all().filter(|column| !column.unit.is_empty());
        (table.name.to_owned(), columns.map(|column| (column.name.to_owned(), column.unit.to_owned())).collect())
    });
    units.filter(|(_, columns): &(String, IndexMap<String, String>)| !columns.is_empty()).collect()
}
