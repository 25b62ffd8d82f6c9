//! Reading profiles: other replicates and other values of axes.

use crate::spec::compile::read::{self, Replicates};
use crate::spec::compile::sweep::{SpannedAxis, sweep};
use crate::spec::language::section::PROFILE;
use crate::spec::yaml::node::{Key, Node, report_duplicates};
use crate::spec::yaml::problems::Source;

/// A profile of a claim.
pub(in crate::spec) struct Profile<'n> {
    pub(in crate::spec) name: String,
    /// Replicates, where they are not those of the claim.
    pub(in crate::spec) replicates: Option<Replicates>,
    /// All axes, those that the profile names with its values.
    pub(in crate::spec) sweep: Vec<SpannedAxis<'n>>,
    /// By the names of checks, what is expected in place of what is written.
    pub(in crate::spec) expect: &'n [(Key, Node)],
}

/// Reads the profiles of a claim whose sweep is `written`; none if that is wrong in itself.
pub(in crate::spec) fn profiles<'n>(
    node: &'n Node,
    written: Option<&[SpannedAxis<'n>]>,
    source: &Source<'_>,
) -> Vec<Profile<'n>> {
    let Some(entries) = node.entries() else {
        read::wrong(node, "profiles", "a map from names to profiles", source);
        return Vec::new();
    };
    report_duplicates(entries, source);
    let mut profiles = Vec::new();
    for (key, node) in entries {
        if key.name == "full" {
            source.report(key.span.clone(), "`full` is the claim as it is written (allowed: another name)");
        }
        let fields = read::section(node, &PROFILE, key.span.clone(), source);
        if node.entries().is_some_and(<[_]>::is_empty) {
            source.report(
                key.span.clone(),
                format!("the profile `{}` changes nothing (allowed: replicates, sweep, expect)", key.name),
            );
        }
        let replicates = read::replicates(&fields, source);
        let own = fields.get("sweep").map(|node| sweep(node, "sweep", source)).unwrap_or_default();
        profiles.push(Profile {
            name: key.name.clone(),
            replicates,
            sweep: written.map_or(Vec::new(), |written| replaced(written, own, source)),
            expect: fields.get("expect").map_or(&[], |node| expected(node, source)),
        });
    }
    profiles
}

/// Expectations by the names of checks.
fn expected<'n>(node: &'n Node, source: &Source<'_>) -> &'n [(Key, Node)] {
    let Some(entries) = node.entries() else {
        read::wrong(node, "expect", "a map from names of checks to what is expected of them", source);
        return &[];
    };
    report_duplicates(entries, source);
    entries
}

/// The axes as they are written, those that a profile names with its values; other axes of the profile are noted.
fn replaced<'n>(written: &[SpannedAxis<'n>], own: Vec<SpannedAxis<'n>>, source: &Source<'_>) -> Vec<SpannedAxis<'n>> {
    let mut axes = written.to_vec();
    for axis in own {
        match axes.iter_mut().find(|other| other.paths().eq(axis.paths())) {
            Some(other) if !axis.stops.is_empty() => *other = axis,
            Some(_) => {}
            None => {
                let names: Vec<String> =
                    written.iter().map(|axis| axis.paths().collect::<Vec<_>>().join(" with ")).collect();
                let allowed = if names.is_empty() { "there is no sweep".to_owned() } else { names.join(", ") };
                let (path, place) = &axis.parameters[0];
                let message = format!("`{path}` is no axis that this profile can replace (allowed: {allowed})");
                source.report(place.clone(), message);
            }
        }
    }
    axes
}
