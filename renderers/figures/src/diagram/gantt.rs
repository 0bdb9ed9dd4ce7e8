//! Gantt charts: tasks as bars over numbers or dates.

use pixmo_render::data::ColumnKind;
use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Datum, Fonts, Rect, Role};

use super::DiagramSpec;
use super::board::Board;
use super::graph::{Sheet, Source};
use super::style::{DiagramStyle, NodeLook};
use crate::date::{MONTHS, civil, day_of};
use crate::{Drawn, FigureError, Resolution};

/// A row of `tasks`.
struct Task {
    label: (String, Datum),
    start: (f64, String, Datum),
    end: (f64, String, Datum),
    /// Index of its group.
    group: usize,
}

/// A run of tasks of one group.
struct Section {
    name: String,
    data: Vec<Datum>,
    first: usize,
}

/// The time axis.
struct Axis {
    low: f64,
    high: f64,
    ticks: Vec<(f64, String)>,
    /// Distance of two grid lines.
    step: f64,
}

/// Draws a Gantt chart.
pub(super) fn draw(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>) -> Result<Drawn, FigureError> {
    let source = Source { kind: spec.kind, data: spec.data };
    let sheet = source.need("tasks")?;
    let (start, end) = (sheet.need("start")?, sheet.need("end")?);
    let dates = sheet.table.columns[start].kind != ColumnKind::Number;
    let (tasks, sections) = read(&source, &sheet, dates)?;
    let axis = if dates { Axis::of_dates(&tasks) } else { Axis::of_numbers(&tasks) };
    let fonts = Fonts::bundled();
    let mut names = 0.0f32;
    for task in &tasks {
        names = names.max(fonts.width(style.plain(), style.text_px, &task.label.0)?);
    }
    let indent = if sections.is_empty() { 0.0 } else { style.text_px };
    for section in &sections {
        names = names.max(fonts.width(style.strong(), style.text_px, &section.name)? - indent);
    }
    let mut rng = spec.seed.rng("gantt");
    let row = (style.text_px * rng.range32(1.9, 2.5)).round();
    let left = (names + indent + 14.0).ceil();
    let plot = (rng.range32(420.0, 660.0)).round();
    let unit = if dates { "" } else { sheet.table.columns[start].unit.as_str() };
    let head = style.line_px + if unit.is_empty() { 6.0 } else { style.line_px + 8.0 };
    let rows = tasks.len() + sections.len();
    let height = head + rows as f32 * row;
    let mut board = Board::open(spec, left + plot + 12.0, height.ceil())?;
    let (x0, y0) = (board.origin.x + left, (board.origin.y + head).round());
    let bottom = y0 + rows as f32 * row;
    let at = |value: f64| x0 + ((value - axis.low) / (axis.high - axis.low)) as f32 * plot;

    paint_axis(&mut board, style, &axis, unit, (x0, plot, y0, bottom), &at)?;
    let printed = rng.chance(0.5);
    let mut line = 0;
    for (index, task) in tasks.iter().enumerate() {
        if let Some(section) = sections.iter().find(|s| s.first == index) {
            let y = y0 + line as f32 * row;
            let color = style.look.color(task.group).readable_on(style.look.ground, 4.6);
            let text = TextSpec::new(&section.name, style.strong(), style.text_px, color, Role::GroupLabel)
                .at(board.origin.x, y + row / 2.0, Align::Start, VAlign::Middle)
                .showing(section.data.iter().copied());
            board.scene.text(text)?;
            line += 1;
        }
        let y = y0 + line as f32 * row;
        line += 1;
        let text =
            TextSpec::new(&task.label.0, style.plain(), style.text_px, style.look.ink, Role::NodeLabel)
                .at(board.origin.x + indent, y + row / 2.0, Align::Start, VAlign::Middle)
                .showing([task.label.1]);
        board.scene.text(text)?;
        let color = if sections.is_empty() { style.look.accent } else { style.look.color(task.group) };
        let inset = (row * 0.2).round();
        let rect = Rect::new(at(task.start.0).round(), y + inset, at(task.end.0).round(), y + row - inset);
        let name = format!("{}: {} – {}", task.label.0, task.start.1, task.end.1);
        let bar = board.scene.mark(Role::Span, name, [task.label.1, task.start.2, task.end.2]);
        let coat = match style.nodes {
            NodeLook::Outline => style.coat_of(color, NodeLook::Tint),
            _ => style.coat_of(color, NodeLook::Solid),
        };
        board.scene.round_rect(bar, rect, style.corner.min(row * 0.3), coat.fill);
        if let Some(line) = coat.line {
            board.scene.frame(bar, rect.grown(-0.5), style.corner.min(row * 0.3), Stroke::new(line, 1.1));
        }
        if printed && !dates {
            let value = format!("{}–{}", task.start.1, task.end.1);
            let width = fonts.width(style.plain(), style.small_px(), &value)?;
            if width + 10.0 < rect.width() {
                let text = TextSpec::new(&value, style.plain(), style.small_px(), coat.ink, Role::ValueLabel)
                    .at(rect.center().x, y + row / 2.0, Align::Middle, VAlign::Middle)
                    .showing([task.start.2, task.end.2]);
                board.scene.text(text)?;
            }
        }
    }
    let pixels = (axis.high - axis.low) / f64::from(plot);
    let difference = (2.0 * pixels).max(axis.step / 4.0);
    let resolutions = match dates {
        true => Vec::new(),
        false => [start, end]
            .into_iter()
            .map(|column| Resolution {
                scale: true,
                in_row: None,
                table: sheet.index as u16,
                column: column as u16,
                difference,
                ratio: 1.0,
            })
            .collect(),
    };
    board.finish(resolutions)
}

fn paint_axis(
    board: &mut Board<'_>,
    style: &DiagramStyle<'_>,
    axis: &Axis,
    unit: &str,
    (x0, plot, y0, bottom): (f32, f32, f32, f32),
    at: &dyn Fn(f64) -> f32,
) -> Result<(), FigureError> {
    let look = style.look;
    if look.panel != look.ground {
        let panel = board.scene.ornament();
        board.scene.rect(panel, Rect::new(x0, y0, x0 + plot, bottom), look.panel);
    }
    let grid = board.scene.mark(Role::Axis, "", []);
    let pen = look.panel.mix(look.ink, 0.16);
    for (value, _) in &axis.ticks {
        let x = at(*value).round();
        board.scene.rect(grid, Rect::new(x, y0 - 4.0, x + 1.0, bottom), pen);
    }
    board.scene.rect(grid, Rect::new(x0, y0 - 1.0, x0 + plot + 1.0, y0), look.ground.mix(look.ink, 0.5));
    let (face, px) = (style.plain(), style.small_px());
    let fonts = Fonts::bundled();
    let mut spans = Vec::new();
    for (value, label) in &axis.ticks {
        let half = fonts.width(face, px, label)? / 2.0;
        spans.push((at(*value) - half, at(*value) + half));
    }
    // Every n-th tick is named, so that no two names meet.
    let fits = |n: &usize| {
        let named: Vec<_> = spans.iter().step_by(*n).collect();
        named.windows(2).all(|w| w[0].1 + 9.0 <= w[1].0)
    };
    let every = (1..=spans.len().max(1)).find(fits).unwrap_or(1);
    for ((value, label), span) in axis.ticks.iter().zip(&spans).step_by(every) {
        if span.1 > x0 + plot + 12.0 {
            continue;
        }
        let text = TextSpec::new(label, face, px, look.soft_ink, Role::TickLabel).at(
            at(*value),
            y0 - 6.0 - style.line_px / 2.0,
            Align::Middle,
            VAlign::Middle,
        );
        board.scene.text(text)?;
    }
    if !unit.is_empty() {
        let y = y0 - 8.0 - style.line_px * 1.5;
        let text = TextSpec::new(unit, style.strong(), px, look.soft_ink, Role::AxisTitle).at(
            x0 + plot / 2.0,
            y,
            Align::Middle,
            VAlign::Middle,
        );
        board.scene.text(text)?;
    }
    Ok(())
}

fn read(
    source: &Source<'_>,
    sheet: &Sheet<'_>,
    dates: bool,
) -> Result<(Vec<Task>, Vec<Section>), FigureError> {
    let (label, start, end) = (sheet.need("label")?, sheet.need("start")?, sheet.need("end")?);
    let group = sheet.find("group");
    let value = |row: usize, column: usize| {
        let cell = sheet.cell(row, column);
        let number = if dates { days(&cell.shown).map(|d| d as f64) } else { cell.as_f64() };
        number
            .map(|n| (n, cell.shown.clone(), sheet.datum(row, column)))
            .ok_or_else(|| source.wrong(format!("`{}` as a time", cell.shown)))
    };
    let (mut tasks, mut sections): (Vec<Task>, Vec<Section>) = (Vec::new(), Vec::new());
    let mut names: Vec<&str> = Vec::new();
    for row in 0..sheet.rows() {
        let task = Task {
            label: sheet.printed(row, label),
            start: value(row, start)?,
            end: value(row, end)?,
            group: 0,
        };
        if task.end.0 <= task.start.0 {
            return Err(source.wrong(format!("`{}`, which ends before it starts", task.label.0)));
        }
        tasks.push(task);
        if let Some(column) = group {
            let name = sheet.text(row, column);
            if sections.last().is_none_or(|s| s.name != name) {
                sections.push(Section { name: name.to_owned(), data: Vec::new(), first: row });
            }
            if let Some(section) = sections.last_mut() {
                section.data.push(sheet.datum(row, column));
            }
            let index = names.iter().position(|n| *n == name).unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            });
            if let Some(task) = tasks.last_mut() {
                task.group = index;
            }
        }
    }
    Ok((tasks, sections))
}

impl Axis {
    fn range(tasks: &[Task]) -> (f64, f64) {
        let low = tasks.iter().map(|t| t.start.0).fold(f64::INFINITY, f64::min);
        let high = tasks.iter().map(|t| t.end.0).fold(f64::NEG_INFINITY, f64::max);
        (low, high)
    }

    fn of_numbers(tasks: &[Task]) -> Axis {
        let (low, high) = Axis::range(tasks);
        let mut step = libm::pow(10.0, libm::floor(libm::log10((high - low).max(1e-9) / 6.0)));
        for factor in [2.0, 2.5, 2.0] {
            if (high - low) / step > 14.0 {
                step *= factor;
            }
        }
        let step = if step < 1.0 && high - low >= 4.0 { 1.0 } else { step };
        let (low, high) = (libm::floor(low / step) * step, libm::ceil(high / step) * step);
        let count = libm::round((high - low) / step) as i64;
        let decimals = libm::ceil(-libm::log10(step)).max(0.0) as usize;
        let ticks = (0..=count)
            .map(|i| low + i as f64 * step)
            .map(|value| (value, format!("{value:.decimals$}")))
            .collect();
        Axis { low, high, ticks, step }
    }

    fn of_dates(tasks: &[Task]) -> Axis {
        let (low, high) = Axis::range(tasks);
        let (low, high) = (low as i64, high as i64);
        let span = high - low;
        let step = [1, 2, 7, 14].into_iter().find(|step| span / step <= 9);
        let mut ticks = Vec::new();
        let mut end = high;
        let Some(step) = step else {
            // Months.
            for day in low - 31..=high + 31 {
                let (year, month, date) = civil(day);
                if date == 1 {
                    ticks.push((day as f64, format!("{} {year}", MONTHS[month - 1])));
                }
            }
            ticks.retain(|t| t.0 >= low as f64 && t.0 <= high as f64);
            return Axis { low: low as f64, high: high as f64, ticks, step: 30.0 };
        };
        let mut day = low;
        while day < high + step {
            let (_, month, date) = civil(day);
            ticks.push((day as f64, format!("{date} {}", MONTHS[month - 1])));
            end = day;
            day += step;
        }
        Axis { low: low as f64, high: end.max(high) as f64, ticks, step: step as f64 }
    }
}

/// Days since 1970-01-01 of a date `YYYY-MM-DD`.
fn days(text: &str) -> Option<i64> {
    let mut parts = text.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    Some(day_of(year, month as usize, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        // From the Unix epoch and a leap day.
        assert_eq!(days("1970-01-01"), Some(0));
        assert_eq!(days("2000-02-29"), Some(11_016));
        assert_eq!(days("2024-03-01").zip(days("2024-02-28")).map(|(a, b)| a - b), Some(2));
        assert_eq!(days("2024-13-01"), None);
        for day in [-719_000, -1, 0, 59, 11_016, 20_000] {
            let (y, m, d) = civil(day);
            assert_eq!(days(&format!("{y}-{m:02}-{d:02}")), Some(day));
        }
    }
}
