//! Thinning: no more points than an eye can tell apart.

/// Most points of a line.
pub(super) const LINE: usize = 400;

/// Most points of all lines of a figure with many.
pub(super) const LINES: usize = 8000;

/// Most points of a cloud.
pub(super) const CLOUD: usize = 2000;

/// At most `most` (two or more) of the items, evenly spread, the first and the last among them.
pub(super) fn thin<T: Clone>(items: &[T], most: usize) -> Vec<T> {
    let most = most.max(2);
    if items.len() <= most {
        return items.to_vec();
    }
    (0..most).map(|place| items[place * (items.len() - 1) / (most - 1)].clone()).collect()
}

/// What the caption says about points that are not shown; nothing if all are.
pub(super) fn note(shown: usize, of: usize) -> String {
    if shown == of { String::new() } else { format!("{shown} of {of} points are shown, evenly chosen.") }
}
