//! What a spec may say: per cent, columns to split by, several quantities in a figure.

use modewise::spec::language::figure_options::Vertical;

use super::*;

#[test]
fn per_cent_is_a_number_wherever_parameters_stand() {
    let same = [
        ("background: 0.1", "background: 10%"),
        ("density: 0.9", "density: 90%"),
        ("set: {density: 0.11}", "set: {density: 11%}"),
        ("block: {area: 400}", "block: {area: 40000%}"),
        ("centre: [known, none]", "density: [0.5, 0.95]"),
        ("density: [0.5, 0.95]", "density: [50%, 95%]"),
        ("density: [0.5, 0.95]", "density: {linear: [50%, 95%, 2]}"),
    ];
    let mut plain = CLAIM.replace("    series: centre\n", "");
    for (from, to) in same {
        let in_per_cent = plain.replace(from, to);
        if to == "density: [0.5, 0.95]" {
            plain = in_per_cent;
            continue;
        }
        assert_ne!(in_per_cent, plain, "{from} is in the claim");
        let [one, other] =
            [&plain, &in_per_cent].map(|text| load(text, None).unwrap_or_else(|error| panic!("{error}")));
        assert_eq!((&one.parameters, &one.sweep), (&other.parameters, &other.sweep), "{to}");
        assert_eq!(one.controls[0].set, other.controls[0].set, "{to}");
    }
    let training =
        load(&CLAIM.replace("density: 0.9\n    block: {area: 400}", "density: 0.1%\n    block: {area: 400}"), None);
    let refused = training.err().expect("a density below the background");
    assert!(refused.contains("`density` is 0.001 "), "{refused}");
}

#[test]
fn any_column_of_the_table_splits() {
    let split = CLAIM
        .replace("    per: [objects]\n", "    per: [objects, area]\n    group: [s1]\n    reduce: {e: mean(error)}\n")
        .replace("mean(abs(error))", "mean(e)")
        .replace("series: centre", "series: coherence");
    let claim = load(&split, None).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!((claim.checks[0].per.join(" "), claim.checks[0].group.join(" ")), ("objects area".into(), "s1".into()));
    let FigureKind::Lines(figure) = &claim.figures[0].kind else { panic!("not lines: {:?}", claim.figures) };
    assert_eq!(figure.series.as_deref(), Some("coherence"));
}

#[test]
fn a_figure_may_have_several_quantities() {
    let list =
        "y:\n      - {value: object_overlap, label: measured}\n      - object_overlap_theory\n    y-label: overlap";
    let text = CLAIM.replace("y: object_overlap\n", &format!("{list}\n")).replace("    series: centre\n", "");
    let claim = load(&text, None).unwrap_or_else(|problems| panic!("{problems}"));
    let FigureKind::Lines(figure) = &claim.figures[0].kind else { panic!("not lines: {:?}", claim.figures) };
    let Vertical::Several { scales, label } = &figure.y else { panic!("not several: {:?}", figure.y) };
    let names: Vec<&str> = scales.iter().map(|scale| scale.name()).collect();
    assert_eq!((names, label.as_deref()), (vec!["measured", "object_overlap_theory"], Some("overlap")));
    let resolved = spec::resolved(&claim);
    let again = load(&resolved, None).unwrap_or_else(|problems| panic!("{problems}\n{resolved}"));
    assert_eq!(spec::resolved(&again), resolved);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder of specs") {
        let (path, to) = entry.map(|entry| (entry.path(), to.join(entry.file_name()))).expect("a file");
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(path, to).expect("a file");
        }
    }
}

#[test]
fn every_claim_of_the_project_reads_as_itself_when_it_is_written_out() {
    let all = |folder: &Path| {
        let loaded = spec::load(folder, None, &Registry::built_in());
        loaded.unwrap_or_else(|problems| panic!("{problems}")).claims
    };
    let (specs, written) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("specs"), TempDir::new().expect("a folder"));
    let claims = all(&specs);
    copy(&specs, written.path());
    for claim in &claims {
        fs::write(written.path().join(format!("{}.yaml", claim.id)), spec::resolved(claim)).expect("a file");
    }
    let again = all(written.path());
    let parts = |claim: &Claim| format!("{:?} {:?} {:?}", claim.checks, claim.controls, claim.figures);
    let differ = claims
        .iter()
        .zip(&again)
        .filter(|(claim, again)| parts(claim) != parts(again) || spec::resolved(claim) != spec::resolved(again));
    assert_eq!(differ.map(|(claim, _)| &claim.id).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(claims.len(), again.len());
    let kinds: BTreeSet<&str> = claims.iter().flat_map(|claim| &claim.figures).map(|of| of.kind.name()).collect();
    assert_eq!(kinds.len(), spec::language::figure_kinds::KINDS.len(), "kinds of figures that no claim has");
}
