//! Tests of `theory`.

mod beyond;
mod detection;
mod frequency;
mod learning;
mod overlap;
mod saddle;
mod scalar;
mod tree;
