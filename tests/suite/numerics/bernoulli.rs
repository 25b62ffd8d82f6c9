use modewise::numerics::bits::bernoulli::Bernoulli;
use modewise::seed::{MasterSeed, stream};
use rand::Rng;

const PROBABILITIES: [f64; 8] = [0.0, 1.0, 0.5, 0.1, 1.0 / 3.0, 0.999, 0.25, 1.0 / 4_294_967_296.0];

#[test]
fn a_throw_is_1_exactly_where_the_uniform_number_is_below_the_threshold() {
    for probability in PROBABILITIES {
        let coin = Bernoulli::new(probability);
        let threshold = (probability * 4_294_967_296.0).round() as u64;
        for replicate in 0..50 {
            let word = coin.word(&mut stream(MasterSeed(1), "coin", &probability, replicate));
            let mut rng = stream(MasterSeed(1), "coin", &probability, replicate);
            let planes: Vec<u64> = (0..32).map(|_| rng.next_u64()).collect();
            for lane in 0..64 {
                let uniform = planes.iter().fold(0_u64, |number, plane| (number << 1) | ((plane >> lane) & 1));
                assert_eq!(
                    (word >> lane) & 1 == 1,
                    uniform < threshold,
                    "{probability}, word {replicate}, lane {lane}"
                );
            }
        }
    }
}

#[test]
fn the_share_of_ones_is_the_probability() {
    for probability in PROBABILITIES {
        let mut rng = stream(MasterSeed(2), "coin", &probability, 0);
        let words = 20_000;
        let ones: u32 = (0..words).map(|_| Bernoulli::new(probability).word(&mut rng).count_ones()).sum();
        let throws = f64::from(words) * 64.0;
        let five_sigma = 5.0 * (probability * (1.0 - probability) / throws).sqrt() + 1e-12;
        let share = f64::from(ones) / throws;
        assert!((share - probability).abs() <= five_sigma, "{probability}: {share}");
    }
}
