//! Answers about clocks, worked out a second time from the times, hands and names of the row and from what the question
//! says, without the code that asked it.

use pixmo_schemas::records::ClockQuestion;

/// Minutes that a dial of twelve hours tells apart.
const DIAL_MINUTES: i64 = 12 * 60;

/// A clock of a picture, as far as questions are about it.
pub(super) struct Asked<'a> {
    /// What questions call it.
    pub(super) called: &'a str,
    /// The text that can be read.
    pub(super) text: &'a str,
    /// Hour, minute and second.
    pub(super) time: [i64; 3],
    /// The day of the month.
    pub(super) day: i64,
    /// Whether hour and minute, seconds, and the half of the day can be read.
    pub(super) shows: [bool; 3],
    /// Angles of hour, minute and second hand.
    pub(super) hands: [Option<f64>; 3],
}

impl Asked<'_> {
    fn of_dial(&self) -> i64 {
        (self.time[0] * 60 + self.time[1]) % DIAL_MINUTES
    }

    fn of_day(&self) -> i64 {
        self.time[0] * 60 + self.time[1]
    }
}

/// Whether an answer is the right one, with what is wrong in words; `None` where the row alone does not say what is right,
/// as of the wording of a time.
pub(super) fn check(asked: &ClockQuestion, clocks: &[Asked<'_>]) -> Option<Result<(), String>> {
    let expected = expected(asked, clocks)?;
    let is_right = match &expected {
        Expected::Text(text) => *text == asked.answer,
        Expected::End(end) => asked.answer.ends_with(end.as_str()),
        Expected::Fact(holds) => *holds,
    };
    Some(if is_right {
        Ok(())
    } else {
        let right = match expected {
            Expected::Text(text) | Expected::End(text) => format!("right is `{text}`"),
            Expected::Fact(_) => "but the row says that it can be read".to_owned(),
        };
        let question = asked.question.replace('\n', " ");
        Err(format!("`{question}` is answered with `{}`, {right}", asked.answer))
    })
}

/// What an answer has to be.
enum Expected {
    /// This.
    Text(String),
    /// Anything that ends so.
    End(String),
    /// What it is if this holds: a plain sentence that something is not shown.
    Fact(bool),
}

fn expected(asked: &ClockQuestion, clocks: &[Asked<'_>]) -> Option<Expected> {
    let text = |text: String| Some(Expected::Text(text));
    match asked.kind.as_str() {
        "count" => return text(clocks.len().to_string()),
        "blank" => return text(sentence(clocks.iter().find(|clock| !clock.shows[0])?.called)),
        "latest" | "earliest" => return text(sentence(extreme(asked, clocks)?.called)),
        "apart" => {
            let mut named = clocks.iter().filter(|clock| asked.question.contains(clock.called));
            let (one, other) = (named.next()?, named.next()?);
            let turn = (one.of_dial() - other.of_dial()).abs();
            return text(minutes(turn.min(DIAL_MINUTES - turn)));
        }
        _ => {}
    }
    // Of names that hold each other the longest is meant.
    let named = clocks.iter().filter(|clock| asked.question.contains(clock.called));
    let clock = named.max_by_key(|clock| clock.called.len())?;
    let [hour, minute, second] = clock.time;
    let [shows_time, shows_seconds, shows_half] = clock.shows;
    if asked.style == "not_shown" {
        return Some(Expected::Fact(match asked.answer.as_str() {
            "No time is shown." => !shows_time,
            "The seconds are not shown." => !shows_seconds,
            "Morning and afternoon cannot be told apart here." => !shows_half,
            _ => return None,
        }));
    }
    let now = clock.of_dial();
    let yes_or_no = |is: bool| if is { "Yes" } else { "No" }.to_owned();
    match (asked.kind.as_str(), asked.style.as_str()) {
        ("time", "reference") if shows_time => text(format!("It shows {}.", clock.text)),
        ("time", "reference") => text(clock.text.to_owned()),
        ("time", "short") => text(on_dial(now)),
        ("time", "choice") => {
            text(option(&asked.question, &if shows_time { on_dial(now) } else { NONE.to_owned() })?)
        }
        ("time_24_hours", _) => text(format!("{hour:02}:{minute:02}")),
        ("time_seconds", _) => text(format!("{}:{second:02}", on_dial(now))),
        ("half_day", _) => text(if hour < 12 { "AM" } else { "PM" }.to_owned()),
        ("part", _) => {
            let of_second = ["which second", "many seconds", "the second on"];
            let part = if of_second.iter().any(|words| asked.question.contains(words)) {
                second
            } else if asked.question.contains("1 to 12") {
                (hour + 11) % 12 + 1
            } else {
                minute
            };
            text(part.to_string())
        }
        ("reasoning", _) => Some(Expected::End(format!(" {}.", clock.text))),
        ("until_hour", _) => text(minutes(60 - minute)),
        ("span", _) => text(minutes((time_in(&asked.question)? - now).rem_euclid(DIAL_MINUTES))),
        ("later", _) => text(on_dial(now + number_before(&asked.question, " minute")?)),
        ("earlier", _) => text(on_dial(now - number_before(&asked.question, " minute")?)),
        ("is", _) => text(yes_or_no(time_in(&asked.question)? == now)),
        ("readable", _) => text(yes_or_no(shows_time)),
        ("angle", _) => {
            let turn = (clock.hands[0]? - clock.hands[1]?).abs();
            text(format!("{} degrees", (turn.min(360.0 - turn) / 10.0).round() as i64 * 10))
        }
        ("mark", _) => {
            let which = ["hour hand of", "minute hand of", "second hand of"];
            let hand = which.iter().position(|words| asked.question.contains(words))?;
            let steps = (clock.hands[hand]? / 30.0).round() as i64;
            text(((steps + 11) % 12 + 1).to_string())
        }
        ("date", "short") if asked.answer.parse::<i64>().is_ok() => text(clock.day.to_string()),
        _ => None,
    }
}

/// The clock that is first or last. Unless all tell morning from afternoon they are compared within half a day.
fn extreme<'a>(asked: &ClockQuestion, clocks: &'a [Asked<'a>]) -> Option<&'a Asked<'a>> {
    let by_day = clocks.iter().all(|clock| clock.shows[2]);
    let time = |clock: &&Asked<'_>| if by_day { clock.of_day() } else { clock.of_dial() };
    if asked.kind == "latest" { clocks.iter().max_by_key(time) } else { clocks.iter().min_by_key(time) }
}

/// The option of a clock that shows no time.
const NONE: &str = "no time is shown";

/// The letter before an option: `B. 1:23`, `B) 1:23`, `(B) 1:23`, `B: 1:23`.
fn option(question: &str, right: &str) -> Option<String> {
    let (_, listed) = question.split_once("Answer with the letter.")?;
    let letters = ['A', 'B', 'C', 'D'];
    let starts: Vec<(usize, char)> = listed
        .char_indices()
        .filter(|(at, letter)| {
            let (before, after) = (&listed[..*at], &listed[at + letter.len_utf8()..]);
            letters.contains(letter)
                && before.ends_with([' ', '\n', '('])
                && after.starts_with([')', '.', ':'])
        })
        .collect();
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([listed.len()]);
    let is_right = |from: usize, to: usize| {
        let words = listed[from + 2..to].trim_matches([' ', '\n', ',', '(']);
        words == right
    };
    starts
        .iter()
        .zip(ends)
        .find(|((from, _), to)| is_right(*from, *to))
        .map(|((_, letter), _)| letter.to_string())
}

/// The first time of the dial in a text, in minutes.
fn time_in(text: &str) -> Option<i64> {
    text.split(|c: char| !c.is_ascii_digit() && c != ':').find_map(|word| {
        let (hour, minute) = word.trim_end_matches(':').split_once(':')?;
        let (hour, minute) = (hour.parse::<i64>().ok()?, minute.parse::<i64>().ok()?);
        (hour <= 12 && minute < 60).then_some(hour % 12 * 60 + minute)
    })
}

/// The number that stands before a word.
fn number_before(text: &str, word: &str) -> Option<i64> {
    text.match_indices(word).find_map(|(at, _)| {
        let before = &text[..at];
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        before[before.len() - digits..].parse().ok()
    })
}

/// `H:MM` of a minute of the dial; 12 for hour 0.
fn on_dial(minute: i64) -> String {
    let minute = minute.rem_euclid(DIAL_MINUTES);
    format!("{}:{:02}", (minute / 60 + 11) % 12 + 1, minute % 60)
}

fn minutes(count: i64) -> String {
    format!("{count} minute{}", if count == 1 { "" } else { "s" })
}

/// A name as an answer.
fn sentence(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(called: &str, time: [i64; 3]) -> Asked<'_> {
        let hands =
            [Some(30.0 * (time[0] % 12) as f64 + 0.5 * time[1] as f64), Some(6.0 * time[1] as f64), None];
        Asked { called, text: "4:07", time, day: 17, shows: [true, true, false], hands }
    }

    #[track_caller]
    fn holds(kind: &str, style: &str, question: &str, answer: &str) {
        let clocks = [clock("the clock", [16, 7, 9]), clock("the clock on the left", [3, 50, 0])];
        let asked = |answer: &str| ClockQuestion {
            question: question.to_owned(),
            answer: answer.to_owned(),
            kind: kind.to_owned(),
            style: style.to_owned(),
        };
        assert_eq!(check(&asked(answer), &clocks), Some(Ok(())), "{question}");
        if style != "not_shown" && kind != "date" {
            assert!(matches!(check(&asked("Never."), &clocks), Some(Err(_))), "{question}");
        }
    }

    #[test]
    fn answers_follow_from_the_row() {
        holds("time", "reference", "Which time does the clock show?", "It shows 4:07.");
        holds("time", "short", "Read the clock on the left. Give the time as H:MM.", "3:50");
        holds(
            "time",
            "choice",
            "By the clock? Answer with the letter.\nA. 4:08\nB. 4:07\nC. 3:50\nD. 5:07",
            "B",
        );
        holds(
            "time",
            "choice",
            "By the clock? Answer with the letter. (A) 4:07 (B) 4:06 (C) 3:50 (D) 5:07",
            "A",
        );
        holds(
            "time",
            "choice",
            "By the clock? Answer with the letter. A: 4:08, B: 4:06, C: no time is shown, D: 4:07",
            "D",
        );
        holds("time_24_hours", "short", "By the clock?", "16:07");
        holds("time_seconds", "short", "By the clock?", "4:07:09");
        holds("half_day", "short", "AM or PM, by the clock?", "PM");
        holds(
            "half_day",
            "not_shown",
            "AM or PM, by the clock?",
            "Morning and afternoon cannot be told apart here.",
        );
        holds("part", "short", "Ignoring the minutes, which hour, 1 to 12, does the clock show?", "4");
        holds("part", "short", "Ignoring the hour, which minute, 0 to 59, does the clock show?", "7");
        holds(
            "part",
            "short",
            "Ignoring hours and minutes, which second, 0 to 59, does the clock show?",
            "9",
        );
        holds(
            "reasoning",
            "reasoning",
            "Work out the time on the clock.",
            "The hands say it. So it is 4:07.",
        );
        holds("until_hour", "short", "By the clock?", "53 minutes");
        holds(
            "span",
            "short",
            "How many minutes from the time on the clock until the next 5:10?",
            "63 minutes",
        );
        holds("later", "short", "What will the clock show in 55 minutes?", "5:02");
        holds("earlier", "short", "I came 8 minutes before the time on the clock.", "3:59");
        holds("is", "yes_no", "Does the clock show 4:07? Answer Yes or No.", "Yes");
        holds("is", "yes_no", "Does the clock show 7:04? Answer Yes or No.", "No");
        holds("readable", "yes_no", "Can the time be read from the clock?", "Yes");
        holds("angle", "short", "Angle between hour and minute hand of the clock?", "80 degrees");
        holds("mark", "short", "To which hour position does the minute hand of the clock point?", "1");
        holds("date", "short", "Which date does the clock give?", "17");
        holds("count", "short", "How many?", "2");
        holds("latest", "short", "Which is later, the clock or the clock on the left?", "The clock.");
        holds("apart", "short", "How far apart are the clock and the clock on the left?", "17 minutes");
    }

    #[test]
    fn what_the_row_does_not_say_is_not_judged() {
        let clocks = [clock("the clock", [16, 7, 9])];
        for (kind, style) in [("time", "words"), ("weather", "short"), ("date", "short")] {
            let asked = ClockQuestion {
                question: "By the clock?".to_owned(),
                answer: "seven minutes past four".to_owned(),
                kind: kind.to_owned(),
                style: style.to_owned(),
            };
            assert_eq!(check(&asked, &clocks), None, "{kind} {style}");
        }
    }
}
