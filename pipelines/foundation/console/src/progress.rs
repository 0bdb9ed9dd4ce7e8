//! Progress as events from a closed list; how they look is decided in `faces`.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::faces::{self, Bar, Face, Pace};
use crate::{Clock, Console};

/// What happened, in the words that every face understands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The work is known and begins.
    Begun {
        /// Shards in all, finished ones included.
        shards: u64,
        /// Tasks in all, finished ones included; 0 where there are only shards.
        tasks: u64,
        /// The seed, where the work has one.
        seed: Option<u64>,
        /// What earlier runs had finished.
        before: Counts,
    },
    /// The counts are now at least these; told after each task, by any thread, in any order.
    Moved(Counts),
    /// A shard is whole and in its place.
    ShardFinished {
        /// The number of the shard.
        shard: u64,
        /// Rows in it.
        rows: u64,
        /// Tasks that gave nothing.
        dropped: u64,
        /// Size of its files in bytes.
        bytes: u64,
    },
    /// Something is odd, but nothing is lost.
    Warned {
        /// What, as in an error.
        message: String,
        /// What to do about it.
        hint: Option<String>,
    },
    /// All is done. How long it took is known to the console.
    Finished {
        /// Rows in all.
        rows: u64,
        /// Tasks that gave nothing, by reason.
        dropped: BTreeMap<String, u64>,
        /// Size of all files in bytes.
        bytes: u64,
        /// Number of files.
        files: u64,
        /// Where they lie, if anything was written.
        into: Option<String>,
    },
    /// Someone asked to stop, the tasks in flight are finished, these counts are safe.
    Interrupted(Counts),
}

/// How far the work is; totals over all runs, not differences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Shards that are whole and in their place.
    pub shards_finished: u64,
    /// Tasks that gave rows or were dropped.
    pub tasks_finished: u64,
    /// Rows made.
    pub rows: u64,
    /// Tasks that gave nothing.
    pub dropped: u64,
}

impl Counts {
    /// The larger of each: events of several threads may arrive in any order.
    fn at_least(self, other: Counts) -> Counts {
        Counts {
            shards_finished: self.shards_finished.max(other.shards_finished),
            tasks_finished: self.tasks_finished.max(other.tasks_finished),
            rows: self.rows.max(other.rows),
            dropped: self.dropped.max(other.dropped),
        }
    }
}

/// Shows how far one piece of work is. Cheap to tell from any thread: drawing happens elsewhere, at its own pace.
///
/// Dropping it takes the bar away.
pub struct Progress {
    desk: Arc<Desk>,
    ticker: Mutex<Option<Ticker>>,
}

/// What the progress and its ticker share.
struct Desk {
    console: Console,
    title: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    seen: Option<Seen>,
    lines: Pace,
    objects: Pace,
    bar: Option<Bar>,
}

/// A moment of the work, with all that a face needs to describe it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub(crate) shards: u64,
    pub(crate) tasks: u64,
    pub(crate) before: Counts,
    pub(crate) counts: Counts,
    pub(crate) begun_at: Duration,
    pub(crate) elapsed: Duration,
}

impl Seen {
    /// Parts done and parts in all: tasks, or shards where the work has no tasks.
    pub(crate) fn done_of_all(&self) -> (u64, u64) {
        if self.tasks > 0 {
            (self.counts.tasks_finished.min(self.tasks), self.tasks)
        } else {
            (self.counts.shards_finished.min(self.shards), self.shards)
        }
    }

    fn done_before(&self) -> u64 {
        if self.tasks > 0 { self.before.tasks_finished } else { self.before.shards_finished }
    }

    /// Rows made in this run per second; `None` while there is too little to tell.
    pub(crate) fn rows_per_sec(&self) -> Option<f64> {
        let secs = self.elapsed.as_secs_f64();
        let rows = self.counts.rows.saturating_sub(self.before.rows);
        (secs >= 0.25 && rows > 0).then(|| rows as f64 / secs)
    }

    /// How long the rest takes at the pace of this run; `None` while there is too little to tell.
    pub(crate) fn left(&self) -> Option<Duration> {
        let (done, all) = self.done_of_all();
        let made = done.saturating_sub(self.done_before());
        if made == 0 || self.elapsed < Duration::from_secs(1) {
            return None;
        }
        let secs = self.elapsed.as_secs_f64() * (all - done) as f64 / made as f64;
        Duration::try_from_secs_f64(secs).ok()
    }

    /// Tenths of the work that are done.
    pub(crate) fn tenths(&self) -> u64 {
        let (done, all) = self.done_of_all();
        if all == 0 { 10 } else { (u128::from(done) * 10 / u128::from(all)) as u64 }
    }
}

impl Progress {
    pub(crate) fn new(console: &Console, title: &str) -> Self {
        let state = Mutex::new(State::default());
        let desk = Arc::new(Desk { console: console.clone(), title: title.to_owned(), state });
        Progress { desk, ticker: Mutex::new(None) }
    }

    /// Takes note of `event` and shows it, if it is time to.
    pub fn tell(&self, event: Event) {
        match event {
            Event::Begun { shards, tasks, seed, before } => self.begin(shards, tasks, seed, before),
            Event::Moved(counts) => self.desk.moved(counts),
            Event::ShardFinished { .. } => self.desk.object(&event),
            Event::Warned { ref message, ref hint } => {
                self.desk.object(&event);
                self.desk.console.warn(message, hint.as_deref());
            }
            Event::Finished { .. } | Event::Interrupted(_) => self.end(&event),
        }
    }

    fn begin(&self, shards: u64, tasks: u64, seed: Option<u64>, before: Counts) {
        let desk = &self.desk;
        let begun_at = desk.clock().now();
        let seen = Seen { shards, tasks, before, counts: before, begun_at, elapsed: Duration::ZERO };
        {
            let mut state = desk.state();
            *state = State { seen: Some(seen), ..State::default() };
            state.lines.begin(&seen, begun_at);
            state.objects.begin(&seen, begun_at);
        }
        desk.object(&Event::Begun { shards, tasks, seed, before });
        if desk.face() == Face::Lines {
            desk.say(&faces::begun_line(&desk.title, &seen, seed));
        }
        let is_shown = desk.face() != Face::None || desk.console.is_json();
        if is_shown && desk.clock().is_machine() {
            *self.ticker.lock().unwrap_or_else(PoisonError::into_inner) = Ticker::of(desk);
        }
    }

    fn end(&self, event: &Event) {
        self.stop_ticker();
        let desk = &self.desk;
        desk.console.shared.set_bar(None);
        let seen = {
            let mut state = desk.state();
            state.bar = None;
            if let Event::Interrupted(counts) = event
                && let Some(seen) = &mut state.seen
            {
                seen.counts = seen.counts.at_least(*counts);
            }
            desk.refreshed(&mut state)
        };
        desk.object(event);
        if let Some(seen) = seen
            && desk.face() != Face::None
        {
            desk.say(&faces::last_lines(&desk.title, &seen, event));
        }
    }

    fn stop_ticker(&self) {
        let ticker = self.ticker.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(ticker) = ticker {
            ticker.stop();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.stop_ticker();
        if self.desk.state().bar.take().is_some() {
            self.desk.console.shared.set_bar(None);
        }
    }
}

impl Desk {
    fn moved(&self, counts: Counts) {
        let mut state = self.state();
        if let Some(seen) = &mut state.seen {
            seen.counts = seen.counts.at_least(counts);
        }
        self.show_due(state);
    }

    /// Says a line or writes an object if one is due.
    fn show_due(&self, mut state: MutexGuard<'_, State>) {
        let Some(seen) = self.refreshed(&mut state) else { return };
        let now = self.clock().now();
        let is_line_due = self.face() == Face::Lines && state.lines.is_due(&seen, now, faces::LINES_EVERY);
        let is_object_due = self.console.is_json() && state.objects.is_due(&seen, now, faces::OBJECTS_EVERY);
        drop(state);
        if is_line_due {
            self.say(&faces::moved_line(&self.title, &seen));
        }
        if is_object_due {
            self.object(&Event::Moved(seen.counts));
        }
    }

    /// What happens at each tick: the bar is drawn; lines and objects that are due are written.
    fn tick(&self) {
        let mut state = self.state();
        if self.face() == Face::Bar
            && let Some(seen) = self.refreshed(&mut state)
            && seen.elapsed >= faces::BAR_AFTER
        {
            let bar = state.bar.get_or_insert_with(|| Bar::on(&self.console, &self.title, &seen)).clone();
            drop(state);
            bar.draw(&seen);
            state = self.state();
        }
        self.show_due(state);
    }

    /// The state of the work with the time brought up to now.
    fn refreshed(&self, state: &mut State) -> Option<Seen> {
        let now = self.clock().now();
        let seen = state.seen.as_mut()?;
        seen.elapsed = now.saturating_sub(seen.begun_at);
        Some(*seen)
    }

    fn object(&self, event: &Event) {
        if self.console.is_json() {
            let seen = self.refreshed(&mut self.state());
            let line = faces::object(&self.title, seen.as_ref(), event);
            // A reader that went away is noticed when the program ends; the work goes on.
            let _unread = self.console.data_line(&line);
        }
    }

    fn say(&self, text: &str) {
        self.console.say(text);
    }

    fn face(&self) -> Face {
        self.console.shared.face
    }

    fn clock(&self) -> &Clock {
        &self.console.shared.clock
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The thread that draws, so that no worker has to.
struct Ticker {
    stop: Arc<(Mutex<bool>, Condvar)>,
    thread: JoinHandle<()>,
}

impl Ticker {
    /// `None` when the system gives no thread: lines then come with the events alone.
    fn of(desk: &Arc<Desk>) -> Option<Ticker> {
        let stop = Arc::new((Mutex::new(false), Condvar::new()));
        let (desk, signal) = (Arc::clone(desk), Arc::clone(&stop));
        let tick = move || {
            let (is_stopped, bell) = &*signal;
            let mut guard = is_stopped.lock().unwrap_or_else(PoisonError::into_inner);
            while !*guard {
                let waited = bell.wait_timeout(guard, faces::TICK);
                guard = waited.unwrap_or_else(PoisonError::into_inner).0;
                if !*guard {
                    desk.tick();
                }
            }
        };
        let thread = std::thread::Builder::new().name("pixmo-progress".to_owned()).spawn(tick).ok()?;
        Some(Ticker { stop, thread })
    }

    fn stop(self) {
        *self.stop.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.stop.1.notify_all();
        // A panic of the ticker was logged where it happened; there is nothing more to draw.
        let _ended = self.thread.join();
    }
}
