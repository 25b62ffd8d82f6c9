//! New specs, and tables of other people.

use modewise::experiment::Registry;
use serde_json::Value as Json;

use super::project::Project;

const ANIMALS: &str = "\
item,grow,move,roots,fly,swim,leaves
canary,1,1,0,1,0,0
robin,1,1,0,1,0,0
salmon,1,1,0,0,1,0
oak,1,0,1,0,0,1
rose,1,0,1,0,0,0
";

#[test]
fn a_new_spec_of_every_experiment_is_valid() {
    let project = Project::new(&[]);
    let kinds = Registry::built_in().names();
    for experiment in &kinds {
        let id = format!("drafts/{experiment}");
        let new = project.run(&["new", &id, "--experiment", experiment]);
        assert_eq!(new.code, 0, "{new:?}");
        let text = std::fs::read_to_string(project.path(&format!("specs/{id}.yaml"))).expect("it was written");
        assert!(text.contains(&format!("\nexperiment:\n  {experiment}:\n")), "{text}");
    }
    let valid = project.run(&["validate", "--profile", "quick"]);
    assert_eq!(
        (valid.code, valid.stdout.as_str()),
        (0, format!("{} claims in 1 chapter: no problems\n", kinds.len()).as_str()),
        "{valid:?}"
    );
    let again = project.run(&["new", "drafts/spectrum"]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("is there already"), "{again:?}");
    let unknown = project.run(&["new", "drafts/zoo", "--experiment", "zoo"]);
    assert!(unknown.stderr.contains("(allowed: attention, depth, "), "{unknown:?}");
}

#[test]
fn what_new_writes_is_what_validate_takes() {
    for chapter in ["2024", "true", "1e3", "no", "a-b", "0x1f", "1-"] {
        let project = Project::new(&[]);
        let new = project.run(&["new", &format!("{chapter}/first")]);
        assert_eq!(new.code, 0, "{new:?}");
        let valid = project.run(&["validate"]);
        assert_eq!(valid.code, 0, "{chapter}: {valid:?}");
    }
    for id in ["Drafts/First", "a_b/c", "a/b/c", "-a/b", "a", "a/"] {
        let project = Project::new(&[]);
        let new = project.run(&["new", "--", id]);
        assert_eq!(new.code, 2, "{id}: {new:?}");
        assert!(new.stderr.contains("(allowed: chapter/name, each of a-z, 0-9 and `-`)"), "{new:?}");
    }
    let project = Project::new(&[]);
    project.write("specs/sources.yaml", "\"saxe:2014\":\n  authors: A\n  title: T\n  venue: V\n  year: 2014\n");
    assert_eq!(project.run(&["new", "a/b"]).code, 0);
    assert_eq!(project.run(&["validate"]).stdout, "1 claim in 1 chapter: no problems\n");
}

#[test]
fn no_chapter_takes_a_folder_of_the_site() {
    let project = Project::new(&[]);
    let new = project.run(&["new", "provenance/first"]);
    let said = new.stderr.contains("the site has a folder `provenance` of its own");
    assert!(new.code == 2 && said && !project.path("specs/provenance").exists(), "{new:?}");
}

#[test]
fn a_new_spec_of_every_experiment_holds_in_a_project_that_had_none() {
    let project = Project::new(&[]);
    for experiment in Registry::built_in().names() {
        let id = format!("drafts/{experiment}");
        assert_eq!(project.run(&["new", &id, "--experiment", experiment, "--specs", "claims"]).code, 0);
    }
    let check = project.run(&["check", "--specs", "claims", "--profile", "quick"]);
    assert_eq!(check.code, 0, "{check:?}");
}

#[test]
fn a_table_is_analysed_by_its_modes() {
    let project = Project::new(&[]);
    project.write("animals.csv", ANIMALS);
    let ran = project.run(&["analyze", "animals.csv", "--rate", "1e-3", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let found: Json = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!((&found["items"], &found["features"]), (&Json::from(5), &Json::from(6)));
    let modes = found["modes"].as_array().expect("a list");
    let number = |mode: &Json, name: &str| mode[name].as_f64().expect("a number");
    let energy: f64 = modes.iter().map(|mode| number(mode, "s").powi(2)).sum();
    assert!((energy - 14.0).abs() < 1e-9, "the squares add up to the ones of the table: {energy}");
    let largest = number(&modes[0], "s");
    for mode in modes {
        let (s, m0) = (number(mode, "s"), 1e-6 * largest);
        assert!((number(mode, "half_time") - libm::log(s / m0 - 1.0) / (2.0 * s)).abs() < 1e-9, "{mode}");
        let rate = libm::log1p(1e-3 * s) / 1e-3;
        assert!((number(mode, "steps") - 1e3 * libm::log(s / m0 - 1.0) / (2.0 * rate)).abs() < 1e-6, "{mode}");
    }
    assert_eq!(modes[1]["items"][0], serde_json::json!(["oak", "rose"]), "plants part from animals first");
    assert_eq!(modes[1]["features"], serde_json::json!([["roots", "leaves"], ["move", "fly"]]), "by what they have");
    let text = project.run(&["analyze", "animals.csv"]).stdout;
    assert!(text.starts_with("5 items, 6 features, 4 modes; the strongest is learned first.\n"), "{text}");
}

#[test]
fn of_a_table_some_columns_can_be_analysed() {
    let project = Project::new(&[]);
    project.write("mixed.csv", "item,legs,colour,wings,note\nrobin,2,red,1,?\npine,0,green,0,tall\nfly,6,black,1,\n");
    let refused = project.run(&["analyze", "mixed.csv"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("`red` in line 2 of `mixed.csv`, column `colour`"), "{refused:?}");
    assert!(refused.stderr.contains("help: `--columns` says which columns are read"), "{refused:?}");
    let ran = project.run(&["analyze", "mixed.csv", "--columns", "wings,legs"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stdout.starts_with("3 items, 2 features, 2 modes;"), "{ran:?}");
    assert!(ran.stdout.contains("fly"), "items have their names: {ran:?}");
    // Columns are items when features stand in rows.
    project.write("turned.csv", "feature,robin,pine,fly\nlegs,2,0,6\nwings,1,0,1\n");
    let turned = project.run(&["analyze", "turned.csv", "--features-in-rows", "--columns", "fly,robin", "--json"]);
    let found: Json = serde_json::from_str(&turned.stdout).expect("it is JSON");
    assert_eq!((&found["items"], &found["features"]), (&Json::from(2), &Json::from(2)));
    assert_eq!(found["modes"][0]["items"][0][0], "fly", "{found}");
    let unknown = project.run(&["analyze", "mixed.csv", "--columns", "legs,horns"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("`--columns` names `horns`, which is no column (allowed: `item`, "), "{unknown:?}");
}

#[test]
fn a_table_with_gaps_says_what_to_do() {
    let project = Project::new(&[]);
    project.write("gaps.csv", "item,a,b\nx,1,?\ny,0,1\n");
    let ran = project.run(&["analyze", "gaps.csv"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("`--missing` is refuse, but there is no value in line 2"), "{ran:?}");
    assert_eq!(project.run(&["analyze", "gaps.csv", "--missing", "mean"]).code, 0);
    project.write("text.csv", "a,b\n1,x\n");
    assert!(project.run(&["analyze", "text.csv"]).stderr.contains("`x`"));
    project.write("zeros.csv", "a,b\n0,0\n");
    assert!(project.run(&["analyze", "zeros.csv"]).stderr.contains("only zeros"));
}
