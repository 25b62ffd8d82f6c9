//! Formulas of specs: parsed, type-checked, evaluated over columns.

use std::ops::Range;

use crate::table::Table;

/// A parsed formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// The formula as written.
    pub text: String,
}

/// What a formula gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A number.
    Number,
    /// True or false.
    Condition,
}

/// A mistake in a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaError {
    /// Where, in bytes of the formula's text.
    pub span: Range<usize>,
    /// What is wrong and what is allowed.
    pub message: String,
    /// Did you mean ...
    pub help: Option<String>,
}

impl Formula {
    /// Parses a formula.
    pub fn parse(_text: &str) -> Result<Self, FormulaError> {
        unimplemented!()
    }

    /// Value of a formula without row functions in every row of `table`; missing where an operand is. A condition gives 1, 0 or missing.
    pub fn by_row(&self, _table: &Table) -> Vec<f64> {
        unimplemented!()
    }

    /// Makes a formula with row functions ready to be evaluated many times over choices of the table's rows:
    /// whatever depends on single rows is computed here, once.
    pub fn over<'a>(&'a self, _table: &'a Table) -> OverRows<'a> {
        unimplemented!()
    }

    /// The condition `c` if the formula is just `fraction(c)`.
    pub fn as_fraction(&self) -> Option<Formula> {
        unimplemented!()
    }
}

/// A formula with row functions over one table.
pub struct OverRows<'a> {
    _formula: std::marker::PhantomData<&'a ()>,
}

impl OverRows<'_> {
    /// Value over these rows (which may repeat); missing if there are none.
    /// A column outside of row functions takes its value in the first row.
    pub fn value(&self, _rows: &[usize]) -> f64 {
        unimplemented!()
    }
}
