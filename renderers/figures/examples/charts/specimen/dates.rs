//! Made-up tasks and events with dates.

use pixmo_render::{Cell, Column, Data, Table, Value};

use super::super::figures::chart::{civil, day_of};
use super::{Maker, NumberFormat, PLACES, SERIES, THINGS};

impl Maker {
    /// A day as a cell: printed as a date, its value the number of the day.
    fn day(&self, day: i64, form: usize) -> Cell {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let (year, month, number) = civil(day);
        let shown = match form {
            0 => format!("{number} {} {year}", months[month - 1]),
            1 => format!("{year}-{month:02}-{number:02}"),
            _ => format!("{} {number}", months[month - 1]),
        };
        Cell { value: Value::Number(day.into()), shown }
    }

    pub(super) fn tasks(&mut self, low: usize, high: usize) -> Table {
        let rows = self.count(low, high);
        self.format = NumberFormat { suffix: " days".into(), ..NumberFormat::plain(0) };
        let grouped = self.rng.chance(0.6);
        let mut columns = vec![
            Column::text("Task"),
            Column::time("Start"),
            Column::time("End"),
            Column::number("Duration", "", false),
        ];
        if grouped {
            columns.push(Column::text("Phase"));
        }
        let picked = self.rng.sample(THINGS.len(), rows);
        let form = self.rng.below(3);
        let scale = *self.rng.pick(&[4, 9, 30]);
        let mut day = day_of(2023, 2, 1) + self.rng.whole(0, 60);
        let mut table = Table::new("tasks", columns);
        for (row, thing) in picked.into_iter().enumerate() {
            let days = self.rng.whole(2, scale);
            let mut cells = vec![
                Cell::text(format!("Sow {}", THINGS[thing].to_lowercase())),
                self.day(day, form),
                self.day(day + days - 1, form),
                self.number(days as f64),
            ];
            if grouped {
                cells.push(Cell::text(["Planning", "Field work", "Harvest and sale"][row * 3 / rows]));
            }
            table.rows.push(cells);
            day += self.rng.whole(0, scale / 2);
        }
        table
    }

    pub(super) fn events(&mut self, low: usize, high: usize) -> Table {
        let rows = self.count(low, high);
        let years = self.rng.chance(0.5);
        let grouped = self.rng.chance(0.4);
        let mut columns = vec![Column::text("Event"), Column::time("When")];
        if grouped {
            columns.push(Column::text("Kind"));
        }
        let mut table = Table::new("events", columns);
        let picked = self.rng.sample(PLACES.len(), rows);
        let mut at = if years { self.rng.whole(1880, 1960) } else { day_of(2024, 1, 5) };
        for (row, place) in picked.into_iter().enumerate() {
            at += if years { self.rng.whole(1, 9) } else { self.rng.whole(2, 40) };
            let when = if years {
                Cell { value: Value::Number(at.into()), shown: at.to_string() }
            } else {
                self.day(at, 0)
            };
            let verb = ["Railway reaches", "School opens in", "Market moves to"][row % 3];
            let mut cells = vec![Cell::text(format!("{verb} {}", PLACES[place])), when];
            if grouped {
                cells.push(Cell::text(["Transport", "Schools", "Trade"][row % 3]));
            }
            table.rows.push(cells);
        }
        table
    }

    pub(super) fn strips(&mut self, lanes: (usize, usize), each: (usize, usize)) -> Data {
        self.format = NumberFormat::plain(0);
        let count = self.count(lanes.0, lanes.1);
        let kinds = self.rng.chance(0.5);
        let mut columns = vec![Column::text("Lane"), Column::time("Day")];
        if kinds {
            columns.push(Column::text("Kind"));
        }
        let mut table = Table::new("events", columns);
        let mut list = Table::new("lanes", vec![Column::text("Lane"), Column::number("Events", "", true)]);
        let span = *self.rng.pick(&[28, 120, 360]);
        for lane in self.rng.sample(SERIES.len(), count) {
            let events = self.count(each.0, each.1.min(18));
            let mut days: Vec<usize> = self.rng.sample(span, events);
            days.sort_unstable();
            for day in days {
                let mut cells = vec![Cell::text(SERIES[lane]), self.day(day_of(2023, 1, 1) + day as i64, 0)];
                if kinds {
                    cells.push(Cell::text(*self.rng.pick(&["Planned", "Sudden", "Weather"])));
                }
                table.rows.push(cells);
            }
            list.rows.push(vec![Cell::text(SERIES[lane]), self.number(events as f64)]);
        }
        Data { tables: vec![table, list] }
    }
}
