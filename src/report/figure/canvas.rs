//! An SVG drawing: marks by class, coordinates in pixels with one decimal, a title and a description.

use std::fmt::Write;

use crate::report::html::escaped;

/// A drawing in the making. Marks of one class that follow one another become one path, because thousands of circles
/// would weigh more than the page.
#[derive(Clone, Debug)]
pub struct Canvas {
    width: f64,
    height: f64,
    body: String,
    open: Option<(String, String)>,
}

/// Where a text lies relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The text starts there.
    Start,
    /// The text is centred there.
    Middle,
    /// The text ends there.
    End,
}

impl Canvas {
    /// An empty drawing of that size, in pixels.
    pub fn new(width: f64, height: f64) -> Self {
        Self { width, height, body: String::new(), open: None }
    }

    /// Line through points.
    pub fn line(&mut self, classes: &str, points: &[(f64, f64)]) {
        self.path(classes, &outline(points));
    }

    /// Closed area.
    pub fn area(&mut self, classes: &str, points: &[(f64, f64)]) {
        self.path(classes, &format!("{}z", outline(points)));
    }

    /// Rectangle with two opposite corners.
    pub fn rectangle(&mut self, classes: &str, (left, top): (f64, f64), (right, bottom): (f64, f64)) {
        let (width, height) = (short(right - left), short(bottom - top));
        self.path(classes, &format!("M{} {}h{width}v{height}h-{width}z", short(left), short(top)));
    }

    /// Point as large as the class makes its round line.
    pub fn dot(&mut self, classes: &str, (x, y): (f64, f64)) {
        self.path(classes, &format!("M{} {}h0", short(x), short(y)));
    }

    /// Text; `turned` by a quarter to the left.
    pub fn text(&mut self, classes: &str, (x, y): (f64, f64), anchor: Anchor, turned: bool, text: &str) {
        self.close();
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let (x, y) = (short(x), short(y));
        let turn = if turned { format!(" transform=\"rotate(-90 {x} {y})\"") } else { String::new() };
        let text = escaped(text);
        let _ = write!(self.body, "<text class=\"{classes}\" x=\"{x}\" y=\"{y}\"{anchor}{turn}>{text}</text>");
    }

    /// Adds to the path of the class, or starts one.
    fn path(&mut self, classes: &str, data: &str) {
        if let Some((open, path)) = &mut self.open
            && open == classes
        {
            path.push_str(data);
            return;
        }
        self.close();
        self.open = Some((classes.to_owned(), data.to_owned()));
    }

    fn close(&mut self) {
        if let Some((classes, data)) = self.open.take() {
            let _ = write!(self.body, "<path class=\"{classes}\" d=\"{data}\"/>");
        }
    }

    /// The drawing for a page, which styles it. `id` is unique in the page; ids within start with it.
    pub fn inline(mut self, id: &str, title: &str, description: &str) -> String {
        self.close();
        let (title, description) = (escaped(title), escaped(description));
        format!(
            "<svg class=\"figure\" role=\"img\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" \
             aria-labelledby=\"{id}-title {id}-desc\"><title id=\"{id}-title\">{title}</title>\
             <desc id=\"{id}-desc\">{description}</desc>{body}</svg>",
            w = short(self.width),
            h = short(self.height),
            body = self.body,
        )
    }

    /// The marks alone, for a drawing in which they move.
    pub fn marks(mut self) -> String {
        self.close();
        self.body
    }

    /// Marks from elsewhere, in a group of that class.
    pub fn group(&mut self, class: &str, marks: &str) {
        self.close();
        let _ = write!(self.body, "<g class=\"{class}\">{marks}</g>");
    }

    /// The drawing as part of a text that says the same: screen readers pass over it.
    pub fn decoration(mut self, classes: &str) -> String {
        self.close();
        let (w, h) = (short(self.width), short(self.height));
        format!(
            "<svg class=\"{classes}\" aria-hidden=\"true\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\">{}</svg>",
            self.body
        )
    }

    /// The drawing as a file of its own, with its style sheet.
    pub fn file(self, style: &str, title: &str, description: &str) -> String {
        let inline = self.inline("figure", title, description);
        let style = format!("><style>{}</style><title", escaped(style));
        let inline = inline.replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1);
        format!("{}\n", inline.replacen("><title", &style, 1))
    }
}

/// Path data of a line: the first point, then steps from one point to the next.
fn outline(points: &[(f64, f64)]) -> String {
    let tenths = |&(x, y): &(f64, f64)| ((x * 10.0).round(), (y * 10.0).round());
    let mut data = String::new();
    let mut last = None;
    for (x, y) in points.iter().map(tenths) {
        match last {
            None => data.push_str(&format!("M{} {}", short(x / 10.0), short(y / 10.0))),
            Some((from_x, from_y)) if (x, y) != (from_x, from_y) => {
                data.push_str(&format!("l{} {}", short((x - from_x) / 10.0), short((y - from_y) / 10.0)));
            }
            Some(_) => {}
        }
        last = Some((x, y));
    }
    data
}

/// A coordinate with at most one decimal and nothing superfluous: `0.5`, `-12`.
fn short(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    if tenths == 0.0 { "0".to_owned() } else { tenths.to_string() }
}
