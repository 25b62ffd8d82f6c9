//! What is drawn with, by its meaning: a style sheet gives each ink its colour, in light and in dark.
//!
//! Plotters only knows colours. An [`Ink`] therefore passes through plotters as a colour that encodes it, and the
//! backend writes it as CSS classes.

use plotters::style::RGBColor;

/// Number of colours of the categorical palette (`--s0` ... in `figure.css`).
pub const SERIES: usize = 8;
/// Number of colours of the ordered palette (`--o0` ...).
pub const ORDERED: usize = 8;
/// Number of steps of the colour scale of heatmaps (`.h0` ...).
pub const HEAT: usize = 16;

/// What a mark is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Axes and ticks.
    Frame,
    /// Faint lines of the mesh.
    Mesh,
    /// Numbers at ticks.
    Tick,
    /// Names of axes and keys.
    Text,
    /// Name of a line at its end.
    Label,
    /// A measured line.
    Line,
    /// A line of the theory.
    Theory,
    /// A band around a measured line.
    Band,
    /// A measured point.
    Dot,
    /// One of very many measured points.
    Dust,
    /// An interval of a point.
    Whisker,
    /// A cell of a heatmap.
    Cell,
    /// The pale edge on both sides of a line that crosses a heatmap.
    Halo,
    /// A branch of a dendrogram.
    Branch,
    /// The way of an item.
    Trail,
    /// A line of equal height.
    Contour,
    /// A direction.
    Arrow,
    /// Where time stands.
    Cursor,
}

const ROLES: [(Role, &str); 18] = [
    (Role::Frame, "frame"),
    (Role::Mesh, "mesh"),
    (Role::Tick, "tick"),
    (Role::Text, "text"),
    (Role::Label, "label"),
    (Role::Line, "line"),
    (Role::Theory, "theory"),
    (Role::Band, "band"),
    (Role::Dot, "dot"),
    (Role::Dust, "dust"),
    (Role::Whisker, "whisker"),
    (Role::Cell, "cell"),
    (Role::Halo, "halo"),
    (Role::Branch, "branch"),
    (Role::Trail, "trail"),
    (Role::Contour, "contour"),
    (Role::Arrow, "arrow"),
    (Role::Cursor, "cursor"),
];

/// The colour of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tint {
    /// That of the text.
    Plain,
    /// One of the categorical palette.
    Series(usize),
    /// One of the ordered palette.
    Ordered(usize),
    /// A step of the scale of a heatmap.
    Heat(usize),
}

/// What a mark is for and its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink(pub Role, pub Tint);

impl Ink {
    /// The colour that carries the ink through plotters.
    pub fn colour(self) -> RGBColor {
        let role = ROLES.iter().position(|(role, _)| *role == self.0).unwrap_or(0);
        let (palette, step) = match self.1 {
            Tint::Plain => (0, 0),
            Tint::Series(step) => (1, step % SERIES),
            Tint::Ordered(step) => (2, step % ORDERED),
            Tint::Heat(step) => (3, step.min(HEAT - 1)),
        };
        const { assert!(ROLES.len() <= 256 && SERIES <= 256 && ORDERED <= 256 && HEAT <= 256, "a byte holds each") };
        RGBColor(role as u8, palette, step as u8)
    }

    /// The CSS classes of the ink that this colour carries.
    pub fn classes((role, palette, step): (u8, u8, u8)) -> String {
        let role = ROLES.get(usize::from(role)).map_or("frame", |(_, class)| class);
        match palette {
            1 => format!("{role} s{step}"),
            2 => format!("{role} o{step}"),
            3 => format!("{role} h{step}"),
            _ => role.to_owned(),
        }
    }
}

/// The tint of series `series` out of `number`: categorical as far as the palette goes, else in order.
pub fn tint(series: usize, number: usize) -> Tint {
    if number <= SERIES { Tint::Series(series) } else { Tint::Ordered(series * ORDERED / number) }
}
