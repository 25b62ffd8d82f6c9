//! The rows that a figure shows.

use crate::judge::Evidence;
use crate::spec::language::figure_options::Rows;
use crate::table::Table;

/// The table with the new columns, and of its rows those that the filter lets through. A row of which the filter is
/// missing is not shown.
pub(super) fn shown(evidence: &Evidence, rows: &Rows) -> Result<Table, String> {
    let mut table = table(evidence, &rows.table)?.clone();
    for (name, formula) in &rows.lets {
        table.set(name, formula.by_row(&table));
    }
    if let Some(filter) = &rows.filter {
        let passes = filter.by_row(&table);
        table = table.select(&(0..passes.len()).filter(|&row| passes[row] == 1.0).collect::<Vec<_>>());
        if table.rows() == 0 {
            return Err(format!("has nothing to show: no rows are left by `{}`", filter.text));
        }
    }
    if table.rows() == 0 {
        return Err(format!("has nothing to show: table `{}` has no rows", rows.table));
    }
    Ok(table)
}

/// A table of the experiment.
pub(super) fn table<'a>(evidence: &'a Evidence, name: &str) -> Result<&'a Table, String> {
    evidence.tables.get(name).ok_or_else(|| format!("needs the table `{name}`, which the experiment does not have"))
}

/// A column of a table of the experiment.
pub(super) fn column<'a>(table: &'a Table, name: &str) -> Result<&'a [f64], String> {
    table.column(name).ok_or_else(|| format!("needs the column `{name}`, which its table does not have"))
}
