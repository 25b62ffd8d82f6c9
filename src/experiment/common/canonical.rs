//! The canonical form of parameters, by which experiments are told apart.

use serde::Serialize;
use serde_json::Value as Json;

/// The parameters as they are, but for `exceptions`: parameters that stand for something else, such as a data set for
/// what its files hold.
///
/// Because it begins with all of them, a parameter that was added and forgotten tells experiments apart that are the
/// same, and costs a run; it never gives one experiment the numbers of another.
///
/// # Panics
/// If an exception is not one of the parameters.
pub fn canonical<const N: usize>(parameters: &impl Serialize, exceptions: [(&str, Json); N]) -> Json {
    let mut canonical = serde_json::to_value(parameters).expect("parameters are plain data with string keys");
    for (name, value) in exceptions {
        *canonical.get_mut(name).unwrap_or_else(|| panic!("`{name}` is not a parameter")) = value;
    }
    canonical
}
