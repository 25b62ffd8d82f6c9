//! What the README shows is what there is.

use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a text file of the project")
}

/// The first block of YAML below a heading, without the comments at the ends of its lines.
fn block<'a>(text: &'a str, heading: &str) -> Vec<&'a str> {
    let (_, section) = text.split_once(heading).unwrap_or_else(|| panic!("`{heading}` is no heading"));
    let (_, rest) = section.split_once("```yaml\n").expect("the section shows YAML");
    let (block, _) = rest.split_once("\n```").expect("the block ends");
    block.lines().map(|line| line.split(" # ").next().unwrap_or(line).trim_end()).collect()
}

/// Whether lines are those of a file, in order, but for those in place of which a line has three dots; or the first
/// line that differs.
fn excerpt(shown: &[&str], file: &str) -> Result<(), String> {
    let mut lines = file.lines().filter(|line| !line.starts_with('#'));
    let mut left_out = false;
    for &line in shown {
        if line.trim() == "..." {
            left_out = true;
            continue;
        }
        let found = if left_out { lines.find(|other| *other == line) } else { lines.next() };
        if found != Some(line) {
            return Err(format!("the README has `{line}`, the spec {found:?}"));
        }
        left_out = false;
    }
    match lines.next().filter(|_| !left_out) {
        Some(line) => Err(format!("the README ends before `{line}`, without dots")),
        None => Ok(()),
    }
}

#[test]
fn the_claim_of_the_readme_is_an_excerpt_of_the_spec() {
    let (readme, spec) = (read("README.md"), read("specs/saddles/escape-rate.yaml"));
    let shown = block(&readme, "## A claim, line by line\n");
    assert_eq!(excerpt(&shown, &spec), Ok(()));
    for key in spec.lines().filter(|line| line.starts_with(|letter: char| letter.is_ascii_lowercase())) {
        assert!(shown.contains(&key), "the README leaves out `{key}`");
    }
}

#[test]
fn an_excerpt_has_dots_wherever_it_leaves_something_out() {
    let file = "# a comment\na: 1\nb: 2\nc: 3\n";
    for right in [&["a: 1", "b: 2", "c: 3"][..], &["a: 1", "...", "c: 3"], &["  ...", "b: 2", "..."]] {
        assert_eq!(excerpt(right, file), Ok(()), "{right:?}");
    }
    for wrong in
        [&["a: 1", "c: 3"][..], &["a: 1", "b: 2"], &["a: 1", "...", "c: 4"], &["...", "c: 3", "b: 2"], &["a: 2", "..."]]
    {
        assert!(excerpt(wrong, file).is_err(), "{wrong:?}");
    }
}
