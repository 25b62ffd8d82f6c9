//! The first time at which something rises to a level.

use libm::log;

/// Waits for a value to rise to a level and keeps the time, interpolated between the observations around it.
#[derive(Clone, Debug)]
pub struct Crossing {
    level: f64,
    /// Interpolate the logarithm, because the value grows exponentially.
    logarithmic: bool,
    /// Last observation below the level.
    before: Option<(f64, f64)>,
    at: Option<f64>,
}

impl Crossing {
    /// Interpolates linearly.
    pub fn linear(level: f64) -> Self {
        Self { level, logarithmic: false, before: None, at: None }
    }

    /// Interpolates the logarithm of the value where it is positive, which is exact for exponential growth.
    pub fn logarithmic(level: f64) -> Self {
        Self { logarithmic: true, ..Self::linear(level) }
    }

    /// The next observation, in order of time.
    pub fn observe(&mut self, time: f64, value: f64) {
        if self.at.is_some() {
            return;
        }
        if value < self.level {
            self.before = Some((time, value));
            return;
        }
        self.at = Some(self.before.map_or(time, |(time_before, value_before)| {
            let share = if self.logarithmic && value_before > 0.0 {
                log(self.level / value_before) / log(value / value_before)
            } else {
                (self.level - value_before) / (value - value_before)
            };
            time_before + share * (time - time_before)
        }));
    }

    /// When the level was reached; the time of the first observation if that was above it already.
    pub fn at(&self) -> Option<f64> {
        self.at
    }

    /// When the level was reached, if the value started below it.
    pub fn from_below(&self) -> Option<f64> {
        self.at.filter(|_| self.before.is_some())
    }
}
