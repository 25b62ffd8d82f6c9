//! What one thread of this machine can do at most, and times beside it.

use std::hint::black_box;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use criterion::Throughput;
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use modewise::numerics::linear_algebra::reductions::sum;
use modewise::numerics::simd::dispatch::{simd_lanes, with_simd};
use modewise::seed::{MasterSeed, stream};
use rand::Rng;

/// Rates of one thread, measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Floating-point operations a second, two in each fused product and sum.
    arithmetic: f64,
    /// Bytes a second, read from memory.
    memory: f64,
    /// Random bits a second.
    randomness: f64,
}

/// Those of this machine; measured in half a second when first asked for.
static LIMITS: LazyLock<Limits> = LazyLock::new(Limits::measure);

impl Limits {
    fn measure() -> Self {
        let limits = Self { arithmetic: arithmetic(), memory: memory(), randomness: randomness() };
        let Self { arithmetic, memory, randomness } = limits;
        println!(
            "Limits of a thread: {:.1} GFLOP/s, {:.1} GB/s read, {:.1} random Gbit/s\n",
            arithmetic / 1e9,
            memory / 1e9,
            randomness / 1e9
        );
        limits
    }
}

/// The highest rate of several runs of work of that size.
#[expect(clippy::disallowed_methods, reason = "times are finite")]
fn best(size: f64, mut work: impl FnMut()) -> f64 {
    let rate = |_| {
        let before = WallTime.start();
        work();
        size / WallTime.end(before).as_secs_f64()
    };
    (0..12).map(rate).fold(0.0, f64::max)
}

fn arithmetic() -> f64 {
    const CHAINS: usize = 10;
    const ROUNDS: usize = 1_000_000;
    let size = |lanes: usize| (2 * lanes * CHAINS * ROUNDS) as f64;
    match simd_lanes() {
        8 => best(size(8), fused::<8, CHAINS, ROUNDS>),
        _ => best(size(4), fused::<4, CHAINS, ROUNDS>),
    }
}

/// Fused products and sums in as many chains as hide how long one takes, all in registers: the sums are the kernel's
/// own, because what it borrowed would stand in memory.
fn fused<const LANES: usize, const CHAINS: usize, const ROUNDS: usize>() {
    let (start, factor, term) = (black_box(1.0_f64), black_box(0.5_f64), black_box(1.0_f64));
    let sums = with_simd(
        #[inline(always)]
        move || {
            let (mut sums, factors, terms) = ([[start; LANES]; CHAINS], [factor; LANES], [term; LANES]);
            for _ in 0..ROUNDS {
                for sums in &mut sums {
                    for ((sum, factor), term) in sums.iter_mut().zip(&factors).zip(&terms) {
                        *sum = sum.mul_add(*factor, *term);
                    }
                }
            }
            sums
        },
    );
    black_box(sums);
}

/// A sum over more than any cache holds.
fn memory() -> f64 {
    let numbers = vec![1.0; 1 << 25];
    best((8 * numbers.len()) as f64, || {
        black_box(sum(black_box(&numbers)));
    })
}

fn randomness() -> f64 {
    const WORDS: u64 = 10_000_000;
    let mut rng = stream(MasterSeed::default(), "benchmark", &"limit", 0);
    best((64 * WORDS) as f64, || {
        black_box((0..WORDS).fold(0, |all, _| all ^ rng.next_u64()));
    })
}

/// Wall-clock time; throughputs are rates with their share of a limit: elements are floating-point operations, bytes
/// are bytes of memory, bits are random ones.
pub(crate) struct AgainstLimits {
    time: WallTime,
    words: Words,
}

impl Default for AgainstLimits {
    fn default() -> Self {
        Self { time: WallTime, words: Words(WallTime) }
    }
}

impl Measurement for AgainstLimits {
    type Intermediate = Instant;
    type Value = Duration;

    fn start(&self) -> Instant {
        self.time.start()
    }

    fn end(&self, start: Instant) -> Duration {
        self.time.end(start)
    }

    fn add(&self, one: &Duration, other: &Duration) -> Duration {
        self.time.add(one, other)
    }

    fn zero(&self) -> Duration {
        self.time.zero()
    }

    fn to_f64(&self, time: &Duration) -> f64 {
        self.time.to_f64(time)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        &self.words
    }
}

/// Times in criterion's words, throughputs in ours.
struct Words(WallTime);

impl ValueFormatter for Words {
    fn format_throughput(&self, throughput: &Throughput, nanoseconds: f64) -> String {
        let (amount, unit, limit) = match *throughput {
            Throughput::Bits(bits) => (bits, "random Gbit/s", LIMITS.randomness),
            Throughput::Bytes(bytes) | Throughput::BytesDecimal(bytes) => (bytes, "GB/s", LIMITS.memory),
            Throughput::Elements(operations) | Throughput::ElementsAndBytes { elements: operations, .. } => {
                (operations, "GFLOP/s", LIMITS.arithmetic)
            }
        };
        let rate = amount as f64 / (nanoseconds * 1e-9);
        format!("{:.3} {unit} ({:.1} % of the limit)", rate / 1e9, 100.0 * rate / limit)
    }

    fn scale_values(&self, typical: f64, values: &mut [f64]) -> &'static str {
        self.0.formatter().scale_values(typical, values)
    }

    fn scale_throughputs(&self, typical: f64, throughput: &Throughput, values: &mut [f64]) -> &'static str {
        self.0.formatter().scale_throughputs(typical, throughput, values)
    }

    fn scale_for_machines(&self, values: &mut [f64]) -> &'static str {
        self.0.formatter().scale_for_machines(values)
    }
}
