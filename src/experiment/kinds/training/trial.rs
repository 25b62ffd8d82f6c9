//! One replicate: data and start are drawn, the network learns, observers watch.

use crate::experiment::Reason;
use crate::experiment::common::learner::{Linear, Stop};
use crate::experiment::common::learning::learn;
use crate::experiment::common::observation::RECORDED_REPLICATE;
use crate::experiment::common::snapshots::Snapshots;
use crate::experiment::common::splits;
use crate::experiment::common::stages::{STAGES, Stages};
use crate::experiment::common::subject::Subject;
use crate::experiment::kinds::training::categories;
use crate::experiment::kinds::training::curve::Curve;
use crate::experiment::kinds::training::found::Found;
use crate::experiment::kinds::training::levels::Levels;
use crate::experiment::kinds::training::modes::Modes;
use crate::experiment::kinds::training::saddles::Saddles;
use crate::experiment::kinds::training::totals::Totals;
use crate::learn::linear_network::LinearNetwork;
use crate::table::Tables;

/// Everything that watches a run.
struct Observers<'a> {
    subject: &'a Subject,
    modes: Modes,
    saddles: Saddles,
    levels: Levels,
    totals: Totals,
    curve: Option<Curve>,
    snapshots: Option<Snapshots>,
    stages: Option<Stages>,
    last_time: f64,
}

/// Trains the subject and adds its rows to the tables of the experiment.
///
/// # Errors
/// If learning diverges, or a decomposition does not converge.
pub fn run(
    subject: &Subject,
    linear: &Linear,
    stop: Stop,
    snapshots: Option<usize>,
    replicate: u64,
    tables: &mut Tables,
) -> Result<(), Reason> {
    let mut chain = subject.network(linear);
    let mut observers = Observers {
        subject,
        modes: Modes::new(subject, linear),
        saddles: Saddles::new(subject),
        levels: Levels::new(subject),
        totals: Totals::new(subject, &chain),
        curve: (replicate == RECORDED_REPLICATE).then(Curve::new),
        snapshots: snapshots.filter(|_| replicate == RECORDED_REPLICATE && linear.layers > 1).map(Snapshots::new),
        stages: (linear.layers > 1).then(|| Stages::new(&subject.sample.levels, subject.rotated.v.as_ref())).flatten(),
        last_time: 0.0,
    };
    let steps = learn(&mut chain, linear, stop, subject.room, |time, chain| observers.observe(time, chain))?;
    observers.write(replicate, &chain, steps, tables)
}

impl Observers<'_> {
    fn observe(&mut self, time: f64, chain: &LinearNetwork) {
        self.last_time = time;
        self.modes.observe(time, chain);
        self.saddles.observe(time, chain);
        self.levels.observe(time, chain);
        self.totals.observe(time, chain, self.modes.half_learned());
        if let Some(curve) = &mut self.curve {
            curve.observe(time, chain, &self.modes, self.totals.clean_error());
        }
        if let Some(snapshots) = &mut self.snapshots {
            snapshots.observe(time, || self.subject.rotated.representation(chain));
        }
        if let Some(stages) = &mut self.stages {
            stages.observe(time, chain.weight(0));
        }
    }

    fn write(&mut self, replicate: u64, chain: &LinearNetwork, steps: u64, tables: &mut Tables) -> Result<(), Reason> {
        let (subject, sample) = (self.subject, &self.subject.sample);
        self.totals.write(replicate, self.last_time, chain, steps, &mut tables["run"]);
        self.modes.write(replicate, &mut tables["modes"]);
        self.saddles.write(replicate, chain.s(), &mut tables["saddles"]);
        self.levels.write(replicate, chain, &mut tables["levels"]);
        categories::write(replicate, subject, &self.modes, &mut tables["categories"]);
        let patterns = subject.rotated.v.subcols(0, subject.modes.len());
        splits::write(patterns, &sample.levels, replicate, &mut tables["splits"]);
        if let Some(stages) = &mut self.stages {
            stages.write(replicate, self.last_time, chain.weight(0), &mut tables[STAGES.name]);
        }
        let found = sample.noise.map(|_| Found::read(subject, chain)).transpose()?;
        if let Some(found) = &found {
            found.write(replicate, sample, &mut tables["found"]);
        }
        if let Some(curve) = &mut self.curve {
            curve.finish(self.last_time, chain, &self.modes, self.totals.clean_error());
            curve.write(replicate, &mut tables["curve"]);
            curve.write_strengths(replicate, &subject.modes, &mut tables["strengths"]);
            if let Some(found) = &found {
                found.write_entries(replicate, sample.y.as_ref(), &mut tables["entries"]);
            }
        }
        if let Some(snapshots) = &mut self.snapshots {
            snapshots.finish(self.last_time, || self.subject.rotated.representation(chain));
            snapshots.write(replicate, tables)?;
        }
        Ok(())
    }
}
