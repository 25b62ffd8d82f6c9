//! Linear operators: matrices known by their products with vectors.

use faer::MatRef;

/// A matrix of `rows` x `columns`, known by its products with vectors.
pub trait Operator {
    /// Number of rows.
    fn rows(&self) -> usize;

    /// Number of columns.
    fn columns(&self) -> usize;

    /// `product = A v`; `v` has a number a column, `product` a number a row.
    fn apply(&self, v: &[f64], product: &mut [f64]);

    /// `product = A^T u`; `u` has a number a row, `product` a number a column.
    fn apply_transpose(&self, u: &[f64], product: &mut [f64]);
}

impl Operator for MatRef<'_, f64> {
    fn rows(&self) -> usize {
        self.nrows()
    }

    fn columns(&self) -> usize {
        self.ncols()
    }

    fn apply(&self, v: &[f64], product: &mut [f64]) {
        product.fill(0.0);
        for (column, &weight) in v.iter().enumerate() {
            for (sum, &entry) in product.iter_mut().zip(self.col(column).iter()) {
                *sum += weight * entry;
            }
        }
    }

    fn apply_transpose(&self, u: &[f64], product: &mut [f64]) {
        for (column, sum) in product.iter_mut().enumerate() {
            *sum = self.col(column).iter().zip(u).map(|(entry, weight)| entry * weight).sum();
        }
    }
}

/// The transpose of an operator.
pub struct Transposed<'a>(pub &'a dyn Operator);

impl Operator for Transposed<'_> {
    fn rows(&self) -> usize {
        self.0.columns()
    }

    fn columns(&self) -> usize {
        self.0.rows()
    }

    fn apply(&self, v: &[f64], product: &mut [f64]) {
        self.0.apply_transpose(v, product);
    }

    fn apply_transpose(&self, u: &[f64], product: &mut [f64]) {
        self.0.apply(u, product);
    }
}
