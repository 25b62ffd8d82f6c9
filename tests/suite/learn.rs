//! Tests of `learn`.
