//! Experiments from outside: programs that a file declares, asked for one cell after the other.
//!
//! **Begin here**: a [`Declaration`] says what a built-in kind says about itself and how its program is run; [`kind`] makes
//! a kind of it that stands in a registry beside the built-in ones. The program gets a line of JSON for each cell and
//! answers with one ([`protocol`]). Nothing is run to read a spec, and nothing without consent.

pub mod declaration;

pub mod parameters;
pub mod protocol;
mod worker;

pub mod program;

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use globset::{GlobBuilder, GlobSetBuilder};

use crate::experiment::{Build, Kind, Parameters};
use crate::outside::declaration::Declaration;
use crate::outside::program::{Program, Programs};

/// Most files that the inputs of an experiment may name.
const MOST_INPUTS: usize = 10_000;

/// The kind of a declared experiment whose file has this text; its program runs only if that is allowed.
///
/// Its names live as long as the program does, like those of the built-in kinds.
///
/// # Errors
/// If an input cannot be read.
pub fn kind(declaration: Declaration, text: &str, allowed: bool) -> io::Result<Kind> {
    let fingerprint = fingerprint(&declaration, text)?;
    let tables = declaration.tables;
    let (name, about) = (kept(&declaration.name), kept(&declaration.about));
    let parameters = Parameters::Written(Arc::new(parameters::schema(&declaration)));
    let build = Build::Value(Arc::new(Programs(Arc::new(Program::new(declaration, allowed)))));
    Ok(Kind { name, about, parameters, tables, build, fingerprint: kept(&fingerprint) })
}

/// Text that lives as long as the program.
pub fn kept(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

/// Docs of tables or columns that live as long as the program.
pub fn kept_docs<T>(docs: Vec<T>) -> &'static [T] {
    Box::leak(docs.into_boxed_slice())
}

/// The hash of the declaration and of the inputs, each by its path seen from the folder and its bytes.
fn fingerprint(declaration: &Declaration, text: &str) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    let mut add = |piece: &[u8]| {
        hasher.update(&(piece.len() as u64).to_le_bytes());
        hasher.update(piece);
    };
    add(text.as_bytes());
    for path in inputs(declaration)? {
        add(path.as_bytes());
        add(&fs::read(declaration.folder.join(&path))?);
    }
    Ok(hasher.finalize().to_hex().to_string())
}

/// The files that the inputs of a declaration name, by their path seen from its folder with `/` between its parts, in order.
///
/// # Errors
/// If the folder cannot be read, or too many files are named.
pub fn inputs(declaration: &Declaration) -> io::Result<Vec<String>> {
    let mut globs = GlobSetBuilder::new();
    for glob in &declaration.inputs {
        let glob = GlobBuilder::new(glob).literal_separator(true).build().map_err(io::Error::other)?;
        globs.add(glob);
    }
    let globs = globs.build().map_err(io::Error::other)?;
    let mut files = Vec::new();
    find(&declaration.folder, "", &mut files)?;
    files.retain(|path| globs.is_match(path));
    files.sort();
    Ok(files)
}

/// Collects the files below a folder, but for hidden ones and those that Python makes.
fn find(folder: &Path, path: &str, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder.join(path))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || name == "__pycache__" {
            continue;
        }
        let inner = if path.is_empty() { name } else { format!("{path}/{name}") };
        if entry.file_type()?.is_dir() {
            find(folder, &inner, files)?;
        } else {
            files.push(inner);
        }
        if files.len() > MOST_INPUTS {
            return Err(io::Error::other(format!("more than {MOST_INPUTS} files lie beside the declaration")));
        }
    }
    Ok(())
}
