//! Why a cell would run: what the nearest cell of the store has that is different.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::plan::cell::Origin;

/// Why a cell that is not in the store is not there.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// The same was computed by other code.
    Code {
        /// The fingerprint of that code.
        was: String,
    },
    /// The same was computed from other master seeds.
    Seed {
        /// These.
        were: Vec<u64>,
    },
    /// The same was computed for other replicates.
    Replicates {
        /// The first, and the one behind the last.
        were: [u64; 2],
    },
    /// The nearest cell has other parameters: their dotted path, what they were there, what they are.
    Parameters(Vec<(String, String, String)>),
    /// The store has no cell of this experiment.
    Never,
}

/// The reason why `wanted` is not among `known`.
///
/// The nearest cell is the one that differs in the fewest parameters; among those of the same parameters, one of the
/// same seed; among those, one of the same replicates, which then is of other code.
pub fn reason(wanted: &Origin, known: &[Origin]) -> Reason {
    let same_experiment = known.iter().filter(|origin| origin.experiment == wanted.experiment);
    let (same, other): (Vec<&Origin>, Vec<&Origin>) =
        same_experiment.partition(|origin| origin.parameters == wanted.parameters);
    let draws = |origin: &&&Origin| origin.seed == wanted.seed;
    let replicates = |origin: &&&Origin| origin.replicates == wanted.replicates;
    if let Some(origin) = same.iter().filter(draws).find(replicates) {
        return Reason::Code { was: origin.fingerprint.clone() };
    }
    if let Some(end) = same.iter().filter(draws).map(|origin| origin.replicates.end).max() {
        return Reason::Replicates { were: [0, end] };
    }
    let mut seeds: Vec<u64> = same.iter().map(|origin| origin.seed.0).collect();
    seeds.sort_unstable();
    seeds.dedup();
    if !seeds.is_empty() {
        return Reason::Seed { were: seeds };
    }
    let nearest = other.iter().map(|origin| differences(&origin.parameters, &wanted.parameters));
    nearest.min_by_key(Vec::len).map_or(Reason::Never, Reason::Parameters)
}

/// Parameters that differ between two texts of JSON, by dotted path: before and after, "nothing" where there is none.
fn differences(before: &str, after: &str) -> Vec<(String, String, String)> {
    let parse = |text: &str| leaves(&serde_json::from_str(text).unwrap_or(Json::Null));
    let (before, after) = (parse(before), parse(after));
    let paths: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let text = |leaf: Option<&String>| leaf.cloned().unwrap_or_else(|| "nothing".to_owned());
    let changed = paths.into_iter().filter(|path| before.get(*path) != after.get(*path));
    changed.map(|path| (path.clone(), text(before.get(path)), text(after.get(path)))).collect()
}

/// The leaves of a value by their dotted path, as compact JSON. A list is a leaf: what matters is that it is another.
pub fn leaves(value: &Json) -> BTreeMap<String, String> {
    let mut leaves = BTreeMap::new();
    collect(value, String::new(), &mut leaves);
    leaves
}

fn collect(value: &Json, path: String, leaves: &mut BTreeMap<String, String>) {
    match value {
        Json::Object(entries) if !entries.is_empty() => {
            for (name, inner) in entries {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                collect(inner, path, leaves);
            }
        }
        leaf => drop(leaves.insert(path, leaf.to_string())),
    }
}
