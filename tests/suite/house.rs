//! Rules of the house, checked over the sources: each test gathers every violation, then fails once.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the project") {
            let path = entry.expect("an entry of a folder of the project").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.strip_prefix(root()).expect("files are found below the root").to_string_lossy().replace('\\', "/")
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(root().join(path)).expect("a text file of the project")
}

fn none(violations: &[String]) {
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

/// The modules of the crate in the order of `lib.rs`.
fn modules() -> Vec<String> {
    read("src/lib.rs")
        .lines()
        .filter_map(|line| Some(line.strip_prefix("pub mod ")?.trim_end_matches(';').to_owned()))
        .collect()
}

/// The words that follow `crate::` in a source, `crate::{a::x, b}` included.
fn used(source: &str) -> BTreeSet<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut words = BTreeSet::new();
    for rest in source.split("crate::").skip(1) {
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut start = true;
            for (at, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => start = true,
                    c if start && c.is_alphabetic() => {
                        words.insert(word(&group[at..]));
                        start = false;
                    }
                    _ => {}
                }
            }
        } else {
            words.insert(word(rest));
        }
    }
    words
}

#[test]
fn a_module_uses_only_modules_declared_above_it() {
    let order = modules();
    let place = |module: &str| order.iter().position(|other| other == module);
    let mut violations = Vec::new();
    for file in files("src", ".rs") {
        let name = name(&file);
        let module = name["src/".len()..].split(['/', '.']).next().expect("a split has a first part");
        let Some(own) = place(module) else { continue };
        for other in used(&read(&file)) {
            if place(&other).is_some_and(|other| other > own) {
                violations.push(format!("{name} uses `{other}`, which stands below `{module}` in src/lib.rs"));
            }
        }
    }
    none(&violations);
}

#[test]
fn a_kind_of_experiment_uses_no_other_kind() {
    let folder = "src/experiment/kinds/";
    let mut violations = Vec::new();
    for file in files(folder, ".rs") {
        let name = name(&file);
        let own = name[folder.len()..].split(['/', '.']).next().expect("a split has a first part");
        let source = read(&file);
        let uses = source.split("kinds::").skip(1).map(|rest| rest.split("::").next().unwrap_or(rest));
        for other in uses.filter(|other| *other != own) {
            violations.push(format!("{name} uses the kind `{other}`; what kinds share is in src/experiment/common/"));
        }
    }
    none(&violations);
}

#[test]
fn each_library_has_one_place() {
    let places = [
        ("plotters", "src/report/figure/"),
        ("minijinja", "src/report/html.rs"),
        ("pulldown_cmark", "src/markup/"),
        ("pulldown_latex", "src/markup/"),
        ("quick_xml", "src/report/"),
        ("zmij", "src/report/number.rs"),
        ("serde_saphyr", "src/spec/"),
        ("serde_yaml", "src/spec/"),
        ("annotate_snippets", "src/spec/"),
        ("rayon", "src/threads.rs"),
        ("postcard", "src/store/"),
        ("statrs", "src/numerics/"),
        ("kodama", "src/numerics/"),
        ("multiversion", "src/numerics/"),
        ("safe_unaligned_simd", "src/numerics/"),
        ("clap", "src/cli/"),
        ("indicatif", "src/cli/"),
    ];
    let mut violations = Vec::new();
    for file in files("src", ".rs") {
        let source = read(&file);
        for (library, place) in places {
            let uses = [format!("use {library}::"), format!(" {library}::"), format!("({library}::")];
            if !name(&file).starts_with(place) && uses.iter().any(|text| source.contains(text)) {
                violations.push(format!("{} uses `{library}`, whose place is {place}", name(&file)));
            }
        }
    }
    none(&violations);
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut violations = Vec::new();
    for file in files("src", ".rs") {
        let source = read(&file);
        if !source.starts_with("//! ") {
            violations.push(format!("{} does not begin with a line that says what it is", name(&file)));
        }
        if source.lines().count() > 400 {
            violations.push(format!("{} has {} lines (at most 400)", name(&file), source.lines().count()));
        }
    }
    none(&violations);
}

#[test]
fn architecture_lists_what_is_there() {
    let text = read("ARCHITECTURE.md");
    let listed: BTreeSet<&str> = text.split('`').skip(1).step_by(2).collect();
    let mut violations = Vec::new();
    for module in modules() {
        if !listed.contains(format!("src/{module}/").as_str()) && !listed.contains(format!("src/{module}.rs").as_str())
        {
            violations.push(format!("ARCHITECTURE.md does not list the module `{module}`"));
        }
    }
    for path in &listed {
        let is_path = path.contains('/') && !path.contains([' ', '*', '<', ':', '{', '$']);
        let generated = path.starts_with("reports/") || path.starts_with(".modewise/") || path.starts_with("target/");
        if is_path && !generated && !root().join(path).exists() {
            violations.push(format!("ARCHITECTURE.md lists `{path}`, which is not there"));
        }
    }
    none(&violations);
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = read("Cargo.toml");
    let mut violations = Vec::new();
    let mut section = "";
    let mut reason = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        }
        let dependency = section == "[dependencies]" || section == "[build-dependencies]";
        if line.starts_with('#') {
            reason = true;
        } else if line.is_empty() {
            reason = false;
        } else if dependency && line.contains('=') && !reason {
            violations.push(format!("Cargo.toml does not say why `{line}` is there"));
        }
    }
    none(&violations);
}

#[test]
fn the_promised_version_of_rust_is_the_one_that_is_tested() {
    let value = |file: &str, key: &str| {
        let text = read(file);
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_else(|| panic!("{file} has no `{key}`"));
        line.split('"').nth(1).unwrap_or_else(|| panic!("{file}: `{line}` has no text")).to_owned()
    };
    let (promised, tested) = (value("Cargo.toml", "rust-version"), value("rust-toolchain.toml", "channel"));
    assert!(tested == promised || tested.starts_with(&format!("{promised}.")), "{promised} promised, {tested} tested");
}

#[test]
fn actions_are_pinned_by_the_hash_of_a_commit() {
    let mut violations = Vec::new();
    for file in files(".github/workflows", ".yml") {
        for (place, line) in read(&file).lines().enumerate() {
            let Some((_, action)) = line.split_once("uses: ") else { continue };
            let (hash, version) = action.split_once('@').unwrap_or_default().1.split_once(" # v").unwrap_or_default();
            if hash.len() != 40 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) || version.is_empty() {
                violations.push(format!("{}:{}: `{action}` (allowed: @HASH # vVERSION)", name(&file), place + 1));
            }
        }
    }
    none(&violations);
}
