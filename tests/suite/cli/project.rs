//! A folder with specs to run the program in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// A temporary folder with specs.
pub(crate) struct Project(TempDir);

/// What a command gave.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A claim: the mean of the largest singular value of a random tree of 50 features is 11.6 on 20 replicates, and 2.5 in
/// the control with 2 features.
pub(crate) fn strong(expect: &str) -> String {
    format!(
        "\
title: The first mode is strong
statement: Its singular value is large.
source: {{cite: bgn2012}}
why-this-tolerance: It is far off.
tags: [tree]
experiment:
  spectrum:
    data: {{tree: {{depth: 2, flip: 0.1, features: 50}}}}
replicates: 20
checks:
  - {{name: strong, table: modes, where: mode <= 1, measure: mean(s), expect: {expect}}}
controls:
  - {{name: few features, because: the mode is weak, set: {{data.tree.features: 2}}, fails: [strong]}}
figures:
  - {{kind: spectrum, caption: Singular values.}}
profiles:
  quick: {{replicates: 18}}
"
    )
}

/// A claim about a network whose learning rate is far too large.
pub(crate) const DIVERGING: &str = "\
title: A network learns at any rate
statement: It does not.
source: {cite: bgn2012}
why-this-tolerance: There is none.
experiment:
  training:
    data: {tree: {depth: 2, flip: 0.1, features: 50}}
    learner: {linear: {layers: 2, hidden: 4, start: {normal: 0.1}, rate: 10}}
    stop: {steps: 100}
replicates: 2
checks:
  - {name: it learns, table: run, measure: mean(final_loss), expect: {at-most: 1}}
controls:
  - {name: faster, because: it is worse, set: {learner.linear.rate: 20}, fails: [it learns]}
";

/// A claim about a table that is not there.
pub(crate) const ABSENT: &str = "\
title: Animals have a first mode
statement: They do.
source: {cite: bgn2012}
why-this-tolerance: None.
experiment:
  spectrum:
    data: {csv: {path: zoo.csv, orientation: items-in-rows, missing: refuse}}
replicates: 1
checks:
  - {name: strong, table: modes, measure: max(s), expect: {at-least: 1}}
controls:
  - {name: centred, because: the mean is gone, set: {centre: grand-mean}, fails: [strong]}
";

impl Project {
    /// A project with these claims: file below `specs/` and text.
    pub(crate) fn new(claims: &[(&str, &str)]) -> Self {
        let project = Self(TempDir::new().expect("there is a folder for temporary files"));
        project.write(
            "specs/sources.yaml",
            "bgn2012: {authors: F. Benaych-Georges, title: Singular values, venue: JMVA, year: 2012}\n",
        );
        for (file, text) in claims {
            let chapter = Path::new(file).parent().expect("a claim lies in a chapter").display().to_string();
            project.write(&format!("specs/{chapter}/_chapter.yaml"), "title: Trees\nintroduction: About trees.\n");
            project.write(&format!("specs/{file}.yaml"), text);
        }
        project
    }

    /// The project with one claim that holds.
    pub(crate) fn holding() -> Self {
        Self::new(&[("trees/strong", &strong("{at-least: 5}"))])
    }

    /// A file of the project.
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().expect("it lies in the project")).expect("the folder can be written");
        fs::write(path, text).expect("the folder can be written");
    }

    pub(crate) fn read(&self, file: &str) -> Vec<u8> {
        fs::read(self.path(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    /// The program in the project, without anything from the environment that it reads.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_modewise"));
        command.current_dir(self.0.path()).args(arguments);
        for name in ["MODEWISE_STORE", "MODEWISE_JOBS", "MODEWISE_URL", "SOURCE_DATE_EPOCH", "GITHUB_ACTIONS"] {
            command.env_remove(name);
        }
        for name in ["NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR"] {
            command.env_remove(name);
        }
        command
    }

    /// Runs the program in the project.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        ran(self.command(arguments))
    }
}

/// Runs a command to its end.
pub(crate) fn ran(mut command: Command) -> Ran {
    let Output { status, stdout, stderr } = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("the program prints text");
    Ran { code: status.code().expect("the program ends by itself"), stdout: text(stdout), stderr: text(stderr) }
}
