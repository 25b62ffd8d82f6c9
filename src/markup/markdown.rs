//! Markdown with formulas between `$` to HTML with MathML.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use pulldown_latex::config::DisplayMode;

use crate::markup::latex::mathml;
use crate::markup::{Markup, escaped};

/// A formula that does not parse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct MarkdownError {
    /// Its place in the Markdown text, in bytes.
    pub span: Range<usize>,
    /// Which formula it is, and what is wrong with it.
    pub message: String,
}

/// HTML of a Markdown text. Links lead to the web or are shown as their text. Raw HTML in it is shown as text; images
/// are shown as their text, because a page refers to nothing outside of the site.
///
/// # Errors
///
/// The first formula that does not parse.
pub fn block(markdown: &str) -> Result<Markup, MarkdownError> {
    let (html, errors) = converted(markdown);
    errors.into_iter().next().map_or(Ok(Markup(html)), Err)
}

/// HTML of a Markdown text that is one paragraph, without the paragraph around it.
///
/// # Errors
///
/// The first formula that does not parse.
pub fn inline(markdown: &str) -> Result<Markup, MarkdownError> {
    let Markup(html) = block(markdown)?;
    let html = html.trim();
    let inner = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    Ok(Markup(inner.filter(|inner| !inner.contains("<p>")).unwrap_or(html).to_owned()))
}

/// Every formula of a Markdown text that does not parse, in order.
pub fn errors(markdown: &str) -> Vec<MarkdownError> {
    converted(markdown).1
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

/// The HTML without the formulas that do not parse, and what is wrong with these.
fn converted(markdown: &str) -> (String, Vec<MarkdownError>) {
    let options = Options::ENABLE_MATH | Options::ENABLE_TABLES | Options::ENABLE_SMART_PUNCTUATION;
    let mut errors = Vec::new();
    let mut events = Vec::new();
    for (event, span) in Parser::new_ext(markdown, options).into_offset_iter() {
        if let Some(sign) = lone_sign(&event, markdown, &span) {
            let message = format!(
                "formula `{}` has a `$` without its partner (allowed: pairs; `\\$` for the sign itself)",
                line_around(markdown, sign)
            );
            errors.push(MarkdownError { span: sign..sign + 1, message });
        }
        match typeset(event) {
            Ok(event) => events.push(event),
            Err(message) => errors.push(MarkdownError { span, message }),
        }
    }
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events.into_iter());
    (html, errors)
}

/// The place of a `$` in a text that is neither half of a pair nor written `\$`.
fn lone_sign(event: &Event<'_>, markdown: &str, span: &Range<usize>) -> Option<usize> {
    let Event::Text(text) = event else { return None };
    // Because an entity, `&#36;`, stands for the sign itself.
    let sign = span.start + text.find('$').and_then(|_| markdown[span.clone()].find('$'))?;
    let before = &markdown[..sign];
    let backslashes = before.len() - before.trim_end_matches('\\').len();
    backslashes.is_multiple_of(2).then_some(sign)
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

/// The line that holds the byte at `place`.
fn line_around(text: &str, place: usize) -> &str {
    let start = text[..place].rfind('\n').map_or(0, |end| end + 1);
    let end = text[place..].find('\n').map_or(text.len(), |end| place + end);
    text[start..end].trim()
}
