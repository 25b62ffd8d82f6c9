//! A formula above its row functions.

use super::function::{Function, ScalarFunction};
use super::scalar;
use super::syntax::{Expression, Node, Operator};

/// Operators and functions of single values over leaves: row functions, and parts of the formula without any.
#[derive(Debug)]
pub(super) enum Tree<L> {
    Leaf(L),
    Negate(Box<Tree<L>>),
    Not(Box<Tree<L>>),
    Binary(Operator, Box<Tree<L>>, Box<Tree<L>>),
    /// `ln(mean(x))`.
    Call(ScalarFunction, Vec<Tree<L>>),
}

impl<L> Tree<L> {
    /// The tree of a formula, whose leaves `leaf` makes.
    pub(super) fn new(expression: &Expression, leaf: &impl Fn(&Expression) -> L) -> Self {
        let tree = |part: &Expression| Box::new(Self::new(part, leaf));
        match &expression.node {
            _ if !expression.aggregates() => Self::Leaf(leaf(expression)),
            Node::Negate(operand) => Self::Negate(tree(operand)),
            Node::Not(operand) => Self::Not(tree(operand)),
            Node::Binary { operator, left, right } => Self::Binary(*operator, tree(left), tree(right)),
            Node::Call { function: Function::Scalar(function), arguments, .. } => {
                Self::Call(*function, arguments.iter().map(|argument| Self::new(argument, leaf)).collect())
            }
            _ => Self::Leaf(leaf(expression)),
        }
    }

    /// Its value, given those of its leaves.
    pub(super) fn value(&self, leaf: &mut impl FnMut(&L) -> f64) -> f64 {
        match self {
            Self::Leaf(of) => leaf(of),
            Self::Negate(operand) => -operand.value(leaf),
            Self::Not(operand) => scalar::not(operand.value(leaf)),
            Self::Binary(operator, left, right) => {
                let left = left.value(leaf);
                scalar::binary(*operator, left, right.value(leaf))
            }
            Self::Call(function, arguments) => {
                let arguments: Vec<f64> = arguments.iter().map(|argument| argument.value(leaf)).collect();
                scalar::call(*function, &arguments)
            }
        }
    }

    /// The same tree over other leaves; none if one has no counterpart.
    pub(super) fn try_map<M>(&self, map: &impl Fn(&L) -> Option<M>) -> Option<Tree<M>> {
        let mapped = |tree: &Self| tree.try_map(map).map(Box::new);
        Some(match self {
            Self::Leaf(leaf) => Tree::Leaf(map(leaf)?),
            Self::Negate(operand) => Tree::Negate(mapped(operand)?),
            Self::Not(operand) => Tree::Not(mapped(operand)?),
            Self::Binary(operator, left, right) => Tree::Binary(*operator, mapped(left)?, mapped(right)?),
            Self::Call(function, arguments) => {
                let arguments = arguments.iter().map(|argument| argument.try_map(map)).collect::<Option<_>>()?;
                Tree::Call(*function, arguments)
            }
        })
    }
}
