//! The program `modewise`.

use std::process::ExitCode;

fn main() -> ExitCode {
    modewise::cli::main().into()
}
