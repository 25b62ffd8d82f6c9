//! An experiment for tests of everything around experiments: the largest singular value of a random matrix, or
//! trouble of the kind that is asked for.

use std::ops::Range;
use std::path::Path;

use faer::Mat;
use indexmap::IndexMap;
use modewise::experiment::{Attempt, Build, Experiment, Failure, Kind, Parameters, TableDoc, column};
use modewise::numerics::linear_algebra::svd::singular_values;
use modewise::parameter::{BuildError, ParameterError, read};
use modewise::seed::{MasterSeed, stream};
use modewise::spec::axis::{Axis, AxisParameter};
use modewise::spec::check::{Check, Expectation};
use modewise::spec::claim::{Citation, Claim};
use modewise::spec::control::{Control, MustFail};
use modewise::spec::formula::Formula;
use modewise::table::Tables;
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

/// The kind.
pub(crate) static FAKE: Kind = kind("f");

/// The same kind after a change of its code.
pub(crate) static CHANGED: Kind = kind("g");

const TABLES: &[TableDoc] = &[TableDoc {
    name: "run",
    about: "One replicate.",
    keys: &[],
    columns: &[column("s1", "", "largest singular value"), column("gap", "", "missing in odd replicates")],
}];

const fn kind(fingerprint: &'static str) -> Kind {
    Kind {
        name: "fake",
        about: "Largest singular value of a random matrix.",
        parameters: Parameters::Typed(|| schemars::json_schema!({"type": "object"})),
        tables: TABLES,
        build: Build::Function(build),
        fingerprint,
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fake {
    size: usize,
    #[serde(default = "one")]
    scale: f64,
    #[serde(default)]
    mood: String,
    #[serde(default)]
    nested: Json,
}

fn one() -> f64 {
    1.0
}

fn build(parameters: &Json, _base: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let fake: Fake = read(parameters)?;
    match fake.mood.as_str() {
        "absent" => Err(BuildError::Absent("`zoo.csv` is not there".to_owned())),
        "bad" => Err(BuildError::Parameters(vec![ParameterError::new("mood", "is bad (allowed: good)")])),
        _ => Ok(Box::new(fake)),
    }
}

impl Experiment for Fake {
    fn canonical(&self) -> Json {
        serde_json::to_value(self).expect("parameters are plain data")
    }

    fn draws(&self) -> Vec<String> {
        vec!["the matrix".to_owned()]
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        let mut table = FAKE.tables[0].table();
        for replicate in replicates {
            let mut rng = stream(master, "data", &self.size, replicate);
            let matrix = Mat::from_fn(self.size, self.size, |_, _| {
                let value: f64 = StandardNormal.sample(&mut rng);
                self.scale * value
            });
            let s1 = singular_values(matrix.as_ref()).expect("normal deviates are finite")[0];
            let s1 = if self.mood == "infinite" && replicate == 1 { f64::INFINITY } else { s1 };
            match self.mood.as_str() {
                "panics" => panic!("nothing goes in replicate {replicate}"),
                "fails" if replicate == 2 => {
                    return Err(Failure { replicate, reason: "loss 1e300 at step 7".to_owned() });
                }
                _ => table.push(&[replicate as f64, s1, if replicate % 2 == 1 { f64::NAN } else { 0.5 }]),
            }
        }
        let name = if self.mood == "undocumented" { "walk" } else { "run" };
        Ok(IndexMap::from([(name.to_owned(), table)]))
    }

    fn attempt(&self, replicates: Range<u64>, master: MasterSeed) -> Attempt {
        if self.mood == "starves" {
            let failure = Failure { replicate: replicates.start, reason: "took more than 10 minutes".to_owned() };
            return Attempt { outcome: Err(failure), lasting: false };
        }
        Attempt { outcome: self.run(replicates, master), lasting: true }
    }
}

/// A claim about the fake: at sizes `sizes` the largest singular value is at most `3 sqrt(size)`; not so when the
/// matrix is ten times larger.
pub(crate) fn claim(id: &str, sizes: &[u64], replicates: u64) -> Claim {
    let sizes = sizes.iter().map(|size| vec![json!(size)]).collect();
    Claim {
        id: id.to_owned(),
        chapter: "fakes".to_owned(),
        file: format!("/somewhere/specs/{id}.yaml"),
        text: "title: fake".to_owned(),
        title: "Random matrices have an edge".to_owned(),
        statement: "The edge is at $2 \\sqrt{n}$.".to_owned(),
        source: Citation { cite: "bgn2012".to_owned(), locator: None },
        why_this_tolerance: "Fluctuations.".to_owned(),
        tags: vec!["fake".to_owned()],
        confidence: 0.99,
        kind: std::sync::Arc::new(FAKE.clone()),
        parameters: json!({"size": 0}),
        sweep: vec![Axis { parameters: vec![parameter("size", None)], values: sizes }],
        replicates,
        checks: vec![check("edge", "mean(s1/sqrt(size))", Expectation::AtMost { bound: formula("3"), ideal: None })],
        controls: vec![control("loud", &[("scale", json!(10.0))])],
        figures: Vec::new(),
        absent: None,
        profiles: IndexMap::new(),
    }
}

pub(crate) fn parameter(path: &str, labels: Option<&[&str]>) -> AxisParameter {
    let column = path.rsplit('.').next().expect("a split has a part").to_owned();
    let labels = labels.map(|labels| labels.iter().map(|&label| label.to_owned()).collect());
    AxisParameter { path: path.to_owned(), column, labels }
}

pub(crate) fn formula(text: &str) -> Formula {
    Formula::parse(text).expect("formulas of tests are well formed")
}

pub(crate) fn check(name: &str, measure: &str, expect: Expectation) -> Check {
    Check {
        name: name.to_owned(),
        about: None,
        table: "run".to_owned(),
        lets: IndexMap::new(),
        filter: None,
        per: Vec::new(),
        group: Vec::new(),
        reduce: IndexMap::new(),
        measure: formula(measure),
        expect,
    }
}

pub(crate) fn control(name: &str, set: &[(&str, Json)]) -> Control {
    Control {
        name: name.to_owned(),
        because: "It is too large.".to_owned(),
        set: set.iter().map(|(path, value)| ((*path).to_owned(), value.clone())).collect(),
        replicates: None,
        fails: vec![MustFail { check: "edge".to_owned(), at: None, filter: None }],
    }
}
