//! Tests of `spec::formula`: parsing, types, evaluation.

mod evaluation;
mod parsing;
mod properties;
mod types;

use modewise::spec::formula::check::{ColumnType, Scope};
use modewise::table::Table;

/// Fails once, with every row that failed.
fn all(failures: Vec<String>) {
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures.join("\n"));
}

fn same(left: f64, right: f64) -> bool {
    left == right || (left.is_nan() && right.is_nan())
}

fn table(columns: &[(&str, &[f64])]) -> Table {
    let mut table = Table::default();
    for (name, values) in columns {
        table.set(name, values.to_vec());
    }
    table
}

const NONE: f64 = f64::NAN;

fn sample() -> Table {
    table(&[
        ("mode", &[1.0, 2.0, 3.0, 4.0]),
        ("s", &[8.0, 4.0, 2.0, 1.0]),
        ("half_time", &[0.5, 1.0, NONE, 3.0]),
        ("centre", &[0.0, 1.0, 0.0, 1.0]),
        ("hidden", &[32.0, 32.0, 32.0, 32.0]),
    ])
}

fn scope() -> Scope {
    let mut scope = Scope::default();
    for name in ["mode", "s", "half_time", "hidden"] {
        scope.insert(name, ColumnType::Number);
    }
    scope.insert("late", ColumnType::Condition);
    scope.insert("centre", ColumnType::Labels(vec!["known".into(), "none".into()]));
    scope
}
