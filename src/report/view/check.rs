//! Checks and their findings on the page of their claim.

use indexmap::{IndexMap, IndexSet};
use serde::Serialize;

use crate::judge::finding::Finding;
use crate::judge::verdict::Verdict;
use crate::record::{CheckRecord, ClaimRecord};
use crate::report::figure::band;
use crate::report::html::Markup;
use crate::report::mathml;
use crate::report::number::{count, tolerance_use};
use crate::report::view::VerdictView;
use crate::report::view::figure::two_widths;
use crate::report::view::order::{findings_by_need, worst};
use crate::report::words::{
    capitalised, counted, expected, listed, measured, method, name_words, notation, numbers, outlook, point,
    point_value, printed, proven, resolution, sentence,
};

/// So many findings of a check stand in the page, the worst; the others are in `findings.csv`.
const ROWS: usize = 60;

/// A check with its findings.
#[derive(Debug, Serialize)]
pub struct CheckView {
    /// Its name.
    pub name: String,
    /// The worst verdict of its findings.
    pub verdict: Option<VerdictView>,
    /// The measure and what is expected of it.
    pub expectation: Markup,
    /// Which rows, which new columns, in which stages.
    pub conditions: Vec<Condition>,
    /// Its findings.
    pub findings: FindingsView,
}

/// A word and a formula: "where" and the condition.
#[derive(Debug, Serialize)]
pub struct Condition {
    /// The word.
    pub word: String,
    /// The formula, or names.
    pub formula: Markup,
    /// Whether it may be wider than a narrow screen.
    pub wide: bool,
}

/// A table of findings.
#[derive(Debug, Serialize)]
pub struct FindingsView {
    /// Names of the columns that tell the points apart, of all checks together.
    pub points: Vec<String>,
    /// Whether any finding has an interval.
    pub intervals: bool,
    /// One row per finding.
    pub rows: Vec<FindingRow>,
    /// How many are not shown, in a sentence; empty if all are.
    pub more: String,
    /// How the intervals were made.
    pub method: String,
}

/// A finding in a row.
#[derive(Debug, Serialize)]
pub struct FindingRow {
    /// Name of its check.
    pub check: String,
    /// A value for each of those columns, empty where its check does not have it.
    pub point: Vec<String>,
    /// The measured value.
    pub measured: String,
    /// Its interval.
    pub interval: String,
    /// What is expected.
    pub expected: String,
    /// The share of the tolerance that is used up.
    pub tolerance_use: String,
    /// A small picture of the band; empty where there is nothing to draw.
    pub picture: Markup,
    /// What is concluded.
    pub verdict: VerdictView,
    /// What else there is to say.
    pub note: String,
}

/// The finding that a claim's verdict rests on.
#[derive(Debug, Serialize)]
pub struct LeadView {
    /// Which check it is and at which point, in a sentence.
    pub sentence: String,
    /// The band with the interval on it.
    pub picture: Markup,
    /// The numbers.
    pub measured: String,
    /// What is expected.
    pub expected: String,
    /// The share of the tolerance that is used up; empty where there is none.
    pub tolerance_use: String,
    /// Replicates and rows behind it, and how the interval was made.
    pub basis: String,
    /// What more replicates would do, or another note; empty if there is none.
    pub note: String,
}

/// A check of a claim with its findings.
pub fn check(claim: &ClaimRecord, check: &CheckRecord) -> CheckView {
    let findings: Vec<_> = claim.of_check(&check.name).collect();
    CheckView {
        name: printed(&check.name),
        verdict: worst(findings.iter().map(|finding| finding.verdict)).map(VerdictView::new),
        expectation: mathml::expectation(check),
        conditions: conditions(check),
        findings: table(claim, &findings),
    }
}

/// What a reader has to know to read the measure.
fn conditions(check: &CheckRecord) -> Vec<Condition> {
    let names = |names: &[String]| {
        let symbols: Vec<_> = names.iter().map(|name| format!("<math>{}</math>", mathml::symbol(name))).collect();
        Markup(listed(&symbols))
    };
    let mut conditions = Vec::new();
    let mut add = |word: &str, formula, length| {
        conditions.push(Condition { word: word.to_owned(), formula, wide: length > 24 });
    };
    add("over the table", names(std::slice::from_ref(&check.table)), 0);
    for (name, text) in &check.lets {
        add("with", mathml::definition(name, text), name.len() + text.len());
    }
    if let Some(filter) = &check.filter {
        add("where", mathml::formula(filter), filter.len());
    }
    if !check.per.is_empty() {
        add("for each", names(&check.per), 0);
    }
    if !check.group.is_empty() {
        let word = if check.group.len() == 1 { "first, for each" } else { "first, for each combination of" };
        add(word, names(&check.group), 0);
    }
    for (name, text) in &check.reduce {
        add("one row with", mathml::definition(name, text), name.len() + text.len());
    }
    conditions
}

/// Findings in a table, in their order; the worst of very many.
pub fn table(claim: &ClaimRecord, findings: &[&Finding]) -> FindingsView {
    let all = findings.len();
    let shown =
        if all > ROWS { findings_by_need(findings.iter().copied())[..ROWS].to_vec() } else { findings.to_vec() };
    let axes: IndexSet<_> = findings.iter().flat_map(|finding| &finding.point).flat_map(IndexMap::keys).collect();
    FindingsView {
        points: axes.iter().map(|axis| name_words(axis)).collect(),
        intervals: findings.iter().any(|finding| finding.interval.is_some()),
        rows: shown.into_iter().filter_map(|finding| row(claim, &axes, finding)).collect(),
        more: match all.saturating_sub(ROWS) {
            0 => String::new(),
            more => format!("These are the worst; {} more are in findings.csv.", count(more as u64)),
        },
        method: findings.first().map(|finding| capitalised(method(finding))).unwrap_or_default(),
    }
}

fn row(claim: &ClaimRecord, axes: &IndexSet<&String>, finding: &Finding) -> Option<FindingRow> {
    let check = claim.check_of(finding)?;
    let (measured, interval) = numbers(notation(check), finding).unwrap_or_else(|| ("nothing".to_owned(), None));
    Some(FindingRow {
        check: printed(&finding.check),
        point: axes.iter().map(|&axis| value_at(finding, axis)).collect(),
        measured,
        interval: interval.unwrap_or_else(|| "none".to_owned()),
        expected: expected(check, finding),
        tolerance_use: finding.tolerance_use.map_or_else(|| "–".to_owned(), tolerance_use),
        picture: Markup(band::miniature(finding).map(|canvas| canvas.decoration("mini")).unwrap_or_default()),
        verdict: VerdictView::new(finding.verdict),
        note: note(finding),
    })
}

/// The value of an axis where a finding is; empty if its check does not tell points apart by that.
fn value_at(finding: &Finding, axis: &str) -> String {
    finding.point.as_ref().and_then(|point| point.get(axis)).map(point_value).unwrap_or_default()
}

/// What else there is to say about a finding.
fn note(finding: &Finding) -> String {
    let note = finding.note.as_deref().map(|note| format!("{}.", capitalised(note.trim_end_matches('.'))));
    [note, outlook(finding), proven(finding), resolution(finding)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Why this finding is shown: it decides, or it is the nearest to the edge.
fn decides(check: &CheckRecord, finding: &Finding, number: usize) -> String {
    let place = point(finding);
    let place = if place.is_empty() { String::new() } else { format!(" at {place}") };
    let of = format!("“{}”{place}", printed(&check.name));
    match (number, finding.verdict) {
        (1, _) => format!("The claim has one finding, {of}."),
        (_, Verdict::Holds) => format!("Of its {number} findings, {of} is nearest to the edge of what is allowed."),
        _ => format!("Of its {number} findings, {of} is the worst."),
    }
}

/// The finding that decides: the worst.
pub fn lead(claim: &ClaimRecord, findings: &[&Finding]) -> Option<LeadView> {
    let finding = *findings_by_need(findings.iter().copied()).first()?;
    let check = claim.check_of(finding)?;
    let words = sentence(check, claim, finding);
    let title = format!("{}: the allowed band with what was measured", check.name);
    let picture = |id: &str, width: f64| {
        band::picture(finding, notation(check), width)
            .map_or_else(String::new, |canvas| canvas.inline(id, &title, &words))
    };
    let picture = two_widths(&picture("verdict-picture", 640.0), &picture("verdict-picture-narrow", 400.0));
    let number = |number: u64, noun| counted(usize::try_from(number).unwrap_or(usize::MAX), noun);
    let (replicates, rows) = (number(finding.replicates, "replicate"), number(finding.rows, "row"));
    Some(LeadView {
        sentence: decides(check, finding, findings.len()),
        picture: Markup(picture),
        measured: measured(check, claim, finding),
        expected: expected(check, finding),
        tolerance_use: finding.tolerance_use.map(tolerance_use).unwrap_or_default(),
        basis: format!("{replicates}, {rows}; {}", method(finding)),
        note: note(finding),
    })
}
