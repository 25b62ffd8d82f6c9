//! Biased coins, 64 at a time.

use rand::Rng;

/// A coin that falls on 1 with a probability that is a multiple of `2^-32`.
///
/// ```
/// use modewise::numerics::bits::bernoulli::Bernoulli;
/// use modewise::seed::{MasterSeed, stream};
///
/// let mut rng = stream(MasterSeed::default(), "coins", &"example", 0);
/// assert_eq!(Bernoulli::new(1.0).word(&mut rng), u64::MAX);
/// let heads: u32 = (0..1000).map(|_| Bernoulli::new(0.25).word(&mut rng).count_ones()).sum();
/// assert!((f64::from(heads) / 64_000.0 - 0.25).abs() < 0.01);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bernoulli {
    /// The probability in units of `2^-32`, 0 to `2^32`.
    threshold: u64,
}

impl Bernoulli {
    /// The coin whose probability is nearest to `probability`, which is between 0 and 1.
    ///
    /// # Panics
    /// If it is not.
    pub fn new(probability: f64) -> Self {
        assert!((0.0..=1.0).contains(&probability), "a probability is between 0 and 1");
        Self { threshold: (probability * f64::from(2).powi(32)).round() as u64 }
    }

    /// 64 independent throws, one in each bit.
    ///
    /// Bit-sliced comparison of 64 uniform 32-bit numbers with the threshold, from the highest bit down: the `i`-th
    /// word drawn holds the `i`-th bit of every number. It ends as soon as every comparison is decided, after 7.3
    /// words on average if the threshold has many bits.
    pub fn word(self, rng: &mut impl Rng) -> u64 {
        if self.threshold == 1 << 32 {
            return u64::MAX;
        }
        let (mut below, mut undecided) = (0, u64::MAX);
        // Below the lowest bit of the threshold no number can become smaller than it.
        for bit in (self.threshold.trailing_zeros().min(32)..32).rev() {
            let uniform = rng.next_u64();
            if (self.threshold >> bit) & 1 == 1 {
                below |= undecided & !uniform;
                undecided &= uniform;
            } else {
                undecided &= !uniform;
            }
            if undecided == 0 {
                break;
            }
        }
        below
    }
}
