//! What changed: a record against the baseline that a project keeps, and over the records that it has published.

pub mod design;
pub mod history;
pub mod value;

pub mod band;
pub mod baseline;

pub mod alteration;
pub mod compare;
