//! Kernels compiled for the widest registers that the machine has.

use pulp::Arch;

/// Runs a kernel compiled for the registers found at run time: loops over slices that are inlined into it take four
/// numbers at a time where the machine can.
///
/// The bits do not depend on the width. The compiler only reorders what does not matter: it keeps the order of additions
/// that the source has, and never fuses a product with a sum that the source does not fuse.
///
/// The closure wants `#[inline(always)]`, and so do the functions that it calls: what is not inlined is compiled for the
/// narrowest machine. That holds for the closures of iterators too: write loops.
#[inline]
pub fn wide<R>(kernel: impl FnOnce() -> R) -> R {
    Arch::new().dispatch(kernel)
}
