//! From words to the syntax tree: precedence climbing.
//!
//! From loose to tight: `or`, `and`, `not`, comparisons (which do not chain), `+ -`, `* /`, unary minus,
//! `^` (from the right, so that `-2^2` is -4 and `2^3^2` is 512).

use std::ops::Range;

use super::error::FormulaError;
use super::function::{FUNCTIONS, Function, FunctionDoc, RowFunction};
use super::syntax::{Expression, Node, Operator, OperatorClass};
use super::token::{Token, tokens};
use crate::spec::nearest::did_you_mean;

/// Longest formula, in bytes.
const LONGEST: usize = 2000;
/// Deepest nesting. Below it nothing that walks the tree comes near the end of the stack.
const DEEPEST: usize = 64;

/// Parses a whole formula.
pub(super) fn parse(text: &str) -> Result<Expression, FormulaError> {
    if text.len() > LONGEST {
        let message = format!("the formula has {} bytes (allowed: up to {LONGEST})", text.len());
        return Err(FormulaError::new(0..1, message));
    }
    let tokens = tokens(text)?;
    if tokens.len() == 1 {
        return Err(FormulaError::new(0..text.len(), "the formula is empty"));
    }
    let mut parser = Parser { text, tokens, next: 0, depth: 0 };
    let expression = parser.binary(0)?;
    match parser.peek() {
        Token::End => Ok(expression),
        _ => Err(parser.unexpected("an operator or the end of the formula")),
    }
}

/// What stands between the parentheses of a call.
struct Arguments {
    arguments: Vec<Expression>,
    /// The condition behind `where`, and the place of that word.
    filter: Option<(Range<usize>, Expression)>,
    /// Where the call ends.
    end: usize,
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<(Token<'a>, Range<usize>)>,
    next: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> &Token<'a> {
        &self.tokens[self.next].0
    }

    fn span(&self) -> Range<usize> {
        self.tokens[self.next].1.clone()
    }

    /// The next word and its place; the end is never passed.
    fn take(&mut self) -> (Token<'a>, Range<usize>) {
        let taken = self.tokens[self.next].clone();
        self.next = (self.next + 1).min(self.tokens.len() - 1);
        taken
    }

    fn unexpected(&self, wanted: &str) -> FormulaError {
        let span = self.span();
        let found = self.peek().in_words(&self.text[span.clone()]);
        FormulaError::new(span, format!("{found} stands where {wanted} should be"))
    }

    /// Runs a step one level deeper.
    fn nested<T>(&mut self, step: impl FnOnce(&mut Self) -> Result<T, FormulaError>) -> Result<T, FormulaError> {
        if self.depth == DEEPEST {
            let message = format!("the formula is nested too deeply (allowed: {DEEPEST} levels)");
            return Err(FormulaError::new(self.span(), message));
        }
        self.depth += 1;
        let result = step(self);
        self.depth -= 1;
        result
    }

    /// Operands joined by operators that bind at least as tightly as `loosest`.
    fn binary(&mut self, loosest: u8) -> Result<Expression, FormulaError> {
        let mut left = self.nested(Self::unary)?;
        while let &Token::Operator(operator) = self.peek()
            && operator.precedence() >= loosest
        {
            let (_, place) = self.take();
            let tighter = if operator == Operator::Power { operator.precedence() } else { operator.precedence() + 1 };
            let right = self.nested(|parser| parser.binary(tighter))?;
            refuse_chain(operator, &left, place)?;
            let span = left.span.start..right.span.end;
            left = Expression { span, node: Node::Binary { operator, left: left.into(), right: right.into() } };
        }
        Ok(left)
    }

    /// An operand, with the `-` or `not` before it.
    fn unary(&mut self) -> Result<Expression, FormulaError> {
        match self.peek() {
            Token::Operator(Operator::Subtract) => {
                let (_, place) = self.take();
                let operand = self.nested(|parser| parser.binary(Operator::Power.precedence()))?;
                Ok(Expression { span: place.start..operand.span.end, node: Node::Negate(operand.into()) })
            }
            Token::Not => {
                let (_, place) = self.take();
                let operand = self.nested(|parser| parser.binary(Operator::Less.precedence()))?;
                Ok(Expression { span: place.start..operand.span.end, node: Node::Not(operand.into()) })
            }
            _ => self.operand(),
        }
    }

    fn operand(&mut self) -> Result<Expression, FormulaError> {
        let (token, span) = (self.peek().clone(), self.span());
        let node = match token {
            Token::Number(value) => Node::Number { value, written: self.text[span.clone()].to_owned() },
            Token::Text(text) => Node::Text { text: text.to_owned(), place: None },
            Token::Name(name) => {
                self.take();
                return self.column_or_call(name, span);
            }
            Token::Open => {
                self.take();
                let inner = self.nested(|parser| parser.binary(0))?;
                let end = self.close("an operator or `)`")?;
                return Ok(Expression { span: span.start..end, ..inner });
            }
            _ => return Err(self.unexpected("a number, a column, a function or `(`")),
        };
        self.take();
        Ok(Expression { span, node })
    }

    fn column_or_call(&mut self, name: &str, span: Range<usize>) -> Result<Expression, FormulaError> {
        if *self.peek() == Token::Open {
            return self.call(name, span);
        }
        let node = match name {
            "count" => Node::Call { function: Function::Rows(RowFunction::Count), arguments: Vec::new(), filter: None },
            _ => Node::Column(name.to_owned()),
        };
        Ok(Expression { span, node })
    }

    fn call(&mut self, name: &str, place: Range<usize>) -> Result<Expression, FormulaError> {
        let candidates: Vec<&FunctionDoc> = FUNCTIONS.iter().filter(|doc| doc.name == name).collect();
        if candidates.is_empty() {
            return Err(unknown_function(name, place));
        }
        let Arguments { arguments, filter, end } = self.arguments()?;
        let span = place.start..end;
        if let Some((place, _)) = filter.as_ref().filter(|_| !candidates.iter().any(|doc| doc.rows)) {
            let message =
                format!("`where` stands in `{name}` (allowed: in a function of rows, like `mean(x where y > 0)`)");
            return Err(FormulaError::new(place.clone(), message));
        }
        // Because `min` and `max` are functions of rows with one argument, of single values with two.
        let fits = |doc: &&&FunctionDoc| doc.takes(arguments.len()) && (doc.rows || filter.is_none());
        let filter = filter.clone().map(|(_, condition)| Box::new(condition));
        match candidates.iter().find(fits) {
            Some(doc) => Ok(Expression { span, node: Node::Call { function: doc.function, arguments, filter } }),
            None => Err(wrong_number(name, &candidates, arguments.len(), span)),
        }
    }

    /// `(a, b, ... where c)`.
    fn arguments(&mut self) -> Result<Arguments, FormulaError> {
        self.take();
        let mut arguments = Vec::new();
        while !matches!(self.peek(), Token::Close | Token::Where) {
            arguments.push(self.nested(|parser| parser.binary(0))?);
            if *self.peek() != Token::Comma {
                break;
            }
            self.take();
            if matches!(self.peek(), Token::Close | Token::Where) {
                return Err(self.unexpected("a number, a column, a function or `(`"));
            }
        }
        let filter = match self.peek() {
            Token::Where => {
                let (_, place) = self.take();
                Some((place, self.nested(|parser| parser.binary(0))?))
            }
            _ => None,
        };
        let end =
            self.close(if filter.is_some() { "an operator or `)`" } else { "an operator, `,`, `where` or `)`" })?;
        Ok(Arguments { arguments, filter, end })
    }

    /// Takes the `)` that has to come now; where it ends.
    fn close(&mut self, wanted: &str) -> Result<usize, FormulaError> {
        match self.peek() {
            Token::Close => Ok(self.take().1.end),
            _ => Err(self.unexpected(wanted)),
        }
    }
}

/// `a < b < c` reads as mathematics and would mean something else.
fn refuse_chain(operator: Operator, left: &Expression, place: Range<usize>) -> Result<(), FormulaError> {
    let comparison = |operator: Operator| operator.class() == OperatorClass::Comparison;
    match &left.node {
        Node::Binary { operator: first, .. } if comparison(*first) && comparison(operator) => {
            let message = "comparisons do not chain (allowed: `a < b and b < c`)";
            Err(FormulaError::new(place, message))
        }
        _ => Ok(()),
    }
}

fn wrong_number(name: &str, candidates: &[&FunctionDoc], given: usize, span: Range<usize>) -> FormulaError {
    let usages: Vec<String> = candidates.iter().map(|doc| doc.usage()).collect();
    let plural = if given == 1 { "" } else { "s" };
    let message = format!("`{name}` is called with {given} argument{plural} (allowed: {})", usages.join(", "));
    FormulaError::new(span, message)
}

fn unknown_function(name: &str, place: Range<usize>) -> FormulaError {
    let mut names: Vec<&str> = FUNCTIONS.iter().map(|doc| doc.name).collect();
    names.sort_unstable();
    names.dedup();
    let message = format!("`{name}` is not a function (allowed: {})", names.join(", "));
    FormulaError { help: did_you_mean(name, names.iter().copied()), ..FormulaError::new(place, message) }
}
