//! The words of a formula.

use std::ops::Range;

use super::error::FormulaError;
use super::syntax::Operator;

/// A word of a formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// `2.5`, `1e-3`, `0.5%` (0.005)
    Number(f64),
    /// A column or function.
    Name(&'a str),
    /// `"known"`, without the quotes.
    Text(&'a str),
    /// An operator between operands.
    Operator(Operator),
    /// `not`
    Not,
    /// `where`
    Where,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `,`
    Comma,
    /// The end of the formula.
    End,
}

/// The words of a formula with their places; the last is [`Token::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<(Token<'_>, Range<usize>)>, FormulaError> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(first) = text[start..].chars().next() {
        if first.is_whitespace() {
            start += first.len_utf8();
            continue;
        }
        let (token, length) = token(&text[start..], first)
            .map_err(|(length, message)| FormulaError::new(start..start + length, message))?;
        found.push((token, start..start + length));
        start += length;
    }
    found.push((Token::End, text.len()..text.len()));
    Ok(found)
}

/// The word at the start of `rest` and its length in bytes; or the length of what is no word and why.
fn token(rest: &str, first: char) -> Result<(Token<'_>, usize), (usize, String)> {
    match first {
        '0'..='9' | '.' => number(rest),
        'a'..='z' | 'A'..='Z' | '_' => Ok(name(rest)),
        '"' => text(rest),
        '(' => Ok((Token::Open, 1)),
        ')' => Ok((Token::Close, 1)),
        ',' => Ok((Token::Comma, 1)),
        _ => operator(rest).ok_or_else(|| (first.len_utf8(), no_operator(first))),
    }
}

fn number(rest: &str) -> Result<(Token<'_>, usize), (usize, String)> {
    let digits = |from: usize| rest[from..].bytes().take_while(u8::is_ascii_digit).count();
    let mut length = digits(0);
    if rest[length..].starts_with('.') {
        length += 1 + digits(length + 1);
    }
    if rest[length..].starts_with(['e', 'E']) {
        let sign = usize::from(rest[length + 1..].starts_with(['+', '-']));
        let exponent = digits(length + 1 + sign);
        if exponent > 0 {
            length += 1 + sign + exponent;
        }
    }
    let written = &rest[..length];
    let bad = |length: usize| (length, format!("`{}` is not a number (allowed: 2.5, 1e-3, 0.5%)", &rest[..length]));
    let tail = rest[length..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"._".contains(byte)).count();
    if tail > 0 {
        return Err(bad(length + tail));
    }
    let value: f64 = written.parse().map_err(|_| bad(length))?;
    if value.is_infinite() {
        return Err((length, format!("`{written}` is too large (allowed: up to 1.8e308)")));
    }
    let per_cent = rest[length..].starts_with('%');
    let value = if per_cent { value / 100.0 } else { value };
    Ok((Token::Number(value), length + usize::from(per_cent)))
}

fn name(rest: &str) -> (Token<'_>, usize) {
    let length = rest.bytes().take_while(|&byte| byte.is_ascii_alphanumeric() || byte == b'_').count();
    let token = match &rest[..length] {
        "and" => Token::Operator(Operator::And),
        "or" => Token::Operator(Operator::Or),
        "not" => Token::Not,
        "where" => Token::Where,
        name => Token::Name(name),
    };
    (token, length)
}

fn text(rest: &str) -> Result<(Token<'_>, usize), (usize, String)> {
    match rest[1..].find('"') {
        Some(length) => Ok((Token::Text(&rest[1..=length]), length + 2)),
        None => Err((1, "the text has no closing `\"`".to_owned())),
    }
}

fn operator(rest: &str) -> Option<(Token<'_>, usize)> {
    const SYMBOLS: &[Operator] = &[
        Operator::LessOrEqual,
        Operator::GreaterOrEqual,
        Operator::Equal,
        Operator::NotEqual,
        Operator::Less,
        Operator::Greater,
        Operator::Add,
        Operator::Subtract,
        Operator::Multiply,
        Operator::Divide,
        Operator::Power,
    ];
    let operator = SYMBOLS.iter().find(|operator| rest.starts_with(operator.symbol()))?;
    Some((Token::Operator(*operator), operator.symbol().len()))
}

fn no_operator(first: char) -> String {
    let instead = match first {
        '=' => "`==` compares",
        '!' => "`not` negates, `!=` compares",
        '&' => "`and`",
        '|' => "`or`; `abs(x)` is the absolute value",
        '%' => "per cent stands directly behind a number, as in 0.5%",
        '\'' => "text stands in double quotes",
        _ => "numbers, columns, + - * / ^ ( ) < <= > >= == != and or not",
    };
    format!("`{first}` means nothing in a formula (allowed: {instead})")
}

impl Token<'_> {
    /// As it is called in a message.
    pub(super) fn in_words(&self, text: &str) -> String {
        match self {
            Self::End => "the end of the formula".to_owned(),
            _ => format!("`{text}`"),
        }
    }
}
