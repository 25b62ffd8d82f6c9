//! Loss and strengths over time, thinned, for figures.

use crate::experiment::common::subject::Mode;
use crate::experiment::common::thinned::Thinned;
use crate::experiment::kinds::training::modes::Modes;
use crate::learn::linear_network::LinearNetwork;
use crate::table::{Table, row};

/// Most points of a curve, without the last one.
const MAX_POINTS: usize = 399;

/// Observer of loss and strengths over time.
pub struct Curve(Thinned<Point>);

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
        Self(Thinned::new(MAX_POINTS))
    }

    /// The next state, which `modes` has seen already.
    pub fn observe(&mut self, time: f64, chain: &LinearNetwork, modes: &Modes, clean_error: f64) {
        self.0.push(|| point(time, chain, modes, clean_error));
    }

    /// The state that was observed last, kept in any case.
    pub fn finish(&mut self, time: f64, chain: &LinearNetwork, modes: &Modes, clean_error: f64) {
        self.0.finish(|| point(time, chain, modes, clean_error));
    }

    /// One row per time.
    pub fn write(&self, replicate: u64, table: &mut Table) {
        for &Point { time, loss, clean_error, .. } in self.0.kept() {
            row!(table, replicate, time, loss, clean_error);
        }
    }

    /// One row per time and mode, with what is known about each of `modes`.
    pub fn write_strengths(&self, replicate: u64, modes: &[Mode], table: &mut Table) {
        for point in self.0.kept() {
            for (number, (&[strength, closed_form], mode)) in point.strengths.iter().zip(modes).enumerate() {
                row!(
                    table,
                    replicate,
                    time: point.time,
                    mode: number + 1,
                    strength,
                    s: mode.s,
                    g: mode.g,
                    m0_free: mode.m0_free,
                    closed_form,
                );
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
