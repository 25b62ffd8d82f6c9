//! What changed, and the history.

use modewise::change::baseline::Baseline;
use modewise::change::compare::Change;
use modewise::change::history::{History, MOST};
use modewise::judge::verdict::Verdict;
use modewise::record::Record;
use modewise::report::Edition;
use modewise::report::html::Templates;
use modewise::report::site;

use crate::report::{fixture, texts};

/// The fixture at a revision, the claim at `place` with another verdict.
fn at(revision: &str, place: usize, verdict: Option<Verdict>) -> Record {
    let mut record = fixture::record();
    record.provenance.revision = Some(revision.repeat(40));
    if let Some(verdict) = verdict {
        record.claims[place].verdict = verdict;
    }
    record
}

fn holding(record: &Record) -> usize {
    record.claims.iter().position(|claim| claim.verdict == Verdict::Holds).expect("a claim of the fixture holds")
}

#[test]
fn worse_better_new_gone_and_moved_are_told_apart() {
    let before = fixture::record();
    let place = holding(&before);
    let mut after = at("a", place, Some(Verdict::Inconclusive));
    let failing = before.claims.iter().position(|claim| claim.verdict == Verdict::Fails).expect("one fails");
    after.claims[failing].verdict = Verdict::Holds;
    let gone = after.claims.pop().expect("the fixture has claims");
    let moved = after.findings.iter().position(|f| f.control.is_none() && f.measured.is_some()).expect("a value");
    after.findings[moved].measured = after.findings[moved].measured.map(|value| value * 1.01);
    let mut baseline = Baseline::of(&before);
    let new = after.claims[0].id.clone();
    baseline.claims.shift_remove(&new);
    let change = Change::between(Some(&baseline), &after);
    let ids = |turns: &[modewise::change::compare::Turn]| turns.iter().map(|turn| turn.id.clone()).collect::<Vec<_>>();
    assert!(ids(&change.worse).contains(&after.claims[place].id) || place == 0, "{change:?}");
    assert!(ids(&change.better).contains(&after.claims[failing].id) || failing == 0, "{change:?}");
    assert_eq!(ids(&change.new), [new]);
    assert_eq!(change.gone[0].0, gone.id);
    assert!(change.same_draws);
}

#[test]
fn the_last_bits_of_a_value_are_no_move() {
    let before = fixture::record();
    let baseline = Baseline::of(&before);
    for (factor, moves) in [(1.0 + 1e-12, false), (1.0 + 1e-6, true)] {
        let mut after = before.clone();
        for finding in &mut after.findings {
            finding.measured = finding.measured.map(|value| value * factor);
        }
        assert_eq!(!Change::between(Some(&baseline), &after).moved.is_empty(), moves, "{factor}");
    }
    assert!(Change::between(Some(&baseline), &before).is_none());
}

#[test]
fn a_baseline_is_read_as_it_was_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("reports/baseline.json");
    assert_eq!(modewise::change::baseline::read(&file).expect("no error"), None);
    let baseline = Baseline::of(&fixture::record());
    baseline.write(&file).expect("it can be written");
    assert_eq!(modewise::change::baseline::read(&file).expect("a baseline"), Some(baseline));
}

#[test]
fn the_history_is_bounded_and_round_trips() {
    let mut history = History::default();
    for number in 0..MOST + 5 {
        let mut record = fixture::record();
        record.provenance.revision = Some(format!("{number:040}"));
        history = history.with(&record, Some(number as u64));
    }
    assert_eq!(history.0.len(), MOST);
    assert_eq!(history.0[0].time, Some(5), "the oldest leave");
    assert_eq!(History::parse(&history.to_text()), history);
    assert!(history.to_text().len() < 600_000);
}

#[test]
fn the_feed_and_the_page_tell_when_a_verdict_changed() {
    let place = holding(&fixture::record());
    let id = fixture::record().claims[place].id.clone();
    let first = History::default().with(&at("a", place, Some(Verdict::Fails)), Some(1_700_000_000));
    let history = first.with(&at("b", place, None), Some(1_700_086_400));
    let edition = Edition { date: Some(1_700_172_800), history, url: Some("https://example.org/"), ..Edition::default() };
    let templates = Templates::load(None).expect("the program's templates parse");
    let files = site::files(&at("c", place, None), &edition, &templates).expect("a site");
    let feed = &texts(&files, "feed.xml")["feed.xml"];
    assert_eq!(feed.matches("<entry>").count(), 1, "{feed}");
    for part in [
        "<updated>2023-11-16T22:13:20Z</updated>",
        "<updated>2023-11-15T22:13:20Z</updated>",
        &format!("<link href=\"https://example.org/{id}/index.html\"/>"),
        "before, its verdict was “fails”.",
    ] {
        assert!(feed.contains(part), "{part} in {feed}");
    }
    let page = &texts(&files, ".html")[&format!("{id}/index.html")];
    let sentence = "Its verdict has been “holds” since bbbbbbbbbb (2023-11-15), in the last 2 of 3 records; before that, its \
                    verdict was “fails”.";
    assert!(page.contains(sentence), "the page tells its track");
    assert!(page.contains("id=\"track-title\""), "the page draws its track");
}
