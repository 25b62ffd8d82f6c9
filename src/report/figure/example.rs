//! The drawn example of the method page: three intervals against one allowed band.

use crate::judge::verdict::Verdict;
use crate::report::figure::canvas::{Anchor, Canvas};
use crate::report::words::word;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 210.0;
/// Edges of the band and the expected value, in pixels.
const BAND: [f64; 2] = [200.0, 440.0];
const EXPECTED: f64 = 320.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 180.0;
/// Verdict, interval, measured value.
const CASES: [(Verdict, [f64; 2], f64); 3] = [
    (Verdict::Holds, [330.0, 410.0], 372.0),
    (Verdict::Inconclusive, [395.0, 478.0], 432.0),
    (Verdict::Fails, [486.0, 560.0], 520.0),
];

/// What the drawing shows, for readers who do not see it.
pub const DESCRIPTION: &str = "A band around the expected value is allowed. An interval inside of the band holds, one across its edge is \
                               inconclusive, one outside fails.";

/// The drawing.
pub fn example() -> Canvas {
    let mut canvas = Canvas::new(WIDTH, HEIGHT);
    canvas.rectangle("allowed", (BAND[0], TOP), (BAND[1], BOTTOM));
    for edge in BAND {
        canvas.line("edge", &[(edge, TOP), (edge, BOTTOM)]);
    }
    canvas.line("expected", &[(EXPECTED, TOP), (EXPECTED, BOTTOM)]);
    canvas.text("text", (EXPECTED, TOP - 12.0), Anchor::Middle, false, "expected value");
    canvas.text(
        "text",
        (0.5 * (BAND[0] + BAND[1]), BOTTOM + 20.0),
        Anchor::Middle,
        false,
        "allowed band: expected value ± tolerance",
    );
    for (row, (verdict, [low, high], measured)) in CASES.into_iter().enumerate() {
        let y = TOP + 28.0 + 45.0 * row as f64;
        let class = word(verdict);
        canvas.line(&format!("interval {class}"), &[(low, y), (high, y)]);
        canvas.dot(&format!("value {class}"), (measured, y));
        canvas.text("label", (24.0, y + 4.0), Anchor::Start, false, class);
        let share = (measured - EXPECTED) / (BAND[1] - EXPECTED);
        canvas.text("tick", (WIDTH - 24.0, y + 4.0), Anchor::End, false, &format!("{share:.2}"));
    }
    canvas.text("tick", (WIDTH - 24.0, TOP - 12.0), Anchor::End, false, "tolerance use");
    canvas
}
