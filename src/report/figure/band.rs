//! The picture of a finding: the allowed band, what was expected, what was measured with its interval.

use crate::judge::finding::Finding;
use crate::judge::verdict::Verdict;
use crate::report::figure::advance::width;
use crate::report::figure::axis::Axis;
use crate::report::figure::canvas::{Anchor, Canvas};
use crate::report::figure::sheet::TEXT;
use crate::report::number::Notation;
use crate::report::words::{numbers, word};

/// What the picture covers, in the check's unit.
struct Span {
    low: f64,
    high: f64,
}

/// Part of the expected value that a band is wide, below which ticks say how far they are from it.
const HAIR: f64 = 1e-6;

/// The picture with its numbers, for the verdict block, so many pixels wide. None where there is nothing to draw.
pub fn picture(finding: &Finding, notation: Notation, w: f64) -> Option<Canvas> {
    let h = 84.0;
    let span = span(finding)?;
    let mut canvas = Canvas::new(w, h);
    draw(&mut canvas, finding, &span, (24.0, w - 24.0), (34.0, 16.0));
    let axis = Axis::exactly(span.low, span.high, false);
    canvas.line("frame", &[(24.0, 58.0), (w - 24.0, 58.0)]);
    for (value, text) in ticks(finding, &span, notation) {
        let x = 24.0 + axis.place(value) * (w - 48.0);
        canvas.line("frame", &[(x, 58.0), (x, 63.0)]);
        canvas.text("tick", (x, 77.0), Anchor::Middle, false, &text);
    }
    if let (Some(measured), Some((number, _))) = (finding.measured, numbers(notation, finding)) {
        let text = format!("measured {number}");
        // Labels are bold, and bold letters are about a tenth wider.
        let half = 0.56 * width(&text, TEXT);
        let x = (24.0 + axis.place(measured) * (w - 48.0)).clamp(half, w - half);
        canvas.text("label", (x, 12.0), Anchor::Middle, false, &text);
    }
    Some(canvas)
}

/// Values with a number, and the number: the value, or in a band as thin as a hair how far it is from the expected one.
fn ticks(finding: &Finding, span: &Span, notation: Notation) -> Vec<(f64, String)> {
    let (scale, unit) = if notation == Notation::PerCent { (100.0, "\u{202f}%") } else { (1.0, "") };
    let thin = |middle: &f64| span.high - span.low < HAIR * middle.abs();
    let middle = finding.expected.filter(thin).unwrap_or(0.0);
    let shown = Axis::exactly((span.low - middle) * scale, (span.high - middle) * scale, false);
    let text = |tick: f64| match (middle == 0.0, tick > 0.0) {
        (false, _) if tick == 0.0 => notation.bound(middle),
        (false, true) => format!("+{}{unit}", shown.tick_label(tick)),
        _ => format!("{}{unit}", shown.tick_label(tick)),
    };
    shown.ticks.iter().map(|&tick| (middle + tick / scale, text(tick))).collect()
}

/// The picture alone, small, for a row of a table.
pub fn miniature(finding: &Finding) -> Option<Canvas> {
    let span = span(finding)?;
    let mut canvas = Canvas::new(150.0, 16.0);
    draw(&mut canvas, finding, &span, (2.0, 148.0), (8.0, 6.0));
    Some(canvas)
}

/// The band, the interval and the measured value around, with some room; an open band reaches to the edge.
#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn span(finding: &Finding) -> Option<Span> {
    let measured = finding.measured?;
    let ends = finding.interval.unwrap_or([measured; 2]);
    let marks = [Some(measured), Some(ends[0]), Some(ends[1]), finding.expected, finding.band[0], finding.band[1]];
    let marks = marks.into_iter().flatten().filter(|mark| mark.is_finite());
    let (mut low, mut high) =
        marks.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), mark| (mark.min(low), mark.max(high)));
    if finding.band[0].is_none() && low > 0.0 && low < high {
        low = 0.0;
    }
    let room = if high > low { 0.12 * (high - low) } else { 0.1 * high.abs().max(1e-12) };
    let from_zero = finding.band[0].is_none() && low == 0.0;
    low -= if from_zero { 0.0 } else { room };
    high += room;
    (high > low).then_some(Span { low, high })
}

/// The marks between `left` and `right`, around the height `middle`, the band so high above and below.
#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn draw(canvas: &mut Canvas, finding: &Finding, span: &Span, (left, right): (f64, f64), (middle, half): (f64, f64)) {
    let x = |value: f64| left + ((value - span.low) / (span.high - span.low)).clamp(0.0, 1.0) * (right - left);
    let (low, high) = (x(finding.band[0].unwrap_or(span.low)), x(finding.band[1].unwrap_or(span.high)));
    let thinnest = 1.5_f64.max(high - low);
    canvas.rectangle("allowed", (low, middle - half), (low + thinnest, middle + half));
    let edges = finding.band.iter().flatten().filter(|edge| edge.is_finite());
    for &edge in edges {
        canvas.line("edge", &[(x(edge), middle - half), (x(edge), middle + half)]);
    }
    if let (Some(expected), [Some(_), Some(_)]) = (finding.expected, finding.band) {
        canvas.line("expected", &[(x(expected), middle - half), (x(expected), middle + half)]);
    }
    let class = if finding.verdict == Verdict::Skipped { "holds" } else { word(finding.verdict) };
    if let Some([from, to]) = finding.interval {
        canvas.line(&format!("interval {class}"), &[(x(from), middle), (x(to), middle)]);
    }
    if let Some(measured) = finding.measured {
        canvas.dot(&format!("value {class}"), (x(measured), middle));
    }
}
