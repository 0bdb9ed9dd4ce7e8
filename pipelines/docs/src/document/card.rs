//! Labels and cards: the label of a parcel, a business card.

use jiff::ToSpan as _;

use super::desk::{Desk, Draft, capital};
use super::fill::filled;
use super::logo;
use super::markup::{Expr, align, bold, grid, inline, role, rule, show, small, space, stack, text};
use super::sheet::{Field, Sheet};

/// Writes the label of a parcel.
pub(super) fn shipping_label(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::fields();
    let start = desk.rng.pick(&desk.words.names.company.start).clone();
    let carrier = format!("{start}{}", desk.any(&["post", " Parcel", " Express", "Ship", " Cargo"]));
    let from = if desk.rng.chance(0.6) { desk.company(None).name } else { desk.person().full() };
    let from_address = desk.address();
    let to = desk.person().full();
    let to_address = desk.address();
    let weight =
        place.number(if desk.rng.chance(0.5) { 1 } else { 2 }, " kg").print_f64(desk.rng.range(0.3, 24.0));
    let service = desk.any(&["Standard", "Priority", "Express 24 h", "Economy", "Overnight"]);
    let day = desk.workday();
    let arrival = day.saturating_add(desk.rng.whole(1, 5).days());
    let tracking = match desk.rng.below(3) {
        0 => desk.code("?? #### #### ##"),
        1 => desk.code("#### #### #### ####"),
        _ => desk.code("??# ### ### ###"),
    };
    let parts = desk.rng.whole(1, 4);
    let carrier_field = sheet.field("Carrier", &carrier);
    let sender = sheet.field(desk.any(&["From", "Sender", "Ship from"]), &from);
    let sender_at = sheet.field("Sender address", &from_address);
    let receiver = sheet.field(desk.any(&["To", "Deliver to", "Ship to"]), &to);
    let receiver_at = sheet.field("Recipient address", &to_address);
    let mut facts = vec![
        sheet.field("Weight", &weight),
        sheet.field("Service", service),
        sheet.field(desk.any(&["Date", "Shipped"]), &place.date(day)),
        sheet.field(desk.any(&["Parcel", "Piece"]), &format!("{} of {parts}", desk.rng.whole(1, parts))),
    ];
    if desk.rng.chance(0.6) {
        facts.push(sheet.field("Order", &desk.code_of(&desk.words.names.account.order)));
    }
    if desk.rng.chance(0.6) {
        facts.push(sheet.field("Deliver by", &place.date(arrival)));
    }
    let tracking = sheet.field(desk.any(&["Tracking no.", "Tracking number", "Consignment"]), &tracking);
    let topic = format!("parcel label of {carrier} to {to}");
    let style = &mut desk.style;
    desk.paper.black_on_white();
    desk.paper.width = style.range(430.0, 560.0).round();
    desk.paper.margin = (20.0, 20.0);
    desk.paper.base = style.range(12.5, 14.5);
    let form = style.below(5);
    if form == 3 {
        desk.paper.width = style.range(600.0, 680.0).round();
    }
    let address = |sheet: &Sheet, who: Field, at: Field, factor: f64| {
        let mut lines = vec![small(&sheet.name(who)), bold(&sheet.value(who))];
        lines.extend(sheet.lines(at));
        format!("text(size: {factor:.2}em, {})", stack(7.5, &lines))
    };
    let from_block = address(&sheet, sender, sender_at, 0.95);
    let to_block = address(&sheet, receiver, receiver_at, style.range(1.3, 1.6));
    let inverse = style.chance(0.5);
    let band = |inner: &str| {
        if inverse {
            format!("block(width: 100%, fill: ink, inset: 10pt, text(fill: white, {inner}))")
        } else {
            format!("block(width: 100%, inset: 10pt, {inner})")
        }
    };
    let mark = logo::mark(&carrier, 24.0, style);
    let name = bold(&format!("text(size: 1.35em, {})", sheet.value(carrier_field)));
    let class = bold(&format!("text(size: 1.2em, {})", sheet.value(facts[1])));
    let head = if inverse {
        grid("1fr, auto", "(left + horizon, right + horizon)", (10.0, 0.0), &[name.clone(), class])
    } else {
        let columns = "(left + horizon, left + horizon, right + horizon)";
        grid("auto, 1fr, auto", columns, (10.0, 0.0), &[mark.clone(), name.clone(), class])
    };
    let cells: Vec<Expr> =
        facts.iter().map(|f| stack(6.0, &[small(&sheet.name(*f)), bold(&sheet.value(*f))])).collect();
    let code = logo::barcode(70.0, style.range(1.4, 1.9), 44, style);
    let number = stack(
        7.0,
        &[small(&sheet.name(tracking)), bold(&format!("text(size: 1.15em, {})", sheet.value(tracking)))],
    );
    let cell = |inner: &str| format!("block(width: 100%, inset: 11pt, {inner})");
    let line = rule("1.5pt + ink");
    let columns = if form == 1 { 2 } else { 3 };
    let grid_of = format!(
        "grid(columns: (1fr,) * {columns}, stroke: 0.8pt + ink, inset: 8pt, {})",
        filled(cells.clone(), columns).join(", ")
    );
    let square = logo::square_code(84.0, style);
    let foot = cell(&align("center", &stack(9.0, &[code, number])));
    let mut parts = vec![band(&head), line.clone()];
    match form {
        0 => parts.extend([cell(&from_block), line.clone(), cell(&to_block), line.clone(), cell(&grid_of)]),
        1 => {
            let both = format!(
                "grid(columns: (1fr, auto), inset: 11pt, grid.vline(x: 1, stroke: 1.5pt + ink), {from_block}, {square})"
            );
            parts.extend([both, line.clone(), cell(&to_block), line.clone(), cell(&grid_of)]);
        }
        2 => parts.extend([cell(&to_block), line.clone(), cell(&grid_of), line.clone(), cell(&from_block)]),
        3 => {
            // Lying: the addresses on the left, all that the sorter reads on the right.
            let left =
                stack(0.0, &[cell(&from_block), line.clone(), cell(&to_block), line.clone(), foot.clone()]);
            let right = stack(14.0, &[align("center", &square), stack(10.0, &cells)]);
            parts.push(format!(
                "grid(columns: (1fr, 150pt), grid.vline(x: 1, stroke: 1.5pt + ink), {left}, block(width: 100%, inset: 11pt, {right}))"
            ));
        }
        _ => {
            // The first letter of the service in a field of its own, as sorting halls want it.
            let letter = sheet.shown(facts[1]).chars().next().unwrap_or('S').to_string();
            let letter = format!("text(size: 4.4em, weight: \"bold\", {})", role("note", &letter));
            let field = format!("block(inset: 12pt, align(center + horizon, {letter}))");
            let class = bold(&format!("text(size: 1.2em, {})", sheet.value(facts[1])));
            let top = stack(9.0, &[name, class, from_block]);
            parts = vec![
                format!(
                    "grid(columns: (auto, 1fr, auto), grid.vline(x: 1, stroke: 1.5pt + ink), {field}, block(width: 100%, inset: 12pt, {top}), block(inset: 12pt, {mark}))"
                ),
                line.clone(),
                cell(&align("center", &to_block)),
                line.clone(),
                cell(&grid("1fr, 1fr, 1fr", "left", (12.0, 11.0), &cells)),
            ];
        }
    }
    if form != 3 {
        parts.extend([line, foot]);
    }
    let mut out = String::new();
    show(
        &mut out,
        &format!("block(width: 100%, stroke: 1.5pt + ink, stack(spacing: 0pt, {}))", parts.join(", ")),
    );
    Draft {
        sheet,
        body: out,
        topic,
        persona: "someone in a parcel room".to_owned(),
        design: format!("label-{form}"),
    }
}

/// Writes a business card.
pub(super) fn business_card(desk: &mut Desk<'_>) -> Draft {
    let mut sheet = Sheet::fields();
    let (domain, firm) = desk.domain();
    let person = desk.person();
    let job = capital(desk.rng.pick(&domain.roles).as_str());
    let mobile = desk.code_of(&desk.words.names.contact.telephone);
    let firm_name = sheet.tell(
        "Firm",
        &firm.name,
        "For whom does the person work?|Which firm or organisation stands on the card?",
    );
    let name = sheet.tell("Name", &person.full(), "Whose card is it?|Who hands out this card?");
    let job = sheet.tell(
        "Position",
        &job,
        "What is the position of the person?|As what does the person work?|Which job stands below the name?",
    );
    let mut rows = vec![
        sheet.field(desk.any(&["Tel.", "Phone", "T"]), &firm.phone),
        sheet.field(desk.any(&["Mobile", "M", "Cell"]), &mobile),
        sheet.field(desk.any(&["Mail", "E-mail", "E"]), &firm.mail),
        sheet.field(desk.any(&["Web", "W", "Online"]), &firm.web),
    ];
    let keep = desk.rng.whole(2, 4) as usize;
    rows.truncate(keep.max(2));
    let address =
        sheet.tell("Address", &firm.address(), "What is the address?|At which address is the firm?");
    sheet.lacks(&["Fax number", "Opening hours", "Name of the deputy", "Number of employees"]);
    let topic = format!("business card of {} at {}", person.full(), firm.name);
    desk.informal();
    let style = &mut desk.style;
    let form = style.below(5);
    desk.paper.width = style.range(500.0, 600.0).round();
    desk.paper.base = style.range(14.5, 16.5);
    desk.paper.margin = (36.0, 32.0);
    let height = desk.paper.width * style.range(0.58, 0.66);
    desk.paper.height = Some(height);
    let mark = logo::mark(&firm.name, 48.0, style);
    let firm_line = sheet.value(firm_name);
    let person_block = |fill: &str| {
        stack(
            8.0,
            &[format!("T(1.7em, text(fill: {fill}, {}))", sheet.value_as(name, "title")), sheet.value(job)],
        )
    };
    let cells: Vec<Expr> = rows
        .iter()
        .flat_map(|f| [format!("text(fill: soft, {})", sheet.name(*f)), sheet.value(*f)])
        .collect();
    let reach = grid("auto, 1fr", "left", (10.0, 7.5), &cells);
    // Beside the street address a long address of mail would be broken at its hyphens.
    let long = rows.iter().any(|f| sheet.shown(*f).chars().count() > 24);
    let reach = if long { format!("text(size: 0.8em, {reach})") } else { reach };
    let at = stack(8.5, &sheet.lines(address));
    let mut out = String::new();
    match form {
        0 => {
            show(&mut out, &grid("1fr, auto", "(left, right)", (12.0, 0.0), &[person_block("ac"), mark]));
            out.push_str("#v(1fr)\n");
            show(
                &mut out,
                &grid(
                    "1fr, auto",
                    "(left + bottom, right + bottom)",
                    (16.0, 0.0),
                    &[reach, stack(8.0, &[bold(&firm_line), at])],
                ),
            );
        }
        1 => {
            let (x, y) = desk.paper.margin;
            let side = format!(
                "block(width: 150pt, height: 100%, align(center + horizon, {}))",
                stack(12.0, &[mark, bold(&firm_line)])
            );
            out.push_str(&format!("#place(top + left, dx: -{x:.1}pt, dy: -{y:.1}pt, rect(width: 168pt, height: {height:.1}pt, fill: tint))\n"));
            let right = format!(
                "block(height: 100%, align(horizon, {}))",
                stack(20.0, &[person_block("ink"), reach, at])
            );
            show(
                &mut out,
                &grid("122pt, 1fr", "left", (46.0, 0.0), &[side.replace("150pt", "122pt"), right]),
            );
        }
        2 => {
            out.push_str("#v(1fr)\n");
            show(&mut out, &align("center", &stack(14.0, &[mark, bold(&firm_line), person_block("ac")])));
            space(&mut out, 6.0);
            let line: Vec<Expr> = rows.iter().take(2).flat_map(|f| [sheet.value(*f), text("   ")]).collect();
            show(&mut out, &align("center", &small(&inline(&line))));
            show(&mut out, &align("center", &small(&at)));
            out.push_str("#v(1fr)\n");
        }
        3 => {
            let (x, y) = desk.paper.margin;
            out.push_str(&format!(
                "#place(bottom + left, dx: -{x:.1}pt, dy: {y:.1}pt, rect(width: 100% + {:.1}pt, height: 14pt, fill: ac))\n",
                2.0 * x
            ));
            show(
                &mut out,
                &grid(
                    "auto, 1fr",
                    "left + horizon",
                    (14.0, 0.0),
                    &[mark, format!("text(size: 1.2em, {})", bold(&firm_line))],
                ),
            );
            out.push_str("#v(1fr)\n");
            show(&mut out, &person_block("ink"));
            space(&mut out, 5.0);
            show(&mut out, &grid("1fr, auto", "(left, right + bottom)", (16.0, 0.0), &[reach, at]));
            space(&mut out, 10.0);
        }
        _ => {
            show(&mut out, &align("right", &person_block("ac")));
            show(&mut out, &rule("1pt + ac2"));
            show(
                &mut out,
                &align("right", &stack(7.0, &rows.iter().map(|f| sheet.value(*f)).collect::<Vec<_>>())),
            );
            out.push_str("#v(1fr)\n");
            show(
                &mut out,
                &grid(
                    "auto, 1fr, auto",
                    "(left + bottom, left + bottom, right + bottom)",
                    (12.0, 0.0),
                    &[mark, bold(&firm_line), at],
                ),
            );
        }
    }
    Draft {
        sheet,
        body: out,
        topic,
        persona: "someone who collects cards at a fair".to_owned(),
        design: format!("card-{form}"),
    }
}
