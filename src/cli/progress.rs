//! Progress of a run, on standard error: a bar with the time left on a terminal, a line per claim otherwise.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::flags::Loudness;
use crate::report::words::counted;
use crate::run::{Event, Share, Shares};

/// Progress of a run.
pub struct Progress {
    loudness: Loudness,
    bar: Option<ProgressBar>,
    /// By claim, what it does and how many cells are left to compute.
    left: Mutex<BTreeMap<String, (Share, u64)>>,
    computed: AtomicU64,
    failed: AtomicU64,
}

impl Progress {
    /// Nothing has happened yet.
    pub fn new(loudness: Loudness) -> Self {
        let bar = (std::io::stderr().is_terminal() && !loudness.quiet).then(bar);
        Self { loudness, bar, left: Mutex::default(), computed: AtomicU64::new(0), failed: AtomicU64::new(0) }
    }

    /// Tells what happened.
    pub fn tell(&self, event: &Event<'_>) {
        match event {
            Event::Unusable { file, reason } => {
                self.line(&format!("warning: `{}` {reason}; its cell is computed again", file.display()));
            }
            Event::Started { cells, shares } => self.start(*cells, shares),
            Event::Appeared { claims } => self.finish(claims),
            Event::Helping => self.help(),
            Event::Finished { claims, failure, .. } => {
                self.computed.fetch_add(1, Ordering::Relaxed);
                self.failed.fetch_add(u64::from(failure.is_some()), Ordering::Relaxed);
                if let (Some(failure), true) = (failure, self.loudness.verbose) {
                    self.line(&format!("{}: {failure}", claims.join(", ")));
                }
                self.finish(claims);
            }
        }
    }

    /// Says what was done.
    pub fn summary(&self, time: Duration) {
        let (computed, failed) = (self.computed.load(Ordering::Relaxed), self.failed.load(Ordering::Relaxed));
        let failed = if failed == 0 { String::new() } else { format!(", {failed} of them failed") };
        self.line(&format!("{} computed in {:.1} s{failed}", counted(computed as usize, "cell"), time.as_secs_f64()));
    }

    fn start(&self, cells: u64, shares: &Shares) {
        if let Some(bar) = &self.bar {
            bar.set_length(cells);
        }
        for (claim, share) in shares {
            if share.fresh == 0 {
                self.done(claim, *share);
            } else {
                self.left().insert(claim.clone(), (*share, share.fresh));
            }
        }
    }

    /// From now on cells are those of other shares, of which not all of a claim are known here.
    fn help(&self) {
        self.left().clear();
        match &self.bar {
            Some(bar) => {
                bar.set_style(style("{pos} cells: this share is done, going on with what others have not begun"))
            }
            None if !self.loudness.quiet => self.line("this share is done; going on with what others have not begun"),
            None => {}
        }
    }

    fn finish(&self, claims: &[&str]) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
        for &claim in claims {
            let mut left = self.left();
            let Some((share, cells)) = left.get_mut(claim) else { continue };
            *cells -= 1;
            if *cells == 0 {
                let share = *share;
                drop(left);
                self.done(claim, share);
            }
        }
    }

    /// A claim has all its cells. The bar says enough about it.
    fn done(&self, claim: &str, share: Share) {
        if self.bar.is_none() && !self.loudness.quiet && share != Share::default() {
            self.line(&format!("{claim}: {} computed, {} stored", counted(share.fresh as usize, "cell"), share.stored));
        }
    }

    fn line(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| anstream::eprintln!("{text}")),
            None => anstream::eprintln!("{text}"),
        }
    }

    fn left(&self) -> MutexGuard<'_, BTreeMap<String, (Share, u64)>> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    bar.with_style(style("{wide_bar} {pos} of {len} cells, {eta} left"))
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("templates in this file are well formed")
}
