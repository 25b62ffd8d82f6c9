//! What changed: a record against the baseline that a project keeps, and over the records that it has published.

pub mod alteration;
pub mod band;
pub mod baseline;
pub mod compare;
pub mod design;
pub mod history;
