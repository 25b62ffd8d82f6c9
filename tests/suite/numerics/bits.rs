use modewise::numerics::bits::bernoulli::Bernoulli;
use modewise::numerics::bits::packed::{BitMatrix, Block, Centred};
use modewise::numerics::linear_algebra::operator::Operator;
use modewise::seed::{MasterSeed, stream};
use proptest::prelude::*;
use rand::RngExt;

/// A drawn matrix with its entries.
fn drawn(rows: usize, columns: usize, seed: u64) -> (BitMatrix, Vec<Vec<f64>>) {
    let mut bits = BitMatrix::zeros(rows, columns);
    bits.draw(Bernoulli::new(0.37), &[], &mut stream(MasterSeed(seed), "bits", &(rows, columns), 0));
    let entries = (0..rows).map(|row| (0..columns).map(|column| f64::from(bits.entry(row, column))).collect());
    let entries = entries.collect();
    (bits, entries)
}

fn weights(count: usize, seed: u64) -> Vec<f64> {
    let mut rng = stream(MasterSeed(seed), "weights", &count, 0);
    (0..count).map(|_| rng.random::<f64>() - 0.5).collect()
}

fn close(observed: &[f64], expected: &[f64]) -> bool {
    // A sum of `n` numbers of order one, twice in different order.
    observed.iter().zip(expected).all(|(a, b)| (a - b).abs() <= 1e-12)
}

proptest! {
    #[test]
    fn products_are_those_of_the_entries(rows in 1_usize..200, columns in 1_usize..200, seed in 0_u64..1000) {
        let (bits, entries) = drawn(rows, columns, seed);
        let (v, u) = (weights(columns, seed), weights(rows, seed + 1));
        let centred = Centred { bits: &bits, mean: 0.2, scale: 1.7 };
        let plain: &dyn Operator = &bits;
        for (operator, entry) in [(plain, (|x| x) as fn(f64) -> f64), (&centred, |x| 1.7 * (x - 0.2))] {
            let product = |row: &Vec<f64>| row.iter().zip(&v).map(|(&x, v)| entry(x) * v).sum();
            let expected: Vec<f64> = entries.iter().map(product).collect();
            let mut observed = vec![f64::NAN; rows];
            operator.apply(&v, &mut observed);
            prop_assert!(close(&observed, &expected), "{observed:?} {expected:?}");

            let product = |column| entries.iter().zip(&u).map(|(row, u)| entry(row[column]) * u).sum();
            let expected: Vec<f64> = (0..columns).map(product).collect();
            let mut observed = vec![f64::NAN; columns];
            operator.apply_transpose(&u, &mut observed);
            prop_assert!(close(&observed, &expected), "{observed:?} {expected:?}");
        }
    }

    #[test]
    fn sums_are_products_with_ones(rows in 1_usize..150, columns in 1_usize..150, seed in 0_u64..1000) {
        let (bits, entries) = drawn(rows, columns, seed);
        let centred = Centred { bits: &bits, mean: 0.2, scale: 1.7 };
        let row_sums: Vec<f64> = entries.iter().map(|row| row.iter().sum()).collect();
        let column_sums: Vec<f64> = (0..columns).map(|column| entries.iter().map(|row| row[column]).sum()).collect();
        prop_assert_eq!(bits.mean(), row_sums.iter().sum::<f64>() / (rows * columns) as f64);
        let of = |sums: &[f64], count: usize| -> Vec<f64> {
            sums.iter().map(|sum| 1.7 * (sum - 0.2 * count as f64)).collect()
        };
        for (expected, of_rows, count) in [(&row_sums, true, columns), (&column_sums, false, rows)] {
            let [mut plain, mut standardised] = [vec![f64::NAN; expected.len()], vec![f64::NAN; expected.len()]];
            let operators: [&dyn Operator; 2] = [&bits, &centred];
            for (operator, sums) in operators.into_iter().zip([&mut plain, &mut standardised]) {
                if of_rows { operator.row_sums(sums) } else { operator.column_sums(sums) }
            }
            prop_assert_eq!(&plain, expected);
            prop_assert!(close(&standardised, &of(expected, count)), "{standardised:?}");
        }
    }

    #[test]
    fn a_matrix_has_the_entries_it_was_made_from(rows in 1_usize..150, columns in 1_usize..150) {
        let entry = |row, column| (row * 7 + column * 13) % 5 < 2;
        let bits = BitMatrix::from_fn(rows, columns, entry);
        let wrong = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)))
            .find(|&(row, column)| bits.entry(row, column) != entry(row, column));
        prop_assert_eq!(wrong, None);
    }
}

#[test]
fn blocks_end_where_they_should_and_the_last_wins() {
    let (always, never) = (Bernoulli::new(1.0), Bernoulli::new(0.0));
    let cases = [
        (1, 1, 0..1, 0..1),
        (70, 130, 0..70, 0..130),
        (70, 130, 3..65, 5..60),
        (70, 130, 0..64, 64..128),
        (70, 130, 69..70, 63..65),
        (10, 200, 2..2, 0..200),
        (10, 200, 2..9, 70..70),
        (10, 300, 1..9, 1..299),
    ];
    for (rows, columns, tall, wide) in cases {
        let inside = |row: usize, column: usize| tall.contains(&row) && wide.contains(&column);
        let hole = (tall.start, wide.start);
        let block = Block { rows: tall.clone(), columns: wide.clone(), density: always };
        let corner =
            Block { rows: hole.0..(hole.0 + 1).min(rows), columns: hole.1..(hole.1 + 1).min(columns), density: never };
        let mut bits = BitMatrix::zeros(rows, columns);
        bits.draw(never, &[block, corner], &mut stream(MasterSeed(1), "blocks", &0, 0));
        let expected = BitMatrix::from_fn(rows, columns, |row, column| inside(row, column) && (row, column) != hole);
        assert_eq!(bits, expected, "{rows} x {columns}, block {tall:?} x {wide:?}");
    }
}

#[test]
fn densities_inside_and_outside_a_block_are_as_asked() {
    let (background, density) = (0.2, 0.7);
    let mut bits = BitMatrix::zeros(500, 300);
    let block = Block { rows: 17..217, columns: 100..190, density: Bernoulli::new(density) };
    bits.draw(Bernoulli::new(background), &[block], &mut stream(MasterSeed(3), "densities", &0, 0));
    let ones = |rows: std::ops::Range<usize>, columns: std::ops::Range<usize>| {
        rows.flat_map(|row| columns.clone().map(move |column| (row, column)))
            .filter(|&(row, column)| bits.entry(row, column))
            .count() as f64
    };
    let inside = ones(17..217, 100..190);
    let outside = ones(0..500, 0..300) - inside;
    for (what, ones, size, expected) in
        [("inside", inside, 200.0 * 90.0, density), ("outside", outside, 500.0 * 300.0 - 200.0 * 90.0, background)]
    {
        let five_sigma = 5.0 * (expected * (1.0 - expected) / size).sqrt();
        assert!((ones / size - expected).abs() < five_sigma, "{what}: {}", ones / size);
    }
}
