//! `modewise check`: the verdicts on the terminal, worst first.

use std::collections::BTreeSet;
use std::io::Write;

use clap::Args;
use serde_json::{Value as Json, json};

use super::conclude::conclude;
use super::error::CliError;
use super::flags::{Loudness, RunFlags, SelectFlags, SpecFlags};
use super::machine;
use super::style;
use crate::exit::Exit;
use crate::experiment::Registry;
use crate::judge::finding::Finding;
use crate::judge::verdict::Verdict;
use crate::record::{ClaimRecord, Record};
use crate::report::annotation::annotations;
use crate::report::view::order::{by_need, findings_by_need};
use crate::report::words::{overall, sentence};

const EXAMPLES: &str = "\
Examples:
  modewise check                            all claims
  modewise check saddles/learning-times -v  every finding of one claim, its controls too
  modewise check --tag headline --seed 2     do they hold with other random numbers?
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
    pub(super) fn execute(&self, registry: &Registry, loudness: Loudness) -> Result<Exit, CliError> {
        let (record, _, _) = conclude(&self.specs, &self.selection, &self.run, registry, loudness)?;
        if self.json {
            print_json(&record)?
        } else {
            print(&record, loudness)?
        }
        annotate(&record, loudness);
        Ok(exit_of(&record))
    }
}

/// The exit code of a record.
pub fn exit_of(record: &Record) -> Exit {
    Exit::of(&record.claims.iter().map(|claim| claim.verdict).collect::<Vec<_>>())
}

/// Tells GitHub what does not hold, on the lines of the specs. On standard error, which it reads too, so that standard
/// output stays what it is.
pub fn annotate(record: &Record, loudness: Loudness) {
    if loudness.annotate || machine::on_github() {
        annotations(record).iter().for_each(|annotation| eprintln!("{}", annotation.command()));
    }
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
        "findings": record.claims.iter().flat_map(findings_json).collect::<Vec<_>>(), "digest": record.digest,
    });
    writeln!(anstream::stdout(), "{answer:#}")?;
    Ok(())
}

/// The findings of a claim, each with the claim's id in front.
fn findings_json(claim: &ClaimRecord) -> impl Iterator<Item = Json> {
    claim.findings.iter().map(|finding| {
        let fields = json!(finding).as_object().cloned().unwrap_or_default();
        let id = ("claim".to_owned(), json!(claim.id));
        Json::Object(std::iter::once(id).chain(fields).collect())
    })
}

/// Prints the verdicts: all claims, or in quiet only those that do not hold.
pub(super) fn print(record: &Record, loudness: Loudness) -> Result<(), CliError> {
    let mut out = anstream::stdout().lock();
    for claim in by_need(&record.claims) {
        if loudness.quiet && claim.verdict == Verdict::Holds {
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
        for finding in findings(claim, loudness) {
            write_finding(&mut out, claim, finding)?;
        }
    }
    let verdicts: Vec<Verdict> = record.claims.iter().map(|claim| claim.verdict).collect();
    writeln!(out, "{}", overall(&verdicts))?;
    Ok(())
}

/// Findings of a claim, worst first: of each check the worst one at all points; or all of them, those of the controls
/// last.
fn findings(claim: &ClaimRecord, loudness: Loudness) -> Vec<&Finding> {
    let mut findings = findings_by_need(claim.own());
    if loudness.verbose {
        findings.extend(findings_by_need(claim.of_controls()));
    } else {
        let worst = |check: &str| findings.iter().position(|finding| finding.check == check);
        let places: BTreeSet<usize> = claim.checks.iter().filter_map(|check| worst(&check.name)).collect();
        findings = places.into_iter().map(|place| findings[place]).collect();
    }
    findings
}

fn write_finding(out: &mut impl Write, claim: &ClaimRecord, finding: &Finding) -> Result<(), CliError> {
    let control = finding.control.as_ref().map_or_else(String::new, |control| format!("in control \"{control}\" "));
    let text = claim.check_of(finding).map_or_else(|| finding.check.clone(), |check| sentence(check, claim, finding));
    writeln!(out, "    {} {}{control}{:#}{text}", style::verdict(finding.verdict), style::FAINT, style::FAINT)?;
    Ok(())
}
