// Module paths in a source file, as text: `a::b::C`, and the groups of `use a::{b, c::d as e, self}` spread out.

/// A path with at least two words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ModulePath {
    /// Its words, `crate`, `numerics`, `svd`; a last `self` of a group is left out.
    pub(crate) words: Vec<String>,
    /// The name given by `as`.
    pub(crate) renamed: Option<String>,
}

/// Every path of a text, those in comments and literals too.
pub(crate) fn paths(text: &str) -> Vec<ModulePath> {
    let mut scanner = Scanner { rest: text, found: Vec::new() };
    while !scanner.rest.is_empty() {
        match scanner.word() {
            Some(word) => scanner.path(vec![word]),
            None => scanner.skip_character(),
        }
    }
    scanner.found
}

struct Scanner<'a> {
    rest: &'a str,
    found: Vec<ModulePath>,
}

impl Scanner<'_> {
    /// Reads what follows the words read so far, up to the end of the path.
    fn path(&mut self, mut words: Vec<String>) {
        while self.takes("::") {
            if self.takes("{") {
                return self.group(&words);
            }
            match self.word() {
                Some(word) => words.push(word),
                None => break,
            }
        }
        let before = self.rest;
        let renamed = (self.word().as_deref() == Some("as")).then(|| self.word()).flatten();
        if renamed.is_none() {
            self.rest = before;
        }
        if words.last().is_some_and(|word| word == "self") && words.len() > 1 {
            words.pop();
        }
        if words.len() > 1 {
            self.found.push(ModulePath { words, renamed });
        }
    }

    /// Reads the paths of a group, each behind the words before it.
    fn group(&mut self, prefix: &[String]) {
        while !self.rest.is_empty() && !self.takes("}") {
            match self.word() {
                Some(word) => self.path(prefix.iter().cloned().chain([word]).collect()),
                None => self.skip_character(),
            }
        }
    }

    /// Takes a mark, with white space before it.
    fn takes(&mut self, mark: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Takes a word, with white space before it.
    fn word(&mut self) -> Option<String> {
        let rest = self.rest.trim_start();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let word = (end > 0).then(|| rest[..end].to_owned())?;
        self.rest = &rest[end..];
        Some(word)
    }

    fn skip_character(&mut self) {
        let mut characters = self.rest.chars();
        characters.next();
        self.rest = characters.as_str();
    }
}
