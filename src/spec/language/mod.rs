//! What may be said in a spec: sections and their keys, kinds of figures, the JSON Schema, and a claim written out again.

pub mod resolved;
pub(in crate::spec) mod schema_paths;
pub mod section;

pub mod figure_kinds;
pub mod schema;
