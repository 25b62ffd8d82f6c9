//! The page of a claim.

use serde::Serialize;

use crate::judge::finding::Finding;
use crate::judge::verdict::Verdict;
use crate::markup::markdown;
use crate::record::{ClaimRecord, ControlRecord};
use crate::report::html::Markup;
use crate::report::number::{Notation, count, digits};
use crate::report::view::change::{TrackView, claim_track};
use crate::report::view::check::{CheckView, FindingsView, LeadView, check, lead, table};
use crate::report::view::figure::{FigureView, figures, folder};
use crate::report::view::film::{FilmView, film_of};
use crate::report::view::provenance::brief;
use crate::report::view::{Fact, Page, Source, VerdictView, command, stability};
use crate::report::words::{all_hold, capitalised, counted, listed, parameter, predicate, printed, quoted};
use crate::spec::claim::Reference;
use crate::table::Tables;

/// The page.
#[derive(Debug, Serialize)]
pub struct ClaimView {
    /// What every page has.
    pub page: Page,
    /// Permalink.
    pub id: String,
    /// The claim in one line.
    pub title: String,
    /// Title of its chapter.
    pub chapter: String,
    /// What is concluded.
    pub verdict: VerdictView,
    /// Why, where the verdict needs a sentence.
    pub reason: String,
    /// How many findings came to which verdict.
    pub tally: String,
    /// The claim for a reader.
    pub statement: Markup,
    /// Where it comes from.
    pub source: SourceView,
    /// The finding that decides.
    pub lead: Option<LeadView>,
    /// Figures.
    pub figures: Vec<FigureView>,
    /// The run that the figures show, over time; none where they show no items over time.
    pub film: Option<FilmView>,
    /// Checks.
    pub checks: Vec<CheckView>,
    /// Controls.
    pub controls: Vec<ControlView>,
    /// Why the tolerances are what they are.
    pub why_this_tolerance: Markup,
    /// How its verdict came out under other master seeds, in sentences; empty where nothing was measured.
    pub stability: String,
    /// Its records so far.
    pub track: TrackView,
    /// Tables to take away.
    pub tables: Vec<TableView>,
    /// Folder of the tables, seen from the site's root.
    pub folder: String,
    /// Path of the spec.
    pub file: String,
    /// The spec.
    pub spec: String,
    /// The command that makes the numbers again.
    pub command: String,
    /// The command that draws the figures again.
    pub redraw: String,
    /// What was run and with what.
    pub made_with: Vec<Fact>,
}

/// A work that a claim comes from.
#[derive(Debug, Serialize)]
pub struct SourceView {
    /// Authors, title, venue and year; the key alone if the bibliography does not have it.
    pub text: String,
    /// Link; empty if there is none.
    pub url: String,
    /// Place in the work; empty if none is given.
    pub locator: String,
}

/// A control.
#[derive(Debug, Serialize)]
pub struct ControlView {
    /// Its name.
    pub name: String,
    /// Why the checks must fail.
    pub because: Markup,
    /// Parameters and what they were set to.
    pub changes: Vec<Fact>,
    /// Whether they failed.
    pub failed: bool,
    /// What came of it, in a sentence.
    pub outcome: String,
    /// Whether it names several checks.
    pub several: bool,
    /// The findings.
    pub findings: FindingsView,
}

/// A table to take away.
#[derive(Debug, Serialize)]
pub struct TableView {
    /// What it is.
    pub name: String,
    /// How large it is.
    pub size: String,
    /// Its file without `.csv` or `.json`, seen from the site's root.
    pub file: String,
}

/// The page of a claim. Errors name the formula that does not parse.
///
/// # Errors
/// If a formula does not parse; it is named.
pub fn claim(source: &Source<'_>, claim: &ClaimRecord) -> Result<ClaimView, String> {
    let record = source.record;
    let own: Vec<&Finding> = claim.own().collect();
    let chapter = record.chapters.iter().find(|chapter| chapter.id == claim.chapter);
    let root = "../".repeat(claim.id.split('/').count());
    let statement = markdown::block(&claim.statement).map_err(|error| format!("statement: {error}"))?;
    Ok(ClaimView {
        page: source.page("claim", &root, &claim.title, &markdown::plain(&claim.statement)),
        id: claim.id.clone(),
        title: printed(&claim.title),
        chapter: chapter.map_or_else(|| claim.chapter.clone(), |chapter| chapter.title.clone()),
        verdict: VerdictView::new(claim.verdict),
        reason: capitalised(&quoted(claim.reason.as_deref().unwrap_or_default())),
        tally: tally(&own),
        statement,
        source: citation(record.sources.get(&claim.source.cite), claim),
        lead: lead(claim, &own),
        figures: figures(record, claim)?,
        film: film_of(record, claim)?,
        checks: claim.checks.iter().map(|of| check(claim, of)).collect(),
        controls: claim.controls.iter().map(|of| control(claim, of)).collect::<Result<_, _>>()?,
        why_this_tolerance: markdown::block(&claim.why_this_tolerance)
            .map_err(|error| format!("why-this-tolerance: {error}"))?,
        stability: stability::sentence(source, claim),
        track: claim_track(source.history, claim),
        tables: tables(source, claim),
        folder: folder(claim),
        file: claim.file.clone(),
        spec: claim.spec.clone(),
        command: command(record, "check", &claim.id),
        redraw: command(record, "report", &claim.id),
        made_with: facts(source, claim),
    })
}

/// "All 12 findings hold." or "10 of 12 findings hold, 2 fail."
fn tally(findings: &[&Finding]) -> String {
    let number = |verdict| findings.iter().filter(|finding| finding.verdict == verdict).count();
    let parts: Vec<_> = Verdict::BY_SEVERITY
        .iter()
        .filter(|&&verdict| number(verdict) > 0)
        .map(|&verdict| format!("{} {}", number(verdict), predicate(verdict, number(verdict))))
        .collect();
    match (findings.len(), number(Verdict::Holds)) {
        (0, _) => "There are no findings.".to_owned(),
        (1, _) => format!("Its one finding {}.", predicate(findings[0].verdict, 1)),
        (all, holding) if all == holding => all_hold(all, "finding"),
        (all, _) => format!("Of {}, {}.", counted(all, "finding"), listed(&parts)),
    }
}

fn citation(reference: Option<&Reference>, claim: &ClaimRecord) -> SourceView {
    let text = reference.map(|work| format!("{}, {}, {} ({})", work.authors, work.title, work.venue, work.year));
    SourceView {
        text: text.unwrap_or_else(|| claim.source.cite.clone()),
        url: reference.and_then(|work| work.url.clone()).filter(|url| url.starts_with("https://")).unwrap_or_default(),
        locator: claim.source.locator.clone().unwrap_or_default(),
    }
}

fn control(claim: &ClaimRecord, control: &ControlRecord) -> Result<ControlView, String> {
    let found: Vec<_> = claim.of_control(&control.name).collect();
    let checks = listed(&control.fails.iter().map(|name| must_fail(control, name)).collect::<Vec<_>>());
    let must = if control.fails.len() == 1 { "The check" } else { "The checks" };
    let outcome = if claim.verdict == Verdict::Skipped {
        format!("{must} {checks} would have to fail here; nothing was run.")
    } else if control.failed {
        let margin = control.margin.map(|margin| {
            format!(" Every tolerance could be {} times as wide before one of them passed.", digits(margin, 2))
        });
        format!("{must} {checks} must fail here, and did.{}", margin.unwrap_or_default())
    } else {
        format!("{must} {checks} must fail here, but did not.")
    };
    Ok(ControlView {
        name: control.name.clone(),
        because: markdown::inline(&control.because).map_err(|error| format!("control {}: {error}", control.name))?,
        changes: control.set.iter().map(|(path, value)| Fact::new(path, parameter(value))).collect(),
        failed: control.failed,
        several: control.fails.len() > 1,
        outcome,
        findings: table(claim, &found),
    })
}

/// "“on time” (where mode > 1)": a check that must fail in a control, with the points at which it must and the rows
/// that it looks at there, if these are not all.
fn must_fail(control: &ControlRecord, check: &str) -> String {
    let at = control.at.get(check).map(|at| format!("where {at}"));
    let rows = control.filters.get(check).map(|rows| format!("over the rows with {rows}"));
    let conditions: Vec<String> = at.into_iter().chain(rows).collect();
    let conditions = if conditions.is_empty() { String::new() } else { format!(" ({})", conditions.join(", ")) };
    format!("“{}”{conditions}", printed(check))
}

/// The tables of the claim, then those of its controls.
fn tables(source: &Source<'_>, claim: &ClaimRecord) -> Vec<TableView> {
    let views = |tables: &Tables, folder: String, of: &str| -> Vec<TableView> {
        let view = |(name, table): (&String, &crate::table::Table)| TableView {
            name: format!("{name}{of}"),
            size: format!("{} rows of {} columns", count(table.rows() as u64), table.names().count()),
            file: format!("{folder}/{name}"),
        };
        tables.iter().map(view).collect()
    };
    let folder = folder(claim);
    let mut list = Vec::new();
    if let Some(tables) = source.record.tables.get(&claim.id) {
        list.extend(views(tables, folder.clone(), ""));
    }
    let controls = source.record.control_tables.get(&claim.id);
    for (place, (name, tables)) in controls.into_iter().flatten().enumerate() {
        list.extend(views(tables, format!("{folder}/control-{}", place + 1), &format!(" of the control “{name}”")));
    }
    list
}

/// What was run and with what.
fn facts(source: &Source<'_>, claim: &ClaimRecord) -> Vec<Fact> {
    let record = source.record;
    let points = counted(usize::try_from(claim.points).unwrap_or(usize::MAX), "point");
    let mut facts = vec![
        Fact::new("Experiment", claim.experiment.clone()),
        Fact::new("Sweep", format!("{points}, {} replicates at each", count(claim.replicates))),
        Fact::new("Confidence of intervals", Notation::PerCent.number(claim.confidence)),
        Fact::new("Profile and master seed", format!("{}, {}", record.profile, record.seed)),
    ];
    if let Some(fingerprint) = record.provenance.fingerprints.get(&claim.experiment) {
        facts.push(Fact::new("Code fingerprint", fingerprint.clone()));
    }
    if let Some(timing) = source.edition.timing {
        let of = |cells: &indexmap::IndexMap<String, u64>| count(cells.get(&claim.id).copied().unwrap_or(0));
        let text = format!("{} computed in this run, {} from the store", of(&timing.fresh), of(&timing.stored));
        facts.push(Fact::new("Cells", text));
    }
    if !claim.tags.is_empty() {
        facts.push(Fact::new("Tags", claim.tags.join(", ")));
    }
    facts.extend(brief(record));
    facts
}
