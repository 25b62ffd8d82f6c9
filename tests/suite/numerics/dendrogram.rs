use faer::Mat;
use modewise::numerics::linear_algebra::principal::{centred, principal_axes};
use modewise::numerics::statistics::dendrogram::{Merge, average_linkage, cut, leaf_order};

use crate::learn::reference::{cases, matrix, number};

fn distance(columns: &Mat<f64>, one: usize, other: usize) -> f64 {
    (columns.col(one) - columns.col(other)).norm_l2()
}

/// The leaves of every cluster, leaves first.
fn clusters(merges: &[Merge], leaves: usize) -> Vec<Vec<usize>> {
    let mut clusters: Vec<Vec<usize>> = (0..leaves).map(|leaf| vec![leaf]).collect();
    for merge in merges {
        let mut both = [&clusters[merge.children[0]][..], &clusters[merge.children[1]]].concat();
        both.sort_unstable();
        clusters.push(both);
    }
    clusters
}

#[test]
fn merges_are_those_of_scipy() {
    for case in cases("clusters") {
        let columns = matrix(&case["columns"]);
        let leaves = columns.ncols();
        let merges = average_linkage(leaves, |one, other| distance(&columns, one, other));
        let expected: Vec<Merge> = case["merges"]
            .as_array()
            .expect("a list of merges")
            .iter()
            .map(|row| Merge { children: [0, 1].map(|of| number(&row[of]) as usize), height: number(&row[2]) })
            .collect();
        assert_eq!(merges.len(), leaves - 1);
        assert_eq!(clusters(&merges, leaves), clusters(&expected, leaves), "{leaves} leaves");
        for (found, expected) in merges.iter().zip(&expected) {
            assert!((found.height - expected.height).abs() <= 1e-14 * leaves as f64, "{found:?} {expected:?}");
        }
    }
}

#[test]
fn a_merge_is_the_mean_over_all_pairs_and_no_lower_than_those_before() {
    let columns = matrix(&cases("clusters")[2]["columns"]);
    let leaves = columns.ncols();
    let merges = average_linkage(leaves, |one, other| distance(&columns, one, other));
    let clusters = clusters(&merges, leaves);
    assert!(merges.is_sorted_by(|one, other| one.height <= other.height));
    for merge in &merges {
        let [one, other] = merge.children.map(|child| &clusters[child]);
        let pairs = one.iter().flat_map(|&a| other.iter().map(move |&b| (a, b)));
        let mean = pairs.map(|(a, b)| distance(&columns, a, b)).sum::<f64>() / (one.len() * other.len()) as f64;
        assert!((merge.height - mean).abs() <= 1e-14 * leaves as f64, "{merge:?}: {mean}");
    }
}

#[test]
fn no_branches_cross_and_leaves_stay_near_their_places() {
    for case in cases("clusters") {
        let columns = matrix(&case["columns"]);
        let leaves = columns.ncols();
        let merges = average_linkage(leaves, |one, other| distance(&columns, one, other));
        let places: Vec<f64> = (0..leaves).map(|leaf| leaf as f64).collect();
        let order = leaf_order(&merges, &places);
        let at = |leaf: usize| order.iter().position(|other| *other == leaf).expect("every leaf has a place");
        let middle = |cluster: &[usize]| cluster.iter().map(|leaf| places[*leaf]).sum::<f64>() / cluster.len() as f64;
        let all = clusters(&merges, leaves);
        for cluster in &all {
            let (first, last) =
                (cluster.iter().map(|&leaf| at(leaf)).min(), cluster.iter().map(|&leaf| at(leaf)).max());
            assert_eq!(last.unwrap() - first.unwrap() + 1, cluster.len(), "{cluster:?} stand together in {order:?}");
        }
        for merge in &merges {
            let [one, other] = merge.children.map(|child| &all[child]);
            if middle(one) != middle(other) {
                assert_eq!(at(one[0]) < at(other[0]), middle(one) < middle(other), "{one:?} {other:?} in {order:?}");
            }
        }
    }
    assert!(leaf_order(&[], &[]).is_empty());
    assert_eq!(leaf_order(&average_linkage(1, |_, _| 0.0), &[0.0]), [0]);
}

#[test]
fn a_tree_is_cut_into_the_groups_that_merge_last() {
    // Pairs 0 1, 2 3 and 4 5; then the first two pairs.
    let place = [0.0, 1.0, 10.0, 11.5, 40.0, 42.0_f64];
    let merges = average_linkage(6, |one, other| (place[one] - place[other]).abs());
    let order = leaf_order(&merges, &place);
    assert_eq!(order, [0, 1, 2, 3, 4, 5]);
    for (groups, expected) in [
        (1, [0, 0, 0, 0, 0, 0]),
        (2, [0, 0, 0, 0, 1, 1]),
        (3, [0, 0, 1, 1, 2, 2]),
        (4, [0, 0, 1, 1, 2, 3]),
        (9, [0, 1, 2, 3, 4, 5]),
    ] {
        assert_eq!(cut(&merges, groups, &order), expected, "{groups} groups");
    }
}

#[test]
fn principal_coordinates_are_those_of_numpy_with_a_fixed_sign() {
    for case in cases("clusters") {
        let columns = matrix(&case["columns"]);
        let expected = matrix(&case["absolute_coordinates"]);
        let axes = principal_axes(columns.as_ref(), 2).unwrap();
        let found = axes.transpose() * centred(columns.as_ref());
        for axis in 0..2 {
            let row: Vec<f64> = found.row(axis).iter().copied().collect();
            for (item, value) in row.iter().enumerate() {
                assert!((value.abs() - expected[(axis, item)]).abs() < 1e-13, "axis {axis}, item {item}");
            }
            let largest =
                row.iter().fold(0.0, |largest: f64, value| if value.abs() > largest.abs() { *value } else { largest });
            assert!(largest > 0.0, "the largest coordinate of axis {axis} is {largest}");
        }
        let gram = axes.transpose() * &axes - Mat::<f64>::identity(2, 2);
        assert!(gram.norm_max() < 1e-14);
        // All coordinates together keep the distances: classical scaling.
        let all = principal_axes(columns.as_ref(), columns.nrows()).unwrap();
        let places = all.transpose() * centred(columns.as_ref());
        for other in 1..columns.ncols() {
            assert!((distance(&places, 0, other) - distance(&columns, 0, other)).abs() < 1e-13);
        }
    }
}

#[test]
fn axes_beyond_the_rank_are_zero() {
    let line = Mat::from_fn(3, 5, |row, column| (row + 1) as f64 * column as f64);
    let axes = principal_axes(line.as_ref(), 3).unwrap();
    assert!((axes.col(0).norm_l2() - 1.0).abs() < 1e-14);
    assert_eq!((axes.col(1).norm_l2(), axes.col(2).norm_l2()), (0.0, 0.0));
}
