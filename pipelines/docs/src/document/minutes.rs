//! Minutes of meetings: who was there, what was decided on each item, who does what until when.

use jiff::ToSpan as _;
use pixmo_render::{Cell, Column};

use super::desk::{Desk, Draft, Person};
use super::markup::{Expr, body, bold, grid, inline, small, space, stack, text};
use super::markup::{role, show};
use super::meeting::{frame_of, head};
use super::pieces::{Lines, Pairs, col, section, table};
use super::sheet::{Field, Sheet};

/// Items with the decisions that can be taken on them; `{for}` and `{against}` are the votes.
const ITEMS: [(&str, &[&str]); 18] = [
    (
        "Budget for next year",
        &[
            "The budget is adopted by {for} votes, {against} against.",
            "The budget is put off until the autumn figures are known ({for} for, {against} against).",
        ],
    ),
    (
        "Renovation of the hall",
        &[
            "The builder's offer is accepted, {for} for and {against} against.",
            "A working group is formed to compare offers; {for} vote for it, {against} against.",
        ],
    ),
    (
        "New opening hours",
        &[
            "The new hours are adopted with {for} votes to {against}.",
            "The hours remain as they are; {for} vote for this, {against} against.",
        ],
    ),
    (
        "Summer festival",
        &[
            "The festival is moved to the second weekend of July; {for} agree, {against} do not.",
            "The plan for the festival is approved with {for} votes to {against}.",
        ],
    ),
    (
        "Report of the treasurer",
        &["The report is accepted and the treasurer discharged, {for} to {against}."],
    ),
    ("Website and newsletter", &["The new design is approved with {for} votes to {against}."]),
    (
        "Repair of the roof",
        &[
            "The repair begins at once ({for} for, {against} against).",
            "Three more offers are to be asked for; {for} vote for this, {against} against.",
        ],
    ),
    (
        "Membership fees",
        &[
            "The fees remain unchanged ({for} to {against}).",
            "The fees rise in January; {for} agree, {against} do not.",
        ],
    ),
    ("Parking spaces", &["Two spaces are kept free for visitors, {for} for and {against} against."]),
    ("Volunteers", &["Travel costs of volunteers will be paid; {for} vote for it, {against} against."]),
    ("Training courses", &["The list of courses is approved with {for} votes to {against}."]),
    (
        "Purchase of a van",
        &[
            "The van is bought second-hand; {for} in favour, {against} against.",
            "The purchase is put off to the next meeting ({for} for, {against} against).",
        ],
    ),
    ("Insurance", &["The present contract is renewed with {for} votes to {against}."]),
    ("Open day", &["The open day will be held in spring; {for} agree, {against} do not."]),
    ("Storage room", &["The cellar is rented as a store, {for} for and {against} against."]),
    ("Heating costs", &["New valves are fitted before winter ({for} for, {against} against)."]),
    (
        "Cooperation with the school",
        &["The agreement with the school is approved, {for} votes to {against}."],
    ),
    ("Data protection", &["The rules for photographs are adopted by {for} votes, {against} against."]),
];
/// Meetings of associations.
const CLUBS: [(&str, &str); 8] = [
    ("Committee meeting", "{} Choral Society"),
    ("General meeting", "{} Allotment Gardeners"),
    ("Board meeting", "{} Sports Club"),
    ("Committee meeting", "Amateur Theatre {}"),
    ("Board meeting", "{} Housing Cooperative"),
    ("Annual general meeting", "{} Music School Association"),
    ("Committee meeting", "Friends of the {} Museum"),
    ("Board meeting", "Volunteer Fire Brigade {}"),
];
const ACTIONS: [&str; 18] = [
    "Ask for three offers",
    "Book the hall",
    "Draft the letter to members",
    "Order new chairs",
    "Update the website",
    "Check the insurance policy",
    "Invite the architect",
    "Prepare the accounts",
    "Write the press release",
    "Repair the side door",
    "Find a caterer",
    "Renew the contract",
    "Count the stock",
    "Call the electrician",
    "Print the posters",
    "Translate the form",
    "Set up the mailing list",
    "Test the alarm",
];

/// An item of the meeting with its votes and what was decided.
struct Point {
    title: Field,
    yes: Field,
    no: Field,
    decision: &'static str,
}

/// Writes minutes.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::with_items(vec![
        (Column::text(desk.any(&["Action", "Task", "To do"])), None),
        (Column::text(desk.any(&["Owner", "Who", "Responsible"])), None),
        (Column::text(desk.any(&["Due", "Until", "Deadline"])), None),
    ]);
    let (meeting, firm) = if desk.rng.chance(0.5) {
        (desk.any(&["Staff meeting", "Management meeting", "Planning meeting"]), desk.domain().1)
    } else {
        let (meeting, name) = *desk.rng.pick(&CLUBS);
        let town = desk.town();
        (meeting, desk.organisation(name.replace("{}", &town), town))
    };
    let mut frame = frame_of(desk, &mut sheet, &format!("Minutes – {meeting}"), firm);
    let chair = sheet.shown(frame.meta[3]).to_owned();
    let count = desk.rng.whole(4, 7) as usize;
    // One more than take part: the last one has sent apologies.
    let mut people: Vec<String> = desk.people(count + 2).iter().map(Person::full).collect();
    people.retain(|name| *name != chair);
    let away = people.pop().expect("there are several people");
    people.truncate(count);
    let end = frame.begin.wrapping_add((desk.rng.whole(9, 30) * 5).minutes());
    frame.meta.push(sheet.field(desk.any(&["Ends", "End", "Closed"]), &place.time(end)));
    frame.meta.push(sheet.field(desk.any(&["Minutes by", "Taken by", "Secretary"]), &people[0]));
    frame.in_pairs();
    let there = std::iter::once(&chair).chain(&people).cloned().collect::<Vec<_>>().join(", ");
    let mut present = vec![sheet.field(desk.any(&["Present", "Attended by", "In attendance"]), &there)];
    if desk.rng.chance(0.6) {
        present.push(sheet.field(desk.any(&["Excused", "Apologies"]), &away));
    }
    let tasks = desk.rng.whole(3, 6) as usize;
    for index in desk.rng.sample(ACTIONS.len(), tasks) {
        let owner = desk.rng.pick(&people).clone();
        let due = place.date(frame.date.saturating_add(desk.rng.whole(5, 60).days()));
        sheet.item(vec![Cell::text(ACTIONS[index]), Cell::text(owner), Cell::text(due)]);
    }
    // All who are present vote.
    let votes = people.len() as i64 + 1;
    let topics = desk.rng.whole(2, 5) as usize;
    let points: Vec<Point> = desk
        .rng
        .sample(ITEMS.len(), topics)
        .into_iter()
        .enumerate()
        .map(|(index, item)| {
            let (title, decisions) = ITEMS[item];
            let yes = desk.rng.whole(votes / 2 + 1, votes);
            let number = index + 1;
            Point {
                title: sheet.field(&format!("Item {number}"), title),
                yes: sheet.field(&format!("Votes for, item {number}"), &yes.to_string()),
                no: sheet.field(&format!("Votes against, item {number}"), &(votes - yes).to_string()),
                decision: desk.any(decisions),
            }
        })
        .collect();
    let topic = format!("{} of {}", sheet.shown(frame.title).to_lowercase(), frame.firm);
    desk.paper.width = *desk.style.pick(&[640.0, 700.0, 760.0]);
    let mut out = String::from("#set par(leading: 0.68em)\n");
    let form = head(desk, &sheet, &frame, &mut out);
    let style = &mut desk.style;
    show(&mut out, &Pairs::draw(style).lay(&sheet, &frame.meta, 2));
    space(&mut out, 6.0);
    let who: Vec<Expr> = present.iter().flat_map(|f| [small(&sheet.name(*f)), sheet.value(*f)]).collect();
    show(&mut out, &grid("auto, 1fr", "left", (14.0, 9.0), &who));
    space(&mut out, 10.0);
    let habit = style.below(4);
    let lines = Lines::draw(style);
    let manner = style.below(3);
    let [items, actions] = *style.pick(&[
        ["Discussion", "Actions"],
        ["Items and decisions", "Action list"],
        ["Decisions", "Who does what"],
    ]);
    show(&mut out, &section(items, habit));
    show(&mut out, &decided(&sheet, &points, manner));
    space(&mut out, 10.0);
    show(&mut out, &section(actions, habit));
    if manner == 2 {
        show(&mut out, &checklist(&sheet));
    } else {
        let cols = [col(0, "1fr", "left"), col(1, "auto", "left"), col(2, "auto", "left")];
        show(&mut out, &table(&sheet, &cols, lines, style.range(5.5, 8.0)));
    }
    Draft {
        sheet,
        body: out,
        topic,
        persona: "a secretary who sends the minutes around".to_owned(),
        design: format!("minutes-{form}/{manner}/{}", lines.name()),
    }
}

/// The decision on an item, with its votes linked.
fn decision(sheet: &Sheet, point: &Point) -> Expr {
    let mut parts: Vec<Expr> = Vec::new();
    let mut rest = point.decision;
    while let Some(open) = rest.find('{') {
        let close = rest[open..].find('}').map_or(rest.len(), |at| open + at);
        parts.push(body(&rest[..open]));
        parts.push(sheet.value(if &rest[open + 1..close] == "for" { point.yes } else { point.no }));
        rest = &rest[close + 1..];
    }
    parts.push(body(rest));
    format!("par({})", inline(&parts))
}

/// The items one below the other, in a ruled table, or with their names in the margin.
fn decided(sheet: &Sheet, points: &[Point], manner: usize) -> Expr {
    let number = |index: usize| role("body", &format!("{}.", index + 1));
    let title = |point: &Point| bold(&sheet.value_as(point.title, "heading"));
    match manner {
        0 => {
            let parts: Vec<Expr> = points
                .iter()
                .enumerate()
                .map(|(index, point)| {
                    let head = inline(&[bold(&number(index)), text("  "), title(point)]);
                    stack(8.0, &[head, decision(sheet, point)])
                })
                .collect();
            stack(14.0, &parts)
        }
        1 => {
            let mut cells: Vec<Expr> =
                ["No.", "Item", "Decision"].map(|head| bold(&role("heading", head))).into();
            for (index, point) in points.iter().enumerate() {
                cells.extend([number(index), title(point), decision(sheet, point)]);
            }
            format!(
                "grid(columns: (auto, 1fr, 2fr), align: left, fill: (x, y) => if y == 0 {{ tint }}, stroke: 0.8pt + rule-c, inset: (x: 9pt, y: 8pt), {})",
                cells.join(", ")
            )
        }
        _ => {
            let cells: Vec<Expr> = points
                .iter()
                .flat_map(|point| [format!("par({})", title(point)), decision(sheet, point)])
                .collect();
            grid("1fr, 2.6fr", "left", (18.0, 13.0), &cells)
        }
    }
}

/// The actions with boxes to tick.
fn checklist(sheet: &Sheet) -> Expr {
    let cells: Vec<Expr> = (0..sheet.len())
        .flat_map(|row| {
            let detail = inline(&[
                sheet.head(1),
                text(": "),
                sheet.cell(row, 1),
                text("   ·   "),
                sheet.head(2),
                text(": "),
                sheet.cell(row, 2),
            ]);
            [
                "box(width: 11pt, height: 11pt, stroke: 1pt + ink)".to_owned(),
                stack(7.0, &[bold(&sheet.cell(row, 0)), small(&detail)]),
            ]
        })
        .collect();
    grid("auto, 1fr", "left", (12.0, 12.0), &cells)
}

#[cfg(test)]
mod tests {
    use super::ITEMS;

    #[test]
    fn every_decision_tells_both_votes() {
        for (item, decisions) in ITEMS {
            for decision in decisions {
                assert!(decision.contains("{for}") && decision.contains("{against}"), "{item}: {decision}");
            }
        }
    }
}
