//! Ways through a plane whose two directions have one scale: embeddings and landscapes.

use libm::{cos, sin};

use crate::plot::model::{Layer, Plot};
use crate::report::figure::Size;
use crate::report::figure::advance::width;
use crate::report::figure::axis::Axis;
use crate::report::figure::canvas::{Anchor, Canvas};
use crate::report::figure::chart::{axis_name, draw_key};
use crate::report::figure::ink::{Ink, Role, Tint};
use crate::report::figure::key::{Entry, arrange};
use crate::report::figure::sheet::{Frame, Sheet, TEXT};

/// Size of such a figure without a key: one that a telephone shows without shrinking it, with square axes.
const PLANE: Size = Size { width: 400, height: 398, thumbnail: false };

/// Dots along a way whose steps take the same time.
const BEATS: usize = 16;

/// Distance of a name from its point, more than the ring around a place, and from the vertical axis.
const AWAY: f64 = 10.0;
const EDGE: f64 = 5.0;
/// Room between a name and a way.
const CLEAR: f64 = 3.0;

/// Least half length of an axis.
const LEAST: f64 = 1e-12;

/// Whether a figure shows ways.
pub fn is_plane(plot: &Plot) -> bool {
    plot.layers.iter().any(|layer| matches!(layer, Layer::Path { .. }))
}

/// Draws contours, arrows, ways and places.
pub fn draw(plot: &Plot, size: Size) -> Canvas {
    let thumbnail = size.thumbnail;
    let entries = if thumbnail { Vec::new() } else { key(plot) };
    let (places, rows) = arrange(&entries, f64::from(PLANE.width) - 50.0);
    let below_key = Size { height: PLANE.height + 20 * u32::try_from(rows).unwrap_or(0), ..PLANE };
    let size = if thumbnail { size } else { below_key };
    let mut canvas = size.canvas();
    let frame = frame(size, rows);
    let (x, y) = axes(plot, frame);
    let sheet = Sheet::new(&mut canvas, size.pixels(), frame, x, y);
    if !thumbnail {
        sheet.axes(&axis_name(&plot.x), &axis_name(&plot.y), false);
    }
    plot.layers.iter().for_each(|layer| draw_layer(&sheet, layer, is_landscape(plot)));
    if !thumbnail {
        draw_names(&sheet, plot);
        draw_key(&sheet, &entries, &places);
    }
    drop(sheet);
    canvas
}

fn is_landscape(plot: &Plot) -> bool {
    plot.layers.iter().any(|layer| matches!(layer, Layer::Contour { .. }))
}

fn frame(size: Size, key_rows: usize) -> Frame {
    let (width, height) = size.extent();
    if size.thumbnail {
        return Frame { left: 4.0, right: width - 4.0, top: 4.0, bottom: height - 4.0 };
    }
    Frame { left: 52.0, right: width - 8.0, top: 10.0 + 20.0 * key_rows as f64, bottom: height - 48.0 }
}

/// Axes around everything, with the same number of units in a pixel; names stand inside, so there is room at the sides.
#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn axes(plot: &Plot, frame: Frame) -> (Axis, Axis) {
    let points: Vec<[f64; 2]> = plot.layers.iter().flat_map(points).collect();
    let room = if is_landscape(plot) { 1.0 } else { 1.3 };
    let range = |of: usize| {
        let (low, high) = points
            .iter()
            .map(|point| point[of])
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (value.min(low), value.max(high)));
        let middle = 0.5 * (low + high);
        // Because an axis needs some length, even around a single point.
        (middle, (0.5 * room * (high - low)).max(1e-6 * middle.abs()).max(LEAST))
    };
    let ((x, x_half), (y, y_half)) = (range(0), range(1));
    let (width, height) = (frame.right - frame.left, frame.bottom - frame.top);
    let unit = (2.0 * x_half / width).max(2.0 * y_half / height);
    let axis =
        |middle: f64, pixels: f64| Axis::exactly(middle - 0.5 * unit * pixels, middle + 0.5 * unit * pixels, false);
    (axis(x, width), axis(y, height))
}

fn points(layer: &Layer) -> Vec<[f64; 2]> {
    match layer {
        Layer::Path { points, .. } => points.iter().map(|&[_, x, y]| [x, y]).collect(),
        Layer::Contour { points, .. } | Layer::Line { points, .. } => points.clone(),
        _ => Vec::new(),
    }
}

fn draw_layer(sheet: &Sheet<'_>, layer: &Layer, landscape: bool) {
    match layer {
        Layer::Contour { points, .. } => sheet.line(Ink(Role::Contour, Tint::Plain), points),
        Layer::Line { points, .. } => sheet.line(Ink(Role::Branch, Tint::Plain), points),
        Layer::Arrows { arrows, .. } => draw_arrows(sheet, arrows),
        Layer::Place { at: [x, y], .. } => {
            sheet.stroke(Ink(Role::Branch, Tint::Plain), &ring(sheet.pixel([*x, *y])));
        }
        Layer::Path { points, series, .. } => {
            let way: Vec<[f64; 2]> = points.iter().map(|&[_, x, y]| [x, y]).collect();
            let role = if landscape { Role::Branch } else { Role::Trail };
            sheet.line(Ink(role, Tint::Series(*series)), &way);
            let beats = if landscape { way.len().div_ceil(BEATS).max(1) } else { way.len().max(2) - 1 };
            for &point in way.iter().step_by(beats).skip(usize::from(!landscape)) {
                sheet.dot(Ink(Role::Dot, Tint::Series(*series)), point);
            }
        }
        _ => {}
    }
}

/// A ring around a point, in pixels.
fn ring((left, top): (f64, f64)) -> Vec<(f64, f64)> {
    let turns = (0..=24).map(|step| std::f64::consts::TAU * f64::from(step) / 24.0);
    turns.map(|turn| (left + 6.0 * cos(turn), top + 6.0 * sin(turn))).collect()
}

/// Arrows downhill: steeper ones are longer, by the square root, so that the gentle ones are seen.
#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn draw_arrows(sheet: &Sheet<'_>, arrows: &[[f64; 4]]) {
    let steepness = |arrow: &[f64; 4]| (arrow[2] * arrow[2] + arrow[3] * arrow[3]).sqrt();
    let steepest = arrows.iter().map(steepness).fold(f64::MIN_POSITIVE, f64::max);
    for arrow in arrows.iter().filter(|arrow| steepness(arrow) > 1e-9 * steepest) {
        let [x, y, dx, dy] = *arrow;
        let steep = steepness(arrow);
        let length = 4.0 + 12.0 * (steep / steepest).sqrt();
        let (along, up) = (dx / steep, -dy / steep);
        let (left, top) = sheet.pixel([x, y]);
        let at = |forward: f64, aside: f64| (left + forward * along - aside * up, top + forward * up + aside * along);
        let (half, head) = (0.5 * length, 0.5 * length - 3.0);
        sheet.stroke(
            Ink(Role::Arrow, Tint::Plain),
            &[at(-half, 0.0), at(half, 0.0), at(head, 2.2), at(half, 0.0), at(head, -2.2)],
        );
    }
}

/// The names of ways at their ends and of places, none over another.
fn draw_names(sheet: &Sheet<'_>, plot: &Plot) {
    // Places first, because they have no length along which a name could stand elsewhere.
    let (mut first, ways): (Vec<_>, Vec<_>) =
        names(plot, usize::MAX).into_iter().partition(|(_, tint, _)| *tint == Tint::Plain);
    first.extend(ways);
    write_names(sheet, &first, &trails(sheet, plot));
}

fn write_names(sheet: &Sheet<'_>, names: &[(String, Tint, [f64; 2])], trails: &[(f64, f64)]) {
    let mut taken: Vec<Frame> = Vec::new();
    for (text, tint, at) in names {
        let place = free(text, sheet.pixel(*at), sheet.frame, &taken, trails);
        sheet.text(Ink(Role::Label, *tint), (place.left, 0.5 * (place.top + place.bottom)), Anchor::Start, text);
        taken.push(place);
    }
}

/// Points in pixels along all ways, a few pixels apart: what names should not cover.
fn trails(sheet: &Sheet<'_>, plot: &Plot) -> Vec<(f64, f64)> {
    let along = |layer: &Layer| -> Vec<(f64, f64)> {
        let points = match layer {
            Layer::Place { at, .. } => return ring(sheet.pixel(*at)),
            Layer::Path { points, .. } => points,
            _ => return Vec::new(),
        };
        let way: Vec<(f64, f64)> = points.iter().map(|&[_, x, y]| sheet.pixel([x, y])).collect();
        let between = |step: &[(f64, f64)]| {
            let ((x, y), (to_x, to_y)) = (step[0], step[1]);
            (0..8)
                .map(move |part| f64::from(part) / 8.0)
                .map(move |part| (x + part * (to_x - x), y + part * (to_y - y)))
        };
        way.windows(2).flat_map(between).collect()
    };
    plot.layers.iter().flat_map(along).collect()
}

/// Each name with its colour and the point it belongs to: of a way where it is at the time `number` of its points.
fn names(plot: &Plot, number: usize) -> Vec<(String, Tint, [f64; 2])> {
    let landscape = is_landscape(plot);
    let name = |layer: &Layer| match layer {
        Layer::Path { label, series, points } => {
            // Because both ways of a landscape end in the same valley, they are named where they begin.
            let number = if landscape { 0 } else { number };
            let &[_, x, y] = points.get(number).or(points.last())?;
            Some((label.clone(), Tint::Series(*series), [x, y]))
        }
        Layer::Place { label, at } => Some((label.clone(), Tint::Plain, *at)),
        _ => None,
    };
    plot.layers.iter().filter_map(name).collect()
}

/// A place for a name beside its point: right, left, above or below, inside the frame and apart from all others; of
/// these the first that covers least of the trails.
fn free(text: &str, (x, y): (f64, f64), frame: Frame, taken: &[Frame], trails: &[(f64, f64)]) -> Frame {
    let wide = 1.08 * width(text, TEXT);
    let place = |left: f64, middle: f64| Frame { left, right: left + wide, top: middle - 7.0, bottom: middle + 7.0 };
    let beside = [0.0, 10.0, -10.0, 20.0, -20.0, 32.0, -32.0];
    let sides = beside.iter().flat_map(|drop| [place(x + AWAY, y + drop), place(x - AWAY - wide, y + drop)]);
    let over = [-16.0, 16.0].map(|drop| place(x - 0.5 * wide, y + drop));
    let inside = |place: &Frame| {
        place.left >= frame.left + EDGE
            && place.right <= frame.right
            && place.top >= frame.top
            && place.bottom <= frame.bottom
    };
    let covered = |place: &Frame| {
        let across = |x: f64| (place.left - CLEAR..place.right + CLEAR).contains(&x);
        let down = |y: f64| (place.top - CLEAR..place.bottom + CLEAR).contains(&y);
        trails.iter().filter(|&&(x, y)| across(x) && down(y)).count()
    };
    let apart = |place: &Frame| {
        let touches = |other: &Frame| {
            place.left < other.right && other.left < place.right && place.top < other.bottom && other.top < place.bottom
        };
        !taken.iter().any(touches)
    };
    let places = sides.chain(over).filter(|place| inside(place) && apart(place));
    places.min_by_key(covered).unwrap_or_else(|| place(x + AWAY, y))
}

/// What the marks of a landscape mean; ways of items have their names.
fn key(plot: &Plot) -> Vec<Entry> {
    if !is_landscape(plot) {
        return Vec::new();
    }
    let entry = |text: &str, role, tint| Entry { text: text.to_owned(), ink: Ink(role, tint) };
    vec![
        entry("equal loss", Role::Contour, Tint::Plain),
        entry("minima", Role::Branch, Tint::Plain),
        entry("downhill", Role::Arrow, Tint::Plain),
        entry("two runs, dots at equal times", Role::Dot, Tint::Series(0)),
    ]
}

/// The ways without their ends, for a drawing in which the ends move, and the marks at each time: dots and names.
pub fn moving(plot: &Plot) -> (Canvas, Vec<(f64, String)>) {
    let frame = frame(PLANE, 0);
    let (x, y) = axes(plot, frame);
    let mut canvas = PLANE.canvas();
    let sheet = Sheet::new(&mut canvas, PLANE.pixels(), frame, x.clone(), y.clone());
    sheet.axes(&axis_name(&plot.x), &axis_name(&plot.y), false);
    let ways: Vec<(&Vec<[f64; 3]>, usize)> = plot
        .layers
        .iter()
        .filter_map(|layer| match layer {
            Layer::Path { points, series, .. } => Some((points, *series)),
            _ => None,
        })
        .collect();
    for (points, series) in &ways {
        let way: Vec<[f64; 2]> = points.iter().map(|&[_, x, y]| [x, y]).collect();
        sheet.line(Ink(Role::Trail, Tint::Series(*series)), &way);
    }
    drop(sheet);
    let times: Vec<f64> =
        ways.first().map_or_else(Vec::new, |(points, _)| points.iter().map(|point| point[0]).collect());
    let marks = |(number, time): (usize, &f64)| {
        let mut canvas = PLANE.canvas();
        let sheet = Sheet::new(&mut canvas, PLANE.pixels(), frame, x.clone(), y.clone());
        for (_, tint, at) in names(plot, number) {
            sheet.dot(Ink(Role::Dot, tint), at);
        }
        // Because names that avoided the trails would jump from side to side while they move.
        write_names(&sheet, &names(plot, number), &[]);
        drop(sheet);
        (*time, canvas.marks())
    };
    let marks = times.iter().enumerate().map(marks).collect();
    (canvas, marks)
}
