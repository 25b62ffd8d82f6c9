//! `modewise diff`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value as Json, json};

use super::error::CliError;
use super::flags::{BASELINE, Loudness, RECORD};
use super::style;
use crate::change::alteration::{Alteration, Difference, Subject};
use crate::change::band::{BandMove, Way};
use crate::change::baseline;
use crate::change::compare::{Change, Move, Turn};
use crate::exit::Exit;
use crate::record::Record;
use crate::record::file::read;
use crate::report::alteration::words;
use crate::report::view::change::{shift, summary};
use crate::report::words::{counted, notation, point, word};

const EXAMPLES: &str = "\
Examples:
  modewise diff                           the last record against reports/baseline.json; exit code 103 if it is worse
  modewise diff old/record.json           against another record
  modewise diff --json | jq '.worse[].id'
  modewise diff --json | jq '.altered[] | select(.weaker)'";

/// Say what changed between a baseline and a record.
///
/// Verdicts are compared, and measured values, which have moved if they differ by more than one part in a thousand
/// million. So is what each claim says and how it is checked: its formulas, expectations, controls, parameters, data
/// and replicates, the points that its checks look at, and what is allowed there. What follows from the profile or from
/// the random numbers is compared only where profile and master seed are those of the baseline.
///
/// The record is worse, with exit code 103, if the verdict of a claim is worse, or if a claim has weaker evidence. It
/// has if a check, a control or a point is gone; if a control no longer has to break a check, or at some points only;
/// if a check was rewritten and allows a wider band; if there are fewer replicates, or intervals of a lower confidence.
///
/// A change that is meant is accepted by `modewise baseline save`.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Diff {
    /// The baseline: a file of `modewise baseline save`, or a record
    #[arg(value_name = "BASELINE", default_value = BASELINE)]
    baseline: PathBuf,
    /// The record
    #[arg(long, value_name = "FILE", default_value = RECORD)]
    record: PathBuf,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

impl Diff {
    /// Runs the command.
    pub(super) fn execute(&self, loudness: Loudness) -> Result<Exit, CliError> {
        let record = read(&self.record)?;
        let baseline = baseline::read(&self.baseline)?;
        let change = Change::between(baseline.as_ref(), &record);
        if self.json {
            writeln!(anstream::stdout(), "{:#}", as_json(&change))?;
        } else if baseline.is_none() {
            let claims = counted(change.new.len(), "claim");
            writeln!(anstream::stdout(), "there is no baseline `{}`: {claims} new", self.baseline.display())?;
        } else {
            print(&change, &record, loudness)?;
        }
        Ok(if change.is_worse() { Exit::Worse } else { Exit::Holds })
    }
}

fn print(change: &Change, record: &Record, loudness: Loudness) -> Result<(), CliError> {
    let mut out = anstream::stdout().lock();
    for (what, turns) in [("worse", &change.worse), ("better", &change.better), ("new", &change.new)] {
        for Turn { id, title, before, after } in turns {
            let was = before.map(|before| format!(" (was {})", word(before))).unwrap_or_default();
            writeln!(
                out,
                "{what:<8}{} {}{id}{:#}  {title}{was}",
                style::verdict(*after),
                style::STRONG,
                style::STRONG
            )?;
        }
    }
    for (id, title) in &change.gone {
        writeln!(out, "gone                 {}{id}{:#}  {title}", style::STRONG, style::STRONG)?;
    }
    // What weakens a claim is said in quiet as well: it decides the exit code.
    for of in change.altered.iter().filter(|of| of.weaker || !loudness.quiet) {
        let claim = record.claims.iter().find(|claim| claim.id == of.claim);
        let what = if of.weaker { "weaker" } else { "altered" };
        writeln!(out, "{what:<8}{}, {}", of.claim, words(of, claim))?;
    }
    if !loudness.quiet {
        for of in &change.moved {
            writeln!(out, "moved   {}", moved(record, of))?;
        }
    }
    writeln!(out, "{}", summary(change))?;
    Ok(())
}

/// "trees/strong, strong: 11.6, was 11.5 (tolerance use +0.02)".
fn moved(record: &Record, of: &Move) -> String {
    let finding = &of.finding;
    let claim = record.claims.iter().find(|claim| claim.id == of.claim);
    let check = claim.and_then(|claim| claim.check_of(finding));
    let number = |value: Option<f64>| match (value, check) {
        (Some(value), Some(check)) => notation(check).number(value),
        (Some(value), None) => value.to_string(),
        (None, _) => "nothing".to_owned(),
    };
    let place = point(finding);
    let place = if place.is_empty() { place } else { format!(" at {place}") };
    let share = of.shift.map(|value| format!(" (tolerance use {})", shift(value))).unwrap_or_default();
    let (now, before) = (number(finding.measured), number(of.before));
    format!("{}, {}{place}: {now}, was {before}{share}", of.claim, finding.check)
}

fn as_json(change: &Change) -> Json {
    let turns = |turns: &[Turn]| -> Vec<Json> {
        let turn =
            |turn: &Turn| json!({"id": turn.id, "title": turn.title, "before": turn.before, "after": turn.after});
        turns.iter().map(turn).collect()
    };
    let moved = |of: &Move| {
        let finding = &of.finding;
        json!({"id": of.claim, "check": finding.check, "point": finding.point, "before": of.before,
            "after": finding.measured, "shift": of.shift})
    };
    json!({
        "worse": turns(&change.worse), "better": turns(&change.better), "new": turns(&change.new),
        "gone": change.gone.iter().map(|(id, title)| json!({"id": id, "title": title})).collect::<Vec<_>>(),
        "altered": change.altered.iter().map(altered).collect::<Vec<_>>(),
        "same_profile": change.scope.same_profile, "same_draws": change.scope.same_draws,
        "old_baseline": change.old_baseline, "moved": change.moved.iter().map(moved).collect::<Vec<_>>(),
    })
}

/// An alteration: whose it is, what it is, whether it weakens the claim, and the rest by its kind.
fn altered(of: &Alteration) -> Json {
    let (check, control) = match &of.of {
        Subject::Claim => (None, None),
        Subject::Check(name) => (Some(name), None),
        Subject::Control(name) => (None, Some(name)),
    };
    let band = |of: &BandMove| json!({"point": of.point, "before": of.before, "after": of.after});
    let (what, more) = match &of.what {
        Difference::Gone => ("gone", json!({})),
        Difference::New => ("new", json!({})),
        Difference::Part { name, before, after } => ("part", json!({"part": name, "before": before, "after": after})),
        Difference::PointsGone(points) => ("points-gone", json!({"points": points})),
        Difference::PointsNew(points) => ("points-new", json!({"points": points})),
        Difference::Bands(way, moves) => {
            let what = match way {
                Way::Wider => "wider",
                Way::Narrower => "narrower",
                Way::Moved => "moved",
            };
            (what, json!({"bands": moves.iter().map(band).collect::<Vec<_>>()}))
        }
    };
    let head = json!({"id": of.claim, "check": check, "control": control, "what": what, "weaker": of.weaker});
    let fields = [head, more].into_iter().filter_map(|part| part.as_object().cloned());
    Json::Object(fields.flatten().collect())
}
