//! LaTeX formulas to MathML.
//!
//! The library parses arguments by recursion and expands macros without a bound, so what could end the program instead
//! of the formula is refused before it is parsed.

use pulldown_latex::config::DisplayMode;
use pulldown_latex::{Parser, RenderConfig, Storage, push_mathml};

/// Longest formula, in bytes.
const LONGEST: usize = 1000;
/// Deepest nesting of groups.
const DEEPEST: usize = 32;
/// Most commands in a row with nothing between them: each may be the argument of the one before it.
const MOST_IN_A_ROW: usize = 32;
/// Commands that define others: an expansion has no bound.
const DEFINITIONS: &[&str] = &[
    "\\def",
    "\\edef",
    "\\gdef",
    "\\xdef",
    "\\let",
    "\\futurelet",
    "\\newcommand",
    "\\renewcommand",
    "\\providecommand",
];

/// A LaTeX formula as MathML.
///
/// # Errors
///
/// The formula and what is wrong with it.
pub(in crate::markup) fn mathml(formula: &str, display_mode: DisplayMode) -> Result<String, String> {
    if formula.len() > LONGEST {
        return Err(format!("the formula has {} bytes (allowed: up to {LONGEST})", formula.len()));
    }
    if let Some(reason) = refusal(formula) {
        return Err(format!("formula `${formula}$` {reason}"));
    }
    // Because the library panics at some mistakes, which are the formula's and no fault of this program.
    std::panic::catch_unwind(|| converted(formula, display_mode))
        .unwrap_or_else(|_| Err(format!("formula `${formula}$` does not parse")))
}

/// The same of a formula that is not refused.
fn converted(formula: &str, display_mode: DisplayMode) -> Result<String, String> {
    let storage = Storage::new();
    let prepared = prepared(formula);
    let events = Parser::new(&prepared, &storage)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| format!("formula `${formula}$` does not parse: {}", first_line(&error.to_string())))?;
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let mut html = String::new();
    let events = events.into_iter().map(Ok::<_, std::convert::Infallible>);
    push_mathml(&mut html, events, config).map_err(|error| format!("formula `${formula}$`: {error}"))?;
    Ok(html.replace("<<", "&lt;<").replace("< ", "&lt; "))
}

/// Why a formula is not given to the parser.
fn refusal(formula: &str) -> Option<String> {
    let (mut depth, mut in_a_row) = (0_usize, 0);
    for token in Tokens(formula) {
        in_a_row = match token {
            _ if token.trim().is_empty() => in_a_row,
            "^" | "_" => in_a_row + 1,
            _ if token.starts_with('\\') => in_a_row + 1,
            _ => 0,
        };
        match token {
            "{" | "\\left" | "\\begin" => depth += 1,
            "}" | "\\right" | "\\end" => depth = depth.saturating_sub(1),
            "%" => return Some("has a `%`, which begins a comment (allowed: `\\%` for the sign itself)".to_owned()),
            "\\char" => return Some("has `\\char` (allowed: the letter itself)".to_owned()),
            _ if DEFINITIONS.contains(&token) => {
                return Some(format!("defines a command with `{token}` (allowed: none)"));
            }
            _ if token.starts_with('\\') && !token.is_ascii() => {
                return Some(format!("has `{token}`, which is no command"));
            }
            _ => {}
        }
        if depth > DEEPEST {
            return Some(format!("nests groups too deeply (allowed: {DEEPEST} levels)"));
        }
        if in_a_row > MOST_IN_A_ROW {
            return Some(format!("has too many commands in a row (allowed: {MOST_IN_A_ROW})"));
        }
    }
    None
}

/// The formula with braces around arguments that are a single digit, because the parser reads `\frac12` as one
/// argument, 12, where TeX reads two; and with a space behind each `<`, because its output does not escape them, and
/// a `<` before a space begins no tag.
fn prepared(formula: &str) -> String {
    let mut text = String::with_capacity(formula.len());
    let mut arguments = 0;
    for token in Tokens(formula) {
        let digit = token.starts_with(|first: char| first.is_ascii_digit());
        match token {
            "<" => text.push_str("< "),
            _ if arguments > 0 && digit => text.push_str(&format!("{{{token}}}")),
            _ => text.push_str(token),
        }
        arguments = match token {
            "\\frac" | "\\dfrac" | "\\tfrac" | "\\binom" => 2,
            "\\sqrt" | "^" | "_" => 1,
            " " => arguments,
            _ if digit => arguments.max(1) - 1,
            _ => 0,
        };
    }
    text
}

/// The tokens of a formula: commands, `\name` or a backslash with one character, and single characters.
struct Tokens<'a>(&'a str);

impl<'a> Iterator for Tokens<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let mut characters = self.0.chars();
        let length = match characters.next()? {
            '\\' => {
                let name = characters.as_str().bytes().take_while(u8::is_ascii_alphabetic).count();
                1 + if name > 0 { name } else { characters.next().map_or(0, char::len_utf8) }
            }
            character => character.len_utf8(),
        };
        let (token, rest) = self.0.split_at(length);
        self.0 = rest;
        Some(token)
    }
}

/// The first line that says something.
fn first_line(text: &str) -> &str {
    text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or(text)
}
