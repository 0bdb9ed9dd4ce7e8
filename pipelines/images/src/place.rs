//! Which dataset is meant by the verbs that look at one.

use std::path::PathBuf;

use pixmo_console::Failure;
use pixmo_shards::{Location, Originals};
use pixmo_stage::Told;

use crate::gathered::Gathered;
use crate::settings::Settings;
use crate::stage::{Images, originals_at};

/// Flags that name the dataset.
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceArgs {
    /// Read settings from this file
    #[arg(long, value_name = "FILE")]
    pub campaign: Option<PathBuf>,
    /// The folder or address of the dataset, by default `shards/images` in the data folder
    #[arg(long, value_name = "DIR")]
    pub into: Option<String>,
    /// The folder or address of the originals, by default `images` in the data folder
    #[arg(long, value_name = "DIR")]
    pub store: Option<String>,
}

/// A dataset of images with all that belongs to it.
#[derive(Debug)]
pub struct Place {
    /// The settings of the campaign.
    pub settings: Settings,
    /// The dataset.
    pub into: Location,
    /// What became of the rows of its list.
    pub gathered: Gathered,
    /// The originals.
    pub originals: Originals,
    /// The data folder of the campaign, a path or an address.
    pub data: String,
}

impl PlaceArgs {
    /// The dataset that is meant.
    ///
    /// # Errors
    /// A request failure for settings or addresses that cannot be used.
    pub fn place(&self) -> Result<Place, Failure> {
        let told = Told::<Images>::read(self.campaign.as_deref())?;
        let into = told.place(self.into.as_deref())?;
        let gathered = Gathered::of(&into, &told.data);
        let store = self.store.clone().unwrap_or_else(|| told.settings.store(&told.data));
        let originals = originals_at(&store, &into)?;
        Ok(Place { settings: told.settings, into, gathered, originals, data: told.data })
    }
}

impl Place {
    /// The failure where nothing was gathered.
    #[must_use]
    pub fn nothing(&self) -> Failure {
        Failure::request("no images were gathered here")
            .at(self.gathered.folder().display().to_string())
            .hint("`pixmo images fetch LIST` gathers them; `--into` names a dataset elsewhere")
    }
}
