//! Points and cells.
