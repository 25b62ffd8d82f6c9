//! What figures say beside their kind and their caption: options that several kinds share, with their keys, reading and
//! writing.

use indexmap::IndexMap;
use serde_json::{Value as Json, json};

use crate::spec::formula::Formula;
use crate::spec::language::section::{Field, Form, optional, required};
use crate::spec::language::write::{formulas, put, text};

/// The options of a kind of figure.
pub(in crate::spec) trait Options: Sized {
    /// Their keys, in groups.
    const FIELDS: &'static [&'static [Field]];

    /// Reads them, each before any is looked at, so that every mistake is noted.
    fn read(reader: &dyn Reader) -> Option<Self>;

    /// Adds them to the spec of a figure.
    fn write(&self, spec: &mut Json);

    /// The table whose rows are shown, if the figure names it.
    fn table(&self) -> Option<&str> {
        None
    }
}

/// Reads what stands under the keys of a figure. A mistake is noted at its place, and then there is no value. What may be
/// left out is an option inside of that.
pub(in crate::spec) trait Reader {
    /// The rows that the figure names itself, or those of the check that it is `of`.
    fn rows(&self) -> Option<Rows>;

    /// A quantity over these rows.
    fn scale(&self, key: &str) -> Option<Scale>;

    /// A quantity over the rows of a table, if it is given.
    fn scale_of_table(&self, key: &str, table: &str) -> Option<Option<Scale>>;

    /// `y` with `y-label`.
    fn vertical(&self) -> Option<Vertical>;

    /// A formula over the rows, if it is given.
    fn formula(&self, key: &str) -> Option<Option<Formula>>;

    /// `series`, a column of the rows, if it is given.
    fn series(&self) -> Option<Option<String>>;

    /// `series-label`. A wrong one is noted, and the figure is read without it.
    fn series_label(&self) -> Option<String>;

    /// `replicate`; 0 if it is not given.
    fn replicate(&self) -> Option<u64>;

    /// `modes`, if they are given.
    fn modes(&self) -> Option<Option<Vec<u64>>>;

    /// `items`, if they are given.
    fn items(&self) -> Option<Option<Vec<String>>>;

    /// `point`: values of axes by column; nothing if it is not given.
    fn point(&self) -> Option<IndexMap<String, Json>>;
}

/// Keys of figures that show the rows of a table.
pub(super) const ROWS: &[Field] = &[
    optional("of", Form::Text, "Name of a check whose `table`, `let` and `where` are taken"),
    optional("table", Form::Text, "The table whose rows are shown; needed without `of`"),
    optional("let", Form::Formulas, "New columns: formulas over the columns of a row"),
    optional("where", Form::Formula, "The rows that are shown: a condition on a row"),
];

/// `x`, `y` and what goes with them.
const XY: &[Field] = &[
    required("x", Form::Scale, "Horizontal"),
    required(
        "y",
        Form::Scales,
        "Vertical; a list makes one series of each quantity, named by its label, and takes no `series`",
    ),
    optional("y-label", Form::Text, "Name of the vertical axis, where `y` is a list"),
    optional(
        "series",
        Form::Text,
        "Any column of the table: one line or colour for each of its values; rows in which it is missing are not shown",
    ),
    optional("series-label", Form::Text, "Name of that column in the figure; the column's own if it is not given"),
    optional("reference", Form::Formula, "The theory: the y that it predicts for a row, drawn as a line in order of x"),
];

/// The point of the sweep.
pub(super) const POINT: Field =
    optional("point", Form::Point, "The point of the sweep; an axis that is not named takes its first value");

/// The replicate.
pub(super) const REPLICATE: Field =
    optional("replicate", Form::Integer(0), "The replicate that is shown, counted from 0; 0 if not given");

const ITEMS: Field =
    optional("items", Form::Texts, "Names of the items; if not given, those that the data set has, or numbers");

/// The items over time, in one replicate.
pub(super) const MOMENTS: &[Field] = &[REPLICATE, ITEMS, POINT];

/// The rows that a figure shows.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Name of the table.
    pub table: String,
    /// New columns.
    pub lets: IndexMap<String, Formula>,
    /// Rows to show.
    pub filter: Option<Formula>,
}

/// What is shown along one direction of a figure.
#[derive(Clone, Debug)]
pub struct Scale {
    /// The quantity.
    pub formula: Formula,
    /// Its name on the axis; the formula's text and the column's unit if there is none.
    pub label: Option<String>,
    /// Logarithmic.
    pub log: bool,
}

/// What `lines` and `scatter` show upwards.
#[derive(Clone, Debug)]
pub enum Vertical {
    /// One quantity.
    One(Scale),
    /// Several on one axis, a series for each, named by its label or its formula; all logarithmic or none, and no
    /// column for series beside them.
    Several {
        /// The quantities, one at least; no two of one name.
        scales: Vec<Scale>,
        /// Name of the axis; the names of the quantities if there is none.
        label: Option<String>,
    },
}

/// Rows in a plane. Columns may be axes, columns of the table or `lets`.
#[derive(Clone, Debug)]
pub struct XyFigure {
    /// Where the rows come from.
    pub rows: Rows,
    /// Horizontal.
    pub x: Scale,
    /// Vertical.
    pub y: Vertical,
    /// Column with one line or one colour for each of its values; rows that miss it are not shown.
    pub series: Option<String>,
    /// What the figure calls that column; its own name if not given.
    pub series_label: Option<String>,
    /// The theory: a formula over the columns, drawn as a line through the rows in order of x.
    pub theory: Option<Formula>,
}

/// One replicate at a point.
#[derive(Clone, Debug)]
pub struct OneRun {
    /// The replicate, from 0.
    pub replicate: u64,
    /// Values of axes by column; of axes that are not named the first value.
    pub point: IndexMap<String, Json>,
}

/// One replicate at a point with its items, seen over time.
#[derive(Clone, Debug)]
pub struct Moments {
    /// The replicate, from 0.
    pub replicate: u64,
    /// Values of axes by column; of axes that are not named the first value.
    pub point: IndexMap<String, Json>,
    /// Names of the items; those of the data set, or numbers, if there are none.
    pub items: Option<Vec<String>>,
}

impl Options for XyFigure {
    const FIELDS: &'static [&'static [Field]] = &[ROWS, XY];

    fn read(reader: &dyn Reader) -> Option<Self> {
        let (rows, x, y) = (reader.rows(), reader.scale("x"), reader.vertical());
        let theory = reader.formula("reference");
        let (series, series_label) = (reader.series(), reader.series_label());
        Some(Self { rows: rows?, x: x?, y: y?, series: series?, series_label, theory: theory? })
    }

    fn write(&self, spec: &mut Json) {
        self.rows.write(spec);
        put(spec, "x", Some(self.x.written()));
        match &self.y {
            Vertical::One(one) => put(spec, "y", Some(one.written())),
            Vertical::Several { scales, label } => {
                put(spec, "y", Some(scales.iter().map(Scale::written).collect()));
                put(spec, "y-label", label.as_ref().map(|label| json!(label)));
            }
        }
        put(spec, "series", self.series.as_ref().map(|series| json!(series)));
        put(spec, "series-label", self.series_label.as_ref().map(|label| json!(label)));
        put(spec, "reference", self.theory.as_ref().map(text));
    }

    fn table(&self) -> Option<&str> {
        Some(&self.rows.table)
    }
}

impl Options for OneRun {
    const FIELDS: &'static [&'static [Field]] = &[&[REPLICATE, POINT]];

    fn read(reader: &dyn Reader) -> Option<Self> {
        let (replicate, point) = (reader.replicate(), reader.point());
        Some(Self { replicate: replicate?, point: point? })
    }

    fn write(&self, spec: &mut Json) {
        put(spec, "replicate", Some(json!(self.replicate)));
        put(spec, "point", written_point(&self.point));
    }
}

impl Options for Moments {
    const FIELDS: &'static [&'static [Field]] = &[MOMENTS];

    fn read(reader: &dyn Reader) -> Option<Self> {
        let (items, replicate, point) = (reader.items(), reader.replicate(), reader.point());
        Some(Self { replicate: replicate?, point: point?, items: items? })
    }

    fn write(&self, spec: &mut Json) {
        put(spec, "replicate", Some(json!(self.replicate)));
        put(spec, "items", self.items.as_ref().map(|items| json!(items)));
        put(spec, "point", written_point(&self.point));
    }
}

impl Rows {
    /// Adds the rows to the spec of a figure.
    pub(super) fn write(&self, spec: &mut Json) {
        put(spec, "table", Some(json!(self.table)));
        put(spec, "let", formulas(&self.lets));
        put(spec, "where", self.filter.as_ref().map(text));
    }
}

impl Scale {
    /// Its label, or its formula where it has none.
    pub fn name(&self) -> &str {
        self.label.as_deref().unwrap_or(self.formula.text.trim())
    }

    /// The quantity as it stands in a spec.
    pub(super) fn written(&self) -> Json {
        let mut spec = json!({ "value": self.formula.text });
        put(&mut spec, "label", self.label.as_ref().map(|label| json!(label)));
        put(&mut spec, "log", self.log.then_some(Json::Bool(true)));
        spec
    }
}

impl Vertical {
    /// The quantities.
    pub fn scales(&self) -> &[Scale] {
        match self {
            Self::One(scale) => std::slice::from_ref(scale),
            Self::Several { scales, .. } => scales,
        }
    }
}

/// The values of axes as they stand in a spec; none if no axis is named.
pub(super) fn written_point(point: &IndexMap<String, Json>) -> Option<Json> {
    (!point.is_empty()).then(|| json!(point))
}
