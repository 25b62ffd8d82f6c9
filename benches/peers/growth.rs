//! How the cost of the kernels grows with the size of what they work on.

use std::path::Path;

use faer::Mat;
use modewise::experiment::Registry;
use modewise::learn::linear_network::LinearNetwork;
use modewise::learn::rotation::rotate;
use modewise::numerics::bits::packed::{BitMatrix, Centred};
use modewise::numerics::linear_algebra::haar::normal_matrix;
use modewise::numerics::linear_algebra::lanczos::{Lanczos, LanczosOptions};
use modewise::numerics::linear_algebra::svd::thin_svd;
use modewise::seed::{MasterSeed, stream};
use serde_json::{Value, json};

use crate::clock::fastest;

/// A quantity that grows, and the cost at its values.
struct Series {
    /// What is done.
    work: &'static str,
    /// What grows.
    against: &'static str,
    sizes: &'static [usize],
    /// Processor seconds at a size.
    cost: fn(usize) -> f64,
}

const SERIES: &[Series] = &[
    Series {
        work: "descent step of N items, 32 hidden units, 2 N features",
        against: "N",
        sizes: &[64, 128, 256, 512, 1024],
        cost: |items| step(items, 32, 2 * items),
    },
    Series {
        work: "descent step of 256 items, H hidden units, 512 features",
        against: "H",
        sizes: &[8, 16, 32, 64, 128, 256],
        cost: |hidden| step(256, hidden, 512),
    },
    Series {
        work: "top 3 of a table of N objects and 2 N features",
        against: "N",
        sizes: &[128, 256, 512, 1024, 2048],
        cost: triplets,
    },
    Series {
        work: "replicates of a training cell, a tree of 8 items",
        against: "replicates",
        sizes: &[1, 2, 4, 8, 16],
        cost: replicates,
    },
];

/// Prints every series as JSON.
pub(crate) fn growth() {
    let points = |series: &Series| -> Vec<Value> {
        series.sizes.iter().map(|&size| json!([size, (series.cost)(size)])).collect()
    };
    let all =
        SERIES.iter().map(|series| json!({"work": series.work, "against": series.against, "points": points(series)}));
    println!("{}", Value::from_iter(all));
}

/// A step of descent of a random net on random data.
fn step(items: usize, hidden: usize, features: usize) -> f64 {
    let mut rng = stream(MasterSeed::default(), "growth", &(items, hidden, features), 0);
    let mut normal = |rows, columns, scale: f64| -> Mat<f64> { scale * normal_matrix(rows, columns, &mut rng) };
    let y = normal(features, items, 1.0);
    let weights = [normal(hidden, items, 1e-2), normal(features, hidden, 1e-2)];
    let rotated = rotate(&thin_svd(y.as_ref()).expect("a finite table"), &weights);
    let mut chain = LinearNetwork::new(&rotated.s, &rotated.weights);
    fastest(|| chain.step(1e-6))
}

/// The leading triplets of a table of zeros and ones with three blocks.
fn triplets(objects: usize) -> f64 {
    let features = 2 * objects;
    let bits = BitMatrix::from_fn(features, objects, super::category(features, objects, 0));
    let table = Centred { bits: &bits, mean: super::BACKGROUND, scale: 1.0 };
    let mut lanczos = Lanczos::new(features, objects);
    let options = LanczosOptions { count: 3, tolerance: 1e-6 };
    fastest(|| {
        let mut rng = stream(MasterSeed::default(), "start", &objects, 0);
        lanczos.leading(&table, options, &mut rng).expect("a finite table");
    })
}

/// The replicates of a cell, from the data to the tables.
fn replicates(count: usize) -> f64 {
    let registry = Registry::built_in();
    let kind = registry.kind("training").expect("the kind is built in");
    let parameters = json!({
        "data": {"tree": {"depth": 3, "flip": 0.1, "features": 200}},
        "learner": {"linear": {"layers": 2, "hidden": 16, "start": {"normal": 1e-3}, "rate": 1e-3}},
        "stop": {"learned": 1},
    });
    let experiment = kind.build(&parameters, Path::new("")).expect("the parameters are allowed");
    fastest(|| {
        experiment.run(0..count as u64, MasterSeed::default()).expect("the net learns");
    })
}
