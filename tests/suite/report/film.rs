//! Figures of panels and films: what moves stands in the page, and the page says the same without it.

use modewise::plot::model::{Fork, Item, Layer, Plot, PlotAxis};
use modewise::report::figure::panels::panels;
use modewise::report::figure::player::film;
use modewise::report::figure::{FULL, THUMBNAIL, draw};

fn axis(label: &str) -> PlotAxis {
    PlotAxis { label: label.to_owned(), unit: String::new(), log: false }
}

fn plot(kind: &str, layers: Vec<Layer>) -> Plot {
    Plot {
        kind: kind.to_owned(),
        title: format!("{kind} & more"),
        caption: String::new(),
        x: axis("x"),
        y: axis("y"),
        z: Some(axis("z")),
        layers,
    }
}

fn items() -> Vec<Item> {
    ["pine", "oak", "<rose>"]
        .iter()
        .enumerate()
        .map(|(series, name)| Item { name: (*name).to_owned(), series })
        .collect()
}

fn trees() -> Plot {
    let tree = |(time, stage): (f64, &str)| Layer::Tree {
        stage: stage.to_owned(),
        time,
        clock: "time".to_owned(),
        leaves: items(),
        forks: vec![
            Fork { places: [0.0, 1.0], from: [0.0, 0.0], distance: time, series: Some(0) },
            Fork { places: [0.5, 2.0], from: [time, 0.0], distance: 2.0 * time, series: None },
        ],
    };
    plot("dendrograms", [(0.0, "before"), (0.5, ""), (1.0, "middle"), (2.0, "end")].map(tree).to_vec())
}

fn matrices() -> Plot {
    let matrix = |time: f64| Layer::Matrix {
        stage: if time == 0.5 { String::new() } else { "then".to_owned() },
        time,
        clock: "time".to_owned(),
        items: items(),
        z: vec![vec![time, 0.0, 0.0], vec![0.0, time, 0.0], vec![0.0, 0.0, time]],
    };
    plot("similarity", [0.0, 0.5, 1.0, 2.0].map(matrix).to_vec())
}

fn ways(times: &[f64]) -> Plot {
    let path = |(number, item): (usize, &Item)| Layer::Path {
        label: item.name.clone(),
        series: item.series,
        points: times.iter().map(|&time| [time, time * (number as f64 - 1.0), time]).collect(),
    };
    plot("embedding", items().iter().enumerate().map(path).collect())
}

#[test]
fn a_panel_for_each_stage_with_a_title_of_its_own() {
    let titles = |plot: &Plot| panels(plot).into_iter().map(|panel| panel.title).collect::<Vec<_>>();
    assert_eq!(titles(&trees()), ["Before, time 0", "Middle, time 1", "End, time 2"]);
    assert_eq!(titles(&matrices()), ["Then, time 0", "Then, time 1", "Then, time 2", "Scale of the colours"]);
    let end = panels(&trees()).remove(2);
    assert_eq!(
        end.description,
        "Dendrogram of 3 items. The first to join are pine with oak at x 2. The last are pine, oak with <rose> at x 4."
    );
    let svg = end.canvas.inline("figure-1-3", &end.title, &end.description);
    assert!(svg.contains("&lt;rose&gt;</text>") && svg.contains("<title id=\"figure-1-3-title\">End, time 2</title>"));
}

#[test]
fn figures_of_panels_are_drawn_in_one_for_a_file_and_without_words_for_a_thumbnail() {
    for plot in [trees(), matrices(), ways(&[0.0, 1.0])] {
        let full = draw(&plot, FULL).inline("f", &plot.title, "d");
        let small = draw(&plot, THUMBNAIL).inline("f", &plot.title, "d");
        assert!(full.matches("<text").count() >= 3 && full.contains("pine</text>"), "{}: {full}", plot.kind);
        assert!(!small.contains("<text") && small.contains("<path"), "{}: {small}", plot.kind);
        assert!(!full.contains("NaN") && !small.contains("NaN"), "{}", plot.kind);
    }
}

#[test]
fn a_film_moves_all_figures_of_the_same_times_together() {
    let curve = plot(
        "mode-curves",
        vec![Layer::Line {
            label: "mode = 1".to_owned(),
            series: 0,
            origin: modewise::plot::model::Origin::Measured,
            points: vec![[0.0, 0.0], [2.0, 1.0]],
        }],
    );
    let film = film(&[trees(), matrices(), ways(&[0.0, 0.5, 1.0, 2.0]), curve]).expect("there are dendrograms");
    assert_eq!(film.moments, ["time 0", "time 0.500", "time 1", "time 2"]);
    let kinds: Vec<&str> = film.scenes.iter().map(|scene| scene.kind.as_str()).collect();
    assert_eq!(kinds, ["dendrograms", "similarity", "embedding", "mode-curves"]);
    for scene in &film.scenes {
        assert_eq!(scene.frames.len(), 4, "{}", scene.kind);
        let place = if scene.cells { "<g class=\"cells\"><path" } else { "<g class=\"moving\"><" };
        assert!(scene.svg.contains(place), "{}: {}", scene.kind, scene.svg);
        assert!(scene.frames.windows(2).any(|pair| pair[0] != pair[1]), "{} moves", scene.kind);
    }
    // A digit a cell: from 0 to 2 in sixteen steps.
    assert_eq!(film.scenes[1].frames, ["000000000", "400040004", "800080008", "f000f000f"]);
}

#[test]
fn what_has_other_times_takes_no_part_in_a_film() {
    let of_other_times = film(&[trees(), ways(&[0.0, 1.0])]).expect("there are dendrograms");
    assert_eq!(of_other_times.scenes.len(), 1);
    assert!(film(&[matrices(), ways(&[0.0, 1.0])]).is_none(), "without dendrograms no film");
}
