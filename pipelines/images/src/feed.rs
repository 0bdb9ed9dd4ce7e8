//! Which row comes next, and what is known of it without a visit.

use std::ops::Range;
use std::path::Path;

use pixmo_console::{Counts, Failure};
use pixmo_stage::Shard;
use serde::{Deserialize, Serialize};

use crate::class::Class;
use crate::evidence::Licence;
use crate::failures;
use crate::journal::Outcomes;
use crate::list::{Entries, Entry, Row};
use crate::outcome::Outcome;
use crate::spill::Spill;
use crate::stage::Images;
use crate::twins::Twins;

/// Rows under way at once that bring their bytes, for each thread that looks at pictures.
const IMPORTS_A_THREAD: usize = 2;

/// What is to be done with a row.
pub(crate) enum Step {
    /// It must be visited.
    Visit(u32, Row),
    /// It is known what becomes of it.
    Known(u32, Outcome),
}

/// The rows of some shards, one after the other.
pub(crate) struct Feed<'a> {
    stage: &'a Images,
    shards: Vec<(u32, Range<u64>)>,
    next_shard: usize,
    open: Option<OpenShard>,
    twins: Twins,
    /// Rows that wait for what becomes of the first with their address, under the shard of that one.
    waiting: Spill,
    /// What became of the rows of a shard that is not gathered now, for twins of its rows.
    elsewhere: Option<Outcomes>,
    before: Counts,
}

struct OpenShard {
    number: u32,
    outcomes: Outcomes,
    /// Rows whose originals a power cut took with it.
    lost: Vec<u64>,
    entries: Entries,
    places: Range<u64>,
}

/// A row that waits for the first with its address.
#[derive(Serialize, Deserialize)]
pub(crate) struct Waiting {
    /// The shard that it is of.
    pub(crate) shard: u32,
    number: u64,
    line: u64,
    leader: u64,
    file: Option<String>,
    address: Option<String>,
    sha256: Option<[u8; 32]>,
    licence: Option<String>,
    other: serde_json::Map<String, serde_json::Value>,
}

impl Waiting {
    /// What becomes of it; `None` if nothing became of the first yet.
    pub(crate) fn outcome(self, outcomes: &Outcomes, now: &str) -> Result<Option<Outcome>, Failure> {
        let found = outcomes.outcome(self.leader)?;
        let Waiting { number, line, file, address, sha256, licence, other, .. } = self;
        let row = Row { number, line, file, address, sha256, licence, other, bytes: None };
        Ok(found.map(|found| as_twin(&row, &found, now)))
    }
}

impl<'a> Feed<'a> {
    pub(crate) fn new(
        stage: &'a Images,
        shards: &[&Shard],
        twins: Twins,
        waiting: &Path,
    ) -> Result<Feed<'a>, Failure> {
        let shards: Vec<(u32, Range<u64>)> =
            shards.iter().map(|shard| (shard.index, Images::rows_of(shard))).collect();
        let mut before = Counts::default();
        for (_, rows) in &shards {
            let outcomes = stage.outcomes(rows)?;
            for (place, mark) in outcomes.marks() {
                if !stage.wants(&outcomes, place)? {
                    before.tasks_finished += 1;
                    let kept = mark.class == Class::Kept;
                    before.rows += u64::from(kept);
                    before.dropped += u64::from(!kept);
                }
            }
        }
        let waiting = Spill::new(stage.gathered.disk(), waiting)?;
        Ok(Feed { stage, shards, next_shard: 0, open: None, twins, waiting, elsewhere: None, before })
    }

    /// What earlier runs had gathered of these shards.
    pub(crate) fn before(&self) -> Counts {
        self.before
    }

    /// How many rows may be under way at once.
    pub(crate) fn most_under_way(&self) -> usize {
        match self.stage.settings.run.is_import {
            true => self.stage.jobs * IMPORTS_A_THREAD,
            false => self.stage.settings.rows_ahead_max as usize,
        }
    }

    pub(crate) fn rows_of(&self, shard: u32) -> Result<Range<u64>, Failure> {
        let found = self.shards.iter().find(|(number, _)| *number == shard);
        found
            .map(|(_, rows)| rows.clone())
            .ok_or_else(|| Failure::bug(format!("shard {shard} is not gathered")))
    }

    /// Whether rows of this shard are still to come.
    pub(crate) fn is_open(&self, shard: u32) -> bool {
        self.open.as_ref().is_some_and(|open| open.number == shard)
    }

    pub(crate) fn next(&mut self, now: &str) -> Result<Option<Step>, Failure> {
        loop {
            if self.open.is_none() && !self.open_next()? {
                return Ok(None);
            }
            let Some(open) = &mut self.open else { continue };
            let Some(place) = open.places.next() else {
                self.open = None;
                continue;
            };
            let entry =
                open.entries.next().ok_or_else(|| Failure::bug("the list has fewer rows than it said"))?;
            let entry = entry.map_err(failures::of_list)?;
            if !self.stage.wants(&open.outcomes, place)? && !open.lost.contains(&place) {
                continue;
            }
            let shard = open.number;
            let row = match entry {
                Entry::Bad(bad) => return Ok(Some(Step::Known(shard, Outcome::bad(&bad, now)))),
                Entry::Row(row) => row,
            };
            match self.twins.leader_of(place) {
                None => return Ok(Some(Step::Visit(shard, row))),
                Some(leader) => {
                    if let Some(step) = self.twin(shard, row, leader, now)? {
                        return Ok(Some(step));
                    }
                }
            }
        }
    }

    /// Opens the next shard at its first row that is gathered; `false` if there is none.
    fn open_next(&mut self) -> Result<bool, Failure> {
        while let Some((number, range)) = self.shards.get(self.next_shard).cloned() {
            self.next_shard += 1;
            let outcomes = self.stage.outcomes(&range)?;
            let lost = self.lost(&range)?;
            let mut first = range.end;
            for place in range.clone() {
                if lost.contains(&place) || self.stage.wants(&outcomes, place)? {
                    first = place;
                    break;
                }
            }
            if first < range.end {
                let places = first..range.end;
                let entries = self.stage.list.read(places.clone()).map_err(failures::of_list)?;
                self.open = Some(OpenShard { number, outcomes, lost, entries, places });
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The kept rows of a journal that are ahead of their originals. Only what was not known to be on the disk is looked
    /// at, which is little.
    fn lost(&self, range: &Range<u64>) -> Result<Vec<u64>, Failure> {
        if !self.stage.gathered.path(range).exists() {
            return Ok(Vec::new());
        }
        let journal = self.stage.gathered.journal(&self.stage.list_sha256, range)?;
        let mut lost = Vec::new();
        for place in journal.unsynced() {
            if self.stage.is_lost(journal.outcomes(), place)? {
                lost.push(place);
            }
        }
        Ok(lost)
    }

    /// A row that repeats an address: it waits, or is given what the first got in an earlier run. Where that one is of no
    /// use it is visited itself.
    fn twin(&mut self, shard: u32, row: Row, leader: u64, now: &str) -> Result<Option<Step>, Failure> {
        let home = self.shards.iter().find(|(_, rows)| rows.contains(&leader)).map(|(number, _)| *number);
        if let Some(home) = home {
            let Row { number, line, address, file, sha256, licence, other, bytes: _ } = row;
            let waiting = Waiting { shard, number, line, leader, file, address, sha256, licence, other };
            self.waiting.add(home, &waiting)?;
            return Ok(None);
        }
        if self.elsewhere.as_ref().is_none_or(|outcomes| !outcomes.rows().contains(&leader)) {
            self.elsewhere = self.stage.journal_with(leader)?;
        }
        let found = match &self.elsewhere {
            Some(outcomes) => outcomes.outcome(leader)?,
            None => None,
        };
        Ok(Some(match found.filter(|outcome| outcome.class == Class::Kept) {
            Some(found) => Step::Known(shard, as_twin(&row, &found, now)),
            None => Step::Visit(shard, row),
        }))
    }

    /// The shards whose rows others wait for.
    pub(crate) fn waiting(&self) -> Vec<u32> {
        self.waiting.numbers()
    }

    /// The rows that wait for rows of this shard.
    pub(crate) fn waiting_on(
        &mut self,
        shard: u32,
    ) -> Result<impl Iterator<Item = Result<Waiting, Failure>> + use<>, Failure> {
        self.waiting.lines::<Waiting>(shard)
    }

    /// Nothing waits any longer.
    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
    }
}

/// What a row gets whose address was fetched for another.
fn as_twin(row: &Row, found: &Outcome, now: &str) -> Outcome {
    let mut outcome = Outcome { place: row.number, at: now.to_owned(), attempts: 0, ..found.clone() };
    let Some(record) = &mut outcome.record else { return outcome };
    if let Some(wanted) = row.sha256
        && record.sha256 != hex::encode(wanted)
    {
        let class = Class::Fetch(pixmo_fetch::Class::HashMismatch);
        let detail = format!("its sha256 is `{}`, expected `{}`", record.sha256, hex::encode(wanted));
        return Outcome::nothing(row, class, now, detail);
    }
    let licence = Licence::from_json(&record.licence_evidence).in_row(row.licence.as_deref());
    (record.licence, record.licence_evidence) = (licence.name(), licence.to_json());
    record.row = i64::try_from(row.number + 1).unwrap_or(i64::MAX);
    record.file = row.file.clone();
    record.other = serde_json::Value::Object(row.other.clone()).to_string();
    outcome
}
