//! What holds for every formula.

use modewise::numerics::quantile::quantile;
use modewise::spec::formula::Formula;
use modewise::spec::formula::check::Stage;
use proptest::prelude::*;

use super::{sample, scope, table};

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,40}") {
        if let Err(error) = Formula::parse(&text) {
            prop_assert!(text.get(error.span).is_some());
        }
    }

    #[test]
    fn no_arrangement_of_words_makes_parser_or_check_panic(words in prop::collection::vec(prop::sample::select(vec![
        "s", "mode", "late", "centre", "\"known\"", "1", "0.5%", "+", "-", "*", "/", "^", "<", "==", "!=", "and", "or",
        "not", "(", ")", ",", "mean(", "fraction(", "quantile(", "min(", "known(", "count", "hidden",
    ]), 1..12)) {
        let text = words.join(" ");
        match Formula::parse(&text) {
            Err(error) => prop_assert!(text.get(error.span).is_some()),
            Ok(formula) => {
                prop_assert_eq!(&text[formula.syntax.span.clone()], text.trim());
                for stage in [Stage::ByRow, Stage::OverRows { constant: &["hidden".to_owned()] }] {
                    let over_rows = matches!(stage, Stage::OverRows { .. });
                    match formula.check(&scope(), stage) {
                        Ok(_) if over_rows => drop(formula.over(&sample()).value(&[0, 1, 1])),
                        Ok(_) => prop_assert_eq!(formula.by_row(&sample()).len(), 4),
                        Err(errors) => {
                            prop_assert!(!errors.is_empty());
                            prop_assert!(errors.iter().all(|error| text.get(error.span.clone()).is_some()));
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn statistics_do_not_depend_on_the_order_of_rows(values in prop::collection::vec(-1e3..1e3, 2..20), turn in 0usize..20) {
        let table = table(&[("x", &values)]);
        let rows: Vec<usize> = (0..values.len()).collect();
        let mut turned = rows.clone();
        turned.rotate_left(turn % rows.len());
        for text in ["median(x)", "min(x)", "max(x)", "quantile(x, 0.3)", "count", "fraction(x > 0)"] {
            let formula = Formula::parse(text).expect(text);
            let over = formula.over(&table);
            prop_assert_eq!(over.value(&rows), over.value(&turned), "{}", text);
        }
        let formula = Formula::parse("quantile(x, 0.3)").expect("a formula");
        prop_assert_eq!(formula.over(&table).value(&rows), quantile(&values, 0.3));
    }
}
