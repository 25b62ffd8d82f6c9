//! What was altered of a claim, in words.

use crate::change::alteration::{Alteration, Difference, Scope, Subject};
use crate::change::band::{Band, BandMove, Growth, Way};
use crate::change::compare::Change;
use crate::change::design::{EVERYWHERE, FAILS, PARAMETER, SET};
use crate::change::value::PointName;
use crate::record::ClaimRecord;
use crate::report::number::{Notation, digits};
use crate::report::words::{counted, notation, place, printed};

/// So many points of a check are named.
const POINTS: usize = 3;

/// "check “strong”: `expect at-least` is now `20`, was `5`". The claim is that of the record, for the notation of its
/// numbers.
pub fn words(alteration: &Alteration, claim: Option<&ClaimRecord>) -> String {
    let (subject, notation) = match &alteration.of {
        Subject::Claim => ("the claim".to_owned(), Notation::Plain),
        Subject::Check(name) => {
            let check = claim.and_then(|claim| claim.checks.iter().find(|check| check.name == *name));
            (format!("check “{}”", printed(name)), check.map_or(Notation::Plain, notation))
        }
        Subject::Control(name) => (format!("control “{}”", printed(name)), Notation::Plain),
    };
    match &alteration.what {
        Difference::Gone => format!("{subject} is gone"),
        Difference::New => format!("{subject} is new"),
        Difference::Part { name, before, after } => format!("{subject}: {}", part(name, before, after)),
        Difference::PointsGone(points) => format!("{subject} no longer looks at {}", places(points)),
        Difference::PointsNew(points) => format!("{subject} also looks at {}", places(points)),
        Difference::Bands(way, moves) => format!("{subject}: {}", bands(*way, moves, notation)),
    }
}

/// A part that is another: a new text with the one before, in one line.
fn part(name: &str, before: &Option<String>, after: &Option<String>) -> String {
    if let Some(check) = name.strip_prefix(FAILS) {
        return must_fail(check, before.as_deref(), after.as_deref());
    }
    // Parameters are kept as JSON, in which a word has quotation marks; a formula may have its own.
    let json = name.starts_with(PARAMETER) || name.starts_with(SET);
    let word = |text: &str| text.strip_prefix('"')?.strip_suffix('"').map(str::to_owned);
    let plain = |text: &Option<String>| {
        text.as_ref().map(|text| json.then(|| word(text)).flatten().unwrap_or_else(|| text.clone()))
    };
    match (&plain(before), &plain(after)) {
        (Some(before), Some(after)) if before.contains('\n') || after.contains('\n') => format!("another {name}"),
        (Some(before), Some(after)) => format!("`{name}` is now `{after}`, was `{before}`"),
        (None, Some(after)) => format!("`{name}` is new: `{after}`"),
        (Some(before), None) => format!("`{name}` is gone, was `{before}`"),
        (None, None) => format!("`{name}`"),
    }
}

/// Where a control has to break a check, and had to.
fn must_fail(check: &str, before: Option<&str>, after: Option<&str>) -> String {
    let at = |text: &str| if text == EVERYWHERE { text.to_owned() } else { format!("where `{text}`") };
    let check = printed(check);
    match (before, after) {
        (Some(before), Some(after)) => format!("has to break “{check}” {}, had to {}", at(after), at(before)),
        (_, Some(after)) => format!("now has to break “{check}” {}", at(after)),
        _ => format!("no longer has to break “{check}”"),
    }
}

/// Points by name; of very many, how many they are.
fn places(points: &[PointName]) -> String {
    let named = |point: &PointName| match place(point.as_ref()) {
        text if text.is_empty() => "all rows together".to_owned(),
        text => text,
    };
    let mut parts: Vec<String> = points.iter().take(POINTS).map(named).collect();
    if let Some(more) = points.len().checked_sub(POINTS).filter(|&more| more > 0) {
        parts.push(format!("{more} more"));
    }
    match &parts[..] {
        [only] => only.clone(),
        _ => format!("{}: {}", counted(points.len(), "point"), parts.join("; ")),
    }
}

/// How bands changed, the largest change in numbers.
fn bands(way: Way, moves: &[BandMove], notation: Notation) -> String {
    let Some(first) = moves.first() else { return String::new() };
    let how = match (way, first.growth()) {
        (Way::Moved, _) => "allows something else".to_owned(),
        (_, Growth::Times(factor)) => format!("allows a band {} times as wide", digits(factor, 3)),
        (Way::Wider, Growth::By(by)) => format!("allows {} more", notation.bound(by)),
        (Way::Narrower, Growth::By(by)) => format!("allows {} less", notation.bound(by)),
        (Way::Wider, Growth::Bound) => "has lost a bound".to_owned(),
        (Way::Narrower, Growth::Bound) => "has one more bound".to_owned(),
    };
    let at = match place(first.point.as_ref()) {
        text if text.is_empty() => String::new(),
        text => format!(" at {text}"),
    };
    let more = match moves.len() - 1 {
        0 => String::new(),
        more => format!(" (and in the same way at {})", counted(more, "other point")),
    };
    format!("{how}{at}: {}, was {}{more}", band(first.after, notation), band(first.before, notation))
}

/// "0.9 to 1.1", "at most 0.5".
fn band(band: Band, notation: Notation) -> String {
    match band {
        [Some(low), Some(high)] => format!("{} to {}", notation.bound(low), notation.bound(high)),
        [Some(low), None] => format!("at least {}", notation.bound(low)),
        [None, Some(high)] => format!("at most {}", notation.bound(high)),
        [None, None] => "anything".to_owned(),
    }
}

/// How many claims were altered: those with weaker evidence, and the others.
pub fn claims_altered(altered: &[Alteration]) -> [usize; 2] {
    let ids = |weaker: bool| {
        let mut ids: Vec<&str> =
            altered.iter().filter(|other| other.weaker == weaker).map(|other| other.claim.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let (weaker, other) = (ids(true), ids(false));
    [weaker.len(), other.iter().filter(|id| !weaker.contains(id)).count()]
}

/// What was not compared with the baseline, and why, each in a sentence behind a space; empty if everything was.
pub fn not_compared(change: &Change) -> String {
    let draws = match change.scope {
        Scope { same_profile: false, .. } => {
            " Values, points, replicates, sweeps and expectations are not compared: the baseline has another profile."
        }
        Scope { same_draws: false, .. } => " Values and points are not compared: the baseline has other draws.",
        _ => "",
    };
    let old = if change.old_baseline {
        " Formulas, tolerances, controls and experiments are not compared: an earlier version saved the baseline, and \
         `modewise baseline save` renews it."
    } else {
        ""
    };
    format!("{draws}{old}")
}
