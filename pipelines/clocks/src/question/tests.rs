//! Every answer is worked out a second time, from the text of the question and from the digits of the moment alone.

use std::collections::{BTreeMap, BTreeSet};

use pixmo_render::Seed;
use pixmo_render_clocks::Movement;

use super::choices::Mistake;
use super::words::tests::minute_of;
use super::*;
use crate::stratum::Choice;

const MOVEMENTS: [Movement; 2] = [Movement::Sweeping, Movement::JumpingMinute];

/// A clock of many kinds, by number. Seven bits of the number say what it shows.
fn seen(number: u64, called: &'static str) -> Seen<'static> {
    let choice = Choice::of(&Seed::from_number(number), 0.05);
    let bit = |place: u32| number >> place & 1 == 1;
    let sight = match number % 5 {
        0 => Sight::Digits { by_24_hours: bit(1) },
        _ => Sight::Hands { second: bit(0) },
    };
    let shows = Shows {
        time: !choice.not_shown,
        seconds: bit(0),
        am_pm: bit(1) || sight == Sight::Digits { by_24_hours: true },
        movement: MOVEMENTS[(number % 3 / 2) as usize],
        tells_top: true,
    };
    let printed = Printed { weekday: bit(2), day: bit(3), month: bit(4) };
    Seen { moment: choice.moment, shows, stratum: choice.stratum, sight, printed, called }
}

fn asked(number: u64) -> (Seen<'static>, Vec<Question>) {
    let seen = seen(number, "the clock");
    let asked = ask(&seen, &mut Seed::from_number(number).rng("questions"));
    (seen, asked)
}

/// Hour, minute and second as digits say them.
fn digits(seen: &Seen<'_>) -> (u32, u32, u32) {
    let iso = seen.moment.iso();
    let part = |at: usize| iso[at..at + 2].parse().expect("digits");
    (part(11), part(14), part(17))
}

/// Minute of the dial of `H:MM`.
fn time_of(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    ((1..=12).contains(&hour) && minute < 60).then_some(hour % 12 * 60 + minute)
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().map(|word| word.trim_matches([',', '.', '?', ')', '(', ':']))
}

fn time_in(text: &str) -> u32 {
    words_of(text).find_map(time_of).expect("a time in the question")
}

fn number_in(text: &str) -> u32 {
    words_of(text).find_map(|word| word.parse().ok()).expect("a number in the question")
}

/// Hand angles times 120, hour, minute, second, in whole numbers.
fn hands(seen: &Seen<'_>) -> [i64; 3] {
    let (hour, minute, second) = digits(seen);
    let (hour, minute, second) = (i64::from(hour % 12), i64::from(minute), i64::from(second));
    let sub = if seen.shows.movement == Movement::JumpingMinute { 0 } else { second };
    [hour * 3600 + minute * 60 + sub, minute * 720 + sub * 12, second * 720]
}

fn turn(a: i64, b: i64) -> i64 {
    let turn = (a - b).rem_euclid(43_200);
    turn.min(43_200 - turn)
}

/// Letters and texts of the options.
fn options_of(question: &str) -> Vec<(String, String)> {
    let (_, listed) = question.split_once("Answer with the letter.").expect("options");
    let pieces = listed.split(['\n', ',', '(']).map(str::trim).filter(|piece| !piece.is_empty());
    pieces.map(|piece| (piece[..1].to_owned(), piece[2..].trim().to_owned())).collect()
}

/// Whether one minute of the dial may be said for another.
fn is_mistake(truth: u32, said: u32, by_hands: bool) -> bool {
    let off = (said + 720 - truth) % 720;
    let is_off = |minutes: u32| off == minutes || off == 720 - minutes;
    if !by_hands {
        return is_off(60) || is_off(10) || is_off(1);
    }
    // Each hand within the twelfth of the dial in which the other one stands.
    let is_swapped = said / 60 == truth % 60 / 5 && said % 60 / 5 == truth / 60;
    is_off(60) || is_off(5) || (truth + said).is_multiple_of(720) || is_swapped
}

#[track_caller]
fn check_choice(seen: &Seen<'_>, asked: &Question) {
    let (hour, minute, _) = digits(seen);
    let now = hour % 12 * 60 + minute;
    let options = options_of(&asked.question);
    let letters: String = options.iter().map(|(letter, _)| letter.as_str()).collect();
    assert_eq!(letters, "ABCD", "{}", asked.question);
    assert_eq!(options.iter().map(|(_, text)| text).collect::<BTreeSet<_>>().len(), 4);
    let times: Vec<u32> = options.iter().filter_map(|(_, text)| time_of(text)).collect();
    let is_by_hands = matches!(seen.sight, Sight::Hands { .. });
    // A time and mistakes about it, of which one may have made room for the other option.
    let is_star = (0..720).any(|middle| {
        times.iter().all(|time| *time == middle || is_mistake(middle, *time, is_by_hands))
            && (times.contains(&middle) || times.len() < 4)
    });
    assert!(is_star, "{}", asked.question);
    for (letter, text) in options {
        let is_right = if seen.shows.time { time_of(&text) == Some(now) } else { text == "no time is shown" };
        assert_eq!(is_right, letter == asked.answer, "{}", asked.question);
    }
}

#[track_caller]
fn check_reasoning(seen: &Seen<'_>, answer: &str) {
    let (hour, minute, second) = digits(seen);
    let numeral = |hour: u32| if hour.is_multiple_of(12) { 12 } else { hour % 12 };
    let sentences: Vec<&str> =
        answer.split_inclusive(". ").map(|part| part.trim().trim_end_matches('.')).collect();
    if let Sight::Hands { second: has_hand } = seen.sight {
        let said: u32 = sentences[0].rsplit(' ').next().and_then(|word| word.parse().ok()).expect("the hour");
        assert_eq!(said, numeral(hour), "{answer}");
        let place = number_in(sentences[0]);
        let past = hands(seen)[0] % 3600;
        let next = sentences[0].contains("just short");
        assert_eq!(place, numeral(if next { hour + 1 } else { hour }), "{answer}");
        assert_eq!(next, past >= 22 * 120, "{answer}");
        let made: u32 = words_of(sentences[1]).rev_number().expect("the minutes");
        assert_eq!(made, minute, "{answer}");
        if let Some((left, right)) = sentences[1].split_once(" + ") {
            let left: u32 = left.rsplit(' ').next().and_then(|word| word.parse().ok()).expect("a number");
            assert_eq!(left + number_in(right), minute, "{answer}");
        }
        if has_hand && seen.shows.seconds {
            assert_eq!(sentences[2], format!("The second hand stands at {second}"));
        }
    }
    let last = sentences.last().expect("an end");
    let half = if hour < 12 { " AM" } else { " PM" };
    assert_eq!(last.ends_with(half), seen.shows.am_pm, "{answer}");
    let clock = last.trim_end_matches(half).rsplit(' ').next().expect("a time");
    let parts: Vec<u32> = clock.split(':').map(|part| part.parse().expect("digits")).collect();
    assert_eq!(parts[..2], [numeral(hour), minute], "{answer}");
    assert_eq!(parts.get(2).copied(), seen.shows.seconds.then_some(second), "{answer}");
}

trait RevNumber {
    fn rev_number(self) -> Option<u32>;
}

impl<'a, I: Iterator<Item = &'a str>> RevNumber for I {
    /// The last number among words.
    fn rev_number(self) -> Option<u32> {
        self.filter_map(|word| word.parse().ok()).last()
    }
}

#[track_caller]
fn check_date(seen: &Seen<'_>, asked: &Question) {
    let iso = seen.moment.iso();
    let (year, month, day): (i32, i32, i32) = (
        iso[..4].parse().expect("digits"),
        iso[5..7].parse().expect("digits"),
        iso[8..10].parse().expect("digits"),
    );
    if asked.question.contains("week") {
        // Zeller's congruence, Saturday first.
        let (y, m) = if month < 3 { (year - 1, month + 12) } else { (year, month) };
        let at = (day + 13 * (m + 1) / 5 + y + y / 4 - y / 100 + y / 400) % 7;
        let days = ["Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
        assert_eq!(asked.answer, days[at as usize]);
        assert!(seen.printed.weekday);
    } else if asked.question.contains("full") {
        let names = "JanFebMarAprMayJunJulAugSepOctNovDec";
        assert_eq!(asked.answer[..3], names[(month as usize - 1) * 3..][..3]);
        assert!(seen.printed.month);
    } else {
        assert_eq!(asked.answer, day.to_string());
        assert!(seen.printed.day);
    }
}

#[track_caller]
fn check(seen: &Seen<'_>, asked: &Question) {
    let (hour, minute, second) = digits(seen);
    let now = hour % 12 * 60 + minute;
    let (question, answer) = (asked.question.as_str(), asked.answer.as_str());
    assert!(!question.contains(['{', '}']) && question.contains(seen.called), "{question}");
    let at = format!("{question} {answer}");
    let numeral = if hour.is_multiple_of(12) { 12 } else { hour % 12 };
    let plain = format!("{numeral}:{minute:02}");
    match (asked.kind, asked.style) {
        (_, Style::Choice) => check_choice(seen, asked),
        (Kind::Date, _) => check_date(seen, asked),
        (Kind::Readable, _) => assert_eq!(answer, if seen.shows.time { "Yes" } else { "No" }),
        (Kind::Part, Style::NotShown) => assert!(!seen.shows.seconds && question.contains("second")),
        (Kind::HalfDay, Style::NotShown) => assert!(!seen.shows.am_pm),
        (_, Style::NotShown) => {
            assert!(!seen.shows.time && answer == "No time is shown.", "{at}");
        }
        (Kind::Time, Style::Reference) if !seen.shows.time => {
            assert_eq!(answer, "The time is not shown in the image.");
        }
        _ => {
            assert!(seen.shows.time, "{at}");
            match (asked.kind, asked.style) {
                (Kind::Time, Style::Reference) => {
                    let seconds = if seen.shows.seconds { format!(":{second:02}") } else { String::new() };
                    let half = match (seen.shows.am_pm, hour < 12) {
                        (false, _) => "",
                        (true, true) => " AM",
                        (true, false) => " PM",
                    };
                    assert_eq!(answer, format!("It shows {plain}{seconds}{half}."));
                }
                (Kind::Time, Style::Words) => {
                    let expected = if seen.shows.am_pm { hour * 60 + minute } else { now };
                    assert_eq!(minute_of(answer), Some(expected), "{at}");
                }
                (Kind::Time, _) => assert_eq!(answer, plain),
                (Kind::DayTime, _) => {
                    assert!(seen.shows.am_pm);
                    assert_eq!(answer, &seen.moment.iso()[11..16]);
                }
                (Kind::Seconds, _) => {
                    assert!(seen.shows.seconds);
                    assert_eq!(answer, format!("{plain}:{second:02}"));
                }
                (Kind::Part, _) => {
                    let expected = match (question.contains("second"), question.contains("0 to 59")) {
                        (true, _) => second,
                        (false, true) => minute,
                        (false, false) => numeral,
                    };
                    assert_eq!(answer, expected.to_string(), "{at}");
                }
                (Kind::HalfDay, _) => assert_eq!(answer, if hour < 12 { "AM" } else { "PM" }),
                (Kind::Reasoning, _) => check_reasoning(seen, answer),
                (Kind::UntilHour, _) => assert_eq!(number_in(answer) + minute, 60, "{at}"),
                (Kind::Span, _) => {
                    let span = number_in(answer);
                    assert!((1..=120).contains(&span), "{at}");
                    assert_eq!((now + span) % 720, time_in(question), "{at}");
                }
                (Kind::Later, _) => {
                    assert_eq!(time_of(answer), Some((now + number_in(question)) % 720), "{at}");
                }
                (Kind::Earlier, _) => {
                    let then = time_of(answer).expect("a time");
                    assert_eq!((then + number_in(question)) % 720, now, "{at}");
                }
                (Kind::Angle, _) => {
                    let [hour, minute, _] = hands(seen);
                    let said = i64::from(number_in(answer)) * 120;
                    assert!(said % 1200 == 0 && said <= 180 * 120, "{at}");
                    assert!((turn(hour, minute) - said).abs() <= 420, "{at}");
                    assert!(matches!(seen.sight, Sight::Hands { .. }));
                }
                (Kind::Mark, _) => {
                    let at_hand =
                        ["hour hand", "minute hand", "second hand"].map(|hand| question.contains(hand));
                    let hand = at_hand.iter().position(|found| *found).expect("a hand");
                    let mark = i64::from(number_in(answer));
                    assert!(
                        (1..=12).contains(&mark) && turn(hands(seen)[hand], mark * 3600) <= 11 * 120,
                        "{at}"
                    );
                }
                (Kind::Is, _) => assert_eq!(answer == "Yes", time_in(question) == now, "{at}"),
                other => panic!("{other:?} is not about one clock"),
            }
        }
    }
}

#[test]
fn every_answer_is_right_when_worked_out_again() {
    let mut kinds: BTreeMap<(Kind, Style), u32> = BTreeMap::new();
    for number in 0..12_000 {
        let (seen, asked) = asked(number);
        assert!((5..=9).contains(&asked.len()), "{}", asked.len());
        assert_eq!(asked[0].style, Style::Reference);
        for question in &asked {
            check(&seen, question);
            *kinds.entry((question.kind, question.style)).or_default() += 1;
        }
        let texts: BTreeSet<&str> = asked.iter().map(|question| question.question.as_str()).collect();
        assert_eq!(texts.len(), asked.len(), "a question is asked once");
    }
    // Each kind that one clock can have is asked often enough to be learned.
    assert_eq!(kinds.len(), 23, "{kinds:?}");
    assert!(kinds.values().all(|count| *count >= 40), "{kinds:?}");
}

#[test]
fn options_are_even_and_yes_is_as_often_as_no() {
    let mut places = [0_u32; 4];
    let (mut yes, mut no) = ([0_u32; 2], [0_u32; 2]);
    let (mut no_time, mut no_time_right) = (0_u32, 0_u32);
    for number in 0..40_000 {
        let (seen, asked) = asked(number);
        for question in asked {
            match question.style {
                Style::Choice => {
                    places["ABCD".find(&question.answer).expect("a letter")] += 1;
                    if question.question.contains("no time is shown") {
                        no_time += 1;
                        no_time_right += u32::from(!seen.shows.time);
                    }
                }
                Style::YesNo => {
                    let kind = usize::from(question.kind == Kind::Readable);
                    if question.answer == "Yes" { yes[kind] += 1 } else { no[kind] += 1 }
                }
                _ => {}
            }
        }
    }
    let share = |part: u32, other: u32| f64::from(part) / f64::from(part + other);
    // Within 2 % of a quarter.
    assert!(places.iter().all(|place| (9_800..=10_200).contains(place)), "{places:?}");
    assert!((share(yes[0], no[0]) - 0.5).abs() < 0.02, "{yes:?} {no:?}");
    assert!((share(yes[1], no[1]) - 0.5).abs() < 0.04, "{yes:?} {no:?}");
    assert!(
        (share(no_time_right, no_time - no_time_right) - 0.25).abs() < 0.03,
        "{no_time_right} of {no_time}"
    );
}

#[test]
fn wordings_are_many_and_all_are_used() {
    let distinct: BTreeSet<&&str> = wording::SHORT.iter().collect();
    assert!(distinct.len() >= 24 && distinct.len() == wording::SHORT.len());
    let used: BTreeSet<String> = (0..1_000)
        .flat_map(|number| asked(number).1)
        .filter(|asked| asked.kind == Kind::Time && asked.style == Style::Short)
        .map(|asked| asked.question.replace("the clock", "{it}"))
        .collect();
    assert_eq!(used.len(), wording::SHORT.len());
}

#[test]
fn the_same_seed_asks_the_same() {
    for number in 0..50 {
        assert_eq!(asked(number), asked(number));
    }
}

#[test]
fn hands_taken_for_each_other_and_mirrors() {
    let minute = |text: &str| time_of(text).expect("a time");
    let mut rng = Seed::from_number(1).rng("mistakes");
    let mut said = |mistake: Mistake, text: &str| mistake.of(minute(text), &mut rng);
    // At 3:00 the hour hand stands on minute 15 and the minute hand on 12.
    assert_eq!(said(Mistake::Swapped, "3:00") / 5, minute("12:15") / 5);
    assert_eq!(said(Mistake::Swapped, "10:10") / 5, minute("2:50") / 5);
    assert_eq!(said(Mistake::Mirrored, "10:10"), minute("1:50"));
    assert_eq!(said(Mistake::Mirrored, "12:00"), minute("12:00"));
    assert_eq!(said(Mistake::Off(-60), "12:30"), minute("11:30"));
}

/// Who chooses, without the picture, the time that most others are mistakes about must not be right more often than by
/// chance.
#[test]
fn options_do_not_give_the_answer_away() {
    let mut rng = Seed::from_number(1).rng("options");
    for sight in [Sight::Hands { second: false }, Sight::Digits { by_24_hours: false }] {
        let by_hands = matches!(sight, Sight::Hands { .. });
        let mut right = 0.0;
        for _ in 0..10_000 {
            let truth = rng.below(720) as u32;
            let mut options = choices::wrong_times(truth, sight, &mut rng);
            options.push(truth);
            assert_eq!(options.iter().collect::<BTreeSet<_>>().len(), 4, "{options:?}");
            let around =
                |middle: &u32| options.iter().filter(|time| is_mistake(*middle, **time, by_hands)).count();
            let most = options.iter().map(around).max().expect("four options");
            let best: Vec<&u32> = options.iter().filter(|option| around(option) == most).collect();
            if best.contains(&&truth) {
                right += 1.0 / best.len() as f64;
            }
        }
        assert!((2_300.0..2_700.0).contains(&right), "{right} of 10,000 by {sight:?}");
    }
}

#[test]
fn several_clocks_are_compared_by_what_they_show() {
    const NAMES: [&str; 3] = ["the clock on the left", "the watch in the middle", "the clock on the right"];
    let mut kinds = BTreeSet::new();
    for number in 0..4_000_u64 {
        let count = 2 + (number % 2) as usize;
        let clocks: Vec<Seen<'_>> = (0..count).map(|at| seen(number * 3 + at as u64, NAMES[at])).collect();
        let minute_of_day = |clock: &Seen<'_>| digits(clock).0 * 60 + digits(clock).1;
        for asked in several(&clocks, &mut Seed::from_number(number).rng("several")) {
            let at = format!("{} {}", asked.question, asked.answer);
            kinds.insert(asked.kind);
            let is_named = |clock: &&Seen<'_>| asked.answer.to_lowercase() == format!("{}.", clock.called);
            match asked.kind {
                Kind::Time => {
                    let named: Vec<_> =
                        clocks.iter().filter(|clock| asked.question.contains(clock.called)).collect();
                    assert_eq!(named.len(), 1, "{at}");
                    check(named[0], &asked);
                }
                Kind::Latest | Kind::Earliest => {
                    let by_day = !asked.question.contains("half day");
                    assert!(clocks.iter().all(|clock| clock.shows.time), "{at}");
                    assert_eq!(by_day, clocks.iter().all(|clock| clock.shows.am_pm), "{at}");
                    let chosen = clocks.iter().find(is_named).expect("one of them");
                    let key = |clock: &Seen<'_>| minute_of_day(clock) % if by_day { 1_440 } else { 720 };
                    let ahead = |clock: &Seen<'_>| match asked.kind {
                        Kind::Latest => i64::from(key(chosen)) - i64::from(key(clock)),
                        _ => i64::from(key(clock)) - i64::from(key(chosen)),
                    };
                    let others = clocks.iter().filter(|clock| clock.called != chosen.called);
                    assert!(others.map(ahead).all(|ahead| ahead >= 2), "{at}");
                }
                Kind::Apart => {
                    let pair: Vec<u32> = clocks
                        .iter()
                        .filter(|clock| asked.question.contains(clock.called))
                        .map(|clock| minute_of_day(clock) % 720)
                        .collect();
                    let turn = (pair[0] + 720 - pair[1]) % 720;
                    assert_eq!(number_in(&asked.answer), turn.min(720 - turn), "{at}");
                    assert_eq!(pair.len(), 2, "{at}");
                }
                Kind::Blank => {
                    let blank: Vec<_> = clocks.iter().filter(|clock| !clock.shows.time).collect();
                    assert!(blank.len() == 1 && is_named(&blank[0]), "{at}");
                }
                Kind::Count => assert_eq!(asked.answer, count.to_string()),
                other => panic!("{other:?} is about one clock"),
            }
        }
    }
    assert_eq!(kinds.len(), 6, "{kinds:?}");
    let one = [seen(1, "the clock")];
    assert!(several(&one, &mut Seed::from_number(1).rng("several")).is_empty());
}
