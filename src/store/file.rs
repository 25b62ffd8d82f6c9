//! Files that appear whole or not at all.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Writes a file: to a temporary file in the same folder, synced, renamed. Folders that are not there are made.
/// A reader sees the old file or the new one; two writers of the same file do not disturb each other.
///
/// # Errors
/// If a folder or the file cannot be made, written or renamed.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_pieces(path, [bytes])
}

/// The same of contents in pieces, which follow each other.
///
/// # Errors
/// As [`write_whole`].
pub fn write_pieces<'a>(path: &Path, pieces: impl IntoIterator<Item = &'a [u8]>) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = BufWriter::new(temporary().tempfile_in(folder)?);
    pieces.into_iter().try_for_each(|piece| file.write_all(piece))?;
    let file = file.into_inner()?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Temporary files with the permissions of any new file: what is shared or published must be readable.
fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".writing-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}
