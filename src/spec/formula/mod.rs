//! Formulas of specs: parsed, type-checked, evaluated over columns.
//!
//! A value is a finite number or missing (`NaN`). Missing values propagate: an operation with a missing operand
//! or without a finite result (`1/0`, `ln(0)`) is missing, a comparison with a missing operand is a missing
//! condition, and `and`, `or`, `not` follow Kleene's logic (`missing and false` is false). Only `known(x)` decides.

pub mod error;
pub mod function;
pub mod syntax;
mod token;

pub mod check;
mod parser;
mod scalar;
mod tree;

mod by_row;
mod leaf;
mod over_units;

mod over_rows;

use crate::table::Table;
pub use check::Type;
use check::{Scope, Stage};
pub use error::FormulaError;
pub use over_rows::OverRows;
pub use over_units::OverUnits;
use syntax::Expression;

/// A parsed formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// The formula as written.
    pub text: String,
    /// Its syntax tree.
    pub syntax: Expression,
}

impl Formula {
    /// Parses a formula.
    ///
    /// # Errors
    /// If the text is no formula, with the place of the first mistake.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        Ok(Self { text: text.to_owned(), syntax: parser::parse(text)? })
    }

    /// What the formula gives, given the columns that there are; or all its mistakes.
    ///
    /// # Errors
    /// If it uses columns that are not there, a number where a condition is wanted or the reverse, or functions of rows
    /// where there is a single row; all mistakes with their places.
    pub fn check(&self, scope: &Scope, stage: Stage<'_>) -> Result<Type, Vec<FormulaError>> {
        check::check(&self.syntax, scope, stage)
    }

    /// The formula with each text replaced by its place among the labels of the column that it is compared with.
    /// Without it a comparison with text is missing.
    #[must_use]
    pub fn bind(mut self, scope: &Scope) -> Self {
        check::bind(&mut self.syntax, scope);
        self
    }

    /// Value of a formula without row functions in every row of `table`; missing where an operand is. A condition
    /// gives 1, 0 or missing; a column that the table does not have is missing in every row.
    pub fn by_row(&self, table: &Table) -> Vec<f64> {
        by_row::values(&self.syntax, table).into_owned()
    }

    /// Makes a formula with row functions ready to be evaluated many times over choices of the table's rows:
    /// whatever depends on single rows is computed here, once.
    pub fn over<'a>(&'a self, table: &'a Table) -> OverRows<'a> {
        OverRows::new(&self.syntax, table)
    }

    /// A part of the formula as a formula of its own.
    pub fn part(&self, part: &Expression) -> Self {
        Self { text: self.text[part.span.clone()].to_owned(), syntax: part.clone().moved_left(part.span.start) }
    }

    /// The columns that it uses, each once, in order of first use.
    pub fn columns(&self) -> Vec<&str> {
        let mut columns = Vec::new();
        self.syntax.each_column(&mut |name| {
            if !columns.contains(&name) {
                columns.push(name);
            }
        });
        columns
    }
}
