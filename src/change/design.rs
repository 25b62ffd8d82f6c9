//! The design of a claim: what it says and how it is checked, in short texts, which a baseline keeps.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::record::{CheckRecord, ClaimRecord, ControlRecord};
use crate::store::reason::leaves;

/// Texts by the name of the part that they are.
pub type Parts = IndexMap<String, String>;

/// In front of the dotted path of a parameter of the experiment.
pub const PARAMETER: &str = "parameter ";
/// In front of the dotted path of a swept parameter.
pub const SWEEP: &str = "sweep ";
/// Replicates at each point.
pub const REPLICATES: &str = "replicates";
/// Confidence of the intervals.
pub const CONFIDENCE: &str = "confidence";
/// The kind of experiment.
pub const EXPERIMENT: &str = "experiment";
/// In front of the dotted path of a parameter that a control sets.
pub const SET: &str = "set ";
/// In front of the name of a check that a control has to break.
pub const FAILS: &str = "fails ";
/// What begins the name of a part of an expectation, which profiles may have of their own.
pub const EXPECT: &str = "expect";
/// Where a control has to break a check, unless at some points only.
pub const EVERYWHERE: &str = "everywhere";

/// What a claim says and how it is checked. Nothing of it is a result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Design {
    /// Of the claim itself: `title`, `statement`, [`EXPERIMENT`], [`CONFIDENCE`], [`REPLICATES`], and what begins with
    /// [`PARAMETER`] and [`SWEEP`].
    pub claim: Parts,
    /// Of each check: `table`, `let NAME`, `where`, `per`, `group`, `reduce NAME`, `measure`, and the parts of what is
    /// expected, `expect PART`.
    pub checks: IndexMap<String, Parts>,
    /// Of each control: [`REPLICATES`], and what begins with [`SET`] and [`FAILS`].
    pub controls: IndexMap<String, Parts>,
}

impl Design {
    /// The design of a claim.
    pub fn of(claim: &ClaimRecord) -> Self {
        Self {
            claim: claim_parts(claim),
            checks: claim.checks.iter().map(|check| (check.name.clone(), check_parts(check))).collect(),
            controls: claim.controls.iter().map(|control| (control.name.clone(), control_parts(control))).collect(),
        }
    }
}

fn claim_parts(claim: &ClaimRecord) -> Parts {
    let mut parts = Parts::new();
    let mut add = |name: String, text: String| drop(parts.insert(name, text));
    add("title".to_owned(), claim.title.clone());
    add("statement".to_owned(), claim.statement.clone());
    add(EXPERIMENT.to_owned(), claim.experiment.clone());
    add(CONFIDENCE.to_owned(), claim.confidence.to_string());
    add(REPLICATES.to_owned(), claim.replicates.to_string());
    for (path, values) in &claim.sweep {
        add(format!("{SWEEP}{path}"), Json::from(values.clone()).to_string());
    }
    if !claim.parameters.is_null() {
        // A parameter that is swept has one value at the first point, which the sweep tells.
        let swept = |path: &str| claim.sweep.keys().any(|axis| inside(path, axis) || inside(axis, path));
        let fixed = leaves(&claim.parameters).into_iter().filter(|(path, _)| !swept(path));
        fixed.for_each(|(path, value)| add(format!("{PARAMETER}{path}"), value));
    }
    parts
}

/// Whether a dotted path is another one or lies below it.
fn inside(path: &str, other: &str) -> bool {
    path.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn check_parts(check: &CheckRecord) -> Parts {
    let named = |word: &'static str, texts: &IndexMap<String, String>| {
        texts.iter().map(|(name, text)| (format!("{word} {name}"), text.clone())).collect::<Vec<_>>()
    };
    let names = |word: &str, names: &[String]| (!names.is_empty()).then(|| (word.to_owned(), names.join(", ")));
    let mut parts = Parts::from([("table".to_owned(), check.table.clone())]);
    parts.extend(named("let", &check.lets));
    parts.extend(check.filter.iter().map(|filter| ("where".to_owned(), filter.clone())));
    parts.extend(names("per", &check.per));
    parts.extend(names("group", &check.group));
    parts.extend(named("reduce", &check.reduce));
    parts.insert("measure".to_owned(), check.measure.clone());
    parts.extend(named(EXPECT, &check.expect));
    parts
}

fn control_parts(control: &ControlRecord) -> Parts {
    let set = control.set.iter().map(|(path, value)| (format!("{SET}{path}"), value.to_string()));
    let mut parts: Parts = set.collect();
    parts.extend(control.replicates.map(|replicates| (REPLICATES.to_owned(), replicates.to_string())));
    parts.extend(control.fails.iter().map(|check| {
        let at = control.at.get(check).map_or(EVERYWHERE, String::as_str);
        let rows = control.filters.get(check).map(|filter| format!(", over the rows where {filter}"));
        (format!("{FAILS}{check}"), format!("{at}{}", rows.unwrap_or_default()))
    }));
    parts
}
