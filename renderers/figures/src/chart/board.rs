//! Dashboards: cards with key figures, and panels with a chart each.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Data, Datum, Rect, Role};

use super::composite::{Part, format_of, inner_look};
use super::kind::ChartKind;
use super::sheet::{Drawing, Sheet};

/// Draws a dashboard.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let mut rng = sheet.rng("board");
    let gap = (sheet.text_px * rng.range32(0.8, 1.3)).round();
    // Cards and panels stand on a ground of their own, or are told apart by lines alone.
    let filled = rng.chance(0.65);
    let look = sheet.look;
    let ground = if filled { card_ground(sheet) } else { look.ground };
    let cards_below = rng.chance(0.12);
    let area = sheet.area;
    let height = cards_height(sheet)?;
    let (cards, rest) = if cards_below {
        (Rect { top: area.bottom - height, ..area }, Rect { bottom: area.bottom - height - gap, ..area })
    } else {
        (Rect { bottom: area.top + height, ..area }, Rect { top: area.top + height + gap, ..area })
    };
    paint_cards(sheet, &cards, gap, (filled, ground))?;
    let list = &sheet.spec.data.tables[1];
    let frames = frames(list.rows.len(), &rest, gap, rng.chance(0.5));
    for (index, frame) in frames.iter().enumerate() {
        panel(sheet, index, frame, (filled, ground))?;
    }
    Ok(())
}

/// A ground a little off that of the picture.
fn card_ground(sheet: &Sheet<'_>) -> Color {
    let look = sheet.look;
    if look.panel != look.ground {
        look.panel
    } else if look.dark {
        look.ground.mix(look.ink, 0.07)
    } else {
        look.ground.mix(look.ink, 0.035)
    }
}

fn back(sheet: &mut Sheet<'_>, rect: &Rect, (filled, ground): (bool, Color)) {
    let corner = sheet.look.corner.min(10.0);
    let mark = sheet.scene.ornament();
    if filled {
        sheet.scene.round_rect(mark, *rect, corner, ground);
    } else {
        let line = sheet.look.ink.mix(sheet.look.ground, 0.8);
        sheet.scene.frame(mark, rect.grown(-0.5), corner, Stroke::new(line, 1.0));
    }
}

/// Size of the figure on a card.
fn figure_px(sheet: &Sheet<'_>) -> f32 {
    (sheet.text_px * 1.75).round()
}

fn changes(sheet: &Sheet<'_>) -> bool {
    sheet.table.columns.len() > 2
}

fn cards_height(sheet: &Sheet<'_>) -> Drawing<f32> {
    let px = sheet.tick_px;
    let change = if changes(sheet) { px * 1.5 } else { 0.0 };
    Ok((px * 1.5 + figure_px(sheet) * 1.15 + change + 22.0).round())
}

fn paint_cards(sheet: &mut Sheet<'_>, row: &Rect, gap: f32, style: (bool, Color)) -> Drawing<()> {
    let count = sheet.rows();
    let width = (row.width() - gap * (count - 1) as f32) / count as f32;
    let middle = sheet.chance("figures in the middle", 0.4);
    let strip = sheet.chance("strips at the cards", 0.35);
    let px = sheet.tick_px;
    let large = figure_px(sheet);
    for card in 0..count {
        let left = (row.left + (width + gap) * card as f32).round();
        let rect = Rect::new(left, row.top.round(), (left + width).round(), row.bottom.round());
        back(sheet, &rect, style);
        if strip {
            let mark = sheet.scene.ornament();
            let color = sheet.color(card);
            sheet.scene.rect(mark, Rect { right: rect.left + 4.0, ..rect }, color);
        }
        let (x, align) =
            if middle { (rect.center().x, Align::Middle) } else { (rect.left + 13.0, Align::Start) };
        let room = rect.width() - 20.0;
        let texts = [(0, sheet.face, px), (1, sheet.bold, large), (2, sheet.face, px)];
        let mut y = rect.top + 11.0;
        for (column, face, size) in texts.into_iter().take(sheet.table.columns.len()) {
            let text = sheet.shown(card, column);
            if sheet.width(face, size, text)? > room {
                return sheet.no_room("key figures");
            }
            let (ink, role) = match column {
                0 => (sheet.look.soft_ink, Role::FieldName),
                1 => (sheet.look.ink, Role::FieldValue),
                _ => (change_ink(sheet, text, style.1), Role::FieldValue),
            };
            let spec = TextSpec::new(text, face, size, ink.readable_on(style.1, 4.5), role)
                .at(x, y, align, VAlign::Top)
                .showing([Datum::cell(card, column)]);
            sheet.set(spec)?;
            y += if column == 1 { size * 1.2 } else { size * 1.5 };
        }
    }
    Ok(())
}

/// Green for more, red for less; whether that is good only a reader knows, so some houses use one colour for both.
fn change_ink(sheet: &Sheet<'_>, text: &str, ground: Color) -> Color {
    if sheet.chance("changes in one colour", 0.4) {
        return sheet.look.soft_ink;
    }
    let less = text.starts_with('\u{2212}') || text.starts_with('-');
    let color = if less { Color::rgb(196, 52, 52) } else { Color::rgb(30, 132, 73) };
    color.readable_on(ground, 4.5)
}

/// Boxes for two to four panels.
fn frames(count: usize, area: &Rect, gap: f32, wide_first: bool) -> Vec<Rect> {
    let columns = |area: &Rect| {
        let width = (area.width() - gap) / 2.0;
        [
            Rect { right: (area.left + width).round(), ..*area },
            Rect { left: (area.right - width).round(), ..*area },
        ]
    };
    let half = (area.height() - gap) / 2.0;
    let (upper, lower) = (
        Rect { bottom: (area.top + half).round(), ..*area },
        Rect { top: (area.bottom - half).round(), ..*area },
    );
    match count {
        2 if area.width() > 1.25 * area.height() => columns(area).to_vec(),
        2 => vec![upper, lower],
        3 if wide_first => [vec![upper], columns(&lower).to_vec()].concat(),
        3 => [columns(&upper).to_vec(), vec![lower]].concat(),
        _ => [columns(&upper), columns(&lower)].concat(),
    }
}

fn panel(sheet: &mut Sheet<'_>, index: usize, frame: &Rect, style: (bool, Color)) -> Drawing<()> {
    let list = &sheet.spec.data.tables[1];
    let Some(kind) = ChartKind::from_slug(&list.rows[index][1].shown) else {
        return sheet.no_room("a chart of an unknown kind");
    };
    back(sheet, frame, style);
    let px = sheet.text_px;
    let heading = &list.rows[index][0].shown;
    let Some(lines) = sheet.lines(sheet.bold, px, heading, frame.width() - 24.0)? else {
        return sheet.no_room("heading of a panel");
    };
    if lines.len() > 2 {
        return sheet.no_room("heading of a panel");
    }
    let mut y = frame.top + 11.0;
    for text in lines {
        let ink = sheet.look.ink.readable_on(style.1, 4.5);
        let spec = TextSpec::new(&text, sheet.bold, px, ink, Role::Heading)
            .at(frame.left + 12.0, y, Align::Start, VAlign::Top)
            .showing([Datum::at(1, index, 0)]);
        sheet.set(spec)?;
        y += (px * 1.25).round();
    }
    let mut look = inner_look(sheet.look);
    (look.ground, look.panel) = (style.1, style.1);
    look.text_px = (look.text_px * 0.94).max(10.5);
    let data = Data { tables: vec![sheet.spec.data.tables[2 + index].clone()] };
    let format = format_of(&data.tables[0], 1);
    let part = Part {
        kind,
        data: &data,
        heading,
        look: &look,
        format: &format,
        labels: sheet.spec.value_labels,
        seed: sheet.spec.seed.child(&format!("panel {index}")),
    };
    let inside =
        Rect { left: frame.left + 4.0, top: y - 4.0, right: frame.right - 4.0, bottom: frame.bottom - 3.0 };
    if part.draw(sheet, &inside, 2 + index)? { Ok(()) } else { sheet.no_room("chart of a panel") }
}
