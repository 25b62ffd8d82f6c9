//! Titles of the panels of a figure.

use crate::plot::model::{Layer, Plot};
use crate::report::number::Notation;
use crate::report::words::capitalised;

/// "Middle, time 1.3", "End, 3000 epochs".
pub fn title(plot: &Plot, layer: &Layer) -> String {
    match layer {
        Layer::Tree { stage, time, clock, .. } | Layer::Matrix { stage, time, clock, .. } => {
            let when = moment(*time, clock);
            if stage.is_empty() { capitalised(&when) } else { format!("{}, {when}", capitalised(stage)) }
        }
        _ => plot.title.clone(),
    }
}

/// "time 1.3", "3000 epochs".
pub fn moment(time: f64, clock: &str) -> String {
    let number = Notation::Plain.number(time);
    if clock == "epochs" { format!("{number} epochs") } else { format!("time {number}") }
}
