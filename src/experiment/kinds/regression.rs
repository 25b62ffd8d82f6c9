//! The experiment `regression`: how well a linear regression generalises, over its learning.

use std::ops::Range;
use std::path::Path;

use faer::{Mat, Scale};
use libm::pow;
use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::experiment::common::canonical::canonical;
use crate::experiment::{Build, ColumnDoc, Experiment, Failure, Kind, Parameters, Reason, TableDoc, column};
use crate::learn::regression::{RegressionFlow as Learner, TeacherTask};
use crate::numerics::linear_algebra::haar::normal_matrix;
use crate::parameter::{BuildError, Refusals, read};
use crate::seed::{MasterSeed, stream};
use crate::table::{Tables, row};
use crate::theory::regression::test_error;

/// The kind `regression`.
pub const KIND: Kind = Kind {
    name: "regression",
    about: "Linear regression on random inputs with noisy answers, by the gradient flow from zero weights: its error on new data over time.",
    parameters: Parameters::Typed(|| schema_for!(RegressionParameters)),
    tables: &[RUN, CURVE],
    build: Build::Function(build),
    fingerprint: env!("MODEWISE_FINGERPRINT_REGRESSION"),
};

const ERROR: ColumnDoc = column(
    "test_error",
    "squared answers",
    "mean squared error on new inputs with noisy answers, exact for the weights learned; the mean over lessons",
);

const THEORY: ColumnDoc = column("test_error_theory", "squared answers", "the same, predicted for many features");

const RUN: TableDoc = TableDoc {
    name: "run",
    about: "A set of inputs: the mean over its lessons, at the end of learning.",
    keys: &[],
    columns: &[
        ERROR,
        THEORY,
        column("best_error", "squared answers", "least of the test errors in `curve`"),
        column("best_time", "time", "when that is"),
        column("samples", "", "number of samples, as rounded"),
    ],
};

const CURVE: TableDoc = TableDoc {
    name: "curve",
    about: "Test error over time, at 25 times that grow by equal factors from 0.1 to the end.",
    keys: &[column("time", "time", "time of the flow")],
    columns: &[ERROR, THEORY],
};

/// Times in `curve`, and the first of them.
const TIMES: usize = 25;
const FIRST: f64 = 0.1;

/// Parameters of the experiment. Inputs are independent normal with variance 1/features; a teacher has independent
/// normal weights of variance 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RegressionParameters {
    /// Number of features, 1 to 2000.
    pub features: usize,
    /// Samples per feature, above 0, at most 20.
    pub load: f64,
    /// Variance of the noise in the answers, at least 0.
    pub noise: f64,
    /// How long is learned (time), above 0.1.
    pub until: f64,
    /// Number of lessons on the same inputs, each with its own teacher and noise, of which a replicate is the mean; at
    /// least 1.
    #[serde(default = "one")]
    pub lessons: usize,
}

fn one() -> usize {
    1
}

fn build(parameters: &Json, _: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let parameters: RegressionParameters = read(parameters)?;
    parameters.check()?;
    Ok(Box::new(parameters))
}

impl RegressionParameters {
    fn check(&self) -> Result<(), BuildError> {
        let mut refusals = Refusals::new();
        refusals.unless((1..=2000).contains(&self.features), "features", self.features, "1 to 2000");
        refusals.unless(self.load > 0.0 && self.load <= 20.0, "load", self.load, "above 0, at most 20");
        refusals.unless(self.noise >= 0.0 && self.noise.is_finite(), "noise", self.noise, "at least 0");
        refusals.unless(self.until > FIRST && self.until.is_finite(), "until", self.until, "above 0.1");
        refusals.unless((1..=10_000).contains(&self.lessons), "lessons", self.lessons, "1 to 10000");
        refusals.finish()
    }

    fn samples(&self) -> usize {
        ((self.load * self.features as f64).round() as usize).max(1)
    }

    /// The lessons of one replicate; its stream is that of `data` for the shape and `replicate`.
    fn lessons(&self, master: MasterSeed, replicate: u64) -> Result<Vec<TeacherTask>, Reason> {
        let (samples, features) = (self.samples(), self.features);
        let mut rng = stream(master, "data", &("regression", samples, features), replicate);
        let inputs = normal_matrix(samples, features, &mut rng) * Scale(1.0 / (features as f64).sqrt());
        let learner = Learner::new(inputs.as_ref())?;
        let mut lesson = |_| {
            let teacher = normal_matrix(features, 1, &mut rng);
            let noise: Mat<f64> = normal_matrix(samples, 1, &mut rng) * Scale(self.noise.sqrt());
            learner.task(teacher.as_ref(), noise.as_ref())
        };
        Ok((0..self.lessons).map(&mut lesson).collect())
    }

    /// Mean test error over lessons.
    fn test_error(&self, lessons: &[TeacherTask], time: f64) -> f64 {
        let distance = lessons.iter().map(|lesson| lesson.distance(time)).sum::<f64>() / lessons.len() as f64;
        self.noise + distance / self.features as f64
    }

    /// Times of the curve and what the theory predicts at each.
    fn predicted(&self) -> Vec<[f64; 2]> {
        let load = self.samples() as f64 / self.features as f64;
        let time = |number: usize| FIRST * pow(self.until / FIRST, number as f64 / (TIMES - 1) as f64);
        (0..TIMES).map(time).map(|time| [time, test_error(load, time, 1.0, self.noise)]).collect()
    }
}

impl Experiment for RegressionParameters {
    fn canonical(&self) -> Json {
        canonical(self, [])
    }

    fn draws(&self) -> Vec<String> {
        vec!["the data".to_owned(), "the teacher".to_owned()]
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        let predicted = self.predicted();
        let [_, end_theory] = predicted[TIMES - 1];
        KIND.run(replicates, |replicate, tables| {
            let lessons = self.lessons(master, replicate)?;
            let mut best = [f64::INFINITY, f64::NAN];
            for &[time, test_error_theory] in &predicted {
                let test_error = self.test_error(&lessons, time);
                row!(tables[CURVE.name], replicate, time, test_error, test_error_theory);
                if test_error < best[0] {
                    best = [test_error, time];
                }
            }
            let [best_error, best_time] = best;
            row!(
                tables[RUN.name],
                replicate,
                test_error: self.test_error(&lessons, self.until),
                test_error_theory: end_theory,
                best_error,
                best_time,
                samples: self.samples(),
            );
            Ok(())
        })
    }
}
