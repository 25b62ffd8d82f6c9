//! `modewise new`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::Value as Json;

use super::error::CliError;
use super::flags::Loudness;
use crate::exit::Exit;
use crate::spec::claim::SITE_FOLDERS;
use crate::spec::id::is_id;
use crate::spec::yaml::first_key;
use crate::store::file::write_whole;

const EXAMPLES: &str = "\
Examples:
  modewise new saddles/my-claim                          specs/saddles/my-claim.yaml, a claim about a spectrum
  modewise new saddles/my-claim --experiment training    about a network that learns
  modewise new drafts/first --specs elsewhere            the chapter is made if it is not there";

/// A whole claim for each kind of experiment, with comments, by its name: what lies in `scaffold/`.
const SCAFFOLDS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/scaffolds.rs"));

/// A bibliography to begin with.
const SOURCES: &str = "\
my-source:
  authors: A. Author
  title: A title
  venue: A journal
  year: 2026
";

/// Write a new spec: a whole claim with comments, to be changed piece by piece.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct New {
    /// Id of the claim: chapter and name
    #[arg(value_name = "CHAPTER/NAME")]
    id: String,
    /// Kind of experiment
    #[arg(long, value_name = "NAME", default_value = "spectrum")]
    experiment: String,
    /// Folder of the specs
    #[arg(long, value_name = "DIR", default_value = "specs")]
    specs: PathBuf,
}

impl New {
    /// Runs the command.
    pub(super) fn execute(&self, loudness: Loudness) -> Result<Exit, CliError> {
        let scaffold = self.scaffold()?;
        let (chapter, _) = self.parts()?;
        let file = self.specs.join(format!("{}.yaml", self.id));
        if file.exists() {
            return Err(CliError::Usage(format!("`{}` is there already (allowed: a new name)", file.display())));
        }
        let cite = self.cite()?;
        write_missing(&self.specs.join(chapter).join("_chapter.yaml"), &chapter_text(chapter))?;
        let text = scaffold.replace("{ID}", &self.id).replace("{CITE}", &cite);
        write(&file, &text)?;
        if !loudness.quiet {
            let file = file.display();
            writeln!(anstream::stdout(), "{file} is a claim with comments; `modewise check {}` checks it", self.id)?;
        }
        Ok(Exit::Holds)
    }

    fn scaffold(&self) -> Result<&'static str, CliError> {
        let found = SCAFFOLDS.iter().find(|(name, _)| *name == self.experiment);
        found.map(|(_, text)| *text).ok_or_else(|| {
            let names: Vec<&str> = SCAFFOLDS.iter().map(|(name, _)| *name).collect();
            CliError::Usage(format!("there is no scaffold for `{}` (allowed: {})", self.experiment, names.join(", ")))
        })
    }

    /// Chapter and name.
    fn parts(&self) -> Result<(&str, &str), CliError> {
        if let Some(own) = SITE_FOLDERS.iter().find(|own| self.id.split('/').next() == Some(**own)) {
            let allowed = SITE_FOLDERS.join(", ");
            let message = format!("the site has a folder `{own}` of its own (allowed: chapters other than {allowed})");
            return Err(CliError::Usage(message));
        }
        let parts = self.id.split_once('/').filter(|(_, name)| is_id(&self.id) && !name.contains('/'));
        parts.ok_or_else(|| {
            let allowed = "allowed: chapter/name, each of a-z, 0-9 and `-`";
            CliError::Usage(format!("`{}` cannot be the id of a claim ({allowed})", self.id))
        })
    }

    /// The first key of the bibliography, which is made if it is not there.
    fn cite(&self) -> Result<String, CliError> {
        let path = self.specs.join("sources.yaml");
        write_missing(&path, SOURCES)?;
        let text = fs::read_to_string(&path).map_err(|error| CliError::Spec(path.clone(), error))?;
        first_key(&text).map(|key| quoted(&key)).ok_or_else(|| {
            CliError::Usage(format!("`{}` has no source to cite (allowed: at least one)", path.display()))
        })
    }
}

/// A text as YAML reads it back: in quotes where it might be taken for a number, a flag or a piece of YAML.
fn quoted(text: &str) -> String {
    let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let plain = text.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && text.ends_with(|letter: char| letter.is_ascii_alphanumeric())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | ' '))
        && !words.contains(&text.to_ascii_lowercase().as_str());
    // Because every text in JSON is one in YAML.
    if plain { text.to_owned() } else { Json::from(text).to_string() }
}

fn chapter_text(chapter: &str) -> String {
    format!(
        "title: {}\nintroduction: |\n  What the claims of this chapter are about.\n",
        quoted(&chapter.replace('-', " "))
    )
}

fn write_missing(path: &Path, text: &str) -> Result<(), CliError> {
    if path.exists() { Ok(()) } else { write(path, text) }
}

fn write(path: &Path, text: &str) -> Result<(), CliError> {
    write_whole(path, text.as_bytes()).map_err(|error| CliError::Spec(path.to_owned(), error))
}
