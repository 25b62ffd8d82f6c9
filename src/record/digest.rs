//! The digest of a record: what two runs compare.

use std::io::BufWriter;

use indexmap::IndexMap;
use serde::Serialize;

use crate::judge::verdict::Finding;
use crate::plot::model::Plot;
use crate::record::{ClaimRecord, Record};
use crate::spec::claim::{Chapter, Reference};
use crate::table::Tables;

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

/// BLAKE3 over the compact JSON of everything but provenance and digest, in hexadecimal.
pub fn digest(record: &Record) -> String {
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
        provenance: _,
        digest: _,
    } = record;
    let (format, seed) = (*format, *seed);
    let digested =
        Digested { format, profile, seed, chapters, sources, claims, findings, tables, control_tables, plots };
    // Because a hasher is several times as fast if it gets many bytes at once.
    let mut writer = BufWriter::with_capacity(1 << 16, blake3::Hasher::new());
    serde_json::to_writer(&mut writer, &digested).expect("a record has text keys, and a hasher takes every byte");
    let hasher = writer.into_inner().expect("a hasher takes every byte");
    hasher.finalize().to_hex().to_string()
}
