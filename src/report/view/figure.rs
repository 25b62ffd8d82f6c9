//! Figures on the page of their claim.

use serde::Serialize;

use crate::markup::markdown;
use crate::plot::model::{Plot, PlotAxis};
use crate::record::{ClaimRecord, Record};
use crate::report::figure::canvas::Canvas;
use crate::report::figure::describe::describe;
use crate::report::figure::numbers::{Row, columns, rows};
use crate::report::figure::panels::{has_panels, panels};
use crate::report::figure::plane::is_plane;
use crate::report::figure::{FULL, NARROW, THUMBNAIL, draw};
use crate::report::html::Markup;
use crate::report::number::{Notation, count};

/// So many rows of a figure's numbers stand in the page; the others are in its files.
const ROWS: usize = 20;

/// A figure.
#[derive(Debug, Serialize)]
pub struct FigureView {
    /// Its id in the page, `figure-1`; also the name of its files.
    pub id: String,
    /// Its number.
    pub number: usize,
    /// What it is.
    pub title: String,
    /// What to see.
    pub caption: Markup,
    /// The drawing.
    pub svg: Markup,
    /// Names of the columns of its numbers.
    pub columns: Vec<String>,
    /// Its numbers, the first rows.
    pub rows: Vec<Vec<String>>,
    /// How many rows are not shown, in a sentence; empty if all are.
    pub more: String,
    /// Folder of its files, seen from the site's root.
    pub folder: String,
    /// The drawing for a file of its own; templates do not see it.
    #[serde(skip)]
    pub drawing: Canvas,
    /// The description of the drawing; templates do not see it.
    #[serde(skip)]
    pub description: String,
}

/// A small figure on the front page.
#[derive(Debug, Serialize)]
pub struct ThumbnailView {
    /// Its file, seen from the site's root.
    pub file: String,
    /// What it is.
    pub title: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// The figures of a claim. Errors name the formula of a caption that does not parse.
///
/// # Errors
/// If a formula of a caption does not parse; it is named.
pub fn figures(record: &Record, claim: &ClaimRecord) -> Result<Vec<FigureView>, String> {
    let plots = record.plots.get(&claim.id).map_or(&[][..], Vec::as_slice);
    plots.iter().enumerate().map(|(place, plot)| figure(claim, place + 1, plot)).collect()
}

fn figure(claim: &ClaimRecord, number: usize, plot: &Plot) -> Result<FigureView, String> {
    let id = format!("figure-{number}");
    let rows = rows(plot);
    let hidden = rows.len().saturating_sub(ROWS);
    let shown = if hidden > ROWS / 4 { ROWS } else { rows.len() };
    let more = match rows.len() - shown {
        0 => String::new(),
        more => format!("{} more rows are in the files.", count(more as u64)),
    };
    let (drawing, description) = (draw(plot, FULL), describe(plot));
    let inline = |drawing: Canvas, id: &str| drawing.inline(id, &plot.title, &description);
    let svg = if has_panels(plot) {
        side_by_side(plot, &id)
    } else if is_plane(plot) {
        inline(drawing.clone(), &id)
    } else {
        two_widths(&inline(drawing.clone(), &id), &inline(draw(plot, NARROW), &format!("{id}-narrow")))
    };
    let (columns, rows) = table(plot, &rows, shown);
    Ok(FigureView {
        number,
        title: plot.title.clone(),
        caption: markdown::inline(&plot.caption).map_err(|error| format!("figure {number}: {error}"))?,
        svg: Markup(svg),
        columns,
        rows,
        more,
        folder: folder(claim),
        id,
        drawing,
        description,
    })
}

/// Two drawings of the same, of which the style sheet shows the one that suits the screen.
pub fn two_widths(wide: &str, narrow: &str) -> String {
    if wide.is_empty() {
        return String::new();
    }
    format!("<div class=\"wide\">{wide}</div><div class=\"narrow\">{narrow}</div>")
}

/// The panels of a figure, each a drawing of its own: on a narrow page they stand in several rows.
fn side_by_side(plot: &Plot, id: &str) -> String {
    let drawings = panels(plot)
        .into_iter()
        .enumerate()
        .map(|(place, panel)| panel.canvas.inline(&format!("{id}-{}", place + 1), &panel.title, &panel.description));
    format!("<div class=\"panels\">{}</div>", drawings.collect::<String>())
}

/// Names and texts of the first `shown` rows.
fn table(plot: &Plot, rows: &[Row], shown: usize) -> (Vec<String>, Vec<Vec<String>>) {
    let (ranged, valued) = columns(rows);
    let name = |axis: &PlotAxis| match axis.unit.as_str() {
        "" => axis.label.clone(),
        unit => format!("{} ({unit})", axis.label),
    };
    let mut names = vec!["what".to_owned(), name(&plot.x), name(&plot.y)];
    names.extend(ranged.then(|| ["low".to_owned(), "high".to_owned()]).into_iter().flatten());
    names.extend(valued.then(|| plot.z.as_ref().map_or_else(|| "value".to_owned(), name)));
    let number = |value: f64| if value.is_finite() { Notation::Plain.number(value) } else { "–".to_owned() };
    let texts = |row: &Row| {
        let what = match row.label.as_str() {
            "" => row.what.to_owned(),
            label if label == row.what => label.to_owned(),
            label => format!("{label}, {}", row.what),
        };
        let mut texts = vec![what, number(row.x), number(row.y)];
        if ranged {
            texts.extend(row.range.unwrap_or([f64::NAN; 2]).map(number));
        }
        texts.extend(valued.then(|| number(row.value.unwrap_or(f64::NAN))));
        texts
    };
    (names, rows.iter().take(shown).map(texts).collect())
}

/// The small picture of the claim's first figure.
pub fn thumbnail(record: &Record, claim: &ClaimRecord) -> Option<ThumbnailView> {
    let plot = record.plots.get(&claim.id)?.first()?;
    let file = format!("{}/thumbnail.svg", folder(claim));
    Some(ThumbnailView { file, title: plot.title.clone(), width: THUMBNAIL.width, height: THUMBNAIL.height })
}

/// The folder of the claim's data, seen from the site's root.
pub fn folder(claim: &ClaimRecord) -> String {
    format!("data/{}", claim.id)
}
