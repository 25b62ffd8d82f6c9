//! The picture of a finding: the allowed band, what was expected, what was measured with its interval.

use crate::judge::verdict::{Finding, Verdict};
use crate::report::figure::advance::width;
use crate::report::figure::axis::Axis;
use crate::report::figure::canvas::{Anchor, Canvas};
use crate::report::figure::sheet::TEXT;
use crate::report::number::Notation;
use crate::report::words::word;

/// What the picture covers, in the check's unit.
struct Span {
    low: f64,
    high: f64,
}

/// The picture with its numbers, for the verdict block. None where there is nothing to draw.
pub fn picture(finding: &Finding, notation: Notation) -> Option<Canvas> {
    let (w, h) = (640.0, 84.0);
    let span = span(finding)?;
    let mut canvas = Canvas::new(w, h);
    draw(&mut canvas, finding, &span, (24.0, w - 24.0), (34.0, 16.0));
    let axis = Axis::exactly(span.low, span.high, false);
    let scale = if notation == Notation::PerCent { 100.0 } else { 1.0 };
    let shown = Axis::exactly(span.low * scale, span.high * scale, false);
    canvas.line("frame", &[(24.0, 58.0), (w - 24.0, 58.0)]);
    for &tick in &shown.ticks {
        let x = 24.0 + axis.place(tick / scale) * (w - 48.0);
        canvas.line("frame", &[(x, 58.0), (x, 63.0)]);
        let unit = if notation == Notation::PerCent { "\u{202f}%" } else { "" };
        canvas.text("tick", (x, 77.0), Anchor::Middle, false, &format!("{}{unit}", shown.tick_label(tick)));
    }
    if let Some(measured) = finding.measured {
        let number = finding.interval.map(|interval| notation.measured(measured, interval).0);
        let text = format!("measured {}", number.unwrap_or_else(|| notation.number(measured)));
        // Labels are bold, and bold letters are about a tenth wider.
        let half = 0.56 * width(&text, TEXT);
        let x = (24.0 + axis.place(measured) * (w - 48.0)).clamp(half, w - half);
        canvas.text("label", (x, 12.0), Anchor::Middle, false, &text);
    }
    Some(canvas)
}

/// The picture alone, small, for a row of a table.
pub fn miniature(finding: &Finding) -> Option<Canvas> {
    let span = span(finding)?;
    let mut canvas = Canvas::new(150.0, 16.0);
    draw(&mut canvas, finding, &span, (2.0, 148.0), (8.0, 6.0));
    Some(canvas)
}

/// The band, the interval and the measured value around, with some room; an open band reaches to the edge.
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
