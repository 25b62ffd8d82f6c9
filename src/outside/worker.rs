//! A running program that answers requests, one line each.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Resource, Rlimit, Signal, kill_process_group, prlimit};

use crate::outside::declaration::Limits;
use crate::threads::aside;

/// Longest answer, in bytes.
const LONGEST_ANSWER: u64 = 256 << 20;
/// Bytes of standard error that are kept, the last ones.
const LOG: usize = 4096;
/// How long a program has to end after the end of its input.
const PARTING: Duration = Duration::from_secs(2);

/// A program that is running.
pub(super) struct Worker {
    child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<Line>,
    log: Arc<Mutex<VecDeque<u8>>>,
    /// Requests that it has answered.
    answered: u64,
}

/// What came on standard output.
enum Line {
    Text(String),
    TooLong,
    End,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum NoAnswer {
    /// The program had ended before it took the request, after it had answered others: it serves one request at a time.
    Ended,
    /// What went wrong, with the end of standard error.
    Broken(String),
}

/// A command with its arguments, to be run in a folder. A program with a slash in its name is seen from the folder.
pub(super) fn command(command: &[String], folder: &Path) -> Command {
    let (program, arguments) = command.split_first().expect("the declaration has a command");
    let program = if program.contains('/') { folder.join(program) } else { PathBuf::from(program) };
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).process_group(0);
    command
}

impl Worker {
    /// Starts the program.
    pub(super) fn start(words: &[String], folder: &Path, limits: &Limits) -> io::Result<Self> {
        let mut command = command(words, folder);
        for variable in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "JULIA_NUM_THREADS"] {
            command.env(variable, limits.threads.to_string());
        }
        // Because Python would keep an answer in a buffer.
        command.env("PYTHONUNBUFFERED", "1");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        if let Some(memory) = limits.memory {
            let limit = Rlimit { current: Some(memory), maximum: Some(memory) };
            if let Err(error) = prlimit(Some(Pid::from_child(&child)), Resource::As, limit) {
                // Because a program that is let go of here would run on without the limit.
                child.kill()?;
                child.wait()?;
                return Err(error.into());
            }
        }
        let (send, lines) = sync_channel(1);
        let output = child.stdout.take().expect("it is piped");
        aside(move || read_lines(output, &send));
        let log = Arc::new(Mutex::new(VecDeque::new()));
        let (errors, kept) = (child.stderr.take().expect("it is piped"), Arc::clone(&log));
        aside(move || keep_end(errors, &kept));
        let input = child.stdin.take();
        Ok(Self { child, input, lines, log, answered: 0 })
    }

    /// Sends a request and waits for the answer.
    pub(super) fn ask(&mut self, request: &str, time: Duration) -> Result<String, NoAnswer> {
        if let Ok(Line::Text(line)) = self.lines.try_recv() {
            let shown: String = line.chars().take(80).collect();
            return Err(
                self.broken(&format!("standard output has a line that nobody asked for: `{}`", shown.trim_end()))
            );
        }
        let input = self.input.as_mut().expect("it is open until the worker is dropped");
        let sent =
            input.write_all(request.as_bytes()).and_then(|()| input.write_all(b"\n")).and_then(|()| input.flush());
        if sent.is_err() {
            return Err(self.ended());
        }
        match self.lines.recv_timeout(time) {
            Ok(Line::Text(line)) => {
                self.answered += 1;
                Ok(line)
            }
            Ok(Line::TooLong) => Err(self.broken(&format!("the answer is longer than {} MB", LONGEST_ANSWER >> 20))),
            Ok(Line::End) | Err(RecvTimeoutError::Disconnected) => Err(self.ended()),
            Err(RecvTimeoutError::Timeout) => {
                self.kill();
                Err(self.broken(&format!("no answer came within {} s (limits: time)", time.as_secs_f64())))
            }
        }
    }

    /// What it means that the program has ended instead of answering.
    fn ended(&mut self) -> NoAnswer {
        let status = self.part();
        if self.answered > 0 && status.is_some_and(|status| status.success()) {
            return NoAnswer::Ended;
        }
        self.broken(&match status {
            Some(status) => in_words(status),
            None => "the program closed its standard output and went on".to_owned(),
        })
    }

    fn broken(&self, what: &str) -> NoAnswer {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes: Vec<u8> = log.iter().copied().collect();
        let end = String::from_utf8_lossy(&bytes);
        NoAnswer::Broken(match end.trim() {
            "" => format!("{what}; nothing on standard error"),
            end => format!("{what}; the end of standard error:\n{end}"),
        })
    }

    /// Waits a while for the program to end.
    fn part(&mut self) -> Option<ExitStatus> {
        for _ in 0..PARTING.as_millis() {
            match self.child.try_wait() {
                Ok(Some(status)) => {
                    // Because what it wrote last is still on its way.
                    thread::sleep(Duration::from_millis(20));
                    return Some(status);
                }
                Ok(None) => thread::sleep(Duration::from_millis(1)),
                Err(_) => return None,
            }
        }
        None
    }

    /// Ends the program and all that it has started.
    fn kill(&mut self) {
        // Fails where the group has ended by itself.
        let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
        let _ = self.child.wait();
    }
}

impl Drop for Worker {
    /// The end of its input tells the program to end; what goes on is killed.
    fn drop(&mut self) {
        drop(self.input.take());
        if self.part().is_none() {
            self.kill();
        }
    }
}

/// How a program ended, in words.
pub(super) fn in_words(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("the program ended with exit code {code} and no answer"),
        (None, Some(9)) => "the program was killed (signal 9), as happens when memory runs out".to_owned(),
        (None, signal) => format!("the program was ended by signal {}", signal.unwrap_or_default()),
    }
}

/// Hands on the lines of standard output as they are taken.
fn read_lines(output: impl Read, lines: &SyncSender<Line>) {
    let mut output = BufReader::new(output);
    loop {
        let mut line = Vec::new();
        let read = (&mut output).take(LONGEST_ANSWER).read_until(b'\n', &mut line);
        let line = match read {
            Ok(0) | Err(_) => Line::End,
            Ok(_) if line.len() as u64 == LONGEST_ANSWER => Line::TooLong,
            Ok(_) if line.iter().all(u8::is_ascii_whitespace) => continue,
            Ok(_) => Line::Text(String::from_utf8_lossy(&line).into_owned()),
        };
        let last = !matches!(line, Line::Text(_));
        if lines.send(line).is_err() || last {
            return;
        }
    }
}

/// Keeps the end of standard error.
fn keep_end(mut errors: impl Read, log: &Mutex<VecDeque<u8>>) {
    let mut bytes = [0; LOG];
    while let Ok(count @ 1..) = errors.read(&mut bytes) {
        let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
        log.extend(&bytes[..count]);
        let surplus = log.len().saturating_sub(LOG);
        log.drain(..surplus);
    }
}
