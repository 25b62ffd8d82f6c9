//! Text that is safe to print in a page.

use serde::Serialize;

/// HTML that is safe to print as it is; templates print it with `|safe`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Markup(pub String);

/// Text with the characters escaped that HTML and XML give a meaning; those that XML does not allow are replaced.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            character if is_unprintable(character) => safe.push(char::REPLACEMENT_CHARACTER),
            character => safe.push(character),
        }
    }
    safe
}

/// Whether a character is a control character other than white space, or one that XML 1.0 does not allow (section 2.2).
pub fn is_unprintable(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        character => character.is_control(),
    }
}
