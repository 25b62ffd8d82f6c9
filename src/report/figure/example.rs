//! The drawn example of the method page: three intervals against one allowed band.

use crate::judge::verdict::Verdict;
use crate::report::figure::canvas::{Anchor, Canvas};
use crate::report::words::word;

const HEIGHT: f64 = 210.0;
/// Distance of the words from the sides, like all places along the width a share of it.
const MARGIN: f64 = 0.0375;
/// Edges of the band and the expected value.
const BAND: [f64; 2] = [0.3125, 0.6875];
const EXPECTED: f64 = 0.5;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 180.0;
/// Verdict, interval, measured value.
const CASES: [(Verdict, [f64; 2], f64); 3] = [
    (Verdict::Holds, [0.515, 0.641], 0.581),
    (Verdict::Inconclusive, [0.617, 0.747], 0.675),
    (Verdict::Fails, [0.759, 0.875], 0.8125),
];

/// What the drawing shows, for readers who do not see it.
pub const DESCRIPTION: &str = "A band around the expected value is allowed. An interval inside of the band holds, one across its edge is \
                               inconclusive, one outside fails.";

/// The drawing, this many pixels wide.
pub fn example(width: f64) -> Canvas {
    let mut canvas = Canvas::new(width, HEIGHT);
    let [left, right] = BAND.map(|edge| edge * width);
    canvas.rectangle("allowed", (left, TOP), (right, BOTTOM));
    for edge in [left, right] {
        canvas.line("edge", &[(edge, TOP), (edge, BOTTOM)]);
    }
    let middle = EXPECTED * width;
    canvas.line("expected", &[(middle, TOP), (middle, BOTTOM)]);
    canvas.text("text", (middle, TOP - 12.0), Anchor::Middle, false, "expected value");
    canvas.text("text", (middle, BOTTOM + 20.0), Anchor::Middle, false, "allowed band: expected value ± tolerance");
    let end = (1.0 - MARGIN) * width;
    for (row, (verdict, interval, measured)) in CASES.into_iter().enumerate() {
        let y = TOP + 28.0 + 45.0 * row as f64;
        let class = word(verdict);
        canvas.line(&format!("interval {class}"), &interval.map(|place| (place * width, y)));
        canvas.dot(&format!("value {class}"), (measured * width, y));
        canvas.text("label", (MARGIN * width, y + 4.0), Anchor::Start, false, class);
        let share = (measured - EXPECTED) / (BAND[1] - EXPECTED);
        canvas.text("tick", (end, y + 4.0), Anchor::End, false, &format!("{share:.2}"));
    }
    canvas.text("tick", (end, TOP - 12.0), Anchor::End, false, "tolerance use");
    canvas
}
