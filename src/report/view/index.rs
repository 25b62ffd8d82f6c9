//! The front page.

use serde::Serialize;

use crate::judge::verdict::Verdict;
use crate::markup::markdown;
use crate::record::{ClaimRecord, Record};
use crate::report::html::Markup;
use crate::report::number::{Notation, count, digits, tolerance_use};
use crate::report::view::change::{ChangeView, change};
use crate::report::view::figure::{ThumbnailView, thumbnail};
use crate::report::view::order::{BLIND, CLOSE, STRAW, by_need, findings_by_need, worst};
use crate::report::view::provenance::brief;
use crate::report::view::{Fact, Page, Source, VerdictView, command};
use crate::report::words::{capitalised, counted, overall, printed, quoted, sentence};
use crate::spec::claim::Chapter;

/// The page.
#[derive(Debug, Serialize)]
pub struct IndexView {
    /// What every page has.
    pub page: Page,
    /// The verdict in a sentence.
    pub overall: String,
    /// The worst verdict of all claims; none without claims.
    pub worst: Option<VerdictView>,
    /// The revision that the verdicts are about, in its first digits; empty if it is not known.
    pub revision: String,
    /// How much was run.
    pub extent: String,
    /// How many claims came to which verdict; those that none came to are left out.
    pub tally: Vec<TallyView>,
    /// Claims that do not hold, and close calls, the worst first.
    pub attention: Vec<NoteView>,
    /// The checks that see least, the blindest first.
    pub blind: Vec<BlindView>,
    /// The checks whose controls are all far off, the farthest first.
    pub straw: Vec<StrawView>,
    /// What changed since the baseline; none without one.
    pub change: Option<ChangeView>,
    /// Chapters.
    pub chapters: Vec<ChapterView>,
    /// What the numbers were made with.
    pub made_with: Vec<Fact>,
    /// The command that makes the site again.
    pub command: String,
}

/// A verdict and how many claims came to it.
#[derive(Debug, Serialize)]
pub struct TallyView {
    /// The verdict.
    pub verdict: VerdictView,
    /// Number of claims.
    pub number: String,
}

/// A claim with what is to be said about it.
#[derive(Debug, Serialize)]
pub struct NoteView {
    /// Permalink.
    pub id: String,
    /// The claim in one line.
    pub title: String,
    /// What is concluded.
    pub verdict: VerdictView,
    /// What is to be said.
    pub text: String,
    /// The share of the tolerance that is used up.
    pub tolerance_use: String,
}

/// A chapter.
#[derive(Debug, Serialize)]
pub struct ChapterView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How its claims stand, in a sentence.
    pub summary: String,
    /// The worst verdict of its claims; none without claims.
    pub verdict: Option<VerdictView>,
    /// What it is about.
    pub introduction: Markup,
    /// Its claims.
    pub claims: Vec<ClaimCard>,
}

/// A claim on the front page.
#[derive(Debug, Serialize)]
pub struct ClaimCard {
    /// Permalink.
    pub id: String,
    /// The claim in one line.
    pub title: String,
    /// What is concluded.
    pub verdict: VerdictView,
    /// The largest share of a tolerance that is used up; empty if none is known.
    pub tolerance_use: String,
    /// Its first figure, small.
    pub thumbnail: Option<ThumbnailView>,
}

/// The front page. Errors name the formula that does not parse.
///
/// # Errors
/// If a formula does not parse; it is named.
pub fn index(source: &Source<'_>) -> Result<IndexView, String> {
    let record = source.record;
    let verdicts: Vec<_> = record.claims.iter().map(|claim| claim.verdict).collect();
    let number = |verdict| verdicts.iter().filter(|&&other| other == verdict).count();
    let met = Verdict::BY_SEVERITY.into_iter().rev().filter(|&verdict| number(verdict) > 0);
    let tally = |verdict| TallyView { verdict: VerdictView::new(verdict), number: count(number(verdict) as u64) };
    let overall = overall(&verdicts);
    Ok(IndexView {
        page: source.page("index", "", "Claims about how networks learn", &overall),
        overall,
        worst: worst(verdicts.iter().copied()).map(VerdictView::new),
        revision: revision(record),
        extent: extent(record),
        tally: met.map(tally).collect(),
        attention: attention(record),
        blind: blind(record),
        straw: straw(record),
        change: change(record, source.change),
        chapters: record.chapters.iter().map(|of| chapter(record, of)).collect::<Result<_, _>>()?,
        made_with: brief(record),
        command: command(record, "report", ""),
    })
}

/// "85 findings of 12 claims, from 1 200 replicates; 14 controls."
fn extent(record: &Record) -> String {
    let totals = record.totals();
    let several = |number: u64, noun| counted(usize::try_from(number).unwrap_or(usize::MAX), noun);
    let controls_failed = match (totals.controls, totals.failed) {
        (0, _) => "There are no controls.".to_owned(),
        (1, 1) => "The one control failed, as it must.".to_owned(),
        (all, failed) if all == failed => format!("All {} failed, as they must.", several(all, "control")),
        (all, failed) => {
            let (failing, other) = (count(failed), count(all - failed));
            format!("{failing} of {} failed, as they must; {other} did not.", several(all, "control"))
        }
    };
    let (findings, replicates) = (several(totals.findings(), "finding"), count(totals.replicates));
    format!("{findings} from {replicates} replicates. {controls_failed}")
}

/// The first ten digits of the revision.
fn revision(record: &Record) -> String {
    record.provenance.revision.as_ref().map(|revision| revision.chars().take(10).collect()).unwrap_or_default()
}

/// A check that would not notice a theory that is off by much.
#[derive(Debug, Serialize)]
pub struct BlindView {
    /// Permalink of its claim.
    pub id: String,
    /// The claim in one line.
    pub title: String,
    /// Its name.
    pub check: String,
    /// The largest relative error of what is expected that it would not notice.
    pub unnoticed: String,
}

/// A check whose controls are all far off: that they fail says little about how exact it is.
#[derive(Debug, Serialize)]
pub struct StrawView {
    /// Permalink of its claim.
    pub id: String,
    /// The claim in one line.
    pub title: String,
    /// Its name.
    pub check: String,
    /// How many times as wide its tolerance could be before the control that comes closest passed.
    pub margin: String,
    /// Whether it is about an identity, of which any control is far off.
    pub identity: bool,
}

/// What does not hold, and what nearly does not.
fn attention(record: &Record) -> Vec<NoteView> {
    let close = |claim: &ClaimRecord| claim.tolerance_use.is_some_and(|share| share >= CLOSE);
    let needing = by_need(&record.claims).into_iter();
    let needing = needing.filter(|claim| claim.verdict != Verdict::Holds || close(claim));
    needing
        .map(|claim| {
            let text = if claim.verdict == Verdict::Holds {
                format!("A close call. {}", worst_finding(claim))
            } else {
                claim.reason.as_deref().map_or_else(|| worst_finding(claim), |reason| capitalised(&quoted(reason)))
            };
            note(claim, text)
        })
        .collect()
}

/// The checks that see least: those that would notice no error of a tenth in what is expected, the blindest first.
fn blind(record: &Record) -> Vec<BlindView> {
    let mut found: Vec<(f64, BlindView)> = Vec::new();
    for claim in record.claims.iter().filter(|claim| claim.verdict == Verdict::Holds) {
        for check in &claim.checks {
            let unnoticed = claim.unnoticed(&check.name);
            let Some(unnoticed) = unnoticed.filter(|&unnoticed| unnoticed > BLIND) else { continue };
            let view = BlindView {
                id: claim.id.clone(),
                title: printed(&claim.title),
                check: printed(&check.name),
                unnoticed: Notation::PerCent.number(unnoticed),
            };
            found.push((unnoticed, view));
        }
    }
    found.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    found.into_iter().map(|(_, view)| view).collect()
}

/// The checks whose tolerance could be more than [`STRAW`] times as wide and still none of their controls passed.
fn straw(record: &Record) -> Vec<StrawView> {
    let mut found: Vec<(f64, StrawView)> = Vec::new();
    for claim in record.claims.iter().filter(|claim| claim.verdict == Verdict::Holds) {
        for check in &claim.checks {
            let Some(margin) = claim.margin(&check.name).filter(|&margin| margin > STRAW) else { continue };
            let view = StrawView {
                id: claim.id.clone(),
                title: printed(&claim.title),
                check: printed(&check.name),
                margin: digits(margin, 2),
                identity: claim.is_identity(&check.name),
            };
            found.push((margin, view));
        }
    }
    found.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    found.into_iter().map(|(_, view)| view).collect()
}

fn note(claim: &ClaimRecord, text: String) -> NoteView {
    NoteView {
        id: claim.id.clone(),
        title: printed(&claim.title),
        verdict: VerdictView::new(claim.verdict),
        text,
        tolerance_use: claim.tolerance_use.map_or_else(|| "–".to_owned(), tolerance_use),
    }
}

/// The worst finding of a claim in a sentence; empty if there is none.
fn worst_finding(claim: &ClaimRecord) -> String {
    let first = findings_by_need(claim.own()).first().copied();
    let words = first.and_then(|finding| Some(sentence(claim.check_of(finding)?, claim, finding)));
    words.unwrap_or_default()
}

fn chapter(record: &Record, chapter: &Chapter) -> Result<ChapterView, String> {
    let claims: Vec<_> = record.claims.iter().filter(|claim| claim.chapter == chapter.id).collect();
    let verdicts: Vec<Verdict> = claims.iter().map(|claim| claim.verdict).collect();
    let card = |claim: &ClaimRecord| ClaimCard {
        id: claim.id.clone(),
        title: printed(&claim.title),
        verdict: VerdictView::new(claim.verdict),
        tolerance_use: claim.tolerance_use.map(tolerance_use).unwrap_or_default(),
        thumbnail: thumbnail(record, claim),
    };
    Ok(ChapterView {
        id: chapter.id.clone(),
        title: chapter.title.clone(),
        introduction: markdown::block(&chapter.introduction)
            .map_err(|error| format!("chapter {}: {error}", chapter.id))?,
        summary: overall(&verdicts),
        verdict: worst(verdicts.into_iter()).map(VerdictView::new),
        claims: claims.into_iter().map(card).collect(),
    })
}
