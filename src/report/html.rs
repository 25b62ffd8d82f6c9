//! Pages from templates; the only place that knows the template engine.

use std::collections::BTreeMap;
use std::path::Path;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, escape_formatter};
use serde::Serialize;

pub use crate::markup::{Markup, escaped};
use crate::report::ReportError;

/// The program's templates and assets: what a folder of templates may override.
const EMBEDDED: &[(&str, &str)] = &[
    ("base.html", include_str!("../../templates/base.html")),
    ("parts.html", include_str!("../../templates/parts.html")),
    ("index.html", include_str!("../../templates/index.html")),
    ("claim.html", include_str!("../../templates/claim.html")),
    ("player.html", include_str!("../../templates/player.html")),
    ("method.html", include_str!("../../templates/method.html")),
    ("provenance.html", include_str!("../../templates/provenance.html")),
    ("performance.html", include_str!("../../templates/performance.html")),
    ("style.css", include_str!("../../templates/style.css")),
    ("figure.css", include_str!("../../templates/figure.css")),
    ("script.js", include_str!("../../templates/script.js")),
    ("player.js", include_str!("../../templates/player.js")),
];

/// Templates, parsed, and assets.
pub struct Templates {
    environment: Environment<'static>,
    assets: BTreeMap<&'static str, String>,
}

impl Templates {
    /// The program's templates with those of `folder` in place of their namesakes. A file there that overrides
    /// nothing and a template that does not parse are errors.
    ///
    /// # Errors
    /// If a file of the folder cannot be read, overrides nothing, or is a template that does not parse.
    ///
    /// # Panics
    /// Never: the delimiters of templates are the usual ones.
    pub fn load(folder: Option<&Path>) -> Result<Self, ReportError> {
        let mut sources: BTreeMap<&'static str, String> =
            EMBEDDED.iter().map(|&(name, text)| (name, text.to_owned())).collect();
        if let Some(folder) = folder {
            override_from(folder, &mut sources)?;
        }
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_formatter(print_value);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.expect("the delimiters are the usual ones"));
        let mut assets = BTreeMap::new();
        for (name, text) in sources {
            if name.ends_with(".html") {
                environment.add_template_owned(name, text).map_err(|error| explained(name, &error))?;
            } else {
                assets.insert(name, text);
            }
        }
        Ok(Self { environment, assets })
    }

    /// The page that template `name` makes of `view`. An undefined field is an error with template and line.
    ///
    /// # Errors
    /// If a field is not defined, or the template fails otherwise.
    pub fn render(&self, name: &str, view: &impl Serialize) -> Result<String, ReportError> {
        let page = self.environment.get_template(name).and_then(|template| {
            let view = Value::from(Serde(view));
            template.render(view)
        });
        page.map(|page| page.trim_start().to_owned()).map_err(|error| explained(name, &error))
    }

    /// An asset: style sheet or script.
    ///
    /// # Panics
    /// If there is no asset of that name.
    pub fn asset(&self, name: &str) -> &str {
        self.assets.get(name).expect("assets are asked for by the names in EMBEDDED")
    }
}

/// Prints a value: text escaped by [`escaped`], which leaves the slashes of paths as they are; everything else as the
/// engine does.
fn print_value(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() && *state.auto_escape() == AutoEscape::Html => {
            out.write_str(&escaped(text)).map_err(|_| Error::new(ErrorKind::WriteFailure, "the page is too long"))
        }
        _ => escape_formatter(out, state, value),
    }
}

/// Puts the files of `folder` in place of the embedded ones of the same name.
fn override_from(folder: &Path, sources: &mut BTreeMap<&'static str, String>) -> Result<(), ReportError> {
    let failed = |error: std::io::Error| ReportError(format!("`{}` cannot be read: {error}", folder.display()));
    let mut entries: Vec<_> = std::fs::read_dir(folder).map_err(failed)?.collect::<Result<_, _>>().map_err(failed)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let known = EMBEDDED.iter().find(|(known, _)| name == *known).map(|(known, _)| *known).ok_or_else(|| {
            let allowed = EMBEDDED.iter().map(|(known, _)| *known).collect::<Vec<_>>().join(", ");
            ReportError(format!("`{}` is no template (allowed: {allowed})", entry.path().display()))
        })?;
        let text = std::fs::read_to_string(entry.path())
            .map_err(|error| ReportError(format!("`{}` cannot be read: {error}", entry.path().display())))?;
        sources.insert(known, text);
    }
    Ok(())
}

/// A template's error with its place.
fn explained(page: &str, error: &Error) -> ReportError {
    let place = format!("{}:{}", error.name().unwrap_or(page), error.line().unwrap_or(1));
    let detail = error.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
    let kind = match error.kind() {
        ErrorKind::UndefinedError => "a field is not defined".to_owned(),
        kind => kind.to_string(),
    };
    ReportError(format!("template {place}: {kind}{detail}"))
}
