//! What is inside a cell's file: a line that names the format, what the cell follows from and what it
//! gave (postcard), a BLAKE3 checksum of all before.

use crate::experiment::Failure;
use crate::plan::cell::{CellKey, Origin};
use crate::table::Tables;

/// First line of a cell's file. The number changes with the form of what follows.
const HEADER: &[u8] = b"modewise cell 1\n";

/// What a cell gave: its tables, or why it has none. A failure is stored like a result.
pub type Outcome = Result<Tables, Failure>;

/// Why a file is not the cell that was asked for. It counts as missing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// The file could not be read.
    #[error("is unreadable: {0}")]
    Unreadable(String),
    /// The file is of another program or of another version of this one.
    #[error("is not a cell of this version of modewise")]
    Foreign,
    /// The file is damaged.
    #[error("is damaged: {0}")]
    Damaged(&'static str),
    /// The file is a cell, but under the name of another.
    #[error("holds the cell `{0}`")]
    Misnamed(CellKey),
}

/// The bytes of a cell's file.
///
/// # Panics
/// Never: postcard refuses only what does not know its length, and tables and texts do.
pub fn encode(origin: &Origin, outcome: &Outcome) -> Vec<u8> {
    let body = (origin, outcome);
    let mut bytes = postcard::to_extend(&body, HEADER.to_vec()).expect("tables and texts have known lengths");
    let checksum = blake3::hash(&bytes);
    bytes.extend_from_slice(checksum.as_bytes());
    bytes
}

/// The outcome in the bytes of the file of the cell `key`.
///
/// # Errors
/// If the file is of another format, damaged, or of another cell.
pub fn decode(key: &CellKey, bytes: &[u8]) -> Result<Outcome, Unusable> {
    let tables = named(key, bytes)?;
    postcard::from_bytes(tables).map_err(|_| Unusable::Damaged("its tables do not decode"))
}

/// What the cell in the bytes of a file follows from, whatever its name.
///
/// # Errors
/// If the file is of another format or damaged.
pub fn origin(bytes: &[u8]) -> Result<Origin, Unusable> {
    let (origin, _) = postcard::take_from_bytes::<Origin>(body(bytes)?)
        .map_err(|_| Unusable::Damaged("the description of the cell does not decode"))?;
    Ok(origin)
}

/// Checks header, checksum and name, without decoding the tables.
///
/// # Errors
/// If the file is of another format, damaged, or of another cell.
pub fn verify(key: &CellKey, bytes: &[u8]) -> Result<(), Unusable> {
    named(key, bytes).map(drop)
}

/// The bytes of the outcome, if all before them is right.
fn named<'a>(key: &CellKey, bytes: &'a [u8]) -> Result<&'a [u8], Unusable> {
    let (origin, outcome) = postcard::take_from_bytes::<Origin>(body(bytes)?)
        .map_err(|_| Unusable::Damaged("the description of the cell does not decode"))?;
    let named = origin.key();
    if named == *key { Ok(outcome) } else { Err(Unusable::Misnamed(named)) }
}

/// The bytes between header and checksum.
fn body(bytes: &[u8]) -> Result<&[u8], Unusable> {
    if !bytes.starts_with(HEADER) {
        let cut = HEADER.starts_with(bytes);
        return Err(if cut { Unusable::Damaged("it ends early") } else { Unusable::Foreign });
    }
    let (content, checksum) = bytes.split_last_chunk::<32>().ok_or(Unusable::Damaged("it ends early"))?;
    if blake3::hash(content) != *checksum {
        return Err(Unusable::Damaged("its checksum does not match"));
    }
    content.get(HEADER.len()..).ok_or(Unusable::Damaged("it ends early"))
}
