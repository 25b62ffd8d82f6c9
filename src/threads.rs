//! Work on several threads, with results that do not depend on how many. The only place with threads.

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

/// Threads to work with.
pub struct Workers(rayon::ThreadPool);

impl Workers {
    /// This many threads.
    ///
    /// # Errors
    /// If the system gives no more threads.
    pub fn new(jobs: usize) -> Result<Self, rayon::ThreadPoolBuildError> {
        rayon::ThreadPoolBuilder::new().num_threads(jobs).build().map(Self)
    }

    /// Number of threads.
    pub fn jobs(&self) -> usize {
        self.0.current_num_threads()
    }

    /// `f` of every item, in the order of the items.
    pub fn map<T: Sync, R: Send>(&self, items: &[T], f: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
        self.within(|| in_parallel(items, f))
    }

    /// Two tasks at the same time: one that waits for the disk, on the thread that asks; one that works, on these
    /// threads.
    ///
    /// # Panics
    /// If `work` panics.
    pub fn beside<A, B: Send>(&self, waiting: impl FnOnce() -> A, work: impl FnOnce() -> B + Send) -> (A, B) {
        let mut worked = None;
        let waited = self.0.in_place_scope(|scope| {
            scope.spawn(|_| worked = Some(work()));
            waiting()
        });
        (waited, worked.expect("a scope ends when its tasks have"))
    }

    /// Does something on these threads.
    pub fn within<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        self.0.install(work)
    }
}

/// `f` of every item, in the order of the items; on the threads of the [`Workers`] that it is called within, or else on
/// as many as the machine has.
pub fn in_parallel<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    items.par_iter().with_max_len(1).map(f).collect()
}

/// The results of two tasks, at the same time if there is a thread for each.
pub fn both<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(one, other)
}

/// Does work that waits most of the time, such as reading what a program writes, on a thread of its own.
pub fn aside(work: impl FnOnce() + Send + 'static) {
    std::thread::spawn(work);
}
