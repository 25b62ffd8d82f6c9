//! YAML as a tree of nodes with their places, and problems with their lines.

pub(in crate::spec) mod node;
mod place;
pub mod problems;
