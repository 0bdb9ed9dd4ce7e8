//! Forms that somebody has filled in, and cards that lie on a table: entries, ticks, rows of single letters, portraits,
//! stamps.

use pixmo_render::font::Style;
use pixmo_render::{Color, Fonts, Rng};

use super::desk::Desk;
use super::markup::{Expr, bold, inline, role, small, stack};
use super::paper::Finish;
use super::sheet::{Field, Sheet};

/// What entries are written with.
pub(super) struct Pen {
    /// Arguments of Typst's `text`.
    how: String,
    /// Colour of its ticks.
    color: &'static str,
    /// The entries are written by hand.
    pub(super) by_hand: bool,
}

/// Faces of hands, with the factor that makes them as large as print.
const HANDS: [(&str, f64); 3] = [("Caveat", 1.34), ("Patrick Hand", 1.14), ("Kalam", 1.04)];

impl Pen {
    /// A hand in ink, a typewriter, or the sheet's own bold face.
    pub(super) fn draw(desk: &mut Desk<'_>) -> Self {
        let color = *desk.style.pick(&["#1c2f6b", "#22305c", "#1d1d22", "#2b2f7a"]);
        let (family, factor) = *desk.style.pick(&HANDS);
        match desk.style.below(5) {
            0 | 1 if writes_names(desk, family) => Self {
                how: format!(
                    "font: (\"{family}\", \"Noto Sans\"), size: {factor:.2}em, fill: rgb(\"{color}\")"
                ),
                color,
                by_hand: true,
            },
            2 => Self {
                how: "font: (\"Courier Prime\", \"DejaVu Sans Mono\"), size: 1.04em".to_owned(),
                color: "#1d1d22",
                by_hand: false,
            },
            _ => Self { how: "weight: \"bold\"".to_owned(), color, by_hand: false },
        }
    }

    /// Something written with it.
    pub(super) fn write(&self, inner: &str) -> Expr {
        format!("text({}, {inner})", self.how)
    }

    /// The entry of a field below its small name.
    pub(super) fn entry(&self, sheet: &Sheet, field: Field) -> Expr {
        stack(7.0, &[small(&sheet.name(field)), self.write(&sheet.value(field))])
    }

    /// The entry of a field on a line behind its name, both at one height above it.
    pub(super) fn line(&self, sheet: &Sheet, field: Field) -> Expr {
        format!(
            "grid(columns: (auto, 1fr), column-gutter: 8pt, align: left + bottom, pad(bottom: 4pt, {}), \
             block(width: 100%, stroke: (bottom: 0.8pt + soft), inset: (x: 3pt, bottom: 4pt), {}))",
            sheet.name(field),
            self.write(&sheet.value(field))
        )
    }

    /// A box, ticked or empty.
    pub(super) fn tick(&self, on: bool) -> Expr {
        let mark = if on {
            format!(
                "#place(line(start: (2pt, 2pt), end: (8pt, 8pt), stroke: 1.7pt + rgb(\"{0}\")))\
                 #place(line(start: (8pt, 2pt), end: (2pt, 8pt), stroke: 1.7pt + rgb(\"{0}\")))",
                self.color
            )
        } else {
            String::new()
        };
        format!("box(width: 10pt, height: 10pt, baseline: 1pt, stroke: 0.9pt + ink)[{mark}]")
    }

    /// All answers that a field could have, the given one ticked.
    pub(super) fn choices(&self, sheet: &Sheet, field: Field, options: &[&str]) -> Expr {
        let cells: Vec<Expr> = options
            .iter()
            .map(|option| {
                let on = *option == sheet.shown(field);
                let label = if on { sheet.value(field) } else { role("body", option) };
                inline(&[self.tick(on), "h(5pt)".to_owned(), label])
            })
            .collect();
        format!(
            "grid(columns: {}, column-gutter: 16pt, row-gutter: 8pt, align: left, {})",
            options.len(),
            cells.join(", ")
        )
    }

    /// An entry with a box for each letter.
    pub(super) fn comb(&self, sheet: &Sheet, field: Field, cell: f64) -> Expr {
        let letters: Vec<Expr> = sheet
            .shown(field)
            .chars()
            .map(|c| match c {
                ' ' | '\u{a0}' => "[]".to_owned(),
                c => self.write(&sheet.part(field, &c.to_string(), "field_value")),
            })
            .collect();
        format!(
            "grid(columns: ({cell:.1}pt,) * {}, rows: {:.1}pt, stroke: 0.8pt + ink, align: center + horizon, fill: white, {})",
            letters.len(),
            cell * 1.34,
            letters.join(", ")
        )
    }
}

/// True when a face has all letters of the names of the place.
fn writes_names(desk: &Desk<'_>, family: &str) -> bool {
    let fonts = Fonts::bundled();
    let Some(family) = fonts.family(family) else { return false };
    let face = family.face(Style::Regular);
    let names = desk.culture;
    [
        &names.given_f,
        &names.given_m,
        &names.family,
        &names.family_f,
        &names.town_start,
        &names.town_end,
        &names.street,
    ]
    .iter()
    .all(|list| list.iter().all(|text| fonts.covers(face, text)))
        && fonts.covers(face, "€£¥łč–’×−µ°")
}

/// One of the patterns with `#` as a digit and `?` as a capital, filled.
pub(super) fn any_code(desk: &mut Desk<'_>, patterns: &[&str]) -> String {
    let pattern = desk.any(patterns);
    desk.code(pattern)
}

/// A name and its value one below the other, the value larger by a factor, both in the given ink.
pub(super) fn fact(sheet: &Sheet, field: Field, ink: &str, factor: f64) -> Expr {
    stack(
        5.0,
        &[
            format!("text(size: 0.84em, fill: {ink}, {})", sheet.name(field)),
            format!("text(size: {factor:.2}em, fill: {ink}, {})", bold(&sheet.value(field))),
        ],
    )
}

/// Cells of a grid, of which wide ones take a whole row. What would be left empty belongs to the cell before it: forms
/// have no boxes without a name.
pub(super) fn spread(cells: Vec<(Expr, bool)>, columns: usize) -> Vec<Expr> {
    let mut out: Vec<Expr> = Vec::new();
    let mut at = 0;
    let stretch = |out: &mut Vec<Expr>, at: usize| {
        let left = (columns - at % columns) % columns;
        if let Some(last) = out.last_mut().filter(|_| left > 0) {
            *last = format!("grid.cell(colspan: {}, {last})", left + 1);
        }
        at + left
    };
    for (cell, wide) in cells {
        if wide && columns > 1 {
            at = stretch(&mut out, at);
            out.push(format!("grid.cell(colspan: {columns}, {cell})"));
            at += columns;
        } else {
            out.push(cell);
            at += 1;
        }
    }
    stretch(&mut out, at);
    out
}

/// Cells of a grid with these columns, the last one as wide as what is left of its row.
pub(super) fn filled(cells: Vec<Expr>, columns: usize) -> Vec<Expr> {
    spread(cells.into_iter().map(|cell| (cell, false)).collect(), columns)
}

/// Clears a table for cards of this width; gives the line that sets its colour.
pub(super) fn table(desk: &mut Desk<'_>, width: f64) -> String {
    let under = match desk.paper.finish {
        Finish::OnDesk { desk, .. } => desk,
        _ if desk.style.chance(0.5) => desk.paper.ground.mix(desk.paper.ink, 0.1),
        _ => desk.paper.ground.mix(desk.paper.second, 0.2),
    };
    desk.paper.finish = Finish::Plain;
    let margin = desk.style.range(20.0, 38.0).round();
    desk.paper.margin = (margin, margin);
    desk.paper.width = width + 2.0 * margin;
    format!("#set page(fill: rgb(\"{}\"))\n", under.hex())
}

/// A card with round corners and a soft shadow. `inner` fills it: what it places is cut at its edge.
pub(super) fn card(width: f64, height: f64, radius: f64, fill: &str, inner: &str) -> Expr {
    let size = format!("width: {width:.1}pt, height: {height:.1}pt, radius: {radius:.1}pt");
    format!(
        "box(width: {width:.1}pt, height: {height:.1}pt)[#place(dx: 2pt, dy: 3.5pt, rect({size}, fill: rgb(\"#00000030\")))\
         #place(rect({size}, fill: {fill}))#place(block({size}, clip: true, {inner}))]"
    )
}

/// Fine waves across an area, as on papers that must not be copied.
pub(super) fn waves(width: f64, height: f64, color: Color, style: &mut Rng) -> String {
    let count = style.whole(7, 12);
    let swing = height / count as f64 * style.range(0.9, 1.8);
    let length = width / style.whole(3, 6) as f64;
    let mut out = String::new();
    for index in 0..count {
        let y = height * (index as f64 + 0.5) / count as f64;
        let mut curve = format!("curve.move((0pt, {y:.1}pt))");
        let mut x = 0.0;
        while x + length <= width + 0.5 {
            curve += &format!(
                ", curve.cubic(({:.1}pt, {:.1}pt), ({:.1}pt, {:.1}pt), ({:.1}pt, {y:.1}pt))",
                x + length * 0.35,
                y - swing,
                x + length * 0.65,
                y + swing,
                x + length
            );
            x += length;
        }
        out += &format!("#place(curve(stroke: 0.8pt + rgb(\"{}\"), {curve}))", color.hex());
    }
    out
}

/// A stamp: a tilted frame around lines of text.
pub(super) fn stamp(lines: &[Expr], style: &mut Rng) -> Expr {
    let color = style.word(&["#a3262e", "#1f4f8f", "#5a2d82", "#216b3f"]);
    let angle = style.range(-9.0, 7.0);
    let round = if style.chance(0.4) { 14.0 } else { 3.0 };
    let second = if style.chance(0.5) { "outset: 3pt, " } else { "" };
    format!(
        "rotate({angle:.1}deg, box(stroke: 1.8pt + rgb(\"{color}\"), {second}radius: {round:.0}pt, inset: (x: 12pt, y: 9pt), \
         align(center, text(fill: rgb(\"{color}\"), weight: \"bold\", {}))))",
        stack(6.0, lines)
    )
}
