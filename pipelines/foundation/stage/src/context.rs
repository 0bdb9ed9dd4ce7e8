//! What a stage is told about the run.

use pixmo_schemas::Dataset;
use pixmo_shards::Location;

/// What a stage may know when it opens: all that comes from outside its own settings.
#[derive(Clone, Debug)]
pub struct Context {
    pub(crate) dataset: Dataset,
    pub(crate) seed: u64,
    pub(crate) data: String,
    pub(crate) jobs: usize,
    pub(crate) into: Option<Location>,
}

impl Context {
    /// A context; programs get theirs from the loop, tests make their own.
    #[must_use]
    pub fn new(dataset: Dataset, seed: u64, data: impl Into<String>) -> Context {
        Context { dataset, seed, data: data.into(), jobs: 1, into: None }
    }

    /// The dataset that is built.
    #[must_use]
    pub fn dataset(&self) -> Dataset {
        self.dataset
    }

    /// The seed of the campaign.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The data folder of the campaign, a path or an address.
    #[must_use]
    pub fn data(&self) -> &str {
        &self.data
    }

    /// How many workers there will be.
    #[must_use]
    pub fn jobs(&self) -> usize {
        self.jobs
    }

    /// The same context, of a build into this place.
    #[must_use]
    pub fn with_into(mut self, into: Location) -> Context {
        self.into = Some(into);
        self
    }

    /// Where the dataset is built, if it is.
    #[must_use]
    pub fn into(&self) -> Option<&Location> {
        self.into.as_ref()
    }
}
