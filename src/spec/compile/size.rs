//! How large a claim may be: the points of a sweep, and the cells of a claim with its controls.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::spec::compile::controls::ControlRead;
use crate::spec::compile::read::Replicates;
use crate::spec::compile::sweep::SpannedAxis;
use crate::spec::setting::{BATCH, inside};
use crate::spec::yaml::problems::Source;

/// The largest number of points of a claim or control.
pub(in crate::spec) const MAX_POINTS: usize = 10_000;

/// The largest number of cells of a claim with its controls, in any single profile. All cells are held in memory with
/// their parameters before the first one is computed; this many take about 100 MB.
pub(in crate::spec) const MAX_CELLS: u64 = 100_000;

/// The number of points of a sweep; none if it is too large to be counted.
pub(in crate::spec) fn points(sweep: &[SpannedAxis<'_>]) -> Option<usize> {
    sweep.iter().map(|axis| axis.stops.len()).try_fold(1, usize::checked_mul)
}

/// Reports the number of replicates of any profile in which a claim and its controls have too many cells. A profile is
/// given by its sweep and its replicates.
pub(in crate::spec) fn refuse_too_many_cells<'p>(
    profiles: impl Iterator<Item = (&'p [SpannedAxis<'p>], &'p Replicates)>,
    controls: &[ControlRead<'_>],
    source: &Source<'_>,
) {
    let mut refused: BTreeMap<usize, (Range<usize>, u64)> = BTreeMap::new();
    for (sweep, replicates) in profiles {
        let own = (replicates, cells(sweep, replicates));
        let of_controls = controls.iter().map(|control| {
            let replicates = control.replicates.as_ref().unwrap_or(replicates);
            (replicates, cells(&without_dropped(sweep, control), replicates))
        });
        let arms: Vec<(&Replicates, u64)> = std::iter::once(own).chain(of_controls).collect();
        let total = arms.iter().fold(0, |total: u64, (_, cells)| total.saturating_add(*cells));
        // Because the largest arm is the one to reduce.
        let largest = arms.iter().max_by_key(|(_, cells)| cells).filter(|_| total > MAX_CELLS);
        if let Some((replicates, _)) = largest {
            // Because several profiles may share a number, and one message about it is enough.
            refused.entry(replicates.place.start).or_insert((replicates.place.clone(), total));
        }
    }
    for (place, total) in refused.into_values() {
        let message = format!(
            "the claim and its controls have {total} cells, that is, batches of up to {BATCH} replicates at one point \
             (allowed: up to {MAX_CELLS})"
        );
        source.report_with(place, message, Some("fewer `replicates`, or fewer points in `sweep`".to_owned()));
    }
}

/// The number of cells of a sweep with these replicates, or the largest number there is if it is too large to be
/// counted.
fn cells(sweep: &[SpannedAxis<'_>], replicates: &Replicates) -> u64 {
    let points = points(sweep).and_then(|points| u64::try_from(points).ok()).unwrap_or(u64::MAX);
    points.saturating_mul(replicates.number.div_ceil(BATCH))
}

/// The axes of a sweep that a control does not drop.
fn without_dropped<'n>(sweep: &[SpannedAxis<'n>], control: &ControlRead<'_>) -> Vec<SpannedAxis<'n>> {
    let sets = |axis: &SpannedAxis<'_>| {
        control
            .changes
            .iter()
            .map(|change| change.key.name.as_str())
            .any(|changed| axis.paths().any(|path| inside(path, changed) || inside(changed, path)))
    };
    sweep.iter().filter(|axis| !sets(axis)).cloned().collect()
}
