//! Selecting claims.

use globset::Glob;

use crate::spec::claim::Claim;
use crate::spec::nearest::did_you_mean;

/// Which claims.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Ids, beginnings of ids, or globs; all claims if there are none.
    pub claims: Vec<String>,
    /// Only claims with one of these tags; any claim if there are none.
    pub tags: Vec<String>,
}

/// Why a selection is of no use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SelectionError {
    /// It selects nothing.
    #[error("{0}")]
    Nothing(String),
    /// One of its patterns is no glob.
    #[error("{0}")]
    Glob(String),
}

/// The claims that a selection names, in their order.
///
/// A pattern with `*`, `?`, `[` or `{` is a glob over ids (`*` crosses `/`); any other is an id, or the beginning of
/// ids. A pattern without any claim is an error, because a misspelt name must not look like success.
///
/// # Errors
/// If a pattern is no glob or has no claim, or no claim is left.
pub fn select<'a>(claims: &'a [Claim], selection: &Selection) -> Result<Vec<&'a Claim>, SelectionError> {
    let ids: Vec<&str> = claims.iter().map(|claim| claim.id.as_str()).collect();
    let mut named = vec![selection.claims.is_empty(); claims.len()];
    for pattern in &selection.claims {
        let matches = matching(&ids, pattern)?;
        for (named, matches) in named.iter_mut().zip(&matches) {
            *named |= matches;
        }
        if !matches.contains(&true) {
            return Err(SelectionError::Nothing(no_claim(&ids, pattern)));
        }
    }
    let tagged = |claim: &Claim| selection.tags.is_empty() || claim.tags.iter().any(|tag| selection.tags.contains(tag));
    let selected: Vec<&Claim> =
        claims.iter().zip(named).filter(|(claim, named)| *named && tagged(claim)).map(|(claim, _)| claim).collect();
    if !selected.is_empty() {
        return Ok(selected);
    }
    let reason = match selection.tags.as_slice() {
        [] => "there are no claims below the folder of the specs".to_owned(),
        tags => {
            format!("no claim of the selection has the tag `{}` (tags: {})", tags.join("` or `"), known_tags(claims))
        }
    };
    Err(SelectionError::Nothing(reason))
}

/// Which ids a pattern selects.
fn matching(ids: &[&str], pattern: &str) -> Result<Vec<bool>, SelectionError> {
    if pattern.contains(['*', '?', '[', '{']) {
        let glob = Glob::new(pattern).map_err(|error| SelectionError::Glob(error.to_string()))?.compile_matcher();
        return Ok(ids.iter().map(|id| glob.is_match(id)).collect());
    }
    if ids.contains(&pattern) {
        return Ok(ids.iter().map(|id| *id == pattern).collect());
    }
    Ok(ids.iter().map(|id| id.starts_with(pattern)).collect())
}

fn no_claim(ids: &[&str], pattern: &str) -> String {
    let near = did_you_mean(pattern, ids.iter().copied());
    let help = near.unwrap_or_else(|| "`modewise list` lists them".to_owned());
    format!("`{pattern}` selects no claim ({help})")
}

fn known_tags(claims: &[Claim]) -> String {
    let mut tags: Vec<&str> = claims.iter().flat_map(|claim| &claim.tags).map(String::as_str).collect();
    tags.sort_unstable();
    tags.dedup();
    if tags.is_empty() { "none".to_owned() } else { tags.join(", ") }
}
