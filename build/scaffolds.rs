// The list of the scaffolds of new claims, one for each kind of experiment: what lies in `cli/scaffold/`. A list by
// hand would leave out what nobody thought of.

use std::fs;
use std::io;
use std::path::Path;

/// Rust source of a slice of the scaffolds' names and texts, in order of name.
pub(crate) fn scaffolds(folder: &Path) -> io::Result<String> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = fs::canonicalize(entry?.path())?;
        if let Some(name) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".yaml")) {
            entries.push(format!("({name:?}, include_str!({:?})),\n", path.display().to_string()));
        }
    }
    entries.sort();
    Ok(format!("&[\n{}]\n", entries.concat()))
}
