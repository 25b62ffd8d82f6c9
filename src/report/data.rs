//! Tables and figures as files for other programs.
//!
//! CSV comes from the library, but for the rows of tables, nearly all of the bytes: their numbers need no quotes, and
//! the library, which looks at every byte whether it does, takes 1.6 times as long for them.

use indexmap::IndexMap;
use serde::Serialize;

use crate::judge::finding::Finding;
use crate::plot::model::Plot;
use crate::record::{CellTiming, ClaimRecord, Timing};
use crate::report::figure::numbers::{columns, rows};
use crate::report::number::{exact, push_exact};
use crate::report::words::{point, word};
use crate::table::Table;

/// A table as CSV: a line of names, then one line per row; a missing value is empty, an axis whose values are not
/// numbers shows its labels.
pub fn table_csv(table: &Table, labels: &IndexMap<String, Vec<String>>) -> String {
    let mut columns: Vec<_> = table.columns().map(|(name, values)| Column::new(values, labels.get(name))).collect();
    let mut text = line(table.names());
    text.reserve(table.text_size());
    for row in 0..table.rows() {
        for (place, column) in columns.iter_mut().enumerate() {
            if place > 0 {
                text.push(',');
            }
            text.push_str(column.cell(row));
        }
        text.push('\n');
    }
    text
}

/// A column that is written row by row.
struct Column<'a> {
    values: &'a [f64],
    labels: Option<&'a Vec<String>>,
    /// The bits of the value that was written last, and its text: many rows have that of the row before.
    last: (u64, String),
}

impl<'a> Column<'a> {
    fn new(values: &'a [f64], labels: Option<&'a Vec<String>>) -> Self {
        let mut last = String::new();
        push_cell(&mut last, f64::NAN, labels);
        Self { values, labels, last: (f64::NAN.to_bits(), last) }
    }

    fn cell(&mut self, row: usize) -> &str {
        let (value, (bits, text)) = (self.values[row], &mut self.last);
        if value.to_bits() != *bits {
            *bits = value.to_bits();
            text.clear();
            push_cell(text, value, self.labels);
        }
        text
    }
}

/// Writes a value, or its label.
fn push_cell(text: &mut String, value: f64, labels: Option<&Vec<String>>) {
    match labels.filter(|_| value >= 0.0).and_then(|labels| labels.get(value as usize)) {
        Some(label) => text.push_str(line([label]).trim_end_matches('\n')),
        None => push_exact(text, value),
    }
}

/// What a table as JSON says in front of its columns: labels, units and a word on where it comes from.
pub fn table_head<'a>(claim: &'a ClaimRecord, name: &'a str, table: &'a Table) -> TableHead<'a> {
    let labels = claim.labels.iter().filter(|(axis, _)| table.column(axis).is_some()).collect();
    let units = claim.units.get(name).into_iter().flatten().collect();
    TableHead { claim: &claim.id, table: name, units, labels }
}

/// The part of a table as other programs read it that is not its numbers.
#[derive(Debug, Serialize)]
pub struct TableHead<'a> {
    claim: &'a str,
    table: &'a str,
    units: IndexMap<&'a String, &'a String>,
    labels: IndexMap<&'a String, &'a Vec<String>>,
}

/// The numbers of a figure as CSV.
pub fn figure_csv(plot: &Plot) -> String {
    let rows = rows(plot);
    let (ranged, valued) = columns(&rows);
    let mut names = vec!["what", "name", "x", "y"];
    names.extend(ranged.then_some(["low", "high"]).into_iter().flatten());
    names.extend(valued.then_some("value"));
    let mut text = line(names);
    for row in &rows {
        text.push_str(line([row.what, row.label.as_str()]).trim_end_matches('\n'));
        let range = ranged.then(|| row.range.unwrap_or([f64::NAN; 2]));
        let value = valued.then(|| row.value.unwrap_or(f64::NAN));
        for number in [row.x, row.y].into_iter().chain(range.into_iter().flatten()).chain(value) {
            text.push(',');
            push_exact(&mut text, number);
        }
        text.push('\n');
    }
    text
}

/// Lines of CSV (RFC 4180, with a line feed), the names of the fields first.
fn lines<const N: usize>(names: [&str; N], records: impl IntoIterator<Item = [String; N]>) -> String {
    let mut text = line(names);
    records.into_iter().for_each(|record| text.push_str(&line(record)));
    text
}

/// A line of CSV.
fn line(fields: impl IntoIterator<Item = impl AsRef<[u8]>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(fields).expect("memory takes a line, and there is no other that it could differ from");
    let bytes = writer.into_inner().expect("memory takes what is left");
    String::from_utf8(bytes).expect("fields are text, and what is between them is ASCII")
}

/// The findings of a claim and of its controls as CSV, one line per finding.
pub fn findings_csv(claim: &ClaimRecord) -> String {
    let names = [
        "check",
        "control",
        "point",
        "verdict",
        "measured",
        "low",
        "high",
        "expected",
        "allowed_from",
        "allowed_to",
        "tolerance_use",
        "replicates",
        "rows",
    ];
    let record = |finding: &Finding| {
        let number = |value: Option<f64>| value.map(exact).unwrap_or_default();
        let [low, high] = finding.interval.map_or([None; 2], |ends| ends.map(Some));
        let [from, to] = finding.band;
        let values = [finding.measured, low, high, finding.expected, from, to, finding.tolerance_use];
        let [measured, low, high, expected, from, to, tolerance_use] = values.map(number);
        let (check, control) = (finding.check.clone(), finding.control.clone().unwrap_or_default());
        let (verdict, place) = (word(finding.verdict).to_owned(), point(finding));
        let (replicates, rows) = (finding.replicates.to_string(), finding.rows.to_string());
        [check, control, place, verdict, measured, low, high, expected, from, to, tolerance_use, replicates, rows]
    };
    lines(names, claim.findings.iter().map(record))
}

/// The cells of a run as CSV, one line for each cell and claim that needs it: computed or read from the store.
pub fn cells_csv(timing: &Timing) -> String {
    let record = |cell: &CellTiming| {
        let from = if cell.fresh { "computed" } else { "store" };
        let [first, end] = cell.replicates;
        let (control, replicates) = (cell.control.clone().unwrap_or_default(), format!("{first} to {}", end - 1));
        [cell.claim.clone(), control, cell.point.clone(), replicates, cell.key.clone(), from.to_owned()]
    };
    lines(["claim", "control", "point", "replicates", "cell", "from"], timing.cells.iter().map(record))
}
