//! Steps of learning, the flow, dense decompositions.

use std::hint::black_box;
use std::ops::ControlFlow;

use criterion::{BatchSize, BenchmarkId, Throughput};
use faer::Mat;
use modewise::learn::flow::flow;
use modewise::learn::linear_network::LinearNetwork;
use modewise::learn::rumelhart::RumelhartNetwork;
use modewise::learn::rumelhart_weights::{Sizes, Weights};
use modewise::numerics::linear_algebra::haar::normal_matrix;
use modewise::numerics::linear_algebra::svd::thin_svd;
use modewise::numerics::simd::sigmoid::sigmoids;
use modewise::seed::{MasterSeed, stream};

/// Shape of a net with one hidden layer.
#[derive(Clone, Copy)]
struct Shape {
    items: usize,
    hidden: usize,
    features: usize,
}

/// Nets about as wide as their data, the smallest first, then flat ones.
const SHAPES: [Shape; 6] = [
    Shape { items: 8, hidden: 16, features: 16 },
    Shape { items: 64, hidden: 64, features: 128 },
    Shape { items: 256, hidden: 256, features: 512 },
    Shape { items: 1000, hidden: 1000, features: 2000 },
    Shape { items: 1000, hidden: 32, features: 2000 },
    Shape { items: 1000, hidden: 100, features: 2000 },
];

impl Shape {
    fn name(self) -> String {
        format!("{} x {} x {}", self.items, self.hidden, self.features)
    }

    /// The chain of this net after the rotation, which leaves at most as many rows beyond the modes as there are hidden
    /// units; small random weights, singular values from 4 down to 1.
    fn chain(self) -> LinearNetwork {
        let rank = self.items.min(self.features);
        let rotated = |outside: usize| outside.min(rank + self.hidden);
        let mut rng = stream(MasterSeed::default(), "benchmark", &self.name(), 0);
        let mut weights = |rows, columns| 1e-2 * normal_matrix(rows, columns, &mut rng);
        let weights = [weights(self.hidden, rotated(self.items)), weights(rotated(self.features), self.hidden)];
        let s: Vec<f64> = (0..rank).map(|mode| 4.0 - 3.0 * mode as f64 / rank as f64).collect();
        LinearNetwork::new(&s, &weights)
    }
}

/// Floating-point operations of a step: the product and the two gradients, of `2 F' H N'` each.
fn operations(chain: &LinearNetwork) -> u64 {
    let (w1, w2) = (chain.weight(0), chain.weight(1));
    (3 * 2 * w2.nrows() * w2.ncols() * w1.ncols()) as u64
}

/// A step of descent.
pub(crate) fn descent(criterion: &mut crate::Bencher) {
    let mut group = crate::slow(criterion, "descent step, items x hidden x features");
    for shape in SHAPES {
        let mut chain = shape.chain();
        group.throughput(Throughput::Elements(operations(&chain)));
        group.bench_function(shape.name(), |bencher| bencher.iter(|| chain.step(black_box(1e-4))));
    }
    group.finish();
}

/// The flow from the start until every mode has been learned.
pub(crate) fn flows(criterion: &mut crate::Bencher) {
    let mut group = crate::slow(criterion, "gradient flow until all is learned, items x hidden x features");
    for shape in &SHAPES[..2] {
        let start = shape.chain();
        let follow = |mut chain: LinearNetwork| {
            let mut visits = 0;
            let visit = |time: f64, _: &LinearNetwork| {
                visits += 1;
                if time < 10.0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            };
            let steps = flow(&mut chain, 1e-6, 0.1, visit).expect("a flow from small weights is smooth");
            // Six slopes a step that is accepted, and one for each visit.
            6 * steps + visits
        };
        let slopes = follow(start.clone());
        group.throughput(Throughput::Elements(slopes * operations(&start)));
        group.bench_function(shape.name(), |bencher| {
            bencher.iter_batched(|| start.clone(), follow, BatchSize::LargeInput);
        });
    }
    group.finish();
}

/// An epoch of Rumelhart's network at the sizes of the living things, and the sigmoids in it alone.
pub(crate) fn rumelhart(criterion: &mut crate::Bencher) {
    let sizes = Sizes { items: 8, relations: 4, representation: 8, hidden: 15, attributes: 36 };
    let Sizes { items, relations, representation, hidden, attributes } = sizes;
    let patterns = items * relations;
    let mut rng = stream(MasterSeed::default(), "benchmark", &sizes, 0);
    let weights = Weights::normal(sizes, 0.3, -2.0, &mut rng);
    let mut network = RumelhartNetwork::new(sizes, &weights, &Mat::zeros(attributes, patterns));
    // Each product forwards, and the two of its gradients.
    let products = 3 * 2 * (items * representation * hidden + patterns * hidden * attributes);
    let mut activities = vec![0.0; items * representation + patterns * (hidden + attributes)];
    // In each sigmoid the 36 of the exponential and three more, as `numerics::sigmoid` writes them.
    let of_sigmoids = 39 * activities.len();
    let mut group = crate::slow(criterion, "RumelhartNetwork's network of the living things");
    group.throughput(Throughput::Elements((products + of_sigmoids) as u64));
    group.bench_function("epoch", |bencher| bencher.iter(|| network.step(black_box(0.1))));
    group.throughput(Throughput::Elements(of_sigmoids as u64));
    group.bench_function("sigmoids alone", |bencher| bencher.iter(|| sigmoids(black_box(&mut activities))));
    group.finish();
}

/// The thin singular value decomposition.
pub(crate) fn decompositions(criterion: &mut crate::Bencher) {
    let mut group = crate::slow(criterion, "thin SVD, rows x columns");
    for (rows, columns) in [(64, 32), (200, 100), (1000, 32), (1000, 500)] {
        let mut rng = stream(MasterSeed::default(), "benchmark", &(rows, columns), 0);
        let a: Mat<f64> = normal_matrix(rows, columns, &mut rng);
        // Golub, Van Loan, "Matrix Computations", 4th edition, Figure 8.6.1: R-SVD with U1, s and V.
        let (long, short) = (rows.max(columns) as u64, rows.min(columns) as u64);
        group.throughput(Throughput::Elements(6 * long * short.pow(2) + 20 * short.pow(3)));
        group.bench_function(BenchmarkId::from_parameter(format!("{rows} x {columns}")), |bencher| {
            bencher.iter(|| thin_svd(black_box(a.as_ref())).expect("a finite matrix has a decomposition"));
        });
    }
    group.finish();
}
