//! Screens: mail, chat, settings, shops, players, terminals and the like, in the looks of invented toolkits.
//!
//! A screen is laid out by places: each region is a box at a point of the canvas, and what stands in it flows. States
//! that have no words (a switch, a dot of an unread message) are marks linked to the cell that says them.

mod agenda;
mod chat;
mod dashboard;
mod files;
mod icon;
mod mail;
mod map;
mod phone;
mod player;
mod settings;
mod shop;
mod skin;
mod table;
mod terminal;
mod words;

use pixmo_render::NumberFormat;

use super::DocumentKind as K;
use super::desk::{Desk, Draft};
use super::sheet::Sheet;
use crate::program::{Expr as Program, Is, Test};
use skin::Skin;

/// Draws a screen of this kind.
pub(super) fn write(kind: K, desk: &mut Desk<'_>) -> Draft {
    match kind {
        K::MailInbox => mail::write(desk),
        K::ChatWindow => chat::write(desk),
        K::ShopListing => shop::listing(desk),
        K::ShoppingCart => shop::cart(desk),
        K::DashboardScreen => dashboard::write(desk),
        K::MapScreen => map::write(desk),
        K::SpreadsheetScreen => table::write(desk),
        K::WeekCalendar => agenda::write(desk),
        K::MediaPlayer => player::write(desk),
        K::TerminalSession => terminal::session(desk),
        K::CodeEditor => terminal::editor(desk),
        K::PhoneScreen => phone::write(desk),
        K::FileManager => files::write(desk),
        _ => settings::write(desk),
    }
}

/// A screen in the making.
struct Page {
    sheet: Sheet,
    skin: Skin,
    out: String,
}

/// A region of the canvas: left, top, width, height.
type Area = (f64, f64, f64, f64);

impl Page {
    fn new(sheet: Sheet, skin: Skin) -> Self {
        let out = skin.head();
        Self { sheet, skin, out }
    }

    /// Puts a filled box at a place; `style` holds Typst arguments such as `fill: panel`.
    fn fill(&mut self, area: Area, style: &str) {
        self.out.push_str(&format!(
            "#place(dx: {:.1}pt, dy: {:.1}pt, block(width: {:.1}pt, height: {:.1}pt, {style}))\n",
            area.0, area.1, area.2, area.3
        ));
    }

    /// Puts content into a region.
    fn put(&mut self, area: Area, inner: &str) {
        self.styled(area, "", inner);
    }

    /// Puts content into a region that is filled or framed.
    fn styled(&mut self, area: Area, style: &str, inner: &str) {
        let style = if style.is_empty() { String::new() } else { format!("{style}, ") };
        self.out.push_str(&format!(
            "#place(dx: {:.1}pt, dy: {:.1}pt, block(width: {:.1}pt, height: {:.1}pt, {style}{inner}))\n",
            area.0, area.1, area.2, area.3
        ));
    }

    /// Content in the middle of the height of a region.
    fn middle(&mut self, area: Area, how: &str, inner: &str) {
        self.put(area, &format!("align({how} + horizon, {inner})"));
    }

    fn draft(self, topic: String, persona: &str, design: &str) -> Draft {
        let design = format!("{design}/{}", self.skin.name());
        Draft { sheet: self.sheet, body: self.out, topic, persona: persona.to_owned(), design }
    }
}

/// A sheet for a screen, with what such a screen could tell and does not.
fn lacking(mut sheet: Sheet, names: &[&str]) -> Sheet {
    sheet.lacks(names);
    sheet
}

/// Numbers without decimals.
fn count_format() -> NumberFormat {
    NumberFormat::plain(0)
}

/// Poses how many rows say this in a column.
fn pose_count(sheet: &mut Sheet, column: usize, value: &str, words: &[&str]) {
    let keep = vec![Test { column, is: Is::Text(value.to_owned()) }];
    let rows = Program::Rows { table: 0, keep };
    sheet.pose("count_with", 3, words, Program::Count(rows.boxed()).print(&count_format()));
}

/// Poses how many rows there are.
fn pose_rows(sheet: &mut Sheet, words: &[&str]) {
    sheet.pose("count_rows", 1, words, Program::Count(Program::all(0).boxed()).print(&count_format()));
}

/// Poses for every row whether it says this in a column; `words` hold `{label}`.
fn pose_states(sheet: &mut Sheet, column: usize, value: &str, words: &[&str]) {
    for row in 0..sheet.len() {
        let label = sheet.shown_cell(row, 0).to_owned();
        let says = Program::Says { over: Program::named(0, 0, &label).over(column), text: value.to_owned() };
        pose_for(sheet, "state_yes_no", 2, &label, words, Program::YesNo(says.boxed()));
    }
}

/// Poses for every row what it says in a column; `words` hold `{label}`.
fn pose_cells(sheet: &mut Sheet, column: usize, words: &[&str]) {
    for row in 0..sheet.len() {
        if !sheet.shown_cell(row, column).is_empty() {
            let label = sheet.shown_cell(row, 0).to_owned();
            let program = Program::Shown(Program::named(0, 0, &label).over(column));
            pose_for(sheet, "lookup", 1, &label, words, program);
        }
    }
}

/// Poses which row says what it says in a column; `words` hold `{value}`.
fn pose_back(sheet: &mut Sheet, column: usize, words: &[&str]) {
    for row in 0..sheet.len() {
        let value = sheet.shown_cell(row, column).to_owned();
        if !value.is_empty() {
            let words: Vec<String> = words.iter().map(|text| text.replace("{value}", &value)).collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let program = Program::Shown(Program::named(0, column, &value).over(0));
            sheet.pose("look_back", 2, &words, program);
        }
    }
}

/// Poses which row has the largest and which the smallest number in a column; the words are for these two.
fn pose_ends(sheet: &mut Sheet, column: usize, largest: &[&str], smallest: &[&str]) {
    let over = || Program::all(0).over(column);
    sheet.pose("largest", 2, largest, Program::Shown(Program::Max(over()).over(0)));
    sheet.pose("smallest", 2, smallest, Program::Shown(Program::Min(over()).over(0)));
}

fn pose_for(
    sheet: &mut Sheet,
    kind: &'static str,
    effort: u8,
    label: &str,
    words: &[&str],
    program: Program,
) {
    let words: Vec<String> = words.iter().map(|text| text.replace("{label}", label)).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    sheet.pose(kind, effort, &words, program);
}

/// Names every row as something to point at.
fn targets(sheet: &mut Sheet, column: usize, pattern: &str) {
    for row in 0..sheet.len() {
        let name = pattern.replace("{label}", sheet.shown_cell(row, 0));
        sheet.target(&name, row, column);
    }
}

/// A time of day as `9:05`, with the hour in two digits where asked.
fn clock(minutes: i64, padded: bool) -> String {
    let (hour, minute) = (minutes / 60 % 24, minutes % 60);
    if padded { format!("{hour:02}:{minute:02}") } else { format!("{hour}:{minute:02}") }
}
