//! What a measure is compared with, in numbers: the expected value, the allowed band, and how an interval lies in it.

use serde::{Deserialize, Serialize};

use crate::numerics::statistics::decimal;
use crate::spec::check::Expectation;

/// An expectation at one point.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Goal {
    /// The expected value: of `equals` and `exactly` the value, of `at-most` and `at-least` the bound, of `between` the
    /// middle.
    pub(super) expected: f64,
    /// The allowed band, ends included; none for an open end.
    pub(super) band: [Option<f64>; 2],
    scale: Scale,
}

/// The unit in which a distance from the expected value is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Scale {
    /// The larger of an absolute tolerance and one relative to the expected value.
    Tolerance { absolute: f64, relative: f64 },
    /// The distance of a bound from the ideal value that the spec names, if it names one.
    Bound { ideal: Option<f64> },
}

/// By how much the expected value could be wrong while the finding still held: the ends of what it could be, below and
/// above; none where nothing limits it on that side.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Resolution {
    /// As a difference from the expected value, in the unit of the measure.
    pub shift: [Option<f64>; 2],
    /// As a factor of the expected value; none where the expected value is zero or the factor would not be positive.
    pub factor: [Option<f64>; 2],
}

impl Resolution {
    /// The largest relative error of the expected value that would go unnoticed; none where nothing limits it on one
    /// side.
    pub fn unnoticed(&self) -> Option<f64> {
        let [low, high] = self.factor;
        let (below, above) = (1.0 - low?, high? - 1.0);
        Some(if below > above { below } else { above })
    }
}

/// Half the distance to the next integer: 0 off is none of it, 1 off is twice.
const HALF_INTEGER: f64 = 0.5;

impl Goal {
    /// From the values of the expectation's formulas: `[low, high]` of `between`, twice the same of the others.
    ///
    /// Edges are sums of decimal numbers ([`decimal`]). An error says why there is nothing to compare with.
    pub(super) fn new(expectation: &Expectation, values: [f64; 2]) -> Result<Self, String> {
        let [low, high] = values;
        if !(low.is_finite() && high.is_finite()) {
            return Err("the expected value is missing".to_owned());
        }
        match expectation {
            Expectation::Equals { absolute, relative, .. } => {
                if low == 0.0 && absolute.is_none() {
                    return Err("the tolerance is relative to an expected value of zero".to_owned());
                }
                let scale = Scale::Tolerance { absolute: absolute.unwrap_or(0.0), relative: relative.unwrap_or(0.0) };
                let tolerance = scale.of(low);
                Self::within(low, [decimal::sum(low, -tolerance), decimal::sum(low, tolerance)], scale)
            }
            Expectation::Between { .. } if low > high => {
                Err(format!("the lower end of the band, {low}, is above its upper end, {high}"))
            }
            Expectation::Between { .. } => {
                let width = decimal::sum(high, -low);
                Self::within(centre(values), values, Scale::Tolerance { absolute: width / 2.0, relative: 0.0 })
            }
            Expectation::Exactly(_) if low.fract() != 0.0 => {
                Err(format!("the expected value, {low}, is not an integer"))
            }
            Expectation::Exactly(_) => {
                Self::within(low, values, Scale::Tolerance { absolute: HALF_INTEGER, relative: 0.0 })
            }
            Expectation::AtMost { ideal, .. } => {
                Ok(Self { expected: low, band: [None, Some(low)], scale: Scale::Bound { ideal: *ideal } })
            }
            Expectation::AtLeast { ideal, .. } => {
                Ok(Self { expected: low, band: [Some(low), None], scale: Scale::Bound { ideal: *ideal } })
            }
        }
    }

    fn within(expected: f64, band: [f64; 2], scale: Scale) -> Result<Self, String> {
        if scale.of(expected) > 0.0 {
            Ok(Self { expected, band: band.map(Some), scale })
        } else {
            Err("the tolerance is zero".to_owned())
        }
    }

    /// Distance from the expected value of that end of an interval which is nearer to an edge of the band, in units of
    /// the tolerance: 0 at the expected value, 1 at the edge, above 1 outside.
    ///
    /// Of a bound the distance is that from the ideal value that the spec names, in units of the distance between the
    /// two, and never negative; none where the spec names no ideal value.
    pub(super) fn tolerance_use(&self, [low, high]: [f64; 2]) -> Option<f64> {
        match (self.scale, self.band) {
            (Scale::Tolerance { .. }, _) => {
                let farthest =
                    if self.expected - low > high - self.expected { self.expected - low } else { high - self.expected };
                Some(finite(farthest / self.tolerance()))
            }
            (Scale::Bound { ideal }, [None, _]) => Some(finite((high - ideal?) / (self.expected - ideal?))),
            (Scale::Bound { ideal }, _) => Some(finite((ideal? - low) / (ideal? - self.expected))),
        }
    }

    /// The factor by which the tolerance would have to grow for an interval outside of the band to reach it: the same
    /// distance as [`Goal::tolerance_use`], of the nearer end.
    pub(super) fn margin(&self, [low, high]: [f64; 2]) -> Option<f64> {
        self.tolerance_use(if high < self.expected { [high; 2] } else { [low; 2] })
    }

    /// By how much the expected value could be wrong while an interval inside of the band stayed inside of it.
    pub(super) fn resolution(&self, [low, high]: [f64; 2]) -> Resolution {
        let ends = match (self.scale, self.band) {
            // The interval lies inside of E' - t(E') and E' + t(E') for E' from the least to the largest of these.
            (Scale::Tolerance { absolute, relative }, _) => {
                let lowest = |high: f64| Some(lowest_expected(high, absolute, relative)).filter(|end| end.is_finite());
                [lowest(high), lowest(-low).map(|end| -end)]
            }
            (Scale::Bound { .. }, [None, _]) => [Some(high), None],
            (Scale::Bound { .. }, _) => [None, Some(low)],
        };
        let factor = |end: f64| Some(end / self.expected).filter(|factor| factor.is_finite() && *factor > 0.0);
        let mut factors = ends.map(|end| end.and_then(factor));
        if self.expected < 0.0 {
            factors.reverse();
        }
        Resolution { shift: ends.map(|end| end.map(|end| decimal::sum(end, -self.expected))), factor: factors }
    }

    fn tolerance(&self) -> f64 {
        self.scale.of(self.expected)
    }
}

impl Scale {
    /// The tolerance around an expected value; 0 of a bound.
    fn of(self, expected: f64) -> f64 {
        match self {
            Self::Tolerance { absolute, relative } => {
                let relative = decimal::product(relative, expected.abs());
                if relative > absolute { relative } else { absolute }
            }
            Self::Bound { .. } => 0.0,
        }
    }
}

/// The least expected value `E` whose band reaches up to `high`: `E + max(absolute, relative |E|) = high`; infinite
/// where a relative tolerance of 1 or more lets the band of every `E` below zero reach up to it.
fn lowest_expected(high: f64, absolute: f64, relative: f64) -> f64 {
    let by_absolute = high - absolute;
    let by_relative = if high >= 0.0 {
        high / (1.0 + relative)
    } else if relative < 1.0 {
        high / (1.0 - relative)
    } else {
        f64::NEG_INFINITY
    };
    // Because the larger tolerance counts, the smaller of the two reaches as far.
    if by_absolute < by_relative { by_absolute } else { by_relative }
}

/// The middle of an expectation's values.
pub(super) fn centre([low, high]: [f64; 2]) -> f64 {
    if low == high { low } else { low.midpoint(high) }
}

/// Not negative and not infinite, since JSON has no infinity.
fn finite(tolerance_use: f64) -> f64 {
    tolerance_use.clamp(0.0, f64::MAX)
}
