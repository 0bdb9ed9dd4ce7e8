//! Every row of some shards: bring it, keep its original, write down what became of it.
//!
//! One thread has many rows under way and waits for the network; others look at what came. Rows are taken from the list
//! as they are needed, so memory depends on how many are under way and not on the list. What is written down is safe at
//! once against the end of the process; every so many rows the originals are forced to the disk and it is noted up to
//! where that holds ([`crate::journal`]).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use futures::future::LocalBoxFuture;
use futures::stream::FuturesUnordered;
use pixmo_console::{Console, Counts, Event, Failure, Interrupt, Progress, wording};
use pixmo_stage::Shard;
use tokio::task::JoinHandle;

use crate::class::Class;
use crate::copies::Copies;
use crate::failures;
use crate::feed::{Feed, Step};
use crate::journal::Journal;
use crate::outcome::Outcome;
use crate::stage::Images;
use crate::twins::Twins;
use crate::visit::Visit;

/// How long rows that are under way are waited for after an interruption.
const GRACE: Duration = Duration::from_secs(3);
/// How often it is looked whether someone asked to stop.
const TICK: Duration = Duration::from_millis(100);
/// Outcomes after which originals are forced to the disk.
const SYNC_EVERY: u64 = 4096;
/// Journals that are open at once while rows get what others got.
const JOURNALS_OPEN_MAX: usize = 16;
/// Bad rows of a list that are told one by one.
const BAD_ROWS_TOLD_MAX: u64 = 20;

/// Gathers the rows of some shards.
///
/// # Errors
/// An interruption, or a world failure; what was written down before stays.
pub(crate) fn gather(stage: &Images, shards: &[&Shard], console: &Console) -> Result<(), Failure> {
    let rows: u64 = shards.iter().map(|shard| shard.tasks()).sum();
    let scratch = stage.gathered.scratch(shards.first().map_or(0, |shard| shard.index));
    let twins = match stage.settings.run.is_import {
        true => Twins::default(),
        false => Twins::find(&stage.list, stage.list.rows(), stage.gathered.disk(), &scratch.join("twins"))?,
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .thread_name("pixmo-store")
        .build()
        .map_err(|error| Failure::world("cannot begin to gather").cause(&error))?;
    let progress = console.progress("gather");
    let feed = Feed::new(stage, shards, twins, &scratch.join("waiting"))?;
    let before = feed.before();
    progress.tell(Event::Begun { shards: shards.len() as u64, tasks: rows, seed: None, before });
    let mut gather = Gather {
        stage,
        console,
        progress: &progress,
        interrupt: console.interrupt(),
        feed,
        journals: BTreeMap::new(),
        copies: BTreeMap::new(),
        counts: before,
        classes: BTreeMap::new(),
        bytes: 0,
        unsynced: 0,
        bad_rows: 0,
    };
    let ended = runtime.block_on(gather.run());
    // Requests that nobody waits for any longer end with the runtime.
    runtime.shutdown_background();
    let (counts, classes, bytes) = (gather.counts, gather.classes.clone(), gather.bytes);
    match ended {
        Ok(true) => {
            stage.gathered.disk().remove_folder(&scratch).map_err(|error| {
                let path = scratch.display().to_string();
                failures::of_place(pixmo_shards::LocationError::from_io("delete", path, error))
            })?;
            let rows = classes.get(Class::Kept.name()).copied().unwrap_or_default();
            let dropped = classes.into_iter().filter(|(class, _)| class != Class::Kept.name()).collect();
            let into = Some(stage.originals.location().address().to_owned());
            progress.tell(Event::Finished { rows, dropped, bytes, files: rows, into });
            Ok(())
        }
        Ok(false) => {
            progress.tell(Event::Interrupted(counts));
            let safe = wording::counted(counts.tasks_finished, "row");
            Err(Failure::interrupted(format!("what became of {safe} is written down and safe"))
                .hint("run the same command again to continue"))
        }
        Err(failure) => {
            let safe = wording::counted(counts.tasks_finished, "row");
            Err(failure
                .hint(format!("what became of {safe} is written down; nothing of it is asked for twice")))
        }
    }
}

struct Gather<'a> {
    stage: &'a Images,
    console: &'a Console,
    progress: &'a Progress,
    interrupt: Interrupt,
    feed: Feed<'a>,
    /// Journals with rows that are under way or not known to be on the disk, by the number of the shard.
    journals: BTreeMap<u32, Journal>,
    /// Copies that are put aside, of the same shards.
    copies: BTreeMap<u32, Copies>,
    counts: Counts,
    /// What became of the rows of this run.
    classes: BTreeMap<String, u64>,
    bytes: u64,
    unsynced: u64,
    bad_rows: u64,
}

type Flight<'f> = FuturesUnordered<LocalBoxFuture<'f, (u32, Result<Outcome, Failure>)>>;
/// Originals are being forced to the disk, and up to where that will hold for each journal.
type Syncing = (JoinHandle<Result<(), Failure>>, Vec<(u32, u64)>);

impl Gather<'_> {
    /// `false` if someone asked to stop before all was done.
    async fn run(&mut self) -> Result<bool, Failure> {
        let visit = Visit::new(self.stage, self.console)?;
        let mut flight: Flight<'_> = FuturesUnordered::new();
        let mut syncing: Option<Syncing> = None;
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut grace: Option<std::pin::Pin<Box<tokio::time::Sleep>>> = None;
        loop {
            while grace.is_none() && flight.len() < self.feed.most_under_way() {
                match self.next()? {
                    None => break,
                    Some((shard, row)) => {
                        let visit = &visit;
                        flight.push(Box::pin(async move { (shard, visit.row(row).await) }));
                    }
                }
            }
            if flight.is_empty() {
                break;
            }
            if self.unsynced >= SYNC_EVERY && syncing.is_none() {
                syncing = Some(self.begin_sync());
            }
            tokio::select! {
                Some((shard, outcome)) = flight.next() => self.record(shard, &outcome?)?,
                synced = async { (&mut syncing.as_mut().expect("asked only then").0).await }, if syncing.is_some() => {
                    let ends = syncing.take().map(|(_, ends)| ends).unwrap_or_default();
                    self.end_sync(synced, &ends)?;
                }
                () = async { grace.as_mut().expect("asked only then").await }, if grace.is_some() => break,
                _ = tick.tick() => {
                    if self.interrupt.is_requested() && grace.is_none() {
                        grace = Some(Box::pin(tokio::time::sleep(GRACE)));
                    }
                }
            }
        }
        drop(flight);
        if let Some((handle, ends)) = syncing {
            let synced = handle.await;
            self.end_sync(synced, &ends)?;
        }
        let is_done = grace.is_none();
        if is_done {
            self.twins().await?;
            if !self.interrupt.is_requested() {
                self.feed.clear();
            }
        }
        self.sync_all().await?;
        Ok(is_done && !self.is_stopped_in_twins())
    }

    /// Whether someone asked to stop while rows were still waiting for others.
    fn is_stopped_in_twins(&self) -> bool {
        self.interrupt.is_requested() && !self.feed.waiting().is_empty()
    }

    /// The next row that must be visited; rows of which it is known at once what becomes of them are written down on the
    /// way.
    fn next(&mut self) -> Result<Option<(u32, crate::list::Row)>, Failure> {
        loop {
            match self.feed.next(&self.console.clock().utc())? {
                None => return Ok(None),
                Some(Step::Visit(shard, row)) => return Ok(Some((shard, row))),
                Some(Step::Known(shard, outcome)) => {
                    if outcome.class == Class::BadRow {
                        self.tell_bad(&outcome);
                    }
                    self.record(shard, &outcome)?;
                }
            }
        }
    }

    fn tell_bad(&mut self, outcome: &Outcome) {
        self.bad_rows += 1;
        if self.bad_rows <= BAD_ROWS_TOLD_MAX {
            let last = self.bad_rows == BAD_ROWS_TOLD_MAX;
            let hint = last
                .then(|| "further ones are counted only; `pixmo images status` has the number".to_owned());
            self.progress.tell(Event::Warned { message: outcome.detail.clone(), hint });
        }
    }

    /// Writes down what became of a row.
    fn record(&mut self, shard: u32, outcome: &Outcome) -> Result<(), Failure> {
        self.put_aside(shard, outcome)?;
        self.journal(shard)?.add(outcome)?;
        self.unsynced += 1;
        *self.classes.entry(outcome.class.name().to_owned()).or_default() += 1;
        self.counts.tasks_finished += 1;
        match outcome.record.as_ref().filter(|_| outcome.class == Class::Kept) {
            Some(record) => {
                self.counts.rows += 1;
                self.bytes += u64::try_from(record.bytes).unwrap_or_default();
            }
            None => self.counts.dropped += 1,
        }
        self.progress.tell(Event::Moved(self.counts));
        Ok(())
    }

    /// Puts the smaller copy of a kept image aside, before it is written down that it is kept.
    fn put_aside(&mut self, shard: u32, outcome: &Outcome) -> Result<(), Failure> {
        let (Some(bytes), Some(record), Some(copy)) =
            (&outcome.copy, &outcome.record, &self.stage.settings.copy)
        else {
            return Ok(());
        };
        let Ok(sha256) = record.sha256.parse::<pixmo_schemas::Sha256>() else { return Ok(()) };
        let copies = match self.copies.entry(shard) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let path = self.stage.gathered.copies(&self.feed.rows_of(shard)?, copy);
                entry.insert(Copies::open(self.stage.gathered.disk(), &path)?)
            }
        };
        copies.add(sha256.as_bytes(), bytes)
    }

    fn journal(&mut self, shard: u32) -> Result<&mut Journal, Failure> {
        match self.journals.entry(shard) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => {
                let rows = self.feed.rows_of(shard)?;
                Ok(entry.insert(self.stage.gathered.journal(&self.stage.list_sha256, &rows)?))
            }
        }
    }

    fn begin_sync(&mut self) -> Syncing {
        self.unsynced = 0;
        let ends = self.journals.iter().map(|(shard, journal)| (*shard, journal.end())).collect();
        let originals = Arc::clone(&self.stage.originals);
        let sync = move || originals.sync().map_err(failures::of_place);
        (tokio::task::spawn_blocking(sync), ends)
    }

    fn end_sync(
        &mut self,
        synced: Result<Result<(), Failure>, tokio::task::JoinError>,
        ends: &[(u32, u64)],
    ) -> Result<(), Failure> {
        synced.map_err(|error| {
            Failure::bug("a thread that waits for the disk came to an end").cause(&error)
        })??;
        for (shard, end) in ends {
            if let Some(journal) = self.journals.get_mut(shard) {
                journal.synced(*end)?;
                // A shard with rows under way opens its journal again when the next one comes.
                if journal.is_synced() && !self.feed.is_open(*shard) {
                    self.journals.remove(shard);
                    self.copies.remove(shard);
                }
            }
        }
        Ok(())
    }

    /// Rows that repeat the address of another get what it got.
    async fn twins(&mut self) -> Result<(), Failure> {
        let now = self.console.clock().utc();
        for home in self.feed.waiting() {
            let rows = self.feed.rows_of(home)?;
            let outcomes = self.stage.outcomes(&rows)?;
            for waiting in self.feed.waiting_on(home)? {
                if self.interrupt.is_requested() {
                    return Ok(());
                }
                let waiting = waiting?;
                let shard = waiting.shard;
                let Some(outcome) = waiting.outcome(&outcomes, &now)? else { continue };
                if self.journals.len() >= JOURNALS_OPEN_MAX && !self.journals.contains_key(&shard) {
                    self.sync_all().await?;
                    self.journals.clear();
                    self.copies.clear();
                }
                self.record(shard, &outcome)?;
            }
        }
        Ok(())
    }

    async fn sync_all(&mut self) -> Result<(), Failure> {
        let (handle, ends) = self.begin_sync();
        let synced = handle.await;
        self.end_sync(synced, &ends)
    }
}
