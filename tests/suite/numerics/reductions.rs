//! Tests of `numerics::squares`.

use modewise::numerics::linear_algebra::reductions::{
    inner_product, norm, squared_distance, sum, sum_of_squares, sum_of_squares_without,
};

#[test]
fn sums_of_whole_numbers_are_exact() {
    for n in [0_u32, 1, 7, 8, 31, 32, 33, 64, 100, 1000] {
        let values: Vec<f64> = (1..=n).map(f64::from).collect();
        let n = f64::from(n);
        let squares = n * (n + 1.0) * (2.0 * n + 1.0) / 6.0;
        let doubled: Vec<f64> = values.iter().map(|value| 2.0 * value).collect();
        let found = [sum(&values), sum_of_squares(&values), squared_distance(&doubled, &values), norm(&values)];
        assert_eq!(found, [n * (n + 1.0) / 2.0, squares, squares, squares.sqrt()], "1 to {n}");
        assert_eq!(inner_product(&doubled, &values), 2.0 * squares, "1 to {n}");
    }
}

#[test]
fn leaving_out_places_is_putting_zeros_there() {
    let values: Vec<f64> = (0..300).map(|number| (number as f64 * 0.7).sqrt() - 5.0).collect();
    for (count, stride) in [(0, 1), (1, 1), (9, 17), (5, 33), (64, 1), (10, 30)] {
        for length in [stride * count, stride * count + 1, 299, 300] {
            let values = &values[..length.min(300)];
            let places = || (0..count).map(|number| number * stride).filter(|place| *place < values.len());
            let mut zeros = values.to_vec();
            places().for_each(|place| zeros[place] = 0.0);
            let (observed, expected) = (sum_of_squares_without(values, places()), sum_of_squares(&zeros));
            assert_eq!(observed.to_bits(), expected.to_bits(), "{count} places at distance {stride} of {length}");
        }
    }
}
