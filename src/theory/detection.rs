//! Detecting one category in noise.
//!
//! A table of `N_o` objects and `N_f` features is 1 with probability `q`, except in a block of `K_o` objects and `K_f`
//! features, where it is 1 with the larger probability `p`. Normalised to `Z = (X - q)/sqrt(q (1 - q))` it is a
//! matrix of rank one in noise of unit variance.
//!
//! Sources: Benaych-Georges and Nadakuditi, "The singular values and vectors of low rank perturbations of large
//! rectangular random matrices", J. Multivariate Analysis 111, 2012, Theorems 2.8 and 2.9 with Section 3.1; Saxe,
//! McClelland, Ganguli, PNAS 2019, Eq. 15. The variance `p (1 - p)` inside the block is taken as that of the noise, which is
//! right while the block is small.

/// Signal-to-noise ratio of one entry of the block, `(p - q)^2 / (q (1 - q))`, for `p = density` and `q = background`, both
/// probabilities of a 1 and `q` between 0 and 1.
///
/// ```
/// use modewise::theory::detection::{coherence, expected_triplet, signal_to_noise};
///
/// let snr = signal_to_noise(0.6, 0.2);
/// assert!((snr - 1.0).abs() < 1e-15);
/// // 40 objects x 60 features in a table of 400 x 900: coherence 4.
/// let coherence = coherence(snr, 40.0 * 60.0, 400.0, 900.0);
/// assert!((coherence - 4.0).abs() < 1e-12);
/// assert!(expected_triplet(coherence, 400.0 / 900.0).objects > 0.7);
/// ```
pub fn signal_to_noise(density: f64, background: f64) -> f64 {
    (density - background) * (density - background) / (background * (1.0 - background))
}

/// Coherence of a block of `area` entries: `snr area / sqrt(objects features)` with the size of the whole table. The
/// category is detectable if it is above 1 (Saxe, McClelland, Ganguli 2019, Eq. 15).
pub fn coherence(snr: f64, area: f64, objects: f64, features: f64) -> f64 {
    snr * area / (objects * features).sqrt()
}

/// The area (entries) of a block with that coherence: `coherence sqrt(objects features) / snr`.
pub fn area(coherence: f64, snr: f64, objects: f64, features: f64) -> f64 {
    coherence * (objects * features).sqrt() / snr
}

/// The area at which a block becomes detectable, that of coherence 1, `sqrt(objects features) / snr`.
///
/// ```
/// use modewise::theory::detection::critical_area;
///
/// assert_eq!(critical_area(0.5, 400.0, 900.0), 1200.0);
/// ```
pub fn critical_area(snr: f64, objects: f64, features: f64) -> f64 {
    area(1.0, snr, objects, features)
}

/// Upper edge of the noise's singular values, in units of `sqrt(features)`: `1 + sqrt(ratio)`, where
/// `ratio = objects / features`.
pub fn edge(ratio: f64) -> f64 {
    1.0 + ratio.sqrt()
}

/// The same in data units, for a table of this shape whose entries have the standard deviation `sd`:
/// `sd (sqrt(features) + sqrt(objects))`.
///
/// ```
/// use modewise::theory::detection::noise_edge;
///
/// assert_eq!(noise_edge(0.5, 900, 400), 25.0);
/// ```
pub fn noise_edge(sd: f64, features: usize, objects: usize) -> f64 {
    sd * ((features as f64).sqrt() + (objects as f64).sqrt())
}

/// The leading singular triplet that is expected of a large normalised table with one category.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExpectedTriplet {
    /// Singular value in units of `sqrt(features)`.
    pub s1: f64,
    /// Squared overlap of the object pattern with the category's objects.
    pub objects: f64,
    /// Squared overlap of the feature pattern with the category's features.
    pub features: f64,
}

/// The leading triplet for a coherence `C` and `ratio = c = objects / features`, any positive number.
///
/// For `C > 1`, with `theta^2 = C sqrt(c)` (Benaych-Georges and Nadakuditi 2012, Theorems 2.8 and 2.9 with Section 3.1):
///
/// * `s1 = sqrt((1 + theta^2)(c + theta^2)) / theta`
/// * objects `1 - (1 + sqrt(c) C) / (C (C + sqrt(c)))`
/// * features `1 - (sqrt(c) + C) / (C (1 + sqrt(c) C))`
///
/// and for `C <= 1` the edge of the noise and no overlap. The published forms ask for `c <= 1`; objects and features
/// swapped, which is `1/c` and the singular value in units of `sqrt(objects)`, give the same expressions, so that
/// they hold for every `c`.
pub fn expected_triplet(coherence: f64, ratio: f64) -> ExpectedTriplet {
    let root = ratio.sqrt();
    if coherence <= 1.0 {
        return ExpectedTriplet { s1: edge(ratio), objects: 0.0, features: 0.0 };
    }
    let strength = coherence * root;
    ExpectedTriplet {
        s1: ((1.0 + strength) * (ratio + strength) / strength).sqrt(),
        objects: 1.0 - (1.0 + root * coherence) / (coherence * (coherence + root)),
        features: 1.0 - (root + coherence) / (coherence * (1.0 + root * coherence)),
    }
}

/// The coherence at which the geometric mean of the two squared overlaps is `overlap`, for a `ratio` of objects to
/// features; `None` unless `0 <= overlap < 1`.
///
/// The mean rises from 0 at coherence 1 towards 1. Bisection, to the last bit.
///
/// ```
/// use modewise::theory::detection::{coherence_of_overlap, expected_triplet};
///
/// let coherence = coherence_of_overlap(0.5, 0.25).expect("an overlap below 1");
/// let triplet = expected_triplet(coherence, 0.25);
/// assert!(((triplet.objects * triplet.features).sqrt() - 0.5).abs() < 1e-12);
/// ```
pub fn coherence_of_overlap(overlap: f64, ratio: f64) -> Option<f64> {
    let mean = |coherence| {
        let leading = expected_triplet(coherence, ratio);
        (leading.objects * leading.features).sqrt()
    };
    if !(0.0..1.0).contains(&overlap) {
        return None;
    }
    let mut low = 1.0;
    let mut high = (1..=1000).map(|doublings| f64::from(2).powi(doublings)).find(|&high| mean(high) >= overlap)?;
    loop {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            return Some(high);
        }
        if mean(middle) < overlap {
            low = middle;
        } else {
            high = middle;
        }
    }
}
