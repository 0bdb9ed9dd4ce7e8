//! What posters, flyers, advertisements and brochures are about.

use std::sync::OnceLock;

use serde::Deserialize;

/// What posters, flyers, advertisements and brochures are about.
#[derive(Debug, Deserialize)]
pub(super) struct Promotion {
    pub(super) event: Vec<Event>,
    pub(super) course: Vec<Course>,
    pub(super) advert: Vec<Advert>,
    pub(super) sight: Vec<Sight>,
}

/// Something that takes place.
#[derive(Debug, Deserialize)]
pub(super) struct Event {
    pub(super) name: Vec<String>,
    pub(super) line: Vec<String>,
    pub(super) acts: Vec<String>,
    pub(super) noun: [String; 2],
    pub(super) place: Vec<String>,
    /// Hours at which the first of a day may begin.
    pub(super) hours: [i64; 2],
    pub(super) days: [i64; 2],
    /// First and last month of its season.
    #[serde(default = "all_year")]
    pub(super) months: [i8; 2],
    /// The acts follow one another in their order.
    #[serde(default)]
    pub(super) ordered: bool,
    /// What is printed before the time of opening, and its question.
    #[serde(default = "doors")]
    pub(super) opening: [String; 2],
    /// What is printed before the price, and its question.
    #[serde(default = "tickets")]
    pub(super) fee: [String; 2],
    pub(super) hosts: Vec<String>,
    pub(super) motif: Vec<usize>,
}

fn all_year() -> [i8; 2] {
    [1, 12]
}

fn doors() -> [String; 2] {
    ["Doors open", "At what time do the doors open?"].map(str::to_owned)
}

fn tickets() -> [String; 2] {
    ["Tickets", "How much is a ticket?|What does a full-price ticket cost?"].map(str::to_owned)
}

/// Something one can join.
#[derive(Debug, Deserialize)]
pub(super) struct Course {
    pub(super) title: Vec<String>,
    pub(super) line: Vec<String>,
    pub(super) points: Vec<String>,
    pub(super) house: String,
    pub(super) motif: Vec<usize>,
}

/// Something one can buy.
#[derive(Debug, Deserialize)]
pub(super) struct Advert {
    pub(super) product: Vec<String>,
    pub(super) slogan: Vec<String>,
    pub(super) claims: Vec<String>,
    pub(super) price: [f64; 2],
    pub(super) shop: String,
}

/// Something one can visit.
#[derive(Debug, Deserialize)]
pub(super) struct Sight {
    pub(super) name: Vec<String>,
    pub(super) intro: Vec<Vec<String>>,
    pub(super) facts: Vec<Vec<String>>,
    pub(super) offers: Vec<String>,
    pub(super) motif: Vec<usize>,
}

impl Promotion {
    /// The bundled subjects.
    pub(super) fn bundled() -> &'static Promotion {
        static PROMOTION: OnceLock<Promotion> = OnceLock::new();
        PROMOTION.get_or_init(|| {
            toml::from_str(include_str!("../../../../data/sources/world/promotion.toml"))
                .expect("promotion.toml has the form of `Promotion`")
        })
    }
}
