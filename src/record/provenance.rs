//! What the numbers were made with.

use std::path::Path;
use std::process::Command;

use indexmap::IndexMap;

use super::Provenance;
use crate::experiment::Kind;

/// Provenance of a run of these kinds of experiment on the specs of a folder.
///
/// # Panics
/// Never: the build script writes the locked versions as the map of texts that is read here.
pub fn provenance<'a>(specs: &Path, kinds: impl IntoIterator<Item = &'a Kind>) -> Provenance {
    let mut fingerprints: IndexMap<String, String> =
        kinds.into_iter().map(|kind| (kind.name.to_owned(), kind.fingerprint.to_owned())).collect();
    fingerprints.sort_keys();
    Provenance {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        revision: git(specs, &["rev-parse", "HEAD"]),
        dirty: git(specs, &["status", "--porcelain"]).map(|changes| !changes.is_empty()),
        compiler: env!("MODEWISE_COMPILER").to_owned(),
        target: env!("MODEWISE_TARGET").to_owned(),
        cpu_features: cpu_features().iter().map(|&feature| feature.to_owned()).collect(),
        locked: serde_json::from_str(env!("MODEWISE_LOCKED")).expect("the build script writes a map of texts"),
        fingerprints,
    }
}

/// What git says in a folder; none without git or outside of a repository.
fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Those features of this processor by which the linear algebra chooses its kernels, and so its last bits.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
fn cpu_features() -> Vec<&'static str> {
    let features = [
        ("sse4.2", is_x86_feature_detected!("sse4.2")),
        ("avx", is_x86_feature_detected!("avx")),
        ("avx2", is_x86_feature_detected!("avx2")),
        ("fma", is_x86_feature_detected!("fma")),
        ("avx512f", is_x86_feature_detected!("avx512f")),
        ("avx512bw", is_x86_feature_detected!("avx512bw")),
        ("avx512dq", is_x86_feature_detected!("avx512dq")),
        ("avx512vl", is_x86_feature_detected!("avx512vl")),
    ];
    features.into_iter().filter(|(_, detected)| *detected).map(|(name, _)| name).collect()
}

/// Those features of this processor by which the linear algebra chooses its kernels, and so its last bits.
#[cfg(target_arch = "aarch64")]
fn cpu_features() -> Vec<&'static str> {
    let features = [
        ("neon", std::arch::is_aarch64_feature_detected!("neon")),
        ("fcma", std::arch::is_aarch64_feature_detected!("fcma")),
        ("sve", std::arch::is_aarch64_feature_detected!("sve")),
    ];
    features.into_iter().filter(|(_, detected)| *detected).map(|(name, _)| name).collect()
}

/// Nothing is known about the kernels on this processor.
#[cfg(not(any(target_arch = "x86", target_arch = "x86_64", target_arch = "aarch64")))]
fn cpu_features() -> Vec<&'static str> {
    Vec::new()
}
