//! Everything that can be checked with the public key alone, in one pass over the log.
//!
//! Memory: 24 bytes a row, 48 bytes a receipt (to find what was used twice), and one bundle. Signatures are checked many
//! at a time ([`crate::batch`]).

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use pixmo_schemas::Sha256;
use pixmo_schemas::receipt::{Origin, Statement, SubjectName};

use crate::batch::Batch;
use crate::check;
use crate::fault::{Fault, Place, Wrong};
use crate::leaf::{Leaf, Reason};
use crate::log::tiles::TILE_WIDTH;
use crate::log::{Checkpoint, LogError, Store, tree};
use crate::openings::{self, Opening};
use crate::published::Published;
use crate::rows::{Print, RowDigests, Rows};

/// Rows of which it is said in detail what is wrong with them; more are only counted.
pub const SUSPECTS_MAX: usize = 1000;

/// What was seen.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Entries of the log whose hashes were made again.
    pub entries: u64,
    /// Receipts that were opened.
    pub receipts: u64,
    /// Of these, how many are of live takes.
    pub live: u64,
    /// Of these, how many are of files that were there already.
    pub imported: u64,
    /// Receipts that were taken back.
    pub erased: u64,
    /// Changes of keys.
    pub rotations: u64,
    /// Rows that were compared.
    pub rows: u64,
    /// Rows that are not as their receipts say.
    pub rows_wrong: u64,
    /// What is wrong with the first of them, by entry. The caller, who knows where the rows stand, names them.
    pub suspects: BTreeMap<u64, Suspect>,
}

/// Why a row is not believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suspect {
    /// It does not say what its receipt says.
    Differs(Box<RowDigests>),
    /// Two rows name the entry.
    Twice,
    /// Its receipt was taken back.
    Erased(Option<Reason>),
    /// Its receipt is there but does not hold, which is told already.
    Broken,
    /// The entry is no receipt.
    NoReceipt,
}

impl Suspect {
    /// What is wrong with a row, now that it is at hand; `None` if nothing is, or it is told already.
    #[must_use]
    pub fn judge(&self, row: &RowDigests, size: u64) -> Option<Wrong> {
        match self {
            Suspect::Differs(receipt) => row
                .difference(receipt)
                .map(|(field, found, expected)| Wrong::Differs { field, found, expected }),
            Suspect::Twice => Some(Wrong::RowTwice),
            Suspect::Erased(reason) => Some(Wrong::Erased { reason: *reason }),
            Suspect::Broken => None,
            Suspect::NoReceipt => Some(Wrong::NoReceipt { size }),
        }
    }
}

/// Checks a log, the receipts beside it, and the rows that name them. Each thing that is wrong is told; `see` is given
/// every receipt of which everything but its signature holds.
///
/// # Errors
/// When a file cannot be read; or what `tell` returns.
pub fn verify<S: Store>(
    published: &Published<S>,
    earlier: &[Checkpoint],
    rows: Rows,
    see: &mut dyn FnMut(u64, &Statement),
    tell: &mut dyn FnMut(Fault),
) -> Result<Report, LogError> {
    for checkpoint in earlier {
        if !continues(published, checkpoint)? {
            let wrong = Wrong::Inconsistent { size: checkpoint.size };
            tell(Fault { place: Place::Log, wrong });
        }
    }
    let mut pass = Pass::new(published, rows.sorted());
    let mut damage = Vec::new();
    let log = published.log();
    let audit = log.audit_all(
        |index, bytes| pass.entry(index, bytes, see, tell),
        |error| {
            damage.push(error.to_string());
            Ok(())
        },
    )?;
    for what in damage {
        tell(Fault { place: Place::Log, wrong: Wrong::Damaged(what) });
    }
    pass.report.entries = audit.entries;
    pass.end(tell)
}

/// Whether the log begins with the earlier one.
fn continues<S: Store>(published: &Published<S>, earlier: &Checkpoint) -> Result<bool, LogError> {
    let now = published.checkpoint();
    match published.log().consistency(earlier.size) {
        Ok(proof) => Ok(tree::continues(&earlier.root, earlier.size, &now.root, now.size, &proof)),
        Err(LogError::Beyond { .. } | LogError::Missing { .. } | LogError::Damaged { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

struct Pass<'p, S> {
    published: &'p Published<S>,
    report: Report,
    batches: Vec<Batch>,
    bundle: BTreeMap<u64, Opening>,
    /// The bundle could not be read, so that its receipts are not said to be missing too.
    bundle_damaged: bool,
    last_at: Option<Timestamp>,
    takes: Vec<(u64, u64)>,
    audios: Vec<(u64, u64)>,
    nonces: Vec<(u64, u64)>,
    /// Receipts that nothing opens.
    closed: BTreeSet<u64>,
    tombstones: BTreeMap<u64, (u64, Timestamp, Reason)>,
    rows: Vec<(u64, Print)>,
    row: usize,
    rotations: Vec<u64>,
}

impl<'p, S: Store> Pass<'p, S> {
    fn new(published: &'p Published<S>, rows: Vec<(u64, Print)>) -> Pass<'p, S> {
        let tenures = published.keyring().tenures();
        Pass {
            published,
            report: Report { rows: rows.len() as u64, ..Report::default() },
            batches: tenures.iter().map(|tenure| Batch::new(&tenure.key)).collect(),
            bundle: BTreeMap::new(),
            bundle_damaged: false,
            last_at: None,
            takes: Vec::new(),
            audios: Vec::new(),
            nonces: Vec::new(),
            closed: BTreeSet::new(),
            tombstones: BTreeMap::new(),
            rows,
            row: 0,
            rotations: Vec::new(),
        }
    }

    fn entry(
        &mut self,
        index: u64,
        bytes: &[u8],
        see: &mut dyn FnMut(u64, &Statement),
        tell: &mut dyn FnMut(Fault),
    ) -> Result<(), LogError> {
        let at = |wrong| Fault { place: Place::Leaf(index), wrong };
        if index.is_multiple_of(TILE_WIDTH) {
            self.load(index / TILE_WIDTH, tell)?;
        }
        let opening = self.bundle.remove(&index);
        match Leaf::parse(bytes) {
            Err(_) => tell(at(Wrong::Unknown)),
            Ok(Leaf::Tombstone { of, at: when, reason }) => {
                let earlier = of < index && !self.tombstones.contains_key(&of);
                if !earlier || self.tombstones.insert(of, (index, when, reason)).is_some() {
                    tell(at(Wrong::Tombstone { of }));
                }
            }
            Ok(Leaf::Rotation(envelope)) => {
                let listed = self.published.keyring().rotations().iter().find(|r| r.index == index);
                if listed.is_none_or(|listed| listed.envelope.to_json() != envelope) {
                    tell(at(Wrong::Rotation));
                }
                self.rotations.push(index);
                self.report.rotations += 1;
            }
            Ok(Leaf::Receipt(commitment)) => match opening {
                None if self.bundle_damaged => self.rows_of(index, &Suspect::Broken),
                None => {
                    self.closed.insert(index);
                }
                Some(opening) => match self.receipt(index, &commitment, &opening, tell) {
                    Ok(statement) => see(index, &statement),
                    Err(wrong) => {
                        self.rows_of(index, &Suspect::Broken);
                        tell(at(wrong));
                    }
                },
            },
        }
        Ok(())
    }

    fn load(&mut self, bundle: u64, tell: &mut dyn FnMut(Fault)) -> Result<(), LogError> {
        self.bundle_damaged = false;
        self.bundle = match openings::read_bundle(self.published.store(), bundle) {
            Ok(openings) => openings,
            Err(error @ LogError::Damaged { .. }) => {
                tell(Fault { place: Place::Log, wrong: Wrong::Damaged(error.to_string()) });
                self.bundle_damaged = true;
                BTreeMap::new()
            }
            Err(error) => return Err(error),
        };
        Ok(())
    }

    fn receipt(
        &mut self,
        index: u64,
        commitment: &Sha256,
        opening: &Opening,
        tell: &mut dyn FnMut(Fault),
    ) -> Result<Statement, Wrong> {
        let opened = check::open(index, commitment, opening, self.published.keyring())?;
        let check::Opened { statement, envelope_sha256, unsealed } = opened;
        if let Some(batch) = self.batches.iter_mut().find(|batch| batch.key() == unsealed.key) {
            batch.push(index, &unsealed.signed, &unsealed.signature);
        }
        let predicate = &statement.predicate;
        if let Some(before) = self.last_at.filter(|before| predicate.issued_at < *before) {
            let wrong = Wrong::Order { found: predicate.issued_at, before };
            tell(Fault { place: Place::Leaf(index), wrong });
        }
        self.last_at = self.last_at.max(Some(predicate.issued_at));
        self.report.receipts += 1;
        match predicate.origin {
            Origin::Live => self.report.live += 1,
            Origin::Imported => self.report.imported += 1,
        }
        self.takes.push((short(&Sha256::of(predicate.take.as_bytes())), index));
        if let Some(audio) = statement.digest_of(SubjectName::Audio) {
            self.audios.push((short(&audio), index));
        }
        if let Some(session) = &predicate.session {
            self.nonces.push((short(&Sha256::of(session.nonce.as_bytes())), index));
        }
        if let Some(digests) = self.next_row(index).and_then(|_| RowDigests::of(&statement, envelope_sha256))
        {
            let print = digests.print();
            let fits = self.rows[self.row].1 == print;
            let twice = self.rows.get(self.row + 1).is_some_and(|(leaf, _)| *leaf == index);
            if twice {
                self.rows_of(index, &Suspect::Twice);
            } else if fits {
                self.row += 1;
            } else {
                self.rows_of(index, &Suspect::Differs(Box::new(digests)));
            }
        }
        Ok(statement)
    }

    /// The next row, if it is about this entry. Rows of entries before it are about no receipt.
    fn next_row(&mut self, index: u64) -> Option<()> {
        while let Some(&(leaf, _)) = self.rows.get(self.row) {
            if leaf >= index {
                return (leaf == index).then_some(());
            }
            if self.closed.contains(&leaf) {
                self.row += 1;
            } else {
                self.suspect(leaf, Suspect::NoReceipt);
            }
        }
        None
    }

    /// The rows about this entry, all of them for the same reason.
    fn rows_of(&mut self, index: u64, why: &Suspect) {
        while self.next_row(index).is_some() {
            self.suspect(index, why.clone());
        }
    }

    fn suspect(&mut self, leaf: u64, why: Suspect) {
        self.row += 1;
        self.report.rows_wrong += 1;
        if self.report.suspects.len() < SUSPECTS_MAX {
            self.report.suspects.entry(leaf).or_insert(why);
        }
    }

    fn end(mut self, tell: &mut dyn FnMut(Fault)) -> Result<Report, LogError> {
        for batch in &mut self.batches {
            let mut bad = batch.finish();
            bad.sort_unstable();
            for index in bad {
                tell(Fault { place: Place::Leaf(index), wrong: Wrong::Signature });
            }
        }
        self.next_row(u64::MAX);
        self.taken_back(tell)?;
        for rotated in self.published.keyring().rotations() {
            if !self.rotations.contains(&rotated.index) {
                tell(Fault { place: Place::Leaf(rotated.index), wrong: Wrong::Rotation });
            }
        }
        for (what, list) in [
            ("take", std::mem::take(&mut self.takes)),
            ("audio", std::mem::take(&mut self.audios)),
            ("nonce", std::mem::take(&mut self.nonces)),
        ] {
            self.unique(what, list, tell)?;
        }
        Ok(self.report)
    }

    /// Tombstones against what is there, and what is not there against tombstones.
    fn taken_back(&mut self, tell: &mut dyn FnMut(Fault)) -> Result<(), LogError> {
        for (of, (index, at, reason)) in std::mem::take(&mut self.tombstones) {
            if self.closed.remove(&of) {
                self.report.erased += 1;
                self.row_of_closed(of, Suspect::Erased(Some(reason)));
            } else if openings::read(self.published.store(), of).is_ok_and(|opening| opening.is_some()) {
                tell(Fault { place: Place::Leaf(of), wrong: Wrong::Unerased { reason, at } });
            } else {
                tell(Fault { place: Place::Leaf(index), wrong: Wrong::Tombstone { of } });
            }
        }
        for index in std::mem::take(&mut self.closed) {
            tell(Fault { place: Place::Leaf(index), wrong: Wrong::Missing });
            self.row_of_closed(index, Suspect::Broken);
        }
        Ok(())
    }

    /// A row about a receipt that is not there; it was passed over before.
    fn row_of_closed(&mut self, leaf: u64, why: Suspect) {
        let from = self.rows.partition_point(|(row, _)| *row < leaf);
        let count = self.rows[from..].iter().take_while(|(row, _)| *row == leaf).count();
        for _ in 0..count {
            self.suspect(leaf, why.clone());
        }
    }

    /// Only a part of each digest was kept, so what looks used twice is read again.
    fn unique(
        &self,
        what: &'static str,
        mut list: Vec<(u64, u64)>,
        tell: &mut dyn FnMut(Fault),
    ) -> Result<(), LogError> {
        list.sort_unstable();
        for same in list.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
            let mut seen: BTreeMap<String, u64> = BTreeMap::new();
            for &(_, index) in same {
                let Some(value) = self.value_of(what, index) else { continue };
                let first = *seen.entry(value).or_insert(index);
                if first != index {
                    tell(Fault { place: Place::Leaf(index), wrong: Wrong::Twice { what, first } });
                }
            }
        }
        Ok(())
    }

    fn value_of(&self, what: &str, index: u64) -> Option<String> {
        let opening = openings::read(self.published.store(), index).ok()??;
        let envelope = crate::envelope::Envelope::parse(opening.envelope.as_bytes()).ok()?;
        let keys: Vec<_> =
            self.published.keyring().tenures().iter().map(|tenure| tenure.key.clone()).collect();
        let (payload, _) = envelope.open(crate::envelope::IN_TOTO, &keys).ok()?;
        let statement: Statement = serde_json::from_slice(&payload).ok()?;
        match what {
            "take" => Some(statement.predicate.take),
            "audio" => statement.digest_of(SubjectName::Audio).map(|digest| digest.to_string()),
            _ => statement.predicate.session.map(|session| session.nonce),
        }
    }
}

fn short(digest: &Sha256) -> u64 {
    u64::from_be_bytes(digest.as_bytes()[..8].try_into().expect("a digest has 32 bytes"))
}
