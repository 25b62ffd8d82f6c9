//! The record: the same bytes whoever computes it, and nothing but what was written comes back.

use std::fs;
use std::path::Path;

use indexmap::IndexMap;
use modewise::judge::verdict::Verdict;
use modewise::pipeline::conclusion;
use modewise::plan::{Plan, plan};
use modewise::plot::model::{Layer, Origin, Plot, PlotAxis};
use modewise::record::assemble::assemble;
use modewise::record::file::{read, read_timing, write, write_timing};
use modewise::record::provenance::provenance;
use modewise::record::text::text;
use modewise::record::{FORMAT, Provenance, Record, Timing};
use modewise::run::{Shard, run};
use modewise::seed::MasterSeed;
use modewise::spec::check::Expectation;
use modewise::spec::claim::{Catalogue, Chapter, Claim, Reference};
use modewise::store::Store;
use modewise::store::folder::Folder;
use modewise::table::Table;
use modewise::threads::Workers;
use modewise::versioned::VERSION;
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::run::fake;

const MASTER: MasterSeed = MasterSeed(7);

fn temporary() -> TempDir {
    TempDir::new().expect("there is a folder for temporary files")
}

fn catalogue(claims: Vec<Claim>) -> Catalogue {
    let chapter = |id: &str| Chapter { id: id.to_owned(), title: id.to_owned(), introduction: String::new() };
    let reference = Reference {
        authors: "F. Benaych-Georges, R. Nadakuditi".to_owned(),
        title: "The singular values and vectors of low rank perturbations".to_owned(),
        venue: "Journal of Multivariate Analysis".to_owned(),
        year: 2012,
        url: None,
    };
    let mut unused = reference.clone();
    unused.year = 1900;
    let sources = IndexMap::from([("old1900".to_owned(), unused), ("bgn2012".to_owned(), reference)]);
    Catalogue { claims, chapters: vec![chapter("others"), chapter("fakes")], sources }
}

fn plans(catalogue: &Catalogue) -> Vec<Plan> {
    catalogue.claims.iter().map(|claim| plan(claim, MASTER).expect("the parameters are right")).collect()
}

fn here() -> Provenance {
    provenance(Path::new(env!("CARGO_MANIFEST_DIR")), [&fake::FAKE])
}

/// Runs (a share of) the claims and leaves the cells in the store.
fn compute(catalogue: &Catalogue, store: &Store, shard: Shard, jobs: usize) {
    let workers = Workers::new(jobs).expect("there are threads");
    run(&plans(catalogue), store, shard, &workers, &|_| ()).expect("the store takes cells");
}

/// The record of a catalogue whose cells are in the store.
fn record(catalogue: &Catalogue, store: &Store) -> Record {
    let plans = plans(catalogue);
    let conclusions = catalogue.claims.iter().zip(&plans).map(|(claim, plan)| conclusion(claim, plan, store, MASTER));
    let conclusions = conclusions.collect::<Result<Vec<_>, _>>().expect("every cell is there");
    let (record, text) =
        assemble(catalogue, conclusions, "specs", "full", MASTER, here()).expect("the record is finite");
    let whole = [serde_json::to_vec(&record).expect("a record is JSON"), b"\n".to_vec()].concat();
    assert!(text.json() == whole, "the text is the record as JSON");
    record
}

/// A small record, computed in memory.
fn small() -> Record {
    let mut scatter = fake::claim("fakes/b", &[2, 3], 20);
    scatter.checks[0].per = vec!["size".to_owned()];
    let catalogue = catalogue(vec![fake::claim("fakes/a", &[2, 3], 20), scatter]);
    let store = Store::memory();
    compute(&catalogue, &store, Shard::WHOLE, 1);
    record(&catalogue, &store)
}

fn bytes(record: &Record) -> Vec<u8> {
    let folder = temporary();
    let path = folder.path().join("deep/record.json");
    write(&text(record).expect("the record is finite"), &path).expect("it can be written");
    fs::read(path).expect("it was written")
}

#[test]
fn the_bytes_are_the_same_for_any_number_of_jobs_and_shards() {
    // Large enough for threads inside of the linear algebra to show, if there were any.
    let catalogue = || catalogue(vec![fake::claim("fakes/a", &[8, 9, 513], 2)]);
    let one = Store::memory();
    compute(&catalogue(), &one, Shard::WHOLE, 1);
    let expected = bytes(&record(&catalogue(), &one));
    let three = Store::memory();
    compute(&catalogue(), &three, Shard::WHOLE, 3);
    assert!(bytes(&record(&catalogue(), &three)) == expected, "3 jobs");
    let merged = temporary();
    for number in 1..=3 {
        let part = temporary();
        let shard = Shard::new(number, 3).expect("it is one of 3");
        compute(&catalogue(), &Store::folder(part.path()), shard, 1);
        Folder::new(merged.path()).merge(&Folder::new(part.path())).expect("both can be read");
    }
    assert!(bytes(&record(&catalogue(), &Store::folder(merged.path()))) == expected, "3 shards");
}

#[test]
fn another_seed_gives_other_numbers() {
    let catalogue = catalogue(vec![fake::claim("fakes/a", &[4], 16)]);
    let digests = [1, 2].map(|seed| {
        let (master, store) = (MasterSeed(seed), Store::memory());
        let plans = [plan(&catalogue.claims[0], master).expect("the parameters are right")];
        let workers = Workers::new(1).expect("there are threads");
        run(&plans, &store, Shard::WHOLE, &workers, &|_| ()).expect("memory takes cells");
        let conclusion = conclusion(&catalogue.claims[0], &plans[0], &store, master).expect("every cell is there");
        let assembled = assemble(&catalogue, vec![conclusion], "specs", "full", master, here());
        assembled.expect("the record is finite").0.tables
    });
    assert_ne!(digests[0], digests[1]);
}

#[test]
fn a_record_comes_back_as_it_was_written() {
    let (folder, record) = (temporary(), small());
    let path = folder.path().join("record.json");
    write(&text(&record).expect("the record is finite"), &path).expect("it can be written");
    let found = read(&path).expect("it was just written");
    // A missing value is not equal to itself; the digest compares the rest and it.
    assert_eq!(found.digest, record.digest);
    assert_eq!(digest(&found), record.digest);
    assert_eq!((found.claims, found.provenance), (record.claims, record.provenance));
}

#[test]
fn other_programs_find_what_they_rely_on() {
    let json: Json = serde_json::from_slice(&bytes(&small())).expect("it is JSON");
    assert_eq!(json["format"], FORMAT);
    let claim =
        json!({"id": "fakes/a", "title": "Random matrices have an edge", "chapter": "fakes", "verdict": "holds"});
    for (field, expected) in claim.as_object().expect("it is a map") {
        assert_eq!(json["claims"][0][field], *expected, "{field}");
    }
    let fields = ["check", "control", "point", "verdict", "measured", "interval", "expected", "tolerance_use"];
    for finding in json["claims"][0]["findings"].as_array().expect("findings are a list") {
        let missing: Vec<_> = fields.iter().filter(|field| finding.get(**field).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?} in {finding}");
    }
    let sizes = json["tables"]["fakes/a"]["run"]["size"].as_array().expect("a column is a list");
    assert_eq!(sizes.len(), 40);
    assert_eq!(json["tables"]["fakes/a"]["run"]["gap"][1], Json::Null, "a missing value is null");
    assert!(json["provenance"].is_object());
    assert_eq!(json["digest"].as_str().map(str::len), Some(64));
}

#[test]
fn claims_stand_in_order_of_chapter_and_id_with_what_they_cite() {
    let mut first = fake::claim("others/z", &[2], 16);
    first.chapter = "others".to_owned();
    let catalogue = catalogue(vec![fake::claim("fakes/b", &[2], 16), fake::claim("fakes/a", &[2], 16), first]);
    let store = Store::memory();
    compute(&catalogue, &store, Shard::WHOLE, 1);
    let record = record(&catalogue, &store);
    let ids: Vec<&str> = record.claims.iter().map(|claim| claim.id.as_str()).collect();
    assert_eq!(ids, ["others/z", "fakes/a", "fakes/b"]);
    assert_eq!(record.sources.keys().collect::<Vec<_>>(), ["bgn2012"]);
    assert_eq!(record.claims[1].file, "specs/fakes/a.yaml", "the record does not say where the project is");
}

#[test]
fn only_tables_that_checks_or_figures_use_are_kept() {
    let mut claim = fake::claim("fakes/a", &[2], 16);
    claim.checks.clear();
    claim.controls.clear();
    let catalogue = catalogue(vec![claim]);
    let store = Store::memory();
    compute(&catalogue, &store, Shard::WHOLE, 1);
    assert!(record(&catalogue, &store).tables["fakes/a"].is_empty());
    assert!(small().tables["fakes/a"].contains_key("run"));
    assert!(small().control_tables["fakes/a"]["loud"].contains_key("run"));
}

#[test]
fn checks_are_kept_as_the_spec_has_them() {
    let cases: [(Expectation, &[(&str, &str)]); 5] = [
        (
            Expectation::Equals { value: fake::formula("2*2"), absolute: Some(0.5), relative: Some(0.01) },
            &[("equals", "2*2"), ("absolute", "0.5"), ("relative", "0.01")],
        ),
        (Expectation::Between { low: fake::formula("1"), high: fake::formula("9") }, &[("low", "1"), ("high", "9")]),
        (Expectation::AtMost { bound: fake::formula("50%"), ideal: None }, &[("at-most", "50%")]),
        (
            Expectation::AtLeast { bound: fake::formula("1e-3"), ideal: Some(0.5) },
            &[("at-least", "1e-3"), ("ideal", "0.5")],
        ),
        (Expectation::Exactly(fake::formula("3")), &[("exactly", "3")]),
    ];
    for (expectation, expected) in cases {
        let mut claim = fake::claim("fakes/a", &[2], 16);
        claim.checks[0].expect = expectation;
        let catalogue = catalogue(vec![claim]);
        let store = Store::memory();
        compute(&catalogue, &store, Shard::WHOLE, 1);
        let found = &record(&catalogue, &store).claims[0].checks[0].expect;
        let found: Vec<(&str, &str)> = found.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_skipped_claim_is_recorded_with_its_reason_and_no_numbers() {
    let mut claim = fake::claim("fakes/a", &[2], 16);
    claim.parameters = json!({"size": 1, "mood": "absent"});
    let record = record(&catalogue(vec![claim]), &Store::memory());
    assert_eq!(record.claims[0].verdict, Verdict::Skipped);
    assert_eq!(record.claims[0].reason.as_deref(), Some("`zoo.csv` is not there"));
    assert!(record.claims[0].findings.is_empty() && record.tables.is_empty());
    assert!(!record.claims[0].controls[0].failed);
}

#[test]
fn a_claim_with_a_failed_cell_is_broken() {
    let mut claim = fake::claim("fakes/a", &[2], 3);
    claim.parameters = json!({"size": 1, "mood": "fails"});
    let catalogue = catalogue(vec![claim]);
    let store = Store::memory();
    compute(&catalogue, &store, Shard::WHOLE, 1);
    let record = record(&catalogue, &store);
    assert_eq!(record.claims[0].verdict, Verdict::Broken);
    let note = record.claims[0].findings[0].note.as_deref().unwrap_or_default();
    assert!(note.contains("loss 1e300 at step 7"), "{note}");
}

/// The digest of what a record holds.
fn digest(record: &Record) -> String {
    text(record).expect("the record is finite").digest
}

/// A change of a record, with its name.
type Change = (&'static str, fn(&mut Record));

#[test]
fn the_digest_sees_every_number_but_not_the_provenance() {
    let record = small();
    let mut elsewhere = record.clone();
    elsewhere.provenance.compiler = "rustc 2.0.0".to_owned();
    assert_eq!(digest(&elsewhere), record.digest);
    let changes: [Change; 7] = [
        ("seed", |record| record.seed += 1),
        ("profile", |record| record.profile = "quick".to_owned()),
        ("verdict", |record| record.claims[0].verdict = Verdict::Fails),
        ("finding", |record| record.claims[0].findings[0].measured = Some(0.0)),
        ("spec", |record| record.claims[0].spec.push(' ')),
        ("chapter", |record| record.chapters[0].title.push('!')),
        ("table", |record| record.tables["fakes/a"]["run"].set("s1", vec![0.0; 40])),
    ];
    for (name, change) in changes {
        let mut changed = record.clone();
        change(&mut changed);
        assert_ne!(digest(&changed), record.digest, "{name}");
    }
}

#[test]
fn files_that_are_no_record_are_refused_with_the_reason() {
    let (folder, good) = (temporary(), String::from_utf8(bytes(&small())).expect("JSON is text"));
    let path = folder.path().join("record.json");
    let name = path.display().to_string();
    let error = |text: &str| {
        fs::write(&path, text).expect("the folder can be written");
        read(&path).expect_err("it is no record").to_string().replace(&name, "record.json")
    };
    let digest = small().digest;
    let tampered = error(&good.replacen("\"verdict\":\"holds\"", "\"verdict\":\"fails\"", 1));
    assert!(tampered.starts_with(&format!("`record.json` was changed: its digest is {digest}, its contents have ")));
    let reads = format!("(modewise {VERSION} reads format {FORMAT}; `modewise report` writes it)");
    let writers = [
        ("{\"format\": 99, \"everything\": \"else\"}", "an unknown version of modewise"),
        ("{\"format\": 99, \"provenance\": {\"version\": \"7.1.0\"}}", "modewise 7.1.0"),
        ("{\"format\": 99, \"version\": \"7.2.0\"}", "modewise 7.2.0"),
    ];
    for (text, writer) in writers {
        assert_eq!(error(text), format!("`record.json` has format 99, written by {writer} {reads}"));
    }
    for text in ["", "[]", "{}", &format!("{{\"format\": {FORMAT}}}"), &good[..good.len() / 2]] {
        let found = error(text);
        assert!(found.starts_with("`record.json` is not a record of modewise: "), "{found}");
    }
    fs::remove_file(&path).expect("it is there");
    let absent = read(&path).expect_err("there is no file").to_string();
    assert!(absent.contains("could not be read"), "{absent}");
}

/// A figure with a line through one point.
fn line_through(y: f64) -> Plot {
    let layer = Layer::Line { label: String::new(), series: 0, origin: Origin::Theory, points: vec![[0.0, y]] };
    let axis = PlotAxis { label: "x".to_owned(), unit: String::new(), log: false };
    Plot {
        kind: "lines".to_owned(),
        title: "y against x".to_owned(),
        caption: String::new(),
        x: axis.clone(),
        y: axis,
        z: None,
        layers: vec![layer],
    }
}

#[test]
fn numbers_that_json_cannot_hold_are_refused() {
    let changes: [Change; 8] = [
        ("measured", |record| record.claims[0].findings[0].measured = Some(f64::NAN)),
        ("interval", |record| record.claims[0].findings[0].interval = Some([0.0, f64::INFINITY])),
        ("expected", |record| record.claims[0].findings[0].expected = Some(f64::NAN)),
        ("band", |record| record.claims[0].findings[0].band[1] = Some(f64::INFINITY)),
        ("use", |record| record.claims[0].findings[0].tolerance_use = Some(f64::INFINITY)),
        ("figure", |record| record.plots["fakes/a"].push(line_through(f64::NAN))),
        ("table", |record| record.tables["fakes/a"]["run"].set("s1", vec![f64::INFINITY; 40])),
        ("control", |record| {
            let mut table = Table::new(["x"]);
            table.push(&[f64::NEG_INFINITY]);
            record.control_tables["fakes/a"]["loud"].insert("run".to_owned(), table);
        }),
    ];
    let folder = temporary();
    let path = folder.path().join("record.json");
    for (name, change) in changes {
        let mut record = small();
        change(&mut record);
        let error = text(&record).expect_err(name).to_string();
        assert!(error.ends_with("holds a number that is not finite"), "{name}: {error}");
        assert!(!path.exists(), "{name}: nothing is written");
    }
    let mut record = small();
    record.plots["fakes/a"].push(line_through(1.0));
    write(&text(&record).expect("every number is finite"), &path).expect("it can be written");
}

#[test]
fn timing_comes_back_as_it_was_written() {
    let folder = temporary();
    let path = folder.path().join("timing.json");
    let timing = Timing {
        finished: 1_700_000_000,
        seconds: 1.25,
        jobs: 2,
        fresh: IndexMap::from([("a".to_owned(), 3)]),
        stored: IndexMap::from([("a".to_owned(), 4)]),
        cells: Vec::new(),
    };
    write_timing(&timing, &path).expect("the folder can be written");
    assert_eq!(read_timing(&path).expect("it was just written"), timing);
}

#[test]
fn provenance_names_what_numbers_pass_through() {
    let provenance = here();
    assert_eq!(provenance.version, env!("CARGO_PKG_VERSION"));
    assert!(provenance.compiler.starts_with("rustc 1."), "{}", provenance.compiler);
    assert!(provenance.target.contains('-'), "{}", provenance.target);
    for name in ["faer", "rand", "rand_pcg", "rand_distr", "libm", "gemm"] {
        assert!(provenance.locked.contains_key(name), "{name}");
    }
    assert!(!provenance.locked.contains_key("minijinja"), "no number passes through the templates");
    assert_eq!(provenance.fingerprints, IndexMap::from([("fake".to_owned(), "f".to_owned())]));
    let nowhere = modewise::record::provenance::provenance(Path::new("/"), []);
    assert_eq!((nowhere.revision, nowhere.dirty), (None, None));
}
