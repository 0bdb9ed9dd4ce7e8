//! Times of day in English words, and back.

const NUMBERS: [&str; 20] = [
    "twelve",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// `half past three`, `twenty-three minutes to nine`, `one o'clock`; with `of_day` the part of the day as well, and `noon`
/// and `midnight` for 12:00. `hour` is 0 to 23 and `minute` 0 to 59; what is larger is taken around the clock.
pub fn words(hour: u8, minute: u8, of_day: bool) -> String {
    let (hour, minute) = (hour % 24, minute % 60);
    match (of_day, hour, minute) {
        (true, 0, 0) => return "midnight".to_owned(),
        (true, 12, 0) => return "noon".to_owned(),
        _ => {}
    }
    let (this, next) = (NUMBERS[usize::from(hour % 12)], NUMBERS[usize::from((hour + 1) % 12)]);
    let clock = match minute {
        0 => format!("{this} o'clock"),
        30 => format!("half past {this}"),
        1..=29 => format!("{} past {this}", count(minute)),
        _ => format!("{} to {next}", count(60 - minute)),
    };
    if of_day { format!("{clock} {}", part_of_day(hour)) } else { clock }
}

/// Minutes from 1 to 29; those that a dial has numerals for go without their unit.
fn count(minutes: u8) -> String {
    let number = match minutes {
        15 => return "quarter".to_owned(),
        20 => "twenty".to_owned(),
        21.. => format!("twenty-{}", NUMBERS[usize::from(minutes % 10)]),
        _ => NUMBERS[usize::from(minutes)].to_owned(),
    };
    match minutes {
        1 => format!("{number} minute"),
        _ if minutes.is_multiple_of(5) => number,
        _ => format!("{number} minutes"),
    }
}

fn part_of_day(hour: u8) -> &'static str {
    match hour {
        4..=11 => "in the morning",
        12..=17 => "in the afternoon",
        18..=20 => "in the evening",
        _ => "at night",
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Reads words by splitting them at their joints, with a list of numbers of its own.
    pub(in crate::question) fn minute_of(words: &str) -> Option<u32> {
        const ONES: &str = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
                            sixteen seventeen eighteen nineteen twenty";
        let number = |word: &str| -> Option<u32> {
            let small =
                |word: &str| ONES.split_whitespace().position(|one| one == word).map(|at| at as u32 + 1);
            match word.split_once('-') {
                Some(("twenty", ones)) => Some(20 + small(ones)?),
                Some(_) => None,
                None => small(word),
            }
        };
        match words {
            "noon" => return Some(720),
            "midnight" => return Some(0),
            _ => {}
        }
        let parts = [" in the morning", " in the afternoon", " in the evening", " at night"];
        let part = parts.iter().position(|part| words.ends_with(part));
        let clock = part.map_or(words, |part| &words[..words.len() - parts[part].len()]);
        let minute = if let Some(hour) = clock.strip_suffix(" o'clock") {
            number(hour)? * 60
        } else {
            let (count, sign, hour) = match (clock.split_once(" past "), clock.split_once(" to ")) {
                (Some((count, hour)), None) => (count, 1, hour),
                (None, Some((count, hour))) => (count, -1, hour),
                _ => return None,
            };
            let count = match count {
                "quarter" => 15,
                "half" => 30,
                _ => number(count.trim_end_matches(" minutes").trim_end_matches(" minute"))?,
            };
            (number(hour)? as i32 * 60 + sign * count as i32) as u32
        } % 720;
        Some(match part {
            None | Some(0) => minute,
            Some(1 | 2) => minute + 720,
            Some(_) => {
                if minute < 240 {
                    minute
                } else {
                    minute + 720
                }
            }
        })
    }

    #[test]
    fn words_lead_back_to_every_minute_of_the_day() {
        for minute in 0..1_440_u32 {
            let (hour, of_hour) = ((minute / 60) as u8, (minute % 60) as u8);
            let text = words(hour, of_hour, true);
            assert_eq!(minute_of(&text), Some(minute), "{text}");
            let text = words(hour, of_hour, false);
            assert_eq!(minute_of(&text), Some(minute % 720), "{text}");
        }
    }

    #[test]
    fn they_are_what_people_say() {
        for (hour, minute, expected) in [
            (4, 15, "quarter past four in the morning"),
            (20, 37, "twenty-three minutes to nine in the evening"),
            (12, 0, "noon"),
            (0, 0, "midnight"),
            (23, 45, "quarter to twelve at night"),
            (0, 1, "one minute past twelve at night"),
            (12, 55, "five to one in the afternoon"),
            (15, 40, "twenty to four in the afternoon"),
            (7, 0, "seven o'clock in the morning"),
        ] {
            assert_eq!(words(hour, minute, true), expected);
        }
        assert_eq!(words(12, 0, false), "twelve o'clock");
        assert_eq!(words(18, 30, false), "half past six");
    }
}
