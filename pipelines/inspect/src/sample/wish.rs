//! Which looks are wanted: kinds, themes and languages, found by reading these columns alone.

use std::collections::{BTreeMap, BTreeSet};

use pixmo_console::{Failure, Interrupt};
use pixmo_shards::{Location, read_columns};
use serde::Deserialize;

use crate::crew;
use crate::docs_rows::damaged;
use crate::tables::{FULL, Part};

/// The most names that an error lists.
const NAMES_MAX: usize = 90;

/// Flags that choose rows by their look.
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct WishArgs {
    /// Choose pictures of this kind, for example grouped_bar; several with commas, or by giving it again
    #[arg(long, value_name = "NAME", value_delimiter = ',', conflicts_with = "id")]
    pub kind: Vec<String>,
    /// Choose pictures of this theme
    #[arg(long, value_name = "NAME", value_delimiter = ',', conflicts_with = "id")]
    pub theme: Vec<String>,
    /// Choose pictures whose words are in this language, for example en
    #[arg(long, value_name = "CODE", value_delimiter = ',', conflicts_with = "id")]
    pub language: Vec<String>,
}

/// What is read of a row.
#[derive(Deserialize)]
struct Looks {
    kind: String,
    theme: String,
    language: String,
}

/// The columns of [`Looks`].
const COLUMNS: &[&str] = &["kind", "theme", "language"];

/// What was found in a part: its rows that fit, and the names that occur.
#[derive(Default)]
struct Found {
    rows: Vec<u64>,
    names: [BTreeSet<String>; 3],
}

impl WishArgs {
    /// Nothing is asked for, so every row fits and no column need be read.
    pub(crate) fn is_empty(&self) -> bool {
        self.all().iter().all(|(_, wanted)| wanted.is_empty())
    }

    fn all(&self) -> [(&'static str, &[String]); 3] {
        [("kind", &self.kind), ("theme", &self.theme), ("language", &self.language)]
    }

    fn fits(&self, looks: &Looks) -> bool {
        let fits = |wanted: &[String], name: &String| wanted.is_empty() || wanted.contains(name);
        fits(&self.kind, &looks.kind)
            && fits(&self.theme, &looks.theme)
            && fits(&self.language, &looks.language)
    }

    /// The rows that fit, by their number among all rows of the parts.
    ///
    /// # Errors
    /// A request failure for a name that no row has, or names that no row has together; a data failure if a file is
    /// damaged; an interruption.
    pub(crate) fn rows(
        &self,
        location: &Location,
        parts: &[Part],
        interrupt: &Interrupt,
    ) -> Result<Vec<u64>, Failure> {
        let look = |part: &Part| self.look(location, part, interrupt);
        let (mut rows, mut begin) = (Vec::new(), 0);
        let mut names: [BTreeSet<String>; 3] = Default::default();
        crew::in_order(parts, crew::jobs(None)?, look, |at, found| {
            rows.extend(found.rows.iter().map(|row| begin + row));
            begin += parts[at].main.rows;
            names.iter_mut().zip(found.names).for_each(|(all, names)| all.extend(names));
            Ok(())
        })?;
        if interrupt.is_requested() {
            return Err(Failure::interrupted("no picture was chosen yet").hint("run the same command again"));
        }
        for ((word, wanted), known) in self.all().into_iter().zip(&names) {
            if let Some(name) = wanted.iter().find(|name| !known.contains(*name)) {
                return Err(unknown(word, name, known).at(location.address()));
            }
        }
        if rows.is_empty() {
            let wanted = self.all().into_iter().filter(|(_, names)| !names.is_empty());
            let wanted: Vec<String> =
                wanted.map(|(word, names)| format!("{word} `{}`", names.join("` or `"))).collect();
            return Err(Failure::request(format!("no picture has {}", wanted.join(" and ")))
                .at(location.address())
                .hint("each occurs, but not together; ask for fewer"));
        }
        Ok(rows)
    }

    fn look(&self, location: &Location, part: &Part, interrupt: &Interrupt) -> Result<Found, Failure> {
        let mut found = Found::default();
        let Some(file) = part.side(FULL).filter(|_| !interrupt.is_requested()) else { return Ok(found) };
        for (row, looks) in (0..).zip(read_columns::<Looks>(location, file, COLUMNS).map_err(damaged)?) {
            let looks = looks.map_err(damaged)?;
            if self.fits(&looks) {
                found.rows.push(row);
            }
            for (names, name) in found.names.iter_mut().zip([looks.kind, looks.theme, looks.language]) {
                names.insert(name);
            }
        }
        Ok(found)
    }
}

/// A name that no picture has, with those that it may stand for and all there are.
fn unknown(word: &str, name: &str, known: &BTreeSet<String>) -> Failure {
    let near = near(name, known);
    let quoted = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>();
    let mut all = quoted(&known.iter().map(String::as_str).take(NAMES_MAX).collect::<Vec<_>>()).join(", ");
    if known.len() > NAMES_MAX {
        all.push_str(&format!(" and {} more", known.len() - NAMES_MAX));
    }
    let failure = Failure::request(format!("no picture has the {word} `{name}`"));
    let failure = match near.is_empty() {
        true => failure,
        false => failure.hint(format!("did you mean {}?", quoted(&near).join(" or "))),
    };
    failure.hint(format!("the {word}s here are {all}"))
}

/// Up to three names that differ by few letters, or share a word with the asked one.
fn near<'a>(name: &str, known: &'a BTreeSet<String>) -> Vec<&'a str> {
    let words = |name: &str| -> BTreeSet<String> {
        let words = name.split(['_', '-', ' ']).map(str::to_lowercase);
        words.filter(|word| word.len() >= 3).collect()
    };
    let asked = words(name);
    let mut near: BTreeMap<(usize, &str), ()> = BTreeMap::new();
    for candidate in known {
        let letters = name.chars().count().max(candidate.chars().count());
        let distance = strsim::damerau_levenshtein(&name.to_lowercase(), &candidate.to_lowercase());
        if distance * 3 <= letters || !words(candidate).is_disjoint(&asked) {
            near.insert((distance, candidate), ());
        }
    }
    near.into_keys().map(|(_, name)| name).take(3).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_offered_nearest_first_and_far_ones_are_not() {
        let known: BTreeSet<String> =
            ["bar", "grouped_bar", "stacked_bar", "pie", "line"].map(str::to_owned).into();
        assert_eq!(near("gruoped_bar", &known), ["grouped_bar", "stacked_bar", "bar"]);
        assert_eq!(near("pies", &known), ["pie"]);
        assert_eq!(near("sankey", &known), [""; 0]);
    }

    #[test]
    fn every_wish_must_be_met_and_each_by_one_of_its_names() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let wish = WishArgs { kind: names(&["bar", "pie"]), theme: names(&["plain"]), language: Vec::new() };
        let fits = |kind: &str, theme: &str| {
            let [kind, theme, language] = [kind, theme, "de"].map(str::to_owned);
            wish.fits(&Looks { kind, theme, language })
        };
        assert!(fits("bar", "plain") && fits("pie", "plain"));
        assert!(!fits("line", "plain") && !fits("bar", "dark"));
        assert!(WishArgs::default().is_empty() && !wish.is_empty());
    }
}
