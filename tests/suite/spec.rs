//! Tests of `spec`: loading, and what is said about mistakes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use modewise::experiment::Registry;
use modewise::spec;
use modewise::spec::check::Expectation;
use modewise::spec::claim::{Catalogue, Claim};
use modewise::spec::language::figure_kinds::FigureKind;
use modewise::spec::resolved;
use modewise::spec::setting::settings;
use modewise::spec::yaml::problems::Problems;
use serde_json::json;
use tempfile::TempDir;

mod formula;
mod language;
mod lists;
mod registry;

const SOURCES: &str = "bgn2012: {authors: F. Benaych-Georges, title: Low rank, venue: JMVA, year: 2012}\n";
const CHAPTER: &str = "title: Detection\nintroduction: When a category is found.\n";
const CLAIM: &str = include_str!("../good-specs/detection/category.yaml");
const SPECTRUM: &str = include_str!("../good-specs/detection/spectrum.yaml");

/// A folder of specs with one claim, `detection/category`.
fn folder_with(claim: &str) -> TempDir {
    folder(&[("sources.yaml", SOURCES), ("detection/_chapter.yaml", CHAPTER), ("detection/category.yaml", claim)])
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn load(claim: &str, profile: Option<&str>) -> Result<Claim, String> {
    let folder = folder_with(claim);
    match spec::load(folder.path(), profile, &Registry::built_in()) {
        Ok(mut catalogue) => Ok(catalogue.claims.remove(0)),
        Err(problems) => Err(in_specs(&problems, folder.path())),
    }
}

/// Problems as they are printed, for a folder `specs`.
fn in_specs(problems: &Problems, folder: &Path) -> String {
    problems.to_string().replace(&folder.display().to_string(), "specs")
}

fn refusal(result: Result<Catalogue, Problems>, folder: &Path) -> String {
    match result {
        Ok(_) => "no problem was found".to_owned(),
        Err(problems) => in_specs(&problems, folder),
    }
}

/// Settings for the snapshots of a section's mistakes.
fn snapshots(section: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("../bad-specs/snapshots/{section}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// What lies in a folder of mistakes, in order.
fn fixtures(of: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad-specs").join(of);
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("fixtures").map(|entry| entry.expect("a fixture").path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_stem().expect("a fixture has a name").to_string_lossy().into_owned()
}

#[test]
fn every_mistake_in_a_claim_says_where_what_and_what_is_allowed() {
    for section in fixtures("claims").iter().map(|folder| name(folder)) {
        snapshots(&section).bind(|| {
            insta::glob!("../bad-specs/claims", &format!("{section}/*.yaml"), |path| {
                let claim = fs::read_to_string(path).expect("a fixture");
                let found = load(&claim, None).map_or_else(|problems| problems, |_| "no problem was found".to_owned());
                insta::assert_snapshot!("claim", found);
            });
        });
    }
}

#[test]
fn every_mistake_in_a_folder_says_where_what_and_what_is_allowed() {
    snapshots("folders").bind(|| {
        for path in fixtures("folders") {
            let found = refusal(spec::load(&path, None, &Registry::built_in()), &path);
            insta::assert_snapshot!(format!("folder@{}", name(&path)), found);
        }
    });
}

#[test]
fn a_profile_has_bounds_of_its_own_and_a_control_rows_of_its_own() {
    let text = CLAIM
        .replace("sweep: {objects: [50]}}", "expect: {the category is found: {at-most: 8%}}}")
        .replace("fails: [the category is found]", "fails: [{check: the category is found, where: error > 0}]");
    let bound = |profile| match &load(&text, profile).expect("a right claim").checks[0].expect {
        Expectation::AtMost { bound, .. } => bound.text.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!((bound(None).as_str(), bound(Some("quick")).as_str()), ("5%", "8%"));
    let claim = load(&text, Some("quick")).expect("a right claim");
    let filter = claim.controls[0].fails[0].filter.as_ref().map(|filter| filter.text.as_str());
    assert_eq!(filter, Some("error > 0"));
    let shown = resolved(&claim);
    let again = load(&shown, None).unwrap_or_else(|problems| panic!("{problems}\n{shown}"));
    assert!(shown.contains("at-most: 8%") && shown.contains("where: error > 0"), "{shown}");
    assert_eq!(resolved(&again), shown);
}

#[test]
fn no_fixture_of_a_mistake_is_free_of_problems() {
    let of_claims = fixtures("claims").into_iter().map(|section| name(&section)).flat_map(|section| {
        let files = fixtures(&format!("claims/{section}")).into_iter();
        files.map(move |file| format!("{section}/claim@{}.yaml.snap", name(&file))).collect::<Vec<_>>()
    });
    let of_folders = fixtures("folders").into_iter().map(|path| format!("folders/folder@{}.snap", name(&path)));
    let wanted: BTreeSet<String> = of_claims.chain(of_folders).collect();
    let snapshots: Vec<PathBuf> =
        fixtures("snapshots").iter().flat_map(|section| fixtures(&format!("snapshots/{}", name(section)))).collect();
    let below = |path: &PathBuf| {
        let parts: Vec<_> = path.iter().rev().take(2).map(|part| part.to_string_lossy()).collect();
        format!("{}/{}", parts[1], parts[0])
    };
    assert_eq!(snapshots.iter().map(below).collect::<BTreeSet<_>>(), wanted, "one snapshot for each fixture");
    let clean: Vec<&PathBuf> =
        snapshots.iter().filter(|path| !fs::read_to_string(path).expect("a snapshot").contains("error: ")).collect();
    assert!(clean.is_empty(), "without a problem: {clean:?}");
}

#[test]
fn a_claim_means_what_its_file_says() {
    let claim = load(CLAIM, None).expect("a right claim");
    assert_eq!((claim.id.as_str(), claim.chapter.as_str()), ("detection/category", "detection"));
    assert_eq!(claim.text, CLAIM);
    assert_eq!((claim.kind.name, claim.replicates, claim.confidence), ("detection", 16, 0.99));
    assert_eq!(claim.parameters["block"], json!({ "area": 400 }));
    let axes: Vec<_> = claim.sweep.iter().flat_map(|axis| &axis.parameters).collect();
    let columns: Vec<_> = axes.iter().map(|axis| (axis.path.as_str(), axis.column.as_str())).collect();
    assert_eq!(columns, [("objects", "objects"), ("centre", "centre")]);
    assert_eq!(axes[0].labels, None);
    assert_eq!(axes[1].labels.as_deref(), Some(&["known".to_owned(), "none".to_owned()][..]));
    let check = &claim.checks[0];
    assert_eq!(check.lets["error"].text, "object_overlap - object_overlap_theory");
    assert_eq!(check.per, ["objects"]);
    assert!(matches!(&check.expect, Expectation::AtMost { bound, ideal: None } if bound.text == "5%"));
    let control = &claim.controls[0];
    assert_eq!(
        (control.set["density"].clone(), control.fails[0].check.as_str()),
        (json!(0.11), "the category is found")
    );
    let FigureKind::Lines(figure) = &claim.figures[0].kind else { panic!("not lines: {:?}", claim.figures) };
    assert!(figure.x.log && figure.y.scales().iter().all(|scale| !scale.log));
    assert_eq!(figure.theory.as_ref().map(|theory| theory.text.as_str()), Some("object_overlap_theory"));
    assert_eq!(figure.series.as_deref(), Some("centre"));
    assert_eq!(claim.absent, None);
}

#[test]
fn a_profile_changes_replicates_and_axes_and_nothing_else() {
    let cases = [(None, 16, 4), (Some("full"), 16, 4), (Some("quick"), 8, 2)];
    for (profile, replicates, points) in cases {
        let claim = load(CLAIM, profile).expect("a right claim");
        assert_eq!((claim.replicates, settings(&claim, None).len()), (replicates, points), "{profile:?}");
    }
    let without = CLAIM.replace("profiles:\n  quick:", "profiles:\n  other:");
    assert_eq!(load(&without, Some("quick")).expect("quick is always a profile").replicates, 16);
    assert_eq!(load(&without, Some("other")).expect("a profile").replicates, 8);
    let refused = load(CLAIM, Some("quik")).err().expect("no such profile");
    let expected = "error: `quik` is not a profile of any claim (allowed: full, quick)\n";
    assert!(refused.starts_with(expected) && refused.contains("did you mean `quick`?"), "{refused}");
}

#[test]
fn labels_have_the_same_place_in_every_profile() {
    let labelled = CLAIM.replace("sweep: {objects: [50]}", "sweep: {centre: [estimated, none]}");
    let labels = |profile| load(&labelled, profile).expect("a right claim").sweep[1].parameters[0].labels.clone();
    let expected = Some(vec!["known".to_owned(), "none".to_owned(), "estimated".to_owned()]);
    assert_eq!(labels(None), expected);
    assert_eq!(labels(Some("quick")), expected);
}

#[test]
fn axes_are_lists_ranges_or_move_together() {
    let cases = [
        ("objects: [50, 100]", vec![json!([50]), json!([100])]),
        ("objects: {linear: [50, 100, 3]}", vec![json!([50]), json!([75]), json!([100])]),
        ("objects: {log: [50, 200, 3]}", vec![json!([50]), json!([100]), json!([200])]),
        ("density: {log: [0.2, 0.8, 3]}", vec![json!([0.2]), json!([0.4]), json!([0.8])]),
        ("density: {linear: [0.3, 0.5, 3]}", vec![json!([0.3]), json!([0.4]), json!([0.5])]),
        (
            "together: [{objects: 50, features: 100}, {features: 200, objects: 60}]",
            vec![json!([50, 100]), json!([60, 200])],
        ),
    ];
    let base = CLAIM.replace("    per: [objects]\n", "").replace("value: objects", "value: area");
    let base = base.replace(", sweep: {objects: [50]}", "");
    for (axis, expected) in cases {
        let claim =
            load(&base.replace("objects: [50, 100]", axis), None).unwrap_or_else(|problems| panic!("{problems}"));
        let values: Vec<_> = claim.sweep[0].values.iter().map(|stop| json!(stop)).collect();
        assert_eq!(values, expected, "{axis}");
    }
    let groups = "together: [[{objects: 50, features: 100}, {objects: 60, features: 200}], \
                  [{background: 0.1, density: 0.8}, {background: 0.2, density: 0.9}]]";
    let claim = load(&base.replace("objects: [50, 100]", groups), None).unwrap_or_else(|problems| panic!("{problems}"));
    let paths: Vec<Vec<&str>> =
        claim.sweep.iter().map(|axis| axis.parameters.iter().map(|one| one.path.as_str()).collect()).collect();
    assert_eq!(paths, [vec!["objects", "features"], vec!["background", "density"], vec!["centre"]]);
}

#[test]
fn a_column_is_the_last_word_of_its_path_unless_that_is_taken() {
    let cases = [
        ("block.area: [400, 500]", vec!["objects", "block_area"]),
        ("background: [0.05, 0.1]", vec!["objects", "background"]),
        ("block.size.objects: [5, 6]\n  block.size.features: [7]", vec!["objects", "block_size_objects", "features"]),
        (
            "block.size.objects: [5, 6]\n  block.size.features: [7]\n  features: [50]",
            vec!["objects", "block_size_objects", "block_size_features", "features"],
        ),
    ];
    for (axes, expected) in cases {
        let claim = CLAIM.replace("  centre: [known, none]", &format!("  {axes}")).replace("    series: centre\n", "");
        let block = if axes.contains("size") { "" } else { "    block: {area: 400}\n" };
        let claim = claim.replace("    block: {area: 400}\n", block);
        let claim = load(&claim, None).unwrap_or_else(|problems| panic!("{problems}"));
        let columns: Vec<&str> =
            claim.sweep.iter().flat_map(|axis| &axis.parameters).map(|one| one.column.as_str()).collect();
        assert_eq!(columns, expected, "{axes}");
    }
}

/// A debug print without the places of formulas' parts, which move with quotes and white space around them.
fn without_spans(text: &str) -> String {
    text.split("span: ").map(|part| part.split_once(',').map_or(part, |(_, rest)| rest)).collect()
}

#[test]
fn a_resolved_claim_is_a_spec_of_the_same_claim() {
    let two_stages = CLAIM.replace(
        "    measure: mean(abs(error))\n    per: [objects]\n",
        "    per: [objects]\n    group: [centre]\n    reduce: {worst: max(abs(error))}\n    measure: mean(worst)\n",
    );
    let expectations = ["{equals: 1/2, within: {absolute: 0.1, relative: 2%}}", "{between: [0, 1e-3]}", "{exactly: 3}"];
    let others = expectations.map(|expect| CLAIM.replace("{at-most: 5%}", expect));
    let figures = [
        "- {kind: scatter, of: the category is found, x: area, y: error, caption: A.}",
        "- {kind: heatmap, table: run, x: objects, y: area, z: {value: s1, label: strength}, border: edge, caption: B.}",
    ];
    let drawn = CLAIM.replace("figures:\n", &format!("figures:\n  {}\n", figures.join("\n  ")));
    let groups = "together: [{objects: 50, features: 100}, {objects: 60, features: 200}]";
    let moving = CLAIM.replace("objects: [50, 100]", groups).replace(", sweep: {objects: [50]}", "");
    let tagged = CLAIM.replace("replicates: 16", "replicates: 16\ntags: [slow]\nconfidence: 0.95");
    let claims = [CLAIM.to_owned(), SPECTRUM.to_owned(), two_stages, drawn, moving, tagged].into_iter().chain(others);
    for text in claims {
        for profile in [None, Some("quick")] {
            let claim = load(&text, profile).unwrap_or_else(|problems| panic!("{problems}\n{text}"));
            let resolved = spec::resolved(&claim);
            let again = load(&resolved, None).unwrap_or_else(|problems| panic!("{problems}\n{resolved}"));
            assert_eq!(spec::resolved(&again), resolved);
            let parts = |claim: &Claim| {
                format!("{:?} {:?} {:?} {:?}", claim.sweep, claim.checks, claim.controls, claim.figures)
            };
            assert_eq!(without_spans(&parts(&again)), without_spans(&parts(&claim)), "{resolved}");
            assert_eq!((again.replicates, &again.parameters), (claim.replicates, &claim.parameters));
        }
    }
}

#[test]
fn a_data_file_that_is_not_there_skips_the_claim() {
    let claim = SPECTRUM
        .replace(
            "{tree: {depth: 3, flip: 0.1, features: 500}}",
            "{csv: {path: zoo.csv, orientation: items-in-rows, missing: refuse}}",
        )
        .replace("sweep:\n  data.tree.depth: [2, 3]\n", "")
        .replace("data.tree.flip: 0.5", "centre: grand-mean")
        .replace(", point: {depth: 2}", "");
    let claim = load(&claim, None).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(claim.absent.as_deref(), Some("the data file `zoo.csv` is not there"));
}

#[test]
fn chapters_stand_in_order_of_position_then_of_name() {
    let folder = folder(&[
        ("sources.yaml", SOURCES),
        ("a/_chapter.yaml", "title: A\nintroduction: a\n"),
        ("a/claim.yaml", CLAIM),
        ("b/_chapter.yaml", "title: B\nintroduction: b\nposition: 2\n"),
        ("b/claim.yaml", CLAIM),
        ("c/_chapter.yaml", "title: C\nintroduction: c\nposition: 1\n"),
        ("c/claim.yaml", CLAIM),
        ("c/inner/_chapter.yaml", "title: D\nintroduction: d\n"),
        ("c/inner/claim.yaml", CLAIM),
        (".hidden/claim.yaml", "not read: [\n"),
    ]);
    let catalogue =
        spec::load(folder.path(), None, &Registry::built_in()).unwrap_or_else(|problems| panic!("{problems}"));
    let chapters: Vec<&str> = catalogue.chapters.iter().map(|chapter| chapter.id.as_str()).collect();
    assert_eq!(chapters, ["c", "b", "a", "c/inner"]);
    let claims: Vec<&str> = catalogue.claims.iter().map(|claim| claim.id.as_str()).collect();
    assert_eq!(claims, ["a/claim", "b/claim", "c/claim", "c/inner/claim"]);
    assert_eq!(catalogue.sources["bgn2012"].year, 2012);
}

#[test]
fn hostile_yaml_is_refused() {
    let laughs = |item: &str| {
        let level = |place: usize| {
            let before = [item, &format!("*a{}", place.saturating_sub(1))][usize::from(place > 0)].to_owned();
            format!("a{place}: &a{place} [{}]\n", vec![before; 9].join(", "))
        };
        (0..9).map(level).collect::<String>()
    };
    let cases = [
        ("an alias bomb", laughs("x"), "the file holds too much"),
        ("100 000 lists in lists", "[".repeat(100_000), "the file holds too much"),
        ("100 000 maps in maps", "{a: ".repeat(100_000), "the file holds too much"),
        ("block lists in lists", format!("{}a", "- ".repeat(100_000)), "the file holds too much"),
        (
            "block maps in maps",
            (0..1000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(),
            "the file holds too much",
        ),
        ("merged maps", "a: &a {x: 1}\nb: {<<: [*a, *a]}\n".to_owned(), "`<<` does not merge maps"),
        ("a long key", format!("{}: 1\n", "k".repeat(500_000)), "error: "),
        ("many nodes", format!("a: [{}]\n", "1, ".repeat(60_000)), "the file holds too much"),
        ("a long formula", CLAIM.replace("mean(abs(error))", &"1 + ".repeat(100_000)), "(allowed: up to 2000)"),
        ("a deep path", CLAIM.replace("  centre: [", &format!("  {}: [", vec!["a"; 300].join("."))), "is no parameter"),
        ("a null byte", "title: \0\n".to_owned(), "error: "),
        ("half a character", "title: \"\\uD800\"\n".to_owned(), "error: "),
    ];
    let mut failures = Vec::new();
    for (what, text, expected) in cases {
        let found = load(&text, None).map_or_else(|problems| problems, |_| "no problem was found".to_owned());
        if !found.contains(expected) {
            let start: String = found.chars().take(300).collect();
            failures.push(format!("{what}: expected {expected}, found {start}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_file_that_is_too_large_or_not_text_is_refused_unread() {
    let folder = folder_with(CLAIM);
    let huge = fs::File::create(folder.path().join("detection/huge.yaml")).expect("a file");
    huge.set_len(100 << 20).expect("a sparse file");
    fs::write(folder.path().join("detection/latin.yaml"), b"title: caf\xe9\n").expect("a file");
    let found = refusal(spec::load(folder.path(), None, &Registry::built_in()), folder.path());
    assert!(found.contains("error: the file is too large (allowed: up to 1048576 bytes)"), "{found}");
    assert!(found.contains("error: the file is not UTF-8 text"), "{found}");
}

#[test]
fn the_committed_schema_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs/claim.schema.json");
    let written = fs::read_to_string(&path).unwrap_or_default();
    let current = format!("{}\n", serde_json::to_string_pretty(&spec::schema(&Registry::built_in())).expect("JSON"));
    assert!(written == current, "specs/claim.schema.json is not what `modewise schema` prints");
}

#[test]
fn every_reference_of_the_schema_leads_somewhere() {
    let schema = spec::schema(&Registry::built_in());
    let mut lost = Vec::new();
    each(&schema, &mut |value| {
        if let Some(reference) = value.get("$ref").and_then(|reference| reference.as_str())
            && schema.pointer(reference.trim_start_matches('#')).is_none()
        {
            lost.push(reference.to_owned());
        }
    });
    assert!(lost.is_empty(), "{lost:?}");
    let kinds = schema["properties"]["experiment"]["properties"].as_object().expect("kinds").len();
    assert_eq!(kinds, Registry::built_in().names().len());
}

fn each(value: &serde_json::Value, visit: &mut impl FnMut(&serde_json::Value)) {
    visit(value);
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|item| each(item, visit)),
        serde_json::Value::Object(entries) => entries.values().for_each(|item| each(item, visit)),
        _ => {}
    }
}

#[test]
fn every_key_of_every_section_is_documented_once() {
    let mut wrong = Vec::new();
    let figures = spec::language::figure_kinds::KINDS
        .iter()
        .map(|kind| (kind.name, kind.fields.iter().flat_map(|fields| fields.iter()).collect::<Vec<_>>()));
    let sections =
        spec::language::section::SECTIONS.iter().map(|section| (section.name, section.fields.iter().collect()));
    for (name, fields) in sections.chain(figures) {
        for (place, field) in fields.iter().enumerate() {
            if field.about.is_empty()
                || field.about.ends_with('.')
                || fields[..place].iter().any(|other| other.name == field.name)
            {
                wrong.push(format!("{name}: {}", field.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn the_specs_of_the_project_load_in_every_profile() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    for profile in [None, Some("quick")] {
        let catalogue =
            spec::load(&folder, profile, &Registry::built_in()).unwrap_or_else(|problems| panic!("{problems}"));
        assert!(!catalogue.claims.is_empty());
        let absent: Vec<&str> =
            catalogue.claims.iter().filter(|claim| claim.absent.is_some()).map(|claim| claim.id.as_str()).collect();
        assert!(absent.is_empty(), "data files are missing: {absent:?}");
        let named = |claim: &Claim| claim.without_control().map(|check| check.name.clone()).collect::<Vec<_>>();
        let unnamed: Vec<_> = catalogue.claims.iter().map(|claim| (&claim.id, named(claim))).collect();
        let unnamed: Vec<_> = unnamed.iter().filter(|(_, checks)| !checks.is_empty()).collect();
        assert!(unnamed.is_empty(), "no control names {unnamed:?}");
    }
}
