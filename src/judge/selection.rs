//! The rows that a check looks at: new columns, filter, first stage, points.

use indexmap::IndexMap;

use super::finding::PointValue;
use crate::spec::check::Check;
use crate::spec::claim::Claim;
use crate::spec::formula::syntax::{Expression, Node, Operator};
use crate::spec::formula::{Formula, OverRows};
use crate::table::Table;

/// Most points of a check, as many as a sweep may have: more come from a column that is different in every row.
const POINTS: usize = 10_000;

/// Rows of a table by point.
#[derive(Debug)]
pub(super) struct Selection {
    /// The table with the new columns; where the first stage stays within replicates, its result.
    pub(super) table: Table,
    /// For each point (in order of first appearance) its rows. None at all if the filter left none.
    pub(super) points: Vec<Point>,
    /// The replicates of the whole table, sorted: what is resampled.
    pub(super) replicates: Vec<f64>,
}

/// One combination of the values of the `per` columns.
#[derive(Debug)]
pub(super) struct Point {
    /// The values by column; none without `per` columns.
    pub(super) name: Option<IndexMap<String, PointValue>>,
    /// The values of the `per` columns as their tables have them, labels by their place.
    key: Table,
    /// Its rows; empty where the filter left none.
    pub(super) rows: Vec<usize>,
}

impl Point {
    /// Whether a condition on the `per` columns is true here.
    pub(super) fn meets(&self, condition: &Formula) -> bool {
        condition.by_row(&self.key) == [1.0]
    }
}

/// Whether the measure sees rows that each belong to one replicate: there is no first stage, or one that reduces
/// each replicate by itself and so is made once and not in every resample.
pub(super) fn keeps_replicates(check: &Check) -> bool {
    check.group.is_empty() || check.group.iter().any(|column| column == "replicate")
}

/// Applies a check's `let`, `where`, `per` and, within replicates, `group` to its table. An error says what is
/// missing.
///
/// Points are split by the parts of the filter that only look at keys (columns that name a row: axes, `replicate`,
/// `mode`, ...) and at the columns of `per`. So `mode <= 12` leaves modes out, and with `per: [level]` so does
/// `known(level)`; but a point of which `known(half_time)` leaves nothing stays, with no rows to judge.
pub(super) fn select(claim: &Claim, check: &Check, table: &Table) -> Result<Selection, String> {
    let mut table = table.clone();
    let Some(replicate) = table.column("replicate") else {
        return Err(format!("table `{}` does not say which replicate a row is of", check.table));
    };
    let replicates = distinct(replicate);
    let mut keys = key_columns(claim, check);
    keys.extend(check.per.iter().cloned());
    for (name, formula) in &check.lets {
        if formula.columns().iter().all(|column| keys.iter().any(|key| key == column)) {
            keys.push(name.clone());
        }
        table.set(name, formula.by_row(&table));
    }
    let (wanted, kept) = filtered(check.filter.as_ref(), &keys, &table)?;
    let columns: Vec<&str> = check.per.iter().map(String::as_str).collect();
    let mut points = split(&table, &wanted, &columns)?;
    if points.len() > POINTS {
        let by = columns.join(", ");
        return Err(format!("`per` splits by {by} into {} points (allowed: {POINTS})", points.len()));
    }
    for rows in points.values_mut() {
        rows.retain(|&row| kept[row]);
    }
    if !check.group.is_empty() && keeps_replicates(check) {
        (table, points) = reduced(check, &table, &points)?;
    }
    let points = points
        .into_iter()
        .map(|(key, rows)| Point { name: point_name(claim, &columns, &key), key: one_row(&columns, &key), rows })
        .collect();
    Ok(Selection { table, points, replicates })
}

/// Rows by the values (as bits) of columns, in order of first appearance.
pub(super) type Groups = IndexMap<Vec<u64>, Vec<usize>>;

/// Splits rows by the values of columns; an error if one is missing.
pub(super) fn split(table: &Table, rows: &[usize], columns: &[&str]) -> Result<Groups, String> {
    let values = columns
        .iter()
        .map(|name| table.column(name).ok_or_else(|| format!("there is no column `{name}`")))
        .collect::<Result<Vec<_>, _>>()?;
    for (name, values) in columns.iter().zip(&values) {
        let missing = rows.iter().filter(|&&row| values[row].is_nan()).count();
        if missing > 0 {
            return Err(format!("`{name}`, by which rows are split, is missing in {missing} of {} rows", rows.len()));
        }
    }
    let mut groups = Groups::new();
    for &row in rows {
        // Adding zero makes -0 and 0 one value.
        let key = values.iter().map(|values| (values[row] + 0.0).to_bits()).collect();
        groups.entry(key).or_default().push(row);
    }
    Ok(groups)
}

/// The distinct values, sorted.
pub(super) fn distinct(values: &[f64]) -> Vec<f64> {
    let mut values = values.to_vec();
    values.sort_unstable_by(f64::total_cmp);
    values.dedup();
    values
}

/// The columns of a check's table that are known before anything is measured.
fn key_columns(claim: &Claim, check: &Check) -> Vec<String> {
    let axes = claim.swept().map(|parameter| parameter.column.clone());
    let keys = claim.kind.table(&check.table).map_or(&[][..], |table| table.keys);
    axes.chain(keys.iter().map(|key| key.name.to_owned())).chain(["replicate".to_owned()]).collect()
}

/// The rows that the filter's conditions on keys let through, and for each row of the table whether all of the filter
/// does.
fn filtered(filter: Option<&Formula>, keys: &[String], table: &Table) -> Result<(Vec<usize>, Vec<bool>), String> {
    let Some(filter) = filter else { return Ok(((0..table.rows()).collect(), vec![true; table.rows()])) };
    let passes = filter.by_row(table);
    let missing = passes.iter().filter(|value| value.is_nan()).count();
    if missing > 0 {
        return Err(format!("the filter `{}` is missing in {missing} of {} rows", filter.text, passes.len()));
    }
    let mut wanted = vec![true; table.rows()];
    for condition in conditions(&filter.syntax) {
        let condition = Formula { text: filter.text.clone(), syntax: condition.clone() };
        if condition.columns().iter().all(|column| keys.iter().any(|key| key == column)) {
            for (wanted, value) in wanted.iter_mut().zip(condition.by_row(table)) {
                *wanted &= value == 1.0;
            }
        }
    }
    let wanted = (0..table.rows()).filter(|&row| wanted[row]).collect();
    Ok((wanted, passes.into_iter().map(|value| value == 1.0).collect()))
}

/// The conditions that a formula joins by `and`.
fn conditions(expression: &Expression) -> Vec<&Expression> {
    match &expression.node {
        Node::Binary { operator: Operator::And, left, right } => [conditions(left), conditions(right)].concat(),
        _ => vec![expression],
    }
}

/// The first stage within replicates: one row for each combination of the `group` columns at each point.
fn reduced(check: &Check, table: &Table, points: &Groups) -> Result<(Table, Groups), String> {
    let stage = FirstStage::new(check, table);
    let mut result = stage.empty();
    let mut reduced_points = Groups::new();
    for (key, rows) in points {
        let first = result.rows();
        for rows in split(table, rows, &stage.group)?.values() {
            result.push(&stage.row(rows));
        }
        reduced_points.insert(key.clone(), (first..result.rows()).collect());
    }
    Ok((result, reduced_points))
}

/// The first stage of a measure: the rows of a group become one.
pub(super) struct FirstStage<'a> {
    /// The columns that rows are grouped by.
    pub(super) group: Vec<&'a str>,
    /// The `per` and `group` columns: the same in every row of a group.
    kept: Vec<(&'a str, &'a [f64])>,
    made: Vec<(&'a str, OverRows<'a>)>,
}

impl<'a> FirstStage<'a> {
    /// The stage of a check over a table.
    pub(super) fn new(check: &'a Check, table: &'a Table) -> Self {
        let mut kept: Vec<(&str, &[f64])> = Vec::new();
        for name in check.per.iter().chain(&check.group) {
            if let Some(values) = table.column(name)
                && kept.iter().all(|(other, _)| other != name)
            {
                kept.push((name, values));
            }
        }
        let made = check.reduce.iter().map(|(name, formula)| (name.as_str(), formula.over(table))).collect();
        Self { group: check.group.iter().map(String::as_str).collect(), kept, made }
    }

    /// A table of its result, without rows.
    pub(super) fn empty(&self) -> Table {
        Table::new(self.kept.iter().map(|(name, _)| *name).chain(self.made.iter().map(|(name, _)| *name)))
    }

    /// The row that a group becomes.
    pub(super) fn row(&self, rows: &[usize]) -> Vec<f64> {
        self.kept(rows[0]).chain(self.made().map(|formula| formula.value(rows))).collect()
    }

    /// What is the same in every row of a group, from one of them.
    pub(super) fn kept(&self, row: usize) -> impl Iterator<Item = f64> {
        self.kept.iter().map(move |(_, values)| values[row])
    }

    /// The formulas of the new columns.
    pub(super) fn made(&self) -> impl Iterator<Item = &OverRows<'a>> {
        self.made.iter().map(|(_, formula)| formula)
    }
}

/// A table of one row with the values of the `per` columns.
fn one_row(columns: &[&str], key: &[u64]) -> Table {
    let mut table = Table::default();
    columns.iter().zip(key).for_each(|(name, &bits)| table.set(name, vec![f64::from_bits(bits)]));
    table
}

/// The values of the `per` columns, with the labels of axes that have some.
fn point_name(claim: &Claim, columns: &[&str], key: &[u64]) -> Option<IndexMap<String, PointValue>> {
    let parameters = || claim.swept();
    let value = |name: &str, value: f64| {
        let labels = parameters().find(|parameter| parameter.column == name).and_then(|axis| axis.labels.as_ref());
        match labels.and_then(|labels| labels.get(value as usize)) {
            Some(label) => PointValue::Label(label.clone()),
            None => PointValue::Number(value),
        }
    };
    let values = columns.iter().zip(key).map(|(&name, &bits)| (name.to_owned(), value(name, f64::from_bits(bits))));
    (!columns.is_empty()).then(|| values.collect())
}
