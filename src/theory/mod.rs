//! Closed forms of the theory.
