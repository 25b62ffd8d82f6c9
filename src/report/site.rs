//! Which files the site has, and writing them.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::Path;

use serde::Serialize;

use crate::change::compare::Change;
use crate::record::text::RecordText;
use crate::record::{ClaimRecord, Record, TableOf};
use crate::report::badge::Badge;
use crate::report::figure::canvas::Canvas;
use crate::report::figure::{THUMBNAIL, draw};
use crate::report::html::Templates;
use crate::report::ro_crate::ro_crate;
use crate::report::view::figure::FigureView;
use crate::report::view::{Source, claim, figure, index, method, performance, provenance};
use crate::report::{Edition, ReportError, data, feed, junit, sitemap, summary};
use crate::spec::claim::SITE_FOLDERS;
use crate::table::Table;
use crate::threads::{both, in_parallel};

/// Takes a file of the site: its path, which is relative and has `/` between its parts, and its contents, in pieces
/// that follow each other. From any thread.
pub type Take<'a> = dyn Fn(&str, &[&[u8]]) -> Result<(), ReportError> + Sync + 'a;

/// Contents of files by path.
type Files = BTreeMap<String, Vec<u8>>;

/// Makes the files of the site of a record, which has this text. Pages are made before any file is taken, so that a
/// mistake in a template leaves the site that is there; tables, nearly all of the bytes, are made one by one as they
/// are taken.
///
/// # Errors
/// If a template is wrong, an id cannot be a path of the site, or a formula does not parse; and the first error of
/// `take`.
pub fn files(
    record: &Record,
    text: &RecordText,
    edition: &Edition<'_>,
    templates: &Templates,
    take: &Take<'_>,
) -> Result<(), ReportError> {
    let history = edition.history.with(record, edition.date);
    let change = edition.baseline.map(|baseline| Change::between(Some(baseline), record));
    let source = Source { record, edition, change: change.as_ref(), history: &history };
    let pages = pages(&source, templates)?;
    let tables = tables(record, text)?;
    let pages: Vec<(&String, &Vec<u8>)> = pages.iter().collect();
    let of_record = || take("record.json", &text.pieces().collect::<Vec<_>>());
    let of_pages = || in_parallel(&pages, |(path, contents)| take(path, &[contents]));
    let (taken, written) = both(
        || of_record().and_then(|()| of_pages().into_iter().collect::<Result<(), _>>()),
        || in_parallel(&tables, |table| table.files(take)),
    );
    taken?;
    let mut sizes: BTreeMap<String, usize> =
        pages.iter().map(|(path, contents)| ((*path).clone(), contents.len())).collect();
    sizes.insert("record.json".to_owned(), text.pieces().map(<[u8]>::len).sum());
    for of_table in written {
        sizes.extend(of_table?);
    }
    let parts: Vec<(&str, usize)> = sizes.iter().map(|(path, size)| (path.as_str(), *size)).collect();
    take("ro-crate-metadata.json", &[&json(&ro_crate(record, edition.date, &parts))?])
}

/// All files but tables, the record and the description of all files.
fn pages(source: &Source<'_>, templates: &Templates) -> Result<Files, ReportError> {
    check_ids(&source.record.claims)?;
    let mut files = Files::new();
    let style = format!("{}{}", templates.asset("style.css"), templates.asset("figure.css"));
    files.insert("style.css".to_owned(), style.into_bytes());
    files.insert("script.js".to_owned(), templates.asset("script.js").as_bytes().to_vec());
    files.insert("player.js".to_owned(), templates.asset("player.js").as_bytes().to_vec());
    let front = index::index(source).map_err(ReportError)?;
    add_page(&mut files, templates, "index.html", "index.html", &front)?;
    add_page(&mut files, templates, "method.html", "method/index.html", &method::method(source))?;
    add_page(&mut files, templates, "provenance.html", "provenance/index.html", &provenance::provenance(source))?;
    if let Some(view) = performance::performance(source) {
        add_page(&mut files, templates, "performance.html", "performance/index.html", &view)?;
    }
    for of_claim in in_parallel(&source.record.claims, |of| files_of_claim(source, of, templates)) {
        files.extend(of_claim?);
    }
    let verdicts: Vec<_> = source.record.claims.iter().map(|claim| claim.verdict).collect();
    add_badge(&mut files, "overall", &Badge::overall(&verdicts))?;
    add_machine_files(&mut files, source)?;
    Ok(files)
}

/// The page, the figures and the badge of a claim.
fn files_of_claim(source: &Source<'_>, of: &ClaimRecord, templates: &Templates) -> Result<Files, ReportError> {
    let mut files = Files::new();
    let view = claim::claim(source, of).map_err(|error| ReportError(format!("claim `{}`: {error}", of.id)))?;
    add_page(&mut files, templates, "claim.html", &format!("{}/index.html", of.id), &view)?;
    add_data(&mut files, source.record, of, view.figures, templates.asset("figure.css"))?;
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
    Ok(())
}

fn add_badge(files: &mut Files, name: &str, badge: &Badge) -> Result<(), ReportError> {
    files.insert(format!("badge/{name}.json"), json(&badge.endpoint())?);
    files.insert(format!("badge/{name}.svg"), badge.svg().into_bytes());
    Ok(())
}

/// Writes a file, in pieces that follow each other; folders that are not there are made. What an old file has of space
/// is taken over: to empty it first has some file systems wait for the disk.
///
/// # Errors
/// If the file cannot be written.
pub fn write(path: &Path, contents: &[&[u8]]) -> Result<(), ReportError> {
    let write = || {
        std::fs::create_dir_all(path.parent().unwrap_or(path))?;
        let file = std::fs::OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
        let mut file = BufWriter::new(file);
        contents.iter().try_for_each(|piece| file.write_all(piece))?;
        let size: usize = contents.iter().map(|piece| piece.len()).sum();
        file.into_inner()?.set_len(size as u64)
    };
    write().map_err(|error: std::io::Error| ReportError(format!("`{}` cannot be written: {error}", path.display())))
}

/// Refuses ids that are no paths, and a claim below another one, among the files of whose controls its own would lie.
fn check_ids(claims: &[ClaimRecord]) -> Result<(), ReportError> {
    for ClaimRecord { id, .. } in claims {
        check_id(id)?;
        let below = |other: &&ClaimRecord| id.strip_prefix(&other.id).is_some_and(|rest| rest.starts_with('/'));
        if let Some(other) = claims.iter().find(below) {
            let other = &other.id;
            return Err(ReportError(format!("claim `{id}` lies below the claim `{other}` (allowed: elsewhere)")));
        }
    }
    Ok(())
}

/// Refuses an id that is no path within the site, or that is one of the site's own.
fn check_id(id: &str) -> Result<(), ReportError> {
    let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && part.chars().all(allowed);
    if !id.split('/').all(plain) {
        return Err(ReportError(format!("claim `{id}` is no path (allowed: letters, digits, `-`, `_`, `.` and `/`)")));
    }
    let first = id.split('/').next().unwrap_or(id);
    if SITE_FOLDERS.contains(&first) {
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

/// Findings and figures of a claim.
fn add_data(
    files: &mut Files,
    record: &Record,
    claim: &ClaimRecord,
    figures: Vec<FigureView>,
    style: &str,
) -> Result<(), ReportError> {
    let folder = figure::folder(claim);
    files.insert(format!("{folder}/findings.csv"), data::findings_csv(claim).into_bytes());
    let plots = record.plots.get(&claim.id).into_iter().flatten();
    for (place, (plot, figure)) in plots.zip(figures).enumerate() {
        let name = format!("{folder}/{}", figure.id);
        let file = |drawing: Canvas| drawing.file(style, &plot.title, &figure.description).into_bytes();
        files.insert(format!("{name}.svg"), file(figure.drawing));
        files.insert(format!("{name}.csv"), data::figure_csv(plot).into_bytes());
        files.insert(format!("{name}.json"), json(plot)?);
        if place == 0 {
            files.insert(format!("{folder}/thumbnail.svg"), file(draw(plot, THUMBNAIL)));
        }
    }
    Ok(())
}

/// A table of the site.
struct SiteTable<'a> {
    claim: &'a ClaimRecord,
    name: &'a str,
    table: &'a Table,
    /// The table in the text of the record.
    text: &'a [u8],
    /// Its folder, seen from the site's root.
    folder: String,
}

/// The tables of a record's claims.
fn tables<'a>(record: &'a Record, text: &'a RecordText) -> Result<Vec<SiteTable<'a>>, ReportError> {
    let claims: BTreeMap<&str, &ClaimRecord> = record.claims.iter().map(|claim| (claim.id.as_str(), claim)).collect();
    let mut tables = Vec::new();
    for (TableOf { claim, control, name, table }, text) in record.every_table().zip(text.tables()) {
        check_id(name)?;
        let Some(&claim) = claims.get(claim) else { continue };
        let folder = match control {
            None => figure::folder(claim),
            Some(place) => format!("{}/control-{}", figure::folder(claim), place + 1),
        };
        tables.push(SiteTable { claim, name, table, text, folder });
    }
    Ok(tables)
}

impl SiteTable<'_> {
    /// Its files, with their sizes.
    fn files(&self, take: &Take<'_>) -> Result<[(String, usize); 2], ReportError> {
        let Self { claim, name, table, text, folder } = self;
        let path = |ending: &str| format!("{folder}/{name}.{ending}");
        let csv = data::table_csv(table, &claim.labels);
        take(&path("csv"), &[csv.as_bytes()])?;
        let mut head = json(&data::table_head(claim, name, table))?;
        // Because the columns are a field as well: the brace that closes the head stands behind them instead.
        head.truncate(head.len() - "}\n".len());
        let pieces = [head.as_slice(), b",\"columns\":", text, b"}\n"];
        take(&path("json"), &pieces)?;
        Ok([(path("csv"), csv.len()), (path("json"), pieces.map(<[u8]>::len).iter().sum())])
    }
}

/// Compact JSON with a line feed at its end.
fn json(value: &impl Serialize) -> Result<Vec<u8>, ReportError> {
    let mut text = serde_json::to_vec(value).map_err(|error| ReportError(format!("JSON: {error}")))?;
    text.push(b'\n');
    Ok(text)
}
