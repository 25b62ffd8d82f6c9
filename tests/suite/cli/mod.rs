//! The program as a user meets it: a folder of specs, a command line, an exit code.

mod commands;
mod exit_codes;
mod machine;
mod output;
mod project;
mod shards;
mod skipped;
