//! Ratios of speed: a dot for each peer on a logarithmic axis, around the line at 1.

use crate::performance::Row;
use crate::report::figure::axis::Axis;
use crate::report::figure::canvas::{Anchor, Canvas};
use crate::report::number::digits;

const WIDTH: f64 = 640.0;
/// Where ratios stand.
const LEFT: f64 = 168.0;
const RIGHT: f64 = 590.0;
const TOP: f64 = 28.0;
/// Heights of the name of the work and of a peer below it.
const NAME: f64 = 24.0;
const PEER: f64 = 19.0;

/// What the drawing shows, for readers who do not see it.
pub const DESCRIPTION: &str = "For each piece of work and each peer a dot: the peer's time over ours. Right of the line at 1 this program \
                               is faster. A short stroke is the ratio aimed at. The table below has the numbers.";

/// The drawing, in the order of the rows.
pub fn ratios(rows: &[Row]) -> Canvas {
    let bottom = TOP + groups(rows).map(|group| NAME + PEER * group.len() as f64).sum::<f64>() + 8.0;
    let values = rows.iter().flat_map(|row| [Some(row.ratio), row.target]).flatten();
    let axis = Axis::around(values.chain([1.0]), true);
    let x = |value: f64| LEFT + axis.place(value) * (RIGHT - LEFT);
    let mut canvas = Canvas::new(WIDTH, bottom + 44.0);
    canvas.text("text", (x(1.0) + 6.0, TOP - 10.0), Anchor::Start, false, "this program is faster");
    let mut y = TOP;
    for group in groups(rows) {
        y += NAME;
        canvas.text("label", (8.0, y - 6.0), Anchor::Start, false, &name(&group[0]));
        // Beside the peers only: a name may be as long as it likes.
        let ends = [y, y + PEER * group.len() as f64];
        axis.ticks.iter().for_each(|&tick| canvas.line("mesh", &ends.map(|end| (x(tick), end))));
        canvas.line("theory", &ends.map(|end| (x(1.0), end)));
        for row in group {
            y += PEER;
            mark(&mut canvas, row, x, y - 0.5 * PEER);
        }
    }
    canvas.line("frame", &[(LEFT, bottom), (RIGHT, bottom)]);
    for &tick in &axis.ticks {
        canvas.line("frame", &[(x(tick), bottom), (x(tick), bottom + 5.0)]);
        canvas.text("tick", (x(tick), bottom + 18.0), Anchor::Middle, false, &axis.tick_label(tick));
    }
    let middle = 0.5 * (LEFT + RIGHT);
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

/// Peer, target, dot and number at a height.
fn mark(canvas: &mut Canvas, row: &Row, x: impl Fn(f64) -> f64, y: f64) {
    canvas.text("tick", (LEFT - 10.0, y + 4.0), Anchor::End, false, &row.peer);
    if let Some(target) = row.target {
        canvas.line("cursor", &[(x(target), y - 6.0), (x(target), y + 6.0)]);
    }
    canvas.dot("dot s0", (x(row.ratio), y));
    canvas.text("tick", (WIDTH - 6.0, y + 4.0), Anchor::End, false, &digits(row.ratio, 2));
}
