//! The text of a record, and the digest of it that two runs compare.

use indexmap::IndexMap;
use serde::Serialize;

use super::finite::{NotFinite, finite};
use super::{ClaimRecord, Record};
use crate::judge::verdict::Finding;
use crate::plot::model::Plot;
use crate::spec::claim::{Chapter, Reference};
use crate::table::Tables;

/// What `record.json` holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordText {
    /// Compact JSON on one line. Indented, one number a line, it would be three times as long, and nobody reads ten
    /// thousand numbers.
    pub json: Vec<u8>,
    /// BLAKE3 over the compact JSON of everything but provenance and digest, in hexadecimal.
    pub digest: String,
}

/// A record without its provenance and its digest, in the same order.
#[derive(Serialize)]
struct Digested<'a> {
    format: u32,
    profile: &'a str,
    seed: u64,
    chapters: &'a [Chapter],
    sources: &'a IndexMap<String, Reference>,
    claims: &'a [ClaimRecord],
    findings: &'a [Finding],
    tables: &'a IndexMap<String, Tables>,
    control_tables: &'a IndexMap<String, IndexMap<String, Tables>>,
    plots: &'a IndexMap<String, Vec<Plot>>,
}

/// The text of a record, with the digest that its contents have, whatever the record says.
pub fn text(record: &Record) -> Result<RecordText, NotFinite> {
    finite(record)?;
    // Named one by one, so that a new field of the record is a decision here.
    let Record {
        format,
        profile,
        seed,
        chapters,
        sources,
        claims,
        findings,
        tables,
        control_tables,
        plots,
        provenance,
        digest: _,
    } = record;
    let (format, seed) = (*format, *seed);
    let digested =
        Digested { format, profile, seed, chapters, sources, claims, findings, tables, control_tables, plots };
    let mut json = serde_json::to_vec(&digested).expect("a record has text keys");
    let digest = blake3::hash(&json).to_hex().to_string();
    // Because the rest is a field as well: the brace that closes what was digested closes the record instead.
    json.pop();
    json.extend_from_slice(b",\"provenance\":");
    serde_json::to_writer(&mut json, provenance).expect("a provenance has text keys");
    json.extend_from_slice(format!(",\"digest\":\"{digest}\"}}\n").as_bytes());
    Ok(RecordText { json, digest })
}
