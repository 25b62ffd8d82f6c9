//! Tests of `judge`.

mod coverage;
