//! Markdown and its formulas: what they become, and what is refused.

use modewise::markup::{Markup, escaped, markdown};
use modewise::report::xml::printable;
use proptest::prelude::*;

/// The HTML of a text whose formulas parse.
fn html(text: &str) -> String {
    let Markup(html) = markdown::block(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    html
}

#[test]
fn letters_of_every_alphabet_stand_in_formulas() {
    for (formula, expected) in [
        ("$η$", "<mi>η</mi>"),
        ("$é$", "é"),
        ("$x − y$", "−"),
        ("$2 × 3$", "×"),
        ("$x–y$", "–"),
        ("$\\text{größer}$", "größer"),
        ("$\\frac{α}{2}$", "<mfrac>"),
        ("$\\frac1α$", "α"),
        ("$x^\\prime ≤ 数$", "数"),
        ("$\\sqrt{λ}\\ge0$", "<msqrt>"),
    ] {
        let found = html(formula);
        assert!(found.contains("<math") && found.contains(expected), "{formula}: {found}");
    }
}

#[test]
fn an_inequality_never_begins_a_tag() {
    for formula in ["$a<b$", "$a<<b$", "$a<<<b$", "$x<\\alpha$", "$<<$", "$a < < b$", "$\\text{<<b>>}$", "$a\\ll b<<c$"]
    {
        let found = html(formula);
        let (_, inside) = found.split_once("<math").expect("MathML");
        let names = inside.split('<').skip(1).map(|rest| rest.trim_start_matches('/'));
        let tags = ["m", "p>"];
        for name in names {
            assert!(tags.iter().any(|tag| name.starts_with(tag)), "{formula}: `<{name}` in {found}");
        }
    }
    assert!(html("$a<<b$").contains("&lt;"));
}

#[test]
fn a_dollar_is_a_sign_where_it_is_escaped() {
    for (text, expected) in
        [("a \\$5 note", "a $5 note"), ("&#36;5 and \\$6", "$5 and $6"), ("\\$x\\$ is $x$", "$x$ is <math")]
    {
        assert!(html(text).contains(expected), "{text}: {}", html(text));
    }
    let errors = markdown::errors("costs $5");
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].span, 6..7);
    assert_eq!(markdown::errors("a backslash, \\\\$5").len(), 1, "the backslash is escaped, not the sign");
}

#[test]
fn every_formula_that_does_not_parse_is_found_at_its_place() {
    let text = "First $\\nope$, then $x$, then $y_$.\n\n* Last $é^$";
    let found: Vec<&str> = markdown::errors(text).into_iter().map(|error| &text[error.span]).collect();
    assert_eq!(found, ["$\\nope$", "$y_$", "$é^$"]);
}

/// Formulas that are short enough to be allowed, each the worst of its kind.
fn hostile() -> Vec<String> {
    let repeated = |part: &str| part.repeat(990 / part.len());
    vec![
        "\\def\\x{\\x}\\x".to_owned(),
        "\\newcommand{\\x}{\\x}\\x".to_owned(),
        "\\let\\x\\sqrt\\x".to_owned(),
        "\\α".to_owned(),
        "50%".to_owned(),
        "\\".to_owned(),
        repeated("\\sqrt"),
        repeated("\\sqrt "),
        repeated("\\frac1"),
        repeated("\\frac a"),
        repeated("\\hat\\frac1"),
        repeated("x^"),
        repeated("^"),
        repeated("{"),
        repeated("^{x"),
        repeated("\\left("),
        repeated("\\begin{matrix}"),
        repeated("\\not"),
        repeated("'"),
        repeated("\\text{"),
        repeated("\\color{red}"),
        repeated("\\\\&"),
        repeated("{}"),
        repeated("~"),
    ]
}

#[test]
fn no_formula_ends_the_program() {
    // A quarter of what a thread has, in which unoptimised frames have to fit.
    let small = std::thread::Builder::new().stack_size(1 << 19);
    let refused = small
        .spawn(|| hostile().iter().filter(|formula| !markdown::errors(&format!("${formula}$")).is_empty()).count());
    let refused = refused.expect("a thread").join().expect("an answer for every formula");
    assert!(refused >= 12, "{refused} are refused");
    let long = markdown::errors(&format!("${}$", "x+".repeat(50_000)));
    assert_eq!(long[0].message, "the formula has 100000 bytes (allowed: up to 1000)");
}

#[test]
fn what_xml_does_not_allow_is_replaced() {
    assert_eq!(escaped("a\u{1}b\tc\n<\u{ffff}>"), "a\u{fffd}b\tc\n&lt;\u{fffd}&gt;");
    assert_eq!(printable("a\u{1}b\tc"), "a\u{fffd}b\tc");
    assert_eq!(printable("as it is, η"), "as it is, η");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    /// Pieces of formulas, in any order.
    #[test]
    fn any_formula_becomes_mathml_or_is_refused(parts in prop::collection::vec(piece(), 1..12)) {
        let formula = parts.concat();
        let _ = markdown::block(&format!("so ${formula}$ it is"));
        let _ = markdown::block(&format!("so $${formula}$$ it is"));
    }
}

fn piece() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "\\frac",
        "\\sqrt",
        "\\left",
        "\\right",
        "\\begin",
        "\\end",
        "{matrix}",
        "{aligned}",
        "{array}",
        "{cc}",
        "{cases}",
        "\\text",
        "\\mathrm",
        "\\color",
        "\\textcolor",
        "{red}",
        "{#12345}",
        "\\operatorname",
        "\\hspace",
        "\\kern",
        "1em",
        "\\char",
        "\"41",
        "`",
        "\\middle",
        "\\big",
        "\\Bigl",
        "\\substack",
        "\\overset",
        "\\limits",
        "\\nolimits",
        "\\not",
        "\\hat",
        "\\dot",
        "\\\\",
        "\\ ",
        "\\,",
        "\\{",
        "\\}",
        "\\|",
        "\\#",
        "\\%",
        "\\&",
        "&",
        "#",
        "#1",
        "~",
        "^",
        "_",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "|",
        "'",
        "''",
        "<",
        ">",
        "!",
        " ",
        "\\hline",
        "\\tag",
        "\\mathbb",
        "\\vec",
        "\\stackrel",
        "\\genfrac",
        "\\rule",
        "\\mkern",
        "\\raisebox",
        "\\multicolumn",
        "\\cr",
        "\\relax",
        "\\bf",
        "\\displaystyle",
        "{xy}",
        "\\unicode",
        "\\prime",
        "\\sum",
        "\\int",
        "\\lim",
        "\\pmod",
        "\\mod",
        "\\over",
        "\\choose",
        "\\binom",
        "\\phantom",
    ]);
    prop_oneof![4 => words.prop_map(str::to_owned), 1 => "[a-zA-Z0-9]", 1 => "[αη−×é数]", 1 => "\\PC"]
}
