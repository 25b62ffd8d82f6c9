//! Ids of claims.

/// Whether a text can be the id of a claim: words of `a-z`, `0-9` and `-` between slashes, none of which begins with
/// `-`.
pub fn is_id(text: &str) -> bool {
    let right = |word: &str| {
        let letters = word.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        letters && !word.is_empty() && !word.starts_with('-')
    };
    text.split('/').all(right)
}
