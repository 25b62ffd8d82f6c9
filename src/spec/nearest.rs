//! "did you mean"

/// The candidate that `word` is most likely a misspelling of; none if nothing is near.
///
/// Near is a Damerau-Levenshtein distance (optimal string alignment) of at most a third of the longer word, and
/// at least 1; the same letters apart from `-`, `_` and case are always near.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| text.replace('-', "_").to_lowercase();
    let word = plain(word);
    let near = candidates.into_iter().filter_map(|candidate| {
        let distance = strsim::osa_distance(&word, &plain(candidate));
        let longer = word.chars().count().max(candidate.chars().count());
        (distance <= (longer / 3).max(1) && distance < longer).then_some((distance, candidate))
    });
    near.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// The hint that a candidate may be meant.
pub(super) fn hint(candidate: &str) -> String {
    format!("did you mean `{candidate}`?")
}

/// The nearest candidate as a hint.
pub(crate) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(hint)
}
