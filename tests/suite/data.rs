//! Tests of `data`.

pub(crate) mod reference;
