//! What pages say: texts that are ready to print, in the order in which templates print them.

pub mod command;
pub mod fact;
pub mod page;
pub mod verdict;

pub mod change;
pub mod figure;
pub mod film;
pub mod order;
pub mod performance;
pub mod provenance;
pub mod stability;

pub mod check;
pub mod claim;
pub mod index;
pub mod method;

pub use command::command;
pub use fact::Fact;
pub use page::{Page, Source};
pub use verdict::VerdictView;
