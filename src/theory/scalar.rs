//! The scalar network `w2 w1` that learns the number `s`: `L = 1/2 (s - w2 w1)^2` (Saxe, McClelland, Ganguli 2014, Fig. 2).

/// The loss of the scalar network, `1/2 (s - w2 w1)^2`.
///
/// ```
/// use modewise::theory::scalar::{loss, slope};
///
/// assert_eq!(loss(3.0, 1.0, 2.0), 0.5);
/// assert_eq!(slope(3.0, 1.0, 2.0), [2.0, 1.0]);
/// assert_eq!(slope(3.0, 0.0, 0.0), [0.0, 0.0]); // the saddle
/// ```
pub fn loss(s: f64, w1: f64, w2: f64) -> f64 {
    0.5 * (s - w2 * w1) * (s - w2 * w1)
}

/// The flow at a point, `(dw1/dt, dw2/dt) = (s - w2 w1) (w2, w1)`.
pub fn slope(s: f64, w1: f64, w2: f64) -> [f64; 2] {
    let error = s - w2 * w1;
    [error * w2, error * w1]
}

/// The two branches of the hyperbola `w1 w2 = product` in the square from `-reach` to `reach`, each as that many points
/// `[w1, w2]` (two at least); the two axes where the product is 0; none where it lies outside.
///
/// Contours of the loss are the hyperbolas of `product = s + sqrt(2 L)` and `s - sqrt(2 L)`.
///
/// ```
/// use modewise::theory::scalar::contour;
///
/// let branches = contour(1.0, 2.0, 5);
/// assert_eq!((branches.len(), branches[0].len()), (2, 5));
/// assert!(branches.iter().flatten().all(|[w1, w2]| (w1 * w2 - 1.0).abs() < 1e-15));
/// assert!(contour(9.0, 2.0, 5).is_empty());
/// ```
pub fn contour(product: f64, reach: f64, points: usize) -> Vec<Vec<[f64; 2]>> {
    if product == 0.0 {
        return vec![vec![[-reach, 0.0], [reach, 0.0]], vec![[0.0, -reach], [0.0, reach]]];
    }
    let nearest = product.abs() / reach;
    if nearest >= reach {
        return Vec::new();
    }
    // Because both ends of the branch bend alike if the points have even ratios.
    let ratio = libm::pow(reach / nearest, 1.0 / (points - 1) as f64);
    let branch = |sign: f64| {
        let w1 = (0..points).map(|number| sign * nearest * libm::pow(ratio, number as f64));
        w1.map(|w1| [w1, product / w1]).collect()
    };
    vec![branch(1.0), branch(-1.0)]
}
