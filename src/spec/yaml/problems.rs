//! Mistakes in specs, with their place.

use std::cell::RefCell;
use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// All mistakes that were found in the specs of a folder, in order of file and place.
#[derive(Debug)]
pub struct Problems(pub Vec<Problem>);

/// A mistake in a spec.
#[derive(Clone, Debug)]
pub struct Problem {
    /// File as it was found.
    pub file: String,
    /// Line, from 1; 0 if it is about the file as a whole.
    pub line: usize,
    /// Column in characters, from 1; 0 if it is about the file as a whole.
    pub column: usize,
    /// What is wrong and what is allowed, lowercase, no final dot.
    pub message: String,
    /// Did you mean ...
    pub help: Option<String>,
    /// The whole, with the line and a caret, without colour.
    pub rendered: String,
}

impl Problems {
    /// The problems in order of file, line and column, each once.
    pub(in crate::spec) fn sorted(mut problems: Vec<Problem>) -> Self {
        let key = |problem: &Problem| (problem.file.clone(), problem.line, problem.column, problem.message.clone());
        problems.sort_by_key(key);
        problems.dedup_by_key(|problem| key(problem));
        Self(problems)
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.0 {
            writeln!(f, "{}\n", problem.rendered)?;
        }
        let number = self.0.len();
        write!(f, "{number} {} in the specs", if number == 1 { "problem" } else { "problems" })
    }
}

impl std::error::Error for Problems {}

impl Problem {
    /// A mistake about a file or folder as a whole.
    pub(in crate::spec) fn of_file(file: &str, message: &str, help: Option<&str>) -> Self {
        let title = Level::ERROR.primary_title(message);
        let origin = annotate_snippets::Origin::path(file);
        let report = match help {
            Some(help) => title.element(origin).element(Level::HELP.message(help)),
            None => title.element(origin),
        };
        let rendered = Renderer::plain().render(&[report]);
        let (message, help) = (message.to_owned(), help.map(str::to_owned));
        Self { file: file.to_owned(), line: 0, column: 0, message, help, rendered }
    }
}

/// A text file of specs with the mistakes found in it so far.
pub(in crate::spec) struct Source<'a> {
    /// Path as it was found.
    pub(in crate::spec) file: &'a str,
    /// What it holds.
    pub(in crate::spec) text: &'a str,
    found: RefCell<Vec<Problem>>,
}

impl<'a> Source<'a> {
    pub(in crate::spec) fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, found: RefCell::default() }
    }

    /// Notes a mistake at a place in bytes.
    pub(in crate::spec) fn report(&self, span: Range<usize>, message: impl Into<String>) {
        self.report_with(span, message, None);
    }

    /// Notes a mistake at a place in bytes, with a hint.
    pub(in crate::spec) fn report_with(&self, span: Range<usize>, message: impl Into<String>, help: Option<String>) {
        let (message, span) = (message.into(), self.visible(span));
        let (line, column) = self.position(span.start);
        let rendered = self.render(&span, &message, help.as_deref());
        self.found.borrow_mut().push(Problem { file: self.file.to_owned(), line, column, message, help, rendered });
    }

    /// Number of mistakes so far.
    pub(in crate::spec) fn count(&self) -> usize {
        self.found.borrow().len()
    }

    pub(in crate::spec) fn into_problems(self) -> Vec<Problem> {
        self.found.into_inner()
    }

    /// Line and column of a byte, both from 1, the column in characters.
    pub(in crate::spec) fn position(&self, byte: usize) -> (usize, usize) {
        let byte = (0..=byte.min(self.text.len())).rev().find(|&byte| self.text.is_char_boundary(byte)).unwrap_or(0);
        let before = &self.text[..byte];
        let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        (line, before[start..].chars().count() + 1)
    }

    /// The byte at a line and column, both from 1; the end of the text if there is none.
    pub(in crate::spec) fn byte(&self, line: usize, column: usize) -> usize {
        let start = self.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
        let line = self.text[start..].split('\n').next().unwrap_or("");
        let within = line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(byte, _)| byte);
        start + within
    }

    /// A span on one line, on boundaries of characters, that shows something: a map is shown by its first word.
    fn visible(&self, span: Range<usize>) -> Range<usize> {
        let boundary =
            |byte: usize| (0..=byte.min(self.text.len())).rev().find(|&byte| self.text.is_char_boundary(byte));
        let start = boundary(span.start).unwrap_or(0);
        let rest = &self.text[start..];
        let line = rest.split('\n').next().unwrap_or("").trim_end().len();
        let end = match span.end.saturating_sub(span.start) {
            0 => rest.find(|letter: char| letter.is_whitespace() || letter == ':').unwrap_or(rest.len()),
            length => length,
        };
        start..boundary(start + end.min(line)).unwrap_or(start)
    }

    fn render(&self, span: &Range<usize>, message: &str, help: Option<&str>) -> String {
        let shown = AnnotationKind::Primary.span(span.clone());
        let snippet = Snippet::source(self.text).path(self.file).annotation(shown);
        let report = Level::ERROR.primary_title(message).element(snippet);
        let report = match help {
            Some(help) => report.element(Level::HELP.message(help)),
            None => report,
        };
        Renderer::plain().render(&[report])
    }
}
