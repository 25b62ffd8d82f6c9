//! One binary for all integration tests; a module for each kind of behaviour.

mod cli;
mod data;
mod examples;
mod experiment;
mod house;
mod judge;
mod learn;
mod markup;
mod numerics;
mod outside;
#[path = "../../build/paths.rs"]
mod paths;
mod plot;
mod readme;
mod record;
mod report;
mod run;
mod spec;
mod store;
mod theory;
