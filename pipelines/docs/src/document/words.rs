//! The word lists that documents are made from: names, goods, dishes, recipes. Read once from `data/sources/world`.

use std::sync::OnceLock;

use serde::Deserialize;

/// All lists.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) names: Names,
    pub(super) trades: Vec<Trade>,
    pub(super) menus: Menus,
    pub(super) recipes: Vec<Recipe>,
}

/// Names of people, towns, streets, companies.
#[derive(Debug, Deserialize)]
pub(super) struct Names {
    pub(super) culture: Vec<Culture>,
    pub(super) company: Company,
    pub(super) contact: Contact,
    pub(super) account: Account,
}

/// Names as they are given in one part of the world.
#[derive(Debug, Deserialize)]
pub(super) struct Culture {
    pub(super) slug: String,
    pub(super) given_f: Vec<String>,
    pub(super) given_m: Vec<String>,
    pub(super) family: Vec<String>,
    /// Family names as women bear them, in the order of `family`, where they differ.
    #[serde(default)]
    pub(super) family_f: Vec<String>,
    pub(super) town_start: Vec<String>,
    pub(super) town_end: Vec<String>,
    pub(super) street: Vec<String>,
    /// Patterns of postcodes as they are written there.
    pub(super) postcode: Vec<String>,
    /// What firms there add to their names.
    pub(super) legal_form: Vec<String>,
}

/// Parts of company names.
#[derive(Debug, Deserialize)]
pub(super) struct Company {
    pub(super) patterns: Vec<String>,
    pub(super) start: Vec<String>,
    pub(super) end: Vec<String>,
    pub(super) trade: Vec<String>,
}

/// Patterns of ways to reach someone; `#` is a digit, `?` a capital.
#[derive(Debug, Deserialize)]
pub(super) struct Contact {
    pub(super) telephone: Vec<String>,
}

/// Patterns of numbers; `#` is a digit, `?` a capital.
#[derive(Debug, Deserialize)]
pub(super) struct Account {
    pub(super) iban: String,
    pub(super) invoice: Vec<String>,
    pub(super) customer: Vec<String>,
    pub(super) order: Vec<String>,
    pub(super) quote: Vec<String>,
    pub(super) serial: Vec<String>,
}

/// A trade and what it sells.
#[derive(Debug, Deserialize)]
pub(super) struct Trade {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) items: Vec<Good>,
}

/// A thing or service with its price range in a euro-like currency.
#[derive(Debug, Deserialize)]
pub(super) struct Good {
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) low: f64,
    pub(super) high: f64,
}

/// Restaurants and what they serve.
#[derive(Debug, Deserialize)]
pub(super) struct Menus {
    pub(super) house: House,
    pub(super) section: Vec<Section>,
}

/// Names and sayings of restaurants.
#[derive(Debug, Deserialize)]
pub(super) struct House {
    pub(super) names: Vec<String>,
    pub(super) subtitles: Vec<String>,
    pub(super) footers: Vec<String>,
}

/// A part of a menu.
#[derive(Debug, Deserialize)]
pub(super) struct Section {
    pub(super) slug: String,
    pub(super) titles: Vec<String>,
    pub(super) dishes: Vec<Dish>,
}

/// A dish with its price range.
#[derive(Debug, Deserialize)]
pub(super) struct Dish {
    pub(super) name: String,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) tags: Vec<String>,
}

/// A recipe with quantities that work.
#[derive(Debug, Deserialize)]
pub(super) struct Recipe {
    pub(super) title: String,
    pub(super) course: String,
    pub(super) serves: i64,
    pub(super) prep_min: i64,
    pub(super) cook_min: i64,
    /// What the dish does by itself, such as rise or chill, and for how many minutes.
    #[serde(default)]
    pub(super) rest: Option<[String; 2]>,
    /// What `serves` counts where it counts no guests.
    #[serde(default)]
    pub(super) makes: Option<String>,
    pub(super) level: String,
    pub(super) ingredients: Vec<Ingredient>,
    pub(super) steps: Vec<String>,
}

/// One ingredient.
#[derive(Debug, Deserialize)]
pub(super) struct Ingredient {
    pub(super) amount: String,
    pub(super) name: String,
}

#[derive(Deserialize)]
struct TradeFile {
    trade: Vec<Trade>,
}

#[derive(Deserialize)]
struct RecipeFile {
    recipe: Vec<Recipe>,
}

impl Words {
    /// The bundled lists.
    pub(super) fn bundled() -> &'static Words {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| {
            let trades: TradeFile = toml::from_str(include_str!("../../../../data/sources/world/items.toml"))
                .expect("items.toml has the form of `Trade`");
            let recipes: RecipeFile =
                toml::from_str(include_str!("../../../../data/sources/world/recipes.toml"))
                    .expect("recipes.toml has the form of `Recipe`");
            Words {
                names: toml::from_str(include_str!("../../../../data/sources/world/names.toml"))
                    .expect("names.toml has the form of `Names`"),
                trades: trades.trade,
                menus: toml::from_str(include_str!("../../../../data/sources/world/menus.toml"))
                    .expect("menus.toml has the form of `Menus`"),
                recipes: recipes.recipe,
            }
        })
    }

    /// The trade with this slug.
    pub(super) fn trade(&self, slug: &str) -> &Trade {
        self.trades.iter().find(|trade| trade.slug == slug).unwrap_or(&self.trades[0])
    }

    /// The part of a menu with this slug.
    pub(super) fn section(&self, slug: &str) -> &Section {
        self.menus.section.iter().find(|section| section.slug == slug).unwrap_or(&self.menus.section[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_can_be_read_and_are_rich_enough() {
        let words = Words::bundled();
        assert!(words.names.culture.len() >= 12);
        assert!(
            words.trades.len() >= 12 && words.trades.iter().all(|t| t.items.len() >= 8 && !t.name.is_empty())
        );
        assert!(words.recipes.len() >= 20 && words.menus.section.len() >= 5);
        for culture in &words.names.culture {
            let (all, women) = (culture.family.len(), culture.family_f.len());
            assert!(women == 0 || women == all, "{}", culture.slug);
        }
        for slug in ["stationery", "grocer", "cafe", "utilities", "catering"] {
            assert_eq!(words.trade(slug).slug, slug);
        }
        for trade in &words.trades {
            assert!(
                trade
                    .items
                    .iter()
                    .all(|item| 0.0 < item.low && item.low <= item.high && !item.unit.is_empty())
            );
        }
    }
}
