//! Fewer points for the same line.

/// The points of a line that keep it within `slack` of every point left out (Ramer 1972; Douglas and Peucker 1973),
/// ends included.
pub fn simplify(points: &[(f64, f64)], slack: f64) -> Vec<(f64, f64)> {
    if points.len() < 3 {
        return points.to_vec();
    }
    let mut kept = vec![false; points.len()];
    kept[0] = true;
    kept[points.len() - 1] = true;
    let mut spans = vec![(0, points.len() - 1)];
    while let Some((first, last)) = spans.pop() {
        let away = |&index: &usize| distance(points[index], points[first], points[last]);
        let farthest = (first + 1..last).max_by(|one, other| away(one).total_cmp(&away(other)));
        if let Some(index) = farthest.filter(|index| away(index) > slack) {
            kept[index] = true;
            spans.push((first, index));
            spans.push((index, last));
        }
    }
    points.iter().zip(kept).filter_map(|(&point, kept)| kept.then_some(point)).collect()
}

/// Distance of `point` from the segment between `from` and `to`.
fn distance(point: (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let (along_x, along_y) = (to.0 - from.0, to.1 - from.1);
    let (x, y) = (point.0 - from.0, point.1 - from.1);
    let squared = along_x * along_x + along_y * along_y;
    let share = if squared > 0.0 { ((x * along_x + y * along_y) / squared).clamp(0.0, 1.0) } else { 0.0 };
    let (off_x, off_y) = (x - share * along_x, y - share * along_y);
    (off_x * off_x + off_y * off_y).sqrt()
}
