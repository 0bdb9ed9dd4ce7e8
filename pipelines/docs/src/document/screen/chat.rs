//! A chat: conversations with badges on the left, bubbles of the open one on the right, and a line to write in.

use pixmo_render::{Cell, Column};

use super::super::desk::{Desk, Draft};
use super::super::markup::{bold, role};
use super::super::sheet::Sheet;
use super::icon::icon;
use super::skin::{Skin, badge, portrait};
use super::words::Words;
use super::{Page, clock, cut, lacking, pose_back, pose_cells, pose_rows};
use crate::program::{Expr as Program, Is, Test};

const SENDER: usize = 1;
const TIME: usize = 2;

/// Draws the screen.
pub(in super::super) fn write(desk: &mut Desk<'_>) -> Draft {
    let words = Words::bundled();
    let mobile = desk.style.chance(0.45);
    let talks = desk.rng.sample(words.chats.len(), 6);
    let talk = &words.chats[talks[0]];
    let count = (desk.rng.whole(5, 8) as usize).min(talk.len());
    let own: Vec<bool> = talk[..count].iter().map(|[who, _]| who == "m").collect();
    // What one person says in a row stands closer together.
    let step = desk.style.range(46.0, 54.0).round();
    let (close, apart) = (step, step + 12.0);
    let tops: Vec<f64> = (0..count)
        .scan(0.0, |at, row| {
            if row > 0 {
                *at += if own[row] == own[row - 1] { close } else { apart };
            }
            Some(*at)
        })
        .collect();
    let talk_height = 44.0 + tops[count - 1] + step + 8.0;
    let (width, height) =
        if mobile { (400.0, 144.0 + talk_height) } else { (860.0, 220.0 + talk_height.max(250.0)) };
    let skin = Skin::draw(desk, width, height);
    let sheet = Sheet::with_items(
        ["Message", "Sender", "Time"].iter().map(|name| (Column::text(*name), None)).collect(),
    );
    let mut sheet = lacking(sheet, &["Telephone number", "Date of birth", "Name of the group", "Password"]);
    sheet.call("message", "messages");
    let people = desk.people(5);
    let friend = people[0].full();
    let mut minute = desk.rng.whole(8 * 60, 20 * 60);
    let mut heard = minute;
    for ([_, line], mine) in talk.iter().zip(&own) {
        sheet.item(vec![
            Cell::text(line.as_str()),
            Cell::text(if *mine { "me" } else { friend.as_str() }),
            Cell::text(clock(minute, true)),
        ]);
        if !mine {
            heard = minute;
        }
        minute += desk.rng.whole(1, 9);
    }
    // The clock of the screen is past the last message, and nobody was seen after it.
    let now = minute + desk.rng.whole(0, 25);
    let status = if desk.rng.chance(0.5) {
        "online".to_owned()
    } else {
        format!("last seen {}", clock(heard + desk.rng.whole(0, (now - heard).min(4)), true))
    };
    let name = sheet.tell(
        "Name of the chat partner",
        &friend,
        "With whom is the open chat?|Whose name stands above the messages?|Who is the chat partner?",
    );
    let status = sheet.tell(
        "Status of the chat partner",
        &status,
        "What is the status of the chat partner?|What stands below the name of the chat partner?",
    );
    let draft = sheet.tell(
        "Draft",
        desk.rng.pick(&words.chat_drafts).as_str(),
        "What has been typed but not sent?|What stands in the line at the bottom?",
    );
    sheet.target_field("the text that is not sent yet", draft);
    let program = desk.rng.pick(&words.chat_programs).clone();
    let mut page = Page::new(sheet, skin);
    let radius = page.skin.radius;
    let (x, y, w, h) =
        if mobile { super::phone::frame(&mut page, desk, now) } else { page.window(desk, &program) };
    let side = if mobile { 0.0 } else { 232.0 };
    if !mobile {
        page.fill((x, y, side, h), "fill: panel, stroke: (right: 0.8pt + rule-c)");
        for (index, person) in people.iter().enumerate() {
            let top = y + 10.0 + 58.0 * index as f64;
            if top + 54.0 > y + h {
                break;
            }
            if index == 0 {
                page.fill((x + 6.0, top, side - 12.0, 54.0), &format!("fill: faint, radius: {radius:.0}pt"));
            }
            page.middle((x + 16.0, top, 38.0, 54.0), "left", &portrait(&person.full(), 36.0));
            let [_, last] = match index {
                0 => &talk[count - 1],
                _ => &words.chats[talks[index]][words.chats[talks[index]].len() - 1],
            };
            let short = cut(last, 22);
            let label = if index == 0 {
                bold(&role("group_label", &person.full()))
            } else {
                role("group_label", &person.full())
            };
            page.middle(
                (x + 62.0, top, 128.0, 54.0),
                "left",
                &format!(
                    "stack(spacing: 6pt, {label}, text(size: 0.84em, fill: soft, {}))",
                    role("note", &short)
                ),
            );
            if index > 0 && desk.rng.chance(0.5) {
                let number = desk.rng.whole(1, 9).to_string();
                let full = person.full();
                let cell = page.sheet.tell(&format!("Unread messages of {full}"), &number, &format!("How many unread messages of {full} are there?|Which number does the badge of {full} show?"));
                let shown = badge(&page.sheet.value(cell));
                page.middle((x + side - 46.0, top, 34.0, 54.0), "right", &shown);
            }
        }
    }
    let (left, wide) = (x + side, w - side);
    page.fill((left, y, wide, 56.0), "fill: panel, stroke: (bottom: 0.8pt + rule-c)");
    let mut at = left + 14.0;
    if mobile {
        let back = page.sheet.icon("back arrow", &icon("back", 20.0, "ink"));
        page.middle((at, y, 22.0, 56.0), "left", &back);
        at += 28.0;
    }
    page.middle((at, y, 38.0, 56.0), "left", &portrait(&friend, 36.0));
    let (shown_name, shown_status) = (page.sheet.value_as(name, "title"), page.sheet.value(status));
    page.middle(
        (at + 48.0, y, wide - 150.0, 56.0),
        "left",
        &format!(
            "stack(spacing: 6pt, {}, text(size: 0.84em, fill: soft, {shown_status}))",
            bold(&shown_name)
        ),
    );
    let call = page.sheet.icon("call button", &icon("handset", 20.0, "ink"));
    page.middle((left + wide - 76.0, y, 22.0, 56.0), "center", &call);
    let more = page.sheet.icon("menu with three dots", &icon("more", 20.0, "ink"));
    page.middle((left + wide - 38.0, y, 22.0, 56.0), "center", &more);
    let round = radius.max(4.0) + 3.0;
    let day = role("note", "Today");
    page.middle(
        (left, y + 60.0, wide, 26.0),
        "center",
        &format!(
            "box(fill: panel, radius: 9pt, inset: (x: 9pt, y: 4.5pt), text(size: 0.8em, fill: soft, {day}))"
        ),
    );
    for (row, top) in tops.iter().enumerate() {
        let own = page.sheet.says(row, SENDER, "me");
        let (fill, ink, side) = if own { ("ac", "onac", "right") } else { ("panel", "ink", "left") };
        let text = page.sheet.cell_as(row, 0, "body");
        let time = page.sheet.cell_as(row, TIME, "note");
        let bubble = format!(
            "box(fill: {fill}, radius: {round:.0}pt, inset: (x: 12pt, y: 9pt), stroke: 0.8pt + rule-c, text(fill: {ink}, stack(dir: ltr, spacing: 12pt, {text}, align(bottom, text(size: 0.78em, {time})))))"
        );
        let bubble = page.sheet.drawn(row, &[SENDER], "node", &bubble);
        page.middle((left + 16.0, y + 56.0 + 36.0 + top, wide - 32.0, step), side, &bubble);
    }
    let low = y + h - 50.0;
    page.fill((left, low - 8.0, wide, 58.0), "fill: panel, stroke: (top: 0.8pt + rule-c)");
    let plus = page.sheet.icon("plus button", &icon("plus", 20.0, "ink"));
    page.middle((left + 14.0, low - 8.0, 22.0, 58.0), "center", &plus);
    let typed = page.sheet.value(draft);
    page.styled(
        (left + 46.0, low + 4.0, wide - 104.0, 34.0),
        &format!(
            "fill: raised, stroke: 0.9pt + rule-c, radius: {:.0}pt",
            if radius > 6.0 { 17.0 } else { radius }
        ),
        &format!("align(left + horizon, pad(x: 13pt, {typed}))"),
    );
    let send = page.sheet.icon("send button", &icon("send", 22.0, "ac"));
    page.middle((left + wide - 44.0, low - 8.0, 28.0, 58.0), "center", &send);
    let sheet = &mut page.sheet;
    pose_cells(
        sheet,
        TIME,
        &[
            "When was “{label}” sent?",
            "At what time was “{label}” written?",
            "Which time stands in the bubble “{label}”?",
        ],
    );
    pose_back(sheet, TIME, &["Which message was sent at {value}?", "What was written at {value}?"]);
    pose_rows(
        sheet,
        &[
            "How many messages does the open chat show?",
            "How many bubbles are there?",
            "Count the messages of the open chat.",
        ],
    );
    for (who, words) in [
        (
            "me",
            [
                "How many of the messages are on the right, written by the owner of the screen?",
                "How many messages has the owner of the screen sent?",
            ],
        ),
        (
            friend.as_str(),
            ["How many messages are from the chat partner?", "How many bubbles on the left are there?"],
        ),
    ] {
        let keep = vec![Test { column: SENDER, is: Is::Text(who.to_owned()) }];
        let rows = Program::Rows { table: 0, keep };
        sheet.pose(
            "count_with",
            3,
            &words,
            Program::Count(rows.clone().boxed()).print(&super::count_format()),
        );
        let last = Program::Shown(Program::Last(rows.boxed()).over(0));
        let words: [&str; 1] = if who == "me" {
            ["What is the last message of the owner of the screen?"]
        } else {
            ["What is the last message of the chat partner?"]
        };
        sheet.pose("last", 2, &words, last);
    }
    super::pose_states(
        sheet,
        SENDER,
        "me",
        &["Was “{label}” written by the owner of the screen?", "Did the owner of the screen send “{label}”?"],
    );
    page.draft(
        format!("chat with {friend}"),
        "somebody who chats with friends",
        if mobile { "phone" } else { "window" },
    )
}
