//! What is said between this program and one from outside: a request and an answer for each cell, one line of JSON each.

use std::collections::BTreeMap;
use std::ops::Range;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::experiment::{Failure, TableDoc};
use crate::table::{Table, Tables};

/// The version of the protocol; a program may refuse another.
pub const PROTOCOL: u32 = 1;

/// A request for one cell.
#[derive(Debug, Serialize)]
pub struct Request<'a> {
    /// The version of the protocol.
    pub protocol: u32,
    /// The number of the request among those of the run. An answer that repeats it cannot be taken for another.
    pub id: u64,
    /// The experiment.
    pub experiment: &'a str,
    /// Its parameters, all of them.
    pub parameters: &'a Map<String, Json>,
    /// The replicates that are asked for.
    pub replicates: Vec<u64>,
    /// For each stream a seed for each of the replicates, in order: whole numbers below 2^64 as text.
    pub seeds: IndexMap<&'a str, Vec<String>>,
}

/// The columns of a table by name.
type Columns = IndexMap<String, Vec<Option<f64>>>;

/// An answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    id: Option<u64>,
    tables: Option<BTreeMap<String, Columns>>,
    failure: Option<Failure>,
}

/// The tables in an answer or the failure that it reports, if it has the form that the declaration promises.
///
/// # Errors
/// What is wrong with it, in words that its author can act on.
pub fn read_answer(
    line: &str,
    id: u64,
    tables: &[TableDoc],
    replicates: &Range<u64>,
) -> Result<Result<Tables, Failure>, String> {
    let answer: Answer = serde_json::from_str(line).map_err(|error| no_answer(line, &error))?;
    if let Some(other) = answer.id.filter(|other| *other != id) {
        return Err(format!("the answer is to request {other}, and request {id} was sent"));
    }
    match (answer.tables, answer.failure) {
        (None, Some(failure)) if replicates.contains(&failure.replicate) => Ok(Err(failure)),
        (None, Some(Failure { replicate, .. })) => {
            Err(format!("the failure is of replicate {replicate} (allowed: {})", in_words(replicates)))
        }
        (Some(mut found), None) => {
            let mut read = Tables::new();
            for form in tables {
                let columns = found.remove(form.name).ok_or_else(|| missing_table(form, tables))?;
                read.insert(form.name.to_owned(), table(form, columns, replicates)?);
            }
            match found.keys().next() {
                Some(extra) => Err(format!("the table `{extra}` is not declared (allowed: {})", names(tables))),
                None => Ok(Ok(read)),
            }
        }
        _ => Err("an answer has either `tables` or a `failure`".to_owned()),
    }
}

/// What stands on a line that is no answer.
fn no_answer(line: &str, error: &serde_json::Error) -> String {
    let shown: String = line.trim_end().chars().take(80).collect();
    if line.trim_start().starts_with('{') {
        format!("the answer is not what protocol {PROTOCOL} asks for: {error} (it begins with `{shown}`)")
    } else {
        format!(
            "standard output has a line that is no answer: `{shown}` (allowed: one JSON object for each request; \
             what is for people goes to standard error)"
        )
    }
}

fn missing_table(form: &TableDoc, tables: &[TableDoc]) -> String {
    format!("the table `{}` is missing in the answer (required: {})", form.name, names(tables))
}

fn names(tables: &[TableDoc]) -> String {
    tables.iter().map(|table| table.name).collect::<Vec<_>>().join(", ")
}

fn in_words(replicates: &Range<u64>) -> String {
    format!("{} to {}", replicates.start, replicates.end - 1)
}

/// A table of the declared form, with its rows in order of replicate.
fn table(form: &TableDoc, mut columns: Columns, replicates: &Range<u64>) -> Result<Table, String> {
    let mut table = form.table();
    let declared: Vec<String> = table.names().map(str::to_owned).collect();
    if let Some(extra) = columns.keys().find(|name| !declared.contains(name)) {
        let allowed = declared.join(", ");
        return Err(format!(
            "the table `{}` has the column `{extra}`, which is not declared (allowed: {allowed})",
            form.name
        ));
    }
    let mut values = Vec::new();
    for name in &declared {
        let column = columns.swap_remove(name).ok_or_else(|| {
            format!("the table `{}` has no column `{name}` (required: {})", form.name, declared.join(", "))
        })?;
        values.push(column);
    }
    let rows = values[0].len();
    if let Some((column, name)) = values.iter().zip(&declared).find(|(column, _)| column.len() != rows) {
        return Err(format!(
            "in the table `{}` the column `{name}` has {} values and `{}` has {rows}",
            form.name,
            column.len(),
            declared[0]
        ));
    }
    let order = order(form, &values[0], replicates)?;
    for row in order {
        let row: Vec<f64> = values.iter().map(|column| column[row].unwrap_or(f64::NAN)).collect();
        table.push(&row);
    }
    check_keys(form, &table)?;
    Ok(table)
}

/// The rows in order of replicate; every replicate is one of those asked for, and each of them has a row in a table without keys.
fn order(form: &TableDoc, replicate: &[Option<f64>], replicates: &Range<u64>) -> Result<Vec<usize>, String> {
    let mut found: Vec<(u64, usize)> = Vec::new();
    for (row, value) in replicate.iter().enumerate() {
        let number = value.filter(|value| value.fract() == 0.0 && *value >= 0.0).map(|value| value as u64);
        let number = number.filter(|number| replicates.contains(number)).ok_or_else(|| {
            let value = value.map_or("missing".to_owned(), |value| value.to_string());
            format!("in the table `{}` a replicate is {value} (allowed: {})", form.name, in_words(replicates))
        })?;
        found.push((number, row));
    }
    found.sort_unstable();
    if form.keys.is_empty() {
        for asked in replicates.clone() {
            match found.iter().filter(|(number, _)| *number == asked).count() {
                0 => return Err(format!("the table `{}` has no row for replicate {asked}", form.name)),
                1 => {}
                rows => return Err(format!("the table `{}` has {rows} rows for replicate {asked}", form.name)),
            }
        }
    }
    Ok(found.into_iter().map(|(_, row)| row).collect())
}

/// Keys are there, and no two rows of a replicate have the same.
fn check_keys(form: &TableDoc, table: &Table) -> Result<(), String> {
    let keys: Vec<&[f64]> = std::iter::once("replicate")
        .chain(form.keys.iter().map(|key| key.name))
        .filter_map(|name| table.column(name))
        .collect();
    let mut rows = std::collections::BTreeSet::new();
    for row in 0..table.rows() {
        let key: Vec<u64> = keys.iter().map(|column| column[row].to_bits()).collect();
        if let Some(key) = form.keys.iter().zip(&keys[1..]).find(|(_, column)| column[row].is_nan()) {
            return Err(format!("in the table `{}` the key `{}` is missing in a row", form.name, key.0.name));
        }
        if !form.keys.is_empty() && !rows.insert(key) {
            let names: Vec<&str> = form.keys.iter().map(|key| key.name).collect();
            return Err(format!(
                "in the table `{}` two rows of replicate {} have the same {}",
                form.name,
                keys[0][row],
                names.join(", ")
            ));
        }
    }
    Ok(())
}
