//! The dataset `images`: one task for each row of the list, made from what was gathered.

use std::ops::Range;
use std::sync::Arc;

use pixmo_console::{Console, Failure, Kind, env};
use pixmo_near::Removals;
use pixmo_schemas::Dataset;
use pixmo_schemas::records::ImageRecord;
use pixmo_schemas::records::docs::Image;
use pixmo_shards::{Location, OriginalError, Originals, Sidecar};
use pixmo_stage::{
    ConfigSpec, Context, Emit, Group, Outcome, Part, Review, Shard, Split, Stage, Task, Worker,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::class::Class;
use crate::copies::CopiesAside;
use crate::failures;
use crate::gather;
use crate::gathered::Gathered;
use crate::journal::Outcomes;
use crate::judge::extension_of;
use crate::list::List;
use crate::screen::{self, Screen};
use crate::settings::{Settings, SmallerCopy};
use crate::takedown::removals_of;

/// The only table.
const CONFIG: &str = "default";
/// Rows of the list in one shard if nobody says anything.
const ROWS_A_SHARD: u64 = 10_000;
/// The key of a sidecar's summary under which stands what its rows were made from.
const GATHERED: &str = "gathered";

/// Images from a list.
#[derive(Debug)]
pub struct Images {
    pub(crate) settings: Settings,
    pub(crate) list: Arc<List>,
    pub(crate) list_sha256: String,
    pub(crate) gathered: Gathered,
    pub(crate) originals: Arc<Originals>,
    pub(crate) screens: Arc<[Screen]>,
    pub(crate) jobs: usize,
    /// What was taken down, and does not come back.
    pub(crate) removals: Option<Arc<Removals>>,
    /// The rows of each shard.
    shards: Vec<Range<u64>>,
}

/// What a worker has at hand of the shard it is in.
struct AtHand {
    outcomes: Outcomes,
    /// Smaller copies, if they are asked for and were put aside.
    copies: Option<CopiesAside>,
}

/// A row as it is journalled: the record without its bytes, and what it was made from.
#[derive(Debug, Serialize, Deserialize)]
pub struct Made {
    record: ImageRecord,
    /// The hash of the line in which the outcome stands.
    line: [u8; 16],
}

/// Notes from what the rows of a shard were made.
#[derive(Debug, Default)]
pub struct Origin(blake3::Hasher);

impl Origin {
    fn add(&mut self, line: &[u8; 16]) {
        self.0.update(line);
    }

    fn hex(&self) -> String {
        self.0.finalize().to_hex()[..32].to_owned()
    }
}

impl Review<Made> for Origin {
    const NEEDED: bool = false;

    fn observe(&mut self, _row: &Made) {}

    fn apply(&mut self, row: Made) -> Made {
        self.add(&row.line);
        row
    }

    fn summary(&self) -> Value {
        json!({ GATHERED: self.hex() })
    }
}

/// The store of originals at an address.
pub(crate) fn originals_at(address: &str, into: &Location) -> Result<Originals, Failure> {
    let location = Location::parse(address, &env::object_store_options()).map_err(failures::of_place)?;
    Ok(Originals::new(location.with_disk(into.disk().clone())))
}

impl Images {
    pub(crate) fn rows_of(shard: &Shard) -> Range<u64> {
        let first = shard.parts.first().map_or(0, |part| part.tasks.start);
        first..shard.parts.last().map_or(first, |part| part.tasks.end)
    }

    pub(crate) fn outcomes(&self, rows: &Range<u64>) -> Result<Outcomes, Failure> {
        self.gathered.outcomes(&self.list_sha256, rows)
    }

    /// What became of the rows of the shard in which a row stands, whatever shards are gathered now.
    pub(crate) fn journal_with(&self, place: u64) -> Result<Option<Outcomes>, Failure> {
        let at = self.shards.partition_point(|rows| rows.end <= place);
        self.shards.get(at).map(|rows| self.outcomes(rows)).transpose()
    }

    /// Whether a row is gathered in this run: nothing became of it yet, or it is tried again, or its original is gone.
    pub(crate) fn wants(&self, outcomes: &Outcomes, place: u64) -> Result<bool, Failure> {
        let Some(mark) = outcomes.mark(place) else { return Ok(true) };
        if self.settings.run.retry.wants(mark) {
            return Ok(true);
        }
        if mark.class != Class::Kept || !self.settings.run.check_store {
            return Ok(false);
        }
        self.is_lost(outcomes, place)
    }

    /// Whether the original of a kept row is missing or damaged.
    pub(crate) fn is_lost(&self, outcomes: &Outcomes, place: u64) -> Result<bool, Failure> {
        let Some(record) = outcomes.outcome(place)?.and_then(|outcome| outcome.record) else {
            return Ok(false);
        };
        let Ok(hash) = record.sha256.parse::<pixmo_schemas::Sha256>() else { return Ok(true) };
        let whole = self.originals.is_whole(hash.as_bytes(), extension_of(&record.format));
        whole.map(|whole| !whole).map_err(failures::of_place)
    }

    /// What was gathered of the shard in which a row stands; kept by the worker for the next row.
    fn at_hand<'w>(&self, place: u64, worker: &'w mut Worker) -> Result<&'w AtHand, Failure> {
        let kept = worker.keep(|| None::<AtHand>);
        if kept.as_ref().is_none_or(|at_hand| !at_hand.outcomes.rows().contains(&place)) {
            let at = self.shards.partition_point(|rows| rows.end <= place);
            let rows =
                self.shards.get(at).ok_or_else(|| Failure::bug(format!("no shard has row {place}")))?;
            let copies = self.settings.copy.as_ref().map(|copy| self.gathered.copies(rows, copy));
            let copies = copies.and_then(|path| CopiesAside::read(&path));
            *kept = Some(AtHand { outcomes: self.outcomes(rows)?, copies });
        }
        kept.as_ref().ok_or_else(|| Failure::bug("what was read a moment ago is gone"))
    }
}

impl Stage for Images {
    const DATASET: Dataset = Dataset::Images;
    const PROGRAM: &'static str = "pixmo-images";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    /// Of old lists more than half is gone, and that is no fault of the data.
    const DROPS_PERCENT_MAX: f64 = 100.0;
    const CARD: &'static str = include_str!("../CARD.md");

    type Settings = Settings;
    type Row = Made;
    type Reason = Class;
    type Review = Origin;

    fn pin(settings: &mut Settings) -> Result<(), Failure> {
        settings.pin()
    }

    fn open(settings: Settings, cx: &Context) -> Result<Images, Failure> {
        settings.check()?;
        let list = settings.list()?;
        let into = cx.into().ok_or_else(|| Failure::bug("images are built nowhere"))?;
        let originals = Arc::new(originals_at(&settings.store(cx.data()), into)?);
        let gathered = Gathered::of(into, cx.data());
        let list_sha256 = list.sha256().to_owned();
        let screens = screen::open(&settings.screen)?;
        let removals = removals_of(into)?.map(Arc::new);
        if !settings.decode && removals.as_ref().is_some_and(|removals| removals.is_by_likeness()) {
            return Err(Failure::request(
                "what was taken down by likeness is known only when pictures are decoded",
            )
            .at(into.address().to_owned())
            .hint("leave out `--no-decode` (`decode = false` in [build.images])"));
        }
        Ok(Images {
            settings,
            list,
            list_sha256,
            gathered,
            originals,
            screens,
            jobs: cx.jobs(),
            removals,
            shards: Vec::new(),
        })
    }

    fn groups(&self, limit: Option<u64>) -> Vec<Group> {
        let rows = self.list.rows();
        vec![Group {
            config: CONFIG,
            split: Split::Train,
            tasks: limit.map_or(rows, |limit| limit.min(rows)),
        }]
    }

    fn shards_usual(&self, tasks: u64) -> u32 {
        u32::try_from(tasks.div_ceil(ROWS_A_SHARD)).unwrap_or(u32::MAX).max(1)
    }

    fn planned(&mut self, shards: &[Shard]) {
        self.shards = shards.iter().map(Images::rows_of).collect();
    }

    fn configs(&self) -> Vec<ConfigSpec> {
        Dataset::Images.config(CONFIG).map(ConfigSpec::main).into_iter().collect()
    }

    fn lacks(&self, shard: &Shard) -> Result<bool, Failure> {
        let rows = Images::rows_of(shard);
        let outcomes = self.outcomes(&rows)?;
        for place in rows {
            if self.wants(&outcomes, place)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn bring(&self, shards: &[&Shard], console: &Console) -> Result<(), Failure> {
        gather::gather(self, shards, console)
    }

    fn is_current(&self, shard: &Shard, sidecar: &Sidecar) -> Result<bool, Failure> {
        let outcomes = self.outcomes(&Images::rows_of(shard))?;
        let (mut origin, mut drops) = (Origin::default(), std::collections::BTreeMap::new());
        for (_, mark) in outcomes.marks() {
            match mark.class {
                Class::Kept => origin.add(&mark.hash),
                class => *drops.entry(class.name().to_owned()).or_insert(0u64) += 1,
            }
        }
        let made_from = sidecar.summary.get(GATHERED).and_then(Value::as_str);
        Ok(made_from == Some(&origin.hex()) && drops == sidecar.drops)
    }

    fn finished(&self, shard: &Shard) -> Result<(), Failure> {
        let Some(copy) = &self.settings.copy else { return Ok(()) };
        let path = self.gathered.copies(&Images::rows_of(shard), copy);
        self.gathered.disk().remove(&path).map_err(|error| {
            failures::of_place(pixmo_shards::LocationError::from_io(
                "delete",
                path.display().to_string(),
                error,
            ))
        })
    }

    fn make(&self, task: &Task, worker: &mut Worker) -> Result<Outcome<Made, Class>, Failure> {
        let AtHand { outcomes, copies } = self.at_hand(task.index, worker)?;
        let mark = outcomes.mark(task.index);
        let (Some(mark), Some(outcome)) = (mark, outcomes.outcome(task.index)?) else {
            return Err(Failure::bug(format!("nothing became of row {}", task.index + 1)));
        };
        Ok(match outcome.record {
            Some(mut record) if outcome.class == Class::Kept => {
                if let Some(copy) = &self.settings.copy {
                    record.image = Some(self.smaller(&record, copy, copies.as_ref())?);
                }
                Outcome::Keep(Made { record: *record, line: mark.hash })
            }
            _ => Outcome::Drop(outcome.class),
        })
    }

    fn emit(&self, part: &Part, row: Made, out: &mut Emit) -> Result<(), Failure> {
        let mut record = row.record;
        if self.settings.embed {
            record.image = Some(self.embedded(&record)?);
        }
        out.count(&format!("format_{}", record.format), 1);
        out.count("bytes", u64::try_from(record.bytes).unwrap_or_default());
        for (name, holds) in [
            ("with_licence", record.licence.is_some()),
            ("with_c2pa", record.c2pa.is_some()),
            ("with_opt_out_signals", record.opt_out != "[]"),
            ("with_warnings", !record.warnings.is_empty()),
            ("turned_upright", record.orientation != 1),
            ("flat", record.flat),
            ("decoded", record.perceptual_hash.is_some()),
        ] {
            out.count(name, u64::from(holds));
        }
        out.push(part.config, record)
    }
}

impl Images {
    /// The original of a row, for the row.
    fn embedded(&self, record: &ImageRecord) -> Result<Image, Failure> {
        let bytes = self.original(record)?;
        Ok(Image { bytes, path: Some(format!("{}.{}", record.sha256, extension_of(&record.format))) })
    }

    /// A smaller copy of the original of a row, for the row: the one that was put aside, or else made now.
    fn smaller(
        &self,
        record: &ImageRecord,
        copy: &SmallerCopy,
        aside: Option<&CopiesAside>,
    ) -> Result<Image, Failure> {
        let path = Some(format!("{}-{}px.jpg", record.sha256, copy.side_max));
        let hash = record.sha256.parse::<pixmo_schemas::Sha256>().ok();
        let aside = aside.zip(hash).and_then(|(aside, hash)| aside.get(hash.as_bytes()));
        if let Some(bytes) = aside {
            return Ok(Image { bytes, path });
        }
        let original = self.original(record)?;
        let decoded = pixmo_pictures::decode(&original, &self.settings.limits()).map_err(|fault| {
            Failure::data("an original that was kept cannot be decoded any more")
                .cause(&fault)
                .at(format!("{}, row {} of the list", record.sha256, record.row))
                .hint("were the limits of [build.images.pictures] lowered since?")
        })?;
        Ok(Image { bytes: copy.of(&decoded), path })
    }

    /// The bytes of the original of a row.
    fn original(&self, record: &ImageRecord) -> Result<Vec<u8>, Failure> {
        let hash: pixmo_schemas::Sha256 = record
            .sha256
            .parse()
            .map_err(|error| Failure::bug("a row has no hash").cause(&error as &dyn std::error::Error))?;
        let extension = extension_of(&record.format);
        match self.originals.read(hash.as_bytes(), extension) {
            Ok(bytes) => Ok(bytes),
            Err(OriginalError::Location(error)) => Err(failures::of_place(error)),
            Err(error) => Err(Failure::from_error(Kind::World, &error)
                .at(self.originals.location().address().to_owned())
                .hint("run the same command with `--check-store`: what is missing is fetched again")),
        }
    }
}
