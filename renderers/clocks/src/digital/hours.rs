//! How the time and the date are printed.

use jiff::civil::Weekday;
use pixmo_render::Rng;

use crate::frame::Dated;
use crate::moment::Moment;

/// Letters for the half of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Half {
    /// `AM`, `PM`.
    Upper,
    /// `am`, `pm`.
    Lower,
}

impl Half {
    /// The letters for an hour of the day: midnight begins the morning, noon the afternoon.
    pub fn print(self, hour: u8) -> &'static str {
        match (self, hour < 12) {
            (Half::Upper, true) => "AM",
            (Half::Upper, false) => "PM",
            (Half::Lower, true) => "am",
            (Half::Lower, false) => "pm",
        }
    }
}

/// How hours are counted.
///
/// Twelve hours without letters never have a leading zero and 24 hours always do, so that `9:41` and `09:41` are not read
/// alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hours {
    /// 12, 1 to 11; nothing tells the morning from the afternoon.
    Twelve,
    /// The same with letters.
    Halves {
        /// The letters.
        half: Half,
        /// A zero before hours of one digit.
        padded: bool,
    },
    /// 00 to 23.
    Day,
}

impl Hours {
    /// All styles.
    pub const ALL: [Hours; 6] = [
        Hours::Twelve,
        Hours::Halves { half: Half::Upper, padded: false },
        Hours::Halves { half: Half::Upper, padded: true },
        Hours::Halves { half: Half::Lower, padded: false },
        Hours::Halves { half: Half::Lower, padded: true },
        Hours::Day,
    ];

    /// A style by chance.
    pub fn drawn(rng: &mut Rng) -> Hours {
        match rng.weighted(&[0.28, 0.32, 0.40]) {
            0 => Hours::Twelve,
            1 => Hours::Halves {
                half: if rng.chance(0.75) { Half::Upper } else { Half::Lower },
                padded: rng.chance(0.2),
            },
            _ => Hours::Day,
        }
    }

    /// The digits of the hour.
    pub fn hour(self, moment: &Moment) -> String {
        let hour = moment.hour();
        let twelve = if hour.is_multiple_of(12) { 12 } else { hour % 12 };
        match self {
            Hours::Twelve | Hours::Halves { padded: false, .. } => twelve.to_string(),
            Hours::Halves { padded: true, .. } => format!("{twelve:02}"),
            Hours::Day => format!("{hour:02}"),
        }
    }

    /// Hour and minute: `9:41`.
    pub fn clock(self, moment: &Moment) -> String {
        format!("{}:{:02}", self.hour(moment), moment.minute())
    }

    /// The letters for the half of the day, where there are any.
    pub fn half(self, moment: &Moment) -> Option<&'static str> {
        match self {
            Hours::Halves { half, .. } => Some(half.print(moment.hour())),
            Hours::Twelve | Hours::Day => None,
        }
    }

    /// Whether a reader can tell the morning from the afternoon.
    pub fn tell_half(self) -> bool {
        self != Hours::Twelve
    }
}

/// Days from Monday, 0 to 6.
pub(super) fn weekday_index(day: Weekday) -> usize {
    usize::from(day.to_monday_zero_offset().unsigned_abs()).min(6)
}

/// How a date is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateForm {
    /// `Mon 17`.
    ShortDay,
    /// `MON 17`.
    Capitals,
    /// `Mon, May 17`.
    DayMonth,
    /// `Monday, May 17`.
    Long,
    /// `17 MAY`.
    MonthCapitals,
    /// `Monday`.
    OnlyDay,
}

impl DateForm {
    /// All forms.
    pub const ALL: [DateForm; 6] = [
        DateForm::ShortDay,
        DateForm::Capitals,
        DateForm::DayMonth,
        DateForm::Long,
        DateForm::MonthCapitals,
        DateForm::OnlyDay,
    ];

    /// The date of a moment.
    pub fn print(self, moment: &Moment) -> String {
        let (name, month) = (moment.weekday_name(), moment.month_name());
        let day = moment.day();
        match self {
            DateForm::ShortDay => format!("{} {day}", &name[..3]),
            DateForm::Capitals => format!("{} {day}", name[..3].to_uppercase()),
            DateForm::DayMonth => format!("{}, {} {day}", &name[..3], &month[..3]),
            DateForm::Long => format!("{name}, {month} {day}"),
            DateForm::MonthCapitals => format!("{day} {}", month[..3].to_uppercase()),
            DateForm::OnlyDay => name.to_owned(),
        }
    }

    /// What it prints of the date.
    pub fn dated(self) -> Dated {
        let (weekday, day, month) = match self {
            DateForm::ShortDay | DateForm::Capitals => (true, true, false),
            DateForm::DayMonth | DateForm::Long => (true, true, true),
            DateForm::MonthCapitals => (false, true, true),
            DateForm::OnlyDay => (true, false, false),
        };
        Dated { weekday, day, month }
    }

    /// A text about as wide as any that it prints.
    pub(super) fn widest(self) -> &'static str {
        match self {
            DateForm::ShortDay => "Wed 28",
            DateForm::Capitals => "WED 28",
            DateForm::DayMonth => "Wed, May 28",
            DateForm::Long => "Wednesday, September 28",
            DateForm::MonthCapitals => "28 NOV",
            DateForm::OnlyDay => "Wednesday",
        }
    }
}

/// `MON` for a day of the week.
pub(super) fn day_letters(moment: &Moment) -> String {
    moment.weekday_name()[..3].to_uppercase()
}
