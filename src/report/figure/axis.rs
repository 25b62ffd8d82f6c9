//! Axes: range, ticks and the place of a value, linear or logarithmic.

use std::ops::Range;

use libm::{floor, log10, pow};
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};

use crate::report::number::{digits, exponent, superscript};

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
    pub fn around(values: impl IntoIterator<Item = f64>, log: bool) -> Self {
        let usable = values.into_iter().filter(|value| value.is_finite() && (!log || *value > 0.0));
        let (low, high) =
            usable.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (value.min(low), value.max(high)));
        match (low <= high, log) {
            (false, true) => Self::logarithmic(0.1, 10.0),
            (false, false) => Self::linear(0.0, 1.0),
            (true, true) => {
                let room = pow(high / low, 0.03).max(1.05);
                Self::logarithmic(low / room, high * room)
            }
            (true, false) if low == high => {
                let room = if low == 0.0 { 1.0 } else { 0.1 * low.abs() };
                Self::linear(low - room, high + room)
            }
            (true, false) => {
                let room = 0.03 * (high - low);
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
        let step = nice_step((high - low) / 5.0);
        Self { log: false, low, high, ticks: multiples(step, low, high), minor: Vec::new() }
    }

    fn logarithmic(low: f64, high: f64) -> Self {
        let decades = log10(high / low);
        let within = |value: &f64| (low..=high).contains(value);
        let powers = |digits: &[f64], every: i32| -> Vec<f64> {
            let (first, last) = (floor(log10(low)) as i32, floor(log10(high)) as i32);
            let exponents = (first..=last).filter(|exponent| exponent.rem_euclid(every) == 0);
            exponents.flat_map(|exponent| digits.iter().map(move |digit| decimal(*digit, exponent))).collect()
        };
        let every = (decades / 6.0).ceil().max(1.0) as i32;
        let candidates = [powers(&[1.0], every), powers(&[1.0, 3.0], 1), powers(&[1.0, 2.0, 5.0], 1)];
        let enough = |ticks: &Vec<f64>| ticks.iter().filter(|tick| within(tick)).count() >= 3;
        let step = nice_step((high - low) / 4.0);
        let ticks = candidates.into_iter().find(enough).unwrap_or_else(|| multiples(step, low, high));
        let ticks = ticks.into_iter().filter(within).collect();
        let minor = if decades <= 4.5 { powers(&[2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0], 1) } else { Vec::new() };
        Self { log: true, low, high, ticks, minor: minor.into_iter().filter(within).collect() }
    }

    /// Place of a value, 0 at the start and 1 at the end.
    pub fn place(&self, value: f64) -> f64 {
        if self.log {
            log10(value / self.low) / log10(self.high / self.low)
        } else {
            (value - self.low) / (self.high - self.low)
        }
    }

    /// The number at a tick: as many decimals as the ticks need, powers of ten for decades far from one.
    pub fn tick_label(&self, tick: f64) -> String {
        let far = |value: f64| value != 0.0 && !(-3..5).contains(&exponent(value));
        if self.log {
            return if self.ticks.iter().any(|&tick| far(tick)) {
                scientific(tick)
            } else {
                digits(tick, 2).replace(".0", ".").trim_end_matches('.').to_owned()
            };
        }
        let largest = self.low.abs().max(self.high.abs());
        if far(largest) {
            return scientific(tick);
        }
        let step = self.ticks.windows(2).map(|pair| pair[1] - pair[0]).next().unwrap_or(largest);
        let decimals = usize::try_from(-exponent(step)).unwrap_or(0);
        format!("{tick:.decimals$}").replace('-', "−")
    }
}

/// `digit` times ten to the `exponent`, the float nearest to its decimal form.
fn decimal(digit: f64, exponent: i32) -> f64 {
    format!("{digit}e{exponent}").parse().expect("a digit and an exponent make a number")
}

/// The number as a power of ten, with a factor where it is not 1.
fn scientific(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let exponent = exponent(value);
    let factor = digits(value / decimal(1.0, exponent), 2);
    let factor = factor.strip_suffix(".0").unwrap_or(&factor);
    let power = format!("10{}", superscript(exponent));
    if factor == "1" { power } else { format!("{factor}×{power}") }
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

/// The multiples of `step` from `low` to `high`.
fn multiples(step: f64, low: f64, high: f64) -> Vec<f64> {
    let (first, last) = ((low / step - 1e-9).ceil() as i64, (high / step + 1e-9).floor() as i64);
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
