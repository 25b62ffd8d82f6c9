//! Sums and products of numbers that were written in decimal.

/// Digits of a product of two `f64` in shortest decimal form: 17 each.
const DIGITS: u32 = 38;

/// A number `digits * 10^exponent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Decimal {
    digits: i128,
    exponent: i32,
}

/// The sum of two numbers as they are written in decimal: `0.7 + 0.1` is `0.8`, while the sum of the nearest binary
/// numbers is the number below.
///
/// Each number stands for the shortest decimal number that reads back as it, the sum is exact, and the result is the
/// `f64` nearest to it. Where the digits of the two lie too far apart to be added in 38 digits, the plain sum is the
/// same number. Not finite where one of them is not.
///
/// ```
/// use modewise::numerics::statistics::decimal::sum;
///
/// assert_eq!(sum(0.7, 0.1), 0.8);
/// assert_ne!(0.7 + 0.1, 0.8);
/// ```
pub fn sum(a: f64, b: f64) -> f64 {
    let exact = || {
        let (a, b) = (Decimal::new(a)?, Decimal::new(b)?);
        let exponent = a.exponent.min(b.exponent);
        Decimal { digits: a.scaled_to(exponent)?.checked_add(b.scaled_to(exponent)?)?, exponent }.to_f64()
    };
    exact().unwrap_or(a + b)
}

/// The product of two numbers as they are written in decimal: `3 * 0.1` is `0.3`. See [`sum`].
///
/// ```
/// use modewise::numerics::statistics::decimal::product;
///
/// assert_eq!(product(3.0, 0.1), 0.3);
/// assert_ne!(3.0 * 0.1, 0.3);
/// ```
pub fn product(a: f64, b: f64) -> f64 {
    let exact = || {
        let (a, b) = (Decimal::new(a)?, Decimal::new(b)?);
        Decimal { digits: a.digits.checked_mul(b.digits)?, exponent: a.exponent + b.exponent }.to_f64()
    };
    exact().unwrap_or(a * b)
}

impl Decimal {
    /// The shortest decimal number that reads back as `value`; none if it is not finite.
    fn new(value: f64) -> Option<Self> {
        let text = format!("{value:e}");
        let (digits, exponent) = text.split_once('e')?;
        let places = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let exponent = exponent.parse::<i32>().ok()? - i32::try_from(places).ok()?;
        Some(Self { digits: digits.replace('.', "").parse().ok()?, exponent })
    }

    /// Its digits at a smaller exponent; none where they do not fit.
    fn scaled_to(self, exponent: i32) -> Option<i128> {
        let shift = u32::try_from(self.exponent - exponent).ok().filter(|&shift| shift < DIGITS)?;
        self.digits.checked_mul(10_i128.checked_pow(shift)?)
    }

    /// The nearest `f64`.
    fn to_f64(self) -> Option<f64> {
        format!("{}e{}", self.digits, self.exponent).parse().ok()
    }
}
