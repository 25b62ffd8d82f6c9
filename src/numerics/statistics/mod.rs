//! Estimates, intervals, rank correlations, clusterings.

pub mod binomial;
pub mod bootstrap;
pub mod crossing;
pub mod dendrogram;
pub mod extreme;
pub mod least_squares_line;
pub mod moments;
pub mod otsu_threshold;
pub mod quantile;
pub mod rand_index;
pub mod rank_correlation;
pub mod student;
