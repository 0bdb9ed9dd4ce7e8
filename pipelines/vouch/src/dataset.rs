//! The rows of a dataset that speak of receipts, and the texts that they vouch for.

use pixmo_console::{Failure, env};
use pixmo_receipts::rows::RowDigests;
use pixmo_schemas::Sha256;
use pixmo_shards::{DatasetFolder, FileEntry, Location, Split, read_columns};
use serde::Deserialize;

use crate::failures;

/// The config with a row for each take.
const RECEIPTS: &str = "receipts";
const RECEIPT_COLUMNS: &[&str] = &[
    "take",
    "image_sha256",
    "audio_sha256",
    "raw_sha256",
    "transcript_sha256",
    "transcript_from",
    "receipt_leaf",
    "receipt_sha256",
];
/// The config with the texts of the takes.
const BY_IMAGE: &str = "by_image";
const TEXT_COLUMNS: &[&str] = &["takes", "transcripts"];

/// A finished dataset.
pub(crate) struct Dataset(DatasetFolder);

#[derive(Debug, Deserialize)]
struct ReceiptRow {
    take: String,
    image_sha256: String,
    audio_sha256: String,
    raw_sha256: Option<String>,
    transcript_sha256: String,
    transcript_from: String,
    receipt_leaf: Option<i64>,
    receipt_sha256: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Texts {
    takes: Vec<String>,
    transcripts: Vec<String>,
}

/// A row, where it stands, and what it says.
pub(crate) struct Row<'f> {
    pub(crate) file: &'f str,
    pub(crate) row: u64,
    /// The entry; nothing where the take came without a receipt.
    pub(crate) leaf: Option<u64>,
    pub(crate) says: RowDigests,
    /// The digest of the transcript, whoever made it.
    pub(crate) transcript: Sha256,
}

/// The text of a take, and where it stands.
pub(crate) struct Text<'f> {
    pub(crate) file: &'f str,
    pub(crate) row: u64,
    pub(crate) take: &'f str,
    pub(crate) text: &'f str,
}

impl Dataset {
    pub(crate) fn open(address: &str) -> Result<Dataset, Failure> {
        let location = Location::parse(address, &env::object_store_options())
            .map_err(|error| failures::of_place(&error))?;
        let folder = DatasetFolder::open(location).map_err(failures::of_reading)?;
        let dataset = Dataset(folder);
        if dataset.files(RECEIPTS).is_empty() {
            return Err(Failure::request("this dataset has no config `receipts`")
                .at(dataset.address().to_owned())
                .hint("only datasets of what people spoke have receipts, such as `cap`")
                .hint("leave the dataset away to check the log alone"));
        }
        Ok(dataset)
    }

    pub(crate) fn address(&self) -> &str {
        self.0.location().address()
    }

    fn files(&self, config: &str) -> Vec<&FileEntry> {
        let splits = [Split::Train, Split::Validation, Split::Test];
        splits.into_iter().flat_map(|split| self.0.manifest().files_of(config, split)).collect()
    }

    /// Every row of `receipts`.
    pub(crate) fn each_row(
        &self,
        see: &mut dyn FnMut(&Row<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        for file in self.files(RECEIPTS) {
            let rows = read_columns::<ReceiptRow>(self.0.location(), file, RECEIPT_COLUMNS)
                .map_err(failures::of_reading)?;
            for (number, row) in (0..).zip(rows) {
                let row = row.map_err(failures::of_reading)?;
                see(&row.read(&file.path, number)?)?;
            }
        }
        Ok(())
    }

    /// Every text of `by_image`; nothing where the dataset does not have that config.
    pub(crate) fn each_text(
        &self,
        see: &mut dyn FnMut(&Text<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        for file in self.files(BY_IMAGE) {
            let rows =
                read_columns::<Texts>(self.0.location(), file, TEXT_COLUMNS).map_err(failures::of_reading)?;
            for (number, row) in (0..).zip(rows) {
                let row = row.map_err(failures::of_reading)?;
                for (take, text) in row.takes.iter().zip(&row.transcripts) {
                    see(&Text { file: &file.path, row: number, take, text })?;
                }
            }
        }
        Ok(())
    }
}

impl ReceiptRow {
    fn read<'f>(self, file: &'f str, row: u64) -> Result<Row<'f>, Failure> {
        let digest = |field: &str, text: &str| {
            text.parse::<Sha256>().map_err(|error| {
                Failure::data(format!("`{field}` of row {row} is no digest"))
                    .because(error.to_string())
                    .at(file.to_owned())
            })
        };
        let transcript = digest("transcript_sha256", &self.transcript_sha256)?;
        let raw = self.raw_sha256.as_deref().map(|text| digest("raw_sha256", text)).transpose()?;
        let envelope = match (self.receipt_leaf, self.receipt_sha256.as_deref()) {
            (None, _) => Sha256::from_bytes([0; 32]),
            (Some(_), Some(text)) => digest("receipt_sha256", text)?,
            (Some(_), None) => {
                return Err(Failure::data(format!("row {row} names a receipt without its digest"))
                    .at(file.to_owned()));
            }
        };
        let leaf = self.receipt_leaf.map(u64::try_from).transpose().map_err(|_| {
            Failure::data(format!("`receipt_leaf` of row {row} is below zero")).at(file.to_owned())
        })?;
        // A text that was made for this dataset is younger than its receipt, which cannot vouch for it.
        let younger = self.transcript_from == "recognised";
        let says = RowDigests {
            image: digest("image_sha256", &self.image_sha256)?,
            audio: digest("audio_sha256", &self.audio_sha256)?,
            raw: raw.filter(|_| !younger),
            transcript: (!younger).then_some(transcript),
            envelope,
            take: self.take,
        };
        Ok(Row { file, row, leaf, says, transcript })
    }
}
