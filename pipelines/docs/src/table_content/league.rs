//! Leagues: every team has met others, and the table is what their matches add up to.

use pixmo_render::{Cell, Column, NumberFormat, Rng, Table};

use super::finish;
use crate::banks::{Banks, League};
use crate::content::{Content, Nouns};
use crate::world::Subject;

/// What a team has won, lost and scored.
#[derive(Clone, Default)]
struct Record {
    won: i64,
    drawn: i64,
    lost: i64,
    scored: i64,
    against: i64,
}

impl Record {
    fn points(&self, league: &League) -> i64 {
        league.win * self.won + league.draw * self.drawn
    }

    fn take(&mut self, own: i64, other: i64) {
        self.scored += own;
        self.against += other;
        match own.cmp(&other) {
            std::cmp::Ordering::Greater => self.won += 1,
            std::cmp::Ordering::Equal => self.drawn += 1,
            std::cmp::Ordering::Less => self.lost += 1,
        }
    }
}

/// A league table after some rounds, in the order of points, goal difference and goals.
pub(super) fn standings(banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let bank = rng.pick(&banks.sheets.leagues);
    let domain = banks.domains.iter().find(|d| d.slug == bank.domain)?;
    let subject = Subject::of(domain, banks, rng);
    let count = 6 + 2 * rng.below(6);
    let towns = rng.sample(banks.towns.len(), count + 3);
    let seconds: Vec<&str> = bank.teams.split("; ").collect();
    let names: Vec<String> =
        towns.iter().map(|&t| format!("{} {}", banks.towns[t], rng.pick(&seconds))).collect();
    let rounds = (count - 1) * if rng.chance(0.4) { 2 } else { 1 };
    let played = (rounds - rng.below(rounds / 2)).max(4);
    let records = season(bank, count, played, rng);
    let mut order: Vec<usize> = (0..count).collect();
    let key = |team: usize| {
        let r = &records[team];
        (r.points(bank), r.scored - r.against, r.scored)
    };
    order.sort_by(|&a, &b| key(b).cmp(&key(a)).then(names[a].cmp(&names[b])));
    let goals = rng.chance(0.75);
    let full = rng.chance(0.35);
    let head = |short: &str, long: &str| if full { long.to_owned() } else { short.to_owned() };
    let mut columns = Vec::new();
    let placed = rng.chance(0.85);
    if placed {
        columns.push(Column::number(rng.word(&["#", "Pos"]), "", false));
    }
    columns.push(Column::text("Team"));
    let mut keys = vec!["played", "won", "drawn", "lost"];
    let mut heads = vec![head("P", "Played"), head("W", "Won"), head("D", "Drawn"), head("L", "Lost")];
    if goals {
        keys.extend(["scored", "against"]);
        heads.extend([head("GF", "For"), head("GA", "Against")]);
        if rng.chance(0.7) {
            keys.push("difference");
            heads.push(head("GD", "Difference"));
        }
    }
    keys.push("points");
    heads.push(head("Pts", "Points"));
    columns.extend(heads.iter().map(|h| Column::number(h.clone(), "", true)));
    let mut table = Table::new("observations", columns);
    let plain = NumberFormat::plain(0);
    for (place, &team) in order.iter().enumerate() {
        let record = &records[team];
        let mut row = Vec::new();
        if placed {
            row.push(Cell::number(place as f64 + 1.0, &plain));
        }
        row.push(Cell::text(names[team].clone()));
        for key in &keys {
            let value = match *key {
                "played" => played as i64,
                "won" => record.won,
                "drawn" => record.drawn,
                "lost" => record.lost,
                "scored" => record.scored,
                "against" => record.against,
                "difference" => record.scored - record.against,
                _ => record.points(bank),
            };
            row.push(Cell::number(value as f64, &plain));
        }
        table.rows.push(row);
    }
    let title =
        super::filled(rng.pick(&bank.titles).as_str(), &subject, rng).replace("{round}", &played.to_string());
    let first = usize::from(placed);
    let formats = vec![plain; table.columns.len()];
    let nouns = Nouns {
        row: "team".to_owned(),
        rows: "teams".to_owned(),
        measure: bank.goals.clone(),
        label: first,
        ..Nouns::default()
    };
    let absent = names[count..].to_vec();
    let said: Vec<&str> = order.iter().map(|&t| names[t].as_str()).collect();
    let plan = format!("{}|{}|{played}|{}", domain.slug, bank.name, said.join(","));
    let mut content = finish(banks, &subject, table, Vec::new(), title, nouns, absent, rng);
    content.formats = formats.into_iter().enumerate().map(|(c, f)| ((0, c), f)).collect();
    content.subtitle = if rng.chance(0.4) && !content.title.contains("round") {
        format!("After {played} matches")
    } else {
        String::new()
    };
    content.topic = format!("{} of {count} teams: standings", bank.name);
    Some(Content { plan, ..content })
}

/// Plays so many rounds of a circle schedule, in which every team meets another one each round.
fn season(league: &League, count: usize, rounds: usize, rng: &mut Rng) -> Vec<Record> {
    let strength: Vec<f64> = (0..count).map(|_| rng.range(0.55, 1.45)).collect();
    let mut records = vec![Record::default(); count];
    let mut circle: Vec<usize> = (0..count).collect();
    for _ in 0..rounds {
        for i in 0..count / 2 {
            let (a, b) = (circle[i], circle[count - 1 - i]);
            let (goals_a, goals_b) = (score(league, strength[a], rng), score(league, strength[b], rng));
            records[a].take(goals_a, goals_b);
            records[b].take(goals_b, goals_a);
        }
        circle[1..].rotate_right(1);
    }
    records
}

/// Goals of a team in a match: between the usual ends, more for stronger teams.
fn score(league: &League, strength: f64, rng: &mut Rng) -> i64 {
    let (low, high) = (league.low as f64, league.high as f64);
    let middle = low + (high - low) * 0.42 * if low > 5.0 { 1.0 + 0.35 * (strength - 1.0) } else { strength };
    let value = rng.normal(middle, (high - low) * 0.24);
    (value.round() as i64).clamp(league.low, league.high + 1)
}
