//! Charts of bars between a low and a high end.

use pixmo_render::{Point, Rect, Role};

use super::bars::{bounds, lies, thickness};
use super::plane::{Plan, Plane};
use super::sheet::{Drawing, Sheet, around};
use super::value_label::{self, Tag};

/// Draws bars between two ends.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let values = sheet.values(1, 2);
    let (mut low, mut high) = bounds(&values);
    // Ranges far from zero would shrink to specks on an axis from zero.
    if low > 0.0 && (low < 0.35 * high || (high - low > 0.4 * high && sheet.chance("from zero", 0.4))) {
        (low, high) = (low.min(0.0), high.max(0.0));
    }
    let mut plan = Plan::new(sheet, 1, 2, low, high);
    plan.lying = lies(sheet);
    let fill = (1.0 - sheet.look.gap) * sheet.rng("range width").range32(0.55, 1.0);
    let dots = sheet.chance("range dots", 0.25);
    let color = sheet.color(0);
    let mut chosen = None;
    if sheet.wants_values(2 * sheet.rows(), 28) {
        let extra = if dots { 7.0 } else { 0.0 };
        let (width, height) = (value_label::widest(sheet, 1, 2)? + 7.0 + extra, 1.75 * sheet.tick_px + extra);
        let room = if plan.lying { width } else { height };
        plan.room = (room, room);
        plan.reach = bounds(&sheet.values(1, 2));
        plan.axis = sheet.chance("values and axis", 0.6);
        if let Ok(plane) = Plane::new(sheet, &plan) {
            // Values keep off the dots at the ends.
            let reach = if dots { dot_radius(&plane, fill) } else { 0.0 };
            let longer = |r: Rect| {
                if plan.lying {
                    Rect { left: r.left - reach, right: r.right + reach, ..r }
                } else {
                    Rect { top: r.top - reach, bottom: r.bottom + reach, ..r }
                }
            };
            let bars: Vec<Rect> =
                range_rects(sheet, &plane, fill).into_iter().map(|(rect, _)| longer(rect)).collect();
            let tags: Vec<Tag> = (0..sheet.rows())
                .flat_map(|row| [(row, 1, false), (row, 2, true)])
                .map(|(row, column, forward)| Tag {
                    row,
                    column,
                    bar: bars[row],
                    forward,
                    color,
                    middle: false,
                })
                .collect();
            let mut walls = bars.clone();
            walls.extend(plane.strong_lines(sheet, Some(0.0)));
            if let Some(printed) =
                value_label::for_bars(sheet, plan.lying, false, &plane.limit, &tags, &walls)?
            {
                let twice = tags.iter().zip(&printed).any(|(tag, p)| tag.bar.contains(p.center));
                chosen = (!twice).then_some((plane, printed));
            }
        }
    }
    let (plane, printed) = match chosen {
        Some(found) => found,
        None => {
            (plan.room, plan.axis) = ((0.0, 0.0), true);
            (Plane::new(sheet, &plan)?, Vec::new())
        }
    };
    plane.paint_back(sheet, &plan)?;
    for (row, (rect, ends)) in range_rects(sheet, &plane, fill).into_iter().enumerate() {
        let low = sheet.cell_mark(Role::Span, row, 1);
        let thin = if dots { rect_middle(&rect, plan.lying, 3.0) } else { rect };
        let corner = sheet.look.corner;
        sheet.scene.round_rect(low, thin, corner, color);
        let high = sheet.cell_mark(Role::Span, row, 2);
        for (mark, end, inward) in [(low, ends[0], 3.0f32), (high, ends[1], -3.0)] {
            if dots {
                sheet.scene.circle(mark, end, dot_radius(&plane, fill), color);
            }
            let inward = if dots { 0.0 } else { inward };
            let at = if plan.lying {
                Point::new(end.x + inward, end.y)
            } else {
                Point::new(end.x, end.y - inward)
            };
            sheet.locate(mark, around(at, 3.0), at, color);
        }
    }
    plane.paint_front(sheet, (plane.scale.low <= 0.0 && plane.scale.high >= 0.0).then_some(0.0));
    value_label::paint(sheet, &printed)?;
    for column in 1..=2 {
        sheet.resolve(column, plane.scale.resolution());
    }
    Ok(())
}

fn dot_radius(plane: &Plane, fill: f32) -> f32 {
    (thickness(plane, fill) / 2.0).clamp(3.0, 7.0)
}

/// The rectangle of each range and its two ends.
fn range_rects(sheet: &Sheet<'_>, plane: &Plane, fill: f32) -> Vec<(Rect, [Point; 2])> {
    let thick = thickness(plane, fill);
    (0..sheet.rows())
        .map(|row| {
            let (low, high) = (sheet.value(row, 1).unwrap_or(0.0), sheet.value(row, 2).unwrap_or(0.0));
            let rect = plane.bar(row, thick, (0.0, 1.0), low, high);
            (rect, [plane.point(row, low), plane.point(row, high)])
        })
        .collect()
}

fn rect_middle(rect: &Rect, lying: bool, thick: f32) -> Rect {
    let c = rect.center();
    if lying {
        Rect { top: (c.y - thick / 2.0).round(), bottom: (c.y - thick / 2.0).round() + thick, ..*rect }
    } else {
        Rect { left: (c.x - thick / 2.0).round(), right: (c.x - thick / 2.0).round() + thick, ..*rect }
    }
}
