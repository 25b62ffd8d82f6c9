//! Tests of `plot`: what figures show.

use std::sync::Arc;

use indexmap::IndexMap;
use modewise::experiment::{Build, ColumnDoc, Kind, Parameters, TableDoc, column};
use modewise::judge::Evidence;
use modewise::parameter::BuildError;
use modewise::plot::model::{Layer, Plot};
use modewise::plot::plots;
use modewise::spec::claim::Claim;
use modewise::spec::language::figure_kinds::{Embedding, Figure, FigureKind, Heatmap, KINDS, ModeCurves, Spectrum};
use modewise::spec::language::figure_options::{OneRun, Rows, Scale, Vertical, XyFigure};
use serde_json::{Value as Json, json};

use crate::judge::fixture::{self, NAN, all, evidence, formula, formulas, numbers, table};

mod moments;
mod several;

const TIME: ColumnDoc = column("time", "rate x steps", "time");
const MODE: ColumnDoc = column("mode", "", "number of the mode");
const S: ColumnDoc = column("s", "", "singular value");

static KIND: Kind = Kind {
    name: "fake",
    about: "An experiment that tests make up",
    parameters: Parameters::Typed(|| schemars::json_schema!({})),
    tables: &[
        TableDoc { name: "modes", about: "a mode", keys: &[MODE], columns: &[S, TIME] },
        TableDoc { name: "strengths", about: "a mode at a time", keys: &[TIME, MODE], columns: &[S] },
        TableDoc { name: "curve", about: "a time", keys: &[TIME], columns: &[S] },
    ],
    build: Build::Function(|_, _| Err(BuildError::Absent("a fake experiment does not run".to_owned()))),
    fingerprint: "",
};

fn claim(kind: FigureKind) -> Claim {
    let figures = vec![Figure { caption: "What to see.\n".to_owned(), kind }];
    Claim { kind: Arc::new(KIND.clone()), figures, ..fixture::claim(16, Vec::new()) }
}

fn plot(kind: FigureKind, evidence: &Evidence) -> Result<Plot, String> {
    plots(&claim(kind), evidence).map(|mut plots| {
        assert_eq!(plots.len(), 1);
        plots.remove(0)
    })
}

fn rows() -> Rows {
    Rows { table: "modes".to_owned(), lets: IndexMap::new(), filter: None }
}

fn scale(text: &str) -> Scale {
    Scale { formula: formula(text), label: None, log: false }
}

fn xy(x: &str, y: &str, series: Option<&str>, theory: Option<&str>) -> XyFigure {
    let series = series.map(str::to_owned);
    XyFigure {
        rows: rows(),
        x: scale(x),
        y: Vertical::One(scale(y)),
        series,
        series_label: None,
        theory: theory.map(formula),
    }
}

/// Two hidden sizes, modes 1, 2 and 4, sixteen replicates: time = hidden / mode + replicate.
fn modes() -> Evidence {
    let row = |row: usize| (32.0 * (1 + row / 48) as f64, (row / 3 % 16) as f64, f64::from(1_u8 << (row % 3)));
    let column = |value: fn((f64, f64, f64)) -> f64| (0..96).map(|number| value(row(number))).collect();
    evidence(&[
        ("hidden", column(|(hidden, ..)| hidden)),
        ("replicate", column(|(_, replicate, _)| replicate)),
        ("mode", column(|(.., mode)| mode)),
        ("time", column(|(hidden, replicate, mode)| hidden / mode + replicate)),
    ])
}

/// What a layer is, in a word, with its label, series and number of points.
fn outline(plot: &Plot) -> Vec<String> {
    let word = |layer: &Layer| match layer {
        Layer::Line { label, series, origin, points } => format!("line {label} {series} {origin:?} {}", points.len()),
        Layer::Band { label, series, points } => format!("band {label} {series} {}", points.len()),
        Layer::Points { label, series, origin, points } => {
            format!("points {label} {series} {origin:?} {}", points.len())
        }
        Layer::Intervals { label, series, origin, points } => {
            format!("intervals {label} {series} {origin:?} {}", points.len())
        }
        Layer::Level { label, y } => format!("level {label} {y}"),
        Layer::Cells { x, y, .. } => format!("cells {} x {}", x.len(), y.len()),
        Layer::Tree { stage, time, forks, .. } => format!("tree {stage} {time} {}", forks.len()),
        Layer::Matrix { stage, time, z, .. } => format!("matrix {stage} {time} {}", z.len()),
        Layer::Path { label, series, points } => format!("path {label} {series} {}", points.len()),
        Layer::Contour { height, points } => format!("contour {height} {}", points.len()),
        Layer::Arrows { label, arrows } => format!("arrows {label} {}", arrows.len()),
        Layer::Place { label, at } => format!("place {label} {at:?}"),
    };
    plot.layers.iter().map(word).collect()
}

/// Coordinates of every layer that has points, in order.
fn coordinates(plot: &Plot) -> Vec<Vec<Vec<f64>>> {
    let of = |layer: &Layer| match layer {
        Layer::Line { points, .. } | Layer::Points { points, .. } => points.iter().map(|p| p.to_vec()).collect(),
        Layer::Band { points, .. } => points.iter().map(|p| p.to_vec()).collect(),
        Layer::Intervals { points, .. } => points.iter().map(|p| p.to_vec()).collect(),
        _ => Vec::new(),
    };
    plot.layers.iter().map(of).collect()
}

#[test]
fn lines_show_mean_middle_and_theory_of_each_series() {
    let figure = xy("mode", "time", Some("hidden"), Some("hidden/mode + 7.5"));
    let plot = plot(FigureKind::Lines(figure), &modes()).unwrap();
    assert_eq!(
        outline(&plot),
        [
            "band hidden = 32, middle 90 % 0 3",
            "band hidden = 64, middle 90 % 1 3",
            "line hidden = 32 0 Measured 3",
            "line hidden = 64 1 Measured 3",
            "line theory, hidden = 32 0 Theory 3",
            "line theory, hidden = 64 1 Theory 3",
        ]
    );
    let points = coordinates(&plot);
    // Replicates 0 to 15: mean 7.5, quantiles 0.75 and 14.25.
    assert_eq!(points[0][0], [1.0, 32.75, 46.25]);
    assert_eq!(points[2], [[1.0, 39.5], [2.0, 23.5], [4.0, 15.5]]);
    assert_eq!((points[4].clone(), points[5][1].clone()), (points[2].clone(), vec![2.0, 39.5]));
    let words = (plot.kind.as_str(), plot.title.as_str(), plot.caption.as_str());
    assert_eq!(words, ("lines", "time against mode", "What to see."));
    assert_eq!((plot.y.label.as_str(), plot.y.unit.as_str(), plot.x.unit.as_str()), ("time", "rate x steps", ""));
}

#[test]
fn lines_break_where_a_value_is_missing() {
    let x = numbers(6);
    let y = vec![1.0, 2.0, NAN, 3.0, NAN, 0.0];
    let modes = evidence(&[("replicate", vec![0.0; 6]), ("x", x), ("y", y)]);
    let linear = plot(FigureKind::Lines(xy("x", "y", None, None)), &modes).unwrap();
    let expected = ["line measured 0 Measured 2", "intervals measured 0 Measured 1", "intervals measured 0 Measured 1"];
    assert_eq!(outline(&linear), expected);
    // On a logarithmic axis zero is missing, too; and so is x = 0.
    let log = |text| Scale { log: true, ..scale(text) };
    let figure = XyFigure { x: log("x"), y: Vertical::One(log("y")), ..xy("x", "y", None, Some("x - 3")) };
    let logarithmic = plot(FigureKind::Lines(figure), &modes).unwrap();
    assert_eq!(
        coordinates(&logarithmic),
        [vec![vec![1.0, 2.0, 2.0, 2.0]], vec![vec![3.0, 3.0, 3.0, 3.0]], vec![vec![4.0, 1.0], vec![5.0, 2.0]],]
    );
}

#[test]
fn a_theory_that_is_the_same_for_all_series_is_one_line() {
    let figure = xy("mode", "time", Some("hidden"), Some("32/mode"));
    let plot = plot(FigureKind::Scatter(figure), &modes()).unwrap();
    let expected = ["points hidden = 32 0 Measured 48", "points hidden = 64 1 Measured 48", "line theory 0 Theory 3"];
    assert_eq!(outline(&plot), expected);
    assert_eq!(coordinates(&plot)[2], [[1.0, 32.0], [2.0, 16.0], [4.0, 8.0]]);
}

#[test]
fn what_is_too_much_to_see_is_thinned_and_said() {
    let count = 30_000;
    let many = evidence(&[
        ("replicate", vec![0.0; count]),
        ("mode", (0..count).map(|row| f64::from(row % 10 == 0)).collect()),
        ("x", numbers(count)),
        ("y", numbers(count)),
    ]);
    let cloud = plot(FigureKind::Scatter(xy("x", "y", Some("mode"), Some("x"))), &many).unwrap();
    let expected = ["points mode = 0 0 Measured 1800", "points mode = 1 1 Measured 200", "line theory 0 Theory 400"];
    assert_eq!(outline(&cloud), expected);
    assert_eq!(cloud.caption, "What to see. 2000 of 30000 points are shown, evenly chosen.");
    let line = plot(FigureKind::Lines(xy("x", "y", None, None)), &many).unwrap();
    assert_eq!(outline(&line), ["line measured 0 Measured 400"]);
    let points = &coordinates(&line)[0];
    assert_eq!((points[0][0], points[399][0]), (0.0, 29_999.0), "the ends stay");
    let steps: Vec<f64> = points.windows(2).map(|pair| pair[1][0] - pair[0][0]).collect();
    assert!(steps.iter().all(|step| (75.0..=76.0).contains(step)), "{steps:?}");
}

fn heatmap(z: &str, border: Option<&str>) -> FigureKind {
    FigureKind::Heatmap(Heatmap {
        rows: rows(),
        x: scale("mode"),
        y: scale("hidden"),
        z: Scale { label: Some("half time".to_owned()), ..scale(z) },
        border: border.map(formula),
    })
}

#[test]
fn heatmaps_show_means_and_leave_cells_without_a_value_open() {
    let mut some = modes();
    let missing: Vec<f64> = some.tables["modes"]
        .column("time")
        .unwrap()
        .iter()
        .enumerate()
        .map(|(row, &time)| {
            // All of hidden = 32, mode 2; one replicate of hidden = 64, mode 1.
            if (row < 48 && row % 3 == 1) || row == 48 { NAN } else { time }
        })
        .collect();
    some.tables["modes"].set("time", missing);
    let plot = plot(heatmap("time", Some("20 + 10*mode")), &some).unwrap();
    let Layer::Cells { x, y, z } = &plot.layers[0] else { panic!("{:?}", plot.layers[0]) };
    assert_eq!((x.as_slice(), y.as_slice()), (&[1.0, 2.0, 4.0][..], &[32.0, 64.0][..]));
    assert_eq!(z[0], [Some(39.5), None, Some(15.5)]);
    assert_eq!(z[1], [Some(72.0), Some(39.5), Some(23.5)]);
    assert_eq!(coordinates(&plot)[1], [[1.0, 30.0], [2.0, 40.0], [4.0, 60.0]]);
    let z = plot.z.unwrap();
    assert_eq!((z.label.as_str(), z.unit.as_str()), ("half time", ""));
}

/// Two points of the sweep, each with curves of replicate 0.
fn curves() -> Evidence {
    let (mut hidden, mut time, mut mode, mut strength, mut theory) = (vec![], vec![], vec![], vec![], vec![]);
    for size in [32.0, 64.0] {
        for step in 0..1000 {
            for number in [1.0, 2.0] {
                hidden.push(size);
                time.push(f64::from(step));
                mode.push(number);
                strength.push(size + number);
                theory.push(if number == 2.0 { NAN } else { size });
            }
        }
    }
    let replicate = vec![0.0; time.len()];
    let strengths = table(&[
        ("hidden", hidden),
        ("replicate", replicate),
        ("time", time),
        ("mode", mode),
        ("strength", strength),
        ("closed_form", theory),
    ]);
    let curve = table(&[
        ("hidden", [vec![32.0; 3], vec![64.0; 2]].concat()),
        ("replicate", vec![0.0; 5]),
        ("time", vec![0.0, 1.0, 2.0, 0.0, 1.0]),
        ("loss", vec![5.0, 4.0, 3.0, 2.0, 1.0]),
    ]);
    let saddles = table(&[
        ("hidden", [vec![32.0; 20], vec![64.0; 2]].concat()),
        ("replicate", vec![0.0; 22]),
        ("saddle", [numbers(20), numbers(2)].concat()),
        ("loss_theory", [numbers(20), vec![2.5, 0.5]].concat()),
    ]);
    let mut all = modes();
    for (name, table) in [("strengths", strengths), ("curve", curve), ("saddles", saddles)] {
        all.tables.insert(name.to_owned(), table);
    }
    all
}

/// A claim with the one axis that the curves have.
fn swept(kind: FigureKind) -> Claim {
    let mut claim = claim(kind);
    claim.sweep.truncate(1);
    claim
}

fn point(value: Json) -> IndexMap<String, Json> {
    IndexMap::from([("hidden".to_owned(), value)])
}

#[test]
fn mode_curves_show_one_replicate_at_one_point_with_the_closed_form() {
    let kind = FigureKind::ModeCurves(ModeCurves { replicate: 0, modes: None, point: IndexMap::new() });
    let first = plots(&swept(kind), &curves()).unwrap().remove(0);
    let expected =
        ["line mode = 1 0 Measured 400", "line mode = 2 1 Measured 400", "line theory, mode = 1 0 Theory 400"];
    assert_eq!(outline(&first), expected);
    assert_eq!(coordinates(&first)[0][0], [0.0, 33.0], "without a value the first point");
    let kind = FigureKind::ModeCurves(ModeCurves { replicate: 0, modes: Some(vec![2]), point: point(json!(64)) });
    let second = plots(&swept(kind), &curves()).unwrap().remove(0);
    assert_eq!(outline(&second), ["line mode = 2 0 Measured 400"]);
    assert_eq!(coordinates(&second)[0][399], [999.0, 66.0]);
}

#[test]
fn loss_plateaus_show_the_loss_and_the_first_levels() {
    let kind = |value: u64| FigureKind::LossPlateaus(OneRun { replicate: 0, point: point(json!(value)) });
    let few = plots(&swept(kind(64)), &curves()).unwrap().remove(0);
    assert_eq!(outline(&few), ["line loss 0 Measured 2", "level 0 modes learned 2.5", "level 1 mode learned 0.5"]);
    let many = plots(&swept(kind(32)), &curves()).unwrap().remove(0);
    assert_eq!((many.layers.len(), many.caption.as_str()), (13, "What to see. 8 later plateaus are not shown."));
}

#[test]
fn a_spectrum_shows_mean_and_middle_and_the_prediction() {
    let mut some = modes();
    let s = some.tables["modes"].column("time").unwrap().to_vec();
    let theory = some.tables["modes"].column("mode").unwrap().iter().map(|&mode| if mode == 4.0 { NAN } else { mode });
    let theory = theory.collect();
    some.tables["modes"].set("s", s);
    some.tables["modes"].set("s_theory", theory);
    let plot = plots(&swept(FigureKind::Spectrum(Spectrum { point: point(json!(64)) })), &some).unwrap().remove(0);
    assert_eq!(outline(&plot), ["intervals measured 0 Measured 3", "line theory 0 Theory 2"]);
    assert_eq!(coordinates(&plot)[0][0], [1.0, 71.5, 64.75, 78.25]);
    assert_eq!(coordinates(&plot)[1], [[1.0, 1.0], [2.0, 2.0]]);
}

#[test]
fn a_figure_with_nothing_to_show_is_an_error_that_names_it() {
    let filtered = |filter: &str| XyFigure {
        rows: Rows { lets: formulas(&[("late", "time + 1")]), filter: Some(formula(filter)), ..rows() },
        ..xy("mode", "late", None, None)
    };
    let shows = |replicate, modes| FigureKind::ModeCurves(ModeCurves { replicate, modes, point: point(json!(64)) });
    let rows: Vec<(FigureKind, &str)> = vec![
        (FigureKind::Lines(filtered("late < 0")), "`lines`) has nothing to show: no rows are left by `late < 0`"),
        (
            FigureKind::Lines(xy("mode", "absent", None, None)),
            "`lines`) has nothing to show: `absent` is missing in all rows",
        ),
        (
            FigureKind::Scatter(xy("mode", "absent", None, None)),
            "`scatter`) has nothing to show: no row has both `mode` and `absent`",
        ),
        (
            FigureKind::Lines(xy("mode", "time", Some("absent"), None)),
            "`lines`) needs the column `absent`, which its table does not have",
        ),
        (heatmap("absent", None), "`heatmap`) has nothing to show: `absent` is missing in all cells"),
        (
            shows(3, None),
            "`mode-curves`) has nothing to show: table `strengths` has no rows at hidden = 64, replicate 3",
        ),
        (shows(0, Some(vec![9])), "`mode-curves`) shows mode 9, which table `strengths` does not have"),
        (
            FigureKind::LossPlateaus(OneRun { replicate: 0, point: point(json!(17)) }),
            "`loss-plateaus`) has nothing to show: table `curve` has no rows at hidden = 17, replicate 0",
        ),
        (
            FigureKind::Spectrum(Spectrum { point: IndexMap::new() }),
            "`spectrum`) needs the column `s`, which its table does not have",
        ),
    ];
    let mut failures = Vec::new();
    for (kind, expected) in rows {
        let found = plots(&swept(kind), &curves()).map(|plots| outline(&plots[0]));
        if found != Err(format!("figure 1 ({expected}")) {
            failures.push(format!("{expected}: {found:?}"));
        }
    }
    all(failures);
}

#[test]
fn every_coordinate_is_finite() {
    let log = |text: &str| Scale { log: true, ..scale(text) };
    let kinds = [
        FigureKind::Lines(XyFigure {
            x: log("mode - 1"),
            y: Vertical::One(log("time - 20")),
            ..xy("mode", "time", Some("hidden"), Some("ln(mode - 2)"))
        }),
        FigureKind::Scatter(XyFigure {
            x: log("mode - 1"),
            y: Vertical::One(log("time - 20")),
            ..xy("mode", "time", Some("hidden"), Some("1/(mode - 2)"))
        }),
        FigureKind::Heatmap(Heatmap {
            rows: rows(),
            x: log("mode"),
            y: log("hidden"),
            z: log("time - 40"),
            border: Some(formula("mode - 2")),
        }),
    ];
    for kind in kinds {
        let plot = plot(kind, &modes()).unwrap();
        let all: Vec<f64> = coordinates(&plot).into_iter().flatten().flatten().collect();
        assert!(!all.is_empty() && all.iter().all(|value| value.is_finite() && *value > 0.0), "{}: {all:?}", plot.kind);
    }
}

#[test]
fn every_kind_of_figure_that_a_spec_may_name_is_drawn() {
    let kinds = [
        FigureKind::Lines(xy("mode", "time", None, None)),
        FigureKind::Scatter(xy("mode", "time", None, None)),
        heatmap("time", None),
        FigureKind::ModeCurves(ModeCurves { replicate: 0, modes: None, point: IndexMap::new() }),
        FigureKind::LossPlateaus(OneRun { replicate: 0, point: IndexMap::new() }),
        FigureKind::Spectrum(Spectrum { point: IndexMap::new() }),
        FigureKind::Dendrograms(moments::moments(None)),
        FigureKind::Similarity(moments::moments(None)),
        FigureKind::Embedding(Embedding { moments: moments::moments(None), x: None, y: None }),
        FigureKind::Landscape(OneRun { replicate: 0, point: IndexMap::new() }),
    ];
    let mut all = curves();
    all.tables.extend(moments::learned().tables);
    for name in ["s", "s_theory"] {
        let time = all.tables["modes"].column("time").unwrap().to_vec();
        all.tables["modes"].set(name, time);
    }
    let shown = kinds.each_ref().map(|kind| kind.tables().collect::<Vec<_>>().join(" "));
    let expected = "modes, modes, modes, strengths modes, curve saddles, modes, similarity, similarity, \
                    similarity embedding, run trajectory";
    assert_eq!(shown.join(", "), expected);
    let drawn = kinds.map(|kind| plots(&swept(kind), &all).unwrap().remove(0).kind);
    assert_eq!(drawn.to_vec(), KINDS.iter().map(|kind| kind.name).collect::<Vec<_>>());
}
