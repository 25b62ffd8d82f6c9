//! What a formula takes from rows: a row function, or a part without any.

use std::borrow::Cow;

use super::by_row;
use super::function::{Argument, Function, RowFunction};
use super::scalar;
use super::syntax::{Expression, Node};
use crate::numerics::statistics::crossing::{SortedX, crossing};
use crate::numerics::statistics::least_squares_line::slope;
use crate::numerics::statistics::moments::{mean, sd};
use crate::numerics::statistics::quantile::{median, quantile};
use crate::numerics::statistics::rank_correlation::{kendall_tau_b, spearman};
use crate::table::Table;

/// What a formula takes from rows.
#[derive(Debug)]
pub(super) enum Leaf<'a> {
    /// Without row functions: its value in the first of the chosen rows.
    First(Cow<'a, [f64]>),
    /// A row function: what it looks at, and its argument that is the same in all rows (`p`, `level`).
    Rows { function: RowFunction, columns: Vec<Cow<'a, [f64]>>, constant: Option<Cow<'a, [f64]>> },
    /// `crossing(y, x, level)`, with the values of `x` in order.
    Crossing { y: Cow<'a, [f64]>, x: Cow<'a, [f64]>, level: Cow<'a, [f64]>, abscissae: SortedX },
    /// A row function over those of the rows in which a condition is met, a number that is 1 in them.
    Where { met: Cow<'a, [f64]>, of: Box<Leaf<'a>> },
}

impl<'a> Leaf<'a> {
    /// What this part of a formula takes from a table.
    pub(super) fn new(expression: &Expression, table: &'a Table) -> Self {
        let Node::Call { function: Function::Rows(function), arguments, filter } = &expression.node else {
            return Self::First(by_row::values(expression, table));
        };
        let of = match function {
            RowFunction::Crossing => Self::crossing(arguments, table),
            _ => Self::rows(*function, arguments, table),
        };
        match filter {
            Some(condition) => Self::Where { met: by_row::values(condition, table), of: Box::new(of) },
            None => of,
        }
    }

    fn rows(function: RowFunction, arguments: &[Expression], table: &'a Table) -> Self {
        let (mut columns, mut constant) = (Vec::new(), None);
        for (&(_, argument), expression) in Function::Rows(function).doc().arguments.iter().zip(arguments) {
            let values = by_row::values(expression, table);
            match argument {
                Argument::Constant => constant = Some(values),
                Argument::Number | Argument::Condition => columns.push(values),
            }
        }
        Self::Rows { function, columns, constant }
    }

    fn crossing(arguments: &[Expression], table: &'a Table) -> Self {
        let [y, x, level] = arguments else {
            unreachable!("a formula that was parsed has the arguments of its functions")
        };
        let [y, x, level] = [y, x, level].map(|argument| by_row::values(argument, table));
        let abscissae = SortedX::new(&x);
        Self::Crossing { y, x, level, abscissae }
    }

    /// Its value over these rows, one at least; `chosen` is room for the columns of a row function.
    pub(super) fn value(&self, rows: &[usize], chosen: &mut [Vec<f64>; 2]) -> f64 {
        match self {
            Self::First(values) => values[rows[0]],
            Self::Rows { function, columns, constant } => {
                for (chosen, column) in chosen.iter_mut().zip(columns) {
                    choose(column, rows, chosen);
                }
                let constant = constant.as_ref().map_or(f64::NAN, |values| values[rows[0]]);
                scalar::finite(aggregate(*function, rows.len(), &chosen[0], &chosen[1], constant))
            }
            Self::Where { met, of } => {
                let kept: Vec<usize> = rows.iter().copied().filter(|&row| met[row] != 0.0).collect();
                // Because a condition on a missing value is missing.
                let missing = kept.iter().any(|&row| met[row].is_nan());
                match (&**of, kept.is_empty()) {
                    _ if missing => f64::NAN,
                    (Self::Rows { function: RowFunction::Count, .. }, true) => 0.0,
                    (_, true) => f64::NAN,
                    (of, false) => of.value(&kept, chosen),
                }
            }
            Self::Crossing { level, .. } if level[rows[0]].is_nan() => f64::NAN,
            // Because a few rows of a long table have few values of `x`, wherever these lie among all.
            Self::Crossing { y, x, level, abscissae } if rows.len() < abscissae.distinct().len() => {
                let [chosen_y, chosen_x] = chosen;
                choose(y, rows, chosen_y);
                choose(x, rows, chosen_x);
                scalar::finite(crossing(chosen_y, chosen_x, level[rows[0]]))
            }
            Self::Crossing { y, level, abscissae, .. } => scalar::finite(abscissae.crossing(y, rows, level[rows[0]])),
        }
    }
}

/// The values of a column in some rows.
fn choose(column: &[f64], rows: &[usize], chosen: &mut Vec<f64>) {
    chosen.clear();
    chosen.extend(rows.iter().map(|&row| column[row]));
}

/// A row function of this number of rows and its columns, in the order in which it takes them; missing if any value is.
#[expect(clippy::disallowed_methods, reason = "a missing value is told before one is picked")]
fn aggregate(function: RowFunction, rows: usize, first: &[f64], second: &[f64], constant: f64) -> f64 {
    match function {
        // Because a condition is 1 or 0 in each row.
        RowFunction::Mean | RowFunction::Fraction => mean(first),
        RowFunction::Median => median(first),
        RowFunction::Sd => sd(first),
        RowFunction::Min => scalar::extreme(first.iter().copied(), f64::min),
        RowFunction::Max => scalar::extreme(first.iter().copied(), f64::max),
        RowFunction::Quantile if (0.0..=1.0).contains(&constant) => quantile(first, constant),
        RowFunction::Quantile => f64::NAN,
        RowFunction::Count => rows as f64,
        RowFunction::Slope => slope(first, second),
        RowFunction::Kendall => kendall_tau_b(first, second),
        RowFunction::Spearman => spearman(first, second),
        RowFunction::Crossing => crossing(first, second, constant),
    }
}
