//! The track of a claim: its largest tolerance use in each record of the history, marked by verdict.

use crate::change::history::Standing;
use crate::report::figure::canvas::{Anchor, Canvas};
use crate::report::words::word;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 120.0;
/// Tolerance use at the upper edge; what is larger stands there.
const TOP: f64 = 1.5;
const FRAME: [f64; 4] = [48.0, 12.0, 624.0, 90.0];

/// The drawing, the oldest record at the left. `ends` are the names of the first and of the last one.
pub fn track(standings: &[Standing], ends: [&str; 2]) -> Canvas {
    let [left, top, right, bottom] = FRAME;
    let mut canvas = Canvas::new(WIDTH, HEIGHT);
    let y = |share: f64| bottom - share.clamp(0.0, TOP) / TOP * (bottom - top);
    let steps = standings.len().saturating_sub(1).max(1) as f64;
    let x = |place: usize| left + 12.0 + place as f64 / steps * (right - left - 24.0);
    canvas.rectangle("allowed", (left, y(1.0)), (right, bottom));
    canvas.line("edge", &[(left, y(1.0)), (right, y(1.0))]);
    canvas.line("frame", &[(left, top), (left, bottom), (right, bottom)]);
    for share in [0.0, 0.5, 1.0] {
        canvas.line("frame", &[(left - 5.0, y(share)), (left, y(share))]);
        canvas.text("tick", (left - 8.0, y(share) + 4.0), Anchor::End, false, &share.to_string());
    }
    let place = |standing: &Standing| y(standing.tolerance_use.unwrap_or(TOP));
    let points: Vec<(f64, f64)> = standings.iter().enumerate().map(|(n, of)| (x(n), place(of))).collect();
    canvas.line("mesh", &points);
    for (standing, &point) in standings.iter().zip(&points) {
        canvas.dot(&format!("value {}", word(standing.verdict)), point);
    }
    let [first, last] = ends;
    canvas.text("tick", (left, bottom + 20.0), Anchor::Start, false, first);
    if standings.len() > 1 {
        canvas.text("tick", (right, bottom + 20.0), Anchor::End, false, last);
    }
    canvas
}
