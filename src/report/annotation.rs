//! Annotations: messages that GitHub shows on the line of a spec, in the form of workflow commands.

use crate::judge::verdict::Verdict;
use crate::record::{ClaimRecord, Record};
use crate::report::view::order::{by_need, findings_by_need};
use crate::report::words::{capitalised, quoted, sentence, word};

/// A message on a line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Whether it is an error; otherwise a warning.
    pub error: bool,
    /// The file, from the folder of the project.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1; none for the whole line.
    pub column: Option<usize>,
    /// What it is about.
    pub title: String,
    /// What is to be said.
    pub message: String,
}

impl Annotation {
    /// The workflow command.
    pub fn command(&self) -> String {
        let level = if self.error { "error" } else { "warning" };
        let column = self.column.map(|column| format!(",col={column}")).unwrap_or_default();
        let (file, title) = (property(&self.file), property(&self.title));
        format!("::{level} file={file},line={}{column},title={title}::{}", self.line, data(&self.message))
    }
}

/// Annotations of a record: for each check that does not hold its worst finding, for each control that did not fail
/// itself, each on its line of the spec; worst first.
pub fn annotations(record: &Record) -> Vec<Annotation> {
    let needing = by_need(&record.claims).into_iter();
    let needing = needing.filter(|claim| !matches!(claim.verdict, Verdict::Holds | Verdict::Skipped));
    needing.flat_map(of_claim).collect()
}

fn of_claim(claim: &ClaimRecord) -> Vec<Annotation> {
    let mut found = Vec::new();
    for check in &claim.checks {
        let Some(worst) = findings_by_need(claim.of_check(&check.name)).first().copied() else { continue };
        if worst.verdict != Verdict::Holds {
            let line = line_of(&claim.spec, "checks", &check.name);
            found.push(annotation(claim, worst.verdict, line, &sentence(check, claim, worst)));
        }
    }
    for control in claim.controls.iter().filter(|control| claim.verdict == Verdict::Vacuous && !control.failed) {
        let line = line_of(&claim.spec, "controls", &control.name);
        let reason = claim.reason.as_deref().unwrap_or("a check that must fail did not");
        found.push(annotation(claim, Verdict::Vacuous, line, &capitalised(&quoted(reason))));
    }
    if found.is_empty() {
        let reason = claim.reason.as_deref().unwrap_or("no reason was recorded");
        found.push(annotation(claim, claim.verdict, 1, &capitalised(&quoted(reason))));
    }
    found
}

fn annotation(claim: &ClaimRecord, verdict: Verdict, line: usize, message: &str) -> Annotation {
    Annotation {
        error: verdict != Verdict::Inconclusive,
        file: claim.file.clone(),
        line,
        column: None,
        title: format!("{}: {}", word(verdict), claim.title),
        message: message.to_owned(),
    }
}

/// The line, from 1, on which the section (`checks`, `controls`) of a spec names `name`; the section's own line, or the
/// first, where a name is written in a way that is not recognised.
pub fn line_of(spec: &str, section: &str, name: &str) -> usize {
    let head = format!("{section}:");
    let start = spec.lines().position(|line| line.starts_with(&head));
    let Some(start) = start else { return 1 };
    let inside = spec.lines().enumerate().skip(start);
    let mut inside = inside.take_while(|(place, line)| *place == start || !line.starts_with(char::is_alphabetic));
    let line = inside.find(|(_, line)| names(line).any(|other| other == name));
    line.map_or(start, |(place, _)| place) + 1
}

/// What follows `name:` on a line, without quotation marks, up to each place where it may end.
fn names(line: &str) -> impl Iterator<Item = &str> {
    let text = line.split_once("name:").map(|(_, text)| text.trim());
    text.into_iter().flat_map(|text| {
        let ends = text.match_indices([',', '}', '#']).map(|(end, _)| end).chain([text.len()]);
        ends.map(move |end| text[..end].trim().trim_matches(['"', '\'']))
    })
}

/// Text after the last colons.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text between commas.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
