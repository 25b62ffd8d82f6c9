//! How soon the items of a category are believed to have its features, and how typical of it they are.

use crate::data::Category;
use crate::experiment::common::carrier::Carrier;
use crate::experiment::common::crossing::Crossing;
use crate::experiment::common::subject::Subject;
use crate::experiment::kinds::development::state::State;
use crate::table::{Table, row};

/// Observer of the members of the categories.
pub struct Items<'a> {
    subject: &'a Subject,
    groups: Vec<Group<'a>>,
}

/// A category with its mode.
struct Group<'a> {
    category: &'a Category,
    mode: usize,
    members: Vec<Member>,
    half_learned: bool,
}

/// An item of a category.
struct Member {
    item: usize,
    /// The category's features that it has.
    answers: Vec<(usize, Crossing)>,
    /// Cosine of the output and the prototype when the category's mode is half learned.
    likeness: f64,
}

impl<'a> Items<'a> {
    /// Ready for the first observation.
    pub fn new(subject: &'a Subject) -> Self {
        let y = &subject.sample.y;
        let member = |category: &Category, item: usize| {
            let had = category.features.iter().filter(|&&feature| y[(feature, item)] > 0.0);
            let answers = had.map(|&feature| (feature, Crossing::linear(y[(feature, item)] / 2.0))).collect();
            Member { item, answers, likeness: f64::NAN }
        };
        let group = |category: &'a Category| Group {
            category,
            mode: Carrier::of(category, subject).mode,
            members: category.items.iter().map(|&item| member(category, item)).collect(),
            half_learned: false,
        };
        Self { subject, groups: subject.sample.categories.iter().map(group).collect() }
    }

    /// The next state.
    pub fn observe(&mut self, state: &State) {
        for group in &mut self.groups {
            let mode = group.mode;
            let reached = !group.half_learned && state.chain.strength(mode) >= state.chain.s()[mode] / 2.0;
            group.half_learned |= reached;
            for member in &mut group.members {
                for (feature, half) in &mut member.answers {
                    half.observe(state.time, state.output[(*feature, member.item)]);
                }
                if reached {
                    let output = state.output.col(member.item);
                    member.likeness = cosine(output.iter(), self.subject.rotated.u.col(mode).iter());
                }
            }
        }
    }

    /// One row per item of each category.
    pub fn write(&self, replicate: u64, table: &mut Table) {
        for (number, group) in self.groups.iter().enumerate() {
            let prototype = self.subject.rotated.u.col(group.mode);
            for member in &group.members {
                let own = self.subject.sample.y.col(member.item);
                row!(
                    table,
                    replicate,
                    category: number + 1,
                    item: member.item + 1,
                    typicality: self.subject.rotated.v[(member.item, group.mode)].abs(),
                    had: member.answers.len() as f64 / group.category.features.len() as f64,
                    answer_time: member.answer_time(),
                    prototype_match: member.likeness,
                    own_match: cosine(own.iter(), prototype.iter()),
                );
            }
        }
    }
}

impl Member {
    /// Mean time at which half of the truth is answered; missing if one never is, or if there is none.
    fn answer_time(&self) -> f64 {
        let times = self.answers.iter().map(|(_, half)| half.at().unwrap_or(f64::NAN));
        times.sum::<f64>() / self.answers.len() as f64
    }
}

/// Size of the cosine of the angle between two patterns.
fn cosine<'a>(one: impl Iterator<Item = &'a f64>, other: impl Iterator<Item = &'a f64>) -> f64 {
    let (mut both, mut squares) = (0.0, [0.0; 2]);
    for (one, other) in one.zip(other) {
        both += one * other;
        squares[0] += one * one;
        squares[1] += other * other;
    }
    both.abs() / (squares[0] * squares[1]).sqrt()
}
