//! Running: what is computed, by whom, and what becomes of trouble.

use std::collections::BTreeSet;
use std::sync::Mutex;

use modewise::evidence::collect;
use modewise::experiment::Failure;
use modewise::plan::cell::CellKey;
use modewise::plan::{Plan, plan};
use modewise::run::{Event, Shard, Share, Shares, run};
use modewise::seed::MasterSeed;
use modewise::store::Store;
use modewise::store::folder::Folder;
use modewise::table::Tables;
use modewise::threads::Workers;
use serde_json::json;
use tempfile::TempDir;

use super::fake;

const MASTER: MasterSeed = MasterSeed(7);

/// What a run told.
#[derive(Debug, Default)]
struct Told {
    shares: Shares,
    announced: u64,
    computed: Vec<CellKey>,
    failures: Vec<Failure>,
    unusable: Vec<String>,
    appeared: usize,
    helping: usize,
}

fn told(plans: &[Plan], store: &Store, shard: Shard, jobs: usize) -> Told {
    told_beside(plans, store, shard, jobs, &|_| ())
}

/// With something that happens after each cell, of which it gets the number.
fn told_beside(plans: &[Plan], store: &Store, shard: Shard, jobs: usize, beside: &(dyn Fn(usize) + Sync)) -> Told {
    let told = Mutex::new(Told::default());
    let workers = Workers::new(jobs).expect("there are threads");
    let shares = run(plans, store, shard, &workers, &|event| {
        let mut told = told.lock().expect("no thread panics here");
        match event {
            Event::Unusable { file, reason } => told.unusable.push(format!("{} {reason}", file.display())),
            Event::Started { cells, .. } => told.announced = cells,
            Event::Appeared { .. } => told.appeared += 1,
            Event::Helping => told.helping += 1,
            Event::Finished { cell, failure, .. } => {
                told.computed.push(cell.key.clone());
                told.failures.extend(failure.cloned());
                beside(told.computed.len());
            }
        }
    });
    let mut told = told.into_inner().expect("no thread panics here");
    told.shares = shares.expect("the store takes cells");
    told
}

/// One of two.
fn shard(number: u64) -> Shard {
    Shard::new(number, 2).expect("it is one of two")
}

fn plans(sizes: &[u64], replicates: u64) -> Vec<Plan> {
    vec![plan(&fake::claim("a", sizes, replicates), MASTER).expect("the parameters are right")]
}

#[test]
fn what_the_machine_lacked_is_told_and_judged_but_not_kept() {
    let folder = TempDir::new().expect("there is a folder for temporary files");
    let mut claim = fake::claim("a", &[2], 20);
    claim.controls.clear();
    claim.parameters["mood"] = "starves".into();
    let plans = vec![plan(&claim, MASTER).expect("the parameters are right")];
    for store in [Store::memory(), Store::folder(folder.path())] {
        let first = told(&plans, &store, Shard::WHOLE, 1);
        assert_eq!((first.computed.len(), first.failures.len()), (2, 2), "{store:?}");
        let evidence = collect(&plans[0], &store).expect("every cell has come out in some way");
        assert!(evidence[0].failures[0].contains("took more than 10 minutes"), "{:?}", evidence[0].failures);
        if matches!(store, Store::Folder(..)) {
            assert_eq!(Folder::new(folder.path()).keys().expect("it can be read"), [], "nothing was stored");
            let later = told(&plans, &Store::folder(folder.path()), Shard::WHOLE, 1);
            assert_eq!(later.computed.len(), 2, "it is tried again");
        }
    }
}

#[test]
fn a_second_run_computes_nothing() {
    let folder = TempDir::new().expect("there is a folder for temporary files");
    for store in [Store::memory(), Store::folder(folder.path())] {
        let plans = plans(&[2, 3], 20);
        let (first, second) = (told(&plans, &store, Shard::WHOLE, 2), told(&plans, &store, Shard::WHOLE, 2));
        assert_eq!((first.announced, first.computed.len()), (8, 8), "{store:?}");
        assert_eq!(first.shares["a"], Share { fresh: 8, stored: 0 });
        assert_eq!((second.announced, second.computed.len()), (0, 0));
        assert_eq!(second.shares["a"], Share { fresh: 0, stored: 8 });
    }
}

#[test]
fn a_run_that_was_interrupted_goes_on_with_what_is_missing() {
    let folder = TempDir::new().expect("there is a folder for temporary files");
    let store = Store::folder(folder.path());
    let whole = plans(&[2, 3, 4], 32);
    let part = told(&whole, &store, Shard::new(1, 2).expect("1 is one of 2"), 1).computed;
    // What a killed process leaves: a temporary file beside the cells.
    std::fs::write(folder.path().join(&part[0].as_str()[..2]).join(".writing-x"), b"half")
        .expect("the folder is there");
    let rest = told(&whole, &store, Shard::WHOLE, 2).computed;
    let all: BTreeSet<_> = whole[0].cells().map(|(_, cell)| cell.key.clone()).collect();
    assert_eq!((part.len(), rest.len(), all.len()), (6, 6, 12));
    assert_eq!(part.into_iter().chain(rest).collect::<BTreeSet<_>>(), all);
}

#[test]
fn more_replicates_compute_only_the_new_cells() {
    let store = Store::memory();
    assert_eq!(told(&plans(&[2], 32), &store, Shard::WHOLE, 1).computed.len(), 4);
    assert_eq!(told(&plans(&[2], 64), &store, Shard::WHOLE, 1).computed.len(), 4);
}

#[test]
fn a_change_of_the_code_computes_everything_again() {
    let store = Store::memory();
    let mut claim = fake::claim("a", &[2, 3], 16);
    told(&[plan(&claim, MASTER).expect("right")], &store, Shard::WHOLE, 1);
    claim.kind = std::sync::Arc::new(fake::CHANGED.clone());
    let changed = told(&[plan(&claim, MASTER).expect("right")], &store, Shard::WHOLE, 1);
    assert_eq!(changed.computed.len(), 4);
}

#[test]
fn two_claims_with_the_same_cell_compute_it_once() {
    let claims = [fake::claim("a", &[2, 3], 16), fake::claim("b", &[3, 4], 16)];
    let plans: Vec<Plan> = claims.iter().map(|claim| plan(claim, MASTER).expect("right")).collect();
    let told = told(&plans, &Store::memory(), Shard::WHOLE, 2);
    assert_eq!(told.computed.len(), 6);
    assert_eq!(told.shares["a"], Share { fresh: 4, stored: 0 });
    assert_eq!(told.shares["b"], Share { fresh: 4, stored: 0 });
}

#[test]
fn shards_share_the_cells_out_whatever_is_stored() {
    let all: BTreeSet<_> = plans(&[1, 2, 3, 4, 5], 16)[0].cells().map(|(_, cell)| cell.key.clone()).collect();
    for of in [1, 2, 3, 7, 20] {
        let store = Store::memory();
        let mut seen = BTreeSet::new();
        for number in 1..=of {
            let shard = Shard::new(number, of).expect("it is one of them");
            let fresh = told(&plans(&[1, 2, 3, 4, 5], 16), &Store::memory(), shard, 1).computed;
            let shared = told(&plans(&[1, 2, 3, 4, 5], 16), &store, shard, 1).computed;
            assert_eq!(fresh, shared, "shard {shard}: what others have stored changes nothing");
            assert!(fresh.len().abs_diff(all.len() / of as usize) <= 1, "shard {shard} has {} cells", fresh.len());
            for key in fresh {
                assert!(seen.insert(key), "shard {shard} repeats a cell");
            }
        }
        assert_eq!(seen, all, "{of} shards");
    }
}

#[test]
fn a_share_that_is_done_helps_those_that_write_to_its_store() {
    let plans = plans(&[1, 2, 3, 4, 5, 6, 7], 16);
    let all: BTreeSet<_> = plans[0].cells().map(|(_, cell)| cell.key.clone()).collect();
    let [own, other] = [1, 2].map(|number| told(&plans, &Store::memory(), shard(number), 1).computed);
    let others_first = plans[0].cells().find(|(_, cell)| cell.key == other[0]).expect("it is one of them").1;

    // The other share begins while this one runs, and gets no further than its first cell.
    let store = Store::memory();
    let begins = |number| {
        if number == 3 {
            store.write(others_first, &Ok(Tables::new())).expect("memory takes cells");
        }
    };
    let told = told_beside(&plans, &store, shard(1), 1, &begins);
    assert_eq!((told.announced as usize, told.helping, told.appeared), (own.len(), 1, 0));
    assert_eq!(told.computed[..own.len()], own);
    // The second is the one that its owner is at. The last come first.
    let help: Vec<_> = other[2..].iter().rev().cloned().collect();
    assert_eq!(told.computed[own.len()..], help);
    assert_eq!(told.computed.len() + 2, all.len());

    // Its owner, who goes on, has one cell left and computes nothing twice.
    let rest = told_beside(&plans, &store, shard(2), 1, &|_| ());
    assert_eq!((rest.computed, rest.helping), (vec![other[1].clone()], 0));
}

#[test]
fn a_cell_that_another_process_stored_meanwhile_is_not_computed() {
    let plans = plans(&[1, 2, 3, 4], 16);
    let own = told(&plans, &Store::memory(), shard(1), 1).computed;
    let store = Store::memory();
    let last = plans[0].cells().find(|(_, cell)| Some(&cell.key) == own.last()).expect("it is one of them").1;
    let helped = |_| store.write(last, &Ok(Tables::new())).expect("memory takes cells");
    let told = told_beside(&plans, &store, shard(1), 1, &helped);
    assert_eq!((told.computed, told.appeared, told.helping), (own[..own.len() - 1].to_vec(), 1, 0));
}

#[test]
fn shards_get_equal_shares_of_whole_and_of_smaller_batches() {
    // A claim and its control, at each of four points 16 and 8 replicates.
    let plans = plans(&[1, 2, 3, 4], 24);
    let keys = |smaller: bool| -> BTreeSet<&CellKey> {
        let cells = plans[0].cells().filter(|(_, cell)| (cell.origin.replicates.end == 24) == smaller);
        cells.map(|(_, cell)| &cell.key).collect()
    };
    for of in [2, 4] {
        for number in 1..=of {
            let shard = Shard::new(number, of).expect("it is one of them");
            let computed = told(&plans, &Store::memory(), shard, 1).computed;
            for kind in [keys(false), keys(true)] {
                let own = computed.iter().filter(|key| kind.contains(key)).count();
                assert_eq!(own, kind.len() / of as usize, "shard {shard}");
            }
        }
    }
}

#[test]
fn shards_are_read_from_text() {
    for (text, expected) in [("1/1", Some("1/1")), ("2/8", Some("2/8")), ("8/8", Some("8/8"))] {
        assert_eq!(text.parse::<Shard>().ok().map(|shard| shard.to_string()).as_deref(), expected);
    }
    for text in ["", "1", "0/3", "4/3", "-1/3", "1/0", "a/b", "1/2/3", "auto"] {
        let error = text.parse::<Shard>().expect_err(text);
        assert_eq!(error, format!("`{text}` is not a share of a run (allowed: i/n with 1 <= i <= n, as in 2/8)"));
    }
}

#[test]
fn trouble_in_a_cell_is_stored_as_its_result() {
    let failure = |replicate, reason: &str| Failure { replicate, reason: reason.to_owned() };
    let cases = [
        ("fails", failure(2, "loss 1e300 at step 7")),
        ("infinite", failure(1, "`s1` in table `run` is infinite")),
        ("undocumented", failure(0, "`fake` did not return the tables that it documents")),
        ("panics", failure(0, "panicked in one of 3 replicates: nothing goes in replicate 0")),
    ];
    for (mood, expected) in cases {
        let store = Store::memory();
        let mut claim = fake::claim("a", &[2], 3);
        claim.controls.clear();
        claim.parameters = json!({"size": 2, "mood": mood});
        let plans = [plan(&claim, MASTER).expect("the parameters are right")];
        assert_eq!(told(&plans, &store, Shard::WHOLE, 1).failures, std::slice::from_ref(&expected), "{mood}");
        let (_, cell) = plans[0].cells().next().expect("there is one cell");
        assert_eq!(store.read(&cell.key).found(), Some(Err(expected)), "{mood}");
        assert_eq!(told(&plans, &store, Shard::WHOLE, 1).computed.len(), 0, "{mood}: a failure is not run again");
    }
}

#[test]
fn one_failing_cell_does_not_stop_the_others() {
    let mut claim = fake::claim("a", &[2, 3], 16);
    claim.controls.clear();
    claim.parameters = json!({"size": 2, "mood": "panics"});
    let plans = [plan(&claim, MASTER).expect("right"), plan(&fake::claim("b", &[5], 16), MASTER).expect("right")];
    let told = told(&plans, &Store::memory(), Shard::WHOLE, 2);
    assert_eq!((told.computed.len(), told.failures.len()), (4, 2));
}

#[test]
fn a_damaged_cell_is_reported_and_computed_again() {
    let folder = TempDir::new().expect("there is a folder for temporary files");
    let store = Store::folder(folder.path());
    let plans = plans(&[2, 3], 16);
    let keys = told(&plans, &store, Shard::WHOLE, 1).computed;
    let file = folder.path().join(&keys[0].as_str()[..2]).join(format!("{}.cell", keys[0]));
    let good = std::fs::read(&file).expect("the cell was written");
    let mut bad = good.clone();
    *bad.last_mut().expect("a cell is not empty") ^= 1;
    std::fs::write(&file, bad).expect("the file can be written");
    let again = told(&plans, &store, Shard::WHOLE, 1);
    assert_eq!(again.computed, [keys[0].clone()]);
    assert_eq!(again.unusable, [format!("{} is damaged: its checksum does not match", file.display())]);
    assert_eq!(std::fs::read(&file).expect("the cell was written"), good, "the same bytes as the first time");
}

#[test]
fn a_store_that_cannot_be_written_is_an_error() {
    let folder = TempDir::new().expect("there is a folder for temporary files");
    let file = folder.path().join("store");
    std::fs::write(&file, b"a file, where a folder should be").expect("the folder can be written");
    let workers = Workers::new(1).expect("there are threads");
    let plans = plans(&[2], 1);
    assert!(run(&plans, &Store::folder(&file), Shard::WHOLE, &workers, &|_| ()).is_err());
}

#[test]
fn a_parallel_map_keeps_the_order() {
    let items: Vec<u64> = (0..1000).collect();
    for jobs in [1, 2, 4] {
        let doubled = Workers::new(jobs).expect("there are threads").map(&items, |item| 2 * item);
        assert!(doubled.iter().zip(&items).all(|(doubled, item)| *doubled == 2 * item), "{jobs} jobs");
    }
}
