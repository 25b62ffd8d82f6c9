//! Verdicts under other master seeds: measured, kept, shown.

use serde_json::Value as Json;

use super::project::{ABSENT, Project, Ran, strong};

/// A bound near the mean, which some seeds decide and others do not.
const NEAR: &str = "{at-least: 10.7}";

fn file(project: &Project) -> Json {
    serde_json::from_slice(&project.read("reports/stability.json")).expect("it is JSON")
}

fn page(project: &Project, name: &str) -> String {
    let page = String::from_utf8(project.read(&format!("reports/site/{name}/index.html"))).expect("a page");
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The verdict of `check` under a seed.
fn checked(project: &Project, seed: u64) -> String {
    let ran = project.run(&["check", "trees/near", "--json", "--seed", &seed.to_string()]);
    let json: Json = serde_json::from_str(&ran.stdout).expect("it is JSON");
    json["claims"][0]["verdict"].as_str().expect("a verdict").to_owned()
}

fn measured(project: &Project, arguments: &[&str]) -> Ran {
    let ran = project.run(&[&["stability"], arguments].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    ran
}

#[test]
fn a_claim_near_its_bound_is_told_from_a_stable_one() {
    let project = Project::new(&[("trees/near", &strong(NEAR)), ("trees/strong", &strong("{at-least: 5}"))]);
    let ran = measured(&project, &["--seeds", "6"]);
    let of = |verdict: &str| (2..8).filter(|&seed| checked(&project, seed) == verdict).collect::<Vec<u64>>();
    let (holding, open) = (of("holds"), of("inconclusive"));
    assert!(!holding.is_empty() && !open.is_empty() && holding.len() + open.len() == 6, "{holding:?}, {open:?}");

    let file = file(&project);
    assert_eq!((&file["format"], file["version"].as_str()), (&Json::from(1), Some(env!("CARGO_PKG_VERSION"))));
    let claims = &file["profiles"]["full"];
    let verdicts = serde_json::json!({"holds": holding, "inconclusive": open});
    assert_eq!(claims["trees/near"]["verdicts"], verdicts, "as `check` has it");
    assert_eq!(
        claims["trees/near"]["findings"],
        serde_json::json!([{"check": "strong", "control": null, "point": null, "verdicts": verdicts}])
    );
    assert_eq!(claims["trees/strong"]["verdicts"], serde_json::json!({"holds": [2, 3, 4, 5, 6, 7]}));
    assert_eq!(claims["trees/strong"]["findings"], serde_json::json!([]));

    let lines: Vec<&str> = ran.stdout.lines().collect();
    let (held, all) = (holding.len(), format!("{} of 6 seeds", holding.len()));
    assert_eq!(lines[0], format!("{held} of 6 seeds clean (full)"));
    assert!(lines[1].starts_with(&format!("trees/near holds under {all}, is inconclusive under ")), "{ran:?}");
    assert!(lines[2].starts_with(&format!("    “strong” holds under {all}, is inconclusive under ")), "{ran:?}");
    assert_eq!(lines.len(), 3, "nothing is said of a stable claim: {ran:?}");
    for seed in 2..8 {
        let number = if holding.contains(&seed) { 2 } else { 1 };
        assert!(ran.stderr.contains(&format!("seed {seed}: {number} of 2 hold\n")), "{ran:?}");
    }
    assert_eq!(ran.stderr.lines().count(), 7, "a line per seed and where the file is: {ran:?}");
}

#[test]
fn a_run_replaces_only_its_own_part() {
    let project = Project::new(&[("trees/near", &strong(NEAR)), ("trees/strong", &strong("{at-least: 5}"))]);
    let seeds = |of: &Json| {
        let lists = of["verdicts"].as_object().expect("a map").values();
        let mut seeds: Vec<u64> = lists
            .flat_map(|list| list.as_array().expect("a list"))
            .map(|seed| seed.as_u64().expect("a seed"))
            .collect();
        seeds.sort_unstable();
        seeds
    };
    measured(&project, &["--seeds", "2"]);
    let first = file(&project);
    measured(&project, &["--seeds", "2", "--first", "5", "--profile", "quick", "trees/near"]);
    let second = file(&project);
    assert_eq!(second["profiles"]["full"], first["profiles"]["full"], "another profile stays");
    assert_eq!(seeds(&second["profiles"]["quick"]["trees/near"]), [5, 6]);
    assert_eq!(second["profiles"]["quick"]["trees/strong"], Json::Null);
    measured(&project, &["--seeds", "1", "--first", "9", "trees/near"]);
    let third = file(&project);
    assert_eq!(third["profiles"]["full"]["trees/strong"], first["profiles"]["full"]["trees/strong"], "not selected");
    assert_eq!(seeds(&third["profiles"]["full"]["trees/near"]), [9], "replaced, not added to");
    assert_eq!(third["profiles"]["quick"], second["profiles"]["quick"]);
    std::fs::remove_file(project.path("specs/trees/near.yaml")).expect("it is there");
    measured(&project, &["--seeds", "1"]);
    let last = file(&project);
    assert_eq!(last["profiles"]["full"]["trees/near"], Json::Null, "it is no more");
    assert_eq!(last["profiles"]["quick"], second["profiles"]["quick"]);
    let lines = String::from_utf8(project.read("reports/stability.json")).expect("text");
    assert_eq!(lines.lines().filter(|line| line.starts_with("\"trees/")).count(), 2, "a line per claim: {lines}");
}

#[test]
fn pages_say_what_was_measured_and_what_is_out_of_date() {
    let project = Project::holding();
    let said = |project: &Project| {
        assert_eq!(project.run(&["report"]).code, 0);
        (page(project, "trees/strong"), page(project, "method"))
    };
    let (claim, method) = said(&project);
    assert!(!claim.contains("other master seed") && !method.contains("other master seed"), "nothing was measured");
    assert!(method.contains("<code>--seed</code>"), "the page says how to see");

    // The seed of the record, 1, is measured too and is no other seed.
    measured(&project, &["--seeds", "3", "--first", "1"]);
    let (claim, method) = said(&project);
    assert!(claim.contains("The same verdict under 2 of 2 other master seeds (full). <a"), "{claim}");
    assert!(method.contains("2 of 2 seeds (2, 3) were clean, over 1 claim."), "{method}");
    measured(&project, &["--seeds", "2", "--profile", "quick"]);
    let both = "The same verdict under 2 of 2 other master seeds (full), 2 of 2 (quick). <a";
    assert!(said(&project).0.contains(both), "both profiles");

    let text = strong("{at-least: 5}");
    project
        .write("specs/trees/strong.yaml", &text.replace("is large", "is very large").replace("title: The", "title: A"));
    assert!(said(&project).0.contains(both), "words are not judged");
    project.write("specs/trees/strong.yaml", &text.replace("replicates: 18", "replicates: 19"));
    let (claim, method) = said(&project);
    assert!(claim.contains("The same verdict under 2 of 2 other master seeds (full). What was measured under other master seeds (quick) is out of date: "), "{claim}");
    assert!(
        method.contains("1 claim is left out, because what was measured is out of date: trees/strong."),
        "{method}"
    );
    project.write("specs/trees/strong.yaml", &strong("{at-least: 6}"));
    project.write("specs/trees/more.yaml", &text);
    let (claim, method) = said(&project);
    assert!(!claim.contains("The same verdict") && claim.contains("(full and quick) is out of date: "), "{claim}");
    assert!(method.contains("Nothing is known of any claim."), "{method}");
    assert!(method.contains("1 claim is left out, because nothing was measured: trees/more."), "{method}");
    let more = page(&project, "trees/more");
    assert!(more.contains("It has not been measured under other master seeds (full and quick)."), "{more}");
}

#[test]
fn a_damaged_file_is_refused_before_anything_runs() {
    let project = Project::holding();
    measured(&project, &["--seeds", "2"]);
    std::fs::remove_dir_all(project.path(".modewise")).expect("the store is there");
    let whole = String::from_utf8(project.read("reports/stability.json")).expect("text");
    for (damaged, expected) in [
        (whole[..whole.len() / 2].to_owned(), "is not a measurement of stability: EOF"),
        (whole.replace("\"findings\"", "\"finding\""), "is not a measurement of stability: missing field `findings`"),
        (whole.replace("\"format\": 1", "\"format\": 2"), "has format 2, written by modewise "),
        (
            whole.replace("[2,3]", "[2,2]"),
            "has verdicts of `trees/strong` in the profile `full` that no seeds can have given",
        ),
        (
            whole.replace("[2,3]", "[]"),
            "has verdicts of `trees/strong` in the profile `full` that no seeds can have given",
        ),
    ] {
        assert_ne!(damaged, whole, "{expected}");
        project.write("reports/stability.json", &damaged);
        for command in ["stability", "report"] {
            let ran = project.run(&[command]);
            assert_eq!(ran.code, 1, "{ran:?}");
            assert!(ran.stderr.contains("error: `reports/stability.json`") && ran.stderr.contains(expected), "{ran:?}");
        }
        assert_eq!(String::from_utf8(project.read("reports/stability.json")).expect("text"), damaged);
    }
    assert!(!project.path(".modewise").exists(), "nothing was run");
}

#[test]
fn errors_end_as_in_other_commands_and_verdicts_do_not() {
    let project = Project::new(&[("trees/strong", &strong("{at-least: 20}")), ("zoo/animals", ABSENT)]);
    let code = |arguments: &[&str]| project.run(&[&["stability"], arguments].concat()).code;
    assert_eq!(code(&["--seeds", "0"]), 2);
    assert_eq!(code(&["--seeds", "2", "--first", "18446744073709551615"]), 2);
    assert_eq!(code(&["--seed", "2"]), 2, "the seeds are many");
    assert_eq!(code(&["trees/none"]), 4);
    assert_eq!(code(&["zoo"]), 4, "all are skipped");
    assert!(!project.path("reports").exists());
    let ran = measured(&project, &["--seeds", "1", "--no-store"]);
    let expected = "\
0 of 1 seed clean (full)
trees/strong fails under 1 of 1 seed
    “strong” fails under 1 of 1 seed
";
    assert_eq!(ran.stdout, expected);
    assert!(ran.stderr.starts_with("zoo/animals is skipped: the data file `zoo.csv` is not there\n"), "{ran:?}");
    assert_eq!(file(&project)["profiles"]["full"].as_object().map(serde_json::Map::len), Some(1));
    assert!(!project.path(".modewise").exists());
    assert_eq!(measured(&project, &["--seeds", "1", "--quiet"]).stderr, "");
    project.write("specs/trees/strong.yaml", &strong("{at-lest: 20}"));
    assert_eq!(code(&[]), 96);
}
