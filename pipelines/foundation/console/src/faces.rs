//! How events look: a bar on a terminal, plain lines elsewhere, JSON objects for programs.
//!
//! ```text
//! docs  ━━━━━━━━╸           118/256 shards   5,886 rows   61 dropped   18 rows/s   26m left
//!
//! docs: 256 shards, 12,800 tasks, seed 7; 31 shards already finished
//! docs: 118/256 shards, 5,886 rows, 61 dropped, 18 rows/s, about 26m left
//! docs: finished in 41m: 12,655 rows, 145 dropped (101 render_failed, 44 duplicate_question)
//! docs: data/shards/docs, 256 files, 9.8 GiB
//! ```

use std::collections::BTreeMap;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Map, Value, json};

use crate::Console;
use crate::args::{ConsoleArgs, ProgressChoice};
use crate::progress::{Counts, Event, Seen};
use crate::wording::{bytes, counted, duration, number, rate, time_left};

/// Quick commands stay clean: the bar waits this long.
pub(crate) const BAR_AFTER: Duration = Duration::from_millis(250);
/// The bar is drawn this often.
pub(crate) const TICK: Duration = Duration::from_millis(100);
/// The width of the bar itself.
const BAR_COLUMNS: usize = 20;
/// The blanks around the bar, and one at the end of the line.
const BAR_GAPS: usize = 4;
/// A line comes at every tenth of the work, and at least this often.
pub(crate) const LINES_EVERY: Duration = Duration::from_secs(30);
/// An object comes at every tenth of the work, and at least this often.
pub(crate) const OBJECTS_EVERY: Duration = Duration::from_secs(1);

/// How progress is shown on standard error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// One line that is drawn again and again.
    Bar,
    /// A line at the start, at every tenth or half minute, and at the end.
    Lines,
    /// Nothing.
    None,
}

impl Face {
    /// The face for these flags. The log of `--verbose` needs the room of the bar; `--json` tells progress itself.
    pub(crate) fn chosen(args: &ConsoleArgs, is_terminal: bool) -> Self {
        match args.progress {
            _ if args.quiet => Face::None,
            ProgressChoice::None => Face::None,
            ProgressChoice::Lines => Face::Lines,
            ProgressChoice::Bar if is_terminal => Face::Bar,
            ProgressChoice::Bar => Face::Lines,
            ProgressChoice::Auto if args.json => Face::None,
            ProgressChoice::Auto if is_terminal && !args.verbose => Face::Bar,
            ProgressChoice::Auto => Face::Lines,
        }
    }
}

/// When a face spoke last.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pace {
    tenths: u64,
    at: Duration,
}

impl Pace {
    pub(crate) fn begin(&mut self, seen: &Seen, now: Duration) {
        *self = Pace { tenths: seen.tenths(), at: now };
    }

    /// Whether another tenth is done, or `every` has passed; the last tenth is left to the end.
    pub(crate) fn is_due(&mut self, seen: &Seen, now: Duration, every: Duration) -> bool {
        let tenths = seen.tenths();
        let is_due = (tenths > self.tenths && tenths < 10) || now.saturating_sub(self.at) >= every;
        if is_due {
            *self = Pace { tenths, at: now };
        }
        is_due
    }
}

pub(crate) fn begun_line(title: &str, seen: &Seen, seed: Option<u64>) -> String {
    let mut facts = vec![counted(seen.shards, "shard")];
    if seen.tasks > 0 {
        facts.push(counted(seen.tasks, "task"));
    }
    facts.extend(seed.map(|seed| format!("seed {seed}")));
    let mut line = format!("{title}: {}", facts.join(", "));
    if seen.before.shards_finished > 0 {
        line.push_str(&format!("; {} already finished", counted(seen.before.shards_finished, "shard")));
    }
    line
}

pub(crate) fn moved_line(title: &str, seen: &Seen) -> String {
    let mut facts = facts(seen);
    facts.extend(seen.left().map(|left| format!("about {} left", time_left(left))));
    format!("{title}: {}", facts.join(", "))
}

/// What a bar and a line have in common: `118/256 shards`, `5,886 rows`, `61 dropped`, `18 rows/s`.
fn facts(seen: &Seen) -> Vec<String> {
    let Counts { shards_finished, rows, dropped, .. } = seen.counts;
    let mut facts = vec![format!("{}/{} shards", number(shards_finished), number(seen.shards))];
    if rows > 0 {
        facts.push(counted(rows, "row"));
    }
    if dropped > 0 {
        facts.push(format!("{} dropped", number(dropped)));
    }
    facts.extend(seen.rows_per_sec().map(|speed| rate(speed, "rows")));
    facts
}

/// The lines at the end; [`Event::Finished`] or [`Event::Interrupted`].
pub(crate) fn last_lines(title: &str, seen: &Seen, event: &Event) -> String {
    let elapsed = duration(seen.elapsed);
    let Event::Finished { rows, dropped, bytes: size, files, into } = event else {
        return format!("{title}: stopped after {elapsed}: {}", facts(seen).join(", "));
    };
    let mut text = format!("{title}: finished in {elapsed}: {}", counted(*rows, "row"));
    let drops: u64 = dropped.values().sum();
    if drops > 0 {
        let reasons: Vec<String> =
            by_count(dropped).map(|(reason, count)| format!("{} {reason}", number(count))).collect();
        text.push_str(&format!(", {} dropped ({})", number(drops), reasons.join(", ")));
    }
    if let Some(into) = into {
        text.push_str(&format!("\n{title}: {into}, {}, {}", counted(*files, "file"), bytes(*size)));
    }
    text
}

/// Reasons with the most frequent first; equal counts by name.
fn by_count(dropped: &BTreeMap<String, u64>) -> impl Iterator<Item = (&str, u64)> {
    let mut reasons: Vec<(&str, u64)> =
        dropped.iter().map(|(reason, count)| (reason.as_str(), *count)).collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    reasons.into_iter().filter(|(_, count)| *count > 0)
}

/// One event as one JSON object.
pub(crate) fn object(title: &str, seen: Option<&Seen>, event: &Event) -> String {
    let (name, fields) = match event {
        Event::Begun { shards, tasks, seed, before } => {
            let fields = json!({ "shards": shards, "tasks": tasks, "seed": seed });
            ("begun", with_counts(fields, *before))
        }
        Event::Moved(counts) => {
            let mut fields = with_counts(json!({ "shards": seen.map(|seen| seen.shards) }), *counts);
            if let Some(seen) = seen {
                let tenths = |speed: f64| (speed * 10.0).round() / 10.0;
                fields["rows_per_sec"] = json!(seen.rows_per_sec().map(tenths));
                fields["left_ms"] = json!(seen.left().map(millis));
            }
            ("moved", fields)
        }
        Event::ShardFinished { shard, rows, dropped, bytes } => {
            ("shard_finished", json!({ "shard": shard, "rows": rows, "dropped": dropped, "bytes": bytes }))
        }
        Event::Warned { message, hint } => ("warned", json!({ "message": message, "hint": hint })),
        Event::Finished { rows, dropped, bytes, files, into } => {
            let fields =
                json!({ "rows": rows, "dropped": dropped, "bytes": bytes, "files": files, "into": into });
            ("finished", fields)
        }
        Event::Interrupted(counts) => ("interrupted", with_counts(json!({}), *counts)),
    };
    let mut object = Map::new();
    object.insert("event".to_owned(), json!(name));
    object.insert("dataset".to_owned(), json!(title));
    if let Value::Object(fields) = fields {
        object.extend(fields);
    }
    object.insert("elapsed_ms".to_owned(), json!(seen.map_or(0, |seen| millis(seen.elapsed))));
    Value::Object(object).to_string()
}

fn with_counts(mut fields: Value, counts: Counts) -> Value {
    fields["shards_finished"] = json!(counts.shards_finished);
    fields["tasks_finished"] = json!(counts.tasks_finished);
    fields["rows"] = json!(counts.rows);
    fields["dropped"] = json!(counts.dropped);
    fields
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// The bar on a terminal.
#[derive(Clone, Debug)]
pub(crate) struct Bar(ProgressBar);

impl Bar {
    /// Puts a bar on the screen of `console`.
    pub(crate) fn on(console: &Console, title: &str, seen: &Seen) -> Self {
        // 1,000 steps: enough for twenty columns of two halves each, and free of overflow.
        let bar = ProgressBar::with_draw_target(Some(1000), ProgressDrawTarget::stderr())
            .with_style(bar_style())
            .with_prefix(title.to_owned())
            .with_position(per_mille(seen));
        console.shared.set_bar(Some(bar.clone()));
        Bar(bar)
    }

    pub(crate) fn draw(&self, seen: &Seen) {
        let size = terminal_size::terminal_size_of(std::io::stderr());
        let columns = size.map_or(80, |(width, _)| usize::from(width.0));
        let taken = self.0.prefix().chars().count() + BAR_COLUMNS + BAR_GAPS;
        self.0.set_message(bar_text(seen, columns.saturating_sub(taken)));
        self.0.set_position(per_mille(seen));
    }
}

fn per_mille(seen: &Seen) -> u64 {
    let (done, all) = seen.done_of_all();
    if all == 0 { 1000 } else { (u128::from(done) * 1000 / u128::from(all)) as u64 }
}

/// The facts and the time left, in at most `columns`: what matters least goes first, the time left stays.
fn bar_text(seen: &Seen, columns: usize) -> String {
    let left = seen.left().map(|left| format!("{} left", time_left(left)));
    let mut facts = facts(seen);
    for gap in ["   ", "  "] {
        let text = facts.iter().chain(&left).cloned().collect::<Vec<_>>().join(gap);
        if text.chars().count() <= columns {
            return text;
        }
    }
    while facts.len() > 1 {
        facts.pop();
        let text = facts.iter().chain(&left).cloned().collect::<Vec<_>>().join("  ");
        if text.chars().count() <= columns {
            return text;
        }
    }
    left.or(facts.pop()).unwrap_or_default()
}

fn bar_style() -> ProgressStyle {
    // `wide_msg` cuts what does not fit, so that a line never wraps.
    let template = format!("{{prefix}}  {{bar:{BAR_COLUMNS}}} {{wide_msg}}");
    let style = ProgressStyle::with_template(&template).expect("a constant that the tests build");
    style.progress_chars("━╸ ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(done: u64, all: u64) -> Seen {
        let counts = Counts { shards_finished: done / 50, tasks_finished: done, rows: done, dropped: 0 };
        let before = Counts::default();
        let elapsed = Duration::from_secs(10);
        Seen { shards: all / 50, tasks: all, before, counts, begun_at: Duration::ZERO, elapsed }
    }

    #[test]
    fn the_bar_says_what_the_style_page_says() {
        let counts = Counts { shards_finished: 118, tasks_finished: 5947, rows: 5886, dropped: 61 };
        let seen =
            Seen { shards: 256, tasks: 12_800, counts, elapsed: Duration::from_secs(330), ..seen(0, 12_800) };
        let expected = "118/256 shards   5,886 rows   61 dropped   18 rows/s   6m 20s left";
        assert_eq!(bar_text(&seen, 66), expected);
        assert_eq!(per_mille(&seen), 464);
        assert_eq!(bar_text(&seen, 65), expected.replace("   ", "  "));
        assert_eq!(bar_text(&seen, 51), "118/256 shards  5,886 rows  61 dropped  6m 20s left");
        assert_eq!(bar_text(&seen, 50), "118/256 shards  5,886 rows  6m 20s left");
        assert_eq!(bar_text(&seen, 30), "118/256 shards  6m 20s left");
        assert_eq!(bar_text(&seen, 3), "6m 20s left");
        let _well_formed = bar_style();
    }

    #[test]
    fn time_left_is_of_this_run_alone() {
        let all = seen(6000, 12_000);
        assert_eq!(all.left(), Some(Duration::from_secs(10)));
        let before = Counts { tasks_finished: 5000, rows: 5000, ..Counts::default() };
        let resumed = Seen { before, ..all };
        assert_eq!(resumed.left(), Some(Duration::from_secs(60)));
        assert_eq!(resumed.rows_per_sec(), Some(100.0));
    }

    #[test]
    fn extremes_do_not_overflow() {
        for (done, all) in [(0, 0), (5, 3), (u64::MAX, u64::MAX), (1, u64::MAX), (0, 7)] {
            let seen = seen(done, all);
            assert!(seen.tenths() <= 10 && per_mille(&seen) <= 1000);
            assert!(!bar_text(&seen, 80).is_empty());
        }
    }

    #[test]
    fn the_face_is_chosen_from_flags_and_terminal() {
        let args = |progress, json, quiet, verbose| ConsoleArgs {
            progress,
            json,
            quiet,
            verbose,
            ..Default::default()
        };
        use ProgressChoice::{Auto, Bar, Lines, None};
        let cases = [
            (args(Auto, false, false, false), Face::Bar, Face::Lines),
            (args(Auto, false, false, true), Face::Lines, Face::Lines),
            (args(Auto, true, false, false), Face::None, Face::None),
            (args(Bar, true, false, false), Face::Bar, Face::Lines),
            (args(Bar, false, false, true), Face::Bar, Face::Lines),
            (args(Lines, false, false, false), Face::Lines, Face::Lines),
            (args(Lines, false, true, false), Face::None, Face::None),
            (args(None, false, false, false), Face::None, Face::None),
        ];
        for (args, on_terminal, elsewhere) in cases {
            assert_eq!(
                (Face::chosen(&args, true), Face::chosen(&args, false)),
                (on_terminal, elsewhere),
                "{args:?}"
            );
        }
    }
}
