//! Tests of `theory`.

mod learning;
mod saddle;
