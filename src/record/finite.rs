//! JSON has no infinity and no NaN: they are refused before a record is written, not turned into `null`.

use crate::judge::finding::{Finding, PointValue};
use crate::plot::model::{Fork, Layer, Plot};
use crate::record::Record;

/// A number that JSON cannot hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} holds a number that is not finite")]
pub struct NotFinite(String);

/// Looks through every number of a record. In tables a missing value is `NaN`, and is allowed.
///
/// # Errors
/// If a number is infinite, or missing where it may not be; the first such number is named.
pub fn finite(record: &Record) -> Result<(), NotFinite> {
    for claim in &record.claims {
        for finding in &claim.findings {
            let name = || format!("the finding of check `{}` of `{}`", finding.check, claim.id);
            all(numbers_of_finding(finding), name)?;
        }
    }
    for (claim, plots) in &record.plots {
        for plot in plots {
            let name = || format!("the figure \"{}\" of `{claim}`", plot.title);
            all(numbers_of_plot(plot), name)?;
        }
    }
    let controls = record.control_tables.iter().flat_map(|(claim, controls)| {
        controls.iter().map(move |(control, tables)| (format!("control `{control}` of `{claim}`"), tables))
    });
    let own = record.tables.iter().map(|(claim, tables)| (format!("`{claim}`"), tables));
    for (owner, tables) in own.chain(controls) {
        for (name, table) in tables {
            if let Some((column, row)) = table.infinite() {
                return Err(NotFinite(format!("row {row} of `{column}` in table `{name}` of {owner}")));
            }
        }
    }
    Ok(())
}

fn all(numbers: Vec<f64>, name: impl Fn() -> String) -> Result<(), NotFinite> {
    if numbers.iter().all(|number| number.is_finite()) { Ok(()) } else { Err(NotFinite(name())) }
}

fn numbers_of_finding(finding: &Finding) -> Vec<f64> {
    let resolution = finding.resolution.iter().flat_map(|of| of.shift.into_iter().chain(of.factor)).flatten();
    let single = [finding.measured, finding.expected, finding.tolerance_use, finding.margin, finding.proven_share];
    let single = single.into_iter().chain(finding.band);
    let point = finding.point.iter().flatten().filter_map(|(_, value)| match value {
        PointValue::Number(number) => Some(*number),
        PointValue::Label(_) => None,
    });
    let interval = finding.interval.into_iter().flatten();
    single.flatten().chain(interval).chain(point).chain(resolution).collect()
}

fn numbers_of_plot(plot: &Plot) -> Vec<f64> {
    plot.layers.iter().flat_map(numbers_of_layer).collect()
}

fn numbers_of_layer(layer: &Layer) -> Vec<f64> {
    match layer {
        Layer::Line { points, .. } | Layer::Points { points, .. } => points.as_flattened().to_vec(),
        Layer::Band { points, .. } => points.as_flattened().to_vec(),
        Layer::Intervals { points, .. } => points.as_flattened().to_vec(),
        Layer::Level { y, .. } => vec![*y],
        Layer::Tree { time, forks, .. } => {
            let of_fork = |fork: &Fork| [fork.places, fork.from, [fork.distance; 2]].as_flattened().to_vec();
            forks.iter().flat_map(of_fork).chain([*time]).collect()
        }
        Layer::Matrix { time, z, .. } => z.iter().flatten().copied().chain([*time]).collect(),
        Layer::Path { points, .. } => points.as_flattened().to_vec(),
        Layer::Contour { height, points } => points.as_flattened().iter().copied().chain([*height]).collect(),
        Layer::Arrows { arrows, .. } => arrows.as_flattened().to_vec(),
        Layer::Place { at, .. } => at.to_vec(),
        Layer::Cells { x, y, z } => x.iter().chain(y).chain(z.iter().flatten().flatten()).copied().collect(),
    }
}
