//! `spectrum`: singular values by mode.

use super::axis::of_column;
use super::model::{Layer, Origin, Plot};
use super::run::at_point;
use super::series::{Series, summaries};
use super::shown::column;
use super::theory::theory_lines;
use super::thin::{LINE, note, thin};
use crate::judge::Evidence;
use crate::spec::claim::Claim;
use crate::spec::language::figure_kinds::Spectrum;

/// The mean of each mode's singular value over replicates with the middle 90 %, and the prediction as a line.
pub(super) fn spectrum(claim: &Claim, evidence: &Evidence, figure: &Spectrum) -> Result<Plot, String> {
    let table = at_point(claim, evidence, "modes", &figure.point, None)?;
    let rows: Vec<usize> = (0..table.rows()).collect();
    let [mode, s, theory] = ["mode", "s", "s_theory"].map(|name| column(&table, name));
    let (mode, s, theory) = (mode?, s?, theory?);
    let of_modes = summaries(&rows, mode, s).into_iter().filter(|summary| summary.rows > 0);
    let of_modes: Vec<[f64; 4]> =
        of_modes.map(|summary| [summary.x, summary.mean, summary.middle[0], summary.middle[1]]).collect();
    if of_modes.is_empty() {
        return Err("has nothing to show: `s` is missing in all rows".to_owned());
    }
    let points = thin(&of_modes, LINE);
    let caption = note(points.len(), of_modes.len());
    let [x_axis, y_axis] =
        [of_column(claim, "modes", "mode", "mode"), of_column(claim, "modes", "s", "singular value")];
    let label = "measured".to_owned();
    let mut layers = vec![Layer::Intervals { label, series: 0, origin: Origin::Measured, points }];
    layers.extend(theory_lines(&[Series { label: String::new(), rows }], [&x_axis, &y_axis], mode, theory));
    Ok(Plot {
        kind: String::new(),
        title: "singular value by mode".to_owned(),
        caption,
        x: x_axis,
        y: y_axis,
        z: None,
        layers,
    })
}
