//! The one place where requests wait for the model.
//!
//! A [`Place`] is taken before anything costly is done for a request, and there are so many and no more. A request that is
//! handed in gives a [`Ticket`], which gives the answer piece by piece. Whoever drops the ticket has gone away: the request
//! leaves the queue at once, or is ended at its next token, and its place is free.
//!
//! The model works on a thread of its own, on one group of requests after the other.

mod figures;

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use pixmo_molmo::CaptionerError;
use pixmo_molmo::captioner::{Finish, Flow, Reply, Request, Token};
use tokio::sync::mpsc;

pub use figures::Figures;

/// What answers: the model, or something that stands for it in a test.
pub type Answers =
    dyn FnMut(&[Request], &mut dyn FnMut(usize, &Token) -> Flow) -> Result<Vec<Reply>, CaptionerError> + Send;

/// How many requests there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many are answered side by side.
    pub batch: usize,
    /// How many may wait beside those.
    pub waiting: usize,
    /// Most tokens of an answer, whatever a request asks for: those that fit into the model.
    pub tokens_max: usize,
}

/// Why a request is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// All places are taken.
    #[error("all {places} places are taken")]
    Full {
        /// How many there are.
        places: usize,
    },
    /// The server stops, or its model does not work any more.
    #[error("no more requests are taken")]
    Closed,
}

/// What comes of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// More of the answer; never empty.
    Piece(String),
    /// The answer is complete.
    Done(Reply),
    /// The request cannot be answered, for this reason.
    Refused(String),
    /// The answer was broken off because the server stops.
    CutOff,
    /// The model failed, which is a fault of ours; the log has the cause.
    Broken,
}

/// The queue and the thread of the model.
#[derive(Debug)]
pub struct Desk {
    shared: Arc<Shared>,
    limits: Limits,
    thread: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    bell: Condvar,
    figures: Figures,
}

#[derive(Debug, Default)]
struct State {
    waiting: VecDeque<Job>,
    places_taken: usize,
    next_number: u64,
    /// Nothing more is taken; what waits is still answered.
    is_closed: bool,
    /// What is under way is broken off.
    is_cut: bool,
}

#[derive(Debug)]
struct Job {
    number: u64,
    request: Request,
    waiter: Waiter,
}

/// Who waits for an answer.
#[derive(Debug)]
struct Waiter {
    events: mpsc::Sender<Event>,
    is_gone: Arc<AtomicBool>,
}

/// Room for one request.
#[derive(Debug)]
pub struct Place {
    shared: Arc<Shared>,
    tokens_max: usize,
}

/// A request that was handed in, with its place.
#[derive(Debug)]
pub struct Ticket {
    number: u64,
    events: mpsc::Receiver<Event>,
    is_gone: Arc<AtomicBool>,
    place: Place,
}

impl Desk {
    /// Opens the desk.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn open(answers: Box<Answers>, limits: Limits) -> std::io::Result<Desk> {
        let shared =
            Arc::new(Shared { state: Mutex::default(), bell: Condvar::new(), figures: Figures::default() });
        let (working, batch) = (Arc::clone(&shared), limits.batch.max(1));
        let thread = std::thread::Builder::new()
            .name("pixmo-model".to_owned())
            .spawn(move || working.work(answers, batch))?;
        Ok(Desk { shared, limits, thread: Mutex::new(Some(thread)) })
    }

    /// Takes a place.
    ///
    /// # Errors
    /// There is none.
    pub fn place(&self) -> Result<Place, Refused> {
        let places = self.places();
        let mut state = self.shared.state();
        if state.is_closed {
            return Err(Refused::Closed);
        }
        if state.places_taken >= places {
            return Err(Refused::Full { places });
        }
        state.places_taken += 1;
        Ok(Place { shared: Arc::clone(&self.shared), tokens_max: self.limits.tokens_max })
    }

    /// How many requests there may be at once.
    #[must_use]
    pub fn places(&self) -> usize {
        self.limits.batch.max(1) + self.limits.waiting
    }

    /// How many there are.
    #[must_use]
    pub fn places_taken(&self) -> usize {
        self.shared.state().places_taken
    }

    /// Whether requests are still taken.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.shared.state().is_closed
    }

    /// What was counted so far.
    #[must_use]
    pub fn figures(&self) -> &Figures {
        &self.shared.figures
    }

    /// Takes no more requests; those that are here are answered.
    pub fn close(&self) {
        self.shared.state().is_closed = true;
        self.shared.bell.notify_all();
    }

    /// Breaks off what is under way, too, and waits until the model has let go of it.
    pub fn cut_off(&self) {
        {
            let mut state = self.shared.state();
            (state.is_closed, state.is_cut) = (true, true);
        }
        self.shared.bell.notify_all();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            // A panic was logged where it happened.
            let _ended = thread.join();
        }
    }
}

impl Place {
    /// Hands a request in.
    #[must_use]
    pub fn ask(self, mut request: Request) -> Ticket {
        request.sampling.tokens_max = request.sampling.tokens_max.min(self.tokens_max);
        // Room for every token and for how it ended, so that a client who reads slowly never holds up the model.
        let (events, receiver) = mpsc::channel(request.sampling.tokens_max.saturating_add(2));
        let is_gone = Arc::new(AtomicBool::new(false));
        let mut state = self.shared.state();
        let number = state.next_number;
        state.next_number += 1;
        let waiter = Waiter { events, is_gone: Arc::clone(&is_gone) };
        state.waiting.push_back(Job { number, request, waiter });
        drop(state);
        self.shared.bell.notify_all();
        Ticket { number, events: receiver, is_gone, place: self }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.shared.state().places_taken -= 1;
    }
}

impl Ticket {
    /// What comes next; [`Event::Broken`] if the model went away without a word.
    pub async fn next(&mut self) -> Event {
        self.events.recv().await.unwrap_or(Event::Broken)
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.is_gone.store(true, Ordering::Relaxed);
        let mut state = self.place.shared.state();
        let before = state.waiting.len();
        state.waiting.retain(|job| job.number != self.number);
        if state.waiting.len() < before {
            self.place.shared.figures.left.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The thread of the model.
    fn work(&self, mut answers: Box<Answers>, batch: usize) {
        while let Some(jobs) = self.take(batch) {
            self.figures.working.store(jobs.len() as u64, Ordering::Relaxed);
            let (waiters, requests) = jobs.into_iter().map(|job| (job.waiter, job.request)).unzip();
            self.answer(&mut *answers, waiters, requests);
            self.figures.working.store(0, Ordering::Relaxed);
        }
    }

    /// The next requests; `None` when there will be no more.
    fn take(&self, batch: usize) -> Option<Vec<Job>> {
        let mut state = self.state();
        loop {
            if state.is_cut {
                for job in state.waiting.drain(..) {
                    job.waiter.tell(Event::CutOff);
                }
                return None;
            }
            if !state.waiting.is_empty() {
                let count = batch.min(state.waiting.len());
                return Some(state.waiting.drain(..count).collect());
            }
            if state.is_closed {
                return None;
            }
            state = self.bell.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Answers some requests side by side. Where one of them cannot be answered, it is told so, and the others are asked
    /// anew: the model begins with none if it cannot begin with all.
    fn answer(&self, answers: &mut Answers, mut waiters: Vec<Waiter>, mut requests: Vec<Request>) {
        while !waiters.is_empty() {
            let mut on_token = |row: usize, token: &Token| self.on_token(&waiters[row], token);
            let answered = catch_unwind(AssertUnwindSafe(|| answers(&requests, &mut on_token)));
            match answered {
                Ok(Ok(replies)) => {
                    for (waiter, reply) in waiters.iter().zip(replies) {
                        self.done(waiter, reply);
                    }
                    return;
                }
                Ok(Err(CaptionerError::Request { request, fault }))
                    if (1..=waiters.len()).contains(&request) =>
                {
                    self.figures.refused.fetch_add(1, Ordering::Relaxed);
                    requests.remove(request - 1);
                    waiters.remove(request - 1).tell(Event::Refused(fault));
                }
                Ok(Err(error)) => {
                    tracing::error!(error = crate::sources::in_a_line(&error), "the model failed");
                    waiters.drain(..).for_each(|waiter| waiter.tell(Event::Broken));
                }
                Err(_) => {
                    tracing::error!(requests = requests.len(), "the model panicked");
                    waiters.drain(..).for_each(|waiter| waiter.tell(Event::Broken));
                }
            }
        }
    }

    fn on_token(&self, waiter: &Waiter, token: &Token) -> Flow {
        self.figures.tokens.fetch_add(1, Ordering::Relaxed);
        if waiter.is_gone.load(Ordering::Relaxed) || self.state().is_cut {
            return Flow::Stop;
        }
        if !token.text.is_empty() {
            waiter.tell(Event::Piece(token.text.clone()));
        }
        Flow::Go
    }

    fn done(&self, waiter: &Waiter, reply: Reply) {
        if waiter.is_gone.load(Ordering::Relaxed) {
            self.figures.left.fetch_add(1, Ordering::Relaxed);
            return;
        }
        if reply.finish == Finish::Cancelled {
            waiter.tell(Event::CutOff);
            return;
        }
        self.figures.answered.fetch_add(1, Ordering::Relaxed);
        self.figures.prompt_tokens.fetch_add(reply.prompt_tokens as u64, Ordering::Relaxed);
        waiter.tell(Event::Done(reply));
    }
}

impl Waiter {
    /// Tells something, if anybody still waits. There is room for all that can be told.
    fn tell(&self, event: Event) {
        if self.events.try_send(event).is_err() {
            self.is_gone.store(true, Ordering::Relaxed);
        }
    }
}
