//! Flags that commands share.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use crate::change::history::History;
use crate::pipeline::Selection;
use crate::seed::MasterSeed;
use crate::store::Store;

/// How much is said.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct Loudness {
    /// Say only what needs attention
    #[arg(short, long, global = true, conflicts_with = "verbose", display_order = 1000)]
    pub quiet: bool,
    /// Say everything: every finding, every failed cell
    #[arg(short, long, global = true, display_order = 1001)]
    pub verbose: bool,
    /// Print GitHub annotations on the lines of the specs [default: where GITHUB_ACTIONS is true]
    #[arg(long, global = true, display_order = 1002)]
    pub annotate: bool,
}

/// Where the specs are and how they are read.
#[derive(Args, Clone, Debug)]
pub struct SpecFlags {
    /// Folder of the specs
    #[arg(long, value_name = "DIR", default_value = "specs")]
    pub specs: PathBuf,
    /// Profile of replicates and sweeps, such as `quick` [default: full, the specs as written]
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Let experiments from outside run the programs that they declare in _experiments/NAME/experiment.yaml below the specs
    #[arg(long)]
    pub allow_commands: bool,
}

/// Which claims.
#[derive(Args, Clone, Debug)]
pub struct SelectFlags {
    /// Claims by id, by the beginning of their ids, or by glob; all if none is named
    #[arg(value_name = "CLAIM")]
    pub claims: Vec<String>,
    /// Only claims with this tag; may be repeated, one tag is enough
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
}

impl SelectFlags {
    /// What they select.
    pub fn selection(&self) -> Selection {
        Selection { claims: self.claims.clone(), tags: self.tags.clone() }
    }
}

/// Where cells are kept.
#[derive(Args, Clone, Debug)]
pub struct StoreFlags {
    /// Folder of the store of cells
    #[arg(long, value_name = "DIR", default_value = ".modewise/store", env = "MODEWISE_STORE", hide_env_values = true)]
    pub store: PathBuf,
}

/// How cells are named: the seed that their numbers follow from.
#[derive(Args, Clone, Copy, Debug)]
pub struct SeedFlags {
    /// Master seed: every number of a run follows from it
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
}

impl SeedFlags {
    /// The master seed.
    pub fn master(self) -> MasterSeed {
        MasterSeed(self.seed)
    }
}

/// How cells are run.
#[derive(Args, Clone, Debug)]
pub struct RunFlags {
    /// The seed.
    #[command(flatten)]
    pub seed: SeedFlags,
    /// Threads and store.
    #[command(flatten)]
    pub work: WorkFlags,
}

/// What cells are run with.
#[derive(Args, Clone, Debug)]
pub struct WorkFlags {
    /// Threads [default: all processors]. The numbers do not depend on it
    #[arg(long, value_name = "N", env = "MODEWISE_JOBS", hide_env_values = true)]
    pub jobs: Option<NonZeroUsize>,
    /// The store.
    #[command(flatten)]
    pub store: StoreFlags,
    /// Keep cells in memory only: read none, leave none
    #[arg(long)]
    pub no_store: bool,
}

impl WorkFlags {
    /// The store that the flags name.
    pub fn open_store(&self) -> Store {
        if self.no_store { Store::memory() } else { Store::folder(&self.store.store) }
    }

    /// Number of threads.
    pub fn threads(&self) -> usize {
        let jobs = self.jobs.or_else(|| std::thread::available_parallelism().ok());
        jobs.map_or(1, NonZeroUsize::get)
    }
}

/// Where the site goes, and what it is published with.
#[derive(Args, Clone, Debug)]
pub struct SiteFlags {
    /// Folder of the site; `record.json` and `timing.json` go beside it
    #[arg(long, value_name = "DIR", default_value = "reports/site")]
    pub out: PathBuf,
    /// Folder of templates that replace the program's own, file by file
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// Baseline that the record is compared with; if it is not there, every claim is new
    #[arg(long, value_name = "FILE", default_value = BASELINE)]
    pub baseline: PathBuf,
    /// History that the record is added to, such as that of the published site [default: history.jsonl of the site]
    #[arg(long, value_name = "FILE")]
    pub history: Option<PathBuf>,
    /// What `make peers` measured; if it is not there, the site has no page on performance
    #[arg(long, value_name = "FILE", default_value = PERFORMANCE)]
    pub performance: PathBuf,
    /// What `modewise stability` measured; if it is not there, the site says nothing about other master seeds
    #[arg(long, value_name = "FILE", default_value = STABILITY)]
    pub stability: PathBuf,
    /// Address at which the site is published; for the sitemap and for links in the summary and the feed
    #[arg(long, value_name = "URL", env = "MODEWISE_URL", hide_env_values = true, value_parser = address)]
    pub url: Option<String>,
}

/// Where the baseline is kept.
pub const BASELINE: &str = "reports/baseline.json";
/// Where the comparison with peers is.
pub const PERFORMANCE: &str = "reports/peers.json";
/// Where the verdicts under other master seeds are.
pub const STABILITY: &str = "reports/stability.json";
/// Where the last record is.
pub const RECORD: &str = "reports/record.json";

impl SiteFlags {
    /// A file beside the site.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.out.parent().map_or_else(|| PathBuf::from(name), |folder| folder.join(name))
    }

    /// The address at which the site is published, if it is known.
    pub fn address(&self) -> Option<&str> {
        self.url.as_deref().filter(|url| !url.is_empty())
    }

    /// The history so far; empty if there is none.
    pub fn read_history(&self) -> History {
        let file = self.history.clone().unwrap_or_else(|| self.out.join("history.jsonl"));
        std::fs::read_to_string(file).map(|text| History::parse(&text)).unwrap_or_default()
    }
}

/// An address with a `/` at its end; an empty text, as an environment may have it, stays empty.
fn address(text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let known = ["https://", "http://"].iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme));
    let plain = !text.contains(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '<' | '>' | '?' | '#'));
    if !(known && plain) {
        return Err("is no address of a site (allowed: https://...)".to_owned());
    }
    Ok(if text.ends_with('/') { text.to_owned() } else { format!("{text}/") })
}
