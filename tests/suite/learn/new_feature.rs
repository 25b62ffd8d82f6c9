//! Teaching a trained network one more feature.

use modewise::learn::new_feature::fit_new_feature;

#[test]
fn the_item_taught_has_the_feature_and_the_weights_lie_along_its_activity() {
    for h in [vec![2.0], vec![1.0, -2.0, 0.5], vec![1e-6, 3e-6], vec![1e5, -1e5, 7.0, 0.0]] {
        let square: f64 = h.iter().map(|x| x * x).sum();
        let weights = fit_new_feature(&h);
        for (w, h) in weights.iter().zip(&h) {
            assert!((w * square - h).abs() <= 1e-12 * square.sqrt(), "{weights:?}");
        }
    }
}

#[test]
fn an_item_without_activity_and_one_that_is_not_finite_end() {
    assert_eq!(fit_new_feature(&[0.0, 0.0]), [0.0, 0.0]);
    for h in [f64::NAN, f64::INFINITY] {
        assert_eq!(fit_new_feature(&[h, 1.0]).len(), 2);
    }
}
