//! `summary.md`: the verdicts for a pull request, what does not hold first.

use std::fmt::Write;

use crate::judge::verdict::Verdict;
use crate::record::{ClaimRecord, Record};
use crate::report::number::tolerance_use;
use crate::report::view::order::by_need;
use crate::report::words::{overall, quoted, sentence, word};

/// The summary in Markdown; links are relative to the site.
pub fn summary(record: &Record) -> String {
    let verdicts: Vec<_> = record.claims.iter().map(|claim| claim.verdict).collect();
    let mut text = format!("# {}\n\n", overall(&verdicts));
    let (holding, needing): (Vec<_>, Vec<_>) =
        by_need(&record.claims).into_iter().partition(|claim| claim.verdict == Verdict::Holds);
    for claim in needing {
        let _ = writeln!(text, "## {}: {}\n", word(claim.verdict), link(claim));
        if let Some(reason) = &claim.reason {
            let _ = writeln!(text, "{}\n", escaped(&quoted(reason)));
        }
        write_findings(&mut text, record, claim);
    }
    if !holding.is_empty() {
        text.push_str("## Claims that hold\n\n| claim | tolerance use |\n|---|--:|\n");
        for claim in holding {
            let largest = claim.tolerance_use.map_or_else(|| "none".to_owned(), tolerance_use);
            let _ = writeln!(text, "| {} | {largest} |", link(claim));
        }
        text.push('\n');
    }
    let _ = writeln!(text, "Profile {}, master seed {}, digest `{}`.", record.profile, record.seed, record.digest);
    text
}

/// The claim's own findings that do not hold.
fn write_findings(text: &mut String, record: &Record, claim: &ClaimRecord) {
    let own = record.findings.iter().filter(|finding| finding.claim == claim.id && finding.control.is_none());
    let mut any = false;
    for finding in own.filter(|finding| finding.verdict != Verdict::Holds) {
        if let Some(check) = claim.checks.iter().find(|check| check.name == finding.check) {
            let _ = writeln!(
                text,
                "* **{}**: {}",
                word(finding.verdict),
                escaped(&quoted(&sentence(check, claim, finding)))
            );
            any = true;
        }
    }
    if any {
        text.push('\n');
    }
}

fn link(claim: &ClaimRecord) -> String {
    format!("[{}]({}/index.html)", escaped(&claim.title), claim.id)
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
