//! Ratios of speed: a dot for each peer on a logarithmic axis, around the line at 1.

use crate::performance::Row;
use crate::report::figure::advance;
use crate::report::figure::axis::Axis;
use crate::report::figure::canvas::{Anchor, Canvas};
use crate::report::figure::sheet::TEXT;
use crate::report::number::digits;

/// Where ratios stand, from the left edge and to the right one.
const LEFT: f64 = 168.0;
const RIGHT: f64 = 50.0;
const TOP: f64 = 28.0;
/// Heights above the name of the work, of each of its lines and of a peer below it.
const GAP: f64 = 9.0;
const LINE: f64 = 15.0;
const PEER: f64 = 19.0;
/// Left edge of the names of the work.
const MARGIN: f64 = 8.0;

/// What the drawing shows, for readers who do not see it.
pub const DESCRIPTION: &str = "For each piece of work and each peer a dot: the peer's time over ours. Right of the line at 1 this program \
                               is faster. A short stroke is the ratio aimed at. The table below has the numbers.";

/// The drawing of that width, in the order of the rows.
pub fn ratios(rows: &[Row], width: f64) -> Canvas {
    let height = |group: &[Row]| GAP + LINE * lines(&group[0], width).len() as f64 + PEER * group.len() as f64;
    let bottom = TOP + groups(rows).map(height).sum::<f64>() + 8.0;
    let values = rows.iter().flat_map(|row| [Some(row.ratio), row.target]).flatten();
    let axis = Axis::around(values.chain([1.0]), true);
    let right = width - RIGHT;
    let x = |value: f64| LEFT + axis.place(value) * (right - LEFT);
    let mut canvas = Canvas::new(width, bottom + 44.0);
    canvas.text("text", (x(1.0) + 6.0, TOP - 10.0), Anchor::Start, false, "this program is faster");
    let mut y = TOP;
    for group in groups(rows) {
        y += GAP;
        for line in lines(&group[0], width) {
            y += LINE;
            canvas.text("label", (MARGIN, y - 6.0), Anchor::Start, false, &line);
        }
        // Beside the peers only: a name may be as long as it likes.
        let ends = [y, y + PEER * group.len() as f64];
        axis.ticks.iter().for_each(|&tick| canvas.line("mesh", &ends.map(|end| (x(tick), end))));
        canvas.line("theory", &ends.map(|end| (x(1.0), end)));
        for row in group {
            y += PEER;
            mark(&mut canvas, row, x, y - 0.5 * PEER);
            canvas.text("tick", (width - 6.0, y - 0.5 * PEER + 4.0), Anchor::End, false, &digits(row.ratio, 2));
        }
    }
    canvas.line("frame", &[(LEFT, bottom), (right, bottom)]);
    for &tick in &axis.ticks {
        canvas.line("frame", &[(x(tick), bottom), (x(tick), bottom + 5.0)]);
        canvas.text("tick", (x(tick), bottom + 18.0), Anchor::Middle, false, &axis.tick_label(tick));
    }
    let middle = 0.5 * (LEFT + right);
    canvas.text("text", (middle, bottom + 38.0), Anchor::Middle, false, "time of the peer / time of this program");
    canvas
}

/// Rows that follow one another with the same work.
fn groups(rows: &[Row]) -> impl Iterator<Item = &[Row]> {
    rows.chunk_by(|one, other| name(one) == name(other))
}

fn name(row: &Row) -> String {
    format!("{}, {}", row.work, row.size)
}

/// The name of the work, in two lines where one is too narrow.
fn lines(row: &Row, width: f64) -> Vec<String> {
    let whole = name(row);
    // Names are bold, which is wider.
    let fits = 1.08 * advance::width(&whole, TEXT) <= width - 2.0 * MARGIN;
    if fits { vec![whole] } else { vec![row.work.clone(), row.size.clone()] }
}

/// Peer, target and dot at a height.
fn mark(canvas: &mut Canvas, row: &Row, x: impl Fn(f64) -> f64, y: f64) {
    canvas.text("tick", (LEFT - 10.0, y + 4.0), Anchor::End, false, &row.peer);
    if let Some(target) = row.target {
        canvas.line("cursor", &[(x(target), y - 6.0), (x(target), y + 6.0)]);
    }
    canvas.dot("dot s0", (x(row.ratio), y));
}
