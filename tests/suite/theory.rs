//! Tests of `theory`.

mod beyond;
mod detection;
mod learning;
mod saddle;
mod scalar;
mod tree;
