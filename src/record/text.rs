//! The text of a record, and the digest of it that two runs compare.

use indexmap::IndexMap;
use serde::Serialize;

use super::finite::{NotFinite, finite};
use super::{ClaimRecord, Record};
use crate::spec::claim::{Chapter, Reference};
use crate::table::{Table, Tables};
use crate::threads::{both, in_parallel};

/// What `record.json` holds: compact JSON on one line. Indented, with one number per line, it would be three times as
/// long, and nobody reads ten thousand numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordText {
    /// The text in pieces, as they were made: each second one is a table.
    pieces: Vec<Vec<u8>>,
    /// BLAKE3 over the compact JSON of everything but provenance and digest, in hexadecimal.
    pub digest: String,
}

/// What stands in front of the tables of a record, in the same order.
#[derive(Serialize)]
struct Head<'a> {
    format: u64,
    profile: &'a str,
    seed: u64,
    chapters: &'a [Chapter],
    sources: &'a IndexMap<String, Reference>,
    claims: &'a [ClaimRecord],
}

/// The text of a record, with the digest that its contents have, whatever the record says.
///
/// # Errors
/// If a number is infinite, or missing where it may not be.
///
/// # Panics
/// Never: the texts of tables are taken in the order in which they were made.
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
        tables,
        control_tables,
        plots,
        provenance,
        digest: _,
    } = record;
    let (format, seed) = (*format, *seed);
    let head = Head { format, profile, seed, chapters, sources, claims };
    let every: Vec<&Table> = record.every_table().map(|of| of.table).collect();
    let ((head, plots), texts) = both(|| (json(&head), json(plots)), || in_parallel(&every, |table| table_text(table)));
    let mut texts = texts.into_iter();
    let mut table = |text: &mut Pieces, _: &Table| text.add_table(texts.next().expect("every table has its text"));
    let mut of_arm = |text: &mut Pieces, tables: &Tables| text.add_map(tables, &mut table);
    let mut text = Pieces::new(head);
    text.add_field("tables");
    text.add_map(tables, &mut of_arm);
    text.add_field("control_tables");
    text.add_map(control_tables, |text, controls| text.add_map(controls, &mut of_arm));
    text.add_field("plots");
    text.last.extend_from_slice(&plots);
    text.last.push(b'}');
    let digest = text.digest();
    text.reopen();
    text.add_field("provenance");
    text.last.extend(json(provenance));
    text.last.extend_from_slice(format!(",\"digest\":\"{digest}\"}}\n").as_bytes());
    Ok(RecordText { pieces: text.all(), digest })
}

impl RecordText {
    /// The text in pieces, which follow each other.
    pub fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        self.pieces.iter().map(Vec::as_slice)
    }

    /// The texts of the tables in it, in the order of [`Record::every_table`].
    pub fn tables(&self) -> impl Iterator<Item = &[u8]> {
        self.pieces().skip(1).step_by(2)
    }

    /// The text.
    pub fn json(&self) -> Vec<u8> {
        self.pieces.concat()
    }
}

/// A text that grows. Tables are moved into it and not copied, because they are nearly all of it.
struct Pieces {
    /// Text and table by turns.
    done: Vec<Vec<u8>>,
    /// The text behind the last table.
    last: Vec<u8>,
}

impl Pieces {
    /// From a map that is to have more fields.
    fn new(map: Vec<u8>) -> Self {
        let mut pieces = Self { done: Vec::new(), last: map };
        pieces.reopen();
        pieces
    }

    /// Takes the closing brace away, because the rest is a field as well.
    fn reopen(&mut self) {
        self.last.pop();
    }

    /// The name of one more field.
    fn add_field(&mut self, name: &str) {
        self.last.extend_from_slice(format!(",\"{name}\":").as_bytes());
    }

    /// A map, whose values `add` adds.
    fn add_map<T>(&mut self, entries: &IndexMap<String, T>, mut add: impl FnMut(&mut Self, &T)) {
        self.last.push(b'{');
        for (place, (name, value)) in entries.iter().enumerate() {
            if place > 0 {
                self.last.push(b',');
            }
            self.last.extend(json(name));
            self.last.push(b':');
            add(self, value);
        }
        self.last.push(b'}');
    }

    /// The text of a table.
    fn add_table(&mut self, text: Vec<u8>) {
        self.done.extend([std::mem::take(&mut self.last), text]);
    }

    fn digest(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for piece in self.done.iter().chain([&self.last]) {
            hasher.update(piece);
        }
        hasher.finalize().to_hex().to_string()
    }

    fn all(mut self) -> Vec<Vec<u8>> {
        self.done.push(self.last);
        self.done
    }
}

fn table_text(table: &Table) -> Vec<u8> {
    let mut text = Vec::with_capacity(table.text_size());
    serde_json::to_writer(&mut text, table).expect("a table has text keys");
    text
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("a record has text keys")
}
