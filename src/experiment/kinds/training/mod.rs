//! The experiment `training`: a network learns a data set, and everything that the theory predicts is measured on the
//! way.

pub mod entries;
pub mod found;
pub mod levels;
pub mod modes;
pub mod saddles;
pub mod solution;
pub mod tables;
pub mod totals;

pub mod categories;
pub mod curve;
pub mod trial;

use std::ops::Range;
use std::path::Path;

use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::data::{Data, Source};
use crate::experiment::common::canonical::canonical;
use crate::experiment::common::learner::{self, Learner, Stop};
use crate::experiment::common::snapshots;
use crate::experiment::common::subject::Subject;
use crate::experiment::{Build, Experiment, Failure, Kind, Parameters};
use crate::parameter::{BuildError, Refusals, read};
use crate::seed::MasterSeed;
use crate::table::Tables;

/// The kind `training`.
pub const KIND: Kind = Kind {
    name: "training",
    about: "A linear network learns a data set from a random start, by gradient descent or the gradient flow.",
    parameters: Parameters::Typed(|| schema_for!(TrainingParameters)),
    tables: tables::TABLES,
    build: Build::Function(build),
    fingerprint: env!("MODEWISE_FINGERPRINT_TRAINING"),
};

/// A network learns a data set until told to stop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TrainingParameters {
    /// What is learned.
    pub data: Data,
    /// What learns, and how.
    pub learner: Learner,
    /// When learning ends.
    pub stop: Stop,
    /// Number of times, 3 to 200, at which the first hidden layer of replicate 0 is kept for figures: every n-th step and
    /// the last, at most so many; up to 64 items. None if not given, and without a hidden layer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snapshots: Option<usize>,
}

/// The experiment with its parameters.
struct Training {
    source: Source,
    parameters: TrainingParameters,
}

fn build(parameters: &Json, base: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let parameters: TrainingParameters = read(parameters)?;
    let source = parameters.data.prepare(base)?;
    let mut refusals = Refusals::new();
    learner::check(&parameters.learner, parameters.stop, &source, &mut refusals);
    snapshots::check(parameters.snapshots, &source, &mut refusals);
    refusals.finish()?;
    Ok(Box::new(Training { source, parameters }))
}

impl Experiment for Training {
    fn canonical(&self) -> Json {
        let learner = json!(self.parameters.learner.canonical());
        canonical(&self.parameters, [("data", self.source.canonical()), ("learner", learner)])
    }

    fn draws(&self) -> Vec<String> {
        let Learner::Linear(linear) = &self.parameters.learner;
        [self.source.draws(), linear.start.draws()].concat()
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        let TrainingParameters { learner: Learner::Linear(linear), stop, snapshots, .. } = &self.parameters;
        KIND.run(replicates, |replicate, tables| {
            let sample = self.source.draw(master, replicate);
            let subject = Subject::new(linear, sample, master, replicate)?;
            trial::run(&subject, linear, *stop, *snapshots, replicate, tables)
        })
    }
}
