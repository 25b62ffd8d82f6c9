//! What `lines` and `scatter` have in common: rows, axes, and the series with their values.

use std::rc::Rc;

use super::axis::{of_scale, of_several};
use super::model::{Layer, Plot, PlotAxis};
use super::series::{Series, everything, split};
use super::shown::shown;
use super::theory::theory_lines;
use super::thin::note;
use crate::judge::Evidence;
use crate::spec::claim::Claim;
use crate::spec::language::figure_options::{Vertical, XyFigure};

/// A figure of `y` against `x`, as columns.
pub(super) struct Xy {
    /// Horizontal axis.
    pub(super) x_axis: PlotAxis,
    /// Vertical axis.
    pub(super) y_axis: PlotAxis,
    /// In each row the place along x.
    pub(super) x: Vec<f64>,
    /// What is drawn in one colour each.
    pub(super) curves: Vec<Curve>,
    /// In each row what the theory says about y, where the figure has a theory.
    theory: Option<Vec<f64>>,
    /// The rows that the theory is drawn for, by what it may differ in.
    theory_series: Vec<Series>,
}

/// A series with what it shows.
pub(super) struct Curve {
    /// Its name and rows.
    pub(super) series: Series,
    /// In each row of the table the place along y.
    pub(super) y: Rc<[f64]>,
}

impl Xy {
    /// The columns of a figure.
    pub(super) fn new(claim: &Claim, evidence: &Evidence, figure: &XyFigure) -> Result<Self, String> {
        let table = shown(evidence, &figure.rows)?;
        let mut theory_series = split(claim, &table, figure.series.as_deref())?;
        if let (Some(column), Some(label)) = (&figure.series, &figure.series_label) {
            theory_series.iter_mut().for_each(|series| series.rename(column, label));
        }
        let (y_axis, curves) = match &figure.y {
            Vertical::One(scale) => {
                let y: Rc<[f64]> = scale.formula.by_row(&table).into();
                let curve = |series: &Series| Curve { series: series.clone(), y: Rc::clone(&y) };
                (of_scale(claim, &figure.rows.table, scale), theory_series.iter().map(curve).collect())
            }
            Vertical::Several { scales, label } => {
                let named = |name: &str| Series { label: name.to_owned(), ..everything(&table) };
                let curves = scales
                    .iter()
                    .map(|scale| Curve { series: named(scale.name()), y: scale.formula.by_row(&table).into() })
                    .collect();
                (of_several(scales, label.as_deref()), curves)
            }
        };
        Ok(Self {
            x_axis: of_scale(claim, &figure.rows.table, &figure.x),
            y_axis,
            x: figure.x.formula.by_row(&table),
            curves,
            theory: figure.theory.as_ref().map(|theory| theory.by_row(&table)),
            theory_series,
        })
    }

    /// The layers of the theory.
    pub(super) fn theory(&self) -> Vec<Layer> {
        let axes = [&self.x_axis, &self.y_axis];
        let lines = |theory: &Vec<f64>| theory_lines(&self.theory_series, axes, &self.x, theory);
        self.theory.as_ref().map(lines).unwrap_or_default()
    }

    /// The plot of these layers, which show `shown` of `of` points.
    pub(super) fn plot(self, layers: Vec<Layer>, shown: usize, of: usize) -> Plot {
        Plot {
            kind: String::new(),
            title: format!("{} against {}", self.y_axis.label, self.x_axis.label),
            caption: note(shown, of),
            x: self.x_axis,
            y: self.y_axis,
            z: None,
            layers,
        }
    }
}

/// The formulas of `y` for a message: `` `a`, `b` ``.
pub(super) fn formulas(figure: &XyFigure) -> String {
    let texts = figure.y.scales().iter().map(|scale| format!("`{}`", scale.formula.text));
    texts.collect::<Vec<_>>().join(", ")
}
