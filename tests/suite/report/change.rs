//! What changed, and the history.

use modewise::change::baseline::Baseline;
use modewise::change::compare::{Change, Turn};
use modewise::change::history::{History, MOST};
use modewise::judge::verdict::Verdict;
use modewise::record::Record;
use modewise::report::Edition;
use modewise::report::view::change::shift;

use crate::report::{files_of, fixture, texts};

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
    let mut after = before.clone();
    let mut turn = |id: &str, verdict| {
        let claim = after.claims.iter_mut().find(|claim| claim.id == id).expect("a claim of the fixture");
        claim.verdict = verdict;
    };
    turn("stages/plateaus", Verdict::Inconclusive);
    turn("stages/depth", Verdict::Holds);
    let border = after.claims.iter_mut().find(|claim| claim.id == "detection/border").expect("a claim of the fixture");
    border.findings[0].measured = border.findings[0].measured.map(|value| 1.01 * value);
    after.claims.retain(|claim| claim.id != "detection/living-things");
    let mut baseline = Baseline::of(&before);
    baseline.claims.shift_remove("stages/learning-times");
    let change = Change::between(Some(&baseline), &after);
    let ids = |turns: &[Turn]| turns.iter().map(|turn| turn.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&change.worse), ["stages/plateaus"]);
    assert_eq!((change.worse[0].before, change.worse[0].after), (Some(Verdict::Holds), Verdict::Inconclusive));
    assert_eq!(ids(&change.better), ["stages/depth"]);
    assert_eq!(ids(&change.new), ["stages/learning-times"]);
    assert_eq!(change.gone.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["detection/living-things"]);
    assert_eq!(change.moved.iter().map(|of| of.claim.as_str()).collect::<Vec<_>>(), ["detection/border"]);
    assert!(change.is_worse() && change.scope.same_draws);
}

#[test]
fn the_last_bits_of_a_value_are_no_move() {
    let before = fixture::record();
    let baseline = Baseline::of(&before);
    for (factor, moves) in [(1.0 + 1e-12, false), (1.0 + 1e-6, true)] {
        let mut after = before.clone();
        for finding in after.claims.iter_mut().flat_map(|claim| &mut claim.findings) {
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
    let edition =
        Edition { date: Some(1_700_172_800), history, url: Some("https://example.org/"), ..Edition::default() };
    let files = files_of(&at("c", place, None), &edition);
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

#[test]
fn a_change_of_tolerance_use_has_a_sign_where_it_can_be_seen() {
    for (value, expected) in [(0.12, "+0.12"), (-0.03, "−0.03"), (0.0, "±0.00"), (0.004, "±0.00"), (-1e-9, "±0.00")]
    {
        assert_eq!(shift(value), expected, "{value}");
    }
}
