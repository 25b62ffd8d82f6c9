//! Loading a folder of specs: finding the files, reading all of them, all mistakes at once.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;

use indexmap::IndexMap;

use crate::experiment::{Kind, Registry};
use crate::outside;
use crate::spec::claim::{Catalogue, Chapter, Claim, Reference, SITE_FOLDERS};
use crate::spec::compile::context::Context;
use crate::spec::compile::declaration::declaration;
use crate::spec::compile::document::{Document, document};
use crate::spec::compile::read;
use crate::spec::id::is_id;
use crate::spec::language::section::{CHAPTER, REFERENCE};
use crate::spec::nearest::did_you_mean;
use crate::spec::yaml::node::{LARGEST, parse};
use crate::spec::yaml::problems::{Problem, Problems, Source};
use crate::threads::in_parallel;

/// Deepest folder below the specs.
const DEEPEST: usize = 8;

/// The folder of declared experiments, below the specs.
const EXPERIMENTS: &str = "_experiments";

/// Profiles that there are without a claim that says so.
const IMPLICIT: &[&str] = &["full", "quick"];

/// Loads and checks every spec below a folder.
pub(in crate::spec) fn catalogue(
    folder: &Path,
    profile: Option<&str>,
    registry: &Registry,
) -> Result<Catalogue, Problems> {
    let mut loader = Loader { folder, problems: Vec::new() };
    let mut files = Vec::new();
    loader.find(folder, "", 0, &mut files);
    if files.is_empty() && loader.problems.is_empty() {
        let file = shown(folder);
        loader.problems.push(Problem::of_file(
            &file,
            "there are no specs here (allowed: a folder with .yaml files in it)",
            None,
        ));
    }
    let sources = loader.sources(&files);
    let context = Context { registry, sources: sources.as_ref(), profile };
    let documents = loader.documents(&files, &context);
    loader.check_profile_exists(profile, &documents);
    let chapters = loader.chapters(&files);
    if !loader.problems.is_empty() {
        return Err(Problems::sorted(loader.problems));
    }
    let claims: Vec<Claim> = documents.into_iter().filter_map(|document| document.claim).collect();
    Ok(Catalogue { claims, chapters, sources: sources.unwrap_or_default() })
}

/// The kinds of experiments that are declared below a folder of specs, in order of name.
pub(in crate::spec) fn declared(folder: &Path, allowed: bool) -> Result<Vec<Kind>, Problems> {
    let mut loader = Loader { folder, problems: Vec::new() };
    let mut names: Vec<String> = fs::read_dir(folder.join(EXPERIMENTS))
        .map(|entries| entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
        .unwrap_or_default();
    names.sort();
    let mut kinds = Vec::new();
    for name in names {
        let path = format!("{EXPERIMENTS}/{name}/experiment.yaml");
        if !folder.join(&path).is_file() {
            continue;
        }
        if !is_id(&name) || name.contains('/') {
            loader.refuse(&path, &format!("`{name}` cannot be the name of an experiment (allowed: a-z, 0-9 and `-`)"));
        }
        let place = folder.join(EXPERIMENTS).join(&name);
        let read = loader.read(&path, |source| Some((declaration(&name, &place, source)?, source.text.to_owned())));
        let Some((declaration, text)) = read else { continue };
        match outside::kind(declaration, &text, allowed) {
            Ok(kind) => kinds.push(kind),
            Err(error) => loader.refuse(&path, &format!("its inputs cannot be read: {error}")),
        }
    }
    if loader.problems.is_empty() { Ok(kinds) } else { Err(Problems::sorted(loader.problems)) }
}

struct Loader<'a> {
    folder: &'a Path,
    problems: Vec<Problem>,
}

impl Loader<'_> {
    /// Collects the YAML files below a folder by their path below the specs, in order.
    fn find(&mut self, folder: &Path, path: &str, depth: usize, files: &mut Vec<String>) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) if depth <= DEEPEST => entries,
            Ok(_) => return self.refuse(path, &format!("the folder lies too deep (allowed: {DEEPEST} levels)")),
            Err(error) => return self.refuse(path, &format!("the folder cannot be read: {error}")),
        };
        let mut names: Vec<(String, bool)> = entries
            .flatten()
            .map(|entry| {
                (entry.file_name().to_string_lossy().into_owned(), entry.file_type().is_ok_and(|kind| kind.is_dir()))
            })
            .collect();
        names.sort();
        for (name, is_folder) in names.into_iter().filter(|(name, _)| !name.starts_with('.')) {
            let inner = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
            if is_folder && inner == EXPERIMENTS {
                // Because its files declare experiments, and lie beside programs.
            } else if is_folder {
                self.find(&folder.join(&name), &inner, depth + 1, files);
            } else if name.ends_with(".yaml") {
                files.push(inner);
            } else if name.ends_with(".yml") {
                self.refuse(&inner, "the file would not be read (allowed: files that end with .yaml)");
            }
        }
    }

    fn refuse(&mut self, path: &str, message: &str) {
        let file = self.file(path);
        self.problems.push(Problem::of_file(&file, message, None));
    }

    /// A path below the specs, as it is found from where the program runs.
    fn file(&self, path: &str) -> String {
        if path.is_empty() {
            shown(self.folder)
        } else {
            format!("{}/{path}", shown(self.folder).trim_end_matches('/'))
        }
    }

    /// The text of a file; refused if it is too large, without reading all of it, or not UTF-8.
    fn text(&mut self, path: &str) -> Option<String> {
        let mut bytes = Vec::new();
        let read =
            fs::File::open(self.folder.join(path)).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes));
        if let Err(error) = read {
            self.refuse(path, &format!("the file cannot be read: {error}"));
            return None;
        }
        if bytes.len() as u64 > LARGEST {
            self.refuse(path, &format!("the file is too large (allowed: up to {LARGEST} bytes)"));
            return None;
        }
        let text = String::from_utf8(bytes);
        if text.is_err() {
            self.refuse(path, "the file is not UTF-8 text");
        }
        text.ok()
    }

    /// Reads a file and keeps its mistakes.
    fn read<T>(&mut self, path: &str, read: impl FnOnce(&Source<'_>) -> Option<T>) -> Option<T> {
        let (text, file) = (self.text(path)?, self.file(path));
        let source = Source::new(&file, &text);
        let found = read(&source);
        let wrong = source.count() > 0;
        self.problems.extend(source.into_problems());
        found.filter(|_| !wrong)
    }

    /// `sources.yaml`
    fn sources(&mut self, files: &[String]) -> Option<IndexMap<String, Reference>> {
        if !files.iter().any(|file| file == "sources.yaml") {
            return Some(IndexMap::new());
        }
        self.read("sources.yaml", references)
    }

    /// The claims, a file each, read in parallel.
    fn documents(&mut self, files: &[String], context: &Context<'_>) -> Vec<Document> {
        let paths: Vec<&String> = files.iter().filter(|path| is_claim(path)).collect();
        let read = in_parallel(&paths, |path| {
            let mut loader = Loader { folder: self.folder, problems: Vec::new() };
            let document = loader.document(path, context);
            (document, loader.problems)
        });
        let (documents, problems): (Vec<_>, Vec<_>) = read.into_iter().unzip();
        self.problems.extend(problems.into_iter().flatten());
        documents.into_iter().flatten().collect()
    }

    fn document(&mut self, path: &str, context: &Context<'_>) -> Option<Document> {
        let id = path.trim_end_matches(".yaml");
        if !is_id(id) {
            self.refuse(path, &format!("`{id}` cannot be an id (allowed: a-z, 0-9, `-` and `/`)"));
        }
        let Some((chapter, _)) = id.rsplit_once('/') else {
            self.refuse(path, "the claim is in no chapter (allowed: a folder with a _chapter.yaml)");
            return None;
        };
        let mut profiles = Vec::new();
        let claim = self.read(path, |source| {
            let found = document(id, chapter, source, context);
            profiles = found.profiles;
            found.claim
        });
        Some(Document { claim, profiles })
    }

    /// Reports a profile that no claim has.
    fn check_profile_exists(&mut self, profile: Option<&str>, documents: &[Document]) {
        let named = documents.iter().flat_map(|document| &document.profiles).map(String::as_str);
        let known: BTreeSet<&str> = named.chain(IMPLICIT.iter().copied()).collect();
        if let Some(profile) = profile.filter(|profile| !known.contains(profile)) {
            let allowed = known.iter().copied().collect::<Vec<_>>().join(", ");
            let message = format!("`{profile}` is not a profile of any claim (allowed: {allowed})");
            let help = did_you_mean(profile, known.iter().copied());
            let file = shown(self.folder);
            self.problems.push(Problem::of_file(&file, &message, help.as_deref()));
        }
    }

    /// The chapters of all claims, in order.
    fn chapters(&mut self, files: &[String]) -> Vec<Chapter> {
        let folders: BTreeSet<&str> =
            files.iter().filter(|path| is_claim(path)).filter_map(|path| Some(path.rsplit_once('/')?.0)).collect();
        let mut chapters = Vec::new();
        for folder in
            SITE_FOLDERS.iter().filter(|own| folders.iter().any(|folder| folder.split('/').next() == Some(*own)))
        {
            let allowed = SITE_FOLDERS.join(", ");
            self.refuse(folder, &format!("the site has a folder `{folder}` of its own (allowed: all but {allowed})"));
        }
        for folder in folders {
            let above =
                |claim: &str| folder.strip_prefix(claim).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            let claims = files.iter().filter(|path| is_claim(path)).map(|path| path.trim_end_matches(".yaml"));
            // Because its controls have folders of their own there, on the site, and a selection could not tell them
            // apart.
            if let Some(claim) = claims.into_iter().find(|claim| above(claim)) {
                self.refuse(
                    folder,
                    &format!("the chapter lies in the claim `{claim}` (allowed: chapters outside of claims)"),
                );
            }
            let path = format!("{folder}/_chapter.yaml");
            if files.contains(&path) {
                chapters.extend(self.read(&path, |source| chapter(folder, source)));
            } else {
                self.refuse(&path, "the file is missing (required: a `title` and an `introduction` of the chapter)");
            }
        }
        chapters.sort_by_key(|(position, chapter)| (*position, chapter.id.clone()));
        chapters.into_iter().map(|(_, chapter)| chapter).collect()
    }
}

fn shown(folder: &Path) -> String {
    folder.to_string_lossy().replace('\\', "/")
}

/// Whether a file is that of a claim.
fn is_claim(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path != "sources.yaml" && name != "_chapter.yaml"
}

/// A chapter with its position; chapters without one come last.
fn chapter(id: &str, source: &Source<'_>) -> Option<(i64, Chapter)> {
    let node = parse(source)?;
    let fields = read::section(&node, &CHAPTER, 0..0, source);
    let position = fields.get("position").map_or(Some(i64::MAX), |node| read::integer(node, "position", 0, source));
    let title = fields.read("title", source, read::text);
    let introduction = fields.read("introduction", source, read::markdown);
    Some((position?, Chapter { id: id.to_owned(), title: title?, introduction: introduction? }))
}

fn references(source: &Source<'_>) -> Option<IndexMap<String, Reference>> {
    let node = parse(source)?;
    let Some(entries) = node.entries() else {
        source.report(0..0, format!("sources.yaml is {} (allowed: a map from keys to references)", node.in_words()));
        return None;
    };
    crate::spec::yaml::node::report_duplicates(entries, source);
    let mut references = IndexMap::new();
    for (key, node) in entries {
        let fields = read::section(node, &REFERENCE, key.span.clone(), source);
        let [authors, title, venue] = ["authors", "title", "venue"].map(|name| fields.read(name, source, read::text));
        let year = fields.get("year").and_then(|node| read::integer(node, "year", 1000, source));
        let year = year.and_then(|year| i32::try_from(year).ok());
        let url = fields.read("url", source, read::text);
        if let (Some(authors), Some(title), Some(venue), Some(year)) = (authors, title, venue, year) {
            references.insert(key.name.clone(), Reference { authors, title, venue, year, url });
        }
    }
    Some(references)
}
