//! The functions of formulas: one list, from which parser, type check, help and error messages are made.

/// A function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// Of the numbers of one row.
    Scalar(ScalarFunction),
    /// Of many rows.
    Rows(RowFunction),
}

/// A function of the numbers of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarFunction {
    /// Natural logarithm.
    Ln,
    /// Exponential.
    Exp,
    /// Square root.
    Sqrt,
    /// Absolute value.
    Abs,
    /// Hyperbolic tangent.
    Tanh,
    /// Smallest of two or more numbers.
    Smallest,
    /// Largest of two or more numbers.
    Largest,
    /// Whether a number is not missing.
    Known,
}

/// A function that makes one number of many rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFunction {
    /// Mean over rows.
    Mean,
    /// Median over rows.
    Median,
    /// Standard deviation over rows.
    Sd,
    /// Minimum over rows.
    Min,
    /// Maximum over rows.
    Max,
    /// Quantile over rows.
    Quantile,
    /// Fraction of rows where a condition is true.
    Fraction,
    /// Number of rows.
    Count,
    /// Slope of the least-squares line.
    Slope,
    /// Rank correlation tau-b.
    Kendall,
    /// Rank correlation rho.
    Spearman,
    /// Where the mean of y at each x first rises through a level.
    Crossing,
}

/// What a function takes in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A number of each row.
    Number,
    /// A condition on each row.
    Condition,
    /// A number that is the same in all rows.
    Constant,
}

/// Which values a function gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gives {
    /// Those of its first argument, or values between them.
    First,
    /// Those of its first argument without their sign.
    Magnitude,
    /// Few values, or many at an end, all in this range.
    Bounded([f64; 2]),
    /// Few values.
    Few,
    /// Other values than its arguments have: continuous where one of them is.
    Other,
}

/// What is known about a function.
#[derive(Debug)]
pub struct FunctionDoc {
    /// The function.
    pub function: Function,
    /// Its name in formulas.
    pub name: &'static str,
    /// What it takes, by name.
    pub arguments: &'static [(&'static str, Argument)],
    /// Whether the last argument may be repeated.
    pub more: bool,
    /// Whether it makes one number of many rows.
    pub rows: bool,
    /// Which values it gives; decides how an interval is made.
    pub gives: Gives,
    /// What it gives, in words.
    pub about: &'static str,
}

const fn of_row(
    function: ScalarFunction,
    name: &'static str,
    arguments: &'static [(&'static str, Argument)],
    gives: Gives,
    about: &'static str,
) -> FunctionDoc {
    FunctionDoc { function: Function::Scalar(function), name, arguments, more: false, rows: false, gives, about }
}

const fn of_rows(
    function: RowFunction,
    name: &'static str,
    arguments: &'static [(&'static str, Argument)],
    gives: Gives,
    about: &'static str,
) -> FunctionDoc {
    FunctionDoc { function: Function::Rows(function), name, arguments, more: false, rows: true, gives, about }
}

const X: (&str, Argument) = ("x", Argument::Number);
const Y: (&str, Argument) = ("y", Argument::Number);

/// Every function. `min` and `max` stand twice: with one argument they are row functions.
pub const FUNCTIONS: &[FunctionDoc] = &[
    of_row(ScalarFunction::Ln, "ln", &[X], Gives::Other, "natural logarithm; missing for x <= 0"),
    of_row(ScalarFunction::Exp, "exp", &[X], Gives::Other, "exponential"),
    of_row(ScalarFunction::Sqrt, "sqrt", &[X], Gives::Other, "square root; missing for x < 0"),
    of_row(ScalarFunction::Abs, "abs", &[X], Gives::Magnitude, "absolute value"),
    of_row(ScalarFunction::Tanh, "tanh", &[X], Gives::Other, "hyperbolic tangent"),
    FunctionDoc {
        more: true,
        ..of_row(ScalarFunction::Smallest, "min", &[X, Y], Gives::Other, "smallest of two or more numbers")
    },
    FunctionDoc {
        more: true,
        ..of_row(ScalarFunction::Largest, "max", &[X, Y], Gives::Other, "largest of two or more numbers")
    },
    of_row(ScalarFunction::Known, "known", &[X], Gives::Bounded([0.0, 1.0]), "whether x is not missing"),
    of_rows(RowFunction::Mean, "mean", &[X], Gives::First, "mean over rows"),
    of_rows(RowFunction::Median, "median", &[X], Gives::First, "median over rows"),
    of_rows(RowFunction::Sd, "sd", &[X], Gives::Other, "sample standard deviation over rows, with n - 1"),
    of_rows(RowFunction::Min, "min", &[X], Gives::First, "minimum over rows"),
    of_rows(RowFunction::Max, "max", &[X], Gives::First, "maximum over rows"),
    of_rows(
        RowFunction::Quantile,
        "quantile",
        &[X, ("p", Argument::Constant)],
        Gives::First,
        "quantile over rows, linear between order statistics; p from 0 to 1",
    ),
    of_rows(
        RowFunction::Fraction,
        "fraction",
        &[("condition", Argument::Condition)],
        Gives::Bounded([0.0, 1.0]),
        "fraction of rows where the condition is true; missing if it is missing in any row",
    ),
    of_rows(RowFunction::Count, "count", &[], Gives::Few, "number of rows"),
    of_rows(RowFunction::Slope, "slope", &[Y, X], Gives::Other, "slope of the least-squares line of y over x"),
    // Because ranks of few points take few values, and at best the last one.
    of_rows(RowFunction::Kendall, "kendall", &[X, Y], Gives::Bounded([-1.0, 1.0]), "Kendall's rank correlation tau-b"),
    of_rows(RowFunction::Spearman, "spearman", &[X, Y], Gives::Bounded([-1.0, 1.0]), "Spearman's rank correlation"),
    of_rows(
        RowFunction::Crossing,
        "crossing",
        &[Y, X, ("level", Argument::Constant)],
        Gives::Other,
        "where the mean of y at each x, in order of x, first rises through the level; linear between",
    ),
];

impl Function {
    /// What is known about it.
    ///
    /// # Panics
    /// If it is not in the list, where the parser finds every function that there is.
    pub fn doc(self) -> &'static FunctionDoc {
        FUNCTIONS.iter().find(|doc| doc.function == self).expect("every function is in the list")
    }
}

impl FunctionDoc {
    /// How it is called: `crossing(y, x, level)`.
    pub fn usage(&self) -> String {
        let arguments: Vec<&str> = self.arguments.iter().map(|(name, _)| *name).collect();
        let more = if self.more { ", ..." } else { "" };
        format!("{}({}{more})", self.name, arguments.join(", "))
    }

    /// What the argument at this place is.
    pub fn argument(&self, place: usize) -> Option<Argument> {
        let last = if self.more { self.arguments.last() } else { None };
        self.arguments.get(place).or(last).map(|(_, argument)| *argument)
    }

    /// Whether it can be called with this number of arguments.
    pub fn takes(&self, arguments: usize) -> bool {
        arguments == self.arguments.len() || (self.more && arguments > self.arguments.len())
    }
}
