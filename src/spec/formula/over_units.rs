//! Value of a formula with row functions over choices of units, each of which brings its rows.

use super::function::RowFunction;
use super::leaf::Leaf;
use super::scalar;
use super::tree::Tree;
use crate::numerics::statistics::crossing::{SortedX, rise};

/// A formula with row functions over rows that belong to units, with everything that depends on single units computed:
/// sums, extremes. A bootstrap resamples units, and so asks for many choices of them.
#[derive(Debug)]
pub struct OverUnits {
    tree: Tree<Summary>,
    /// Number of rows of each unit.
    rows: Vec<u64>,
    /// That number, if it is the same of all units: no choice of units has to be counted.
    same: Option<u64>,
}

/// What a formula takes from each unit.
#[derive(Debug)]
enum Summary {
    /// The value in the unit's first row.
    First(Vec<f64>),
    /// The number of rows.
    Count,
    /// The sum, of which the mean is asked.
    Sum(Vec<f64>),
    /// The least or the largest value, as `pick` chooses; an infinity where there are no rows.
    Extreme { of: Vec<f64>, pick: fn(f64, f64) -> f64 },
    /// For `crossing`: the abscissae, for each unit and each of them the sum and the number of values, and the level in
    /// the unit's first row.
    Curve { x: Vec<f64>, sums: Vec<[f64; 2]>, level: Vec<f64> },
}

impl OverUnits {
    pub(super) fn new(tree: &Tree<Leaf<'_>>, rows_of: &[Vec<usize>]) -> Option<Self> {
        let tree = tree.try_map(&|leaf| Summary::new(leaf, rows_of))?;
        let rows: Vec<u64> = rows_of.iter().map(|rows| rows.len() as u64).collect();
        let same = rows.first().copied().filter(|same| rows.iter().all(|rows| rows == same));
        Some(Self { tree, rows, same })
    }

    /// Value over the rows of these units (which may repeat), that over all these rows up to rounding; missing if there
    /// are no rows. A column outside of row functions takes its value in the first row.
    pub fn value(&self, chosen: &[u32]) -> f64 {
        let units = || chosen.iter().map(|&unit| unit as usize);
        let Some(first) = units().find(|&unit| self.rows[unit] > 0) else { return f64::NAN };
        let rows = match self.same {
            Some(rows) => rows * units().len() as u64,
            None => units().map(|unit| self.rows[unit]).sum(),
        };
        let count = rows as f64;
        self.tree.value(&mut |summary| match summary {
            Summary::First(values) => values[first],
            Summary::Count => count,
            Summary::Sum(sums) => scalar::finite(sum_of(sums, chosen) / count),
            Summary::Extreme { of, pick } => scalar::finite(scalar::extreme(units().map(|unit| of[unit]), *pick)),
            Summary::Curve { level, .. } if level[first].is_nan() => f64::NAN,
            Summary::Curve { x, sums, level } => scalar::finite(rise(x, &total(sums, x.len(), units()), level[first])),
        })
    }
}

impl Summary {
    /// None for a row function that does not follow from a few numbers per unit.
    #[expect(clippy::disallowed_methods, reason = "a missing value is told before one is picked")]
    fn new(leaf: &Leaf<'_>, rows_of: &[Vec<usize>]) -> Option<Self> {
        match leaf {
            Leaf::First(values) => Some(Self::First(first(values, rows_of))),
            Leaf::Where { .. } => None,
            Leaf::Crossing { y, level, abscissae, .. } => Self::curve(y, abscissae, first(level, rows_of), rows_of),
            Leaf::Rows { function, columns, .. } => match (function, &columns[..]) {
                (RowFunction::Count, _) => Some(Self::Count),
                (RowFunction::Mean | RowFunction::Fraction, [x]) => {
                    Some(Self::Sum(rows_of.iter().map(|rows| rows.iter().map(|&row| x[row]).sum()).collect()))
                }
                (RowFunction::Min, [x]) => Some(Self::extreme(x, f64::min, f64::INFINITY, rows_of)),
                (RowFunction::Max, [x]) => Some(Self::extreme(x, f64::max, f64::NEG_INFINITY, rows_of)),
                _ => None,
            },
        }
    }

    fn extreme(x: &[f64], pick: fn(f64, f64) -> f64, none: f64, rows_of: &[Vec<usize>]) -> Self {
        let of_unit = |rows: &Vec<usize>| scalar::extreme(rows.iter().map(|&row| x[row]).chain([none]), pick);
        Self::Extreme { of: rows_of.iter().map(of_unit).collect(), pick }
    }

    /// None where most units would have most places empty, so that going through the rows is faster.
    fn curve(y: &[f64], abscissae: &SortedX, level: Vec<f64>, rows_of: &[Vec<usize>]) -> Option<Self> {
        // A missing abscissa has no place in the sums.
        let places = rows_of.iter().flatten().map(|&row| abscissae.place(row)).collect::<Option<Vec<usize>>>()?;
        let mut used = places.clone();
        used.sort_unstable();
        used.dedup();
        if used.len() * rows_of.len() > 4 * places.len() {
            return None;
        }
        let mut sums = vec![[0.0; 2]; used.len() * rows_of.len()];
        let of_unit = rows_of.iter().enumerate().flat_map(|(unit, rows)| rows.iter().map(move |&row| (unit, row)));
        for ((unit, row), place) in of_unit.zip(places) {
            let [sum, count] = &mut sums[unit * used.len() + used.partition_point(|&other| other < place)];
            *sum += y[row];
            *count += 1.0;
        }
        let x = used.into_iter().map(|place| abscissae.distinct()[place]).collect();
        Some(Self::Curve { x, sums, level })
    }
}

/// The value in the first row of each unit; missing where it has none.
fn first(values: &[f64], rows_of: &[Vec<usize>]) -> Vec<f64> {
    rows_of.iter().map(|rows| rows.first().map_or(f64::NAN, |&row| values[row])).collect()
}

/// The sum of the values of these units, in four interleaved partial sums, so that the additions need not wait for each
/// other.
fn sum_of(values: &[f64], units: &[u32]) -> f64 {
    let (fours, rest) = units.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for four in fours {
        for (sum, unit) in sums.iter_mut().zip(four) {
            *sum += values[*unit as usize];
        }
    }
    let rest = rest.iter().map(|&unit| values[unit as usize]).sum::<f64>();
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

/// The sums and numbers at `places` places over all these units.
fn total(sums: &[[f64; 2]], places: usize, units: impl Iterator<Item = usize>) -> Vec<[f64; 2]> {
    let mut total = vec![[0.0; 2]; places];
    for unit in units {
        for (total, of_unit) in total.iter_mut().zip(&sums[unit * places..][..places]) {
            total[0] += of_unit[0];
            total[1] += of_unit[1];
        }
    }
    total
}
