//! A claim whose data file is absent: skipped everywhere, for a reason, and never counted as holding.

use super::project::{ABSENT, Project, strong};

const REASON: &str = "the data file `zoo.csv` is not there";

/// One claim that holds, one that is skipped.
fn mixed() -> Project {
    Project::new(&[("trees/strong", &strong("{at-least: 5}")), ("zoo/animals", ABSENT)])
}

/// Every place where a skipped claim is spoken of, with what must be said there.
fn places(project: &Project) -> Vec<(&'static str, String, Vec<&'static str>)> {
    let file = |name: &str| String::from_utf8(project.read(&format!("reports/site/{name}"))).expect("text");
    let plain = "the data file zoo.csv is not there";
    vec![
        ("summary.md", file("summary.md").replace(['\\', '`', '“', '”', '‘', '’'], ""), vec!["skipped", plain]),
        ("junit.xml", file("junit.xml").replace('`', ""), vec!["<skipped", "skipped=\"1\"", plain]),
        ("badge", file("badge/zoo/animals.json"), vec!["\"skipped\"", "lightgrey"]),
        ("index", file("index.html"), vec!["skipped"]),
        ("page", file("zoo/animals/index.html"), vec!["skipped", "zoo.csv"]),
        ("record", file("record.json"), vec!["\"skipped\"", REASON]),
    ]
}

#[test]
fn every_output_says_that_a_claim_was_skipped_and_why() {
    let project = mixed();
    let report = project.run(&["report"]);
    assert_eq!(report.code, 0, "what was judged holds: {report:?}");
    let silent: Vec<String> = places(&project)
        .into_iter()
        .flat_map(|(place, text, wanted)| {
            let missing: Vec<_> = wanted.into_iter().filter(|wanted| !text.contains(wanted)).collect();
            missing.into_iter().map(move |missing| format!("{place} does not say `{missing}`"))
        })
        .collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn a_skipped_claim_is_counted_apart() {
    let project = mixed();
    assert_eq!(project.run(&["report"]).code, 0);
    let badge = String::from_utf8(project.read("reports/site/badge/overall.json")).expect("text");
    assert!(badge.contains("1 of 1 hold, 1 skipped"), "{badge}");
    let junit = String::from_utf8(project.read("reports/site/junit.xml")).expect("text");
    assert!(junit.contains("failures=\"0\""), "{junit}");
    let check = project.run(&["check"]);
    assert!(check.stdout.contains("1 of 2 claims holds; 1 is skipped."), "{}", check.stdout);
}

#[test]
fn a_claim_that_will_be_skipped_is_named_before_anything_runs() {
    let project = mixed();
    for (arguments, wanted) in [
        (vec!["validate"], "zoo/animals would be skipped: the data file `zoo.csv` is not there"),
        (vec!["show", "zoo"], "# plan: skipped, the data file `zoo.csv` is not there"),
        (vec!["status"], "skipped: the data file `zoo.csv` is not there"),
        (vec!["check", "--quiet"], REASON),
    ] {
        let ran = project.run(&arguments);
        assert_eq!(ran.code, if arguments[0] == "status" { 106 } else { 0 }, "{arguments:?}: {ran:?}");
        assert!(ran.stdout.contains(wanted), "{arguments:?}: {}", ran.stdout);
    }
}

#[test]
fn claims_that_are_all_skipped_are_no_success() {
    let project = Project::new(&[("zoo/animals", ABSENT)]);
    let report = project.run(&["report"]);
    assert_eq!(report.code, 4, "{report:?}");
    let badge = String::from_utf8(project.read("reports/site/badge/overall.json")).expect("text");
    assert!(badge.contains("\"1 skipped\"") && badge.contains("lightgrey"), "{badge}");
}

#[test]
fn the_claim_runs_once_its_file_is_there() {
    let project = mixed();
    project.write("specs/zoo/zoo.csv", "name,fur,wings\nlion,1,0\nowl,0,1\nbat,1,1\n");
    let wrong = project.run(&["validate"]);
    assert_eq!(wrong.code, 96, "a column of names is no column of numbers: {wrong:?}");
    project.write("specs/zoo/zoo.csv", "fur,wings\n1,0\n0,1\n1,1\n");
    let check = project.run(&["check", "zoo"]);
    assert!(!check.stdout.contains("skipped") && check.stdout.contains("strong"), "{check:?}");
}
