//! What is asked about a clock. Each answer follows from the moment that is shown and from what can be read of it.
//!
//! Hours and minutes are those of the label: minutes that have begun, not rounded. [`ask`] is for one clock, [`several`]
//! for those that share a picture.

mod absent;
mod choices;
mod dates;
mod reading;
mod reasoning;
mod several;
mod sums;
mod wording;
pub mod words;

#[cfg(test)]
mod tests;

use pixmo_render::Rng;
use pixmo_render_clocks::{Moment, Shows};
use pixmo_schemas::records::ClockQuestion;
use serde::{Deserialize, Serialize};

use crate::stratum::Stratum;

pub use several::several;

/// How many questions of the pool are asked about one clock, beside those that every clock gets.
const FROM_POOL: usize = 4;

/// What a question asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// The time.
    Time,
    /// The time by 24 hours.
    DayTime,
    /// The time to the second.
    Seconds,
    /// The hour, minute or second alone.
    Part,
    /// Whether it is before or after noon.
    HalfDay,
    /// How the hands or digits tell the time.
    Reasoning,
    /// Minutes until the next full hour.
    UntilHour,
    /// Minutes until a time.
    Span,
    /// The time some minutes later.
    Later,
    /// The time some minutes earlier.
    Earlier,
    /// The angle between hour and minute hand.
    Angle,
    /// The hour mark that a hand is nearest to.
    Mark,
    /// What is printed of the date.
    Date,
    /// Whether it shows a given time.
    Is,
    /// Whether the time can be read.
    Readable,
    /// Which of several clocks shows the latest time.
    Latest,
    /// Which of several clocks shows the earliest time.
    Earliest,
    /// By how many minutes two clocks differ.
    Apart,
    /// Which of several clocks shows no time.
    Blank,
    /// How many clocks there are.
    Count,
}

impl Kind {
    /// The name in the column `questions.kind`.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Time => "time",
            Kind::DayTime => "time_24_hours",
            Kind::Seconds => "time_seconds",
            Kind::Part => "part",
            Kind::HalfDay => "half_day",
            Kind::Reasoning => "reasoning",
            Kind::UntilHour => "until_hour",
            Kind::Span => "span",
            Kind::Later => "later",
            Kind::Earlier => "earlier",
            Kind::Angle => "angle",
            Kind::Mark => "mark",
            Kind::Date => "date",
            Kind::Is => "is",
            Kind::Readable => "readable",
            Kind::Latest => "latest",
            Kind::Earliest => "earliest",
            Kind::Apart => "apart",
            Kind::Blank => "blank",
            Kind::Count => "count",
        }
    }
}

/// How question and answer are worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Style {
    /// The one question and form of answer that every picture has.
    Reference,
    /// A short answer.
    Short,
    /// The time in words.
    Words,
    /// Sentences that lead to the answer.
    Reasoning,
    /// The letter of one of four options.
    Choice,
    /// Yes or No.
    YesNo,
    /// A plain sentence that what is asked for cannot be seen.
    NotShown,
}

impl Style {
    /// The name in the column `questions.style`.
    pub const fn name(self) -> &'static str {
        match self {
            Style::Reference => "reference",
            Style::Short => "short",
            Style::Words => "words",
            Style::Reasoning => "reasoning",
            Style::Choice => "choice",
            Style::YesNo => "yes_no",
            Style::NotShown => "not_shown",
        }
    }
}

/// A question with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The question.
    pub question: String,
    /// Its answer.
    pub answer: String,
    /// What it asks for.
    pub kind: Kind,
    /// How it is worded.
    pub style: Style,
}

impl From<Question> for ClockQuestion {
    fn from(asked: Question) -> ClockQuestion {
        ClockQuestion {
            question: asked.question,
            answer: asked.answer,
            kind: asked.kind.name().to_owned(),
            style: asked.style.name().to_owned(),
        }
    }
}

/// By what a clock tells the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// An hour and a minute hand.
    Hands {
        /// Whether the seconds, if they are shown, are shown by a hand.
        second: bool,
    },
    /// Digits.
    Digits {
        /// Whether the hours go from 0 to 23.
        by_24_hours: bool,
    },
}

/// What is printed of the date and can be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// The day of the week, in any form.
    pub weekday: bool,
    /// The day of the month.
    pub day: bool,
    /// The month, in any form.
    pub month: bool,
}

/// A clock as its reader sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen<'a> {
    /// The moment that the clock is set to.
    pub moment: Moment,
    /// What can be read, at the size and under the light of the picture.
    pub shows: Shows,
    /// How the moment was chosen.
    pub stratum: Stratum,
    /// By what it tells the time.
    pub sight: Sight,
    /// What it says of the date.
    pub printed: Printed,
    /// What questions call it, with its article: `the clock`, `the clock on the left`.
    pub called: &'a str,
}

impl Seen<'_> {
    /// Minutes since midnight.
    fn minute_of_day(&self) -> u32 {
        self.moment.of_day() / 60
    }

    /// Minutes since noon or midnight.
    fn minute_of_dial(&self) -> u32 {
        self.minute_of_day() % DIAL_MINUTES
    }

    /// One of the wordings with the name of the clock in it.
    fn worded(&self, wordings: &[&str], rng: &mut Rng) -> String {
        rng.word(wordings).replace("{it}", self.called)
    }

    fn question(&self, wordings: &[&str], answer: String, kind: Kind, rng: &mut Rng) -> Question {
        Question { question: self.worded(wordings, rng), answer, kind, style: Style::Short }
    }
}

/// Minutes that a dial of twelve hours tells apart.
const DIAL_MINUTES: u32 = 12 * 60;

/// `H:MM` of a minute of the dial; 12 for hour 0.
fn on_dial(minute: u32) -> String {
    let minute = minute % DIAL_MINUTES;
    let hour = if minute < 60 { 12 } else { minute / 60 };
    format!("{hour}:{:02}", minute % 60)
}

/// `1 minute`, `7 minutes`.
fn minutes(count: u32) -> String {
    format!("{count} minute{}", if count == 1 { "" } else { "s" })
}

/// The questions about a clock, seven to nine. The first one is that of [`Style::Reference`].
pub fn ask(seen: &Seen<'_>, rng: &mut Rng) -> Vec<Question> {
    if !seen.shows.time {
        return absent::ask(seen, rng);
    }
    let mut pool: Vec<Question> = [
        reading::day_time(seen, rng),
        reading::seconds(seen, rng),
        reading::part(seen, rng),
        reading::half_day(seen, rng),
        reasoning::reasoning(seen, rng),
        sums::until_hour(seen, rng),
        sums::span(seen, rng),
        sums::later(seen, rng),
        sums::earlier(seen, rng),
        sums::angle(seen, rng),
        sums::mark(seen, rng),
        dates::date(seen, rng),
        choices::is(seen, rng),
    ]
    .into_iter()
    .flatten()
    .collect();
    rng.shuffle(&mut pool);
    let favourite = favourite(seen.stratum);
    pool.sort_by_key(|asked| Some(asked.kind) != favourite);
    pool.truncate(FROM_POOL);

    let mut asked = vec![reading::reference(seen), reading::short(seen, rng), reading::words(seen, rng)];
    asked.extend(pool);
    asked.push(choices::choice(seen, rng));
    asked.extend(absent::readable(seen, rng));
    asked
}

/// What a stratum is the best place to ask for.
fn favourite(stratum: Stratum) -> Option<Kind> {
    match stratum {
        Stratum::Uniform => None,
        Stratum::Overlap | Stratum::Opposite => Some(Kind::Angle),
        Stratum::Boundary => Some(Kind::Reasoning),
        Stratum::Quarter => Some(Kind::Span),
    }
}
