//! Reading what is expected of a measure.

use std::ops::Range;

use crate::spec::check::Expectation;
use crate::spec::compile::read::{self, Fields};
use crate::spec::formula::check::{Scope, Stage};
use crate::spec::formula::{Formula, Type};
use crate::spec::language::section::{EXPECT, WITHIN, Way};
use crate::spec::yaml::node::Node;
use crate::spec::yaml::problems::Source;

/// Reads an expectation that is named at `at`.
pub(in crate::spec) fn expectation(
    node: &Node,
    at: Range<usize>,
    scope: Option<&Scope>,
    stage: Stage<'_>,
    source: &Source<'_>,
) -> Option<Expectation> {
    let fields = read::section(node, &EXPECT, at.clone(), source);
    node.entries()?;
    let said: Vec<Way> = Way::ALL.iter().copied().filter(|way| fields.entry(way.name()).is_some()).collect();
    let [way] = said[..] else {
        if node
            .entries()
            .is_some_and(|entries| entries.iter().any(|(key, _)| EXPECT.names().all(|name| name != key.name)))
        {
            return None;
        }
        let number = if said.is_empty() { "nothing".to_owned() } else { names(&said).join(" and ") };
        source.report(at, format!("`expect` says {number} (allowed: one of {})", names(Way::ALL).join(", ")));
        return None;
    };
    if let Some((key, _)) = fields.entry("within").filter(|_| way != Way::Equals) {
        source.report(
            key.span.clone(),
            format!("`within` stands beside `{}` (allowed: only beside `equals`)", way.name()),
        );
    }
    if let Some((key, _)) = fields.entry("ideal").filter(|_| !matches!(way, Way::AtMost | Way::AtLeast)) {
        let message = format!("`ideal` stands beside `{}` (allowed: only beside `at-most` and `at-least`)", way.name());
        source.report(key.span.clone(), message);
    }
    let reader = Reader { scope, stage, source };
    let node = fields.get(way.name())?;
    match way {
        Way::Equals => reader.equals(node, &fields),
        Way::Between => reader.between(node),
        Way::AtMost => reader.bound(node, way, &fields).map(|(bound, ideal)| Expectation::AtMost { bound, ideal }),
        Way::AtLeast => reader.bound(node, way, &fields).map(|(bound, ideal)| Expectation::AtLeast { bound, ideal }),
        Way::Exactly => reader.exactly(node),
    }
}

/// The keys of ways.
fn names(ways: &[Way]) -> Vec<&'static str> {
    ways.iter().map(|way| way.name()).collect()
}

struct Reader<'a, 's> {
    scope: Option<&'a Scope>,
    stage: Stage<'a>,
    source: &'a Source<'s>,
}

impl Reader<'_, '_> {
    /// A formula for a number; a constant one has a value.
    fn value(&self, node: &Node, name: &str) -> Option<Formula> {
        let (formula, _) = read::checked(node, name, Some(Type::Number), self.scope, self.stage, self.source)?;
        if read::constant(&formula).is_some_and(f64::is_nan) {
            self.source.report(node.span.clone(), format!("`{name}` has no value (allowed: a finite number)"));
            return None;
        }
        Some(formula)
    }

    /// A bound with the ideal value on its allowed side, if one is named.
    fn bound(&self, node: &Node, way: Way, fields: &Fields<'_>) -> Option<(Formula, Option<f64>)> {
        let bound = self.value(node, way.name())?;
        let Some(ideal) = fields.get("ideal") else { return Some((bound, None)) };
        let value = read::formula(ideal, "ideal", self.source).and_then(|formula| read::constant(&formula));
        let Some(value) = value.filter(|value| value.is_finite()) else {
            read::wrong(ideal, "ideal", "a number", self.source);
            return None;
        };
        let (word, wrong) = match (way, read::constant(&bound)) {
            (Way::AtMost, Some(bound)) => ("below", value >= bound),
            (_, Some(bound)) => ("above", value <= bound),
            _ => ("", false),
        };
        if wrong {
            let message = format!("`ideal` is {value} (allowed: {word} the bound {})", bound.text);
            self.source.report(ideal.span.clone(), message);
            return None;
        }
        Some((bound, Some(value)))
    }

    fn equals(&self, node: &Node, fields: &Fields<'_>) -> Option<Expectation> {
        let value = self.value(node, "equals");
        let Some((key, within)) = fields.entry("within") else {
            let message =
                "`equals` has no tolerance (allowed: `within: {absolute: ..., relative: ...}`; `exactly` for integers)";
            self.source.report(node.span.clone(), message);
            return None;
        };
        let tolerances = read::section(within, &WITHIN, key.span.clone(), self.source);
        let absolute = tolerances.read("absolute", self.source, read::tolerance);
        let relative = tolerances.read("relative", self.source, read::tolerance);
        if within.entries().is_some_and(<[_]>::is_empty) {
            self.source.report(key.span.clone(), "`within` says nothing (allowed: absolute, relative)");
        }
        let value = value?;
        if let Some((key, _)) = tolerances.entry("relative")
            && read::constant(&value) == Some(0.0)
        {
            let message = "`relative` is a part of zero, which allows nothing (allowed: `absolute`)";
            self.source.report(key.span.clone(), message);
            return None;
        }
        (absolute.is_some() || relative.is_some()).then_some(Expectation::Equals { value, absolute, relative })
    }

    fn between(&self, node: &Node) -> Option<Expectation> {
        let Some([low, high]) = node.items() else {
            read::wrong(node, "between", "a list of two values", self.source);
            return None;
        };
        let (low, high) = (self.value(low, "between"), self.value(high, "between"));
        let (low, high) = (low?, high?);
        if let (Some(from), Some(to)) = (read::constant(&low), read::constant(&high))
            && from >= to
        {
            let message =
                format!("`between` goes from {} to {} (allowed: the smaller value first)", low.text, high.text);
            self.source.report(node.span.clone(), message);
            return None;
        }
        Some(Expectation::Between { low, high })
    }

    fn exactly(&self, node: &Node) -> Option<Expectation> {
        let formula = self.value(node, "exactly")?;
        if read::constant(&formula).is_some_and(|value| value.fract() != 0.0) {
            let allowed = "an integer; `equals` with `within` for other numbers";
            read::wrong(node, "exactly", allowed, self.source);
            return None;
        }
        Some(Expectation::Exactly(formula))
    }
}
