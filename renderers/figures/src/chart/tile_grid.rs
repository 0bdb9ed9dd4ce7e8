//! Tile grid maps: one tile of the same size for each region, near where the region lies.

use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{Datum, Rect, Role};

use super::shade::{self, Shade};
use super::sheet::{Drawing, Sheet};

/// Places of the states of the United States: code, name, column, row.
pub(super) const STATES: &[(&str, &str, usize, usize)] = &[
    ("AK", "Alaska", 0, 0),
    ("ME", "Maine", 10, 0),
    ("VT", "Vermont", 9, 1),
    ("NH", "New Hampshire", 10, 1),
    ("WA", "Washington", 0, 2),
    ("ID", "Idaho", 1, 2),
    ("MT", "Montana", 2, 2),
    ("ND", "North Dakota", 3, 2),
    ("MN", "Minnesota", 4, 2),
    ("IL", "Illinois", 5, 2),
    ("WI", "Wisconsin", 6, 2),
    ("MI", "Michigan", 7, 2),
    ("NY", "New York", 8, 2),
    ("RI", "Rhode Island", 9, 2),
    ("MA", "Massachusetts", 10, 2),
    ("OR", "Oregon", 0, 3),
    ("NV", "Nevada", 1, 3),
    ("WY", "Wyoming", 2, 3),
    ("SD", "South Dakota", 3, 3),
    ("IA", "Iowa", 4, 3),
    ("IN", "Indiana", 5, 3),
    ("OH", "Ohio", 6, 3),
    ("PA", "Pennsylvania", 7, 3),
    ("NJ", "New Jersey", 8, 3),
    ("CT", "Connecticut", 9, 3),
    ("CA", "California", 0, 4),
    ("UT", "Utah", 1, 4),
    ("CO", "Colorado", 2, 4),
    ("NE", "Nebraska", 3, 4),
    ("MO", "Missouri", 4, 4),
    ("KY", "Kentucky", 5, 4),
    ("WV", "West Virginia", 6, 4),
    ("VA", "Virginia", 7, 4),
    ("MD", "Maryland", 8, 4),
    ("DE", "Delaware", 9, 4),
    ("AZ", "Arizona", 1, 5),
    ("NM", "New Mexico", 2, 5),
    ("KS", "Kansas", 3, 5),
    ("AR", "Arkansas", 4, 5),
    ("TN", "Tennessee", 5, 5),
    ("NC", "North Carolina", 6, 5),
    ("SC", "South Carolina", 7, 5),
    ("DC", "District of Columbia", 8, 5),
    ("OK", "Oklahoma", 3, 6),
    ("LA", "Louisiana", 4, 6),
    ("MS", "Mississippi", 5, 6),
    ("AL", "Alabama", 6, 6),
    ("GA", "Georgia", 7, 6),
    ("HI", "Hawaii", 0, 7),
    ("TX", "Texas", 3, 7),
    ("FL", "Florida", 8, 7),
];

/// The place of a state by its code or its name, column first.
pub fn state_place(label: &str) -> Option<(usize, usize)> {
    STATES.iter().find(|s| s.0 == label || s.1 == label).map(|s| (s.2, s.3))
}

/// Draws a tile grid map.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let rows = sheet.rows();
    let shade = Shade::new(sheet);
    shade::heading(sheet, 1)?;
    let places = places(sheet);
    let columns = places.iter().map(|p| p.0 + 1).max().unwrap_or(1);
    let lines = places.iter().map(|p| p.1 + 1).max().unwrap_or(1);
    sheet.gather(columns as f32 * 1.32 / lines as f32 + 0.3);
    shade.legend(sheet)?;
    let area = sheet.area;
    let gap = *sheet.rng("tile gap").pick(&[2.0, 3.0, 4.0, 6.0]);
    // Tiles are squares or a little wider than high, since names are.
    let wide = sheet.rng("shape of tiles").range32(1.0, 1.25);
    let pitch_y = (area.height() / lines as f32).min(area.width() / columns as f32 / wide).min(140.0).floor();
    let pitch_x = (area.width() / columns as f32).min(pitch_y * wide.max(1.32)).floor();
    let left = (area.center().x - pitch_x * columns as f32 / 2.0).round();
    let top = (area.center().y - pitch_y * lines as f32 / 2.0).round();
    let tile = |row: usize| {
        let (x, y) = (left + pitch_x * places[row].0 as f32, top + pitch_y * places[row].1 as f32);
        Rect::new(x, y, x + pitch_x - gap, y + pitch_y - gap)
    };
    let wanted = sheet.wants_values(rows, 60);
    let Some((names, printed)) = names(sheet, pitch_x - gap, pitch_y - gap, wanted)? else {
        return sheet.no_room("names in the tiles");
    };
    let corner = *sheet.rng("corners of tiles").pick(&[0.0, 2.0, sheet.look.corner.min(8.0)]);
    for (row, (lines, px)) in names.iter().enumerate() {
        let color = shade.color(sheet.value(row, 1));
        let rect = tile(row);
        if sheet.value(row, 1).is_some() {
            let mark = sheet.cell_mark(Role::Tile, row, 1);
            sheet.scene.round_rect(mark, rect, corner, color);
        } else {
            let mark = sheet.scene.mark(Role::Ornament, sheet.shown(row, 0), [Datum::cell(row, 0)]);
            sheet.scene.round_rect(mark, rect, corner, color);
        }
        let ink = color.ink();
        let step = (px * 1.16).round();
        let value = printed && sheet.value(row, 1).is_some();
        let mut y = rect.center().y - step * (lines.len() + usize::from(value) - 1) as f32 / 2.0;
        for text in lines {
            let spec = TextSpec::new(text, sheet.face, *px, ink, Role::DirectLabel)
                .at(rect.center().x, y, Align::Middle, VAlign::Middle)
                .showing([Datum::cell(row, 0)]);
            sheet.set(spec)?;
            y += step;
        }
        if value {
            let spec = TextSpec::new(sheet.shown(row, 1), sheet.bold, *px, ink, Role::ValueLabel)
                .at(rect.center().x, y, Align::Middle, VAlign::Middle)
                .showing([Datum::cell(row, 1)]);
            sheet.set(spec)?;
        }
    }
    sheet.resolve(1, shade.resolution());
    Ok(())
}

/// The lines of a name and their size.
type Lettering = (Vec<String>, f32);

/// All names in one size, as large as fits, with their values or without.
fn names(
    sheet: &Sheet<'_>,
    width: f32,
    height: f32,
    wanted: bool,
) -> Drawing<Option<(Vec<Lettering>, bool)>> {
    for values in [wanted, false] {
        for px in [sheet.text_px, sheet.tick_px, 10.0, 9.5] {
            let mut all = Vec::new();
            for row in 0..sheet.rows() {
                let Some(lines) = sheet.lines(sheet.face, px, sheet.shown(row, 0), width - 6.0)? else {
                    break;
                };
                let count = lines.len() + usize::from(values);
                let wide = values && sheet.width(sheet.bold, px, sheet.shown(row, 1))? > width - 5.0;
                if wide || (px * 1.16).round() * count as f32 > height - 4.0 {
                    break;
                }
                all.push((lines, px));
            }
            if all.len() == sheet.rows() {
                return Ok(Some((all, values)));
            }
        }
        if !values {
            break;
        }
    }
    Ok(None)
}

/// Column and row of each region: the true places of states, else an invented land.
fn places(sheet: &Sheet<'_>) -> Vec<(usize, usize)> {
    let states: Option<Vec<(usize, usize)>> =
        (0..sheet.rows()).map(|row| state_place(sheet.shown(row, 0))).collect();
    states.unwrap_or_else(|| invented(sheet))
}

/// Grows a land tile by tile from its middle: a place beside many others is likelier.
fn invented(sheet: &Sheet<'_>) -> Vec<(usize, usize)> {
    let mut rng = sheet.rng("land");
    let count = sheet.rows();
    let shape = f64::from(sheet.area.width() / sheet.area.height().max(1.0));
    let columns = (libm::ceil(libm::sqrt(count as f64 * shape.clamp(0.8, 1.7) * 0.85)) as usize + 1).max(3);
    let lines = count.div_ceil(columns) + 2;
    let mut land: Vec<(usize, usize)> = vec![(columns / 2, lines / 2)];
    while land.len() < count {
        let mut best = (f64::NEG_INFINITY, (0, 0));
        for x in 0..columns {
            for y in 0..lines {
                let beside = land.iter().filter(|p| p.0.abs_diff(x) + p.1.abs_diff(y) == 1).count();
                if beside == 0 || land.contains(&(x, y)) {
                    continue;
                }
                let (dx, dy) = (x as f64 - columns as f64 / 2.0, y as f64 - lines as f64 / 2.0);
                let far = (dx * dx + dy * dy * 1.4) / (columns * columns) as f64;
                let wish = beside as f64 * 0.35 - far * 4.0 + rng.range(0.0, 1.0);
                if wish > best.0 {
                    best = (wish, (x, y));
                }
            }
        }
        land.push(best.1);
    }
    let (x0, y0) = (land.iter().map(|p| p.0).min().unwrap_or(0), land.iter().map(|p| p.1).min().unwrap_or(0));
    let mut land: Vec<(usize, usize)> = land.into_iter().map(|p| (p.0 - x0, p.1 - y0)).collect();
    rng.shuffle(&mut land);
    land
}
