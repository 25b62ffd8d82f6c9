//! Several quantities in one figure, and series by measured columns.

use super::*;

fn several(quantities: &[(&str, Option<&str>)], label: Option<&str>, log: bool) -> XyFigure {
    let quantity = |(text, label): &(&str, Option<&str>)| Scale { label: label.map(str::to_owned), log, ..scale(text) };
    let y = Vertical::Several { scales: quantities.iter().map(quantity).collect(), label: label.map(str::to_owned) };
    XyFigure { y, ..xy("mode", "time", None, Some("32/mode")) }
}

#[test]
fn each_quantity_is_a_series_of_its_name() {
    let figure = || several(&[("time", Some("measured")), ("2*time", None)], Some("time or twice"), false);
    let lines = plot(FigureKind::Lines(figure()), &modes()).unwrap();
    let expected = [
        "band measured, middle 90 % 0 3",
        "band 2*time, middle 90 % 1 3",
        "line measured 0 Measured 3",
        "line 2*time 1 Measured 3",
        "line theory 0 Theory 3",
    ];
    assert_eq!(outline(&lines), expected);
    let points = coordinates(&lines);
    // Over both hidden sizes: 48 / mode + 7.5, and twice that.
    assert_eq!(points[2], [[1.0, 55.5], [2.0, 31.5], [4.0, 19.5]]);
    assert_eq!(points[3], [[1.0, 111.0], [2.0, 63.0], [4.0, 39.0]]);
    assert_eq!((lines.title.as_str(), lines.y.unit.as_str()), ("time or twice against mode", ""));
    let scatter = plot(FigureKind::Scatter(figure()), &modes()).unwrap();
    let expected = ["points measured 0 Measured 88", "points 2*time 1 Measured 88", "line theory 0 Theory 3"];
    assert_eq!(outline(&scatter), expected);
}

#[test]
fn quantities_share_one_axis() {
    let figure = several(&[("time - 40", Some("late")), ("time", Some("all"))], None, true);
    let lines = plot(FigureKind::Lines(figure), &modes()).unwrap();
    assert_eq!((lines.y.label.as_str(), lines.y.log), ("late, all", true));
    // On the logarithmic axis 48 / mode - 32.5 is only shown for mode 1.
    let late = ["intervals late 0 Measured 1"];
    assert_eq!(outline(&lines).into_iter().filter(|layer| layer.contains(" late 0")).collect::<Vec<_>>(), late);
    let nothing = several(&[("ln(0 - time)", None), ("ln(-1*time)", None)], None, false);
    let refused = plot(FigureKind::Lines(nothing), &modes()).unwrap_err();
    assert!(refused.ends_with("nothing to show: `ln(0 - time)`, `ln(-1*time)` is missing in all rows"), "{refused}");
}

#[test]
fn a_measured_column_makes_series_of_the_rows_that_have_it() {
    let mut levels = modes();
    let level = |number: usize| if number % 3 == 2 { NAN } else { (number % 3) as f64 };
    levels.tables["modes"].set("s", (0..96).map(level).collect());
    let plotted = plot(FigureKind::Scatter(xy("mode", "time", Some("s"), None)), &levels).unwrap();
    assert_eq!(outline(&plotted), ["points s = 0 0 Measured 32", "points s = 1 1 Measured 32"]);
}

#[test]
fn a_series_for_each_row_is_refused() {
    let rows = 1001;
    let each = evidence(&[("replicate", numbers(rows)), ("mode", numbers(rows)), ("time", numbers(rows))]);
    let refused = plot(FigureKind::Lines(xy("mode", "time", Some("time"), None)), &each).unwrap_err();
    assert_eq!(refused, "figure 1 (`lines`) has 1001 series of `time` (allowed: 1000)");
}
