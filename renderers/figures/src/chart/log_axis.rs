//! Logarithmic axes of values: powers of ten, and between them the lines that show how they crowd.

use pixmo_render::{Rect, Role};

use super::bars::bounds;
use super::plane::{Plan, Plane, grid_color};
use super::scale::Scale;
use super::sheet::{Name, Sheet};
use crate::look::Grid;
use crate::look::words::fill;

/// Gives a plan a scale of decades, and a title that says so.
pub(super) fn prepare(sheet: &Sheet<'_>, plan: &mut Plan) {
    let (low, high) = bounds(&sheet.values(1, sheet.series()));
    plan.scale = Some(Scale::log(low, high));
    // Thousands and millions would be taken out of the small decades too.
    plan.format = sheet.spec.value_format.clone();
    if sheet.chance("scale is named", 0.75) {
        let words = &sheet.look.words;
        plan.value_title = Some(match plan.value_title.take() {
            Some(Name { text, data }) => Name { text: fill(&words.log_scale, &[&text]), data },
            None => Name { text: words.log.clone(), data: Vec::new() },
        });
    }
}

/// Paints the lines between the powers of ten, fainter than those at them, or short ticks where the look has no grid.
pub(super) fn paint_between(sheet: &mut Sheet<'_>, plane: &Plane) {
    let p = plane.plot;
    let across = sheet.look.grid != Grid::None;
    let color = if across {
        grid_color(sheet).mix(sheet.look.panel, 0.55)
    } else {
        sheet.look.ink.mix(sheet.look.ground, 0.5)
    };
    let mark = sheet.scene.mark(Role::Axis, "", []);
    for value in plane.scale.between_decades() {
        let y = plane.scale.at(value).round();
        let right = if across { p.right } else { p.left + 4.0 };
        sheet.scene.rect(mark, Rect::new(p.left, y, right, y + 1.0), color);
    }
    if !across {
        for tick in &plane.scale.ticks {
            let y = plane.scale.at(tick.value).round();
            sheet.scene.rect(mark, Rect::new(p.left, y, p.left + 8.0, y + 1.0), color);
        }
    }
}
