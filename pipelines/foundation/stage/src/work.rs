//! The loop: worker threads take tasks in order, each finished task goes into the journal of its shard, whoever
//! finishes the last task of a shard writes its files, and one thread gives finished files their names.
//!
//! Tasks are handed out in order, so at most one shard more than there are workers is open at a time. Nothing of a
//! row is kept in memory once it is in its journal.

use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use pixmo_console::{Counts, Event, Failure, Interrupt, Progress};
use pixmo_shards::journal::Entry;
use pixmo_shards::{Disk, Journal, JournalHead, Sidecar};

use crate::claim::journal_name;
use crate::failures;
use crate::finish::{WrittenShard, encode, write_shard};
use crate::plan::Shard;
use crate::request::Request;
use crate::stage::{Outcome, Reason, Stage};
use crate::task::{Group, Task, Worker, task_id};

/// Finished shards that wait for their names.
const COMMITS_WAITING_MAX: usize = 2;
/// Layout engines recurse deeply.
pub(crate) const STACK_BYTES: usize = 16 << 20;

/// How the loop ended.
#[derive(Debug)]
pub(crate) struct Ended {
    /// The shards that were finished now.
    pub(crate) finished: BTreeMap<u32, Sidecar>,
    /// The counts of this and earlier runs.
    pub(crate) counts: Counts,
    /// Whether someone asked to stop before all was done.
    pub(crate) interrupted: bool,
    /// What stopped the loop, if something failed.
    pub(crate) failure: Option<Failure>,
}

/// One run of the loop.
pub(crate) struct Work<'a, S: Stage> {
    request: &'a Request<S>,
    disk: Disk,
    progress: &'a Progress,
    interrupt: Interrupt,
    settings_hash: String,
    feed: Mutex<Feed<'a>>,
    stopped: AtomicBool,
    failure: Mutex<Option<Failure>>,
    counts: Mutex<Counts>,
    finished: Mutex<BTreeMap<u32, Sidecar>>,
}

/// What is still to be handed out.
#[derive(Default)]
struct Feed<'a> {
    shards: VecDeque<&'a Shard>,
    current: Option<(Arc<OpenShard<'a>>, Pending)>,
    /// All shards that were opened in this run; their journals are forced to the disk when a run is stopped.
    opened: Vec<Arc<OpenShard<'a>>>,
}

/// A shard some of whose tasks are not finished.
struct OpenShard<'a> {
    shard: &'a Shard,
    journal: Mutex<Journal>,
    journal_path: PathBuf,
    left: AtomicU64,
}

/// The tasks of a shard that nobody has taken yet: part, and number in its group.
type Pending = VecDeque<(usize, u64)>;

/// What a worker does next.
enum Job<'a> {
    Make(Arc<OpenShard<'a>>, usize, u64),
    Write(Arc<OpenShard<'a>>),
}

type Commit<'a> = (Arc<OpenShard<'a>>, WrittenShard);

impl<'a, S: Stage> Work<'a, S> {
    pub(crate) fn new(
        request: &'a Request<S>,
        todo: &[u32],
        before: Counts,
        progress: &'a Progress,
        interrupt: Interrupt,
    ) -> Work<'a, S> {
        let shards = todo.iter().map(|shard| &request.shards[*shard as usize]).collect();
        Work {
            request,
            disk: request.into.disk().clone(),
            progress,
            interrupt,
            settings_hash: request.begun.hash(),
            feed: Mutex::new(Feed { shards, ..Feed::default() }),
            stopped: AtomicBool::new(false),
            failure: Mutex::new(None),
            counts: Mutex::new(before),
            finished: Mutex::new(BTreeMap::new()),
        }
    }

    /// Runs until all is done, someone asks to stop, or something fails.
    pub(crate) fn run(self) -> Ended {
        let (sender, receiver) = sync_channel(COMMITS_WAITING_MAX);
        thread::scope(|scope| {
            let name = |what: &str| thread::Builder::new().name(what.to_owned()).stack_size(STACK_BYTES);
            let work = &self;
            let committer = name("pixmo-commit").spawn_scoped(scope, move || work.commit_all(&receiver));
            if let Err(error) = committer {
                self.fail(no_thread(&error));
            }
            for worker in 0..self.request.jobs {
                let sender = sender.clone();
                let spawned =
                    name(&format!("pixmo-worker-{worker}")).spawn_scoped(scope, move || work.work(&sender));
                if let Err(error) = spawned {
                    self.fail(no_thread(&error));
                }
            }
            drop(sender);
        });
        self.end()
    }

    fn end(self) -> Ended {
        let mut failure = self.failure.into_inner().unwrap_or_else(PoisonError::into_inner);
        let finished = self.finished.into_inner().unwrap_or_else(PoisonError::into_inner);
        let feed = self.feed.into_inner().unwrap_or_else(PoisonError::into_inner);
        let unfinished = || feed.opened.iter().filter(|open| !finished.contains_key(&open.shard.index));
        let is_done = feed.shards.is_empty() && feed.current.is_none() && unfinished().next().is_none();
        for open in unfinished() {
            if let Err(error) = lock(&open.journal).sync() {
                failure.get_or_insert(failures::of_journal(error));
            }
        }
        let counts = *lock(&self.counts);
        let interrupted = !is_done && failure.is_none();
        Ended { finished, counts, interrupted, failure }
    }

    /// The life of a worker thread.
    fn work(&self, commits: &SyncSender<Commit<'a>>) {
        let mut worker = Worker::new();
        while let Some(job) = self.next_job() {
            let done = catch_unwind(AssertUnwindSafe(|| match job {
                Ok(Job::Make(open, part, index)) => self.make(open, part, index, &mut worker, commits),
                Ok(Job::Write(open)) => self.write(open, commits),
                Err(failure) => Err(failure),
            }));
            match done {
                Ok(Ok(())) => {}
                Ok(Err(failure)) => self.fail(failure),
                Err(panic) => self.fail(of_panic(panic.as_ref(), "a worker")),
            }
        }
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed) || self.interrupt.is_requested()
    }

    fn fail(&self, failure: Failure) {
        self.stopped.store(true, Ordering::Relaxed);
        // The first failure is the cause; those after it are usually its echo.
        lock(&self.failure).get_or_insert(failure);
    }

    fn next_job(&self) -> Option<Result<Job<'a>, Failure>> {
        let mut feed = lock(&self.feed);
        loop {
            if self.is_stopped() {
                return None;
            }
            if let Some((open, pending)) = &mut feed.current {
                if let Some((part, index)) = pending.pop_front() {
                    let open = Arc::clone(open);
                    if pending.is_empty() {
                        feed.current = None;
                    }
                    return Some(Ok(Job::Make(open, part, index)));
                }
                feed.current = None;
            }
            let shard = feed.shards.pop_front()?;
            match self.open(shard) {
                Err(failure) => return Some(Err(failure)),
                Ok((open, pending)) => {
                    feed.opened.retain(|open| !lock(&self.finished).contains_key(&open.shard.index));
                    feed.opened.push(Arc::clone(&open));
                    if pending.is_empty() {
                        return Some(Ok(Job::Write(open)));
                    }
                    feed.current = Some((open, pending));
                }
            }
        }
    }

    /// Opens the journal of a shard and finds the tasks that are left.
    fn open(&self, shard: &'a Shard) -> Result<(Arc<OpenShard<'a>>, Pending), Failure> {
        let slug = S::DATASET.slug();
        let head = JournalHead::new(slug, shard.index, self.request.begun.shards, &self.settings_hash);
        let journal_path = self.request.work.join(journal_name(shard.index));
        let (journal, recovery) =
            Journal::open(&self.disk, &journal_path, &head).map_err(failures::of_journal)?;
        if recovery.cut_bytes > 0 {
            let message = format!(
                "the journal of shard {} of `{slug}` was cut back to its last whole entry: {} bytes after {} tasks were not whole",
                shard.index, recovery.cut_bytes, recovery.entries
            );
            let hint = Some("the tasks that stood there are done again".to_owned());
            self.progress.tell(Event::Warned { message, hint });
        }
        let mut pending = VecDeque::new();
        let mut before = Counts::default();
        for (number, part) in shard.parts.iter().enumerate() {
            for index in part.tasks.clone() {
                match journal.kept(&task_id(part.config, part.split, index)) {
                    None => pending.push_back((number, index)),
                    Some(kept) => count(&mut before, kept),
                }
            }
        }
        self.count(before);
        let left = AtomicU64::new(pending.len() as u64);
        Ok((Arc::new(OpenShard { shard, journal: Mutex::new(journal), journal_path, left }), pending))
    }

    fn make(
        &self,
        open: Arc<OpenShard<'a>>,
        part: usize,
        index: u64,
        worker: &mut Worker,
        commits: &SyncSender<Commit<'a>>,
    ) -> Result<(), Failure> {
        let part = &open.shard.parts[part];
        let group = Group { config: part.config, split: part.split, tasks: part.tasks.end };
        let task = Task::new(self.request.begun.seed, S::DATASET, &group, index);
        let _span = tracing::info_span!(
            "task",
            dataset = S::DATASET.slug(),
            shard = open.shard.index,
            task = task.id
        )
        .entered();
        let entry = make_entry(&self.request.stage, &task, worker)?;
        let kept = matches!(entry, Entry::Keep(_));
        let mut journal = lock(&open.journal);
        if let Err(error) = journal.add(&task.id, &entry) {
            // Reported while the lock is held: a failed journal refuses the next entry, and that is not the cause.
            self.fail(failures::of_journal(error));
            return Ok(());
        }
        drop(journal);
        let mut made = Counts::default();
        count(&mut made, kept);
        self.count(made);
        if open.left.fetch_sub(1, Ordering::AcqRel) == 1 { self.write(open, commits) } else { Ok(()) }
    }

    fn write(&self, open: Arc<OpenShard<'a>>, commits: &SyncSender<Commit<'a>>) -> Result<(), Failure> {
        let request = self.request;
        let mut journal = lock(&open.journal);
        let written =
            write_shard(&request.stage, &request.begun, open.shard, &mut journal, &self.disk, &request.work)?;
        drop(journal);
        // The committer only goes away after a failure, which it has reported.
        let _reported = commits.send((open, written));
        Ok(())
    }

    /// The life of the thread that gives finished files their names. It waits for the disk or the network, so that no
    /// worker has to.
    fn commit_all(&self, commits: &Receiver<Commit<'a>>) {
        for (open, written) in commits {
            if let Err(failure) = self.commit(&open, written) {
                self.fail(failure);
                return;
            }
        }
    }

    fn commit(&self, open: &OpenShard<'a>, written: WrittenShard) -> Result<(), Failure> {
        let into = &self.request.into;
        for file in &written.files {
            into.put_file(&file.entry.path, &file.temp).map_err(failures::of_place)?;
        }
        let sidecar = written.sidecar;
        into.put_atomic(&sidecar.path(), &sidecar.to_bytes()).map_err(failures::of_place)?;
        self.disk.remove(&open.journal_path).map_err(|error| {
            let path = open.journal_path.display().to_string();
            failures::of_place(pixmo_shards::LocationError::from_io("delete", path, error))
        })?;
        self.request.stage.finished(open.shard)?;
        let event = Event::ShardFinished {
            shard: sidecar.shard.into(),
            rows: sidecar.rows,
            dropped: sidecar.dropped(),
            bytes: sidecar.files.iter().map(|file| file.bytes).sum(),
        };
        lock(&self.finished).insert(sidecar.shard, sidecar);
        self.count(Counts { shards_finished: 1, ..Counts::default() });
        self.progress.tell(event);
        Ok(())
    }

    fn count(&self, more: Counts) {
        let mut counts = lock(&self.counts);
        counts.shards_finished += more.shards_finished;
        counts.tasks_finished += more.tasks_finished;
        counts.rows += more.rows;
        counts.dropped += more.dropped;
        let now = *counts;
        drop(counts);
        self.progress.tell(Event::Moved(now));
    }
}

/// Makes one task; what it gave, as the journal keeps it.
pub(crate) fn make_entry<S: Stage>(stage: &S, task: &Task, worker: &mut Worker) -> Result<Entry, Failure> {
    let place = || format!("task {}/{}", S::DATASET, task.id);
    let made = catch_unwind(AssertUnwindSafe(|| stage.make(task, worker)));
    match made {
        Err(panic) => Err(of_panic(panic.as_ref(), &format!("`{}`", S::PROGRAM)).at(place())),
        Ok(Err(failure)) if failure.at.is_none() => Err(failure.at(place())),
        Ok(Err(failure)) => Err(failure),
        Ok(Ok(Outcome::Drop(reason))) => Ok(Entry::Drop(reason.name().to_owned())),
        Ok(Ok(Outcome::Keep(row))) => Ok(Entry::Keep(encode::<S>(&task.id, &row)?)),
    }
}

fn count(counts: &mut Counts, kept: bool) {
    counts.tasks_finished += 1;
    counts.rows += u64::from(kept);
    counts.dropped += u64::from(!kept);
}

fn of_panic(panic: &(dyn std::any::Any + Send), who: &str) -> Failure {
    let words = match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        (Some(text), _) => (*text).to_owned(),
        (None, Some(text)) => text.clone(),
        (None, None) => "a panic without words".to_owned(),
    };
    Failure::bug(format!("a bug in {who}: {words}"))
        .hint("please report it with this text; what was finished before is safe")
}

fn no_thread(error: &std::io::Error) -> Failure {
    Failure::world("cannot start a thread").cause(error).hint("try fewer with `--jobs`")
}

/// A panic while a lock was held stops the run anyway; what the lock guards is still whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
