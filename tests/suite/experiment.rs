//! Tests of `experiment`.
