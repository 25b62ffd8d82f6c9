//! How alike two individuals are that learned the same data from different weights.

use faer::Mat;

use crate::experiment::kinds::development::stages::Snapshot;
use crate::numerics::statistics::correlation::pearson;
use crate::numerics::statistics::extreme::larger;
use crate::table::{Table, row};

/// One row per stage; missing values if one of the two has not passed it.
pub fn write(replicate: u64, stages: &[f64], individuals: [&[Snapshot]; 2], table: &mut Table) {
    for (number, &stage) in stages.iter().enumerate() {
        let pair = individuals[0].get(number).zip(individuals[1].get(number));
        let [similarity_correlation, weight_correlation, delay] = pair.map_or([f64::NAN; 3], |(one, other)| {
            let similarities = [one, other].map(|individual| similarities(&individual.hidden));
            let weights = [one, other].map(|individual| entries(&individual.hidden));
            let correlate = |[one, other]: &[Vec<f64>; 2]| pearson(one, other);
            [
                correlate(&similarities),
                correlate(&weights),
                (one.time - other.time).abs() / larger(one.time, other.time),
            ]
        });
        row!(table, replicate, stage, similarity_correlation, weight_correlation, delay);
    }
}

/// `h_i . h_j` of all pairs of different items.
fn similarities(hidden: &Mat<f64>) -> Vec<f64> {
    let similarity = hidden.transpose() * hidden;
    let items = similarity.ncols();
    (0..items).flat_map(|i| (0..i).map(move |j| (i, j))).map(|pair| similarity[pair]).collect()
}

fn entries(a: &Mat<f64>) -> Vec<f64> {
    a.col_iter().flat_map(|column| column.iter().copied().collect::<Vec<_>>()).collect()
}
