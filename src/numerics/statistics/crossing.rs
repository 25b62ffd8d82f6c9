//! Where a curve rises through a level.

/// The `x` where the mean of `y` first rises through `level`.
///
/// The values of `y` are averaged at each distinct `x`; in order of `x`, the first neighbours with
/// `y_i < level <= y_(i+1)` are joined by a straight line. A curve that starts at or above the level has to fall below
/// it first. `NaN` if there is no such place, or if any value is `NaN`.
///
/// ```
/// use modewise::numerics::statistics::crossing::crossing;
///
/// assert_eq!(crossing(&[0.0, 1.0, 4.0], &[0.0, 1.0, 2.0], 2.5), 1.5);
/// assert!(crossing(&[3.0, 4.0], &[0.0, 1.0], 2.5).is_nan()); // it never was below
/// ```
///
/// # Panics
/// If one list is longer than the other.
pub fn crossing(y: &[f64], x: &[f64], level: f64) -> f64 {
    assert_eq!(y.len(), x.len(), "a point has both coordinates");
    let points: Vec<usize> = (0..x.len()).collect();
    SortedX::new(x).crossing(y, &points, level)
}

/// The `x` of points in order, once, for the curves through many choices of the points.
#[derive(Clone, Debug)]
pub struct SortedX {
    /// Each value once, in order.
    distinct: Vec<f64>,
    /// For each point the place of its value among them; none for `NaN`.
    places: Vec<Option<usize>>,
}

impl SortedX {
    /// Sorts the `x` of the points; a `NaN` has no place among them.
    pub fn new(x: &[f64]) -> Self {
        let mut distinct: Vec<f64> = x.iter().copied().filter(|x| !x.is_nan()).collect();
        distinct.sort_unstable_by(f64::total_cmp);
        distinct.dedup();
        let place = |x: &f64| (!x.is_nan()).then(|| distinct.partition_point(|other| other < x));
        let places = x.iter().map(place).collect();
        Self { distinct, places }
    }

    /// Each value once, in order.
    pub fn distinct(&self) -> &[f64] {
        &self.distinct
    }

    /// Place of a point's value among the distinct ones, both counted from 0; none for `NaN`.
    pub fn place(&self, point: usize) -> Option<usize> {
        self.places[point]
    }

    /// [`crossing`] of the points with these numbers, which may repeat; `y` has one value for each point, chosen or not.
    pub fn crossing(&self, y: &[f64], points: &[usize], level: f64) -> f64 {
        let mut sums = vec![[0.0; 2]; self.distinct.len()];
        for &point in points {
            let Some(place) = self.places[point] else { return f64::NAN };
            let [sum, count] = &mut sums[place];
            *sum += y[point];
            *count += 1.0;
        }
        rise(&self.distinct, &sums, level)
    }
}

/// Where the curve through the means first rises through a level: for each `x`, in order, the sum of the values there and
/// how many they are (0 leaves the place out). `NaN` if there is no such place, or if any sum is `NaN`.
pub fn rise(x: &[f64], sums: &[[f64; 2]], level: f64) -> f64 {
    if sums.iter().any(|[sum, _]| sum.is_nan()) {
        return f64::NAN;
    }
    let mut before: Option<(f64, f64)> = None;
    for (&x, [sum, count]) in x.iter().zip(sums).filter(|(_, [_, count])| *count > 0.0) {
        let y = sum / count;
        match before {
            Some((x0, y0)) if y0 < level && level <= y => return x0 + (x - x0) * (level - y0) / (y - y0),
            _ => before = Some((x, y)),
        }
    }
    f64::NAN
}
