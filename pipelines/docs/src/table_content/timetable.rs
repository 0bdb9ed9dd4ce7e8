//! Timetables: stops against trips, with distances and intervals as buses, trains and ships have them.

use pixmo_render::{Cell, Column, Rng, Table};

use super::finish;
use crate::banks::Banks;
use crate::content::{Content, Nouns};
use crate::world::Subject;

/// How a kind of transport runs.
struct Mode {
    name: &'static str,
    domain: &'static str,
    stop: &'static str,
    stops: (usize, usize),
    /// Minutes from one stop to the next.
    leg: (i64, i64),
    /// Minutes from one trip to the next.
    gaps: &'static [i64],
    /// Its stops are towns, not places of one town.
    towns: bool,
    /// Some trips pass some stops.
    skips: f64,
}

const MODES: &[Mode] = &[
    Mode {
        name: "Bus",
        domain: "bus",
        stop: "Stop",
        stops: (6, 14),
        leg: (2, 6),
        gaps: &[10, 15, 20, 30],
        towns: false,
        skips: 0.04,
    },
    Mode {
        name: "Tram",
        domain: "bus",
        stop: "Stop",
        stops: (6, 13),
        leg: (2, 4),
        gaps: &[7, 10, 12, 15],
        towns: false,
        skips: 0.0,
    },
    Mode {
        name: "Bus",
        domain: "bus",
        stop: "Stop",
        stops: (5, 11),
        leg: (6, 19),
        gaps: &[30, 45, 60, 90, 120],
        towns: true,
        skips: 0.07,
    },
    Mode {
        name: "Train",
        domain: "railway",
        stop: "Station",
        stops: (5, 12),
        leg: (6, 27),
        gaps: &[20, 30, 60, 60, 120],
        towns: true,
        skips: 0.1,
    },
    Mode {
        name: "Ferry",
        domain: "ferry",
        stop: "Pier",
        stops: (4, 6),
        leg: (15, 55),
        gaps: &[60, 90, 120, 150],
        towns: true,
        skips: 0.05,
    },
];

/// Places of one town.
const PLACES: &[&str] = &[
    "Central Station",
    "Market Square",
    "Town Hall",
    "University",
    "City Hospital",
    "Mill Lane",
    "Castle Hill",
    "Opera",
    "Stadium",
    "Botanic Garden",
    "Trade Fair",
    "Harbour Gate",
    "Old Brewery",
    "Linden Street",
    "Bridge Street",
    "Schoolhouse",
    "Cemetery",
    "Swimming Pool",
    "Library",
    "Ring Road",
    "Gasworks",
    "Chestnut Avenue",
    "Rose Park",
    "Observatory",
    "Tannery",
    "Windmill",
    "Fire Station",
    "South Cross",
    "Industrial Park",
    "Depot",
];

const DAYS: &[&str] = &[
    "Monday to Friday",
    "Saturdays",
    "Sundays and public holidays",
    "Daily",
    "Monday to Friday, school days only",
    "Valid until 13 December",
    "Summer timetable",
    "Winter timetable",
];

/// A timetable of one line.
pub(super) fn timetable(banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let foreign = banks.foreign.is_some();
    let mode = loop {
        let mode = rng.pick(MODES);
        // Places of towns have English names.
        if mode.towns || !foreign {
            break mode;
        }
    };
    let slug = if foreign { "transit" } else { mode.domain };
    let domain = banks.domains.iter().find(|d| d.slug == slug)?;
    let subject = Subject::of(domain, banks, rng);
    let count = mode.stops.0 + rng.below(mode.stops.1 - mode.stops.0 + 1);
    let trips = 3 + rng.below(5);
    let places: Vec<String> = match mode.towns {
        true => banks.towns.clone(),
        false => PLACES.iter().map(|p| (*p).to_owned()).collect(),
    };
    let order = rng.sample(places.len(), count + 4);
    let names: Vec<String> = order.iter().map(|&i| places[i].clone()).collect();
    let line = if mode.towns { rng.whole(10, 98) } else { rng.whole(1, 29) };
    let spoken = foreign || rng.chance(0.5);
    let stop = if foreign { "Stop" } else { mode.stop };
    let mut table = Table::new("observations", vec![Column::text(stop)]);
    let number = |trip: usize| line * 10 + trip as i64 * 2 + 1;
    let head = |trip: usize| match spoken {
        true => format!("{} {}", mode.name, number(trip)),
        false => number(trip).to_string(),
    };
    table.columns.extend((0..trips).map(|trip| Column::text(head(trip))));
    let gap = *rng.pick(mode.gaps);
    let start = (rng.whole(5 * 60, 9 * 60 + 30) / 5) * 5 + rng.whole(0, 4);
    let legs: Vec<i64> = (1..count).map(|_| rng.whole(mode.leg.0, mode.leg.1)).collect();
    let passes: Vec<Vec<bool>> = (0..trips)
        .map(|_| {
            let mut left = 2;
            (0..count)
                .map(|stop| {
                    let pass = stop > 0 && stop + 1 < count && left > 0 && rng.chance(mode.skips);
                    left -= usize::from(pass);
                    pass
                })
                .collect()
        })
        .collect();
    let sign = rng.word(&["–", "|", "–"]);
    let mut after = 0;
    for (stop, name) in names.iter().take(count).enumerate() {
        after += if stop == 0 { 0 } else { legs[stop - 1] };
        let mut row = vec![Cell::text(name.clone())];
        for (trip, passes) in passes.iter().enumerate() {
            let minute = start + trip as i64 * gap + after;
            if minute >= 24 * 60 {
                return None;
            }
            let text = format!("{:02}:{:02}", minute / 60, minute % 60);
            row.push(if passes[stop] { Cell::missing(sign) } else { Cell::text(text) });
        }
        table.rows.push(row);
    }
    let (first, last) = (&names[0], &names[count - 1]);
    let title = match rng.below(4) {
        0 => format!("{} line {line}: {first} to {last}", mode.name),
        1 => format!("Line {line}: {first} – {last}"),
        2 => format!("{first} to {last}"),
        _ => format!("{} timetable, line {line}", mode.name),
    };
    let nouns = Nouns {
        row: stop.to_lowercase(),
        rows: format!("{}s", stop.to_lowercase()),
        series: mode.name.to_lowercase(),
        quoted: foreign,
        ..Nouns::default()
    };
    let absent = names[count..].to_vec();
    let mut content = finish(banks, &subject, table, Vec::new(), title, nouns, absent, rng);
    if !foreign {
        content.subtitle = match rng.below(4) {
            0 => String::new(),
            1 => subject.organisation.clone(),
            _ => rng.word(DAYS).to_owned(),
        };
        content.topic = format!("{} line {line} from {first} to {last}", mode.name);
    }
    content.plan = format!("{}|{line}|{}", domain.slug, names[..count].join(","));
    Some(content)
}
