//! Where a part of a text stands in the YAML scalar that the text was read from.

use std::ops::Range;

/// The place in a scalar, as it is written, of a part of the text that it stands for.
///
/// Folding and indentation change nothing but white space, quotes and escapes only the way in which a letter is
/// written, so the visible letters are counted. None if they differ.
pub(in crate::spec) fn place_in_scalar(raw: &str, text: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let written = written(raw)?;
    let letters: Vec<(usize, char)> = text.char_indices().filter(|(_, letter)| !letter.is_whitespace()).collect();
    let same = written.iter().map(|(_, letter)| *letter).eq(letters.iter().map(|(_, letter)| *letter));
    if !same || letters.is_empty() {
        return None;
    }
    let first = letters.partition_point(|(byte, _)| *byte < span.start);
    let last = letters.partition_point(|(byte, _)| *byte < span.end.max(span.start + 1));
    let start = written.get(first).or(written.last()).map(|(place, _)| place)?;
    if first == letters.len() {
        return Some(start.end..start.end + 1);
    }
    let end = if last > first { written[last - 1].0.end } else { start.start + 1 };
    Some(start.start..end)
}

/// The visible letters that a scalar stands for, each with the place where it is written.
fn written(raw: &str) -> Option<Vec<(Range<usize>, char)>> {
    let (start, end, style) = match raw.as_bytes().first()? {
        quote @ (b'"' | b'\'') => (1, raw.trim_end().len().checked_sub(1)?, *quote),
        b'|' | b'>' => (raw.find('\n')?, raw.len(), b'|'),
        _ => (0, raw.len(), b' '),
    };
    let mut letters = Vec::new();
    let mut place = start;
    while let Some(letter) = raw.get(place..end)?.chars().next() {
        let rest = &raw[place + letter.len_utf8()..end];
        let (length, meant) = match (style, letter) {
            (b'\'', '\'') => (2, '\''),
            (b'"', '\\') => escape(rest)?,
            _ => (letter.len_utf8(), letter),
        };
        if !meant.is_whitespace() {
            letters.push((place..place + length, meant));
        }
        place += length;
    }
    Some(letters)
}

/// The length in bytes of an escape, its backslash included, and the letter that it stands for (YAML 1.2, section 5.7).
fn escape(rest: &str) -> Option<(usize, char)> {
    let letter = rest.chars().next()?;
    let digits = match letter {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        letter => {
            let meant = match letter {
                '0' => '\0',
                'a' => '\u{7}',
                'b' => '\u{8}',
                'e' => '\u{1b}',
                // White space, and a line that goes on.
                't' | 'n' | 'v' | 'f' | 'r' | 'N' | '_' | 'L' | 'P' | '\n' | '\r' => ' ',
                letter => letter,
            };
            return Some((1 + letter.len_utf8(), meant));
        }
    };
    let code = u32::from_str_radix(rest.get(1..1 + digits)?, 16).ok()?;
    Some((2 + digits, char::from_u32(code)?))
}
