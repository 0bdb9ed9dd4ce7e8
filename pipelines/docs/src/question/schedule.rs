//! Questions about schedules: what takes place when, where, how often and how long.

use pixmo_render::{NumberFormat, Rng, Table};

use super::wording::{DECLINES, phrase};
use super::{Draft, Style};
use crate::content::Content;
use crate::program::{Expr, Is, Test};

/// Columns of the entries; a place may stand in the last.
const DAY: usize = 0;
const FROM: usize = 1;
const TO: usize = 2;
const WHAT: usize = 3;
const PLACE: usize = 4;

/// The entries, and what is a break and no entry like the others.
struct Schedule<'a> {
    table: &'a Table,
    breaks: Vec<&'a str>,
    content: &'a Content,
}

impl<'a> Schedule<'a> {
    fn of(content: &'a Content) -> Option<Self> {
        let table = content.table();
        let breaks = content.data.tables.iter().find(|t| t.name == "breaks").map(|t| t.texts(0));
        (table.columns.len() > WHAT && !table.rows.is_empty()).then(|| Schedule {
            table,
            breaks: breaks.unwrap_or_default(),
            content,
        })
    }

    fn shown(&self, row: usize, column: usize) -> &'a str {
        &self.table.rows[row][column].shown
    }

    fn is_break(&self, row: usize) -> bool {
        self.breaks.contains(&self.shown(row, WHAT))
    }

    /// A row that is no break.
    fn row(&self, rng: &mut Rng) -> Option<usize> {
        (0..8).map(|_| rng.below(self.table.rows.len())).find(|&r| !self.is_break(r))
    }

    /// The rows with these texts that are no breaks.
    fn with(&self, tests: &[(usize, &str)]) -> Expr {
        let own = tests.iter().map(|&(column, text)| Test { column, is: Is::Text(text.to_owned()) });
        let named = tests.iter().any(|t| t.0 == WHAT);
        let present =
            self.breaks.iter().filter(|b| (0..self.table.rows.len()).any(|r| self.shown(r, WHAT) == **b));
        let none = present.filter(|_| !named).map(|b| Test { column: WHAT, is: Is::Not((*b).to_owned()) });
        Expr::Rows { table: 0, keep: own.chain(none).collect() }
    }

    /// How many rows have these texts and are no breaks.
    fn count(&self, tests: &[(usize, &str)]) -> usize {
        (0..self.table.rows.len())
            .filter(|&r| tests.iter().all(|&(c, t)| self.shown(r, c) == t) && !self.is_break(r))
            .count()
    }

    /// `on Monday`, `in Hall A`, `on the Lake stage`.
    fn at(&self, day: &str) -> String {
        match self.content.nouns.series.as_str() {
            "day" => format!("on {}", full(day)),
            "stage" if day.ends_with("stage") => format!("on the {day}"),
            "stage" => format!("at “{day}”"),
            _ => format!("in {day}"),
        }
    }
}

fn full(name: &str) -> &str {
    const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    NAMES.into_iter().find(|full| full.starts_with(name)).unwrap_or(name)
}

fn whole() -> NumberFormat {
    NumberFormat { group: None, ..NumberFormat::plain(0) }
}

/// Proposes one question.
pub(super) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let schedule = Schedule::of(content)?;
    match rng.below(12) {
        0..=2 => at_time(&schedule, rng),
        3 | 4 => when(&schedule, rng),
        5 => count_day(&schedule, rng),
        6 => how_often(&schedule, rng),
        7 => ends(&schedule, rng),
        8 => place(&schedule, rng),
        9 => yes_no(&schedule, rng),
        10 => compare(&schedule, rng),
        _ => structure(&schedule, rng),
    }
}

/// Proposes a question that the schedule does not answer.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let name = rng.pick(content.absent.get(..).filter(|a| !a.is_empty())?).clone();
    let patterns: &[&str] = match content.nouns.series.as_str() {
        "day" => {
            &["On which day is {name}?", "When does {name} take place?", "At what time does {name} begin?"]
        }
        _ => &["When does {name} begin?", "In which column is {name}?", "When does {name} end?"],
    };
    let text = phrase(rng, patterns, &[("name", &name)]);
    let decline = (*rng.pick(DECLINES)).to_owned();
    let program = Expr::Absent { table: 0, column: Some(WHAT), text: name, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}

fn at_time(s: &Schedule<'_>, rng: &mut Rng) -> Option<Draft> {
    let row = s.row(rng)?;
    let (day, from) = (s.shown(row, DAY), s.shown(row, FROM));
    let at = s.at(day);
    let text = phrase(
        rng,
        &[
            "What begins at {from} {at}?",
            "Which {noun} starts at {from} {at}?",
            "What takes place {at} from {from}?",
        ],
        &[("from", from), ("at", &at), ("noun", &s.content.nouns.row)],
    );
    let one = Expr::Rows {
        table: 0,
        keep: vec![
            Test { column: DAY, is: Is::Text(day.to_owned()) },
            Test { column: FROM, is: Is::Text(from.to_owned()) },
        ],
    };
    let draft = Draft::new("at_time", 1, text, Expr::Shown(one.clone().over(WHAT)));
    let follow = phrase(rng, &["And when does it end?", "At what time does that end?"], &[]);
    Some(draft.followed_by(Draft::new("end_next", 2, follow, Expr::Shown(one.over(TO)))))
}

fn when(s: &Schedule<'_>, rng: &mut Rng) -> Option<Draft> {
    let row = s.row(rng)?;
    let (day, what) = (s.shown(row, DAY), s.shown(row, WHAT));
    let at = s.at(day);
    let once = s.count(&[(WHAT, what)]) == 1;
    if once && rng.chance(0.45) {
        let patterns: &[&str] = match s.content.nouns.series.as_str() {
            "day" => &["On which day is {what}?", "On which day of the week does {what} take place?"],
            "stage" => &["Where does {what} play?", "At which place does {what} play?"],
            "hall" => &["In which hall is {what}?", "Which hall is {what} in?"],
            _ => &["In which room is {what}?", "Which room is {what} in?"],
        };
        let text = phrase(rng, patterns, &[("what", what)]);
        return Some(Draft::new("which_day", 2, text, Expr::Shown(s.with(&[(WHAT, what)]).over(DAY))));
    }
    if s.count(&[(WHAT, what), (DAY, day)]) > 1 {
        return None;
    }
    let (column, word) = *rng.pick(&[(FROM, "begin"), (TO, "end")]);
    let patterns: &[&str] = if once {
        &["At what time does {what} {word}?", "When does {what} {word}?"]
    } else {
        &["At what time does {what} {word} {at}?", "When does {what} {word} {at}?"]
    };
    let text = phrase(rng, patterns, &[("what", what), ("word", word), ("at", &at)]);
    let rows = if once { s.with(&[(WHAT, what)]) } else { s.with(&[(WHAT, what), (DAY, day)]) };
    Some(Draft::new("lookup", 2, text, Expr::Shown(rows.over(column))))
}

fn count_day(s: &Schedule<'_>, rng: &mut Rng) -> Option<Draft> {
    let row = s.row(rng)?;
    let day = s.shown(row, DAY);
    let at = s.at(day);
    let fill = [("at", at.as_str()), ("rows", s.content.nouns.rows.as_str())];
    let rows = s.with(&[(DAY, day)]);
    if s.count(&[(DAY, day)]) <= 4 && rng.chance(0.35) {
        let text = phrase(
            rng,
            &["Which {rows} take place {at}? Name them in order.", "List the {rows} {at} in order."],
            &fill,
        );
        return Some(Draft::new("names_group", 3, text, Expr::Names(rows.over(WHAT))));
    }
    let apart = if s.breaks.is_empty() { "" } else { ", breaks not counted" };
    let text = phrase(
        rng,
        &["How many {rows} take place {at}{apart}?", "How many {rows} are entered {at}{apart}?"],
        &[fill[0], fill[1], ("apart", apart)],
    );
    Some(Draft::new("count_group", 2, text, Expr::Count(rows.boxed()).print(&whole())))
}

fn how_often(s: &Schedule<'_>, rng: &mut Rng) -> Option<Draft> {
    let row = s.row(rng)?;
    let what = s.shown(row, WHAT);
    let rows = s.with(&[(WHAT, what)]);
    if s.count(&[(WHAT, what)]) < 2 {
        return None;
    }
    let days: Vec<&str> =
        (0..s.table.rows.len()).filter(|&r| s.shown(r, WHAT) == what).map(|r| s.shown(r, DAY)).collect();
    let distinct = days.windows(2).all(|pair| pair[0] != pair[1]);
    if distinct && s.content.nouns.series == "day" && rng.chance(0.5) {
        let text = phrase(
            rng,
            &["On which days is {what}?", "On which days of the week does {what} take place?"],
            &[("what", what)],
        );
        return Some(Draft::new("days_of", 3, text, Expr::Names(rows.over(DAY))));
    }
    let text = phrase(
        rng,
        &[
            "How many times is {what} entered?",
            "How many blocks say {what}?",
            "How often does {what} appear in the plan?",
        ],
        &[("what", what)],
    );
    Some(Draft::new("count_event", 2, text, Expr::Count(rows.boxed()).print(&whole())))
}

fn ends(s: &Schedule<'_>, rng: &mut Rng) -> Option<Draft> {
    let row = s.row(rng)?;
    let day = s.shown(row, DAY);
    let at = s.at(day);
    let last = rng.chance(0.5);
    let rows = s.with(&[(DAY, day)]).boxed();
    let end = if last { Expr::Last(rows) } else { Expr::First(rows) };
    let word = if last { "last" } else { "first" };
    let fill = [("word", word), ("at", at.as_str()), ("noun", s.content.nouns.row.as_str())];
    let (column, patterns): (usize, &[&str]) = match (rng.below(3), last) {
        (0, false) => (FROM, &["At what time does the first {noun} {at} begin?"]),
        (0, true) => (TO, &["At what time does the last {noun} {at} end?"]),
        _ => (WHAT, &["What is the {word} {noun} {at}?", "Which {noun} is the {word} one {at}?"]),
    };
    Some(Draft::new("ends", 2, phrase(rng, patterns, &fill), Expr::Shown(end.over(column))))
}

fn place(s: &Schedule<'_>, rng: &mut Rng) -> Option<Draft> {
    if s.table.columns.len() <= PLACE {
        return None;
    }
    let row = s.row(rng)?;
    let (day, from, what, place) =
        (s.shown(row, DAY), s.shown(row, FROM), s.shown(row, WHAT), s.shown(row, PLACE));
    let at = s.at(day);
    let noun = s.content.nouns.measure.as_str();
    let fill = [
        ("what", what),
        ("at", at.as_str()),
        ("from", from),
        ("noun", noun),
        ("place", place),
        ("rows", s.content.nouns.rows.as_str()),
    ];
    if rng.chance(0.3) && s.count(&[(PLACE, place)]) > 1 {
        let text = phrase(
            rng,
            &["How many {rows} are marked “{place}”?", "How often does “{place}” stand in the plan?"],
            &fill,
        );
        let count = Expr::Count(s.with(&[(PLACE, place)]).boxed());
        return Some(Draft::new("count_place", 3, text, count.print(&whole())));
    }
    let once = s.count(&[(WHAT, what)]) == 1;
    let patterns: &[&str] = match once {
        true => &["Which {noun} is given for {what}?", "What is the {noun} of {what}?"],
        false => &["Which {noun} is given for {what} {at} at {from}?"],
    };
    let rows = if once { s.with(&[(WHAT, what)]) } else { s.with(&[(WHAT, what), (DAY, day), (FROM, from)]) };
    Some(Draft::new("lookup_place", 2, phrase(rng, patterns, &fill), Expr::Shown(rows.over(PLACE))))
}

fn yes_no(s: &Schedule<'_>, rng: &mut Rng) -> Option<Draft> {
    let yes = rng.chance(0.5);
    let (row, other) = (s.row(rng)?, s.row(rng)?);
    let (day, what) = (s.shown(if yes { row } else { other }, DAY), s.shown(row, WHAT));
    let count = s.count(&[(WHAT, what), (DAY, day)]);
    if (count > 0) != yes {
        return None;
    }
    let at = s.at(day);
    let text = phrase(
        rng,
        &["Does {what} take place {at}?", "Is {what} entered {at}?"],
        &[("what", what), ("at", &at)],
    );
    let found = Expr::Count(s.with(&[(WHAT, what), (DAY, day)]).boxed());
    let half = Expr::Constant(rust_decimal::Decimal::new(5, 1));
    let program = Expr::YesNo(Expr::Greater(found.boxed(), half.boxed()).boxed());
    Some(Draft::new("any_yes_no", 2, text, program).styled(Style::YesNo))
}

fn compare(s: &Schedule<'_>, rng: &mut Rng) -> Option<Draft> {
    let (a, b) = (s.shown(s.row(rng)?, DAY), s.shown(s.row(rng)?, DAY));
    if s.count(&[(DAY, a)]) == s.count(&[(DAY, b)]) {
        return None;
    }
    let (at_a, at_b) = (s.at(a), s.at(b));
    let text = phrase(
        rng,
        &["Are there more {rows} {a} than {b}?", "Do more {rows} take place {a} than {b}?"],
        &[("rows", &s.content.nouns.rows), ("a", &at_a), ("b", &at_b)],
    );
    let count = |day: &str| Expr::Count(s.with(&[(DAY, day)]).boxed()).boxed();
    let program = Expr::YesNo(Expr::Greater(count(a), count(b)).boxed());
    Some(Draft::new("more_yes_no", 4, text, program).styled(Style::YesNo))
}

fn structure(s: &Schedule<'_>, rng: &mut Rng) -> Option<Draft> {
    if rng.chance(0.4) {
        let text = phrase(
            rng,
            &["How many {columns} does the plan show?", "For how many {columns} is the plan?"],
            &[("columns", &s.content.nouns.series_plural)],
        );
        let days = s.content.data.tables.iter().position(|t| t.name == "days")?;
        return Some(Draft::new(
            "count_columns",
            1,
            text,
            Expr::Count(Expr::all(days).boxed()).print(&whole()),
        ));
    }
    let row = s.row(rng)?;
    let from = s.shown(row, FROM);
    let count = s.count(&[(FROM, from)]);
    if count < 2 {
        return None;
    }
    let text = phrase(
        rng,
        &["How many {rows} begin at {from}?", "Count the {rows} that start at {from}."],
        &[("rows", &s.content.nouns.rows), ("from", from)],
    );
    let rows = s.with(&[(FROM, from)]);
    Some(Draft::new("count_time", 3, text, Expr::Count(rows.boxed()).print(&whole())))
}
