//! Tests of `theory`.
