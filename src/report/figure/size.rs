//! The sizes of figures.

use crate::report::figure::canvas::Canvas;

/// Size of a figure, and whether it is a small one without numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Without numbers, names and key.
    pub thumbnail: bool,
}

/// A figure on the page of its claim.
pub const FULL: Size = Size { width: 720, height: 430, thumbnail: false };
/// The same on a narrow screen.
pub const NARROW: Size = Size { width: 400, height: 310, thumbnail: false };
/// A figure beside its claim on the front page.
pub const THUMBNAIL: Size = Size { width: 240, height: 140, thumbnail: true };

impl Size {
    /// Width and height.
    pub(super) fn pixels(self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// Width and height as coordinates.
    pub(super) fn extent(self) -> (f64, f64) {
        (f64::from(self.width), f64::from(self.height))
    }

    /// An empty canvas of this size.
    pub(super) fn canvas(self) -> Canvas {
        let (width, height) = self.extent();
        Canvas::new(width, height)
    }
}
