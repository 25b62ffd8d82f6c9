//! Random streams: every number of a run follows from the master seed and from what the number is for.
//!
//! A stream is named by its part, the canonical parameters of that part and the number of the replicate;
//! never by an index, a thread, a shard or a claim. So two claims, a claim and its control, or two learners meet
//! the same data and the same directions of the start, and adding a point changes no other number.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::SeedableRng;
use serde::Serialize;

/// The seed that every stream of a run is derived from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct MasterSeed(pub u64);

impl Default for MasterSeed {
    fn default() -> Self {
        Self(1)
    }
}

/// The stream of `part` ("data", "start", ...) for one replicate.
///
/// The seed of the generator is the first 256 bits of
/// BLAKE3(master seed, part, canonical JSON of the parameters, replicate), each preceded by its length.
///
/// ```
/// use modewise::seed::{MasterSeed, stream};
/// use rand::Rng;
///
/// let first = |replicate| stream(MasterSeed(1), "data", &["tree", "8"], replicate).next_u64();
/// assert_eq!(first(0), first(0));
/// assert_ne!(first(0), first(1));
/// ```
///
/// # Panics
/// If the parameters cannot be written as JSON, which takes a map whose keys are not strings.
pub fn stream(master: MasterSeed, part: &str, parameters: &impl Serialize, replicate: u64) -> Pcg64 {
    let parameters = serde_json::to_vec(parameters).expect("parameters are plain data with string keys");
    let mut hasher = blake3::Hasher::new();
    for piece in [&master.0.to_le_bytes()[..], part.as_bytes(), &parameters, &replicate.to_le_bytes()] {
        hasher.update(&(piece.len() as u64).to_le_bytes());
        hasher.update(piece);
    }
    Pcg64::from_seed(*hasher.finalize().as_bytes())
}
