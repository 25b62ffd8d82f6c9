//! One replicate: data and start are drawn, the network learns, observers watch.

use std::ops::ControlFlow;

use crate::experiment::Failure;
use crate::experiment::common::learner::{Linear, Stop};
use crate::experiment::common::snapshots::Snapshots;
use crate::experiment::common::subject::Subject;
use crate::experiment::kinds::training::categories::Categories;
use crate::experiment::kinds::training::curve::Curve;
use crate::experiment::kinds::training::levels::Levels;
use crate::experiment::kinds::training::modes::Modes;
use crate::experiment::kinds::training::saddles::Saddles;
use crate::experiment::kinds::training::totals::Totals;
use crate::learn::descent::descend;
use crate::learn::flow::flow;
use crate::learn::linear_network::LinearNetwork;
use crate::table::Tables;

/// Most steps, or observations, that are waited for modes to be learned.
const PATIENCE: u64 = 100_000;

/// The replicate whose curves are kept.
const DRAWN: u64 = 0;

/// Everything that watches a run.
struct Observers<'a> {
    subject: &'a Subject,
    modes: Modes,
    saddles: Saddles,
    levels: Levels,
    categories: Categories,
    totals: Totals,
    curve: Option<Curve>,
    snapshots: Option<Snapshots>,
    last_time: f64,
}

/// Trains the subject and adds its rows to the tables of the experiment.
pub fn run(
    subject: &Subject,
    linear: &Linear,
    stop: Stop,
    snapshots: Option<usize>,
    replicate: u64,
    tables: &mut Tables,
) -> Result<(), Failure> {
    let mut chain = subject.network(linear);
    let mut observers = Observers {
        subject,
        modes: Modes::new(subject, linear),
        saddles: Saddles::new(subject),
        levels: Levels::new(subject),
        categories: Categories::new(subject),
        totals: Totals::new(subject, &chain),
        curve: (replicate == DRAWN).then(Curve::new),
        snapshots: snapshots.filter(|_| replicate == DRAWN && linear.layers > 1).map(Snapshots::new),
        last_time: 0.0,
    };
    let failure = |reason: String| Failure { replicate, reason };
    let steps =
        learn(&mut chain, linear, stop, subject.room, |time, chain| observers.observe(time, chain)).map_err(failure)?;
    observers.write(replicate, &chain, steps, tables).map_err(failure)
}

/// Learns until `stop`; `visit(time, chain)` sees every state, the start included, and `room` is the number of modes that
/// the hidden layers have room for. Returns the number of steps, or why there are no numbers.
pub fn learn(
    chain: &mut LinearNetwork,
    linear: &Linear,
    stop: Stop,
    room: usize,
    mut visit: impl FnMut(f64, &LinearNetwork),
) -> Result<u64, String> {
    let mut end = End::new(stop, linear, room);
    let visit = |time: f64, chain: &LinearNetwork| {
        visit(time, chain);
        end.reached(chain)
    };
    match (linear.rate, linear.flow) {
        (Some(rate), _) => descend(chain, rate, visit).map_err(|error| error.to_string()),
        (None, Some(method)) => flow(chain, method.tolerance, method.every, visit).map_err(|error| error.to_string()),
        (None, None) => Err("the learner has no rule of learning".to_owned()),
    }
}

impl Observers<'_> {
    fn observe(&mut self, time: f64, chain: &LinearNetwork) {
        self.last_time = time;
        self.modes.observe(time, chain);
        self.saddles.observe(time, chain);
        self.levels.observe(time, chain);
        self.categories.observe(chain, &self.modes, self.subject);
        self.totals.observe(time, chain, self.modes.half_learned());
        if let Some(curve) = &mut self.curve {
            curve.observe(time, chain, &self.modes, self.totals.clean_error());
        }
        if let Some(snapshots) = &mut self.snapshots {
            snapshots.observe(time, || self.subject.rotated.representation(chain));
        }
    }

    fn write(&mut self, replicate: u64, chain: &LinearNetwork, steps: u64, tables: &mut Tables) -> Result<(), String> {
        self.totals.write(replicate, self.last_time, chain, steps, &mut tables["run"]);
        self.modes.write(replicate, &mut tables["modes"]);
        self.saddles.write(replicate, chain.s(), &mut tables["saddles"]);
        self.levels.write(replicate, chain, &mut tables["levels"]);
        self.categories.write(replicate, &self.modes, &mut tables["categories"]);
        if let Some(curve) = &mut self.curve {
            curve.finish(self.last_time, chain, &self.modes, self.totals.clean_error());
            curve.write(replicate, &mut tables["curve"]);
            curve.write_strengths(replicate, &self.subject.modes, &mut tables["strengths"]);
            self.categories.write_entries(replicate, self.subject, &mut tables["entries"]);
        }
        if let Some(snapshots) = &mut self.snapshots {
            snapshots.finish(self.last_time, self.subject.rotated.representation(chain));
            snapshots.write(replicate, tables)?;
        }
        Ok(())
    }
}

/// Waits for the end of a run.
enum End {
    /// A number of further states.
    States(u64),
    /// The modes up to a number; those before `next` have been learned.
    Learned { next: usize, wanted: usize, patience: u64 },
}

impl End {
    fn new(stop: Stop, linear: &Linear, room: usize) -> Self {
        let step = linear.rate.or(linear.flow.map(|flow| flow.every)).unwrap_or(f64::NAN);
        match stop {
            Stop::Steps(steps) => Self::States(steps),
            // Because times are multiples of the step only up to rounding.
            Stop::Time(time) => Self::States((time / step - 1e-9).ceil() as u64),
            Stop::Learned(share) => {
                let wanted = ((share * room as f64 + 1e-9).floor() as usize).max(1);
                Self::Learned { next: 0, wanted, patience: PATIENCE }
            }
        }
    }

    fn reached(&mut self, chain: &LinearNetwork) -> ControlFlow<()> {
        let (over, left) = match self {
            Self::States(left) => (false, left),
            Self::Learned { next, wanted, patience } => {
                while *next < *wanted && chain.strength(*next) >= 0.95 * chain.s()[*next] {
                    *next += 1;
                }
                (next == wanted, patience)
            }
        };
        if over || *left == 0 {
            return ControlFlow::Break(());
        }
        *left -= 1;
        ControlFlow::Continue(())
    }
}
