//! Value of a formula with row functions over choices of rows.

use std::cell::RefCell;

use super::leaf::Leaf;
use super::over_units::OverUnits;
use super::syntax::Expression;
use super::tree::Tree;
use crate::table::Table;

/// A formula with row functions over one table, with everything that depends on single rows computed.
#[derive(Debug)]
pub struct OverRows<'a> {
    tree: Tree<Leaf<'a>>,
    /// The chosen rows of the (at most two) columns of a row function; kept, because a bootstrap asks often.
    chosen: RefCell<[Vec<f64>; 2]>,
}

impl<'a> OverRows<'a> {
    pub(super) fn new(expression: &Expression, table: &'a Table) -> Self {
        Self { tree: Tree::new(expression, &|leaf| Leaf::new(leaf, table)), chosen: RefCell::default() }
    }

    /// Value over these rows (which may repeat); missing if there are none.
    /// A column outside of row functions takes its value in the first row.
    pub fn value(&self, rows: &[usize]) -> f64 {
        if rows.is_empty() {
            return f64::NAN;
        }
        let chosen = &mut self.chosen.borrow_mut();
        self.tree.value(&mut |leaf| leaf.value(rows, chosen))
    }

    /// The same formula over units, each of which brings its rows. None where its row functions do not follow from a
    /// few numbers of each unit (a median does not).
    pub fn over_units(&self, rows_of: &[Vec<usize>]) -> Option<OverUnits> {
        OverUnits::new(&self.tree, rows_of)
    }
}
