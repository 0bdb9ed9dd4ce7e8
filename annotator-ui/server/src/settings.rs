//! `[annotate]` of the campaign file: where the server stands, what people agree to, and the limits of each kind of work.
//!
//! Everything has a default, so that a server without a campaign file works. A limit that the page shows is one of these,
//! and the server holds everybody to it.

mod absent;
mod check;
mod consent;
mod kinds;

use std::net::SocketAddr;

use pixmo_campaign::Campaign;
use pixmo_console::Failure;
use serde::Deserialize;

pub use absent::AbsentSettings;
pub(crate) use check::failure_of;
pub use consent::{ConsentSettings, PUBLISH_AUDIO, PUBLISH_TRANSCRIPT, WORK};
pub use kinds::{Correction, KindLimits, KindSettings, Kinds, Pay, PayWhen};

use crate::kind::Kind;

/// The section of the campaign file.
pub const SECTION: &str = "annotate";

/// `[annotate]`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Where the server listens.
    pub address: SocketAddr,
    /// The address by which people reach it, such as `https://speak.example`; links, cookies and the check of `Origin`
    /// follow it. `http://` and the address where it listens if it is not given.
    pub public_address: Option<String>,
    /// `sqlite:FILE` or `postgres://…`; `secret:NAME` takes the address from the environment variable `NAME`.
    pub database: String,
    /// The folder or object store that holds `images/`, `takes/` and `annotations/`.
    pub store: String,
    /// The folder for what must be near: the spool of live takes, the log of receipts, the lock.
    pub folder: String,
    /// The secret key that signs receipts, in PEM; made at the first start if there is none.
    pub receipts_key: String,
    /// What the page is called.
    pub title: String,
    /// The languages in which the page and its texts are there.
    pub languages: Vec<String>,
    /// The currency in which people are paid.
    pub currency: String,
    /// How long a session lasts without being used, in hours.
    pub session_hours: u32,
    /// The fewest characters of a password.
    pub password_chars_min: u32,
    /// Failed sign-ins with one login before it has to wait; each further one waits twice as long.
    pub login_failures_max: u32,
    /// The header in which a proxy in front of the server tells the address of the client, such as `x-forwarded-for`; the
    /// last address in it is believed. Only behind a proxy that sets it.
    pub client_address_header: Option<String>,
    /// The most connections to the database that read.
    pub database_readers: u32,
    /// What people agree to.
    pub consent: ConsentSettings,
    /// The kinds of work.
    pub kinds: Kinds,
    /// What is asked about that is likely absent.
    pub absent: AbsentSettings,
    /// When somebody's work is held.
    pub quality: QualitySettings,
}

/// `[annotate.quality]`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QualitySettings {
    /// Below this score somebody gets no more work of a kind until an operator has looked; 0 never holds.
    pub hold_below: f64,
    /// The newest scores that count.
    pub window: u32,
    /// The fewest scores before anybody is held.
    pub scores_min: u32,
}

impl Default for QualitySettings {
    fn default() -> Self {
        QualitySettings { hold_below: 0.5, window: 20, scores_min: 5 }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            address: SocketAddr::from(([127, 0, 0, 1], 8500)),
            public_address: None,
            database: "sqlite:data/annotate/campaign.db".to_owned(),
            store: "data".to_owned(),
            folder: "data/annotate".to_owned(),
            receipts_key: "data/annotate/receipts.pem".to_owned(),
            title: "pixmo".to_owned(),
            languages: vec!["en".to_owned(), "de".to_owned()],
            currency: "EUR".to_owned(),
            session_hours: 14 * 24,
            password_chars_min: 10,
            login_failures_max: 5,
            client_address_header: None,
            database_readers: 4,
            consent: ConsentSettings::default(),
            kinds: Kinds::default(),
            absent: AbsentSettings::default(),
            quality: QualitySettings::default(),
        }
    }
}

impl Settings {
    /// The settings of a campaign, checked.
    ///
    /// # Errors
    /// What is wrong in the file, with its place.
    pub fn of(campaign: &Campaign) -> Result<Settings, Failure> {
        let read = campaign.section::<Settings>(SECTION);
        let mut settings = read.map_err(failure_of)?.unwrap_or_default();
        settings.absent.seed = settings.absent.seed.or(campaign.seed());
        check::check(&settings)?;
        Ok(settings)
    }

    /// The limits of a kind of work, defaults filled in.
    #[must_use]
    pub fn limits(&self, kind: Kind) -> KindLimits {
        self.kinds.of(kind).limits(kind)
    }

    /// The address by which people reach the server, without a slash at the end.
    #[must_use]
    pub fn public_address(&self) -> String {
        match &self.public_address {
            Some(address) => address.trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.address),
        }
    }

    /// Whether people reach the server over TLS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.public_address.as_deref().is_some_and(|address| address.starts_with("https://"))
    }
}
