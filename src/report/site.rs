//! Which files the site has, and writing them.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use serde::Serialize;

use crate::change::compare::Change;
use crate::plot::model::Plot;
use crate::record::text::RecordText;
use crate::record::{ClaimRecord, Record};
use crate::report::badge::Badge;
use crate::report::figure::describe::describe;
use crate::report::figure::{FULL, Size, THUMBNAIL, draw};
use crate::report::html::Templates;
use crate::report::ro_crate::ro_crate;
use crate::report::view::{Source, claim, figure, index, method, performance, provenance};
use crate::report::{Edition, ReportError, data, feed, junit, sitemap, summary};
use crate::run::in_parallel;
use crate::table::Tables;

/// The files of a site: contents by path, which is relative and has `/` between its parts.
pub type Files = BTreeMap<String, Vec<u8>>;

/// First parts of paths that are the site's own; no claim may have them.
const RESERVED: &[&str] = &["badge", "data", "method", "performance", "provenance"];

/// All files of the site of a record, which has this text.
pub fn files(
    record: &Record,
    text: &RecordText,
    edition: &Edition<'_>,
    templates: &Templates,
) -> Result<Files, ReportError> {
    let history = edition.history.with(record, edition.date);
    let change = edition.baseline.map(|baseline| Change::between(Some(baseline), record));
    let source = Source { record, edition, change: change.as_ref(), history: &history };
    let mut files = Files::new();
    let style = format!("{}{}", templates.asset("style.css"), templates.asset("figure.css"));
    files.insert("style.css".to_owned(), style.into_bytes());
    files.insert("script.js".to_owned(), templates.asset("script.js").as_bytes().to_vec());
    files.insert("player.js".to_owned(), templates.asset("player.js").as_bytes().to_vec());
    let front = index::index(&source).map_err(ReportError)?;
    add_page(&mut files, templates, "index.html", "index.html", &front)?;
    add_page(&mut files, templates, "method.html", "method/index.html", &method::method(&source))?;
    add_page(&mut files, templates, "provenance.html", "provenance/index.html", &provenance::provenance(&source))?;
    if let Some(view) = performance::performance(&source) {
        add_page(&mut files, templates, "performance.html", "performance/index.html", &view)?;
    }
    files.insert("record.json".to_owned(), text.json.clone());
    for of_claim in in_parallel(&record.claims, |of| files_of_claim(&source, of, templates)) {
        files.extend(of_claim?);
    }
    let verdicts: Vec<_> = record.claims.iter().map(|claim| claim.verdict).collect();
    add_badge(&mut files, "overall", &Badge::overall(&verdicts))?;
    add_machine_files(&mut files, &source)?;
    Ok(files)
}

/// The page, the data and the badge of a claim.
fn files_of_claim(source: &Source<'_>, of: &ClaimRecord, templates: &Templates) -> Result<Files, ReportError> {
    check_id(&of.id)?;
    let mut files = Files::new();
    let view = claim::claim(source, of).map_err(|error| ReportError(format!("claim `{}`: {error}", of.id)))?;
    add_page(&mut files, templates, "claim.html", &format!("{}/index.html", of.id), &view)?;
    add_data(&mut files, source.record, of, templates.asset("figure.css"))?;
    add_badge(&mut files, &of.id, &Badge::of(&of.title, of.verdict))?;
    Ok(files)
}

/// What other programs read.
fn add_machine_files(files: &mut Files, source: &Source<'_>) -> Result<(), ReportError> {
    let Source { record, edition, history, .. } = *source;
    let failed = |name: &'static str| move |error: std::io::Error| ReportError(format!("{name}: {error}"));
    files.insert("junit.xml".to_owned(), junit::junit(record).map_err(failed("junit.xml"))?);
    files.insert("summary.md".to_owned(), summary::summary(record, source.change, edition.url).into_bytes());
    files.insert("history.jsonl".to_owned(), history.to_text().into_bytes());
    files.insert("feed.xml".to_owned(), feed::feed(record, history, edition.url).map_err(failed("feed.xml"))?);
    if let Some(timing) = edition.timing {
        files.insert("provenance/cells.csv".to_owned(), data::cells_csv(timing).into_bytes());
    }
    if let Some(url) = edition.url {
        let pages: Vec<&str> = files.keys().map(String::as_str).filter(|path| path.ends_with(".html")).collect();
        let map = sitemap::sitemap(url, pages).map_err(failed("sitemap.xml"))?;
        files.insert("sitemap.xml".to_owned(), map);
    }
    let parts: Vec<(&str, usize)> = files.iter().map(|(path, bytes)| (path.as_str(), bytes.len())).collect();
    let description = json(&ro_crate(record, edition.date, &parts))?;
    files.insert("ro-crate-metadata.json".to_owned(), description);
    Ok(())
}

fn add_badge(files: &mut Files, name: &str, badge: &Badge) -> Result<(), ReportError> {
    files.insert(format!("badge/{name}.json"), json(&badge.endpoint())?);
    files.insert(format!("badge/{name}.svg"), badge.svg().into_bytes());
    Ok(())
}

/// Writes files below the folder `out`, which is made if it is not there.
pub fn write(files: &Files, out: &Path) -> Result<(), ReportError> {
    let files: Vec<_> = files.iter().collect();
    let written = in_parallel(&files, |(path, contents)| {
        let path = out.join(path);
        write_over(&path, contents)
            .map_err(|error| ReportError(format!("`{}` cannot be written: {error}", path.display())))
    });
    written.into_iter().collect()
}

/// Writes a file, and the folder it is in if that is not there. What an old file has of space is taken over: to empty it
/// first has some file systems wait for the disk.
fn write_over(path: &Path, contents: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(path.parent().unwrap_or(path))?;
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
    file.write_all(contents)?;
    file.set_len(contents.len() as u64)
}

/// Refuses an id that is no path within the site, or that is one of the site's own.
fn check_id(id: &str) -> Result<(), ReportError> {
    let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && part.chars().all(allowed);
    if !id.split('/').all(plain) {
        return Err(ReportError(format!("claim `{id}` is no path (allowed: letters, digits, `-`, `_`, `.` and `/`)")));
    }
    let first = id.split('/').next().unwrap_or(id);
    if RESERVED.contains(&first) {
        return Err(ReportError(format!(
            "claim `{id}` has the place of the site's own folder `{first}` (allowed: others)"
        )));
    }
    Ok(())
}

fn allowed(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.')
}

fn add_page(
    files: &mut Files,
    templates: &Templates,
    template: &str,
    path: &str,
    view: &impl Serialize,
) -> Result<(), ReportError> {
    files.insert(path.to_owned(), templates.render(template, view)?.into_bytes());
    Ok(())
}

/// Tables, findings and figures of a claim.
fn add_data(files: &mut Files, record: &Record, claim: &ClaimRecord, style: &str) -> Result<(), ReportError> {
    let folder = figure::folder(claim);
    if let Some(tables) = record.tables.get(&claim.id) {
        add_tables(files, claim, tables, &folder)?;
    }
    let controls = record.control_tables.get(&claim.id);
    for (place, tables) in controls.into_iter().flat_map(|controls| controls.values()).enumerate() {
        add_tables(files, claim, tables, &format!("{folder}/control-{}", place + 1))?;
    }
    files.insert(format!("{folder}/findings.csv"), data::findings_csv(record, claim).into_bytes());
    for (place, plot) in record.plots.get(&claim.id).into_iter().flatten().enumerate() {
        let name = format!("{folder}/figure-{}", place + 1);
        files.insert(format!("{name}.svg"), drawing(plot, FULL, style));
        files.insert(format!("{name}.csv"), data::figure_csv(plot).into_bytes());
        files.insert(format!("{name}.json"), json(plot)?);
        if place == 0 {
            files.insert(format!("{folder}/thumbnail.svg"), drawing(plot, THUMBNAIL, style));
        }
    }
    Ok(())
}

fn add_tables(files: &mut Files, claim: &ClaimRecord, tables: &Tables, folder: &str) -> Result<(), ReportError> {
    for (name, table) in tables {
        check_id(name)?;
        files.insert(format!("{folder}/{name}.csv"), data::table_csv(table, &claim.labels).into_bytes());
        files.insert(format!("{folder}/{name}.json"), json(&data::table_json(claim, name, table))?);
    }
    Ok(())
}

fn drawing(plot: &Plot, size: Size, style: &str) -> Vec<u8> {
    draw(plot, size).file(style, &plot.title, &describe(plot)).into_bytes()
}

/// Compact JSON with a line feed at its end.
fn json(value: &impl Serialize) -> Result<Vec<u8>, ReportError> {
    let mut text = serde_json::to_vec(value).map_err(|error| ReportError(format!("JSON: {error}")))?;
    text.push(b'\n');
    Ok(text)
}
