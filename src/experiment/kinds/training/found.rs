//! What the output of a network tells about categories by itself.
//!
//! Nothing here asks for the true categories: how many there are, which modes of the data carry them, who belongs to
//! them and how dense the background is are all left to the output and to the table as the network sees it. The truth
//! is met only where the result is compared with it.

use faer::{Mat, MatRef};

use crate::data::{Category, Sample};
use crate::experiment::common::carrier::squared_overlap;
use crate::experiment::common::subject::Subject;
use crate::experiment::kinds::training::entries::{self, Recovered};
use crate::learn::linear_network::LinearNetwork;
use crate::numerics::linear_algebra::svd::{NotConverged, Svd, thin_svd};
use crate::numerics::statistics::moments::sd;
use crate::numerics::statistics::neighbours::neighbour_excess;
use crate::numerics::statistics::otsu_threshold::otsu_threshold;
use crate::numerics::statistics::rand_index::adjusted_rand_index;
use crate::table::{Table, row};
use crate::theory::detection;

/// The categories that stand out of an output.
pub struct Found {
    /// Singular values of the output below this one count as noise.
    threshold: f64,
    /// Number of singular values of the output above it.
    categories: usize,
    items: Side,
    features: Side,
}

/// What is found about items, or about features.
struct Side {
    /// The strongest pattern of the output.
    strongest: Vec<f64>,
    recovered: Recovered,
}

impl Found {
    /// Reads the output of a network that learned the table of `subject`.
    ///
    /// A mode of the output counts as a category if its singular value is above the edge of noise as it is estimated
    /// from the table, `sd (sqrt(F) + sqrt(N))` with the standard deviation `sd` of all entries.
    ///
    /// # Errors
    /// If the decomposition of the output does not converge.
    pub fn read(subject: &Subject, network: &LinearNetwork) -> Result<Self, NotConverged> {
        let Svd { u, s, v } = thin_svd(network.product())?;
        let threshold = noise_edge(subject.sample.y.as_ref());
        let categories = s.iter().take_while(|&&s| s > threshold).count();
        let side = |basis: &Mat<f64>, patterns: &Mat<f64>| {
            let kept = patterns.subcols(0, categories.max(1));
            let patterns: Vec<Vec<f64>> =
                (basis * kept).col_iter().map(|pattern| pattern.iter().copied().collect()).collect();
            Side { recovered: recovered(&patterns[..categories], basis.nrows()), strongest: patterns[0].clone() }
        };
        Ok(Self { threshold, categories, items: side(&subject.rotated.v, &v), features: side(&subject.rotated.u, &u) })
    }

    /// One row: what was found, and how it compares with the truth.
    pub fn write(&self, replicate: u64, sample: &Sample, table: &mut Table) {
        let (y, truth) = (&sample.y, &sample.categories);
        let agreement = |side: &Side, members: fn(&Category) -> &Vec<usize>| {
            let truth = labels(truth.iter().map(members), side.strongest.len());
            adjusted_rand_index(&side.recovered.labels, &truth)
        };
        let overlap = |side: &Side, members: fn(&Category) -> &Vec<usize>| {
            truth.first().map(|first| squared_overlap(&side.strongest, members(first)))
        };
        row!(
            table,
            replicate,
            threshold: self.threshold,
            categories: self.categories,
            rand_index: agreement(&self.items, |category| &category.items),
            feature_rand_index: agreement(&self.features, |category| &category.features),
            item_overlap: overlap(&self.items, |category| &category.items),
            feature_overlap: overlap(&self.features, |category| &category.features),
            item_neighbours: neighbour_excess(y.as_ref()),
            feature_neighbours: neighbour_excess(y.transpose()),
        );
    }

    /// The data as seen and as sorted by what was found.
    pub fn write_entries(&self, replicate: u64, y: MatRef<'_, f64>, table: &mut Table) {
        entries::write(replicate, y, &self.items.recovered, &self.features.recovered, table);
    }
}

/// The upper edge of the singular values that a table (F x N) would have if all of it were noise.
fn noise_edge(y: MatRef<'_, f64>) -> f64 {
    let entries: Vec<f64> = y.col_iter().flat_map(|column| column.iter().copied()).collect();
    detection::noise_edge(sd(&entries), y.nrows(), y.ncols())
}

/// For each of `count` things the number of its category, from 1, or 0 for none.
fn labels<'a>(categories: impl Iterator<Item = &'a Vec<usize>>, count: usize) -> Vec<usize> {
    let mut labels = vec![0; count];
    for (number, members) in categories.enumerate() {
        members.iter().for_each(|&member| labels[member] = number + 1);
    }
    labels
}

/// Labels of `count` things recovered from one pattern per category, each brought to length 1 and a positive sum. A thing
/// belongs to the category above whose threshold it lies furthest, or to none; the threshold of a pattern is that
/// between the two classes into which it splits best.
fn recovered(patterns: &[Vec<f64>], count: usize) -> Recovered {
    let mut labels = vec![0; count];
    let mut margins = vec![0.0; count];
    for (number, pattern) in patterns.iter().enumerate() {
        let length = pattern.iter().map(|x| x * x).sum::<f64>().sqrt();
        let scale = if pattern.iter().sum::<f64>() < 0.0 { -length } else { length };
        let unit: Vec<f64> = pattern.iter().map(|x| x / scale).collect();
        let threshold = otsu_threshold(&unit);
        for (thing, x) in unit.iter().enumerate() {
            if x - threshold > margins[thing] {
                (labels[thing], margins[thing]) = (number + 1, x - threshold);
            }
        }
    }
    Recovered { labels, margins }
}
