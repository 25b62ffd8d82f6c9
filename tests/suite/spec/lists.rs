//! Tests of the lists of figures and expectations.

use modewise::spec;

#[test]
fn help_of_figures_names_columns_that_they_need() {
    let mut wrong = Vec::new();
    let mut named = 0;
    for figure in spec::language::figure_kinds::KINDS {
        let needed: Vec<&str> = figure.needs.iter().flat_map(|(_, columns)| columns.iter().copied()).collect();
        for field in figure.fields.iter().flat_map(|fields| fields.iter()) {
            for after in field.about.split("column `").skip(1) {
                let column = after.split('`').next().unwrap_or_default();
                named += 1;
                if !needed.contains(&column) {
                    wrong.push(format!("{}: `{}` names the column `{column}`", figure.name, field.name));
                }
            }
        }
    }
    assert!(wrong.is_empty() && named >= 2, "{named} {wrong:?}");
}

#[test]
fn every_kind_of_figure_and_every_way_to_expect_is_listed_once() {
    let figures = spec::language::figure_kinds::KINDS;
    for (place, doc) in figures.iter().enumerate() {
        assert_eq!(figures.iter().position(|other| other.name == doc.name), Some(place), "{}", doc.name);
    }
    let keys: Vec<&str> = spec::language::section::Way::ALL.iter().flat_map(|way| way.keys()).copied().collect();
    // `ideal` stands beside a bound and is no way of its own.
    let listed: Vec<&str> = spec::language::section::EXPECT.names().filter(|name| *name != "ideal").collect();
    assert_eq!(keys, listed);
}
