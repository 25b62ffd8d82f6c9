//! Tests of `numerics::product`.

use faer::Mat;
use modewise::numerics::linear_algebra::haar::normal_matrix;
use modewise::numerics::linear_algebra::product::{Shape, multiply, multiply_by_transposed, multiply_transposed};
use modewise::numerics::statistics::extreme::larger;
use modewise::seed::{MasterSeed, stream};

fn columns(a: &Mat<f64>) -> Vec<f64> {
    (0..a.ncols()).flat_map(|column| (0..a.nrows()).map(move |row| a[(row, column)])).collect()
}

/// The product of `a` and `b`, entry by entry in the order that the documentation promises.
fn entries(a: &Mat<f64>, b: &Mat<f64>) -> Vec<f64> {
    let entry = |row, column| (0..a.ncols()).fold(0.0, |sum, term| a[(row, term)].mul_add(b[(term, column)], sum));
    columns(&Mat::from_fn(a.nrows(), b.ncols(), entry))
}

/// Shapes with every remainder of the tiles, thin ones, empty ones.
fn shapes() -> Vec<Shape> {
    let sizes = [1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 20, 24, 31, 33];
    let mut shapes = Vec::new();
    for (number, rows) in sizes.into_iter().enumerate() {
        for columns in sizes {
            shapes.push(Shape { rows, inner: sizes[(number + columns) % sizes.len()], columns });
        }
    }
    shapes.extend([(0, 3, 4), (4, 3, 0), (4, 0, 5), (17, 0, 3)].map(|(rows, inner, columns)| Shape {
        rows,
        inner,
        columns,
    }));
    shapes
}

#[test]
fn products_are_sums_in_order_to_the_last_bit() {
    let mut wrong = Vec::new();
    let mut room = Vec::new();
    for shape in shapes() {
        let Shape { rows, inner, columns: width } = shape;
        let mut rng = stream(MasterSeed(5), "product", &(rows, inner, width), 0);
        let (a, b) = (normal_matrix(rows, inner, &mut rng), normal_matrix(inner, width, &mut rng));
        let expected = entries(&a, &b);
        let mut products = [(); 3].map(|()| vec![f64::NAN; rows * width]);
        multiply(&mut products[0], &columns(&a), &columns(&b), shape);
        multiply_by_transposed(&mut products[1], &columns(&a), &columns(&b.transpose().to_owned()), shape);
        multiply_transposed(&mut products[2], &columns(&a.transpose().to_owned()), &columns(&b), shape, &mut room);
        if products.iter().any(|product| *product != expected) {
            wrong.push(shape);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn large_products_are_right_too() {
    let shape = Shape { rows: 61, inner: 70, columns: 53 };
    let mut rng = stream(MasterSeed(5), "product", &(61, 70, 53), 0);
    let (a, b) = (normal_matrix(61, 70, &mut rng), normal_matrix(70, 53, &mut rng));
    let expected = entries(&a, &b);
    let (mut room, mut products) = (Vec::new(), [(); 3].map(|()| vec![f64::NAN; 61 * 53]));
    multiply(&mut products[0], &columns(&a), &columns(&b), shape);
    multiply_by_transposed(&mut products[1], &columns(&a), &columns(&b.transpose().to_owned()), shape);
    multiply_transposed(&mut products[2], &columns(&a.transpose().to_owned()), &columns(&b), shape, &mut room);
    for (number, product) in products.iter().enumerate() {
        let worst = product.iter().zip(&expected).map(|(one, other)| (one - other).abs()).fold(0.0, larger);
        // Each entry is a sum of 70 products of order one.
        assert!(worst < 70.0 * 8.0 * f64::EPSILON, "product {number}: {worst:e}");
    }
}
