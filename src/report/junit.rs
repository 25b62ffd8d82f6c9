//! `junit.xml`: a suite a claim, a case a finding and a case a control, in the form of the Jenkins schema
//! (`junit-10.xsd`).

use quick_xml::Writer;
use quick_xml::events::BytesText;

use crate::judge::finding::Finding;
use crate::judge::verdict::Verdict;
use crate::record::{ClaimRecord, ControlRecord, Record};
use crate::report::words::{point, sentence, word};
use crate::report::xml::{document, printable};

/// A case that has run.
struct Case {
    class: String,
    name: String,
    outcome: Outcome,
}

/// How a case went; with its verdict and what to read.
enum Outcome {
    Passed,
    Failed(Verdict, String),
    Error(Verdict, String),
    Skipped(String),
}

/// All claims as test suites.
///
/// # Errors
/// If the document cannot be written to memory.
pub fn junit(record: &Record) -> std::io::Result<Vec<u8>> {
    let suites: Vec<_> = record.claims.iter().map(|claim| (claim, cases(claim))).collect();
    let all = |of: fn(&Outcome) -> bool| suites.iter().map(|(_, cases)| number(cases, of)).sum::<usize>().to_string();
    let totals = [("name", "modewise"), ("tests", &all(|_| true)), ("failures", &all(failed)), ("errors", &all(error))];
    document(|writer| {
        writer.create_element("testsuites").with_attributes(totals).write_inner_content(|writer| {
            for (claim, cases) in &suites {
                write_suite(writer, claim, cases)?;
            }
            Ok(())
        })?;
        Ok(())
    })
}

fn failed(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Failed(..))
}

fn error(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Error(..))
}

fn number(cases: &[Case], of: fn(&Outcome) -> bool) -> usize {
    cases.iter().filter(|case| of(&case.outcome)).count()
}

/// The cases of a claim: its own findings, then its controls; one skipped case if it did not run.
fn cases(claim: &ClaimRecord) -> Vec<Case> {
    let class = claim.id.replace('/', ".");
    let reason = claim.reason.clone().unwrap_or_default();
    if claim.verdict == Verdict::Skipped {
        return vec![Case { class, name: claim.title.clone(), outcome: Outcome::Skipped(reason) }];
    }
    let mut cases: Vec<_> = claim.own().map(|finding| finding_case(claim, &class, finding)).collect();
    cases.extend(claim.controls.iter().map(|control| control_case(claim, &class, control)));
    let worst = |cases: &[Case]| cases.iter().all(|case| matches!(case.outcome, Outcome::Passed));
    if claim.verdict != Verdict::Holds && worst(&cases) {
        let outcome = Outcome::Error(claim.verdict, reason);
        cases.push(Case { class, name: "verdict of the claim".to_owned(), outcome });
    }
    cases
}

fn finding_case(claim: &ClaimRecord, class: &str, finding: &Finding) -> Case {
    let place = point(finding);
    let name = if place.is_empty() { finding.check.clone() } else { format!("{} [{place}]", finding.check) };
    let words = claim.check_of(finding).map(|check| sentence(check, claim, finding)).unwrap_or_default();
    let outcome = match finding.verdict {
        Verdict::Holds => Outcome::Passed,
        Verdict::Skipped => Outcome::Skipped(words),
        Verdict::Broken => Outcome::Error(finding.verdict, words),
        Verdict::Fails | Verdict::Inconclusive | Verdict::Vacuous => Outcome::Failed(finding.verdict, words),
    };
    Case { class: class.to_owned(), name, outcome }
}

fn control_case(claim: &ClaimRecord, class: &str, control: &ControlRecord) -> Case {
    let outcome = if control.failed {
        Outcome::Passed
    } else {
        let reason = claim.reason.as_deref().unwrap_or("a check that must fail did not");
        Outcome::Failed(Verdict::Vacuous, format!("control {}: {reason}", control.name))
    };
    Case { class: class.to_owned(), name: format!("control: {}", control.name), outcome }
}

fn write_suite(writer: &mut Writer<Vec<u8>>, claim: &ClaimRecord, cases: &[Case]) -> std::io::Result<()> {
    let skipped = number(cases, |outcome| matches!(outcome, Outcome::Skipped(_))).to_string();
    let (tests, failures) = (cases.len().to_string(), number(cases, failed).to_string());
    let errors = number(cases, error).to_string();
    let attributes = [
        ("name", claim.id.as_str()),
        ("tests", &tests),
        ("failures", &failures),
        ("errors", &errors),
        ("skipped", &skipped),
        ("file", &claim.file),
    ];
    writer.create_element("testsuite").with_attributes(attributes).write_inner_content(|writer| {
        for case in cases {
            write_case(writer, case)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn write_case(writer: &mut Writer<Vec<u8>>, case: &Case) -> std::io::Result<()> {
    let element = writer.create_element("testcase");
    let name = printable(&case.name);
    let element = element.with_attributes([("classname", case.class.as_str()), ("name", &name)]);
    let (tag, kind, message) = match &case.outcome {
        Outcome::Passed => return element.write_empty().map(drop),
        Outcome::Failed(verdict, message) => ("failure", word(*verdict), message),
        Outcome::Error(verdict, message) => ("error", word(*verdict), message),
        Outcome::Skipped(message) => ("skipped", "skipped", message),
    };
    let message = printable(message);
    element.write_inner_content(|writer| {
        let inner = writer.create_element(tag).with_attributes([("type", kind), ("message", &message)]);
        inner.write_text_content(BytesText::new(&message)).map(drop)
    })?;
    Ok(())
}
