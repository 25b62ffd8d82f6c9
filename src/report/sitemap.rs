//! `sitemap.xml`: the addresses of the pages, for search engines. Only where the site's address is known.

use quick_xml::events::BytesText;

use crate::report::xml::document;

/// The sitemap of pages, whose paths are relative to `url`.
///
/// # Errors
/// If the document cannot be written to memory.
pub fn sitemap<'a>(url: &str, pages: impl IntoIterator<Item = &'a str>) -> std::io::Result<Vec<u8>> {
    document(|writer| {
        let root = writer.create_element("urlset");
        let root = root.with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"));
        root.write_inner_content(|writer| {
            for page in pages {
                let address = format!("{url}{}", page.strip_suffix("index.html").unwrap_or(page));
                writer.create_element("url").write_inner_content(|writer| {
                    writer.create_element("loc").write_text_content(BytesText::new(&address)).map(drop)
                })?;
            }
            Ok(())
        })?;
        Ok(())
    })
}
