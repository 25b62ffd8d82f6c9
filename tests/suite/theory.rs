//! Tests of `theory`.

mod learning;
mod saddle;
mod detection;
mod tree;
