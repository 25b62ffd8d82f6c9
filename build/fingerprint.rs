// The code fingerprint of a kind of experiment: a hash of the sources and of the locked dependencies that its numbers
// come from. Included by `build.rs` and by the tests.
//
// The sources are found by following module paths from the experiment's own file. Comments count, and a path in a
// comment is followed: hashing too much costs a run, hashing too little would keep a wrong number.

use std::collections::{BTreeMap, BTreeSet};

use super::paths::paths;

/// Files by their path below `src`, with `/` between the parts.
pub(crate) type Sources = BTreeMap<String, Vec<u8>>;

/// The room of experiments. A kind does not depend on its neighbours through it.
const EXPERIMENTS: &str = "experiment/mod.rs";

/// The kinds of experiment: files and folders in `experiment/kinds/` but for its `mod.rs`.
pub(crate) fn kinds(sources: &Sources) -> BTreeSet<String> {
    let below = sources.keys().filter_map(|path| path.strip_prefix("experiment/kinds/"));
    below.filter(|path| *path != "mod.rs").filter_map(|path| path.split(['/', '.']).next()).map(str::to_owned).collect()
}

/// The files that a kind of experiment uses, its own included.
pub(crate) fn closure(sources: &Sources, kind: &str) -> BTreeSet<String> {
    let (file, folder) = (format!("experiment/kinds/{kind}.rs"), format!("experiment/kinds/{kind}/"));
    let mut open: Vec<String> =
        sources.keys().filter(|path| **path == file || path.starts_with(&folder)).cloned().collect();
    let mut reached: BTreeSet<String> = open.iter().cloned().collect();
    while let Some(file) = open.pop() {
        for next in uses(sources, &file) {
            if reached.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    reached
}

/// The files that a verdict follows from, once the cells are there: collecting them, formulas, intervals, judging.
pub(crate) fn judging(sources: &Sources) -> BTreeSet<String> {
    const PLACES: &[&str] = &["evidence.rs", "judge/", "numerics/statistics/", "spec/formula/"];
    sources.keys().filter(|path| PLACES.iter().any(|place| path.starts_with(place))).cloned().collect()
}

/// The fingerprint: BLAKE3 over the files (path and content) and the locked versions, each preceded by its length.
pub(crate) fn fingerprint(sources: &Sources, files: &BTreeSet<String>, locked: &BTreeMap<String, String>) -> String {
    let files = files.iter().flat_map(|file| [file.as_bytes(), &sources[file]]);
    let locked = locked.iter().flat_map(|(name, version)| [name.as_bytes(), version.as_bytes()]);
    let mut hasher = blake3::Hasher::new();
    for piece in files.chain(locked) {
        hasher.update(&(piece.len() as u64).to_le_bytes());
        hasher.update(piece);
    }
    hasher.finalize().to_hex().to_string()
}

/// The files that one file uses: by module paths, by lying in the folder of a nested `mod.rs`, by `include_str!`.
fn uses(sources: &Sources, file: &str) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(&sources[file]);
    let Some(module) = module_of(file) else { return BTreeSet::new() };
    let roots = roots(sources);
    let aliases = aliases(sources, &module, &text);
    let mut files: BTreeSet<String> = paths(&text)
        .iter()
        .filter_map(|path| absolute(&path.words, &module, &aliases))
        .filter(|path| roots.contains(&path[0]))
        .filter(|path| file != EXPERIMENTS || !matches!(path.get(1).map(String::as_str), Some("kinds" | "registry")))
        .filter_map(|path| (1..=path.len()).rev().find_map(|length| file_of(sources, &path[..length])))
        .collect();
    let folder = file.strip_suffix("mod.rs").filter(|folder| folder.matches('/').count() > 1);
    files.extend(sources.keys().filter(|path| folder.is_some_and(|folder| path.starts_with(folder))).cloned());
    files.extend(included(sources, file, &text));
    files
}

/// The top modules that numbers come from: those that `lib.rs` declares above `threads`. Everything from there on only
/// arranges or prints them.
pub(crate) fn roots(sources: &Sources) -> BTreeSet<String> {
    let text = sources.get("lib.rs").map(|text| String::from_utf8_lossy(text)).unwrap_or_default();
    let modules = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    modules.take_while(|module| *module != "threads").map(str::to_owned).collect()
}

/// A path from the crate's root; none if it does not lead to a module of the crate.
fn absolute(words: &[String], module: &[String], aliases: &BTreeMap<String, Vec<String>>) -> Option<Vec<String>> {
    let ups = words.iter().take_while(|word| *word == "super").count();
    let (start, rest) = match words[0].as_str() {
        "crate" => (&[][..], &words[1..]),
        "self" => (module, &words[1..]),
        "super" => (&module[..module.len().checked_sub(ups)?], &words[ups..]),
        first => (aliases.get(first)?.as_slice(), &words[1..]),
    };
    let path = [start, rest].concat();
    (!path.is_empty()).then_some(path)
}

/// What the first word of a path may stand for in a file: its child modules and the modules that it imports.
fn aliases(sources: &Sources, module: &[String], text: &str) -> BTreeMap<String, Vec<String>> {
    let modules = sources.keys().filter_map(|path| module_of(path));
    let children = modules.filter(|child| child.split_last().is_some_and(|(_, parent)| parent == module));
    let children = children.map(|child| (child[child.len() - 1].clone(), child));
    let imported = paths(text).into_iter().filter_map(|path| {
        let module = absolute(&path.words, module, &BTreeMap::new())?;
        file_of(sources, &module)?;
        Some((path.renamed.or_else(|| module.last().cloned())?, module))
    });
    children.chain(imported).collect()
}

/// The module that a file holds: `numerics/bits/packed.rs` holds `numerics`, `bits`, `packed`.
fn module_of(file: &str) -> Option<Vec<String>> {
    let path = file.strip_suffix(".rs")?;
    let path = path.strip_suffix("/mod").unwrap_or(path);
    Some(path.split('/').map(str::to_owned).collect())
}

/// The file that holds a module.
fn file_of(sources: &Sources, module: &[String]) -> Option<String> {
    let path = module.join("/");
    [format!("{path}.rs"), format!("{path}/mod.rs")].into_iter().find(|file| sources.contains_key(file))
}

/// Files named by `include_str!` and `include_bytes!`, beside or below the file that includes them.
fn included(sources: &Sources, file: &str, text: &str) -> Vec<String> {
    let folder = file.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let named = ["include_str!(\"", "include_bytes!(\""].into_iter().flat_map(|mark| text.split(mark).skip(1));
    let files = named.filter_map(|rest| Some(format!("{folder}{}", rest.split('"').next()?)));
    files.filter(|file| sources.contains_key(file)).collect()
}
