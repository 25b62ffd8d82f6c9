//! `modewise list`.

use std::io::Write;

use clap::Args;
use serde_json::json;

use super::conclude::{load, select};
use super::error::CliError;
use super::flags::{SelectFlags, SpecFlags};
use super::style;
use crate::exit::Exit;
use crate::experiment::Registry;

const EXAMPLES: &str = "\
Examples:
  modewise list                      all claims by chapter
  modewise list 'detection/*'        by glob
  modewise list --tag headline --json | jq -r '.[].id'";

/// List the claims.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct List {
    #[command(flatten)]
    selection: SelectFlags,
    #[command(flatten)]
    specs: SpecFlags,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

impl List {
    /// Runs the command.
    pub(super) fn execute(&self, registry: &Registry) -> Result<Exit, CliError> {
        let catalogue = load(&self.specs, registry)?;
        let claims = select(&catalogue.claims, &self.selection)?;
        let mut out = anstream::stdout().lock();
        if self.json {
            let listed: Vec<_> = claims
                .iter()
                .map(|claim| {
                    json!({"id": claim.id, "title": claim.title, "chapter": claim.chapter, "tags": claim.tags,
                    "source": claim.source, "experiment": claim.kind.name, "replicates": claim.replicates,
                    "checks": claim.checks.iter().map(|check| &check.name).collect::<Vec<_>>(),
                    "controls": claim.controls.iter().map(|control| &control.name).collect::<Vec<_>>()})
                })
                .collect();
            writeln!(out, "{:#}", json!(listed))?;
            return Ok(Exit::Holds);
        }
        let width = claims.iter().map(|claim| claim.id.chars().count()).max().unwrap_or(0);
        for chapter in &catalogue.chapters {
            let of_chapter: Vec<_> = claims.iter().filter(|claim| claim.chapter == chapter.id).collect();
            if !of_chapter.is_empty() {
                writeln!(out, "{}{}{:#}", style::STRONG, chapter.title, style::STRONG)?;
            }
            for claim in of_chapter {
                writeln!(out, "  {:<width$}  {}", claim.id, claim.title)?;
            }
        }
        Ok(Exit::Holds)
    }
}
