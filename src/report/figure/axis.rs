//! Axes: range, ticks and the place of a value, linear or logarithmic.

use std::collections::BTreeSet;
use std::ops::Range;

use libm::{floor, log10, pow};
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};

use crate::report::number::{exponent, superscript};

/// Values nearer to zero than this are shown at zero on a linear axis: below it, numbers lose their digits.
const TINY: f64 = 1e-300;
/// Most ticks that a step can give.
const MOST_TICKS: i64 = 1000;

/// A direction of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Logarithmic.
    pub log: bool,
    /// Value at the start.
    pub low: f64,
    /// Value at the end.
    pub high: f64,
    /// Values with a number.
    pub ticks: Vec<f64>,
    /// Values with a short mark only.
    pub minor: Vec<f64>,
}

impl Axis {
    /// The axis for these values, with some room at both ends. A linear axis that would start a little above zero
    /// starts there. Values that have no logarithm are left out of a logarithmic axis.
    #[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
    pub fn around(values: impl IntoIterator<Item = f64>, log: bool) -> Self {
        let usable = values.into_iter().filter(|value| value.is_finite() && (!log || *value > 0.0));
        let (mut whole, mut seen) = (true, BTreeSet::new());
        let (low, high) = usable.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            whole &= value == value.trunc();
            if whole {
                seen.insert(value as i64);
            }
            (value.min(low), value.max(high))
        });
        let mut axis = Self::with_room(low, high, log);
        // Because there is nothing between levels or layers; two values may still be the ends of a scale.
        if whole && !log && seen.len() > 2 {
            axis.ticks.retain(|tick| *tick == tick.trunc());
        }
        axis
    }

    #[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
    fn with_room(low: f64, high: f64, log: bool) -> Self {
        match (low <= high, log) {
            (false, true) => Self::logarithmic(0.1, 10.0),
            (false, false) => Self::linear(0.0, 1.0),
            (true, true) => {
                let ratio = high / low;
                let room = if ratio.is_finite() { pow(ratio, 0.03) } else { pow(10.0, 0.03 * decades(low, high)) };
                let room = room.max(1.05);
                let (low, high) = ((low / room).max(f64::from_bits(1)), (high * room).min(f64::MAX));
                // Because the smallest numbers have no room between them.
                Self::logarithmic(low, if low < high { high } else { 10.0 * low })
            }
            (true, false) if low.abs().max(high.abs()) < TINY => Self::linear(-1.0, 1.0),
            (true, false) if high - low < TINY => {
                let room = 0.1 * low.abs();
                Self::linear(low - room, high + room)
            }
            (true, false) => {
                let room = 0.03 * span(low, high);
                let from_zero = low >= 0.0 && low < 0.3 * high;
                Self::linear(if from_zero { 0.0 } else { low - room }, high + room)
            }
        }
    }

    /// From `low` to `high` exactly, for the cells of a heatmap.
    pub fn exactly(low: f64, high: f64, log: bool) -> Self {
        if log { Self::logarithmic(low, high) } else { Self::linear(low, high) }
    }

    fn linear(low: f64, high: f64) -> Self {
        let (low, high) = (low.clamp(f64::MIN, f64::MAX), high.clamp(f64::MIN, f64::MAX));
        let step = nice_step(span(low, high) / 5.0);
        Self { log: false, low, high, ticks: multiples(step, low, high), minor: Vec::new() }
    }

    #[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
    fn logarithmic(low: f64, high: f64) -> Self {
        let decades = decades(low, high);
        let within = |value: &f64| (low..=high).contains(value);
        let powers = |digits: &[f64], every: i32| -> Vec<f64> {
            let (first, last) = (floor(log10(low)) as i32, floor(log10(high)) as i32);
            let exponents = (first..=last).filter(|exponent| exponent.rem_euclid(every) == 0);
            exponents.flat_map(|exponent| digits.iter().map(move |digit| decimal(*digit, exponent))).collect()
        };
        let every = (decades / 7.0).ceil().max(1.0) as i32;
        let candidates = [powers(&[1.0], every), powers(&[1.0, 3.0], 1), powers(&[1.0, 2.0, 5.0], 1)];
        let enough = |ticks: &Vec<f64>| ticks.iter().filter(|tick| within(tick)).count() >= 3;
        let step = nice_step(span(low, high) / 5.0);
        let ticks = candidates.into_iter().find(enough).unwrap_or_else(|| multiples(step, low, high));
        let ticks = ticks.into_iter().filter(within).collect();
        let minor = if decades <= 4.5 { powers(&[2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0], 1) } else { Vec::new() };
        Self { log: true, low, high, ticks, minor: minor.into_iter().filter(within).collect() }
    }

    /// Place of a value, 0 at the start and 1 at the end.
    pub fn place(&self, value: f64) -> f64 {
        if self.log {
            decades(self.low, value) / decades(self.low, self.high)
        } else {
            let whole = self.high - self.low;
            if whole.is_finite() {
                (value - self.low) / whole
            } else {
                (value / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0)
            }
        }
    }

    /// The number at a tick: with the digits that tell the ticks apart, as a power of ten where any is far from one.
    #[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
    pub fn tick_label(&self, tick: f64) -> String {
        let gaps = self.ticks.iter().map(|other| (other - tick).abs()).filter(|gap| *gap > 0.0);
        let slack = 0.01 * gaps.reduce(f64::min).unwrap_or(tick.abs());
        let far = |value: &f64| *value != 0.0 && !(-3..5).contains(&exponent(*value));
        let largest = self.low.abs().max(self.high.abs());
        if if self.log { self.ticks.iter().any(far) } else { far(&largest) } {
            return scientific(tick, slack);
        }
        let decimals = |tick: f64| (0..9).find(|&places| off(tick, &format!("{tick:.places$}")) <= slack).unwrap_or(9);
        let places =
            if self.log { decimals(tick) } else { self.ticks.iter().map(|&tick| decimals(tick)).max().unwrap_or(0) };
        format!("{tick:.places$}").replace('-', "−")
    }
}

/// The difference of two values, where that is not finite the largest number.
fn span(low: f64, high: f64) -> f64 {
    (high - low).clamp(f64::MIN, f64::MAX)
}

/// Powers of ten between two positive values.
fn decades(from: f64, to: f64) -> f64 {
    let ratio = to / from;
    // Because the quotient of numbers may be none.
    if ratio.is_finite() && ratio > 0.0 { log10(ratio) } else { log10(to) - log10(from) }
}

/// How far the text is from the value that it stands for.
fn off(value: f64, text: &str) -> f64 {
    text.parse::<f64>().map_or(f64::INFINITY, |read| (read - value).abs())
}

/// `digit` times ten to the `exponent`, the float nearest to its decimal form.
fn decimal(digit: f64, exponent: i32) -> f64 {
    format!("{digit}e{exponent}").parse().expect("a digit and an exponent make a number")
}

/// The number to within `slack` as a power of ten, with a factor where it is not 1.
fn scientific(value: f64, slack: f64) -> String {
    let texts = (0..9).map(|places| format!("{value:.places$e}"));
    let text = texts.into_iter().find(|text| off(value, text) <= slack).unwrap_or_else(|| format!("{value:e}"));
    let (factor, power) = text.split_once('e').unwrap_or((&text, "0"));
    let power = power.parse().unwrap_or(0);
    let power = if power == 0 { "1".to_owned() } else { format!("10{}", superscript(power)) };
    match factor {
        _ if value.abs() <= slack => "0".to_owned(),
        "1" => power,
        "-1" => format!("−{power}"),
        factor if power == "1" => factor.replace('-', "−"),
        factor => format!("{}×{power}", factor.replace('-', "−")),
    }
}

/// The smallest of 1, 2, 5 times a power of ten that is at least `rough`.
fn nice_step(rough: f64) -> f64 {
    let exponent = floor(log10(rough)) as i32;
    [1.0, 2.0, 5.0]
        .iter()
        .map(|&digit| decimal(digit, exponent))
        .find(|&step| step >= rough * 0.999)
        .unwrap_or(decimal(1.0, exponent + 1))
}

/// The multiples of `step` from `low` to `high`; none if they are too many.
fn multiples(step: f64, low: f64, high: f64) -> Vec<f64> {
    let (first, last) = ((low / step - 1e-9).ceil() as i64, (high / step + 1e-9).floor() as i64);
    if last.saturating_sub(first) > MOST_TICKS {
        // Because a step of nothing divides everything.
        return Vec::new();
    }
    (first..=last).map(|number| number as f64 * step).collect()
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (start, end): (i32, i32)) -> i32 {
        (f64::from(start) + self.place(*value) * f64::from(end - start)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _hint: Hint) -> Vec<f64> {
        self.ticks.clone()
    }

    fn range(&self) -> Range<f64> {
        self.low..self.high
    }
}

impl ValueFormatter<f64> for Axis {
    fn format_ext(&self, value: &f64) -> String {
        self.tick_label(*value)
    }
}
