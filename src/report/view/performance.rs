//! The page on performance.

use serde::Serialize;

use crate::performance::{Clock, Growth, Limit, Performance, Row};
use crate::report::figure::ratios::{DESCRIPTION, ratios};
use crate::report::figure::{FULL, NARROW};
use crate::report::html::Markup;
use crate::report::number::{Notation, count, digits, shortest};
use crate::report::view::figure::two_widths;
use crate::report::view::{Fact, Page, Source};
use crate::report::words::{counted, listed};

/// The page.
#[derive(Debug, Serialize)]
pub struct PerformanceView {
    /// What every page has.
    pub page: Page,
    /// How many comparisons go which way, in a sentence.
    pub summary: String,
    /// The machine and the day.
    pub machine: Vec<Fact>,
    /// Versions of the program and of the peers.
    pub versions: Vec<Fact>,
    /// A drawing of the ratios; empty without comparisons.
    pub figure: Markup,
    /// The same work by a peer.
    pub rows: Vec<RowView>,
    /// What the whole report takes.
    pub limits: Vec<LimitView>,
    /// How the cost grows.
    pub growth: Vec<GrowthView>,
}

/// The same work by this program and by a peer.
#[derive(Debug, Serialize)]
pub struct RowView {
    /// What is done.
    pub work: String,
    /// How large it is.
    pub size: String,
    /// Time of this program.
    pub ours: String,
    /// Who else did it.
    pub peer: String,
    /// Time of the peer.
    pub theirs: String,
    /// The peer's time over ours.
    pub ratio: String,
    /// The ratio aimed at; empty where none is.
    pub target: String,
    /// Whether the ratio aimed at is reached, in a word; empty where none is.
    pub reached: &'static str,
    /// How it was measured.
    pub note: String,
}

/// What something takes, and what it may take.
#[derive(Debug, Serialize)]
pub struct LimitView {
    /// What is done.
    pub work: String,
    /// What it takes.
    pub measured: String,
    /// What it may take.
    pub limit: String,
    /// Whether it stays within, in a word.
    pub within: &'static str,
}

/// How a cost grows.
#[derive(Debug, Serialize)]
pub struct GrowthView {
    /// What is done.
    pub work: String,
    /// What grows.
    pub against: String,
    /// The first and the last size, each with its time.
    pub ends: String,
    /// Slope between the logarithms.
    pub slope: String,
}

/// The page on performance; none where nothing was measured.
pub fn performance(source: &Source<'_>) -> Option<PerformanceView> {
    let measured = source.edition.performance?;
    let drawn = |width: u32, id: &str| {
        ratios(&measured.rows, f64::from(width)).inline(id, "How much faster this program is", DESCRIPTION)
    };
    let picture = || Markup(two_widths(&drawn(FULL.width, "ratios"), &drawn(NARROW.width, "ratios-narrow")));
    Some(PerformanceView {
        page: source.page(
            "performance",
            "../",
            "Performance",
            "Kernels and whole claims beside the same work in NumPy, SciPy, JAX and PyTorch",
        ),
        summary: summary(&measured.rows),
        machine: machine(measured),
        versions: measured.versions.iter().map(|(name, version)| Fact::new(name, version.clone())).collect(),
        figure: if measured.rows.is_empty() { Markup::default() } else { picture() },
        rows: measured.rows.iter().map(row).collect(),
        limits: measured.limits.iter().map(limit).collect(),
        growth: measured.growth.iter().filter_map(growth).collect(),
    })
}

/// "This program is faster in 14 of 16 comparisons; the ratio aimed at is reached in 12 of 16."
fn summary(rows: &[Row]) -> String {
    let faster = rows.iter().filter(|row| row.ratio > 1.0).count();
    let aimed: Vec<&Row> = rows.iter().filter(|row| row.target.is_some()).collect();
    let reached = aimed.iter().filter(|row| reached(row) == "yes").count();
    format!(
        "This program is faster in {faster} of {}; the ratio aimed at is reached in {reached} of {}.",
        counted(rows.len(), "comparison"),
        aimed.len()
    )
}

fn machine(measured: &Performance) -> Vec<Fact> {
    let machine = &measured.machine;
    let memory = format!("{} GiB", count(machine.memory_gib));
    vec![
        Fact::new("Measured on", measured.date.clone()),
        Fact::new("Processor", listed(&[machine.processor.clone(), counted(machine.cores as usize, "core")])),
        Fact::new("Memory", memory),
        Fact::new("System", machine.system.clone()),
    ]
}

fn row(row: &Row) -> RowView {
    let clock = match row.clock {
        Clock::Processor => "processor time",
        Clock::Wall => "wall clock, two cores",
    };
    let rounds = counted(usize::try_from(row.rounds).unwrap_or(usize::MAX), "round");
    let parts = [Some(clock.to_owned()), Some(rounds), row.note.clone()];
    RowView {
        work: row.work.clone(),
        size: row.size.clone(),
        ours: seconds(row.ours),
        peer: row.peer.clone(),
        theirs: seconds(row.theirs),
        ratio: digits(row.ratio, 2),
        target: row.target.map(shortest).unwrap_or_default(),
        reached: reached(row),
        note: parts.into_iter().flatten().collect::<Vec<_>>().join(", "),
    }
}

/// As printed: what reads like the target has reached it.
fn reached(row: &Row) -> &'static str {
    let printed = |ratio: f64| digits(ratio, 2).parse::<f64>().unwrap_or(ratio);
    match row.target {
        Some(target) if printed(row.ratio) >= target => "yes",
        Some(_) => "no",
        None => "",
    }
}

fn limit(limit: &Limit) -> LimitView {
    let number = |value: f64| format!("{} {}", Notation::Plain.bound(value), limit.unit);
    LimitView {
        work: limit.work.clone(),
        measured: number(limit.measured),
        limit: number(limit.limit),
        within: if limit.measured <= limit.limit { "yes" } else { "no" },
    }
}

fn growth(growth: &Growth) -> Option<GrowthView> {
    let (first, last) = (growth.points.first()?, growth.points.last()?);
    let end = |[size, time]: &[f64; 2]| format!("{} ({})", shortest(*size), seconds(*time));
    Some(GrowthView {
        work: growth.work.clone(),
        against: growth.against.clone(),
        ends: format!("{} to {}", end(first), end(last)),
        slope: format!("{:.2}", growth.slope),
    })
}

/// A time in the unit that suits it: "1.3 µs".
fn seconds(value: f64) -> String {
    let units = [("s", 1.0), ("ms", 1e3), ("µs", 1e6)];
    let (unit, scale) = units.into_iter().find(|(_, scale)| value * scale >= 1.0).unwrap_or(("ns", 1e9));
    format!("{}\u{202f}{unit}", digits(value * scale, 2))
}
