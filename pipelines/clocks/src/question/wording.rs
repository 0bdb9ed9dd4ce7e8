//! The wordings of the questions. `{it}` is the clock, with its article; `{n}` and `{time}` are put in as well.

/// The question that every picture has.
pub(super) const REFERENCE: &str = "Which time does {it} show?";

/// For the time as `H:MM`.
pub(super) const SHORT: &[&str] = &[
    "What time does {it} show? Answer in hours and minutes.",
    "Read {it}. Give the time as H:MM.",
    "What time is it according to {it}? Use the form H:MM.",
    "Which hour and minute does {it} show? Write them as H:MM.",
    "Give the time on {it}, hours and minutes only.",
    "Tell me the time shown by {it}, as H:MM.",
    "What does {it} say? Answer with the time alone, as H:MM.",
    "What time is it by {it}? Answer as H:MM.",
    "If {it} is right, what time is it now, in hours and minutes?",
    "State the time on {it} as the hour, a colon and two digits for the minutes.",
    "Look at {it} and write down the time in digits, without seconds.",
    "What would you write as H:MM to note the time on {it}?",
    "Someone asks you for the time and you look at {it}. Which hours and minutes do you see?",
    "The time on {it}, please, to the minute, in digits.",
    "To the minute, what time is shown on {it}? Use digits.",
    "Which time can be read from {it}? Just H:MM.",
    "Write the time that {it} shows in digits, without seconds.",
    "What is the reading of {it}, in hours and minutes?",
    "Please read the time from {it}. Digits only, without seconds.",
    "When was this picture taken, going by {it}? Answer as H:MM.",
    "What time is on {it}? A short answer such as 3:05 will do.",
    "Can you read {it} for me? Hours and minutes as H:MM, please.",
    "In the form H:MM, what time does {it} display?",
    "Name the hour and the minute on {it}, written like 12:30.",
    "I need the time from {it}, hours and minutes in digits.",
    "Using H:MM, what time do you make it by {it}?",
];

/// For the time in words.
pub(super) const WORDS: &[&str] = &[
    "Say the time on {it} in words.",
    "What time does {it} show, in words?",
    "How would you speak the time that {it} shows?",
    "Read {it} aloud: what time is it?",
    "Write out the time on {it} in words, not digits.",
    "In everyday words, what time is it by {it}?",
];

/// For the time in words with the part of the day.
pub(super) const WORDS_OF_DAY: &[&str] = &[
    "Say the time on {it} in words, with the part of the day.",
    "In words, what time of the day does {it} show?",
    "How would you speak the time on {it} so that nobody mistakes morning for evening?",
    "Write out the time on {it} in words, and say which part of the day it is.",
];

/// For the time by 24 hours.
pub(super) const DAY_TIME: &[&str] = &[
    "What time does {it} show, by the 24-hour clock? Answer as HH:MM.",
    "Give the time on {it} from 00:00 to 23:59.",
    "Write the time that {it} shows as a timetable would, as HH:MM.",
    "In 24-hour form, HH:MM, what time is it by {it}?",
    "Which time is on {it}? Count the hours from 00 to 23 and answer as HH:MM.",
];

/// For the time to the second.
pub(super) const SECONDS: &[&str] = &[
    "What time does {it} show, to the second? Answer as H:MM:SS.",
    "Read {it} with hours, minutes and seconds, as H:MM:SS.",
    "Give the exact time on {it} as H:MM:SS.",
    "To the second, what time is it by {it}? Use H:MM:SS.",
    "Hours, minutes and seconds on {it}, please, as H:MM:SS.",
];

/// For the hour alone.
pub(super) const HOUR: &[&str] = &[
    "Which hour has begun by {it}? Answer with a number from 1 to 12.",
    "What is the hour on {it}, as a number from 1 to 12?",
    "Ignoring the minutes, which hour, 1 to 12, does {it} show?",
];

/// For the minute alone.
pub(super) const MINUTE: &[&str] = &[
    "How many full minutes past the hour does {it} show? Answer with a number from 0 to 59.",
    "What is the minute on {it}, as a number from 0 to 59?",
    "Ignoring the hour, which minute, 0 to 59, does {it} show?",
];

/// For the second alone.
pub(super) const SECOND: &[&str] = &[
    "How many seconds does {it} show? Answer with a number from 0 to 59.",
    "What is the second on {it}, as a number from 0 to 59?",
    "Ignoring hours and minutes, which second, 0 to 59, does {it} show?",
];

/// For the half of the day.
pub(super) const HALF_DAY: &[&str] = &[
    "Is the time on {it} AM or PM?",
    "Does {it} show a time in the AM or in the PM?",
    "Going by {it}, is it AM or PM?",
    "AM or PM: which does {it} tell?",
];

/// For how the time is told by hands.
pub(super) const REASONING: &[&str] = &[
    "How do the hands of {it} tell the time? Explain, then give the time.",
    "Say where the hands of {it} point, and then the time.",
    "Read {it} step by step: first the hour hand, then the minute hand, then the time.",
    "Work out the time on {it} from its hands.",
    "Which time does {it} show, and how can you see that from the hands?",
    "Describe the hands of {it} and conclude which time it is.",
];

/// For how the time is told by digits.
pub(super) const REASONING_DIGITS: &[&str] = &[
    "What do the digits of {it} say, and which time is that?",
    "Read {it} step by step: first the hour, then the minute, then the time.",
    "Which time does {it} show, and how can you see that?",
];

/// For the minutes until the next full hour.
pub(super) const UNTIL_HOUR: &[&str] = &[
    "Going by the hour and minute on {it}, how many minutes are left until the next full hour?",
    "Leaving seconds aside, in how many minutes does the next hour begin by {it}?",
    "How many minutes is it from the minute that {it} shows to the next full hour?",
];

/// For the minutes until a time.
pub(super) const SPAN: &[&str] = &[
    "Leaving seconds aside, how many minutes is it from the time on {it} until the next {time}?",
    "Something begins at {time}. Going by the hour and minute on {it}, in how many minutes is that?",
    "By the hour and minute on {it}, how many minutes are left until {time}?",
];

/// For a time that is to come.
pub(super) const LATER: &[&str] = &[
    "What will {it} show in {n} minutes? Answer as H:MM.",
    "Add {n} minutes to the time on {it}. What is it then, as H:MM?",
    "I leave {n} minutes after the time on {it}. When is that, as H:MM?",
];

/// For a time that is past.
pub(super) const EARLIER: &[&str] = &[
    "What did {it} show {n} minutes ago? Answer as H:MM.",
    "Take {n} minutes from the time on {it}. What was it then, as H:MM?",
    "I came {n} minutes before the time on {it}. When was that, as H:MM?",
];

/// For the angle between the hands.
pub(super) const ANGLE: &[&str] = &[
    "What is the smaller angle between hour and minute hand of {it}, to the nearest 10 degrees?",
    "To the nearest 10 degrees, how far apart are the hour hand and the minute hand of {it} (at most 180 degrees)?",
    "How many degrees lie between hour and minute hand of {it}? Take the smaller angle and round it to tens.",
];

/// For the mark next to a hand.
pub(super) const MARK: &[&str] = &[
    "Which of the twelve hour positions is the {hand} hand of {it} nearest to? Answer with a number from 1 to 12.",
    "To which hour position, 1 to 12, does the {hand} hand of {it} point most nearly?",
];

/// For the day of the month.
pub(super) const DAY: &[&str] = &[
    "Which day of the month is printed on {it}?",
    "What number does the date on {it} show?",
    "Which date does {it} give, as a number from 1 to 31?",
];

/// For the day of the week.
pub(super) const WEEKDAY: &[&str] = &[
    "Which day of the week does {it} show? Write it in full.",
    "What weekday is it by {it}? Give its full name.",
];

/// For the month.
pub(super) const MONTH: &[&str] =
    &["Which month does {it} show? Write it in full.", "What month is it by {it}? Give its full name."];

/// For yes or no.
pub(super) const IS: &[&str] = &[
    "Does {it} show {time}? Answer Yes or No.",
    "Is it {time} by {it}, to the minute? Yes or No?",
    "Yes or No: the hour and minute on {it} are {time}.",
];

/// For one of four options.
pub(super) const CHOICE: &[&str] = &[
    "Which time does {it} show?",
    "What time is it by {it}?",
    "Pick the time that {it} shows.",
    "Which of these is the time on {it}, to the minute?",
];

/// For whether the time can be read.
pub(super) const READABLE: &[&str] = &[
    "Can the time of day be read from {it}? Answer Yes or No.",
    "Does {it} show a time of day? Yes or No?",
    "Yes or No: one can tell the time by {it} in this picture.",
];
