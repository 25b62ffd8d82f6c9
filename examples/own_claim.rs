//! Does a claim of your own hold?
//!
//! `cargo run --example own_claim`. Replace `CLAIM` by yours; `modewise new --help` writes one to begin with, and
//! `modewise experiments` lists experiments with their parameters and columns. The specs are written to a temporary
//! folder here; yours may as well lie in a folder of their own, which `Options::new` is given.

use std::error::Error;
use std::fs;

use modewise::judge::verdict::Verdict;
use modewise::pipeline::{Options, conclude};

/// Where claims come from, by the key that they cite.
const SOURCES: &str = "notes: {authors: A. Theorist, title: Notes on saddles, venue: Notebook, year: 2026}";

/// Every folder of claims is a chapter.
const CHAPTER: &str = "{title: Saddles, introduction: Where learning waits.}";

/// Two weights in a row learn the number s. Theory: from a start at the saddle, half of s is learned at
/// ln(s/m0 - 1)/2s. The control breaks what the theory rests on, and the check must fail there.
const CLAIM: &str = r"
title: The wait at a saddle is the predicted one
statement: Two weights in a row learn half of $s$ at $\ln(s/m_0 - 1) / 2s$.
source: {cite: notes}
why-this-tolerance: The weights are equal but for the square of the radius over s, 0.0004 at most.
experiment:
  scalar: {s: 2, radius: 0.02, tolerance: 1e-8, every: 0.005}
sweep:
  s: [1, 2]
replicates: 32
checks:
  - name: half is learned on time
    table: run
    per: [s]
    measure: median(abs(half_time/(ln(s/m0 - 1)/(2*s)) - 1))
    expect: {at-most: 1e-4}
controls:
  - name: a start on the slope
    because: At the distance 1 there is no wait.
    set: {radius: 1}
    fails: [half is learned on time]
";

fn main() -> Result<(), Box<dyn Error>> {
    let specs = tempfile::tempdir()?;
    fs::create_dir(specs.path().join("saddles"))?;
    fs::write(specs.path().join("sources.yaml"), SOURCES)?;
    fs::write(specs.path().join("saddles/_chapter.yaml"), CHAPTER)?;
    fs::write(specs.path().join("saddles/wait.yaml"), CLAIM)?;

    // The whole line: specs are read and checked, cells run, findings judged. The callback hears of every cell.
    let found = conclude(&Options::new(specs.path()), &|_| {})?;

    // Findings are measured values with an interval over replicates: those of the claim, then those of its control.
    for finding in &found.record.claims[0].findings {
        let arm = finding.control.as_deref().unwrap_or("the claim itself");
        println!("{arm}: {:?}, measured {:?}, interval {:?}", finding.verdict, finding.measured, finding.interval);
    }
    let claim = &found.record.claims[0];
    println!("{}: {:?}", claim.title, claim.verdict);
    assert_eq!(claim.verdict, Verdict::Holds, "the wait is as long as predicted, and the control fails");
    Ok(())
}
