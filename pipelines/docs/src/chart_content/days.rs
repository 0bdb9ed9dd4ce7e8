//! A number for each day of some months, with the real calendar.

use jiff::civil::{Date, Weekday};
use pixmo_render::{Cell, Column, Rng, Table};
use pixmo_render_figures::chart::{Count, WEEKDAYS};

use super::{Frame, capital, content, measured};
use crate::banks::{Banks, Measure};
use crate::content::{Content, inside};
use crate::world;

/// The name of the table, by which questions know it.
pub(crate) const TABLE: &str = "days";

/// How a measure runs through the days.
struct Course {
    level: f64,
    /// Factor by day of the week, Monday first.
    week: [f64; 7],
    /// Change from the first day to the last.
    slope: f64,
    noise: f64,
    /// Some days and the factor that an event put on them.
    events: Vec<(usize, f64)>,
}

impl Course {
    fn draw(measure: &Measure, days: usize, rng: &mut Rng) -> Self {
        let swing = rng.range(0.0, 0.35);
        let busy = measure.season == "weekend" || rng.chance(0.3);
        let week = std::array::from_fn(|day| {
            let weekend = day >= 5;
            1.0 + if weekend == busy { swing } else { -swing * 0.5 } + rng.normal(0.0, 0.04)
        });
        let count = 1 + rng.below(1 + days / 20);
        let events = rng
            .sample(days, count)
            .into_iter()
            .map(|day| (day, if rng.chance(0.75) { rng.range(1.5, 2.3) } else { rng.range(0.15, 0.5) }))
            .collect();
        Self {
            level: world::level(rng, measure),
            week,
            slope: rng.range(-0.4, 0.5),
            noise: rng.range(0.05, 0.18),
            events,
        }
    }

    fn value(&self, index: usize, days: usize, weekday: usize, rng: &mut Rng) -> f64 {
        let along = index as f64 / days as f64 - 0.5;
        let jolt = self.events.iter().find(|(day, _)| *day == index).map_or(1.0, |(_, factor)| *factor);
        let value = self.level * self.week[weekday] * (1.0 + self.slope * along) * jolt;
        (value * (1.0 + rng.normal(0.0, self.noise))).max(0.0)
    }
}

/// Draws some months of a measure of one thing.
pub(super) fn draw(months: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let (subject, entities, measure) = measured(banks, rng, |m| m.low >= 0.0 && m.high > 8.0)?;
    let count = [1, 1, 1, 2, 2, 3, 3, 4, 6][rng.below(9)].clamp(months.min, months.max);
    let year = rng.whole(1996, 2025) as i16;
    let first = Date::new(year, 1 + rng.below(13 - count) as i8, 1).ok()?;
    let last = Date::new(year, first.month() + count as i8 - 1, 1).ok()?.last_of_month();
    let (day_first, with_year) = (rng.chance(0.6), rng.chance(0.7));
    let label = |date: Date| date.strftime(if day_first { "%-d %B %Y" } else { "%B %-d, %Y" }).to_string();
    let closed = if rng.chance(0.25) { Some(Weekday::Sunday) } else { None };
    let format = subject.format(measure);
    let mut table = Table::new(
        TABLE,
        vec![
            Column::time("Date"),
            Column::number(measure.name.clone(), subject.unit(measure), measure.additive),
            Column::text("Month"),
            Column::text("Day of the week"),
        ],
    );
    let dates: Vec<Date> = first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last).collect();
    let course = Course::draw(measure, dates.len(), rng);
    let most = if measure.unit == "%" { 100.0 } else { 1.6 * measure.high };
    for (index, date) in dates.iter().enumerate() {
        let weekday = date.weekday().to_monday_zero_offset() as usize;
        let value = course.value(index, dates.len(), weekday, rng).min(most);
        table.rows.push(vec![
            Cell::text(label(*date)),
            if closed == Some(date.weekday()) { Cell::missing("") } else { Cell::number(value, &format) },
            Cell::text(date.strftime(if with_year { "%B %Y" } else { "%B" }).to_string()),
            Cell::text(WEEKDAYS[weekday]),
        ]);
    }
    let period = if count == 1 {
        first.strftime("%B %Y").to_string()
    } else {
        format!("{} to {}", first.strftime("%B"), last.strftime("%B %Y"))
    };
    let what = inside(&measure.name);
    let thing = rng.pick(&entities.names).clone();
    let title = match rng.below(4) {
        0 => format!("{thing}: {what} day by day"),
        1 => format!("{thing}: {what}, {period}"),
        2 => format!("A calendar of {what}"),
        _ => format!("{} per day, {period}", measure.name),
    };
    // The calendar must say which year it shows.
    let told = with_year || title.contains(&year.to_string());
    let dated = title.contains(&period);
    let whose = match rng.below(3) {
        0 if !title.contains(&thing) => thing.clone(),
        1 if told && title.contains(&thing) => String::new(),
        _ if title.contains(&thing) => subject.organisation.clone(),
        // A calendar of one thing says of which.
        _ => format!("{thing}, {}", subject.organisation),
    };
    let subtitle = match (whose.is_empty(), dated) {
        (true, true) => String::new(),
        (true, false) => period.clone(),
        (false, true) => whose,
        (false, false) => format!("{whose}, {period}"),
    };
    let outside = [first.yesterday(), last.tomorrow()].into_iter().flatten();
    let outside = outside.chain([first.checked_add(jiff::Span::new().months(7)).ok()?]);
    let frame = Frame {
        title,
        subtitle,
        row: "day".to_owned(),
        rows: "days".to_owned(),
        absent: outside.map(label).collect(),
        plan: format!("days|{}|{thing}|{period}", measure.name),
        subject: &subject,
    };
    let mut made = content(frame, banks, table, vec![format], rng);
    made.topic = format!("{} of {thing}, {period}", capital(&what));
    Some(made)
}

#[cfg(test)]
mod tests {
    use pixmo_render::Seed;
    use pixmo_render_figures::chart::ChartKind;

    #[test]
    fn months_and_weekdays_are_those_of_the_calendar() {
        let mut seen = 0;
        for number in 0..80 {
            let mut rng = Seed::from_number(number).rng("calendar");
            let kind = ChartKind::CalendarHeatMap;
            let Some(content) = super::super::draw(kind, super::Banks::bundled(), &mut rng) else { continue };
            for row in &content.table().rows {
                let text = &row[0].shown;
                let format = if text.contains(',') { "%B %d, %Y" } else { "%d %B %Y" };
                let date = jiff::civil::Date::strptime(format, text).expect("a date");
                assert_eq!(date.strftime("%A").to_string(), row[3].shown);
                assert!(row[2].shown.starts_with(&date.strftime("%B").to_string()));
                seen += 1;
            }
        }
        assert!(seen > 1000, "{seen}");
    }
}
