use std::collections::BTreeSet;
use std::fs;

use modewise::numerics::simd::dispatch::simd_lanes;

/// The lists of features, widest registers first, that kernels are compiled for.
fn targets() -> Vec<BTreeSet<String>> {
    let source = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/numerics/simd/dispatch.rs"));
    let source = source.expect("a source of the project");
    assert!(!source.contains("feature_detected"), "a second place decides by features of its own");
    let lists = source.split('"').filter(|text| text.starts_with("x86_64+avx2"));
    lists.map(|list| list.split('+').skip(1).map(str::to_owned).collect()).collect()
}

#[test]
fn wide_registers_are_those_that_kernels_are_compiled_for() {
    let targets = targets();
    assert_eq!(targets.len(), 2, "one list of targets, not one for each function");
    assert!(targets[0].contains("avx512f") && !targets[1].contains("avx512f"));
    assert_eq!(simd_lanes(), if has_all(&targets[0]) { 8 } else { 4 });
}

#[cfg(target_arch = "x86_64")]
fn has_all(features: &BTreeSet<String>) -> bool {
    macro_rules! has {
        ($($name:tt)*) => {
            |feature: &String| match feature.as_str() {
                $($name => std::arch::is_x86_feature_detected!($name),)*
                other => panic!("the test does not look for {other}"),
            }
        };
    }
    features.iter().all(has!["avx2" "fma" "bmi1" "bmi2" "lzcnt" "popcnt" "avx512f" "avx512bw" "avx512cd" "avx512dq"
        "avx512vl" "avx512vpopcntdq"])
}

#[cfg(not(target_arch = "x86_64"))]
fn has_all(_: &BTreeSet<String>) -> bool {
    false
}
