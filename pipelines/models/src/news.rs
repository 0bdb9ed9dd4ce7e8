//! What a person hears while a file comes: a line at the start, at every tenth or half minute, and at the end.

use std::time::Duration;

use pixmo_console::{Console, wording};
use serde_json::json;

const EVERY: Duration = Duration::from_secs(30);

/// Tells how far one file is.
pub(crate) struct News<'a> {
    console: &'a Console,
    name: &'a str,
    total: Option<u64>,
    begun_at: Duration,
    /// Bytes that were there at the beginning.
    before: Option<u64>,
    tenth: u64,
    said_at: Duration,
}

impl<'a> News<'a> {
    pub(crate) fn new(console: &'a Console, name: &'a str, total: Option<u64>) -> News<'a> {
        let now = console.clock().now();
        News { console, name, total, begun_at: now, before: None, tenth: 0, said_at: now }
    }

    /// Says where the file comes from, and how much of it is here already.
    pub(crate) fn begin(&mut self, kept: u64, from: &str) {
        self.before = Some(kept);
        self.tenth = self.tenth_of(kept);
        if self.console.is_json() {
            let object = json!({ "event": "begun", "model": self.name, "bytes": kept, "of": self.total, "from": from });
            self.object(&object);
            return;
        }
        let size = self.total.map_or_else(|| "size unknown".to_owned(), wording::bytes);
        let have =
            if kept > 0 { format!("; {} are here already", wording::bytes(kept)) } else { String::new() };
        self.console.say(format!("{}: {size} from {from}{have}", self.name));
    }

    /// Takes note of so many bytes, and says so if it is time to.
    pub(crate) fn moved(&mut self, kept: u64) {
        let now = self.console.clock().now();
        let tenth = self.tenth_of(kept);
        let is_due = (tenth > self.tenth && tenth < 10) || now.saturating_sub(self.said_at) >= EVERY;
        if !is_due {
            return;
        }
        (self.tenth, self.said_at) = (tenth, now);
        let elapsed = now.saturating_sub(self.begun_at);
        let came = kept.saturating_sub(self.before.unwrap_or_default());
        let speed = came as f64 / elapsed.as_secs_f64().max(1e-3);
        if self.console.is_json() {
            let millis = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
            let object = json!({
                "event": "moved", "model": self.name, "bytes": kept, "of": self.total,
                "bytes_per_sec": speed.round(), "elapsed_ms": millis,
            });
            self.object(&object);
            return;
        }
        let mut facts = vec![match self.total {
            Some(total) => format!("{} of {}", wording::bytes(kept), wording::bytes(total)),
            None => wording::bytes(kept),
        }];
        facts.push(format!("{}/s", wording::bytes(speed as u64)));
        if let Some(total) = self.total.filter(|_| speed > 0.0) {
            let left =
                Duration::try_from_secs_f64(total.saturating_sub(kept) as f64 / speed).unwrap_or_default();
            facts.push(format!("about {} left", wording::time_left(left)));
        }
        self.console.say(format!("{}: {}", self.name, facts.join(", ")));
    }

    fn tenth_of(&self, kept: u64) -> u64 {
        match self.total {
            Some(total) if total > 0 => (u128::from(kept) * 10 / u128::from(total)) as u64,
            _ => 0,
        }
    }

    fn object(&self, object: &serde_json::Value) {
        // A reader that went away is told at the end, when the path is written.
        let _unread = self.console.data_json(object);
    }
}
