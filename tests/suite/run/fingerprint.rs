//! The code fingerprint: what it depends on, and what not.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

#[path = "../../../build/fingerprint.rs"]
mod code;
#[path = "../../../build/locked.rs"]
mod locked;

use crate::paths::{self, paths};
use modewise::experiment::Registry;

use code::{Sources, closure, fingerprint, judging, kinds, roots};

/// Numerical files that no experiment uses: statistics of findings, and the list of kinds.
const NOT_RUN: &[&str] = &[
    "experiment/kinds/mod.rs",
    "experiment/registry.rs",
    "numerics/statistics/betting.rs",
    "numerics/statistics/binomial.rs",
    "numerics/statistics/bootstrap.rs",
    "numerics/statistics/decimal.rs",
    "numerics/statistics/least_squares_line.rs",
    "numerics/statistics/order_statistic.rs",
    "numerics/statistics/quantile.rs",
    "numerics/statistics/rank_correlation.rs",
    "numerics/statistics/student.rs",
    "theory/scalar.rs",
];

fn read(folder: &Path, prefix: &str, sources: &mut Sources) {
    for entry in fs::read_dir(folder).expect("the sources are there") {
        let entry = entry.expect("the sources are readable");
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{path}/"), sources);
        } else {
            sources.insert(path, fs::read(entry.path()).expect("the sources are readable"));
        }
    }
}

/// The sources of this crate.
fn sources() -> Sources {
    let mut sources = Sources::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut sources);
    sources
}

/// A crate of these files.
fn crate_of(files: &[(&str, &str)]) -> Sources {
    let lib =
        "pub mod table;\npub mod numerics;\npub mod data;\npub mod experiment;\npub mod threads;\npub mod report;\n";
    let files = files.iter().copied().chain([("lib.rs", lib)]);
    files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

fn fingerprints(sources: &Sources) -> BTreeMap<String, String> {
    let locked = BTreeMap::from([("faer".to_owned(), "0.24.4".to_owned())]);
    let print = |kind: &String| code::fingerprint(sources, &closure(sources, kind), &locked);
    kinds(sources).iter().map(|kind| (kind.clone(), print(kind))).collect()
}

#[test]
fn every_way_to_write_a_path_is_followed() {
    let cases: &[(&str, &[&str])] = &[
        ("use crate::numerics::svd::thin_svd;", &["numerics/svd.rs"]),
        ("fn f() { crate::numerics::svd::thin_svd() }", &["numerics/svd.rs"]),
        ("use crate::numerics::{svd::{thin_svd, Svd}, line as fit};", &["numerics/line.rs", "numerics/svd.rs"]),
        ("use crate::{numerics::svd, data::{self, tree}};", &["data/mod.rs", "data/tree.rs", "numerics/svd.rs"]),
        ("use crate::\n    numerics::\n    svd::Svd;", &["numerics/svd.rs"]),
        ("use crate::numerics::svd; fn f() { svd::thin_svd() }", &["numerics/svd.rs"]),
        ("use crate::numerics; fn f() { numerics::line::slope() }", &["numerics/line.rs", "numerics/mod.rs"]),
        ("use crate::numerics as n; fn f() { n::line::slope() }", &["numerics/line.rs", "numerics/mod.rs"]),
        ("use super::super::super::numerics::line;", &["numerics/line.rs"]),
        ("use crate::data::Sample;", &["data/mod.rs"]),
        ("use crate::data::packed::bits::Word;", &["data/packed/bits.rs"]),
        ("use crate::data::packed::Packed;", &["data/packed/bits.rs", "data/packed/mod.rs"]),
        ("const ZOO: &str = include_str!(\"zoo.csv\");", &["experiment/kinds/zoo.csv"]),
        ("use crate::report::build; use faer::Mat; use std::fmt;", &[]),
    ];
    for (text, expected) in cases {
        let sources = crate_of(&[
            ("experiment/kinds/a.rs", text),
            ("experiment/kinds/zoo.csv", "frog"),
            ("experiment/mod.rs", ""),
            ("numerics/mod.rs", "pub mod svd;\npub mod line;"),
            ("numerics/svd.rs", ""),
            ("numerics/line.rs", ""),
            ("data/mod.rs", "pub mod tree;\npub mod packed;"),
            ("data/tree.rs", ""),
            ("data/packed/mod.rs", "mod bits;"),
            ("data/packed/bits.rs", ""),
            ("report/mod.rs", ""),
        ]);
        let mut found = closure(&sources, "a");
        assert!(found.remove("experiment/kinds/a.rs"), "{text}");
        assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), *expected, "{text}");
    }
}

#[test]
fn modules_are_followed_through_others_but_kinds_do_not_depend_on_their_neighbours() {
    let sources = crate_of(&[
        (
            "experiment/mod.rs",
            "pub mod kinds;\nuse crate::table::Table;\nconst KINDS: &[Kind] = &[kinds::a::KIND, kinds::b::KIND];",
        ),
        ("experiment/kinds/a.rs", "use super::Kind; use crate::data::Data;"),
        ("experiment/kinds/b/mod.rs", "use crate::experiment::Kind; mod inner;"),
        ("experiment/kinds/b/inner.rs", "use crate::numerics::svd::Svd;"),
        ("data/mod.rs", "pub mod tree; pub enum Data { Tree(tree::Tree) }"),
        ("data/tree.rs", "use crate::numerics::svd::Svd;"),
        ("numerics/svd.rs", ""),
        ("table.rs", ""),
    ]);
    assert_eq!(kinds(&sources).into_iter().collect::<Vec<_>>(), ["a", "b"]);
    let files = |kind| closure(&sources, kind).into_iter().collect::<Vec<_>>();
    assert_eq!(
        files("a"),
        ["data/mod.rs", "data/tree.rs", "experiment/kinds/a.rs", "experiment/mod.rs", "numerics/svd.rs", "table.rs"]
    );
    assert_eq!(
        files("b"),
        [
            "experiment/kinds/b/inner.rs",
            "experiment/kinds/b/mod.rs",
            "experiment/mod.rs",
            "numerics/svd.rs",
            "table.rs"
        ]
    );
}

#[test]
fn a_changed_file_changes_the_kinds_that_use_it_and_no_others() {
    let before = crate_of(&[
        ("experiment/mod.rs", ""),
        ("experiment/kinds/a.rs", "use crate::data::tree::Tree;"),
        ("experiment/kinds/b.rs", "use crate::numerics::svd::Svd;"),
        ("data/tree.rs", ""),
        ("numerics/svd.rs", ""),
        ("report/mod.rs", ""),
        ("spec/mod.rs", ""),
    ]);
    let cases: &[(&str, &[&str])] = &[
        ("data/tree.rs", &["a"]),
        ("numerics/svd.rs", &["b"]),
        ("experiment/kinds/a.rs", &["a"]),
        ("report/mod.rs", &[]),
        ("spec/mod.rs", &[]),
        ("lib.rs", &[]),
    ];
    for (file, expected) in cases {
        let mut after = before.clone();
        after.get_mut(*file).expect("the file is there").extend_from_slice(b"\n// changed");
        let (old, new) = (fingerprints(&before), fingerprints(&after));
        let changed: Vec<&str> = old.keys().filter(|kind| old[*kind] != new[*kind]).map(String::as_str).collect();
        assert_eq!(changed, *expected, "{file}");
    }
}

#[test]
fn a_changed_version_changes_the_fingerprint() {
    let sources = crate_of(&[("experiment/kinds/a.rs", "")]);
    let print = |version: &str| {
        let locked = BTreeMap::from([("faer".to_owned(), version.to_owned())]);
        code::fingerprint(&sources, &closure(&sources, "a"), &locked)
    };
    assert_eq!(print("0.24.4"), print("0.24.4"));
    assert_ne!(print("0.24.4"), print("0.24.5"));
}

#[test]
fn every_numerical_file_belongs_to_an_experiment_but_for_those_named_here() {
    let sources = sources();
    let used: BTreeSet<String> = kinds(&sources).iter().flat_map(|kind| closure(&sources, kind)).collect();
    let roots = roots(&sources);
    let numerical = |path: &&String| {
        let root = path.split(['/', '.']).next().unwrap_or_default();
        roots.contains(root) && path.ends_with(".rs") && !path.ends_with("mod.rs")
    };
    let strays: Vec<&String> = sources
        .keys()
        .filter(numerical)
        .filter(|path| !used.contains(*path) && !NOT_RUN.contains(&path.as_str()))
        .collect();
    let named_in_vain: Vec<_> =
        NOT_RUN.iter().filter(|path| used.contains(**path) || !sources.contains_key(**path)).collect();
    assert!(named_in_vain.is_empty(), "an experiment reaches {named_in_vain:?}, or they are not there");
    assert!(strays.is_empty(), "no experiment reaches {strays:?}: are their paths written in full?");
}

#[test]
fn no_experiment_depends_on_what_only_arranges_or_prints() {
    let sources = sources();
    let roots = roots(&sources);
    assert!(roots.contains("numerics") && roots.contains("data") && !roots.contains("report"), "{roots:?}");
    for kind in kinds(&sources) {
        for file in closure(&sources, &kind) {
            assert!(roots.contains(file.split(['/', '.']).next().unwrap_or_default()), "{kind} depends on {file}");
        }
    }
}

#[test]
fn the_program_has_the_fingerprints_of_its_sources() {
    let sources = sources();
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).expect("it is there");
    let locked = locked::locked(&lock);
    let registry = Registry::built_in();
    assert!(!registry.names().is_empty());
    for kind in registry.kinds() {
        let expected = code::fingerprint(&sources, &closure(&sources, kind.name), &locked);
        assert_eq!(kind.fingerprint, expected, "{}", kind.name);
    }
}

#[test]
fn paths_are_read_from_any_text() {
    let cases: &[(&str, &[&str])] = &[
        ("", &[]),
        ("a b :: c", &["b::c"]),
        ("x::y;z::w", &["x::y", "z::w"]),
        ("a::{b, c::{d, e as f}, self, g::*}", &["a::b", "a::c::d", "a::c::e", "a", "a::g"]),
        ("a::{b", &["a::b"]),
        ("a::{é::b}", &["a::é::b"]),
        ("Vec::<f64>::new", &["Vec"]),
    ];
    for (text, expected) in cases {
        let found: Vec<String> = paths(text).iter().map(|path| path.words.join("::")).collect();
        let expected: Vec<&str> = expected.iter().copied().filter(|path| path.contains("::")).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn the_lock_file_gives_versions_and_what_is_below_them() {
    let lock = "\
[[package]]
name = \"faer\"
version = \"0.24.4\"
dependencies = [
 \"pulp\",
 \"syn 2.0.0\",
]

[[package]]
name = \"pulp\"
version = \"0.22.0\"

[[package]]
name = \"syn\"
version = \"1.0.0\"

[[package]]
name = \"syn\"
version = \"2.0.0\"

[[package]]
name = \"minijinja\"
version = \"3.1.0\"
";
    let found = locked::locked(lock);
    let expected = [("faer", "0.24.4"), ("pulp", "0.22.0"), ("syn", "2.0.0")];
    assert_eq!(found, expected.map(|(name, version)| (name.to_owned(), version.to_owned())).into());
}

#[test]
fn the_code_for_judging_has_a_fingerprint_of_its_own() {
    let mut sources = sources();
    let files = judging(&sources);
    let has = |file: &str| files.contains(file);
    for file in [
        "evidence.rs",
        "judge/mod.rs",
        "judge/decision.rs",
        "numerics/statistics/binomial.rs",
        "spec/formula/parser.rs",
    ] {
        assert!(has(file), "{file}");
    }
    for file in ["report/mod.rs", "judge.rs", "spec/compile/checks.rs", "cli/check.rs"] {
        assert!(!has(file), "{file}");
    }
    let before = fingerprint(&sources, &files, &BTreeMap::new());
    sources.entry("report/mod.rs".to_owned()).or_default().push(b' ');
    assert_eq!(fingerprint(&sources, &judging(&sources), &BTreeMap::new()), before);
    sources.entry("judge/decision.rs".to_owned()).or_default().push(b' ');
    assert_ne!(fingerprint(&sources, &judging(&sources), &BTreeMap::new()), before);
}
