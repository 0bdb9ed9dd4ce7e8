//! Screens: mail, chat, settings, shops, players, terminals and the like, in the looks of invented toolkits.
//!
//! A screen is laid out by places: each region is a box at a point of the canvas, and what stands in it flows. States
//! that have no words (a switch, a dot of an unread message) are marks linked to the cell that says them.

mod agenda;
mod chat;
mod dashboard;
mod editor;
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
mod ware;
mod words;

pub(super) use agenda::write as week;
pub(super) use chat::write as chat;
pub(super) use dashboard::write as dashboard;
pub(super) use editor::write as editor;
pub(super) use files::write as files;
pub(super) use mail::write as mail;
pub(super) use map::write as map;
pub(super) use phone::write as phone;
pub(super) use player::write as player;
pub(super) use settings::write as settings;
pub(super) use shop::{cart as shopping_cart, listing as shop_listing};
pub(super) use table::write as spreadsheet;
pub(super) use terminal::session as terminal;

use pixmo_render::NumberFormat;

use super::desk::Draft;
use super::sheet::Sheet;
use crate::program::{Expr as Program, Is, Test};
use skin::Skin;

/// A screen in the making.
struct Page {
    sheet: Sheet,
    skin: Skin,
    out: String,
}

/// Faces of terminals and editors.
const MONO: [&str; 5] = ["JetBrains Mono", "Fira Code", "Inconsolata", "DejaVu Sans Mono", "Courier Prime"];

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

/// The beginning of a text up to a whole word, with dots where something is left out.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let start: String = text.chars().take(most).collect();
    let whole = start.rsplit_once(' ').map_or(start.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', '.', ':', ';', '?']))
}

/// An amount of money without its small coins, as boards print it.
fn round_money(place: &super::locale::Locale) -> NumberFormat {
    NumberFormat { decimals: 0, ..place.money.clone() }
}
