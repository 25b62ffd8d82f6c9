//! Tests of `numerics::transpose`.

use modewise::numerics::linear_algebra::transpose::transpose;

#[test]
fn every_entry_finds_its_place() {
    let mut wrong = Vec::new();
    for rows in (0..20).chain([31, 64]) {
        for columns in (0..20).chain([31, 64]) {
            let a: Vec<f64> = (0..rows * columns).map(|number| number as f64).collect();
            let mut transposed = vec![f64::NAN; a.len()];
            transpose(&mut transposed, &a, rows, columns);
            let entry = |row: usize, column: usize| transposed[row * columns + column] == a[column * rows + row];
            if !(0..rows).all(|row| (0..columns).all(|column| entry(row, column))) {
                wrong.push((rows, columns));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
