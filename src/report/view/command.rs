//! Commands that pages show.

use crate::record::Record;

/// The command that makes the numbers again; `selection` may be empty.
pub fn command(record: &Record, verb: &str, selection: &str) -> String {
    let mut command = format!("modewise {verb}");
    if !selection.is_empty() {
        command.push_str(&format!(" {selection}"));
    }
    command.push_str(&format!(" --seed {}", record.seed));
    if record.profile != "full" {
        command.push_str(&format!(" --profile {}", record.profile));
    }
    command
}
