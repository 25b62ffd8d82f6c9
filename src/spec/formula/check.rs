//! Types of formulas: what is a number, a condition, a text, and what may stand where.

use indexmap::IndexMap;

use super::error::FormulaError;
use super::function::{Argument, FUNCTIONS, Function, ScalarFunction};
use super::syntax::{Expression, Node, Operator, OperatorClass};
use crate::spec::nearest::did_you_mean;

/// What a formula gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A number.
    Number,
    /// True or false.
    Condition,
}

/// The columns that a formula may use.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scope {
    columns: IndexMap<String, ColumnType>,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnType {
    /// Numbers.
    Number,
    /// Conditions: 1, 0 or missing.
    Condition,
    /// Places in a list of labels, from 0.
    Labels(Vec<String>),
}

/// Where a formula is evaluated.
#[derive(Clone, Copy, Debug)]
pub enum Stage<'a> {
    /// In each row alone: `where`, `let`.
    ByRow,
    /// Over many rows: `measure`, `reduce`, `expect`.
    OverRows {
        /// The columns that have one value in all of these rows: those of `per` or `group`.
        constant: &'a [String],
    },
}

impl Scope {
    /// Adds a column or changes its type.
    pub fn insert(&mut self, name: impl Into<String>, column: ColumnType) {
        self.columns.insert(name.into(), column);
    }

    /// What the column of that name holds.
    pub fn column(&self, name: &str) -> Option<&ColumnType> {
        self.columns.get(name)
    }

    /// The names of the columns, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str)
    }
}

impl From<Type> for ColumnType {
    fn from(of: Type) -> Self {
        match of {
            Type::Number => Self::Number,
            Type::Condition => Self::Condition,
        }
    }
}

/// What a formula gives where it stands, or all its mistakes.
pub(super) fn check(expression: &Expression, scope: &Scope, stage: Stage<'_>) -> Result<Type, Vec<FormulaError>> {
    let (place, constant) = match stage {
        Stage::ByRow => (Place::Row, &[][..]),
        Stage::OverRows { constant } => (Place::Rows, constant),
    };
    let mut checker = Checker { scope, constant, errors: Vec::new() };
    let result = match checker.kind(expression, place) {
        Some(Kind::Number) => Some(Type::Number),
        Some(Kind::Condition) => Some(Type::Condition),
        Some(Kind::Text) => {
            checker.refuse(expression, "is text (allowed: text compared by `==` or `!=` with a column of labels)");
            None
        }
        None => None,
    };
    match result {
        Some(result) if checker.errors.is_empty() => Ok(result),
        _ => Err(checker.errors),
    }
}

/// Replaces each text by its place among the labels of the column that it is compared with.
pub(super) fn bind(expression: &mut Expression, scope: &Scope) {
    expression.each_mut(&mut |part| {
        let Node::Binary { operator: Operator::Equal | Operator::NotEqual, left, right } = &mut part.node else {
            return;
        };
        if let (Node::Column(name), Node::Text { text, place }) | (Node::Text { text, place }, Node::Column(name)) =
            (&mut left.node, &mut right.node)
            && let Some(ColumnType::Labels(labels)) = scope.column(name)
        {
            *place = labels.iter().position(|label| label == text);
        }
    });
}

/// What a part of a formula is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Number,
    Condition,
    /// A text, or a column of labels.
    Text,
}

/// Where a part of a formula stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In a formula that looks at one row.
    Row,
    /// In a formula that looks at many rows, outside of row functions.
    Rows,
    /// Inside of this row function, where it looks at single rows.
    Inside(Function),
    /// Inside of this row function, where its argument is the same for all rows.
    Constant(Function),
}

struct Checker<'a> {
    scope: &'a Scope,
    constant: &'a [String],
    errors: Vec<FormulaError>,
}

impl Checker<'_> {
    fn refuse(&mut self, part: &Expression, message: impl Into<String>) {
        let message = format!("this {}", message.into());
        self.errors.push(FormulaError::new(part.span.clone(), message));
    }

    fn refuse_rows(&mut self, part: &Expression, function: Function, allowed: &str) {
        let message = format!("`{}` looks at many rows ({allowed})", function.doc().usage());
        self.errors.push(FormulaError::new(part.span.clone(), message));
    }

    /// What a part is; none if it is a mistake, which is then in the list.
    fn kind(&mut self, part: &Expression, place: Place) -> Option<Kind> {
        match &part.node {
            Node::Number { .. } => Some(Kind::Number),
            Node::Text { .. } => Some(Kind::Text),
            Node::Column(name) => self.column(part, name, place),
            Node::Negate(operand) => self.expect(operand, place, Kind::Number, "`-`").then_some(Kind::Number),
            Node::Not(operand) => self.expect(operand, place, Kind::Condition, "`not`").then_some(Kind::Condition),
            Node::Binary { operator, left, right } => self.binary(*operator, left, right, place),
            Node::Call { function, arguments, filter } => {
                let kind = self.call(part, *function, arguments, place);
                let condition = filter.as_ref().is_none_or(|condition| {
                    self.expect(condition, Place::Inside(*function), Kind::Condition, "`where`")
                });
                kind.filter(|_| condition)
            }
        }
    }

    fn column(&mut self, part: &Expression, name: &str, place: Place) -> Option<Kind> {
        let Some(column) = self.scope.column(name) else {
            let names: Vec<&str> = self.scope.names().collect();
            let message = format!("`{name}` is not a column here (allowed: {})", names.join(", "));
            let help = did_you_mean(name, names.iter().copied()).or_else(|| function_hint(name));
            self.errors.push(FormulaError { help, ..FormulaError::new(part.span.clone(), message) });
            return None;
        };
        if matches!(place, Place::Rows | Place::Constant(_)) && !self.constant.iter().any(|constant| constant == name) {
            let constant = match self.constant {
                [] => String::new(),
                columns => format!(", or a column that is the same in all rows: {}", columns.join(", ")),
            };
            let allowed = match place {
                Place::Constant(_) => "a number",
                _ => &format!("in a function of rows, like `mean({name})`"),
            };
            let message = format!("`{name}` has a value for each row (allowed: {allowed}{constant})");
            self.errors.push(FormulaError::new(part.span.clone(), message));
            return None;
        }
        Some(match column {
            ColumnType::Number => Kind::Number,
            ColumnType::Condition => Kind::Condition,
            ColumnType::Labels(_) => Kind::Text,
        })
    }

    /// Checks a part that has to be of one kind; whether it is.
    fn expect(&mut self, part: &Expression, place: Place, wanted: Kind, by: &str) -> bool {
        let Some(kind) = self.kind(part, place) else { return false };
        if kind == wanted {
            return true;
        }
        let hint = match (kind, wanted) {
            (Kind::Text, _) => ": text is compared by `==` or `!=` with a column of labels",
            (Kind::Condition, Kind::Number) => ": `fraction(...)` makes one of conditions",
            _ => ": a comparison makes one of numbers",
        };
        self.refuse(part, format!("is {}, but {by} takes {} (allowed{hint})", kind.in_words(), wanted.in_words()));
        false
    }

    fn binary(&mut self, operator: Operator, left: &Expression, right: &Expression, place: Place) -> Option<Kind> {
        let by = format!("`{}`", operator.symbol());
        let (operand, result) = match operator.class() {
            OperatorClass::Arithmetic => (Kind::Number, Kind::Number),
            OperatorClass::Logic => (Kind::Condition, Kind::Condition),
            OperatorClass::Comparison if is_label(&left.node, self.scope) || is_label(&right.node, self.scope) => {
                return self.labels(operator, left, right, place);
            }
            OperatorClass::Comparison => (Kind::Number, Kind::Condition),
        };
        let left = self.expect(left, place, operand, &by);
        let right = self.expect(right, place, operand, &by);
        (left && right).then_some(result)
    }

    /// `centre == "known"`, either way round.
    fn labels(&mut self, operator: Operator, left: &Expression, right: &Expression, place: Place) -> Option<Kind> {
        // Because both sides may be wrong in themselves: unknown, or bare.
        let kinds = (self.kind(left, place)?, self.kind(right, place)?);
        let (column, text) = match (&left.node, &right.node) {
            (Node::Column(name), Node::Text { text, .. }) => (name, (right, text)),
            (Node::Text { text, .. }, Node::Column(name)) => (name, (left, text)),
            _ => {
                let left_is_right = kinds.0 == Kind::Text && !matches!(left.node, Node::Text { .. });
                let (wrong, other) = if left_is_right { (right, left) } else { (left, right) };
                self.refuse(wrong, format!("is compared with text (allowed: {})", self.texts_for(other)));
                return None;
            }
        };
        let Some(ColumnType::Labels(labels)) = self.scope.column(column) else {
            self.refuse(text.0, format!("is text, but `{column}` holds numbers (allowed: a number)"));
            return None;
        };
        if !matches!(operator, Operator::Equal | Operator::NotEqual) {
            self.refuse(text.0, format!("is text, which `{}` does not order (allowed: `==`, `!=`)", operator.symbol()));
            return None;
        }
        if !labels.contains(text.1) {
            let message = format!("`{}` is not a value of `{column}` (allowed: {})", text.1, in_quotes(labels));
            let help = did_you_mean(text.1, labels.iter().map(String::as_str));
            self.errors.push(FormulaError { help, ..FormulaError::new(text.0.span.clone(), message) });
            return None;
        }
        Some(Kind::Condition)
    }

    /// What can be compared with a part.
    fn texts_for(&self, part: &Expression) -> String {
        let Node::Column(name) = &part.node else { return "a column of labels and a text in quotes".to_owned() };
        match self.scope.column(name) {
            Some(ColumnType::Labels(labels)) => in_quotes(labels),
            _ => "a column of labels and a text in quotes".to_owned(),
        }
    }

    fn call(&mut self, part: &Expression, function: Function, arguments: &[Expression], place: Place) -> Option<Kind> {
        let doc = function.doc();
        let allowed = match place {
            _ if !doc.rows => true,
            Place::Rows => true,
            Place::Row => {
                let allowed = format!("allowed where one row is looked at: {}", of_one_row());
                self.refuse_rows(part, function, &allowed);
                false
            }
            Place::Inside(outer) | Place::Constant(outer) => {
                let allowed = format!("inside of `{}` allowed: `group` with `reduce` for two stages", outer.doc().name);
                self.refuse_rows(part, function, &allowed);
                false
            }
        };
        let by = format!("`{}`", doc.name);
        let mut right = allowed;
        for (argument, expression) in arguments.iter().enumerate() {
            let kind = doc.argument(argument).expect("the parser counted the arguments");
            let inner = match kind {
                _ if !doc.rows => place,
                Argument::Constant => Place::Constant(function),
                Argument::Number | Argument::Condition => Place::Inside(function),
            };
            let wanted = if kind == Argument::Condition { Kind::Condition } else { Kind::Number };
            right &= self.expect(expression, inner, wanted, &by);
        }
        let result = if function == Function::Scalar(ScalarFunction::Known) { Kind::Condition } else { Kind::Number };
        right.then_some(result)
    }
}

impl Kind {
    fn in_words(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Condition => "a condition",
            Self::Text => "text",
        }
    }
}

fn is_label(node: &Node, scope: &Scope) -> bool {
    match node {
        Node::Text { .. } => true,
        Node::Column(name) => matches!(scope.column(name), Some(ColumnType::Labels(_))),
        _ => false,
    }
}

fn in_quotes(labels: &[String]) -> String {
    labels.iter().map(|label| format!("\"{label}\"")).collect::<Vec<_>>().join(", ")
}

fn function_hint(name: &str) -> Option<String> {
    let doc = FUNCTIONS.iter().find(|doc| doc.name == name)?;
    Some(format!("a function is called: `{}`", doc.usage()))
}

fn of_one_row() -> String {
    let names: Vec<String> = FUNCTIONS.iter().filter(|doc| !doc.rows).map(|doc| format!("`{}`", doc.usage())).collect();
    names.join(", ")
}
