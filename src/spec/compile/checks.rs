//! Reading checks.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::experiment::{Kind, TableDoc, reserved};
use crate::spec::axis::{Axis, AxisParameter};
use crate::spec::check::{Check, Expectation};
use crate::spec::compile::expectation::expectation;
use crate::spec::compile::profiles::Profile;
use crate::spec::compile::read::{self, Fields};
use crate::spec::formula::check::{ColumnType, Scope, Stage};
use crate::spec::formula::{Formula, Type};
use crate::spec::language::section::CHECK;
use crate::spec::nearest::did_you_mean;
use crate::spec::yaml::node::{Key, Node, report_duplicates};
use crate::spec::yaml::problems::Source;

/// What a check or a figure can look at.
pub(in crate::spec) struct Subject<'a> {
    /// The kind of experiment; none if the file names none that there is.
    pub(in crate::spec) kind: Option<&'a Kind>,
    /// The axes of the sweep; none if they are wrong in themselves, and then no column is.
    pub(in crate::spec) axes: Option<&'a [Axis]>,
}

/// A check, and what is expected of it in each profile: as it is written first.
pub(in crate::spec) struct CheckRead {
    pub(in crate::spec) check: Check,
    pub(in crate::spec) expected: Vec<Expectation>,
}

impl CheckRead {
    /// The check in a profile, by its place behind the claim as it is written.
    pub(in crate::spec) fn in_profile(&self, place: usize) -> Check {
        Check { expect: self.expected[place].clone(), ..self.check.clone() }
    }
}

/// Notes checks of which a profile expects something and that the claim does not have.
pub(in crate::spec) fn refuse_unknown(profiles: &[Profile<'_>], names: &[String], source: &Source<'_>) {
    for (key, _) in profiles.iter().flat_map(|profile| profile.expect) {
        if !names.contains(&key.name) {
            let message = format!("`{}` is not a check of this claim (allowed: {})", key.name, names.join(", "));
            let help = did_you_mean(&key.name, names.iter().map(String::as_str));
            source.report_with(key.span.clone(), message, help);
        }
    }
}

/// Rows of a table with their new columns.
pub(in crate::spec) struct RowsRead {
    pub(in crate::spec) table: Option<String>,
    pub(in crate::spec) lets: IndexMap<String, Formula>,
    pub(in crate::spec) filter: Option<Formula>,
    /// The columns; none if the table is unknown.
    pub(in crate::spec) scope: Option<Scope>,
    /// The columns by which rows can be split: all but `replicate`.
    pub(in crate::spec) splits: Vec<String>,
}

impl Subject<'_> {
    /// The table of that name; an unknown one is noted.
    pub(in crate::spec) fn table(&self, node: &Node, source: &Source<'_>) -> Option<&'static TableDoc> {
        let (kind, name) = (self.kind, read::text(node, "table", source)?);
        let kind = kind?;
        let table = kind.table(&name);
        if table.is_none() {
            let names: Vec<&str> = kind.tables.iter().map(|table| table.name).collect();
            let message = format!("`{name}` is not a table of `{}` (allowed: {})", kind.name, names.join(", "));
            source.report_with(node.span.clone(), message, did_you_mean(&name, names.iter().copied()));
        }
        table
    }

    /// The parameters of the axes.
    pub(in crate::spec) fn swept(&self) -> impl Iterator<Item = &AxisParameter> {
        self.axes.into_iter().flatten().flat_map(|axis| &axis.parameters)
    }

    /// The columns of a table, axes first.
    pub(in crate::spec) fn scope(&self, table: &TableDoc) -> Option<Scope> {
        self.axes?;
        let mut scope = Scope::default();
        for parameter in self.swept() {
            let labels = parameter.labels.clone().map_or(ColumnType::Number, ColumnType::Labels);
            scope.insert(&parameter.column, labels);
        }
        scope.insert("replicate", ColumnType::Number);
        for column in table.all() {
            scope.insert(column.name, ColumnType::Number);
        }
        Some(scope)
    }

    /// The columns that tell the points of a check apart.
    pub(in crate::spec) fn scope_of_points(&self, check: &Check) -> Option<Scope> {
        let all = self.scope(self.kind?.table(&check.table)?)?;
        let mut scope = Scope::default();
        for column in &check.per {
            scope.insert(column, all.column(column).cloned().unwrap_or(ColumnType::Number));
        }
        Some(scope)
    }

    /// The columns that the `where` of a check sees.
    pub(in crate::spec) fn scope_of_rows(&self, check: &Check) -> Option<Scope> {
        let mut scope = self.scope(self.kind?.table(&check.table)?);
        readmit(&check.lets, &mut scope);
        scope
    }

    /// The columns by which the rows of a table can be split.
    pub(in crate::spec) fn splits(&self, table: &TableDoc) -> Vec<String> {
        let axes = self.swept().map(|parameter| parameter.column.clone());
        axes.chain(table.all().map(|column| column.name.to_owned())).collect()
    }

    /// `table`, `let` and `where`; with the table's documentation where it is known.
    pub(in crate::spec) fn rows(&self, fields: &Fields<'_>, source: &Source<'_>) -> RowsRead {
        let table = fields.get("table").and_then(|node| self.table(node, source));
        self.rows_of(table, IndexMap::new(), None, fields, source)
    }

    /// The same for a given table, with `let` and `where` in place of those given.
    pub(in crate::spec) fn rows_of(
        &self,
        table: Option<&'static TableDoc>,
        lets: IndexMap<String, Formula>,
        filter: Option<Formula>,
        fields: &Fields<'_>,
        source: &Source<'_>,
    ) -> RowsRead {
        let mut scope = table.and_then(|table| self.scope(table));
        let mut splits = table.map_or_else(Vec::new, |table| self.splits(table));
        let lets = match fields.get("let") {
            Some(node) => formulas(node, "let", &mut scope, Stage::ByRow, source),
            None => {
                readmit(&lets, &mut scope);
                lets
            }
        };
        splits.extend(lets.keys().cloned());
        let filter = match fields.get("where") {
            Some(node) => {
                let condition = Some(Type::Condition);
                let found = read::checked(node, "where", condition, scope.as_ref(), Stage::ByRow, source);
                found.map(|(formula, _)| formula)
            }
            None => filter,
        };
        RowsRead { table: table.map(|table| table.name.to_owned()), lets, filter, scope, splits }
    }
}

/// Adds the columns of formulas that have been checked before.
fn readmit(lets: &IndexMap<String, Formula>, scope: &mut Option<Scope>) {
    let Some(scope) = scope else { return };
    for (name, formula) in lets {
        if let Ok(found) = formula.check(scope, Stage::ByRow) {
            scope.insert(name, found.into());
        }
    }
}

/// New columns, each a formula over those before it; they are added to the scope.
fn formulas(
    node: &Node,
    name: &str,
    scope: &mut Option<Scope>,
    stage: Stage<'_>,
    source: &Source<'_>,
) -> IndexMap<String, Formula> {
    let mut found = IndexMap::new();
    let Some(entries) = node.entries() else {
        read::wrong(node, name, "a map from new columns to formulas", source);
        return found;
    };
    report_duplicates(entries, source);
    // Because a row function sees the rows before they are reduced, not what the others make of them.
    let before = scope.clone();
    for (key, node) in entries {
        let column = &key.name;
        if !read::is_name(column) || reserved_words().contains(column.as_str()) {
            let message = format!(
                "`{column}` cannot be the name of a column (allowed: letters, digits and `_`; reserved: {})",
                words()
            );
            source.report(key.span.clone(), message);
        } else if before.as_ref().is_some_and(|scope| scope.column(column).is_some()) {
            source.report(key.span.clone(), format!("`{column}` is already a column (allowed: a new name)"));
        }
        let sees = if matches!(stage, Stage::ByRow) { scope.as_ref() } else { before.as_ref() };
        let Some((formula, of)) = read::checked(node, column, None, sees, stage, source) else {
            // Because formulas that use it would complain about it as well.
            scope.iter_mut().for_each(|scope| scope.insert(column, ColumnType::Number));
            continue;
        };
        scope.iter_mut().for_each(|scope| scope.insert(column, of.into()));
        found.insert(column.clone(), formula);
    }
    found
}

/// Names that no column can have: those of every table, and the words of formulas.
fn reserved_words() -> BTreeSet<&'static str> {
    reserved().into_iter().chain(["where"]).collect()
}

fn words() -> String {
    reserved_words().into_iter().collect::<Vec<_>>().join(", ")
}

/// Reads a check, with what is expected of it in each profile.
pub(in crate::spec) fn check(
    node: &Node,
    subject: &Subject<'_>,
    profiles: &[Profile<'_>],
    source: &Source<'_>,
) -> Option<CheckRead> {
    let at = node.span.clone();
    let fields = read::section(node, &CHECK, at, source);
    let name = fields.read("name", source, read::text);
    let about = fields.read("about", source, read::text);
    let rows = subject.rows(&fields, source);
    let per = split(&fields, "per", &rows, source);
    let group = split(&fields, "group", &rows, source);
    let (scope, reduce) = reduced(&fields, &rows, &per, &group, source);
    let stage = Stage::OverRows { constant: &per };
    let measure = fields.get("measure").and_then(|node| {
        let (formula, _) = read::checked(node, "measure", Some(Type::Number), scope.as_ref(), stage, source)?;
        if !formula.syntax.aggregates() {
            source.report(
                node.span.clone(),
                "`measure` looks at no rows (allowed: a formula with a function of rows, like `mean(x)`)",
            );
            return None;
        }
        Some(formula)
    });
    let expect = fields.entry("expect");
    let read = |(key, node): (&Key, &Node)| expectation(node, key.span.clone(), scope.as_ref(), stage, source);
    let written = expect.map(read)?;
    let of_check = |profile: &Profile<'_>| {
        let own = profile.expect.iter().find(|(key, _)| Some(&key.name) == name.as_ref());
        own.map_or_else(|| written.clone(), |(key, node)| read((key, node)))
    };
    // Because every profile is checked, whichever is asked for.
    let in_profiles: Vec<Option<Expectation>> = profiles.iter().map(of_check).collect();
    let expect = written?;
    let expected = std::iter::once(Some(expect.clone())).chain(in_profiles).collect::<Option<_>>()?;
    let RowsRead { table, lets, filter, .. } = rows;
    let check =
        Check { name: name?, about, table: table?, lets, filter, per, group, reduce, measure: measure?, expect };
    Some(CheckRead { check, expected })
}

/// `per` or `group`: columns by which rows can be split.
fn split(fields: &Fields<'_>, name: &str, rows: &RowsRead, source: &Source<'_>) -> Vec<String> {
    let columns = fields.read(name, source, read::texts).unwrap_or_default();
    let mut allowed = rows.splits.clone();
    if name == "group" {
        allowed.push("replicate".to_owned());
    }
    for (column, node) in &columns {
        if rows.scope.is_some() && !allowed.contains(column) {
            let message = format!("`{column}` is no column to split by (allowed: {})", allowed.join(", "));
            source.report_with(node.span.clone(), message, did_you_mean(column, allowed.iter().map(String::as_str)));
        }
    }
    columns.into_iter().map(|(column, _)| column).collect()
}

/// The columns that `measure` sees, and `reduce` if the check has two stages.
fn reduced(
    fields: &Fields<'_>,
    rows: &RowsRead,
    per: &[String],
    group: &[String],
    source: &Source<'_>,
) -> (Option<Scope>, IndexMap<String, Formula>) {
    match (fields.entry("group"), fields.entry("reduce")) {
        (None, None) => (rows.scope.clone(), IndexMap::new()),
        (Some((key, _)), None) => {
            source.report(key.span.clone(), "`group` stands without `reduce` (allowed: both or none)");
            (None, IndexMap::new())
        }
        (None, Some((key, _))) => {
            source.report(key.span.clone(), "`reduce` stands without `group` (allowed: both or none)");
            (None, IndexMap::new())
        }
        (Some(_), Some((_, node))) => {
            let constant: Vec<String> = group.iter().chain(per).cloned().collect();
            let mut scope = rows.scope.clone();
            let reduce = formulas(node, "reduce", &mut scope, Stage::OverRows { constant: &constant }, source);
            let kept = scope.map(|scope| {
                let mut kept = Scope::default();
                let left = constant
                    .iter()
                    .map(String::as_str)
                    .chain(node.entries().into_iter().flatten().map(|(key, _)| key.name.as_str()));
                for name in left {
                    if let Some(column) = scope.column(name) {
                        kept.insert(name, column.clone());
                    }
                }
                kept
            });
            (kept, reduce)
        }
    }
}
