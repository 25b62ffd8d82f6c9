//! Tests of `theory`.

mod detection;
mod tree;
