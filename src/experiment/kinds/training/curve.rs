//! Loss and strengths over time, thinned, for figures.

use crate::experiment::common::subject::Mode;
use crate::experiment::common::thinned::Thinned;
use crate::experiment::kinds::training::modes::Modes;
use crate::learn::linear_network::LinearNetwork;
use crate::table::Table;

/// Most points of a curve, without the last one.
const POINTS: usize = 399;

/// Observer of loss and strengths over time.
pub struct Curve {
    kept: Thinned<Point>,
    last: Option<Point>,
}

/// One state.
#[derive(Clone, Debug)]
struct Point {
    time: f64,
    loss: f64,
    clean_error: f64,
    /// Strength and closed form of each mode.
    strengths: Vec<[f64; 2]>,
}

impl Curve {
    /// Ready for the first observation.
    pub fn new() -> Self {
        Self { kept: Thinned::new(POINTS), last: None }
    }

    /// The next state, which `modes` has seen already.
    pub fn observe(&mut self, time: f64, chain: &LinearNetwork, modes: &Modes, clean_error: f64) {
        self.kept.push(|| point(time, chain, modes, clean_error));
    }

    /// The last state.
    pub fn finish(&mut self, time: f64, chain: &LinearNetwork, modes: &Modes, clean_error: f64) {
        self.last = Some(point(time, chain, modes, clean_error));
    }

    fn points(&self) -> impl Iterator<Item = &Point> {
        let end = self.last.as_ref().filter(|end| self.kept.kept().last().is_none_or(|kept| kept.time < end.time));
        self.kept.kept().iter().chain(end)
    }

    /// One row a time.
    pub fn write(&self, replicate: u64, table: &mut Table) {
        for point in self.points() {
            table.push(&[replicate as f64, point.time, point.loss, point.clean_error]);
        }
    }

    /// One row a time and mode, with what is known about each of `modes`.
    pub fn write_strengths(&self, replicate: u64, modes: &[Mode], table: &mut Table) {
        for point in self.points() {
            for (number, ([strength, expected], mode)) in point.strengths.iter().zip(modes).enumerate() {
                let (replicate, number) = (replicate as f64, (number + 1) as f64);
                table.push(&[replicate, point.time, number, *strength, mode.s, mode.g, mode.m0_free, *expected]);
            }
        }
    }
}

impl Default for Curve {
    fn default() -> Self {
        Self::new()
    }
}

fn point(time: f64, chain: &LinearNetwork, modes: &Modes, clean_error: f64) -> Point {
    Point { time, loss: chain.loss(), clean_error, strengths: modes.strengths().collect() }
}
