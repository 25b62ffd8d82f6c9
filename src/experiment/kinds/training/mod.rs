//! The experiment `training`: a network learns a data set, and everything that the theory predicts is measured on the
//! way.

pub mod categories;
pub mod curve;
pub mod entries;
pub mod levels;
pub mod modes;
pub mod saddles;
pub mod solution;
pub mod tables;
pub mod totals;
pub mod trial;

use std::ops::Range;
use std::path::Path;

use serde_json::{Value as Json, json};

use crate::data::Source;
use crate::experiment::common::learner::{Learner, Linear, Parameters, Stop};
use crate::experiment::common::subject::Subject;
use crate::experiment::{Experiment, Failure, Kind};
use crate::parameter::{BuildError, read};
use crate::seed::MasterSeed;
use crate::table::Tables;

/// The kind `training`.
pub const KIND: Kind = Kind {
    name: "training",
    about: "A linear network learns a data set from a random start, by gradient descent or the gradient flow.",
    parameters: || schemars::schema_for!(Parameters),
    tables: tables::TABLES,
    build,
    fingerprint: env!("MODEWISE_FINGERPRINT_TRAINING"),
};

/// The experiment with its parameters.
struct Training {
    source: Source,
    linear: Linear,
    stop: Stop,
    snapshots: Option<usize>,
}

fn build(parameters: &Json, base: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let parameters: Parameters = read(parameters)?;
    let source = parameters.data.prepare(base)?;
    parameters.check(&source)?;
    let Learner::Linear(linear) = parameters.learner;
    Ok(Box::new(Training { source, linear, stop: parameters.stop, snapshots: parameters.snapshots }))
}

impl Experiment for Training {
    fn canonical(&self) -> Json {
        let mut canonical = json!({
            "data": self.source.canonical(),
            "learner": Learner::Linear(self.linear.canonical()),
            "stop": self.stop,
        });
        if let Some(snapshots) = self.snapshots {
            canonical["snapshots"] = snapshots.into();
        }
        canonical
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        let mut tables: Tables = KIND.tables.iter().map(|table| (table.name.to_owned(), table.table())).collect();
        for replicate in replicates {
            let sample = self.source.draw(master, replicate);
            let subject = Subject::new(&self.linear, sample, master, replicate)
                .map_err(|reason| Failure { replicate, reason })?;
            trial::run(&subject, &self.linear, self.stop, self.snapshots, replicate, &mut tables)?;
        }
        Ok(tables)
    }
}
