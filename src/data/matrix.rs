//! A table written in the spec.

use faer::Mat;
use rand_pcg::Pcg64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::sample::{Generator, MOST_ENTRIES, Sample};
use crate::parameter::{BuildError, Refusals};

/// A table written out, features x items. Nothing is random, and the theory says nothing about it but its spectrum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Matrix {
    /// A row for each feature, with one number for each item.
    pub rows: Vec<Vec<f64>>,
}

impl Matrix {
    /// The table, if its rows are of equal length and its numbers finite.
    pub(crate) fn checked(&self) -> Result<Fixed, BuildError> {
        let mut refusals = Refusals::new();
        let items = self.rows.first().map_or(0, Vec::len);
        if items == 0 {
            refusals
                .refuse("data.matrix.rows", "holds no numbers (allowed: at least one row with at least one number)");
        }
        if self.rows.len().saturating_mul(items) > MOST_ENTRIES {
            refusals.refuse("data.matrix.rows", format!("is too large (allowed: up to {MOST_ENTRIES} numbers)"));
        }
        for (number, row) in self.rows.iter().enumerate() {
            let path = format!("data.matrix.rows.{number}");
            refusals.unless(
                row.len() == items,
                &path,
                format!("{} numbers long", row.len()),
                &format!("as long as the first, {items}"),
            );
            if let Some(place) = row.iter().position(|value| !value.is_finite()) {
                refusals.unless(false, &format!("{path}.{place}"), row[place], "finite numbers");
            }
        }
        refusals.finish()?;
        Ok(Fixed(Mat::from_fn(self.rows.len(), items, |feature, item| self.rows[feature][item])))
    }
}

/// Always the same table, features x items.
#[derive(Clone, Debug)]
pub(crate) struct Fixed(pub(crate) Mat<f64>);

impl Generator for Fixed {
    fn shape(&self) -> (usize, usize) {
        (self.0.nrows(), self.0.ncols())
    }

    fn is_random(&self) -> bool {
        false
    }

    fn draw(&self, _: &mut Pcg64) -> Sample {
        Sample::plain(self.0.clone())
    }
}
