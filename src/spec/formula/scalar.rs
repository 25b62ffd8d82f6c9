//! Operators and functions on single values; missing (`NaN`) in, missing out.

use super::function::ScalarFunction;
use super::syntax::Operator;

/// `left operator right`; conditions are 1, 0 or missing.
pub(super) fn binary(operator: Operator, left: f64, right: f64) -> f64 {
    match operator {
        Operator::And => and(left, right),
        Operator::Or => not(and(not(left), not(right))),
        // Because `pow(x, 0)` and `pow(1, y)` are 1 for a missing operand and comparisons with one are false.
        _ if left.is_nan() || right.is_nan() => f64::NAN,
        Operator::Add => finite(left + right),
        Operator::Subtract => finite(left - right),
        Operator::Multiply => finite(left * right),
        Operator::Divide => finite(left / right),
        Operator::Power => finite(libm::pow(left, right)),
        Operator::Less => condition(left < right),
        Operator::LessOrEqual => condition(left <= right),
        Operator::Greater => condition(left > right),
        Operator::GreaterOrEqual => condition(left >= right),
        Operator::Equal => condition(left == right),
        Operator::NotEqual => condition(left != right),
    }
}

/// Kleene's `and`: false wins over missing, missing over true.
fn and(left: f64, right: f64) -> f64 {
    if left == 0.0 || right == 0.0 {
        0.0
    } else if left.is_nan() || right.is_nan() {
        f64::NAN
    } else {
        1.0
    }
}

/// Kleene's `not`: missing stays missing.
pub(super) fn not(operand: f64) -> f64 {
    if operand.is_nan() { operand } else { condition(operand == 0.0) }
}

/// A function of one row.
#[expect(clippy::disallowed_methods, reason = "a missing value is told before one is picked")]
pub(super) fn call(function: ScalarFunction, arguments: &[f64]) -> f64 {
    let x = arguments.first().copied().unwrap_or(f64::NAN);
    match function {
        ScalarFunction::Ln => finite(libm::log(x)),
        ScalarFunction::Exp => finite(libm::exp(x)),
        ScalarFunction::Sqrt => x.sqrt(),
        ScalarFunction::Abs => x.abs(),
        ScalarFunction::Tanh => libm::tanh(x),
        ScalarFunction::Known => condition(!x.is_nan()),
        ScalarFunction::Smallest => extreme(arguments.iter().copied(), f64::min),
        ScalarFunction::Largest => extreme(arguments.iter().copied(), f64::max),
    }
}

/// The least or the largest (as `pick` chooses) of some values; missing if any is, or if there are none.
pub(super) fn extreme(values: impl Iterator<Item = f64>, pick: fn(f64, f64) -> f64) -> f64 {
    // Because `f64::min` and `f64::max` prefer the number to the missing value.
    let either = |left: f64, right: f64| if left.is_nan() || right.is_nan() { f64::NAN } else { pick(left, right) };
    values.reduce(either).unwrap_or(f64::NAN)
}

/// A value that is not finite is missing.
pub(super) fn finite(value: f64) -> f64 {
    if value.is_finite() { value } else { f64::NAN }
}

/// A condition as a number.
fn condition(value: bool) -> f64 {
    f64::from(u8::from(value))
}
