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
    pub(super) motif: Vec<usize>,
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
