// The versions in `Cargo.lock` that numbers depend on.

use std::collections::BTreeMap;

/// The direct dependencies that numbers pass through.
pub(crate) const DEPENDENCIES: &[&str] =
    &["faer", "rand", "rand_pcg", "rand_distr", "libm", "multiversion", "safe_unaligned_simd"];

/// Locked versions of [`DEPENDENCIES`] and of everything below them, by name; several versions of one package are
/// joined by a comma.
pub(crate) fn locked(lock: &str) -> BTreeMap<String, String> {
    let packages: Vec<Package> = lock.split("[[package]]").skip(1).filter_map(package).collect();
    let mut open: Vec<&str> = DEPENDENCIES.to_vec();
    let mut reached: BTreeMap<String, String> = BTreeMap::new();
    while let Some(wanted) = open.pop() {
        // A dependency is written `name`, or `name version` where the lock holds several versions.
        let (name, version) = wanted.split_once(' ').map_or((wanted, None), |(name, version)| (name, Some(version)));
        for package in packages.iter().filter(|package| package.name == name) {
            let versions = reached.entry(name.to_owned()).or_default();
            let known = versions.split(", ").any(|known| known == package.version);
            if known || version.is_some_and(|version| version != package.version) {
                continue;
            }
            *versions = if versions.is_empty() {
                package.version.to_owned()
            } else {
                format!("{versions}, {}", package.version)
            };
            open.extend(&package.dependencies);
        }
    }
    reached
}

struct Package<'a> {
    name: &'a str,
    version: &'a str,
    dependencies: Vec<&'a str>,
}

/// One `[[package]]` block.
fn package(block: &str) -> Option<Package<'_>> {
    let value =
        |key: &str| block.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'));
    let listed = block.split_once("dependencies = [").map_or("", |(_, rest)| rest);
    let dependencies = listed.lines().skip(1).take_while(|line| !line.starts_with(']'));
    let dependencies = dependencies.map(|line| line.trim().trim_matches(['"', ',']).trim_end_matches('"')).collect();
    Some(Package { name: value("name")?, version: value("version")?, dependencies })
}
