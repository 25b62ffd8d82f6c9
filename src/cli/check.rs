//! `modewise check`: the verdicts on the terminal, worst first.

use std::io::Write;

use clap::Args;
use serde_json::json;

use super::conclude::conclude;
use super::error::CliError;
use super::flags::{Loudness, RunFlags, SelectFlags, SpecFlags};
use super::style;
use crate::exit::Exit;
use crate::judge::verdict::{Finding, Verdict};
use crate::record::{ClaimRecord, Record};
use crate::report::words::{BY_SEVERITY, overall, sentence};

const EXAMPLES: &str = "\
Examples:
  modewise check                            all claims
  modewise check saddles/learning-times -v  every finding of one claim, its controls too
  modewise check --tag theorem --seed 2     do they hold with other random numbers?
  modewise check --json | jq '.findings[] | select(.verdict != \"holds\")'";

/// Say on the terminal which claims hold.
///
/// Claims are listed worst first: by verdict, then by tolerance use (1 is the edge of what is allowed). Below each
/// claim stands, of every check, the finding that is nearest to failing.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Check {
    #[command(flatten)]
    selection: SelectFlags,
    #[command(flatten)]
    specs: SpecFlags,
    #[command(flatten)]
    run: RunFlags,
    /// Print claims and findings as JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    /// Runs the command.
    pub fn execute(&self, loudness: Loudness) -> Result<Exit, CliError> {
        let (record, _) = conclude(&self.specs, &self.selection, &self.run, loudness)?;
        if self.json {
            print_json(&record)?
        } else {
            print(&record, loudness)?
        }
        Ok(exit_of(&record))
    }
}

/// The exit code of a record.
pub fn exit_of(record: &Record) -> Exit {
    Exit::of(&record.claims.iter().map(|claim| claim.verdict).collect::<Vec<_>>())
}

/// The record without its tables and figures.
fn print_json(record: &Record) -> Result<(), CliError> {
    let claim = |claim: &ClaimRecord| {
        json!({
            "id": claim.id, "title": claim.title, "chapter": claim.chapter, "verdict": claim.verdict,
            "reason": claim.reason, "tolerance_use": claim.tolerance_use,
        })
    };
    let answer = json!({
        "format": record.format, "profile": record.profile, "seed": record.seed,
        "claims": record.claims.iter().map(claim).collect::<Vec<_>>(),
        "findings": record.findings, "digest": record.digest,
    });
    writeln!(anstream::stdout(), "{answer:#}")?;
    Ok(())
}

/// Prints the verdicts: all claims, or in quiet only those that do not hold.
pub fn print(record: &Record, loudness: Loudness) -> Result<(), CliError> {
    let mut out = anstream::stdout().lock();
    for claim in worst_first(&record.claims) {
        if loudness.quiet && matches!(claim.verdict, Verdict::Holds | Verdict::Skipped) {
            continue;
        }
        writeln!(
            out,
            "{} {}{}{:#}  {}",
            style::verdict(claim.verdict),
            style::STRONG,
            claim.id,
            style::STRONG,
            claim.title
        )?;
        if let Some(reason) = &claim.reason {
            writeln!(out, "    {reason}")?;
        }
        for finding in findings(record, claim, loudness) {
            write_finding(&mut out, claim, finding)?;
        }
    }
    let verdicts: Vec<Verdict> = record.claims.iter().map(|claim| claim.verdict).collect();
    writeln!(out, "{}", overall(&verdicts))?;
    Ok(())
}

/// By verdict, then by tolerance use, the worst first.
fn worst_first(claims: &[ClaimRecord]) -> Vec<&ClaimRecord> {
    let mut claims: Vec<&ClaimRecord> = claims.iter().collect();
    claims.sort_by(|a, b| {
        let by_use = use_of(b.tolerance_use).total_cmp(&use_of(a.tolerance_use));
        severity(a.verdict).cmp(&severity(b.verdict)).then(by_use)
    });
    claims
}

/// Findings of a claim, worst first: of each check the worst one at all points, or all of them and those of the
/// controls.
fn findings<'a>(record: &'a Record, claim: &ClaimRecord, loudness: Loudness) -> Vec<&'a Finding> {
    let own = |finding: &&Finding| finding.claim == claim.id && (loudness.verbose || finding.control.is_none());
    let mut findings: Vec<&Finding> = record.findings.iter().filter(own).collect();
    findings.sort_by(|a, b| {
        let by_use = use_of(b.tolerance_use).total_cmp(&use_of(a.tolerance_use));
        a.control.is_some().cmp(&b.control.is_some()).then(severity(a.verdict).cmp(&severity(b.verdict))).then(by_use)
    });
    if !loudness.verbose {
        let mut seen: Vec<&str> = Vec::new();
        findings.retain(|finding| {
            !seen.contains(&&*finding.check) && {
                seen.push(&finding.check);
                true
            }
        });
    }
    findings
}

fn write_finding(out: &mut impl Write, claim: &ClaimRecord, finding: &Finding) -> Result<(), CliError> {
    let control = finding.control.as_ref().map_or_else(String::new, |control| format!("in control \"{control}\" "));
    let check = claim.checks.iter().find(|check| check.name == finding.check);
    let text = check.map_or_else(|| finding.check.clone(), |check| sentence(check, claim, finding));
    writeln!(out, "    {} {}{control}{:#}{text}", style::verdict(finding.verdict), style::FAINT, style::FAINT)?;
    Ok(())
}

/// Place in the order of severity.
fn severity(verdict: Verdict) -> usize {
    BY_SEVERITY.iter().position(|other| *other == verdict).unwrap_or(BY_SEVERITY.len())
}

/// A tolerance use to sort by; a finding without number comes first.
fn use_of(tolerance_use: Option<f64>) -> f64 {
    tolerance_use.unwrap_or(f64::INFINITY)
}
