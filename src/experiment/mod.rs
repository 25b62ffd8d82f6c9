//! Experiments: each a kind of numerical experiment with typed parameters that returns tables.
//!
//! **Begin here**: a [`Kind`] says what is known before any of it runs, and makes an [`Experiment`] of parameters. There is
//! one file per kind in [`kinds`], which also lists those that are built in; a [`Registry`] of them, and of kinds from
//! elsewhere, is handed to whatever reads specs, and help, schema, error messages and checks of columns are made from
//! it.

mod running;

mod kind;

pub mod common;

pub mod kinds;

mod registry;

pub use kind::{Build, Builder, Built, ColumnDoc, Kind, Parameters, TableDoc, Values, column, reserved};
pub use registry::{Registry, RegistryError};
pub use running::{Attempt, Experiment, Failure, Reason};
