//! When each mode is learned, and how well its closed form follows it.

use crate::experiment::common::closed_form::ClosedForms;
use crate::experiment::common::crossing::Crossing;
use crate::experiment::common::learner::Linear;
use crate::experiment::common::subject::{Mode, Subject};
use crate::learn::linear_network::LinearNetwork;
use crate::learn::start::Start;
use crate::numerics::statistics::extreme::larger;
use crate::table::{Table, row};
use crate::theory::matrix_solution::MatrixSolution;

/// Observer of the strengths.
pub struct Modes {
    tracks: Vec<Track>,
    theory: ClosedForms,
    /// What the theory expects of the last state.
    expected: Vec<f64>,
    /// What all strengths together follow, where no mode follows a form of its own.
    together: Option<MatrixSolution>,
    levels: Vec<f64>,
}

/// One mode over time.
struct Track {
    mode: Mode,
    tenth: Crossing,
    half: Crossing,
    nine_tenths: Crossing,
    strength: f64,
    /// Largest distance from the closed form so far; missing from the first state on for which the theory is silent.
    worst: f64,
}

impl Modes {
    /// Ready for the first observation.
    pub fn new(subject: &Subject, linear: &Linear) -> Self {
        let track = |&mode: &Mode| Track {
            mode,
            tenth: Crossing::linear(0.1 * mode.s),
            half: Crossing::linear(0.5 * mode.s),
            nine_tenths: Crossing::linear(0.9 * mode.s),
            strength: f64::NAN,
            worst: f64::NEG_INFINITY,
        };
        let unaligned = matches!(linear.start, Start::Unaligned(_));
        Self {
            tracks: subject.modes.iter().map(track).collect(),
            theory: ClosedForms::new((0..subject.modes.len()).map(|mode| subject.closed_form(linear, mode)).collect()),
            expected: vec![f64::NAN; subject.modes.len()],
            together: subject.solution.clone().filter(|_| unaligned),
            levels: levels_in_order(subject),
        }
    }

    /// The next state.
    pub fn observe(&mut self, time: f64, chain: &LinearNetwork) {
        match &self.together {
            Some(solution) => {
                let product = solution.product(time);
                self.expected.iter_mut().enumerate().for_each(|(mode, m)| *m = product[(mode, mode)]);
            }
            None => self.theory.strengths(time, &mut self.expected),
        }
        for ((track, &strength), expected) in self.tracks.iter_mut().zip(chain.strengths()).zip(&self.expected) {
            track.strength = strength;
            track.tenth.observe(time, strength);
            track.half.observe(time, strength);
            track.nine_tenths.observe(time, strength);
            track.worst = larger(track.worst, (strength - expected).abs());
        }
    }

    /// When a mode, counted from 0, was half learned.
    pub fn half_time(&self, mode: usize) -> Option<f64> {
        self.tracks[mode].half.at()
    }

    /// Strength of each mode and its closed form, in the last state.
    pub fn strengths(&self) -> impl Iterator<Item = [f64; 2]> {
        self.tracks.iter().zip(&self.expected).map(|(track, expected)| [track.strength, *expected])
    }

    /// Number of modes that have been half learned.
    pub fn half_learned(&self) -> usize {
        self.tracks.iter().filter(|track| track.half.at().is_some()).count()
    }

    /// One row per mode.
    pub fn write(&self, replicate: u64, table: &mut Table) {
        for (number, track) in self.tracks.iter().enumerate() {
            let rise = track.nine_tenths.at().zip(track.tenth.at()).map(|(end, start)| end - start);
            row!(
                table,
                replicate,
                mode: number + 1,
                s: track.mode.s,
                g: track.mode.g,
                m0: track.mode.m0,
                m0_free: track.mode.m0_free,
                half_time: track.half.at(),
                rise_time: rise,
                final_strength: track.strength,
                closed_form_error: track.worst / track.mode.s,
                level: self.levels.get(number).copied(),
            );
        }
    }
}

/// The level that the data predict for each place in the order of the singular values.
fn levels_in_order(subject: &Subject) -> Vec<f64> {
    let mut levels: Vec<_> = subject.sample.levels.iter().filter_map(|level| Some((level.s?, level))).collect();
    levels.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    levels.into_iter().flat_map(|(_, level)| std::iter::repeat_n(level.level as f64, level.count)).collect()
}
