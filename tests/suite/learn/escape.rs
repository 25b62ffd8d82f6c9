//! Tests of `learn::escape`.

use modewise::learn::escape::along_way_out;
use modewise::learn::linear_network::LinearNetwork;

use super::reference::{cases, matrix, number, numbers};

#[test]
fn the_part_along_the_way_out_is_that_along_the_lowest_eigenvectors_of_a_numeric_hessian() {
    for case in cases("escape") {
        let (s, learned) = (numbers(&case["s"]), number(&case["learned"]) as usize);
        let (w1, w2) = (matrix(&case["w1"]), matrix(&case["w2"]));
        let hidden = w1.nrows();
        let found = along_way_out(&LinearNetwork::new(&s, &[w1, w2]), learned);
        let expected = number(&case["alignment"]);
        assert!((found - expected).abs() < 1e-9, "{learned} learned: {found} {expected}");
        // There is one way for each hidden direction that is not used up, as steep as the strongest missing mode is strong.
        assert_eq!(number(&case["directions"]) as usize, hidden - learned);
        assert!((number(&case["lowest"]) + s[learned]).abs() < 1e-9);
    }
}
