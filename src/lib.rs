//! Claims about how networks learn: declared in YAML, checked by seeded numerical experiments,
//! published as a static site.
//!
//! The line, one function an arrow:
//!
//! ```text
//! specs/**/*.yaml --load--> Claim --plan--> Plan --run--> cells in the store --collect--> Evidence
//!     --judge--> Finding --assemble--> record.json --build--> pages
//! ```
//!
//! The modules stand in the order of the line. A module uses only modules that stand above it.

pub mod table;

pub mod numerics;
pub mod theory;

pub mod parameter;
pub mod seed;

pub mod data;
pub mod learn;

pub mod experiment;

pub mod threads;

pub mod markup;

pub mod spec;

pub mod plan;
pub mod store;

pub mod run;

pub mod evidence;

pub mod judge;
pub mod plot;

pub mod record;

pub mod pipeline;

pub mod change;
pub mod performance;

pub mod report;

pub mod exit;

pub mod cli;
