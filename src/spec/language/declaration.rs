//! The sections of a file that declares an experiment from outside.

use super::section::{Form, Section, optional, required};

/// A file that declares an experiment.
pub const DECLARATION: Section = Section {
    name: "an experiment",
    fields: &[
        required("about", Form::Text, "What it does, in a sentence"),
        required(
            "command",
            Form::Texts,
            "The program and its arguments, run in the folder of the file; no shell reads them",
        ),
        optional("setup", Form::Texts, "A command that is run once, before the first cell of a run"),
        optional(
            "version",
            Form::Texts,
            "A command whose output is part of every key, such as the version of a library",
        ),
        optional(
            "inputs",
            Form::Texts,
            "Globs of the files whose bytes are part of every key; without any nothing is stored",
        ),
        optional("parameters", Form::Named(&PARAMETER), "Its parameters by name"),
        optional(
            "seeds",
            Form::Formulas,
            "Streams of seeds by name, each with the list of the parameters on which it depends",
        ),
        required("tables", Form::Named(&TABLE), "The tables with which it answers, by name"),
        optional("limits", Form::Section(&LIMITS), "What a cell may take"),
    ],
};

/// A parameter.
pub const PARAMETER: Section = Section {
    name: "a parameter",
    fields: &[
        required("type", Form::Text, "`integer`, `number`, `boolean`, `text` or `file`"),
        required("about", Form::Text, "What it means"),
        optional("unit", Form::Text, "Its unit"),
        optional("default", Form::Text, "What it is where the spec does not say"),
        optional("from", Form::Formula, "The least number that is allowed"),
        optional("to", Form::Formula, "The largest number that is allowed"),
        optional("above", Form::Formula, "A number below all that are allowed"),
        optional("below", Form::Formula, "A number above all that are allowed"),
        optional("choices", Form::Texts, "The texts that are allowed"),
    ],
};

/// A table.
pub const TABLE: Section = Section {
    name: "a table",
    fields: &[
        required("about", Form::Text, "What a row is"),
        optional("keys", Form::Named(&COLUMN), "Columns that tell the rows of a replicate apart, by name"),
        required("columns", Form::Named(&COLUMN), "What was measured or predicted, by name"),
    ],
};

/// A column.
pub const COLUMN: Section = Section {
    name: "a column",
    fields: &[
        optional("about", Form::Text, "What it holds, and when it is missing"),
        optional("unit", Form::Text, "Its unit"),
        optional(
            "range",
            Form::TwoFormulas,
            "Least and largest value of a column with few values, or with many replicates at an end",
        ),
        optional("few", Form::Flag, "Whether it has few values, as a count does"),
    ],
};

/// What a cell may take.
pub const LIMITS: Section = Section {
    name: "limits",
    fields: &[
        optional(
            "time",
            Form::Text,
            "How long the program may be silent: `90 s`, `10 min`, `2 h`; 10 min if it is not given",
        ),
        optional("threads", Form::Integer(1), "How many threads it uses; 1 if it is not given"),
        optional("memory", Form::Text, "The most memory that it may map: `500 MiB`, `4 GiB`"),
        optional("exclusive", Form::Texts, "Things of which there is one, such as a GPU"),
    ],
};
