//! Rows of tables by the names of their columns.

use modewise::table::{Table, row};

fn table() -> Table {
    Table::new(["replicate", "mode", "half_time"])
}

#[test]
fn a_row_takes_numbers_of_all_kinds_and_nothing_for_missing() {
    let mut table = table();
    let replicate = 3_u64;
    row!(table, replicate, mode: 2_usize, half_time: 0.5);
    row!(table, replicate, mode: 1_usize + 2, half_time: None::<f64>);
    row!(table, replicate, mode: Some(4_usize), half_time: Some(1.5));
    assert_eq!(table.column("replicate"), Some(&[3.0, 3.0, 3.0][..]));
    assert_eq!(table.column("mode"), Some(&[2.0, 3.0, 4.0][..]));
    let half_time = table.column("half_time").expect("a column");
    assert!(half_time[0] == 0.5 && half_time[1].is_nan() && half_time[2] == 1.5, "{half_time:?}");
}

#[test]
#[should_panic(expected = "a row names its columns in the order of the table")]
fn two_columns_that_are_exchanged_do_not_pass() {
    row!(table(), replicate: 0_u64, half_time: 0.5, mode: 1_usize);
}

#[test]
#[should_panic(expected = "a row has one value per column")]
fn a_column_that_is_left_out_does_not_pass() {
    row!(table(), replicate: 0_u64, mode: 1_usize);
}
