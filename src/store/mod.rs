//! The store of cells.
