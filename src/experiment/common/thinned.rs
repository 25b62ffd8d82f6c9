//! A sequence of unknown length, kept thinned.

/// Every n-th item of a sequence, n the smallest power of two for which there are not more than a fixed number.
#[derive(Clone, Debug)]
pub struct Thinned<T> {
    capacity: usize,
    stride: u64,
    seen: u64,
    kept: Vec<T>,
}

impl<T> Thinned<T> {
    /// An empty sequence that keeps at most `capacity` items, at least 1.
    pub fn new(capacity: usize) -> Self {
        Self { capacity, stride: 1, seen: 0, kept: Vec::new() }
    }

    /// The next item, made only if it is kept.
    pub fn push(&mut self, item: impl FnOnce() -> T) {
        if self.seen.is_multiple_of(self.stride) {
            if self.kept.len() == self.capacity {
                self.halve();
            }
            if self.seen.is_multiple_of(self.stride) {
                self.kept.push(item());
            }
        }
        self.seen += 1;
    }

    fn halve(&mut self) {
        let mut number = 0;
        self.kept.retain(|_| {
            number += 1;
            number % 2 == 1
        });
        self.stride *= 2;
    }

    /// Keeps the last item that was pushed, made again if it was not kept; one more than the capacity, perhaps.
    pub fn finish(&mut self, last: impl FnOnce() -> T) {
        if self.seen > 0 && !(self.seen - 1).is_multiple_of(self.stride) {
            self.kept.push(last());
        }
    }

    /// The kept items, in order.
    pub fn kept(&self) -> &[T] {
        &self.kept
    }
}
