//! The measurements of `training`, made a second time in original coordinates, by the definitions.

use faer::Mat;
use modewise::data::Data;
use modewise::learn::start::Start;
use modewise::numerics::linear_algebra::svd::{Svd, thin_svd};
use modewise::numerics::statistics::extreme::largest;
use modewise::seed::MasterSeed;
use modewise::table::Tables;
use modewise::theory::learning::strength;
use serde_json::{Value as Json, json};
use std::path::Path;

use super::{column, train};
use crate::learn::naive::Naive;

/// First time at which `values` reach `level`, in steps, linear between them.
fn crossing(values: &[f64], level: f64) -> f64 {
    let after = values.iter().position(|&value| value >= level).expect("the level is reached");
    (after - 1) as f64 + (level - values[after - 1]) / (values[after] - values[after - 1])
}

/// The weights of each step of one run of the naive chain.
fn histories(data: &Json, start: Start, hidden: usize, rate: f64, steps: usize) -> Vec<Naive> {
    let data: Data = serde_json::from_value(data.clone()).expect("the data are right");
    let y = data.prepare(Path::new(".")).expect("the data are right").draw(MasterSeed(1), 0).y;
    let svd = thin_svd(y.as_ref()).expect("the data are finite");
    let weights = start.weights(&[y.ncols(), hidden, y.nrows()], &svd, MasterSeed(1), 0);
    let mut naive = Naive { y, weights };
    let mut history = Vec::new();
    for _ in 0..=steps {
        history.push(Naive { y: naive.y.clone(), weights: naive.weights.clone() });
        naive.step(rate);
    }
    history
}

/// The differences between the means of the halves of each node of a level of a binary tree, one for each node.
fn differences(patterns: &Mat<f64>, level: usize) -> Vec<Mat<f64>> {
    let width = patterns.ncols() >> level;
    let mean = |from: usize| {
        (from..from + width)
            .fold(Mat::zeros(patterns.nrows(), 1), |sum: Mat<f64>, item| sum + patterns.subcols(item, 1))
    };
    let nodes = 1 << (level - 1);
    (0..nodes).map(|node| (mean(2 * node * width) - mean((2 * node + 1) * width)) * (1.0 / width as f64)).collect()
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    values.sum::<f64>() / count
}

/// Mean distance of the halves of each node.
fn halves(patterns: &Mat<f64>, level: usize) -> f64 {
    mean(differences(patterns, level).iter().map(|difference| difference.norm_l2()))
}

/// Mean over the nodes of their difference along that of `y`.
fn along(patterns: &Mat<f64>, y: &Mat<f64>, level: usize) -> f64 {
    let pairs = differences(patterns, level).into_iter().zip(differences(y, level));
    mean(pairs.map(|(own, of_y)| (own.transpose() * &of_y)[(0, 0)] / of_y.norm_l2()))
}

/// One run, measured twice.
struct Twice {
    history: Vec<Naive>,
    products: Vec<Mat<f64>>,
    svd: Svd,
    hidden: usize,
    rate: f64,
    steps: usize,
    tables: Tables,
}

impl Twice {
    fn new(data: &Json, hidden: usize, sigma: f64, rate: f64, steps: usize) -> Self {
        let history = histories(data, Start::Normal(sigma), hidden, rate, steps);
        let products = history.iter().map(Naive::product).collect();
        let svd = thin_svd(history[0].y.as_ref()).expect("the data are finite");
        let linear = json!({"layers": 2, "hidden": hidden, "start": {"normal": sigma}, "rate": rate});
        let tables = train(&json!({"data": data, "learner": {"linear": linear}, "stop": {"steps": steps}}), 1);
        Self { history, products, svd, hidden, rate, steps, tables }
    }

    /// The product of the strongest modes.
    fn best(&self, k: usize) -> Mat<f64> {
        self.svd.u.subcols(0, k) * self.diagonal(k) * self.svd.v.subcols(0, k).transpose()
    }

    /// The first singular values as a diagonal matrix.
    fn diagonal(&self, k: usize) -> Mat<f64> {
        Mat::from_fn(k, k, |i, j| if i == j { self.svd.s[i] } else { 0.0 })
    }

    /// Compares a cell of a table.
    fn near(&self, table: &str, row: usize, name: &str, expected: f64) {
        let got = column(&self.tables[table], name)[row];
        assert!((got - expected).abs() < 1e-8 * (1.0 + expected.abs()), "{table} {row} {name}: {got}, not {expected}");
    }
}

/// The runs: a hierarchy with near ties and too few hidden units, and modes so far apart that every saddle is visited.
fn runs() -> [Twice; 2] {
    let apart = json!({"matrix": {"rows": [[9.0, 0.5, 0.0, 0.2], [0.3, 3.0, 0.1, 0.0], [0.0, 0.2, 1.0, 0.1]]}});
    [
        Twice::new(&json!({"tree": {"depth": 3, "flip": 0.15, "features": 40}}), 7, 0.003, 0.004, 2000),
        Twice::new(&apart, 5, 1e-4, 0.01, 1500),
    ]
}

#[test]
fn the_run_as_a_whole_is_measured_as_defined() {
    for twice in runs() {
        let (end, y, steps) = (&twice.history[twice.steps], &twice.history[0].y, twice.steps);
        let room = twice.hidden.min(twice.svd.s.len());
        twice.near("run", 0, "final_loss", end.loss());
        let rest = &twice.products[steps] - twice.best(room);
        twice.near("run", 0, "product_error", rest.norm_l2() / y.norm_l2());
        let items = twice.svd.v.subcols(0, room);
        let gram = end.weights[0].transpose() * &end.weights[0] - items * twice.diagonal(room) * items.transpose();
        twice.near("run", 0, "gram_error", gram.norm_l2() / twice.svd.s.iter().map(|s| s * s).sum::<f64>().sqrt());
        let drift = |step: usize| (twice.history[step].balance() - twice.history[0].balance()).norm_l2();
        let seen = (0..=steps).filter(|step| step % 16 == 0 || *step == steps);
        twice.near("run", 0, "balance_drift", largest(seen.map(drift)));
        twice.near("run", 0, "weight_norm", end.weights.iter().map(Mat::squared_norm_l2).sum());
    }
}

#[test]
fn modes_are_measured_as_defined() {
    for twice in runs() {
        let Twice { svd, products, rate, steps, hidden, .. } = &twice;
        for mode in 0..svd.s.len() {
            let s = svd.s[mode];
            let strengths: Vec<f64> =
                products.iter().map(|p| svd.u.col(mode).transpose() * p * svd.v.col(mode)).collect();
            let got = |name: &str| column(&twice.tables["modes"], name)[mode];
            twice.near("modes", mode, "s", s);
            twice.near("modes", mode, "final_strength", strengths[*steps]);
            assert_eq!(got("closed_form_error").is_nan(), mode >= *hidden, "mode {mode}");
            if mode < *hidden {
                let closed = |step: usize| strength(s, got("g"), got("m0_free"), rate * step as f64);
                let apart = largest((0..=*steps).map(|step| (strengths[step] - closed(step)).abs()));
                twice.near("modes", mode, "closed_form_error", apart / s);
                twice.near("modes", mode, "g", libm::log(1.0 + rate * s) / rate);
            }
            if strengths[*steps] > 0.9 * s {
                let time = |share: f64| rate * crossing(&strengths, share * s);
                twice.near("modes", mode, "half_time", time(0.5));
                twice.near("modes", mode, "rise_time", time(0.9) - time(0.1));
            } else {
                assert!(got("rise_time").is_nan(), "mode {mode} was not learned");
            }
        }
    }
}

#[test]
fn saddles_are_measured_as_defined() {
    let mut visited = Vec::new();
    for twice in runs() {
        let Twice { svd, products, history, rate, steps, .. } = &twice;
        for saddle in 0..twice.hidden.min(svd.s.len()) {
            let distances: Vec<f64> = products.iter().map(|p| (p - twice.best(saddle)).norm_l2()).collect();
            let closest = (0..=*steps).min_by(|&a, &b| distances[a].total_cmp(&distances[b])).unwrap();
            let got = |name: &str| column(&twice.tables["saddles"], name)[saddle];
            twice.near("saddles", saddle, "distance", distances[closest]);
            twice.near("saddles", saddle, "plateau_loss", history[closest].loss());
            let gradient = history[closest].gradient().iter().map(Mat::squared_norm_l2).sum::<f64>().sqrt();
            twice.near("saddles", saddle, "gradient_norm", gradient);
            let missing = 0.5 * (&history[0].y - twice.best(saddle)).squared_norm_l2();
            twice.near("saddles", saddle, "loss_theory", missing);
            let radius = 0.1 * svd.s[saddle];
            let Some(inside) = distances.iter().position(|&distance| distance <= radius) else {
                assert!(got("arrival").is_nan() && got("departure").is_nan(), "saddle {saddle}");
                continue;
            };
            let closeness: Vec<f64> = distances.iter().map(|distance| -distance).collect();
            let arrival = if inside == 0 { 0.0 } else { rate * crossing(&closeness, -radius) };
            twice.near("saddles", saddle, "arrival", arrival);
            let left = inside as f64 + crossing(&distances[inside..], radius);
            twice.near("saddles", saddle, "departure", rate * left);
            visited.push(saddle);
        }
    }
    assert_eq!(visited, [0, 0, 1, 2], "the saddles that were visited");
}

#[test]
fn levels_are_measured_as_defined() {
    let [twice, _] = runs();
    let Twice { history, products, rate, steps, .. } = &twice;
    let y = &history[0].y;
    for level in 1..=3 {
        let row = level - 1;
        let outer: Vec<f64> = products.iter().map(|product| along(product, y, level)).collect();
        let inner: Vec<f64> = history.iter().map(|naive| halves(&naive.weights[0], level)).collect();
        twice.near("levels", row, "half_time", rate * crossing(&outer, halves(y, level) / 2.0));
        twice.near("levels", row, "hidden_half_time", rate * crossing(&inner, inner[*steps] / 2.0));
        twice.near("levels", row, "separation", outer[*steps] / halves(y, level));
    }
}

#[test]
fn the_distance_from_the_clean_table_is_that_of_the_output_in_original_coordinates() {
    let data = json!({"planted": {"objects": 14, "features": 30, "background": 0.2,
        "categories": [{"objects": 6, "features": 12, "density": 0.95}]}});
    let (rate, steps) = (0.004, 400);
    let parsed: Data = serde_json::from_value(data.clone()).unwrap();
    let clean = parsed.prepare(Path::new(".")).unwrap().draw(MasterSeed(1), 0).clean.unwrap();
    let errors: Vec<f64> = histories(&data, Start::Normal(0.01), 5, rate, steps)
        .iter()
        .map(|naive| (naive.product() - &clean).squared_norm_l2() / clean.squared_norm_l2())
        .collect();
    let tables = train(
        &json!({"data": data, "stop": {"steps": steps},
            "learner": {"linear": {"layers": 2, "hidden": 5, "start": {"normal": 0.01}, "rate": rate}}}),
        1,
    );
    let least = (0..=steps).min_by(|&a, &b| errors[a].total_cmp(&errors[b])).unwrap();
    assert!(least > 0 && least < steps, "the least error is neither at the start nor at the end");
    for (name, expected) in
        [("clean_error", errors[least]), ("clean_time", rate * least as f64), ("final_clean_error", errors[steps])]
    {
        let got = column(&tables["run"], name)[0];
        assert!((got - expected).abs() < 1e-9, "{name}: {got}, not {expected}");
    }
    for (time, error) in column(&tables["curve"], "time").iter().zip(column(&tables["curve"], "clean_error")) {
        let expected = errors[(time / rate).round() as usize];
        assert!((error - expected).abs() < 1e-9, "time {time}: {error}, not {expected}");
    }
}
