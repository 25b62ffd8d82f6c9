//! A record made in code: every verdict, every kind of figure, findings with and without interval and point.

use indexmap::IndexMap;
use libm::{exp, log, pow, sin};
use modewise::judge::finding::{Finding, IntervalMethod, PointValue};
use modewise::judge::goal::Resolution;
use modewise::judge::verdict::Verdict;
use modewise::plot::model::{Layer, Origin, Plot, PlotAxis};
use modewise::record::{CellTiming, CheckRecord, ClaimRecord, ControlRecord, FORMAT, Provenance, Record, Timing};
use modewise::spec::claim::{Chapter, Citation, Reference};
use modewise::table::{Table, Tables};
use serde_json::json;

/// The record.
pub(super) fn record() -> Record {
    let mut claims = vec![
        learning_times(),
        plateaus(),
        depth(),
        shallow(),
        tree_spectrum(),
        noise_edge(),
        border(),
        ranks(),
        living_things(),
    ];
    let findings = [
        learning_times_findings(),
        vec![finding("one plateau per saddle", Verdict::Holds, 5.0, None, [5.0, 5.0], 0.0)],
        depth_findings(),
        shallow_findings(),
        tree_findings(),
        vec![broken_finding()],
        border_findings(),
        vec![ranks_finding()],
        Vec::new(),
    ];
    for (claim, findings) in claims.iter_mut().zip(findings) {
        claim.findings = findings;
    }
    Record {
        format: FORMAT,
        profile: "quick".to_owned(),
        seed: 1,
        chapters: chapters(),
        sources: IndexMap::from([("saxe2014".to_owned(), saxe2014()), ("bgn2012".to_owned(), benaych_georges2012())]),
        tables: tables(&claims),
        control_tables: IndexMap::from([(
            "stages/learning-times".to_owned(),
            IndexMap::from([("shallow network".to_owned(), modes_table(2))]),
        )]),
        plots: plots(),
        claims,
        provenance: provenance(),
        digest: "7c1f0a5be6f7d7dc6a7a1f0b7e6c5d4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d".to_owned(),
    }
}

/// Its wall-clock facts.
pub(super) fn timing() -> Timing {
    Timing {
        finished: 1_795_447_800,
        seconds: 83.4,
        jobs: 2,
        fresh: IndexMap::from([("stages/learning-times".to_owned(), 14)]),
        stored: IndexMap::from([("stages/depth".to_owned(), 21), ("detection/border".to_owned(), 400)]),
        cells: vec![CellTiming {
            claim: "stages/learning-times".to_owned(),
            control: Some("shallow".to_owned()),
            point: "hidden = 32, scale = 0.1".to_owned(),
            replicates: [0, 16],
            key: "ab".repeat(32),
            fresh: true,
        }],
    }
}

fn chapters() -> Vec<Chapter> {
    let chapter = |id: &str, title: &str, introduction: &str| Chapter {
        id: id.to_owned(),
        title: title.to_owned(),
        introduction: introduction.to_owned(),
    };
    vec![
        chapter(
            "stages",
            "Stages of learning",
            "A linear network with a hidden layer learns one *mode* after the other. Each waits at a saddle of the loss \
             $L = \\frac12 \\lVert Y - W_2 W_1 \\rVert_F^2$ until the next has grown.",
        ),
        chapter(
            "spectra",
            "Spectra of data",
            "What a hierarchy of categories does to the singular values of its data.",
        ),
        chapter("detection", "Detection of categories", "When a category planted in noise can be found at all."),
    ]
}

fn saxe2014() -> Reference {
    Reference {
        authors: "A. Saxe, J. McClelland, S. Ganguli".to_owned(),
        title: "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks".to_owned(),
        venue: "ICLR".to_owned(),
        year: 2014,
        url: Some("https://arxiv.org/abs/1312.6120".to_owned()),
    }
}

fn benaych_georges2012() -> Reference {
    Reference {
        authors: "F. Benaych-Georges, R. R. Nadakuditi".to_owned(),
        title: "The singular values and vectors of low rank perturbations of large rectangular random matrices"
            .to_owned(),
        venue: "Journal of Multivariate Analysis 111".to_owned(),
        year: 2012,
        url: None,
    }
}

fn provenance() -> Provenance {
    let map = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    Provenance {
        version: "0.1.0".to_owned(),
        revision: Some("3f2a9c1d7be0".to_owned()),
        dirty: Some(false),
        compiler: "rustc 1.95.0".to_owned(),
        target: "x86_64-unknown-linux-gnu".to_owned(),
        cpu_features: vec!["avx2".to_owned(), "fma".to_owned()],
        locked: map(&[("faer", "0.24.4"), ("libm", "0.2.16"), ("rand_pcg", "0.10.1")]),
        fingerprints: map(&[
            ("training", "b2c86f0fa3d87a8fe8d8ad6dd5a3bbbd4d0a8b42b6f6d6b5c2f6e6a4c6e7f801"),
            ("spectrum", "11f86f0fa3d87a8fe8d8ad6dd5a3bbbd4d0a8b42b6f6d6b5c2f6e6a4c6e7f802"),
        ]),
    }
}

// ---------------------------------------------------------------------------------------------------------- claims

struct Words {
    id: &'static str,
    title: &'static str,
    verdict: Verdict,
    reason: Option<&'static str>,
    statement: &'static str,
    tolerance_use: Option<f64>,
}

fn claim(words: Words, checks: Vec<CheckRecord>, controls: Vec<ControlRecord>) -> ClaimRecord {
    let Words { id, title, verdict, reason, statement, tolerance_use } = words;
    let chapter = id.split('/').next().expect("an id has a chapter");
    ClaimRecord {
        id: id.to_owned(),
        title: title.to_owned(),
        chapter: chapter.to_owned(),
        verdict,
        reason: reason.map(str::to_owned),
        statement: statement.to_owned(),
        source: Citation {
            cite: if chapter == "detection" { "bgn2012" } else { "saxe2014" }.to_owned(),
            locator: (chapter == "stages").then(|| "Eq. 12, Fig. 3".to_owned()),
        },
        why_this_tolerance: "The finite step and the next mode's head start leave $0.3\\,\\%$ at these settings."
            .to_owned(),
        tags: vec!["headline".to_owned()],
        experiment: if chapter == "stages" { "training" } else { "spectrum" }.to_owned(),
        parameters: json!({"learner": {"linear": {"layers": 2, "rate": 0.01}}}),
        sweep: IndexMap::from([("learner.linear.hidden".to_owned(), vec![json!(32), json!(64)])]),
        confidence: 0.99,
        replicates: 100,
        points: 2,
        tolerance_use,
        checks,
        controls,
        findings: Vec::new(),
        file: format!("specs/{id}.yaml"),
        spec: format!("title: {title}\nstatement: |\n  <b>As</b> above.\nsource: {{cite: saxe2014}}\n"),
        labels: IndexMap::new(),
        units: IndexMap::new(),
        judged: judged(id),
    }
}

/// Fingerprints of a claim of the fixture, by profile.
pub(super) fn judged(id: &str) -> IndexMap<String, String> {
    ["full", "quick"].map(|profile| (profile.to_owned(), format!("{profile} {id}"))).into()
}

fn check(name: &str, table: &str, measure: &str, expect: &[(&str, &str)]) -> CheckRecord {
    CheckRecord {
        name: name.to_owned(),
        about: None,
        table: table.to_owned(),
        lets: IndexMap::new(),
        filter: None,
        per: Vec::new(),
        group: Vec::new(),
        reduce: IndexMap::new(),
        measure: measure.to_owned(),
        expect: expect.iter().map(|(part, text)| ((*part).to_owned(), (*text).to_owned())).collect(),
    }
}

fn control(name: &str, because: &str, fails: &str, failed: bool) -> ControlRecord {
    ControlRecord {
        name: name.to_owned(),
        because: because.to_owned(),
        set: IndexMap::from([("learner.linear.layers".to_owned(), json!(1))]),
        replicates: None,
        fails: vec![fails.to_owned()],
        at: IndexMap::new(),
        filters: IndexMap::new(),
        margin: None,
        failed,
    }
}

fn learning_times() -> ClaimRecord {
    let words = Words {
        id: "stages/learning-times",
        title: "Every mode is learned when its singular value and the initial weights say",
        verdict: Verdict::Holds,
        reason: None,
        statement: "From small random weights, mode $a$ of the data is half learned at\n\n$$t_a = \
                    \\frac{\\ln(s_a/m_{0,a} - 1)}{2 g_a}, \\qquad g_a = \\frac{\\ln(1 + \\eta s_a)}{\\eta}.$$\n\nThe strongest \
                    mode comes first, and **each learned mode uses up one hidden direction**. <script>alert(1)</script>",
        tolerance_use: Some(0.64),
    };
    let mut on_time =
        check("strong modes are on time", "modes", "mean(abs(half_time/predicted - 1))", &[("at-most", "0.5%")]);
    on_time.lets.insert("predicted".to_owned(), "ln(s/m0_free - 1) / (2*g)".to_owned());
    on_time.filter = Some("mode <= 12 and known(half_time)".to_owned());
    on_time.per = vec!["hidden".to_owned()];
    let order =
        check("the order is that of the singular values", "modes", "kendall(half_time, s)", &[("at-most", "-0.95")]);
    let because = "without a hidden layer every mode has the same half time, $\\ln 2$";
    let mut shallow = control("shallow network", because, &order.name, true);
    shallow.fails.push(on_time.name.clone());
    let mut record = claim(words, vec![on_time, order], vec![shallow]);
    record.units.insert("modes".to_owned(), IndexMap::from([("half_time".to_owned(), "time".to_owned())]));
    record
}

fn plateaus() -> ClaimRecord {
    let words = Words {
        id: "stages/plateaus",
        title: "The loss waits at the saddles",
        verdict: Verdict::Holds,
        reason: None,
        statement: "The loss stands still near $\\frac12\\sum_{a>k} s_a^2$ before mode $k+1$ is learned.",
        tolerance_use: Some(0.0),
    };
    let one = check("one plateau per saddle", "saddles", "count()", &[("exactly", "5")]);
    claim(
        words,
        vec![one],
        vec![control("large start", "from large weights there is no saddle", "one plateau per saddle", true)],
    )
}

fn depth() -> ClaimRecord {
    let words = Words {
        id: "stages/depth",
        title: "Depth makes the steps steeper",
        verdict: Verdict::Fails,
        reason: None,
        statement: "The time from 10 % to 90 % of a mode, divided by its half time, falls with the number of layers.",
        tolerance_use: Some(3.2),
    };
    let mut rise = check(
        "rise over half time",
        "modes",
        "mean(rise_time/half_time)",
        &[("equals", "1/layers"), ("relative", "5%")],
    );
    rise.per = vec!["layers".to_owned()];
    let condition = |text: &str| IndexMap::from([("rise over half time".to_owned(), text.to_owned())]);
    let shallow = ControlRecord {
        at: condition("layers < 2"),
        filters: condition("mode <= 3"),
        ..control("shallow", "one layer has no stages", "rise over half time", true)
    };
    claim(words, vec![rise], vec![shallow])
}

fn shallow() -> ClaimRecord {
    let words = Words {
        id: "stages/shallow",
        title: "A shallow network has no stages",
        verdict: Verdict::Vacuous,
        reason: Some("The control “two layers” did not fail: the check “all at once” holds there as well."),
        statement: "Every mode has the half time $\\ln 2$.",
        tolerance_use: Some(0.21),
    };
    let all = check("all at once", "modes", "sd(half_time)", &[("at-most", "0.01")]);
    claim(words, vec![all], vec![control("two layers", "a hidden layer makes stages", "all at once", false)])
}

fn tree_spectrum() -> ClaimRecord {
    let words = Words {
        id: "spectra/tree",
        title: "A tree's singular values come in levels",
        verdict: Verdict::Inconclusive,
        reason: None,
        statement: "Each level of the tree has one singular value, as often as the level has splits.",
        tolerance_use: Some(0.97),
    };
    let mut levels = check(
        "levels have the predicted value",
        "modes",
        "mean(s/s_theory)",
        &[("equals", "1"), ("absolute", "0.02"), ("relative", "1%")],
    );
    levels.per = vec!["level".to_owned()];
    claim(words, vec![levels], vec![control("shuffled", "no tree, no levels", "levels have the predicted value", true)])
}

fn noise_edge() -> ClaimRecord {
    let words = Words {
        id: "spectra/edge",
        title: "Noise ends at its edge",
        verdict: Verdict::Broken,
        reason: Some("One cell of 14 failed: replicate 37: the decomposition did not converge."),
        statement: "No singular value of pure noise lies above $\\sigma(\\sqrt F + \\sqrt N)$ by more than a little.",
        tolerance_use: None,
    };
    let above = check("none above the edge", "run", "fraction(modes_above_edge == 0)", &[("at-least", "95%")]);
    claim(words, vec![above], vec![control("signal", "a strong signal stands out", "none above the edge", true)])
}

fn border() -> ClaimRecord {
    let words = Words {
        id: "detection/border",
        title: "A category is found when its area is large enough",
        verdict: Verdict::Holds,
        reason: None,
        statement: "The overlap rises through 0.4 where the area is $\\propto \\sqrt{\\text{objects}\\cdot\\text{features}}$.",
        tolerance_use: Some(0.93),
    };
    let mut slope = check(
        "the critical area grows as the root",
        "run",
        "slope(ln(critical_area), ln(objects*features))",
        &[("low", "0.45"), ("high", "0.55")],
    );
    slope.group = vec!["objects".to_owned(), "features".to_owned()];
    slope.reduce.insert("critical_area".to_owned(), "crossing(overlap, area, 0.4)".to_owned());
    slope.filter = Some("centre == \"known\" and not (area < 10)".to_owned());
    let mut found = check("large ones are found", "run", "fraction(overlap > 0.4)", &[("at-least", "90%")]);
    found.per = vec!["centre".to_owned()];
    let mut record = claim(
        words,
        vec![slope, found],
        vec![control("nothing planted", "there is nothing to find", "large ones are found", true)],
    );
    record.labels.insert("centre".to_owned(), vec!["known".to_owned(), "estimated, by column".to_owned()]);
    record
}

fn ranks() -> ClaimRecord {
    let words = Words {
        id: "detection/rank",
        title: "The rank is that of the plan",
        verdict: Verdict::Holds,
        reason: None,
        statement: "Planted ranks are found exactly.",
        tolerance_use: Some(0.001),
    };
    let rank = check("error of the product", "run", "max(product_error)", &[("at-most", "1e-6")]);
    claim(words, vec![rank], vec![control("narrow", "too few hidden units", "error of the product", true)])
}

fn living_things() -> ClaimRecord {
    let words = Words {
        id: "detection/living-things",
        title: "Categories of living things are found in order",
        verdict: Verdict::Skipped,
        reason: Some("The file `data/zoo.csv` is not there."),
        statement: "The first modes separate animals from plants.",
        tolerance_use: None,
    };
    let order = check("order", "categories", "kendall(half_time, level)", &[("at-least", "0.9")]);
    claim(words, vec![order], vec![control("shuffled", "no order", "order", false)])
}

// -------------------------------------------------------------------------------------------------------- findings

fn finding(
    check: &str,
    verdict: Verdict,
    measured: f64,
    interval: Option<[f64; 2]>,
    band: [f64; 2],
    tolerance_use: f64,
) -> Finding {
    let end = |value: f64| value.is_finite().then_some(value);
    let band = band.map(end);
    let expected = match band {
        [Some(low), Some(high)] => Some(0.5 * (low + high)),
        [low, high] => low.or(high),
    };
    Finding {
        check: check.to_owned(),
        control: None,
        point: None,
        verdict,
        measured: Some(measured),
        interval,
        expected,
        band,
        tolerance_use: Some(tolerance_use),
        resolution: None,
        margin: None,
        proven_share: None,
        replicates: 100,
        rows: 3100,
        method: if interval.is_some() { IntervalMethod::Bootstrap } else { IntervalMethod::Exact },
        more_replicates: None,
        note: None,
    }
}

fn at(mut finding: Finding, axis: &str, value: PointValue) -> Finding {
    finding.point = Some(IndexMap::from([(axis.to_owned(), value)]));
    finding
}

fn in_control(mut finding: Finding, control: &str) -> Finding {
    finding.control = Some(control.to_owned());
    finding
}

const OPEN: f64 = f64::INFINITY;

fn learning_times_findings() -> Vec<Finding> {
    let on_time = "strong modes are on time";
    let small = finding(on_time, Verdict::Holds, 0.0032, Some([0.0028, 0.0036]), [-OPEN, 0.005], 0.64);
    let wide = finding(on_time, Verdict::Holds, 0.0014, Some([0.0013, 0.0016]), [-OPEN, 0.005], 0.28);
    let order = |verdict, measured, interval, tolerance_use| {
        let name = "the order is that of the singular values";
        finding(name, verdict, measured, Some(interval), [-OPEN, -0.95], tolerance_use)
    };
    let ordered = order(Verdict::Holds, -0.99123, [-0.9931, -0.9884], 0.18);
    let disordered = order(Verdict::Fails, -0.0312, [-0.0931, 0.0284], 19.4);
    let broken = finding(on_time, Verdict::Fails, 0.8312, Some([0.829, 0.834]), [-OPEN, 0.005], 166.24);
    vec![
        at(small, "hidden", PointValue::Number(32.0)),
        at(wide, "hidden", PointValue::Number(64.0)),
        ordered,
        in_control(disordered, "shallow network"),
        in_control(at(broken, "hidden", PointValue::Number(32.0)), "shallow network"),
    ]
}

fn depth_findings() -> Vec<Finding> {
    let name = "rise over half time";
    let two = finding(name, Verdict::Holds, 0.492, Some([0.488, 0.497]), [0.475, 0.525], 0.32);
    let three = finding(name, Verdict::Inconclusive, 0.349, Some([0.343, 0.354]), [0.3167, 0.35], 0.94);
    let three = Finding { more_replicates: Some(1250), ..three };
    let four = finding(name, Verdict::Fails, 0.29, Some([0.284, 0.297]), [0.2375, 0.2625], 3.2);
    let control = finding(name, Verdict::Fails, 2.2, Some([2.1, 2.3]), [0.95, 1.05], 24.0);
    vec![
        at(two, "layers", PointValue::Number(2.0)),
        at(three, "layers", PointValue::Number(3.0)),
        at(four, "layers", PointValue::Number(4.0)),
        in_control(at(control, "layers", PointValue::Number(1.0)), "shallow"),
    ]
}

fn shallow_findings() -> Vec<Finding> {
    let name = "all at once";
    let own = finding(name, Verdict::Holds, 0.0021, Some([0.002, 0.0023]), [-OPEN, 0.01], 0.21);
    vec![own.clone(), in_control(Finding { measured: Some(0.0093), ..own }, "two layers")]
}

fn tree_findings() -> Vec<Finding> {
    let level = |level: u32| {
        let off = 0.004 * f64::from(level);
        let verdict = if level == 5 { Verdict::Inconclusive } else { Verdict::Holds };
        let interval = [1.0 + off - 0.002, 1.0 + off + 0.002];
        let found =
            finding("levels have the predicted value", verdict, 1.0 + off, Some(interval), [0.98, 1.02], off / 0.0206);
        let more_replicates = (level == 5).then_some(300);
        at(Finding { more_replicates, ..found }, "level", PointValue::Number(f64::from(level)))
    };
    (0..6).map(level).collect()
}

fn broken_finding() -> Finding {
    let found = finding("none above the edge", Verdict::Broken, 0.0, None, [0.95, OPEN], 0.0);
    let note = Some("replicate 37: the decomposition did not converge".to_owned());
    Finding { measured: None, tolerance_use: None, replicates: 0, rows: 0, note, ..found }
}

fn border_findings() -> Vec<Finding> {
    let slope = finding(
        "the critical area grows as the root",
        Verdict::Holds,
        0.5465,
        Some([0.5436, 0.5494]),
        [0.45, 0.55],
        0.93,
    );
    // Within a tenth of .49945 and of .604 as well.
    let resolution = Resolution { shift: [Some(-0.00055), Some(0.104)], factor: [Some(0.9989), Some(1.208)] };
    let slope = Finding { resolution: Some(resolution), ..slope };
    let found = |label: &str, measured: f64, interval| {
        let found = finding("large ones are found", Verdict::Holds, measured, Some(interval), [0.9, OPEN], 0.3);
        at(Finding { method: IntervalMethod::ClopperPearson, ..found }, "centre", PointValue::Label(label.to_owned()))
    };
    let nothing = finding("large ones are found", Verdict::Fails, 0.02, Some([0.001, 0.09]), [0.9, OPEN], 9.8);
    let nothing = Finding { margin: Some(230.0), ..nothing };
    vec![
        slope,
        found("known", 1.0, [0.9484, 1.0]),
        found("estimated, by column", 0.98, [0.91, 0.9995]),
        in_control(at(nothing, "centre", PointValue::Label("known".to_owned())), "nothing planted"),
    ]
}

fn ranks_finding() -> Finding {
    finding("error of the product", Verdict::Holds, 1.03e-9, None, [-OPEN, 1e-6], 0.001)
}

// ---------------------------------------------------------------------------------------------------------- tables

fn modes_table(replicates: u32) -> Tables {
    let mut table = Table::new(["hidden", "replicate", "mode", "s", "half_time"]);
    for replicate in 0..replicates {
        for mode in 1..=31 {
            let s = 30.0 / f64::from(mode);
            let half_time = if mode == 31 { f64::NAN } else { log(s / 1e-4) / (2.0 * s) };
            table.push(&[32.0, f64::from(replicate), f64::from(mode), s, half_time]);
        }
    }
    IndexMap::from([("modes".to_owned(), table)])
}

fn tables(claims: &[ClaimRecord]) -> IndexMap<String, Tables> {
    let table = |claim: &ClaimRecord| {
        let tables = if claim.id == "detection/border" {
            let mut table = Table::new(["centre", "replicate", "area", "overlap"]);
            table.push(&[0.0, 0.0, 100.0, 0.25]);
            table.push(&[1.0, 0.0, 100.0, f64::NAN]);
            IndexMap::from([("run".to_owned(), table)])
        } else {
            modes_table(3)
        };
        (claim.id.clone(), tables)
    };
    claims.iter().filter(|claim| claim.verdict != Verdict::Skipped).map(table).collect()
}

// ----------------------------------------------------------------------------------------------------------- plots

fn axis(label: &str, unit: &str, log: bool) -> PlotAxis {
    PlotAxis { label: label.to_owned(), unit: unit.to_owned(), log }
}

fn plot(kind: &str, title: &str, caption: &str, x: PlotAxis, y: PlotAxis, layers: Vec<Layer>) -> Plot {
    Plot { kind: kind.to_owned(), title: title.to_owned(), caption: caption.to_owned(), x, y, z: None, layers }
}

fn plots() -> IndexMap<String, Vec<Plot>> {
    IndexMap::from([
        ("stages/learning-times".to_owned(), vec![mode_curves(), half_times()]),
        ("stages/plateaus".to_owned(), vec![loss_plateaus()]),
        ("stages/depth".to_owned(), vec![lines()]),
        ("spectra/tree".to_owned(), vec![spectrum()]),
        ("detection/border".to_owned(), vec![heatmap()]),
    ])
}

/// Strength of a mode at a time.
fn strength(s: f64, t: f64) -> f64 {
    let growth = exp(2.0 * s * t);
    s * growth / (growth - 1.0 + s / 1e-4)
}

/// Singular values of the modes of a tree with five levels.
fn singular_value(mode: usize) -> f64 {
    let level = (usize::BITS - mode.leading_zeros()) as usize;
    [40.0, 31.0, 22.0, 15.0, 10.0, 6.5][level] + 0.02 * (mode as f64)
}

fn mode_curves() -> Plot {
    let mut layers = Vec::new();
    for mode in 0..31 {
        let s = singular_value(mode);
        let curve =
            |off: f64| (0..=300).map(|step| f64::from(step) * 0.003).map(|t| [t, strength(s, t * off)]).collect();
        let label = format!("mode {}", mode + 1);
        layers.push(Layer::Line { label: label.clone(), series: mode, origin: Origin::Measured, points: curve(0.98) });
        layers.push(Layer::Line { label, series: mode, origin: Origin::Theory, points: curve(1.0) });
    }
    let caption = "Strength of each mode (thick) in one replicate, with the closed form (thin). The strongest comes first; $m_a \\to s_a$.";
    plot(
        "mode-curves",
        "Strength of the modes over time",
        caption,
        axis("time", "steps × rate", false),
        axis("strength", "", false),
        layers,
    )
}

fn half_times() -> Plot {
    let points: Vec<_> = (0..1000)
        .map(|number| {
            let predicted = pow(10.0, 2.0 * f64::from(number % 50) / 50.0);
            [predicted, predicted * (1.0 + 0.08 * sin(f64::from(number) * 1.7))]
        })
        .collect();
    let layers = vec![
        Layer::Points { label: "half time".to_owned(), series: 0, origin: Origin::Measured, points },
        Layer::Line {
            label: "as predicted".to_owned(),
            series: 0,
            origin: Origin::Theory,
            points: vec![[1.0, 1.0], [96.0, 96.0]],
        },
    ];
    let (x, y) = (axis("predicted half time", "time", true), axis("half time", "time", true));
    plot("scatter", "Half time against prediction", "Every mode of every replicate.", x, y, layers)
}

#[expect(clippy::disallowed_methods, reason = "for drawing: what is missing takes no room")]
fn loss_plateaus() -> Plot {
    let loss = |t: f64| {
        (0..6)
            .map(|mode| {
                500.0
                    * pow(
                        singular_value(1 << mode >> 1) / 40.0 - strength(singular_value(1 << mode >> 1), t) / 40.0,
                        2.0,
                    )
            })
            .sum::<f64>()
    };
    let points = (0..=400).map(|step| f64::from(step) * 0.002).map(|t| [t, loss(t).max(1e-3)]).collect();
    let mut layers: Vec<_> = [1000.0, 480.0, 260.0, 120.0, 48.0]
        .iter()
        .enumerate()
        .map(|(place, &y)| Layer::Level { label: format!("saddle {}", place + 1), y })
        .collect();
    layers.push(Layer::Line { label: "loss".to_owned(), series: 0, origin: Origin::Measured, points });
    plot(
        "loss-plateaus",
        "Loss over time",
        "The loss waits at each saddle.",
        axis("time", "", false),
        axis("loss", "", true),
        layers,
    )
}

fn lines() -> Plot {
    let mut layers = Vec::new();
    for (series, layers_) in [2.0, 3.0, 4.0].iter().enumerate() {
        let mean = |x: f64| 1.0 / layers_ + 0.3 / x;
        let xs: Vec<f64> = vec![4.0, 8.0, 16.0, 32.0, 64.0, 128.0];
        let label = format!("{layers_} layers");
        layers.push(Layer::Band {
            label: label.clone(),
            series,
            points: xs.iter().map(|&x| [x, mean(x) * 0.93, mean(x) * 1.07]).collect(),
        });
        layers.push(Layer::Line {
            label: label.clone(),
            series,
            origin: Origin::Measured,
            points: xs.iter().map(|&x| [x, mean(x)]).collect(),
        });
        layers.push(Layer::Line {
            label,
            series,
            origin: Origin::Theory,
            points: vec![[4.0, 1.0 / layers_], [128.0, 1.0 / layers_]],
        });
    }
    let (x, y) = (axis("hidden units", "", true), axis("rise time / half time", "", false));
    plot("lines", "Rise over half time against width", "It falls with depth & width.", x, y, layers)
}

fn spectrum() -> Plot {
    let measured = (0..31).map(|mode| {
        let s = singular_value(mode);
        [(mode + 1) as f64, s, s * 0.95, s * 1.06]
    });
    let theory = (0..31).map(|mode| [(mode + 1) as f64, singular_value(mode) * 1.004]);
    let layers = vec![
        Layer::Intervals {
            label: "measured".to_owned(),
            series: 0,
            origin: Origin::Measured,
            points: measured.collect(),
        },
        Layer::Points { label: "theory".to_owned(), series: 0, origin: Origin::Theory, points: theory.collect() },
    ];
    plot(
        "spectrum",
        "Singular values",
        "Levels of the tree.",
        axis("mode", "", false),
        axis("singular value", "", false),
        layers,
    )
}

fn heatmap() -> Plot {
    let side: Vec<f64> = (0..20).map(|place| pow(10.0, 1.0 + 0.1 * f64::from(place))).collect();
    let z = side.iter().map(|&y| {
        side.iter()
            .map(|&x| if x < 12.0 && y < 12.0 { None } else { Some(1.0 / (1.0 + exp(-2.0 * log(x * y / 4000.0)))) })
            .collect()
    });
    let border = side.iter().map(|&x| [x, 4000.0 / x]).collect();
    let layers = vec![
        Layer::Cells { x: side.clone(), y: side.clone(), z: z.collect() },
        Layer::Line { label: "predicted border".to_owned(), series: 0, origin: Origin::Theory, points: border },
    ];
    let (x, y) = (axis("objects of the category", "", true), axis("features of the category", "", true));
    let mut plot = plot("heatmap", "Overlap by size of the category", "Found above the border.", x, y, layers);
    plot.z = Some(axis("overlap", "", false));
    plot
}
