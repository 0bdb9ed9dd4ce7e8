//! Named threads for work that keeps a processor busy, and a way to wait for it without blocking.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

use pixmo_console::Failure;
use tokio::sync::{mpsc, oneshot};

type Job = Box<dyn FnOnce() + Send>;

/// Some threads that do what they are asked, in order.
pub(crate) struct Crew {
    jobs: Option<mpsc::Sender<Job>>,
    threads: Vec<JoinHandle<()>>,
}

impl Crew {
    /// So many threads.
    pub(crate) fn new(threads: usize) -> Result<Crew, Failure> {
        let (jobs, queue) = mpsc::channel::<Job>(threads.max(1));
        let queue = Arc::new(Mutex::new(queue));
        let mut crew = Crew { jobs: Some(jobs), threads: Vec::new() };
        for number in 0..threads.max(1) {
            let queue = Arc::clone(&queue);
            let work = move || {
                loop {
                    // Who waits holds the queue; the others wait for it, which comes to the same.
                    let job = queue.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
                    match job {
                        Some(job) => job(),
                        None => return,
                    }
                }
            };
            let thread = Builder::new().name(format!("pixmo-picture-{number}")).spawn(work);
            crew.threads.push(thread.map_err(|error| {
                Failure::world("cannot start a thread").cause(&error).hint("try fewer with `--jobs`")
            })?);
        }
        Ok(crew)
    }

    /// Has something done, and waits for it.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let (done, answer) = oneshot::channel();
        let job: Job = Box::new(move || {
            // Whoever asked may have given up.
            let _unheard = done.send(work());
        });
        let gone = || Failure::bug("a thread that looks at pictures came to an end");
        let jobs = self.jobs.as_ref().ok_or_else(gone)?;
        jobs.send(job).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        self.jobs = None;
        for thread in self.threads.drain(..) {
            // A panic was told where it happened.
            let _ended = thread.join();
        }
    }
}
