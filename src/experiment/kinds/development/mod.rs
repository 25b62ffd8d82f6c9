//! The experiment `development`: what a network knows of items, features and their likeness while it learns.

pub mod beliefs;
pub mod individuals;
pub mod items;
pub mod levels;
pub mod new_feature;
pub mod representation;
pub mod stages;
pub mod state;
pub mod tables;

use std::ops::Range;
use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::data::{Data, Sample, Source};
use crate::experiment::common::learner::{Learner, Linear, Parameters as Training, Stop};
use crate::experiment::common::subject::Subject;
use crate::experiment::kinds::development::beliefs::{Beliefs, Course};
use crate::experiment::kinds::development::items::Items;
use crate::experiment::kinds::development::levels::Levels;
use crate::experiment::kinds::development::stages::{Snapshot, Stages};
use crate::experiment::kinds::development::state::{LOOK_EVERY, State, Theory};
use crate::experiment::kinds::training::trial::learn;
use crate::experiment::{Experiment, Failure, Kind};
use crate::parameter::{BuildError, Refusals, read};
use crate::seed::MasterSeed;
use crate::table::Tables;

/// The kind `development`.
pub const KIND: Kind = Kind {
    name: "development",
    about: "What a linear network believes of items and features, how it represents items and how it generalises, while \
            it learns.",
    parameters: || schemars::schema_for!(Parameters),
    tables: tables::TABLES,
    build,
    fingerprint: env!("MODEWISE_FINGERPRINT_DEVELOPMENT"),
};

/// A network learns a data set until told to stop, and is examined on the way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Parameters {
    /// What is learned.
    pub data: Data,
    /// What learns, and how.
    pub learner: Learner,
    /// When learning ends.
    pub stop: Stop,
    /// Stages at which representations are examined, as shares of the data's sum of squares that the network explains:
    /// rising, above 0 and below 1. With stages, a second individual learns the same data from other weights.
    #[serde(default)]
    pub stages: Vec<f64>,
}

/// Most stages.
const MOST_STAGES: usize = 100;

/// The replicate whose course is kept.
const DRAWN: u64 = 0;

/// The experiment with its parameters.
struct Development {
    source: Source,
    linear: Linear,
    stop: Stop,
    stages: Vec<f64>,
}

fn build(parameters: &Json, base: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let Parameters { data, learner, stop, stages } = read(parameters)?;
    let source = data.prepare(base)?;
    Training { data, learner: learner.clone(), stop, snapshots: None }.check(&source)?;
    check(&stages)?;
    let Learner::Linear(linear) = learner;
    Ok(Box::new(Development { source, linear, stop, stages }))
}

fn check(stages: &[f64]) -> Result<(), BuildError> {
    let mut refusals = Refusals::new();
    let number = stages.len();
    refusals.unless(number <= MOST_STAGES, "stages", format!("{number} numbers"), &format!("up to {MOST_STAGES}"));
    for (place, &stage) in stages.iter().enumerate() {
        let before = place.checked_sub(1).map_or(0.0, |before| stages[before]);
        let allowed = format!("above {before}, below 1");
        refusals.unless(stage > before && stage < 1.0, &format!("stages.{place}"), stage, &allowed);
    }
    refusals.finish()
}

impl Experiment for Development {
    fn canonical(&self) -> Json {
        json!({
            "data": self.source.canonical(),
            "learner": Learner::Linear(self.linear.canonical()),
            "stop": self.stop,
            "stages": self.stages,
        })
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        let mut tables: Tables = KIND.tables.iter().map(|table| (table.name.to_owned(), table.table())).collect();
        for replicate in replicates {
            let failure = |reason| Failure { replicate, reason };
            let sample = self.source.draw(master, replicate);
            // Because no individual may be in two replicates, the two of a replicate have an even and an odd start.
            let start = |individual| Subject::new(&self.linear, sample.clone(), master, 2 * replicate + individual);
            let subject = start(0).map_err(failure)?;
            let snapshots = self.examine(&subject, replicate, &mut tables).map_err(failure)?;
            if !self.stages.is_empty() {
                let other = start(1).map_err(failure)?;
                let others = self.pass_stages(&other).map_err(failure)?;
                individuals::write(replicate, &self.stages, [&snapshots, &others], &mut tables["individuals"]);
            }
            self.write_stages(replicate, &subject.sample, &snapshots, &mut tables);
        }
        Ok(tables)
    }
}

impl Development {
    /// The network learns while everything is watched; returns its representations at the stages that it passed.
    fn examine(&self, subject: &Subject, replicate: u64, tables: &mut Tables) -> Result<Vec<Snapshot>, String> {
        let mut chain = subject.network(&self.linear);
        let mut theory = Theory::new(subject, &self.linear);
        let mut stages = Stages::new(&self.stages, &chain);
        let mut beliefs = Beliefs::new(subject);
        let (mut items, mut levels) = (Items::new(subject), Levels::new(subject));
        let mut course = (replicate == DRAWN).then(|| Course::new(subject));
        let mut seen = 0_u64;
        learn(&mut chain, &self.linear, self.stop, subject.room, |time, chain| {
            beliefs.observe_loss(chain);
            let looks = seen.is_multiple_of(LOOK_EVERY);
            seen += 1;
            if looks || stages.due(chain) {
                let strengths = theory.strengths(time);
                stages.observe(time, chain, subject, &strengths);
                if looks {
                    let state = State::new(time, chain, subject, strengths);
                    beliefs.observe(&state);
                    items.observe(&state);
                    levels.observe(&state);
                    if let Some(course) = &mut course {
                        course.observe(&state);
                    }
                }
            }
        })?;
        beliefs.write(replicate, &mut tables["run"]);
        beliefs.write_shares(replicate, &mut tables["beliefs"]);
        items.write(replicate, &mut tables["items"]);
        levels.write(replicate, &mut tables["levels"]);
        if let Some(course) = course {
            course.write(replicate, &mut tables["course"]);
        }
        Ok(stages.passed())
    }

    /// The network learns, watched at the stages only.
    fn pass_stages(&self, subject: &Subject) -> Result<Vec<Snapshot>, String> {
        let mut chain = subject.network(&self.linear);
        let mut theory = Theory::new(subject, &self.linear);
        let mut stages = Stages::new(&self.stages, &chain);
        learn(&mut chain, &self.linear, self.stop, subject.room, |time, chain| {
            if stages.due(chain) {
                stages.observe(time, chain, subject, &theory.strengths(time));
            }
        })?;
        Ok(stages.passed())
    }

    fn write_stages(&self, replicate: u64, sample: &Sample, snapshots: &[Snapshot], tables: &mut Tables) {
        for (number, &stage) in self.stages.iter().enumerate() {
            let snapshot = snapshots.get(number);
            representation::write(replicate, stage, snapshot, sample, &mut tables["representation"]);
            new_feature::write(replicate, stage, snapshot, sample, &mut tables["projections"]);
        }
    }
}
