use modewise::theory::scalar::{contour, loss, slope};

#[test]
fn the_flow_goes_down_the_loss() {
    let step = 1e-6;
    for (s, w1, w2) in [(2.0, 0.3, -0.7), (1.0, 0.0, 0.0), (4.0, 2.0, 2.0), (0.5, -1.5, 0.2)] {
        let [d1, d2] = slope(s, w1, w2);
        let by_w1 = (loss(s, w1 + step, w2) - loss(s, w1 - step, w2)) / (2.0 * step);
        let by_w2 = (loss(s, w1, w2 + step) - loss(s, w1, w2 - step)) / (2.0 * step);
        // The central difference errs by step^2 times third derivatives of order 1, and by rounding, eps/step.
        assert!((d1 + by_w1).abs() < 1e-8 && (d2 + by_w2).abs() < 1e-8, "{s} {w1} {w2}");
    }
}

#[test]
fn contours_are_hyperbolas_inside_of_the_figure() {
    for product in [2.0, -0.7, 0.25, 8.9] {
        let branches = contour(product, 3.0, 60);
        assert_eq!(branches.len(), 2, "{product}");
        for [w1, w2] in branches.iter().flatten() {
            assert!((w1 * w2 - product).abs() < 1e-12 && w1.abs() < 3.0 + 1e-12 && w2.abs() < 3.0 + 1e-12);
        }
        let [first, last] = [branches[0][0], branches[0][59]];
        assert!((first[0] - last[1].abs()).abs() < 1e-12 && first[0] < last[0], "from one edge to the other");
        assert!(branches[0].iter().zip(&branches[1]).all(|(one, other)| one[0] == -other[0]));
    }
    assert!(contour(9.5, 3.0, 60).is_empty(), "outside of the corner");
    assert_eq!(contour(0.0, 3.0, 60), [[[-3.0, 0.0], [3.0, 0.0]], [[0.0, -3.0], [0.0, 3.0]]]);
}
