//! Reading figures.

use std::cell::OnceCell;

use indexmap::IndexMap;
use serde_json::Value as Json;

use crate::spec::axis::Axis;
use crate::spec::check::Check;
use crate::spec::compile::checks::{RowsRead, Subject};
use crate::spec::compile::design::Design;
use crate::spec::compile::read::{self, Fields};
use crate::spec::formula::check::{Scope, Stage};
use crate::spec::formula::{Formula, Type};
use crate::spec::language::figure_kinds::{self, FIGURE, Figure, FigureDoc};
use crate::spec::language::figure_options::{Reader, Rows, Scale, Vertical};
use crate::spec::language::section::SCALE;
use crate::spec::nearest::did_you_mean;
use crate::spec::yaml::node::{Key, Node};
use crate::spec::yaml::problems::Source;

/// Reads figures.
pub(in crate::spec) struct FigureReader<'a, 's> {
    /// What they can look at.
    pub(in crate::spec) subject: &'a Subject<'a>,
    /// The checks that they can be `of`; only those that are right.
    pub(in crate::spec) checks: &'a [Check],
    /// The names of all checks; none if they are wrong in themselves.
    pub(in crate::spec) names: Option<&'a [String]>,
    /// The sweep and the replicates, in every profile.
    pub(in crate::spec) design: &'a Design<'a>,
    /// Where mistakes are noted.
    pub(in crate::spec) source: &'a Source<'s>,
}

impl FigureReader<'_, '_> {
    /// Reads a figure.
    pub(in crate::spec) fn figure(&self, node: &Node) -> Option<Figure> {
        let kind = self.kind(node)?;
        let fields: Vec<_> = kind.all_fields().collect();
        let what = format!("a figure of kind `{}`", kind.name);
        let fields = read::fields_of(node, &what, &fields, node.span.clone(), self.source);
        let caption = fields.read("caption", self.source, read::markdown);
        self.needs(kind, &fields);
        let drawn = (kind.read)(&OneFigure { figures: self, fields: &fields, rows: OnceCell::new() });
        Some(Figure { caption: caption?, kind: drawn? })
    }

    /// The kind, which says what other keys there are.
    fn kind(&self, node: &Node) -> Option<&'static FigureDoc> {
        let names: Vec<&str> = figure_kinds::KINDS.iter().map(|kind| kind.name).collect();
        let allowed = names.join(", ");
        let Some(entries) = node.entries() else {
            read::wrong(node, "figures", &format!("maps with {} and what the kind needs", keys()), self.source);
            return None;
        };
        let Some((_, value)) = entries.iter().find(|(key, _)| key.name == "kind") else {
            self.source.report(node.span.clone(), format!("`kind` is missing in a figure (allowed: {allowed})"));
            return None;
        };
        let name = read::text(value, "kind", self.source)?;
        let kind = figure_kinds::kind(&name);
        if kind.is_none() {
            let message = format!("`{name}` is not a kind of figure (allowed: {allowed})");
            self.source.report_with(value.span.clone(), message, did_you_mean(&name, names.iter().copied()));
        }
        kind
    }

    /// Notes tables and columns that the kind of figure needs and the experiment does not have.
    fn needs(&self, drawn: &FigureDoc, fields: &Fields<'_>) {
        let (Some(kind), Some(node)) = (self.subject.kind, fields.get("kind")) else { return };
        for (table, columns) in drawn.needs {
            let found = kind.table(table);
            let has = |column: &str| found.is_some_and(|table| table.all().any(|other| other.name == column));
            let missing: Vec<&str> = columns.iter().copied().filter(|column| !has(column)).collect();
            if !missing.is_empty() {
                let message = format!(
                    "`{}` draws {} of the table `{table}`, which `{}` does not have",
                    drawn.name,
                    missing.join(", "),
                    kind.name
                );
                self.source.report(node.span.clone(), message);
            }
        }
    }

    /// The rows of a figure: its own, or those of the check that it is `of`.
    fn rows(&self, fields: &Fields<'_>) -> RowsRead {
        let of = fields.read("of", self.source, read::text);
        let check = of.as_ref().and_then(|name| self.checks.iter().find(|check| check.name == *name));
        if let (Some(name), Some(names), Some(node)) = (&of, self.names, fields.get("of"))
            && !names.contains(name)
        {
            let message = format!("`{name}` is not a check of this claim (allowed: {})", names.join(", "));
            let help = did_you_mean(name, names.iter().map(String::as_str));
            self.source.report_with(node.span.clone(), message, help);
        }
        match (fields.get("table"), check) {
            (None, Some(check)) => {
                let table = self.subject.kind.and_then(|kind| kind.table(&check.table));
                self.subject.rows_of(table, check.lets.clone(), check.filter.clone(), fields, self.source)
            }
            (None, None) => {
                if let (None, Some(node)) = (of, fields.get("kind")) {
                    self.source.report(
                        node.span.clone(),
                        "the figure says no rows (allowed: `table`, or `of` with the name of a check)",
                    );
                }
                self.subject.rows(fields, self.source)
            }
            (Some(node), _) => {
                if check.is_some() {
                    self.source
                        .report(node.span.clone(), "`table` stands beside `of`, which has one (allowed: one of them)");
                }
                self.subject.rows(fields, self.source)
            }
        }
    }
}

/// A figure whose options are read.
struct OneFigure<'a, 's> {
    figures: &'a FigureReader<'a, 's>,
    fields: &'a Fields<'a>,
    /// The rows that it shows, once they have been asked for: their mistakes are noted once.
    rows: OnceCell<RowsRead>,
}

impl OneFigure<'_, '_> {
    fn rows_read(&self) -> &RowsRead {
        self.rows.get_or_init(|| self.figures.rows(self.fields))
    }

    /// The columns of the rows that it shows.
    fn scope(&self) -> Option<&Scope> {
        self.rows_read().scope.as_ref()
    }

    fn source(&self) -> &Source<'_> {
        self.figures.source
    }

    /// A formula, or a map with `value`, `label` and `log`.
    fn scale_of(&self, node: &Node, name: &str, key: &Key, scope: Option<&Scope>) -> Option<Scale> {
        if node.entries().is_none() {
            return Some(Scale { formula: self.by_row(node, name, scope)?, label: None, log: false });
        }
        let scale = read::section(node, &SCALE, key.span.clone(), self.source());
        let formula = scale.get("value").and_then(|node| self.by_row(node, "value", scope));
        let label = scale.read("label", self.source(), read::text);
        let log = scale.read("log", self.source(), read::flag).unwrap_or(false);
        Some(Scale { formula: formula?, label, log })
    }

    fn by_row(&self, node: &Node, name: &str, scope: Option<&Scope>) -> Option<Formula> {
        let found = read::checked(node, name, Some(Type::Number), scope, Stage::ByRow, self.source());
        found.map(|(formula, _)| formula)
    }
}

impl Reader for OneFigure<'_, '_> {
    fn rows(&self) -> Option<Rows> {
        let rows = self.rows_read();
        Some(Rows { table: rows.table.clone()?, lets: rows.lets.clone(), filter: rows.filter.clone() })
    }

    fn scale(&self, key: &str) -> Option<Scale> {
        let (written, node) = self.fields.entry(key)?;
        self.scale_of(node, key, written, self.scope())
    }

    fn scale_of_table(&self, key: &str, table: &str) -> Option<Option<Scale>> {
        let Some((written, node)) = self.fields.entry(key) else { return Some(None) };
        let table = self.figures.subject.kind.and_then(|kind| kind.table(table));
        let scope = table.and_then(|table| self.figures.subject.scope(table));
        self.scale_of(node, key, written, scope.as_ref()).map(Some)
    }

    fn vertical(&self) -> Option<Vertical> {
        let (fields, scope) = (self.fields, self.scope());
        let (key, node) = fields.entry("y")?;
        if node.items().is_none() {
            if let Some((label, _)) = fields.entry("y-label") {
                let message = "`y-label` stands beside a single `y` (allowed: `label` in `y`, or a list of `y`)";
                self.source().report(label.span.clone(), message);
            }
            return self.scale_of(node, "y", key, scope).map(Vertical::One);
        }
        if let Some((series, _)) = fields.entry("series") {
            let message = "`series` stands beside a list of `y`, which makes the series (allowed: one of them)";
            self.source().report(series.span.clone(), message);
        }
        let items = read::items(node, "y", "a list of formulas or of maps with `value`", self.source())?;
        let label = fields.read("y-label", self.source(), read::text);
        let mut scales: Vec<Scale> = Vec::new();
        for item in items {
            let Some(scale) = self.scale_of(item, "y", key, scope) else { continue };
            if scales.iter().any(|other| other.name() == scale.name()) {
                let message = format!("`{}` stands twice in `y` (allowed: labels that differ)", scale.name());
                self.source().report(item.span.clone(), message);
            } else if scales.first().is_some_and(|first| first.log != scale.log) {
                let message = "the first of `y` has another `log` (allowed: the same for all, which share an axis)";
                self.source().report(item.span.clone(), message);
            }
            scales.push(scale);
        }
        (scales.len() == items.len()).then_some(Vertical::Several { scales, label })
    }

    fn formula(&self, key: &str) -> Option<Option<Formula>> {
        let Some(node) = self.fields.get(key) else { return Some(None) };
        self.by_row(node, key, self.scope()).map(Some)
    }

    fn series(&self) -> Option<Option<String>> {
        let Some(node) = self.fields.get("series") else { return Some(None) };
        let rows = self.rows_read();
        let column = read::text(node, "series", self.source())?;
        let mut allowed = rows.splits.clone();
        allowed.push("replicate".to_owned());
        if rows.scope.is_some() && !allowed.contains(&column) {
            let message = format!("`{column}` is no column to split by (allowed: {})", allowed.join(", "));
            let help = did_you_mean(&column, allowed.iter().map(String::as_str));
            self.source().report_with(node.span.clone(), message, help);
            return None;
        }
        Some(Some(column))
    }

    fn series_label(&self) -> Option<String> {
        let (label, node) = self.fields.entry("series-label")?;
        if self.fields.get("series").is_none() {
            let message = "`series-label` stands without `series` (allowed: beside `series`)";
            self.source().report(label.span.clone(), message);
        }
        read::text(node, "series-label", self.source())
    }

    fn replicate(&self) -> Option<u64> {
        let Some(node) = self.fields.get("replicate") else { return Some(0) };
        let replicate = read::count(node, "replicate", 0, self.source())?;
        if let Some(replicates) = self.figures.design.fewest.filter(|replicates| replicate >= *replicates) {
            let message = format!("`replicate` is {replicate} (allowed: 0 to {}, in every profile)", replicates - 1);
            self.source().report(node.span.clone(), message);
            return None;
        }
        Some(replicate)
    }

    fn modes(&self) -> Option<Option<Vec<u64>>> {
        let Some(node) = self.fields.get("modes") else { return Some(None) };
        let items = read::items(node, "modes", "a list of integers from 1 on", self.source())?;
        items.iter().map(|item| read::count(item, "modes", 1, self.source())).collect::<Option<Vec<u64>>>().map(Some)
    }

    fn items(&self) -> Option<Option<Vec<String>>> {
        let Some(node) = self.fields.get("items") else { return Some(None) };
        let names = read::texts(node, "items", self.source())?;
        Some(Some(names.into_iter().map(|(name, _)| name).collect()))
    }

    // Axes may be named by column or by path.
    fn point(&self) -> Option<IndexMap<String, Json>> {
        let mut point = IndexMap::new();
        let Some(node) = self.fields.get("point") else { return Some(point) };
        let Some(entries) = node.entries() else {
            read::wrong(node, "point", "a map from axes to values", self.source());
            return None;
        };
        self.figures.subject.axes?;
        for (key, node) in entries {
            let Some(parameter) =
                self.figures.subject.swept().find(|one| one.column == key.name || one.path == key.name)
            else {
                let names: Vec<&str> =
                    self.figures.subject.swept().map(|parameter| parameter.column.as_str()).collect();
                let allowed = if names.is_empty() { "there is no sweep".to_owned() } else { names.join(", ") };
                let message = format!("`{}` is not an axis of the sweep (allowed: {allowed})", key.name);
                let help = did_you_mean(&key.name, names.iter().copied());
                self.source().report_with(key.span.clone(), message, help);
                continue;
            };
            let value = node.to_json(self.source());
            for sweep in &self.figures.design.sweeps {
                let values = values(sweep, &parameter.path);
                if !values.contains(&&value) {
                    let allowed: Vec<String> = values.iter().map(|value| value.to_string()).collect();
                    let allowed = format!("{}; in every profile", allowed.join(", "));
                    let message = format!("`{}` has no stop {value} (allowed: {allowed})", key.name);
                    self.source().report(node.span.clone(), message);
                }
            }
            point.insert(parameter.column.clone(), value);
        }
        Some(point)
    }
}

/// The values of the parameter at a path, in order.
fn values<'a>(sweep: &'a [Axis], path: &str) -> Vec<&'a Json> {
    let place = |axis: &Axis| axis.parameters.iter().position(|parameter| parameter.path == path);
    let stops = sweep.iter().find_map(|axis| Some((axis, place(axis)?)));
    stops.map_or_else(Vec::new, |(axis, place)| axis.values.iter().map(|stop| &stop[place]).collect())
}

fn keys() -> String {
    FIGURE.iter().map(|field| format!("`{}`", field.name)).collect::<Vec<_>>().join(", ")
}
