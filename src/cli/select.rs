//! Selecting claims.

use globset::Glob;

use super::error::CliError;
use super::flags::SelectFlags;
use crate::spec::claim::Claim;

/// The claims that the flags name, in their order.
///
/// A pattern with `*`, `?`, `[` or `{` is a glob over ids (`*` crosses `/`); any other is an id, or the beginning of
/// ids. A pattern without any claim is an error: it is a slip of the pen, and must not look like success.
pub fn select<'a>(claims: &'a [Claim], flags: &SelectFlags) -> Result<Vec<&'a Claim>, CliError> {
    let ids: Vec<&str> = claims.iter().map(|claim| claim.id.as_str()).collect();
    let mut named = vec![flags.claims.is_empty(); claims.len()];
    for pattern in &flags.claims {
        let matches = matching(&ids, pattern)?;
        for (named, matches) in named.iter_mut().zip(&matches) {
            *named |= matches;
        }
        if !matches.contains(&true) {
            return Err(CliError::NothingSelected(no_claim(&ids, pattern)));
        }
    }
    let tagged = |claim: &Claim| flags.tags.is_empty() || claim.tags.iter().any(|tag| flags.tags.contains(tag));
    let selected: Vec<&Claim> =
        claims.iter().zip(named).filter(|(claim, named)| *named && tagged(claim)).map(|(claim, _)| claim).collect();
    if !selected.is_empty() {
        return Ok(selected);
    }
    let reason = match flags.tags.as_slice() {
        [] => "there are no claims below the folder of the specs".to_owned(),
        tags => {
            format!("no claim of the selection has the tag `{}` (tags: {})", tags.join("` or `"), known_tags(claims))
        }
    };
    Err(CliError::NothingSelected(reason))
}

/// Which ids a pattern selects.
fn matching(ids: &[&str], pattern: &str) -> Result<Vec<bool>, CliError> {
    if pattern.contains(['*', '?', '[', '{']) {
        let glob = Glob::new(pattern).map_err(|error| CliError::Usage(error.to_string()))?.compile_matcher();
        return Ok(ids.iter().map(|id| glob.is_match(id)).collect());
    }
    if ids.contains(&pattern) {
        return Ok(ids.iter().map(|id| *id == pattern).collect());
    }
    Ok(ids.iter().map(|id| id.starts_with(pattern)).collect())
}

fn no_claim(ids: &[&str], pattern: &str) -> String {
    let nearest = ids.iter().map(|id| (strsim::damerau_levenshtein(id, pattern), id)).min();
    let near = nearest.filter(|(distance, id)| *distance <= id.len() / 3);
    let help = near.map_or_else(|| "`modewise list` lists them".to_owned(), |(_, id)| format!("did you mean `{id}`?"));
    format!("`{pattern}` selects no claim ({help})")
}

fn known_tags(claims: &[Claim]) -> String {
    let mut tags: Vec<&str> = claims.iter().flat_map(|claim| &claim.tags).map(String::as_str).collect();
    tags.sort_unstable();
    tags.dedup();
    if tags.is_empty() { "none".to_owned() } else { tags.join(", ") }
}
