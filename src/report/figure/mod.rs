//! Figures as SVG; the only place with the plotting library.
//!
//! plotters holds the coordinates and draws elements in them: lines, bands, points, rectangles and texts, over our
//! [`backend`], which turns them into SVG ([`sheet`] is the way to it). Our own drawing begins where it would show that a
//! library drew it: [`axis`] chooses ranges, ticks and their labels, because a logarithmic axis needs round numbers over
//! one decade as well as over fifty; [`key`] and [`advance`] place names without the fonts of a machine, so that a figure
//! has the same bytes everywhere; [`canvas`] writes classes in place of colours, so that one drawing serves light and dark
//! pages; [`panels`] and [`player`] put drawings side by side and one after the other.

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

/// Size of a figure, and whether it is a small one without numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Without numbers, names and key.
    pub thumbnail: bool,
}

/// A figure on the page of its claim.
pub const FULL: Size = Size { width: 720, height: 430, thumbnail: false };
/// The same on a narrow screen.
pub const NARROW: Size = Size { width: 400, height: 310, thumbnail: false };
/// A figure beside its claim on the front page.
pub const THUMBNAIL: Size = Size { width: 240, height: 140, thumbnail: true };

impl Size {
    fn pixels(self) -> (u32, u32) {
        (self.width, self.height)
    }

    fn extent(self) -> (f64, f64) {
        (f64::from(self.width), f64::from(self.height))
    }

    fn canvas(self) -> Canvas {
        let (width, height) = self.extent();
        Canvas::new(width, height)
    }
}

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
