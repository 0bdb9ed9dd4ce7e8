//! How a place writes money, numbers, dates and times.

use jiff::civil::{Date, Time, Weekday};
use pixmo_render::{NumberFormat, Rng};
use rust_decimal::Decimal;

use crate::banks::Place;

/// The habits of one place.
#[derive(Clone, Debug)]
pub(super) struct Locale {
    /// Sign of the currency as printed in headings, such as `€`.
    pub(super) currency: &'static str,
    /// Money with its sign.
    pub(super) money: NumberFormat,
    /// Money without its sign, for columns whose heading names it.
    pub(super) bare: NumberFormat,
    /// How many units of this currency a euro-like unit is.
    pub(super) factor: f64,
    /// Name of the tax on sales.
    pub(super) tax: &'static str,
    /// Its rates in per cent.
    pub(super) rates: &'static [&'static str],
    date: DateStyle,
    /// Times as `6:30 pm` instead of `18:30`.
    half_day: bool,
    /// English as it is written at the place (BCP 47).
    pub(super) tag: &'static str,
}

/// English with the numbers and dates of the place where names of a culture are at home.
fn tag(culture: &str, currency: &str) -> &'static str {
    match culture {
        "english" if currency == "$" => "en-US",
        "german" => "en-DE",
        "dutch" => "en-NL",
        "french" => "en-FR",
        "spanish" => "en-ES",
        "italian" => "en-IT",
        "portuguese" => "en-PT",
        "greek" => "en-GR",
        "polish" => "en-PL",
        "czech" => "en-CZ",
        "swedish" => "en-SE",
        "ukrainian" => "en-UA",
        "turkish" => "en-TR",
        "hungarian" => "en-HU",
        "indian" => "en-IN",
        "west_african" => "en-GH",
        "east_african" => "en-KE",
        "arabic" => "en-AE",
        "japanese" => "en-JP",
        "korean" => "en-KR",
        "chinese" => "en-CN",
        "vietnamese" => "en-VN",
        _ => "en-GB",
    }
}

/// How a date is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum DateStyle {
    /// 14 March 2025
    DayMonthYear,
    /// March 14, 2025
    MonthDayYear,
    /// 14 Mar 2025
    Short,
    /// 14.03.2025
    Dots,
    /// 14/03/2025
    Slashes,
    /// 14-03-2025
    Dashes,
    /// 2025-03-14
    Iso,
}

struct Habit {
    cultures: &'static [&'static str],
    currency: &'static str,
    /// `p` before, `P` before with a space, `s` after with a space.
    place: char,
    mark: char,
    group: char,
    decimals: u32,
    factor: f64,
    tax: &'static str,
    rates: &'static [&'static str],
    dates: &'static [DateStyle],
    half_day: bool,
}

use crate::content::MONTHS;
use DateStyle as D;

const HABITS: &[Habit] = &[
    habit(
        &["english"],
        "$",
        'p',
        '.',
        ',',
        2,
        1.1,
        "Sales tax",
        &["6.25", "7", "8.5"],
        &[D::MonthDayYear, D::Short],
        true,
    ),
    habit(
        &["english"],
        "£",
        'p',
        '.',
        ',',
        2,
        0.85,
        "VAT",
        &["20"],
        &[D::DayMonthYear, D::Slashes, D::Short],
        false,
    ),
    habit(&["german"], "€", 's', ',', '.', 2, 1.0, "VAT", &["19", "7"], &[D::Dots, D::DayMonthYear], false),
    habit(
        &["dutch"],
        "€",
        'P',
        ',',
        '.',
        2,
        1.0,
        "VAT",
        &["21", "9"],
        &[D::DayMonthYear, D::Short, D::Iso],
        false,
    ),
    habit(
        &["french"],
        "€",
        's',
        ',',
        ' ',
        2,
        1.0,
        "VAT",
        &["20", "10"],
        &[D::DayMonthYear, D::Slashes],
        false,
    ),
    habit(
        &["spanish", "italian", "portuguese"],
        "€",
        's',
        ',',
        '.',
        2,
        1.0,
        "VAT",
        &["21", "22", "23"],
        &[D::Slashes, D::DayMonthYear],
        false,
    ),
    habit(&["greek"], "€", 's', ',', '.', 2, 1.0, "VAT", &["24"], &[D::Slashes, D::Dots], false),
    habit(&["polish"], "zł", 's', ',', ' ', 2, 4.3, "VAT", &["23", "8"], &[D::Dots, D::Iso], false),
    habit(&["czech"], "Kč", 's', ',', ' ', 2, 25.0, "VAT", &["21"], &[D::Dots, D::DayMonthYear], false),
    habit(
        &["swedish"],
        "kr",
        's',
        ',',
        ' ',
        2,
        11.0,
        "VAT",
        &["25", "12"],
        &[D::Iso, D::DayMonthYear],
        false,
    ),
    habit(&["ukrainian"], "UAH", 's', ',', ' ', 2, 43.0, "VAT", &["20"], &[D::Dots], false),
    habit(&["turkish"], "TRY", 's', ',', '.', 2, 40.0, "VAT", &["20", "10"], &[D::Dots, D::Slashes], false),
    habit(&["hungarian"], "Ft", 's', ',', ' ', 0, 390.0, "VAT", &["27"], &[D::Iso, D::DayMonthYear], false),
    habit(
        &["indian"],
        "Rs",
        'P',
        '.',
        ',',
        2,
        90.0,
        "GST",
        &["18", "12", "5"],
        &[D::Slashes, D::DayMonthYear],
        true,
    ),
    habit(
        &["west_african"],
        "GHS",
        'P',
        '.',
        ',',
        2,
        13.0,
        "VAT",
        &["15"],
        &[D::DayMonthYear, D::Slashes],
        false,
    ),
    habit(
        &["east_african"],
        "KSh",
        'P',
        '.',
        ',',
        2,
        140.0,
        "VAT",
        &["16"],
        &[D::DayMonthYear, D::Slashes],
        false,
    ),
    habit(&["arabic"], "AED", 'P', '.', ',', 2, 4.0, "VAT", &["5"], &[D::DayMonthYear, D::Slashes], false),
    habit(
        &["japanese"],
        "¥",
        'p',
        '.',
        ',',
        0,
        160.0,
        "Consumption tax",
        &["10", "8"],
        &[D::Iso, D::MonthDayYear],
        false,
    ),
    habit(&["korean"], "KRW", 'P', '.', ',', 0, 1450.0, "VAT", &["10"], &[D::Iso, D::MonthDayYear], false),
    habit(&["chinese"], "¥", 'p', '.', ',', 2, 7.8, "VAT", &["13", "6"], &[D::Iso, D::Short], false),
    habit(&["vietnamese"], "VND", 's', ',', '.', 0, 27000.0, "VAT", &["10", "8"], &[D::Slashes], false),
];

#[expect(clippy::too_many_arguments, reason = "a row of a table, written once for each place")]
const fn habit(
    cultures: &'static [&'static str],
    currency: &'static str,
    place: char,
    mark: char,
    group: char,
    decimals: u32,
    factor: f64,
    tax: &'static str,
    rates: &'static [&'static str],
    dates: &'static [DateStyle],
    half_day: bool,
) -> Habit {
    Habit { cultures, currency, place, mark, group, decimals, factor, tax, rates, dates, half_day }
}

impl Locale {
    /// The habits of a place where names of this culture are at home.
    pub(super) fn of(culture: &str, rng: &mut Rng) -> Self {
        let fits: Vec<&Habit> = HABITS.iter().filter(|h| h.cultures.contains(&culture)).collect();
        let habit = if fits.is_empty() { &HABITS[1] } else { *rng.pick(&fits) };
        let (prefix, suffix) = match habit.place {
            'p' => (habit.currency.to_owned(), String::new()),
            'P' => (format!("{}\u{a0}", habit.currency), String::new()),
            _ => (String::new(), format!("\u{a0}{}", habit.currency)),
        };
        let group = if habit.group == ' ' { '\u{a0}' } else { habit.group };
        let bare = NumberFormat {
            decimals: habit.decimals,
            mark: habit.mark,
            group: Some(group),
            prefix: String::new(),
            suffix: String::new(),
            scale: 0,
        };
        Self {
            currency: habit.currency,
            money: NumberFormat { prefix, suffix, ..bare.clone() },
            bare,
            factor: habit.factor,
            tax: habit.tax,
            rates: habit.rates,
            date: *rng.pick(habit.dates),
            half_day: habit.half_day,
            tag: tag(culture, habit.currency),
        }
    }

    /// The habits of a place where another language than English is spoken.
    pub(super) fn foreign(place: &'static Place, date: DateStyle, tax: &'static str) -> Self {
        let bare = NumberFormat {
            decimals: 2,
            mark: place.mark,
            group: Some(place.group),
            prefix: String::new(),
            suffix: String::new(),
            scale: 0,
        };
        let (prefix, suffix) = (place.prefix.clone(), place.suffix.clone());
        Self {
            currency: if prefix.is_empty() { place.suffix.trim() } else { place.prefix.trim() },
            money: NumberFormat { prefix, suffix, ..bare.clone() },
            bare,
            factor: place.factor,
            tax,
            rates: &[],
            date,
            half_day: false,
            tag: &place.tag,
        }
    }

    /// Numbers with this many decimals and a suffix, such as ` kWh`.
    pub(super) fn number(&self, decimals: u32, suffix: &str) -> NumberFormat {
        NumberFormat { decimals, suffix: suffix.to_owned(), ..self.bare.clone() }
    }

    /// An amount of a euro-like currency as a tidy amount of this one: cents end as prices do.
    pub(super) fn price(&self, euros: f64, rng: &mut Rng) -> Decimal {
        let (tidy, step) = self.tidy(euros);
        let charm = self.money.decimals == 2 && step < 1.0 && rng.chance(0.4);
        self.exact(if charm && tidy > 0.2 { tidy - 0.01 } else { tidy })
    }

    /// A price as restaurants and cafés write it on the board: tidy, and never one cent short of it.
    pub(super) fn board_price(&self, euros: f64) -> Decimal {
        let (tidy, step) = self.tidy(euros);
        let coarse = if self.money.decimals == 2 && step < 1.0 { step.max(0.1) } else { step };
        self.exact(libm::round(tidy / coarse).max(1.0) * coarse)
    }

    /// An amount without odd cents, and the step to which it was rounded.
    fn tidy(&self, euros: f64) -> (f64, f64) {
        let raw = euros * self.factor;
        let step = match raw {
            _ if self.money.decimals == 0 && raw >= 10_000.0 => 500.0,
            _ if self.money.decimals == 0 && raw >= 500.0 => 10.0,
            _ if self.money.decimals == 0 => 5.0,
            r if r < 10.0 => 0.05,
            r if r < 100.0 => 0.1,
            r if r < 1000.0 => 0.5,
            _ => 5.0,
        };
        (libm::round(raw / step).max(1.0) * step, step)
    }

    /// A fee as clubs, theatres and museums ask it: round, without the odd cents of shops.
    pub(super) fn fee(&self, euros: f64) -> Decimal {
        let raw = euros * self.factor;
        let step = match raw {
            r if r < 10.0 => 0.5,
            r if r < 30.0 => 1.0,
            r if r < 200.0 => 5.0,
            r if r < 1_000.0 => 10.0,
            r if r < 10_000.0 => 100.0,
            r if r < 100_000.0 => 500.0,
            _ => 5_000.0,
        };
        let step: f64 = if self.money.decimals == 0 && raw < 10.0 { 1.0 } else { step };
        self.exact(libm::round(raw / step).max(1.0) * step)
    }

    /// Rounded to what this currency can print.
    pub(super) fn exact(&self, amount: f64) -> Decimal {
        self.money.rounded(Decimal::from_f64_retain(amount).unwrap_or_default())
    }

    /// The place with its months in words where it writes dates as forms and machines do; print for the public spells
    /// them.
    pub(super) fn spelt(mut self) -> Self {
        if matches!(self.date, D::Iso | D::Dashes) {
            self.date = D::DayMonthYear;
        }
        self
    }

    /// A date.
    pub(super) fn date(&self, date: Date) -> String {
        let (year, month, day) = (date.year(), date.month(), date.day());
        let name = MONTHS[usize::from(month.unsigned_abs()) - 1];
        match self.date {
            D::DayMonthYear => format!("{day} {name} {year}"),
            D::MonthDayYear => format!("{name} {day}, {year}"),
            D::Short => format!("{day} {} {year}", &name[..3]),
            D::Dots => format!("{day:02}.{month:02}.{year}"),
            D::Slashes => format!("{day:02}/{month:02}/{year}"),
            D::Dashes => format!("{day:02}-{month:02}-{year}"),
            D::Iso => format!("{year}-{month:02}-{day:02}"),
        }
    }

    /// A date without its year, for rows of a table.
    pub(super) fn day(&self, date: Date) -> String {
        let (month, day) = (date.month(), date.day());
        let name = MONTHS[usize::from(month.unsigned_abs()) - 1];
        match self.date {
            D::DayMonthYear | D::Short => format!("{day} {}", &name[..3]),
            D::MonthDayYear => format!("{} {day}", &name[..3]),
            D::Dots => format!("{day:02}.{month:02}."),
            D::Slashes => format!("{day:02}/{month:02}"),
            D::Dashes => format!("{day:02}-{month:02}"),
            D::Iso => format!("{month:02}-{day:02}"),
        }
    }

    /// A date without its year as it is written in a sentence.
    pub(super) fn day_in_words(&self, date: Date) -> String {
        let name = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
        match self.date {
            D::MonthDayYear => format!("{name} {}", date.day()),
            _ => format!("{} {name}", date.day()),
        }
    }

    /// Days that follow one another, with what they share said once.
    pub(super) fn span(&self, first: Date, last: Date) -> String {
        let name = |date: Date| MONTHS[usize::from(date.month().unsigned_abs()) - 1];
        let month = first.month() == last.month() && first.year() == last.year();
        let (from, to, year) = (first.day(), last.day(), last.year());
        match self.date {
            D::DayMonthYear if month => format!("{from}–{to} {} {year}", name(last)),
            D::Short if month => format!("{from}–{to} {} {year}", &name(last)[..3]),
            D::MonthDayYear if month => format!("{} {from}–{to}, {year}", name(last)),
            D::Dots if month => format!("{from:02}.–{}", self.date(last)),
            D::DayMonthYear if first.year() == year => {
                format!("{from} {} – {to} {} {year}", name(first), name(last))
            }
            D::Short if first.year() == year => {
                format!("{from} {} – {to} {} {year}", &name(first)[..3], &name(last)[..3])
            }
            D::MonthDayYear if first.year() == year => {
                format!("{} {from} – {} {to}, {year}", name(first), name(last))
            }
            D::Dots if first.year() == year => format!("{} – {}", self.day(first), self.date(last)),
            _ => format!("{} – {}", self.date(first), self.date(last)),
        }
    }

    /// A time of day.
    pub(super) fn time(&self, time: Time) -> String {
        let (hour, minute) = (time.hour(), time.minute());
        if self.half_day {
            let half = if hour < 12 { "am" } else { "pm" };
            let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
            format!("{hour}:{minute:02} {half}")
        } else {
            format!("{hour:02}:{minute:02}")
        }
    }
}

/// The month and year, such as `March 2025`.
pub(super) fn month_year(date: Date) -> String {
    format!("{} {}", MONTHS[usize::from(date.month().unsigned_abs()) - 1], date.year())
}

/// The name of the weekday.
pub(super) fn weekday(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};
    use pixmo_render::Seed;

    #[test]
    fn every_culture_has_a_place_and_prints_as_it_does_there() {
        let mut rng = Seed::from_number(1).rng("test");
        for culture in &super::super::words::Words::bundled().names.culture {
            assert!(HABITS.iter().any(|h| h.cultures.contains(&culture.slug.as_str())), "{}", culture.slug);
        }
        let german = Locale::of("german", &mut rng);
        assert_eq!(german.money.print(Decimal::new(123_450, 2)), "1.234,50\u{a0}€");
        let yen = Locale::of("japanese", &mut rng);
        assert_eq!(yen.money.print(Decimal::new(1200, 0)), "¥1,200");
        assert_eq!(Locale { date: D::MonthDayYear, ..yen.clone() }.date(date(2025, 3, 9)), "March 9, 2025");
        assert_eq!(Locale { date: D::Dots, ..yen.clone() }.date(date(2025, 3, 9)), "09.03.2025");
        let spans = |style| {
            let place = Locale { date: style, ..yen.clone() };
            (place.span(date(2025, 3, 3), date(2025, 3, 5)), place.span(date(2025, 3, 30), date(2025, 4, 1)))
        };
        assert_eq!(spans(D::DayMonthYear).0, "3–5 March 2025");
        assert_eq!(spans(D::Short).1, "30 Mar – 1 Apr 2025");
        assert_eq!(spans(D::MonthDayYear).0, "March 3–5, 2025");
        assert_eq!(spans(D::Dots), ("03.–05.03.2025".to_owned(), "30.03. – 01.04.2025".to_owned()));
        assert_eq!(spans(D::Iso).0, "2025-03-03 – 2025-03-05");
        assert_eq!(Locale { half_day: true, ..yen.clone() }.time(time(0, 5, 0, 0)), "12:05 am");
        assert_eq!(yen.time(time(18, 30, 0, 0)), "18:30");
    }

    #[test]
    fn prices_are_tidy_and_print_without_loss() {
        let mut rng = Seed::from_number(2).rng("test");
        for culture in ["english", "hungarian", "vietnamese", "indian", "polish"] {
            let locale = Locale::of(culture, &mut rng);
            for euros in [0.03, 1.26, 17.3, 480.0, 9999.0] {
                let price = locale.price(euros, &mut rng);
                assert!(price > Decimal::ZERO, "{culture} {euros}");
                assert_eq!(locale.money.rounded(price), price.normalize(), "{culture} {euros}");
                let fee = locale.fee(euros);
                assert!(fee > Decimal::ZERO && locale.money.rounded(fee) == fee.normalize());
            }
        }
    }
}
