//! A declared experiment with its program: making it ready, asking it for cells, and what its numbers follow from.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use indexmap::IndexMap;
use rand::Rng;
use serde_json::{Map, Value as Json, json};

use crate::experiment::{Attempt, Builder, Built, Experiment, Failure};
use crate::outside::declaration::Declaration;
use crate::outside::parameters::{Given, given};
use crate::outside::protocol::{PROTOCOL, Request, read_answer};
use crate::outside::worker::{NoAnswer, Worker, command, in_words};
use crate::seed::{MasterSeed, stream};
use crate::table::Tables;

/// A declared experiment with its program.
pub struct Program {
    declaration: Declaration,
    /// Whether the user lets it run.
    allowed: bool,
    /// What its version command printed, or why it cannot run here; nothing before it was made ready.
    ready: OnceLock<Result<Option<String>, String>>,
    /// Programs that wait for a request.
    idle: Mutex<Vec<Worker>>,
    slots: Slots,
}

/// How many threads programs may still take.
struct Slots {
    free: Mutex<usize>,
    freed: Condvar,
}

/// One experiment of a program.
struct Outside {
    program: Arc<Program>,
    given: Given,
}

/// Builds the experiments of a program.
pub struct Programs(pub Arc<Program>);

impl Program {
    /// The program of a declaration, which runs only if that is allowed.
    pub fn new(declaration: Declaration, allowed: bool) -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let free = threads.max(declaration.limits.threads);
        Self {
            declaration,
            allowed,
            ready: OnceLock::new(),
            idle: Mutex::default(),
            slots: Slots { free: Mutex::new(free), freed: Condvar::new() },
        }
    }

    /// What the experiment declares.
    pub fn declaration(&self) -> &Declaration {
        &self.declaration
    }

    /// What the version command printed; none before the program was made ready, and without such a command.
    pub fn version(&self) -> Option<&str> {
        self.ready.get()?.as_ref().ok()?.as_deref()
    }

    fn make_ready(&self) -> Result<Option<String>, String> {
        let Declaration { folder, command: words, setup, version, .. } = &self.declaration;
        if !self.allowed {
            return Err(format!(
                "it would run the command `{}` in {}; `--allow-commands` lets it",
                words.join(" "),
                folder.display()
            ));
        }
        if let Some(setup) = setup {
            once("setup", setup, folder)?;
        }
        version.as_ref().map(|version| once("version", version, folder)).transpose()
    }

    /// The answer to a request, from a program that is running or a new one.
    fn ask(&self, request: &str) -> Result<String, String> {
        let limits = &self.declaration.limits;
        let _slots = self.slots.take(limits.threads);
        let things: Vec<_> = limits.exclusive.iter().map(|name| thing(name)).collect();
        let _things: Vec<_> = things.iter().map(|thing| lock(thing)).collect();
        let waiting = lock(&self.idle).pop();
        if let Some(mut worker) = waiting {
            match worker.ask(request, limits.time) {
                Ok(answer) => {
                    lock(&self.idle).push(worker);
                    return Ok(answer);
                }
                Err(NoAnswer::Broken(why)) => return Err(why),
                Err(NoAnswer::Ended) => {}
            }
        }
        let Declaration { command, folder, .. } = &self.declaration;
        let mut worker = Worker::start(command, folder, limits)
            .map_err(|error| format!("the program `{}` cannot be started: {error}", command[0]))?;
        match worker.ask(request, limits.time) {
            Ok(answer) => {
                lock(&self.idle).push(worker);
                Ok(answer)
            }
            Err(NoAnswer::Broken(why)) => Err(why),
            Err(NoAnswer::Ended) => Err("the program ended without an answer".to_owned()),
        }
    }

    /// A seed for each replicate of each stream.
    fn seeds(&self, given: &Given, replicates: &Range<u64>, master: MasterSeed) -> IndexMap<&str, Vec<String>> {
        let streams = self.declaration.seeds.iter().map(|(part, on)| {
            let parameters: Map<String, Json> = given
                .canonical
                .iter()
                .filter(|(name, _)| on.contains(name))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            let named = json!({"experiment": self.declaration.name, "parameters": parameters});
            let seed = |replicate| stream(master, part, &named, replicate).next_u64().to_string();
            (part.as_str(), replicates.clone().map(seed).collect())
        });
        streams.collect()
    }
}

impl Builder for Programs {
    fn build(&self, parameters: &Json, base: &Path) -> Built {
        let program = Arc::clone(&self.0);
        let given = given(&program.declaration.parameters, parameters, base)?;
        Ok(Box::new(Outside { program, given }))
    }

    fn prepare(&self) -> Result<(), String> {
        let ready = self.0.ready.get_or_init(|| self.0.make_ready());
        ready.as_ref().map(|_| ()).map_err(Clone::clone)
    }
}

impl Experiment for Outside {
    fn canonical(&self) -> Json {
        let mut canonical = self.given.canonical.clone();
        if let Some(version) = self.program.version() {
            canonical.insert("program version".to_owned(), json!(version));
        }
        Json::Object(canonical)
    }

    fn draws(&self) -> Vec<String> {
        self.program.declaration.seeds.keys().map(|part| format!("the stream `{part}`")).collect()
    }

    fn run(&self, replicates: Range<u64>, master: MasterSeed) -> Result<Tables, Failure> {
        self.attempt(replicates, master).outcome
    }

    fn attempt(&self, replicates: Range<u64>, master: MasterSeed) -> Attempt {
        let Declaration { name, tables, inputs, .. } = &self.program.declaration;
        static REQUESTS: AtomicU64 = AtomicU64::new(0);
        let id = REQUESTS.fetch_add(1, Ordering::Relaxed);
        let request = Request {
            protocol: PROTOCOL,
            id,
            experiment: name,
            parameters: &self.given.sent,
            replicates: replicates.clone().collect(),
            seeds: self.program.seeds(&self.given, &replicates, master),
        };
        let request = serde_json::to_string(&request).expect("a request is plain data with string keys");
        let answer = self.program.ask(&request).and_then(|line| read_answer(&line, id, tables, &replicates));
        match answer {
            Ok(outcome) => Attempt { outcome, lasting: !inputs.is_empty() },
            Err(reason) => Attempt { outcome: Err(Failure { replicate: replicates.start, reason }), lasting: false },
        }
    }
}

/// What a command prints that is run once.
fn once(what: &str, words: &[String], folder: &Path) -> Result<String, String> {
    let shown = words.join(" ");
    let output = command(words, folder).stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("the {what} command `{shown}` cannot be started: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let log = String::from_utf8_lossy(&output.stderr);
    let end: Vec<&str> = log.trim().lines().rev().take(8).collect();
    let end: Vec<&str> = end.into_iter().rev().collect();
    Err(format!("the {what} command `{shown}` failed: {}\n{}", in_words(output.status), end.join("\n")))
}

impl Slots {
    /// Waits until so many threads are free, and takes them until it is dropped.
    fn take(&self, threads: usize) -> Taken<'_> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self.freed.wait_while(free, |free| *free < threads).unwrap_or_else(PoisonError::into_inner);
        *free -= threads;
        Taken { slots: self, threads }
    }
}

/// Threads that are taken.
struct Taken<'a> {
    slots: &'a Slots,
    threads: usize,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        *lock(&self.slots.free) += self.threads;
        self.slots.freed.notify_all();
    }
}

/// The lock of a thing of which there is one.
fn thing(name: &str) -> Arc<Mutex<()>> {
    static THINGS: OnceLock<Mutex<BTreeMap<String, Arc<Mutex<()>>>>> = OnceLock::new();
    let mut things = lock(THINGS.get_or_init(Mutex::default));
    Arc::clone(things.entry(name.to_owned()).or_default())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
