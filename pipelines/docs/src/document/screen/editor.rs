//! An editor with a file of code, coloured by what its words are.

use pixmo_render::{Cell, Color, Column};
use pixmo_render_typst::escape_string;

use super::super::desk::{Desk, Draft};
use super::super::markup::{Expr, bold, role};
use super::super::sheet::Sheet;
use super::icon::icon;
use super::skin::Skin;
use super::words::Words;
use super::{MONO, Page, lacking, pose_rows};
use crate::program::Expr as Program;

/// What a piece of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tone {
    Plain,
    Keyword,
    Text,
    Number,
    Remark,
    Call,
}

/// The colours of the pieces.
struct Colors([String; 6]);

impl Colors {
    fn of(desk: &mut Desk<'_>, dark: bool) -> Self {
        let sets: &[[&str; 5]] = if dark {
            &[
                ["#d29bf0", "#9fd3a0", "#e8b070", "#8b98a5", "#7fb7ff"],
                ["#f28b82", "#c3e088", "#8fd0e8", "#8d8f98", "#f0d080"],
                ["#6fc3d8", "#e6a4c0", "#b5d66b", "#808a94", "#d8c9a0"],
            ]
        } else {
            &[
                ["#7a2ea8", "#1f6d33", "#9a5a00", "#5f6b77", "#1d5fa8"],
                ["#0b57a4", "#a3302f", "#1b7a5a", "#6b6f78", "#6d4a12"],
                ["#b0245f", "#2e6b1f", "#2a4fb0", "#6a6a6a", "#5b3b8c"],
            ]
        };
        let set = desk.style.pick(sets);
        let ground = desk.paper.ground;
        let keep = |hex: &str| Color::from_hex(hex).unwrap_or(Color::BLACK).readable_on(ground, 4.6).hex();
        let [keyword, text, number, remark, call] = set.map(keep);
        Self([desk.paper.ink.hex(), keyword, text, number, remark, call])
    }

    fn hex(&self, tone: Tone) -> &str {
        &self.0[tone as usize]
    }
}

/// Words that a language keeps for itself.
fn keywords(language: &str) -> &'static str {
    match language {
        "Python" => "import from class def return for in if else while and or not True False None as with",
        "JavaScript" => "import from export function const let return for of if else true false new null",
        "Rust" => "use pub struct impl fn let mut return if else for in self Self true false match while",
        "SQL" => {
            "CREATE TABLE SELECT FROM JOIN ON WHERE AND ORDER BY GROUP HAVING LIMIT AS PRIMARY KEY NOT NULL DEFAULT INTEGER DATE"
        }
        "C" => "int void char static for if else return while struct const",
        "Java" => "package import public private final class void int return for if new String",
        "Shell" => "if then else fi for do done while read set case esac",
        _ => "",
    }
}

/// True where the name of a property ends in a style sheet: its colon has a space behind it, that of `a:hover` has none.
fn is_property(rest: &[char]) -> bool {
    rest.first() == Some(&':') && rest.get(1).is_none_or(|next| next.is_whitespace())
}

/// A line cut into pieces that look alike; `within` says whether a remark or text of several lines goes on.
fn pieces(line: &str, language: &str, within: &mut bool) -> Vec<(Tone, String)> {
    let opening: &[&str] = match language {
        "SQL" => &["--"],
        "Python" | "Shell" => &["#"],
        "CSS" => &["/*"],
        _ => &["//", "/*", "/**"],
    };
    if *within || opening.iter().any(|sign| line.starts_with(sign)) || line.starts_with("\"\"\"") {
        let ends = line.ends_with("*/") || line.ends_with("\"\"\"") && line.len() > 3;
        let long = line.starts_with("/*") || line.starts_with("\"\"\"");
        *within = (*within || long) && !ends;
        return vec![(Tone::Remark, line.to_owned())];
    }
    let letters: Vec<char> = line.chars().collect();
    let known: Vec<&str> = keywords(language).split(' ').collect();
    let mut list: Vec<(Tone, String)> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let start = at;
        let first = letters[at];
        let rest: String = letters[at..].iter().collect();
        // A remark behind code; in a shell `#` may stand inside a word.
        if at > 0 && letters[at - 1] == ' ' && opening.iter().any(|sign| rest.starts_with(sign)) {
            list.push((Tone::Remark, rest));
            break;
        }
        let tone = if first == '"' || first == '\'' {
            at += 1;
            while at < letters.len() && letters[at] != first {
                at += 1;
            }
            at = (at + 1).min(letters.len());
            Tone::Text
        } else if first.is_alphabetic() || first == '_' || first == '@' {
            while at < letters.len() && (letters[at].is_alphanumeric() || "_@-".contains(letters[at])) {
                // Names have no hyphen, but names of style sheets do.
                if letters[at] == '-' && language != "CSS" {
                    break;
                }
                at += 1;
            }
            let word: String = letters[start..at].iter().collect();
            if known.contains(&word.as_str()) || word.starts_with('@') {
                Tone::Keyword
            } else if letters.get(at) == Some(&'(') || language == "CSS" && is_property(&letters[at..]) {
                Tone::Call
            } else {
                Tone::Plain
            }
        } else if first.is_ascii_digit() {
            while at < letters.len() && (letters[at].is_alphanumeric() || letters[at] == '.') {
                at += 1;
            }
            Tone::Number
        } else {
            at += 1;
            Tone::Plain
        };
        let piece: String = letters[start..at].iter().collect();
        match list.last_mut() {
            Some((other, text)) if *other == tone && tone == Tone::Plain => text.push_str(&piece),
            _ => list.push((tone, piece)),
        }
    }
    list
}

/// Draws the screen.
pub(in super::super) fn write(desk: &mut Desk<'_>) -> Draft {
    let words = Words::bundled();
    let file = desk.rng.pick(&words.code);
    // A part of the file fills the window, from its head or from somewhere further down.
    let all: Vec<&str> = file.text.lines().collect();
    let count = (desk.rng.whole(12, 20) as usize).min(all.len());
    let skipped = if desk.rng.chance(0.35) { 0 } else { desk.rng.below(all.len() - count + 1) };
    let lines = &all[skipped..skipped + count];
    let line = 21.0;
    let height = 176.0 + line * count as f64;
    let skin = Skin::draw(desk, 900.0, height);
    let mono = desk.style.word(&MONO);
    let sheet = Sheet::with_items(vec![(Column::text("Line"), None), (Column::text("Code"), None)]);
    let mut sheet = lacking(
        sheet,
        &["Licence of the program", "Name of the author", "Date of the last change", "Size of the file"],
    );
    sheet.call("line", "lines");
    let first = skipped as i64 + 1;
    for (index, text) in lines.iter().enumerate() {
        sheet.item(vec![Cell::text((first + index as i64).to_string()), Cell::text(text.trim())]);
    }
    let filled: Vec<usize> = (0..count).filter(|row| !lines[*row].is_empty()).collect();
    let current = filled[desk.rng.below(filled.len())];
    let column = desk.rng.whole(1, lines[current].chars().count() as i64 + 1);
    let status = format!("Ln {}, Col {column}", first + current as i64);
    let open = sheet.tell(
        "Open file",
        &file.file,
        "Which file is open?|Which tab is selected?|What is the name of the open file?",
    );
    let position = sheet.tell("Place of the cursor", &status, "Where is the cursor, by the bar at the bottom?|Which line and column does the bar at the bottom name?");
    let language = sheet.tell(
        "Language",
        &file.language,
        "Which programming language does the bar at the bottom name?|In which language is the file written?",
    );
    let branch = sheet.tell(
        "Branch",
        desk.any(&["main", "fix-rounding", "spring", "draft-2", "tidy-up"]),
        "Which branch is checked out?|What is the name of the branch?",
    );
    let counted = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    let errors = desk.rng.weighted(&[6.0, 2.0, 1.0, 1.0]);
    let warnings = desk.rng.weighted(&[4.0, 3.0, 2.0, 1.0, 1.0, 1.0]);
    let wrong = sheet.tell("Number of errors", &counted(errors, "error"), "How many errors are reported?");
    let noted =
        sheet.tell("Number of warnings", &counted(warnings, "warning"), "How many warnings are reported?");
    let program = desk.rng.pick(&words.editors).clone();
    let beside = desk.rng.below(file.others.len());
    let mut page = Page::new(sheet, skin);
    let (x, y, w, h) = page.window(desk, &format!("{} – {program}", file.file));
    let (dark, radius) = (page.skin.dark, page.skin.radius);
    let side = 186.0;
    page.fill((x, y, side, h - 26.0), "fill: panel, stroke: (right: 0.8pt + rule-c)");
    let mut rows = vec![format!(
        "grid(columns: (auto, auto), column-gutter: 7pt, align: horizon, {}, {})",
        icon("folder", 15.0, "soft"),
        bold(&role("group_label", &file.folder))
    )];
    let mut tree: Vec<&str> = file.others.iter().map(String::as_str).chain([file.file.as_str()]).collect();
    tree.sort_unstable();
    for name in tree {
        let fill = if name == file.file { "fill: faint" } else { "fill: none" };
        rows.push(format!("block(width: 100%, inset: (x: 18pt, y: 5pt), radius: {radius:.0}pt, {fill}, grid(columns: (auto, auto), column-gutter: 7pt, align: horizon, {}, {}))", icon("file", 14.0, "soft"), role("group_label", name)));
    }
    page.put(
        (x + 12.0, y + 14.0, side - 24.0, h - 60.0),
        &format!("stack(spacing: 5pt, {})", rows.join(", ")),
    );
    let left = x + side;
    let wide = w - side;
    page.fill((left, y, wide, 36.0), "fill: panel");
    let ground = desk.paper.ground.hex();
    page.fill((left, y, 170.0, 36.0), &format!("fill: rgb(\"{ground}\"), stroke: (top: 2pt + ac)"));
    let name = page.sheet.value(open);
    page.middle((left + 16.0, y, 120.0, 36.0), "left", &bold(&name));
    let close = page.sheet.icon("close icon of the tab", &icon("close", 12.0, "ink"));
    page.middle((left + 142.0, y, 16.0, 36.0), "center", &close);
    page.middle(
        (left + 190.0, y, 160.0, 36.0),
        "left",
        &format!("text(fill: soft, {})", role("note", &file.others[beside])),
    );
    let search = page.sheet.icon("search icon", &icon("search", 18.0, "ink"));
    page.middle((left + wide - 40.0, y, 24.0, 36.0), "center", &search);
    let colors = Colors::of(desk, dark);
    let top = y + 46.0;
    page.fill((left, top + line * current as f64 - 1.0, wide, line), "fill: faint");
    let mut within = false;
    for (row, text) in lines.iter().enumerate() {
        let at = top + line * row as f64;
        let number = page.sheet.cell_as(row, 0, "note");
        page.middle(
            (left + 8.0, at, 34.0, line),
            "right",
            &format!("text(font: \"{mono}\", size: 0.92em, fill: soft, {number})"),
        );
        if text.is_empty() {
            continue;
        }
        let spaces = text.len() - text.trim_start().len();
        let pieces: Vec<Expr> = pieces(text.trim(), &file.language, &mut within)
            .into_iter()
            .map(|(tone, piece)| {
                format!("#text(fill: rgb(\"{}\"), {})", colors.hex(tone), escape_string(&piece))
            })
            .collect();
        let code = page.sheet.holding(row, &[1], "body", &format!("[{}]", pieces.concat()));
        page.middle(
            (left + 58.0 + 7.6 * spaces as f64, at, wide - 66.0 - 7.6 * spaces as f64, line),
            "left",
            &format!("text(font: \"{mono}\", size: 0.96em, {code})"),
        );
    }
    let low = y + h - 26.0;
    page.fill((x, low, w, 26.0), "fill: ac");
    let shown =
        |page: &Page, cell: usize| format!("text(size: 0.86em, fill: onac, {})", page.sheet.value(cell));
    let parts = [
        format!("stack(dir: ltr, spacing: 5pt, {}, {})", icon("branch", 14.0, "onac"), shown(&page, branch)),
        shown(&page, wrong),
        shown(&page, noted),
    ];
    page.middle(
        (x + 12.0, low, w / 2.0, 26.0),
        "left",
        &format!(
            "grid(columns: (auto, auto, auto), column-gutter: 20pt, align: horizon, {})",
            parts.join(", ")
        ),
    );
    let parts = [shown(&page, position), shown(&page, language)];
    page.middle(
        (x + w / 2.0, low, w / 2.0 - 12.0, 26.0),
        "right",
        &format!("grid(columns: (auto, auto), column-gutter: 20pt, align: horizon, {})", parts.join(", ")),
    );
    let sheet = &mut page.sheet;
    for row in filled {
        let number = sheet.shown_cell(row, 0).to_owned();
        let code = sheet.shown_cell(row, 1).to_owned();
        let words = [
            format!("What stands in line {number}?"),
            format!("Which code stands in line {number}?"),
            format!("Read out line {number}."),
        ];
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        sheet.pose("lookup", 1, &words, Program::Shown(Program::named(0, 0, &number).over(1)));
        let twins = lines.iter().filter(|line| line.trim() == code).count();
        if twins == 1 && code.len() > 3 {
            let words = [
                format!("In which line stands “{code}”?"),
                format!("What is the number of the line “{code}”?"),
            ];
            sheet.pose(
                "look_back",
                2,
                &[&words[0], &words[1]],
                Program::Shown(Program::named(0, 1, &code).over(0)),
            );
        }
        sheet.target(&format!("line {number}"), row, 1);
    }
    pose_rows(
        sheet,
        &["How many lines of the file are shown?", "How many numbered lines does the editor show?"],
    );
    let ends = [Program::First(Program::all(0).boxed()), Program::Last(Program::all(0).boxed())];
    for (end, words) in ends.into_iter().zip([
        ["What is the number of the first line shown?"],
        ["What is the number of the last line shown?"],
    ]) {
        sheet.pose("end", 1, &words, Program::Shown(end.over(0)));
    }
    page.draft(format!("editor with {}", file.file), "a programmer", &file.language.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_cut_by_what_its_words_are() {
        let mut within = false;
        let line = "return express ? 9.5 : 3.9; // euros";
        let cut = pieces(line, "JavaScript", &mut within);
        assert_eq!(cut[0], (Tone::Keyword, "return".to_owned()));
        assert!(cut.contains(&(Tone::Number, "9.5".to_owned())));
        assert_eq!(cut.last(), Some(&(Tone::Remark, "// euros".to_owned())));
        assert!(
            pieces("print(\"a # b\")", "Python", &mut within).contains(&(Tone::Text, "\"a # b\"".to_owned()))
        );
    }

    #[test]
    fn no_letter_of_a_line_is_lost() {
        for file in &Words::bundled().code {
            let mut within = false;
            for line in file.text.lines() {
                let whole: String =
                    pieces(line, &file.language, &mut within).into_iter().map(|(_, piece)| piece).collect();
                assert_eq!(whole, line, "{}", file.file);
            }
            assert!(!within, "{}", file.file);
        }
    }
}
