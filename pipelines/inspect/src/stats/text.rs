//! Counts as tables for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use pixmo_console::wording;
use pixmo_shards::ConfigTotals;

use crate::stats::gates::Gate;
use crate::stats::tally::{Extent, Tally, share};
use crate::stats::variety::Variety;
use crate::stats::words::OPENING_WORDS;

/// How many names of a list are shown.
const NAMES_MAX: usize = 24;
/// How many where every one is of interest.
pub(super) const KINDS_MAX: usize = 250;
const BAR_CHARS: f64 = 24.0;
/// How long a line of answers may be.
const ANSWER_CHARS: usize = 68;

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

    pub(super) fn head(&mut self, title: &str) {
        let _ = write!(self.text, "\n{title}\n");
    }

    pub(super) fn line(&mut self, name: &str, value: &str) {
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

    pub(super) fn list(&mut self, title: &str, counts: &BTreeMap<String, u64>, whole: u64, names_max: usize) {
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

    pub(super) fn bar(&mut self, name: &str, count: u64, most: u64, note: &str) {
        let bar = "━".repeat((BAR_CHARS * share(count, most)).ceil() as usize);
        let count = wording::number(count);
        let line = format!("  {name:<34}{count:>12}  {note}  {bar}");
        let _ = writeln!(self.text, "{}", line.trim_end());
    }

    /// Many counts in their order, ten on a line.
    pub(super) fn tens(&mut self, title: &str, counts: &[u64]) {
        self.head(title);
        for (ten, counts) in (0..).step_by(10).zip(counts.chunks(10)) {
            let cells: String =
                counts.iter().map(|count| format!("{:>9}", wording::number(*count))).collect();
            let _ = writeln!(self.text, "  {ten:02}{cells}");
        }
    }

    /// Whether the bars are met.
    pub(crate) fn gates(&mut self, gates: &[Gate]) {
        self.head("bars");
        for gate in gates {
            let (state, found) = (gate.state.words(), short(&gate.found, 37));
            let _ = writeln!(self.text, "  {state:<9}{:<33}{:<19}{found}", gate.name, gate.bar);
        }
    }

    /// One line for each config.
    pub(crate) fn by_config(&mut self, configs: &BTreeMap<String, Tally>) {
        self.head("by config");
        let _ = writeln!(
            self.text,
            "  {:<12}{:>10}{:>8}{:>8}{:>8}{:>10}{:>11}{:>11}{:>9}",
            "", "pictures", "kinds", "plans", "asked", "yes", "no answer", "follow-ups", "looks"
        );
        for (config, tally) in configs {
            let [yes, yes_or_no] = tally.yes();
            let percent = |part, whole| format!("{:.1} %", 100.0 * share(part, whole));
            let _ = writeln!(
                self.text,
                "  {config:<12}{:>10}{:>8}{:>8}{:>8.2}{:>10}{:>11}{:>11}{:>9}",
                wording::number(tally.rows),
                tally.kinds.len(),
                percent(tally.distinct_plans(), tally.rows),
                share(tally.question_count(), tally.rows),
                percent(yes, yes_or_no),
                percent(tally.unanswerable, tally.question_count()),
                percent(tally.rows_followed_up, tally.rows),
                tally.themes.len(),
            );
        }
        let _ = writeln!(
            self.text,
            "  asked: questions a picture; follow-ups: share of pictures with one; looks: themes"
        );
    }

    /// Counts of things in their order, one line each.
    pub(super) fn in_order<'a>(&mut self, title: &str, counts: impl IntoIterator<Item = (&'a str, u64)>) {
        let counts: Vec<(&str, u64)> = counts.into_iter().collect();
        let (sum, most) =
            counts.iter().fold((0, 0), |(sum, most), (_, count)| (sum + count, *count.max(&most)));
        if sum == 0 {
            return;
        }
        self.head(title);
        for (name, count) in counts {
            let percent = 100.0 * share(count, sum);
            self.bar(name, count, most, &format!("{percent:5.1} %"));
        }
    }

    /// All that was counted over the rows of `docs`.
    pub(crate) fn tally(&mut self, tally: &Tally, configs: &BTreeMap<String, Tally>) {
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
                "{} to {}, mean {}, of {} opened",
                wording::bytes(tally.bytes.min),
                wording::bytes(tally.bytes.max),
                wording::bytes(tally.bytes.mean().round() as u64),
                wording::number(tally.bytes.count)
            ),
        );
        self.line("text runs a picture", &format!("{:.1}", share(tally.text_runs, tally.rows)));
        self.line("marks a picture", &format!("{:.1}", share(tally.marks, tally.rows)));
        self.counts("families", &tally.families, 0);
        self.list("kinds", &tally.kinds, 0, KINDS_MAX);
        self.counts("width to height", &tally.ratios, 0);
        self.counts("longer side", &tally.sides, 0);
        self.list("themes", &tally.themes, 0, KINDS_MAX);
        self.counts("palettes", &tally.palettes, 0);
        self.list("fonts, of pictures", &tally.fonts, tally.rows, KINDS_MAX);
        self.counts("languages", &tally.languages, 0);
        self.counts("locales", &tally.locales, 0);
        self.counts("modes", &tally.modes, 0);
        self.counts("renderers", &tally.renderers, 0);
        self.counts("sources of data", &tally.sources, 0);
        self.questions(tally);
        self.yes_by_kind(configs);
        self.places(tally);
        self.answers(tally);
        self.digits(tally);
        self.words(tally);
    }

    fn questions(&mut self, tally: &Tally) {
        let questions = tally.question_count();
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
        let percent = 100.0 * share(tally.rows_followed_up, tally.rows);
        let with = format!("{} in {percent:.1} % of pictures", wording::number(tally.followed_up));
        self.line("follow-ups", &with);
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
    }

    /// How often it is yes, by config and kind of question.
    fn yes_by_kind(&mut self, configs: &BTreeMap<String, Tally>) {
        if configs.values().all(|tally| tally.yes_by_kind.is_empty()) {
            return;
        }
        self.head("yes by config and kind of question");
        for (config, tally) in configs {
            for (kind, [yes, all]) in &tally.yes_by_kind {
                let percent = 100.0 * share(*yes, *all);
                let name = short(&format!("{config} {kind}"), 34);
                let of = wording::number(*all);
                let _ = writeln!(self.text, "  {name:<34}{percent:>8.1} % of {of}");
            }
        }
    }

    fn places(&mut self, tally: &Tally) {
        if tally.places.is_empty() {
            return;
        }
        self.head("place of the right option");
        for (options, places) in &tally.places {
            let all: u64 = places.iter().sum();
            let words: Vec<String> =
                places.iter().map(|count| format!("{:.1} %", 100.0 * share(*count, all))).collect();
            let name = format!("{options} options, {} times", wording::number(all));
            self.line(&name, &words.join(", "));
        }
    }

    fn answers(&mut self, tally: &Tally) {
        self.head("most frequent answers by kind of question");
        for (kind, all) in &tally.question_kinds {
            self.top_answers(kind, tally.top_answers(kind), *all);
        }
    }

    /// A line of the most frequent of some answers, with their shares.
    pub(super) fn top_answers(&mut self, name: &str, top: Vec<(&str, u64)>, all: u64) {
        let mut line = String::new();
        for (answer, count) in top {
            let words = format!("{} {:.1} %", short(answer, 24), 100.0 * share(count, all));
            let comma = if line.is_empty() { "" } else { ", " };
            if line.chars().count() + comma.len() + words.chars().count() > ANSWER_CHARS {
                break;
            }
            line.push_str(comma);
            line.push_str(&words);
        }
        self.line(&short(name, 26), &line);
    }

    fn digits(&mut self, tally: &Tally) {
        let all: u64 = tally.first_digits.iter().sum();
        if all == 0 {
            return;
        }
        self.head(&format!("first digits of {} that are answers", wording::counted(all, "number")));
        let percents = (1..).zip(&tally.first_digits);
        let percents: Vec<String> =
            percents.map(|(digit, count)| format!("{digit}: {:.1} %", 100.0 * share(*count, all))).collect();
        let _ = writeln!(self.text, "  {}", percents.join("  "));
    }

    fn words(&mut self, tally: &Tally) {
        let words = &tally.words;
        self.head("how questions are worded");
        self.line("words a question", &format!("{:.1}", words.words_mean()));
        if let Some(ratio) = words.type_token_ratio() {
            self.line("different words in 1,000", &format!("{:.0}", 1_000.0 * ratio));
        }
        let [one, two, three] = words.entropies();
        let bits = format!("{one:.2} bits of words, {two:.2} of pairs, {three:.2} of triples");
        self.line("entropy", &bits);
        for length in 1..=OPENING_WORDS {
            self.head(&format!("openings of {}", wording::counted(length as u64, "word")));
            for (text, count, share) in words.top_openings(length) {
                let count = wording::number(count);
                let _ = writeln!(self.text, "  {:<34}{count:>12}  {:5.1} %", short(text, 34), 100.0 * share);
            }
        }
    }

    /// How different the pictures look, beside plain ones if there are some.
    pub(crate) fn variety(&mut self, ours: Option<Variety>, plain: Option<Variety>) {
        self.head("variety of pictures, mean distance over all pairs");
        for (name, found) in [("these pictures", ours), ("those to compare with", plain)] {
            let Some(found) = found else { continue };
            let pictures = wording::number(found.pictures as u64);
            let words = format!(
                "{:.3} of {pictures} (colours {:.3}, edges {:.3})",
                found.both(),
                found.colors,
                found.edges
            );
            self.line(name, &words);
        }
    }

    /// How well a reader does who does not see the picture.
    pub(crate) fn blind(&mut self, (guessed, asked, percent): (u64, u64, f64)) {
        self.head("blind baseline, recorded by the build");
        let (guessed, asked) = (wording::number(guessed), wording::number(asked));
        self.line("usual answer guessed right", &format!("{percent:.1} % ({guessed} of {asked})"));
    }
}

pub(super) fn extent(extent: &Extent, unit: &str) -> String {
    format!("{} to {} {unit}, mean {:.0}", extent.min, extent.max, extent.mean())
}

/// A text on one line of at most so many characters.
pub(crate) fn short(text: &str, chars_max: usize) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if line.chars().count() <= chars_max {
        return line;
    }
    line.chars().take(chars_max - 1).chain(['…']).collect()
}
