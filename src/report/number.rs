//! Numbers as a reader wants them: three significant digits, whole numbers exactly, per cent where the spec says so.

/// How a quantity is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// As it is.
    Plain,
    /// In hundredths.
    PerCent,
}

/// Between a number and its unit, and between groups of digits: narrow, and no place for a line break.
const THIN: char = '\u{202f}';

/// Exponents of ten of numbers that are written without one.
const PLAIN: std::ops::Range<i32> = -4..6;

impl Notation {
    /// Scaled to the notation's unit.
    fn scaled(self, value: f64) -> f64 {
        if self == Self::PerCent { value * 100.0 } else { value }
    }

    /// With the notation's sign behind.
    fn signed(self, text: String) -> String {
        if self == Self::PerCent { format!("{text}{THIN}%") } else { text }
    }

    /// A number with three significant digits; whole numbers below a million exactly; powers of ten where the plain
    /// form is long; "missing" where there is none.
    pub fn number(self, value: f64) -> String {
        self.signed(digits(self.scaled(value), 3))
    }

    /// A number that somebody chose: like [`Notation::number`], without zeros at the end.
    pub fn bound(self, value: f64) -> String {
        let text = digits(self.scaled(value), 3);
        let plain = text.contains('.') && !text.contains('×');
        let text = if plain { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text };
        self.signed(text)
    }

    /// A measured value and its interval, "0.312 to 0.334", both with so many decimals that the width of the interval
    /// has two significant digits. A very narrow interval gets fewer: four significant digits, or two of the
    /// `tolerance`, where there is one that the value has to do with.
    pub fn measured(self, value: f64, interval: [f64; 2], tolerance: Option<f64>) -> (String, String) {
        let (value, [low, high]) = (self.scaled(value), interval.map(|end| self.scaled(end)));
        let tolerance = tolerance.map(|tolerance| self.scaled(tolerance));
        let write = |number: f64| match suitable_decimals([low, high], tolerance) {
            Some(decimals) => decimal(number, decimals),
            None => digits(number, 3),
        };
        (self.signed(write(value)), self.signed(format!("{} to {}", write(low), write(high))))
    }
}

/// So many decimals that the width of an interval has two significant digits, but no more than say something: four
/// significant digits, or two of the tolerance. None where the numbers are written as powers of ten.
#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn suitable_decimals([low, high]: [f64; 2], tolerance: Option<f64>) -> Option<usize> {
    let (width, size) = ((high - low).abs(), low.abs().max(high.abs()));
    let sensible = width > 0.0 && width.is_finite() && (1e-3..1e6).contains(&size);
    let two_of = |scale: f64| usize::try_from(1 - exponent(scale)).unwrap_or(0).min(6);
    let four = usize::try_from(3 - exponent(size)).unwrap_or(0);
    sensible.then(|| two_of(width).min(four.max(tolerance.map_or(0, two_of))))
}

/// Whole numbers in groups of three digits: "12 345".
pub fn count(value: u64) -> String {
    grouped(&value.to_string())
}

/// A whole number that is known roughly: two digits, rounded up: "75 000".
pub fn about(value: u64) -> String {
    let mut unit = 1;
    while value / unit >= 100 {
        unit *= 10;
    }
    count(value.div_ceil(unit).saturating_mul(unit))
}

/// A share of the tolerance: two decimals below ten, whole above; "over 1000" where more digits say nothing.
pub fn tolerance_use(value: f64) -> String {
    match value {
        value if !value.is_finite() => "unknown".to_owned(),
        value if value > 1000.0 => "over 1000".to_owned(),
        value if value >= 9.995 => format!("{value:.0}"),
        0.0 => "0".to_owned(),
        value if value > 0.0 && value < 0.005 => "under 0.01".to_owned(),
        value => format!("{value:.2}"),
    }
}

/// A value of an axis as somebody wrote it: the shortest text that gives the same number up to twelve digits, with a
/// power of ten where the plain form is long; "missing" where there is none.
pub fn shortest(value: f64) -> String {
    if !value.is_finite() {
        return "missing".to_owned();
    }
    let rounded: f64 = format!("{value:.11e}").parse().unwrap_or(value);
    let text = format!("{rounded:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if !PLAIN.contains(&exponent) {
        return power(mantissa, exponent);
    }
    let significant = mantissa.bytes().filter(u8::is_ascii_digit).count();
    let decimals = i32::try_from(significant).unwrap_or(0) - 1 - exponent;
    decimal(rounded, usize::try_from(decimals).unwrap_or(0))
}

/// A number for a file that programs read: the shortest text that gives the same number; empty where missing.
pub fn exact(value: f64) -> String {
    let mut text = String::new();
    push_exact(&mut text, value);
    text
}

/// Appends the same to a text.
pub fn push_exact(text: &mut String, value: f64) {
    if value.is_finite() {
        let mut buffer = zmij::Buffer::new();
        let digits = buffer.format_finite(value);
        text.push_str(digits.strip_suffix(".0").unwrap_or(digits));
    }
}

/// The exponent of ten of the number's first digit, after rounding to three digits.
pub fn exponent(value: f64) -> i32 {
    let text = format!("{value:.2e}");
    text.split_once('e').and_then(|(_, exponent)| exponent.parse().ok()).unwrap_or(0)
}

/// An exponent in raised digits.
pub fn superscript(exponent: i32) -> String {
    let raise = |digit: char| match digit {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' => '⁰',
        digit => char::from_u32(0x2070 + digit.to_digit(10).unwrap_or(0)).unwrap_or(digit),
    };
    exponent.to_string().chars().map(raise).collect()
}

/// `value` with `significant` digits.
pub fn digits(value: f64, significant: usize) -> String {
    if !value.is_finite() {
        return "missing".to_owned();
    }
    if value == value.trunc() && value.abs() < 1e6 {
        return decimal(value, 0);
    }
    let exponent = exponent(value);
    if PLAIN.contains(&exponent) {
        let decimals = i32::try_from(significant).unwrap_or(3) - 1 - exponent;
        return decimal(value, usize::try_from(decimals).unwrap_or(0));
    }
    let text = format!("{value:.*e}", significant - 1);
    let (mantissa, _) = text.split_once('e').unwrap_or((&text, ""));
    let mantissa = if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { mantissa };
    power(mantissa, exponent)
}

/// "2.5 × 10⁻⁵"; of mantissa one just the power.
fn power(mantissa: &str, exponent: i32) -> String {
    let power = format!("10{}", superscript(exponent));
    match mantissa {
        "1" => power,
        "-1" => format!("−{power}"),
        mantissa => format!("{}{THIN}×{THIN}{power}", mantissa.replace('-', "−")),
    }
}

/// `value` with that many decimals, a minus sign for a hyphen, and whole parts of five and more digits in groups.
fn decimal(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |text| ("−", text));
    let sign = if text.bytes().all(|byte| matches!(byte, b'0' | b'.')) { "" } else { sign };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", grouped(whole))
}

/// Digits in groups of three from the right, if there are five or more.
fn grouped(digits: &str) -> String {
    if digits.len() < 5 {
        return digits.to_owned();
    }
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(THIN);
        }
        text.push(digit);
    }
    text
}
