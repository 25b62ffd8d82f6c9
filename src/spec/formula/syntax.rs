//! The syntax tree of a formula, public so that it can be typeset.

use std::ops::Range;

use super::function::Function;

/// A part of a formula with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// Where it stands, in bytes of the formula's text, with the parentheses around it.
    pub span: Range<usize>,
    /// What it is.
    pub node: Node,
}

/// What a part of a formula is.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A number.
    Number {
        /// Its value, per cent already divided by 100.
        value: f64,
        /// As it was written: `0.5%`.
        written: String,
    },
    /// A column.
    Column(String),
    /// Text in quotes.
    Text {
        /// Without the quotes.
        text: String,
        /// Its place among the labels of the column that it is compared with, once `Formula::bind` has
        /// found it.
        place: Option<usize>,
    },
    /// `-a`
    Negate(Box<Expression>),
    /// `not a`
    Not(Box<Expression>),
    /// `a + b`, `a < b`, `a and b`
    Binary {
        /// What joins them.
        operator: Operator,
        /// Before it.
        left: Box<Expression>,
        /// Behind it.
        right: Box<Expression>,
    },
    /// `f(a, b)`
    Call {
        /// What is called.
        function: Function,
        /// With what; as many as it takes.
        arguments: Vec<Expression>,
        /// Of a row function, the condition on the rows that it looks at: `mean(x where y > 0)`.
        filter: Option<Box<Expression>>,
    },
}

/// An operator between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `^`
    Power,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `and`
    And,
    /// `or`
    Or,
}

/// What an operator takes and gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperatorClass {
    /// Numbers to a number.
    Arithmetic,
    /// Numbers (or a column of labels and a text) to a condition.
    Comparison,
    /// Conditions to a condition.
    Logic,
}

impl Operator {
    /// As it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Power => "^",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::And => "and",
            Self::Or => "or",
        }
    }

    /// What it takes and gives.
    pub fn class(self) -> OperatorClass {
        match self {
            Self::Add | Self::Subtract | Self::Multiply | Self::Divide | Self::Power => OperatorClass::Arithmetic,
            Self::And | Self::Or => OperatorClass::Logic,
            _ => OperatorClass::Comparison,
        }
    }

    /// How tightly it binds, more is tighter: `or` 1, `and` 2, (`not` 3,) comparisons 4, `+ -` 5, `* /` 6,
    /// (unary minus 7,) `^` 8.
    pub fn precedence(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Add | Self::Subtract => 5,
            Self::Multiply | Self::Divide => 6,
            Self::Power => 8,
            _ => 4,
        }
    }
}

impl Node {
    /// How tightly its outermost operator binds ([`Operator::precedence`]); an operand binds tightest, 9.
    pub fn precedence(&self) -> u8 {
        match self {
            Self::Binary { operator, .. } => operator.precedence(),
            Self::Not(_) => 3,
            Self::Negate(_) => 7,
            _ => 9,
        }
    }
}

impl Expression {
    /// The parts that it is made of, from left to right.
    pub fn parts(&self) -> Vec<&Self> {
        match &self.node {
            Node::Number { .. } | Node::Column(_) | Node::Text { .. } => Vec::new(),
            Node::Negate(operand) | Node::Not(operand) => vec![operand],
            Node::Binary { left, right, .. } => vec![left, right],
            Node::Call { arguments, filter, .. } => arguments.iter().chain(filter.as_deref()).collect(),
        }
    }

    /// Whether it uses a row function anywhere.
    pub fn aggregates(&self) -> bool {
        matches!(&self.node, Node::Call { function, .. } if function.doc().rows)
            || self.parts().into_iter().any(Self::aggregates)
    }

    /// Calls `visit` with the name of each column in it, from left to right.
    pub fn each_column<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        if let Node::Column(name) = &self.node {
            visit(name);
        }
        for part in self.parts() {
            part.each_column(visit);
        }
    }

    /// The same, `offset` bytes further left: for a part that becomes a formula of its own.
    pub(super) fn moved_left(mut self, offset: usize) -> Self {
        self.each_mut(&mut |part| part.span = part.span.start - offset..part.span.end - offset);
        self
    }

    /// Calls `change` with itself and every part of it.
    pub(super) fn each_mut(&mut self, change: &mut impl FnMut(&mut Self)) {
        change(self);
        match &mut self.node {
            Node::Number { .. } | Node::Column(_) | Node::Text { .. } => {}
            Node::Negate(operand) | Node::Not(operand) => operand.each_mut(change),
            Node::Binary { left, right, .. } => {
                left.each_mut(change);
                right.each_mut(change);
            }
            Node::Call { arguments, filter, .. } => {
                arguments.iter_mut().chain(filter.as_deref_mut()).for_each(|part| part.each_mut(change));
            }
        }
    }
}
