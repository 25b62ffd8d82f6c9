//! The kinds of figures: one list, from which the type, reader, messages and JSON Schema are made. Beside it stand the
//! options that only one kind has.

use indexmap::IndexMap;
use serde_json::{Value as Json, json};

use crate::spec::formula::Formula;
use crate::spec::language::figure_options::{
    MOMENTS, Moments, OneRun, Options, POINT, REPLICATE, ROWS, Reader, Rows, Scale, XyFigure, written_point,
};
use crate::spec::language::section::{Field, Form, optional, required};
use crate::spec::language::write::{put, text};

/// A figure: a kind with its options.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Caption; Markdown. It says what to see.
    pub caption: String,
    /// What is drawn.
    pub kind: FigureKind,
}

/// What is known about a kind of figure.
#[derive(Debug)]
pub struct FigureDoc {
    /// Its name in a spec.
    pub name: &'static str,
    /// What it shows, in a sentence.
    pub about: &'static str,
    /// Its keys beside `kind` and `caption`, in groups.
    pub fields: &'static [&'static [Field]],
    /// The tables and columns that the experiment must have, if the figure does not name them itself.
    pub needs: &'static [(&'static str, &'static [&'static str])],
    /// How a figure of this kind is read.
    pub(in crate::spec) read: fn(&dyn Reader) -> Option<FigureKind>,
}

/// Keys that every kind of figure has.
pub(in crate::spec) const FIGURE: &[Field] =
    &[required("kind", Form::Text, "What is drawn"), required("caption", Form::Text, "What to see; Markdown")];

/// Makes of the list of kinds the type with a variant for each, and what is known about them.
macro_rules! kinds {
    ($($kind:ident($options:ty) { name: $name:literal, about: $about:literal, needs: $needs:expr })*) => {
        /// The kinds of figures with their options.
        #[derive(Clone, Debug)]
        pub enum FigureKind {
            $(#[doc = concat!($about, ".")] $kind($options),)*
        }

        /// Every kind of figure.
        pub const KINDS: &[FigureDoc] = &[$(FigureDoc {
            name: $name,
            about: $about,
            fields: <$options>::FIELDS,
            needs: $needs,
            read: |reader| <$options>::read(reader).map(FigureKind::$kind),
        },)*];

        impl FigureKind {
            /// Its name in a spec.
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$kind(_) => $name,)* }
            }

            /// The tables that it shows.
            pub fn tables(&self) -> impl Iterator<Item = &str> {
                type Needs = &'static [(&'static str, &'static [&'static str])];
                let (own, needs): (_, Needs) = match self { $(Self::$kind(options) => (options.table(), $needs),)* };
                own.into_iter().chain(needs.iter().map(|(table, _)| *table))
            }

            /// Adds its options to the spec of a figure.
            pub(in crate::spec) fn write(&self, spec: &mut Json) {
                match self { $(Self::$kind(options) => options.write(spec),)* }
            }
        }
    };
}

kinds! {
    Lines(XyFigure) {
        name: "lines",
        about: "The mean of y over replicates at each x, one line for each value of series, with the middle 90 % as a band",
        needs: &[]
    }
    Scatter(XyFigure) {
        name: "scatter",
        about: "One point per row",
        needs: &[]
    }
    Heatmap(Heatmap) {
        name: "heatmap",
        about: "The mean of z over replicates in the plane of x and y, with a predicted border",
        needs: &[]
    }
    ModeCurves(ModeCurves) {
        name: "mode-curves",
        about: "The strength of each mode over time in one replicate, with the closed form",
        needs: &[("strengths", &["time", "mode", "strength"]), ("modes", &["mode", "s", "g", "m0"])]
    }
    LossPlateaus(OneRun) {
        name: "loss-plateaus",
        about: "The loss over time in one replicate, with the predicted plateaus",
        needs: &[("curve", &["time", "loss"]), ("saddles", &["loss_theory"])]
    }
    Spectrum(Spectrum) {
        name: "spectrum",
        about: "Singular values by mode, measured (mean and middle 90 %) and predicted",
        needs: &[("modes", &["mode", "s", "s_theory"])]
    }
    Dendrograms(Moments) {
        name: "dendrograms",
        about: "Trees of the items by average linkage of the distances between their hidden representations: before learning, \
                when half of the final mean squared distance is reached, and at the end; needs `snapshots` in the experiment",
        needs: &[("similarity", PAIRS)]
    }
    Similarity(Moments) {
        name: "similarity",
        about: "Inner products of the hidden representations of each pair of items, at several times; needs `snapshots` in \
                the experiment",
        needs: &[("similarity", PAIRS)]
    }
    Embedding(Embedding) {
        name: "embedding",
        about: "The paths of the items through the hidden representation during learning, along the principal axes of its \
                final state; needs `snapshots` in the experiment",
        needs: &[("similarity", PAIRS), (EMBEDDING, &["time", "item", "axis1", "axis2"])]
    }
    Landscape(OneRun) {
        name: "landscape",
        about: "The loss of the scalar network over its two weights: contours, the flow, the saddle, the minima and the \
                trajectories of one replicate",
        needs: &[("run", &["target"]), ("trajectory", &["way", "time", "w1", "w2"])]
    }
}

/// The columns of the table `similarity` that figures of pairs of items need.
const PAIRS: &[&str] = &["time", "item", "other", "similarity", "distance"];

/// The kind of that name.
pub fn kind(name: &str) -> Option<&'static FigureDoc> {
    KINDS.iter().find(|kind| kind.name == name)
}

impl FigureDoc {
    /// All its keys, in order.
    pub(in crate::spec) fn all_fields(&self) -> impl Iterator<Item = &'static Field> {
        FIGURE.iter().chain(self.fields.iter().flat_map(|fields| fields.iter()))
    }
}

/// Rows as colours in a plane.
#[derive(Clone, Debug)]
pub struct Heatmap {
    /// Where the rows come from.
    pub rows: Rows,
    /// Horizontal.
    pub x: Scale,
    /// Vertical.
    pub y: Scale,
    /// Colour.
    pub z: Scale,
    /// The y of the predicted border in a row.
    pub border: Option<Formula>,
}

impl Options for Heatmap {
    const FIELDS: &'static [&'static [Field]] = &[
        ROWS,
        &[
            required("x", Form::Scale, "Horizontal"),
            required("y", Form::Scale, "Vertical"),
            required("z", Form::Scale, "Colour: the mean over replicates"),
            optional("border", Form::Formula, "The theory: the y of the predicted border for a row"),
        ],
    ];

    fn read(reader: &dyn Reader) -> Option<Self> {
        let (rows, [x, y, z]) = (reader.rows(), ["x", "y", "z"].map(|key| reader.scale(key)));
        let border = reader.formula("border");
        Some(Self { rows: rows?, x: x?, y: y?, z: z?, border: border? })
    }

    fn write(&self, spec: &mut Json) {
        self.rows.write(spec);
        for (key, quantity) in [("x", &self.x), ("y", &self.y), ("z", &self.z)] {
            put(spec, key, Some(quantity.written()));
        }
        put(spec, "border", self.border.as_ref().map(text));
    }

    fn table(&self) -> Option<&str> {
        Some(&self.rows.table)
    }
}

/// Modes of one replicate at a point.
#[derive(Clone, Debug)]
pub struct ModeCurves {
    /// The replicate, from 0.
    pub replicate: u64,
    /// The modes, from 1; all if there are none.
    pub modes: Option<Vec<u64>>,
    /// Values of axes by column; of axes that are not named the first value.
    pub point: IndexMap<String, Json>,
}

impl Options for ModeCurves {
    const FIELDS: &'static [&'static [Field]] = &[&[
        REPLICATE,
        optional("modes", Form::Modes, "The modes that are shown, counted from 1; all if not given"),
        POINT,
    ]];

    fn read(reader: &dyn Reader) -> Option<Self> {
        let (replicate, modes, point) = (reader.replicate(), reader.modes(), reader.point());
        Some(Self { replicate: replicate?, modes: modes?, point: point? })
    }

    fn write(&self, spec: &mut Json) {
        put(spec, "replicate", Some(json!(self.replicate)));
        put(spec, "modes", self.modes.as_ref().map(|modes| json!(modes)));
        put(spec, "point", written_point(&self.point));
    }
}

/// All replicates at a point.
#[derive(Clone, Debug)]
pub struct Spectrum {
    /// Values of axes by column; of axes that are not named the first value.
    pub point: IndexMap<String, Json>,
}

impl Options for Spectrum {
    const FIELDS: &'static [&'static [Field]] = &[&[POINT]];

    fn read(reader: &dyn Reader) -> Option<Self> {
        Some(Self { point: reader.point()? })
    }

    fn write(&self, spec: &mut Json) {
        put(spec, "point", written_point(&self.point));
    }
}

/// The table with the places of the items.
const EMBEDDING: &str = "embedding";

/// Items in a plane, over time.
#[derive(Clone, Debug)]
pub struct Embedding {
    /// Which run.
    pub moments: Moments,
    /// Horizontal; the first principal coordinate if there is none.
    pub x: Option<Scale>,
    /// Vertical; the second principal coordinate if there is none.
    pub y: Option<Scale>,
}

impl Options for Embedding {
    const FIELDS: &'static [&'static [Field]] = &[
        MOMENTS,
        &[
            optional(
                "x",
                Form::Scale,
                "Horizontal: a formula over the table `embedding`; its column `axis1` if not given",
            ),
            optional("y", Form::Scale, "Vertical; the column `axis2` if not given"),
        ],
    ];

    fn read(reader: &dyn Reader) -> Option<Self> {
        let (moments, [x, y]) = (Moments::read(reader), ["x", "y"].map(|key| reader.scale_of_table(key, EMBEDDING)));
        Some(Self { moments: moments?, x: x?, y: y? })
    }

    fn write(&self, spec: &mut Json) {
        self.moments.write(spec);
        put(spec, "x", self.x.as_ref().map(Scale::written));
        put(spec, "y", self.y.as_ref().map(Scale::written));
    }
}
