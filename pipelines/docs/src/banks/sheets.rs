//! Banks for tables of special forms: ticks, prices, accounts, parameters with units, leagues, and natural groups.

use serde::Deserialize;

/// All banks that tables of special forms are made from.
#[derive(Debug, Default)]
pub struct SheetBanks {
    /// What has what.
    pub matrices: Vec<Matrix>,
    /// Lists of goods and services with usual prices.
    pub prices: Vec<PriceList>,
    /// Income and costs by heading.
    pub accounts: Vec<Account>,
    /// Rows that have units of their own.
    pub parameters: Vec<Parameters>,
    /// Teams that play each other.
    pub leagues: Vec<League>,
    /// Products with their data sheets.
    pub products: Vec<Product>,
    /// Groups into which things fall by nature.
    pub groupings: Vec<Grouping>,
}

fn english() -> String {
    "en".to_owned()
}

/// Rows that have some of the things in the columns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matrix {
    /// ISO 639-1.
    #[serde(default = "english")]
    pub language: String,
    /// The domain's stable name.
    pub domain: String,
    /// One row, as questions call it.
    pub row: String,
    /// Several of them.
    pub rows: String,
    /// What the column of rows is headed with, where that is not the English noun.
    #[serde(default)]
    pub kind: String,
    /// Patterns of titles with `{org}`, `{town}`, `{year}`.
    pub titles: Vec<String>,
    /// The rows, parted by `; `.
    pub names: String,
    /// Headings, and how each stands in a sentence.
    pub columns: Vec<[String; 2]>,
    /// The columns keep their order.
    #[serde(default)]
    pub ordered: bool,
    /// Asks for one cell, with `{label}` and `{column}`.
    #[serde(default)]
    pub ask: String,
    /// What is said of rows with a tick.
    #[serde(default)]
    pub having: String,
    /// What is said of rows without one.
    #[serde(default)]
    pub lacking: String,
    /// What is so in every picture: a row, the headings it has, and those it lacks, both parted by `; `.
    #[serde(default)]
    pub sure: Vec<[String; 3]>,
}

impl Matrix {
    /// True or false where a row is sure to have what a heading says, or sure to lack it.
    pub fn known(&self, row: &str, heading: &str) -> Option<bool> {
        let [_, has, lacks] = self.sure.iter().find(|sure| sure[0] == row)?;
        let among = |list: &str| list.split("; ").any(|one| one == heading);
        match () {
            () if among(has) => Some(true),
            () if among(lacks) => Some(false),
            () => None,
        }
    }
}

/// Goods or services with their usual prices.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceList {
    /// ISO 639-1.
    #[serde(default = "english")]
    pub language: String,
    /// The domain's stable name.
    pub domain: String,
    /// One row, as questions call it.
    pub row: String,
    /// Several of them.
    pub rows: String,
    /// What the column of rows is headed with, where that is not the English noun.
    #[serde(default)]
    pub kind: String,
    /// Patterns of titles with `{org}`, `{place}`, `{year}`.
    pub titles: Vec<String>,
    /// Kinds of price with their factor; none for one price.
    #[serde(default)]
    pub heads: Vec<(String, f64)>,
    /// `Name | small print 4.5`, parted by `; `.
    pub goods: String,
}

impl PriceList {
    /// Names, small print and usual prices.
    pub fn goods(&self) -> impl Iterator<Item = (&str, &str, f64)> {
        self.goods.split("; ").filter_map(|good| {
            let (text, price) = good.rsplit_once(' ')?;
            let (name, detail) = text.split_once(" | ").unwrap_or((text, ""));
            Some((name, detail, price.parse().ok()?))
        })
    }
}

/// An account of one house.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The domain's stable name.
    pub domain: String,
    /// Patterns of titles with `{org}`, `{town}`.
    pub titles: Vec<String>,
    /// Its parts in order.
    pub sections: Vec<AccountSection>,
    /// What the last line is called.
    pub result: String,
    /// Amounts are printed in full, not in thousands.
    #[serde(default)]
    pub small: bool,
}

/// A part of an account.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountSection {
    /// Its heading.
    pub name: String,
    /// -1 for what is taken off.
    pub sign: i32,
    /// `Name low high`, parted by `; `.
    pub items: String,
    /// What the sum of all so far is called, when it is given.
    #[serde(default)]
    pub after: String,
}

impl AccountSection {
    /// Names with their usual low and high end.
    pub fn items(&self) -> impl Iterator<Item = (&str, f64, f64)> {
        self.items.split("; ").filter_map(|item| {
            let (rest, high) = item.rsplit_once(' ')?;
            let (name, low) = rest.rsplit_once(' ')?;
            Some((name, low.parse().ok()?, high.parse().ok()?))
        })
    }
}

/// Quantities of different units, side by side for several things or times.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// The domain's stable name.
    pub domain: String,
    /// Patterns of titles with `{org}`, `{town}`, `{place}`, `{year}`.
    pub titles: Vec<String>,
    /// One row, as questions call it.
    pub row: String,
    /// Several of them.
    pub rows_plural: String,
    /// One column.
    pub series: String,
    /// Several of them.
    pub series_plural: String,
    /// The columns, parted by `; `; `years` and `quarters` stand for a run of such.
    pub columns: String,
    /// How far the columns of a row lie apart.
    pub spread: f64,
    /// Name, unit, low, high, decimals.
    pub rows: Vec<(String, String, f64, f64, u32)>,
}

/// A league.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct League {
    /// The domain's stable name.
    pub domain: String,
    /// What is played.
    pub name: String,
    /// Patterns of titles with `{town}`, `{round}`, `{year}`.
    pub titles: Vec<String>,
    /// Second names of teams, parted by `; `.
    pub teams: String,
    /// Points for a win.
    pub win: i64,
    /// Points for a draw.
    pub draw: i64,
    /// Fewest goals of a team in a match.
    pub low: i64,
    /// Most of them.
    pub high: i64,
    /// What is scored.
    pub goals: String,
}

/// A product with its data sheet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// The domain's stable name.
    pub domain: String,
    /// What it is.
    pub kind: String,
    /// Names of models, parted by `; `.
    pub names: String,
    /// Properties and their values: texts parted by `/`, or `{low-high:decimals}` with what stands around it.
    pub rows: Vec<[String; 2]>,
}

/// Groups into which the things of one kind fall.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grouping {
    /// The domain's stable name.
    pub domain: String,
    /// The kind of its things.
    pub kind: String,
    /// What a group is called, as a heading.
    pub by: String,
    /// Names of groups with their things, parted by `; `.
    pub groups: Vec<[String; 2]>,
}

impl Grouping {
    /// The group that a thing belongs to.
    pub fn group_of(&self, thing: &str) -> Option<usize> {
        self.groups.iter().position(|[_, things]| things.split("; ").any(|one| one == thing))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SheetFile {
    matrix: Vec<Matrix>,
    prices: Vec<PriceList>,
    account: Vec<Account>,
    parameters: Vec<Parameters>,
    league: Vec<League>,
    product: Vec<Product>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupingFile {
    grouping: Vec<Grouping>,
}

impl SheetBanks {
    /// Reads the bundled files; each language has its own tick tables and price lists, English all the rest.
    pub(super) fn read(language: &str) -> SheetBanks {
        let file: SheetFile = toml::from_str(include_str!("../../../../data/sources/world/sheets.toml"))
            .expect("sheets.toml has the form of `SheetFile`");
        let matrices = file.matrix.into_iter().filter(|m| m.language == language).collect();
        let prices = file.prices.into_iter().filter(|p| p.language == language).collect();
        if language != "en" {
            return SheetBanks { matrices, prices, ..SheetBanks::default() };
        }
        let groups: GroupingFile =
            toml::from_str(include_str!("../../../../data/sources/world/groupings.toml"))
                .expect("groupings.toml has the form of `Grouping`");
        SheetBanks {
            matrices,
            prices,
            accounts: file.account,
            parameters: file.parameters,
            leagues: file.league,
            products: file.product,
            groupings: groups.grouping,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Banks;

    #[test]
    fn sheets_name_what_the_world_knows_and_have_enough_to_draw_from() {
        let banks = Banks::bundled();
        let domain = |slug: &str| banks.domains.iter().find(|d| d.slug == slug).expect("a domain");
        for grouping in &banks.sheets.groupings {
            let kinds = &domain(&grouping.domain).entities;
            let entities = kinds.iter().find(|e| e.kind == grouping.kind).expect("a kind of things");
            for [group, things] in &grouping.groups {
                assert!(!entities.names.contains(group), "{group} is a group and a thing");
                for thing in things.split("; ") {
                    assert!(entities.names.iter().any(|n| n == thing), "{}: {thing}", grouping.domain);
                }
            }
        }
        for list in &banks.sheets.prices {
            assert_eq!(list.goods().count(), list.goods.split("; ").count(), "{}", list.titles[0]);
            assert!(list.goods().count() >= 7, "{}", list.titles[0]);
        }
        for matrix in &banks.sheets.matrices {
            domain(&matrix.domain);
            let patterns = [&matrix.ask, &matrix.having, &matrix.lacking];
            assert!(patterns.iter().all(|p| p.contains("{column}")), "{}", matrix.titles[0]);
            assert!(matrix.names.split("; ").count() >= 6 && matrix.columns.len() >= 5);
            let headed = |heading: &str| matrix.columns.iter().any(|c| c[0] == heading);
            for [row, has, lacks] in &matrix.sure {
                assert!(matrix.names.split("; ").any(|name| name == row), "{row}");
                let told = has.split("; ").chain(lacks.split("; ")).filter(|h| !h.is_empty());
                assert!(told.clone().all(headed) && told.count() > 0, "{row}");
            }
        }
        for account in &banks.sheets.accounts {
            for section in &account.sections {
                assert_eq!(section.items().count(), section.items.split("; ").count(), "{}", section.name);
                assert!(section.items().all(|(_, low, high)| low < high), "{}", section.name);
            }
        }
        for places in Banks::languages() {
            assert!(places.iter().all(|b| b.sheets.matrices.len() == 1 && b.sheets.prices.len() == 1));
        }
    }
}
