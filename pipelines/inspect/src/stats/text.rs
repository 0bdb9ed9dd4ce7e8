//! Counts as tables for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use pixmo_console::wording;
use pixmo_shards::ConfigTotals;

use crate::stats::tally::{Extent, Tally, share};

/// How many names of a list are shown.
const NAMES_MAX: usize = 24;
/// How many where every one is of interest.
const KINDS_MAX: usize = 100;
const BAR_CHARS: f64 = 24.0;

/// A page that is written from top to bottom.
#[derive(Debug)]
pub(crate) struct Page {
    text: String,
}

impl Page {
    pub(crate) fn new(dataset: &str) -> Page {
        Page { text: format!("{dataset}\n") }
    }

    pub(crate) fn into_text(self) -> String {
        self.text.trim_end().to_owned()
    }

    fn head(&mut self, title: &str) {
        let _ = write!(self.text, "\n{title}\n");
    }

    fn line(&mut self, name: &str, value: &str) {
        let _ = writeln!(self.text, "  {name:<28}{value}");
    }

    pub(crate) fn configs(&mut self, configs: &[ConfigTotals]) {
        self.head("rows");
        for total in configs {
            let name = format!("{} {}", total.config, total.split);
            let (rows, size) = (wording::number(total.rows), wording::bytes(total.bytes));
            let files = wording::counted(total.files, "file");
            let _ = writeln!(self.text, "  {name:<28}{rows:>12}  {size:>10}  {files}");
        }
    }

    /// Sums of what was counted while the rows were made; they are of different things.
    pub(crate) fn counters(&mut self, counters: &BTreeMap<String, u64>) {
        if !counters.is_empty() {
            self.head("counters, all configs");
        }
        for (name, count) in counters {
            self.line(&short(name, 34), &wording::number(*count));
        }
    }

    /// Counts by name, the most frequent first, with their share of `whole` (of their sum for 0).
    pub(crate) fn counts(&mut self, title: &str, counts: &BTreeMap<String, u64>, whole: u64) {
        self.list(title, counts, whole, NAMES_MAX);
    }

    fn list(&mut self, title: &str, counts: &BTreeMap<String, u64>, whole: u64, names_max: usize) {
        if counts.is_empty() {
            return;
        }
        let sum: u64 = counts.values().sum();
        let whole = if whole == 0 { sum } else { whole };
        self.head(&format!("{title} ({})", wording::number(counts.len() as u64)));
        let mut sorted: Vec<(&String, &u64)> = counts.iter().collect();
        sorted.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let most = sorted.first().map_or(0, |(_, count)| **count);
        for (name, count) in sorted.iter().take(names_max) {
            let percent = 100.0 * share(**count, whole);
            self.bar(&short(name, 34), **count, most, &format!("{percent:5.1} %"));
        }
        if sorted.len() > names_max {
            let more = wording::number((sorted.len() - names_max) as u64);
            let _ = writeln!(self.text, "  and {more} more");
        }
    }

    fn bar(&mut self, name: &str, count: u64, most: u64, note: &str) {
        let bar = "━".repeat((BAR_CHARS * share(count, most)).ceil() as usize);
        let count = wording::number(count);
        let _ = writeln!(self.text, "  {name:<34}{count:>12}  {note}  {bar}");
    }

    /// All that was counted over the rows of `docs`.
    pub(crate) fn tally(&mut self, tally: &Tally) {
        let questions = tally.question_count();
        self.head("pictures");
        let plans = tally.distinct_plans();
        self.line("pictures", &wording::number(tally.rows));
        let percent = 100.0 * share(plans, tally.rows);
        self.line("distinct plans", &format!("{} ({percent:.1} %)", wording::number(plans)));
        self.line("width", &extent(&tally.width, "pixels"));
        self.line("height", &extent(&tally.height, "pixels"));
        self.line(
            "size",
            &format!(
                "{} to {}, mean {}, all {}",
                wording::bytes(tally.bytes.min),
                wording::bytes(tally.bytes.max),
                wording::bytes(tally.bytes.mean().round() as u64),
                wording::bytes(tally.bytes.sum)
            ),
        );
        self.line("text runs a picture", &format!("{:.1}", share(tally.text_runs, tally.rows)));
        self.line("marks a picture", &format!("{:.1}", share(tally.marks, tally.rows)));
        self.list("kinds", &tally.kinds, 0, KINDS_MAX);
        self.counts("themes", &tally.themes, 0);
        self.counts("palettes", &tally.palettes, 0);
        self.counts("fonts, of pictures", &tally.fonts, tally.rows);
        self.counts("renderers", &tally.renderers, 0);
        self.counts("sources of data", &tally.sources, 0);

        self.head("questions");
        self.line("questions", &wording::number(questions));
        self.line("questions a picture", &format!("{:.2}", share(questions, tally.rows)));
        let most = tally.questions.values().copied().max().unwrap_or(0);
        for (questions, rows) in &tally.questions {
            let percent = 100.0 * share(*rows, tally.rows);
            let name = format!("  {}", wording::counted(*questions, "question"));
            self.bar(&name, *rows, most, &format!("{percent:5.1} %"));
        }
        let percent = 100.0 * share(tally.unanswerable, questions);
        self.line("unanswerable", &format!("{} ({percent:.1} %)", wording::number(tally.unanswerable)));
        self.line("follow-ups", &wording::number(tally.followed_up));
        self.line("repeated in a picture", &wording::number(tally.repeated));
        let points = format!(
            "{} with {}",
            wording::number(tally.point_questions),
            wording::counted(tally.points, "point")
        );
        self.line("answered by pointing", &points);
        self.counts("styles of questions", &tally.styles, 0);
        self.counts("answers to yes or no", &tally.yes_no, 0);
        self.counts("options that are right", &tally.options, 0);
        self.list("kinds of questions", &tally.question_kinds, 0, KINDS_MAX);
        self.answers(tally);
    }

    fn answers(&mut self, tally: &Tally) {
        self.head("most frequent answers by kind of question");
        for (kind, all) in &tally.question_kinds {
            let top = tally.top_answers(kind);
            let words: Vec<String> = top
                .iter()
                .map(|(answer, count)| format!("{} {:.1} %", short(answer, 24), 100.0 * share(*count, *all)))
                .collect();
            self.line(kind, &words.join(", "));
        }
    }
}

fn extent(extent: &Extent, unit: &str) -> String {
    format!("{} to {} {unit}, mean {:.0}", extent.min, extent.max, extent.mean())
}

/// A text on one line of at most so many characters.
fn short(text: &str, chars_max: usize) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if line.chars().count() <= chars_max {
        return line;
    }
    line.chars().take(chars_max - 1).chain(['…']).collect()
}
