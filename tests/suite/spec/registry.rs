//! Tests of the registry, and of a kind of experiment that only the tests have.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use modewise::evidence::collect;
use modewise::experiment::{
    Build, Builder, Built, Experiment, Failure, Kind, Parameters, Registry, RegistryError, TableDoc, column,
};
use modewise::judge::judge;
use modewise::judge::verdict::Verdict;
use modewise::parameter::{BuildError, read};
use modewise::pipeline::{Options, conclude};
use modewise::plan::plan;
use modewise::run::{Shard, run};
use modewise::seed::MasterSeed;
use modewise::spec;
use modewise::store::Store;
use modewise::table::Tables;
use modewise::threads::Workers;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::{SOURCES, folder, in_specs};

const TABLES: &[TableDoc] = &[TableDoc {
    name: "run",
    about: "A falling body",
    keys: &[],
    columns: &[column("depth", "m", "how deep it fell"), column("depth_theory", "m", "the same without air")],
}];

/// A body that falls for a time, in air or without.
const FALL: Kind = Kind {
    name: "fall",
    about: "A body that falls.",
    parameters: Parameters::Typed(|| schemars::schema_for!(Fall)),
    tables: TABLES,
    build: Build::Function(build),
    fingerprint: "1",
};

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Fall {
    /// How long it falls, in seconds.
    duration: f64,
    /// Drag of the air, per metre.
    #[serde(default)]
    drag: f64,
}

fn build(parameters: &Json, _base: &Path) -> Result<Box<dyn Experiment>, BuildError> {
    let fall: Fall = read(parameters)?;
    Ok(Box::new(fall))
}

/// Makes bodies that fall with the drag of a place, where the spec does not say another.
struct Air {
    drag: f64,
    /// What is missing on this machine.
    missing: Option<&'static str>,
}

impl Builder for Air {
    fn build(&self, parameters: &Json, _base: &Path) -> Built {
        let mut fall: Fall = read(parameters)?;
        if parameters.get("drag").is_none() {
            fall.drag = self.drag;
        }
        Ok(Box::new(fall))
    }

    fn prepare(&self) -> Result<(), String> {
        self.missing.map_or(Ok(()), |missing| Err(missing.to_owned()))
    }
}

impl Experiment for Fall {
    fn canonical(&self) -> Json {
        serde_json::to_value(self).expect("parameters are plain data")
    }

    fn draws(&self) -> Vec<String> {
        Vec::new()
    }

    fn run(&self, replicates: Range<u64>, _master: MasterSeed) -> Result<Tables, Failure> {
        let mut table = TABLES[0].table();
        let free = 9.81 * self.duration * self.duration / 2.0;
        for replicate in replicates {
            table.push(&[replicate as f64, free / (1.0 + self.drag * free), free]);
        }
        Ok(Tables::from([("run".to_owned(), table)]))
    }
}

const CLAIM: &str = "\
title: Without air a body falls by half of g t squared
statement: It falls freely.
source: {cite: bgn2012}
why-this-tolerance: It is exact.
experiment: {fall: {duration: 1}}
sweep: {duration: [1, 2, 3]}
replicates: 20
checks:
  - {name: free, table: run, per: [duration], measure: max(abs(depth/depth_theory - 1)), expect: {at-most: 1e-12}}
controls:
  - {name: air, because: Air slows it down., set: {drag: 0.1}, fails: [free]}
  - {name: air for one time, because: Air slows it down., set: {drag: 0.1, duration: 2}, fails: [free]}
figures:
  - {kind: scatter, table: run, x: depth_theory, y: depth, series: duration, caption: Fall.}
";

fn with_fall() -> Registry {
    Registry::built_in().with([FALL]).expect("its names are new")
}

fn specs(claim: &str) -> tempfile::TempDir {
    folder(&[
        ("sources.yaml", SOURCES),
        ("physics/_chapter.yaml", "title: Physics\nintroduction: Bodies.\n"),
        ("physics/fall.yaml", claim),
    ])
}

/// The verdict on the claim with these kinds, and whether each of its controls failed.
fn verdict(registry: &Registry) -> (Verdict, Vec<bool>) {
    let folder = specs(CLAIM);
    let catalogue = spec::load(folder.path(), None, registry).unwrap_or_else(|problems| panic!("{problems}"));
    let claim = &catalogue.claims[0];
    let (master, store) = (MasterSeed(0), Store::memory());
    let plans = [plan(claim, master).expect("the parameters are right")];
    let points: Vec<usize> = plans[0].arms.iter().map(|arm| arm.points.len()).collect();
    assert_eq!(points, [3, 3, 1], "a control that sets the axis drops it");
    assert_eq!(plans[0].cells().count(), 14, "20 replicates are two cells");
    let workers = Workers::new(1).expect("one thread");
    run(&plans, &store, Shard::WHOLE, &workers, &|_| ()).expect("memory takes cells");
    let judgement = judge(claim, master, &collect(&plans[0], &store).expect("all cells are there"), Ok(()));
    (judgement.verdict, judgement.controls_failed)
}

#[test]
fn a_kind_from_elsewhere_works_from_spec_to_verdict() {
    assert_eq!(verdict(&with_fall()), (Verdict::Holds, vec![true, true]));
}

/// The same kind built by a value, with a schema that is written.
fn with_air(drag: f64, missing: Option<&'static str>) -> Registry {
    let schema = json!({
        "type": "object",
        "properties": {"duration": {"type": "number"}, "drag": {"type": "number"}},
        "required": ["duration"],
        "additionalProperties": false,
    });
    let build = Build::Value(Arc::new(Air { drag, missing }));
    let kind = Kind { parameters: Parameters::Written(Arc::new(schema)), build, ..FALL };
    Registry::built_in().with([kind]).expect("its names are new")
}

#[test]
fn a_kind_may_be_built_by_a_value_and_have_a_schema_that_is_written() {
    assert_eq!(verdict(&with_air(0.0, None)), (Verdict::Holds, vec![true, true]), "on the moon");
    assert_eq!(verdict(&with_air(0.2, None)).0, Verdict::Fails, "on Earth");
}

#[test]
fn claims_about_a_kind_that_lacks_something_here_are_skipped_and_say_what() {
    let folder = specs(CLAIM);
    let options = |registry| Options { registry, ..Options::new(folder.path()) };
    let concluded = |registry| conclude(&options(registry), &|_| {}).expect("a claim that is skipped is no error");
    let found = concluded(with_air(0.0, Some("there is no tower to fall from")));
    let claim = &found.record.claims[0];
    assert_eq!(claim.verdict, Verdict::Skipped);
    assert_eq!(claim.reason.as_deref(), Some("there is no tower to fall from"));
    assert_eq!(concluded(with_air(0.0, None)).record.claims[0].verdict, Verdict::Holds);
}

#[test]
fn the_parameters_of_a_kind_from_elsewhere_are_checked() {
    let wrong = CLAIM.replace("drag: 0.1, duration: 2", "drags: 0.1").replace("abs(depth/", "abs(deep/");
    let folder = specs(&wrong);
    let Err(problems) = spec::load(folder.path(), None, &with_fall()) else { panic!("no problem was found") };
    let found = in_specs(&problems, folder.path());
    for expected in ["`drags` is no parameter: `fall` has no `drags` (allowed: ", "did you mean `drag`?", "`deep`"] {
        assert!(found.contains(expected), "{expected}: {found}");
    }
    let Err(problems) = spec::load(folder.path(), None, &Registry::built_in()) else { panic!("it is not built in") };
    assert!(problems.to_string().contains("`fall` is not a kind of experiment"), "{problems}");
}

#[test]
fn the_schema_has_the_kinds_of_its_registry_and_no_others() {
    let schema = spec::schema(&Registry::new([FALL]).expect("one kind"));
    let kinds = schema["properties"]["experiment"]["properties"].as_object().expect("kinds");
    assert_eq!(kinds.keys().collect::<Vec<_>>(), ["fall"]);
    let fall = &schema["$defs"]["fall"];
    assert_eq!(fall["properties"]["duration"]["description"], json!("How long it falls, in seconds."), "{fall}");
    assert!(schema["$defs"].get("spectrum").is_none());
}

#[test]
fn names_in_a_registry_are_unique() {
    let refused = |kind: Kind| Registry::built_in().with([FALL, kind]).err();
    assert_eq!(refused(FALL), Some(RegistryError::NameTwice("fall".to_owned())));
    let spectrum = Kind { name: "spectrum", ..FALL };
    assert_eq!(refused(spectrum), Some(RegistryError::NameTwice("spectrum".to_owned())));
    const TWICE: &[TableDoc] = &[
        TableDoc { name: "run", about: "", keys: &[], columns: &[] },
        TableDoc { name: "run", about: "", keys: &[], columns: &[] },
    ];
    let expected = RegistryError::TableTwice { kind: "drop".to_owned(), table: "run".to_owned() };
    assert_eq!(refused(Kind { name: "drop", tables: TWICE, ..FALL }), Some(expected));
    const TAKEN: &[TableDoc] =
        &[TableDoc { name: "run", about: "", keys: &[column("replicate", "", "")], columns: &[] }];
    let expected =
        RegistryError::ColumnTaken { kind: "drop".to_owned(), table: "run".to_owned(), column: "replicate".to_owned() };
    assert_eq!(refused(Kind { name: "drop", tables: TAKEN, ..FALL }), Some(expected));
}
