//! The store of cells: what goes in comes out, and nothing else does.

use std::fs;
use std::ops::Range;
use std::path::Path;

use indexmap::IndexMap;
use modewise::experiment::Failure;
use modewise::plan::cell::{Cell, CellKey, Origin};
use modewise::seed::MasterSeed;
use modewise::store::file::write_whole;
use modewise::store::folder::{Folder, Merge};
use modewise::store::format::{Outcome, Unusable, decode, encode, verify};
use modewise::store::{Lookup, Store};
use modewise::table::Table;
use proptest::prelude::*;
use tempfile::TempDir;

fn cell(replicates: Range<u64>) -> Cell {
    let origin = Origin {
        experiment: "fake".to_owned(),
        parameters: "{\"size\":3}".to_owned(),
        replicates,
        seed: MasterSeed(7),
        fingerprint: "f".to_owned(),
    };
    Cell { key: origin.key(), origin }
}

fn outcome(values: &[f64]) -> Outcome {
    let mut table = Table::new(["replicate", "value"]);
    for (replicate, value) in values.iter().enumerate() {
        table.push(&[replicate as f64, *value]);
    }
    Ok(IndexMap::from([("run".to_owned(), table), ("empty".to_owned(), Table::new(["replicate"]))]))
}

fn failure() -> Outcome {
    Err(Failure { replicate: 3, reason: "loss 1e300 at step 7".to_owned() })
}

fn temporary() -> TempDir {
    TempDir::new().expect("there is a folder for temporary files")
}

/// The bits of every number, so that missing values and signed zeros are compared too.
fn bits(outcome: &Outcome) -> Result<Vec<(String, String, Vec<u64>)>, Failure> {
    let tables = outcome.as_ref().map_err(Clone::clone)?;
    let columns = tables.iter().flat_map(|(name, table)| table.columns().map(move |column| (name, column)));
    let columns = columns.map(|(table, (column, values))| {
        (table.clone(), column.to_owned(), values.iter().map(|value| value.to_bits()).collect())
    });
    Ok(columns.collect())
}

proptest! {
    #[test]
    fn every_bit_of_a_cell_comes_back(values in prop::collection::vec(any::<u64>(), 0..50)) {
        let values: Vec<f64> = values.into_iter().map(f64::from_bits).collect();
        let (cell, outcome) = (cell(0..16), outcome(&values));
        let read = decode(&cell.key, &encode(&cell.origin, &outcome)).expect("it was just encoded");
        prop_assert_eq!(bits(&read), bits(&outcome));
    }

    #[test]
    fn a_changed_byte_is_noticed(place in 0.0..1.0, change in 1_u8..) {
        let cell = cell(0..16);
        let mut bytes = encode(&cell.origin, &outcome(&[1.0, f64::NAN, -0.0]));
        let place = (place * bytes.len() as f64) as usize;
        bytes[place] ^= change;
        prop_assert!(verify(&cell.key, &bytes).is_err(), "byte {}", place);
        prop_assert!(decode(&cell.key, &bytes).is_err(), "byte {}", place);
    }
}

#[test]
fn a_file_that_ends_early_is_noticed_wherever_it_ends() {
    let cell = cell(0..16);
    let bytes = encode(&cell.origin, &outcome(&[1.0, 2.0]));
    for length in 0..bytes.len() {
        let error = decode(&cell.key, &bytes[..length]).expect_err("it is cut");
        assert!(matches!(error, Unusable::Damaged(_)), "{length} bytes: {error}");
    }
}

#[test]
fn cells_are_read_as_they_were_written() {
    let folder = temporary();
    for store in [Store::folder(folder.path()), Store::memory()] {
        for (cell, outcome) in [(cell(0..16), outcome(&[1.5, f64::NAN])), (cell(16..20), failure())] {
            assert_eq!(store.read(&cell.key), Lookup::Missing);
            assert_eq!(store.check(&cell.key), Lookup::Missing);
            store.write(&cell, &outcome).expect("the store takes cells");
            assert_eq!(bits(&store.read(&cell.key).found().expect("it was written")), bits(&outcome));
            assert_eq!(store.check(&cell.key), Lookup::Found(()));
        }
    }
}

#[test]
fn a_cell_lies_below_the_first_two_digits_of_its_key() {
    let (folder, cell) = (temporary(), cell(0..16));
    Folder::new(folder.path()).write(&cell, &failure()).expect("the folder can be written");
    let file = folder.path().join(&cell.key.as_str()[..2]).join(format!("{}.cell", cell.key));
    assert!(file.is_file());
    let shelf = file.parent().expect("it lies in a folder");
    assert_eq!(fs::read_dir(shelf).expect("it is a folder").count(), 1, "no temporary file is left");
}

#[cfg(unix)]
#[test]
fn files_have_the_permissions_of_any_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = temporary();
    let mode = |path: &Path| fs::metadata(path).expect("it was written").permissions().mode() & 0o777;
    let (plain, whole) = (folder.path().join("plain"), folder.path().join("deep/down/whole"));
    fs::write(&plain, b"x").expect("the folder can be written");
    write_whole(&whole, b"x").expect("the folder can be written");
    assert_eq!(mode(&whole), mode(&plain));
}

/// What stands in a cell's file, and what the store says about it.
fn unusable_files(cell: &Cell) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let good = encode(&cell.origin, &outcome(&[1.0]));
    let mut flipped = good.clone();
    *flipped.last_mut().expect("it is not empty") ^= 1;
    vec![
        ("empty", Vec::new(), "is damaged: it ends early"),
        ("cut", good[..good.len() - 1].to_vec(), "is damaged: its checksum does not match"),
        ("flipped", flipped, "is damaged: its checksum does not match"),
        ("text", b"hello, I am a note".to_vec(), "is not a cell of this version of modewise"),
        ("other version", b"modewise cell 2\nmore".to_vec(), "is not a cell of this version of modewise"),
        ("other cell", encode(&self::cell(16..32).origin, &failure()), "holds another"),
    ]
}

#[test]
fn unusable_files_are_reported_and_count_as_missing() {
    let (folder, cell) = (temporary(), cell(0..16));
    let store = Store::folder(folder.path());
    let file = Folder::new(folder.path()).file(&cell.key);
    let other = self::cell(16..32).key;
    for (name, bytes, expected) in unusable_files(&cell) {
        write_whole(&file, &bytes).expect("the folder can be written");
        let expected =
            if expected == "holds another" { format!("holds the cell `{other}`") } else { expected.to_owned() };
        for lookup in [store.check(&cell.key), drop_outcome(store.read(&cell.key))] {
            let Lookup::Unusable(path, reason) = lookup else { panic!("{name}: {lookup:?}") };
            assert_eq!((path, reason.to_string()), (file.clone(), expected.clone()), "{name}");
        }
        store.write(&cell, &failure()).expect("it is written over");
        assert_eq!(store.check(&cell.key), Lookup::Found(()), "{name}");
    }
}

#[test]
fn a_folder_in_the_place_of_a_cell_is_unreadable() {
    let (folder, cell) = (temporary(), cell(0..16));
    let folder = Folder::new(folder.path());
    fs::create_dir_all(folder.file(&cell.key)).expect("the folder can be written");
    assert!(matches!(folder.check(&cell.key), Lookup::Unusable(_, Unusable::Unreadable(_))));
}

fn drop_outcome(lookup: Lookup<Outcome>) -> Lookup<()> {
    match lookup {
        Lookup::Found(_) => Lookup::Found(()),
        Lookup::Missing => Lookup::Missing,
        Lookup::Unusable(path, reason) => Lookup::Unusable(path, reason),
    }
}

#[test]
fn keys_are_listed_in_order_and_other_files_are_not() {
    let temporary = temporary();
    let folder = Folder::new(temporary.path());
    assert_eq!(folder.keys().expect("an empty folder lists"), []);
    assert_eq!(Folder::new(temporary.path().join("none")).keys().expect("no folder lists"), []);
    let mut expected: Vec<CellKey> = Vec::new();
    for start in [0, 16, 32, 48] {
        let cell = cell(start..start + 16);
        folder.write(&cell, &failure()).expect("the folder can be written");
        expected.push(cell.key);
    }
    expected.sort();
    for stray in ["README", "aa/.writing-abc", "aa/short.cell"] {
        write_whole(&temporary.path().join(stray), b"x").expect("the folder can be written");
    }
    assert_eq!(folder.keys().expect("the folder lists"), expected);
}

#[test]
fn a_merge_copies_what_is_new_and_usable() {
    let (here, there) = (temporary(), temporary());
    let (ours, theirs) = (Folder::new(here.path()), Folder::new(there.path()));
    let cells: Vec<Cell> = (0..5).map(|batch| cell(16 * batch..16 * batch + 16)).collect();
    let write = |folder: &Folder, place: usize, outcome: &Outcome| {
        folder.write(&cells[place], outcome).expect("the folder can be written");
    };
    write(&theirs, 0, &outcome(&[1.0]));
    write(&ours, 1, &outcome(&[1.0]));
    write(&theirs, 1, &outcome(&[1.0]));
    write(&ours, 2, &outcome(&[1.0]));
    write(&theirs, 2, &outcome(&[2.0]));
    write_whole(&ours.file(&cells[3].key), b"damaged here").expect("the folder can be written");
    write(&theirs, 3, &failure());
    write_whole(&theirs.file(&cells[4].key), b"damaged there").expect("the folder can be written");
    let merge = ours.merge(&theirs).expect("both can be read");
    let expected = Merge {
        copied: 2,
        known: 1,
        different: vec![ours.file(&cells[2].key)],
        unusable: vec![(theirs.file(&cells[4].key), Unusable::Foreign)],
    };
    assert_eq!(merge, expected);
    let read = |place: usize| ours.read(&cells[place].key).found();
    assert_eq!(read(0).map(|found| bits(&found)), Some(bits(&outcome(&[1.0]))));
    assert_eq!(read(2).map(|found| bits(&found)), Some(bits(&outcome(&[1.0]))), "ours is kept");
    assert_eq!(read(3), Some(failure()), "a damaged cell is replaced");
    assert_eq!(read(4), None);
    assert_eq!(ours.merge(&theirs).expect("both can be read").copied, 0, "a second merge has nothing to do");
}

#[test]
fn writing_again_replaces_the_whole_file() {
    let folder = temporary();
    let path = folder.path().join("file");
    for text in ["a long text", "short", ""] {
        write_whole(&path, text.as_bytes()).expect("the folder can be written");
        assert_eq!(fs::read_to_string(&path).expect("it was written"), text);
    }
}
