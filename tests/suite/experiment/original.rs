//! The measurements of `training`, made a second time in original coordinates, by the definitions.

use faer::Mat;
use modewise::data::Data;
use modewise::learn::start::Start;
use modewise::numerics::svd::thin_svd;
use modewise::seed::MasterSeed;
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

/// Mean distance of the halves of each node of a level of a binary tree.
fn halves(patterns: &Mat<f64>, level: usize) -> f64 {
    let width = patterns.ncols() >> level;
    let mean = |from: usize| {
        (from..from + width)
            .fold(Mat::zeros(patterns.nrows(), 1), |sum: Mat<f64>, item| sum + patterns.subcols(item, 1))
    };
    let nodes = 1 << (level - 1);
    (0..nodes).map(|node| (mean(2 * node * width) - mean((2 * node + 1) * width)).norm_l2() / width as f64).sum::<f64>()
        / nodes as f64
}

#[test]
fn every_measurement_is_what_its_definition_says_in_original_coordinates() {
    let data = json!({"tree": {"depth": 3, "flip": 0.15, "features": 40}});
    let (hidden, rate, steps) = (7, 0.004, 2000);
    let history = histories(&data, Start::Normal(0.003), hidden, rate, steps);
    let tables = train(
        &json!({"data": data, "learner": {"linear": {"layers": 2, "hidden": hidden, "start": {"normal": 0.003},
            "rate": rate}}, "stop": {"steps": steps}}),
        1,
    );
    let near = |name: &str, got: f64, expected: f64| {
        assert!((got - expected).abs() < 1e-8 * (1.0 + expected.abs()), "{name}: {got}, not {expected}");
    };
    let (y, end) = (&history[0].y, &history[steps]);
    let svd = thin_svd(y.as_ref()).unwrap();
    let best = |k: usize| svd.u.subcols(0, k) * svd.s_diagonal(k) * svd.v.subcols(0, k).transpose();
    let products: Vec<Mat<f64>> = history.iter().map(Naive::product).collect();

    let run = |name: &str| column(&tables["run"], name)[0];
    near("final loss", run("final_loss"), end.loss());
    near("product error", run("product_error"), (&products[steps] - best(hidden)).norm_l2() / y.norm_l2());
    let gram = svd.v.subcols(0, hidden) * svd.s_diagonal(hidden) * svd.v.subcols(0, hidden).transpose();
    let size = svd.s.iter().map(|s| s * s).sum::<f64>().sqrt();
    let gram = (end.weights[0].transpose() * &end.weights[0] - gram).norm_l2() / size;
    near("gram error", run("gram_error"), gram);
    let drift = |step: usize| (history[step].balance() - history[0].balance()).norm_l2();
    near("drift", run("balance_drift"), (0..=steps).filter(|s| s % 16 == 0).map(drift).fold(0.0, f64::max));
    near("norm", run("weight_norm"), end.weights.iter().map(Mat::squared_norm_l2).sum());

    for mode in 0..svd.s.len() {
        let strengths: Vec<f64> =
            products.iter().map(|p| (svd.u.col(mode).transpose() * p * svd.v.col(mode))).collect();
        let got = |name: &str| column(&tables["modes"], name)[mode];
        near("s", got("s"), svd.s[mode]);
        near("strength", got("final_strength"), strengths[steps]);
        if strengths[steps] > 0.9 * svd.s[mode] {
            let time = |share: f64| rate * crossing(&strengths, share * svd.s[mode]);
            near("half time", got("half_time"), time(0.5));
            near("rise time", got("rise_time"), time(0.9) - time(0.1));
        } else {
            assert!(got("rise_time").is_nan(), "mode {mode} was not learned");
        }
    }
    for saddle in 0..hidden {
        let distances: Vec<f64> = products.iter().map(|p| (p - best(saddle)).norm_l2()).collect();
        let closest = (0..=steps).min_by(|&a, &b| distances[a].total_cmp(&distances[b])).unwrap();
        let got = |name: &str| column(&tables["saddles"], name)[saddle];
        near("distance", got("distance"), distances[closest]);
        near("plateau", got("plateau_loss"), history[closest].loss());
        let gradient = history[closest].gradient().iter().map(Mat::squared_norm_l2).sum::<f64>().sqrt();
        near("gradient", got("gradient_norm"), gradient);
        near("theory", got("loss_theory"), 0.5 * (y - best(saddle)).squared_norm_l2());
        let radius = 0.1 * svd.s[saddle];
        let inside = distances.iter().any(|&distance| distance <= radius);
        assert_eq!(inside, !got("arrival").is_nan(), "saddle {saddle}");
        if inside && distances[0] > radius {
            let closeness: Vec<f64> = distances.iter().map(|distance| -distance).collect();
            near("arrival", got("arrival"), rate * crossing(&closeness, -radius));
        }
    }
    for level in 1..=3 {
        let distances = |of: &dyn Fn(usize) -> Mat<f64>| (0..=steps).map(|s| halves(&of(s), level)).collect::<Vec<_>>();
        let (outer, inner) = (distances(&|s| products[s].clone()), distances(&|s| history[s].weights[0].clone()));
        let got = |name: &str| column(&tables["levels"], name)[level - 1];
        near("output", got("half_time"), rate * crossing(&outer, halves(y, level) / 2.0));
        near("hidden", got("hidden_half_time"), rate * crossing(&inner, inner[steps] / 2.0));
        near("separation", got("separation"), outer[steps] / halves(y, level));
    }
}

/// The first singular values as a diagonal matrix.
trait Diagonal {
    fn s_diagonal(&self, count: usize) -> Mat<f64>;
}

impl Diagonal for modewise::numerics::svd::Svd {
    fn s_diagonal(&self, count: usize) -> Mat<f64> {
        Mat::from_fn(count, count, |i, j| if i == j { self.s[i] } else { 0.0 })
    }
}
