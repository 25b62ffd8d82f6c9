//! Tests of `learn::rumelhart`.

use std::ops::Range;

use faer::Mat;
use modewise::data::living_things::{ATTRIBUTES, RELATIONS, Relation};
use modewise::learn::rumelhart::{RumelhartNetwork, targets};
use modewise::learn::rumelhart_weights::{Sizes, Weights};
use modewise::numerics::linear_algebra::haar::normal_matrix;
use modewise::seed::{MasterSeed, stream};

use super::reference::{cases, matrix, number, numbers};

/// Different numbers of everything, so that no two sides can be mistaken for each other.
const SIZES: Sizes = Sizes { items: 3, relations: 2, representation: 4, hidden: 5, attributes: 7 };
const RELATIONS_OF_SEVEN: [Range<usize>; 2] = [0..3, 3..7];

fn random(scale: f64) -> (Weights, Mat<f64>) {
    let mut rng = stream(MasterSeed(5), "test", &SIZES, 0);
    let mut weights = Weights::normal(SIZES, scale, -0.5, &mut rng);
    for part in weights.parts_mut().into_iter().skip(4) {
        *part += normal_matrix(part.nrows(), part.ncols(), &mut rng);
    }
    let table = Mat::from_fn(7, 3, |attribute, item| f64::from(u8::from((attribute * (item + 2)) % 3 == 0)));
    (weights, targets(table.as_ref(), &RELATIONS_OF_SEVEN))
}

#[test]
fn a_network_from_given_weights_learns_like_the_reference() {
    for case in cases("rumelhart") {
        let table = matrix(&case["table"]);
        let names: Vec<&str> =
            case["attributes"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        let own = |&(relation, name, _): &(Relation, &str, _)| format!("{} {name}", relation.word());
        let rows: Vec<usize> =
            ATTRIBUTES.iter().map(|row| names.iter().position(|&name| name == own(row)).unwrap()).collect();
        let relations: Vec<Range<usize>> = RELATIONS
            .iter()
            .map(|relation| {
                let before = ATTRIBUTES.iter().filter(|row| row.0 < *relation).count();
                before..before + ATTRIBUTES.iter().filter(|row| row.0 == *relation).count()
            })
            .collect();
        let sizes = Sizes { items: 8, relations: 4, representation: 8, hidden: 15, attributes: 36 };
        let start = |name: &str| matrix(&case["start"][name]);
        let output = start("hidden_attribute");
        let weights = Weights {
            item: start("item_representation"),
            representation_hidden: start("representation_hidden"),
            relation: start("relation_hidden"),
            hidden_attribute: Mat::from_fn(36, 15, |attribute, unit| output[(rows[attribute], unit)]),
            attribute_bias: Mat::full(36, 1, number(&case["output_bias"])),
            ..Weights::zeros(sizes)
        };
        let table = Mat::from_fn(36, 8, |attribute, item| table[(rows[attribute], item)]);
        let mut network = RumelhartNetwork::new(sizes, &weights, &targets(table.as_ref(), &relations));
        let mut epoch = 0;
        for kept in case["kept"].as_array().unwrap() {
            let wanted = kept["epoch"].as_u64().unwrap();
            (epoch..wanted).for_each(|_| network.step(number(&case["eta"])));
            epoch = wanted;
            let loss = number(&kept["loss"]);
            assert!((network.loss() - loss).abs() <= 1e-9, "epoch {epoch}: {} {loss}", network.loss());
            let distances = matrix(&kept["distances"]);
            let representation = network.representation();
            for i in 0..8 {
                for j in 0..8 {
                    let distance = (representation.col(i) - representation.col(j)).norm_l2();
                    let error = (distance - distances[(i, j)]).abs();
                    assert!(error <= 1e-9, "epoch {epoch}, items {i} and {j}: {error:e}");
                }
            }
        }
        assert_eq!(epoch, 3000);
    }
}

#[test]
fn the_gradient_is_the_slope_of_the_loss_in_every_weight() {
    let (weights, targets) = random(0.8);
    let loss = |weights: &Weights| RumelhartNetwork::new(SIZES, weights, &targets).loss();
    let gradient = RumelhartNetwork::new(SIZES, &weights, &targets).gradient();
    let mut compared = 0;
    for (number, part) in gradient.parts().into_iter().enumerate() {
        for (row, column) in (0..part.nrows()).flat_map(|row| (0..part.ncols()).map(move |column| (row, column))) {
            let moved = |by: f64| {
                let mut moved = weights.clone();
                moved.parts_mut()[number][(row, column)] += by;
                loss(&moved)
            };
            // The error of the central difference is of the order of h^2 + eps/h, 1e-10 here.
            let slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            let error = (slope - part[(row, column)]).abs();
            assert!(error <= 1e-9, "part {number}, entry {row} {column}: {slope} {}", part[(row, column)]);
            compared += 1;
        }
    }
    assert_eq!(compared, 12 + 20 + 10 + 35 + 4 + 5 + 7);
}

#[test]
fn only_what_the_relation_asks_for_is_a_target() {
    let table = Mat::from_fn(7, 3, |attribute, item| (10 * attribute + item + 1) as f64);
    let targets = targets(table.as_ref(), &RELATIONS_OF_SEVEN);
    assert_eq!((targets.nrows(), targets.ncols()), (7, 6));
    for (pattern, attribute) in (0..6).flat_map(|pattern| (0..7).map(move |attribute| (pattern, attribute))) {
        let (item, relation) = (pattern % 3, pattern / 3);
        let asked = RELATIONS_OF_SEVEN[relation].contains(&attribute);
        let expected = if asked { table[(attribute, item)] } else { 0.0 };
        assert_eq!(targets[(attribute, pattern)], expected, "pattern {pattern}, attribute {attribute}");
    }
}

#[test]
fn starts_of_all_scales_share_their_directions() {
    let start = |scale| Weights::normal(SIZES, scale, -2.0, &mut stream(MasterSeed(1), "start", &SIZES, 4));
    let (one, three) = (start(0.1), start(0.3));
    for (small, large) in one.parts().into_iter().zip(three.parts()).take(4) {
        assert!(small.norm_max() > 0.0);
        assert!((small * faer::Scale(3.0) - large).norm_max() <= 1e-15);
    }
    for (number, bias) in three.parts().into_iter().enumerate().skip(4) {
        let expected = if number == 6 { -2.0 } else { 0.0 };
        assert!(bias.col_as_slice(0).iter().all(|&value| value == expected), "part {number}");
    }
}

/// Weights as the reference has them, by the names of the fields.
fn weights_of(case: &serde_json::Value) -> Weights {
    let of = |name: &str| matrix(&case[name]);
    Weights {
        item: of("item"),
        representation_hidden: of("representation_hidden"),
        relation: of("relation"),
        hidden_attribute: of("hidden_attribute"),
        representation_bias: of("representation_bias"),
        hidden_bias: of("hidden_bias"),
        attribute_bias: of("attribute_bias"),
    }
}

#[test]
fn one_pattern_after_the_other_is_learned_like_the_reference() {
    for case in cases("online") {
        let list = |value: &serde_json::Value| -> Vec<usize> { numbers(value).iter().map(|x| *x as usize).collect() };
        let [items, relations, representation, hidden, attributes] = list(&case["sizes"])[..] else {
            panic!("five sizes: {}", case["sizes"])
        };
        let sizes = Sizes { items, relations, representation, hidden, attributes };
        let asked = case["relations"].as_array().unwrap().iter().map(list);
        let asked: Vec<Range<usize>> = asked.map(|ends| ends[0]..ends[1]).collect();
        let right = targets(matrix(&case["table"]).as_ref(), &asked);
        let mut network = RumelhartNetwork::new(sizes, &weights_of(&case["start"]), &right);
        for order in case["orders"].as_array().unwrap() {
            network.step_by_pattern(&list(order), number(&case["rate"]));
        }
        let expected = weights_of(&case["end"]);
        for (number, (found, expected)) in network.weights().parts().iter().zip(expected.parts()).enumerate() {
            let error = (*found - expected).norm_max();
            assert!(error <= 1e-12, "{sizes:?}, part {number}: {error:e}");
        }
        let error = (network.representation() - matrix(&case["representation"])).norm_max();
        assert!(error <= 1e-12, "{sizes:?}: the activities are those of the present weights: {error:e}");
    }
}

#[test]
fn patterns_in_small_steps_add_up_to_a_step_of_all() {
    let (weights, targets) = random(0.8);
    let network = || RumelhartNetwork::new(SIZES, &weights, &targets);
    let gap = |rate: f64| {
        let (mut all, mut each) = (network(), network());
        all.step(rate);
        each.step_by_pattern(&[4, 0, 5, 2, 1, 3], rate);
        let (all, each) = (all.weights(), each.weights());
        let gaps = all.parts().into_iter().zip(each.parts()).map(|(all, each)| (all - each).squared_norm_l2());
        gaps.sum::<f64>().sqrt()
    };
    // Each step sees what those before have changed, which is of second order in the rate.
    let ratio = gap(1e-3) / gap(5e-4);
    assert!((ratio - 4.0).abs() < 0.01, "{ratio}");
}
