//! What kind of measure a check has: it decides how its interval is made.
//!
//! The kind follows from the formulas of the check and from what the columns of the experiment declare
//! ([`Values`]), never from the numbers that came out.

use std::collections::BTreeMap;

use super::selection::keeps_replicates;
use super::value::formulas;
use crate::experiment::Values;
use crate::spec::check::Check;
use crate::spec::claim::Claim;
use crate::spec::formula::Formula;
use crate::spec::formula::function::{Function, Gives, RowFunction};
use crate::spec::formula::syntax::{Expression, Node, Operator, OperatorClass};

/// The kind of a measure.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Measure {
    /// An extreme over replicates: judged by the sample itself.
    Extreme,
    /// The fraction of rows that meet a condition.
    Fraction {
        /// The condition.
        condition: Formula,
    },
    /// `mean(x)` with `x` in a known range, few of its values or many of them at an end.
    BoundedMean {
        /// `x`.
        of: Formula,
        /// The range of `x`.
        range: [f64; 2],
    },
    /// `quantile(x, p)`, the median among them.
    Quantile {
        /// `x`.
        of: Formula,
        /// `p`.
        level: f64,
    },
    /// A function of quantiles of continuous columns.
    OfQuantiles {
        /// The `p` that is farthest from the middle.
        level: f64,
    },
    /// A smooth function of means of continuous columns.
    Smooth,
    /// There is no interval that is known to cover; why.
    Unsupported(&'static str),
}

/// What a part of a formula is from replicate to replicate.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Spread {
    /// The same in every replicate.
    Constant,
    /// As these values.
    Random(Values),
}

/// What each column is.
struct Columns(BTreeMap<String, Spread>);

/// Few values and no range, or bounded ones in a formula that is no plain mean.
const NO_METHOD: &str = "the measure mixes columns that take few values, for which no interval is known to cover: ask for the `fraction` of replicates that are right, or for a plain `mean`";
const NO_RANGE: &str = "the measure is a mean of a count, for which no interval is known to cover: ask for the `fraction` of replicates with the right count";
const MOVING_EXPECTATION: &str =
    "what is expected differs between replicates, and the measure takes few values: no interval is known to cover";

/// The kind of a check's measure.
pub(super) fn measure(claim: &Claim, check: &Check) -> Measure {
    let mut columns = Columns::new(claim, check);
    let staged = !check.group.is_empty();
    let pooled = staged && !keeps_replicates(check);
    if staged {
        if pooled && check.reduce.values().any(|formula| has_extreme(&formula.syntax)) {
            return Measure::Extreme;
        }
        columns = columns.reduced(check);
    }
    let expression = &check.measure.syntax;
    if has_extreme(expression) {
        return Measure::Extreme;
    }
    let fixed = formulas(&check.expect).into_iter().all(|formula| !columns.is_random(&formula.syntax));
    match kind(&check.measure, &columns, pooled) {
        Measure::Fraction { .. } | Measure::BoundedMean { .. } if !fixed => Measure::Unsupported(MOVING_EXPECTATION),
        Measure::Quantile { level, .. } if !fixed => Measure::OfQuantiles { level },
        measure => measure,
    }
}

fn kind(formula: &Formula, columns: &Columns, pooled: bool) -> Measure {
    let expression = &formula.syntax;
    let of = |argument: &Expression| formula.part(argument);
    if let (Node::Call { function: Function::Rows(function), arguments, filter: None }, false) =
        (&expression.node, pooled)
    {
        match (function, &arguments[..]) {
            (RowFunction::Fraction, [condition]) => return Measure::Fraction { condition: of(condition) },
            (RowFunction::Mean, [x]) => match columns.of(x) {
                Spread::Random(Values::Bounded(range)) => return Measure::BoundedMean { of: of(x), range },
                Spread::Random(Values::Few) => return Measure::Unsupported(NO_RANGE),
                Spread::Random(Values::Continuous) | Spread::Constant => {}
            },
            (RowFunction::Median, [x]) => return Measure::Quantile { of: of(x), level: 0.5 },
            (RowFunction::Quantile, [x, Expression { node: Node::Number { value, .. }, .. }]) => {
                return Measure::Quantile { of: of(x), level: *value };
            }
            _ => {}
        }
    }
    if columns.uneven(expression) {
        return Measure::Unsupported(NO_METHOD);
    }
    match extreme_level(expression) {
        Some(level) => Measure::OfQuantiles { level },
        None => Measure::Smooth,
    }
}

/// The level, of the quantiles over rows in it, that is farthest from the middle; none without quantiles. A level that
/// is no plain number counts as 0, for which no number of replicates is enough.
fn extreme_level(expression: &Expression) -> Option<f64> {
    let level = |call: &&Expression| match &call.node {
        Node::Call { function: Function::Rows(RowFunction::Median), .. } => Some(0.5),
        Node::Call { function: Function::Rows(RowFunction::Quantile), arguments, .. } => {
            match arguments.get(1).map(|level| &level.node) {
                Some(Node::Number { value, .. }) => Some(*value),
                _ => Some(0.0),
            }
        }
        _ => None,
    };
    let off = |level: &f64| (level - 0.5).abs();
    let calls = aggregates(expression);
    calls.iter().filter_map(level).max_by(|one, other| off(one).total_cmp(&off(other)))
}

/// Whether `min` or `max` over rows stands anywhere in it.
fn has_extreme(expression: &Expression) -> bool {
    let extreme =
        matches!(&expression.node, Node::Call { function: Function::Rows(RowFunction::Min | RowFunction::Max), .. });
    extreme || expression.parts().into_iter().any(has_extreme)
}

/// The arguments of a call, without the condition on its rows.
fn arguments(call: &Expression) -> &[Expression] {
    if let Node::Call { arguments, .. } = &call.node { arguments } else { &[] }
}

/// The calls of row functions in it.
fn aggregates(expression: &Expression) -> Vec<&Expression> {
    match &expression.node {
        Node::Call { function, .. } if function.doc().rows => vec![expression],
        _ => expression.parts().into_iter().flat_map(aggregates).collect(),
    }
}

impl Columns {
    /// The columns of a check's table: axes, keys, what the experiment measures, and the new ones.
    fn new(claim: &Claim, check: &Check) -> Self {
        let mut columns = Self(BTreeMap::new());
        if let Some(table) = claim.kind.table(&check.table) {
            for column in table.columns {
                columns.0.insert(column.name.to_owned(), Spread::Random(column.values));
            }
        }
        for (name, formula) in &check.lets {
            let spread = columns.of(&formula.syntax);
            columns.0.insert(name.clone(), spread);
        }
        columns
    }

    /// The columns behind the first stage: those that rows were split and grouped by, and the new ones.
    fn reduced(&self, check: &Check) -> Self {
        let mut columns = Self(BTreeMap::new());
        for (name, formula) in &check.reduce {
            columns.0.insert(name.clone(), self.of(&formula.syntax));
        }
        columns
    }

    /// Whether a part differs between replicates.
    fn is_random(&self, expression: &Expression) -> bool {
        self.of(expression) != Spread::Constant
    }

    /// Whether it contains a column with few values, or with many replicates at an end, that a mean, a slope or a
    /// ratio is made of.
    fn uneven(&self, expression: &Expression) -> bool {
        aggregates(expression)
            .into_iter()
            .flat_map(arguments)
            .any(|part| matches!(self.of(part), Spread::Random(Values::Bounded(_) | Values::Few)))
    }

    /// What an expression is from replicate to replicate.
    fn of(&self, expression: &Expression) -> Spread {
        match &expression.node {
            Node::Number { .. } | Node::Text { .. } => Spread::Constant,
            // Because what is not measured names a row.
            Node::Column(name) => self.0.get(name).copied().unwrap_or(Spread::Constant),
            Node::Negate(operand) => self.of(operand).map(|[low, high]| [-high, -low]),
            Node::Not(operand) => self.of(operand),
            Node::Binary { operator, left, right } => self.binary(*operator, left, right),
            Node::Call { function, arguments, .. } => self.call(*function, arguments),
        }
    }

    fn binary(&self, operator: Operator, left: &Expression, right: &Expression) -> Spread {
        let constant = |expression: &Expression| match &expression.node {
            Node::Number { value, .. } => Some(*value),
            _ => None,
        };
        match (operator, self.of(left), self.of(right)) {
            (_, Spread::Constant, Spread::Constant) => Spread::Constant,
            // Because a condition is 0 or 1, however continuous the numbers are that it compares.
            _ if operator.class() != OperatorClass::Arithmetic => Spread::Random(Values::Bounded([0.0, 1.0])),
            (Operator::Add, Spread::Random(Values::Bounded(a)), Spread::Random(Values::Bounded(b))) => {
                Spread::Random(Values::Bounded([a[0] + b[0], a[1] + b[1]]))
            }
            (Operator::Subtract, Spread::Random(Values::Bounded(a)), Spread::Random(Values::Bounded(b))) => {
                Spread::Random(Values::Bounded([a[0] - b[1], a[1] - b[0]]))
            }
            (_, a, Spread::Constant) => match (operator, constant(right)) {
                (Operator::Add, Some(b)) => a.map(|[low, high]| [low + b, high + b]),
                (Operator::Subtract, Some(b)) => a.map(|[low, high]| [low - b, high - b]),
                (Operator::Multiply, Some(b)) => a.map(|ends| scaled(ends, b)),
                (Operator::Divide, Some(b)) => a.map(|ends| scaled(ends, 1.0 / b)),
                _ => a.without_range(),
            },
            (_, Spread::Constant, b) => match (operator, constant(left)) {
                (Operator::Add, Some(a)) => b.map(|[low, high]| [low + a, high + a]),
                (Operator::Subtract, Some(a)) => b.map(|[low, high]| [a - high, a - low]),
                (Operator::Multiply, Some(a)) => b.map(|ends| scaled(ends, a)),
                _ => b.without_range(),
            },
            (_, a, b) => a.with(b),
        }
    }

    fn call(&self, function: Function, arguments: &[Expression]) -> Spread {
        match function.doc().gives {
            Gives::First => self.of(&arguments[0]),
            Gives::Magnitude => self.of(&arguments[0]).map(magnitude),
            Gives::Bounded(range) => Spread::Random(Values::Bounded(range)),
            Gives::Few => Spread::Random(Values::Few),
            Gives::Other => self.of_all(arguments).without_range(),
        }
    }

    fn of_all(&self, arguments: &[Expression]) -> Spread {
        arguments.iter().map(|argument| self.of(argument)).fold(Spread::Constant, Spread::with)
    }
}

impl Spread {
    /// With the ends of a range moved.
    fn map(self, ends: impl FnOnce([f64; 2]) -> [f64; 2]) -> Self {
        match self {
            Self::Random(Values::Bounded(range)) => Self::Random(Values::Bounded(ends(range))),
            other => other,
        }
    }

    /// The same values at places that are not known.
    fn without_range(self) -> Self {
        match self {
            Self::Random(Values::Bounded(_)) => Self::Random(Values::Few),
            other => other,
        }
    }

    /// What a function of both is: continuous as soon as one of them is.
    fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Constant, spread) | (spread, Self::Constant) => spread,
            (Self::Random(Values::Continuous), _) | (_, Self::Random(Values::Continuous)) => {
                Self::Random(Values::Continuous)
            }
            _ => Self::Random(Values::Few),
        }
    }
}

/// The range of the magnitudes of values in a range.
fn magnitude([low, high]: [f64; 2]) -> [f64; 2] {
    let far = if -low > high { -low } else { high };
    let near = if low > 0.0 {
        low
    } else if high < 0.0 {
        -high
    } else {
        0.0
    };
    [near, far]
}

fn scaled([low, high]: [f64; 2], factor: f64) -> [f64; 2] {
    if factor < 0.0 { [high * factor, low * factor] } else { [low * factor, high * factor] }
}
