//! Linear operators: matrices that are only used through their products with vectors.

use faer::MatRef;

use crate::numerics::linear_algebra::co_occurrences::CoOccurrences;

/// A matrix `A` of `rows` x `columns` that is only used through its products with vectors.
///
/// Dense matrices (`MatRef`) are operators, and so are packed ones (`Centred`). Another kind needs its two sizes and its two
/// products:
///
/// ```
/// use modewise::numerics::linear_algebra::operator::Operator;
///
/// /// The outer product `x y^T`, never formed.
/// struct Outer<'a>(&'a [f64], &'a [f64]);
///
/// fn scaled(product: &mut [f64], direction: &[f64], one: &[f64], other: &[f64]) {
///     let along: f64 = one.iter().zip(other).map(|(a, b)| a * b).sum();
///     product.iter_mut().zip(direction).for_each(|(product, d)| *product = along * d);
/// }
///
/// impl Operator for Outer<'_> {
///     fn rows(&self) -> usize {
///         self.0.len()
///     }
///     fn columns(&self) -> usize {
///         self.1.len()
///     }
///     fn apply(&self, v: &[f64], product: &mut [f64]) {
///         scaled(product, self.0, self.1, v);
///     }
///     fn apply_transpose(&self, u: &[f64], product: &mut [f64]) {
///         scaled(product, self.1, self.0, u);
///     }
/// }
///
/// let mut sums = [0.0; 2];
/// Outer(&[1.0, 2.0], &[3.0, 4.0, 5.0]).row_sums(&mut sums);
/// assert_eq!(sums, [12.0, 24.0]);
/// ```
///
/// Vectors are of the stated lengths; an implementation may panic or leave out terms where they are not.
pub trait Operator {
    /// Number of rows.
    fn rows(&self) -> usize;

    /// Number of columns.
    fn columns(&self) -> usize;

    /// `product = A v`; `v` has one number per column, `product` one per row.
    fn apply(&self, v: &[f64], product: &mut [f64]);

    /// `product = A^T u`; `u` has one number per row, `product` one per column.
    fn apply_transpose(&self, u: &[f64], product: &mut [f64]);

    /// The sums of the rows, `A 1`, one number per row.
    fn row_sums(&self, sums: &mut [f64]) {
        self.apply(&vec![1.0; self.columns()], sums);
    }

    /// The sums of the columns, `A^T 1`, one number per column.
    fn column_sums(&self, sums: &mut [f64]) {
        self.apply_transpose(&vec![1.0; self.rows()], sums);
    }

    /// The Gram matrix of the rows, `A A^T`, where it saves more, over the few dozen products that leading triplets take,
    /// than it costs; true where `gram` then holds it.
    fn row_gram(&self, _: &mut CoOccurrences) -> bool {
        false
    }

    /// The Gram matrix of the columns, `A^T A`, on the same terms as [`row_gram`](Self::row_gram).
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
