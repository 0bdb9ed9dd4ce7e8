//! Which folder is meant.

use std::path::{Path, PathBuf};

use pixmo_console::{Failure, env};
use pixmo_schemas::Dataset;
use pixmo_shards::{Location, Originals, Survey};

use crate::failures;

/// What to look at; every verb has these.
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceArgs {
    /// Data folder in which a dataset is looked for by its name
    #[arg(long, value_name = "DIR", default_value = "data")]
    pub data: String,
}

/// A folder to look at.
#[derive(Clone, Debug)]
pub struct Place {
    location: Location,
    /// The dataset that was named; a folder does not name one.
    named: Option<Dataset>,
    /// The folder is the one in which `pixmo build` puts this dataset if nobody says anything.
    is_default: bool,
}

impl PlaceArgs {
    /// The folder that `what` means: a dataset by name, or a folder or address if it has a slash.
    ///
    /// # Errors
    /// A request failure for a name that is no dataset, or an address that cannot be used.
    pub fn place(&self, what: &str) -> Result<Place, Failure> {
        let options = env::object_store_options();
        if what.contains('/') || what.contains('\\') || what == "." || what == ".." {
            let location = Location::parse(what, &options).map_err(failures::of_place)?;
            return Ok(Place { location, named: None, is_default: false });
        }
        let dataset: Dataset = what.parse().map_err(|error| {
            Failure::request(format!("{error}")).hint(format!("a folder is written with a slash: `./{what}`"))
        })?;
        self.place_of(dataset)
    }

    /// The originals that the rows of `images` speak of: those that were named, or those of the data folder where the
    /// dataset is looked for there.
    ///
    /// # Errors
    /// A request failure if the address cannot be used.
    pub fn store(&self, named: Option<&str>, place: &Place) -> Result<Option<Originals>, Failure> {
        let address = match (named, place.named) {
            (Some(address), _) => address.to_owned(),
            (None, Some(Dataset::Images)) => format!("{}/images", self.data.trim_end_matches('/')),
            (None, _) => return Ok(None),
        };
        let location = Location::parse(&address, &env::object_store_options()).map_err(failures::of_place)?;
        Ok(Some(Originals::new(location)))
    }

    /// The folder of exported answers that rows were made from: the one that was named, or that of the data folder where
    /// the dataset is looked for there. Answers lie on a local disk.
    #[must_use]
    pub fn annotations(&self, named: Option<&Path>, place: &Place) -> Option<PathBuf> {
        let usual = || Path::new(&self.data).join("annotations");
        let is_there = place.named.is_some() && !self.data.contains("://");
        named.map(Path::to_owned).or_else(|| is_there.then(usual))
    }

    /// Whether the datasets beside a folder are those of this data folder.
    #[must_use]
    pub fn is_beside(&self, place: &Place) -> bool {
        place.named.is_some()
    }

    /// The folder of a dataset.
    ///
    /// # Errors
    /// A request failure if the data folder is an address that cannot be used.
    pub fn place_of(&self, dataset: Dataset) -> Result<Place, Failure> {
        let address = format!("{}/shards/{dataset}", self.data.trim_end_matches('/'));
        let location = Location::parse(&address, &env::object_store_options()).map_err(failures::of_place)?;
        Ok(Place { location, named: Some(dataset), is_default: self.data == "data" })
    }
}

impl Place {
    /// A folder that was opened elsewhere; for tests.
    #[must_use]
    pub fn at(location: Location) -> Place {
        Place { location, named: None, is_default: false }
    }

    /// Where it is.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// Looks at what stands there.
    ///
    /// # Errors
    /// A request failure (exit code 2) if nothing stands there, a world failure (3) if it cannot be read.
    pub fn survey(&self) -> Result<Survey, Failure> {
        let survey = Survey::of(&self.location).map_err(failures::of_place)?;
        if survey.manifest.is_none() && survey.begun.is_none() && survey.entries.is_empty() {
            return Err(self.nothing());
        }
        Ok(survey)
    }

    fn nothing(&self) -> Failure {
        match self.named {
            Some(dataset) => Failure::request(format!("there is no `{dataset}` yet"))
                .at(self.location.address())
                .hint(format!(
                    "`{}` makes it; a folder elsewhere is named with a slash: `pixmo status ./folder`",
                    match dataset {
                        Dataset::Images => "pixmo images fetch LIST".to_owned(),
                        Dataset::ImageClusters => "pixmo images dedup".to_owned(),
                        dataset => format!("pixmo build {dataset}"),
                    }
                )),
            None => Failure::request("there is no dataset in this folder")
                .at(self.location.address())
                .hint("check the path; a dataset folder holds `manifest.json`, or `.work` while it is built"),
        }
    }

    /// The dataset in the folder, by what it says of itself, or else by the name that was given.
    ///
    /// # Errors
    /// A request failure if nothing in the folder names a dataset, or another one than was asked for.
    pub fn dataset(&self, survey: &Survey) -> Result<Dataset, Failure> {
        let sidecars = survey.sidecars.iter().filter_map(|(_, sidecar)| sidecar.as_ref().ok());
        let begun = survey.begun.as_ref().map(|begun| begun.dataset.as_str());
        let said = begun.into_iter().chain(sidecars.map(|sidecar| sidecar.dataset.as_str()));
        // A damaged file may name anything; the first that names a dataset is believed, the others are verified later.
        let found = said.filter_map(|name| name.parse::<Dataset>().ok()).next();
        match (found, self.named) {
            (Some(found), Some(named)) if found != named => {
                Err(Failure::request(format!("this folder holds `{found}`, not `{named}`"))
                    .at(self.location.address())
                    .hint(format!(
                        "name the folder with a slash to look at it: `{}/`",
                        self.location.address()
                    )))
            }
            (Some(dataset), _) | (None, Some(dataset)) => Ok(dataset),
            (None, None) => Err(self.nothing()),
        }
    }

    /// The flag that `pixmo build` needs to work in this folder, with a space before it; nothing for the usual one.
    #[must_use]
    pub fn into_flag(&self, dataset: Dataset) -> String {
        let usual = format!("data/shards/{dataset}");
        let address = self.location.address().trim_end_matches('/');
        if self.is_default || address == usual {
            String::new()
        } else {
            format!(" --into {}", shell_word(address))
        }
    }
}

/// A path as one word of a command line.
pub(crate) fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-:=@%+,~".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_dataset_and_a_slash_makes_a_folder() {
        let args = PlaceArgs { data: "data".to_owned() };
        let place = |what: &str| args.place(what).map(|place| place.location().address().to_owned());
        assert_eq!(place("docs").unwrap(), "data/shards/docs");
        assert_eq!(place("pixmo-docs").unwrap(), "data/shards/docs");
        assert_eq!(place("./docs").unwrap(), "./docs");
        assert_eq!(place("/tmp/a b").unwrap(), "/tmp/a b");
        insta::assert_snapshot!(place("dosc").unwrap_err(), @r"
        error: unknown dataset `dosc`; expected one of `cap`, `ask-model-anything`, `points`, `point-explanations`, `cap-qa`, `docs`, `clocks`, `count`, `points-eval`, `images`, `image-clusters`; did you mean `docs`?
          hint: a folder is written with a slash: `./dosc`
        ");
    }

    #[test]
    fn the_build_command_names_unusual_folders() {
        let flag = |data: &str, what: &str| {
            PlaceArgs { data: data.to_owned() }.place(what).unwrap().into_flag(Dataset::Docs)
        };
        assert_eq!(flag("data", "docs"), "");
        assert_eq!(flag("data", "data/shards/docs/"), "");
        assert_eq!(flag("d", "docs"), " --into d/shards/docs");
        assert_eq!(flag("data", "/tmp/a b"), " --into '/tmp/a b'");
    }
}
