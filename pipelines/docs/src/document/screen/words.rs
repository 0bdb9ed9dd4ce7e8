//! What stands on screens, from `data/sources/world/screens.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

/// All lists.
#[derive(Debug, Deserialize)]
pub(super) struct Words {
    pub(super) mail_programs: Vec<String>,
    pub(super) chat_programs: Vec<String>,
    pub(super) players: Vec<String>,
    pub(super) editors: Vec<String>,
    pub(super) systems: Vec<String>,
    pub(super) maps: Vec<String>,
    pub(super) sheets: Vec<String>,
    /// Subject and how the message begins.
    pub(super) mails: Vec<[String; 2]>,
    pub(super) mail_folders: Vec<String>,
    /// Conversations: `f` or `m` for who speaks, and what is said.
    pub(super) chats: Vec<Vec<[String; 2]>>,
    pub(super) chat_drafts: Vec<String>,
    pub(super) settings: Vec<Settings>,
    pub(super) tracks: Vec<String>,
    pub(super) artists: Vec<String>,
    pub(super) playlists: Vec<String>,
    pub(super) folders: Vec<Folder>,
    /// What files of an ending are called.
    pub(super) extensions: BTreeMap<String, String>,
    /// Name, icon, whether a badge may count what is new.
    pub(super) apps: Vec<(String, String, bool)>,
    /// The app and what it says.
    pub(super) notices: Vec<[String; 2]>,
    pub(super) events: Vec<Event>,
    pub(super) colours: Vec<String>,
    pub(super) streets: Vec<String>,
    pub(super) users: Vec<String>,
    pub(super) hosts: Vec<String>,
    pub(super) shops: Vec<Shop>,
    pub(super) boards: Vec<Board>,
    pub(super) searches: Vec<Search>,
    pub(super) grids: Vec<Grid>,
    pub(super) shells: Vec<Shell>,
    pub(super) code: Vec<Code>,
    /// How goods are drawn.
    pub(super) forms: BTreeMap<String, String>,
}

/// A page of settings.
#[derive(Debug, Deserialize)]
pub(super) struct Settings {
    pub(super) section: String,
    /// What is on or off.
    pub(super) toggles: Vec<String>,
    /// What has a value.
    pub(super) values: Vec<String>,
    /// What is set on a scale.
    pub(super) slider: String,
}

/// A folder with its files: name, least and greatest size in the unit.
#[derive(Debug, Deserialize)]
pub(super) struct Folder {
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) files: Vec<(String, i64, i64)>,
}

/// An event: name, first and last hour at which it begins, least and greatest length in half hours, days that fit.
pub(super) type Event = (String, i64, i64, i64, i64, String);

/// A web shop.
#[derive(Debug, Deserialize)]
pub(super) struct Shop {
    pub(super) name: String,
    pub(super) departments: Vec<String>,
    /// Name, least and greatest price in euros, form in which it is drawn.
    pub(super) goods: Vec<(String, f64, f64, String)>,
}

/// A board of key figures.
#[derive(Debug, Deserialize)]
pub(super) struct Board {
    pub(super) program: String,
    /// What its chart counts.
    pub(super) series: Vec<String>,
    /// Name, least and greatest value, sign, whether more is better.
    pub(super) metrics: Vec<(String, i64, i64, String, bool)>,
    /// A heading, and what shares are of.
    pub(super) parts: Vec<String>,
    /// Pages and their icons.
    pub(super) menu: Vec<[String; 2]>,
}

/// A search on a map.
#[derive(Debug, Deserialize)]
pub(super) struct Search {
    pub(super) text: String,
    pub(super) kinds: Vec<String>,
    pub(super) names: Vec<String>,
}

/// A spreadsheet.
#[derive(Debug, Deserialize)]
pub(super) struct Grid {
    /// What a row is.
    pub(super) noun: String,
    pub(super) file: String,
    /// Head, least and greatest number.
    pub(super) columns: Vec<(String, i64, i64)>,
    /// Names of rows; where there are none, rows are people.
    pub(super) rows: Vec<String>,
}

/// A folder in a terminal.
#[derive(Debug, Deserialize)]
pub(super) struct Shell {
    pub(super) path: String,
    /// Name, least and greatest size in bytes, rights.
    pub(super) files: Vec<(String, i64, i64, String)>,
    pub(super) commands: Vec<String>,
}

/// A file of a program and the folder it lies in.
#[derive(Debug, Deserialize)]
pub(super) struct Code {
    pub(super) file: String,
    pub(super) language: String,
    pub(super) folder: String,
    pub(super) others: Vec<String>,
    pub(super) text: String,
}

impl Words {
    /// The lists that travel with the code.
    pub(super) fn bundled() -> &'static Self {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| {
            toml::from_str(include_str!("../../../../../data/sources/world/screens.toml"))
                .expect("screens.toml has the form of `Words`")
        })
    }
}
