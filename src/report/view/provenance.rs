//! The page of provenance.

use serde::Serialize;

use crate::record::{Record, Timing};
use crate::report::date::{day, utc};
use crate::report::number::{Notation, count};
use crate::report::view::{Fact, Page, Source, command};
use crate::report::words::{counted, listed};
use crate::spec::claim::Reference;

/// The page.
#[derive(Debug, Serialize)]
pub struct ProvenanceView {
    /// What every page has.
    pub page: Page,
    /// What the numbers were made with.
    pub made_with: Vec<Fact>,
    /// Locked versions of the dependencies that numbers pass through.
    pub locked: Vec<Fact>,
    /// Code fingerprints by kind of experiment.
    pub fingerprints: Vec<Fact>,
    /// What the run did; none if it is not known.
    pub run: Option<RunView>,
    /// The command that makes the site again.
    pub command: String,
    /// Digest of the record.
    pub digest: String,
    /// When the record was made; empty if it is not known.
    pub date: String,
    /// How to cite the record, in a sentence.
    pub cite: String,
    /// The works that the claims come from.
    pub sources: Vec<WorkView>,
}

/// A work that claims come from.
#[derive(Debug, Serialize)]
pub struct WorkView {
    /// Authors, title, venue and year.
    pub text: String,
    /// Link; empty if there is none.
    pub url: String,
    /// How many claims come from it.
    pub claims: String,
}

/// What a run did.
#[derive(Debug, Serialize)]
pub struct RunView {
    /// When, how long, on how many threads.
    pub facts: Vec<Fact>,
    /// Cells of each claim.
    pub claims: Vec<CellsView>,
}

/// Cells of a claim.
#[derive(Debug, Serialize)]
pub struct CellsView {
    /// The claim's id.
    pub id: String,
    /// Computed in this run.
    pub fresh: String,
    /// Read from the store.
    pub stored: String,
}

/// The page of provenance.
pub fn provenance(source: &Source<'_>) -> ProvenanceView {
    let record = source.record;
    let facts_of = |map: &indexmap::IndexMap<String, String>| -> Vec<Fact> {
        map.iter().map(|(name, value)| Fact::new(name, value.clone())).collect()
    };
    let mut facts = vec![
        Fact::new("Profile", record.profile.clone()),
        Fact::new("Master seed", record.seed.to_string()),
        Fact::new("Format of the record", format!("version {}", record.format)),
    ];
    facts.extend(brief(record));
    ProvenanceView {
        page: source.page(
            "provenance",
            "../",
            "Provenance",
            "What the numbers were made with, and how to make them again",
        ),
        made_with: facts,
        locked: facts_of(&record.provenance.locked),
        fingerprints: facts_of(&record.provenance.fingerprints),
        run: source.edition.timing.map(|timing| run(record, timing)),
        command: command(record, "report", ""),
        digest: record.digest.clone(),
        date: source.edition.date.map(utc).unwrap_or_default(),
        cite: cite(source),
        sources: record.sources.iter().map(|(key, work)| work_view(record, key, work)).collect(),
    }
}

/// "modewise 0.1.0, Claims about how networks learn: record 0123456789abcdef of 2026-11-23, specs at revision
/// 0123456789."
fn cite(source: &Source<'_>) -> String {
    let first = |text: &str, letters: usize| text.chars().take(letters).collect::<String>();
    let record = source.record;
    let day = source.edition.date.map(|date| format!(" of {}", day(date))).unwrap_or_default();
    let revision = record.provenance.revision.as_ref();
    let revision = revision.map(|revision| format!(", specs at revision {}", first(revision, 10))).unwrap_or_default();
    let address = source.edition.url.map(|url| format!(", {url}")).unwrap_or_default();
    format!(
        "modewise {}, Claims about how networks learn: record {}{day}{revision}{address}.",
        record.provenance.version,
        first(&record.digest, 16),
    )
}

fn work_view(record: &Record, key: &str, work: &Reference) -> WorkView {
    let claims = record.claims.iter().filter(|claim| claim.source.cite == key).count();
    let url = work.url.clone().filter(|url| url.starts_with("https://"));
    WorkView {
        text: format!("{}, {}, {} ({})", work.authors, work.title, work.venue, work.year),
        url: url.unwrap_or_default(),
        claims: counted(claims, "claim"),
    }
}

/// Program, revision, compiler and processor.
pub fn brief(record: &Record) -> Vec<Fact> {
    let made = &record.provenance;
    let state = match made.dirty {
        Some(true) => ", with changes that are not committed",
        Some(false) => ", without changes",
        None => "",
    };
    let revision = made.revision.as_ref().map_or_else(|| "none".to_owned(), |revision| format!("{revision}{state}"));
    let features = if made.cpu_features.is_empty() { "none".to_owned() } else { listed(&made.cpu_features) };
    vec![
        Fact::new("Program", format!("modewise {}", made.version)),
        Fact::new("Revision of the specs", revision),
        Fact::new("Compiler", format!("{} for {}", made.compiler, made.target)),
        Fact::new("Processor features", features),
    ]
}

fn run(record: &Record, timing: &Timing) -> RunView {
    let total = |cells: &indexmap::IndexMap<String, u64>| count(cells.values().sum());
    let of = |cells: &indexmap::IndexMap<String, u64>, id: &str| count(cells.get(id).copied().unwrap_or(0));
    let cells =
        |id: &String| CellsView { id: id.clone(), fresh: of(&timing.fresh, id), stored: of(&timing.stored, id) };
    RunView {
        facts: vec![
            Fact::new("Finished", utc(timing.finished)),
            Fact::new("Duration", duration(timing.seconds)),
            Fact::new("Threads", count(timing.jobs)),
            Fact::new("Cells computed", total(&timing.fresh)),
            Fact::new("Cells from the store", total(&timing.stored)),
        ],
        claims: record.claims.iter().map(|claim| cells(&claim.id)).collect(),
    }
}

/// "12.3 seconds", "5 minutes", "2.5 hours".
fn duration(seconds: f64) -> String {
    let number = |value| Notation::Plain.number(value);
    match seconds {
        seconds if seconds < 120.0 => format!("{} seconds", number(seconds)),
        seconds if seconds < 7200.0 => format!("{} minutes", number(seconds / 60.0)),
        seconds => format!("{} hours", number(seconds / 3600.0)),
    }
}
