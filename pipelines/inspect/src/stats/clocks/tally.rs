//! Counts over rows of `clocks`; tallies of parts are merged in the order of the parts.

use std::collections::{BTreeMap, BTreeSet};

use pixmo_schemas::records::clocks::{NOT_SHOWN, WITH_AM_PM, WITHOUT_AM_PM};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::stats::tally::{Extent, add_text, below, forget_rare, merge, one, rounded, share, top};

/// The hours of a day, and the minutes of an hour.
const HOURS: usize = 24;
const MINUTES: usize = 60;
/// The stratum whose times are as likely as each other.
const UNIFORM: &str = "uniform";
/// The column `others` of a picture with one clock.
const NO_OTHERS: &str = "[]";
/// Bounds of the diameter of a dial in pixels, with the words for what lies below each.
pub(super) const DIALS: [(f64, &str); 8] = [
    (56.0, "under 56 pixels"),
    (80.0, "56 to 79"),
    (112.0, "80 to 111"),
    (160.0, "112 to 159"),
    (224.0, "160 to 223"),
    (320.0, "224 to 319"),
    (448.0, "320 to 447"),
    (f64::INFINITY, "448 and more"),
];
/// Bounds of the share of a dial that cannot be seen, with the words for what lies below each.
pub(super) const HIDDEN: [(f64, &str); 5] = [
    (0.001, "nothing"),
    (0.05, "under 5 %"),
    (0.1, "5 to 10 %"),
    (0.2, "10 to 20 %"),
    (f64::INFINITY, "20 % and more"),
];

/// What is read of a row of `images` to count it.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Row {
    pub(crate) watchface_id: String,
    pub(crate) body: String,
    pub(crate) stratum: String,
    pub(crate) wild: bool,
    pub(crate) width: i32,
    pub(crate) height: i32,
    pub(crate) format: String,
    pub(crate) time: String,
    pub(crate) shows_time: bool,
    pub(crate) shows_seconds: bool,
    pub(crate) shows_am_pm: bool,
    pub(crate) movement: String,
    pub(crate) hour_angle: f64,
    pub(crate) second_angle: f64,
    pub(crate) dial_radius_x: f32,
    pub(crate) dial_radius_y: f32,
    pub(crate) occluded_share: f32,
    pub(crate) others: String,
    pub(crate) questions: Vec<Question>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Question {
    pub(crate) answer: String,
    pub(crate) kind: String,
    pub(crate) style: String,
}

/// The columns of [`Row`].
pub(crate) const COLUMNS: &[&str] = &[
    "watchface_id",
    "body",
    "stratum",
    "wild",
    "width",
    "height",
    "format",
    "time",
    "shows_time",
    "shows_seconds",
    "shows_am_pm",
    "movement",
    "hour_angle",
    "second_angle",
    "dial_radius_x",
    "dial_radius_y",
    "occluded_share",
    "others",
    "questions.answer",
    "questions.kind",
    "questions.style",
];

/// How often each hour and each minute occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Times {
    pub(crate) hours: [u64; HOURS],
    pub(crate) minutes: [u64; MINUTES],
}

impl Default for Times {
    fn default() -> Times {
        Times { hours: [0; HOURS], minutes: [0; MINUTES] }
    }
}

impl Times {
    fn add(&mut self, (hour, minute): (usize, usize)) {
        self.hours[hour] += 1;
        self.minutes[minute] += 1;
    }

    fn merge(&mut self, other: &Times) {
        self.hours.iter_mut().zip(other.hours).for_each(|(ours, theirs)| *ours += theirs);
        self.minutes.iter_mut().zip(other.minutes).for_each(|(ours, theirs)| *ours += theirs);
    }
}

/// What was counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) rows: u64,
    pub(crate) bodies: BTreeMap<String, u64>,
    pub(crate) strata: BTreeMap<String, u64>,
    pub(crate) formats: BTreeMap<String, u64>,
    pub(crate) movements: BTreeMap<String, u64>,
    pub(crate) files: BTreeMap<String, u64>,
    pub(crate) dials: BTreeMap<String, u64>,
    pub(crate) hidden: BTreeMap<String, u64>,
    pub(crate) wild: u64,
    pub(crate) not_shown: u64,
    pub(crate) seconds: u64,
    /// Pictures with other clocks.
    pub(crate) several: u64,
    /// Clocks with hands, and those of them with a second hand.
    pub(crate) with_hands: u64,
    pub(crate) with_second_hand: u64,
    /// Of all rows, and of those whose times are as likely as each other.
    pub(crate) times: Times,
    pub(crate) uniform: Times,
    pub(crate) diameter: Extent,
    pub(crate) width: Extent,
    pub(crate) height: Extent,
    /// Sum of the shares of dials that cannot be seen, in millionths.
    pub(crate) occluded: u64,
    pub(crate) questions: u64,
    pub(crate) question_kinds: BTreeMap<String, u64>,
    pub(crate) question_styles: BTreeMap<String, u64>,
    /// Answers by style of question.
    pub(crate) answers: BTreeMap<String, BTreeMap<String, u64>>,
    pub(crate) faces: BTreeSet<u64>,
}

impl Tally {
    /// Counts one row.
    pub(crate) fn add(&mut self, row: &Row) {
        self.rows += 1;
        let format = match (row.shows_time, row.shows_am_pm) {
            (false, _) => NOT_SHOWN,
            (true, true) => WITH_AM_PM,
            (true, false) => WITHOUT_AM_PM,
        };
        let diameter = f64::from(row.dial_radius_x) + f64::from(row.dial_radius_y);
        for (counts, name) in [
            (&mut self.bodies, row.body.as_str()),
            (&mut self.strata, &row.stratum),
            (&mut self.formats, format),
            (&mut self.movements, &row.movement),
            (&mut self.files, &row.format),
            (&mut self.dials, below(&DIALS, diameter)),
            (&mut self.hidden, below(&HIDDEN, f64::from(row.occluded_share))),
        ] {
            one(counts, name);
        }
        self.wild += u64::from(row.wild);
        self.not_shown += u64::from(!row.shows_time);
        self.seconds += u64::from(row.shows_seconds);
        self.several += u64::from(row.others != NO_OTHERS);
        self.with_hands += u64::from(row.hour_angle >= 0.0);
        self.with_second_hand += u64::from(row.hour_angle >= 0.0 && row.second_angle >= 0.0);
        // A time that is none is for `verify` to tell.
        if let Some(time) = hour_and_minute(&row.time) {
            self.times.add(time);
            if row.stratum == UNIFORM {
                self.uniform.add(time);
            }
        }
        self.diameter.add(diameter.round() as u64);
        self.width.add(u64::try_from(row.width).unwrap_or(0));
        self.height.add(u64::try_from(row.height).unwrap_or(0));
        self.occluded += (f64::from(row.occluded_share) * 1e6).round() as u64;
        for question in &row.questions {
            self.questions += 1;
            one(&mut self.question_kinds, &question.kind);
            one(&mut self.question_styles, &question.style);
            add_text(&mut self.answers, &question.style, &question.answer);
        }
        self.faces.insert(hash(&row.watchface_id));
    }

    /// Adds what was counted in a later part.
    pub(crate) fn merge(&mut self, other: Tally) {
        self.rows += other.rows;
        for (ours, theirs) in [
            (&mut self.bodies, other.bodies),
            (&mut self.strata, other.strata),
            (&mut self.formats, other.formats),
            (&mut self.movements, other.movements),
            (&mut self.files, other.files),
            (&mut self.dials, other.dials),
            (&mut self.hidden, other.hidden),
            (&mut self.question_kinds, other.question_kinds),
            (&mut self.question_styles, other.question_styles),
        ] {
            merge(ours, theirs);
        }
        for (style, answers) in other.answers {
            let ours = self.answers.entry(style).or_default();
            merge(ours, answers);
            forget_rare(ours);
        }
        self.wild += other.wild;
        self.not_shown += other.not_shown;
        self.seconds += other.seconds;
        self.several += other.several;
        self.with_hands += other.with_hands;
        self.with_second_hand += other.with_second_hand;
        self.times.merge(&other.times);
        self.uniform.merge(&other.uniform);
        self.diameter.merge(other.diameter);
        self.width.merge(other.width);
        self.height.merge(other.height);
        self.occluded += other.occluded;
        self.questions += other.questions;
        self.faces.extend(other.faces);
    }

    /// Different faces.
    pub(crate) fn faces(&self) -> u64 {
        self.faces.len() as u64
    }

    /// The mean share of a dial that cannot be seen, 0 to 1.
    pub(crate) fn occluded_mean(&self) -> f64 {
        share(self.occluded, self.rows) / 1e6
    }

    /// The most frequent answers to questions of a style.
    pub(crate) fn top_answers(&self, style: &str) -> Vec<(&str, u64)> {
        top(self.answers.get(style))
    }

    pub(crate) fn to_json(&self) -> Value {
        let shown = |top: Vec<(&str, u64)>| -> Vec<Value> {
            top.iter().map(|(text, count)| json!({ "answer": text, "count": count })).collect()
        };
        let answers: BTreeMap<&str, Vec<Value>> = (self.question_styles.keys())
            .map(|style| (style.as_str(), shown(self.top_answers(style))))
            .collect();
        let flat = |counts: &[u64]| {
            let chi_square = chi_square(counts).map(rounded);
            json!({ "counts": counts, "chi_square": chi_square, "degrees_of_freedom": counts.len() - 1 })
        };
        let percent = |part: u64| rounded(100.0 * share(part, self.rows));
        json!({
            "rows": self.rows,
            "distinct_faces": self.faces(), "distinct_bodies": self.bodies.len(),
            "bodies": self.bodies, "strata": self.strata, "time_formats": self.formats,
            "movements": self.movements, "file_formats": self.files,
            "wild_percent": percent(self.wild), "not_shown_percent": percent(self.not_shown),
            "seconds_shown_percent": percent(self.seconds),
            "several_percent": percent(self.several), "with_hands": self.with_hands, "with_second_hand": self.with_second_hand,
            "hours": self.times.hours, "minutes": self.times.minutes.as_slice(),
            "uniform": { "hours": flat(&self.uniform.hours), "minutes": flat(&self.uniform.minutes) },
            "dial_diameters": self.dials, "dial_diameter": self.diameter.to_json(),
            "hidden_shares": self.hidden, "hidden_percent_mean": rounded(100.0 * self.occluded_mean()),
            "width": self.width.to_json(), "height": self.height.to_json(),
            "questions": self.questions, "questions_mean": rounded(share(self.questions, self.rows)),
            "question_kinds": self.question_kinds, "question_styles": self.question_styles,
            "top_answers_by_style": answers,
        })
    }
}

/// How far counts are from being even (Pearson): the sum of squared differences from the mean, over the mean. None of
/// nothing.
pub(crate) fn chi_square(counts: &[u64]) -> Option<f64> {
    let mean = share(counts.iter().sum(), counts.len() as u64);
    let off = |count: &u64| (*count as f64 - mean) * (*count as f64 - mean) / mean;
    (mean > 0.0).then(|| counts.iter().map(off).sum())
}

/// Hour and minute of `2021-05-17T13:45:10`.
fn hour_and_minute(time: &str) -> Option<(usize, usize)> {
    let mut parts = time.split_once('T')?.1.split(':').map(str::parse::<usize>);
    let (hour, minute) = (parts.next()?.ok()?, parts.next()?.ok()?);
    (hour < HOURS && minute < MINUTES).then_some((hour, minute))
}

/// FNV-1a; two of a million faces have one hash with a chance of one in ten millions.
fn hash(text: &str) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, mix)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(time: &str, stratum: &str) -> Row {
        Row {
            watchface_id: "0a1B2c3D4e".to_owned(),
            body: "dress-watch".to_owned(),
            stratum: stratum.to_owned(),
            format: "png".to_owned(),
            time: format!("2021-05-17T{time}"),
            shows_time: true,
            movement: "sweeping".to_owned(),
            hour_angle: 10.0,
            second_angle: -1.0,
            dial_radius_x: 50.0,
            dial_radius_y: 30.0,
            occluded_share: 0.07,
            others: NO_OTHERS.to_owned(),
            ..Row::default()
        }
    }

    #[test]
    fn rows_are_counted_by_what_they_are_and_tallies_add_up() {
        let mut tally = Tally::default();
        let question = |style: &str, answer: &str| Question {
            answer: answer.to_owned(),
            kind: "time".to_owned(),
            style: style.to_owned(),
        };
        let questions = vec![question("short", "1:45"), question("yes_no", "No"), question("short", "1:45")];
        tally.add(&Row { questions, shows_seconds: true, ..row("13:45:10", "uniform") });
        tally.add(&Row { wild: true, watchface_id: "other".to_owned(), ..row("00:00:00", "overlap") });
        tally.add(&Row { shows_time: false, hour_angle: -1.0, ..row("nonsense", "uniform") });
        let mut both = tally.clone();
        both.merge(tally);
        assert_eq!((both.rows, both.faces(), both.wild, both.not_shown, both.seconds), (6, 2, 2, 2, 2));
        assert_eq!((both.with_hands, both.with_second_hand), (4, 0));
        assert_eq!((both.times.hours[13], both.times.hours[0], both.uniform.hours[0]), (2, 2, 0));
        assert_eq!(both.times.minutes.iter().sum::<u64>(), 4, "what is no time is not counted");
        assert_eq!((both.dials["80 to 111"], both.hidden["5 to 10 %"]), (6, 6));
        assert!((both.occluded_mean() - 0.07).abs() < 1e-6);
        assert_eq!(both.formats, [(NOT_SHOWN.to_owned(), 2), (WITHOUT_AM_PM.to_owned(), 4)].into());
        assert_eq!((both.questions, both.top_answers("short")), (6, vec![("1:45", 4)]));
    }

    #[test]
    fn chi_square_is_that_of_the_textbook() {
        assert_eq!(chi_square(&[10, 10, 10]), Some(0.0));
        // A die thrown sixty times.
        assert_eq!(chi_square(&[5, 8, 9, 8, 10, 20]), Some(13.4));
        assert_eq!(chi_square(&[0, 0]), None);
    }
}
