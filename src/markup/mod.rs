//! Text for people as HTML: Markdown, and the formulas in it.
//!
//! It stands above the specs, so that a formula that does not parse is found before anything runs, and by the same code
//! that writes the page.

mod latex;
pub mod safe;

pub mod markdown;

pub use safe::{Markup, escaped, is_unprintable};
