//! The messages between an annotation server and those who transcribe for it, as JSON. `docs/work.md` explains them.

use pixmo_engines::Model;
use pixmo_schemas::annotation::TakeAudio;
use serde::{Deserialize, Serialize};

use crate::transcribe::TakeTranscript;

/// Where the contract stands on a server; another one that is not compatible would have another number.
pub const ROOT: &str = "api/v1/jobs";
/// The kind of job that is leased.
pub const KIND: &str = "transcribe";

/// A worker asks for work: `POST api/v1/jobs/lease`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lease {
    /// Always [`KIND`].
    pub kind: String,
    /// What the worker calls itself.
    pub worker: String,
    /// The model it works with; a server gives no job to a model that the campaign does not want.
    pub model: Model,
    /// Most jobs that it takes at once.
    pub jobs_max: u32,
}

impl Lease {
    /// A worker that takes one job.
    #[must_use]
    pub fn new(worker: &str, model: &Model) -> Lease {
        Lease { kind: KIND.to_owned(), worker: worker.to_owned(), model: model.clone(), jobs_max: 1 }
    }
}

/// What the server gives.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Leased {
    /// The jobs; none if there is nothing to do.
    pub jobs: Vec<Job>,
    /// When it is worth asking again.
    #[serde(default)]
    pub retry_after_secs: Option<u64>,
}

/// A recording to transcribe.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// Names the job in addresses: letters, digits, `-` and `_`.
    pub id: String,
    /// Proves whose job it is; another lease of the same job has another one.
    pub lease: String,
    /// How long the lease holds unless it is renewed.
    pub lease_secs: u64,
    /// The take.
    pub take: String,
    /// The recording; its bytes are at `GET api/v1/jobs/ID/audio`.
    pub audio: TakeAudio,
}

/// A worker is still at it: `POST api/v1/jobs/ID/extend`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extend {
    /// The lease.
    pub lease: String,
}

/// A worker hands a transcript in: `POST api/v1/jobs/ID/done`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Done {
    /// The lease.
    pub lease: String,
    /// The transcript with model and parameters.
    pub transcript: TakeTranscript,
}

/// A worker could not do it: `POST api/v1/jobs/ID/failed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failed {
    /// The lease.
    pub lease: String,
    /// Why, in a word by which such jobs are counted.
    pub reason: String,
    /// Why, in words.
    pub message: String,
    /// Whether another attempt may go better.
    pub may_retry: bool,
}

/// What a server says when it does not do what was asked, with any status of 4xx or 5xx.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// A word for machines, such as `lease_lost`.
    #[serde(default)]
    pub code: String,
    /// Words for people.
    #[serde(default)]
    pub message: String,
    /// What to do.
    #[serde(default)]
    pub hint: Option<String>,
}

/// The code of a lease that is someone else's by now.
pub const LEASE_LOST: &str = "lease_lost";

/// Whether an id can stand in an address as it is.
#[must_use]
pub fn is_id(id: &str) -> bool {
    (1..=128).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}
