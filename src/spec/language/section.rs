//! The sections of spec files: one list of keys for each, from which the reader, its messages and the JSON Schema
//! are made.

/// A map with known keys.
#[derive(Debug)]
pub struct Section {
    /// What it is, with its article: "a check".
    pub name: &'static str,
    /// Its keys, in the order of the documentation.
    pub fields: &'static [Field],
}

/// A key of a section.
#[derive(Debug)]
pub struct Field {
    /// As it is written.
    pub name: &'static str,
    /// Whether it has to be there.
    pub required: bool,
    /// What stands behind it.
    pub form: Form,
    /// What it means.
    pub about: &'static str,
}

/// What stands behind a key.
#[derive(Debug)]
pub enum Form {
    /// Text.
    Text,
    /// An integer from this number on.
    Integer(i64),
    /// A number inside of this open interval.
    Between(f64, f64),
    /// A positive number, or per cent as text.
    Tolerance,
    /// `true` or `false`.
    Flag,
    /// A number or a formula as text.
    Formula,
    /// Two of them.
    TwoFormulas,
    /// A list of texts.
    Texts,
    /// A list of integers from 1.
    Modes,
    /// A map from new columns to formulas.
    Formulas,
    /// A map with known keys.
    Section(&'static Section),
    /// A list of them.
    Sections(&'static Section),
    /// A map from names to them.
    Named(&'static Section),
    /// A quantity of a figure: a formula or [`SCALE`].
    Scale,
    /// One of them, or a list.
    Scales,
    /// One kind of experiment with its parameters.
    Experiment,
    /// Axes.
    Sweep,
    /// A map from dotted paths below the experiment to values.
    Parameters,
    /// A map from axes to values.
    Point,
    /// A list of names of checks, or of [`FAILS`].
    Fails,
    /// A list of figures, each of a kind with keys of its own.
    Figures,
}

/// A key that has to be there.
pub(super) const fn required(name: &'static str, form: Form, about: &'static str) -> Field {
    Field { name, required: true, form, about }
}

/// A key that may be left out.
pub(super) const fn optional(name: &'static str, form: Form, about: &'static str) -> Field {
    Field { name, required: false, form, about }
}

/// A file of a claim.
pub const CLAIM: Section = Section {
    name: "a claim",
    fields: &[
        required("title", Form::Text, "The claim in one line"),
        required("statement", Form::Text, "The claim for a reader; Markdown, formulas between `$`"),
        required("source", Form::Section(&SOURCE), "Where the claim comes from"),
        required("why-this-tolerance", Form::Text, "Why the tolerances are what they are; Markdown"),
        optional("tags", Form::Texts, "Words to select the claim by"),
        optional(
            "confidence",
            Form::Between(0.5, 1.0),
            "Level of confidence of the intervals; 0.99 if it is not given",
        ),
        required("experiment", Form::Experiment, "The kind of experiment with its parameters"),
        optional("sweep", Form::Sweep, "The axes: parameters by dotted path below the experiment, with their values"),
        required(
            "replicates",
            Form::Integer(1),
            "Number of independent draws at each point; 1 for a deterministic claim",
        ),
        required("checks", Form::Sections(&CHECK), "What is checked"),
        required("controls", Form::Sections(&CONTROL), "What is broken on purpose, and which checks must then fail"),
        optional("figures", Form::Figures, "What is drawn"),
        optional("profiles", Form::Named(&PROFILE), "Other replicates, axes and bounds, for `--profile NAME`"),
    ],
};

/// Where a claim comes from.
pub const SOURCE: Section = Section {
    name: "a source",
    fields: &[
        required("cite", Form::Text, "Key into sources.yaml"),
        optional("locator", Form::Text, "Place in it: Eq. 12, Fig. 3"),
    ],
};

/// A check.
pub const CHECK: Section = Section {
    name: "a check",
    fields: &[
        required("name", Form::Text, "Its name, unique in the claim"),
        optional("about", Form::Text, "What it means, in a sentence for a reader; Markdown"),
        required("table", Form::Text, "The table of the experiment that it looks at"),
        optional("let", Form::Formulas, "New columns: formulas over the columns of a row"),
        optional("where", Form::Formula, "The rows it looks at: a condition on a row"),
        optional(
            "per",
            Form::Texts,
            "Columns to split by, any of the table: one finding for each combination of their values; a row that misses \
             one breaks the check",
        ),
        optional(
            "group",
            Form::Texts,
            "Columns, any of the table: the rows of each combination of their values become one row; a row that misses \
             one breaks the check",
        ),
        optional("reduce", Form::Formulas, "The new columns of the rows of `group`: formulas with row functions"),
        required("measure", Form::Formula, "What is measured: a formula with row functions"),
        required("expect", Form::Section(&EXPECT), "What is expected"),
    ],
};

/// What is expected of a measure.
pub const EXPECT: Section = Section {
    name: "an expectation",
    fields: &[
        optional("equals", Form::Formula, "This value, up to the tolerance `within`"),
        optional("within", Form::Section(&WITHIN), "How far off `equals` is still right; the larger of both"),
        optional("between", Form::TwoFormulas, "From the first to the second value"),
        optional("at-most", Form::Formula, "This value or less"),
        optional("at-least", Form::Formula, "This value or more"),
        optional(
            "ideal",
            Form::Formula,
            "The value that would be perfect, beside `at-most` and `at-least`: a distance from it, over that of the bound, says \
             how much of what is allowed is used",
        ),
        optional("exactly", Form::Formula, "This integer"),
    ],
};

/// A check that must fail in a control.
pub const FAILS: Section = Section {
    name: "a check that must fail",
    fields: &[
        required("check", Form::Text, "Name of the check"),
        optional("at", Form::Formula, "The points at which it must fail: a condition on the columns of its `per`"),
        optional("where", Form::Formula, "The rows that it looks at in this control, in place of its own `where`"),
    ],
};

/// A way to state what is expected; an expectation has exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// `equals`, with `within`.
    Equals,
    /// `between`
    Between,
    /// `at-most`
    AtMost,
    /// `at-least`
    AtLeast,
    /// `exactly`
    Exactly,
}

impl Way {
    /// Every way, in the order of the documentation.
    pub const ALL: &[Self] = &[Self::Equals, Self::Between, Self::AtMost, Self::AtLeast, Self::Exactly];

    /// The keys of [`EXPECT`] that it needs, that of its value first.
    pub const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Equals => &["equals", "within"],
            Self::Between => &["between"],
            Self::AtMost => &["at-most"],
            Self::AtLeast => &["at-least"],
            Self::Exactly => &["exactly"],
        }
    }

    /// The key of its value.
    pub const fn name(self) -> &'static str {
        self.keys()[0]
    }
}

/// A tolerance.
pub const WITHIN: Section = Section {
    name: "a tolerance",
    fields: &[
        optional("absolute", Form::Tolerance, "In the unit of the measure"),
        optional("relative", Form::Tolerance, "As a part of the expected value: 0.02 or 2%"),
    ],
};

/// A control.
pub const CONTROL: Section = Section {
    name: "a control",
    fields: &[
        required("name", Form::Text, "Its name, unique in the claim"),
        required("because", Form::Text, "Why the checks must fail; Markdown"),
        required("set", Form::Parameters, "The parameters that it changes; an axis on them is dropped"),
        optional("replicates", Form::Integer(1), "Replicates, where it needs other than the claim"),
        required(
            "fails",
            Form::Fails,
            "Names of the checks that must fail, in every finding; with `{check: ..., at: ...}` in those where a condition holds, or with `where: ...` for other rows",
        ),
    ],
};

/// A profile.
pub const PROFILE: Section = Section {
    name: "a profile",
    fields: &[
        optional("replicates", Form::Integer(1), "Replicates in this profile"),
        optional("sweep", Form::Sweep, "Axes of the sweep with other values"),
        optional(
            "expect",
            Form::Named(&EXPECT),
            "By the names of checks, what is expected in this profile: a wider bound where fewer replicates cannot show more",
        ),
    ],
};

/// A quantity along one direction of a figure.
pub const SCALE: Section = Section {
    name: "an axis of a figure",
    fields: &[
        required("value", Form::Formula, "The quantity"),
        optional("label", Form::Text, "Its name on the axis; the formula and its unit if it is not given"),
        optional("log", Form::Flag, "Whether the axis is logarithmic"),
    ],
};

/// `_chapter.yaml`
pub const CHAPTER: Section = Section {
    name: "a chapter",
    fields: &[
        required("title", Form::Text, "Title of the chapter"),
        required("introduction", Form::Text, "What the chapter is about; Markdown"),
        optional("position", Form::Integer(0), "Chapters stand in order of position, those without one last by name"),
    ],
};

/// An entry of `sources.yaml`.
pub const REFERENCE: Section = Section {
    name: "a reference",
    fields: &[
        required("authors", Form::Text, "Authors as printed: A. Saxe, J. McClelland, S. Ganguli"),
        required("title", Form::Text, "Title of the work"),
        required("venue", Form::Text, "Journal, conference or publisher"),
        required("year", Form::Integer(1000), "Year of publication"),
        optional("url", Form::Text, "Link; DOI or arXiv"),
    ],
};

/// Every section but figures, which have one for each kind; for tests and documentation.
pub const SECTIONS: &[&Section] =
    &[&CLAIM, &SOURCE, &CHECK, &EXPECT, &WITHIN, &CONTROL, &FAILS, &PROFILE, &SCALE, &CHAPTER, &REFERENCE];

impl Section {
    /// The names of its keys, in order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().map(|field| field.name)
    }
}
