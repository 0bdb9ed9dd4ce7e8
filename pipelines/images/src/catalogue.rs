//! The images of some datasets, each once, whatever rows it stands in.

use pixmo_console::Failure;
use pixmo_schemas::Dataset;
use pixmo_shards::{DatasetFolder, FileEntry, Location, ReadError, Rows, read_columns};
use serde::Deserialize;

use crate::failures;

/// Where a row is: dataset, file in it, row in the file, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RowPlace {
    pub(crate) dataset: u32,
    pub(crate) file: u32,
    pub(crate) row: u64,
}

/// What the rows say of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) sha256: [u8; 32],
    /// The PDQ hash, if the file was decoded and its hash says something.
    pub(crate) hash: Option<[u8; 32]>,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) bytes: u64,
    /// Whether the file was decoded when it was taken in.
    pub(crate) decoded: bool,
    pub(crate) format: &'static str,
    /// The first row that has it.
    pub(crate) place: RowPlace,
}

/// The columns that are read.
const COLUMNS: &[&str] = &["sha256", "width", "height", "format", "bytes", "perceptual_hash", "flat"];

#[derive(Deserialize)]
struct Columns {
    sha256: pixmo_schemas::Sha256,
    width: u32,
    height: u32,
    format: String,
    bytes: u64,
    perceptual_hash: Option<pixmo_schemas::Sha256>,
    flat: bool,
}

/// The images of some finished datasets.
pub(crate) struct Catalogue {
    pub(crate) folders: Vec<DatasetFolder>,
    /// By their hash, each once.
    pub(crate) images: Vec<Known>,
    /// Rows of all datasets.
    pub(crate) rows: u64,
}

impl Catalogue {
    /// Reads what is needed of the rows; pictures are not read.
    pub(crate) fn of(places: Vec<Location>) -> Result<Catalogue, Failure> {
        let mut catalogue = Catalogue { folders: Vec::new(), images: Vec::new(), rows: 0 };
        for (dataset, place) in (0..).zip(places) {
            let folder = open(place)?;
            for (file, entry) in (0..).zip(folder.manifest().files()) {
                for (row, columns) in (0..).zip(columns_of(&folder, entry)?) {
                    let place = RowPlace { dataset, file, row };
                    catalogue.images.push(known(columns.map_err(failures::of_reading)?, place));
                    catalogue.rows += 1;
                }
            }
            catalogue.folders.push(folder);
        }
        catalogue.images.sort_by_key(|image| (image.sha256, image.place));
        catalogue.images.dedup_by(|later, first| later.sha256 == first.sha256);
        Ok(catalogue)
    }

    /// The file that a place is in.
    pub(crate) fn file(&self, place: RowPlace) -> Option<(&Location, &FileEntry)> {
        let folder = self.folders.get(place.dataset as usize)?;
        Some((folder.location(), folder.manifest().files().nth(place.file as usize)?))
    }
}

/// Opens a finished dataset of images.
pub(crate) fn open(place: Location) -> Result<DatasetFolder, Failure> {
    let folder = DatasetFolder::open(place).map_err(|error| match error {
        ReadError::NoManifest { .. } => Failure::from_error(pixmo_console::Kind::Request, &error)
            .hint("`pixmo images fetch LIST` makes it; it is finished when it has a manifest"),
        error => failures::of_reading(error),
    })?;
    let found = &folder.manifest().build.dataset;
    if found != Dataset::Images.slug() {
        return Err(Failure::request(format!("this folder holds `{found}`, expected `images`"))
            .at(folder.location().address()));
    }
    Ok(folder)
}

fn columns_of(folder: &DatasetFolder, entry: &FileEntry) -> Result<Rows<Columns>, Failure> {
    read_columns::<Columns>(folder.location(), entry, COLUMNS).map_err(failures::of_reading)
}

fn known(columns: Columns, place: RowPlace) -> Known {
    let formats = pixmo_schemas::records::images::FORMATS;
    let format = formats.iter().find(|format| **format == columns.format).copied();
    Known {
        sha256: *columns.sha256.as_bytes(),
        hash: columns.perceptual_hash.as_ref().filter(|_| !columns.flat).map(|hash| *hash.as_bytes()),
        width: columns.width,
        height: columns.height,
        bytes: columns.bytes,
        decoded: columns.perceptual_hash.is_some(),
        format: format.unwrap_or("jpeg"),
        place,
    }
}
