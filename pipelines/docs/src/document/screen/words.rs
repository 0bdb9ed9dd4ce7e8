//! What stands on screens, from `data/sources/world/screens.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

/// All lists.
#[derive(Debug, Deserialize)]
pub(super) struct Words {
    pub(super) mail_programs: Vec<String>,
    pub(super) chat_programs: Vec<String>,
    pub(super) shops: Vec<String>,
    pub(super) players: Vec<String>,
    pub(super) editors: Vec<String>,
    pub(super) systems: Vec<String>,
    pub(super) maps: Vec<String>,
    pub(super) sheets: Vec<String>,
    pub(super) dashboards: Vec<String>,
    pub(super) mail_subjects: Vec<String>,
    pub(super) mail_previews: Vec<String>,
    pub(super) mail_folders: Vec<String>,
    pub(super) chat_lines: Vec<String>,
    pub(super) chat_drafts: Vec<String>,
    pub(super) settings: Vec<Settings>,
    pub(super) tracks: Vec<String>,
    pub(super) artists: Vec<String>,
    pub(super) playlists: Vec<String>,
    pub(super) folders: Vec<String>,
    pub(super) files: Vec<String>,
    /// Ending and what such a file is called.
    pub(super) extensions: Vec<[String; 2]>,
    pub(super) apps: Vec<String>,
    /// The app and what it says.
    pub(super) notices: Vec<[String; 2]>,
    pub(super) events: Vec<String>,
    pub(super) colours: Vec<String>,
    pub(super) categories: Vec<String>,
    pub(super) place_names: Vec<String>,
    pub(super) streets: Vec<String>,
    /// Name, lowest and highest value, sign.
    pub(super) metrics: Vec<(String, i64, i64, String)>,
    pub(super) series: Vec<String>,
    pub(super) users: Vec<String>,
    pub(super) hosts: Vec<String>,
    pub(super) paths: Vec<String>,
    pub(super) code: Vec<Code>,
}

/// A page of settings.
#[derive(Debug, Deserialize)]
pub(super) struct Settings {
    pub(super) section: String,
    /// What is on or off.
    pub(super) toggles: Vec<String>,
    /// What has a value.
    pub(super) values: Vec<String>,
}

/// A file of a program.
#[derive(Debug, Deserialize)]
pub(super) struct Code {
    pub(super) file: String,
    pub(super) language: String,
    pub(super) lines: Vec<String>,
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
