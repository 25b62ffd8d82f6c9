//! `feed.xml`: an Atom feed (RFC 4287) of changes of verdicts.

use quick_xml::Writer;
use quick_xml::events::BytesText;

use crate::change::history::{History, Turning};
use crate::record::Record;
use crate::report::date::rfc3339;
use crate::report::words::{predicate, word};
use crate::report::xml::{document, printable};

/// So many changes stand in the feed, the latest.
const MOST: usize = 100;

/// The feed of a history; `url` is where the site is published, if that is known.
///
/// # Errors
/// If the document cannot be written to memory.
pub fn feed(record: &Record, history: &History, url: Option<&str>) -> std::io::Result<Vec<u8>> {
    let updated = history.0.iter().filter_map(|entry| entry.time).max().unwrap_or(0);
    document(|writer| {
        let root = writer.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
        root.write_inner_content(|writer| {
            element(writer, "id", &url.map_or_else(|| name("feed"), str::to_owned))?;
            element(writer, "title", "Claims about how networks learn: changes of verdicts")?;
            element(writer, "updated", &rfc3339(updated))?;
            writer.create_element("author").write_inner_content(|writer| element(writer, "name", "modewise"))?;
            let own = url.map_or_else(|| "feed.xml".to_owned(), |url| format!("{url}feed.xml"));
            writer.create_element("link").with_attributes([("rel", "self"), ("href", own.as_str())]).write_empty()?;
            for turning in history.turnings().iter().take(MOST) {
                write_entry(writer, record, turning, url)?;
            }
            Ok(())
        })?;
        Ok(())
    })
}

fn write_entry(
    writer: &mut Writer<Vec<u8>>,
    record: &Record,
    turning: &Turning<'_>,
    url: Option<&str>,
) -> std::io::Result<()> {
    let &Turning { id, entry, before, after } = turning;
    let title = record.claims.iter().find(|claim| claim.id == id).map_or(id, |claim| &claim.title);
    let page = format!("{}{id}/index.html", url.unwrap_or_default());
    writer.create_element("entry").write_inner_content(|writer| {
        element(writer, "id", &name(&format!("{id} {} {}", entry.digest, word(after))))?;
        element(writer, "title", &format!("{} now: {title}", word(after)))?;
        element(writer, "updated", &rfc3339(entry.time.unwrap_or(0)))?;
        writer.create_element("link").with_attribute(("href", page.as_str())).write_empty()?;
        let revision = entry.short_revision();
        let now = predicate(after, 1);
        element(
            writer,
            "summary",
            &format!("The claim {id} {now} at {revision}; before, its verdict was “{}”.", word(before)),
        )
    })?;
    Ok(())
}

fn element(writer: &mut Writer<Vec<u8>>, tag: &str, text: &str) -> std::io::Result<()> {
    writer.create_element(tag).write_text_content(BytesText::new(&printable(text))).map(drop)
}

/// A permanent name for what is described by that text: a UUID of version 8 (RFC 9562) from its BLAKE3 hash.
fn name(text: &str) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&blake3::hash(text.as_bytes()).as_bytes()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let part = |from: usize, to: usize| &digits[from..to];
    format!("urn:uuid:{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}
