//! YAML as a tree of nodes with their places, and problems with their lines.

mod place;
pub mod problems;

pub(in crate::spec) mod node;

/// The first key of a map in YAML; none if the text is no map or has no key.
pub fn first_key(text: &str) -> Option<String> {
    let node = node::parse(&problems::Source::new("", text))?;
    node.entries()?.first().map(|(key, _)| key.name.clone())
}
