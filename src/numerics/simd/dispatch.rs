//! Kernels compiled for the widest registers that the machine has.

use multiversion::multiversion;

/// Runs a kernel compiled for the registers found at run time: loops over slices that are inlined into it take eight or
/// four numbers at a time where the machine can. (Eight not on the first processors that could, whose clock they slow.)
///
/// The bits do not depend on the width. The compiler only reorders what does not matter: it keeps the order of additions
/// that the source has, and never fuses a product with a sum that the source does not fuse.
///
/// The closure wants `#[inline(always)]`, and so do the functions that it calls: what is not inlined is compiled for the
/// narrowest machine. That holds for the closures of iterators too: write loops.
#[multiversion(targets(
    "x86_64+avx2+fma+bmi1+bmi2+lzcnt+popcnt+avx512f+avx512bw+avx512cd+avx512dq+avx512vl",
    "x86_64+avx2+fma+bmi1+bmi2+lzcnt+popcnt"
))]
pub fn wide<R>(kernel: impl FnOnce() -> R) -> R {
    kernel()
}

/// How many numbers the registers of [`wide`] hold. No result may depend on it.
pub fn lanes() -> usize {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx512f") && std::arch::is_x86_feature_detected!("avx512vpopcntdq") {
        return 8;
    }
    4
}
