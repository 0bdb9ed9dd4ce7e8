//! Which column holds the address, the hash and the licence.

use std::path::Path;

use serde_json::{Map, Value};

use super::Row;
use super::address;
use super::fault::{ListError, RowFault};
use super::form::Form;

/// How a list is read; what is not said is guessed from its content and the usual names of columns.
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct ListArgs {
    /// Read the list as this form instead of what its name and content say
    #[arg(long, value_name = "FORM")]
    pub form: Option<Form>,
    /// Name of the column with the addresses
    #[arg(long, value_name = "NAME")]
    pub address_column: Option<String>,
    /// Name of the column with the SHA-256 of the pictures
    #[arg(long, value_name = "NAME")]
    pub hash_column: Option<String>,
    /// Name of the column with the licences
    #[arg(long, value_name = "NAME")]
    pub licence_column: Option<String>,
    /// Name of the column with the bytes of the pictures, for imports
    #[arg(long, value_name = "NAME")]
    pub picture_column: Option<String>,
}

/// Names in the order in which they are believed, in lowercase without what separates words. A list that has a page and
/// a picture names the picture first.
const ADDRESS_NAMES: &[&[&str]] = &[
    &[
        "imageurl",
        "imgurl",
        "imagelink",
        "imageuri",
        "imageaddress",
        "pictureurl",
        "photourl",
        "photoimageurl",
        "mediaurl",
    ],
    &["url", "uri", "address", "link", "href", "src"],
];
const HASH_NAMES: &[&[&str]] = &[&["imagesha256", "sha256", "sha256hash", "sha256sum"]];
const LICENCE_NAMES: &[&[&str]] = &[
    &["imagelicence", "imagelicense", "licence", "license"],
    &["licenceurl", "licenseurl", "licencename", "licensename", "rights"],
];
pub(super) const PICTURE_NAMES: &[&[&str]] = &[
    &["image", "imagebytes", "picture", "img", "photo"],
    &["bytes", "content", "data", "jpg", "jpeg", "png", "webp"],
];

/// The columns that are ours; the others travel along.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) address: Option<String>,
    pub(super) sha256: Option<String>,
    pub(super) licence: Option<String>,
    /// Whether a row without an address is bad.
    pub(super) needs_address: bool,
}

impl Chosen {
    /// Chooses among the columns of a list. A list without a column of addresses is refused, an import is not.
    pub(super) fn among(
        path: &Path,
        names: &[String],
        args: &ListArgs,
        needs_address: bool,
    ) -> Result<Chosen, ListError> {
        let pick = |wanted, flag, named: &Option<String>, known| {
            choose(path, names, &Wish { wanted, flag, named: named.as_deref(), known })
        };
        let address = pick("address", "--address-column", &args.address_column, ADDRESS_NAMES)?;
        let address = match address {
            None if needs_address && names.len() == 1 => names.first().cloned(),
            None if needs_address => {
                return Err(ListError::Columns {
                    path: path.display().to_string(),
                    wanted: "address",
                    flag: "--address-column",
                    columns: names.to_vec(),
                });
            }
            address => address,
        };
        Ok(Chosen {
            address,
            sha256: pick("SHA-256", "--hash-column", &args.hash_column, HASH_NAMES)?,
            licence: pick("licence", "--licence-column", &args.licence_column, LICENCE_NAMES)?,
            needs_address,
        })
    }

    /// What the values of a row make; number and line are for whoever asks to fill in.
    pub(super) fn row(&self, mut values: Map<String, Value>) -> Result<Row, RowFault> {
        let mut take = |name: &Option<String>| -> Option<Value> {
            values.shift_remove(name.as_deref()?).filter(|value| !value.is_null())
        };
        let (address, sha256, licence) = (take(&self.address), take(&self.sha256), take(&self.licence));
        let address = match (address, &self.address) {
            (Some(value), _) if self.needs_address => Some(address::address(&words(&value))?),
            (None, _) if self.needs_address => return Err(RowFault::NoAddress),
            (Some(value), Some(name)) => match address::address(&words(&value)) {
                Ok(address) => Some(address),
                // A picture that is there needs none.
                Err(_) => {
                    values.insert(name.clone(), value);
                    None
                }
            },
            _ => None,
        };
        let sha256 = match sha256 {
            Some(value) => address::sha256(&words(&value))?,
            None => None,
        };
        let licence = licence.map(|value| words(&value).trim().to_owned()).filter(|text| !text.is_empty());
        Ok(Row { address, sha256, licence, other: values, ..Row::default() })
    }
}

/// A value as text: what is no text is shown as JSON.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// One column that is looked for.
pub(super) struct Wish<'a> {
    pub(super) wanted: &'static str,
    pub(super) flag: &'static str,
    pub(super) named: Option<&'a str>,
    pub(super) known: &'static [&'static [&'static str]],
}

/// The column that a wish means: the one that was named, or else the only one of the best known name there is.
pub(super) fn choose(path: &Path, names: &[String], wish: &Wish<'_>) -> Result<Option<String>, ListError> {
    let shown = path.display().to_string();
    if let Some(name) = wish.named {
        return match names.iter().find(|known| *known == name) {
            Some(name) => Ok(Some(name.clone())),
            None => Err(ListError::NoColumn { path: shown, name: name.to_owned(), columns: names.to_vec() }),
        };
    }
    let plain = |name: &str| -> String {
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    for tier in wish.known {
        // Within a tier the order is that of the tier: two spellings of one name are a question, two names are not.
        for known in *tier {
            let found: Vec<&String> = names.iter().filter(|name| plain(name) == *known).collect();
            match found.as_slice() {
                [] => {}
                [name] => return Ok(Some((*name).clone())),
                _ => {
                    return Err(ListError::Columns {
                        path: shown,
                        wanted: wish.wanted,
                        flag: wish.flag,
                        columns: found.into_iter().cloned().collect(),
                    });
                }
            }
        }
    }
    Ok(None)
}

/// Names of a head as they can stand in an object: none empty, none twice.
pub(super) fn distinct(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for (at, name) in names.into_iter().enumerate() {
        let name = name.trim();
        let name = if name.is_empty() { format!("column_{}", at + 1) } else { name.to_owned() };
        let mut unique = name.clone();
        let mut again = 2;
        while out.contains(&unique) {
            unique = format!("{name}_{again}");
            again += 1;
        }
        out.push(unique);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(names: &[&str]) -> Result<Option<String>, String> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        Chosen::among(Path::new("list.csv"), &names, &ListArgs::default(), true)
            .map(|chosen| chosen.address)
            .map_err(|error| crate::failures::of_list(error).to_string())
    }

    #[test]
    fn well_known_names_are_found_in_any_spelling() {
        for (names, expected) in [
            (&["id", "URL"][..], "URL"),
            (&["url", "image_url"], "image_url"),
            (&["TEXT", "Image URL"], "Image URL"),
            (&["link", "uri"], "uri"),
            (&["whatever"], "whatever"),
        ] {
            assert_eq!(chosen(names), Ok(Some(expected.to_owned())), "{names:?}");
        }
    }

    #[test]
    fn what_cannot_be_told_is_asked_with_the_columns() {
        insta::assert_snapshot!(chosen(&["id", "where"]).unwrap_err(), @r"
        error: cannot tell which column of `list.csv` holds the address
          hint: the columns are `id`, `where`
          hint: name it with `--address-column NAME`
        ");
        insta::assert_snapshot!(chosen(&["id", "url", "URL"]).unwrap_err(), @r"
        error: cannot tell which column of `list.csv` holds the address
          hint: the columns are `url`, `URL`
          hint: name it with `--address-column NAME`
        ");
    }

    #[test]
    fn names_of_a_head_become_distinct() {
        let names = ["a", "", "a", " a "].map(str::to_owned);
        assert_eq!(distinct(names), ["a", "column_2", "a_2", "a_3"]);
    }
}
