//! The fingerprint of what is judged: whether a verdict that was found before is about the claim as it is now.

use indexmap::IndexMap;
use serde_json::Value as Json;

use crate::plan::cell::Origin;
use crate::plan::{Plan, plan};
use crate::seed::MasterSeed;
use crate::spec::check::Check;
use crate::spec::claim::Claim;
use crate::spec::control::Control;
use crate::spec::resolved;

/// Fingerprint of the program's own rules of judging.
const RULES: &str = env!("MODEWISE_JUDGING");

/// The fingerprint of a claim under each of its profiles, by name; none of a claim that is skipped. `own` is the plan
/// of the claim as it is resolved.
pub fn fingerprints(claim: &Claim, own: &Plan) -> IndexMap<String, String> {
    if own.skipped.is_some() {
        return IndexMap::new();
    }
    let fingerprints = claim.profiles.iter().filter_map(|(name, extent)| {
        let found = if claim.has(extent) {
            fingerprint(claim, own)
        } else {
            let claim = claim.with(extent);
            fingerprint(&claim, &plan(&claim, MasterSeed::default()).ok()?)
        };
        Some((name.clone(), found))
    });
    fingerprints.collect()
}

/// BLAKE3 over all that the verdict of a claim follows from but the master seed: the rules of judging; sweep,
/// confidence, checks, expectations and controls; the cells with the code behind them. Words, figures and comments are
/// no part of it.
pub fn fingerprint(claim: &Claim, plan: &Plan) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |piece: &str| {
        hasher.update(&(piece.len() as u64).to_le_bytes());
        hasher.update(piece.as_bytes());
    };
    add(RULES);
    add(&resolved(&wordless(claim)));
    for (_, cell) in plan.cells() {
        add(Origin { seed: MasterSeed(0), ..cell.origin.clone() }.key().as_str());
    }
    hasher.finalize().to_hex().to_string()
}

/// The claim without what nobody judges. Parameters are left to the cells, which have them with their defaults.
fn wordless(claim: &Claim) -> Claim {
    let check = |check: &Check| Check { about: None, ..check.clone() };
    let control = |control: &Control| Control { because: String::new(), ..control.clone() };
    let mut claim = claim.clone();
    claim.parameters = Json::Null;
    claim.checks = claim.checks.iter().map(check).collect();
    claim.controls = claim.controls.iter().map(control).collect();
    claim.source.cite.clear();
    claim.source.locator = None;
    claim.tags.clear();
    claim.figures.clear();
    for words in [&mut claim.title, &mut claim.statement, &mut claim.why_this_tolerance] {
        words.clear();
    }
    claim
}
