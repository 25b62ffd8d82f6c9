//! What a finding would be with another master seed.

use modewise::judge::decision::verdict;
use modewise::judge::repeat::Repeat;
use modewise::judge::verdict::Verdict;
use modewise::numerics::statistics::binomial::clopper_pearson;
use modewise::numerics::statistics::bootstrap::half_width;
use modewise::seed::{MasterSeed, stream};
use rand::RngExt;
use rand_distr::StandardNormal;
use rand_pcg::Pcg64;

const CONFIDENCE: f64 = 0.99;
const N: u64 = 16;

/// Mean and interval of `N` normal deviates around `truth`.
fn measured(truth: f64, rng: &mut Pcg64) -> (f64, [f64; 2]) {
    let x: Vec<f64> = (0..N).map(|_| truth + rng.sample::<f64, _>(StandardNormal)).collect();
    let n = N as f64;
    let mean = x.iter().sum::<f64>() / n;
    // The spread of resampled means has `n` in its denominator; `half_width` makes up for it.
    let spread = (x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt() / n.sqrt();
    let half = half_width(N as usize, CONFIDENCE) * spread;
    (mean, [mean - half, mean + half])
}

#[test]
fn predictions_of_a_mean_come_true_as_often_as_they_say() {
    let mut rng = stream(MasterSeed(1), "test", &"repeat", 0);
    let band = [None, Some(0.0)];
    // By tenths of the predicted chance: number, sum of predictions, what came true.
    let mut holds = [(0u32, 0.0, 0u32); 10];
    let mut fails = [(0u32, 0.0, 0u32); 10];
    for _ in 0..100_000 {
        let truth = rng.random_range(-4.0..4.0);
        let (mean, interval) = measured(truth, &mut rng);
        let predicted = Repeat::of_value(mean, interval, band, N, CONFIDENCE);
        let came = verdict(measured(truth, &mut rng).1, band);
        for (bins, chance, of) in
            [(&mut holds, predicted.holds, Verdict::Holds), (&mut fails, predicted.fails, Verdict::Fails)]
        {
            let bin = &mut bins[((chance * 10.0) as usize).min(9)];
            *bin = (bin.0 + 1, bin.1 + chance, bin.2 + u32::from(came == of));
        }
    }
    for (number, predicted, came) in holds.into_iter().chain(fails) {
        let (predicted, came) = (predicted / f64::from(number), f64::from(came) / f64::from(number));
        // A bin of 1000 has a standard error of 1.6 %.
        assert!((predicted - came).abs() < 0.05, "{number} predictions of {predicted:.3} came true in {came:.3}");
    }
}

#[test]
fn chances_of_a_fraction_are_beta_binomial() {
    // Without any success or failure the chances of 0, 1, ... successes in 2 trials, with B(5/2, 1/2) after 2 of 2:
    // P(0) = B(5/2, 5/2) / B(5/2, 1/2) = 1/16, P(1) = 2 B(7/2, 3/2) / B(5/2, 1/2) = 5/24, P(2) = 35/48.
    let band_above = |k: u64| [Some(clopper_pearson(k, 2, CONFIDENCE)[1] + 1e-9), None];
    for (k, chance) in [(0, 1.0 / 16.0), (1, 1.0 / 16.0 + 5.0 / 24.0)] {
        let Repeat { fails, .. } = Repeat::of_fraction(2, 2, band_above(k), CONFIDENCE);
        assert!((fails - chance).abs() < 1e-12, "{fails} for {chance}");
    }
    let all = Repeat::of_fraction(3, 10, [Some(0.0), Some(1.0)], CONFIDENCE);
    assert!((all.holds - 1.0).abs() < 1e-12 && all.fails == 0.0, "{all:?}");
}

#[test]
fn a_value_without_spread_is_what_it_is() {
    let at = |band| Repeat::of_value(1.0, [1.0, 1.0], band, 8, CONFIDENCE);
    assert_eq!(at([None, Some(2.0)]), Repeat { holds: 1.0, fails: 0.0 });
    assert_eq!(at([Some(2.0), None]), Repeat { holds: 0.0, fails: 1.0 });
}

#[test]
fn the_far_edge_of_a_band_counts_as_well() {
    let interval = [0.9, 1.1];
    let one = Repeat::of_value(1.0, interval, [None, Some(1.2)], 100, CONFIDENCE);
    let two = Repeat::of_value(1.0, interval, [Some(0.8), Some(1.2)], 100, CONFIDENCE);
    assert!((two.fails - 2.0 * one.fails).abs() < 1e-12 && two.fails > 0.0);
    assert!((1.0 - two.holds - 2.0 * (1.0 - one.holds)).abs() < 1e-9);
}
