//! `report --watch`: the site follows the specs and the templates.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::project::{Project, strong};

/// A program that is ended with the test.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let ended = self.0.kill().and_then(|()| self.0.wait());
        ended.expect("a program that was started can be ended");
    }
}

/// Waits up to a minute until the file says so.
fn until(project: &Project, file: &str, text: &str) {
    for _ in 0..600 {
        let read = std::fs::read_to_string(project.path(file)).unwrap_or_default();
        if read.contains(text) {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("{file} does not say {text:?} after a minute");
}

#[test]
fn the_site_follows_specs_and_templates_and_survives_mistakes() {
    let project = Project::holding();
    project.write("templates/figure.css", "/* first */");
    let messages = std::fs::File::create(project.path("messages.txt")).expect("a file of the project");
    let mut command = Command::new(env!("CARGO_BIN_EXE_modewise"));
    command.current_dir(project.path(".")).args(["report", "--watch", "--quiet", "--templates", "templates"]);
    let program = command.stdout(Stdio::null()).stderr(messages).spawn().expect("the program starts");
    let watching = Watching(program);
    until(&project, "reports/site/index.html", "The one claim holds.");
    project.write("templates/figure.css", "/* the second */");
    until(&project, "reports/site/style.css", "/* the second */");
    project.write("specs/trees/strong.yaml", &strong("{at-lest: 20}"));
    // Because a mistake that is mended before anybody looks is no mistake.
    until(&project, "messages.txt", "`at-lest` is not a key");
    project.write("specs/trees/strong.yaml", &strong("{at-least: 2000}"));
    until(&project, "reports/site/index.html", "None of 1 claim holds");
    drop(watching);
}
