use modewise::numerics::simd::dispatch::with_simd;
use modewise::numerics::simd::sigmoid::{exp, sigmoids};

/// Distance of two positive numbers in units of the last place of the second.
fn ulps(observed: f64, expected: f64) -> u64 {
    observed.to_bits().abs_diff(expected.to_bits())
}

/// From -708 to 709 in steps of an odd size, and closely around 0 and around the halves of ln 2, where the reduction
/// changes its whole number.
fn grid() -> Vec<f64> {
    let wide = (0..1_000_000).map(|step| -708.0 + 0.001_416_999 * f64::from(step));
    let close = (-200_000..200_000).map(|step| 1.3e-5 * f64::from(step));
    let borders = (-200..200).flat_map(|half| {
        let border = (f64::from(half) + 0.5) * std::f64::consts::LN_2;
        [border.next_down(), border, border.next_up()]
    });
    wide.chain(close).chain(borders).collect()
}

#[test]
fn the_exponential_is_that_of_libm_to_two_ulp() {
    let worst = grid().into_iter().map(|x| (ulps(exp(x), libm::exp(x)), x)).max_by_key(|(ulps, _)| *ulps);
    let (ulps, x) = worst.expect("the grid has points");
    // Both are within 1 ulp of the truth.
    assert!(ulps <= 2, "{ulps} ulp at {x}");
    assert_eq!(exp(0.0), 1.0);
}

#[test]
fn beyond_its_range_the_exponential_stays_where_it_ends() {
    assert_eq!(exp(-1e5).to_bits(), exp(-708.0).to_bits());
    assert_eq!(exp(f64::NEG_INFINITY).to_bits(), exp(-708.0).to_bits());
    assert_eq!(exp(f64::INFINITY).to_bits(), exp(709.0).to_bits());
    assert!(exp(f64::NAN).is_nan());
}

#[test]
fn sigmoids_are_right_to_four_eps_between_0_and_1() {
    let grid = grid();
    let mut values = grid.clone();
    sigmoids(&mut values);
    for (x, value) in grid.into_iter().zip(values) {
        let expected = 1.0 / (1.0 + libm::exp(-x));
        // The exponentials differ by 2 eps; on either side a sum and a quotient are rounded, each by eps/2.
        let error = (value / expected - 1.0).abs();
        assert!(error <= 4.0 * f64::EPSILON && (0.0..=1.0).contains(&value), "{x}: {value} {expected}");
    }
}

#[test]
fn wide_registers_give_the_same_bits_as_one_number_at_a_time() {
    let grid = grid();
    let mut together = grid.clone();
    with_simd(
        #[inline(always)]
        || {
            for x in &mut together {
                *x = exp(*x);
            }
        },
    );
    for (x, together) in grid.into_iter().zip(together) {
        assert_eq!(exp(std::hint::black_box(x)).to_bits(), together.to_bits(), "{x}");
    }
    // However a slice is cut, down to single numbers.
    let mut whole: Vec<f64> = (0..37).map(|step| f64::from(step) - 18.3).collect();
    let mut pieces = whole.clone();
    sigmoids(&mut whole);
    pieces.chunks_mut(3).for_each(sigmoids);
    assert_eq!(whole, pieces);
}
