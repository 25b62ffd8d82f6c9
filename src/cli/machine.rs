//! What the machine says: its clock and its environment. Nothing of it reaches a number.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::run::Shard;

/// A watch that was started.
#[derive(Clone, Copy, Debug)]
pub struct Watch(Instant);

impl Watch {
    /// Starts.
    #[expect(clippy::disallowed_methods, reason = "how long a run took is for timing.json and for the terminal")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// Seconds since 1970; `SOURCE_DATE_EPOCH` if that is set, so that a site can be built twice with the same bytes.
#[expect(clippy::disallowed_methods, reason = "when a run ended is for timing.json only")]
pub fn now() -> u64 {
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    fixed_date().unwrap_or_else(clock)
}

/// The date that `SOURCE_DATE_EPOCH` fixes, if it is set.
pub fn fixed_date() -> Option<u64> {
    variable("SOURCE_DATE_EPOCH").and_then(|seconds| seconds.parse().ok())
}

/// Whether this is a job of GitHub Actions, where messages on lines of files are shown beside them.
pub fn on_github() -> bool {
    variable("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// Shows a page in the browser that the system prefers.
pub(super) fn open(page: &Path) -> std::io::Result<()> {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let silent =
        Command::new(program).args(arguments).arg(page).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    if silent.success() { Ok(()) } else { Err(std::io::Error::other(format!("`{program}` ended with {silent}"))) }
}

/// The shard of this task of a Slurm job array.
pub(super) fn scheduled_shard() -> Result<Shard, String> {
    slurm_shard(variable)
}

/// The shard by the variables of a Slurm job array: the place of `SLURM_ARRAY_TASK_ID` among
/// `SLURM_ARRAY_TASK_COUNT` tasks that start at `SLURM_ARRAY_TASK_MIN` and go in steps of `SLURM_ARRAY_TASK_STEP`.
///
/// # Errors
///
/// If a variable that is needed is not set, or one is no number that fits the others.
pub fn slurm_shard(variable: impl Fn(&str) -> Option<String>) -> Result<Shard, String> {
    let number = |name: &str| variable(name).map(|text| text.parse::<u64>().map_err(|_| unusable(name, &text)));
    let required = |name: &str| {
        number(name).unwrap_or_else(|| Err(format!("`--shard auto` needs a Slurm job array, but {name} is not set")))
    };
    let id = required("SLURM_ARRAY_TASK_ID")?;
    let count = required("SLURM_ARRAY_TASK_COUNT")?;
    let first = required("SLURM_ARRAY_TASK_MIN")?;
    let step = number("SLURM_ARRAY_TASK_STEP").unwrap_or(Ok(1))?;
    let place = id.checked_sub(first).zip(Some(step)).filter(|(ahead, step)| *step > 0 && ahead % step == 0);
    let shard = place.and_then(|(ahead, step)| Shard::new(ahead / step + 1, count));
    shard.ok_or_else(|| {
        format!(
            "task {id} is not one of {count} tasks from {first} in steps of {step}: name the share, as in `--shard 2/8`"
        )
    })
}

fn unusable(name: &str, text: &str) -> String {
    format!("{name} is `{text}` (allowed: a whole number)")
}

#[expect(clippy::disallowed_methods, reason = "no number depends on it: shards and dates only")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
