//! The program as a user meets it: a folder of specs, a command line, an exit code.

mod changes;
mod commands;
mod exit_codes;
mod machine;
mod output;
mod project;
mod scaffolds;
mod shards;
mod skipped;
mod stability;
mod watch;
