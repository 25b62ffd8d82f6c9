//! The examples run, and print what they are about.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The examples that a reader starts from, with what each has to print.
const EXAMPLES: &[(&str, &[&str])] = &[
    (
        "own_claim",
        &[
            "the claim itself: Holds, measured Some(",
            "a start on the slope: Fails, measured Some(",
            "\nThe wait at a saddle is the predicted one: Holds\n",
        ],
    ),
    ("detection", &["a block can be found from 1377 entries on: 37 objects and features each\n", "\n  90       5.88 "]),
    (
        "learning_times",
        &["\n   1          6.0000               1.47", "\n   3          2.0000               4.19", "computes Y"],
    ),
];

/// The example that takes long: it makes the table of the method page.
const LONG: &str = "coverage";

#[test]
fn every_example_runs_and_prints_what_it_is_about() {
    for (name, expected) in EXAMPLES {
        let run = ["run", "--quiet", "--locked", "--offline", "--example", name];
        let output = Command::new(env!("CARGO")).args(run).output().expect("cargo built this test");
        let (printed, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{name}: {errors}");
        for text in *expected {
            assert!(printed.contains(text), "{name} has no {text:?} in\n{printed}");
        }
    }
}

#[test]
fn no_example_is_left_out() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let there: BTreeSet<String> = fs::read_dir(folder)
        .expect("the folder of the examples")
        .map(|entry| entry.expect("an example").path().file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    let run = EXAMPLES.iter().map(|(name, _)| *name).chain([LONG]);
    assert_eq!(there, run.map(str::to_owned).collect());
}
