//! Value of a formula in every row.

use std::borrow::Cow;

use super::function::Function;
use super::scalar;
use super::syntax::{Expression, Node};
use crate::table::Table;

/// Value of an expression without row functions in every row of `table`.
pub(super) fn values<'a>(expression: &Expression, table: &'a Table) -> Cow<'a, [f64]> {
    let rows = table.rows();
    match &expression.node {
        Node::Number { value, .. } => Cow::Owned(vec![*value; rows]),
        Node::Column(name) => table.column(name).map_or_else(|| Cow::Owned(vec![f64::NAN; rows]), Cow::Borrowed),
        Node::Text { place, .. } => Cow::Owned(vec![place.map_or(f64::NAN, |place| place as f64); rows]),
        Node::Negate(operand) => map(values(operand, table), |value| -value),
        Node::Not(operand) => map(values(operand, table), scalar::not),
        Node::Binary { operator, left, right } => {
            let right = values(right, table);
            let mut result = values(left, table).into_owned();
            for (left, &right) in result.iter_mut().zip(right.iter()) {
                *left = scalar::binary(*operator, *left, right);
            }
            Cow::Owned(result)
        }
        // Because a formula of single rows has no row function; one that was not checked gives nothing.
        Node::Call { function: Function::Rows(_), .. } => Cow::Owned(vec![f64::NAN; rows]),
        Node::Call { function: Function::Scalar(function), arguments, .. } => {
            let arguments: Vec<_> = arguments.iter().map(|argument| values(argument, table)).collect();
            let mut row_of = Vec::with_capacity(arguments.len());
            let value = |row: usize| {
                row_of.clear();
                row_of.extend(arguments.iter().map(|values| values[row]));
                scalar::call(*function, &row_of)
            };
            Cow::Owned((0..rows).map(value).collect())
        }
    }
}

fn map<'a>(values: Cow<'a, [f64]>, change: impl Fn(f64) -> f64) -> Cow<'a, [f64]> {
    let mut values = values.into_owned();
    for value in &mut values {
        *value = change(*value);
    }
    Cow::Owned(values)
}
