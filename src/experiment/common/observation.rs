//! How often a flow is observed.

use crate::parameter::Refusals;

/// Most observations of a run.
pub const MOST: f64 = 1e6;

/// Most times in a table of a curve.
pub const SHOWN: usize = 400;

/// Refuses a flow that is not followed for a time `until` above 0, or not observed `every` so often.
pub fn check(until: f64, every: f64, refusals: &mut Refusals) {
    refusals.unless_positive(&[("until", until), ("every", every)]);
    let observations = format!("so short that there are {:e} observations", until / every);
    refusals.unless(until / every <= MOST, "every", observations, &format!("up to {MOST} of them"));
}
