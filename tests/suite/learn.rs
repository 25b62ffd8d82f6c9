//! Tests of `learn` and of the numerical methods that only it uses.

mod beyond;
mod completion;
mod descent;
mod escape;
mod flow;
pub(crate) mod naive;
mod new_feature;
pub(crate) mod reference;
mod rumelhart;
mod start;
mod weighted;
