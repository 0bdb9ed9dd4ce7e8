//! No picture is trained on in one dataset and measured with in another: every dataset of a data folder against the splits
//! of `image-clusters`.
//!
//! A row stands for its picture by the hash in its column `image_sha256`, or, where it has none, by the address in
//! `image_url`, which the rows of `images` know. Pictures that are in no cluster are compared by their bytes alone.

use std::collections::BTreeMap;

use pixmo_console::{Console, Ending, Failure, wording};
use pixmo_schemas::{Dataset, Sha256};
use pixmo_shards::{DatasetFolder, FileEntry, ReadError, Rows, Split, read_columns};
use serde::Deserialize;
use serde_json::json;

use crate::failures;
use crate::place::PlaceArgs;
use crate::verify::damage::{Damage, Findings};

/// The columns by which a row stands for a picture, the surest first.
pub(super) const BY_HASH: &str = "image_sha256";
const BY_ADDRESS: &str = "image_url";

#[derive(Deserialize)]
pub(super) struct ByHash {
    pub(super) image_sha256: Option<Sha256>,
}

#[derive(Deserialize)]
struct ByAddress {
    image_url: Option<String>,
}

#[derive(Deserialize)]
struct Source {
    sha256: Sha256,
    address: Option<String>,
}

#[derive(Deserialize)]
struct Clustered {
    image_sha256: Sha256,
    cluster: Sha256,
    kept: bool,
    split: String,
}

/// What is known of a picture: its cluster, or itself where it is in none, and what it may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Belongs {
    cluster: [u8; 32],
    /// Nothing where it is in no cluster.
    is_for_training: Option<bool>,
}

/// The pictures of a data folder.
#[derive(Default)]
struct Pictures {
    by_hash: BTreeMap<[u8; 32], Belongs>,
    /// Half of the hash of each address, and the picture that came from it.
    by_address: BTreeMap<[u8; 16], [u8; 32]>,
}

/// The first place in which a cluster was met.
#[derive(Clone, Debug)]
struct Met {
    dataset: Dataset,
    file: String,
    row: u64,
}

/// What was looked at.
#[derive(Debug, Default)]
struct Sums {
    datasets: u64,
    rows: u64,
    /// Rows whose picture cannot be told.
    unknown: u64,
    /// Rows whose picture is in no cluster.
    unclustered: u64,
}

/// Checks the splits of all datasets of a data folder.
///
/// # Errors
/// A data failure (exit code 1) if a picture is trained on and measured with, a request failure (2) if there is no
/// `image-clusters`, a world failure (3) if something cannot be read.
pub(super) fn verify(place: &PlaceArgs, console: &Console) -> Result<Ending, Failure> {
    let clusters = place.place_of(Dataset::ImageClusters)?;
    let at = clusters.location().address().to_owned();
    let folder = DatasetFolder::open(clusters.location().clone()).map_err(|error| match error {
        ReadError::NoManifest { .. } => Failure::request("there are no finished `image-clusters`")
            .at(at.clone())
            .hint("`pixmo images dedup` makes them"),
        error => failures::of_reading(error),
    })?;
    let mut findings = Findings::default();
    let mut pictures = Pictures::default();
    pictures.read_clusters(&folder, &mut findings)?;
    let (mut sums, mut met) = (Sums::default(), BTreeMap::new());
    for dataset in Dataset::ALL {
        let folder = match DatasetFolder::open(place.place_of(dataset)?.location().clone()) {
            Ok(folder) => folder,
            Err(ReadError::NoManifest { .. }) => continue,
            Err(error) => return Err(failures::of_reading(error)),
        };
        match dataset {
            Dataset::ImageClusters => {}
            Dataset::Images => pictures.read_addresses(&folder)?,
            _ => {}
        }
    }
    let interrupt = console.interrupt();
    for dataset in Dataset::PUBLISHED {
        let folder = match DatasetFolder::open(place.place_of(dataset)?.location().clone()) {
            Ok(folder) => folder,
            Err(_) => continue,
        };
        let mut is_seen = false;
        for file in folder.manifest().files() {
            if interrupt.is_requested() {
                return Err(Failure::interrupted("nothing was changed")
                    .hint("run the same command again to look at all"));
            }
            let columns = dataset.config(&file.config).map(|config| config.columns).unwrap_or_default();
            let has = |name: &str| columns.iter().any(|column| column.name == name);
            let by_hash = has(BY_HASH);
            if !by_hash && !has(BY_ADDRESS) {
                continue;
            }
            is_seen = true;
            let mut rows = Look {
                pictures: &pictures,
                dataset,
                file,
                met: &mut met,
                findings: &mut findings,
                sums: &mut sums,
            };
            match by_hash {
                true => rows.go(columns_of::<ByHash>(&folder, file, BY_HASH)?, |row| {
                    Ok(row.image_sha256.map(|hash| *hash.as_bytes()))
                })?,
                false => rows.go(columns_of::<ByAddress>(&folder, file, BY_ADDRESS)?, |row| {
                    let address = row.image_url.as_deref().ok_or(())?;
                    pictures.by_address.get(&half_hash(address)).copied().map(Some).ok_or(())
                })?,
            }
        }
        sums.datasets += u64::from(is_seen);
    }
    conclude(&at, &findings, &sums, console)
}

pub(super) fn columns_of<T: serde::de::DeserializeOwned>(
    folder: &DatasetFolder,
    file: &FileEntry,
    column: &str,
) -> Result<Rows<T>, Failure> {
    read_columns(folder.location(), file, &[column]).map_err(failures::of_reading)
}

/// Half of the SHA-256 of an address: enough to tell millions apart.
fn half_hash(address: &str) -> [u8; 16] {
    let hash = Sha256::of(address.trim().as_bytes());
    hash.as_bytes().first_chunk::<16>().copied().unwrap_or_default()
}

impl Pictures {
    /// The clusters and their splits; a cluster with two splits, or without one kept picture, is a damage.
    fn read_clusters(&mut self, folder: &DatasetFolder, findings: &mut Findings) -> Result<(), Failure> {
        let mut clusters: BTreeMap<[u8; 32], (String, u64, [u8; 32])> = BTreeMap::new();
        let again = "run `pixmo images dedup`";
        for file in folder.manifest().files() {
            let rows = read_columns::<Clustered>(
                folder.location(),
                file,
                &["image_sha256", "cluster", "kept", "split"],
            );
            for (number, row) in (0..).zip(rows.map_err(failures::of_reading)?) {
                let row = row.map_err(failures::of_reading)?;
                let (image, cluster) = (*row.image_sha256.as_bytes(), *row.cluster.as_bytes());
                let is_for_training = Some(row.split == Split::Train.name());
                self.by_hash.insert(image, Belongs { cluster, is_for_training });
                let known = clusters.entry(cluster).or_insert_with(|| (row.split.clone(), 0, image));
                known.1 += u64::from(row.kept);
                known.2 = known.2.min(image);
                if known.0 != row.split {
                    findings.add(Damage {
                        shard: None,
                        file: format!("{}/{}", Dataset::ImageClusters, file.path),
                        row: Some(number),
                        image_id: Some(row.image_sha256.to_string()),
                        what: format!(
                            "its cluster `{}` has the splits `{}` and `{}`",
                            row.cluster, known.0, row.split
                        ),
                        remedy: again.to_owned(),
                    });
                }
            }
        }
        for (cluster, (_, kept, first)) in clusters {
            let mut wrong = Vec::new();
            if kept != 1 {
                wrong.push(format!("the cluster keeps {kept} images, expected 1"));
            }
            if first != cluster {
                wrong.push(format!("the cluster is not named after its smallest hash `{}`", hex_of(&first)));
            }
            for what in wrong {
                findings.add(Damage {
                    shard: None,
                    file: Dataset::ImageClusters.slug().to_owned(),
                    row: None,
                    image_id: Some(hex_of(&cluster)),
                    what,
                    remedy: again.to_owned(),
                });
            }
        }
        Ok(())
    }

    fn read_addresses(&mut self, folder: &DatasetFolder) -> Result<(), Failure> {
        for file in folder.manifest().files() {
            let rows = read_columns::<Source>(folder.location(), file, &["sha256", "address"]);
            for row in rows.map_err(failures::of_reading)? {
                let row = row.map_err(failures::of_reading)?;
                if let Some(address) = row.address {
                    self.by_address.insert(half_hash(&address), *row.sha256.as_bytes());
                }
            }
        }
        Ok(())
    }

    fn of(&self, sha256: &[u8; 32]) -> Belongs {
        let alone = Belongs { cluster: *sha256, is_for_training: None };
        self.by_hash.get(sha256).copied().unwrap_or(alone)
    }
}

fn hex_of(hash: &[u8; 32]) -> String {
    Sha256::from_bytes(*hash).to_string()
}

/// One file of a dataset while it is looked at.
struct Look<'a> {
    pictures: &'a Pictures,
    dataset: Dataset,
    file: &'a FileEntry,
    /// Where each cluster was first met: for training, and for measuring.
    met: &'a mut BTreeMap<[u8; 32], [Option<Met>; 2]>,
    findings: &'a mut Findings,
    sums: &'a mut Sums,
}

impl Look<'_> {
    /// Goes through the rows; `picture` says of each which picture it is about, nothing for none, an error for one that
    /// cannot be told.
    fn go<T>(
        &mut self,
        rows: Rows<T>,
        picture: impl Fn(&T) -> Result<Option<[u8; 32]>, ()>,
    ) -> Result<(), Failure> {
        for (number, row) in (0..).zip(rows) {
            let row = row.map_err(failures::of_reading)?;
            self.sums.rows += 1;
            match picture(&row) {
                Ok(Some(sha256)) => self.row(number, &sha256),
                Ok(None) => {}
                Err(()) => self.sums.unknown += 1,
            }
        }
        Ok(())
    }

    fn row(&mut self, number: u64, sha256: &[u8; 32]) {
        let Belongs { cluster, is_for_training } = self.pictures.of(sha256);
        let trains = self.file.split == Split::Train;
        self.sums.unclustered += u64::from(is_for_training.is_none());
        let (dataset, file) = (self.dataset, self.file.path.clone());
        let places = self.met.entry(cluster).or_default();
        let is_first = places[usize::from(!trains)].is_none();
        places[usize::from(!trains)].get_or_insert(Met { dataset, file, row: number });
        let split = self.file.split;
        let mut wrong = Vec::new();
        match is_for_training {
            Some(false) if trains => {
                wrong.push("it is trained on, its cluster is held out of training".to_owned());
            }
            Some(true) if !trains => {
                wrong.push(format!("it stands in `{split}`, its cluster is for training"));
            }
            // Of a cluster with a side, whoever stands on the other one is told. Of one without, both meet; told once a side.
            None if is_first => {
                if let Some(other) = &places[usize::from(trains)] {
                    let Met { dataset, file, row } = other;
                    wrong.push(format!(
                        "it stands in `{split}`, and in `{dataset}/{file}` row {row} for the opposite"
                    ));
                }
            }
            _ => {}
        }
        for what in wrong {
            let what = format!("{what} (cluster `{}`)", hex_of(&cluster));
            self.findings.add(Damage {
                shard: None,
                file: format!("{}/{}", self.dataset, self.file.path),
                row: Some(number),
                image_id: Some(hex_of(sha256)),
                what,
                remedy: format!("make `{}` anew with the splits of `image-clusters`", self.dataset),
            });
        }
    }
}

fn conclude(at: &str, findings: &Findings, sums: &Sums, console: &Console) -> Result<Ending, Failure> {
    for damage in &findings.damages {
        match console.is_json() {
            true => console.data_json(&json!({ "event": "damage", "damage": damage }))?,
            false => console.data_line(&damage.to_string())?,
        }
    }
    let damages = findings.count();
    if console.is_json() {
        console.data_json(&json!({
            "event": "splits_verified", "damages": damages, "datasets": sums.datasets, "rows": sums.rows,
            "rows_without_image": sums.unknown, "rows_without_cluster": sums.unclustered,
        }))?;
    }
    for (number, what) in [
        (sums.unknown, "whose image is in no row of `images`"),
        (sums.unclustered, "whose image is in no cluster"),
    ] {
        if number > 0 {
            console.say(format!("splits: {} {what}", wording::counted(number, "row")));
        }
    }
    let looked =
        format!("{} in {}", wording::counted(sums.rows, "row"), wording::counted(sums.datasets, "dataset"));
    if damages == 0 {
        console.say(format!("splits: no image is trained on and measured with: {looked}"));
        return Ok(Ending::Good);
    }
    Err(Failure::data(format!("the splits are not kept: {}", wording::counted(damages, "damage")))
        .because(format!("looked at {looked}"))
        .at(at)
        .hint("each line above says what to run"))
}
