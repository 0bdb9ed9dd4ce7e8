//! The ten published columns: what can be read from a clock, and the ids of its row.
//!
//! Noon is 12:00 PM and midnight 12:00 AM. Without AM/PM the visible hour is 0 to 11, with it 0 to 23; what cannot be
//! read is -1.

use pixmo_render::Rng;
use pixmo_render_clocks::{Moment, Shows};
use pixmo_schemas::records::ClocksRecord;
use pixmo_schemas::records::clocks::{NOT_SHOWN, WITH_AM_PM, WITHOUT_AM_PM, text_of};

/// Length of the name of a face.
pub const WATCHFACE_ID_CHARS: usize = 10;
/// The first part of `watch_time` is a number of three digits in this range, as in the published rows.
const PREFIXES: (i64, i64) = (3, 6);

/// What a reader can tell of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visible {
    /// The hour: 0 to 23 if morning and afternoon can be told apart, otherwise 0 to 11.
    pub hour: u8,
    /// The minute.
    pub minute: u8,
    /// The second, where it can be read.
    pub second: Option<u8>,
    /// Whether morning and afternoon can be told apart.
    pub am_pm: bool,
}

/// A name that cannot stand in an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LabelError {
    /// The id of the face is too short, too long, or holds something else than letters and digits.
    #[error("`{found}` is no id of a face: expected {WATCHFACE_ID_CHARS} letters and digits")]
    WatchfaceId {
        /// The id as it was given.
        found: String,
    },
    /// The name of the body would make the id of the row unreadable.
    #[error("`{found}` is no name of a body: expected lowercase letters, digits and `-`, at most 64")]
    Body {
        /// The name as it was given.
        found: String,
    },
}

impl Visible {
    /// What can be read of a moment; `None` where no time is shown.
    pub fn of(moment: &Moment, shows: Shows) -> Option<Visible> {
        shows.time.then(|| Visible {
            hour: if shows.am_pm { moment.hour() } else { moment.hour() % 12 },
            minute: moment.minute(),
            second: shows.seconds.then(|| moment.second()),
            am_pm: shows.am_pm,
        })
    }

    /// `H:MM` or `H:MM:SS`, with ` AM` or ` PM` where known; 12 for hour 0.
    pub fn text(&self) -> String {
        let format = if self.am_pm { WITH_AM_PM } else { WITHOUT_AM_PM };
        text_of(format, self.hour.into(), self.minute.into(), self.second.map(i32::from))
    }

    /// Reads what [`Visible::text`] writes; `None` for anything else.
    pub fn parse(text: &str) -> Option<Visible> {
        let (clock, half) = match text.split_once(' ') {
            Some((clock, "AM")) => (clock, Some(0)),
            Some((clock, "PM")) => (clock, Some(12)),
            Some(_) => return None,
            None => (text, None),
        };
        let mut parts = clock.split(':');
        let hour = parts.next().filter(|hour| !hour.starts_with('0')).and_then(digits)?;
        let sixtieth =
            |part: Option<&str>| part.filter(|p| p.len() == 2).and_then(digits).filter(|n| *n < 60);
        let minute = sixtieth(parts.next())?;
        let second = match parts.next() {
            None => None,
            part => Some(sixtieth(part)?),
        };
        let is_whole = (1..=12).contains(&hour) && parts.next().is_none();
        let hour = hour % 12 + half.unwrap_or(0);
        is_whole.then_some(Visible { hour, minute, second, am_pm: half.is_some() })
    }
}

/// A number of one or two digits and nothing else.
fn digits(text: &str) -> Option<u8> {
    let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// The published row of a clock. The seed of the task decides the number before the time and the microseconds.
///
/// # Errors
/// [`LabelError`] for a face or a body whose name cannot stand in the id of a row.
pub fn label(
    watchface_id: &str,
    body: &str,
    moment: &Moment,
    shows: Shows,
    rng: &mut Rng,
) -> Result<ClocksRecord, LabelError> {
    let is_id =
        watchface_id.len() == WATCHFACE_ID_CHARS && watchface_id.bytes().all(|b| b.is_ascii_alphanumeric());
    if !is_id {
        return Err(LabelError::WatchfaceId { found: watchface_id.to_owned() });
    }
    let is_slug = (1..=64).contains(&body.len())
        && body.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !is_slug {
        return Err(LabelError::Body { found: body.to_owned() });
    }
    let prefix = rng.whole(PREFIXES.0, PREFIXES.1);
    let micros = rng.below(1_000_000);
    let time = moment.iso();
    let visible = Visible::of(moment, shows);
    Ok(ClocksRecord {
        example_id: format!("{watchface_id}/{prefix:03}_{time}.{micros:06}_{body}"),
        watchface_id: watchface_id.to_owned(),
        watchface_name: body.to_owned(),
        watch_time: format!("{prefix:03}_{time}"),
        time_format: match visible {
            None => NOT_SHOWN,
            Some(Visible { am_pm: true, .. }) => WITH_AM_PM,
            Some(_) => WITHOUT_AM_PM,
        }
        .to_owned(),
        shows_seconds: visible.is_some_and(|v| v.second.is_some()),
        hour_visible: visible.map_or(-1, |v| v.hour.into()),
        minute_visible: visible.map_or(-1, |v| v.minute.into()),
        second_visible: visible.and_then(|v| v.second).map_or(-1, i32::from),
        text: visible.map_or_else(|| text_of(NOT_SHOWN, 0, 0, None), |v| v.text()),
    })
}

#[cfg(test)]
mod tests {
    use pixmo_render::Seed;
    use pixmo_schemas::Record as _;
    use pixmo_schemas::records::clocks::NOT_SHOWN_TEXT;

    use super::*;

    const FORMATS: [(bool, bool); 4] = [(false, false), (false, true), (true, false), (true, true)];

    fn at(of_day: u32) -> Moment {
        Moment::new(2021, 5, 17, (of_day / 3600) as i8, (of_day / 60 % 60) as i8, (of_day % 60) as i8)
            .expect("it exists")
    }

    fn shows(seconds: bool, am_pm: bool) -> Shows {
        Shows { time: true, seconds, am_pm, ..Shows::default() }
    }

    fn row(of_day: u32, shows: Shows) -> ClocksRecord {
        let mut rng = Seed::from_number(u64::from(of_day)).rng("label");
        label("0a1B2c3D4e", "dress-watch", &at(of_day), shows, &mut rng).expect("the names are right")
    }

    #[test]
    fn text_and_columns_agree_at_every_second_of_the_day() {
        for of_day in 0..86_400 {
            for (seconds, am_pm) in FORMATS {
                let visible = Visible::of(&at(of_day), shows(seconds, am_pm)).expect("it is shown");
                let text = visible.text();
                assert_eq!(Visible::parse(&text), Some(visible), "{text}");
                // Said again without any code of the house.
                let hour = [12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11][(of_day / 3600 % 12) as usize];
                let mut expected = format!("{hour}:{:02}", of_day / 60 % 60);
                if seconds {
                    expected += &format!(":{:02}", of_day % 60);
                }
                if am_pm {
                    expected += if of_day < 43_200 { " AM" } else { " PM" };
                }
                assert_eq!(text, expected);
            }
        }
    }

    #[test]
    fn rows_are_right_in_every_format() {
        for of_day in (0..86_400).step_by(61) {
            for (seconds, am_pm) in FORMATS {
                let row = row(of_day, shows(seconds, am_pm));
                row.validate().expect("the row is right");
                let hour = of_day / 3600;
                assert_eq!(row.hour_visible as u32, if am_pm { hour } else { hour % 12 });
                assert_eq!(row.minute_visible as u32, of_day / 60 % 60);
                assert_eq!(row.second_visible, if seconds { (of_day % 60) as i32 } else { -1 });
            }
        }
    }

    #[test]
    fn noon_is_pm_and_midnight_is_am() {
        for (clock, text) in [
            ((0, 0), "12:00 AM"),
            ((0, 59), "12:59 AM"),
            ((11, 59), "11:59 AM"),
            ((12, 0), "12:00 PM"),
            ((12, 59), "12:59 PM"),
            ((13, 0), "1:00 PM"),
            ((23, 59), "11:59 PM"),
        ] {
            assert_eq!(row(clock.0 * 3600 + clock.1 * 60, shows(false, true)).text, text);
        }
    }

    #[test]
    fn a_face_without_a_time_says_nothing() {
        // Flags that make no sense without a time do not matter.
        for (seconds, am_pm) in FORMATS {
            let row = row(45_296, Shows { time: false, ..shows(seconds, am_pm) });
            row.validate().expect("the row is right");
            assert_eq!((row.hour_visible, row.minute_visible, row.second_visible), (-1, -1, -1));
            assert_eq!((row.text.as_str(), row.shows_seconds), (NOT_SHOWN_TEXT, false));
            assert_eq!(row.time_format, "Not shown");
        }
    }

    #[test]
    fn ids_have_the_published_form() {
        let mut prefixes = [0; 10];
        for of_day in 0..2_000 {
            let row = row(of_day * 43, shows(true, true));
            let (face, rest) = row.example_id.split_once('/').expect("a stroke");
            assert_eq!((face, face.len()), (row.watchface_id.as_str(), 10));
            assert_eq!(row.watch_time.len(), 23);
            let parts: Vec<&str> = rest.split('_').collect();
            let [prefix, time, body] = parts[..] else { panic!("{rest}") };
            let (second, micros) = time.split_once('.').expect("a fraction");
            assert_eq!(format!("{prefix}_{second}"), row.watch_time);
            assert_eq!((second, body), (at(of_day * 43).iso().as_str(), "dress-watch"));
            assert!(micros.len() == 6 && micros.bytes().all(|b| b.is_ascii_digit()), "{micros}");
            prefixes[prefix.parse::<usize>().expect("a number")] += 1;
        }
        assert_eq!(
            prefixes.map(|n| n > 0),
            [false, false, false, true, true, true, true, false, false, false]
        );
    }

    #[test]
    fn names_that_break_an_id_are_refused() {
        let mut rng = Seed::from_number(1).rng("label");
        let mut error = |id: &str, body: &str| {
            label(id, body, &at(0), Shows::default(), &mut rng).expect_err("a wrong name").to_string()
        };
        assert_eq!(error("short", "wall"), "`short` is no id of a face: expected 10 letters and digits");
        assert!(error("0a1B2c3D4/", "wall").contains("no id of a face"));
        for body in ["", "Wall", "wall_clock", "a/b", &"x".repeat(65)] {
            assert!(error("0a1B2c3D4e", body).contains("no name of a body"), "{body}");
        }
    }

    #[test]
    fn only_the_grammar_is_parsed() {
        for text in [
            "",
            "0:15",
            "13:00",
            "4:5",
            "4:60",
            "04:15",
            "4:15 am",
            "4:15 AM ",
            "4:15:60",
            "4:15:30:00",
            "+4:15",
            "4:+5",
            "4",
            NOT_SHOWN_TEXT,
        ] {
            assert_eq!(Visible::parse(text), None, "{text}");
        }
    }
}
