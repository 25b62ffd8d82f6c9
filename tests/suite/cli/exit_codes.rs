//! Every exit code, reached.

use std::collections::BTreeSet;

use modewise::exit::Exit;
use modewise::judge::verdict::Verdict::{self, Broken, Fails, Holds, Inconclusive, Skipped, Vacuous};
use modewise::record::Record;

use super::project::{ABSENT, DIVERGING, Project, strong};

#[test]
fn the_codes_are_those_that_scripts_rely_on() {
    let codes: Vec<u8> = Exit::ALL.iter().map(|(exit, _)| exit.code()).collect();
    assert_eq!(codes, [0, 1, 2, 4, 96, 100, 101, 102, 103, 104, 106]);
    let meanings: BTreeSet<&str> = Exit::ALL.iter().map(|(_, meaning)| *meaning).collect();
    assert_eq!(meanings.len(), codes.len(), "no two codes mean the same");
}

#[test]
fn the_help_says_what_each_code_means() {
    let help = Project::new(&[]).run(&["--help"]).stdout;
    for (exit, meaning) in Exit::ALL {
        assert!(help.contains(&format!("{:>3}  {meaning}", exit.code())), "{} in\n{help}", exit.code());
    }
}

#[test]
fn the_worst_verdict_decides() {
    let cases: [(&[Verdict], Exit); 11] = [
        (&[Holds, Holds], Exit::Holds),
        (&[Holds, Skipped], Exit::Holds),
        (&[Skipped], Exit::NothingSelected),
        (&[], Exit::NothingSelected),
        (&[Holds, Inconclusive], Exit::Inconclusive),
        (&[Inconclusive, Broken], Exit::Broken),
        (&[Broken, Fails], Exit::Fails),
        (&[Broken, Vacuous], Exit::Fails),
        (&[Holds, Vacuous], Exit::Fails),
        (&[Holds, Fails, Inconclusive], Exit::Fails),
        (&[Inconclusive, Skipped], Exit::Inconclusive),
    ];
    for (verdicts, expected) in cases {
        assert_eq!(Exit::of(verdicts), expected, "{verdicts:?}");
    }
}

/// Claims of a project, a command line, the code that it must end with, and what must be said.
fn commands() -> Vec<(Project, Vec<&'static str>, Exit, &'static str)> {
    let project = |text: &str| Project::new(&[("trees/strong", text)]);
    let blocked = || {
        let project = Project::holding();
        project.write("blocked", "a file, where a folder should be");
        project
    };
    vec![
        (Project::holding(), vec!["check"], Exit::Holds, "The one claim holds."),
        (project(&strong("{at-least: 20}")), vec!["check"], Exit::Fails, "expected at least 20"),
        (project(&strong("{at-least: 1}")), vec!["check"], Exit::Fails, "does not fail in the control"),
        (project(DIVERGING), vec!["check"], Exit::Broken, "broken"),
        (project(&strong("{at-least: 10.7}")), vec!["check"], Exit::Inconclusive, "more replicates would decide"),
        (project(&strong("{at-lest: 5}")), vec!["check"], Exit::InvalidSpec, "`at-lest`"),
        (project(&strong("{at-lest: 5}")), vec!["validate"], Exit::InvalidSpec, "specs/trees/strong.yaml:11:"),
        (Project::holding(), vec!["check", "bushes"], Exit::NothingSelected, "`bushes` selects no claim"),
        (Project::holding(), vec!["check", "--tag", "bush"], Exit::NothingSelected, "(tags: tree)"),
        (project(ABSENT), vec!["check"], Exit::NothingSelected, "zoo.csv"),
        (Project::holding(), vec!["status"], Exit::CellsMissing, "4 of 4 cells missing"),
        (Project::holding(), vec!["check", "--sed", "1"], Exit::Usage, "--sed"),
        (Project::holding(), vec!["run", "--shard", "3/2"], Exit::Usage, "allowed: i/n"),
        (Project::holding(), vec!["merge", "nowhere"], Exit::Usage, "`nowhere` is not a folder"),
        (Project::holding(), vec!["experiments", "zoo"], Exit::Usage, "allowed: spectrum"),
        (blocked(), vec!["check", "--store", "blocked"], Exit::Internal, "the store could not be used"),
        (blocked(), vec!["report", "--out", "blocked/site"], Exit::Internal, "could not be written"),
        (blocked(), vec!["report", "--from", "blocked"], Exit::Internal, "is not a record"),
        (worse(), vec!["diff"], Exit::Worse, "1 claim is worse"),
        (Project::holding(), vec!["diff"], Exit::Internal, "record.json"),
        (damaged(), vec!["repro", "trees/strong"], Exit::NotReproduced, "not reproduced"),
        (Project::holding(), vec!["repro", "trees/strong"], Exit::CellsMissing, "neither the store nor a record"),
        (Project::holding(), vec!["repro", "trees/strong", "1", "20"], Exit::Usage, "allowed: 0 to 19"),
        (Project::holding(), vec!["new", "strong"], Exit::Usage, "allowed: chapter/name"),
        (Project::holding(), vec!["analyze", "nowhere.csv"], Exit::Usage, "nowhere.csv"),
        (Project::holding(), vec!["--version"], Exit::Holds, "modewise 0"),
        (Project::holding(), vec!["help", "run"], Exit::Holds, "Examples:"),
        (Project::holding(), vec![], Exit::Usage, "Usage:"),
    ]
}

#[test]
fn every_code_is_reached_by_a_command() {
    let mut reached = BTreeSet::new();
    let mut failures = Vec::new();
    for (project, arguments, exit, expected) in commands() {
        let ran = project.run(&arguments);
        reached.insert(exit.code());
        let said = format!("{}{}", ran.stdout, ran.stderr).contains(expected);
        if ran.code != i32::from(exit.code()) || !said {
            failures.push(format!("{arguments:?}: expected {} and \"{expected}\", found {ran:?}", exit.code()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let all: BTreeSet<u8> = Exit::ALL.iter().map(|(exit, _)| exit.code()).collect();
    assert_eq!(all, reached);
}

/// A claim that held when its baseline was saved.
fn worse() -> Project {
    let project = Project::holding();
    project.run(&["report"]);
    project.run(&["baseline", "save"]);
    project.write("specs/trees/strong.yaml", &strong("{at-least: 20}"));
    project.run(&["report"]);
    project
}

/// A claim whose record has another number than its experiment.
fn damaged() -> Project {
    let project = Project::holding();
    project.run(&["report"]);
    let mut record: Record = serde_json::from_slice(&project.read("reports/record.json")).expect("a record");
    let modes = record.tables["trees/strong"].get_mut("modes").expect("its table");
    let mut s = modes.column("s").expect("its column").to_vec();
    s[0] = f64::from_bits(s[0].to_bits() + 1);
    modes.set("s", s);
    let text = modewise::record::text::text(&record).expect("the record is finite");
    modewise::record::file::write(&text, &project.path("reports/record.json")).expect("it can be written");
    project
}

#[test]
fn the_report_is_written_whatever_the_code() {
    for (expect, exit) in [("{at-least: 5}", 0), ("{at-least: 20}", 100), ("{at-least: 10.7}", 102)] {
        let project = Project::new(&[("trees/strong", &strong(expect))]);
        assert_eq!(project.run(&["report"]).code, exit, "{expect}");
        for file in ["reports/record.json", "reports/timing.json", "reports/site/index.html"] {
            assert!(!project.read(file).is_empty(), "{expect}: {file}");
        }
        let page = String::from_utf8(project.read("reports/site/trees/strong/index.html")).expect("pages are text");
        assert!(page.contains("The first mode is strong"), "{expect}");
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let project = Project::holding();
    for arguments in [&["list", "--json"][..], &["show"], &["experiments", "training"], &["completions", "bash"]] {
        let (reader, writer) = std::io::pipe().expect("the system gives a pipe");
        drop(reader);
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_modewise"));
        command.current_dir(project.path(".")).args(arguments).stdout(writer);
        let output = command.output().expect("the program starts");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), said.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn a_panic_of_the_program_itself_is_an_internal_error_and_not_a_broken_claim() {
    assert_eq!(modewise::cli::guarded(|| panic!("a fault of the program")), Exit::Internal);
    assert_eq!(modewise::cli::guarded(|| Exit::Fails), Exit::Fails);
}
