//! Markdown with formulas between `$` to HTML with MathML.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use pulldown_latex::config::DisplayMode;
use pulldown_latex::{Parser as LatexParser, RenderConfig, Storage, push_mathml};

use crate::report::html::{Markup, escaped};

/// HTML of a Markdown text. Links lead to the web or are shown as their text. Raw HTML in it is shown as text; images are shown as their text, because a page refers
/// to nothing outside of the site.
///
/// Errors name the formula that does not parse.
pub fn block(markdown: &str) -> Result<Markup, String> {
    let options = Options::ENABLE_MATH | Options::ENABLE_TABLES | Options::ENABLE_SMART_PUNCTUATION;
    let events = Parser::new_ext(markdown, options).into_offset_iter();
    let paired = events.map(|(event, range)| match &event {
        Event::Text(text) if text.contains('$') && !markdown[..range.start].ends_with('\\') => Err(format!(
            "formula `{}` has a `$` without its partner (allowed: pairs; `\\$` for the sign itself)",
            line_around(markdown, range.start)
        )),
        _ => typeset(event),
    });
    let events = paired.collect::<Result<Vec<_>, _>>()?;
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events.into_iter());
    Ok(Markup(html))
}

/// HTML of a Markdown text that is one paragraph, without the paragraph around it.
pub fn inline(markdown: &str) -> Result<Markup, String> {
    let Markup(html) = block(markdown)?;
    let html = html.trim();
    let inner = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    Ok(Markup(inner.filter(|inner| !inner.contains("<p>")).unwrap_or(html).to_owned()))
}

/// Plain text of a Markdown text, formulas as written: for titles, feeds and descriptions.
pub fn plain(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_MATH) {
        match event {
            Event::Text(part) | Event::Code(part) | Event::InlineMath(part) | Event::DisplayMath(part) => {
                text.push_str(&part);
            }
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// Formulas become MathML, raw HTML text, headings bold paragraphs (the page has its own outline).
fn typeset(event: Event<'_>) -> Result<Event<'_>, String> {
    Ok(match event {
        Event::InlineMath(formula) => Event::InlineHtml(mathml(&formula, DisplayMode::Inline)?.into()),
        Event::DisplayMath(formula) => Event::InlineHtml(
            format!("<span class=\"display\" tabindex=\"0\">{}</span>", mathml(&formula, DisplayMode::Block)?).into(),
        ),
        // Because a number and its unit stay on one line.
        Event::Text(text) if text.contains(" %") => Event::Text(text.replace(" %", "\u{202f}%").into()),
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        Event::Start(Tag::Heading { .. }) => Event::InlineHtml("<p><strong>".into()),
        Event::End(TagEnd::Heading(_)) => Event::InlineHtml("</strong></p>\n".into()),
        Event::Start(Tag::Link { dest_url, .. }) => {
            let web = dest_url.starts_with("https://") || dest_url.starts_with("http://");
            let target = if web { format!(" href=\"{}\" rel=\"external\"", escaped(&dest_url)) } else { String::new() };
            Event::InlineHtml(format!("<a{target}>").into())
        }
        Event::Start(Tag::Image { .. }) => Event::InlineHtml("<em>".into()),
        Event::End(TagEnd::Image) => Event::InlineHtml("</em>".into()),
        event => event,
    })
}

/// A LaTeX formula as MathML.
fn mathml(formula: &str, display_mode: DisplayMode) -> Result<String, String> {
    let storage = Storage::new();
    let braced = braced(formula);
    let events = LatexParser::new(&braced, &storage)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| format!("formula `${formula}$` does not parse: {}", first_line(&error.to_string())))?;
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let mut html = String::new();
    let events = events.into_iter().map(Ok::<_, std::convert::Infallible>);
    push_mathml(&mut html, events, config).map_err(|error| format!("formula `${formula}$`: {error}"))?;
    Ok(html.replace("<<", "&lt;<").replace("< ", "&lt; "))
}

/// The formula with braces around arguments that are a single digit, because the parser reads `\frac12` as one
/// argument, 12, where TeX reads two; and with a space behind each `<`, because its output does not escape them, and
/// a `<` before a space begins no tag.
fn braced(formula: &str) -> String {
    let mut text = String::with_capacity(formula.len());
    let mut rest = formula;
    let mut arguments = 0;
    while let Some(first) = rest.chars().next() {
        let name_end =
            rest[1.min(rest.len())..].find(|next: char| !next.is_ascii_alphabetic()).map_or(rest.len(), |end| end + 1);
        let token = match first {
            '\\' if name_end > 1 => &rest[..name_end],
            '\\' => rest.get(..2).unwrap_or(rest),
            first => &rest[..first.len_utf8()],
        };
        if first == '<' {
            text.push_str("< ");
        } else if arguments > 0 && first.is_ascii_digit() {
            text.push_str(&format!("{{{first}}}"));
        } else {
            text.push_str(token);
        }
        arguments = match token {
            "\\frac" | "\\dfrac" | "\\tfrac" | "\\binom" => 2,
            "\\sqrt" | "^" | "_" => 1,
            " " => arguments,
            _ if first.is_ascii_digit() => arguments.max(1) - 1,
            _ => 0,
        };
        rest = &rest[token.len()..];
    }
    text
}

/// The line that holds the byte at `place`.
fn line_around(text: &str, place: usize) -> &str {
    let start = text[..place].rfind('\n').map_or(0, |end| end + 1);
    let end = text[place..].find('\n').map_or(text.len(), |end| place + end);
    text[start..end].trim()
}

/// The first line that says something.
fn first_line(text: &str) -> &str {
    text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or(text)
}
