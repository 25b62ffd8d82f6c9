//! Templates: embedded, overridden, mistaken.

use std::fs;

use modewise::report::Edition;

use crate::report::fixture;

/// The error of a site with these files in the folder of templates; empty if there is none.
fn error_with(overrides: &[(&str, &str)]) -> String {
    let templates = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in overrides {
        fs::write(templates.path().join(name), text).expect("a temporary file");
    }
    let out = tempfile::tempdir().expect("a temporary folder");
    let built = super::build(&fixture::record(), &Edition::default(), Some(templates.path()), out.path());
    built.err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn mistakes_in_templates_name_their_file_and_line() {
    let cases: &[(&str, &str, &str)] = &[
        ("page.html", "", "is no template (allowed: base.html, parts.html, index.html, "),
        ("index.html", "a\nb\n{{ no_such_field }}", "template index.html:3: a field is not defined"),
        ("claim.html", "{{ title }}\n{{ lead.no_such_field }}", "template claim.html:2: a field is not defined"),
        ("base.html", "{% block main %}\n\n{% endfor %}", "template base.html:3: syntax error"),
        ("parts.html", "{% macro verdict(view) %}{% endmacro %}", "template index.html:"),
    ];
    for (name, text, expected) in cases {
        let error = error_with(&[(name, text)]);
        assert!(error.contains(expected), "{name} {text:?}: {error:?}, expected {expected:?}");
    }
}

#[test]
fn a_template_overrides_its_namesake() {
    let templates = tempfile::tempdir().expect("a temporary folder");
    fs::write(templates.path().join("index.html"), "<p>{{ overall }}</p>").expect("a temporary file");
    fs::write(templates.path().join("figure.css"), "/* mine */").expect("a temporary file");
    let out = tempfile::tempdir().expect("a temporary folder");
    super::build(&fixture::record(), &Edition::default(), Some(templates.path()), out.path()).expect("a site");
    let read = |path: &str| fs::read_to_string(out.path().join(path)).expect("a file of the site");
    assert!(read("index.html").starts_with("<p>4 of 9 claims hold; "), "{}", read("index.html"));
    assert!(read("style.css").ends_with("/* mine */"));
    assert!(read("data/stages/depth/figure-1.svg").contains("<style>/* mine */</style>"));
}

#[test]
fn a_folder_of_templates_that_is_not_there_is_an_error() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let missing = out.path().join("missing");
    let error =
        super::build(&fixture::record(), &Edition::default(), Some(&missing), out.path()).expect_err("no folder");
    assert!(error.to_string().contains("cannot be read"), "{error}");
}
