//! The words of papers in the languages other than English.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use pixmo_render::Rng;
use serde::Deserialize;

use super::super::locale::DateStyle;

/// A good or dish with what it costs, in euros.
#[derive(Clone, Debug)]
pub(super) struct Ware {
    pub(super) name: String,
    pub(super) euros: f64,
}

/// All words of one language.
#[derive(Debug)]
pub(super) struct Papers {
    language: String,
    /// The culture whose names of people and towns are used.
    pub(super) culture: String,
    /// Name of the tax on sales.
    pub(super) tax: String,
    /// Its rates in per cent.
    pub(super) rates: Vec<String>,
    /// What stands behind per cent.
    pub(super) percent: String,
    /// What a receipt says at its end.
    pub(super) thanks: Vec<String>,
    /// What an invoice says about paying.
    pub(super) wishes: Vec<String>,
    /// What a menu says at its end.
    pub(super) advice: Vec<String>,
    /// Names of shops.
    pub(super) shops: Vec<String>,
    /// Names of restaurants.
    pub(super) houses: Vec<String>,
    /// Names of firms.
    pub(super) firms: Vec<String>,
    /// Names of places with opening hours.
    pub(super) offices: Vec<String>,
    pub(super) groceries: Vec<Ware>,
    pub(super) goods: Vec<Ware>,
    /// The courses of a menu: key of the heading, dishes.
    pub(super) courses: [(&'static str, Vec<Ware>); 4],
    words: BTreeMap<String, String>,
    /// All characters that the words use.
    pub(super) letters: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    language: String,
    culture: String,
    tax: String,
    rates: Vec<String>,
    percent: String,
    thanks: Vec<String>,
    wishes: Vec<String>,
    advice: Vec<String>,
    shops: Vec<String>,
    houses: Vec<String>,
    firms: Vec<String>,
    offices: Vec<String>,
    groceries: Vec<String>,
    goods: Vec<String>,
    starters: Vec<String>,
    mains: Vec<String>,
    desserts: Vec<String>,
    drinks: Vec<String>,
    words: BTreeMap<String, String>,
}

const FILES: &[&str] = &[
    include_str!("../../../../../data/sources/world/languages/papers/de.toml"),
    include_str!("../../../../../data/sources/world/languages/papers/es.toml"),
    include_str!("../../../../../data/sources/world/languages/papers/fr.toml"),
    include_str!("../../../../../data/sources/world/languages/papers/it.toml"),
    include_str!("../../../../../data/sources/world/languages/papers/nl.toml"),
    include_str!("../../../../../data/sources/world/languages/papers/pl.toml"),
    include_str!("../../../../../data/sources/world/languages/papers/pt.toml"),
    include_str!("../../../../../data/sources/world/languages/papers/sv.toml"),
];

impl Papers {
    /// All languages.
    pub(super) fn all() -> &'static [Papers] {
        static ALL: OnceLock<Vec<Papers>> = OnceLock::new();
        ALL.get_or_init(|| FILES.iter().map(|text| Papers::read(text)).collect())
    }

    /// The words of a language.
    ///
    /// # Panics
    /// Never in a released program: a test asks for every language of the banks.
    pub(super) fn of(language: &str) -> &'static Papers {
        let found = Self::all().iter().find(|papers| papers.language == language);
        found.unwrap_or_else(|| panic!("there are papers in `{language}`"))
    }

    fn read(text: &str) -> Papers {
        let file: File = toml::from_str(text).expect("the words of papers have the form of `File`");
        // Comments would give letters that are never printed, and those of English anyway.
        let letters: BTreeSet<char> =
            text.chars().filter(|c| !c.is_control()).chain("€–−×*:·".chars()).collect();
        Papers {
            language: file.language,
            culture: file.culture,
            tax: file.tax,
            rates: file.rates,
            percent: file.percent,
            thanks: file.thanks,
            wishes: file.wishes,
            advice: file.advice,
            shops: file.shops,
            houses: file.houses,
            firms: file.firms,
            offices: file.offices,
            groceries: wares(&file.groceries),
            goods: wares(&file.goods),
            courses: [
                ("starters", wares(&file.starters)),
                ("mains", wares(&file.mains)),
                ("desserts", wares(&file.desserts)),
                ("drinks", wares(&file.drinks)),
            ],
            words: file.words,
            letters: letters.into_iter().collect(),
        }
    }

    /// A word by its key.
    ///
    /// # Panics
    /// Never in a released program: a test compares the keys of all languages with those that are asked for.
    pub(super) fn word(&self, key: &str) -> &str {
        self.words.get(key).unwrap_or_else(|| panic!("`{}` has a word for `{key}`", self.language))
    }

    /// How dates are written: in digits, since months would be English.
    pub(super) fn dates(&self) -> DateStyle {
        match self.language.as_str() {
            "de" | "pl" => DateStyle::Dots,
            "nl" => DateStyle::Dashes,
            "sv" => DateStyle::Iso,
            _ => DateStyle::Slashes,
        }
    }

    /// Different wares of a list.
    pub(super) fn some(list: &[Ware], count: usize, rng: &mut Rng) -> Vec<Ware> {
        rng.sample(list.len(), count.min(list.len())).into_iter().map(|index| list[index].clone()).collect()
    }

    #[cfg(test)]
    pub(super) fn keys(&self) -> Vec<&str> {
        self.words.keys().map(String::as_str).collect()
    }
}

/// `Vollkornbrot 3.2` is a name with a price.
fn wares(list: &[String]) -> Vec<Ware> {
    let ware = |text: &String| {
        let (name, euros) = text.rsplit_once(' ').expect("a name and a price");
        Ware { name: name.to_owned(), euros: euros.parse().expect("a price is a number") }
    };
    list.iter().map(ware).collect()
}
