//! The sheet that a figure is drawn on: plotters' drawing area over a canvas, and the frame of the axes in it.
//!
//! plotters holds the coordinates and draws elements in them. The frame, the ticks and their labels are ours, drawn
//! with its elements: its own mesh places labels by the metrics of fonts, which there are none of here.

use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontTransform, IntoFont, TextStyle};

use crate::report::figure::axis::Axis;
use crate::report::figure::backend::{Backend, UNITS};
use crate::report::figure::canvas::{Anchor, Canvas};
use crate::report::figure::ink::{Ink, Role, Tint};

/// Size of the text in figures, in pixels; `figure.css` sets the same.
pub const TEXT: f64 = 12.0;

/// Where the axes are, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Left edge.
    pub left: f64,
    /// Right edge.
    pub right: f64,
    /// Upper edge.
    pub top: f64,
    /// Lower edge.
    pub bottom: f64,
}

/// A drawing area with axes.
pub struct Sheet<'a> {
    root: DrawingArea<Backend<'a>, Shift>,
    plot: DrawingArea<Backend<'a>, Cartesian2d<Axis, Axis>>,
    /// Where the axes are.
    pub frame: Frame,
    /// Horizontal axis.
    pub x: Axis,
    /// Vertical axis.
    pub y: Axis,
}

/// Why drawing cannot fail.
const IN_MEMORY: &str = "drawing into a text in memory does not fail";

impl<'a> Sheet<'a> {
    /// A sheet over `canvas`, of that size in pixels.
    pub fn new(canvas: &'a mut Canvas, size: (u32, u32), frame: Frame, x: Axis, y: Axis) -> Self {
        let root = Backend::new(canvas, size).into_drawing_area();
        let range = (units(frame.left)..units(frame.right), units(frame.bottom)..units(frame.top));
        let plot = root.apply_coord_spec(Cartesian2d::new(x.clone(), y.clone(), range));
        Self { root, plot, frame, x, y }
    }

    /// A line through points of the axes.
    pub fn line(&self, ink: Ink, points: &[[f64; 2]]) {
        self.on_axes(&PathElement::new(pairs(points), ink.colour()));
    }

    /// The area between two lines, `[x, low, high]`.
    pub fn band(&self, ink: Ink, points: &[[f64; 3]]) {
        let lower = points.iter().map(|&[x, low, _]| (x, low));
        let upper = points.iter().rev().map(|&[x, _, high]| (x, high));
        self.on_axes(&Polygon::new(lower.chain(upper).collect::<Vec<_>>(), ink.colour().filled()));
    }

    /// A point of the axes.
    pub fn dot(&self, ink: Ink, [x, y]: [f64; 2]) {
        self.on_axes(&Circle::new((x, y), 1, ink.colour().filled()));
    }

    /// A short horizontal stroke at a point of the axes.
    pub fn dash(&self, ink: Ink, [x, y]: [f64; 2]) {
        let (x, y) = self.pixel([x, y]);
        self.stroke(ink, &[(x - 5.0, y), (x + 5.0, y)]);
    }

    /// A rectangle of the axes, by two opposite corners.
    pub fn cell(&self, ink: Ink, from: [f64; 2], to: [f64; 2]) {
        self.on_axes(&Rectangle::new([(from[0], from[1]), (to[0], to[1])], ink.colour().filled()));
    }

    /// A line through points in pixels.
    pub fn stroke(&self, ink: Ink, points: &[(f64, f64)]) {
        let points: Vec<_> = points.iter().map(|&(x, y)| (units(x), units(y))).collect();
        self.on_canvas(&PathElement::new(points, ink.colour()));
    }

    /// A rectangle in pixels.
    pub fn block(&self, ink: Ink, from: (f64, f64), to: (f64, f64)) {
        let corners = [(units(from.0), units(from.1)), (units(to.0), units(to.1))];
        self.on_canvas(&Rectangle::new(corners, ink.colour().filled()));
    }

    /// Text at a point in pixels, vertically centred on it.
    pub fn text(&self, ink: Ink, at: (f64, f64), anchor: Anchor, text: &str) {
        self.place(ink, at, anchor, FontTransform::None, text);
    }

    /// Text turned by a quarter to the left, centred on a point in pixels.
    pub fn turned_text(&self, ink: Ink, at: (f64, f64), text: &str) {
        self.place(ink, at, Anchor::Middle, FontTransform::Rotate270, text);
    }

    fn place(&self, ink: Ink, (x, y): (f64, f64), anchor: Anchor, transform: FontTransform, text: &str) {
        let horizontal = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let font = ("sans-serif", TEXT * f64::from(UNITS)).into_font().transform(transform);
        let colour = ink.colour();
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(horizontal, VPos::Center));
        self.on_canvas(&Text::new(text.to_owned(), (units(x), units(y)), style));
    }

    /// A point of the axes in pixels.
    pub fn pixel(&self, [x, y]: [f64; 2]) -> (f64, f64) {
        let Frame { left, right, top, bottom } = self.frame;
        (left + self.x.place(x) * (right - left), bottom + self.y.place(y) * (top - bottom))
    }

    /// Frame, ticks with their numbers, names of the axes; `faint` lines at the vertical ticks.
    pub fn axes(&self, x_name: &str, y_name: &str, faint: bool) {
        let Frame { left, right, top, bottom } = self.frame;
        let frame = Ink(Role::Frame, Tint::Plain);
        if faint {
            for &tick in &self.y.ticks {
                let (_, y) = self.pixel([self.x.low, tick]);
                self.stroke(Ink(Role::Mesh, Tint::Plain), &[(left, y), (right, y)]);
            }
        }
        self.stroke(frame, &[(left, top), (left, bottom), (right, bottom)]);
        let ticks = |axis: &Axis| -> Vec<(f64, f64)> {
            axis.ticks.iter().map(|&tick| (tick, 5.0)).chain(axis.minor.iter().map(|&tick| (tick, 3.0))).collect()
        };
        for (tick, length) in ticks(&self.x) {
            let (x, _) = self.pixel([tick, self.y.low]);
            self.stroke(frame, &[(x, bottom), (x, bottom + length)]);
        }
        for (tick, length) in ticks(&self.y) {
            let (_, y) = self.pixel([self.x.low, tick]);
            self.stroke(frame, &[(left - length, y), (left, y)]);
        }
        self.tick_labels();
        let ink = Ink(Role::Text, Tint::Plain);
        self.text(ink, (0.5 * (left + right), bottom + 36.0), Anchor::Middle, x_name);
        self.turned_text(ink, (12.0, 0.5 * (top + bottom)), y_name);
    }

    /// The numbers at the ticks.
    fn tick_labels(&self) {
        let Frame { left, bottom, .. } = self.frame;
        let ink = Ink(Role::Tick, Tint::Plain);
        for &tick in &self.x.ticks {
            let (x, _) = self.pixel([tick, self.y.low]);
            self.text(ink, (x, bottom + 15.0), Anchor::Middle, &self.x.tick_label(tick));
        }
        for &tick in &self.y.ticks {
            let (_, y) = self.pixel([self.x.low, tick]);
            self.text(ink, (left - 8.0, y), Anchor::End, &self.y.tick_label(tick));
        }
    }

    fn on_axes<E>(&self, element: &E)
    where
        for<'b> &'b E: PointCollection<'b, (f64, f64)>,
        E: Drawable<Backend<'a>>,
    {
        self.plot.draw(element).expect(IN_MEMORY);
    }

    fn on_canvas<E>(&self, element: &E)
    where
        for<'b> &'b E: PointCollection<'b, (i32, i32)>,
        E: Drawable<Backend<'a>>,
    {
        self.root.draw(element).expect(IN_MEMORY);
    }
}

fn units(pixels: f64) -> i32 {
    (pixels * f64::from(UNITS)).round() as i32
}

fn pairs(points: &[[f64; 2]]) -> Vec<(f64, f64)> {
    points.iter().map(|&[x, y]| (x, y)).collect()
}
