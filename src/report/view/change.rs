//! What changed since the baseline, on the front page; the track of a claim over records, on its page.

use serde::Serialize;

use crate::change::compare::{Change, Move, Turn};
use crate::change::history::{Entry, History, Standing};
use crate::judge::verdict::Verdict;
use crate::record::{ClaimRecord, Record};
use crate::report::alteration::{claims_altered, not_compared, words};
use crate::report::date::day;
use crate::report::figure::track::track;
use crate::report::html::Markup;
use crate::report::number::{count, tolerance_use};
use crate::report::view::VerdictView;
use crate::report::words::{counted, listed, notation, point, printed, quoted, word};

/// So many values that moved stand on the front page, and so many alterations of each group.
const MOST: usize = 20;

/// What changed since the baseline.
#[derive(Debug, Serialize)]
pub struct ChangeView {
    /// All in a sentence.
    pub summary: String,
    /// Claims whose verdict changed or that are new: worse, better, new.
    pub groups: Vec<TurnsView>,
    /// What of claims was altered: what leaves them with weaker evidence, then the rest.
    pub altered: Vec<AlteredView>,
    /// Values that moved.
    pub moved: Vec<MoveView>,
    /// How many values are not shown, in a sentence; empty if all are.
    pub more: String,
}

/// Claims that changed in the same direction.
#[derive(Debug, Serialize)]
pub struct TurnsView {
    /// What they have in common.
    pub title: &'static str,
    /// The claims.
    pub claims: Vec<TurnView>,
}

/// A claim that changed.
#[derive(Debug, Serialize)]
pub struct TurnView {
    /// Permalink; empty of a claim that is gone.
    pub id: String,
    /// The claim in one line.
    pub title: String,
    /// The verdict before, in a word; empty of a new claim.
    pub before: String,
    /// The verdict now; none of a claim that is gone.
    pub after: Option<VerdictView>,
}

/// Alterations of one group.
#[derive(Debug, Serialize)]
pub struct AlteredView {
    /// What they have in common.
    pub title: &'static str,
    /// The alterations.
    pub alterations: Vec<AlterationView>,
    /// How many are not shown, in a sentence; empty if all are.
    pub more: String,
}

/// Something of a claim that is not as in the baseline.
#[derive(Debug, Serialize)]
pub struct AlterationView {
    /// Permalink of the claim.
    pub id: String,
    /// The claim in one line.
    pub title: String,
    /// What is altered.
    pub text: String,
}

/// A value that moved.
#[derive(Debug, Serialize)]
pub struct MoveView {
    /// Permalink of its claim.
    pub id: String,
    /// Its check and point.
    pub check: String,
    /// The value in the baseline.
    pub before: String,
    /// The value now.
    pub after: String,
    /// By how much of the tolerance it moved.
    pub shift: String,
}

/// The records of a claim.
#[derive(Debug, Serialize)]
pub struct TrackView {
    /// How long the verdict has been what it is, in a sentence.
    pub sentence: String,
    /// Tolerance use over the records; empty where there is only one.
    pub picture: Markup,
}

/// What changed since the baseline; none where there is no baseline, because then everything is new.
pub fn change(record: &Record, change: Option<&Change>) -> Option<ChangeView> {
    let change = change?;
    let turns = |title, turns: &[Turn]| TurnsView { title, claims: turns.iter().map(turn).collect() };
    let gone = |(id, title): &(String, String)| TurnView {
        id: String::new(),
        title: title.clone(),
        before: id.clone(),
        after: None,
    };
    let mut groups = vec![turns("Worse", &change.worse), turns("Better", &change.better), turns("New", &change.new)];
    groups.push(TurnsView { title: "Gone", claims: change.gone.iter().map(gone).collect() });
    groups.retain(|group| !group.claims.is_empty());
    let moved: Vec<_> = change.moved.iter().take(MOST).filter_map(|of| moved(record, of)).collect();
    let more = match change.moved.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!("{} more moved less; modewise diff lists them.", counted(more, "value")),
    };
    let altered = [("Weaker evidence", true), ("Altered", false)];
    let mut altered: Vec<_> = altered.map(|(title, weaker)| altered_view(record, change, title, weaker)).into();
    altered.retain(|group| !group.alterations.is_empty());
    Some(ChangeView { summary: quoted(&summary(change)), groups, altered, moved, more })
}

fn altered_view(record: &Record, change: &Change, title: &'static str, weaker: bool) -> AlteredView {
    let of_group: Vec<_> = change.altered.iter().filter(|alteration| alteration.weaker == weaker).collect();
    let more = match of_group.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!("{} more; modewise diff lists all.", count(more as u64)),
    };
    let shown = of_group.into_iter().take(MOST).map(|alteration| {
        let claim = record.claims.iter().find(|claim| claim.id == alteration.claim);
        AlterationView {
            id: alteration.claim.clone(),
            title: claim.map(|claim| printed(&claim.title)).unwrap_or_default(),
            text: quoted(&words(alteration, claim)),
        }
    });
    AlteredView { title, alterations: shown.collect(), more }
}

/// "Since the baseline, 1 claim is worse, 1 claim has weaker evidence and 3 values moved."
pub fn summary(change: &Change) -> String {
    let be = |number: usize| if number == 1 { "is" } else { "are" };
    let claims =
        |number: usize, word: &str| (number > 0).then(|| format!("{} {} {word}", counted(number, "claim"), be(number)));
    let moved = change.moved.len();
    let have = |number: usize, words: &str| {
        let verb = if number == 1 { "has" } else { "have" };
        (number > 0).then(|| format!("{} {verb} {words}", counted(number, "claim")))
    };
    let [weaker, altered] = claims_altered(&change.altered);
    let parts: Vec<String> = [
        claims(change.worse.len(), "worse"),
        have(weaker, "weaker evidence"),
        claims(change.better.len(), "better"),
        claims(change.new.len(), "new"),
        claims(change.gone.len(), "gone"),
        claims(altered, "altered"),
        (moved > 0).then(|| format!("{} moved", counted(moved, "value"))),
    ]
    .into_iter()
    .flatten()
    .collect();
    let not_compared = not_compared(change);
    match parts.is_empty() {
        true if change.is_complete() => {
            "Nothing has changed since the baseline: neither verdicts and values nor what the claims say and how they are checked."
                .to_owned()
        }
        true => format!("No verdict has changed since the baseline.{not_compared}"),
        false => format!("Since the baseline, {}.{not_compared}", listed(&parts)),
    }
}

fn turn(turn: &Turn) -> TurnView {
    TurnView {
        id: turn.id.clone(),
        title: turn.title.clone(),
        before: turn.before.map(|before| word(before).to_owned()).unwrap_or_default(),
        after: Some(VerdictView::new(turn.after)),
    }
}

fn moved(record: &Record, of: &Move) -> Option<MoveView> {
    let finding = &of.finding;
    let claim = record.claims.iter().find(|claim| claim.id == of.claim)?;
    let check = claim.check_of(finding)?;
    let number = |value: Option<f64>| value.map_or_else(|| "nothing".to_owned(), |value| notation(check).number(value));
    let place = point(finding);
    Some(MoveView {
        id: claim.id.clone(),
        check: if place.is_empty() { check.name.clone() } else { format!("{} at {place}", check.name) },
        before: number(of.before),
        after: number(finding.measured),
        shift: of.shift.map_or_else(|| "–".to_owned(), shift),
    })
}

/// A change of tolerance use with its sign: "+0.12", "−0.03"; "±0.00" if it is too small to be seen.
pub fn shift(value: f64) -> String {
    match value {
        value if value.abs() < 0.005 => "±0.00".to_owned(),
        value if value < 0.0 => format!("−{}", tolerance_use(-value)),
        value => format!("+{}", tolerance_use(value)),
    }
}

/// The records of a claim.
pub fn claim_track(history: &History, claim: &ClaimRecord) -> TrackView {
    let track_of: Vec<(&Entry, Standing)> = history.track(&claim.id);
    let same = track_of.iter().rev().take_while(|(_, standing)| standing.verdict == claim.verdict).count();
    let since = same.checked_sub(1).map(|back| track_of[track_of.len() - 1 - back].0);
    let sentence = match (track_of.len(), since) {
        (0 | 1, _) | (_, None) => "This is its first record: there is nothing to compare with yet.".to_owned(),
        (all, Some(since)) if same == all => {
            let records = if all == 2 { "both".to_owned() } else { format!("all {all}") };
            format!("{} in {records} records of the history, since {}.", verdict_was(claim.verdict), named(since))
        }
        (all, Some(since)) => format!(
            "{} since {}, in the last {} of {}; before that, its verdict was “{}”.",
            verdict_was(claim.verdict),
            named(since),
            same,
            counted(all, "record"),
            word(track_of[all - same - 1].1.verdict),
        ),
    };
    let picture = match track_of.as_slice() {
        [(first, _), .., (last, _)] => {
            let standings: Vec<Standing> = track_of.iter().map(|(_, standing)| *standing).collect();
            let drawing = track(&standings, [&named(first), &named(last)]);
            drawing.inline("track", "Tolerance use over the records of the history", &sentence)
        }
        _ => String::new(),
    };
    TrackView { sentence, picture: Markup(picture) }
}

fn verdict_was(verdict: Verdict) -> String {
    format!("Its verdict has been “{}”", word(verdict))
}

/// Revision and day of a record.
fn named(entry: &Entry) -> String {
    let day = entry.time.map(|time| format!(" ({})", day(time))).unwrap_or_default();
    format!("{}{day}", entry.short_revision())
}
