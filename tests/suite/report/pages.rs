//! Pages: links, ids, sizes, what they say.

use std::collections::BTreeSet;

use modewise::judge::goal::Resolution;
use modewise::judge::verdict::Verdict;
use modewise::report::words::word;

use crate::report::{assert_none, attributes, files, fixture, texts};

/// The path that a link of the page at `page` leads to, without its fragment.
fn resolved(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('#').next().unwrap_or("").split('/') {
        match part {
            ".." => drop(parts.pop().expect("a link stays within the site")),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_link_resolves() {
    let files = files(&fixture::record());
    let mut violations = Vec::new();
    let mut links = 0;
    for (path, page) in texts(&files, ".html") {
        let ids: BTreeSet<_> = attributes(&page, "id").into_iter().collect();
        for link in attributes(&page, "href").into_iter().chain(attributes(&page, "src")) {
            links += 1;
            if let Some(id) = link.strip_prefix('#') {
                if !ids.contains(id) {
                    violations.push(format!("{path}: {link} leads nowhere"));
                }
            } else if !link.starts_with("https://") && !files.contains_key(&resolved(&path, link)) {
                violations.push(format!("{path}: {link} leads nowhere"));
            }
        }
    }
    assert!(links > 150, "only {links} links were seen");
    assert_none(&violations);
}

#[test]
fn no_page_needs_a_network() {
    let files = files(&fixture::record());
    let mut violations = Vec::new();
    for (path, text) in texts(&files, ".html").into_iter().chain(texts(&files, ".svg")).chain(texts(&files, ".css")) {
        for address in ["http://", "https://", "//"] {
            for (place, _) in text.match_indices(address) {
                let before = &text[..place];
                let name = ["xmlns=\"", "xmlns:xlink=\""].iter().any(|start| before.ends_with(start));
                let citation = before.ends_with("<a href=\"") && text[place..].contains("rel=\"external\"");
                if !name && !citation && !before.ends_with("http:") && !before.ends_with("https:") {
                    violations.push(format!("{path}: ...{}", &text[place..(place + 40).min(text.len())]));
                }
            }
        }
        for load in ["@import", "url("] {
            if text.contains(load) {
                violations.push(format!("{path}: {load}"));
            }
        }
    }
    assert_none(&violations);
}

#[test]
fn ids_are_unique_in_a_page_and_references_to_ids_resolve() {
    let files = files(&fixture::record());
    let mut violations = Vec::new();
    for (path, page) in texts(&files, ".html").into_iter().chain(texts(&files, ".svg")) {
        let ids = attributes(&page, "id");
        let unique: BTreeSet<_> = ids.iter().copied().collect();
        if unique.len() < ids.len() {
            violations.push(format!("{path}: an id is there twice in {ids:?}"));
        }
        for reference in attributes(&page, "aria-labelledby").into_iter().flat_map(str::split_whitespace) {
            if !unique.contains(reference) {
                violations.push(format!("{path}: nothing has the id {reference}"));
            }
        }
    }
    assert_none(&violations);
}

#[test]
fn rows_of_tables_have_a_cell_for_each_column() {
    let files = files(&fixture::record());
    let mut violations = Vec::new();
    let mut rows = 0;
    for (path, page) in texts(&files, ".html") {
        for table in page.split("<table").skip(1) {
            let table = table.split("</table>").next().unwrap_or_default();
            let (head, body) = table.split_once("</thead>").unwrap_or(("", table));
            let columns = head.matches("scope=\"col\"").count();
            for row in body.split("<tr").skip(1) {
                let cells = row.matches("<td").count() + row.matches("scope=\"row\"").count();
                rows += 1;
                if columns > 0 && cells != columns {
                    violations.push(format!("{path}: {cells} cells in {columns} columns: {row}"));
                }
            }
        }
    }
    assert!(rows > 100, "only {rows} rows were seen");
    assert_none(&violations);
}

#[test]
fn pages_are_small() {
    let files = files(&fixture::record());
    let limit = |path: &str| if path == "index.html" { 300_000 } else { 600_000 };
    let large = files.iter().filter(|(path, bytes)| path.ends_with(".html") && bytes.len() > limit(path));
    assert_none(&large.map(|(path, bytes)| format!("{path} has {} bytes", bytes.len())).collect::<Vec<_>>());
}

#[test]
fn raw_html_of_a_spec_is_shown_and_not_run() {
    let files = files(&fixture::record());
    let page = &texts(&files, ".html")["stages/learning-times/index.html"];
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "the statement shows its raw HTML as text");
    assert!(page.contains("&lt;b&gt;As&lt;"), "the spec shows its raw HTML as text");
    assert_eq!(page.matches("<script").count(), 1, "the site's own script is the only one");
}

#[test]
fn page_badge_junit_and_summary_agree_on_every_verdict() {
    let record = fixture::record();
    let files = files(&record);
    let text = |path: &str| String::from_utf8(files[path].clone()).expect("files are UTF-8");
    let (junit, summary, index) = (text("junit.xml"), text("summary.md"), text("index.html"));
    let mut violations = Vec::new();
    for claim in &record.claims {
        let verdict = word(claim.verdict);
        let page = text(&format!("{}/index.html", claim.id));
        let lede = page.split("class=\"lede\"").nth(1).unwrap_or("");
        if !lede.trim_start_matches('>').trim_start().starts_with(&format!("<span class=\"verdict {verdict}\">")) {
            violations.push(format!("{}: the page does not begin with {verdict}", claim.id));
        }
        if !index.contains(&claim.title.replace('\'', "’")) {
            violations.push(format!("{}: the front page does not name it", claim.id));
        }
        if !text(&format!("badge/{}.json", claim.id)).contains(&format!("\"message\":\"{verdict}\"")) {
            violations.push(format!("{}: the badge does not say {verdict}", claim.id));
        }
        let heading = if claim.verdict == Verdict::Holds { "| [" } else { &format!("## {verdict}: [") };
        if !summary.lines().any(|line| line.starts_with(heading) && line.contains(&format!("({}/", claim.id))) {
            violations.push(format!("{}: the summary does not say {verdict}", claim.id));
        }
        let suite = junit.split(&format!("<testsuite name=\"{}\"", claim.id)).nth(1).unwrap_or("");
        let suite = suite.split("</testsuite>").next().unwrap_or("");
        let worst = ["broken", "fails", "vacuous", "inconclusive", "skipped"]
            .into_iter()
            .find(|kind| suite.contains(&format!("type=\"{kind}\"")));
        if worst.unwrap_or("holds") != verdict {
            violations.push(format!("{}: junit.xml says {worst:?}, not {verdict}", claim.id));
        }
    }
    assert_none(&violations);
}

#[test]
fn the_front_page_reads_well() {
    insta::assert_snapshot!(readable(&texts(&files(&fixture::record()), ".html")["index.html"]));
}

#[test]
fn controls_of_an_identity_are_listed_apart() {
    let heading = |shift: [Option<f64>; 2]| {
        let mut record = fixture::record();
        let border = record.claims.iter_mut().find(|claim| claim.id == "detection/border").unwrap();
        for finding in &mut border.findings {
            if finding.control.is_none() && finding.check == "large ones are found" {
                finding.resolution = Some(Resolution { shift, factor: [None, None] });
            }
        }
        let page = readable(&texts(&files(&record), ".html")["index.html"]);
        page.lines().find(|line| line.ends_with("are all far off")).unwrap().to_owned()
    };
    assert_eq!(heading([Some(-1e-9), Some(1e-7)]), "The check of an identity whose controls are all far off");
    assert_eq!(heading([None, Some(1e-7)]), "The check of an identity whose controls are all far off");
    for shift in [[Some(-1e-9), Some(1e-5)], [None, None]] {
        assert_eq!(heading(shift), "The check whose controls are all far off");
    }
}

#[test]
fn the_page_of_a_claim_reads_well() {
    let pages = texts(&files(&fixture::record()), ".html");
    insta::assert_snapshot!("claim", readable(&pages["stages/depth/index.html"]));
    insta::assert_snapshot!("broken_claim", readable(&pages["spectra/edge/index.html"]));
}

#[test]
fn the_pages_on_method_and_provenance_read_well() {
    let pages = texts(&files(&fixture::record()), ".html");
    insta::assert_snapshot!("method", readable(&pages["method/index.html"]));
    insta::assert_snapshot!("provenance", readable(&pages["provenance/index.html"]));
}

#[test]
fn the_summary_reads_well() {
    insta::assert_snapshot!(texts(&files(&fixture::record()), "summary.md")["summary.md"]);
}

/// What a reader sees: the text of the page, a line a block, without tags.
fn readable(page: &str) -> String {
    let main = page.split("<main").nth(1).unwrap_or(page);
    let mut text = String::new();
    for part in main.split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap_or((part, ""));
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or("");
        if matches!(name, "p" | "h1" | "h2" | "h3" | "li" | "tr" | "dt" | "pre" | "summary" | "figcaption" | "div") {
            text.push('\n');
        } else if matches!(name, "td" | "th" | "dd") && !tag.starts_with('/') {
            text.push_str(" | ");
        }
        text.push_str(words);
    }
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let text = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let plain = [("&#39;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    plain.iter().fold(text, |text, (from, to)| text.replace(from, to))
}
