//! `modewise merge`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::error::CliError;
use super::flags::{Loudness, StoreFlags};
use crate::exit::Exit;
use crate::report::words::counted;
use crate::store::folder::Folder;

const EXAMPLES: &str = "\
Examples:
  modewise merge cells-1 cells-2 cells-3          into .modewise/store
  modewise merge /scratch/cells-* --store cells   into another store
  modewise merge cells-* && modewise status && modewise report";

/// Copy the cells of other stores into this one.
///
/// Every cell is verified before it is copied. A cell that is there already is kept.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Merge {
    /// Folders of other stores
    #[arg(value_name = "DIR", required = true)]
    folders: Vec<PathBuf>,
    #[command(flatten)]
    store: StoreFlags,
}

impl Merge {
    /// Runs the command.
    pub(super) fn execute(&self, loudness: Loudness) -> Result<Exit, CliError> {
        if let Some(folder) = self.folders.iter().find(|folder| !folder.is_dir()) {
            return Err(CliError::Usage(format!("`{}` is not a folder", folder.display())));
        }
        let store = Folder::new(&self.store.store);
        let (mut copied, mut known) = (0, 0);
        for folder in &self.folders {
            let merge = store.merge(&Folder::new(folder)).map_err(CliError::Store)?;
            for (file, reason) in &merge.unusable {
                anstream::eprintln!("warning: `{}` {reason}; it was not copied", file.display());
            }
            for file in &merge.different {
                anstream::eprintln!(
                    "warning: `{}` has other numbers than the cell in `{}`; it was kept \
                     (were they made on machines with different processors?)",
                    file.display(),
                    folder.display()
                );
            }
            copied += merge.copied;
            known += merge.known;
        }
        if !loudness.quiet {
            let copied = counted(copied as usize, "cell");
            writeln!(anstream::stdout(), "{copied} copied, {known} already there")?;
        }
        Ok(Exit::Holds)
    }
}
