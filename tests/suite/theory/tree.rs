use modewise::theory::tree::{TreeLevel, levels};

use crate::data::reference;

#[test]
#[expect(clippy::disallowed_methods, reason = "the values are finite")]
fn eigenvalues_are_those_of_the_explicit_covariance() {
    for case in reference::cases("tree") {
        let size = |name: &str| usize::try_from(case[name].as_u64().unwrap()).unwrap();
        let found = levels(size("depth"), size("branching"), reference::number(&case["flip"]));
        let observed: Vec<f64> =
            found.iter().flat_map(|level| std::iter::repeat_n(level.eigenvalue, level.count)).collect();
        let expected = reference::numbers(&case["eigenvalues"]);
        assert_eq!(observed.len(), expected.len(), "{case}");
        for (observed, expected) in observed.iter().zip(&expected) {
            assert!((observed - expected).abs() <= 1e-13 * expected.max(1.0), "{case}: {observed} {expected}");
        }
    }
}

#[test]
fn modes_span_the_items_share_their_variance_and_fall_in_order() {
    for depth in 1..=6 {
        for branching in 2..=4 {
            for flip in [0.0, 1e-6, 0.1, 0.3, 0.5] {
                let levels = levels(depth, branching, flip);
                let items = branching.pow(u32::try_from(depth).unwrap());
                let row = format!("depth {depth}, branching {branching}, flip {flip}");
                assert_eq!(levels.iter().map(|level| level.count).sum::<usize>(), items, "{row}");
                assert!(levels.iter().map(|level| level.level).eq(0..=depth), "{row}");
                let trace: f64 = levels.iter().map(|level| level.count as f64 * level.eigenvalue).sum();
                assert!((trace - items as f64).abs() <= 1e-12 * items as f64, "{row}: trace {trace}");
                let falls = levels.windows(2).all(|pair| pair[0].eigenvalue >= pair[1].eigenvalue - 1e-12);
                assert!(falls && levels[depth].eigenvalue >= 0.0, "{row}: {levels:?}");
            }
        }
    }
}

#[test]
fn trees_without_flips_have_one_mode_and_coins_have_none_in_particular() {
    let mode = |level, eigenvalue, count| TreeLevel { level, eigenvalue, count };
    assert_eq!(levels(2, 2, 0.0), [mode(0, 4.0, 1), mode(1, 0.0, 1), mode(2, 0.0, 2)]);
    assert_eq!(levels(2, 2, 0.5), [mode(0, 1.0, 1), mode(1, 1.0, 1), mode(2, 1.0, 2)]);
}
