//! Names of the items of data sets that have them.

use serde_json::Value as Json;

use crate::data::living_things::ITEMS;

/// Names of the items of `contrast`.
const CONTRAST: [&str; 4] = ["fish", "bird", "tree", "flower"];

/// The names of the items of a data set as a spec gives it, in order of the columns; none where they have none.
///
/// ```
/// let data = serde_json::json!({"living-things": {}});
/// assert_eq!(modewise::data::names::item_names(&data).map(|names| names[0]), Some("pine"));
/// ```
pub fn item_names(data: &Json) -> Option<&'static [&'static str]> {
    match data.as_object()?.keys().next()?.as_str() {
        "living-things" => Some(&ITEMS),
        "contrast" => Some(&CONTRAST),
        _ => None,
    }
}
