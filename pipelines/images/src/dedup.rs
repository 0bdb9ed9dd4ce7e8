//! The verb `dedup`: which images are alike, which of them is kept, what benchmarks hold out, and the one split of the
//! suite.

mod report;
mod seeing;
mod writing;

use std::path::PathBuf;

use pixmo_campaign::Campaign;
use pixmo_console::{Console, Ending, Failure, env};
use pixmo_near::{Fate, Looks, Picture, Relation, Rule, Shares, Thumb, View, clusters, fate_of};
use pixmo_near::{Hash64, Hash256, Seen as Asked};
use pixmo_schemas::records::ImageClusterRecord;
use pixmo_shards::{Location, Originals};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::against;
use crate::catalogue::{Catalogue, Known};
use crate::failures;
use crate::looks::LooksFile;
use report::Report;

/// Find images that are alike and deal them to splits
///
/// Reads the rows of finished `images` datasets, looks once at each original, puts images that are the same picture into
/// clusters, holds out of training what is like the pictures of benchmarks, and gives every cluster one split for the whole
/// suite. The result is the dataset `image-clusters`; it is written anew when its input has changed.
///
/// Example: `pixmo images dedup --against chartqa.hashes`
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct DedupArgs {
    /// Datasets by name in the data folder, or folders or addresses with a slash; `images` by default
    #[arg(value_name = "DATASET")]
    pub datasets: Vec<String>,
    /// Hold out what is like the pictures of this hash list; can be given several times
    #[arg(long, value_name = "LIST")]
    pub against: Vec<PathBuf>,
    /// Write to this folder or address (s3://, gs://, az://)
    #[arg(long, value_name = "DIR")]
    pub into: Option<String>,
    /// Read settings from this file
    #[arg(long, value_name = "FILE")]
    pub campaign: Option<PathBuf>,
    /// Data folder instead of the campaign's
    #[arg(long, value_name = "DIR")]
    pub data: Option<String>,
    /// Use this seed instead of the campaign's
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Work with this many threads, by default one for each core
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<usize>,
}

/// The section `[build.image-clusters]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClusterSettings {
    /// Parts of all clusters that are for training.
    pub train: u32,
    /// Parts that are for validation.
    pub validation: u32,
    /// Parts that are for testing.
    pub test: u32,
    /// In how many bits a PDQ hash may differ from one of a benchmark's list and is still taken for the same picture.
    pub against_bits_max: u32,
    /// Most images of one shard.
    pub shard_rows_max: u64,
    /// Where originals are kept; empty for `images` in the data folder.
    #[serde(skip_serializing)]
    pub store: String,
}

impl Default for ClusterSettings {
    fn default() -> Self {
        ClusterSettings {
            train: 98,
            validation: 1,
            test: 1,
            against_bits_max: against::BITS_MAX,
            shard_rows_max: 1_000_000,
            store: String::new(),
        }
    }
}

/// What was asked for, checked as far as it can be without reading rows.
struct Request {
    settings: ClusterSettings,
    shares: Shares,
    seed: u64,
    data: String,
    datasets: Vec<Location>,
    into: Location,
    store: Originals,
    jobs: usize,
}

/// Runs the verb.
///
/// # Errors
/// A request failure for settings, lists or datasets that cannot be used; a world failure if something cannot be read or
/// written; an interruption, after which what was looked at is kept.
pub fn run(args: &DedupArgs, console: &Console) -> Result<Ending, Failure> {
    let request = Request::read(args)?;
    let (benchmarks, pins) = against::benchmarks(&args.against, request.settings.against_bits_max)?;
    let catalogue = Catalogue::of(request.datasets)?;
    if catalogue.images.is_empty() {
        return Err(Failure::request("there are no images in these datasets"));
    }
    let mut looks = LooksFile::open(&looks_path(&request.data))?;
    let unseen = seeing::look_at_all(&catalogue, &mut looks, &request.store, request.jobs, console)?;
    let sight = Sight { images: &catalogue.images, looks: &looks };
    let pictures = sight.pictures()?;
    let clustering = clusters(&pictures, &sight, &Rule::default(), request.jobs)?;
    let touched = |known: &Known| -> Result<Vec<String>, Failure> {
        let hashes = match looks.get(&known.sha256)? {
            Some(seen) if seen.is_flat() => Vec::new(),
            Some(seen) => vec![seen.hash(), seen.mirror()],
            None => known.hash.into_iter().map(Hash256::from).collect(),
        };
        let asked = Asked { sha256: known.sha256, hashes: &hashes, addresses: &[] };
        Ok(benchmarks.touching(&asked).into_iter().map(|touch| touch.list.to_owned()).collect())
    };
    let mut report = Report::new(&catalogue, unseen, &clustering, &pins);
    let mut rows = Vec::with_capacity(catalogue.images.len());
    for cluster in clustering.iter() {
        let members = cluster.members.iter();
        let lists = members.map(|member| touched(&catalogue.images[member.picture as usize]));
        let lists: Vec<Vec<String>> = lists.collect::<Result<_, _>>()?;
        let names = lists.iter().flatten().map(String::as_str);
        let fate = fate_of(&cluster.id(), names, request.shares, request.seed);
        report.count(&cluster, &lists, &fate);
        let (split, held_out_by) = match fate {
            Fate::Split(split) => (split.name(), None),
            // Whatever it is used for, it is not trained on.
            Fate::HeldOut(lists) => ("test", Some(lists.join(", "))),
        };
        let id = hex::encode(cluster.id());
        rows.extend(cluster.members.iter().map(|member| ImageClusterRecord {
            image_sha256: hex::encode(member.sha256),
            cluster: id.clone(),
            kept: member.relation == Relation::Kept,
            relation: word(member.relation).to_owned(),
            distance: i32::try_from(member.distance).unwrap_or(i32::MAX),
            split: split.to_owned(),
            held_out_by: held_out_by.clone(),
        }));
    }
    rows.sort_by(|a, b| a.image_sha256.cmp(&b.image_sha256));
    let inputs =
        catalogue.folders.iter().map(|folder| pixmo_shards::manifest::sha256(&folder.manifest().to_bytes()));
    let settings = json!({
        "images": inputs.collect::<Vec<_>>(),
        "against": pins.iter().map(|(name, sha256)| json!({"name": name, "sha256": sha256})).collect::<Vec<_>>(),
        "unseen": unseen,
        "settings": request.settings,
    });
    let whole = writing::Whole {
        into: &request.into,
        data: &request.data,
        seed: request.seed,
        shard_rows_max: request.settings.shard_rows_max,
        settings,
        counters: report.counters(),
    };
    let is_new = whole.write(&rows)?;
    report.tell(console)?;
    let place = request.into.address();
    match is_new {
        true => console.say(format!("image-clusters: {place}")),
        false => console.say(format!("image-clusters: nothing has changed: {place}")),
    }
    Ok(Ending::Good)
}

/// The file of looks in a data folder; beside an object store in the local one.
pub(crate) fn looks_path(data: &str) -> PathBuf {
    let local = if data.contains("://") { "data" } else { data };
    PathBuf::from(local).join("cache").join("looks.bin")
}

/// How the column `relation` says it.
fn word(relation: Relation) -> &'static str {
    match relation {
        Relation::Kept => "self",
        Relation::SameBytes => "exact",
        Relation::ReEncoded => "near",
        Relation::Cropped => "crop",
        Relation::Mirrored => "mirror",
    }
}

impl Request {
    fn read(args: &DedupArgs) -> Result<Request, Failure> {
        const SECTION: &str = "build.image-clusters";
        let campaign = match &args.campaign {
            Some(file) => Campaign::read(file).map_err(failures::of_campaign)?,
            None => Campaign::none(),
        };
        let settings = campaign.section::<ClusterSettings>(SECTION).map_err(failures::of_campaign)?;
        let settings = settings.unwrap_or_default();
        let shares = Shares::new(settings.train, settings.validation, settings.test).map_err(|error| {
            Failure::from_error(pixmo_console::Kind::Request, &error)
                .hint(format!("change them in [{SECTION}]"))
        })?;
        if settings.shard_rows_max == 0 || settings.against_bits_max > 64 {
            return Err(Failure::request(format!("the settings of [{SECTION}] cannot work"))
                .hint("`shard_rows_max` is at least 1, `against_bits_max` at most 64"));
        }
        let data =
            args.data.as_deref().or(campaign.data()).unwrap_or("data").trim_end_matches('/').to_owned();
        let place = |address: &str| {
            Location::parse(address, &env::object_store_options()).map_err(failures::of_place)
        };
        let usual = ["images".to_owned()];
        let named = if args.datasets.is_empty() { &usual[..] } else { &args.datasets[..] };
        let datasets = named.iter().map(|name| match name.contains(['/', '\\']) {
            true => place(name),
            false => place(&format!("{data}/shards/{name}")),
        });
        let into = args.into.clone().unwrap_or_else(|| format!("{data}/shards/image-clusters"));
        let store = if settings.store.is_empty() { format!("{data}/images") } else { settings.store.clone() };
        let jobs = args.jobs.unwrap_or_else(env::cores);
        if !(1..=1024).contains(&jobs) {
            return Err(Failure::request(format!("cannot work with {jobs} threads"))
                .hint("give `--jobs` a number from 1 to 1024"));
        }
        Ok(Request {
            shares,
            seed: args.seed.or(campaign.seed()).unwrap_or(0),
            datasets: datasets.collect::<Result<_, _>>()?,
            into: place(&into)?,
            store: Originals::new(place(&store)?),
            settings,
            data,
            jobs,
        })
    }
}

/// The images as `pixmo-near` looks at them. One that could not be seen is compared by its bytes alone.
struct Sight<'a> {
    images: &'a [Known],
    looks: &'a LooksFile,
}

impl Sight<'_> {
    fn pictures(&self) -> Result<Vec<Picture>, Failure> {
        let picture = |(row, known): (u64, &Known)| -> Result<Picture, Failure> {
            let seen = self.looks.get(&known.sha256)?;
            let (hash, coarse, flat) = match &seen {
                Some(seen) => (seen.hash(), seen.coarse(), seen.is_flat()),
                None => (Hash256::from(known.hash.unwrap_or_default()), Hash64::from(0), true),
            };
            Ok(Picture {
                row,
                sha256: known.sha256,
                width: known.width,
                height: known.height,
                bytes: known.bytes,
                evaluation: false,
                hash,
                coarse,
                flat,
            })
        };
        (0..).zip(self.images).map(picture).collect()
    }

    fn seen(&self, picture: u32) -> Result<crate::looks::Seen, Failure> {
        let known = &self.images[picture as usize];
        let seen = self.looks.get(&known.sha256)?;
        seen.ok_or_else(|| Failure::bug("a look is asked for that was never made"))
    }
}

impl Looks for Sight<'_> {
    type Error = Failure;

    fn mirror(&self, picture: u32) -> Result<Hash256, Failure> {
        Ok(self.seen(picture)?.mirror())
    }

    fn views(&self, picture: u32) -> Result<Vec<View>, Failure> {
        Ok(self.seen(picture)?.views())
    }

    fn thumb(&self, picture: u32) -> Result<Thumb, Failure> {
        Ok(self.seen(picture)?.thumb())
    }
}
