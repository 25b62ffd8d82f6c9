//! The program `modewise`.

use std::process::ExitCode;

use modewise::exit::Exit;

fn main() -> ExitCode {
    Exit::guard(modewise::cli::main).into()
}
