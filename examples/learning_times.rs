//! When does a network with one hidden layer learn each mode of a matrix of your own?
//!
//! `cargo run --example learning_times`. Replace `Y` by your matrix: features are rows, items are columns. The theory
//! takes the singular values of `Y` and the weights at the start, and nothing else; descent is run only to compare.

use std::error::Error;
use std::ops::ControlFlow;

use faer::mat;
use modewise::learn::descent::descend;
use modewise::learn::directions::start_strengths;
use modewise::learn::linear_network::LinearNetwork;
use modewise::learn::rotation::rotate;
use modewise::learn::start::Start;
use modewise::numerics::linear_algebra::svd::thin_svd;
use modewise::seed::MasterSeed;
use modewise::theory::learning::{finite_step_rate, half_time};

/// Units of the hidden layer, rate of descent, standard deviation of the weights at the start.
const HIDDEN: usize = 16;
const RATE: f64 = 0.002;
const SCALE: f64 = 1e-4;

fn main() -> Result<(), Box<dyn Error>> {
    // Four items: a fish, a bird, a tree and a flower. Nine features tell animals from plants, five fish from birds and
    // two trees from flowers; repeated features are written as one of their common length.
    let y = mat![
        [3.0, 3.0, -3.0, -3.0],
        [f64::sqrt(5.0), -f64::sqrt(5.0), 0.0, 0.0],
        [0.0, 0.0, f64::sqrt(2.0), -f64::sqrt(2.0)],
    ];
    let mut data = thin_svd(y.as_ref())?;
    let (features, items, modes) = (y.nrows(), y.ncols(), data.rank());
    let weights = Start::Normal(SCALE).weights(&[items, HIDDEN, features], &data, MasterSeed(1), 0);

    // Theory: a mode grows from what the start holds of it in the hidden directions that stronger modes leave free, at
    // the rate of descent in steps. Half of it is learned at ln(s/m0 - 1)/2g.
    let start = start_strengths(&mut data, weights[0].as_ref(), weights[1].as_ref())?;
    let expected: Vec<f64> = (0..modes)
        .map(|mode| half_time(data.s[mode], finite_step_rate(data.s[mode], RATE), start.free[mode]))
        .collect();

    // Descent, in the coordinates of the modes; the first time at which each has half of its strength.
    let rotated = rotate(&data, &weights);
    let mut network = LinearNetwork::new(&rotated.s, &rotated.weights);
    let mut measured = vec![f64::NAN; modes];
    descend(&mut network, RATE, |time, network| {
        for (mode, half) in measured.iter_mut().enumerate() {
            if half.is_nan() && network.strength(mode) >= data.s[mode] / 2.0 {
                *half = time;
            }
        }
        if measured.iter().any(|time| time.is_nan()) || network.loss() > 1e-12 {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;

    println!("mode  singular value  half time in theory  in descent  (time = rate x steps)");
    for mode in 0..modes {
        println!("{:>4}  {:>14.4}  {:>19.4}  {:>10.4}", mode + 1, data.s[mode], expected[mode], measured[mode]);
        assert!((measured[mode] / expected[mode] - 1.0).abs() < 0.01, "theory and descent agree within 1 %");
    }
    let left = (rotated.unrotated(network.product()) - &y).norm_l2();
    println!("in the end the network computes Y, but for {left:.1e}");
    Ok(())
}
