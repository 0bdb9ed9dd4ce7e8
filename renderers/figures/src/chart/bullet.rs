//! Bullet charts (Stephen Few, 2006): for each row a bar of what was reached over bands of quality, and a line across
//! at the goal.

use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Point, Rect, Role};

use super::legend::{self, Entry, Key};
use super::plane::{Plan, Plane};
use super::sheet::{Drawing, Name, Sheet};
use super::value_label;
use crate::look::words::fill;

/// The bands behind the bars: where they end, as shares of the goal, and what they are called.
struct Bands {
    ends: Vec<f64>,
    names: Vec<String>,
}

impl Bands {
    fn draw(sheet: &Sheet<'_>) -> Self {
        let mut rng = sheet.rng("bands");
        let ends = rng.pick(&[&[0.5, 0.75][..], &[0.6, 0.8], &[0.6, 0.9], &[0.5, 0.8], &[0.75]]).to_vec();
        let words = &sheet.look.words;
        let percent = |share: f64| format!("{:.0}{}", share * 100.0, words.percent);
        let mut names = vec![fill(&words.below, &[&percent(ends[0])])];
        names.extend(ends.windows(2).map(|w| fill(&words.between, &[&percent(w[0]), &percent(w[1])])));
        names.push(fill(&words.above, &[&percent(ends[ends.len() - 1])]));
        Self { ends, names }
    }

    fn color(&self, sheet: &Sheet<'_>, index: usize) -> Color {
        let (panel, ink) = (sheet.look.panel, sheet.look.ink);
        let base = if sheet.chance("tinted bands", 0.4) { ink.mix(sheet.color(0), 0.6) } else { ink };
        panel.mix(base, 0.36 - 0.26 * index as f32 / self.ends.len() as f32)
    }
}

/// Draws bullets that lie, one for each row, on one scale.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let bands = Bands::draw(sheet);
    let shaded = sheet.chance("bands of quality", 0.75);
    let accent = sheet.color(0).readable_on(bands.color(sheet, 0), 2.0);
    let bar_color = if sheet.chance("ink bars", 0.35) { sheet.look.ink } else { accent };
    let goal_color = if bar_color == sheet.look.ink { accent } else { sheet.look.ink };
    let mut entries = vec![
        Entry::new(sheet.header(1), bar_color, Key::Square),
        Entry::new(sheet.header(2), goal_color, Key::Line(Vec::new(), false)),
    ];
    if shaded {
        for (index, text) in bands.names.iter().enumerate() {
            let name = Name { text: text.clone(), data: Vec::new() };
            entries.push(Entry::new(name, bands.color(sheet, index), Key::Square));
        }
    }
    legend::draw(sheet, &entries)?;
    let highest = (0..sheet.rows()).fold(0.0f64, |high, row| {
        let goal = sheet.value(row, 2).unwrap_or(0.0);
        high.max(sheet.value(row, 1).unwrap_or(0.0)).max(goal * if shaded { 1.08 } else { 1.0 })
    });
    let mut plan = Plan::new(sheet, 1, 2, 0.0, highest);
    plan.lying = true;
    plan.right_axis = false;
    let (plane, printed) = lay_out(sheet, &mut plan)?;
    plane.paint_back(sheet, &plan)?;
    let thick = (plane.pitch * (1.0 - sheet.look.gap * 0.8)).clamp(6.0, 46.0);
    let slim = sheet.rng("slim bars").range32(0.3, 0.46);
    for row in 0..sheet.rows() {
        let (value, goal) = (sheet.value(row, 1).unwrap_or(0.0), sheet.value(row, 2).unwrap_or(0.0));
        if shaded {
            paint_bands(sheet, &plane, &bands, row, thick, goal);
        }
        let bar = plane.bar(row, thick, (0.5 - slim / 2.0, 0.5 + slim / 2.0), 0.0, value);
        let mark = sheet.cell_mark(Role::Bar, row, 1);
        sheet.scene.rect(mark, bar, bar_color);
        let line = goal_line(&plane, row, thick, goal);
        let mark = sheet.cell_mark(Role::Span, row, 2);
        sheet.scene.rect(mark, line, goal_color);
    }
    plane.paint_front(sheet, Some(0.0));
    if printed {
        print(sheet, &plane)?;
    }
    for column in 1..=2 {
        sheet.resolve(column, plane.scale.resolution());
    }
    Ok(())
}

/// The line across a bullet at its goal.
fn goal_line(plane: &Plane, row: usize, thick: f32, goal: f64) -> Rect {
    let (x, y) = (plane.scale.at(goal).round(), plane.centers[row]);
    let half = thick * 0.38;
    Rect::new(x - 1.5, (y - half).round(), x + 1.5, (y + half).round())
}

fn paint_bands(sheet: &mut Sheet<'_>, plane: &Plane, bands: &Bands, row: usize, thick: f32, goal: f64) {
    let mut from = 0.0;
    let end = plane.scale.high.min(goal * 1.25);
    let ends = bands.ends.iter().map(|share| share * goal).chain([end]);
    for (index, to) in ends.enumerate() {
        let band = sheet.scene.ornament();
        let rect = plane.bar(row, thick, (0.0, 1.0), from, to.min(end));
        let color = bands.color(sheet, index);
        sheet.scene.rect(band, rect, color);
        from = to.min(end);
    }
}

/// Columns of both numbers right of the plot, below the names of the columns, where there is room.
fn lay_out(sheet: &mut Sheet<'_>, plan: &mut Plan) -> Drawing<(Plane, bool)> {
    if sheet.wants_values(sheet.rows() * 2, 18) {
        let columns = columns(sheet)?;
        plan.after = columns.iter().map(|column| column.width + COLUMN_GAP).sum();
        let area = sheet.area;
        let lines = columns.iter().map(|column| column.head.len()).max().unwrap_or(1);
        if plan.after <= 0.4 * area.width() && lines <= 3 {
            sheet.area.top += (sheet.text_px * 0.5 + sheet.tick_px * 1.2 * lines as f32).round();
            match Plane::new(sheet, plan) {
                Ok(plane) => return Ok((plane, true)),
                Err(_) => sheet.area = area,
            }
        }
        plan.after = 0.0;
    }
    Ok((Plane::new(sheet, plan)?, false))
}

const COLUMN_GAP: f32 = 16.0;

/// A column of numbers right of the plot.
struct Column {
    index: usize,
    head: Vec<String>,
    width: f32,
}

/// The two columns of numbers; long heads break into lines.
fn columns(sheet: &Sheet<'_>) -> Drawing<Vec<Column>> {
    let px = sheet.tick_px;
    let mut columns = Vec::new();
    for index in [1, 2] {
        let values = value_label::widest(sheet, index, index)?;
        let text = sheet.header(index).text;
        let head = sheet.lines(sheet.bold, px, &text, values.max(px * 6.5))?.unwrap_or_else(|| vec![text]);
        let mut width = values;
        for line in &head {
            width = width.max(sheet.width(sheet.bold, px, line)?);
        }
        columns.push(Column { index, head, width: width.ceil() });
    }
    Ok(columns)
}

fn print(sheet: &mut Sheet<'_>, plane: &Plane) -> Drawing<()> {
    let (px, ink) = (sheet.tick_px, sheet.look.ink);
    let mut right = plane.plot.right;
    for Column { index: column, head, width } in columns(sheet)? {
        right += COLUMN_GAP + width;
        let name = sheet.header(column);
        for (line, words) in head.iter().rev().enumerate() {
            let y = plane.plot.top - px * 0.8 - (px * 1.2).round() * line as f32;
            let spec = TextSpec::new(words, sheet.bold, px, ink, Role::Heading)
                .at(right, y, Align::End, VAlign::Baseline)
                .showing(name.data.iter().copied());
            sheet.set(spec)?;
        }
        for row in 0..sheet.rows() {
            let at = Point::new(right, plane.centers[row]);
            let spec = TextSpec::new(sheet.shown(row, column), sheet.face, px, ink, Role::ValueLabel)
                .at(at.x, at.y, Align::End, VAlign::Middle)
                .showing([Datum::cell(row, column)]);
            sheet.set(spec)?;
        }
    }
    Ok(())
}
