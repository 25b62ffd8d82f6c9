//! The parameters of every point of a sweep.

use serde_json::{Map, Value as Json};

use super::control::Control;
use crate::spec::axis::{Axis, AxisParameter};
use crate::spec::claim::Claim;

/// Replicates that are computed and stored together: those of one cell. The last cell of a point may have fewer.
pub const BATCH: u64 = 16;

/// Parameters of a point, and what the axes say there.
#[derive(Clone)]
pub struct Setting<'a> {
    /// Parameters of the experiment, axes and control put in.
    pub parameters: Json,
    /// The axes' parameters in the order of the sweep, each with its value.
    pub axes: Vec<AxisValue<'a>>,
    /// For each axis the number of its stop; none where a control dropped the axis.
    pub stops: Vec<Option<usize>>,
}

/// The value of a parameter that an axis sets.
#[derive(Clone)]
pub struct AxisValue<'a> {
    /// The parameter.
    pub parameter: &'a AxisParameter,
    /// Its value; null where a control dropped the axis and nothing else sets the parameter.
    pub value: Json,
}

/// The points of a claim, or of one of its controls: the product of the axes, the last moving fastest.
///
/// An axis that sets a parameter which the control sets too is dropped; its columns then hold the one value that the
/// parameter has in the control, so that formulas and `per` may still name them.
pub fn settings<'a>(claim: &'a Claim, control: Option<&Control>) -> Vec<Setting<'a>> {
    of(&claim.parameters, &claim.sweep, control.into_iter().flat_map(|control| &control.set))
}

/// The points of a sweep with changes to the parameters.
pub fn of<'a, 'c>(
    parameters: &Json,
    sweep: &'a [Axis],
    changes: impl IntoIterator<Item = (&'c String, &'c Json)>,
) -> Vec<Setting<'a>> {
    let changes: Vec<_> = changes.into_iter().collect();
    let mut base = parameters.clone();
    for (path, value) in &changes {
        set(&mut base, path, (*value).clone());
    }
    let mut points = vec![Setting { parameters: base, axes: Vec::new(), stops: Vec::new() }];
    for axis in sweep {
        let dropped = changes.iter().any(|(path, _)| sets(axis, path));
        points =
            if dropped { points.into_iter().map(|point| point.fixed(axis)).collect() } else { product(&points, axis) };
    }
    points
}

/// Whether an axis sets the parameter at a path, something inside of it or something around it.
pub fn sets(axis: &Axis, path: &str) -> bool {
    axis.parameters.iter().any(|parameter| inside(&parameter.path, path) || inside(path, &parameter.path))
}

/// Whether a path is another one or leads into it.
pub fn inside(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Every point at every stop of an axis.
fn product<'a>(points: &[Setting<'a>], axis: &'a Axis) -> Vec<Setting<'a>> {
    let stops = |point: &Setting<'a>| (0..axis.values.len()).map(|stop| point.at(axis, stop)).collect::<Vec<_>>();
    points.iter().flat_map(stops).collect()
}

impl<'a> Setting<'a> {
    /// The point with an axis at one of its stops.
    fn at(&self, axis: &'a Axis, stop: usize) -> Self {
        let mut point = self.clone();
        point.stops.push(Some(stop));
        for (parameter, value) in axis.parameters.iter().zip(&axis.values[stop]) {
            set(&mut point.parameters, &parameter.path, value.clone());
            point.axes.push(AxisValue { parameter, value: value.clone() });
        }
        point
    }

    /// The point without moving an axis.
    fn fixed(mut self, axis: &'a Axis) -> Self {
        self.stops.push(None);
        for parameter in &axis.parameters {
            let value = get(&self.parameters, &parameter.path).cloned().unwrap_or(Json::Null);
            self.axes.push(AxisValue { parameter, value });
        }
        self
    }
}

impl AxisValue<'_> {
    /// The value in the column: a number as it is, any other value as its place in the labels; missing if it is in
    /// neither.
    pub fn number(&self) -> f64 {
        match &self.parameter.labels {
            None => self.value.as_f64().unwrap_or(f64::NAN),
            Some(labels) => {
                let place = labels.iter().position(|label| *label == label_of(&self.value));
                place.map_or(f64::NAN, |place| place as f64)
            }
        }
    }

    /// For a reader: `hidden = 32`.
    pub fn text(&self) -> String {
        format!("{} = {}", self.parameter.column, label_of(&self.value))
    }
}

/// A value as the text that labels it: text as it is, a list of text or numbers with commas between them, anything else
/// as compact JSON.
///
/// ```
/// use modewise::spec::setting::label_of;
/// use serde_json::json;
///
/// assert_eq!(label_of(&json!("known")), "known");
/// assert_eq!(label_of(&json!(["is", "can", 3])), "is, can, 3");
/// assert_eq!(label_of(&json!({"rate": 2})), "{\"rate\":2}");
/// ```
pub fn label_of(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(items) if !items.iter().any(|item| item.is_array() || item.is_object()) => {
            items.iter().map(label_of).collect::<Vec<_>>().join(", ")
        }
        _ => value.to_string(),
    }
}

/// The parameter at a dotted path; list items by their number.
pub fn get<'a>(parameters: &'a Json, path: &str) -> Option<&'a Json> {
    path.split('.').try_fold(parameters, |place, word| match place {
        Json::Array(items) => items.get(word.parse::<usize>().ok()?),
        _ => place.get(word),
    })
}

/// Sets the parameter at a dotted path; maps that are not there are made.
pub fn set(parameters: &mut Json, path: &str, value: Json) {
    *path.split('.').fold(parameters, below) = value;
}

/// The place below a map or a list. Anything else becomes a map.
fn below<'a>(place: &'a mut Json, word: &str) -> &'a mut Json {
    let items = place.as_array().map_or(0, Vec::len);
    if let Some(index) = word.parse::<usize>().ok().filter(|&index| index < items) {
        return &mut place[index];
    }
    if !place.is_object() {
        *place = Json::Object(Map::new());
    }
    place.as_object_mut().expect("anything else became a map above").entry(word).or_insert(Json::Null)
}
