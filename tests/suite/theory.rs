//! Tests of `theory`.

mod detection;
mod learning;
mod saddle;
mod scalar;
mod tree;
