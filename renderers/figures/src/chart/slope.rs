//! Slope charts: each row a line from its first value to its second, named at both ends.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Point, Rect, Role};

use super::bars::bounds;
use super::plane::least_step;
use super::scale::Scale;
use super::sheet::{Drawing, Sheet, around};
use super::spread::spread;

/// Draws a slope chart.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let printed = sheet.wants_values(2 * sheet.rows(), 20);
    let result = try_draw(sheet, printed);
    match result {
        Err(_) if printed => try_draw(sheet, false),
        other => other,
    }
}

/// The texts beside one end of the lines.
struct Side {
    column: usize,
    x: f32,
    /// 1 when the texts run to the right, -1 to the left.
    way: f32,
    names: bool,
    values: bool,
}

fn try_draw(sheet: &mut Sheet<'_>, printed: bool) -> Drawing<()> {
    let (px, rows) = (sheet.text_px, sheet.rows());
    let names = sheet.widest(px, (0..rows).map(|r| sheet.shown(r, 0)))?;
    let values = |column: usize| sheet.widest(px, (0..rows).map(|r| sheet.shown(r, column)));
    let both = printed && sheet.chance("names at both ends", 0.5);
    let value_width = |column| if printed { values(column).map(|w| w + 8.0) } else { Ok(0.0) };
    let (low, high) = bounds(&sheet.values(1, 2));
    let scale = Scale::linear(low, high, 5, least_step(sheet.spec.value_format).min((high - low).max(1e-9)))
        .printed(sheet.spec.value_format);
    let ticks = sheet.widest(sheet.tick_px, scale.ticks.iter().map(|t| t.text.as_str()))?;
    let left = if printed { value_width(1)? + if both { names + 8.0 } else { 0.0 } } else { ticks } + 10.0;
    let right = value_width(2)? + names + 18.0;
    let area = sheet.area;
    // Long headings break into two lines.
    let line = (px * 1.22).round();
    let mut heads = Vec::new();
    for column in [1, 2] {
        let name = sheet.header(column);
        let Some(lines) = sheet.lines(sheet.bold, px, &name.text, area.width() * 0.36)? else {
            return sheet.no_room("headings of the two times");
        };
        heads.push((name, lines));
    }
    let mut widths = [0.0f32; 2];
    for (width, (_, lines)) in widths.iter_mut().zip(&heads) {
        for text in lines {
            *width = width.max(sheet.width(sheet.bold, px, text)?);
        }
    }
    let most = heads.iter().map(|(_, lines)| lines.len()).max().unwrap_or(1);
    let head = (px * 0.9).round() + line * most as f32;
    let plot = Rect::new(
        (area.left + left.max(widths[0] / 2.0 + 1.0)).round(),
        (area.top + head + px * 0.5).round(),
        (area.right - right.max(widths[1] / 2.0 + 1.0)).round(),
        (area.bottom - px * 0.6).round(),
    );
    // A wide picture does not make a good slope: the lines keep to a decent width.
    let spare = (plot.width() - plot.height() * 1.5).max(0.0) / 2.0;
    let plot = Rect { left: (plot.left + spare).round(), right: (plot.right - spare).round(), ..plot };
    if plot.width() < 90.0 || plot.height() < 90.0 {
        return sheet.no_room("plot between the names");
    }
    let scale = scale.spanning(plot.bottom, plot.top);
    let sides = [
        Side { column: 1, x: plot.left, way: -1.0, names: both, values: printed },
        Side { column: 2, x: plot.right, way: 1.0, names: true, values: printed },
    ];
    let ends: [Vec<f32>; 2] =
        [1, 2].map(|column| (0..rows).map(|row| scale.at(sheet.value(row, column).unwrap_or(0.0))).collect());
    let pitch = px * 1.2;
    let spread_side =
        |column: usize| spread(&ends[column - 1], pitch, plot.top - px * 0.3, plot.bottom + px * 0.3);
    let (Some(first), Some(second)) = (spread_side(1), spread_side(2)) else {
        return sheet.no_room("names beside the lines");
    };
    if widths.iter().sum::<f32>() / 2.0 + 12.0 > plot.width()
        || plot.left - widths[0] / 2.0 < area.left
        || plot.right + widths[1] / 2.0 > area.right
    {
        return sheet.no_room("headings of the two times");
    }
    // From here on nothing fails, so nothing is drawn twice.
    let rule = sheet.scene.mark(Role::Axis, "", []);
    let strong = sheet.look.ink.mix(sheet.look.ground, 0.45);
    for (x, (name, lines)) in [plot.left, plot.right].into_iter().zip(heads) {
        sheet.scene.rect(rule, Rect::new(x, plot.top - 3.0, x + 1.0, plot.bottom + 3.0), strong);
        for (index, text) in lines.iter().enumerate() {
            let y = area.top + line * (most - lines.len() + index) as f32;
            let spec = TextSpec::new(text, sheet.bold, px, sheet.look.ink, Role::TickLabel)
                .at(x, y, Align::Middle, VAlign::Top)
                .showing(name.data.iter().copied());
            sheet.set(spec)?;
        }
    }
    if !printed {
        for tick in &scale.ticks {
            let y = scale.at(tick.value).round();
            sheet.scene.rect(rule, Rect::new(plot.left - 4.0, y, plot.left, y + 1.0), strong);
            let spec =
                TextSpec::new(&tick.text, sheet.face, sheet.tick_px, sheet.look.soft_ink, Role::TickLabel);
            sheet.set(spec.at(plot.left - 8.0, y + 0.5, Align::End, VAlign::Middle))?;
        }
    }
    let colors = colors(sheet);
    for row in 0..rows {
        let (a, b) = (Point::new(plot.left + 0.5, ends[0][row]), Point::new(plot.right + 0.5, ends[1][row]));
        let name = sheet.row_name(row);
        let line = sheet.scene.mark(Role::Line, name.text, name.data);
        sheet.scene.line(line, a, b, Stroke::new(colors[row], sheet.look.stroke).rounded());
        for (column, point) in [(1, a), (2, b)] {
            let mark = sheet.cell_mark(Role::LinePoint, row, column);
            sheet.scene.circle(mark, point, sheet.look.stroke + 1.6, colors[row]);
            sheet.locate(mark, around(point, 3.0), point, colors[row]);
        }
    }
    for (side, places) in sides.iter().zip([&first, &second]) {
        let wanted = &ends[side.column - 1];
        for row in 0..rows {
            side_texts(sheet, side, row, wanted[row], places[row], colors[row])?;
        }
    }
    for column in 1..=2 {
        sheet.resolve(column, scale.resolution());
    }
    Ok(())
}

fn side_texts(
    sheet: &mut Sheet<'_>,
    side: &Side,
    row: usize,
    wanted: f32,
    y: f32,
    color: Color,
) -> Drawing<()> {
    let px = sheet.text_px;
    let align = if side.way > 0.0 { Align::Start } else { Align::End };
    let mut x = side.x + 9.0 * side.way;
    if (wanted - y).abs() > 2.5 && (side.values || side.names) {
        let leader = sheet.scene.ornament();
        let pale = color.mix(sheet.look.ground, 0.4);
        x += 7.0 * side.way;
        let (a, b) = (Point::new(side.x + 4.0 * side.way, wanted), Point::new(x - 2.0 * side.way, y));
        sheet.scene.line(leader, a, b, Stroke::new(pale, 1.0));
    } else if side.values || side.names {
        x += 1.0 * side.way;
    }
    if side.values {
        let text = sheet.shown(row, side.column);
        let spec = TextSpec::new(text, sheet.bold, px, sheet.readable(color), Role::ValueLabel)
            .at(x, y, align, VAlign::Middle)
            .showing([Datum::cell(row, side.column)]);
        sheet.set(spec)?;
        x += side.way * (sheet.width(sheet.bold, px, text)? + 6.0);
    }
    if side.names {
        let name = sheet.row_name(row);
        let spec = TextSpec::new(&name.text, sheet.face, px, sheet.look.ink, Role::DirectLabel)
            .at(x, y, align, VAlign::Middle)
            .showing(name.data);
        sheet.set(spec)?;
    }
    Ok(())
}

/// Each row its own colour, or rises and falls, or one that stands out.
fn colors(sheet: &Sheet<'_>) -> Vec<Color> {
    let rows = sheet.rows();
    let look = sheet.look;
    match sheet.rng("slope colours").below(3) {
        0 if rows <= look.series.len() => (0..rows).map(|row| sheet.color(row)).collect(),
        1 => {
            let (up, down) = super::bars::opposite(sheet);
            (0..rows).map(|row| if sheet.value(row, 2) >= sheet.value(row, 1) { up } else { down }).collect()
        }
        _ => {
            let chosen = sheet.rng("slope accent").below(rows);
            let quiet = look.soft_ink.mix(look.ground, 0.45);
            (0..rows).map(|row| if row == chosen { sheet.color(0) } else { quiet }).collect()
        }
    }
}
