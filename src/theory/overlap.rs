//! The modes of two categories, or of any two blocks of a table, that overlap.

use crate::numerics::statistics::extreme::larger;

/// Singular values, the larger first, of a sum of two modes `a u v^T + b x y^T` with patterns of length 1, whose item
/// patterns have the cosine `objects = v.y` and whose feature patterns the cosine `features = u.x`.
///
/// With `p` and `r` for the cosines, their squares are `(T +- sqrt(T^2 - 4 D)) / 2`, where
///
/// * `T = a^2 + b^2 + 2 a b p r`, the sum of the squares of all entries;
/// * `D = a^2 b^2 (1 - p^2) (1 - r^2)`, the product of the two.
///
/// Computed from `s1 s2 = sqrt(D)` and `s1 +- s2 = sqrt(T +- 2 sqrt(D))`, so that a weak second mode keeps its digits.
///
/// Two blocks of entries with the means `a'` and `b'` above the rest, in objects and features of `n` and `m` members of
/// which they share `k`, have the strengths `a' sqrt(n_o n_f)` and `b' sqrt(m_o m_f)` and the cosines `k/sqrt(n m)`. It
/// holds where the means add up in what the blocks share.
///
/// ```
/// use modewise::theory::overlap::singular_values;
///
/// assert_eq!(singular_values([3.0, 4.0], 0.0, 0.0), [4.0, 3.0]); // nothing in common: each is a mode
/// assert_eq!(singular_values([3.0, 4.0], 1.0, 0.0), [5.0, 0.0]); // the same objects: one mode of all features
/// assert_eq!(singular_values([3.0, 4.0], 1.0, 1.0), [7.0, 0.0]);
/// ```
///
/// Source: derived here from trace and determinant of the 2 x 2 matrix `G H`, with the strengths in the Gram matrices
/// `G` of the item patterns and `H` of the feature patterns.
pub fn singular_values([a, b]: [f64; 2], objects: f64, features: f64) -> [f64; 2] {
    let total = a * a + b * b + 2.0 * a * b * objects * features;
    let product = (a * b).abs() * ((1.0 - objects * objects) * (1.0 - features * features)).sqrt();
    let sum = (total + 2.0 * product).sqrt();
    let difference = larger(total - 2.0 * product, 0.0).sqrt();
    let first = 0.5 * (sum + difference);
    [first, if first > 0.0 { product / first } else { 0.0 }]
}
