//! Tests of `report`.

mod fixture;

use std::path::Path;

#[test]
fn dump_for_looking() {
    let out = Path::new("/tmp/site-fixture");
    modewise::report::build(&fixture::record(), Some(&fixture::timing()), None, out).unwrap();
}
