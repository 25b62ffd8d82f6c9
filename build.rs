//! Hashes the numerical sources and hands the hashes, the compiler and the locked versions to the program.

use std::env;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

#[path = "build/fingerprint.rs"]
mod fingerprint;
#[path = "build/locked.rs"]
mod locked;
#[path = "build/paths.rs"]
mod paths;
#[path = "build/scaffolds.rs"]
mod scaffolds;

use fingerprint::Sources;

fn main() {
    for watched in ["src", "build", "build.rs", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let mut sources = Sources::new();
    read_folder(Path::new("src"), "", &mut sources).expect("the sources are readable");
    let scaffolds = scaffolds::scaffolds(Path::new("src/cli/scaffold")).expect("the scaffolds are readable");
    fs::write(Path::new(&variable("OUT_DIR")).join("scaffolds.rs"), scaffolds)
        .expect("the folder of the build is there");
    // A published package holds its lock file too.
    let locked = locked::locked(&fs::read_to_string("Cargo.lock").expect("the lock file stands beside Cargo.toml"));
    for kind in fingerprint::kinds(&sources) {
        let hash = fingerprint::fingerprint(&sources, &fingerprint::closure(&sources, &kind), &locked);
        println!("cargo::rustc-env=MODEWISE_FINGERPRINT_{}={hash}", kind.to_uppercase());
    }
    let judging = fingerprint::fingerprint(&sources, &fingerprint::judging(&sources), &locked);
    println!("cargo::rustc-env=MODEWISE_JUDGING={judging}");
    let json: Vec<String> = locked.iter().map(|(name, version)| format!("\"{name}\":\"{version}\"")).collect();
    println!("cargo::rustc-env=MODEWISE_LOCKED={{{}}}", json.join(","));
    println!("cargo::rustc-env=MODEWISE_COMPILER={}", compiler());
    println!("cargo::rustc-env=MODEWISE_TARGET={}", variable("TARGET"));
}

/// Reads every file below a folder.
fn read_folder(folder: &Path, prefix: &str, sources: &mut Sources) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read_folder(&entry.path(), &format!("{path}/"), sources)?;
        } else {
            sources.insert(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}

/// What cargo tells a build script.
#[expect(clippy::disallowed_methods, reason = "cargo speaks to build scripts through the environment")]
fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("cargo sets {name} for build scripts"))
}

/// What the compiler calls itself.
fn compiler() -> String {
    let output = Command::new(variable("RUSTC")).arg("-V").output().expect("the compiler that is building this runs");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
