//! Estimates, intervals, correlations, clusterings.
//!
//! **Begin here**: [`bootstrap::interval`] for the interval of any statistic of independent replicates and
//! [`binomial::clopper_pearson`] for that of a probability; [`moments`] and [`quantile`] describe values,
//! [`correlation`], [`rank_correlation`] and [`least_squares_line`] pairs of values, [`crossing`] curves, [`dendrogram`]
//! distances, [`otsu_threshold`] two classes, [`rand_index`] two partitions, [`neighbours`] the order of a table's columns.
//!
//! ```
//! use modewise::numerics::statistics::{moments::mean, quantile::median, rank_correlation::kendall_tau_b};
//!
//! assert_eq!(mean(&[1.0, 2.0, 6.0]), 3.0);
//! assert_eq!(median(&[1.0, 2.0, 6.0]), 2.0);
//! assert_eq!(kendall_tau_b(&[1.0, 2.0, 3.0], &[10.0, 100.0, 1000.0]), 1.0);
//! ```

pub mod binomial;
pub mod crossing;
pub mod decimal;
pub mod dendrogram;
pub mod extreme;
pub mod moments;
pub mod neighbours;
pub mod order_statistic;
pub mod otsu_threshold;
pub mod quantile;
pub mod rand_index;
pub mod student;

pub mod betting;
pub mod bootstrap;
pub mod correlation;
pub mod least_squares_line;
pub mod rank_correlation;
