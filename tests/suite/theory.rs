//! Tests of `theory`.

mod detection;
mod learning;
mod saddle;
mod tree;
