//! The pages of papers of trade: the usual sheet, one with a column at its side, one as design offices set it, and the
//! form of a pad that is filled in.

use super::desk::Desk;
use super::logo;
use super::markup::{
    Expr, align, body, bold, display, gap, grid, heading, inline, note, role, rule, show, small, space,
    stack, text,
};
use super::pieces::{Col, Lines, Pairs, col, table, totals};
use super::sheet::Sheet;
use super::signature::signature;
use super::trade::Parts;

/// The whole page and the name of its design.
pub(super) fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, priced: bool) -> (String, String) {
    match desk.style.weighted(&[5.0, 1.8, 1.8, 1.8]) {
        0 => sheet_of_paper(desk, sheet, parts, priced),
        1 => side_column(desk, sheet, parts, priced),
        2 => studio(desk, sheet, parts, priced),
        _ => pad(desk, sheet, parts, priced),
    }
}

/// The usual sheet: a head of the house, parties and facts, lines, sums.
fn sheet_of_paper(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, priced: bool) -> (String, String) {
    let style = &mut desk.style;
    let lines = Lines::draw(style);
    let header = style.below(4);
    desk.paper.width = *style.pick(&[720.0, 760.0, 794.0, 816.0, 860.0]);
    if style.chance(0.12) {
        desk.paper.height = Some(desk.paper.width * 1.294);
    }
    desk.paper.margin = (style.range(44.0, 64.0), style.range(40.0, 58.0));
    let title = sheet.value_as(parts.title, "title");
    let name = sheet.value(parts.seller_name);
    let address = inline(&join(&sheet.lines(parts.seller_address), " · "));
    let reach = note(&format!("{} · {}", parts.seller.phone, parts.seller.mail));
    let mut out = String::new();
    let mark = logo::with_name(&parts.seller.name, &name, style.range(34.0, 48.0), style);
    match header {
        0 => {
            let right = stack(6.0, &[small(&address), reach]);
            show(&mut out, &grid("1fr, auto", "(left, right)", (20.0, 0.0), &[mark, right]));
            space(&mut out, 14.0);
            show(&mut out, &rule("1.2pt + ac"));
            space(&mut out, 10.0);
            show(&mut out, &display(2.0, &title));
        }
        1 => {
            let (x, y) = desk.paper.margin;
            out.push_str(&format!(
                "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 22pt), \
                 grid(columns: (1fr, auto), align: (left + horizon, right + horizon), text(fill: onac, {}), text(fill: onac, {})))\n\n",
                display(2.1, &title),
                display(1.3, &name)
            ));
            space(&mut out, 12.0);
            show(&mut out, &stack(6.0, &[small(&address), reach]));
        }
        2 => {
            show(&mut out, &align("center", &stack(8.0, &[display(1.5, &name), small(&address), reach])));
            space(&mut out, 10.0);
            show(&mut out, &rule("0.8pt + rule-c"));
            space(&mut out, 8.0);
            show(&mut out, &align("center", &format!("text(fill: ac, {})", display(1.9, &title))));
        }
        _ => {
            let left = format!("text(fill: ac, {})", display(2.4, &title));
            show(&mut out, &grid("1fr, auto", "(left + horizon, right)", (20.0, 0.0), &[left, mark]));
            space(&mut out, 8.0);
            show(&mut out, &align("right", &stack(6.0, &[small(&address), reach])));
        }
    }
    space(&mut out, 16.0);
    let mut buyer =
        vec![small(&sheet.name_as(parts.buyer, parts.buyer_label)), bold(&sheet.value(parts.buyer))];
    buyer.extend(sheet.lines(parts.buyer_address));
    let buyer = stack(8.0, &buyer);
    let pairs = Pairs::draw(style);
    let meta = match pairs {
        Pairs::Boxed | Pairs::Above => pairs.lay(sheet, &parts.meta, 2),
        _ => pairs.lay(sheet, &parts.meta, 1),
    };
    let (widths, cells) =
        if style.chance(0.75) { ("1fr, 1.05fr", [buyer, meta]) } else { ("1.05fr, 1fr", [meta, buyer]) };
    show(&mut out, &grid(widths, "left", (28.0, 0.0), &cells));
    space(&mut out, 18.0);
    let cols = columns_of(parts, priced, style);
    let pad = style.range(5.5, 8.5);
    show(&mut out, &table(sheet, &cols, lines, pad));
    space(&mut out, 10.0);
    foot(desk, sheet, parts, priced, &mut out);
    (out, format!("trade-{header}/{}", lines.name()))
}

fn foot(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, priced: bool, out: &mut String) {
    let style = &mut desk.style;
    let left = if parts.payment.is_empty() {
        body(&parts.remark)
    } else {
        let title =
            if sheet.shown_name(parts.payment[0]) == "Carrier" { "Transport" } else { "Payment details" };
        stack(9.0, &[heading(title), Pairs::Beside.lay(sheet, &parts.payment, 1)])
    };
    let sums =
        if priced { totals(sheet, &parts.totals, style) } else { Pairs::Apart.lay(sheet, &parts.totals, 1) };
    show(out, &grid("1.15fr, 1fr", "left", (30.0, 0.0), &[left, sums]));
    if !parts.payment.is_empty() {
        space(out, 12.0);
        show(out, &body(&parts.remark));
    }
    if !priced || style.chance(0.25) {
        space(out, 14.0);
        let sign = stack(4.0, &[signature(120.0, style), rule("0.8pt + ink"), note("Signature")]);
        let day = stack(4.0, &[gap(31.0), rule("0.8pt + ink"), note("Date")]);
        show(out, &grid("170pt, 130pt, 1fr", "left + bottom", (30.0, 0.0), &[sign, day, "[]".to_owned()]));
    }
    out.push_str("#v(1fr)\n");
    if style.chance(0.6) {
        space(out, 16.0);
        show(out, &rule("0.8pt + rule-c"));
        let line =
            inline(&[role("note", &parts.seller.name), text("  ·  "), role("note", &parts.seller.web)]);
        show(out, &align("center", &small(&line)));
    }
}

/// The columns of the lines: with or without their numbers, unit and quantity in either order.
fn columns_of(parts: &Parts, priced: bool, style: &mut pixmo_render::Rng) -> Vec<Col> {
    let mut cols = vec![col(parts.cols[0], "auto", "left"), col(1, "1fr", "left")];
    if style.chance(0.75) || !priced {
        cols.push(col(2, "auto", "right"));
        cols.push(col(3, "auto", "left"));
    } else {
        cols.push(col(3, "auto", "left"));
        cols.push(col(2, "auto", "right"));
    }
    if priced {
        cols.extend([col(4, "auto", "right"), col(5, "auto", "right")]);
    }
    if style.chance(0.25) {
        cols.remove(0);
    }
    cols
}

/// The partner: what he is to the house, his name, his address in lines.
fn partner(sheet: &Sheet, parts: &Parts) -> Expr {
    let mut buyer =
        vec![small(&sheet.name_as(parts.buyer, parts.buyer_label)), bold(&sheet.value(parts.buyer))];
    buyer.extend(sheet.lines(parts.buyer_address));
    stack(8.0, &buyer)
}

/// The sums below the lines.
fn sums(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, priced: bool) -> Expr {
    if priced {
        totals(sheet, &parts.totals, &mut desk.style)
    } else {
        Pairs::Apart.lay(sheet, &parts.totals, 1)
    }
}

/// Where to pay, or who carries the goods.
fn payment(sheet: &Sheet, parts: &Parts) -> Option<Expr> {
    let first = *parts.payment.first()?;
    let title = if sheet.shown_name(first) == "Carrier" { "Transport" } else { "Payment details" };
    Some(stack(9.0, &[heading(title), Pairs::Above.lay(sheet, &parts.payment, 1)]))
}

/// House, partner and facts in a column at the side, the lines beside it.
fn side_column(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, priced: bool) -> (String, String) {
    let dark = desk.style.chance(0.5);
    let right = desk.style.chance(0.3);
    desk.paper.width = desk.style.range(860.0, 940.0).round();
    desk.paper.margin = (0.0, 0.0);
    let lines = *desk.style.pick(&[Lines::Thin, Lines::Zebra, Lines::Ruled, Lines::Open]);
    let wide = 214.0;
    let side = if right { "right" } else { "left" };
    let fill = if dark { "ac" } else { "tint" };
    desk.paper.frame = format!("#place({side}, rect(width: {wide:.0}pt, height: 100%, fill: {fill}))");
    let mark = logo::mark(&parts.seller.name, 46.0, &mut desk.style);
    let mark = if dark { format!("box(fill: white, radius: 4pt, inset: 6pt, {mark})") } else { mark };
    let name = format!("par(leading: 0.45em, T(1.35em, {}))", sheet.value(parts.seller_name));
    let mut column = vec![mark, name, stack(7.0, &sheet.lines(parts.seller_address))];
    // An address of the web is not broken: a long one is set smaller.
    let letters = parts.seller.web.chars().count() as f64;
    let factor = ((wide - 48.0) / (letters * desk.paper.base * 0.54)).clamp(0.7, 1.0);
    let web = format!("text(size: {factor:.2}em, {})", role("note", &parts.seller.web));
    column.push(stack(7.0, &[role("note", &parts.seller.phone), web]));
    // A gap takes the place of the spacing of a stack.
    column.push(gap(24.0));
    // Ink that is seen on the column, for the soft names as well.
    let fact = |field: super::sheet::Field| {
        stack(5.0, &[format!("text(size: 0.86em, {})", sheet.name(field)), bold(&sheet.value(field))])
    };
    column.push(stack(12.0, &parts.meta.iter().map(|f| fact(*f)).collect::<Vec<_>>()));
    let ink = if dark { "onac" } else { "ink" };
    let column =
        format!("block(width: 100%, inset: (x: 24pt, y: 34pt), text(fill: {ink}, {}))", stack(14.0, &column));
    let title = format!("text(fill: ac, {})", display(2.4, &sheet.value_as(parts.title, "title")));
    let cols = columns_of(parts, priced, &mut desk.style);
    let pad = desk.style.range(6.0, 8.5);
    let list = table(sheet, &cols, lines, pad);
    let total = sums(desk, sheet, parts, priced);
    let low = grid(
        "1fr, 1.1fr",
        "left",
        (24.0, 0.0),
        &[payment(sheet, parts).unwrap_or_else(|| body(&parts.remark)), total],
    );
    let mut main = vec![title, gap(26.0), partner(sheet, parts), gap(24.0), list, low];
    if !parts.payment.is_empty() {
        main.push(body(&parts.remark));
    }
    let main = format!("block(width: 100%, inset: (x: 34pt, y: 34pt), {})", stack(20.0, &main));
    let cells = if right { [main, column] } else { [column, main] };
    let widths = if right { format!("1fr, {wide:.0}pt") } else { format!("{wide:.0}pt, 1fr") };
    let body = format!("#{}\n", grid(&widths, "left", (0.0, 0.0), &cells));
    (body, format!("trade-side/{}", lines.name()))
}

/// As design offices set it: a very large word, thin lines, the facts in one row.
fn studio(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, priced: bool) -> (String, String) {
    desk.paper.width = *desk.style.pick(&[740.0, 780.0, 820.0]);
    desk.paper.margin = (desk.style.range(54.0, 72.0), desk.style.range(50.0, 64.0));
    let mut out = String::new();
    let size = desk.style.range(3.2, 4.2);
    show(&mut out, &format!("par(leading: 0.3em, {})", display(size, &sheet.value_as(parts.title, "title"))));
    space(&mut out, 8.0);
    show(&mut out, &rule("2.4pt + ink"));
    space(&mut out, 6.0);
    let facts = parts.meta.len();
    show(&mut out, &Pairs::Above.lay(sheet, &parts.meta, facts));
    space(&mut out, 6.0);
    show(&mut out, &rule("0.8pt + rule-c"));
    space(&mut out, 10.0);
    let mut seller = vec![small(&role("note", "From")), bold(&sheet.value(parts.seller_name))];
    seller.extend(sheet.lines(parts.seller_address));
    seller.push(note(&parts.seller.mail));
    let both = [stack(8.0, &seller), partner(sheet, parts)];
    show(&mut out, &grid("1fr, 1fr", "left", (30.0, 0.0), &both));
    space(&mut out, 24.0);
    let cols = columns_of(parts, priced, &mut desk.style);
    let pad = desk.style.range(8.0, 11.0);
    show(&mut out, &table(sheet, &cols, Lines::Thin, pad));
    space(&mut out, 12.0);
    let total = sums(desk, sheet, parts, priced);
    let left = payment(sheet, parts).unwrap_or_else(|| "[]".to_owned());
    show(&mut out, &grid("1.2fr, 1fr", "left", (34.0, 0.0), &[left, total]));
    space(&mut out, 22.0);
    show(&mut out, &format!("text(fill: ac, {})", bold(&body(&parts.remark))));
    (out, "trade-studio".to_owned())
}

/// The form of a pad: everything in boxes with their names in the corner.
fn pad(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, priced: bool) -> (String, String) {
    desk.paper.width = *desk.style.pick(&[720.0, 760.0, 800.0]);
    desk.paper.margin = (desk.style.range(36.0, 48.0), desk.style.range(34.0, 46.0));
    let tone = desk.style.word(&["#ffffff", "#fdfbe9", "#f2f8f2", "#fdf2f2", "#f0f5fb"]);
    let ink = pixmo_render::Color::rgb(24, 26, 32);
    desk.paper.recolour(tone, ink, pixmo_render::Color::rgb(72, 76, 86), 4.8);
    let mut out = String::new();
    let mark = logo::with_name(&parts.seller.name, &sheet.value(parts.seller_name), 36.0, &mut desk.style);
    let title = format!(
        "block(stroke: 1.6pt + ac, inset: (x: 16pt, y: 11pt), text(fill: ac, {}))",
        display(1.6, &sheet.value_as(parts.title, "title"))
    );
    show(&mut out, &grid("1fr, auto", "(left + horizon, right + horizon)", (20.0, 0.0), &[mark, title]));
    let mut reach = sheet.lines(parts.seller_address);
    reach.extend([role("note", &parts.seller.phone), role("note", &parts.seller.mail)]);
    show(&mut out, &small(&inline(&join(&reach, "  ·  "))));
    space(&mut out, 6.0);
    let frame = "stroke: 1pt + ac, inset: (x: 10pt, y: 9pt), align: left";
    let each = parts.meta.len().min(3);
    let mut cells: Vec<Expr> =
        parts.meta.iter().map(|f| stack(5.0, &[small(&sheet.name(*f)), bold(&sheet.value(*f))])).collect();
    let left = (each - cells.len() % each) % each;
    if let Some(last) = cells.last_mut().filter(|_| left > 0) {
        *last = format!("grid.cell(colspan: {}, {last})", left + 1);
    }
    let widths = vec!["1fr"; each].join(", ");
    let who = format!("grid.cell(colspan: {each}, {})", partner(sheet, parts));
    show(&mut out, &format!("grid(columns: ({widths}), {frame}, {who}, {})", cells.join(", ")));
    space(&mut out, 4.0);
    let cols = columns_of(parts, priced, &mut desk.style);
    let padding = desk.style.range(6.0, 8.0);
    show(&mut out, &table(sheet, &cols, Lines::Boxed, padding));
    let total = sums(desk, sheet, parts, priced);
    let pay = match payment(sheet, parts) {
        Some(pay) => stack(14.0, &[pay, format!("par({})", body(&parts.remark))]),
        None => format!("par({})", body(&parts.remark)),
    };
    // The address of the page stands whole on a line.
    let web = format!("box({})", role("note", &parts.seller.web));
    show(
        &mut out,
        &format!(
            "grid(columns: (1fr, 1fr), {frame}, {pay}, {total}, grid.cell(colspan: 2, {}))",
            grid(
                "1fr, 1fr",
                "left + bottom",
                (20.0, 0.0),
                &[
                    stack(7.0, &[small(&role("note", "Date, signature")), signature(120.0, &mut desk.style)]),
                    align("right", &stack(5.0, &[small(&role("note", &parts.seller.name)), small(&web)])),
                ]
            )
        ),
    );
    (out, "trade-pad".to_owned())
}

/// Expressions with a separator between them.
fn join(parts: &[Expr], between: &str) -> Vec<Expr> {
    let mut list = Vec::new();
    for part in parts {
        if !list.is_empty() {
            list.push(text(between));
        }
        list.push(part.clone());
    }
    list
}
