//! How verdicts came out under other master seeds: a sentence on the page of a claim, a section on the method page.

use std::cmp::Reverse;

use serde::Serialize;

use crate::judge::verdict::Verdict;
use crate::record::{ClaimRecord, Record};
use crate::report::view::Source;
use crate::report::words::{capitalised, counted, listed, predicate, printed};
use crate::stability::{ClaimStability, FindingStability, Outcomes, Seeds, Stability};

/// So many findings of a claim are shown.
pub const FINDINGS: usize = 3;
/// So many runs of seeds are named one by one.
const RUNS: usize = 6;

/// How verdicts came out under other master seeds.
#[derive(Debug, Serialize)]
pub struct StabilityView {
    /// What is said of each profile.
    pub profiles: Vec<ProfileView>,
    /// Claims that did not hold under every seed, or with findings that did not, the worst first.
    pub claims: Vec<UnstableView>,
}

/// How many seeds were clean in a profile.
#[derive(Debug, Serialize)]
pub struct ProfileView {
    /// Its name.
    pub profile: String,
    /// How many seeds were clean, in a sentence.
    pub sentence: String,
    /// Which claims are left out of it and why, in sentences; empty if none is.
    pub left_out: String,
}

/// A claim that was not stable.
#[derive(Debug, Serialize)]
pub struct UnstableView {
    /// Permalink.
    pub id: String,
    /// The claim in one line.
    pub title: String,
    /// The profile in which it was not stable.
    pub profile: String,
    /// How its verdicts came out.
    pub verdicts: String,
    /// How those of its findings came out that did not come out as they should, the worst first.
    pub findings: Vec<String>,
    /// How many of them are not shown, in a sentence; empty if all are.
    pub more: String,
}

/// What is known of a claim in a profile.
enum Known<'a> {
    /// How it came out under other master seeds than that of the record.
    Measured(Outcomes, &'a ClaimStability),
    /// It was measured in an earlier state.
    OutOfDate,
    /// It was not measured, or under the record's own seed only.
    Nothing,
}

/// "The same verdict under 20 of 20 other master seeds (full), 19 of 20 (quick)." Empty where nothing was measured at
/// all, and of a claim that was skipped.
pub fn sentence(source: &Source<'_>, claim: &ClaimRecord) -> String {
    let Some(stability) = source.edition.stability else { return String::new() };
    if claim.verdict == Verdict::Skipped {
        return String::new();
    }
    let (mut same, mut old, mut nothing) = (Vec::new(), Vec::new(), Vec::new());
    for profile in profiles(stability, source.record) {
        match known(stability, source.record, claim, profile) {
            Known::Measured(outcomes, _) => {
                let (under, of) = (outcomes.under(claim.verdict).len(), outcomes.seeds().len());
                let seeds = if same.is_empty() { format!(" other master seed{}", plural(of)) } else { String::new() };
                same.push(format!("{under} of {of}{seeds} ({profile})"));
            }
            Known::OutOfDate => old.push(profile.to_owned()),
            Known::Nothing => nothing.push(profile.to_owned()),
        }
    }
    let mut sentences = Vec::new();
    if !same.is_empty() {
        sentences.push(format!("The same verdict under {}.", same.join(", ")));
    }
    if !old.is_empty() {
        let profiles = listed(&old);
        sentences.push(format!(
            "What was measured under other master seeds ({profiles}) is out of date: the claim, its experiment or the rules of \
             judging have changed since."
        ));
    }
    if !nothing.is_empty() {
        sentences.push(format!("It has not been measured under other master seeds ({}).", listed(&nothing)));
    }
    sentences.join(" ")
}

/// The section of the method page; none where nothing was measured.
pub fn stability(source: &Source<'_>) -> Option<StabilityView> {
    let stability = source.edition.stability?;
    let profiles = profiles(stability, source.record);
    let mut unstable: Vec<(UnstableView, _)> = Vec::new();
    for profile in &profiles {
        for claim in judged(source.record) {
            if let Known::Measured(outcomes, of) = known(stability, source.record, claim, profile)
                && !of.is_stable()
            {
                unstable.push((unstable_view(claim, profile, of), need(&outcomes)));
            }
        }
    }
    unstable.sort_by_key(|(_, need)| *need);
    Some(StabilityView {
        profiles: profiles.iter().map(|profile| profile_view(stability, source.record, profile)).collect(),
        claims: unstable.into_iter().map(|(view, _)| view).collect(),
    })
}

/// The profiles that are spoken of: those of the measurement, and that of the record.
fn profiles<'a>(stability: &'a Stability, record: &'a Record) -> Vec<&'a str> {
    let mut profiles: Vec<&str> = stability.profiles.keys().map(String::as_str).collect();
    if !profiles.contains(&record.profile.as_str()) {
        profiles.push(&record.profile);
    }
    profiles
}

fn judged(record: &Record) -> impl Iterator<Item = &ClaimRecord> {
    record.claims.iter().filter(|claim| claim.verdict != Verdict::Skipped)
}

fn known<'a>(stability: &'a Stability, record: &Record, claim: &ClaimRecord, profile: &str) -> Known<'a> {
    match stability.of(profile, &claim.id) {
        None => Known::Nothing,
        Some(of) if !of.is_about(claim, profile) => Known::OutOfDate,
        Some(of) => match of.verdicts.without(record.seed) {
            Outcomes(none) if none.is_empty() => Known::Nothing,
            others => Known::Measured(others, of),
        },
    }
}

fn profile_view(stability: &Stability, record: &Record, profile: &str) -> ProfileView {
    let (mut measured, mut old, mut nothing) = (Vec::new(), Vec::new(), Vec::new());
    for claim in judged(record) {
        match known(stability, record, claim, profile) {
            Known::Measured(outcomes, _) => measured.push(outcomes),
            Known::OutOfDate => old.push(claim.id.clone()),
            Known::Nothing => nothing.push(claim.id.clone()),
        }
    }
    let left_out = |claims: &[String], why: &str| {
        let were = if claims.len() == 1 { "is" } else { "are" };
        let ids = some(claims.iter().cloned(), RUNS);
        (!claims.is_empty()).then(|| format!("{} {were} left out, {why}: {ids}.", counted(claims.len(), "claim")))
    };
    let parts = [
        left_out(&old, "because what was measured is out of date"),
        left_out(&nothing, "because nothing was measured"),
    ];
    ProfileView {
        profile: profile.to_owned(),
        sentence: capitalised(&format!("{}.", clean(&measured))),
        left_out: parts.into_iter().flatten().collect::<Vec<_>>().join(" "),
    }
}

/// "19 of 20 seeds (2 to 21) were clean, over 50 claims; not clean: 7"
fn clean(claims: &[Outcomes]) -> String {
    let Seeds { all, clean } = Seeds::of(claims);
    let number = counted(claims.len(), "claim");
    if claims.is_empty() {
        return "nothing is known of any claim".to_owned();
    }
    if all.is_empty() {
        return format!("there is no seed under which {number} were all measured");
    }
    let others: Vec<u64> = all.difference(&clean).copied().collect();
    let but = match clean.is_empty() || others.is_empty() {
        true => String::new(),
        false => format!("; not clean: {}", runs(&others)),
    };
    let were = if clean.len() == 1 { "was" } else { "were" };
    let every = runs(&all.iter().copied().collect::<Vec<_>>());
    format!("{} of {} ({every}) {were} clean, over {number}{but}", clean.len(), counted(all.len(), "seed"))
}

fn unstable_view(claim: &ClaimRecord, profile: &str, of: &ClaimStability) -> UnstableView {
    let (findings, more) = findings(of);
    UnstableView {
        id: claim.id.clone(),
        title: printed(&claim.title),
        profile: profile.to_owned(),
        verdicts: outcomes(&of.verdicts, Verdict::Holds, of.verdicts.seeds().len()),
        findings,
        more,
    }
}

/// What needs attention comes first: many seeds under which a claim did not hold, then the worst verdict.
pub fn need(outcomes: &Outcomes) -> (Reverse<usize>, usize) {
    let holding = outcomes.under(Verdict::Holds).len();
    let worst = outcomes.0.keys().map(|verdict| verdict.severity()).min().unwrap_or(0);
    (Reverse(outcomes.seeds().len() - holding), worst)
}

/// The findings of a claim that did not come out as they should, the worst first, and how many more there are.
pub fn findings(claim: &ClaimStability) -> (Vec<String>, String) {
    let seeds = claim.verdicts.seeds().len();
    let mut findings: Vec<&FindingStability> = claim.findings.iter().collect();
    findings.sort_by_key(|finding| finding.verdicts.under(finding.should()).len());
    let more = match findings.len().saturating_sub(FINDINGS) {
        0 => String::new(),
        1 => "1 more finding did not come out as it should under every seed.".to_owned(),
        more => format!("{more} more findings did not come out as they should under every seed."),
    };
    let words = |finding: &&FindingStability| {
        format!("{} {}", finding_words(finding), outcomes(&finding.verdicts, finding.should(), seeds))
    };
    (findings.iter().take(FINDINGS).map(words).collect(), more)
}

/// "“strong” at hidden = 32 in the control “few features”"
fn finding_words(finding: &FindingStability) -> String {
    let place = crate::report::words::place(finding.point.as_ref());
    let place = if place.is_empty() { place } else { format!(" at {place}") };
    let control = finding.control.as_ref().map(|name| format!(" in the control “{}”", printed(name)));
    format!("“{}”{place}{}", printed(&finding.check), control.unwrap_or_default())
}

/// "holds under 18 of 20 seeds, is inconclusive under 2 (seeds 7 and 12)".
pub fn outcomes(outcomes: &Outcomes, should: Verdict, of: usize) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut say = |what: &str, number: usize, seeds: String| {
        let all = if parts.is_empty() { format!(" of {}", counted(of, "seed")) } else { String::new() };
        parts.push(format!("{what} under {number}{all}{seeds}"));
    };
    let (as_it_should, others): (Vec<_>, Vec<_>) = outcomes.0.iter().partition(|(verdict, _)| **verdict == should);
    for (&verdict, seeds) in as_it_should.into_iter().chain(others) {
        let named = verdict != should && seeds.len() < of;
        let which = if named { format!(" (seed{} {})", plural(seeds.len()), runs(seeds)) } else { String::new() };
        say(predicate(verdict, 1), seeds.len(), which);
    }
    let absent = of.saturating_sub(outcomes.seeds().len());
    if absent > 0 {
        say("is not there", absent, String::new());
    }
    parts.join(", ")
}

/// Ascending numbers in words: "2 to 6, 8 and 10 to 21".
fn runs(seeds: &[u64]) -> String {
    let runs = seeds.chunk_by(|one, next| one.checked_add(1) == Some(*next));
    let run = |run: &[u64]| match run {
        [] => String::new(),
        [one] => one.to_string(),
        [one, other] => format!("{one}, {other}"),
        [first, .., last] => format!("{first} to {last}"),
    };
    some(runs.map(run), RUNS)
}

/// The first of some texts, and how many more there are.
fn some(texts: impl Iterator<Item = String>, most: usize) -> String {
    let mut texts: Vec<String> = texts.collect();
    if texts.len() > most {
        let more = texts.len() - most;
        texts.truncate(most);
        texts.push(format!("{more} more"));
    }
    listed(&texts)
}

fn plural(number: usize) -> &'static str {
    if number == 1 { "" } else { "s" }
}
