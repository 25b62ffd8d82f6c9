//! What experiments share: problems, learners, observed flows, crossings, snapshots, closed forms.

pub mod closed_form;
pub mod crossing;
pub mod learner;
pub mod observation;
pub mod snapshots;
pub mod subject;
pub mod thinned;
