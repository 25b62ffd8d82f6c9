//! Files of XML: what they have in common.

use std::borrow::Cow;
use std::io;

use quick_xml::Writer;

use crate::markup::is_unprintable;

/// A document whose root is written by `root`: with its declaration in front, indented, with a line feed at its end.
///
/// # Errors
/// Those of `root`, and of writing to memory.
pub fn document(root: impl FnOnce(&mut Writer<Vec<u8>>) -> io::Result<()>) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.get_mut().extend_from_slice(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    root(&mut writer)?;
    writer.get_mut().push(b'\n');
    Ok(writer.into_inner())
}

/// The text without what XML does not allow: the library escapes what has a meaning, but not what has none.
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.contains(is_unprintable) { text.replace(is_unprintable, "\u{fffd}").into() } else { text.into() }
}
