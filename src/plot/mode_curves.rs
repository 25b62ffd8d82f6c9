//! `mode-curves`: the strength of each mode over time in one replicate.

use super::axis::of_column;
use super::model::{Layer, Origin, Plot};
use super::run::at_point;
use super::series::{Series, split, unbroken};
use super::shown::column;
use super::thin::{LINE, LINES, note, thin};
use crate::judge::Evidence;
use crate::spec::claim::Claim;
use crate::spec::language::figure_kinds::ModeCurves;

/// The table, its measured column, and the column of the theory (where the experiment has one).
const TABLE: &str = "strengths";
const MEASURED: &str = "strength";
const THEORY: &str = "closed_form";

/// For each mode (of those given, or of all) its strength and, where the theory has one, the closed form.
pub(super) fn mode_curves(claim: &Claim, evidence: &Evidence, figure: &ModeCurves) -> Result<Plot, String> {
    let table = at_point(claim, evidence, TABLE, &figure.point, Some(figure.replicate))?;
    let [mode, time, strength] = ["mode", "time", MEASURED].map(|name| column(&table, name));
    let (mode, time, strength) = (mode?, time?, strength?);
    let all = wanted(split(claim, &table, Some("mode"))?, mode, figure.modes.as_deref())?;
    let theory = table.column(THEORY);
    let most = LINE.min(LINES / all.len().max(1) / 2);
    let (mut measured, mut predicted) = (Vec::new(), Vec::new());
    let (mut drawn, mut of) = (0, 0);
    for (number, series) in all.iter().enumerate() {
        let rows = thin(&series.rows, most);
        drawn += rows.len();
        of += series.rows.len();
        let lines = |values: &[f64], label: String, origin: Origin| {
            let point =
                |&row: &usize| Some([time[row], values[row]]).filter(|point| point.iter().all(|v| v.is_finite()));
            let stretches = unbroken(rows.iter().map(point).collect());
            let line = move |points| Layer::Line { label: label.clone(), series: number, origin, points };
            stretches.into_iter().map(line).collect::<Vec<_>>()
        };
        measured.extend(lines(strength, series.label.clone(), Origin::Measured));
        if let Some(theory) = theory {
            predicted.extend(lines(theory, format!("theory, {}", series.label), Origin::Theory));
        }
    }
    Ok(Plot {
        kind: String::new(),
        title: "strength of each mode against time".to_owned(),
        caption: note(drawn, of),
        x: of_column(claim, TABLE, "time", "time"),
        y: of_column(claim, TABLE, MEASURED, "strength"),
        z: None,
        layers: measured.into_iter().chain(predicted).collect(),
    })
}

/// The modes given, or all.
fn wanted(mut all: Vec<Series>, mode: &[f64], modes: Option<&[u64]>) -> Result<Vec<Series>, String> {
    let Some(modes) = modes else { return Ok(all) };
    if let Some(missing) = modes.iter().find(|&&wanted| !mode.contains(&(wanted as f64))) {
        return Err(format!("shows mode {missing}, which table `{TABLE}` does not have"));
    }
    all.retain(|series| modes.iter().any(|&wanted| wanted as f64 == mode[series.rows[0]]));
    Ok(all)
}
