//! The front page.

use serde::Serialize;

use crate::judge::finding::Finding;
use crate::judge::verdict::Verdict;
use crate::markup::markdown;
use crate::record::{ClaimRecord, Record};
use crate::report::html::Markup;
use crate::report::number::{Notation, count, tolerance_use};
use crate::report::view::change::{ChangeView, change};
use crate::report::view::figure::{ThumbnailView, thumbnail};
use crate::report::view::order::{BLIND, CLOSE, by_need, findings_by_need, worst};
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
        change: change(record, source.change),
        chapters: record.chapters.iter().map(|of| chapter(record, of)).collect::<Result<_, _>>()?,
        made_with: brief(record),
        command: command(record, "report", ""),
    })
}

/// "85 findings of 12 claims, from 1 200 replicates; 14 controls."
fn extent(record: &Record) -> String {
    let own = record.findings.iter().filter(|finding| finding.control.is_none()).count();
    let run = record.claims.iter().filter(|claim| claim.verdict != Verdict::Skipped);
    let controls: Vec<_> = run.flat_map(|claim| &claim.controls).collect();
    let failed = controls.iter().filter(|control| control.failed).count();
    let replicates: u64 = record.claims.iter().map(|claim| claim.replicates * claim.points).sum();
    let controls_failed = match (controls.len(), failed) {
        (0, _) => "There are no controls.".to_owned(),
        (1, 1) => "The one control failed, as it must.".to_owned(),
        (all, failed) if all == failed => format!("All {} failed, as they must.", counted(all, "control")),
        (all, failed) => {
            let (failing, other) = (count(failed as u64), count((all - failed) as u64));
            format!("{failing} of {} failed, as they must; {other} did not.", counted(all, "control"))
        }
    };
    format!("{} from {} replicates. {controls_failed}", counted(own, "finding"), count(replicates))
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

/// What does not hold, and what nearly does not.
fn attention(record: &Record) -> Vec<NoteView> {
    let close = |claim: &ClaimRecord| claim.tolerance_use.is_some_and(|share| share >= CLOSE);
    let needing = by_need(&record.claims).into_iter();
    let needing = needing.filter(|claim| claim.verdict != Verdict::Holds || close(claim));
    needing
        .map(|claim| {
            let text = if claim.verdict == Verdict::Holds {
                format!("A close call. {}", worst_finding(record, claim))
            } else {
                claim
                    .reason
                    .as_deref()
                    .map_or_else(|| worst_finding(record, claim), |reason| capitalised(&quoted(reason)))
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
            let own = record.findings.iter().filter(|finding| {
                finding.claim == claim.id && finding.control.is_none() && finding.check == check.name
            });
            let unnoticed = own.filter_map(|finding| finding.resolution?.unnoticed()).max_by(f64::total_cmp);
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
fn worst_finding(record: &Record, claim: &ClaimRecord) -> String {
    let own: Vec<&Finding> =
        record.findings.iter().filter(|finding| finding.claim == claim.id && finding.control.is_none()).collect();
    let first = findings_by_need(&own).first().copied();
    let words = first.and_then(|finding| {
        let check = claim.checks.iter().find(|check| check.name == finding.check)?;
        Some(sentence(check, claim, finding))
    });
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
