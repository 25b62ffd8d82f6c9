//! What may be said in a spec: sections and their keys, kinds of figures with their options, the JSON Schema.

pub(in crate::spec) mod schema_paths;
pub mod section;
pub(in crate::spec) mod write;

pub mod figure_options;

pub mod declaration;
pub mod figure_kinds;

pub mod schema;
