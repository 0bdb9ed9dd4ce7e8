//! Parts of printed pages: columns of one length, initials, boxes in the margin, and sheets of one tone.

use pixmo_render::Color;

use super::desk::Desk;
use super::markup::Expr;
use super::paper::Paper;

/// A paragraph.
pub(super) fn para(inner: &str) -> Expr {
    format!("par({inner})")
}

/// Running text in columns of nearly one length. For paragraphs only: what cannot be broken goes to [`halves`].
pub(super) fn columns(count: usize, gutter: f64, parts: &[Expr]) -> Expr {
    let flow: Vec<String> = parts.iter().map(|p| format!("#{p}\n\n")).collect();
    let flow = flow.concat();
    if count < 2 {
        return format!("block(width: 100%)[{flow}]");
    }
    // Each column but the last may end up to a line early.
    let slack = 1.5 * (count - 1) as f64 / count as f64 + 0.15;
    format!(
        "{{ let flow = [#set text(costs: (orphan: 0%, widow: 0%))\n{flow}]\n\
         layout(size => {{ let wide = (size.width - {:.1}pt) / {count}\n\
         let tall = measure(block(width: wide, flow)).height\n\
         block(height: tall / {count} + {slack:.2}em, columns({count}, gutter: {gutter:.1}pt, flow)) }}) }}",
        gutter * (count - 1) as f64
    )
}

/// Parts in two columns, divided between two parts where both columns come out most alike.
pub(super) fn halves(gutter: f64, parts: &[Expr]) -> Expr {
    format!(
        "{{ let parts = ({},)\n\
         layout(size => {{ let wide = (size.width - {gutter:.1}pt) / 2\n\
         let tall = parts.map(part => measure(block(width: wide, part)).height + 13pt)\n\
         let total = tall.sum()\n\
         let uneven = parts.enumerate().map(((k, part)) => (calc.abs(2 * tall.slice(0, k).sum(default: 0pt) - total), k))\n\
         let k = uneven.sorted(key: pair => pair.at(0)).first().at(1)\n\
         grid(columns: (wide, wide), column-gutter: {gutter:.1}pt, stack(spacing: 13pt, ..parts.slice(0, k)), stack(spacing: 13pt, ..parts.slice(k))) }}) }}",
        parts.join(", ")
    )
}

/// A heading that is never stretched and whose lines stand close.
pub(super) fn title(size: f64, inner: &str) -> Expr {
    // Room for what hangs below the last line, and below each line above the capitals of the next.
    let (below, leading) = (size * 0.17, (size * 0.26).max(0.56));
    format!(
        "pad(bottom: {below:.2}em, par(justify: false, leading: {leading:.2}em, {}))",
        super::markup::display(size, inner)
    )
}

/// Columns of a grid with a thin line between them; `widths` are shares such as `2fr`.
pub(super) fn ruled_columns(widths: &[&str], gutter: f64, cells: &[Expr]) -> Expr {
    let mut parts: Vec<Expr> = Vec::new();
    for (index, cell) in cells.iter().enumerate() {
        let left = if index == 0 { "none" } else { "0.7pt + rule-c" };
        let (before, after) =
            (if index == 0 { 0.0 } else { gutter }, if index + 1 == cells.len() { 0.0 } else { gutter });
        parts.push(format!(
            "grid.cell(stroke: (left: {left}), inset: (left: {before:.1}pt, right: {after:.1}pt), {cell})"
        ));
    }
    format!("grid(columns: ({}), {})", widths.join(", "), parts.join(", "))
}

/// A double line, as printers set below a masthead.
pub(super) fn double_rule(color: &str) -> Expr {
    format!(
        "stack(spacing: 2.5pt, line(length: 100%, stroke: 2.2pt + {color}), line(length: 100%, stroke: 0.7pt + {color}))"
    )
}

/// Words in spaced capitals; only for texts that print no cell or that the caller has put into capitals.
pub(super) fn spaced(inner: &str) -> Expr {
    format!("text(tracking: 0.12em, {inner})")
}

/// Full-width band in the colour of the sheet's accent, from edge to edge of the sheet. At the top of the sheet its
/// margin is the air above the words, so that most of the inset goes below them.
pub(super) fn bleed(paper: &Paper, fill: &str, inset: f64, top: bool, inner: &str) -> Expr {
    let (x, y) = paper.margin;
    let (out, above, below) = if top { (y, inset * 0.2, inset * 1.4) } else { (0.0, inset, inset) };
    format!(
        "block(width: 100%, fill: {fill}, outset: (x: {x:.1}pt, top: {out:.1}pt), \
         inset: (top: {above:.1}pt, bottom: {below:.1}pt), {inner})"
    )
}

/// A ground for the sheet with its colours made readable on it.
pub(super) fn ground(paper: &mut Paper, ground: Color) {
    paper.ground = ground;
    let dark = ground.contrast(Color::WHITE) > 5.0;
    paper.ink = if dark { Color::rgb(246, 246, 242) } else { Color::rgb(26, 26, 30) };
    paper.soft = paper.ink.mix(ground, 0.22).readable_on(ground, 4.8);
    paper.line = ground.mix(paper.ink, 0.32);
    paper.accent = paper.accent.readable_on(ground, 4.8);
    paper.second = paper.second.readable_on(ground, 3.4);
}

/// One of these tones as the ground of the sheet.
pub(super) fn tone(desk: &mut Desk<'_>, tones: &[&str]) {
    let chosen = Color::from_hex(desk.style.word(tones)).unwrap_or(Color::WHITE);
    ground(&mut desk.paper, chosen);
}

/// Faces that printers of books and papers like.
pub(super) fn bookish(desk: &mut Desk<'_>) {
    let serif = ["EB Garamond", "Crimson Pro", "Lora", "Noto Serif"];
    let title = ["Playfair Display", "EB Garamond", "Besley", "Lora", "Zilla Slab", "Oswald", "Roboto Slab"];
    let chosen = (desk.style.word(&serif), desk.style.word(&title));
    desk.set_faces(chosen.0, chosen.1);
}

/// Clean faces of office print and advertising.
pub(super) fn modern(desk: &mut Desk<'_>) {
    let plain = ["Inter", "Lato", "Open Sans", "Work Sans", "Fira Sans", "Public Sans", "Roboto"];
    let title =
        ["Montserrat", "Oswald", "Rubik", "Work Sans", "Space Grotesk", "Josefin Sans", "Exo 2", "Lato"];
    let chosen = (desk.style.word(&plain), desk.style.word(&title));
    desk.set_faces(chosen.0, chosen.1);
}

/// The size at which the longest word of a title fits a width; never above `most`.
pub(super) fn fitting(title: &str, wide: f64, base: f64, most: f64) -> f64 {
    let longest = title.split(' ').map(|word| word.chars().count()).max().unwrap_or(1).max(4);
    (wide / (longest as f64 * base * 0.66)).min(most)
}

/// A dark ground in the accent's hue with a bright accent on it.
pub(super) fn dark(desk: &mut Desk<'_>) {
    let deep = desk.paper.accent.mix(Color::BLACK, desk.style.range32(0.3, 0.6));
    let light = desk.style.word(&["#f2c14e", "#ffd9a0", "#e8f0f2", "#f4a68a", "#bfe3c8", "#f7e9b5"]);
    desk.paper.accent = Color::from_hex(light).unwrap_or(Color::WHITE);
    desk.paper.second = desk.paper.accent;
    ground(&mut desk.paper, deep);
}
