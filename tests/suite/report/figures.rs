//! Figures: palette, axes, names, drawing.

use modewise::plot::model::{Layer, Origin, Plot, PlotAxis};
use modewise::report::figure::advance::width;
use modewise::report::figure::axis::Axis;
use modewise::report::figure::describe::describe;
use modewise::report::figure::ink::{Ink, ORDERED, Role, SERIES, Tint, tint};
use modewise::report::figure::key::spread;
use modewise::report::figure::numbers::rows;
use modewise::report::figure::simplify::simplify;
use modewise::report::figure::{FULL, THUMBNAIL, draw};
use proptest::prelude::*;

use crate::report::{assert_none, fixture};

const STYLE: &str = include_str!("../../../templates/figure.css");
const PAGE_STYLE: &str = include_str!("../../../templates/style.css");

/// The colour variables of a style sheet, those for light and those for dark.
fn palettes(style: &str) -> [Vec<(String, [f64; 3])>; 2] {
    let (light, dark) = style.split_once("prefers-color-scheme: dark").expect("a part for dark");
    let dark = dark.split("\n}").next().expect("the part for dark ends");
    [light, dark].map(|part| {
        let pairs =
            part.split(';').filter_map(|line| line.rsplit_once("--").and_then(|(_, pair)| pair.split_once(": #")));
        let channel = |digits: &str, place: usize| {
            u8::from_str_radix(&digits[2 * place..2 * place + 2], 16).map(f64::from).expect("a hexadecimal colour")
        };
        pairs.map(|(name, digits)| (name.to_owned(), [0, 1, 2].map(|place| channel(digits, place)))).collect()
    })
}

/// Relative luminance (WCAG 2.2).
fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|channel| {
        let share = channel / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

/// Contrast of two colours (WCAG 2.2), from 1 to 21.
#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn contrast_is_that_of_the_standard() {
    assert!((contrast([255.0; 3], [0.0; 3]) - 21.0).abs() < 1e-12);
    assert!((contrast([255.0; 3], [118.0; 3]) - 4.54).abs() < 0.01, "#767676 on white is 4.54");
}

#[test]
fn every_colour_of_figures_and_verdicts_stands_out_in_light_and_in_dark() {
    let papers = palettes(STYLE).map(|palette| palette.iter().find(|(name, _)| name == "paper").expect("a paper").1);
    let [light, dark] = palettes(STYLE);
    let [page_light, page_dark] = palettes(PAGE_STYLE);
    let mut violations = Vec::new();
    let mut seen = 0;
    for (scheme, paper, colours) in [
        ("light", papers[0], light.into_iter().chain(page_light)),
        ("dark", papers[1], dark.into_iter().chain(page_dark)),
    ] {
        for (name, colour) in colours {
            let series =
                name.len() == 2 && name.starts_with(['s', 'o']) && name.ends_with(|end: char| end.is_ascii_digit());
            let verdict = ["holds", "fails", "inconclusive", "broken", "vacuous", "skipped"].contains(&name.as_str());
            let text = ["ink", "muted", "link"].contains(&name.as_str());
            let least = if verdict || text { 4.5 } else { 3.0 };
            if series || verdict || text {
                seen += 1;
                if contrast(colour, paper) < least {
                    violations.push(format!("{scheme}: --{name} has contrast {:.2}", contrast(colour, paper)));
                }
            }
        }
    }
    assert_eq!(seen, 2 * (SERIES + ORDERED + 6 + 3), "every colour was seen");
    assert_none(&violations);
}

/// What readers see who have all cones, and who lack those for long, middle and short waves: linear RGB to linear RGB
/// (Machado, Oliveira and Fernandes 2009, severity 1).
const EYES: [(&str, [[f64; 3]; 3]); 4] = [
    ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protanopia", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    ("tritanopia", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
];

fn times(matrix: [[f64; 3]; 3], vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(entry, value)| entry * value).sum())
}

/// A colour as an eye sees it, in CIELAB (D65).
fn seen(colour: [f64; 3], eye: [[f64; 3]; 3]) -> [f64; 3] {
    let linear = colour.map(|channel| {
        let share = channel / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) }
    });
    let to_xyz =
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]];
    let [x, y, z] = times(to_xyz, times(eye, linear).map(|channel| channel.clamp(0.0, 1.0)));
    let root =
        |share: f64| if share > 216.0 / 24389.0 { libm::cbrt(share) } else { (24389.0 / 27.0 * share + 16.0) / 116.0 };
    let [x, y, z] = [root(x / 0.95047), root(y), root(z / 1.08883)];
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn distance(one: [f64; 3], other: [f64; 3]) -> f64 {
    one.iter().zip(other).map(|(one, other)| (one - other) * (one - other)).sum::<f64>().sqrt()
}

#[test]
fn lightness_is_that_of_the_standard() {
    let eye = EYES[0].1;
    assert!((seen([255.0; 3], eye)[0] - 100.0).abs() < 1e-3, "white");
    let [lightness, a, b] = seen([255.0, 0.0, 0.0], eye);
    let expected = [53.24, 80.09, 67.20];
    assert!(distance([lightness, a, b], expected) < 0.05, "red is {lightness} {a} {b}");
}

#[test]
fn colours_keep_their_distance_for_readers_who_lack_a_kind_of_cone() {
    let mut violations = Vec::new();
    for (scheme, palette) in ["light", "dark"].into_iter().zip(palettes(STYLE)) {
        let colours = |start: char, number: usize| -> Vec<[f64; 3]> {
            let name = |place: usize| format!("{start}{place}");
            let colour = |place| palette.iter().find(|(other, _)| *other == name(place)).expect("a colour").1;
            (0..number).map(colour).collect()
        };
        for (eye, matrix) in EYES {
            let series: Vec<_> = colours('s', SERIES).into_iter().map(|colour| seen(colour, matrix)).collect();
            for (place, &colour) in series.iter().enumerate() {
                for (before, &other) in series[..place].iter().enumerate() {
                    // Two is a just noticeable difference; most figures have four series or fewer.
                    let least = if place < 4 { 24.0 } else { 12.0 };
                    if distance(colour, other) < least {
                        violations
                            .push(format!("{scheme}, {eye}: s{before} and s{place}: {:.1}", distance(colour, other)));
                    }
                }
            }
            let ordered: Vec<_> = colours('o', ORDERED).into_iter().map(|colour| seen(colour, matrix)).collect();
            for (place, pair) in ordered.windows(2).enumerate() {
                if pair[1][0] - pair[0][0] < 2.0 {
                    violations.push(format!("{scheme}, {eye}: o{} is not lighter than o{place}", place + 1));
                }
            }
        }
    }
    assert_none(&violations);
}

#[test]
fn an_ink_passes_through_a_colour() {
    let cases = [
        (Ink(Role::Line, Tint::Series(3)), "line s3"),
        (Ink(Role::Theory, Tint::Plain), "theory"),
        (Ink(Role::Dot, Tint::Ordered(7)), "dot o7"),
        (Ink(Role::Cell, Tint::Heat(99)), "cell h15"),
    ];
    for (ink, classes) in cases {
        let colour = ink.colour();
        assert_eq!(Ink::classes((colour.0, colour.1, colour.2)), classes);
        for class in classes.split(' ') {
            assert!(STYLE.contains(&format!(".{class} ")), "figure.css has no .{class}");
        }
    }
    assert_eq!(tint(30, 31), Tint::Ordered(7));
    assert_eq!(tint(0, 31), Tint::Ordered(0));
}

#[test]
fn ticks_are_round_and_decades_are_powers() {
    let cases: &[(&[f64], bool, &[&str])] = &[
        (&[0.0, 1.0], false, &["0.0", "0.5", "1.0"]),
        (&[1.0, 31.0], false, &["0", "10", "20", "30"]),
        (&[-1.0, 1.0], false, &["−1.0", "−0.5", "0.0", "0.5", "1.0"]),
        (&[0.0, 5e-6], false, &["0", "2×10⁻⁶", "4×10⁻⁶"]),
        (&[1.0, 1000.0], true, &["1", "10", "100", "1000"]),
        (&[1e-8, 1e4], true, &["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "1", "10²", "10⁴"]),
        (&[4.0, 128.0], true, &["10", "30", "100"]),
        (&[2.0, 3.0], true, &["2", "2.5", "3"]),
        (&[], true, &["0.1", "1", "10"]),
        (&[3.0], false, &["2.8", "3.0", "3.2"]),
    ];
    for (values, log, expected) in cases {
        let axis = Axis::around(values.iter().copied(), *log);
        let labels: Vec<_> = axis.ticks.iter().map(|&tick| axis.tick_label(tick)).collect();
        assert_eq!(labels, *expected, "{values:?} log {log}: {axis:?}");
    }
}

proptest! {
    #[test]
    fn an_axis_holds_its_values_and_ticks_that_differ(
        values in prop::collection::vec(-1e6..1e6_f64, 1..20), scale in -9..9_i32, log in any::<bool>(),
    ) {
        let scale = libm::pow(10.0, f64::from(scale));
        let values: Vec<_> = values.into_iter().map(|value| if log { value.abs() + 1e-3 } else { value } * scale).collect();
        let axis = Axis::around(values.iter().copied(), log);
        for value in values {
            prop_assert!((-1e-9..=1.0 + 1e-9).contains(&axis.place(value)), "{} in {:?}", value, axis);
        }
        prop_assert!((2..=9).contains(&axis.ticks.len()), "{:?}", axis);
        let mut labels: Vec<_> = axis.ticks.iter().map(|&tick| axis.tick_label(tick)).collect();
        labels.dedup();
        prop_assert_eq!(labels.len(), axis.ticks.len(), "{:?} {:?}", axis, labels);
    }

    #[test]
    fn names_keep_their_distance(wanted in prop::collection::vec(0.0..400.0_f64, 0..30)) {
        let places: Vec<_> = spread(&wanted, 0.0, 400.0).into_iter().flatten().collect();
        for (index, one) in places.iter().enumerate() {
            for other in &places[index + 1..] {
                prop_assert!((one - other).abs() >= 13.0 - 1e-9, "{:?}", places);
            }
        }
        prop_assert_eq!(places.is_empty(), wanted.is_empty());
    }

    #[test]
    fn a_simpler_line_stays_near_every_point(heights in prop::collection::vec(-50.0..50.0_f64, 2..200)) {
        let points: Vec<_> = heights.iter().enumerate().map(|(x, &y)| (f64::from(u8::try_from(x).expect("below 200")), y)).collect();
        let line = simplify(&points, 0.5);
        prop_assert_eq!(line.first(), points.first());
        prop_assert_eq!(line.last(), points.last());
        for (x, y) in points {
            let pair = line.windows(2).find(|pair| pair[0].0 <= x && x <= pair[1].0).expect("the line spans all points");
            let slope = (pair[1].1 - pair[0].1) / (pair[1].0 - pair[0].0);
            let off = (y - pair[0].1 - slope * (x - pair[0].0)).abs() / (1.0 + slope * slope).sqrt();
            prop_assert!(off <= 0.5 + 1e-9, "{} is {} away", x, off);
        }
    }
}

#[test]
fn a_straight_line_needs_two_points() {
    let points: Vec<_> = (0..100).map(|x| (f64::from(x), 2.0 * f64::from(x))).collect();
    assert_eq!(simplify(&points, 0.1), vec![(0.0, 0.0), (99.0, 198.0)]);
}

#[test]
fn text_is_as_wide_as_its_letters() {
    assert!((width("Hil", 10.0) - 10.0 * (0.722 + 0.222 + 0.222)).abs() < 1e-12);
    assert!(width("mmm", 12.0) > 3.0 * width("iii", 12.0));
}

#[test]
fn every_kind_of_figure_is_drawn_with_title_description_and_marks() {
    let record = fixture::record();
    let marks = [
        ("mode-curves", &["line o0", "theory"][..]),
        ("scatter", &["dust s0", "theory"]),
        ("loss-plateaus", &["line s0", "theory", "saddle 5"]),
        ("lines", &["band s2", "line s2", "theory", "4 layers"]),
        ("spectrum", &["whisker s0", "dot s0", "theory"]),
        ("heatmap", &["cell h0", "cell h15", "halo", "theory", "predicted border"]),
    ];
    for (kind, expected) in marks {
        let plot = record.plots.values().flatten().find(|plot| plot.kind == kind).expect("a figure of each kind");
        let svg = draw(plot, FULL).inline("figure-1", &plot.title, &describe(plot));
        for part in
            expected.iter().chain(&["role=\"img\"", "<title id=\"figure-1-title\">", "<desc id=\"figure-1-desc\">"])
        {
            assert!(svg.contains(part), "{kind}: {part} is not in the drawing");
        }
        assert!(svg.len() < 60_000, "{kind} has {} bytes", svg.len());
        let small = draw(plot, THUMBNAIL).file("", "", "");
        assert!(!small.contains("<text"), "{kind}: a thumbnail has no text");
    }
}

#[test]
fn everything_is_drawn_within_the_figure() {
    let record = fixture::record();
    let mut violations = Vec::new();
    for (plot, size) in record.plots.values().flatten().flat_map(|plot| [(plot, FULL), (plot, THUMBNAIL)]) {
        let svg = draw(plot, size).inline("f", "", "");
        for path in svg.split(" d=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            for start in path.split('M').skip(1) {
                let numbers = start.split(['l', 'h', 'v', 'z', ' ']).take(2);
                let at: Vec<f64> = numbers.filter_map(|number| number.parse().ok()).collect();
                let inside = at.len() == 2
                    && (-0.1..=f64::from(size.width) + 0.1).contains(&at[0])
                    && (-0.1..=f64::from(size.height) + 0.1).contains(&at[1]);
                if !inside {
                    violations.push(format!("{}: a path starts at {at:?}", plot.kind));
                }
            }
        }
        if svg.contains("NaN") || svg.contains("inf") {
            violations.push(format!("{}: a coordinate is not finite", plot.kind));
        }
    }
    assert_none(&violations);
}

#[test]
fn figures_with_next_to_nothing_are_drawn() {
    let axis = |log| PlotAxis { label: "x".to_owned(), unit: String::new(), log };
    let layers = [
        vec![],
        vec![Layer::Points { label: String::new(), series: 0, origin: Origin::Measured, points: vec![[1.0, 1.0]] }],
        vec![Layer::Line { label: "<&>".to_owned(), series: 0, origin: Origin::Theory, points: vec![] }],
        vec![Layer::Level { label: String::new(), y: -1.0 }],
        vec![Layer::Cells { x: vec![], y: vec![], z: vec![] }],
        vec![Layer::Tree { stage: "end".to_owned(), time: 0.0, clock: String::new(), leaves: vec![], forks: vec![] }],
        vec![Layer::Matrix { stage: "end".to_owned(), time: 0.0, clock: String::new(), items: vec![], z: vec![] }],
        vec![Layer::Path { label: "lost".to_owned(), series: 0, points: vec![] }],
        vec![Layer::Path { label: "still".to_owned(), series: 0, points: vec![[0.0, 3.0, 3.0]] }],
        vec![Layer::Cells { x: vec![2.0], y: vec![3.0], z: vec![vec![None]] }],
        vec![Layer::Cells { x: vec![2.0], y: vec![3.0], z: vec![vec![Some(7.0)]] }],
    ];
    for (layers, log) in layers.iter().flat_map(|layers| [(layers, true), (layers, false)]) {
        let (title, caption) = ("<t>".to_owned(), String::new());
        let plot =
            Plot { kind: String::new(), title, caption, x: axis(log), y: axis(log), z: None, layers: layers.clone() };
        let svg = draw(&plot, FULL).file("", &plot.title, &describe(&plot));
        assert!(svg.contains("&lt;t&gt;") && !svg.contains("NaN") && !svg.contains("<&"), "{layers:?} {log}: {svg}");
    }
}

#[test]
fn series_without_a_line_of_their_own_are_named_in_the_key() {
    let points = |series: usize| Layer::Points {
        label: format!("group {series}"),
        series,
        origin: Origin::Measured,
        points: vec![[1.0, series as f64 + 1.0]],
    };
    let line = Layer::Line {
        label: "theory".to_owned(),
        series: 0,
        origin: Origin::Theory,
        points: vec![[0.0, 0.0], [2.0, 2.0]],
    };
    let axis = || PlotAxis { label: "x".to_owned(), unit: String::new(), log: false };
    let layers = vec![points(0), points(1), points(2), line];
    let (kind, title, caption) = (String::new(), String::new(), String::new());
    let svg = draw(&Plot { kind, title, caption, x: axis(), y: axis(), z: None, layers }, FULL).inline("f", "", "");
    for name in ["group 0", "group 1", "group 2", "theory", "measured"] {
        assert_eq!(svg.matches(&format!(">{name}<")).count(), 1, "{name}");
    }
}

#[test]
fn a_figure_has_as_many_rows_of_numbers_as_points() {
    let record = fixture::record();
    let heatmap = record.plots["detection/border"].first().expect("a heatmap");
    assert_eq!(rows(heatmap).len(), 400 + 20);
    assert!(describe(heatmap).contains("399 cells"), "{}", describe(heatmap));
}

#[test]
fn an_axis_of_any_numbers_has_ticks_that_are_numbers() {
    let tiny = f64::from_bits(1);
    let cases = [
        vec![0.0, tiny],
        vec![-tiny, 3.0 * tiny],
        vec![tiny, tiny],
        vec![1e-310, 2e-310],
        vec![1e-299, 1.0001e-299],
        vec![0.0, f64::MIN_POSITIVE],
        vec![-1e308, 1e308],
        vec![f64::MIN, f64::MAX],
        vec![f64::MAX, f64::MAX],
        vec![0.0, f64::MAX],
        vec![tiny, f64::MAX],
        vec![1.0, 1.0 + f64::EPSILON],
        vec![1e300, 1e300 * (1.0 + f64::EPSILON)],
        vec![1e-310, 1.0],
    ];
    for values in cases {
        for (log, exact) in [(false, false), (true, false), (false, true), (true, true)] {
            let (low, high) = (values[0], values[1]);
            if exact && (low >= high || (log && low <= 0.0)) {
                continue;
            }
            let axis = if exact { Axis::exactly(low, high, log) } else { Axis::around(values.clone(), log) };
            let what = format!("{values:?}, log {log}, exact {exact}: {axis:?}");
            assert!(axis.low.is_finite() && axis.high.is_finite() && axis.low < axis.high, "{what}");
            assert!(axis.ticks.len() <= 60 && axis.minor.len() <= 60, "{what}");
            for tick in &axis.ticks {
                // Because ends that differ by one digit, or lack digits, may have a tick beside them.
                let slack = 1e-9 * (axis.high / 2.0 - axis.low / 2.0) + 1e-15 * axis.high.abs();
                assert!((axis.low - slack..=axis.high + slack).contains(tick), "{what}");
                let label = axis.tick_label(*tick);
                assert!(!label.contains("NaN") && !label.contains("inf"), "{what}: {label}");
            }
            for value in values.iter().filter(|value| !log || **value > 0.0) {
                assert!((0.0..=1.0).contains(&axis.place(*value)), "{what}: {} of {value:e}", axis.place(*value));
            }
        }
    }
    let wide = Axis::around([-1e308, 0.0, 1e308], false);
    assert_eq!(wide.place(0.0), 0.5);
    assert!(wide.ticks.len() > 3, "{wide:?}");
}
