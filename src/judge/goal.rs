//! What a measure is compared with, in numbers: the expected value, the allowed band, the tolerance used.

use super::tolerance;
use crate::spec::claim::Expectation;

/// An expectation at one point.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Goal {
    /// The expected value: of `equals` and `exactly` the value, of `at-most` and `at-least` the bound, of `between` the
    /// middle.
    pub(super) expected: f64,
    /// The allowed band, ends included; none for an open end.
    pub(super) band: [Option<f64>; 2],
    form: Form,
}

/// How far is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    Within(f64),
    AtMost,
    AtLeast,
}

/// Half the distance to the next integer's band: 0 off is none of it, 1 off is twice.
const HALF_INTEGER: f64 = 0.5;

impl Goal {
    /// From the values of the expectation's formulas: `[low, high]` of `between`, twice the same of the others.
    ///
    /// An error says why there is nothing to compare with.
    #[expect(clippy::disallowed_methods, reason = "tolerances and the expected value are finite")]
    pub(super) fn new(expectation: &Expectation, values: [f64; 2]) -> Result<Self, String> {
        let [low, high] = values;
        if !(low.is_finite() && high.is_finite()) {
            return Err("the expected value is missing".to_owned());
        }
        match expectation {
            Expectation::Equals { absolute, relative, .. } => {
                let tolerance = absolute.unwrap_or(0.0).max(relative.unwrap_or(0.0) * low.abs());
                if low == 0.0 && absolute.is_none() {
                    return Err("the tolerance is relative to an expected value of zero".to_owned());
                }
                Self::within(low, [low - tolerance, low + tolerance], tolerance)
            }
            Expectation::Between { .. } if low > high => {
                Err(format!("the lower end of the band, {low}, is above its upper end, {high}"))
            }
            Expectation::Between { .. } => Self::within(centre(values), values, (high - low) / 2.0),
            Expectation::Exactly(_) if low.fract() != 0.0 => Err(format!("the expected value, {low}, is no integer")),
            Expectation::Exactly(_) => Self::within(low, values, HALF_INTEGER),
            Expectation::AtMost(_) => Ok(Self { expected: low, band: [None, Some(low)], form: Form::AtMost }),
            Expectation::AtLeast(_) => Ok(Self { expected: low, band: [Some(low), None], form: Form::AtLeast }),
        }
    }

    fn within(expected: f64, band: [f64; 2], tolerance: f64) -> Result<Self, String> {
        if tolerance > 0.0 {
            Ok(Self { expected, band: band.map(Some), form: Form::Within(tolerance) })
        } else {
            Err("the tolerance is zero".to_owned())
        }
    }

    /// Distance of a measured value from the expected one in units of the tolerance; see [`tolerance`].
    pub(super) fn tolerance_use(&self, measured: f64) -> f64 {
        match self.form {
            Form::Within(tolerance) => tolerance::two_sided(measured, self.expected, tolerance),
            Form::AtMost => tolerance::at_most(measured, self.expected),
            Form::AtLeast => tolerance::at_least(measured, self.expected),
        }
    }
}

/// The middle of an expectation's values.
pub(super) fn centre([low, high]: [f64; 2]) -> f64 {
    if low == high { low } else { low.midpoint(high) }
}
