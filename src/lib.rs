//! Claims about how networks learn: declared in YAML, checked by seeded numerical experiments,
//! published as a static site.
//!
//! The program is one library function, [`pipeline::conclude`], from a folder of specs to a record:
//!
//! ```
//! use modewise::judge::verdict::Verdict;
//! use modewise::pipeline::{Options, conclude};
//!
//! let specs = tempfile::tempdir()?;
//! let write = |name: &str, text: &str| std::fs::write(specs.path().join(name), text);
//! std::fs::create_dir(specs.path().join("saddles"))?;
//! write("sources.yaml", "notes: {authors: A. Theorist, title: Notes, venue: Notebook, year: 2026}")?;
//! write("saddles/_chapter.yaml", "{title: Saddles, introduction: Where learning waits.}")?;
//! write("saddles/wait.yaml", r"
//! title: The wait at a saddle is the predicted one
//! statement: Two weights in a row learn half of $s = 2$ at $\ln(s/m_0 - 1) / 2s$.
//! source: {cite: notes}
//! why-this-tolerance: The weights are equal but for the square of the radius, 0.0004.
//! experiment:
//!   scalar: {s: 2, radius: 0.02, tolerance: 1e-8, every: 0.005}
//! replicates: 16
//! checks:
//!   - name: half is learned on time
//!     table: run
//!     measure: median(abs(half_time/(ln(2/m0 - 1)/4) - 1))
//!     expect: {at-most: 1e-4}
//! controls:
//!   - name: a start on the slope
//!     because: At the distance 1 there is no wait.
//!     set: {radius: 1}
//!     fails: [half is learned on time]
//! ")?;
//!
//! let found = conclude(&Options::new(specs.path()), &|_| {})?;
//! assert_eq!(found.record.claims[0].verdict, Verdict::Holds);
//! assert!(found.record.claims[0].controls[0].failed);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Begin here**, with what you have:
//!
//! * a claim: [`pipeline`], as above; the [`record`] holds verdicts, findings, tables and figures, and [`report`] makes
//!   pages of it;
//! * an experiment of your own: a [`Kind`](experiment::Kind) in a [`Registry`](experiment::Registry), which
//!   [`Options`](pipeline::Options) hand down, so that specs may name it;
//! * a matrix: [`theory`] tells when each of its modes is learned, [`learn`] trains networks on it, and [`numerics`]
//!   has the decompositions and intervals behind both;
//! * no data yet: [`data`] draws hierarchies, rings and categories in noise, with what the theory predicts for them.
//!
//! In the folder `examples/`: `own_claim`, `learning_times` and `detection`.
//!
//! # The line
//!
//! One function for each arrow:
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

pub mod outside;

pub mod markup;

pub mod spec;

pub mod plan;
pub mod store;

pub mod run;

pub mod evidence;

pub mod judge;
pub mod plot;

pub mod versioned;

pub mod record;

pub mod pipeline;

pub mod stability;

pub mod change;
pub mod performance;

pub mod report;

pub mod exit;

pub mod cli;
