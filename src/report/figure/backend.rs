//! What plotters draws on: a [`Canvas`], in tenths of a pixel.

use std::convert::Infallible;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontTransform,
};

use crate::report::figure::advance::width;
use crate::report::figure::canvas::{Anchor, Canvas};
use crate::report::figure::ink::Ink;
use crate::report::figure::simplify::simplify;

/// Backend units in a pixel: plotters rounds to whole units, which must not show.
pub const UNITS: i32 = 10;

/// The line may leave its points by so many pixels to save some of them.
const SLACK: f64 = 0.12;

/// A canvas seen by plotters, of a size in pixels.
pub struct Backend<'a> {
    canvas: &'a mut Canvas,
    size: (u32, u32),
}

impl<'a> Backend<'a> {
    /// Draws on `canvas`, which has that width and height in pixels.
    pub fn new(canvas: &'a mut Canvas, (width, height): (u32, u32)) -> Self {
        Self { canvas, size: (width * UNITS.unsigned_abs(), height * UNITS.unsigned_abs()) }
    }
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Backend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.canvas.dot(&Ink::classes(color.rgb), pixels(point));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.canvas.line(&Ink::classes(style.color().rgb), &[pixels(from), pixels(to)]);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        self.canvas.rectangle(&Ink::classes(style.color().rgb), pixels(upper_left), pixels(bottom_right));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let points: Vec<_> = path.into_iter().map(pixels).collect();
        self.canvas.line(&Ink::classes(style.color().rgb), &simplify(&points, SLACK));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, _radius: u32, style: &S, _fill: bool) -> Drawn {
        self.canvas.dot(&Ink::classes(style.color().rgb), pixels(center));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, vert: I, style: &S) -> Drawn {
        let points: Vec<_> = vert.into_iter().map(pixels).collect();
        self.canvas.area(&Ink::classes(style.color().rgb), &points);
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, pos: BackendCoord) -> Drawn {
        let (x, y) = pixels(pos);
        let size = style.size() / f64::from(UNITS);
        let drop = match style.anchor().v_pos {
            VPos::Top => 0.75 * size,
            VPos::Center => 0.35 * size,
            VPos::Bottom => -0.2 * size,
        };
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        let turned = matches!(style.transform(), FontTransform::Rotate270);
        let at = if turned { (x + drop, y) } else { (x, y + drop) };
        self.canvas.text(&Ink::classes(style.color().rgb), at, anchor, turned, text);
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let units = |length: f64| length.ceil() as u32;
        Ok((units(width(text, style.size())), units(style.size())))
    }
}

/// Backend units in pixels.
fn pixels((x, y): BackendCoord) -> (f64, f64) {
    (f64::from(x) / f64::from(UNITS), f64::from(y) / f64::from(UNITS))
}
