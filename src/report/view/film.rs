//! The film of a run on the page of its claim.

use serde::Serialize;

use crate::record::{ClaimRecord, Record};
use crate::report::figure::player::{Scene, film};
use crate::report::html::Markup;

/// A film, ready for the script that shows it.
#[derive(Debug, Serialize)]
pub struct FilmView {
    /// Number of the last frame, counted from 0.
    pub last: usize,
    /// What the slider says at the end.
    pub end: String,
    /// The drawings, without what moves in them.
    pub scenes: Vec<SceneView>,
    /// What moves, as JSON that may stand in a page: `moments`, and for each scene `cells` and `frames`.
    pub frames: Markup,
}

/// A drawing of a film.
#[derive(Debug, Serialize)]
pub struct SceneView {
    /// Kind of the figure.
    pub kind: String,
    /// The drawing.
    pub svg: Markup,
}

/// What the script reads.
#[derive(Serialize)]
struct Frames<'a> {
    moments: &'a [String],
    scenes: Vec<SceneFrames<'a>>,
}

#[derive(Serialize)]
struct SceneFrames<'a> {
    cells: bool,
    frames: &'a [String],
}

/// The film of a claim; none where its figures show no items over time. The error says why there is no JSON.
///
/// # Errors
/// If the frames cannot be written as JSON.
pub fn film_of(record: &Record, claim: &ClaimRecord) -> Result<Option<FilmView>, String> {
    let Some(film) = record.plots.get(&claim.id).and_then(|plots| film(plots)) else { return Ok(None) };
    let frames = |scene: &Scene| -> (bool, Vec<String>) { (scene.cells, scene.frames.clone()) };
    let parts: Vec<(bool, Vec<String>)> = film.scenes.iter().map(frames).collect();
    let scenes = parts.iter().map(|(cells, frames)| SceneFrames { cells: *cells, frames }).collect();
    let json = serde_json::to_string(&Frames { moments: &film.moments, scenes }).map_err(|error| error.to_string())?;
    Ok(Some(FilmView {
        last: film.moments.len().saturating_sub(1),
        end: film.moments.last().cloned().unwrap_or_default(),
        scenes: film.scenes.into_iter().map(|scene| SceneView { kind: scene.kind, svg: Markup(scene.svg) }).collect(),
        // Because a tag would end the script.
        frames: Markup(json.replace('<', "\\u003c")),
    }))
}
