//! From the axes of a file to those of a claim: the columns of parameters and the labels of their values.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::experiment::{Kind, reserved};
use crate::spec::axis::{Axis, AxisParameter};
use crate::spec::compile::read::is_name;
use crate::spec::compile::sweep::SpannedAxis;
use crate::spec::formula::function::FUNCTIONS;
use crate::spec::setting::label_of;
use crate::spec::yaml::problems::Source;

/// The axes of a sweep. `values` are all values that the parameter of a path takes, in any profile and control: all of
/// them are labels, so that a label has the same place everywhere.
pub(in crate::spec) fn axes(sweep: &[SpannedAxis<'_>], kind: &Kind, values: &[(&str, &Json)]) -> Vec<Axis> {
    let taken = taken(kind);
    let paths: Vec<&str> = sweep.iter().flat_map(SpannedAxis::paths).collect();
    let axis = |axis: &SpannedAxis<'_>| {
        let parameter = |path: &str| {
            let labels = labels(values.iter().filter(|(other, _)| *other == path).map(|(_, value)| *value).collect());
            AxisParameter { path: path.to_owned(), column: column(path, &paths, &taken), labels }
        };
        let values = axis.stops.iter().map(|stop| stop.values.clone()).collect();
        Axis { parameters: axis.paths().map(parameter).collect(), values }
    };
    sweep.iter().map(axis).collect()
}

/// Notes axes whose column would stand in the way of one that the tables have, or of a word of formulas: what an axis
/// puts into every table would overwrite what the experiment measured.
pub(in crate::spec) fn refuse_taken(sweep: &[SpannedAxis<'_>], axes: &[Axis], kind: &Kind, source: &Source<'_>) {
    let taken = taken(kind);
    let parameters = sweep.iter().flat_map(|axis| &axis.parameters);
    for ((path, place), parameter) in parameters.zip(axes.iter().flat_map(|axis| &axis.parameters)) {
        let column = parameter.column.as_str();
        if !taken.contains(column) {
            continue;
        }
        let table = kind.tables.iter().find(|table| table.all().any(|other| other.name == column));
        let message = match table {
            Some(table) => format!(
                "`{path}` cannot be an axis, because its values would overwrite the column `{column}` of the table `{}` \
                 (allowed: parameters whose name is no column)",
                table.name
            ),
            None => {
                format!("`{path}` cannot be an axis, because `{column}` has a meaning in formulas (allowed: others)")
            }
        };
        source.report(place.clone(), message);
    }
}

/// The column of a parameter: the last word of its path; the whole path where another axis or a column of the
/// experiment has that word, or where it is no name.
fn column(path: &str, paths: &[&str], taken: &BTreeSet<&str>) -> String {
    let word = last_word(path);
    let clash = paths.iter().any(|other| *other != path && last_word(other) == word);
    if clash || taken.contains(word.as_str()) || !is_name(&word) { path.replace(['.', '-'], "_") } else { word }
}

fn last_word(path: &str) -> String {
    path.rsplit('.').next().unwrap_or(path).replace('-', "_")
}

/// Names that no axis can have: columns of the experiment, and names with a meaning in formulas.
fn taken(kind: &Kind) -> BTreeSet<&'static str> {
    let columns = kind.tables.iter().flat_map(|table| table.all()).map(|column| column.name);
    columns.chain(FUNCTIONS.iter().map(|doc| doc.name)).chain(reserved()).collect()
}

/// The labels of values, in order of first appearance, if any of them is not a number.
fn labels(values: Vec<&Json>) -> Option<Vec<String>> {
    if values.iter().all(|value| value.is_number()) {
        return None;
    }
    let mut labels: Vec<String> = Vec::new();
    for label in values.into_iter().map(label_of) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    Some(labels)
}
