//! Widths of text, from the advance widths of Helvetica, to which Arial and Liberation Sans are metrically equal.

/// Advance widths of the printable ASCII characters from the space on, in thousandths of the font's size
/// (Adobe Font Metrics, Helvetica).
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to ~
];

/// Width of a text set at `size`, in the unit of `size`.
pub fn width(text: &str, size: f64) -> f64 {
    let thousandths: f64 = text.chars().map(advance).sum();
    thousandths * size / 1000.0
}

/// Advance of a character; those beyond ASCII by kind.
fn advance(character: char) -> f64 {
    let index = (character as usize).wrapping_sub(0x20);
    match character {
        '\u{202f}' | '\u{2009}' => 200.0,
        '⁰'..='₉' | '¹' | '²' | '³' => 333.0,
        '±' | '×' | '−' | '≤' | '≥' | '≠' => 584.0,
        '–' | 'α'..='ω' => 556.0,
        _ => ASCII.get(index).map_or(700.0, |&width| f64::from(width)),
    }
}
