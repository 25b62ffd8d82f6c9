//! Verdicts, expectations and findings in words.

use indexmap::IndexMap;
use serde_json::Value as Json;

use crate::judge::finding::{Finding, IntervalMethod, PointValue};
use crate::judge::verdict::Verdict;
use crate::record::{CheckRecord, ClaimRecord};
use crate::report::number::{Notation, about, count, shortest, tolerance_use};

/// The verdict in a word; also its CSS class.
pub fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "holds",
        Verdict::Fails => "fails",
        Verdict::Inconclusive => "inconclusive",
        Verdict::Broken => "broken",
        Verdict::Vacuous => "vacuous",
        Verdict::Skipped => "skipped",
    }
}

/// The word behind a number: "2 fail", "1 is inconclusive".
pub fn predicate(verdict: Verdict, number: usize) -> &'static str {
    match (verdict, number == 1) {
        (Verdict::Holds, true) => "holds",
        (Verdict::Holds, false) => "hold",
        (Verdict::Fails, true) => "fails",
        (Verdict::Fails, false) => "fail",
        (Verdict::Inconclusive, true) => "is inconclusive",
        (Verdict::Inconclusive, false) => "are inconclusive",
        (Verdict::Broken, true) => "is broken",
        (Verdict::Broken, false) => "are broken",
        (Verdict::Vacuous, true) => "is vacuous",
        (Verdict::Vacuous, false) => "are vacuous",
        (Verdict::Skipped, true) => "is skipped",
        (Verdict::Skipped, false) => "are skipped",
    }
}

/// What the verdict means, for a legend.
pub fn meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "the interval of what was measured lies inside the allowed band",
        Verdict::Fails => "the interval lies outside the allowed band",
        Verdict::Inconclusive => "the interval straddles the edge of the band: more replicates may decide",
        Verdict::Broken => "there is no number to judge: no rows, a missing value, or a cell that failed",
        Verdict::Vacuous => "a control, broken on purpose, did not fail: the checks prove nothing",
        Verdict::Skipped => "the claim was not run, for the reason given; it never counts as holding",
    }
}

/// How the numbers of a check are written: in per cent if the spec writes what it expects so.
pub fn notation(check: &CheckRecord) -> Notation {
    let levels = ["equals", "at-most", "at-least", "low", "high"];
    let per_cent = levels.iter().filter_map(|part| check.expect.get(*part)).any(|text| text.contains('%'));
    if per_cent { Notation::PerCent } else { Notation::Plain }
}

/// What is expected of a finding, in numbers: "at most 0.5 %", "1 ± 0.05", "0.2 to 0.4".
pub fn expected(check: &CheckRecord, finding: &Finding) -> String {
    let notation = notation(check);
    let number = |value: Option<f64>| value.map_or_else(|| "unknown".to_owned(), |value| notation.bound(value));
    let [low, high] = finding.band;
    if check.expect.contains_key("at-most") {
        format!("at most {}", number(high.or(finding.expected)))
    } else if check.expect.contains_key("at-least") {
        format!("at least {}", number(low.or(finding.expected)))
    } else if check.expect.contains_key("exactly") {
        format!("exactly {}", number(finding.expected))
    } else if let (true, Some(value), Some(high)) = (check.expect.contains_key("equals"), finding.expected, high) {
        format!("{}\u{a0}±\u{a0}{}", notation.bound(value), notation.bound(high - value))
    } else {
        format!("{} to {}", number(low), number(high))
    }
}

/// What was measured, with its interval if it has one.
pub fn measured(check: &CheckRecord, claim: &ClaimRecord, finding: &Finding) -> String {
    let level = Notation::PerCent.number(claim.confidence);
    match numbers(notation(check), finding) {
        None => "nothing".to_owned(),
        Some((value, None)) => value,
        Some((value, Some(interval))) => format!("{value} ({level} interval {interval})"),
    }
}

/// The measured value and its interval, if it has one, in digits that say something; none if nothing was measured.
pub fn numbers(notation: Notation, finding: &Finding) -> Option<(String, Option<String>)> {
    let value = finding.measured?;
    Some(match finding.interval {
        None => (notation.number(value), None),
        Some(interval) => {
            let (value, interval) = notation.measured(value, interval, tolerance(finding, value));
            (value, Some(interval))
        }
    })
}

/// Half of the allowed band, or the bound of one side; none where the value is so far off that it says nothing.
fn tolerance(finding: &Finding, value: f64) -> Option<f64> {
    let (near, tolerance) = match finding.band {
        [Some(low), Some(high)] => (0.5 * (low + high), 0.5 * (high - low)),
        [Some(bound), None] | [None, Some(bound)] => (bound, bound.abs()),
        [None, None] => return None,
    };
    ((value - near).abs() <= 10.0 * tolerance && tolerance > 0.0).then_some(tolerance)
}

/// How the interval was made.
pub fn method(finding: &Finding) -> &'static str {
    match finding.method {
        _ if finding.measured.is_none() => "no number",
        IntervalMethod::Exact => "nothing is drawn, so the value itself is judged",
        IntervalMethod::Sample => "an extreme over replicates: the sample itself is judged",
        IntervalMethod::ClopperPearson => "interval of a fraction (Clopper-Pearson)",
        IntervalMethod::Betting => "interval of a bounded mean (betting)",
        IntervalMethod::OrderStatistic => "interval of a quantile (order statistics)",
        IntervalMethod::Bca => "interval by bootstrap over replicates (BCa)",
        IntervalMethod::Bootstrap => "interval by bootstrap over replicates (BCa and studentised)",
        IntervalMethod::Jackknife => "interval by jackknife over groups of replicates",
        IntervalMethod::None => "no interval that is known to cover",
    }
}

/// The values of a finding's point: "hidden = 32, level = 2"; empty if it has none.
pub fn point(finding: &Finding) -> String {
    place(finding.point.as_ref())
}

/// Values of columns in the same form.
pub fn place(point: Option<&IndexMap<String, PointValue>>) -> String {
    let pairs = point.into_iter().flatten().map(|(name, at)| format!("{} = {}", name_words(name), point_value(at)));
    pairs.collect::<Vec<_>>().join(", ")
}

/// A value of a point, as it was written.
pub fn point_value(value: &PointValue) -> String {
    match value {
        PointValue::Number(number) => axis_value(*number),
        PointValue::Label(label) => listed_label(label),
    }
}

/// The label of a value, with spaces between the items of a list: "[3, 2, 3]".
fn listed_label(label: &str) -> String {
    if label.starts_with('[') { label.replace(',', ", ") } else { label.to_owned() }
}

/// A value of an axis: as it was written; in three digits if it needs more than six, as the steps of a range do.
pub fn axis_value(value: f64) -> String {
    let text = shortest(value);
    if text.bytes().filter(u8::is_ascii_digit).count() > 7 { Notation::Plain.number(value) } else { text }
}

/// The name of a series, "normal = 1e-10", as a reader wants it: "normal = 10⁻¹⁰".
pub fn series_words(name: &str) -> String {
    let Some((column, value)) = name.split_once(" = ") else { return name.to_owned() };
    let value = value.parse().map_or_else(|_| listed_label(value), axis_value);
    format!("{} = {value}", name_words(column))
}

/// A finding in a sentence.
pub fn sentence(check: &CheckRecord, claim: &ClaimRecord, finding: &Finding) -> String {
    let place = point(finding);
    let place = if place.is_empty() { String::new() } else { format!(" at {place}") };
    if finding.measured.is_none() {
        let why = finding.note.as_deref().unwrap_or("no reason was recorded");
        return format!("“{}”{place}: there is no number to judge ({why}).", printed(&check.name));
    }
    let (measured, expected) = (measured(check, claim, finding), expected(check, finding));
    let share = match finding.tolerance_use {
        Some(value) => format!("; tolerance use {}", tolerance_use(value)),
        None => String::new(),
    };
    let outlook = outlook(finding).map(|outlook| format!(" {outlook}")).unwrap_or_default();
    format!("“{}”{place}: measured {measured}, expected {expected}{share}.{outlook}", printed(&check.name))
}

/// Of an inconclusive finding of the claim itself: what more replicates would do. A control has to fail, so there is
/// nothing to hope for.
pub fn outlook(finding: &Finding) -> Option<String> {
    let open = finding.verdict == Verdict::Inconclusive && finding.control.is_none();
    open.then(|| match finding.more_replicates {
        Some(more) => format!("About {} more replicates would decide.", about(more)),
        None => "It is too close to the edge of what is allowed for more replicates to decide.".to_owned(),
    })
}

/// How wrong the expected value could be without being noticed: "An error of 0.6 % would be noticed."
pub fn resolution(finding: &Finding) -> Option<String> {
    let unnoticed = finding.resolution?.unnoticed()?;
    (finding.method != IntervalMethod::Exact || unnoticed > 1e-6)
        .then(|| format!("A theory that is off by more than {} would be noticed.", Notation::PerCent.number(unnoticed)))
}

/// What an extreme proves that every replicate keeps: "All 1000 replicates keep the bound, ..."
pub fn proven(finding: &Finding) -> Option<String> {
    let share = Notation::PerCent.number(finding.proven_share?);
    let replicates = counted(usize::try_from(finding.replicates).unwrap_or(usize::MAX), "replicate");
    Some(format!("All of {replicates} keep the bound, so at least {share} of all that could be drawn do."))
}

/// A column's name in words: underscores become spaces.
pub fn name_words(name: &str) -> String {
    name.replace('_', " ")
}

/// A value of a parameter as a spec has it, in one line: "{normal: 0.001}".
pub fn parameter(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.as_f64().map_or_else(|| number.to_string(), axis_value),
        Json::Array(items) => format!("[{}]", items.iter().map(parameter).collect::<Vec<_>>().join(", ")),
        Json::Object(entries) => {
            let entries = entries.iter().map(|(name, value)| format!("{name}: {}", parameter(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Json::Bool(_) | Json::Null => value.to_string(),
    }
}

/// A title or a name as in print: apostrophes, and minus signs in front of letters and digits.
pub fn printed(name: &str) -> String {
    name.replace('\'', "’").replace(" -", " −")
}

/// The text with quotation marks for pairs of backticks.
pub fn quoted(text: &str) -> String {
    let parts: Vec<_> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return text.to_owned();
    }
    let marks = |place: usize| ["“", "”", ""][if place + 1 == parts.len() { 2 } else { place % 2 }];
    parts.iter().enumerate().map(|(place, part)| format!("{part}{}", marks(place))).collect()
}

/// A sentence's first letter raised.
pub fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", characters.as_str())
}

/// That all hold: "Both findings hold.", "All 12 claims hold."
pub fn all_hold(number: usize, noun: &str) -> String {
    if number == 2 { format!("Both {noun}s hold.") } else { format!("All {} hold.", counted(number, noun)) }
}

/// "1 claim", "3 claims".
pub fn counted(number: usize, noun: &str) -> String {
    let number_text = count(number as u64);
    if number == 1 { format!("{number_text} {noun}") } else { format!("{number_text} {noun}s") }
}

/// Parts joined as in a sentence: "a, b and c".
pub fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// All verdicts in a sentence: "10 of 12 claims hold; 1 fails and 1 is inconclusive."
pub fn overall(verdicts: &[Verdict]) -> String {
    let number = |verdict| verdicts.iter().filter(|&&other| other == verdict).count();
    let holding = number(Verdict::Holds);
    let others = Verdict::BY_SEVERITY.iter().filter(|&&verdict| verdict != Verdict::Holds && number(verdict) > 0);
    let others: Vec<_> =
        others.map(|&verdict| format!("{} {}", number(verdict), predicate(verdict, number(verdict)))).collect();
    match (verdicts.len(), holding) {
        (0, _) => "There are no claims.".to_owned(),
        (1, 1) => "The one claim holds.".to_owned(),
        (all, holding) if all == holding => all_hold(all, "claim"),
        (all, 0) => format!("None of {} holds: {}.", counted(all, "claim"), listed(&others)),
        (all, holding) => {
            let of = counted(all, "claim");
            format!("{holding} of {of} {}; {}.", predicate(Verdict::Holds, holding), listed(&others))
        }
    }
}
