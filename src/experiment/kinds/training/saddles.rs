//! How closely the trajectory visits the saddles, when, and how it leaves them.

use crate::experiment::common::crossing::Crossing;
use crate::experiment::common::subject::Subject;
use crate::learn::escape::along_way_out;
use crate::learn::linear_network::LinearNetwork;
use crate::table::{Table, row};
use crate::theory::saddle::{approach_exponent, loss};

/// Observer of the saddles at which just the strongest 0, 1, .. modes are learned.
pub struct Saddles {
    visits: Vec<Visit>,
    /// Square of the distance to each saddle.
    squares: Vec<f64>,
    rates: Vec<f64>,
}

/// The visit of one saddle.
struct Visit {
    /// The distance at which a visit begins and ends.
    radius: f64,
    closest: Closest,
    /// Time and square of the distance of the last observation.
    last: (f64, f64),
    arrival: Option<f64>,
    departure: Option<f64>,
    /// How much of the velocity lay along the way out at the observations after arrival and departure; of two layers only.
    alignments: [Option<f64>; 2],
    /// The strength of the next mode at which the measurement of its growth begins and ends.
    growth: [Crossing; 2],
}

/// Which way the radius of a visit is crossed.
#[derive(Clone, Copy, Debug)]
enum Way {
    In,
    Out,
}

/// The state of closest approach.
struct Closest {
    /// The square of its distance.
    square: f64,
    loss: f64,
    gradient_norm: f64,
}

impl Saddles {
    /// Ready for the first observation.
    pub fn new(subject: &Subject) -> Self {
        let visit = |learned: usize| {
            let s = subject.modes[learned].s;
            Visit {
                radius: 0.1 * s,
                closest: Closest { square: f64::INFINITY, loss: f64::NAN, gradient_norm: f64::NAN },
                last: (f64::NAN, f64::NAN),
                arrival: None,
                departure: None,
                alignments: [None, None],
                growth: [Crossing::logarithmic(1e-4 * s), Crossing::logarithmic(1e-3 * s)],
            }
        };
        let count = subject.room;
        Self {
            visits: (0..count).map(visit).collect(),
            squares: vec![0.0; count + 1],
            rates: subject.modes[..count].iter().map(|mode| mode.g).collect(),
        }
    }

    /// The next state.
    pub fn observe(&mut self, time: f64, chain: &LinearNetwork) {
        squared_distances(chain, &mut self.squares);
        let mut gradient_norm = None;
        let visits = self.visits.iter_mut().zip(&self.squares).zip(chain.strengths());
        for (learned, ((visit, &square), &strength)) in visits.enumerate() {
            if square < visit.closest.square {
                let gradient_norm = *gradient_norm.get_or_insert_with(|| chain.gradient_norm());
                visit.closest = Closest { square, loss: chain.loss(), gradient_norm };
            }
            let crossed = visit.follow(time, square).filter(|_| chain.layers() == 2);
            if let Some(way) = crossed {
                visit.alignments[way as usize] = Some(along_way_out(chain, learned));
            }
            visit.growth.iter_mut().for_each(|crossing| crossing.observe(time, strength));
        }
    }

    /// One row per saddle.
    pub fn write(&self, replicate: u64, s: &[f64], table: &mut Table) {
        for (learned, visit) in self.visits.iter().enumerate() {
            let present: Vec<bool> = (0..s.len()).map(|mode| mode < learned).collect();
            row!(
                table,
                replicate,
                saddle: learned,
                loss_theory: loss(s, &present),
                plateau_loss: visit.closest.loss,
                distance: visit.closest.square.sqrt(),
                approach_theory: approach_exponent(s, learned),
                gradient_norm: visit.closest.gradient_norm,
                arrival: visit.arrival,
                departure: visit.departure,
                arrival_alignment: visit.alignments[Way::In as usize],
                departure_alignment: visit.alignments[Way::Out as usize],
                escape_rate: visit.escape_rate(),
                rate_theory: self.rates[learned],
            );
        }
    }
}

impl Visit {
    /// Notes when the distance, of which this is the square, first falls to the radius and when it next rises above it, and
    /// says which of the two has just happened.
    fn follow(&mut self, time: f64, square: f64) -> Option<Way> {
        let (radius, (time_before, before)) = (self.radius, self.last);
        let crossed = || {
            let (before, distance) = (before.sqrt(), square.sqrt());
            time_before + (before - radius) / (before - distance) * (time - time_before)
        };
        let way = match (self.arrival, self.departure) {
            (None, _) if square <= radius * radius => Some(Way::In),
            (Some(_), None) if square > radius * radius => Some(Way::Out),
            _ => None,
        };
        match way {
            Some(Way::In) => self.arrival = Some(if before > radius * radius { crossed() } else { time }),
            Some(Way::Out) => self.departure = Some(crossed()),
            None => {}
        }
        self.last = (time, square);
        way
    }

    /// Half the slope of the logarithm of the next mode's strength.
    fn escape_rate(&self) -> Option<f64> {
        let [begin, end] = &self.growth;
        let time = end.at()? - begin.from_below()?;
        (time > 0.0).then(|| std::f64::consts::LN_10 / (2.0 * time))
    }
}

/// Squares of `|product - sum_{a<k} s_a u_a v_a^T|_F` for `k = 0, 1, ..`: the part off the diagonal, the errors of the
/// first k strengths and the other strengths. All are sums of squares, so small distances are exact.
fn squared_distances(chain: &LinearNetwork, squares: &mut [f64]) {
    let (s, strengths) = (chain.s(), chain.strengths());
    let (inside, outside) = strengths.split_at(squares.len() - 1);
    let mut missing = outside.iter().rev().fold(chain.off_diagonal(), |sum, strength| sum + strength * strength);
    squares[inside.len()] = missing;
    for (square, strength) in squares.iter_mut().zip(inside).rev() {
        missing += strength * strength;
        *square = missing;
    }
    let mut learned = 0.0;
    for ((square, strength), s) in squares[1..].iter_mut().zip(strengths).zip(s) {
        learned += (strength - s) * (strength - s);
        *square += learned;
    }
}

/// Distance of the product from the best product of `room` modes.
pub fn distance_from_best(chain: &LinearNetwork, room: usize) -> f64 {
    let mut squares = vec![0.0; room + 1];
    squared_distances(chain, &mut squares);
    squares[room].sqrt()
}
