//! Schedules: days (or halls) across, times down, and a block for everything that takes place.
//!
//! The label of a time carries the cells of all entries that begin or end then, the name of a day those of all its
//! entries. What takes place everywhere at once, such as a break, is one block across all columns.

use std::collections::BTreeMap;

use pixmo_render::data::{Table, Value};
use pixmo_render::font::Style;
use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, FaceId, Fonts, Point, Rect, Rng, Role, TextError};

use super::TableSpec;
use super::captions::balanced;
use super::ground::{Ground, no_room};
use super::line_kind::{side_table, wrong};
use super::style::TableStyle;
use crate::look::Look;
use crate::{Drawn, FigureError};

/// A text with the cells that it prints.
type Printed = (String, Vec<Datum>);

/// A week, or a day in several halls.
struct Schedule {
    days: Vec<Printed>,
    times: Vec<Printed>,
    blocks: Vec<Block>,
    /// What takes place, in the order of first use; each has a colour.
    names: Vec<String>,
}

/// What takes place from one time to another, on one day or on all.
struct Block {
    /// First and last column.
    days: (usize, usize),
    /// Places of its begin and end among the times.
    times: (usize, usize),
    name: Printed,
    place: Option<Printed>,
}

/// A block broken into lines.
struct Set {
    name: Vec<String>,
    place: Vec<String>,
    height: f32,
}

/// How blocks are drawn.
#[derive(Clone, Copy, PartialEq)]
enum Blocks {
    /// A light fill.
    Tint,
    /// A light fill and a strip of full colour at the left.
    Strip,
    /// A full fill.
    Solid,
    /// A coloured line around the ground.
    Outline,
}

/// The habits of one schedule.
struct Habits<'a> {
    look: &'a Look,
    style: &'a TableStyle,
    blocks: Blocks,
    bold: bool,
    centred: bool,
    colorful: bool,
    dashed: bool,
    px: f32,
    line: f32,
    small_px: f32,
    small_line: f32,
    /// Free room between a block and its place, and between a block and its text.
    gap: f32,
    pad: f32,
}

/// Draws a schedule.
pub(super) fn draw(spec: &TableSpec<'_>, style: &TableStyle, compact: bool) -> Result<Drawn, FigureError> {
    let schedule = Schedule::of(spec)?;
    let mut rng = spec.seed.rng("schedule style");
    let habits = Habits::draw(spec.look, style, &mut rng);
    let fonts = Fonts::bundled();
    let mut times = schedule.times.iter().map(|(text, _)| fonts.width(habits.face(), habits.px, text));
    let gutter = (times.try_fold(0.0f32, |widest, w| w.map(|w| widest.max(w)))? + 12.0).ceil();
    let room = spec.width_max as f32 - 2.0 * spec.look.margin.ceil() - gutter;
    let count = schedule.days.len() as f32;
    let least = habits.least_width(&schedule)?.ceil();
    let wish = (habits.px * rng.range32(8.5, 13.0)).ceil();
    let column = if compact { least } else { least.max(wish.min((room / count).floor())) };
    if column * count > room {
        return Err(no_room(spec));
    }
    let sets = schedule
        .blocks
        .iter()
        .map(|block| {
            let columns = (block.days.1 - block.days.0 + 1) as f32;
            habits.set(block, column * columns - 2.0 * (habits.gap + habits.pad))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let y = heights(&schedule, &sets, &habits);
    let head = (style.line_px + 2.0 * style.pad_y).ceil();
    // The first label stands beside the upper edge of the grid, the last beside the lower.
    let (above, below) = (head.max(habits.line), (habits.line / 2.0).ceil());
    let height = y.last().copied().unwrap_or(0.0);
    let mut ground = Ground::open(spec, gutter + column * count, above + height + below)?;
    let grid = Rect::sized(ground.left + gutter, ground.top + above, column * count, height);
    paint_grid(&mut ground, &schedule, &habits, &grid, &y, column, head)?;
    for (block, set) in schedule.blocks.iter().zip(&sets) {
        let rect = Rect::new(
            grid.left + block.days.0 as f32 * column,
            grid.top + y[block.times.0],
            grid.left + (block.days.1 + 1) as f32 * column,
            grid.top + y[block.times.1],
        );
        paint_block(&mut ground, &schedule, &habits, block, set, &rect.grown(-habits.gap))?;
    }
    ground.finish()
}

impl Schedule {
    fn of(spec: &TableSpec<'_>) -> Result<Schedule, FigureError> {
        let layout = spec.layout;
        let table = spec.data.tables.first().ok_or_else(|| wrong(layout, "no table"))?;
        let column = |name: &str| {
            table.column(name).ok_or_else(|| wrong(layout, format!("no column `{name}` in table 0")))
        };
        let (from, to) = (column("From")?, column("To")?);
        if from != 1 || to != 2 || table.columns.len() < 4 {
            return Err(wrong(layout, "other columns than a day, `From`, `To` and what takes place"));
        }
        let list = |name: &str| -> Result<Vec<Printed>, FigureError> {
            let (index, side) =
                side_table(spec.data, name).ok_or_else(|| wrong(layout, format!("no table `{name}`")))?;
            let texts = side.texts(0);
            Ok(texts
                .iter()
                .enumerate()
                .map(|(r, t)| ((*t).to_owned(), vec![Datum::at(index, r, 0)]))
                .collect())
        };
        let mut schedule =
            Schedule { days: list("days")?, times: list("times")?, blocks: Vec::new(), names: Vec::new() };
        if schedule.days.is_empty() || schedule.times.len() < 2 {
            return Err(wrong(layout, "no days or no times"));
        }
        schedule.put_blocks(spec, table)?;
        schedule.join();
        Ok(schedule)
    }

    fn put_blocks(&mut self, spec: &TableSpec<'_>, table: &Table) -> Result<(), FigureError> {
        let layout = spec.layout;
        for (row, cells) in table.rows.iter().enumerate() {
            let mut place = |list: bool, column: usize| {
                let list = if list { &mut self.days } else { &mut self.times };
                let at = list.iter().position(|t| t.0 == cells[column].shown);
                let at = at.ok_or_else(|| {
                    wrong(layout, format!("an entry at `{}`, which has no place", cells[column].shown))
                })?;
                list[at].1.push(Datum::cell(row, column));
                Ok::<usize, FigureError>(at)
            };
            let (day, from, to) = (place(true, 0)?, place(false, 1)?, place(false, 2)?);
            let overlaps = self.blocks.iter().any(|b| b.days.0 == day && b.times.0 < to && from < b.times.1);
            if from >= to || overlaps {
                return Err(wrong(layout, format!("an entry on `{}` that overlaps another", cells[0].shown)));
            }
            let printed = |column: usize| (cells[column].shown.clone(), vec![Datum::cell(row, column)]);
            let place = (table.columns.len() > 4 && cells[4].value != Value::Missing).then(|| printed(4));
            self.blocks.push(Block { days: (day, day), times: (from, to), name: printed(3), place });
            if !self.names.contains(&cells[3].shown) {
                self.names.push(cells[3].shown.clone());
            }
        }
        Ok(())
    }

    /// Makes one block of what takes place in all columns at once.
    fn join(&mut self) {
        let mut alike: BTreeMap<((usize, usize), String), Vec<usize>> = BTreeMap::new();
        for (index, block) in self.blocks.iter().enumerate().filter(|(_, b)| b.place.is_none()) {
            alike.entry((block.times, block.name.0.clone())).or_default().push(index);
        }
        let all = self.days.len();
        for same in alike.into_values().filter(|same| same.len() == all && all > 1) {
            let data: Vec<Datum> = same.iter().flat_map(|&i| self.blocks[i].name.1.clone()).collect();
            let first = &mut self.blocks[same[0]];
            first.days = (0, all - 1);
            first.name.1 = data;
            for &index in &same[1..] {
                self.blocks[index].name.1.clear();
            }
        }
        self.blocks.retain(|b| !b.name.1.is_empty());
    }

    /// True for a block across all columns.
    fn is_joint(&self, block: &Block) -> bool {
        block.days.0 < block.days.1
    }
}

impl<'a> Habits<'a> {
    fn draw(look: &'a Look, style: &'a TableStyle, rng: &mut Rng) -> Habits<'a> {
        let px = style.text_px;
        let small_px = (px - 1.5).max(10.0);
        Habits {
            look,
            style,
            blocks: match rng.below(10) {
                0..=2 => Blocks::Tint,
                3..=5 => Blocks::Strip,
                6 | 7 => Blocks::Solid,
                _ => Blocks::Outline,
            },
            bold: rng.chance(0.5),
            centred: rng.chance(0.45),
            colorful: rng.chance(0.8),
            dashed: rng.chance(0.35),
            px,
            line: (px * 1.25).round(),
            small_px,
            small_line: (small_px * 1.25).round(),
            gap: if rng.chance(0.5) { 2.0 } else { 1.0 },
            pad: (px * 0.5).round().max(5.0),
        }
    }

    fn face(&self) -> FaceId {
        self.look.face(Style::Regular)
    }

    fn name_face(&self) -> FaceId {
        self.look.face(if self.bold { Style::Bold } else { Style::Regular })
    }

    /// Width of a column that breaks no word.
    fn least_width(&self, schedule: &Schedule) -> Result<f32, TextError> {
        let fonts = Fonts::bundled();
        let mut widest = 48.0f32;
        let header = super::measure::header_face(self.look, self.style);
        for (name, _) in &schedule.days {
            widest = widest.max(fonts.width(header, self.style.text_px, name)? + 14.0);
        }
        let around = 2.0 * (self.gap + self.pad) + self.inset() + 1.0;
        for block in schedule.blocks.iter().filter(|b| !schedule.is_joint(b)) {
            for word in block.name.0.split_whitespace() {
                widest = widest.max(fonts.width(self.name_face(), self.px, word)? + around);
            }
            for word in block.place.iter().flat_map(|p| p.0.split_whitespace()) {
                widest = widest.max(fonts.width(self.face(), self.small_px, word)? + around);
            }
        }
        Ok(widest)
    }

    /// Width that a strip takes from the text.
    fn inset(&self) -> f32 {
        if self.blocks == Blocks::Strip { 5.0 } else { 0.0 }
    }

    fn set(&self, block: &Block, width: f32) -> Result<Set, TextError> {
        let width = width - self.inset() + 0.5;
        let name = balanced(self.name_face(), self.px, &block.name.0, width)?;
        let place = match &block.place {
            Some((text, _)) => balanced(self.face(), self.small_px, text, width)?,
            None => Vec::new(),
        };
        let height = name.len() as f32 * self.line + place.len() as f32 * self.small_line;
        Ok(Set { name, place, height })
    }

    /// Fill, line, strip and ink of a block of this colour.
    fn coat(&self, color: Color, ground: Color) -> (Color, Option<Color>, Color) {
        let strong = color.readable_on(ground, 2.0);
        let (fill, line) = match self.blocks {
            Blocks::Tint | Blocks::Strip => {
                (ground.mix(color, if self.look.dark { 0.34 } else { 0.2 }), None)
            }
            Blocks::Solid => (color, None),
            Blocks::Outline => (ground.mix(color, 0.05), Some(strong)),
        };
        let ink = match self.blocks {
            // White is easier to read on middle tones than the contrast ratio says.
            Blocks::Solid if fill.contrast(Color::WHITE) >= 3.4 => Color::WHITE,
            Blocks::Solid => fill.ink(),
            _ => self.look.ink.readable_on(fill, 4.8),
        };
        (fill, line, ink)
    }
}

/// Where each time lies below the upper edge: far enough apart for labels and for what stands between them.
fn heights(schedule: &Schedule, sets: &[Set], habits: &Habits<'_>) -> Vec<f32> {
    let least = habits.line + 6.0;
    let mut rows = vec![least; schedule.times.len() - 1];
    let mut order: Vec<usize> = (0..sets.len()).collect();
    order.sort_by_key(|&i| (schedule.blocks[i].times.1 - schedule.blocks[i].times.0, i));
    for index in order {
        let (from, to) = schedule.blocks[index].times;
        let wanted = sets[index].height + 2.0 * (habits.gap + habits.pad * 0.7);
        let missing = wanted - rows[from..to].iter().sum::<f32>();
        if missing > 0.0 {
            let each = missing / (to - from) as f32;
            rows[from..to].iter_mut().for_each(|row| *row += each);
        }
    }
    let mut y = vec![0.0f32];
    for row in rows {
        y.push(y[y.len() - 1] + row.ceil());
    }
    y
}

fn paint_grid(
    ground: &mut Ground<'_>,
    schedule: &Schedule,
    habits: &Habits<'_>,
    grid: &Rect,
    y: &[f32],
    column: f32,
    head: f32,
) -> Result<(), TextError> {
    let (look, style) = (habits.look, habits.style);
    let scene = &mut ground.scene;
    let back = scene.ornament();
    if let Some(fill) = style.body_fill {
        scene.rect(back, *grid, fill);
    }
    if let Some(fill) = style.header_fill {
        scene.rect(back, Rect::new(grid.left, grid.top - head, grid.right, grid.top), fill);
    }
    let rule = scene.mark(Role::Rule, "", []);
    let pen = Stroke::new(style.rule, 1.0);
    let pen = if habits.dashed { pen.dashed(&[3.0, 3.0]) } else { pen };
    // Lines run only where no block lies over them.
    let days = schedule.days.len();
    for (place, at) in y.iter().enumerate() {
        let at = (grid.top + at).round() + 0.5;
        let edge = place == 0 || place + 1 == y.len();
        let pen = if edge { Stroke::new(style.rule, 1.0) } else { pen.clone() };
        for day in 0..days {
            let covers =
                |b: &Block| b.days.0 <= day && day <= b.days.1 && b.times.0 < place && place < b.times.1;
            if !schedule.blocks.iter().any(covers) {
                let (from, to) = (grid.left + day as f32 * column, grid.left + (day + 1) as f32 * column);
                scene.line(rule, Point::new(from, at), Point::new(to, at), pen.clone());
            }
        }
    }
    for day in 0..=days {
        let x = (grid.left + day as f32 * column).round() + 0.5;
        for row in 0..y.len() - 1 {
            let covers = |b: &Block| b.days.0 < day && day <= b.days.1 && b.times.0 <= row && row < b.times.1;
            if !schedule.blocks.iter().any(covers) {
                let (from, to) = (Point::new(x, grid.top + y[row]), Point::new(x, grid.top + y[row + 1]));
                scene.line(rule, from, to, Stroke::new(style.rule, 1.0));
            }
        }
    }
    for (place, (text, data)) in schedule.times.iter().enumerate() {
        let spec = TextSpec::new(text, habits.face(), habits.px, look.soft_ink, Role::HeaderCell)
            .at(grid.left - 8.0, grid.top + y[place], Align::End, VAlign::Middle)
            .showing(data.iter().copied());
        scene.text(spec)?;
    }
    let face = super::measure::header_face(look, style);
    for (place, (text, data)) in schedule.days.iter().enumerate() {
        let x = grid.left + (place as f32 + 0.5) * column;
        let spec = TextSpec::new(text, face, style.text_px, style.header_ink, Role::HeaderCell)
            .at(x, grid.top - head / 2.0, Align::Middle, VAlign::Middle)
            .showing(data.iter().copied());
        scene.text(spec)?;
    }
    Ok(())
}

fn paint_block(
    ground: &mut Ground<'_>,
    schedule: &Schedule,
    habits: &Habits<'_>,
    block: &Block,
    set: &Set,
    rect: &Rect,
) -> Result<(), TextError> {
    let look = habits.look;
    let body = habits.style.body_fill.unwrap_or(look.ground);
    let joint = schedule.is_joint(block);
    let number = schedule.names.iter().position(|n| *n == block.name.0).unwrap_or(0);
    let color = if habits.colorful { look.color(number) } else { look.accent };
    let (fill, line, ink) = match joint {
        true => {
            let fill = body.mix(look.ink, 0.08);
            (fill, None, look.ink.readable_on(fill, 4.8))
        }
        false => habits.coat(color, body),
    };
    let scene = &mut ground.scene;
    let corner = habits.style.corner.min(6.0);
    let element = scene.mark(Role::Tile, block.name.0.clone(), block.name.1.iter().copied());
    scene.round_rect(element, *rect, corner, fill);
    if let Some(line) = line {
        scene.frame(element, rect.grown(-0.5), corner, Stroke::new(line, 1.3));
    }
    if habits.blocks == Blocks::Strip && !joint {
        let strip = Rect::new(rect.left, rect.top, rect.left + 4.0, rect.bottom);
        scene.round_rect(element, strip, corner.min(2.0), color.readable_on(body, 1.9));
    }
    scene.element_mut(element).anchor = rect.center();
    scene.element_mut(element).color = Some(fill);
    let centred = habits.centred || joint;
    let inset = if joint { 0.0 } else { habits.inset() };
    let (x, align) = match centred {
        true => ((rect.left + inset + rect.right) / 2.0, Align::Middle),
        false => (rect.left + inset + habits.pad, Align::Start),
    };
    let mut y = match centred {
        true => rect.center().y - set.height / 2.0,
        false => rect.top + (habits.pad * 0.7).min((rect.height() - set.height) / 2.0).max(0.0),
    };
    for text in &set.name {
        let spec = TextSpec::new(text, habits.name_face(), habits.px, ink, Role::BodyCell)
            .at(x, y + habits.line / 2.0, align, VAlign::Middle)
            .showing(block.name.1.iter().copied());
        scene.text(spec)?;
        y += habits.line;
    }
    for text in &set.place {
        let data = block.place.iter().flat_map(|p| p.1.iter().copied());
        let spec = TextSpec::new(text, habits.face(), habits.small_px, ink, Role::BodyCell)
            .at(x, y + habits.small_line / 2.0, align, VAlign::Middle)
            .showing(data);
        scene.text(spec)?;
        y += habits.small_line;
    }
    Ok(())
}
