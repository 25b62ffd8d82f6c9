//! What is allowed, before and after.

use super::value::{PointName, same};

/// What is allowed: from, to; none for an open end.
pub type Band = [Option<f64>; 2];

/// A band that is not that of the baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct BandMove {
    /// The point.
    pub point: PointName,
    /// The band in the baseline.
    pub before: Band,
    /// The band in the record.
    pub after: Band,
    /// How it changed.
    pub way: Way,
}

/// How a band changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It allows more than before.
    Wider,
    /// It allows less.
    Narrower,
    /// It allows as much as before, of something else.
    Moved,
}

/// By how much a band changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Growth {
    /// The width is so many times what it was.
    Times(f64),
    /// The width, or the one bound, is off by so much.
    By(f64),
    /// A bound is there that was not, or is no more.
    Bound,
}

impl BandMove {
    /// From one band to another; none if they are the same.
    pub fn between(point: PointName, before: Band, after: Band) -> Option<Self> {
        let unchanged = (0..2).all(|end| same(before[end], after[end]));
        (!unchanged).then(|| Self { point, before, after, way: way(before, after) })
    }

    /// By how much it changed.
    pub fn growth(&self) -> Growth {
        match (width(self.before), width(self.after)) {
            (Some(before), Some(after)) if before > 0.0 && after > 0.0 => Growth::Times(after / before),
            (Some(before), Some(after)) => Growth::By((after - before).abs()),
            _ => match (self.before, self.after) {
                ([Some(before), None], [Some(after), None]) | ([None, Some(before)], [None, Some(after)]) => {
                    Growth::By((after - before).abs())
                }
                _ => Growth::Bound,
            },
        }
    }

    /// A size by which changes of one check can be put in order.
    pub fn size(&self) -> f64 {
        match self.growth() {
            Growth::Times(factor) => libm::log(factor).abs(),
            Growth::By(difference) => difference,
            Growth::Bound => f64::INFINITY,
        }
    }
}

fn width([low, high]: Band) -> Option<f64> {
    Some(high? - low?)
}

fn way(before: Band, after: Band) -> Way {
    let outwards = [outwards(before[0], after[0], -1.0), outwards(before[1], after[1], 1.0)];
    match (width(before), width(after)) {
        (Some(was), Some(now)) if same(Some(was), Some(now)) => Way::Moved,
        (Some(was), Some(now)) => {
            if now > was {
                Way::Wider
            } else {
                Way::Narrower
            }
        }
        (Some(_), None) => Way::Wider,
        (None, Some(_)) => Way::Narrower,
        (None, None) if outwards.iter().all(|&by| by >= 0.0) => Way::Wider,
        (None, None) if outwards.iter().all(|&by| by <= 0.0) => Way::Narrower,
        (None, None) => Way::Moved,
    }
}

/// By how much an end moved outwards, which is up or down (`sign`); an open end lies at infinity.
fn outwards(before: Option<f64>, after: Option<f64>, sign: f64) -> f64 {
    match (before, after) {
        _ if same(before, after) => 0.0,
        (Some(before), Some(after)) => sign * (after - before),
        (Some(_), None) => f64::INFINITY,
        (None, _) => f64::NEG_INFINITY,
    }
}
