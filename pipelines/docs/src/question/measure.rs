//! How the name of a column of numbers is spoken of inside a sentence: as the thing it is, as a number or an amount of
//! things, or, when it is no thing at all (`Donated`, `Below poverty line`, `Min.`), as the figure that stands under it.

use crate::content::inside;

/// Words that make what stands before them the thing that is measured: `tickets sold`, `visits per day`.
const AFTER_THE_THING: &[&str] = &[
    "sold", "lent", "made", "spent", "built", "caught", "taken", "paid", "won", "lost", "left", "held",
    "bought", "seen", "grown", "kept", "given", "sent", "present", "open", "online", "per", "by", "on", "in",
    "at", "out", "with", "for", "of", "to", "from", "over", "under", "without", "between", "within",
];

/// Words with which no thing begins.
const NO_THING: &[&str] = &[
    "in", "on", "at", "by", "per", "below", "above", "under", "over", "out", "of", "with", "without", "to",
    "from", "paid", "up", "down", "off", "min", "max", "qty", "no", "%", "plan", "actual", "target",
    "previous", "saved", "next",
];

/// Things that are sizes themselves: what is done with them makes no amount of them.
const SIZES: &[&str] = &[
    "area",
    "capacity",
    "cost",
    "depth",
    "distance",
    "height",
    "income",
    "length",
    "level",
    "number",
    "percentage",
    "power",
    "price",
    "quantity",
    "rate",
    "score",
    "share",
    "speed",
    "time",
    "value",
    "volume",
    "weight",
    "width",
];

/// Units that count things rather than weigh them.
const COUNTING: &[&str] = &["k", "M", "thousand", "million", "thousands", "millions"];

/// What a bare number of a column stands for where its unit is a quantity: ` thousand` behind the 6.0 of an axis in `k`.
pub(crate) fn quantity(unit: &str) -> &'static str {
    match unit {
        "k" | "thousand" | "thousands" => " thousand",
        "M" | "million" | "millions" => " million",
        _ => "",
    }
}

/// True when a measure has a unit of its own, so that plurals are amounts and no numbers of things: landings in t. Where
/// the name says the unit itself (`Days on the shelf`), it counts.
pub(crate) fn is_weighed(name: &str, unit: &str) -> bool {
    let start: String = unit.to_lowercase().chars().take(3).collect();
    let said = name.to_lowercase().split(' ').any(|word| word.starts_with(&start));
    !unit.is_empty() && !COUNTING.contains(&unit) && !said
}

/// Measures of how numbers lie, which stand before what is measured: the median weight.
const STATISTICS: &[&str] = &[
    "median",
    "mean",
    "average",
    "minimum",
    "maximum",
    "lowest",
    "highest",
    "first quartile",
    "third quartile",
    "lower quartile",
    "upper quartile",
    "total",
];

/// What the languages of pictures call these measures, which charts draw without a word: questions say them in English.
const FOREIGN_STATISTICS: &[(&str, &[&str])] = &[
    ("minimum", &["Minimum", "Mínimo", "Minimo"]),
    (
        "lower quartile",
        &[
            "Unteres Quartil",
            "Primer cuartil",
            "Premier quartile",
            "Primo quartile",
            "Eerste kwartiel",
            "Pierwszy kwartyl",
            "Primeiro quartil",
            "Nedre kvartil",
        ],
    ),
    ("median", &["Median", "Mediana", "Médiane", "Mediaan"]),
    (
        "upper quartile",
        &[
            "Oberes Quartil",
            "Tercer cuartil",
            "Troisième quartile",
            "Terzo quartile",
            "Derde kwartiel",
            "Trzeci kwartyl",
            "Terceiro quartil",
            "Övre kvartil",
        ],
    ),
    ("maximum", &["Maximum", "Máximo", "Massimo", "Maksimum"]),
];

/// True when a word looks like the plural of an English noun.
fn many(word: &str) -> bool {
    ["children", "people", "men", "women", "staff", "cattle", "deer"].contains(&word)
        || word.len() > 3
            && word.ends_with('s')
            && !["ss", "us", "is", "ws"].iter().any(|end| word.ends_with(end))
}

/// The name without a unit in brackets behind it: the picture gives the unit, a sentence need not.
pub(super) fn without_unit(name: &str) -> &str {
    match name.strip_suffix(')').and_then(|name| name.rsplit_once(" (")) {
        Some((thing, unit)) if unit.chars().count() <= 4 && !thing.is_empty() => thing,
        _ => name,
    }
}

/// True for names that are no noun of ours and can only be quoted.
pub(crate) fn is_no_thing(name: &str) -> bool {
    let lower = name.to_lowercase();
    let mut words = lower.split(' ');
    let (first, second) = (words.next().unwrap_or(""), words.next());
    let first = first.trim_end_matches('.');
    // `Sold`, `Given out`: what was done, and not to what.
    let done =
        ["sold", "given", "lent", "made", "caught", "bought", "kept", "sent", "left", "sawn", "cut", "lost"];
    let around = ["out", "over", "in", "back", "off", "up", "away"];
    if done.contains(&first) && second.is_none_or(|word| around.contains(&word)) {
        return true;
    }
    let alone = second.is_none() && (first.ends_with("ed") && first.len() > 4 && first != "speed");
    alone
        || (NO_THING.contains(&first)
            && !(second.is_some()
                && ["plan", "actual", "target", "previous", "saved", "next", "max", "min"].contains(&first)))
        || name.ends_with('.')
        || name.contains('%')
        || first.starts_with(|c: char| c.is_ascii_digit())
        || name.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
        || (first.ends_with("ed")
            && second.is_some_and(|word| ["in", "on", "by", "for", "to"].contains(&word)))
}

/// A name of another language, or one that is no thing, as it stands in a sentence.
pub(super) fn quoted(name: &str) -> String {
    format!("“{}” figure", without_unit(name))
}

/// True for names of what is counted in money, where no number tells.
pub(super) fn is_money(name: &str) -> bool {
    const MONEY: &[&str] = &[
        "takings",
        "income",
        "revenue",
        "sales",
        "donations",
        "fees",
        "fines",
        "dues",
        "costs",
        "deposits",
        "loans",
        "spending",
    ];
    name.to_lowercase().split(' ').any(|word| MONEY.contains(&word))
}

/// A measure as it stands in a sentence; plurals become numbers or amounts of something, so that `is` fits.
pub(crate) fn counted(name: &str, money: bool) -> String {
    counted_whole(without_unit(name), money)
}

/// As [`counted`], with what stands in brackets behind the name: it tells one column from another.
pub(super) fn counted_whole(name: &str, money: bool) -> String {
    if ["Qty", "Qty."].contains(&name) {
        return "quantity".to_owned();
    }
    if is_no_thing(name) {
        return quoted(name);
    }
    let name = inside(name);
    // A column of a wide table: `Jobs (Finance)`.
    if let Some((thing, one)) = name.split_once(" (") {
        return format!("{} ({one}", counted(thing, money));
    }
    if let Some((word, thing)) = name.split_once(' ')
        && ["minimum", "maximum", "lowest", "highest"].contains(&word)
    {
        return format!("{word} {}", counted(thing, money));
    }
    // What was reached and what was aimed at are counted as the thing itself is.
    if let Some((word, thing)) = name.split_once(' ')
        && ["actual", "achieved", "target", "planned"].contains(&word)
    {
        // What is quoted by itself is quoted with its word.
        return match counted_whole(thing, money).strip_suffix(thing) {
            Some(number) => format!("{number}{word} {thing}"),
            None => format!("“{word} {thing}” figure"),
        };
    }
    // The thing ends where a word says what is done with it or where.
    let words: Vec<&str> = name.split(' ').collect();
    let ends = |word: &&str| {
        AFTER_THE_THING.contains(word)
            || (word.ends_with("ed") && (word.len() > 4 || *word == "used") && *word != "speed")
    };
    let until = words.iter().skip(1).position(ends).map_or(words.len(), |at| at + 1);
    let last = words[until - 1].trim_end_matches([',', ';']);
    // A stuff and what is done with it is an amount: `beer sold`, of which nobody has `a beer sold above 40`.
    let done = words.get(until).is_some_and(|word| word.ends_with("ed") || *word == "sold");
    let stuff = until == 1 && done && !SIZES.contains(&last);
    match (many(last), money) {
        (false, _) if stuff => format!("amount of {name}"),
        (false, _) => name,
        (true, true) => format!("amount of {name}"),
        (true, false) => format!("number of {name}"),
    }
}

/// A measure as it stands in the name of a column that is made from it: plurals become numbers or amounts of something.
/// Such names are part of the data, so this changes only with the data.
pub(crate) fn in_a_name(name: &str, money: bool) -> String {
    let name = inside(name);
    // What was reached and what was aimed at are counted as the thing itself is.
    if let Some((word, thing)) = name.split_once(' ')
        && ["actual", "achieved", "target", "planned"].contains(&word)
    {
        let said = in_a_name(thing, money);
        return match said.strip_suffix(thing) {
            Some(number) => format!("{number}{word} {thing}"),
            None => format!("{word} {said}"),
        };
    }
    let many = |word: &str| {
        word.len() > 3
            && word.ends_with('s')
            && !["ss", "us", "is", "ws"].iter().any(|end| word.ends_with(end))
    };
    let mut words = name.split(' ');
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let verb = second.ends_with("ed")
        || [
            "sold", "lent", "made", "spent", "built", "caught", "per", "by", "on", "in", "at", "with", "for",
            "taken",
        ]
        .contains(&second);
    let head = name.split([',', '(']).next().unwrap_or("").trim();
    let last = head.rsplit(' ').next().unwrap_or("");
    let of =
        [" of ", " per ", " to ", " in ", " by ", " for ", " from ", " at "].iter().any(|w| name.contains(w));
    let plural = (many(first) && (verb || second == "of")) || (many(last) && !of);
    match (plural, money) {
        (false, _) => name,
        (true, true) => format!("amount of {name}"),
        (true, false) => format!("number of {name}"),
    }
}

/// What is measured together with one of the series it is measured for: `sales of`, `weight in 1988`, `median weight`.
pub(super) fn of_series(measure: &str, series: &str) -> String {
    let year = series.len() == 4 && series.chars().all(|c| c.is_ascii_digit());
    let month = crate::content::MONTHS.iter().any(|month| *month == series || month[..3] == *series);
    let quarter = series.starts_with('Q') && series[1..].starts_with(|c: char| c.is_ascii_digit());
    let weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].iter().any(|day| {
        series == *day || (series.starts_with(day) && series.ends_with("day") && !series.contains(' '))
    });
    if STATISTICS.contains(&series.to_lowercase().as_str()) {
        return format!("{} {measure}", series.to_lowercase());
    }
    if let Some((word, _)) = FOREIGN_STATISTICS.iter().find(|(_, names)| names.contains(&series)) {
        return format!("{word} {measure}");
    }
    if weekday {
        return format!("{measure} on {series}");
    }
    let word = if year || month || quarter || series.starts_with("Week ") { "in" } else { "for" };
    format!("{measure} {word} {series}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_spoken_of_as_english_does() {
        let cases = [
            ("Tickets sold", false, "number of tickets sold"),
            ("Claims paid", false, "number of claims paid"),
            ("Takings", true, "amount of takings"),
            ("Violent crimes per 100,000", false, "number of violent crimes per 100,000"),
            ("Days on the market", false, "number of days on the market"),
            ("Share of households with fast internet", false, "share of households with fast internet"),
            ("Wind speed", false, "wind speed"),
            ("Donated", true, "“Donated” figure"),
            ("Target collected", true, "“target collected” figure"),
            ("Paid in", true, "“Paid in” figure"),
            ("In urban areas", false, "“In urban areas” figure"),
            ("Below poverty line", false, "“Below poverty line” figure"),
            ("Min.", false, "“Min.” figure"),
            ("Qty.", false, "quantity"),
            ("Sold", false, "“Sold” figure"),
            ("Given out", false, "“Given out” figure"),
            ("Children present", false, "number of children present"),
            ("Maximum repairs", false, "maximum number of repairs"),
            ("Jobs (Finance)", false, "number of jobs (Finance)"),
            ("Größe", false, "“Größe” figure"),
            ("Amount (€)", true, "amount"),
            ("Electricity used", false, "amount of electricity used"),
            ("Actual packs sold", false, "number of actual packs sold"),
            ("pH value", false, "pH value"),
            ("Days out of stock", false, "number of days out of stock"),
            ("Beer sold", false, "amount of beer sold"),
            ("Distance covered", false, "distance covered"),
        ];
        for (name, money, said) in cases {
            assert_eq!(counted(name, money), said, "{name}");
        }
    }

    #[test]
    fn series_get_the_word_that_fits_them() {
        assert_eq!(of_series("weight", "Median"), "median weight");
        assert_eq!(of_series("occupancy", "1988"), "occupancy in 1988");
        assert_eq!(of_series("attendance", "Alto 1"), "attendance for Alto 1");
        assert_eq!(of_series("demand", "Monday"), "demand on Monday");
        assert_eq!(of_series("demand", "Åland"), "demand for Åland");
    }
}
