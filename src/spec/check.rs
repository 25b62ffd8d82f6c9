//! What a check means.

use indexmap::IndexMap;

use crate::spec::formula::Formula;

/// A check: a measure over a table, what is expected of it and how far off is still right.
#[derive(Clone, Debug)]
pub struct Check {
    /// Its name, unique in the claim.
    pub name: String,
    /// What it means, for a reader; Markdown.
    pub about: Option<String>,
    /// The table it looks at.
    pub table: String,
    /// New columns, each a formula over the columns of the table and the new ones before it.
    pub lets: IndexMap<String, Formula>,
    /// The rows it looks at (may use the new columns); all if there is none.
    pub filter: Option<Formula>,
    /// Columns to split by: one finding for each combination of their values. A row (of those that the filter's
    /// conditions on these columns and on keys let through) that misses one breaks the check.
    pub per: Vec<String>,
    /// Two-stage measures: the rows of each combination of these columns become one row ...
    pub group: Vec<String>,
    /// ... with these new columns, formulas with row functions.
    pub reduce: IndexMap<String, Formula>,
    /// The measure: a formula with row functions. Outside of them it may use the columns of `per`.
    pub measure: Formula,
    /// What is expected.
    pub expect: Expectation,
}

impl Check {
    /// Everything that decides its numbers, as text: the table, the rows, the columns, the measure. Not its name.
    pub fn formulas(&self) -> Vec<&str> {
        let lets = self.lets.iter().flat_map(|(name, formula)| [name.as_str(), formula.text.as_str()]);
        let reduce = self.reduce.iter().flat_map(|(name, formula)| [name.as_str(), formula.text.as_str()]);
        std::iter::once(self.table.as_str())
            .chain(["let"])
            .chain(lets)
            .chain(["where"])
            .chain(self.filter.as_ref().map(|filter| filter.text.as_str()))
            .chain(["per"])
            .chain(self.per.iter().map(String::as_str))
            .chain(["group"])
            .chain(self.group.iter().map(String::as_str))
            .chain(["reduce"])
            .chain(reduce)
            .chain(["measure", self.measure.text.as_str()])
            .collect()
    }
}

/// What is expected of a measure. Formulas here may use row functions and the columns of `per`.
#[derive(Clone, Debug, PartialEq)]
pub enum Expectation {
    /// The value, and how far off is still right (absolute, relative to the value, or the larger of both).
    Equals {
        /// The value.
        value: Formula,
        /// How far off, in the unit of the measure.
        absolute: Option<f64>,
        /// How far off, as a part of the value.
        relative: Option<f64>,
    },
    /// Between two values, both allowed.
    Between {
        /// The smaller value.
        low: Formula,
        /// The larger value.
        high: Formula,
    },
    /// At most this.
    AtMost {
        /// The bound.
        bound: Formula,
        /// The value that would be perfect: it gives distances from the bound their scale.
        ideal: Option<f64>,
    },
    /// At least this.
    AtLeast {
        /// The bound.
        bound: Formula,
        /// The value that would be perfect, likewise.
        ideal: Option<f64>,
    },
    /// Exactly this integer.
    Exactly(Formula),
}
