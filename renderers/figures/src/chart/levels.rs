//! Data of two levels: groups, and the parts that they fall into.

use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{Color, Datum, ElementId, Point, Role};

use super::sheet::{Drawing, Name, Sheet};
use crate::Resolution;

/// A group with its parts.
pub(super) struct Group {
    /// Its row in table 1.
    pub(super) index: usize,
    /// Rows of its parts in table 0.
    pub(super) rows: std::ops::Range<usize>,
    /// Its name, with all cells that hold it.
    pub(super) name: Name,
    /// Share of the whole before it, and with it.
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) color: Color,
}

/// The groups in the order of the table.
pub(super) fn groups(sheet: &Sheet<'_>) -> Vec<Group> {
    let total: f64 = sheet.values(1, 1).iter().sum();
    let colors = colors_apart(sheet, sheet.spec.data.tables[1].rows.len());
    let mut groups = Vec::new();
    let (mut row, mut sum) = (0, 0.0);
    for (index, color) in colors.into_iter().enumerate() {
        let text = sheet.shown(row, 2).to_owned();
        let start = row;
        let from = sum / total;
        while row < sheet.rows() && sheet.shown(row, 2) == text {
            sum += sheet.value(row, 1).unwrap_or(0.0);
            row += 1;
        }
        let cells = (start..row).map(|row| Datum::cell(row, 2));
        let data = std::iter::once(Datum::at(1, index, 0)).chain(cells).collect();
        let name = Name { text, data };
        groups.push(Group { index, rows: start..row, name, from, to: sum / total, color });
    }
    groups
}

/// Colours of groups that are drawn in shades of them: the first of the palette, then always the one farthest from those
/// taken. Two groups of one hue would run into each other.
pub(super) fn colors_apart(sheet: &Sheet<'_>, count: usize) -> Vec<Color> {
    let mut colors = vec![sheet.color(0)];
    while colors.len() < count {
        let near = |color: Color| colors.iter().map(|c| apart(*c, color)).fold(f32::INFINITY, f32::min);
        let free = sheet.look.series.iter().filter(|color| !colors.contains(color));
        let best = free.max_by(|a, b| near(**a).total_cmp(&near(**b))).copied();
        let next = best.unwrap_or_else(|| sheet.color(colors.len()));
        colors.push(next);
    }
    colors.truncate(count);
    colors
}

/// How far apart two colours stay when both are shaded: lightness counts for little.
fn apart(a: Color, b: Color) -> f32 {
    let (a, b) = (a.oklab(), b.oklab());
    let [light, green, blue] = [(a[0] - b[0]) * 0.35, a[1] - b[1], a[2] - b[2]];
    libm::sqrtf(light * light + green * green + blue * blue)
}

/// The share of the whole before each part, and with it.
pub(super) fn spans(sheet: &Sheet<'_>) -> Vec<(f64, f64)> {
    let values = sheet.values(1, 1);
    let total: f64 = values.iter().sum();
    let mut sum = 0.0;
    values
        .into_iter()
        .map(|value| {
            let from = sum / total;
            sum += value;
            (from, sum / total)
        })
        .collect()
}

/// Begins the mark of a group.
pub(super) fn group_mark(sheet: &mut Sheet<'_>, role: Role, group: &Group) -> ElementId {
    let measure = &sheet.spec.data.tables[1].columns[1].name;
    let label = format!("{}, {measure}", group.name.text);
    sheet.scene.mark(role, label, [Datum::at(1, group.index, 1)])
}

/// The sum of a group as printed.
pub(super) fn group_shown<'a>(sheet: &Sheet<'a>, group: &Group) -> &'a str {
    &sheet.spec.data.tables[1].rows[group.index][1].shown
}

/// The colours of the parts: shades of the colour of their group, from full to pale.
pub(super) fn part_colors(sheet: &Sheet<'_>, groups: &[Group]) -> Vec<Color> {
    let panel = sheet.look.ground;
    let deep = sheet.rng("depth of shades").range32(0.4, 0.62);
    let first = sheet.rng("first shade").range32(0.08, 0.22);
    let mut colors = Vec::new();
    for group in groups {
        let base = group.color;
        let last = (group.rows.len() - 1).max(1) as f32;
        colors
            .extend((0..group.rows.len()).map(|i| base.mix(panel, first + (deep - first) * i as f32 / last)));
    }
    colors
}

/// Writes what is measured below the figure, where no title says it, and takes its room from the sheet.
pub(super) fn paint_measure(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let name = sheet.header_with_unit(1);
    if sheet.named_above(1) && sheet.unit(1).is_none() {
        return Ok(());
    }
    let px = sheet.text_px;
    if sheet.label_width(px, &name.text)? > sheet.area.width() {
        return sheet.no_room("name of what is measured");
    }
    let at = Point::new(sheet.area.center().x, sheet.area.bottom - 0.2 * px);
    let spec = TextSpec::new(&name.text, sheet.face, px, sheet.look.soft_ink, Role::AxisTitle)
        .at(at.x, at.y, Align::Middle, VAlign::Baseline)
        .showing(name.data);
    sheet.set(spec)?;
    sheet.area.bottom -= (px * 1.7).round();
    Ok(())
}

/// Says how finely the parts and the groups can be read.
pub(super) fn resolve(sheet: &mut Sheet<'_>, difference: f64, ratio: f64) {
    for table in [0, 1] {
        sheet.resolutions.push(Resolution {
            table,
            column: 1,
            difference,
            ratio,
            scale: false,
            in_row: None,
        });
    }
}
