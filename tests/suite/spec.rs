//! Tests of `spec`: loading, and what is said about mistakes.

use std::fs;
use std::path::{Path, PathBuf};

use modewise::spec;
use modewise::spec::claim::{Catalogue, Claim, Expectation, FigureKind};
use modewise::spec::problems::Problems;
use modewise::spec::setting::settings;
use serde_json::json;
use tempfile::TempDir;

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
    match spec::load(folder.path(), profile) {
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

fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../bad-specs/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// The files or folders of a kind of mistake, in order.
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
    snapshots().bind(|| {
        insta::glob!("../bad-specs", "claims/*.yaml", |path| {
            let claim = fs::read_to_string(path).expect("a fixture");
            let found = load(&claim, None).map_or_else(|problems| problems, |_| "no problem was found".to_owned());
            insta::assert_snapshot!("claim", found);
        });
    });
}

#[test]
fn every_mistake_in_a_folder_says_where_what_and_what_is_allowed() {
    snapshots().bind(|| {
        for path in fixtures("folders") {
            let found = refusal(spec::load(&path, None), &path);
            insta::assert_snapshot!(format!("folder@{}", name(&path)), found);
        }
    });
}

#[test]
fn no_fixture_of_a_mistake_is_free_of_problems() {
    let snapshots = fixtures("snapshots");
    let wanted = fixtures("claims").len() + fixtures("folders").len();
    assert_eq!(snapshots.len(), wanted, "one snapshot a fixture");
    let clean: Vec<&PathBuf> =
        snapshots.iter().filter(|path| !fs::read_to_string(path).expect("a snapshot").contains("error: ")).collect();
    assert!(clean.is_empty(), "without a problem: {clean:?}");
}
