//! The experiment `diagonal`: a diagonal linear network learns a regression, one coefficient after the other.

use std::ops::Range;
use std::path::Path;

use libm::log;
use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::experiment::common::canonical::canonical;
use crate::experiment::common::observation::{self, observed_solution, shown};
use crate::experiment::{Build, ColumnDoc, Experiment, Failure, Kind, Parameters, Reason, TableDoc, column};
use crate::learn::diagonal::DiagonalNetwork as Network;
use crate::numerics::ode::dormand_prince::Tolerance;
use crate::numerics::statistics::crossing::crossing;
use crate::numerics::statistics::extreme::largest;
use crate::parameter::{BuildError, Refusals, read};
use crate::seed::MasterSeed;
use crate::table::{Tables, row};
use crate::theory::learning::imbalanced_strength;

/// The kind `diagonal`.
pub const KIND: Kind = Kind {
    name: "diagonal",
    about: "A network whose coefficients are products of two weights each learns a linear regression, by the gradient flow of its exact mean loss.",
    parameters: Parameters::Typed(|| schema_for!(DiagonalParameters)),
    tables: &[COORDINATES, CURVE],
    build: Build::Function(build),
    fingerprint: env!("MODEWISE_FINGERPRINT_DIAGONAL"),
};

const COORDINATE: ColumnDoc =
    column("coordinate", "", "number of the coefficient, from 1, in the order of the parameters");

const COORDINATES: TableDoc = TableDoc {
    name: "coordinates",
    about: "The coefficients to learn, one row each.",
    keys: &[COORDINATE],
    columns: &[
        column("target", "", "the coefficient to learn"),
        column(
            "half_time",
            "time",
            "when half of it is learned, linear between observations; missing if it never is, or from the start",
        ),
        column("switch_theory", "time", "ln(1/start) / |target|, when it switches on as the start goes to 0"),
        column("final_error", "", "distance from the target at the end, relative to it"),
        column(
            "closed_form_error",
            "",
            "largest distance over time from the closed form for inputs without correlation, relative to the target",
        ),
    ],
};

const CURVE: TableDoc = TableDoc {
    name: "curve",
    about: "Coefficients over time, at most 400 times.",
    keys: &[column("time", "time", "time of the flow"), COORDINATE],
    columns: &[
        column("coefficient", "", "the coefficient"),
        column("target", "", "the coefficient to learn"),
        column("closed_form", "", "its closed form for inputs without correlation"),
        column("switch_theory", "time", "as in `coordinates`"),
    ],
};

/// Error of one step of the integration relative to the weights; half times are right to about as much.
const TOLERANCE: f64 = 1e-9;

/// Parameters of the experiment; nothing is random.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DiagonalParameters {
    /// The coefficients to learn, not 0, of either sign; 1 to 100 of them.
    pub coefficients: Vec<f64>,
    /// Scale of the weights at the start, above 0: the first weight of each pair is sqrt(2) times this, the second 0.
    pub start: f64,
    /// Correlation of any two inputs, 0 to below 1; 0 is an orthonormal design.
    #[serde(default)]
    pub correlation: f64,
    /// How long the flow is followed (time), above 0; up to the first observation that reaches it.
    pub until: f64,
    /// Time between two observations, above 0.
    pub every: f64,
}

fn build(parameters: &Json, _: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let parameters: DiagonalParameters = read(parameters)?;
    parameters.check()?;
    Ok(Box::new(parameters))
}

impl DiagonalParameters {
    fn check(&self) -> Result<(), BuildError> {
        let mut refusals = Refusals::new();
        let count = self.coefficients.len();
        refusals.unless((1..=100).contains(&count), "coefficients", format!("{count} numbers"), "1 to 100 numbers");
        for (number, &target) in self.coefficients.iter().enumerate() {
            let allowed = target != 0.0 && target.is_finite();
            refusals.unless(allowed, &format!("coefficients.{number}"), target, "numbers other than 0");
        }
        let correlation = self.correlation;
        refusals.unless((0.0..1.0).contains(&correlation), "correlation", correlation, "0 to below 1");
        refusals.unless_positive(&[("start", self.start)]);
        observation::check(self.until, self.every, &mut refusals);
        refusals.finish()
    }

    /// The times of the observations, and the coefficients at each.
    fn learn(&self) -> Result<(Vec<f64>, Vec<Vec<f64>>), Reason> {
        let network = Network::new(&self.coefficients, self.correlation);
        let tolerance = Tolerance { relative: TOLERANCE, absolute: TOLERANCE * self.start };
        let (mut times, mut seen) = (Vec::new(), Vec::new());
        let slope = |at: &[f64], out: &mut [f64]| network.slope(at, out);
        let start = network.start(self.start);
        observed_solution(slope, start, tolerance, [self.until, self.every], |time, weights| {
            times.push(time);
            seen.push(network.coefficients(weights));
        })?;
        Ok((times, seen))
    }

    /// Closed form of a coefficient: that of a mode with the imbalance `u^2 - v^2 = 2 start^2`, from nothing.
    fn closed_form(&self, target: f64, time: f64) -> f64 {
        let size = imbalanced_strength(target.abs(), 2.0 * self.start * self.start, 0.0, time);
        size.copysign(target)
    }

    /// When a coefficient switches on as the start goes to 0.
    fn switch(&self, target: f64) -> f64 {
        log(1.0 / self.start) / target.abs()
    }
}

impl Experiment for DiagonalParameters {
    fn canonical(&self) -> Json {
        canonical(self, [])
    }

    fn draws(&self) -> Vec<String> {
        Vec::new()
    }

    fn run(&self, replicates: Range<u64>, _: MasterSeed) -> Result<Tables, Failure> {
        KIND.run(replicates, |replicate, tables| {
            let (times, seen) = self.learn()?;
            for (number, &target) in self.coefficients.iter().enumerate() {
                let learned: Vec<f64> = seen.iter().map(|seen| seen[number] / target).collect();
                let off = |(learned, time): (&f64, &f64)| (learned - self.closed_form(target, *time) / target).abs();
                row!(
                    tables[COORDINATES.name],
                    replicate,
                    coordinate: number + 1,
                    target,
                    half_time: crossing(&learned, &times, 0.5),
                    switch_theory: self.switch(target),
                    final_error: (learned[learned.len() - 1] - 1.0).abs(),
                    closed_form_error: largest(learned.iter().zip(&times).map(off)),
                );
            }
            for at in shown(times.len()) {
                let time = times[at];
                for (number, (&target, &coefficient)) in self.coefficients.iter().zip(&seen[at]).enumerate() {
                    row!(
                        tables[CURVE.name],
                        replicate,
                        time,
                        coordinate: number + 1,
                        coefficient,
                        target,
                        closed_form: self.closed_form(target, time),
                        switch_theory: self.switch(target),
                    );
                }
            }
            Ok(())
        })
    }
}
