//! The experiment `development`: what a network believes of items, features and their likeness while it learns.

pub mod stages;
pub mod state;
pub mod tables;

pub mod beliefs;
pub mod individuals;
pub mod items;
pub mod levels;
pub mod new_feature;
pub mod representation;

use std::ops::Range;
use std::path::Path;

use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::data::{Data, Sample, Source};
use crate::experiment::common::canonical::canonical;
use crate::experiment::common::learner::{self, Learner, Linear, Stop};
use crate::experiment::common::learning::learn;
use crate::experiment::common::observation::RECORDED_REPLICATE;
use crate::experiment::common::subject::Subject;
use crate::experiment::kinds::development::beliefs::{Beliefs, Course};
use crate::experiment::kinds::development::items::Items;
use crate::experiment::kinds::development::levels::Levels;
use crate::experiment::kinds::development::stages::{Snapshot, Stages};
use crate::experiment::kinds::development::state::{LOOK_EVERY, State, Theory};
use crate::experiment::{Build, Experiment, Failure, Kind, Parameters, Reason};
use crate::parameter::{BuildError, Refusals, read};
use crate::seed::MasterSeed;
use crate::table::Tables;

/// The kind `development`.
pub const KIND: Kind = Kind {
    name: "development",
    about: "What a linear network believes of items and features, how it represents items and how it generalises, while \
            it learns.",
    parameters: Parameters::Typed(|| schema_for!(DevelopmentParameters)),
    tables: tables::TABLES,
    build: Build::Function(build),
    fingerprint: env!("MODEWISE_FINGERPRINT_DEVELOPMENT"),
};

/// A network learns a data set until told to stop, and is examined on the way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DevelopmentParameters {
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
const MAX_STAGES: usize = 100;

/// The experiment with its parameters.
struct Development {
    source: Source,
    parameters: DevelopmentParameters,
}

fn build(parameters: &Json, base: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let parameters: DevelopmentParameters = read(parameters)?;
    let source = parameters.data.prepare(base)?;
    let mut refusals = Refusals::new();
    learner::check(&parameters.learner, parameters.stop, &source, &mut refusals);
    check(&parameters.stages, &mut refusals);
    refusals.finish()?;
    Ok(Box::new(Development { source, parameters }))
}

fn check(stages: &[f64], refusals: &mut Refusals) {
    let number = stages.len();
    refusals.unless(number <= MAX_STAGES, "stages", format!("{number} numbers"), &format!("up to {MAX_STAGES}"));
    for (place, &stage) in stages.iter().enumerate() {
        let before = place.checked_sub(1).map_or(0.0, |before| stages[before]);
        let allowed = format!("above {before}, below 1");
        refusals.unless(stage > before && stage < 1.0, &format!("stages.{place}"), stage, &allowed);
    }
}

impl Experiment for Development {
    fn canonical(&self) -> Json {
        let learner = json!(self.parameters.learner.canonical());
        canonical(&self.parameters, [("data", self.source.canonical()), ("learner", learner)])
    }

    fn draws(&self) -> Vec<String> {
        [self.source.draws(), self.linear().start.draws()].concat()
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        KIND.run(replicates, |replicate, tables| {
            let sample = self.source.draw(master, replicate);
            // Because no individual may be in two replicates, the two of a replicate have an even and an odd start.
            let start = |individual| Subject::new(self.linear(), sample.clone(), master, 2 * replicate + individual);
            let subject = start(0)?;
            let snapshots = self.examine(&subject, replicate, tables)?;
            let stages = &self.parameters.stages;
            if !stages.is_empty() {
                let others = self.pass_stages(&start(1)?)?;
                individuals::write(replicate, stages, [&snapshots, &others], &mut tables["individuals"]);
            }
            self.write_stages(replicate, &subject.sample, &snapshots, tables);
            Ok(())
        })
    }
}

impl Development {
    fn linear(&self) -> &Linear {
        let Learner::Linear(linear) = &self.parameters.learner;
        linear
    }

    /// The network learns while everything is watched; returns its representations at the stages that it passed.
    fn examine(&self, subject: &Subject, replicate: u64, tables: &mut Tables) -> Result<Vec<Snapshot>, Reason> {
        let mut chain = subject.network(self.linear());
        let mut theory = Theory::new(subject, self.linear());
        let mut stages = Stages::new(&self.parameters.stages, &chain);
        let mut beliefs = Beliefs::new(subject);
        let (mut items, mut levels) = (Items::new(subject), Levels::new(subject));
        let mut course = (replicate == RECORDED_REPLICATE).then(|| Course::new(subject));
        let mut seen = 0_u64;
        learn(&mut chain, self.linear(), self.parameters.stop, subject.room, |time, chain| {
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
    fn pass_stages(&self, subject: &Subject) -> Result<Vec<Snapshot>, Reason> {
        let mut chain = subject.network(self.linear());
        let mut theory = Theory::new(subject, self.linear());
        let mut stages = Stages::new(&self.parameters.stages, &chain);
        learn(&mut chain, self.linear(), self.parameters.stop, subject.room, |time, chain| {
            if stages.due(chain) {
                stages.observe(time, chain, subject, &theory.strengths(time));
            }
        })?;
        Ok(stages.passed())
    }

    fn write_stages(&self, replicate: u64, sample: &Sample, snapshots: &[Snapshot], tables: &mut Tables) {
        for (number, &stage) in self.parameters.stages.iter().enumerate() {
            let snapshot = snapshots.get(number);
            representation::write(replicate, stage, snapshot, sample, &mut tables["representation"]);
            new_feature::write(replicate, stage, snapshot, sample, &mut tables["projections"]);
        }
    }
}
