//! Grids of sparklines (Edward Tufte, 2006): a small line for each series, with its first and last value, in a list or
//! on cards.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, PathBuilder, Point, Rect, Role};

use super::bars::bounds;
use super::sheet::{Drawing, Sheet, around};
use crate::FigureError;

/// What a spark is.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Line,
    Area,
    Bars,
}

/// How the sparks of a chart are drawn.
struct Hand {
    form: Form,
    /// The first and the last value are printed; each spark then has a scale of its own, else all have one.
    printed: bool,
    /// The highest and the lowest point are marked.
    ends: bool,
    all: (f64, f64),
}

/// Draws a grid of sparklines.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let values = sheet.values(1, sheet.series());
    let rng = &mut sheet.rng("sparks");
    let form = *rng.pick(&[Form::Line, Form::Line, Form::Area, Form::Bars]);
    let printed = sheet.wants_values(2 * sheet.series(), 24);
    let hand = Hand { form, printed, ends: form != Form::Bars && rng.chance(0.6), all: bounds(&values) };
    let cards = rng.chance(0.45);
    let ways = if cards { [cards_of, list] } else { [list, cards_of] };
    match ways[0](sheet, &hand) {
        Err(FigureError::NoRoom { .. }) => ways[1](sheet, &hand),
        other => other,
    }
}

/// Where one spark and its texts stand.
struct Place {
    column: usize,
    spark: Rect,
}

/// A list: name, first value, spark, last value, in one or two columns.
fn list(sheet: &mut Sheet<'_>, hand: &Hand) -> Drawing<()> {
    let (px, text) = (sheet.tick_px, sheet.text_px);
    let (series, last) = (sheet.series(), sheet.rows() - 1);
    let area = sheet.area;
    let columns = if series >= 8 && area.width() > 620.0 && sheet.chance("two columns", 0.5) { 2 } else { 1 };
    let lines = series.div_ceil(columns);
    let between = if columns > 1 { 36.0 } else { 0.0 };
    let width = (area.width() - between * (columns - 1) as f32) / columns as f32;
    let head = (px * 2.0).round();
    let pitch = ((area.height() - head) / lines as f32).min(92.0);
    let line = (text * 1.2).round();
    let mut names = Vec::new();
    for column in 1..=series {
        match sheet.lines(sheet.face, text, &sheet.header(column).text, 0.34 * width)? {
            Some(found) if found.len() as f32 * line <= pitch - 2.0 => names.push(found),
            _ => return sheet.no_room("names of the lines"),
        }
    }
    let name_width = sheet.widest(text, names.iter().flatten().map(String::as_str))?.ceil();
    let ends = [0, last].map(|row| -> Drawing<f32> {
        let head = sheet.label_width(px, sheet.shown(row, 0))?;
        let mut widest = if hand.printed { head } else { head / 2.0 };
        for column in (1..=series).filter(|_| hand.printed) {
            widest = widest.max(sheet.width(sheet.bold, px, sheet.shown(row, column))?);
        }
        Ok(widest.ceil())
    });
    let [first, end] = ends;
    let (first, end) = (first?, end?);
    let spark_width = width - name_width - first - end - 42.0;
    if spark_width < 80.0 || pitch < px * 1.7 || pitch < 20.0 {
        return sheet.no_room("sparks between their numbers");
    }
    let rule = sheet.scene.mark(Role::Axis, "", []);
    let high = (pitch * 0.72).min(62.0);
    let mut places = Vec::new();
    for column in 1..=series {
        let (slot, row) = ((column - 1) / lines, (column - 1) % lines);
        let left = area.left + (width + between) * slot as f32;
        let middle = area.top + head + pitch * (row as f32 + 0.5);
        let from = left + name_width + first + 28.0;
        let spark = Rect::new(from, middle - high / 2.0, from + spark_width, middle + high / 2.0);
        let color = sheet.look.line.mix(sheet.look.ground, 0.3);
        let under = Rect::new(
            left,
            (middle - pitch / 2.0).round(),
            left + width,
            (middle - pitch / 2.0).round() + 1.0,
        );
        sheet.scene.rect(rule, under, color);
        if row == 0 {
            for (at, x, align) in [(0, from - 14.0, Align::End), (last, spark.right + 14.0, Align::Start)] {
                let x = match (hand.printed, align) {
                    (true, _) => x,
                    (false, Align::End) => spark.left,
                    (false, _) => spark.right,
                };
                let align = if hand.printed { align } else { Align::Middle };
                time_label(sheet, at, Point::new(x, area.top), align)?;
            }
        }
        let name = sheet.header(column);
        let top = middle - line * (names[column - 1].len() - 1) as f32 / 2.0;
        for (index, words) in names[column - 1].iter().enumerate() {
            let spec = TextSpec::new(words, sheet.face, text, sheet.look.ink, Role::Heading)
                .at(left, top + line * index as f32, Align::Start, VAlign::Middle)
                .showing(name.data.iter().copied());
            sheet.set(spec)?;
        }
        if hand.printed {
            let first = Point::new(from - 14.0, middle);
            value(sheet, 0, column, first, Align::End, sheet.tick_px, sheet.look.soft_ink)?;
            let end = Point::new(spark.right + 14.0, middle);
            value(sheet, last, column, end, Align::Start, sheet.tick_px, sheet.look.ink)?;
        }
        places.push(Place { column, spark });
    }
    sparks(sheet, hand, &places);
    Ok(())
}

/// Cards: the name, the last value large, the spark with its first and last time below.
fn cards_of(sheet: &mut Sheet<'_>, hand: &Hand) -> Drawing<()> {
    let (px, text) = (sheet.tick_px, sheet.text_px);
    let (series, last) = (sheet.series(), sheet.rows() - 1);
    let area = sheet.area;
    let gap = (text * 1.1).round();
    let miss = |columns: usize| {
        let lines = series.div_ceil(columns);
        let aspect = (area.width() / columns as f32) / (area.height() / lines as f32);
        libm::logf(aspect / 1.5).abs() + 0.3 * (columns * lines - series) as f32
    };
    let columns = (2..=4).fold(1, |best, columns| if miss(columns) < miss(best) { columns } else { best });
    let lines = series.div_ceil(columns);
    let width = ((area.width() - gap * (columns - 1) as f32) / columns as f32).floor();
    let height = ((area.height() - gap * (lines - 1) as f32) / lines as f32).floor().min(230.0);
    let pad = (text * 0.8).round();
    let room = width - 2.0 * pad;
    let line = (text * 1.2).round();
    let mut names = Vec::new();
    for column in 1..=series {
        match sheet.lines(sheet.face, text, &sheet.header(column).text, room)? {
            Some(found) if found.len() <= 2 => names.push(found),
            _ => return sheet.no_room("names on the cards"),
        }
    }
    let deep = names.iter().map(Vec::len).max().unwrap_or(1) as f32 * line;
    let large = (text * 1.55).round();
    let value_height = if hand.printed { (large * 1.35).round() } else { 0.0 };
    let foot = (px * 1.5).round();
    let spark_height = height - 2.0 * pad - deep - value_height - foot;
    let times = sheet.label_width(px, sheet.shown(0, 0))? + sheet.label_width(px, sheet.shown(last, 0))?;
    if spark_height < 26.0 || times + 14.0 > room || width < 100.0 {
        return sheet.no_room("sparks on the cards");
    }
    for column in (1..=series).filter(|_| hand.printed) {
        let both = sheet.width(sheet.bold, large, sheet.shown(last, column))?
            + sheet.label_width(px, sheet.shown(0, column))?;
        if both + 14.0 > room {
            return sheet.no_room("values on the cards");
        }
    }
    let framed = sheet.chance("framed cards", 0.7);
    let face = if sheet.look.panel == sheet.look.ground {
        sheet.look.ground.mix(sheet.look.ink, 0.045)
    } else {
        sheet.look.panel
    };
    let mut places = Vec::new();
    for column in 1..=series {
        let (row, slot) = ((column - 1) / columns, (column - 1) % columns);
        let (left, top) = (area.left + (width + gap) * slot as f32, area.top + (height + gap) * row as f32);
        let card = Rect::sized(left.round(), top.round(), width, height);
        let ground = sheet.scene.ornament();
        if framed {
            let corner = sheet.look.corner.max(2.0);
            sheet.scene.round_rect(ground, card, corner, face);
        }
        let name = sheet.header(column);
        let mut y = card.top + pad;
        for words in &names[column - 1] {
            let spec = TextSpec::new(words, sheet.face, text, sheet.look.ink, Role::Heading)
                .at(card.left + pad, y, Align::Start, VAlign::Top)
                .showing(name.data.iter().copied());
            sheet.set(spec)?;
            y += line;
        }
        let bottom = card.bottom - pad;
        if hand.printed {
            // Each value stands over its time.
            let at = Point::new(card.right - pad, card.top + pad + deep + value_height / 2.0 - 2.0);
            value(sheet, last, column, at, Align::End, large, sheet.look.ink)?;
            let at = Point::new(card.left + pad, at.y + (large - px) * 0.3);
            value(sheet, 0, column, at, Align::Start, px, sheet.look.soft_ink)?;
        }
        for (time, x, align) in [(0, card.left + pad, Align::Start), (last, card.right - pad, Align::End)] {
            time_label(sheet, time, Point::new(x, bottom - sheet.cap(px)), align)?;
        }
        let spark =
            Rect::new(card.left + pad, bottom - foot - spark_height, card.right - pad, bottom - foot - 2.0);
        places.push(Place { column, spark });
    }
    sparks(sheet, hand, &places);
    Ok(())
}

fn time_label(sheet: &mut Sheet<'_>, row: usize, at: Point, align: Align) -> Drawing<()> {
    let name = sheet.row_name(row);
    let spec = TextSpec::new(&name.text, sheet.face, sheet.tick_px, sheet.look.soft_ink, Role::TickLabel)
        .at(at.x, at.y, align, VAlign::Top)
        .showing(name.data);
    sheet.set(spec)?;
    Ok(())
}

fn value(
    sheet: &mut Sheet<'_>,
    row: usize,
    column: usize,
    at: Point,
    align: Align,
    px: f32,
    ink: Color,
) -> Drawing<()> {
    let face = if row > 0 { sheet.bold } else { sheet.face };
    let spec = TextSpec::new(sheet.shown(row, column), face, px, ink, Role::ValueLabel)
        .at(at.x, at.y, align, VAlign::Middle)
        .showing([Datum::cell(row, column)]);
    sheet.set(spec)?;
    Ok(())
}

fn sparks(sheet: &mut Sheet<'_>, hand: &Hand, places: &[Place]) {
    let each = sheet.series() <= sheet.look.series.len() && sheet.chance("colours of sparks", 0.3);
    for Place { column, spark } in places {
        let color = sheet.color(if each { column - 1 } else { 0 });
        let (low, high) = if hand.printed { bounds(&sheet.values(*column, *column)) } else { hand.all };
        let (low, high) = if hand.form == Form::Line { (low, high) } else { (low.min(0.0), high.max(0.0)) };
        let span = (high - low).max(high.abs() * 1e-6).max(1e-9);
        let y = |value: f64| spark.bottom - 2.0 - (spark.height() - 4.0) * ((value - low) / span) as f32;
        match hand.form {
            Form::Bars => paint_bars(sheet, *column, spark, color, &y),
            form => paint_line(sheet, *column, spark, color, &y, form == Form::Area, hand.ends),
        }
        sheet.resolve(*column, (span * 2.5 / f64::from(spark.height()), 1.0));
    }
}

fn paint_bars(sheet: &mut Sheet<'_>, column: usize, spark: &Rect, color: Color, y: &dyn Fn(f64) -> f32) {
    let pitch = spark.width() / sheet.rows() as f32;
    let quiet = color.mix(sheet.look.panel, 0.35);
    let last = sheet.rows() - 1;
    for row in 0..=last {
        let (a, b) = (y(0.0).round(), y(sheet.value(row, column).unwrap_or(0.0)).round());
        let left = (spark.left + pitch * row as f32).round();
        let right = (spark.left + pitch * (row + 1) as f32 - (pitch * 0.2).max(1.0)).round().max(left + 1.0);
        let mark = sheet.cell_mark(Role::Bar, row, column);
        let rect = Rect::new(left, a.min(b), right, a.max(b).max(a.min(b) + 1.0));
        sheet.scene.rect(mark, rect, if row == last { color } else { quiet });
    }
}

fn paint_line(
    sheet: &mut Sheet<'_>,
    column: usize,
    spark: &Rect,
    color: Color,
    y: &dyn Fn(f64) -> f32,
    filled: bool,
    ends: bool,
) {
    let last = sheet.rows() - 1;
    let values: Vec<f64> = (0..=last).map(|row| sheet.value(row, column).unwrap_or(0.0)).collect();
    let x = |row: usize| spark.left + 3.0 + (spark.width() - 6.0) * row as f32 / last as f32;
    let points: Vec<Point> = values.iter().enumerate().map(|(row, v)| Point::new(x(row), y(*v))).collect();
    let name = sheet.header(column);
    let role = if filled { Role::Area } else { Role::Line };
    let line = sheet.scene.mark(role, name.text, name.data);
    if filled {
        let mut path = PathBuilder::new();
        super::lines::trace(&mut path, &points, false, true);
        path.line_to(points[last].x, y(0.0));
        path.line_to(points[0].x, y(0.0));
        path.close();
        if let Some(path) = path.finish() {
            sheet.scene.fill(line, path, color.faded(0.25));
        }
    }
    let width = (sheet.look.stroke * 0.8).clamp(1.2, 2.2);
    sheet.scene.polyline(line, &points, Stroke::new(color, width).rounded());
    sheet.scene.element_mut(line).color = Some(color);
    let (low, high) = bounds(&values);
    let once = |value: f64| values.iter().filter(|v| **v == value).count() == 1;
    let (peak, hollow) = super::bars::opposite(sheet);
    for (row, at) in points.into_iter().enumerate() {
        let mark = sheet.cell_mark(Role::LinePoint, row, column);
        if ends && values[row] == high && once(high) {
            sheet.scene.circle(mark, at, width + 1.4, hollow.readable_on(sheet.look.panel, 2.0));
        } else if ends && values[row] == low && once(low) {
            sheet.scene.circle(mark, at, width + 1.4, peak.mix(sheet.look.ink, 0.4));
        } else if row == last {
            sheet.scene.circle(mark, at, width + 1.2, color);
        }
        sheet.locate(mark, around(at, 2.5), at, color);
    }
}
