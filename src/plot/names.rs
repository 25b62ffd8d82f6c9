//! Names of the items of data sets that have them.

use crate::data::Data;
use crate::data::living_things::ITEMS;

/// Names of the items of `contrast`, of which there are four if none is said to be there more than once.
const CONTRAST: [&str; 4] = ["fish", "bird", "tree", "flower"];

/// The names of the items of a data set, in order of the columns; none where they have none.
pub(super) fn item_names(data: &Data) -> Option<&'static [&'static str]> {
    match data {
        Data::LivingThings(_) => Some(&ITEMS),
        Data::Contrast(_) => Some(&CONTRAST),
        Data::Tree(_)
        | Data::NestedSplits(_)
        | Data::DrawnPaths(_)
        | Data::Planted(_)
        | Data::Ring(_)
        | Data::Matrix(_)
        | Data::Csv(_) => None,
    }
}
