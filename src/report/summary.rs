//! `summary.md`: the verdicts for a pull request, what does not hold first.

use std::fmt::Write;

use crate::change::compare::Change;
use crate::judge::verdict::Verdict;
use crate::record::{ClaimRecord, Record};
use crate::report::alteration::words;
use crate::report::number::tolerance_use;
use crate::report::view::change::summary as changes;
use crate::report::view::order::{by_need, findings_by_need};
use crate::report::words::{overall, quoted, sentence, word};

/// The summary has at most so many bytes, below the 1 MiB that GitHub takes and short enough to be read.
const MOST: usize = 200_000;
/// So many lines at most say what leaves claims with weaker evidence.
const WEAKER: usize = 20;
/// Bytes kept for the lines at the end.
const TAIL: usize = 2_000;

/// The summary in Markdown; its links are relative to the site, or below `url` if that is known.
pub fn summary(record: &Record, change: Option<&Change>, url: Option<&str>) -> String {
    let verdicts: Vec<_> = record.claims.iter().map(|claim| claim.verdict).collect();
    let mut text = format!("# {}\n\n", overall(&verdicts));
    if let Some(change) = change {
        let _ = writeln!(text, "{}\n", changes(change));
        text.push_str(&weaker(record, change));
    }
    let (holding, needing): (Vec<_>, Vec<_>) =
        by_need(&record.claims).into_iter().partition(|claim| claim.verdict == Verdict::Holds);
    let mut parts: Vec<String> = Vec::new();
    for claim in needing {
        let reason = claim.reason.as_ref().map(|reason| format!("{}\n\n", escaped(&quoted(reason))));
        parts.push(format!("## {}: {}\n\n{}", word(claim.verdict), link(claim, url), reason.unwrap_or_default()));
        parts.extend(findings(claim));
    }
    if !holding.is_empty() {
        parts.push("## Claims that hold\n\n| claim | tolerance use |\n|---|--:|\n".to_owned());
        for claim in holding {
            let largest = claim.tolerance_use.map_or_else(|| "none".to_owned(), tolerance_use);
            parts.push(format!("| {} | {largest} |\n", link(claim, url)));
        }
        parts.push("\n".to_owned());
    }
    let fitting = parts.iter().scan(text.len() + TAIL, |length, part| {
        *length += part.len();
        Some(*length)
    });
    let fitting = fitting.take_while(|&length| length <= MOST).count();
    text.extend(parts[..fitting].iter().map(String::as_str));
    if fitting < parts.len() {
        text.push_str("\nThe rest is left out here; the site and `junit.xml` have all.\n\n");
    }
    let _ = writeln!(text, "Profile {}, master seed {}, digest `{}`.", record.profile, record.seed, record.digest);
    text
}

/// What leaves claims with weaker evidence than in the baseline, a line each and an empty line behind the last.
fn weaker(record: &Record, change: &Change) -> String {
    let weaker = change.altered.iter().filter(|alteration| alteration.weaker);
    let mut lines: Vec<String> = weaker
        .filter_map(|alteration| {
            let claim = record.claims.iter().find(|claim| claim.id == alteration.claim)?;
            Some(format!("* {}: {}\n", escaped(&claim.title), escaped(&quoted(&words(alteration, Some(claim))))))
        })
        .collect();
    if lines.len() > WEAKER {
        let more = lines.len() - WEAKER;
        lines.truncate(WEAKER);
        lines.push(format!("* and {more} more\n"));
    }
    if lines.is_empty() { String::new() } else { lines.concat() + "\n" }
}

/// The claim's own findings that do not hold, a line each and an empty line behind the last.
fn findings(claim: &ClaimRecord) -> Vec<String> {
    let own = claim.own().filter(|finding| finding.verdict != Verdict::Holds);
    let lines = findings_by_need(own).into_iter().filter_map(|finding| {
        let check = claim.check_of(finding)?;
        Some(format!("* **{}**: {}\n", word(finding.verdict), escaped(&quoted(&sentence(check, claim, finding)))))
    });
    let mut lines: Vec<String> = lines.collect();
    if let Some(last) = lines.last_mut() {
        last.push('\n');
    }
    lines
}

fn link(claim: &ClaimRecord, url: Option<&str>) -> String {
    format!("[{}]({}{}/index.html)", escaped(&claim.title), url.unwrap_or_default(), claim.id)
}

/// Text without the characters that Markdown gives a meaning.
fn escaped(text: &str) -> String {
    let mut plain = String::new();
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '$') {
            plain.push('\\');
        }
        plain.push(character);
    }
    plain
}
