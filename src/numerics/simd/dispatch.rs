//! Kernels compiled for the widest registers that the machine has.

use multiversion::multiversion;
use multiversion::target::match_target;

/// Compiles a function for the processors that are told apart, the widest registers first. This is the only list: what is
/// decided by the width of the registers is decided by it.
///
/// Registers of eight numbers are not used on the first processors that have them, whose clock they slow;
/// `avx512vpopcntdq` came with those after.
macro_rules! for_each_processor {
    ($($function:tt)*) => {
        #[multiversion(targets(
            "x86_64+avx2+fma+bmi1+bmi2+lzcnt+popcnt+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+avx512vpopcntdq",
            "x86_64+avx2+fma+bmi1+bmi2+lzcnt+popcnt"
        ))]
        $($function)*
    };
}

for_each_processor! {
    /// Runs a kernel compiled for the registers found at run time: loops over slices that are inlined into it take eight or
    /// four numbers at a time where the machine can.
    ///
    /// The bits do not depend on the width. The compiler only reorders what does not matter: it keeps the order of additions
    /// that the source has, and never fuses a product with a sum that the source does not fuse.
    ///
    /// The closure needs `#[inline(always)]`, and so do the functions that it calls: what is not inlined is compiled for the
    /// narrowest machine. That holds for the closures of iterators too, so write loops.
    ///
    /// ```
    /// use modewise::numerics::simd::dispatch::with_simd;
    ///
    /// let mut values = [1.0, 2.0, 3.0];
    /// with_simd(
    ///     #[inline(always)]
    ///     || {
    ///         for value in &mut values {
    ///             *value *= 2.0;
    ///         }
    ///     },
    /// );
    /// assert_eq!(values, [2.0, 4.0, 6.0]);
    /// ```
    pub fn with_simd<R>(kernel: impl FnOnce() -> R) -> R {
        kernel()
    }
}

for_each_processor! {
    /// How many numbers (`f64`) the registers of [`with_simd`] hold, 8 or 4. No result may depend on it.
    pub fn simd_lanes() -> usize {
        match_target! {
            "x86_64+avx512f" => 8,
            _ => 4,
        }
    }
}
