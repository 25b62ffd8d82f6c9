//! Whether things that stand side by side are alike.

use faer::MatRef;

/// By how many standard errors the columns of a table that stand side by side are more alike than any two of them.
///
/// The likeness of two columns is their inner product, after the mean of all entries has been taken from each. Over all
/// orders of the columns, the mean likeness of the `n - 1` pairs of neighbours is that of all pairs on average; its
/// standard error is taken as `sd / sqrt(n - 1)`, where `sd` is the standard deviation over all pairs. The result is near 0
/// for columns in random order and large for columns that are sorted into groups; it is missing (`NaN`) for fewer than
/// three columns and where all pairs are equally alike.
///
/// ```
/// use faer::mat;
/// use modewise::numerics::statistics::neighbours::neighbour_excess;
///
/// let sorted = mat![[1.0, 1.0, -1.0, -1.0]];
/// // Products of neighbours 1, -1, 1: mean 1/3. Of all pairs: twice 1, four times -1; mean -1/3, sd sqrt(8/9).
/// assert!((neighbour_excess(sorted.as_ref()) - (2.0 / 3.0) / (8.0_f64 / 27.0).sqrt()).abs() < 1e-12);
/// ```
pub fn neighbour_excess(table: MatRef<'_, f64>) -> f64 {
    let columns = table.ncols();
    if columns < 3 {
        return f64::NAN;
    }
    let entries = (table.nrows() * columns) as f64;
    let mean = table.col_iter().map(|column| column.iter().sum::<f64>()).sum::<f64>() / entries;
    let centred = faer::Mat::from_fn(table.nrows(), columns, |row, column| table[(row, column)] - mean);
    let likeness = centred.transpose() * &centred;
    let (mut sum, mut squares, mut of_neighbours) = (0.0, 0.0, 0.0);
    for one in 0..columns {
        for other in one + 1..columns {
            sum += likeness[(one, other)];
            squares += likeness[(one, other)] * likeness[(one, other)];
        }
        if one + 1 < columns {
            of_neighbours += likeness[(one, one + 1)];
        }
    }
    let pairs = (columns * (columns - 1) / 2) as f64;
    let neighbours = (columns - 1) as f64;
    let of_all = sum / pairs;
    let variance = squares / pairs - of_all * of_all;
    (of_neighbours / neighbours - of_all) / (variance / neighbours).sqrt()
}
