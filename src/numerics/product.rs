//! Products of small matrices.
//!
//! Matrices are slices, column by column. Every entry of a product is the sum over the inner dimension in its order, each
//! term fused with what was there: the bits depend neither on the width of the registers nor on the tiles.

use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};

use crate::numerics::wide::{lanes, wide};

/// Most products of two numbers for which the loops below are as fast as faer's kernel, which copies its factors first.
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

/// `out = a b`.
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

/// `out = a b^T`, where `b` is columns x inner.
pub fn multiply_by_transposed(out: &mut [f64], a: &[f64], b: &[f64], shape: Shape) {
    shape.check(out, a, b);
    let Shape { rows, inner, columns } = shape;
    if shape.is_small() {
        small(out, a, ByRow { b, columns }, shape);
    } else {
        let (a, b) = (view(a, rows, inner), view(b, columns, inner).transpose());
        matmul(view_mut(out, rows, columns), Accum::Replace, a, b, 1.0, Par::Seq);
    }
}

/// `out = a^T b`, where `a` is inner x rows; `room` is for its transpose.
pub fn multiply_transposed(out: &mut [f64], a: &[f64], b: &[f64], shape: Shape, room: &mut Vec<f64>) {
    shape.check(out, a, b);
    let Shape { rows, inner, columns } = shape;
    if shape.is_small() {
        room.resize(a.len(), 0.0);
        wide(
            #[inline(always)]
            || transpose(room, a, inner, rows),
        );
        small(out, room, ByColumn { b, inner }, shape);
    } else {
        let (a, b) = (view(a, inner, rows).transpose(), view(b, inner, columns));
        matmul(view_mut(out, rows, columns), Accum::Replace, a, b, 1.0, Par::Seq);
    }
}

fn view(a: &[f64], rows: usize, columns: usize) -> MatRef<'_, f64> {
    MatRef::from_column_major_slice(a, rows, columns)
}

fn view_mut(a: &mut [f64], rows: usize, columns: usize) -> MatMut<'_, f64> {
    MatMut::from_column_major_slice_mut(a, rows, columns)
}

/// A right factor, inner x columns.
trait Right: Copy {
    /// Calls `add(a, b)` for each term: a column of the left factor, and what it is multiplied by for `C` columns of the
    /// product, from `first` on.
    fn terms<const C: usize>(self, a: &[f64], rows: usize, first: usize, add: impl FnMut(&[f64], [f64; C]));
}

/// Stored by columns.
#[derive(Clone, Copy)]
struct ByColumn<'a> {
    b: &'a [f64],
    inner: usize,
}

impl Right for ByColumn<'_> {
    #[inline(always)]
    fn terms<const C: usize>(self, a: &[f64], rows: usize, first: usize, mut add: impl FnMut(&[f64], [f64; C])) {
        let mut columns = [self.b; C];
        for (number, column) in columns.iter_mut().enumerate() {
            *column = &self.b[(first + number) * self.inner..][..self.inner];
        }
        for (place, left) in a.chunks_exact(rows).enumerate() {
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
    columns: usize,
}

impl Right for ByRow<'_> {
    #[inline(always)]
    fn terms<const C: usize>(self, a: &[f64], rows: usize, first: usize, mut add: impl FnMut(&[f64], [f64; C])) {
        for (left, row) in a.chunks_exact(rows).zip(self.b.chunks_exact(self.columns)) {
            let mut right = [0.0; C];
            right.copy_from_slice(&row[first..first + C]);
            add(left, right);
        }
    }
}

/// `out = a b` in tiles, as tall as the registers allow.
fn small(out: &mut [f64], a: &[f64], b: impl Right, shape: Shape) {
    let Shape { rows, columns, .. } = shape;
    if rows == 0 || columns == 0 {
        return;
    }
    let tall = lanes() == 8 && rows >= 16;
    wide(
        #[inline(always)]
        || match (rows, columns) {
            (..4, 8..) => tiles::<1, 8>(out, a, b, shape),
            (..4, _) => tiles::<1, 1>(out, a, b, shape),
            (..8, 4..) => tiles::<4, 4>(out, a, b, shape),
            (..8, _) => tiles::<4, 1>(out, a, b, shape),
            (_, 4..) if tall => tiles::<16, 4>(out, a, b, shape),
            (_, 4..) => tiles::<8, 4>(out, a, b, shape),
            (_, _) if tall => tiles::<16, 1>(out, a, b, shape),
            (_, _) => tiles::<8, 1>(out, a, b, shape),
        },
    );
}

/// Tiles of `R` x `C`; the last ones overlap those before them.
#[inline(always)]
fn tiles<const R: usize, const C: usize>(out: &mut [f64], a: &[f64], b: impl Right, shape: Shape) {
    let Shape { rows, columns, .. } = shape;
    for row in (0..rows).step_by(R) {
        let row = row.min(rows - R);
        for column in (0..columns).step_by(C) {
            let column = column.min(columns - C);
            let mut sums = [[0.0_f64; R]; C];
            b.terms::<C>(
                a,
                rows,
                column,
                #[inline(always)]
                |left, right| {
                    let left = &left[row..row + R];
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
}

/// The transpose of a (rows x columns), in squares of 4 x 4 where there is room for them.
#[inline(always)]
fn transpose(out: &mut [f64], a: &[f64], rows: usize, columns: usize) {
    if rows < 4 || columns < 4 {
        for (number, column) in a.chunks_exact(rows.max(1)).enumerate() {
            for (row, entry) in column.iter().enumerate() {
                out[row * columns + number] = *entry;
            }
        }
        return;
    }
    for column in (0..columns).step_by(4) {
        let column = column.min(columns - 4);
        for row in (0..rows).step_by(4) {
            let row = row.min(rows - 4);
            let mut square = [[0.0; 4]; 4];
            for (number, entries) in square.iter_mut().enumerate() {
                entries.copy_from_slice(&a[(column + number) * rows + row..][..4]);
            }
            let [a, b, c, d] = square;
            for number in 0..4 {
                let entries = [a[number], b[number], c[number], d[number]];
                out[(row + number) * columns + column..][..4].copy_from_slice(&entries);
            }
        }
    }
}
