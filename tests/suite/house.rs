//! Rules of the house, checked over the sources: each test gathers every violation, then fails once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::paths::paths;

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

/// The sources by their path below `src`.
fn sources() -> BTreeMap<String, String> {
    files("src", ".rs").iter().map(|file| (name(file)["src/".len()..].to_owned(), read(file))).collect()
}

/// A folder of modules with the file that declares them, in their order.
struct Room<'a> {
    file: &'a str,
    /// Path of its folder below `src`, with a `/` at its end; nothing for the crate.
    folder: &'a str,
    declared: Vec<&'a str>,
    /// For each name that the file takes out of one of its modules, that module.
    taken: BTreeMap<String, String>,
}

impl<'a> Room<'a> {
    /// The room that a file declares; none if it is a module without modules in it.
    fn new(file: &'a str, source: &'a str) -> Option<Self> {
        let folder = file.strip_suffix("mod.rs").or_else(|| file.strip_suffix("lib.rs"))?;
        let declared: Vec<&str> = source
            .lines()
            .filter_map(|line| line.strip_suffix(';')?.split_once("mod "))
            .filter(|(before, _)| before.is_empty() || before.starts_with("pub"))
            .map(|(_, module)| module)
            .collect();
        let taken = paths(source).into_iter().filter_map(|path| {
            let words = absolute(&path.words, &modules_of(folder)).unwrap_or(path.words);
            let below = words.strip_prefix(&modules_of(folder)[..]).unwrap_or(&words);
            Some((path.renamed.or_else(|| below.last().cloned())?, below.first()?.clone()))
        });
        Some(Self { file, folder, taken: taken.collect(), declared })
    }

    /// Place of a module in the order of the room.
    fn place(&self, module: &str) -> Option<usize> {
        self.declared.iter().position(|other| *other == module)
    }

    /// The module that a path of a source in this room leads into, itself or through the room's own file.
    fn entered(&self, words: &[String]) -> Option<&str> {
        let word = words.strip_prefix(&modules_of(self.folder)[..])?.first()?;
        let module = if self.place(word).is_some() { word } else { self.taken.get(word)? };
        self.declared.iter().copied().find(|other| other == module)
    }
}

/// The modules above what lies in a folder.
fn modules_of(folder: &str) -> Vec<String> {
    folder.split_terminator('/').map(str::to_owned).collect()
}

/// A path from the crate's root, of one that stands in a module; none if it does not begin at a module of the crate.
fn absolute(words: &[String], module: &[String]) -> Option<Vec<String>> {
    let ups = words.iter().take_while(|word| *word == "super").count();
    let (start, rest) = match words[0].as_str() {
        "crate" => (&[][..], &words[1..]),
        "self" => (module, &words[1..]),
        "super" => (&module[..module.len().checked_sub(ups)?], &words[ups..]),
        _ => return None,
    };
    Some([start, rest].concat())
}

/// Uses of modules that stand below the one that uses them, in the crate and in every room. Without any there is no
/// circle. Paths in comments count.
fn upward_uses(sources: &BTreeMap<String, String>) -> Vec<String> {
    let rooms: Vec<Room<'_>> = sources.iter().filter_map(|(file, source)| Room::new(file, source)).collect();
    let mut violations = Vec::new();
    for (file, source) in sources {
        let module = modules_of(file.trim_end_matches(".rs").trim_end_matches("/mod"));
        let used: Vec<Vec<String>> = paths(source).iter().filter_map(|path| absolute(&path.words, &module)).collect();
        for room in &rooms {
            let Some(own) = file.strip_prefix(room.folder).and_then(|rest| rest.split(['/', '.']).next()) else {
                continue;
            };
            let Some(place) = room.place(own) else { continue };
            let others: BTreeSet<&str> = used.iter().filter_map(|words| room.entered(words)).collect();
            for other in others.into_iter().filter(|other| room.place(other) > Some(place)) {
                violations.push(format!("src/{file} uses `{other}`, which stands below `{own}` in src/{}", room.file));
            }
        }
    }
    violations
}

#[test]
fn a_module_uses_only_modules_declared_above_it() {
    none(&upward_uses(&sources()));
}

#[test]
fn uses_of_modules_below_are_found_however_they_are_written() {
    let found = |low: &str| {
        let files = [
            ("lib.rs", "pub mod table;\n\npub mod spec;\n"),
            ("table.rs", "use crate::{spec::high, table};"),
            ("spec/mod.rs", "mod low;\n\nmod high;\npub use high::High;\nuse crate::spec::high::Deep as Depth;\n"),
            ("spec/low.rs", low),
            ("spec/high/mod.rs", "mod inner;\nuse super::low::Low; use super::High;"),
            (
                "spec/high/inner.rs",
                "use crate::spec::high::inner::Own; use super::super::low::Low; use crate::table::Table;",
            ),
        ];
        upward_uses(&files.map(|(file, source)| (file.to_owned(), source.to_owned())).into())
    };
    let of_table = "src/table.rs uses `spec`, which stands below `table` in src/lib.rs";
    let of_low = "src/spec/low.rs uses `high`, which stands below `low` in src/spec/mod.rs";
    for low in ["use crate::table::Table;", "use std::high::High; struct High;", "use super::low::Low;"] {
        assert_eq!(found(low), [of_table], "{low}");
    }
    for low in [
        "use crate::spec::high::High;",
        "use super::high::inner::{Inner};",
        "fn f() { super::high::f() }",
        "use super::{low, high};",
        "use crate::spec::High;",
        "use super::Depth;",
        "//! See [`High`](crate::spec::high::High).",
    ] {
        assert_eq!(found(low), [of_low, of_table], "{low}");
    }
}

/// The names of what a file defines at its top level: not what it declares or exports again.
fn defined(source: &str) -> BTreeSet<&str> {
    source.lines().filter_map(defined_in).collect()
}

/// The name of the item that a line begins.
fn defined_in(line: &str) -> Option<&str> {
    const KINDS: [&str; 9] = ["const", "enum", "fn", "macro_rules", "static", "struct", "trait", "type", "union"];
    let words = line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    let (before, rest) = words.split_at(words.iter().position(|word| KINDS.contains(word))?);
    let item = line.starts_with("pub") || line.starts_with(rest[0]);
    // Because of `const fn`.
    let name = rest.iter().find(|word| !KINDS.contains(word))?;
    (item && !before.contains(&"use")).then_some(*name)
}

/// Uses by modules of what the file of their room defines itself: a circle, since that file stands above and below
/// them. By room; paths in comments count.
fn uses_of_rooms(sources: &BTreeMap<String, String>) -> BTreeMap<&str, Vec<String>> {
    let mut violations: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for room in sources.iter().filter_map(|(file, source)| Room::new(file, source)) {
        let defined = defined(&sources[room.file]);
        let inside = sources.iter().filter(|(file, _)| file.starts_with(room.folder) && *file != room.file);
        for (file, source) in inside {
            let module = modules_of(file.trim_end_matches(".rs").trim_end_matches("/mod"));
            let used = paths(source).into_iter().filter_map(|path| absolute(&path.words, &module));
            let names: BTreeSet<String> =
                used.filter_map(|words| words.strip_prefix(&modules_of(room.folder)[..])?.first().cloned()).collect();
            for name in names.iter().filter(|name| defined.contains(name.as_str())) {
                let of_room = violations.entry(room.folder).or_default();
                of_room.push(format!("src/{file} uses `{name}`, which src/{} defines", room.file));
            }
        }
    }
    violations
}

#[test]
fn no_module_uses_what_the_file_of_its_room_defines() {
    let sources = sources();
    none(&uses_of_rooms(&sources).into_values().flatten().collect::<Vec<_>>());
}

#[test]
fn what_a_room_defines_is_found_however_it_is_written() {
    let found = |item: &str, used: &str| {
        let files = [
            ("lib.rs", "pub mod spec;\n".to_owned()),
            ("spec/mod.rs", format!("mod low;\npub use low::Low;\n{item}\n")),
            ("spec/low.rs", "use std::fmt; pub struct Low;".to_owned()),
            ("spec/deep/mod.rs", "mod inner;".to_owned()),
            ("spec/deep/inner.rs", used.to_owned()),
        ];
        let files = files.map(|(file, source)| (file.to_owned(), source)).into();
        uses_of_rooms(&files).into_iter().map(|(room, of)| format!("{room} {}", of.join("; "))).collect::<Vec<_>>()
    };
    let violation = "spec/ src/spec/deep/inner.rs uses `High`, which src/spec/mod.rs defines";
    for item in [
        "pub struct High;",
        "struct High<'a>(&'a str);",
        "pub(in crate::spec) enum High {",
        "pub(crate) const fn High(number: u64) {",
        "const High: usize = 1;",
        "macro_rules! High {",
        "type High = u64;",
    ] {
        assert_eq!(found(item, "use crate::spec::High;"), [violation], "{item}");
    }
    let item = "pub struct High;";
    for used in [
        "use crate::spec::{Low, High as Above};",
        "//! See [`High`](crate::spec::High).",
        "fn f() { super::super::High }",
    ] {
        assert_eq!(found(item, used), [violation], "{used}");
    }
    for used in ["use crate::spec::Low;", "use crate::spec::low::High;", "struct High;", "use std::spec::High;"] {
        assert_eq!(found(item, used), Vec::<String>::new(), "{used}");
    }
    for item in ["pub use low::High;", "    fn High() {}", "impl High {", "// fn High", "use std::High;"] {
        assert_eq!(found(item, "use crate::spec::High;"), Vec::<String>::new(), "{item}");
    }
}

#[test]
fn a_path_goes_up_by_one_module_or_begins_at_the_crate() {
    let climbs = sources().into_iter().filter(|(_, source)| source.contains("super::super::"));
    none(
        &climbs
            .map(|(file, _)| format!("src/{file} has `super::super::` (allowed: a path from `crate`)"))
            .collect::<Vec<_>>(),
    );
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
