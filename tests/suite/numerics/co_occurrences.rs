use faer::Mat;
use modewise::numerics::bits::bernoulli::Bernoulli;
use modewise::numerics::bits::packed::{BitMatrix, Centred};
use modewise::numerics::linear_algebra::co_occurrences::CoOccurrences;
use modewise::numerics::linear_algebra::operator::{Operator, Transposed};
use modewise::seed::{MasterSeed, stream};
use proptest::prelude::*;
use rand::RngExt;

fn drawn(rows: usize, columns: usize, seed: u64) -> BitMatrix {
    let mut bits = BitMatrix::zeros(rows, columns);
    bits.draw(Bernoulli::new(0.37), &[], &mut stream(MasterSeed(seed), "bits", &(rows, columns), 0));
    bits
}

proptest! {
    #[test]
    fn products_are_those_of_the_gram_matrix(rows in 16_usize..100, more in 0_usize..200, seed in 0_u64..1000) {
        let columns = rows + more;
        let (wide, tall) = (drawn(rows, columns, seed), drawn(columns, rows, seed));
        let mut rng = stream(MasterSeed(seed), "weights", &rows, 0);
        let v = Mat::from_fn(rows, 1, |_, _| rng.random::<f64>() - 0.5);
        // The memory of one is used for the other.
        let mut gram = CoOccurrences::default();
        for (bits, transposed) in [(&wide, false), (&tall, true)] {
            let a = Centred { bits, mean: 0.2, scale: 1.7 };
            let entry = |row, column| 1.7 * (f64::from(bits.entry(row, column)) - 0.2);
            let entries = Mat::from_fn(rows, columns, |row, column| if transposed { entry(column, row) } else { entry(row, column) });
            let expected = &entries * (entries.transpose() * &v);
            let counted = match transposed {
                false => [a.row_gram(&mut gram), Transposed(&a).column_gram(&mut gram)],
                true => [a.column_gram(&mut gram), Transposed(&a).row_gram(&mut gram)],
            };
            prop_assert_eq!(counted, [true; 2]);
            let mut product = vec![f64::NAN; rows];
            gram.apply(v.col_as_slice(0), &mut product);
            for (observed, expected) in product.iter().zip(expected.col_as_slice(0)) {
                // Sums of less than 30 000 numbers of order one.
                prop_assert!((observed - expected).abs() <= 1e-10, "{observed} {expected}");
            }
        }
    }
}

#[test]
fn only_the_rows_of_a_table_with_a_short_side_are_counted() {
    let mut gram = CoOccurrences::default();
    for ((rows, columns), worth_it) in [
        ((16, 16), [true, true]),
        ((15, 300), [false, false]),
        ((16, 300), [true, false]),
        ((300, 16), [false, true]),
        ((256, 257), [true, false]),
        ((257, 300), [false, false]),
    ] {
        let bits = BitMatrix::zeros(rows, columns);
        let a = Centred { bits: &bits, mean: 0.5, scale: 1.0 };
        let counted = [a.row_gram(&mut gram), a.column_gram(&mut gram)];
        assert_eq!(counted, worth_it, "{rows} x {columns}");
    }
}
