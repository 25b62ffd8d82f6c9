//! Figures as SVG; the only place with the plotting library.
//!
//! plotters holds the coordinates and draws elements in them: lines, bands, points, rectangles and texts, over our
//! [`backend`], which turns them into SVG ([`sheet`] is the way to it). Our own drawing begins where it would show that
//! a library drew it: [`axis`] chooses ranges, ticks and their labels, because a logarithmic axis needs round numbers
//! over one decade as well as over fifty; [`key`] and [`advance`] place names without the fonts of a machine, so that a
//! figure has the same bytes everywhere; [`canvas`] writes classes in place of colours, so that one drawing serves
//! light and dark pages; [`panels`] and [`player`] put drawings side by side and one after the other.

pub mod advance;
pub mod axis;
pub mod canvas;
pub mod example;
pub mod ink;
pub mod numbers;
pub mod simplify;
pub mod title;
pub mod track;

pub mod backend;
pub mod describe;
pub mod sheet;
pub mod size;

pub mod band;
pub mod key;
pub mod ratios;

pub mod chart;
pub mod heatmap;
pub mod matrix;
pub mod plane;
pub mod tree;

pub mod panels;
pub mod player;

use crate::plot::model::Plot;
use canvas::Canvas;
pub use size::{FULL, NARROW, Size, THUMBNAIL};

/// Draws a plot.
pub fn draw(plot: &Plot, size: Size) -> Canvas {
    if panels::has_panels(plot) {
        panels::together(plot, size)
    } else if plane::is_plane(plot) {
        plane::draw(plot, size)
    } else if heatmap::cells(plot).is_some() {
        heatmap::draw(plot, size)
    } else {
        chart::draw(plot, size)
    }
}
