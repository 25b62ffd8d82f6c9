//! Categories that have members in common, before their table is shuffled.

use std::ops::Range;

/// The members of a category on one side of the table.
pub type Members = Vec<Range<usize>>;

/// A category on one side of the table: its objects, or its features.
#[derive(Clone, Copy, Debug)]
pub struct Side {
    /// Number of members.
    pub size: usize,
    /// An earlier category, from 0, and how many of its members are among them.
    pub shared: Option<(usize, usize)>,
}

/// A rectangle of entries in which the same categories lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// Features.
    pub rows: Range<usize>,
    /// Objects.
    pub columns: Range<usize>,
    /// The categories, from 0, at least one.
    pub categories: Vec<usize>,
}

/// For each category its members: the last ones of the category with which it shares, and then new ones, which are
/// numbered in the order of the categories.
///
/// ```
/// use modewise::data::patches::{Side, members};
///
/// let sides = [Side { size: 5, shared: None }, Side { size: 4, shared: Some((0, 2)) }];
/// assert_eq!(members(&sides), [vec![0..5], vec![3..5, 5..7]]);
/// ```
///
/// # Panics
/// If the other category is not an earlier one.
pub fn members(sides: &[Side]) -> Vec<Members> {
    let mut members: Vec<Members> = Vec::new();
    let mut taken = 0_usize;
    for side in sides {
        let mut own = side.shared.map_or_else(Vec::new, |(other, count)| last(&members[other], count));
        let common: usize = own.iter().map(Range::len).sum();
        let end = taken.saturating_add(side.size.saturating_sub(common));
        own.push(taken..end);
        own.retain(|range| !range.is_empty());
        taken = end;
        members.push(own);
    }
    members
}

/// The last `count` members.
fn last(members: &[Range<usize>], mut count: usize) -> Members {
    let mut last = Vec::new();
    for range in members.iter().rev() {
        let kept = range.len().min(count);
        last.insert(0, range.end - kept..range.end);
        count -= kept;
    }
    last
}

/// The rectangles in which categories lie, given the members of each on both sides: as many as there are categories,
/// and in their order, where none has anything in common with another.
pub fn patches(features: &[Members], objects: &[Members]) -> Vec<Patch> {
    let columns = runs(objects);
    let mut patches = Vec::new();
    for (rows, of_rows) in runs(features) {
        for (columns, of_columns) in &columns {
            let categories: Vec<usize> =
                of_rows.iter().copied().filter(|category| of_columns.contains(category)).collect();
            if !categories.is_empty() {
                patches.push(Patch { rows: rows.clone(), columns: columns.clone(), categories });
            }
        }
    }
    patches
}

/// The longest ranges whose members belong to the same categories, with these.
fn runs(members: &[Members]) -> Vec<(Range<usize>, Vec<usize>)> {
    let mut edges: Vec<usize> = members.iter().flatten().flat_map(|range| [range.start, range.end]).collect();
    edges.sort_unstable();
    edges.dedup();
    let of = |place: usize| {
        let has = |&category: &usize| members[category].iter().any(|range| range.contains(&place));
        (0..members.len()).filter(has).collect()
    };
    edges.windows(2).map(|edge| (edge[0]..edge[1], of(edge[0]))).collect()
}
