//! Functions compiled for several instruction sets.

pub mod dispatch;
pub mod sigmoid;
