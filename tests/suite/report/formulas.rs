//! Formulas: of the spec language from their syntax tree, of Markdown from LaTeX.

use indexmap::IndexMap;
use modewise::markup::markdown;
use modewise::record::CheckRecord;
use modewise::report::Edition;
use modewise::report::html::Markup;
use modewise::report::mathml;

use crate::report::fixture;

/// A formula's MathML as text: fractions, roots and indices in brackets, tags left out.
fn linear(Markup(mathml): &Markup) -> String {
    let shapes = [
        ("<mfrac><mrow>", "frac["),
        ("</mrow><mrow>", "]["),
        ("</mrow></mfrac>", "]"),
        ("<msup><mrow>", "pow["),
        ("</mrow></msup>", "]"),
        ("<msqrt>", "sqrt["),
        ("</msqrt>", "]"),
        ("<msub>", "sub["),
        ("</msub>", "]"),
        ("&nbsp;", " "),
        ("\u{a0}", " "),
        ("&#x202f;", " "),
        ("&#x2061;", ""),
        ("\u{2062}", "*"),
        ("&lt;", "<"),
        ("&gt;", ">"),
    ];
    let text = shapes.iter().fold(mathml.clone(), |text, (from, to)| text.replace(from, to));
    let mut plain = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        let tag = after.starts_with(['m', '/']);
        plain.push_str(before);
        rest = if tag { after.split_once('>').map_or("", |(_, rest)| rest) } else { after };
        if !tag {
            plain.push('<');
        }
    }
    plain + rest
}

#[test]
fn formulas_are_typeset_from_their_tree() {
    let cases = [
        ("ln(s/m0_free - 1) / (2*g)", "frac[ln(frac[s][sub[m0,free]]−1)][2*g]"),
        ("mean(abs(half_time/predicted - 1))", "mean(|frac[half time][predicted]−1|)"),
        ("(a + b) * c", "(a+b)⋅c"),
        ("a + b * c", "a+b⋅c"),
        ("a - (b - c)", "a−(b−c)"),
        ("(a - b) - c", "a−b−c"),
        ("-a ^ 2", "−pow[a][2]"),
        ("(-a) ^ 2", "pow[(−a)][2]"),
        ("2 ^ 3 ^ x", "pow[2][pow[3][x]]"),
        ("(a/b) ^ 2", "pow[(frac[a][b])][2]"),
        ("a/b * c", "frac[a][b]⋅c"),
        ("sqrt(objects*features)", "sqrt[objects⋅features]"),
        ("0.5%", "0.5 %"),
        ("2.5e-4", "2.5 × 10⁻⁴"),
        ("1e6", "10⁶"),
        ("not (a < b) and c >= d or e != f", "not a<b and c≥d or e≠f"),
        ("not (a < b and c < d)", "not (a<b and c<d)"),
        ("(a < 1 or b < 1) and c < 1", "(a<1 or b<1) and c<1"),
        ("mode == 3", "mode=3"),
        ("centre == \"known\"", "centre=“known”"),
        ("known(half_time)", "half time known"),
        ("fraction(overlap > 0.4)", "fraction(overlap>0.4)"),
        ("crossing(overlap, area, 0.4)", "crossing(overlap,area,0.4)"),
        ("count()", "count"),
        ("eta * sigma_1", "η⋅sub[σ1]"),
        ("no formula (", "no formula ("),
    ];
    for (text, expected) in cases {
        let typeset = linear(&mathml::formula(text)).replace("<code>", "").replace("</code>", "");
        assert_eq!(typeset.replace("code>", ""), expected, "{text}");
    }
}

#[test]
fn expectations_are_typeset_with_their_measure() {
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[("at-most", "0.5%")], "mean(x)≤0.5 %"),
        (&[("at-least", "0.9")], "mean(x)≥0.9"),
        (&[("exactly", "5")], "mean(x)=5"),
        (&[("equals", "1/n"), ("relative", "5%")], "mean(x)=frac[1][n]±5 % of it"),
        (&[("equals", "1"), ("absolute", "0.1")], "mean(x)=1±0.1"),
        (&[("low", "0.45"), ("high", "0.55")], "0.45≤mean(x)≤0.55"),
    ];
    for (expect, expected) in cases {
        let check = CheckRecord {
            name: String::new(),
            about: None,
            table: String::new(),
            lets: IndexMap::new(),
            filter: None,
            per: Vec::new(),
            group: Vec::new(),
            reduce: IndexMap::new(),
            measure: "mean(x)".to_owned(),
            expect: expect.iter().map(|(part, text)| ((*part).to_owned(), (*text).to_owned())).collect(),
        };
        assert_eq!(linear(&mathml::expectation(&check)), *expected, "{expect:?}");
    }
}

#[test]
fn markdown_becomes_html_with_mathml() {
    let cases = [
        ("a *b* $x$", &["<em>b</em>", "<math", "<mi>x</mi>"][..]),
        ("$$x$$", &["display=\"block\""]),
        ("$\\frac12 x$", &["<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>"]),
        ("$\\frac1{12}$", &["<mfrac><mrow><mn>1</mn></mrow><mrow><mn>12</mn></mrow></mfrac>"]),
        ("$\\sqrt2x$", &["<msqrt><mrow><mn>2</mn></mrow></msqrt><mi>x</mi>"]),
        ("<b>x</b>", &["&lt;b&gt;x&lt;/b&gt;"]),
        ("a \\$5 note", &["a $5 note"]),
        ("[x](https://example.org/?a=1&b=2)", &["<a href=\"https://example.org/?a=1&amp;b=2\" rel=\"external\">x</a>"]),
        ("$a<b \\lt c$", &["<mi>a</mi><mo>&lt;</mo><mi>b</mi><mo>&lt;</mo><mi>c</mi>"]),
        ("$\\text{<script>x</script>}$", &["&lt; script", "&lt; /script"]),
        ("$\\text{<mi onclick=x>}$", &["&lt; mi onclick"]),
        ("# Title", &["<strong>Title</strong>"]),
        ("![alt](https://example.org/x.png)", &["<em>alt</em>"]),
    ];
    for (text, expected) in cases {
        let Markup(html) = markdown::block(text).expect("it parses");
        for part in expected {
            assert!(html.contains(part), "{text}: {html} does not contain {part}");
        }
        assert!(!html.contains("<img") && !html.contains("<h1"), "{text}: {html}");
    }
}

#[test]
fn links_that_run_code_are_not_links() {
    for text in ["[x](javascript:alert(1))", "[x](data:text/html,x)", "[x](JaVaScRiPt:alert(1))"] {
        let Markup(html) = markdown::block(text).expect("it parses");
        assert!(!html.contains("href"), "{text}: {html}");
    }
}

#[test]
fn a_formula_that_does_not_parse_is_an_error_with_claim_and_formula() {
    type Spoil = fn(&mut modewise::record::Record);
    let spoiled: [(Spoil, &str); 4] = [
        (
            |record| record.claims[2].statement = "so $\\frac{1}{$ it is".to_owned(),
            "claim `stages/depth`: statement: formula",
        ),
        (
            |record| record.claims[2].why_this_tolerance = "$\\nope{x}$".to_owned(),
            "claim `stages/depth`: why-this-tolerance: formula `$\\nope{x}$`",
        ),
        (
            |record| record.claims[2].controls[0].because = "$x_$".to_owned(),
            "claim `stages/depth`: control shallow: formula `$x_$`",
        ),
        (
            |record| record.chapters[0].introduction = "costs $5".to_owned(),
            "chapter stages: formula `costs $5` has a `$` without its partner",
        ),
    ];
    for (spoil, expected) in spoiled {
        let mut record = fixture::record();
        spoil(&mut record);
        let out = tempfile::tempdir().expect("a temporary folder");
        let error = super::build(&record, &Edition::default(), None, out.path()).expect_err(expected).to_string();
        assert!(error.contains(expected), "{error}, expected {expected}");
    }
}
