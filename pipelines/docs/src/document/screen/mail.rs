//! A mail program: folders, a list of messages, and sometimes the one that is open.

use pixmo_render::{Cell, Column};

use super::super::desk::{Desk, Draft};
use super::super::markup::{Expr, bold, role};
use super::super::sheet::Sheet;
use super::icon::icon;
use super::skin::{Skin, badge, button, field, portrait, progress};
use super::words::Words;
use super::{Page, clock, cut, lacking, pose_back, pose_cells, pose_count, pose_rows, pose_states, targets};

const SENDER: usize = 1;
const TIME: usize = 2;
const STATE: usize = 3;
const STAR: usize = 4;

/// Draws the screen.
pub(in super::super) fn write(desk: &mut Desk<'_>) -> Draft {
    let words = Words::bundled();
    let web = desk.style.chance(0.4);
    let count = desk.rng.whole(6, 9) as usize;
    let row_height = desk.style.pick(&[44.0, 50.0, 54.0]).to_owned();
    let height = 128.0 + row_height * count as f64 + 40.0;
    let skin = Skin::draw(desk, 960.0, height.round());
    let columns = ["Subject", "Sender", "Time", "State", "Star"];
    let sheet = Sheet::with_items(columns.iter().map(|name| (Column::text(*name), None)).collect());
    let mut sheet = lacking(sheet, &["Password", "Attachment size", "Blind copy", "Priority"]);
    sheet.call("message", "messages");
    let people = desk.people(count);
    let subjects = desk.rng.sample(words.mails.len(), count);
    let mut minute = 21 * 60 + desk.rng.whole(0, 59);
    // What came on earlier days gives its date, newest first like the rest.
    let month = desk.any(&["May", "June", "March", "Oct"]);
    let mut day = desk.rng.whole(20, 28);
    for (index, person) in people.iter().enumerate() {
        minute -= desk.rng.whole(7, 120);
        let time = if minute > 6 * 60 {
            clock(minute, true)
        } else {
            day = (day - desk.rng.whole(0, 3)).max(1);
            format!("{day} {month}")
        };
        sheet.item(vec![
            Cell::text(words.mails[subjects[index]][0].as_str()),
            Cell::text(person.full()),
            Cell::text(time),
            Cell::text(if desk.rng.chance(0.45) { "unread" } else { "read" }),
            Cell::text(if desk.rng.chance(0.3) { "starred" } else { "plain" }),
        ]);
    }
    let unread = (0..count).filter(|row| sheet.says(*row, STATE, "unread")).count();
    let program = desk.rng.pick(&words.mail_programs).clone();
    let owner = desk.person();
    let account = format!(
        "{}.{}@{}.example",
        super::super::desk::host(owner.given),
        super::super::desk::host(owner.family),
        super::super::desk::host(&program)
    );
    let account =
        sheet.tell("Account", &account, "Which account is shown?|To which address does the mailbox belong?");
    let used = desk.rng.whole(11, 93);
    let size = *desk.rng.pick(&[5, 10, 15, 20, 50]);
    let storage = sheet.tell(
        "Storage used",
        &format!("{used}% of {size} GB used"),
        "How much of the storage is used?|What does the line about the storage say?",
    );
    let selected = sheet.tell("Folder", "Inbox", "Which folder is open?|Which folder is selected?");
    let inbox = (unread > 0).then(|| sheet.tell("Number next to Inbox", &unread.to_string(), "Which number stands next to the inbox?|How many unread messages does the badge of the inbox show?"));
    // In the order of mail programs: their own folders, then those of the user.
    let mut named = desk.rng.sample(words.mail_folders.len(), 5);
    named.sort_unstable();
    let folders: Vec<(String, Option<usize>)> = named
        .into_iter()
        .map(|index| {
            let name = words.mail_folders[index].clone();
            let number = desk.rng.chance(0.4).then(|| {
                let number = desk.rng.whole(1, 24).to_string();
                sheet.tell(&format!("Number next to {name}"), &number, &format!("Which number stands next to the folder “{name}”?|Which number does the list of folders show for “{name}”?"))
            });
            (name, number)
        })
        .collect();
    let write_word = desk.any(&["Compose", "New message", "Write"]);
    let write_button =
        sheet.tell("Label of the large button", write_word, "What does the large button on the left say?");
    sheet.target_field(&format!("the button “{write_word}”"), write_button);
    let mut page = Page::new(sheet, skin);
    let (x, y, w, h) = if web {
        let address = format!("{}.example/mail/inbox", super::super::desk::host(&program));
        page.browser(desk, &program, &address)
    } else {
        page.window(desk, &program)
    };
    let side = 196.0;
    page.fill((x, y, side, h), "fill: panel, stroke: (right: 0.8pt + rule-c)");
    let word = page.sheet.value(write_button);
    let main = button(&page.skin, &word, true);
    page.put((x + 14.0, y + 14.0, side - 28.0, 34.0), &main);
    let row = |icon_name: &str, name: &Expr, number: Option<Expr>, selected: bool, radius: f64| {
        let fill = if selected { "fill: faint" } else { "fill: none" };
        let number = number.unwrap_or_else(|| "[]".to_owned());
        format!(
            "block(width: 100%, inset: (x: 10pt, y: 7pt), radius: {radius:.0}pt, {fill}, grid(columns: (auto, 1fr, auto), column-gutter: 9pt, align: (left + horizon, left + horizon, right + horizon), {}, {name}, {number}))",
            icon(icon_name, 15.0, "ink")
        )
    };
    let radius = page.skin.radius;
    let mut list = vec![row(
        "mail",
        &bold(&page.sheet.value(selected)),
        inbox.map(|cell| badge(&page.sheet.value(cell))),
        true,
        radius,
    )];
    for (name, number) in &folders {
        let number = number.map(|cell| format!("text(fill: soft, {})", page.sheet.value(cell)));
        list.push(row("folder", &role("group_label", name), number, false, radius));
    }
    page.put(
        (x + 8.0, y + 62.0, side - 16.0, h - 130.0),
        &format!("stack(spacing: 2pt, {})", list.join(", ")),
    );
    let shown = page.sheet.value(storage);
    let bar = progress(side - 32.0, used as f64 / 100.0);
    page.put(
        (x + 16.0, y + h - 46.0, side - 32.0, 40.0),
        &format!("stack(spacing: 8pt, {bar}, text(size: 0.84em, fill: soft, {shown}))"),
    );
    let (left, wide) = (x + side, w - side);
    page.fill((left, y, wide, 52.0), "stroke: (bottom: 0.8pt + rule-c)");
    field(&mut page, (left + 16.0, y + 11.0, 270.0, 30.0), "search", "search field", "Search mail");
    let shown = page.sheet.value(account);
    page.middle(
        (left + 300.0, y, wide - 360.0, 52.0),
        "right",
        &format!("text(fill: soft, size: 0.92em, {shown})"),
    );
    page.middle((left + wide - 46.0, y, 32.0, 52.0), "center", &portrait(&owner.full(), 30.0));
    let faces = desk.style.chance(0.5);
    let stripe = desk.style.chance(0.5);
    for row in 0..count {
        let top = y + 52.0 + row as f64 * row_height;
        let fresh = page.sheet.says(row, STATE, "unread");
        let fill = if stripe && !fresh {
            "fill: panel, stroke: (bottom: 0.8pt + rule-c)"
        } else {
            "stroke: (bottom: 0.8pt + rule-c)"
        };
        page.fill((left, top, wide, row_height), fill);
        let weight = |text: Expr| if fresh { bold(&text) } else { text };
        let dot =
            if fresh { "circle(radius: 4pt, fill: ac)" } else { "circle(radius: 4pt, stroke: 1pt + rule-c)" };
        let dot = page.sheet.drawn(row, &[STATE], "dot", &format!("box({dot})"));
        page.middle((left + 14.0, top, 12.0, row_height), "center", &dot);
        let starred = page.sheet.says(row, STAR, "starred");
        let star =
            if starred { icon("star_full", 17.0, "rgb(\"#d9a021\")") } else { icon("star", 17.0, "soft") };
        let star = page.sheet.drawn(row, &[STAR], "node", &star);
        page.middle((left + 34.0, top, 18.0, row_height), "center", &star);
        let mut at = left + 62.0;
        if faces {
            let face = portrait(&people[row].full(), 28.0);
            page.middle((at, top, 30.0, row_height), "center", &face);
            at += 40.0;
        }
        let sender = weight(page.sheet.cell(row, SENDER));
        page.middle((at, top, 150.0, row_height), "left", &sender);
        let subject = weight(page.sheet.cell(row, 0));
        let room = wide - 250.0 - (at - left);
        let short = cut(&words.mails[subjects[row]][1], (room / 6.6) as usize);
        // What is shown is the beginning of a message, and says so where no sentence ends.
        let short = if short.ends_with(['…', '.', '!', '?']) { short } else { format!("{short}…") };
        let both = format!(
            "stack(spacing: 5pt, {subject}, text(size: 0.86em, fill: soft, {}))",
            role("note", &short)
        );
        page.middle((at + 158.0, top, room, row_height), "left", &both);
        let time = weight(page.sheet.cell(row, TIME));
        page.middle(
            (left + wide - 86.0, top, 70.0, row_height),
            "right",
            &format!("text(size: 0.92em, {time})"),
        );
    }
    let sheet = &mut page.sheet;
    pose_cells(
        sheet,
        SENDER,
        &["Who sent the message “{label}”?", "From whom is “{label}”?", "Which sender does “{label}” have?"],
    );
    pose_cells(sheet, TIME, &["When did “{label}” arrive?", "Which time or date stands next to “{label}”?"]);
    pose_back(
        sheet,
        SENDER,
        &["What is the subject of the message from {value}?", "What does {value} write about?"],
    );
    pose_states(sheet, STATE, "unread", &["Is the message “{label}” unread?", "Is “{label}” still unread?"]);
    pose_states(
        sheet,
        STAR,
        "starred",
        &["Is the message “{label}” starred?", "Does “{label}” have a filled star?"],
    );
    pose_count(
        sheet,
        STATE,
        "unread",
        &[
            "How many messages are unread?",
            "Count the unread messages in the list.",
            "How many of the listed messages have not been read?",
        ],
    );
    pose_count(
        sheet,
        STAR,
        "starred",
        &["How many messages are starred?", "How many filled stars are in the list?"],
    );
    pose_rows(sheet, &["How many messages are listed?", "How many messages does the list show?"]);
    targets(sheet, STAR, "the star of the message “{label}”");
    page.draft(
        format!("inbox of {}", owner.full()),
        "somebody who reads mail",
        if web { "web" } else { "window" },
    )
}
