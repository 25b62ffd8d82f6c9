//! The closed form of a mode's strength, of whichever kind applies.

use crate::theory::learning::{LayeredMode, Strengths, shallow_strength, strength, unequal_strength};

/// The closed forms of all modes.
pub struct ClosedForms {
    forms: Vec<ClosedForm>,
    /// The same, if all modes have one hidden layer.
    sigmoids: Option<Strengths>,
}

impl ClosedForms {
    /// From one form per mode.
    pub fn new(forms: Vec<ClosedForm>) -> Self {
        let mut sigmoids = Strengths::default();
        let all = forms.iter().all(|form| {
            let ClosedForm::Sigmoid { s, g, m0 } = *form else { return false };
            sigmoids.push(s, g, m0);
            true
        });
        Self { forms, sigmoids: all.then_some(sigmoids) }
    }

    /// Writes the strengths at a time not earlier than that of the call before; missing where there is none.
    pub fn strengths(&mut self, t: f64, strengths: &mut [f64]) {
        match &self.sigmoids {
            Some(sigmoids) => sigmoids.at(t, strengths),
            None => strengths.iter_mut().zip(&mut self.forms).for_each(|(strength, form)| *strength = form.strength(t)),
        }
    }
}

/// The strength of one mode over time, as the theory has it.
pub enum ClosedForm {
    /// No hidden layer.
    Shallow {
        /// Singular value.
        s: f64,
        /// Rate of the approach, the same for all modes.
        g: f64,
        /// Strength at time 0.
        m0: f64,
    },
    /// One hidden layer, from the strength that is free to grow.
    Sigmoid {
        /// Singular value.
        s: f64,
        /// Growth rate of the weights.
        g: f64,
        /// Strength at time 0, missing where nothing is free.
        m0: f64,
    },
    /// One hidden layer, aligned, under the flow.
    Unequal {
        /// Singular value.
        s: f64,
        /// Amplitudes in the two layers at time 0.
        amplitudes: [f64; 2],
    },
    /// More hidden layers, balanced.
    Layered(Box<LayeredMode>),
    /// The theory is silent.
    None,
}

impl ClosedForm {
    /// The form for a balanced start of more than two layers.
    pub fn layered(layers: usize, s: f64, m0: f64) -> Self {
        Self::Layered(Box::new(LayeredMode::new(layers, s, m0)))
    }

    /// Strength at a time not earlier than that of the call before; missing where there is none.
    pub fn strength(&mut self, t: f64) -> f64 {
        match self {
            Self::Shallow { s, g, m0 } => shallow_strength(*s, *g, *m0, t),
            Self::Sigmoid { s, g, m0 } => strength(*s, *g, *m0, t),
            Self::Unequal { s, amplitudes: [a0, b0] } => unequal_strength(*s, *a0, *b0, t),
            Self::Layered(mode) => mode.strength(t).unwrap_or(f64::NAN),
            Self::None => f64::NAN,
        }
    }
}
