//! A player of music: playlists, the tracks of one of them, and what plays.

use pixmo_render::{Cell, Column};

use super::super::desk::{Desk, Draft};
use super::super::markup::{Expr, bold, display, role};
use super::super::sheet::Sheet;
use super::icon::icon;
use super::skin::{Skin, progress};
use super::words::Words;
use super::{Page, lacking, pose_back, pose_cells, pose_count, pose_rows, pose_states, targets};
use crate::program::Expr as Program;

const ARTIST: usize = 1;
const LENGTH: usize = 2;
const LOVED: usize = 3;

/// Draws the screen.
pub(in super::super) fn write(desk: &mut Desk<'_>) -> Draft {
    let words = Words::bundled();
    let count = desk.rng.whole(5, 9) as usize;
    let height = 316.0 + 38.0 * count as f64;
    let skin = Skin::draw(desk, 900.0, height);
    let sheet = Sheet::with_items(
        ["Title", "Artist", "Length", "Heart"].iter().map(|name| (Column::text(*name), None)).collect(),
    );
    let mut sheet = lacking(sheet, &["Year of release", "Record label", "Price", "Lyrics"]);
    sheet.call("track", "tracks");
    let tracks = desk.rng.sample(words.tracks.len(), count);
    let mut lengths = Vec::new();
    for index in tracks {
        let seconds = desk.rng.whole(118, 402);
        lengths.push(seconds);
        let artist = desk.rng.pick(&words.artists).as_str();
        let loved = if desk.rng.chance(0.4) { "loved" } else { "plain" };
        sheet.item(vec![
            Cell::text(words.tracks[index].as_str()),
            Cell::text(artist),
            Cell::text(super::clock(seconds, false)),
            Cell::text(loved),
        ]);
    }
    let current = desk.rng.below(count);
    let playing = desk.rng.chance(0.5);
    let at = desk.rng.whole(8, lengths[current] - 6);
    let title = sheet.tell(
        "Track that is playing",
        sheet.shown_cell(current, 0).to_owned().as_str(),
        "Which track is loaded in the bar at the bottom?|Which track is in the player?",
    );
    let elapsed = sheet.tell(
        "Time elapsed",
        &super::clock(at, false),
        "How far has the track been played?|Which time stands to the left of the progress bar?",
    );
    let whole = sheet.tell(
        "Length of the current track",
        sheet.shown_cell(current, LENGTH).to_owned().as_str(),
        "How long is the track in the player?|Which time stands to the right of the progress bar?",
    );
    let volume = desk.rng.whole(1, 19) * 5;
    let loudness =
        sheet.tell("Volume", &format!("{volume}%"), "How high is the volume?|Which volume is set?");
    let lists = desk.rng.sample(words.playlists.len(), 5);
    let chosen = &words.playlists[lists[0]];
    let list = sheet.tell("Playlist", chosen, "Which playlist is open?|What is the name of the playlist?");
    let followers = desk.rng.whole(3, 980).to_string();
    let count_line = sheet.tell("Followers", &followers, "How many followers does the playlist have?");
    let program = desk.rng.pick(&words.players).clone();
    let mut page = Page::new(sheet, skin);
    let (x, y, w, h) = page.window(desk, &program);
    let side = 180.0;
    page.fill((x, y, side, h - 76.0), "fill: panel, stroke: (right: 0.8pt + rule-c)");
    page.put(
        (x + 18.0, y + 18.0, side - 30.0, 16.0),
        &format!("text(size: 0.84em, fill: soft, {})", bold(&role("heading", "PLAYLISTS"))),
    );
    let radius = page.skin.radius;
    let names: Vec<Expr> = lists.iter().enumerate().map(|(index, list)| {
        let name = role("group_label", &words.playlists[*list]);
        let (fill, name) = if index == 0 { ("fill: faint", bold(&name)) } else { ("fill: none", name) };
        format!("block(width: 100%, inset: (x: 10pt, y: 8pt), radius: {radius:.0}pt, {fill}, grid(columns: (auto, 1fr), column-gutter: 9pt, align: left + horizon, {}, {name}))", icon("note", 15.0, "ink"))
    }).collect();
    page.put(
        (x + 8.0, y + 44.0, side - 16.0, h - 130.0),
        &format!("stack(spacing: 3pt, {})", names.join(", ")),
    );
    let left = x + side;
    let wide = w - side;
    page.put((left + 24.0, y + 20.0, 96.0, 96.0), &sleeve(chosen, 96.0, radius));
    let (name, follow) = (page.sheet.value_as(list, "title"), page.sheet.value(count_line));
    page.middle(
        (left + 140.0, y + 20.0, wide - 300.0, 96.0),
        "left",
        &format!(
            "stack(spacing: 11pt, {}, text(fill: soft, [#{{{follow}}} #{}]))",
            display(1.8, &name),
            role("note", "followers")
        ),
    );
    let play = page.sheet.icon(
        if playing { "large pause button" } else { "large play button" },
        &format!(
            "box(width: 52pt, height: 52pt, fill: ac, radius: 26pt, align(center + horizon, {}))",
            icon(if playing { "pause" } else { "play" }, 24.0, "onac")
        ),
    );
    page.put((left + wide - 84.0, y + 44.0, 52.0, 52.0), &play);
    let top = y + 132.0;
    for row in 0..count {
        let line = top + 38.0 * row as f64;
        if row == current {
            page.fill((left + 12.0, line, wide - 24.0, 38.0), &format!("fill: faint, radius: {radius:.0}pt"));
        } else {
            page.fill((left + 12.0, line, wide - 24.0, 38.0), "stroke: (bottom: 0.7pt + rule-c)");
        }
        let mark = if row == current {
            icon(if playing { "volume" } else { "pause" }, 16.0, "ac")
        } else {
            format!("text(fill: soft, {})", role("note", &(row + 1).to_string()))
        };
        page.middle((left + 24.0, line, 26.0, 38.0), "center", &mark);
        let title = page.sheet.cell(row, 0);
        let title = if row == current { format!("text(fill: ac, {})", bold(&title)) } else { title };
        page.middle((left + 62.0, line, 210.0, 38.0), "left", &title);
        let artist = page.sheet.cell(row, ARTIST);
        page.middle((left + 280.0, line, 180.0, 38.0), "left", &format!("text(fill: soft, {artist})"));
        let loved = page.sheet.says(row, LOVED, "loved");
        let heart = if loved {
            "box(width: 14pt, height: 14pt)[#place(dx: 0.5pt, dy: 1pt, circle(radius: 3.6pt, fill: rgb(\"#d6455d\")))#place(dx: 6pt, dy: 1pt, circle(radius: 3.6pt, fill: rgb(\"#d6455d\")))#place(polygon(fill: rgb(\"#d6455d\"), (0.8pt, 6pt), (13pt, 6pt), (6.9pt, 13pt)))]".to_owned()
        } else {
            icon("heart", 16.0, "soft")
        };
        let heart = page.sheet.drawn(row, &[LOVED], "node", &heart);
        page.middle((left + wide - 120.0, line, 18.0, 38.0), "center", &heart);
        let length = page.sheet.cell(row, LENGTH);
        page.middle((left + wide - 90.0, line, 62.0, 38.0), "right", &length);
    }
    let bar = y + h - 76.0;
    page.fill((x, bar, w, 76.0), "fill: panel, stroke: (top: 0.8pt + rule-c)");
    page.put(
        (x + 14.0, bar + 13.0, 50.0, 50.0),
        &sleeve(page.sheet.shown_cell(current, 0).to_owned().as_str(), 50.0, radius.min(4.0)),
    );
    let artist = page.sheet.shown_cell(current, ARTIST).to_owned();
    let now = format!(
        "stack(spacing: 7pt, {}, text(size: 0.86em, fill: soft, {}))",
        bold(&page.sheet.value(title)),
        page.sheet.cell_part(current, ARTIST, &artist, "note")
    );
    page.middle((x + 76.0, bar, 176.0, 76.0), "left", &now);
    let buttons = [
        ("previous", "previous button", 18.0),
        (if playing { "pause" } else { "play" }, if playing { "pause button" } else { "play button" }, 24.0),
        ("next", "next button", 18.0),
    ];
    let middle = x + w / 2.0 + 20.0;
    for (index, (sign, name, size)) in buttons.iter().enumerate() {
        let drawn = page.sheet.icon(name, &icon(sign, *size, "ink"));
        page.middle((middle - 60.0 + 40.0 * index as f64, bar + 8.0, 40.0, 30.0), "center", &drawn);
    }
    let share = at as f64 / lengths[current] as f64;
    let (from, to) = (page.sheet.value(elapsed), page.sheet.value(whole));
    page.middle((middle - 190.0, bar + 40.0, 380.0, 24.0), "center", &format!("grid(columns: (44pt, auto, 44pt), column-gutter: 8pt, align: center + horizon, text(size: 0.86em, {from}), {}, text(size: 0.86em, {to}))", progress(250.0, share)));
    let loud = page.sheet.value(loudness);
    page.middle((x + w - 176.0, bar, 160.0, 76.0), "right", &format!("grid(columns: (auto, auto, 36pt), column-gutter: 8pt, align: (center + horizon, center + horizon, right + horizon), {}, {}, text(size: 0.86em, {loud}))", icon("volume", 17.0, "ink"), progress(70.0, volume as f64 / 100.0)));
    let sheet = &mut page.sheet;
    pose_cells(
        sheet,
        ARTIST,
        &["Who plays “{label}”?", "By whom is “{label}”?", "Which artist is named for “{label}”?"],
    );
    pose_cells(sheet, LENGTH, &["How long is “{label}”?", "What is the length of “{label}”?"]);
    pose_back(sheet, LENGTH, &["Which track lasts {value}?", "Which track has the length {value}?"]);
    pose_states(
        sheet,
        LOVED,
        "loved",
        &["Is “{label}” marked with a filled heart?", "Does “{label}” have a filled heart?"],
    );
    pose_count(
        sheet,
        LOVED,
        "loved",
        &["How many tracks have a filled heart?", "Count the tracks with a filled heart."],
    );
    pose_rows(sheet, &["How many tracks are listed?", "How many tracks does the playlist show?"]);
    for row in 0..count - 1 {
        let label = sheet.shown_cell(row, 0).to_owned();
        let next = Program::Shown(Program::Next(Program::named(0, 0, &label).boxed()).over(0));
        let words = [
            format!("Which track follows “{label}” in the list?"),
            format!("What stands directly below “{label}”?"),
        ];
        sheet.pose("next", 2, &[&words[0], &words[1]], next);
    }
    targets(sheet, LOVED, "the heart of “{label}”");
    page.draft(format!("playlist {chosen}"), "somebody who listens to music", "player")
}

/// The sleeve of a record, of forms that follow from its name.
fn sleeve(name: &str, size: f64, radius: f64) -> Expr {
    let tones = [
        ("#1f3a5f", "#e8b04b"),
        ("#5b2a3c", "#e9c7b2"),
        ("#24514a", "#cfe3c6"),
        ("#3d3560", "#d98f8f"),
        ("#6a4a2c", "#f0dfb8"),
        ("#2c2f36", "#9db8c9"),
    ];
    let seed: usize = name.bytes().map(usize::from).sum();
    let (back, front) = tones[seed % tones.len()];
    let at = |x: f64| x * size;
    let form = match seed / 7 % 6 {
        0 => format!(
            "#place(dx: {:.1}pt, dy: {:.1}pt, circle(radius: {:.1}pt, fill: rgb(\"{front}\")))#place(dx: {:.1}pt, dy: {:.1}pt, circle(radius: {:.1}pt, fill: rgb(\"{back}\")))",
            at(0.2),
            at(0.2),
            at(0.3),
            at(0.4),
            at(0.4),
            at(0.1)
        ),
        1 => (0..4)
            .map(|n| {
                let (y, wide) = (0.16 + 0.19 * f64::from(n), 0.68 - 0.14 * f64::from((n + seed as i32 % 3) % 3));
                format!(
                    "#place(dx: {:.1}pt, dy: {:.1}pt, rect(width: {:.1}pt, height: {:.1}pt, fill: rgb(\"{front}\")))",
                    at(0.16),
                    at(y),
                    at(wide),
                    at(0.09)
                )
            })
            .collect(),
        2 => (0..9)
            .map(|n| {
                let (x, y) = (0.22 + 0.28 * f64::from(n % 3), 0.22 + 0.28 * f64::from(n / 3));
                let r = if (n as usize + seed).is_multiple_of(3) { 0.11 } else { 0.06 };
                format!(
                    "#place(dx: {:.1}pt, dy: {:.1}pt, circle(radius: {:.1}pt, fill: rgb(\"{front}\")))",
                    at(x - r),
                    at(y - r),
                    at(r)
                )
            })
            .collect(),
        3 => format!(
            "#place(polygon(fill: rgb(\"{front}\"), (0pt, 0pt), ({:.1}pt, 0pt), (0pt, {:.1}pt)))#place(dx: {:.1}pt, dy: {:.1}pt, circle(radius: {:.1}pt, fill: rgb(\"{front}\")))",
            at(0.62),
            at(0.62),
            at(0.52),
            at(0.52),
            at(0.17)
        ),
        4 => format!(
            "#place(polygon(fill: rgb(\"{front}\"), (0pt, {:.1}pt), ({:.1}pt, {:.1}pt), ({:.1}pt, {:.1}pt), (0pt, {:.1}pt)))",
            at(0.75),
            at(0.45),
            at(0.3),
            at(1.0),
            at(0.85),
            at(1.0)
        ),
        _ => format!(
            "#place(dx: {:.1}pt, dy: {:.1}pt, rect(width: {:.1}pt, height: {:.1}pt, fill: rgb(\"{front}\")))#place(dx: {:.1}pt, dy: {:.1}pt, rect(width: {:.1}pt, height: {:.1}pt, fill: rgb(\"{front}\")))",
            at(0.2),
            at(0.2),
            at(0.16),
            at(0.6),
            at(0.52),
            at(0.36),
            at(0.28),
            at(0.44)
        ),
    };
    format!(
        "box(width: {size:.1}pt, height: {size:.1}pt, radius: {radius:.0}pt, clip: true, fill: rgb(\"{back}\"))[{form}]"
    )
}
