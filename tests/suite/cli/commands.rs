//! What each command does and prints.

use std::collections::BTreeSet;
use std::fs;

use modewise::experiment::Registry;
use serde_json::Value as Json;

use super::project::{ABSENT, Project, Ran, ran, strong};

/// Three claims in two chapters.
fn several() -> Project {
    let holds = strong("{at-least: 5}");
    Project::new(&[
        ("trees/strong", &holds),
        ("trees/stronger", &holds.replace("tags: [tree]\n", "tags: [tree, theorem]\n")),
        ("zoo/animals", ABSENT),
    ])
}

fn json(ran: &Ran) -> Json {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error} in {ran:?}"))
}

#[test]
fn claims_are_selected_by_id_prefix_glob_and_tag() {
    let project = several();
    let cases: [(&[&str], &[&str]); 9] = [
        (&[], &["trees/strong", "trees/stronger", "zoo/animals"]),
        (&["trees/strong"], &["trees/strong"]),
        (&["trees/stro"], &["trees/strong", "trees/stronger"]),
        (&["trees"], &["trees/strong", "trees/stronger"]),
        (&["*ger"], &["trees/stronger"]),
        (&["{zoo,trees}/*s*r"], &["trees/stronger"]),
        (&["zoo", "trees/strong"], &["trees/strong", "zoo/animals"]),
        (&["--tag", "theorem"], &["trees/stronger"]),
        (&["--tag", "tree", "--tag", "theorem", "trees/strong"], &["trees/strong"]),
    ];
    for (arguments, expected) in cases {
        let listed = json(&project.run(&[&["list", "--json"], arguments].concat()));
        let ids: Vec<&str> =
            listed.as_array().expect("a list").iter().filter_map(|claim| claim["id"].as_str()).collect();
        assert_eq!(ids, expected, "{arguments:?}");
    }
}

#[test]
fn a_slip_in_a_selection_is_an_error_even_beside_one_that_is_right() {
    let ran = several().run(&["list", "trees/strong", "trees/strng"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (4, ""));
    assert_eq!(ran.stderr, "error: `trees/strng` selects no claim (did you mean `trees/strong`?)\n");
    let ran = several().run(&["list", "trees/[strong"]);
    assert_eq!(ran.code, 2, "{ran:?}");
}

#[test]
fn list_groups_claims_by_chapter() {
    let expected = "\
Trees
  trees/strong    The first mode is strong
  trees/stronger  The first mode is strong
Trees
  zoo/animals     Animals have a first mode
";
    assert_eq!(several().run(&["list"]).stdout, expected);
}

#[test]
fn validate_runs_nothing() {
    let project = several();
    let ran = project.run(&["validate"]);
    let expected = "\
3 claims in 2 chapters: no problems
zoo/animals would be skipped: the data file `zoo.csv` is not there
";
    assert_eq!((ran.code, ran.stdout.as_str()), (0, expected));
    assert!(!project.path(".modewise").exists());
    assert_eq!(project.run(&["validate", "--quiet"]).stdout, "");
}

#[test]
fn validate_names_checks_that_no_control_names() {
    let two = strong("{at-least: 5}").replace(
        "controls:\n",
        "  - {name: bounded, table: modes, measure: max(s), expect: {at-most: 50}}\ncontrols:\n",
    );
    let ran = Project::new(&[("trees/strong", &two)]).run(&["validate"]);
    let expected = "1 claim in 1 chapter: no problems\ntrees/strong: no control names the check `bounded`\n";
    assert_eq!((ran.code, ran.stdout.as_str()), (0, expected), "{ran:?}");
}

#[test]
fn problems_of_all_files_come_at_once() {
    let project = several();
    project.write("specs/trees/strong.yaml", &strong("{at-lest: 5}"));
    project.write("specs/trees/stronger.yaml", &strong("{at-least: 5}").replace("mean(s)", "mean(z)"));
    let ran = project.run(&["check"]);
    assert_eq!(ran.code, 96);
    for expected in ["trees/strong.yaml:11:", "trees/stronger.yaml:11:", "`z`", "problems in the specs"] {
        assert!(ran.stderr.contains(expected), "{expected} in {}", ran.stderr);
    }
}

#[test]
fn show_prints_a_spec_that_is_a_spec() {
    let project = several();
    let shown = project.run(&["show", "trees/strong", "--profile", "quick"]).stdout;
    assert!(shown.contains("replicates: 18\n"), "{shown}");
    assert!(shown.contains("# control few features: 2 cells in 1 point\n"), "{shown}");
    project.write("specs/trees/strong.yaml", &shown);
    let ran = project.run(&["check", "trees/strong"]);
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn show_names_the_cells_of_every_point() {
    let shown = json(&several().run(&["show", "trees/strong", "--json"]));
    let arms = shown[0]["arms"].as_array().expect("arms are a list");
    assert_eq!(arms.len(), 2);
    assert_eq!(arms[1]["control"], "few features");
    assert_eq!(arms[0]["points"][0]["experiment"]["spectrum"]["data"]["tree"]["branching"], 2, "a default");
    assert_eq!(arms[0]["points"][0]["cells"][0].as_str().map(str::len), Some(64));
}

#[test]
fn experiments_document_every_parameter_and_column() {
    let project = Project::new(&[]);
    let list = project.run(&["experiments"]).stdout;
    for kind in Registry::built_in().kinds() {
        assert!(list.contains(kind.name) && list.contains(kind.about), "{}", kind.name);
        let shown = project.run(&["experiments", kind.name]).stdout;
        let schema = kind.schema();
        let parameters = schema["properties"].as_object().expect("parameters are a map").keys();
        for parameter in parameters {
            assert!(shown.contains(&format!("\n  {parameter}  (")), "{parameter} in\n{shown}");
        }
        for table in kind.tables {
            assert!(shown.contains(&format!("\nTable {}: {}", table.name, table.about)), "{}", table.name);
            for column in table.all() {
                assert!(shown.contains(column.name) && shown.contains(column.about), "{}", column.name);
            }
        }
    }
}

#[test]
fn the_schema_is_json_and_names_every_experiment() {
    let ran = Project::new(&[]).run(&["schema"]);
    assert!(json(&ran)["properties"]["checks"].is_object());
    for kind in Registry::built_in().kinds() {
        assert!(ran.stdout.contains(&format!("\"{}\"", kind.name)), "{}", kind.name);
    }
}

#[test]
fn status_counts_what_the_store_has() {
    let project = Project::holding();
    assert_eq!(json(&project.run(&["status", "--json"]))[0]["missing"], 4);
    assert_eq!(project.run(&["run"]).code, 0);
    let ran = project.run(&["status"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "trees/strong  4 stored\n0 of 4 cells missing\n"));
    let other_seed = project.run(&["status", "--seed", "2"]);
    assert_eq!(
        (other_seed.code, other_seed.stdout.as_str()),
        (106, "trees/strong  0 stored, 4 missing\n4 of 4 cells missing\n")
    );
}

#[test]
fn a_damaged_cell_is_reported_and_computed_again() {
    let project = Project::holding();
    project.run(&["run"]);
    let cells = json(&project.run(&["show", "--json"]));
    let key = cells[0]["arms"][0]["points"][0]["cells"][0].as_str().expect("a cell has a name").to_owned();
    let file = format!(".modewise/store/{}/{key}.cell", &key[..2]);
    project.write(&file, "nonsense");
    let status = project.run(&["status"]);
    assert_eq!(status.code, 106);
    let warning = format!("warning: `{file}` is not a cell of this version of modewise");
    assert!(status.stderr.contains(&warning), "{}", status.stderr);
    let check = project.run(&["check"]);
    assert!(check.stderr.contains(&format!("{warning}; its cell is computed again")), "{}", check.stderr);
    assert!(check.stderr.contains("trees/strong: 1 cell computed, 3 stored"), "{}", check.stderr);
    assert_eq!(project.run(&["status"]).code, 0);
}

#[test]
fn nothing_is_stored_without_a_store() {
    let project = Project::holding();
    assert_eq!(project.run(&["check", "--no-store"]).code, 0);
    assert!(!project.path(".modewise").exists());
}

#[test]
fn the_profile_and_the_seed_are_recorded() {
    let project = Project::holding();
    let record = |arguments: &[&str]| {
        project.run(&[&["report"], arguments].concat());
        serde_json::from_slice::<Json>(&project.read("reports/record.json")).expect("a record is JSON")
    };
    let cases: [(&[&str], &str, u64, u64); 3] = [
        (&[], "full", 1, 20),
        (&["--profile", "quick"], "quick", 1, 18),
        (&["--profile", "full", "--seed", "7"], "full", 7, 20),
    ];
    for (arguments, profile, seed, replicates) in cases {
        let record = record(arguments);
        let found = (&record["profile"], &record["seed"], &record["claims"][0]["replicates"]);
        assert_eq!(found, (&Json::from(profile), &Json::from(seed), &Json::from(replicates)), "{arguments:?}");
    }
}

#[test]
fn a_site_is_rendered_again_from_its_record_alone() {
    let project = Project::holding();
    project.run(&["report"]);
    fs::remove_dir_all(project.path("specs")).expect("the specs are there");
    fs::remove_dir_all(project.path(".modewise")).expect("the store is there");
    let ran = project.run(&["report", "--from", "reports/record.json", "--out", "again/site"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for page in ["index.html", "trees/strong/index.html", "provenance/index.html", "record.json"] {
        let (first, again) =
            (project.read(&format!("reports/site/{page}")), project.read(&format!("again/site/{page}")));
        assert!(first == again, "{page} differs");
    }
}

#[test]
fn completions_know_every_command() {
    let project = Project::new(&[]);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = project.run(&["completions", shell]).stdout;
        for command in modewise::cli::command_line().get_subcommands() {
            assert!(script.contains(command.get_name()), "{} in {shell}", command.get_name());
        }
    }
}

#[test]
fn every_command_has_examples_of_flags_that_exist() {
    let program = modewise::cli::command_line();
    for command in program.get_subcommands() {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(help.starts_with("Examples:\n"), "{}", command.get_name());
        assert!(help.contains(&format!("modewise {}", command.get_name())), "{}", command.get_name());
        let own = command.get_arguments().chain(program.get_arguments());
        let flags: BTreeSet<String> = own.filter_map(|flag| Some(format!("--{}", flag.get_long()?))).collect();
        let named =
            help.lines().filter(|line| line.trim_start().starts_with(&format!("modewise {}", command.get_name())));
        for word in named.flat_map(|line| {
            line.split("&&").next().unwrap_or_default().split('|').next().unwrap_or_default().split_whitespace()
        }) {
            assert!(!word.starts_with("--") || flags.contains(word), "{word} of {}", command.get_name());
        }
    }
}

#[test]
fn the_command_line_is_consistent() {
    modewise::cli::command_line().debug_assert();
}

#[test]
fn the_store_may_be_named_by_the_environment() {
    let project = Project::holding();
    let mut command = project.command(&["run"]);
    command.env("MODEWISE_STORE", "elsewhere").env("MODEWISE_JOBS", "1");
    assert_eq!(ran(command).code, 0);
    assert!(project.path("elsewhere").is_dir() && !project.path(".modewise").exists());
}
