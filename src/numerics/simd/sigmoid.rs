//! Exponentials and sigmoids of many numbers at once.

use crate::numerics::simd::dispatch::with_simd;

/// `ln 2` in two parts: the first has 33 bits, so that its products with whole numbers up to `2^20` are exact.
const LN_2: [f64; 2] = [f64::from_bits(0x3FE6_2E42_FEE0_0000), f64::from_bits(0x3DEA_39EF_3579_3C76)];

/// Adding it rounds a number below `2^51` to a whole one, which then stands in the lowest bits.
const ROUNDING: f64 = 6_755_399_441_055_744.0;

/// `1/n!` from `n = 13` down to 2.
const INVERSE_FACTORIALS: [f64; 12] = [
    1.0 / 6_227_020_800.0,
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    1.0 / 2.0,
];

/// `e^x` to 1 ulp, for `x` moved into -708 to 709, where it is a normal number; `NaN` of `NaN`. Without a branch or a
/// table, so that many are computed at once, with the same bits on every machine (fused products and sums are exact by
/// definition; where the machine has none they are slow).
///
/// `x = k ln 2 + r` with `|r| <= ln 2/2`; `e^r` by its Taylor polynomial, whose remainder `r^14/14!` is below
/// `2^-57`; times `2^k`, written into the bits of the exponent.
///
/// ```
/// use modewise::numerics::simd::sigmoid::exp;
///
/// assert_eq!(exp(0.0), 1.0);
/// assert!((exp(1.0) - std::f64::consts::E).abs() < 1e-15);
/// ```
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    exps([x])[0]
}

/// [`exp`] of each number, stage by stage, so that the products of one need not wait for those of another.
#[inline(always)]
fn exps<const N: usize>(mut x: [f64; N]) -> [f64; N] {
    let mut powers = [0.0; N];
    for (r, power) in x.iter_mut().zip(&mut powers) {
        let x = r.clamp(-708.0, 709.0);
        let rounded = x * std::f64::consts::LOG2_E + ROUNDING;
        let k = rounded - ROUNDING;
        *r = k.mul_add(-LN_2[1], k.mul_add(-LN_2[0], x));
        *power = f64::from_bits((rounded.to_bits() << 52).wrapping_add(1.0_f64.to_bits()));
    }
    let [highest, lower @ ..] = INVERSE_FACTORIALS;
    let mut rests = [highest; N];
    for factor in lower {
        for (rest, r) in rests.iter_mut().zip(&x) {
            *rest = rest.mul_add(*r, factor);
        }
    }
    for ((r, rest), power) in x.iter_mut().zip(&rests).zip(&powers) {
        *r = (1.0 + (*r * *r).mul_add(*rest, *r)) * power;
    }
    x
}

/// How many sigmoids are computed at once: as many as keep the registers busy and still stay in them or close by.
const AT_ONCE: usize = 24;

/// Replaces each `x` by `1/(1 + e^-x)`, with a relative error of at most 2 eps; `x` below -709 counts as -709.
///
/// ```
/// use modewise::numerics::simd::sigmoid::sigmoids;
///
/// let mut values = [0.0, 2.0, -2.0];
/// sigmoids(&mut values);
/// assert_eq!(values[0], 0.5);
/// assert!((values[1] + values[2] - 1.0).abs() < 1e-15);
/// ```
pub fn sigmoids(values: &mut [f64]) {
    with_simd(
        #[inline(always)]
        || {
            let (chunks, rest) = values.as_chunks_mut::<AT_ONCE>();
            for chunk in chunks {
                sigmoids_at_once(chunk);
            }
            if !rest.is_empty() {
                let mut chunk = [0.0; AT_ONCE];
                chunk[..rest.len()].copy_from_slice(rest);
                sigmoids_at_once(&mut chunk);
                rest.copy_from_slice(&chunk[..rest.len()]);
            }
        },
    );
}

#[inline(always)]
fn sigmoids_at_once(values: &mut [f64; AT_ONCE]) {
    for x in &mut *values {
        *x = -*x;
    }
    *values = exps(*values);
    for x in values {
        *x = 1.0 / (1.0 + *x);
    }
}
