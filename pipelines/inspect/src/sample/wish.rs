//! Which looks are wanted: kinds, themes and languages of `docs`, bodies, strata and looks of `clocks`, found by reading
//! these columns alone.

use std::collections::{BTreeMap, BTreeSet};

use pixmo_console::{Failure, Interrupt};
use pixmo_schemas::Dataset;
use pixmo_shards::{FileEntry, Location, read_columns};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::crew;
use crate::rows::damaged;
use crate::sample::clocks;
use crate::tables::{FULL, Part};

/// The most names that an error lists.
const NAMES_MAX: usize = 90;

/// Flags that choose rows by their look.
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct WishArgs {
    /// Choose pictures of this kind, for example grouped_bar, or clocks with this body, for example wall-clock; several
    /// with commas, or by giving it again
    #[arg(long, visible_alias = "body", value_name = "NAME", value_delimiter = ',', conflicts_with = "id")]
    pub kind: Vec<String>,
    /// Choose pictures of docs of this theme
    #[arg(long, value_name = "NAME", value_delimiter = ',', conflicts_with = "id")]
    pub theme: Vec<String>,
    /// Choose pictures of docs whose words are in this language, for example en
    #[arg(long, value_name = "CODE", value_delimiter = ',', conflicts_with = "id")]
    pub language: Vec<String>,
    /// Choose clocks whose time was chosen so, for example overlap
    #[arg(long, value_name = "NAME", value_delimiter = ',', conflicts_with = "id")]
    pub stratum: Vec<String>,
    /// Choose clocks that look like photographs
    #[arg(long, conflicts_with = "id")]
    pub wild: bool,
    /// Choose clocks that are shown straight, whole and clean
    #[arg(long, conflicts_with_all = ["id", "wild"])]
    pub still: bool,
    /// Choose clocks from which no time can be read
    #[arg(long, conflicts_with = "id")]
    pub not_shown: bool,
}

/// What is read of a row of `docs`.
#[derive(Deserialize)]
struct DocsLooks {
    kind: String,
    theme: String,
    language: String,
}

/// The columns of [`DocsLooks`].
const DOCS_COLUMNS: &[&str] = &["kind", "theme", "language"];

/// What is read of a row of `clocks`.
#[derive(Deserialize)]
struct ClocksLooks {
    body: String,
    stratum: String,
    wild: bool,
    shows_time: bool,
}

/// The columns of [`ClocksLooks`].
const CLOCKS_COLUMNS: &[&str] = &["body", "stratum", "wild", "shows_time"];

/// The name of a clock's time that can be read, and of one that cannot.
const SHOWN: [&str; 2] = ["shown", "not shown"];

/// Something that rows are chosen by.
struct Aspect {
    /// Its word, and that for several.
    words: [&'static str; 2],
    /// Names of which a row must have one; empty if any will do.
    wanted: Vec<String>,
}

/// The names of a row, one for each aspect.
type Names = Vec<String>;

/// What was found in a part: its rows that fit, and the names that occur for each aspect.
#[derive(Default)]
struct Found {
    rows: Vec<u64>,
    names: Vec<BTreeSet<String>>,
}

impl Found {
    /// Counts a row that fits or does not.
    fn add(&mut self, row: u64, names: Names, aspects: &[Aspect]) {
        let fits =
            |(aspect, name): (&Aspect, &String)| aspect.wanted.is_empty() || aspect.wanted.contains(name);
        if aspects.iter().zip(&names).all(fits) {
            self.rows.push(row);
        }
        self.names.resize_with(names.len(), BTreeSet::new);
        for (known, name) in self.names.iter_mut().zip(names) {
            known.insert(name);
        }
    }
}

impl WishArgs {
    /// Nothing is asked for, so every row fits and no column need be read.
    pub(crate) fn is_empty(&self) -> bool {
        *self == WishArgs::default()
    }

    /// What rows of a dataset are chosen by.
    ///
    /// # Errors
    /// A request failure for a flag that says nothing of the pictures of this dataset.
    fn aspects(&self, dataset: Dataset) -> Result<Vec<Aspect>, Failure> {
        let is_clocks = dataset == Dataset::Clocks;
        let foreign = match is_clocks {
            true => vec![("--theme", !self.theme.is_empty()), ("--language", !self.language.is_empty())],
            false => vec![
                ("--stratum", !self.stratum.is_empty()),
                ("--wild", self.wild),
                ("--still", self.still),
                ("--not-shown", self.not_shown),
            ],
        };
        if let Some((flag, _)) = foreign.into_iter().find(|(_, is_given)| *is_given) {
            let own = match is_clocks {
                true => "`--kind` (or `--body`), `--stratum`, `--wild`, `--still` and `--not-shown`",
                false => "`--kind`, `--theme` and `--language`",
            };
            return Err(Failure::request(format!("`{flag}` does not choose among pictures of `{dataset}`"))
                .hint(format!("{own} do")));
        }
        let aspect = |words, wanted: &[String]| Aspect { words, wanted: wanted.to_vec() };
        let named = |is_wanted: bool, name: &str| is_wanted.then(|| name.to_owned());
        if !is_clocks {
            return Ok(vec![
                aspect(["kind", "kinds"], &self.kind),
                aspect(["theme", "themes"], &self.theme),
                aspect(["language", "languages"], &self.language),
            ]);
        }
        let looks: Vec<String> = named(self.wild, clocks::look(true)).into_iter().collect();
        let looks: Vec<String> = looks.into_iter().chain(named(self.still, clocks::look(false))).collect();
        let times: Vec<String> = named(self.not_shown, SHOWN[1]).into_iter().collect();
        Ok(vec![
            aspect(["body", "bodies"], &self.kind),
            aspect(["stratum", "strata"], &self.stratum),
            aspect(["look", "looks"], &looks),
            aspect(["time", "times"], &times),
        ])
    }

    /// The rows that fit, by their number among all rows of the parts.
    ///
    /// # Errors
    /// A request failure for a name that no row has, or names that no row has together; a data failure if a file is
    /// damaged; an interruption.
    pub(crate) fn rows(
        &self,
        dataset: Dataset,
        location: &Location,
        parts: &[Part],
        interrupt: &Interrupt,
    ) -> Result<Vec<u64>, Failure> {
        let aspects = self.aspects(dataset)?;
        let look = |part: &Part| match dataset {
            _ if interrupt.is_requested() => Ok(Found::default()),
            Dataset::Clocks => {
                found(location, part.images(), CLOCKS_COLUMNS, &aspects, |row: ClocksLooks| {
                    let shown = SHOWN[usize::from(!row.shows_time)];
                    vec![row.body, row.stratum, clocks::look(row.wild).to_owned(), shown.to_owned()]
                })
            }
            _ => found(location, part.side(FULL), DOCS_COLUMNS, &aspects, |row: DocsLooks| {
                vec![row.kind, row.theme, row.language]
            }),
        };
        let (mut rows, mut begin) = (Vec::new(), 0);
        let mut names = vec![BTreeSet::new(); aspects.len()];
        crew::in_order(parts, crew::jobs(None)?, look, |at, found| {
            rows.extend(found.rows.iter().map(|row| begin + row));
            begin += parts[at].main.rows;
            names.iter_mut().zip(found.names).for_each(|(all, names)| all.extend(names));
            Ok(())
        })?;
        if interrupt.is_requested() {
            return Err(Failure::interrupted("no picture was chosen yet").hint("run the same command again"));
        }
        for (Aspect { words, wanted }, known) in aspects.iter().zip(&names) {
            if let Some(name) = wanted.iter().find(|name| !known.contains(*name)) {
                return Err(unknown(*words, name, known).at(location.address()));
            }
        }
        if rows.is_empty() {
            let wanted = aspects.iter().filter(|aspect| !aspect.wanted.is_empty());
            let wanted: Vec<String> = wanted
                .map(|aspect| format!("{} `{}`", aspect.words[0], aspect.wanted.join("` or `")))
                .collect();
            return Err(Failure::request(format!("no picture has {}", wanted.join(" and ")))
                .at(location.address())
                .hint("each occurs, but not together; ask for fewer"));
        }
        Ok(rows)
    }
}

/// What a file says of the looks of its rows; nothing where the file is missing.
fn found<T: DeserializeOwned>(
    location: &Location,
    file: Option<&FileEntry>,
    columns: &[&str],
    aspects: &[Aspect],
    names: impl Fn(T) -> Names,
) -> Result<Found, Failure> {
    let mut found = Found::default();
    let Some(file) = file else { return Ok(found) };
    for (row, looks) in (0..).zip(read_columns::<T>(location, file, columns).map_err(damaged)?) {
        found.add(row, names(looks.map_err(damaged)?), aspects);
    }
    Ok(found)
}

/// A name that no picture has, with those that it may stand for and all there are.
fn unknown([word, words]: [&str; 2], name: &str, known: &BTreeSet<String>) -> Failure {
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
    failure.hint(format!("the {words} here are {all}"))
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

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn every_wish_must_be_met_and_each_by_one_of_its_names() {
        let wish = WishArgs { kind: names(&["bar", "pie"]), theme: names(&["plain"]), ..WishArgs::default() };
        let aspects = wish.aspects(Dataset::Docs).expect("flags of docs");
        let fits = |kind: &str, theme: &str| {
            let mut found = Found::default();
            found.add(7, names(&[kind, theme, "de"]), &aspects);
            found.rows == [7]
        };
        assert!(fits("bar", "plain") && fits("pie", "plain"));
        assert!(!fits("line", "plain") && !fits("bar", "dark"));
        assert!(WishArgs::default().is_empty() && !wish.is_empty());
    }

    #[test]
    fn clocks_are_chosen_by_what_clocks_have() {
        let wish = WishArgs { wild: true, not_shown: true, ..WishArgs::default() };
        let aspects = wish.aspects(Dataset::Clocks).expect("flags of clocks");
        let wanted: Vec<&[String]> = aspects.iter().map(|aspect| aspect.wanted.as_slice()).collect();
        assert_eq!(wanted, [&[] as &[String], &[], &names(&["wild"]), &names(&["not shown"])]);
        let refused = |wish: &WishArgs, dataset| wish.aspects(dataset).err().map(|failure| failure.message);
        assert_eq!(
            refused(&wish, Dataset::Docs).as_deref(),
            Some("`--wild` does not choose among pictures of `docs`")
        );
        let wish = WishArgs { theme: names(&["plain"]), ..WishArgs::default() };
        assert_eq!(
            refused(&wish, Dataset::Clocks).as_deref(),
            Some("`--theme` does not choose among pictures of `clocks`")
        );
    }
}
