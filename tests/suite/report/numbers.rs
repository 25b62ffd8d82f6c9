//! Numbers as text.

use modewise::report::number::Notation::{PerCent, Plain};
use modewise::report::number::{about, count, exact, shortest, superscript, tolerance_use};
use proptest::prelude::*;

#[test]
fn numbers_have_three_digits_and_whole_numbers_all() {
    let cases = [
        (Plain, 0.0, "0"),
        (Plain, -0.0, "0"),
        (Plain, 5.0, "5"),
        (Plain, 12_345.0, "12 345"),
        (Plain, 999_999.0, "999 999"),
        (Plain, 0.123_456, "0.123"),
        (Plain, -0.123_456, "−0.123"),
        (Plain, 0.099_96, "0.100"),
        (Plain, 9.996, "10.0"),
        (Plain, 123.456, "123"),
        (Plain, 1234.56, "1235"),
        (Plain, 0.000_123_4, "0.000123"),
        (Plain, 0.000_012_34, "1.23 × 10⁻⁵"),
        (Plain, 1e-6, "10⁻⁶"),
        (Plain, -2.5e12, "−2.5 × 10¹²"),
        (Plain, f64::NAN, "missing"),
        (PerCent, 0.005, "0.500 %"),
        (PerCent, 0.99, "99 %"),
        (PerCent, 1.0, "100 %"),
    ];
    for (notation, value, expected) in cases {
        assert_eq!(notation.number(value).replace('\u{202f}', " "), expected, "{value}");
    }
}

#[test]
fn bounds_are_as_short_as_they_were_chosen() {
    let cases = [
        (Plain, 0.5, "0.5"),
        (Plain, 0.05, "0.05"),
        (PerCent, 0.005, "0.5 %"),
        (Plain, 10.5, "10.5"),
        (Plain, 100.0, "100"),
    ];
    for (notation, value, expected) in cases {
        assert_eq!(notation.bound(value).replace('\u{202f}', " "), expected, "{value}");
    }
}

#[test]
fn values_of_axes_are_as_they_were_written() {
    let cases = [
        (3.0, "3"),
        (0.05, "0.05"),
        (9.996, "9.996"),
        (-0.0, "0"),
        (-1.5, "−1.5"),
        (0.1 + 0.2, "0.3"),
        (12_345.6, "12 345.6"),
        (999_999.0, "999 999"),
        (2_500_000.0, "2.5 × 10⁶"),
        (0.000_25, "0.00025"),
        (1e-5, "10⁻⁵"),
        (-3.75e-9, "−3.75 × 10⁻⁹"),
        (f64::NAN, "missing"),
    ];
    for (value, expected) in cases {
        assert_eq!(shortest(value).replace('\u{202f}', " "), expected, "{value}");
    }
}

#[test]
fn intervals_have_the_digits_of_their_width() {
    let cases = [
        (Plain, [0.3124, 0.3341], "0.312 to 0.334"),
        (Plain, [-0.9931, -0.9884], "−0.9931 to −0.9884"),
        (PerCent, [0.0028, 0.0036], "0.280 to 0.360 %"),
        (Plain, [120.0, 340.0], "120 to 340"),
        (Plain, [1e-9, 2e-9], "10⁻⁹ to 2 × 10⁻⁹"),
        (Plain, [0.5, 0.5], "0.500 to 0.500"),
        (Plain, [-0.01, 0.01], "−0.010 to 0.010"),
        (Plain, [2.494_551, 2.494_552], "2.495 to 2.495"),
        (PerCent, [0.999_996_4, 0.999_998_4], "100.0 to 100.0 %"),
    ];
    for (notation, interval, expected) in cases {
        let (_, text) = notation.measured(interval[0], interval, None);
        assert_eq!(text.replace('\u{202f}', " "), expected, "{interval:?}");
    }
}

#[test]
fn a_narrow_interval_has_the_digits_of_the_tolerance() {
    let cases = [
        (1.000_515, [1.000_506, 1.000_524], 0.001, "1.0005", "1.0005 to 1.0005"),
        (0.999_998, [0.999_993, 1.0], 2e-5, "0.999998", "0.999993 to 1.000000"),
        (0.4, [0.3, 0.5], 1e-3, "0.40", "0.30 to 0.50"),
    ];
    for (value, interval, tolerance, written, ends) in cases {
        let expected = (written.to_owned(), ends.to_owned());
        assert_eq!(Plain.measured(value, interval, Some(tolerance)), expected, "{value} ± {tolerance}");
    }
}

#[test]
fn tolerance_use_is_short_at_every_size() {
    let cases = [
        (0.0, "0"),
        (0.001, "under 0.01"),
        (0.64, "0.64"),
        (1.0, "1.00"),
        (9.996, "10"),
        (166.24, "166"),
        (5e7, "over 1000"),
        (f64::INFINITY, "unknown"),
    ];
    for (value, expected) in cases {
        assert_eq!(tolerance_use(value).replace('\u{202f}', " "), expected, "{value}");
    }
}

#[test]
fn rough_numbers_are_rounded_up_to_two_digits() {
    for (value, expected) in
        [(0, "0"), (26, "26"), (99, "99"), (300, "300"), (1250, "1300"), (74_057, "75 000"), (99_100, "100 000")]
    {
        assert_eq!(about(value).replace('\u{202f}', " "), expected);
    }
    assert!(!about(u64::MAX).is_empty());
}

#[test]
fn counts_are_grouped_from_five_digits_on() {
    for (value, expected) in [(0, "0"), (1234, "1234"), (12_345, "12 345"), (1_234_567, "1 234 567")] {
        assert_eq!(count(value).replace('\u{202f}', " "), expected);
    }
    assert_eq!(superscript(-1_234_567_890), "⁻¹²³⁴⁵⁶⁷⁸⁹⁰");
}

/// The value of a number as a reader reads it, power of ten and all.
fn read_back(text: &str) -> f64 {
    let raised = |character: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|digit| digit == character);
    let Some(start) = text.find(|character| character == '⁻' || raised(character).is_some()) else {
        return text.parse().expect("a number");
    };
    let (factor, power) = text.split_at(start);
    let factor = factor.strip_suffix("10").expect("a power of ten");
    let factor = factor.strip_suffix('×').map_or_else(|| format!("{factor}1"), str::to_owned);
    let power: String =
        power.chars().map(|digit| raised(digit).map_or("-".to_owned(), |digit| digit.to_string())).collect();
    format!("{factor}e{power}").parse().expect("a number")
}

proptest! {
    #[test]
    fn a_number_for_programs_is_read_back_exactly(bits in any::<u64>()) {
        let value = f64::from_bits(bits);
        if value.is_finite() {
            prop_assert_eq!(exact(value).parse::<f64>().expect("a number").to_bits(), value.to_bits());
        } else {
            prop_assert_eq!(exact(value), "");
        }
    }

    #[test]
    fn a_number_for_readers_is_right_to_half_a_per_cent(value in -1e9..1e9_f64) {
        let text = Plain.number(value).replace('\u{202f}', "").replace('−', "-");
        let read = read_back(&text);
        prop_assert!((read - value).abs() <= 0.005_000_1 * value.abs(), "{} for {}", text, value);
    }
}
