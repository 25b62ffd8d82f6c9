//! What experiments share: problems, learners, observed flows, crossings, snapshots, stages, splits, closed forms, canonical forms.

pub mod balance;
pub mod canonical;
pub mod closed_form;
pub mod crossing;
pub mod learner;
pub mod observation;
pub mod problem;
pub mod splits;
pub mod subject;
pub mod thinned;

pub mod carrier;
pub mod learning;
pub mod snapshots;
pub mod stages;
