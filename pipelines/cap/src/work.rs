//! The verb `work`: leases recordings from an annotation server, transcribes them, and hands the transcripts in.
//!
//! The contract is written down in `docs/work.md`; [`contract`] holds its messages and `server` asks. A lease that is lost is
//! no harm: the work is thrown away, and whoever has the lease now does it.

pub mod contract;
mod server;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use pixmo_console::{Console, Counts, Ending, Event, Failure, Interrupt, Progress, env, wording};

use crate::transcribe::{Ears, TakeError, Told, TranscribeArgs, digest, open_ears};
use contract::{Done, Failed, Job, Lease};
use server::{Server, Trouble};

/// Transcribe for an annotation server
///
/// Jobs are leased one at a time for each recording that is transcribed, and leases are renewed while work goes on, so that
/// any number of machines can work for one campaign. Stop with Ctrl-C: the recordings in flight are finished and handed in.
///
/// Example: `pixmo cap work https://annotate.example --model ggml-small.bin --key-env PIXMO_WORKER_KEY`
#[derive(clap::Args, Clone, Debug, Default)]
pub struct WorkArgs {
    /// The address of the server
    #[arg(value_name = "ADDRESS")]
    pub server: String,
    /// Take the model from this campaign file
    #[arg(long, value_name = "FILE")]
    pub campaign: Option<PathBuf>,
    /// Whisper model in the ggml form of whisper.cpp
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
    /// SHA-256 that the model must have
    #[arg(long, value_name = "HEX", requires = "model")]
    pub model_sha256: Option<String>,
    /// The environment variable that holds the worker's key
    #[arg(long, value_name = "NAME")]
    pub key_env: Option<String>,
    /// What the server calls this worker
    #[arg(long, value_name = "NAME", default_value = "worker")]
    pub name: String,
    /// Transcribe this many recordings at a time, by default one for each core
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<usize>,
    /// Threads for each recording, by default what --jobs leaves
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Keep recordings here while they are worked on
    #[arg(long, value_name = "DIR", default_value = "data/work/takes")]
    pub folder: PathBuf,
    /// Write down here what the model was asked, by default `data/ledgers/work-NAME.jsonl`
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    /// End when there is nothing to do, instead of waiting for more
    #[arg(long)]
    pub once: bool,
}

/// How long is waited for work if the server does not say.
const WAIT_USUAL: Duration = Duration::from_secs(5);
/// The longest wait between two questions for work.
const WAIT_MAX: Duration = Duration::from_secs(60);
/// How often it is looked whether someone asks to stop.
const LOOK: Duration = Duration::from_millis(100);

/// Runs the verb.
///
/// # Errors
/// A request failure if the model cannot be used or the server refuses the worker; a world failure if the server cannot be
/// reached.
pub fn run(args: &WorkArgs, console: &Console) -> Result<Ending, Failure> {
    let key = match &args.key_env {
        Some(name) => Some(env::secret(name).ok_or_else(|| {
            Failure::request(format!("there is no key: the variable `{name}` is not set"))
                .hint(format!("put the worker's key into `{name}`"))
        })?),
        None => None,
    };
    let told = Told::read(args.campaign.as_deref())?;
    let asked = TranscribeArgs {
        model: args.model.clone(),
        model_sha256: args.model_sha256.clone(),
        jobs: args.jobs,
        threads: args.threads,
        minutes_max: 240,
        ..TranscribeArgs::default()
    };
    let ledger = args.ledger.clone().unwrap_or_else(|| {
        let name = args.name.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
        PathBuf::from(format!("data/ledgers/work-{name}.jsonl"))
    });
    let ears = open_ears(&asked, &told, usize::MAX)?.with_ledger(&ledger, console.clock())?;
    std::fs::create_dir_all(&args.folder).map_err(|error| {
        Failure::world("cannot make the folder for recordings")
            .cause(&error)
            .at(args.folder.display().to_string())
    })?;
    let server = Server::new(&args.server, key)?;
    let progress = console.progress("work");
    progress.tell(Event::Begun { shards: 0, tasks: 0, seed: None, before: Counts::default() });
    let crew = Crew {
        args,
        ears: &ears,
        server: &server,
        interrupt: console.interrupt(),
        progress: &progress,
        is_stopped: AtomicBool::new(false),
        failure: Mutex::new(None),
        done: AtomicU64::new(0),
        failed: AtomicU64::new(0),
        lost: AtomicU64::new(0),
    };
    crew.work()
}

struct Crew<'a> {
    args: &'a WorkArgs,
    ears: &'a Ears,
    server: &'a Server,
    interrupt: Interrupt,
    progress: &'a Progress,
    is_stopped: AtomicBool,
    failure: Mutex<Option<Failure>>,
    done: AtomicU64,
    failed: AtomicU64,
    lost: AtomicU64,
}

impl Crew<'_> {
    fn work(&self) -> Result<Ending, Failure> {
        std::thread::scope(|scope| {
            for number in 0..self.ears.jobs {
                let thread = std::thread::Builder::new().name(format!("pixmo-work-{number}"));
                let spawned = thread.spawn_scoped(scope, move || {
                    if let Err(failure) = self.turn(number) {
                        self.is_stopped.store(true, Ordering::Relaxed);
                        self.failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(failure);
                    }
                });
                if let Err(error) = spawned {
                    self.is_stopped.store(true, Ordering::Relaxed);
                    let failure =
                        Failure::world("cannot start a thread").cause(&error).hint("try fewer with `--jobs`");
                    self.failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(failure);
                }
            }
        });
        let [done, failed, lost] =
            [&self.done, &self.failed, &self.lost].map(|count| count.load(Ordering::Relaxed));
        let mut dropped = std::collections::BTreeMap::new();
        for (name, count) in [("failed", failed), ("lease_lost", lost)] {
            if count > 0 {
                dropped.insert(name.to_owned(), count);
            }
        }
        if let Some(failure) = self.failure.lock().unwrap_or_else(PoisonError::into_inner).take() {
            return Err(failure.hint(format!("{} handed in before", wording::counted(done, "transcript"))));
        }
        self.progress.tell(Event::Finished { rows: done, dropped, bytes: 0, files: 0, into: None });
        Ok(if failed == 0 { Ending::Good } else { Ending::NotAllGood })
    }

    fn must_stop(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed) || self.interrupt.is_requested()
    }

    /// The life of a thread: lease, work, hand in.
    fn turn(&self, number: usize) -> Result<(), Failure> {
        while !self.must_stop() {
            let model = self.ears.ear.transcriber.model();
            let lease = Lease::new(&format!("{}-{number}", self.args.name), model);
            let leased = self.server.lease(&lease).map_err(Failure::from)?;
            match leased.jobs.into_iter().next() {
                Some(job) => self.one(&job)?,
                None if self.args.once => return Ok(()),
                None => {
                    self.wait(leased.retry_after_secs.map_or(WAIT_USUAL, Duration::from_secs).min(WAIT_MAX));
                }
            }
        }
        Ok(())
    }

    fn wait(&self, long: Duration) {
        let mut waited = Duration::ZERO;
        while waited < long && !self.must_stop() {
            std::thread::sleep(LOOK);
            waited += LOOK;
        }
    }

    fn one(&self, job: &Job) -> Result<(), Failure> {
        let path = self.args.folder.join(format!("{}.{}", job.audio.sha256, job.audio.extension()));
        let made = self.renewing(job, || self.make(job, &path));
        let is_transcript = matches!(made, Ok(Made::Transcript(_)));
        // The recording was lent.
        let _gone = std::fs::remove_file(&path);
        let handed_in = match made {
            Ok(Made::Transcript(transcript)) => {
                self.server.done(&job.id, &Done { lease: job.lease.clone(), transcript: *transcript })
            }
            Ok(Made::Nothing(failed)) => {
                self.failed.fetch_add(1, Ordering::Relaxed);
                self.server.failed(&job.id, &failed)
            }
            Err(trouble) => Err(trouble),
        };
        match handed_in {
            Ok(()) => self.done.fetch_add(u64::from(is_transcript), Ordering::Relaxed),
            Err(Trouble::LeaseLost) => self.lost.fetch_add(1, Ordering::Relaxed),
            Err(trouble) => return Err(trouble.into()),
        };
        let counts = Counts {
            tasks_finished: self.done.load(Ordering::Relaxed),
            rows: self.done.load(Ordering::Relaxed),
            ..Counts::default()
        };
        self.progress.tell(Event::Moved(counts));
        Ok(())
    }

    fn make(&self, job: &Job, path: &Path) -> Result<Made, Trouble> {
        let failed = |reason: &str, message: String, may_retry: bool| {
            let reason = reason.to_owned();
            Ok(Made::Nothing(Failed { lease: job.lease.clone(), reason, message, may_retry }))
        };
        self.server.recording(&job.id, &job.audio, path)?;
        let found = match digest(path) {
            Ok(found) => found,
            Err(error) => return failed(error.class(), error.to_string(), true),
        };
        if found != job.audio.sha256.to_string() {
            let message = format!("its sha256 is `{found}`, expected `{}`", job.audio.sha256);
            return failed("audio_differs", message, true);
        }
        match self.ears.hear(path, found) {
            Ok(Ok(transcript)) => Ok(Made::Transcript(Box::new(transcript))),
            Ok(Err(error)) => failed(error.class(), error.to_string(), matches!(error, TakeError::Engine(_))),
            Err(failure) => Err(Trouble::World(failure.to_string())),
        }
    }

    /// Renews the lease of a job while it is worked on.
    fn renewing<T: Send>(
        &self,
        job: &Job,
        work: impl FnOnce() -> Result<T, Trouble> + Send,
    ) -> Result<T, Trouble> {
        let (is_done, bell) = (Mutex::new(false), Condvar::new());
        // A third of the lease leaves two more attempts.
        let rhythm = Duration::from_secs((job.lease_secs / 3).max(1));
        std::thread::scope(|scope| {
            let renew = || {
                let mut done = is_done.lock().unwrap_or_else(PoisonError::into_inner);
                while !*done {
                    let (now, waited) =
                        bell.wait_timeout(done, rhythm).unwrap_or_else(PoisonError::into_inner);
                    done = now;
                    if waited.timed_out() && !*done {
                        drop(done);
                        // A lease that cannot be renewed is found out when the work is handed in.
                        let _renewed = self.server.extend(&job.id, &job.lease);
                        done = is_done.lock().unwrap_or_else(PoisonError::into_inner);
                    }
                }
            };
            let renewer =
                std::thread::Builder::new().name("pixmo-renew".to_owned()).spawn_scoped(scope, renew);
            let made = work();
            *is_done.lock().unwrap_or_else(PoisonError::into_inner) = true;
            bell.notify_all();
            match renewer {
                Ok(_) => made,
                Err(error) => Err(Trouble::World(format!("cannot start a thread: {error}"))),
            }
        })
    }
}

/// What became of a recording.
enum Made {
    Transcript(Box<crate::transcribe::TakeTranscript>),
    Nothing(Failed),
}
