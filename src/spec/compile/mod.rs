//! From trees of YAML to claims: every section is read, every mistake noted at its place.

pub(in crate::spec) mod context;
pub(in crate::spec) mod read;
pub(in crate::spec) mod serde_words;
pub(in crate::spec) mod sweep;

pub(in crate::spec) mod axes;
pub(in crate::spec) mod expectation;
pub(in crate::spec) mod parameters;
pub(in crate::spec) mod profiles;

pub(in crate::spec) mod checks;
pub(in crate::spec) mod controls;
pub(in crate::spec) mod size;

pub(in crate::spec) mod design;
pub(in crate::spec) mod figures;

pub(in crate::spec) mod declaration;
pub(in crate::spec) mod document;

pub(in crate::spec) mod catalogue;
