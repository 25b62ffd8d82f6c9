//! Reads `tests/reference/*.json`.

use faer::Mat;
use serde_json::Value as Json;

/// The cases of a reference file.
pub(crate) fn cases(name: &str) -> Vec<Json> {
    let path = format!("{}/tests/reference/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("the reference is part of the repository");
    let file: Json = serde_json::from_str(&text).expect("the reference is JSON");
    file["cases"].as_array().expect("a reference has cases").clone()
}

/// A number.
pub(crate) fn number(value: &Json) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is not a number"))
}

/// A list of numbers.
pub(crate) fn numbers(value: &Json) -> Vec<f64> {
    value.as_array().unwrap_or_else(|| panic!("{value} is not a list")).iter().map(number).collect()
}

/// A matrix, written as a list of rows.
pub(crate) fn matrix(value: &Json) -> Mat<f64> {
    let rows: Vec<Vec<f64>> = value.as_array().expect("a matrix is a list").iter().map(numbers).collect();
    Mat::from_fn(rows.len(), rows[0].len(), |i, j| rows[i][j])
}
