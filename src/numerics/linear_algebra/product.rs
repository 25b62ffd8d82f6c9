//! Products of small matrices.
//!
//! Matrices are slices, column by column; a slice whose length does not fit the shape is refused. Every entry of a
//! product is the sum over the inner dimension in its order, each term fused with what was there: the bits depend
//! neither on the width of the registers nor on the tiles.

use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};

use crate::numerics::linear_algebra::transpose::transpose;
use crate::numerics::simd::dispatch::{simd_lanes, with_simd};

/// Most multiplications, `rows * inner * columns`, for which the loops below are as fast as faer's kernel, which copies
/// its factors first.
const SMALL: usize = 100_000;

/// What is multiplied: `rows` x `inner` by `inner` x `columns`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Rows of the product.
    pub rows: usize,
    /// Terms of each of its entries.
    pub inner: usize,
    /// Columns of the product.
    pub columns: usize,
}

impl Shape {
    fn is_small(self) -> bool {
        self.rows * self.inner * self.columns <= SMALL
    }

    fn check(self, out: &[f64], a: &[f64], b: &[f64]) {
        let Self { rows, inner, columns } = self;
        let lengths = [out.len(), a.len(), b.len()];
        assert_eq!(lengths, [rows * columns, rows * inner, inner * columns], "the factors have the shape {self:?}");
    }
}

/// `out = a b` for `a` (rows x inner) and `b` (inner x columns).
///
/// ```
/// use modewise::numerics::linear_algebra::product::{Shape, multiply};
///
/// let (a, b) = ([1.0, 2.0, 3.0, 4.0], [1.0, 1.0]); // columns (1, 2) and (3, 4); column (1, 1)
/// let mut out = [0.0; 2];
/// multiply(&mut out, &a, &b, Shape { rows: 2, inner: 2, columns: 1 });
/// assert_eq!(out, [4.0, 6.0]);
/// ```
///
/// # Panics
/// If a slice is not as long as the shape asks for.
pub fn multiply(out: &mut [f64], a: &[f64], b: &[f64], shape: Shape) {
    with_simd(
        #[inline(always)]
        || inlined::multiply(out, a, b, shape),
    );
}

/// `out = a b^T` for `a` (rows x inner) and `b` (columns x inner).
///
/// # Panics
/// If a slice is not as long as the shape asks for.
pub fn multiply_by_transposed(out: &mut [f64], a: &[f64], b: &[f64], shape: Shape) {
    with_simd(
        #[inline(always)]
        || inlined::multiply_by_transposed(out, a, b, shape),
    );
}

/// `out = a^T b` for `a` (inner x rows) and `b` (inner x columns); `buffer` is for the transpose of `a`.
///
/// # Panics
/// If a slice is not as long as the shape asks for.
pub fn multiply_transposed(out: &mut [f64], a: &[f64], b: &[f64], shape: Shape, buffer: &mut Vec<f64>) {
    with_simd(
        #[inline(always)]
        || inlined::multiply_transposed(out, a, b, shape, buffer),
    );
}

/// The same products for code that runs [`with_simd`] already.
pub mod inlined {
    use super::{Accum, ByColumn, ByRow, Par, Shape, matmul, small, transpose, view, view_mut};

    /// `out = a b` for `a` (rows x inner) and `b` (inner x columns).
    ///
    /// # Panics
    /// If a slice is not as long as the shape asks for.
    #[inline(always)]
    pub fn multiply(out: &mut [f64], a: &[f64], b: &[f64], shape: Shape) {
        shape.check(out, a, b);
        let Shape { rows, inner, columns } = shape;
        if shape.is_small() {
            small(out, a, ByColumn { b, inner }, shape);
        } else {
            let (a, b) = (view(a, rows, inner), view(b, inner, columns));
            matmul(view_mut(out, rows, columns), Accum::Replace, a, b, 1.0, Par::Seq);
        }
    }

    /// `out = a b^T` for `a` (rows x inner) and `b` (columns x inner).
    ///
    /// # Panics
    /// If a slice is not as long as the shape asks for.
    #[inline(always)]
    pub fn multiply_by_transposed(out: &mut [f64], a: &[f64], b: &[f64], shape: Shape) {
        shape.check(out, a, b);
        let Shape { rows, inner, columns } = shape;
        if shape.is_small() {
            small(out, a, ByRow { b, inner, columns }, shape);
        } else {
            let (a, b) = (view(a, rows, inner), view(b, columns, inner).transpose());
            matmul(view_mut(out, rows, columns), Accum::Replace, a, b, 1.0, Par::Seq);
        }
    }

    /// `out = a^T b` for `a` (inner x rows) and `b` (inner x columns); `buffer` is for the transpose of `a`.
    ///
    /// # Panics
    /// If a slice is not as long as the shape asks for.
    #[inline(always)]
    pub fn multiply_transposed(out: &mut [f64], a: &[f64], b: &[f64], shape: Shape, buffer: &mut Vec<f64>) {
        shape.check(out, a, b);
        let Shape { rows, inner, columns } = shape;
        if shape.is_small() {
            buffer.resize(a.len(), 0.0);
            transpose(buffer, a, inner, rows);
            small(out, buffer, ByColumn { b, inner }, shape);
        } else {
            let (a, b) = (view(a, inner, rows).transpose(), view(b, inner, columns));
            matmul(view_mut(out, rows, columns), Accum::Replace, a, b, 1.0, Par::Seq);
        }
    }
}

fn view(a: &[f64], rows: usize, columns: usize) -> MatRef<'_, f64> {
    MatRef::from_column_major_slice(a, rows, columns)
}

fn view_mut(a: &mut [f64], rows: usize, columns: usize) -> MatMut<'_, f64> {
    MatMut::from_column_major_slice_mut(a, rows, columns)
}

/// A left factor, rows x inner, by columns.
#[derive(Clone, Copy)]
struct Left<'a> {
    a: &'a [f64],
    rows: usize,
}

impl<'a> Left<'a> {
    /// `R` entries of a column, from the first row on.
    #[inline(always)]
    fn entries<const R: usize>(self, row: usize, column: usize) -> &'a [f64] {
        &self.a[column * self.rows + row..][..R]
    }
}

/// A right factor, inner x columns.
trait Right: Copy {
    /// Calls `add(a, b)` for each term: `R` entries of a column of the left factor from `row` on, and what they are
    /// multiplied by for `C` columns of the product from `column` on.
    fn terms<const R: usize, const C: usize>(
        self,
        a: Left<'_>,
        row: usize,
        column: usize,
        add: impl FnMut(&[f64], [f64; C]),
    );
}

/// Stored by columns.
#[derive(Clone, Copy)]
struct ByColumn<'a> {
    b: &'a [f64],
    inner: usize,
}

impl Right for ByColumn<'_> {
    #[inline(always)]
    fn terms<const R: usize, const C: usize>(
        self,
        a: Left<'_>,
        row: usize,
        column: usize,
        mut add: impl FnMut(&[f64], [f64; C]),
    ) {
        let mut columns = [self.b; C];
        for (number, entries) in columns.iter_mut().enumerate() {
            *entries = &self.b[(column + number) * self.inner..][..self.inner];
        }
        for place in 0..self.inner {
            let left = a.entries::<R>(row, place);
            let mut right = [0.0; C];
            for (right, column) in right.iter_mut().zip(columns) {
                *right = column[place];
            }
            add(left, right);
        }
    }
}

/// Stored by rows.
#[derive(Clone, Copy)]
struct ByRow<'a> {
    b: &'a [f64],
    inner: usize,
    columns: usize,
}

impl Right for ByRow<'_> {
    #[inline(always)]
    fn terms<const R: usize, const C: usize>(
        self,
        a: Left<'_>,
        row: usize,
        column: usize,
        mut add: impl FnMut(&[f64], [f64; C]),
    ) {
        for place in 0..self.inner {
            let left = a.entries::<R>(row, place);
            let mut right = [0.0; C];
            right.copy_from_slice(&self.b[place * self.columns + column..][..C]);
            add(left, right);
        }
    }
}

/// `out = a b` in tiles, as tall as the registers allow.
#[inline(always)]
fn small(out: &mut [f64], a: &[f64], b: impl Right, shape: Shape) {
    let Shape { rows, columns, .. } = shape;
    let wider = simd_lanes() == 8;
    // Tall tiles are a little faster, unless the last ones overlap by more than others would.
    let tall = rows.div_ceil(8) % 2 == 0;
    match (rows, columns) {
        (0, _) | (_, 0) => {}
        (..4, 8..) => tiles::<1, 8>(out, a, b, shape),
        (..4, _) => tiles::<1, 1>(out, a, b, shape),
        (..8, 4..) => tiles::<4, 4>(out, a, b, shape),
        (..8, _) => tiles::<4, 1>(out, a, b, shape),
        (16.., 4..) if wider => tiles::<16, 4>(out, a, b, shape),
        (20.., 4..) => twelve_or_eight(out, a, b, shape),
        (16.., 2..) if tall => tiles::<16, 2>(out, a, b, shape),
        (16.., _) if tall => tiles::<16, 1>(out, a, b, shape),
        (_, 4..) => tiles::<8, 4>(out, a, b, shape),
        (_, _) => tiles::<8, 1>(out, a, b, shape),
    }
}

/// Tiles of `R` x `C`; the last ones overlap those before them.
#[inline(always)]
fn tiles<const R: usize, const C: usize>(out: &mut [f64], a: &[f64], b: impl Right, shape: Shape) {
    for row in (0..shape.rows).step_by(R) {
        strip::<R, C>(out, a, b, shape, row.min(shape.rows - R));
    }
}

/// Tiles of 12 x 4, which fill sixteen registers of four with the fewest loads a term, and, where so many rows are not
/// left, of 8 x 4.
#[inline(always)]
fn twelve_or_eight(out: &mut [f64], a: &[f64], b: impl Right, shape: Shape) {
    let mut row = 0;
    while row < shape.rows {
        match shape.rows - row {
            12 | 20.. => {
                strip::<12, 4>(out, a, b, shape, row);
                row += 12;
            }
            _ => {
                strip::<8, 4>(out, a, b, shape, row.min(shape.rows - 8));
                row += 8;
            }
        }
    }
}

/// The rows from `row` on, in tiles of `R` x `C`.
#[inline(always)]
fn strip<const R: usize, const C: usize>(out: &mut [f64], a: &[f64], b: impl Right, shape: Shape, row: usize) {
    let Shape { rows, columns, .. } = shape;
    for column in (0..columns).step_by(C) {
        let column = column.min(columns - C);
        let mut sums = [[0.0_f64; R]; C];
        b.terms::<R, C>(
            Left { a, rows },
            row,
            column,
            #[inline(always)]
            |left, right| {
                for (sums, right) in sums.iter_mut().zip(right) {
                    for (sum, left) in sums.iter_mut().zip(left) {
                        *sum = left.mul_add(right, *sum);
                    }
                }
            },
        );
        for (number, sums) in sums.iter().enumerate() {
            out[(column + number) * rows + row..][..R].copy_from_slice(sums);
        }
    }
}
