//! A month as a grid of days: weekdays across, weeks down, and what is entered in its days.
//!
//! The number of a day carries its own cell and the `day` of all its events; the name of a weekday carries the cells of
//! all days that fall on it.

use pixmo_render::data::Value;
use pixmo_render::font::Style;
use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{Color, Datum, FaceId, Fonts, Point, Rect, Rng, Role, Scene, TextError};

use super::TableSpec;
use super::ground::{Ground, no_room};
use super::line_kind::{side_table, wrong};
use super::style::{HeaderStyle, TableStyle};
use crate::look::Look;
use crate::{Drawn, FigureError};

/// A text with the cells that it prints.
type Printed = (String, Vec<Datum>);

/// A month put into weeks.
struct Month {
    weekdays: Vec<Printed>,
    weeks: Vec<Week>,
    /// Names of events in the order of their first day; each has a colour.
    names: Vec<String>,
}

/// Seven places, some of them empty in the first and last week.
struct Week {
    number: Option<Printed>,
    days: [Option<Day>; 7],
}

/// A day and what is entered for it.
struct Day {
    number: Printed,
    entries: Vec<Entry>,
}

/// Something entered for a day.
struct Entry {
    name: (String, Datum),
    time: Option<(String, Datum)>,
}

/// An entry broken into lines: with its time before the first of them, or on a line of its own.
struct Set {
    lines: Vec<String>,
    time_above: bool,
    height: f32,
}

/// How the days are set apart.
#[derive(Clone, Copy, PartialEq)]
enum Cells {
    /// Lines around every day.
    Grid,
    /// Lines between weeks.
    Rows,
    /// Tiles with gaps between them.
    Tiles,
}

/// How entries are drawn.
#[derive(Clone, Copy, PartialEq)]
enum Entries {
    /// Letters only.
    Plain,
    /// A tinted ground.
    Chip,
    /// A strip of colour at the left.
    Strip,
    /// A dot before the first line.
    Dot,
}

/// The habits of one calendar.
struct Habits<'a> {
    look: &'a Look,
    style: &'a TableStyle,
    cells: Cells,
    entries: Entries,
    /// Numbers of days stand at the right.
    right: bool,
    number_bold: bool,
    number_px: f32,
    weekend: bool,
    colorful: bool,
    px: f32,
    line: f32,
    /// Free room inside of a day.
    pad: f32,
}

/// Draws a month.
pub(super) fn draw(spec: &TableSpec<'_>, style: &TableStyle, compact: bool) -> Result<Drawn, FigureError> {
    let month = Month::of(spec)?;
    let mut rng = spec.seed.rng("calendar style");
    let habits = Habits::draw(spec.look, style, &mut rng);
    let gutter = habits.gutter(&month)?;
    let room = spec.width_max as f32 - 2.0 * spec.look.margin.ceil() - gutter;
    let least = habits.least_width(&month)?.ceil();
    let wish = (habits.px * rng.range32(8.2, 11.5)).ceil();
    let column = if compact { least } else { least.max(wish.min((room / 7.0).floor())) };
    if column * 7.0 > room {
        return Err(no_room(spec));
    }
    let inner = column - 2.0 * habits.pad - habits.inset();
    let mut sets: Vec<Vec<Vec<Set>>> = Vec::new();
    for week in &month.weeks {
        let mut list = Vec::new();
        for day in &week.days {
            let entries = day.iter().flat_map(|d| &d.entries);
            list.push(entries.map(|e| habits.set(e, inner)).collect::<Result<Vec<_>, _>>()?);
        }
        sets.push(list);
    }
    let number = habits.number_height();
    let full = |day: &Vec<Set>| day.iter().map(|s| s.height + habits.between()).sum::<f32>();
    let least_height = (column * rng.range32(0.5, 0.72)).max(number + habits.line * 2.0);
    let heights: Vec<f32> = sets
        .iter()
        .map(|week| {
            let tallest = week.iter().map(full).fold(0.0f32, f32::max);
            (number + tallest + habits.pad).max(least_height).ceil()
        })
        .collect();
    // Weeks of one height look calmer, as long as that does not cost much.
    let tallest = heights.iter().copied().fold(0.0f32, f32::max);
    let even = tallest * heights.len() as f32 <= heights.iter().sum::<f32>() * 1.35;
    let heights = if even { vec![tallest; heights.len()] } else { heights };
    let head = (style.line_px + 2.0 * style.pad_y).ceil();
    let mut ground = Ground::open(spec, gutter + column * 7.0, head + heights.iter().sum::<f32>())?;
    let (left, top) = (ground.left + gutter, ground.top);
    let mut page = Page { scene: &mut ground.scene, habits: &habits, month: &month };
    page.header(left, top, column, head)?;
    let mut y = top + head;
    let grid = Rect::new(left, y, left + column * 7.0, y + heights.iter().sum::<f32>());
    page.grounds(&grid, column, &heights);
    for ((week, sets), height) in month.weeks.iter().zip(&sets).zip(&heights) {
        if let Some((text, data)) = &week.number {
            page.week_number(text, data, Rect::new(left - gutter, y, left, y + height))?;
        }
        for (place, (day, sets)) in week.days.iter().zip(sets).enumerate() {
            let x = left + place as f32 * column;
            if let Some(day) = day {
                page.day(day, sets, &Rect::sized(x, y, column, *height), place)?;
            }
        }
        y += height;
    }
    ground.finish()
}

impl Month {
    fn of(spec: &TableSpec<'_>) -> Result<Month, FigureError> {
        let layout = spec.layout;
        let table = spec.data.tables.first().ok_or_else(|| wrong(layout, "no table"))?;
        let column = |name: &str| {
            table.column(name).ok_or_else(|| wrong(layout, format!("no column `{name}` in table 0")))
        };
        let (weekday, day) = (column("Weekday")?, column("Day")?);
        let week = table.column("Week");
        let (index, names) =
            side_table(spec.data, "weekdays").ok_or_else(|| wrong(layout, "no table `weekdays`"))?;
        if names.rows.len() != 7 {
            return Err(wrong(layout, format!("{} weekdays", names.rows.len())));
        }
        let mut weekdays: Vec<Printed> = names
            .texts(0)
            .iter()
            .enumerate()
            .map(|(r, t)| ((*t).to_owned(), vec![Datum::at(index, r, 0)]))
            .collect();
        let mut month = Month { weekdays: Vec::new(), weeks: Vec::new(), names: Vec::new() };
        let mut last: Option<usize> = None;
        for (row, cells) in table.rows.iter().enumerate() {
            let name = &cells[weekday].shown;
            let place = weekdays
                .iter()
                .position(|w| w.0 == *name)
                .ok_or_else(|| wrong(layout, format!("the weekday `{name}`, which is not in `weekdays`")))?;
            if last.is_some_and(|last| (last + 1) % 7 != place) {
                return Err(wrong(layout, format!("day {} on the weekday `{name}`", cells[day].shown)));
            }
            last = Some(place);
            weekdays[place].1.push(Datum::cell(row, weekday));
            if place == 0 || month.weeks.is_empty() {
                month.weeks.push(Week { number: None, days: Default::default() });
            }
            let current = month.weeks.last_mut().expect("one was pushed for the first day");
            if let Some(column) = week {
                let number = current.number.get_or_insert_with(|| (cells[column].shown.clone(), Vec::new()));
                number.1.push(Datum::cell(row, column));
            }
            let number = (cells[day].shown.clone(), vec![Datum::cell(row, day)]);
            current.days[place] = Some(Day { number, entries: Vec::new() });
        }
        month.weekdays = weekdays;
        month.put_events(spec)?;
        Ok(month)
    }

    fn put_events(&mut self, spec: &TableSpec<'_>) -> Result<(), FigureError> {
        let layout = spec.layout;
        let Some((index, events)) = side_table(spec.data, "events") else { return Ok(()) };
        let find = |name: &str| {
            events.column(name).ok_or_else(|| wrong(layout, format!("no column `{name}` in `events`")))
        };
        let (day, name) = (find("day")?, find("event")?);
        let (weekday, time) = (events.column("weekday"), events.column("time"));
        for (row, cells) in events.rows.iter().enumerate() {
            let place = self
                .weeks
                .iter_mut()
                .flat_map(|w| w.days.iter_mut().enumerate())
                .find_map(|(place, d)| {
                    d.as_mut().filter(|d| d.number.0 == cells[day].shown).map(|d| (place, d))
                })
                .ok_or_else(|| wrong(layout, format!("an event on day `{}`", cells[day].shown)))?;
            place.1.number.1.push(Datum::at(index, row, day));
            let time = time.filter(|&c| cells[c].value != Value::Missing);
            place.1.entries.push(Entry {
                name: (cells[name].shown.clone(), Datum::at(index, row, name)),
                time: time.map(|c| (cells[c].shown.clone(), Datum::at(index, row, c))),
            });
            if let Some(column) = weekday {
                self.weekdays[place.0].1.push(Datum::at(index, row, column));
            }
            if !self.names.contains(&cells[name].shown) {
                self.names.push(cells[name].shown.clone());
            }
        }
        Ok(())
    }
}

impl<'a> Habits<'a> {
    fn draw(look: &'a Look, style: &'a TableStyle, rng: &mut Rng) -> Habits<'a> {
        let px = (style.text_px - 1.0).max(10.0);
        let large = rng.chance(0.4);
        Habits {
            look,
            style,
            cells: match rng.below(10) {
                0..=4 => Cells::Grid,
                5 | 6 => Cells::Rows,
                _ => Cells::Tiles,
            },
            entries: match rng.below(10) {
                0..=1 => Entries::Plain,
                2..=5 => Entries::Chip,
                6 | 7 => Entries::Strip,
                _ => Entries::Dot,
            },
            right: rng.chance(0.35),
            number_bold: rng.chance(0.6),
            number_px: if large { (style.text_px * 1.35).round() } else { style.text_px },
            weekend: rng.chance(0.6),
            colorful: rng.chance(0.7),
            px,
            line: (px * 1.25).round(),
            pad: (px * 0.5).round().max(5.0),
        }
    }

    fn face(&self) -> FaceId {
        self.look.face(Style::Regular)
    }

    fn number_face(&self) -> FaceId {
        self.look.face(if self.number_bold { Style::Bold } else { Style::Regular })
    }

    fn header_face(&self) -> FaceId {
        super::measure::header_face(self.look, self.style)
    }

    /// Room that the number of a day takes at the top of its place.
    fn number_height(&self) -> f32 {
        self.pad + (self.number_px * 1.25).round() + 3.0
    }

    /// Distance between entries.
    fn between(&self) -> f32 {
        if self.entries == Entries::Plain { 3.0 } else { 4.0 }
    }

    /// Width that the form of entries takes from their texts.
    fn inset(&self) -> f32 {
        match self.entries {
            Entries::Plain => 0.0,
            Entries::Chip => 10.0,
            Entries::Strip => 8.0,
            Entries::Dot => (self.px * 0.9).round(),
        }
    }

    /// Width of the column with the numbers of the weeks.
    fn gutter(&self, month: &Month) -> Result<f32, TextError> {
        let texts = month.weeks.iter().filter_map(|w| w.number.as_ref());
        let mut widths = texts.map(|(text, _)| Fonts::bundled().width(self.face(), self.px, text));
        let widest = widths.try_fold(0.0f32, |widest, w| w.map(|w| widest.max(w)))?;
        Ok(if widest > 0.0 { (widest + 14.0).ceil() } else { 0.0 })
    }

    /// Width of a day that breaks no word.
    fn least_width(&self, month: &Month) -> Result<f32, TextError> {
        let fonts = Fonts::bundled();
        let mut widest = 40.0f32;
        for (name, _) in &month.weekdays {
            widest = widest.max(fonts.width(self.header_face(), self.style.text_px, name)? + 10.0);
        }
        let around = 2.0 * self.pad + self.inset() + 1.0;
        for entry in month.weeks.iter().flat_map(|w| w.days.iter().flatten()).flat_map(|d| &d.entries) {
            let time = entry.time.as_ref().map_or("", |t| t.0.as_str());
            for word in entry.name.0.split_whitespace().chain(time.split_whitespace()) {
                widest = widest.max(fonts.width(self.face(), self.px, word)? + around);
            }
            widest = widest.max(fonts.width(self.face(), self.px, time)? + around);
        }
        Ok(widest)
    }

    /// Breaks an entry into lines.
    fn set(&self, entry: &Entry, width: f32) -> Result<Set, TextError> {
        let fonts = Fonts::bundled();
        let lines = fonts.wrap(self.face(), self.px, &entry.name.0, width + 0.5)?;
        let time_above = match &entry.time {
            Some((time, _)) => {
                let both = self.time_width(time)? + fonts.width(self.face(), self.px, &entry.name.0)?;
                lines.len() > 1 || both > width
            }
            None => false,
        };
        let count = lines.len() + usize::from(time_above);
        let around = if self.entries == Entries::Chip { 6.0 } else { 0.0 };
        Ok(Set { lines, time_above, height: count as f32 * self.line + around })
    }

    /// Width of a time with the space after it.
    fn time_width(&self, time: &str) -> Result<f32, TextError> {
        Ok(Fonts::bundled().width(self.look.face(Style::Bold), self.px, time)? + self.px * 0.4)
    }

    fn body(&self) -> Color {
        self.style.body_fill.unwrap_or(self.look.ground)
    }

    /// The colour under the texts of a day.
    fn ground(&self, month: &Month, place: usize) -> Color {
        let body = self.body();
        let body = match self.cells {
            Cells::Tiles if body == self.look.ground => body.mix(self.look.ink, 0.045),
            _ => body,
        };
        if self.weekend && month.is_weekend(place) { body.mix(self.look.accent, 0.1) } else { body }
    }
}

impl Month {
    /// True for Saturdays and Sundays, by their English names, short or long.
    fn is_weekend(&self, place: usize) -> bool {
        self.weekdays[place].0.starts_with('S')
    }
}

/// A calendar on its way into a scene.
struct Page<'a> {
    scene: &'a mut Scene,
    habits: &'a Habits<'a>,
    month: &'a Month,
}

impl Page<'_> {
    fn header(&mut self, left: f32, top: f32, column: f32, height: f32) -> Result<(), TextError> {
        let habits = self.habits;
        let style = habits.style;
        if let Some(fill) = style.header_fill {
            let element = self.scene.ornament();
            let rect = Rect::sized(left, top, column * 7.0, height - 2.0);
            let corner = if style.header == HeaderStyle::Accent { style.corner } else { 0.0 };
            self.scene.round_rect(element, rect, corner, fill);
        }
        for (place, (name, data)) in self.month.weekdays.iter().enumerate() {
            let x = left + (place as f32 + 0.5) * column;
            let ink = style.header_ink;
            let spec = TextSpec::new(name, habits.header_face(), style.text_px, ink, Role::HeaderCell)
                .at(x, top + height / 2.0 - 1.0, Align::Middle, VAlign::Middle)
                .showing(data.iter().copied());
            self.scene.text(spec)?;
        }
        Ok(())
    }

    /// Fills of the days and lines between them.
    fn grounds(&mut self, grid: &Rect, column: f32, heights: &[f32]) {
        let habits = self.habits;
        let gap = if habits.cells == Cells::Tiles { 2.0 } else { 0.0 };
        let mut y = grid.top;
        for (week, height) in self.month.weeks.iter().zip(heights) {
            for (place, day) in week.days.iter().enumerate() {
                let rect = Rect::sized(grid.left + place as f32 * column, y, column, *height).grown(-gap);
                let fill = habits.ground(self.month, place);
                match day {
                    Some(day) => {
                        let tile = self.scene.mark(Role::Tile, day.number.0.clone(), [day.number.1[0]]);
                        self.scene.round_rect(
                            tile,
                            rect,
                            if gap > 0.0 { habits.style.corner.max(2.0) } else { 0.0 },
                            fill,
                        );
                        self.scene.element_mut(tile).anchor = rect.center();
                    }
                    None if habits.cells == Cells::Grid => {
                        let empty = self.scene.ornament();
                        self.scene.rect(empty, rect, habits.look.ground.mix(habits.look.ink, 0.05));
                    }
                    None => {}
                }
            }
            y += height;
        }
        let element = self.scene.mark(Role::Rule, "", []);
        let rule = habits.style.rule;
        let mut y = grid.top;
        for height in heights.iter().chain([&0.0]) {
            if habits.cells != Cells::Tiles {
                self.scene.rect(element, Rect::new(grid.left, y, grid.right, y + 1.0), rule);
            }
            y += height;
        }
        if habits.cells == Cells::Grid {
            for place in 0..=7 {
                let x = grid.left + place as f32 * column;
                self.scene.rect(element, Rect::new(x, grid.top, x + 1.0, grid.bottom), rule);
            }
        }
    }

    fn week_number(&mut self, text: &str, data: &[Datum], rect: Rect) -> Result<(), TextError> {
        let habits = self.habits;
        let ink = habits.look.soft_ink;
        let y = rect.top + habits.pad + habits.number_px * 0.65;
        let spec = TextSpec::new(text, habits.face(), habits.px, ink, Role::HeaderCell)
            .at(rect.center().x - 2.0, y, Align::Middle, VAlign::Middle)
            .showing(data.iter().copied());
        self.scene.text(spec)?;
        Ok(())
    }

    fn day(&mut self, day: &Day, sets: &[Set], rect: &Rect, place: usize) -> Result<(), TextError> {
        let habits = self.habits;
        let ground = habits.ground(self.month, place);
        let ink = match self.month.is_weekend(place) && habits.number_bold {
            true => habits.look.accent.readable_on(ground, 4.5),
            false => habits.look.ink.readable_on(ground, 4.5),
        };
        let (x, align) = match habits.right {
            true => (rect.right - habits.pad - 2.0, Align::End),
            false => (rect.left + habits.pad, Align::Start),
        };
        let y = rect.top + habits.pad + habits.number_px * 0.65;
        let (text, data) = &day.number;
        let spec = TextSpec::new(text, habits.number_face(), habits.number_px, ink, Role::BodyCell)
            .at(x, y, align, VAlign::Middle)
            .showing(data.iter().copied());
        self.scene.text(spec)?;
        let mut y = rect.top + habits.number_height();
        for (entry, set) in day.entries.iter().zip(sets) {
            let area = Rect::new(rect.left + habits.pad, y, rect.right - habits.pad, y + set.height);
            self.entry(entry, set, &area, ground)?;
            y += set.height + habits.between();
        }
        Ok(())
    }

    fn entry(&mut self, entry: &Entry, set: &Set, area: &Rect, ground: Color) -> Result<(), TextError> {
        let habits = self.habits;
        let number = self.month.names.iter().position(|n| *n == entry.name.0).unwrap_or(0);
        let color = if habits.colorful { habits.look.color(number) } else { habits.look.accent };
        let (mut left, mut y, mut under) = (area.left, area.top, ground);
        match habits.entries {
            Entries::Plain => {}
            Entries::Chip => {
                under = ground.mix(color, if habits.look.dark { 0.34 } else { 0.2 });
                let chip = self.scene.ornament();
                self.scene.round_rect(chip, *area, habits.style.corner.max(3.0), under);
                (left, y) = (left + 5.0, y + 3.0);
            }
            Entries::Strip => {
                let strip = self.scene.ornament();
                let bar = Rect::new(area.left, area.top + 1.0, area.left + 3.0, area.bottom - 1.0);
                self.scene.round_rect(strip, bar, 1.5, color.readable_on(ground, 1.8));
                left += 8.0;
            }
            Entries::Dot => {
                let dot = self.scene.ornament();
                let middle = Point::new(area.left + 3.5, area.top + habits.line / 2.0);
                self.scene.circle(dot, middle, 3.0, color.readable_on(ground, 1.8));
                left += habits.inset();
            }
        }
        let ink = habits.look.ink.readable_on(under, 4.6);
        let mut indent = 0.0;
        if let Some((time, datum)) = &entry.time {
            let spec = TextSpec::new(time, habits.look.face(Style::Bold), habits.px, ink, Role::BodyCell)
                .at(left, y + habits.line / 2.0, Align::Start, VAlign::Middle)
                .showing([*datum]);
            self.scene.text(spec)?;
            if set.time_above {
                y += habits.line;
            } else {
                indent = habits.time_width(time)?;
            }
        }
        for (number, text) in set.lines.iter().enumerate() {
            let x = left + if number == 0 { indent } else { 0.0 };
            let middle = y + (number as f32 + 0.5) * habits.line;
            let spec = TextSpec::new(text, habits.face(), habits.px, ink, Role::BodyCell)
                .at(x, middle, Align::Start, VAlign::Middle)
                .showing([entry.name.1]);
            self.scene.text(spec)?;
        }
        Ok(())
    }
}
