//! Change over time: baseline, diff, history, reproduction.

use serde_json::{Value as Json, json};

use super::project::{ABSENT, Project, ran, strong};

#[test]
fn a_missing_baseline_makes_everything_new_and_is_no_error() {
    let project = Project::holding();
    let report = project.run(&["report"]);
    assert_eq!(report.code, 0, "{report:?}");
    let page = String::from_utf8(project.read("reports/site/index.html")).expect("a page");
    assert!(page.contains("There is no baseline yet"));
    let diff = project.run(&["diff"]);
    let expected = "there is no baseline `reports/baseline.json`: 1 claim new\n";
    assert_eq!((diff.code, diff.stdout.as_str()), (0, expected));
}

#[test]
fn diff_says_what_is_worse_better_and_moved() {
    let project = Project::holding();
    project.run(&["report"]);
    let saved = project.run(&["baseline", "save"]);
    assert_eq!(saved.stdout, "reports/baseline.json keeps 1 claim. The one claim holds.\n");
    let same = project.run(&["diff"]);
    let nothing = "Nothing has changed since the baseline: neither verdicts and values nor what the claims say and how they are checked.\n";
    assert_eq!((same.code, same.stdout.as_str()), (0, nothing));
    project.write("specs/trees/strong.yaml", &strong("{at-least: 20}").replace("flip: 0.1", "flip: 0.05"));
    project.write("specs/trees/more.yaml", &strong("{at-least: 5}"));
    let report = project.run(&["report"]);
    let summary = "Since the baseline, 1 claim is worse, 1 claim is new, 1 claim is altered and 1 value moved.\n";
    assert!(report.stdout.ends_with(summary), "{report:?}");
    let diff = project.run(&["diff"]);
    assert_eq!(diff.code, 103);
    assert!(
        diff.stdout.contains("worse   fails        trees/strong  The first mode is strong (was holds)\n"),
        "{diff:?}"
    );
    assert!(diff.stdout.contains("new     holds        trees/more  The first mode is strong\n"), "{diff:?}");
    assert!(diff.stdout.contains("moved   trees/strong, strong: "), "{diff:?}");
    let json: Json = serde_json::from_str(&project.run(&["diff", "--json"]).stdout).expect("it is JSON");
    assert_eq!(json["worse"][0]["id"], "trees/strong");
    assert_eq!((&json["worse"][0]["before"], &json["worse"][0]["after"]), (&Json::from("holds"), &Json::from("fails")));
    let page = String::from_utf8(project.read("reports/site/index.html")).expect("a page");
    assert!(page.contains("<h3>Worse</h3>") && page.contains("was holds"), "the site shows the change");
}

#[test]
fn diff_says_how_a_claim_is_checked_otherwise() {
    let project = Project::holding();
    project.run(&["report"]);
    project.run(&["baseline", "save"]);
    project.write("specs/trees/strong.yaml", &strong("{at-least: 9}").replace("mean(s)", "median(s)"));
    project.run(&["report"]);
    let harder = project.run(&["diff"]);
    assert_eq!(harder.code, 0, "{harder:?}");
    for line in [
        "altered trees/strong, check “strong”: `measure` is now `median(s)`, was `mean(s)`\n",
        "altered trees/strong, check “strong”: `expect at-least` is now `9`, was `5`\n",
        "altered trees/strong, check “strong”: allows 4 less: at least 9, was at least 5\n",
    ] {
        assert!(harder.stdout.contains(line), "{line} in {harder:?}");
    }
    project.write("specs/trees/strong.yaml", &strong("{at-least: 3}"));
    assert_eq!(project.run(&["report"]).code, 0, "the claim holds");
    let easier = project.run(&["diff", "--quiet"]);
    let weaker = "weaker  trees/strong, check “strong”: allows 2 more: at least 3, was at least 5\n";
    let summary = format!("{weaker}Since the baseline, 1 claim has weaker evidence.");
    assert!(easier.code == 103 && easier.stdout.starts_with(&summary), "{easier:?}");
    let json: Json = serde_json::from_str(&project.run(&["diff", "--json"]).stdout).expect("it is JSON");
    let expected = json!({"id": "trees/strong", "check": "strong", "control": null, "what": "wider", "weaker": true,
        "bands": [{"point": null, "before": [5.0, null], "after": [3.0, null]}]});
    assert_eq!(json["altered"][0], expected);
    assert_eq!(json["same_profile"], Json::Bool(true));
    // A profile may have bounds of its own.
    assert_eq!(project.run(&["report", "--profile", "quick"]).code, 0);
    let other = project.run(&["diff"]);
    let expected =
        "No verdict has changed since the baseline. Values, points, replicates, sweeps and expectations are not";
    assert!(other.code == 0 && other.stdout.starts_with(expected), "{other:?}");
}

#[test]
fn another_data_set_of_the_same_name_is_seen() {
    let project = Project::new(&[("trees/zoo", ABSENT)]);
    let table = |last: &str| format!("hair,feathers,eggs\n1,0,0\n0,1,1\n0,0,{last}\n");
    project.write("specs/trees/zoo.csv", &table("1"));
    project.run(&["report"]);
    project.run(&["baseline", "save"]);
    assert!(project.run(&["diff"]).stdout.starts_with("Nothing has changed"));
    project.write("specs/trees/zoo.csv", &table("0"));
    project.run(&["report"]);
    let diff = project.run(&["diff"]);
    assert!(diff.stdout.contains("altered trees/zoo, the claim: `parameter data.csv.blake3` is now `"), "{diff:?}");
}

#[test]
fn other_draws_are_not_compared_by_value() {
    let project = Project::holding();
    project.run(&["report"]);
    project.run(&["baseline", "save"]);
    project.run(&["report", "--seed", "2"]);
    let diff = project.run(&["diff"]);
    let expected = "No verdict has changed since the baseline. Values and points are not compared: the baseline has other draws.\n";
    assert_eq!((diff.code, diff.stdout.as_str()), (0, expected));
}

#[test]
fn a_record_serves_as_a_baseline_and_anything_else_does_not() {
    let project = Project::holding();
    project.run(&["report"]);
    assert_eq!(project.run(&["diff", "reports/record.json"]).code, 0);
    project.write("reports/baseline.json", "{}");
    for arguments in [&["diff"][..], &["report"]] {
        let ran = project.run(arguments);
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.stderr.contains("`reports/baseline.json` is not a baseline of modewise: "), "{ran:?}");
    }
}

#[test]
fn the_history_is_carried_from_site_to_site() {
    let project = Project::holding();
    let lines = || String::from_utf8(project.read("reports/site/history.jsonl")).expect("text").lines().count();
    project.run(&["report"]);
    project.run(&["report"]);
    assert_eq!(lines(), 1, "the same specs and draws have one entry");
    project.run(&["report", "--seed", "2"]);
    assert_eq!(lines(), 2);
    project.write("published.jsonl", "nonsense\n");
    project.run(&["report", "--history", "published.jsonl"]);
    assert_eq!(lines(), 1, "a line that is no entry is left out");
    project.run(&["report", "--history", "nowhere.jsonl"]);
    assert_eq!(lines(), 1, "a history that is not there is empty");
}

#[test]
fn a_fixed_date_gives_the_same_bytes() {
    let project = Project::holding();
    let site = |out: &str| {
        let mut command = project.command(&["report", "--quiet", "--out", &format!("{out}/site")]);
        command.env("SOURCE_DATE_EPOCH", "1700000000");
        assert_eq!(ran(command).code, 0);
        let page = |name: &str| project.read(&format!("{out}/site/{name}"));
        ["index.html", "provenance/index.html", "feed.xml", "ro-crate-metadata.json", "history.jsonl"].map(page)
    };
    // The first run computes its cells, the second finds them in the store: nothing of the site may show it.
    let (first, second) = (site("a"), site("b"));
    assert!(first == second);
    assert!(String::from_utf8_lossy(&first[1]).contains("2023-11-14 22:13 UTC"));
}

#[test]
fn an_address_gives_a_sitemap_and_links() {
    let project = Project::holding();
    let text = |name: &str| String::from_utf8(project.read(&format!("reports/site/{name}"))).expect("text");
    project.run(&["report"]);
    assert!(!project.path("reports/site/sitemap.xml").exists());
    project.run(&["report", "--url", "https://example.org/claims"]);
    assert!(text("sitemap.xml").contains("<loc>https://example.org/claims/trees/strong/</loc>"));
    assert!(text("summary.md").contains("(https://example.org/claims/trees/strong/index.html)"));
    assert_eq!(project.run(&["report", "--url", "example"]).code, 2);
}

#[test]
fn annotations_stand_on_the_line_of_the_check() {
    let project = Project::new(&[("trees/strong", &strong("{at-least: 20}"))]);
    let ran_plain = project.run(&["check"]);
    assert!(!ran_plain.stderr.contains("::error"), "{ran_plain:?}");
    let mut on_github = project.command(&["report"]);
    on_github.env("GITHUB_ACTIONS", "true");
    for found in [project.run(&["check", "--annotate"]), ran(on_github)] {
        let start = "::error file=specs/trees/strong.yaml,line=11,title=fails%3A The first mode is strong::“strong”: ";
        assert!(found.stderr.lines().any(|line| line.starts_with(start)), "{found:?}");
    }
    project.write("specs/trees/strong.yaml", &strong("{at-lest: 20}"));
    let invalid = project.run(&["validate", "--annotate"]);
    assert_eq!(invalid.code, 96);
    assert!(invalid.stderr.contains("::error file=specs/trees/strong.yaml,line=11,col="), "{invalid:?}");
}

#[test]
fn a_replicate_is_reproduced_from_store_and_record() {
    let project = Project::holding();
    project.run(&["report"]);
    let repro = project.run(&["repro", "trees/strong", "1", "2"]);
    assert_eq!(repro.code, 0, "{repro:?}");
    for place in ["the store", "the record"] {
        assert!(repro.stdout.contains(&format!("the same as in {place}, to the last bit: ")), "{repro:?}");
    }
    let control = project.run(&["repro", "trees/strong", "--control", "few features"]);
    assert_eq!((control.code, control.stdout.lines().count()), (0, 2), "{control:?}");
    let unknown = project.run(&["repro", "trees/strong", "--control", "none"]);
    assert!(unknown.stderr.contains("allowed: few features"), "{unknown:?}");
    let elsewhere = project.run(&["repro", "trees/strong", "--store", "nowhere"]);
    assert_eq!((elsewhere.code, elsewhere.stdout.lines().count()), (0, 1), "the record alone is enough");
    let other_seed = project.run(&["repro", "trees/strong", "--seed", "2"]);
    assert_eq!(other_seed.code, 106, "{other_seed:?}");
}

#[test]
fn explain_says_why_a_cell_would_run() {
    let project = Project::holding();
    let first = project.run(&["explain"]).stdout;
    assert!(first.contains("trees/strong: 4 of 4 cells would run\n"), "{first}");
    assert!(first.contains("  replicates 0 to 15: the store has no cell of the experiment `spectrum`\n"), "{first}");
    project.run(&["run"]);
    assert_eq!(project.run(&["explain"]).stdout, "trees/strong: nothing would run, 4 cells in the store\n");
    let seed = project.run(&["explain", "--seed", "2"]).stdout;
    assert!(seed.contains("the store has it for the master seed 1, not for 2"), "{seed}");
    let quick = project.run(&["explain", "--profile", "quick"]).stdout;
    assert!(quick.contains("the store has replicates 0 to 19 of it"), "{quick}");
    project.write("specs/trees/strong.yaml", &strong("{at-least: 5}").replace("flip: 0.1", "flip: 0.2"));
    let changed = project.run(&["explain"]).stdout;
    assert!(
        changed.contains("new; in the nearest cell of the store `data.tree.flip` is 0.1 instead of 0.2"),
        "{changed}"
    );
}
