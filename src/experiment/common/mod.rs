//! What experiments share: problems, learners, observed flows, crossings, snapshots, splits, closed forms, canonical forms.

pub mod balance;
pub mod canonical;
pub mod carrier;
pub mod closed_form;
pub mod crossing;
pub mod learner;
pub mod learning;
pub mod observation;
pub mod problem;
pub mod snapshots;
pub mod splits;
pub mod subject;
pub mod thinned;
