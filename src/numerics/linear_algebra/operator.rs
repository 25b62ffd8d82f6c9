//! Linear operators: matrices known by their products with vectors.

use faer::MatRef;

use crate::numerics::bits::co_occurrences::CoOccurrences;

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

    /// The sums of the rows, `A 1`.
    fn row_sums(&self, sums: &mut [f64]) {
        self.apply(&vec![1.0; self.columns()], sums);
    }

    /// The sums of the columns, `A^T 1`.
    fn column_sums(&self, sums: &mut [f64]) {
        self.apply_transpose(&vec![1.0; self.rows()], sums);
    }

    /// The Gram matrix of the rows, `A A^T`, where it saves more, over the few dozen products that leading triplets take,
    /// than it costs. False, and nothing done, where it does not.
    fn row_gram(&self, _: &mut CoOccurrences) -> bool {
        false
    }

    /// The same of the columns, `A^T A`.
    fn column_gram(&self, _: &mut CoOccurrences) -> bool {
        false
    }
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

    fn row_sums(&self, sums: &mut [f64]) {
        self.0.column_sums(sums);
    }

    fn column_sums(&self, sums: &mut [f64]) {
        self.0.row_sums(sums);
    }

    fn row_gram(&self, gram: &mut CoOccurrences) -> bool {
        self.0.column_gram(gram)
    }

    fn column_gram(&self, gram: &mut CoOccurrences) -> bool {
        self.0.row_gram(gram)
    }
}
