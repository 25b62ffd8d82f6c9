//! The rows of one point of the sweep, or of one replicate there.

use indexmap::IndexMap;
use serde_json::Value as Json;

use super::shown::{column, table};
use crate::judge::Evidence;
use crate::spec::axis::AxisParameter;
use crate::spec::claim::Claim;
use crate::spec::setting::AxisValue;
use crate::table::Table;

/// The rows of a table at one point: of each axis the given value, or the first where none is given. An error if there
/// are none.
pub(super) fn at_point(
    claim: &Claim,
    evidence: &Evidence,
    name: &str,
    point: &IndexMap<String, Json>,
    replicate: Option<u64>,
) -> Result<Table, String> {
    let table = table(evidence, name)?;
    let mut rows: Vec<usize> = (0..table.rows()).collect();
    let mut place = Vec::new();
    for parameter in claim.swept() {
        let given = point.get(&parameter.column).or_else(|| point.get(&parameter.path));
        let values = column(table, &parameter.column)?;
        let Some(value) = given.map_or_else(|| rows.first().map(|&row| values[row]), |given| number(parameter, given))
        else {
            continue;
        };
        rows.retain(|&row| values[row] == value);
        place.extend(given.map(|given| AxisValue { parameter, value: given.clone() }.text()));
    }
    if let Some(replicate) = replicate {
        let replicates = column(table, "replicate")?;
        rows.retain(|&row| replicates[row] == replicate as f64);
        place.push(format!("replicate {replicate}"));
    }
    if rows.is_empty() {
        let place = if place.is_empty() { String::new() } else { format!(" at {}", place.join(", ")) };
        return Err(format!("has nothing to show: table `{name}` has no rows{place}"));
    }
    Ok(table.select(&rows))
}

/// The value of an axis as its column holds it; missing (and so equal to none) if it is not one of the axis' labels.
fn number(parameter: &AxisParameter, value: &Json) -> Option<f64> {
    Some(AxisValue { parameter, value: value.clone() }.number())
}
