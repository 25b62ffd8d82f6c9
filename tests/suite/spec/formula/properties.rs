//! What holds for every formula.

use modewise::numerics::statistics::quantile::quantile;
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

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the values are finite")]
    fn units_give_what_their_rows_give(
        values in prop::collection::vec((-1e3..1e3, 0u8..4, 0usize..5), 1..40),
        units in prop::collection::vec(0u32..5, 1..9),
    ) {
        let x: Vec<f64> = values.iter().map(|(x, _, _)| *x).collect();
        let place: Vec<f64> = values.iter().map(|(_, place, _)| f64::from(*place)).collect();
        let table = table(&[("x", &x), ("place", &place)]);
        let rows_of: Vec<Vec<usize>> =
            (0..5).map(|unit| (0..x.len()).filter(|&row| values[row].2 == unit).collect()).collect();
        let rows: Vec<usize> = units.iter().flat_map(|&unit| rows_of[unit as usize].iter().copied()).collect();
        for text in [
            "mean(x)", "fraction(x > 0)", "min(x)", "max(abs(x))", "count", "x", "not x > 0", "crossing(x, place, 1)",
            "-mean(x)/max(place)", "ln(mean(x^2)) + sqrt(min(place))", "mean(1/place)", "crossing(x, 1/place, x)",
        ] {
            let formula = Formula::parse(text).expect(text);
            let over = formula.over(&table);
            let Some(over_units) = over.over_units(&rows_of) else {
                prop_assert!(text.starts_with("crossing"), "{} follows from sums and extremes", text);
                continue;
            };
            let (found, expected) = (over_units.value(&units), over.value(&rows));
            // Sums of at most 360 terms, in another order; a crossing divides by the difference of two means.
            let right = found.is_nan() && expected.is_nan() || (found - expected).abs() <= 1e-8 * expected.abs().max(1.0);
            prop_assert!(right, "{}: {} of units, {} of rows", text, found, expected);
        }
    }

    #[test]
    fn a_median_does_not_follow_from_its_units(values in prop::collection::vec(-1.0..1.0, 1..9)) {
        let table = table(&[("x", &values)]);
        for text in ["median(x)", "quantile(x, 0.9)", "sd(x)", "slope(x, x)", "mean(x) + kendall(x, x)", "spearman(x, x)"] {
            let formula = Formula::parse(text).expect(text);
            prop_assert!(formula.over(&table).over_units(&[(0..values.len()).collect()]).is_none(), "{}", text);
        }
    }
}
