//! `ro-crate-metadata.json`: the site described as a research object (RO-Crate 1.1), for archives and search engines.

use serde_json::{Value, json};

use crate::record::Record;
use crate::report::date::rfc3339;
use crate::report::words::overall;

const LICENCES: [&str; 2] = ["https://spdx.org/licenses/MIT", "https://spdx.org/licenses/Apache-2.0"];

/// The description of a site with these files: path and size in bytes.
pub fn ro_crate(record: &Record, date: Option<u64>, files: &[(&str, usize)]) -> Value {
    let parts: Vec<Value> = files.iter().map(|(path, _)| json!({"@id": path})).collect();
    let verdicts: Vec<_> = record.claims.iter().map(|claim| claim.verdict).collect();
    // The dates of the form are required; without one, the beginning of time says that nothing is known.
    let date = rfc3339(date.unwrap_or(0));
    let mut graph = vec![
        json!({"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}}),
        json!({"@id": "./", "@type": "Dataset", "name": "Claims about how networks learn",
            "description": format!("Claims checked by seeded numerical experiments. {}", overall(&verdicts)),
            "datePublished": date, "license": {"@id": LICENCES[0]}, "identifier": record.digest,
            "author": {"@id": "#authors"}, "publisher": {"@id": "#authors"},
            "hasPart": parts, "mentions": {"@id": "#run"}}),
        json!({"@id": "#authors", "@type": "Organization", "name": "The developers of modewise"}),
        json!({"@id": "#modewise", "@type": "SoftwareApplication", "name": "modewise",
            "softwareVersion": record.provenance.version}),
        run(record, &date),
    ];
    graph.extend(
        LICENCES.map(|licence| json!({"@id": licence, "@type": "CreativeWork", "name": licence.rsplit('/').next()})),
    );
    graph.extend(files.iter().map(|(path, size)| {
        json!({"@id": path, "@type": "File", "name": path, "encodingFormat": media_type(path),
            "contentSize": size.to_string()})
    }));
    json!({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph})
}

/// The run as an action: with which program, what it used, what it made.
fn run(record: &Record, date: &str) -> Value {
    let made = &record.provenance;
    let description = format!(
        "Profile {}, master seed {}; revision of the specs: {}; compiler: {} for {}",
        record.profile,
        record.seed,
        made.revision.as_deref().unwrap_or("unknown"),
        made.compiler,
        made.target
    );
    json!({"@id": "#run", "@type": "CreateAction", "name": "The run that made the record", "description": description,
        "endTime": date, "instrument": {"@id": "#modewise"}, "result": {"@id": "record.json"}})
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html",
        Some("json") => "application/json",
        Some("jsonl") => "application/jsonl",
        Some("csv") => "text/csv",
        Some("svg") => "image/svg+xml",
        Some("xml") => "application/xml",
        Some("md") => "text/markdown",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        _ => "application/octet-stream",
    }
}
