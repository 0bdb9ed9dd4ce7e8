//! Charts that are counted: waffles of a hundred squares, rows of symbols.

use pixmo_render::scene::{Align, TextSpec, VAlign, round_rect_path};
use pixmo_render::{Datum, NumberFormat, PathBuilder, Point, Rect, Role};

use super::axis::Beside;
use super::legend::{self, Entry, Key};
use super::scale::Scale;
use super::sheet::{Drawing, Sheet};
use crate::look::TitlePlace;
use crate::look::words::fill;

/// Draws a waffle: ten by ten squares shared out among the rows.
pub(super) fn waffle(sheet: &mut Sheet<'_>) -> Drawing<()> {
    sheet.gather(1.8);
    let rows = sheet.rows();
    let values = sheet.wants_values(rows, 7);
    let entries: Vec<Entry> = (0..rows)
        .map(|row| Entry {
            value: values.then(|| (sheet.shown(row, 1).to_owned(), Datum::cell(row, 1))),
            ..Entry::new(sheet.row_name(row), sheet.color(row), Key::Square)
        })
        .collect();
    legend::draw(sheet, &entries)?;
    // What a cell is worth stands below, where it is not known as usual.
    let caption = sheet.chance("worth of a cell", 0.7).then(|| {
        let one = format!("1{}", sheet.look.words.percent);
        fill(&sheet.look.words.symbol, &[&one])
    });
    let px = sheet.tick_px;
    let caption = match caption {
        Some(text) if sheet.label_width(px, &text)? <= sheet.area.width() => Some(text),
        _ => None,
    };
    let below = if caption.is_some() { (px * 1.9).round() } else { 0.0 };
    let area = Rect { bottom: sheet.area.bottom - below, ..sheet.area };
    let pitch = (area.width().min(area.height()) / 10.0).floor().min(44.0);
    if pitch < 9.0 {
        return sheet.no_room("squares");
    }
    let left = (area.center().x - pitch * 5.0).round();
    let top = (area.center().y - pitch * 5.0).round();
    let gap = (pitch * 0.12).round().max(1.0);
    let round = sheet.chance("round cells", 0.2);
    let upwards = sheet.chance("upwards", 0.5);
    let counts = shares(&sheet.values(1, 1), 100);
    let mut next = 0usize;
    for (row, count) in counts.into_iter().enumerate() {
        let color = sheet.color(row);
        let mark = sheet.cell_mark(Role::Tile, row, 1);
        let mut path = PathBuilder::new();
        let mut anchor = Point::default();
        for index in next..next + count {
            let (x, y) = (index % 10, if upwards { 9 - index / 10 } else { index / 10 });
            let cell = Rect::sized(left + pitch * x as f32, top + pitch * y as f32, pitch - gap, pitch - gap);
            let corner = if round { pitch } else { sheet.look.corner.min(pitch * 0.25) };
            if let Some(square) = round_rect_path(&cell, corner) {
                path.push_path(&square);
            }
            if index == next + count / 2 {
                anchor = cell.center();
            }
        }
        if let Some(path) = path.finish() {
            sheet.scene.fill(mark, path, color);
        }
        sheet.anchor(mark, anchor);
        next += count;
    }
    if let Some(text) = caption {
        let spec = TextSpec::new(&text, sheet.face, px, sheet.look.soft_ink, Role::Note);
        let y = top + pitch * 10.0 + px * 1.3;
        sheet.set(spec.at(left + pitch * 5.0, y, Align::Middle, VAlign::Baseline))?;
    }
    let total: f64 = sheet.values(1, 1).iter().sum();
    sheet.resolve(1, (total * 0.011, 1.0));
    Ok(())
}

/// Shares `whole` out in proportion by the method of largest remainders; each part gets at least one.
fn shares(values: &[f64], whole: usize) -> Vec<usize> {
    let total: f64 = values.iter().sum();
    let exact: Vec<f64> = values.iter().map(|v| v / total * whole as f64).collect();
    let mut counts: Vec<usize> = exact.iter().map(|e| (e.floor() as usize).max(1)).collect();
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| (exact[*b] - exact[*b].floor()).total_cmp(&(exact[*a] - exact[*a].floor())));
    for index in order.iter().cycle().take(values.len() * whole) {
        if counts.iter().sum::<usize>() >= whole {
            break;
        }
        counts[*index] += 1;
    }
    while counts.iter().sum::<usize>() > whole {
        let largest = (0..counts.len()).fold(0, |best, i| if counts[i] > counts[best] { i } else { best });
        counts[largest] -= 1;
    }
    counts
}

/// The symbols of a pictogram.
#[derive(Clone, Copy)]
enum Symbol {
    Disc,
    Square,
    Person,
    House,
    Star,
    Diamond,
}

impl Symbol {
    /// From where to where across its square it has ink.
    fn ink(self) -> (f32, f32) {
        match self {
            Symbol::Person => (0.2, 0.8),
            _ => (0.0, 1.0),
        }
    }
}

/// A symbol that looks like what is counted, where one does; else a form that looks like nothing.
fn symbol_for(sheet: &Sheet<'_>) -> Symbol {
    const PEOPLE: &[&str] = &[
        "visitor",
        "guest",
        "passenger",
        "student",
        "pupil",
        "member",
        "player",
        "patient",
        "children",
        "customer",
        "participant",
        "respondent",
        "singer",
        "volunteer",
        "staff",
        "subscriber",
        "spectator",
        "applicant",
        "audience",
        "admission",
        "boarding",
        "listener",
        "starter",
    ];
    const HOUSES: &[&str] = &["flats", "homes", "household", "building"];
    let counted = sheet.header(1).text.to_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| counted.contains(word));
    let forms = [Symbol::Disc, Symbol::Square, Symbol::Star, Symbol::Diamond];
    let form = *sheet.rng("symbol").pick(&forms);
    if any(PEOPLE) {
        Symbol::Person
    } else if any(HOUSES) {
        Symbol::House
    } else {
        form
    }
}

/// Draws a row of symbols for each row of the table, the last one cut where the number ends.
pub(super) fn pictogram(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let rows = sheet.rows();
    let values = sheet.wants_values(rows, 8);
    let px = sheet.tick_px;
    let symbol = symbol_for(sheet);
    let ink = symbol.ink();
    let largest = sheet.values(1, 1).into_iter().fold(0.0, f64::max);
    // A round number of which ten or so make the longest row.
    let unit = Scale::linear(0.0, largest, 9, 0.0).step();
    let most = largest / unit;
    let key = key_text(sheet, unit);
    let key_px = sheet.text_px;
    let Some(key_lines) = sheet.lines(sheet.face, key_px, &key, sheet.area.width())? else {
        return sheet.no_room("meaning of a symbol");
    };
    let key_height = (key_px * 1.25).round() * key_lines.len() as f32 + key_px * 0.8;
    let area = Rect { bottom: sheet.area.bottom - key_height, ..sheet.area };
    let pitch_y = area.height() / rows as f32;
    let names = sheet.row_names();
    let beside = Beside::new(sheet, &names, pitch_y, 0.36 * area.width())?;
    let value_width = if values { super::value_label::widest(sheet, 1, 1)? + 12.0 } else { 0.0 };
    let left = (area.left + beside.width + 12.0).round();
    // A person is slimmer than high; the next one stands as close as discs do.
    let slim = 0.84 * (ink.1 - ink.0) + 0.16;
    let count = libm::ceil(most) as f32;
    let room = area.right - value_width - left;
    let pitch = (room / (count * slim)).min(pitch_y * 0.92).min(66.0).floor();
    if pitch < 9.0 {
        return sheet.no_room("symbols");
    }
    let size = pitch * 0.84;
    let advance = pitch * slim;
    // Short rows stand in the middle of a wide picture.
    let spare = (room - advance * count).max(0.0);
    let centred = sheet.look.title_place != TitlePlace::Left;
    let shift = if centred { (spare * 0.5).floor() } else { 0.0 };
    let left = left + shift;
    // Rows keep together; what is left over is shared above and below.
    let pitch_y = pitch_y.min(pitch * 1.5).floor();
    let spare = ((area.height() - pitch_y * rows as f32) / 2.0).floor();
    let area = Rect { top: area.top + spare * 0.6, bottom: area.bottom - spare * 1.4, ..area };
    let each = rows <= sheet.look.series.len() && sheet.chance("colours of rows", 0.35);
    let centers: Vec<f32> = (0..rows).map(|row| (area.top + pitch_y * (row as f32 + 0.5)).round()).collect();
    let column = Rect::new(area.left + shift, area.top, left - 11.0, area.bottom);
    beside.paint(sheet, &names, &centers, &column, Align::End)?;
    for (row, y) in centers.into_iter().enumerate() {
        let count = sheet.value(row, 1).unwrap_or(0.0) / unit;
        let mark = sheet.cell_mark(Role::Tile, row, 1);
        let color = sheet.color(if each { row } else { 0 });
        let mut path = PathBuilder::new();
        let mut end = left;
        let mut at = 0.0;
        while at < count - 1e-9 {
            let share = (count - at).min(1.0) as f32;
            let x = left + advance * at as f32;
            let place = Rect::sized(x - size * ink.0, y - size / 2.0, size, size);
            end = x + size * (ink.1 - ink.0) * share;
            add_symbol(&mut path, symbol, &place, end);
            at += 1.0;
        }
        if let Some(path) = path.finish() {
            sheet.scene.fill(mark, path, color);
        }
        let middle = Point::new((left + end) / 2.0, y);
        sheet.anchor(mark, middle);
        if values {
            let spec = TextSpec::new(sheet.shown(row, 1), sheet.face, px, sheet.look.ink, Role::ValueLabel)
                .at(end + 8.0, y, Align::Start, VAlign::Middle)
                .showing([Datum::cell(row, 1)]);
            sheet.set(spec)?;
        }
    }
    for (index, line) in key_lines.iter().enumerate() {
        let y = area.bottom + key_px * 1.4 + (key_px * 1.25).round() * index as f32;
        // A long line begins further left, so that it ends inside.
        let x = left.min(sheet.area.right - sheet.label_width(key_px, line)?);
        let spec = TextSpec::new(line, sheet.face, key_px, sheet.look.soft_ink, Role::Note);
        sheet.set(spec.at(x, y, Align::Start, VAlign::Baseline))?;
    }
    sheet.resolve(1, (unit / 4.0, 1.0));
    Ok(())
}

/// `Each symbol stands for 20 kg`, with the number printed as the values are.
fn key_text(sheet: &Sheet<'_>, unit: f64) -> String {
    let format = sheet.spec.value_format;
    let mut decimals = format.decimals;
    let scaled = unit / super::scale::ten(format.scale as i32);
    while decimals < 6 && (scaled * super::scale::ten(decimals as i32)).fract() > 1e-6 {
        decimals += 1;
    }
    let number = NumberFormat { decimals, ..format.clone() }.print_f64(unit);
    let unit_name = sheet.unit(1).map(|u| format!(" {u}")).unwrap_or_default();
    fill(&sheet.look.words.symbol, &[&format!("{number}{unit_name}")])
}

/// Adds a symbol to a path, cut off at `end`.
fn add_symbol(path: &mut PathBuilder, symbol: Symbol, place: &Rect, end: f32) {
    for polygon in outline(symbol) {
        let points: Vec<Point> = polygon
            .iter()
            .map(|(x, y)| Point::new(place.left + place.width() * x, place.top + place.height() * y))
            .collect();
        let cut = cut_right(&points, end);
        if cut.len() < 3 {
            continue;
        }
        path.move_to(cut[0].x, cut[0].y);
        for p in &cut[1..] {
            path.line_to(p.x, p.y);
        }
        path.close();
    }
}

/// The polygons of a symbol in a unit square.
fn outline(symbol: Symbol) -> Vec<Vec<(f32, f32)>> {
    let disc = |cx: f32, cy: f32, r: f32| -> Vec<(f32, f32)> {
        (0..24)
            .map(|i| {
                let turn = i as f32 / 24.0 * 2.0 * std::f32::consts::PI;
                (cx + r * libm::sinf(turn), cy - r * libm::cosf(turn))
            })
            .collect()
    };
    match symbol {
        Symbol::Disc => vec![disc(0.5, 0.5, 0.5)],
        Symbol::Square => vec![vec![(0.04, 0.04), (0.96, 0.04), (0.96, 0.96), (0.04, 0.96)]],
        Symbol::Person => vec![
            disc(0.5, 0.17, 0.16),
            vec![
                (0.3, 0.37),
                (0.7, 0.37),
                (0.8, 0.46),
                (0.8, 0.7),
                (0.68, 0.7),
                (0.66, 1.0),
                (0.34, 1.0),
                (0.32, 0.7),
                (0.2, 0.7),
                (0.2, 0.46),
            ],
        ],
        Symbol::House => {
            vec![vec![
                (0.5, 0.02),
                (1.0, 0.45),
                (0.88, 0.45),
                (0.88, 0.98),
                (0.12, 0.98),
                (0.12, 0.45),
                (0.0, 0.45),
            ]]
        }
        Symbol::Star => {
            let star = (0..10).map(|i| {
                let turn = i as f32 / 10.0 * 2.0 * std::f32::consts::PI;
                let r = if i % 2 == 0 { 0.52 } else { 0.22 };
                (0.5 + r * libm::sinf(turn), 0.53 - r * libm::cosf(turn))
            });
            vec![star.collect()]
        }
        Symbol::Diamond => vec![vec![(0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)]],
    }
}

/// The part of a polygon left of an upright line (Sutherland and Hodgman). Concave outlines stay whole enough: the
/// pieces that the cut leaves touch along the line and enclose no area there.
fn cut_right(points: &[Point], end: f32) -> Vec<Point> {
    let mut kept = Vec::with_capacity(points.len() + 4);
    for i in 0..points.len() {
        let (p, q) = (points[i], points[(i + 1) % points.len()]);
        if p.x <= end {
            kept.push(p);
        }
        if (p.x < end && q.x > end) || (p.x > end && q.x < end) {
            let t = (end - p.x) / (q.x - p.x);
            kept.push(Point::new(end, p.y + (q.y - p.y) * t));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_squares_are_shared_out() {
        assert_eq!(shares(&[50.0, 25.0, 25.0], 100), [50, 25, 25]);
        assert_eq!(shares(&[1.0, 1.0, 1.0], 100), [34, 33, 33]);
        assert_eq!(shares(&[995.0, 1.0, 4.0], 100), [98, 1, 1]);
    }

    #[test]
    fn symbols_are_cut_where_the_number_ends() {
        let square =
            [Point::new(0.0, 0.0), Point::new(10.0, 0.0), Point::new(10.0, 10.0), Point::new(0.0, 10.0)];
        let cut = cut_right(&square, 4.0);
        assert!(cut.iter().all(|p| p.x <= 4.0) && cut.len() == 4, "{cut:?}");
    }
}
