//! Verdicts, expectations and findings in words.

pub use crate::change::compare::BY_SEVERITY;
use crate::judge::verdict::{Finding, IntervalMethod, PointValue, Verdict};
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
    let notation = notation(check);
    match (finding.measured, finding.interval) {
        (None, _) => "nothing".to_owned(),
        (Some(value), None) => notation.number(value),
        (Some(value), Some(interval)) => {
            let level = Notation::PerCent.number(claim.confidence);
            let (value, interval) = notation.measured(value, interval);
            format!("{value} ({level} interval {interval})")
        }
    }
}

/// How the interval was made.
pub fn method(finding: &Finding) -> &'static str {
    match finding.method {
        _ if finding.measured.is_none() => "no number",
        IntervalMethod::Deterministic => "one deterministic number, no interval",
        IntervalMethod::Bca => "interval by bootstrap over replicates (BCa)",
        IntervalMethod::ClopperPearson => "interval of a fraction (Clopper-Pearson)",
    }
}

/// The values of a finding's point: "hidden = 32, level = 2"; empty if it has none.
pub fn point(finding: &Finding) -> String {
    let pairs = finding.point.iter().flatten().map(|(name, at)| format!("{} = {}", name_words(name), point_value(at)));
    pairs.collect::<Vec<_>>().join(", ")
}

/// A value of a point, as it was written.
pub fn point_value(value: &PointValue) -> String {
    match value {
        PointValue::Number(number) => shortest(*number),
        PointValue::Label(label) => label.clone(),
    }
}

/// A finding in a sentence.
pub fn sentence(check: &CheckRecord, claim: &ClaimRecord, finding: &Finding) -> String {
    let place = point(finding);
    let place = if place.is_empty() { String::new() } else { format!(" at {place}") };
    if finding.measured.is_none() {
        let why = finding.note.as_deref().unwrap_or("no reason was recorded");
        return format!("“{}”{place}: there is no number to judge ({why}).", check.name);
    }
    let (measured, expected) = (measured(check, claim, finding), expected(check, finding));
    let share = match finding.tolerance_use {
        Some(value) => format!("; tolerance use {}", tolerance_use(value)),
        None => String::new(),
    };
    let outlook = outlook(finding).map(|outlook| format!(" {outlook}")).unwrap_or_default();
    format!("“{}”{place}: measured {measured}, expected {expected}{share}.{outlook}", check.name)
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

/// A column's name in words: underscores become spaces.
pub fn name_words(name: &str) -> String {
    name.replace('_', " ")
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
    let others = BY_SEVERITY.iter().filter(|&&verdict| verdict != Verdict::Holds && number(verdict) > 0);
    let others: Vec<_> =
        others.map(|&verdict| format!("{} {}", number(verdict), predicate(verdict, number(verdict)))).collect();
    match (verdicts.len(), holding) {
        (0, _) => "There are no claims.".to_owned(),
        (1, 1) => "The one claim holds.".to_owned(),
        (all, holding) if all == holding => format!("All {} hold.", counted(all, "claim")),
        (all, 0) => format!("None of {} holds: {}.", counted(all, "claim"), listed(&others)),
        (all, holding) => {
            let of = counted(all, "claim");
            format!("{holding} of {of} {}; {}.", predicate(Verdict::Holds, holding), listed(&others))
        }
    }
}
