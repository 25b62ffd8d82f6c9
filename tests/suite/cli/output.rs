//! The terminal: order, words, colour, quiet and verbose.

use serde_json::Value as Json;

use super::project::{Project, ran, strong};

/// Claims of every verdict that a check can reach without a failing cell.
fn mixed() -> Project {
    Project::new(&[
        ("trees/fails", &strong("{at-least: 20}")),
        ("trees/holds", &strong("{at-least: 5}")),
        ("trees/unsure", &strong("{at-least: 10.7}")),
        ("trees/vacuous", &strong("{at-least: 1}")),
    ])
}

/// The claims that are named, in order.
fn named(text: &str) -> Vec<&str> {
    text.lines()
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split_whitespace().nth(1))
        .filter(|word| word.contains('/'))
        .collect()
}

#[test]
fn claims_come_worst_first_with_measured_expected_interval_and_tolerance_use() {
    let ran = mixed().run(&["check"]);
    assert_eq!(ran.code, 100);
    assert_eq!(named(&ran.stdout), ["trees/fails", "trees/vacuous", "trees/unsure", "trees/holds"]);
    insta::assert_snapshot!("check", ran.stdout.replace('\u{202f}', " "));
}

#[test]
fn quiet_says_only_what_needs_attention() {
    let project = mixed();
    let ran = project.run(&["check", "--quiet"]);
    assert_eq!(named(&ran.stdout), ["trees/fails", "trees/vacuous", "trees/unsure"]);
    assert_eq!(ran.stderr, "");
}

#[test]
fn verbose_says_what_the_controls_gave() {
    let project = Project::holding();
    let (plain, verbose) = (project.run(&["check"]).stdout, project.run(&["check", "-v"]).stdout);
    assert!(!plain.contains("in control \"few features\""), "{plain}");
    assert!(verbose.contains("in control \"few features\""), "{verbose}");
    assert_eq!(project.run(&["check", "-v", "-q"]).code, 2, "not both");
}

#[test]
fn progress_is_a_line_per_claim_where_there_is_no_terminal() {
    let project = Project::holding();
    assert_eq!(project.run(&["check"]).stderr, "trees/strong: 4 cells computed, 0 stored\n");
    assert_eq!(project.run(&["check"]).stderr, "trees/strong: 0 cells computed, 4 stored\n");
    let run = project.run(&["run", "--seed", "2"]).stderr;
    let lines: Vec<&str> = run.lines().collect();
    assert_eq!(lines[0], "trees/strong: 4 cells computed, 0 stored");
    assert!(lines[1].starts_with("4 cells computed in ") && lines[1].ends_with(" s"), "{run}");
}

#[test]
fn colour_is_for_terminals_that_want_it() {
    let project = mixed();
    let cases: [(&[(&str, &str)], bool); 4] = [
        (&[], false),
        (&[("CLICOLOR_FORCE", "1")], true),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
        (&[("NO_COLOR", "1")], false),
    ];
    for (environment, coloured) in cases {
        let mut command = project.command(&["check"]);
        command.envs(environment.iter().copied());
        assert_eq!(ran(command).stdout.contains('\u{1b}'), coloured, "{environment:?}");
    }
}

#[test]
fn json_has_the_claims_and_findings_of_the_record() {
    let project = mixed();
    project.run(&["report"]);
    let record: Json = serde_json::from_slice(&project.read("reports/record.json")).expect("a record is JSON");
    let ran = project.run(&["check", "--json"]);
    let answer: Json = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!(ran.code, 100);
    assert_eq!(answer["digest"], record["digest"]);
    let claims = record["claims"].as_array().expect("claims are a list");
    let of_claim = |claim: &Json| claim["findings"].as_array().expect("findings are a list").len();
    let findings = answer["findings"].as_array().expect("findings are a list");
    assert_eq!(findings.len(), claims.iter().map(of_claim).sum::<usize>());
    let mut findings = findings.iter();
    for claim in claims {
        for finding in claim["findings"].as_array().expect("findings are a list") {
            let mut flat = findings.next().expect("as many as in the record").clone();
            assert_eq!(flat.as_object_mut().expect("a map").remove("claim"), Some(claim["id"].clone()));
            assert_eq!(flat, *finding);
        }
    }
    let verdicts = |json: &Json| -> Vec<Json> {
        json["claims"].as_array().expect("claims are a list").iter().map(|claim| claim["verdict"].clone()).collect()
    };
    assert_eq!(verdicts(&answer), verdicts(&record));
    assert!(answer.get("tables").is_none());
}
