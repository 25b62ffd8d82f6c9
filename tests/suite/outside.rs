//! Experiments from outside: what they may declare, what their programs may say, and what becomes of it.

use std::fs;
use std::path::Path;

use modewise::experiment::Registry;
use modewise::judge::verdict::Verdict;
use modewise::pipeline::{Conclusions, Options, conclude};
use modewise::record::ClaimRecord;
use modewise::spec;
use modewise::store::Store;
use modewise::store::folder::Folder;
use tempfile::TempDir;

const DECLARATION: &str = r#"about: A coin.
command: [sh, coin.sh]
inputs: ["*.sh"]
parameters:
  bias: {type: number, from: 0, to: 1, default: 0.5, about: Probability of heads.}
  throws: {type: integer, from: 1, to: 10, about: Number of throws.}
  mint: {type: text, choices: [royal, old], default: royal, about: Where it is from.}
seeds:
  throw: [throws]
tables:
  run:
    about: One row per replicate.
    columns: {heads: {about: Share of heads., unit: "1"}}
limits: {time: 2 s}
"#;

/// Answers every request with the bias, for as long as it is asked.
const COIN: &str = r#"
while read -r line; do
    replicates=$(printf '%s' "$line" | sed 's/.*"replicates":\(\[[^]]*\]\).*/\1/')
    bias=$(printf '%s' "$line" | sed 's/.*"bias":\([0-9.]*\).*/\1/')
    heads=$(printf '%s' "$replicates" | sed "s/[0-9][0-9]*/$bias/g")
    printf '%s\n' "$line" >> ../../../requests
    printf '{"tables":{"run":{"replicate":%s,"heads":%s}}}\n' "$replicates" "$heads"
done
"#;

const CLAIM: &str = "\
title: A coin is fair
statement: Half of the throws are heads.
source: {cite: notes}
why-this-tolerance: It is exact.
experiment: {coin: {throws: 3}}
replicates: 20
checks:
  - {name: fair, table: run, measure: max(abs(heads - 0.5)), expect: {at-most: 0.01}}
controls:
  - {name: bent, because: It falls on one side., set: {bias: 0.75}, fails: [fair]}
";

/// A project with a declared experiment.
struct Project(TempDir);

impl Project {
    fn new(declaration: &str, program: &str, claim: &str) -> Self {
        let folder = tempfile::tempdir().expect("there is a folder for temporary files");
        let project = Self(folder);
        project.write("specs/sources.yaml", "notes: {authors: A, title: T, venue: V, year: 2026}\n");
        project.write("specs/luck/_chapter.yaml", "{title: Luck, introduction: Coins.}\n");
        project.write("specs/luck/fair.yaml", claim);
        project.write("specs/_experiments/coin/experiment.yaml", declaration);
        project.write("specs/_experiments/coin/coin.sh", program);
        project
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }

    fn registry(&self, allowed: bool) -> Registry {
        spec::with_declared(&self.path("specs"), &Registry::built_in(), allowed)
            .unwrap_or_else(|problems| panic!("{problems}"))
    }

    fn conclude(&self, allowed: bool) -> Conclusions {
        let store = Store::folder(self.path("store"));
        let options = Options { registry: self.registry(allowed), store, ..Options::new(self.path("specs")) };
        conclude(&options, &|_| {}).unwrap_or_else(|error| panic!("{error}"))
    }

    /// What is concluded of the claim.
    fn claim(&self) -> ClaimRecord {
        self.conclude(true).record.claims.remove(0)
    }

    fn stored(&self) -> usize {
        Folder::new(self.path("store")).keys().expect("the store can be read").len()
    }

    fn requests(&self) -> Vec<String> {
        let text = fs::read_to_string(self.path("requests")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// The mistakes in the declaration and the claim.
    fn mistakes(&self) -> String {
        let registry = match spec::with_declared(&self.path("specs"), &Registry::built_in(), true) {
            Ok(registry) => registry,
            Err(problems) => return problems.to_string(),
        };
        match spec::load(&self.path("specs"), None, &registry) {
            Ok(_) => String::new(),
            Err(problems) => problems.to_string(),
        }
    }
}

#[test]
fn a_claim_about_a_program_is_judged_like_any_other() {
    let project = Project::new(DECLARATION, COIN, CLAIM);
    let claim = project.claim();
    assert_eq!((claim.verdict, claim.controls[0].failed), (Verdict::Holds, true), "{:?}", claim.reason);
    assert_eq!((project.stored(), project.requests().len()), (4, 4), "two cells of the claim and two of its control");
    project.claim();
    assert_eq!(project.requests().len(), 4, "the store has them");
    assert!(project.requests()[0].starts_with(r#"{"protocol":1,"id":"#));
}

#[test]
fn no_program_runs_without_consent_or_to_read_a_spec() {
    let project = Project::new(DECLARATION, COIN, CLAIM);
    assert_eq!(project.mistakes(), "");
    let claim = project.conclude(false).record.claims.remove(0);
    assert_eq!(claim.verdict, Verdict::Skipped);
    let reason = claim.reason.expect("it says why");
    assert!(reason.contains("the command `sh coin.sh`") && reason.contains("`--allow-commands` lets it"), "{reason}");
    assert_eq!((project.requests().len(), project.stored()), (0, 0));
}

#[test]
fn a_program_that_ends_after_an_answer_is_started_again() {
    let once = COIN.replace("while read -r line; do", "read -r line || exit 0").replace("done\n", "");
    let project = Project::new(DECLARATION, &once, CLAIM);
    assert_eq!(project.claim().verdict, Verdict::Holds);
    assert_eq!(project.requests().len(), 4);
}

#[test]
fn a_claim_and_its_control_meet_the_same_seeds() {
    let project = Project::new(DECLARATION, COIN, CLAIM);
    project.claim();
    let seeds = |bias: &str| {
        let requests = project.requests();
        let request = requests.iter().find(|line| line.contains(&format!(r#""bias":{bias}"#)) && line.contains("[0,"));
        let request: serde_json::Value = serde_json::from_str(request.expect("it was asked")).expect("it is JSON");
        request["seeds"]["throw"].clone()
    };
    assert_eq!(seeds("0.5"), seeds("0.75"), "the stream depends on the throws only");
    let seeds = seeds("0.5");
    let first: Vec<u64> =
        seeds.as_array().into_iter().flatten().filter_map(|seed| seed.as_str()?.parse().ok()).collect();
    assert_eq!(first.len(), 16);
    assert_ne!(first[0], first[1]);
    let other = Project::new(DECLARATION, COIN, &CLAIM.replace("throws: 3", "throws: 4"));
    other.claim();
    assert!(!other.requests().iter().any(|line| line.contains(&first[0].to_string())), "other throws, other seeds");
}

#[test]
fn what_goes_wrong_in_a_program_breaks_the_claim_with_a_reason_and_is_not_stored() {
    let answer = r#"printf '{"tables":{"run":{"replicate":%s,"heads":%s}}}\n' "$replicates" "$heads""#;
    let line = |line: &str| COIN.replace(answer, &format!("echo '{line}'"));
    let cases = [
        (line("Epoch 1 of 3"), "standard output has a line that is no answer: `Epoch 1 of 3`"),
        (line("{}"), "an answer has either `tables` or a `failure`"),
        (line(r#"{"tables":{}}"#), "the table `run` is missing in the answer (required: run)"),
        (line(r#"{"tables":{"run":{"replicate":[0]}}}"#), "the table `run` has no column `heads`"),
        (line(r#"{"tables":{"run":{"replicate":[0],"heads":[1,2]}}}"#), "the column `heads` has 2 values"),
        (
            line(r#"{"tables":{"run":{"replicate":[0],"heads":[1],"tails":[0]}}}"#),
            "the column `tails`, which is not declared",
        ),
        (line(r#"{"tables":{"run":{"replicate":[99],"heads":[1]}}}"#), "a replicate is 99 (allowed: 0 to 15)"),
        (line(r#"{"tables":{"run":{"replicate":[0],"heads":[1]}}}"#), "has no row for replicate 1"),
        (
            COIN.replace(answer, "echo broken >&2; exit 3"),
            "ended with exit code 3 and no answer; the end of standard error:\nbroken",
        ),
        (COIN.replace(answer, "kill -KILL $$"), "the program was killed (signal 9)"),
        (COIN.replace(answer, "sleep 20"), "no answer came within 0.2 s (limits: time)"),
        (
            COIN.replace(
                answer,
                r#"id=$(printf '%s' "$line" | sed 's/.*"id":\([0-9]*\).*/\1/')
    printf '{"id":%s,"failure":{"replicate":0,"reason":"of another"}}\n' "$((id + 1))""#,
            ),
            "the answer is to request ",
        ),
    ];
    let short = DECLARATION.replace("time: 2 s", "time: 0.2 s");
    for (program, expected) in cases {
        let project = Project::new(if expected.contains("0.2 s") { &short } else { DECLARATION }, &program, CLAIM);
        let claim = project.claim();
        assert_eq!(claim.verdict, Verdict::Broken, "{expected}");
        let reason = claim.reason.expect("it says why");
        assert!(reason.contains(expected), "{expected}: {reason}");
        assert_eq!(project.stored(), 0, "{expected}");
    }
}

#[test]
fn a_failure_that_the_program_reports_is_a_result() {
    let answer = r#"printf '{"tables":{"run":{"replicate":%s,"heads":%s}}}\n' "$replicates" "$heads""#;
    let failing = r#"case "$replicates" in "[0,"*) n=3;; *) n=17;; esac
    printf '{"failure":{"replicate":%s,"reason":"the coin rolled away"}}\n' "$n""#;
    let project = Project::new(DECLARATION, &COIN.replace(answer, failing), CLAIM);
    let claim = project.claim();
    assert_eq!(claim.verdict, Verdict::Broken);
    assert!(claim.reason.is_some_and(|reason| reason.contains("replicate 3: the coin rolled away")));
    assert_eq!(project.stored(), 4);
}

#[test]
fn cells_follow_from_the_inputs_and_nothing_is_stored_without_any() {
    let project = Project::new(DECLARATION, COIN, CLAIM);
    project.claim();
    project.write("specs/_experiments/coin/notes.txt", "no input");
    project.claim();
    assert_eq!(project.requests().len(), 4);
    project.write("specs/_experiments/coin/coin.sh", &format!("{COIN}# changed\n"));
    project.claim();
    assert_eq!(project.requests().len(), 8, "the program has changed");
    let project = Project::new(&DECLARATION.replace("inputs: [\"*.sh\"]\n", ""), COIN, CLAIM);
    assert_eq!(project.claim().verdict, Verdict::Holds);
    assert_eq!(project.stored(), 0);
}

#[test]
fn setup_and_version_run_once_before_the_first_cell() {
    let declaration = DECLARATION.replace(
        "inputs:",
        "setup: [sh, -c, \"echo set >> ../../../setup\"]\nversion: [cat, ../../../version]\ninputs:",
    );
    let project = Project::new(&declaration, COIN, CLAIM);
    project.write("version", "1\n");
    assert_eq!(project.claim().verdict, Verdict::Holds);
    let setups = |project: &Project| fs::read_to_string(project.path("setup")).unwrap_or_default().lines().count();
    assert_eq!(setups(&project), 1);
    project.claim();
    assert_eq!((setups(&project), project.requests().len()), (2, 4), "once for each run, and no cell is new");
    project.write("version", "2\n");
    project.claim();
    assert_eq!(project.requests().len(), 8, "the version is part of the key");
    let missing = Project::new(&DECLARATION.replace("inputs:", "setup: [no-such-program]\ninputs:"), COIN, CLAIM);
    let claim = missing.claim();
    assert_eq!(claim.verdict, Verdict::Skipped);
    assert!(
        claim.reason.is_some_and(|reason| reason.contains("the setup command `no-such-program` cannot be started"))
    );
}

#[test]
fn mistakes_in_a_declaration_and_in_its_parameters_are_shown_where_they_stand() {
    let in_declaration = [
        ("about: A coin.", "abuot: A coin.", "did you mean `about`?"),
        (
            "command: [sh, coin.sh]",
            "command: sh coin.sh",
            "`command` is the text \"sh coin.sh\" (allowed: a list of texts)",
        ),
        ("type: integer", "type: intger", "did you mean `integer`?"),
        ("default: 0.5", "default: 2", "`default` is 2 (allowed: numbers from 0 to 1)"),
        ("throw: [throws]", "throw: [throw]", "`throw` is no parameter (allowed: bias, throws, mint)"),
        ("heads: {about", "replicate: {about", "`replicate` is taken"),
        ("time: 2 s", "time: 2", "`time` is 2 (allowed: a number with its unit, as in `10 s`, `10 min`, `10 h`)"),
        ("choices: [royal, old], default: royal", "from: 1, default: royal", "a parameter of type text has no `from`"),
    ];
    for (right, wrong, expected) in in_declaration {
        assert!(DECLARATION.contains(right), "{right}");
        let found = Project::new(&DECLARATION.replace(right, wrong), COIN, CLAIM).mistakes();
        assert!(found.contains(expected) && found.contains("experiment.yaml:"), "{expected}: {found}");
    }
    let in_claim = [
        ("throws: 3", "throws: 30", "`throws` is 30 (allowed: whole numbers from 1 to 10)"),
        ("throws: 3", "throw: 3", "did you mean `throws`?"),
        ("throws: 3", "throws: 3, mint: new", "(allowed: royal, old)"),
        ("bias: 0.75", "bias: 7", "`bias` is 7 (allowed: numbers from 0 to 1)"),
        ("abs(heads", "abs(head", "`head`"),
    ];
    for (right, wrong, expected) in in_claim {
        let found = Project::new(DECLARATION, COIN, &CLAIM.replace(right, wrong)).mistakes();
        assert!(found.contains(expected) && found.contains("luck/fair.yaml:"), "{expected}: {found}");
    }
}

#[test]
fn a_file_parameter_is_known_by_its_bytes() {
    let declaration = DECLARATION.replace("  mint:", "  coins: {type: file, about: The coins.}\n  mint:");
    let claim = CLAIM.replace("throws: 3", "throws: 3, coins: coins.csv");
    let project = Project::new(&declaration, COIN, &claim);
    let skipped = project.claim();
    assert_eq!(skipped.verdict, Verdict::Skipped);
    assert!(skipped.reason.is_some_and(|reason| reason.contains("the file `coins.csv` is not there")));
    project.write("specs/luck/coins.csv", "1\n");
    assert_eq!(project.claim().verdict, Verdict::Holds);
    let sent: serde_json::Value = serde_json::from_str(&project.requests()[0]).expect("it is JSON");
    let path = sent["parameters"]["coins"].as_str().expect("it is a path");
    assert!(Path::new(path).is_absolute() && Path::new(path).is_file(), "{path}");
    project.write("specs/luck/coins.csv", "2\n");
    project.claim();
    assert_eq!(project.requests().len(), 8);
}

#[test]
fn a_program_in_python_needs_ten_lines() {
    let known = std::process::Command::new("python3").arg("--version").output().is_ok();
    if !known {
        eprintln!("skipped: there is no python3");
        return;
    }
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("python");
    let program = format!(
        r#"import sys
sys.path.insert(0, {package:?})
import modewise

@modewise.experiment
def coin(replicate, seeds, bias, throws, mint):
    print("this goes to the log")
    if throws == 9:
        raise modewise.Failure("the coin rolled away")
    if throws == 10:
        raise ValueError("no such coin")
    assert 0 <= seeds.throw < 2**64 and seeds.throw.random().random() != seeds["throw"]
    return {{"run": {{"heads": bias}}}}

modewise.serve(coin)
"#
    );
    let declaration = DECLARATION.replace("[sh, coin.sh]", "[python3, coin.py]").replace("*.sh", "*.py");
    let about = |throws: u64| {
        let project = Project::new(&declaration, "", &CLAIM.replace("throws: 3", &format!("throws: {throws}")));
        project.write("specs/_experiments/coin/coin.py", &program);
        (project.claim(), project.stored())
    };
    let (claim, stored) = about(3);
    assert_eq!((claim.verdict, stored), (Verdict::Holds, 4), "{:?}", claim.reason);
    let (claim, stored) = about(9);
    assert!(claim.reason.is_some_and(|reason| reason.contains("replicate 0: the coin rolled away")));
    assert_eq!(stored, 4, "a failure is a result");
    let (claim, stored) = about(10);
    assert!(claim.reason.is_some_and(|reason| reason.contains("ValueError: no such coin")));
    assert_eq!(stored, 0, "an exception is none");
}

#[test]
fn a_program_can_be_tried_and_an_experiment_looked_up() {
    let project = Project::new(DECLARATION, COIN, CLAIM);
    let experiments = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_modewise"));
        let output =
            command.args(["experiments", "coin", "--specs"]).arg(project.path("specs")).args(arguments).output();
        let output = output.expect("the program runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.code(), text)
    };
    let (code, text) = experiments(&[]);
    assert!(code == Some(0) && text.contains("Probability of heads.") && text.contains("Table run"), "{text}");
    let (code, text) = experiments(&["--try", "{throws: 3}"]);
    assert!(code == Some(0) && text.contains("table run: 2 rows, replicate, heads"), "{text}");
    assert!(text.contains("asked again, it gave the same numbers"), "{text}");
    assert_eq!(project.stored(), 0);
    let (code, text) = experiments(&["--try", "{throws: 30}"]);
    assert!(code == Some(2) && text.contains("`throws` is 30 (allowed: whole numbers from 1 to 10)"), "{text}");
    let (code, text) = experiments(&["--try", "{throws: [}"]);
    assert!(code == Some(96) && text.contains("not YAML"), "{text}");
    project.write("specs/_experiments/coin/coin.sh", "echo nothing");
    let (code, text) = experiments(&["--try", "{throws: 3}"]);
    assert!(code == Some(101) && text.contains("a line that is no answer: `nothing`"), "{text}");
}
