//! The words of forms, cards, slips and labels. Read once from `data/sources/world/forms.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

/// All words.
#[derive(Debug, Deserialize)]
pub(super) struct FormWords {
    pub(super) tax: Vec<Tax>,
    pub(super) id_card: Vec<IdCard>,
    pub(super) club: Vec<Club>,
    pub(super) railway: Railway,
    pub(super) parking: Parking,
    pub(super) mail: Vec<Mail>,
    pub(super) mail_words: MailWords,
    pub(super) product: Vec<Product>,
    pub(super) product_words: ProductWords,
    pub(super) drug: Vec<Drug>,
    pub(super) drug_words: DrugWords,
    pub(super) warranty: Vec<Warranty>,
    pub(super) medical: Medical,
    pub(super) survey: Vec<Survey>,
    pub(super) survey_words: SurveyWords,
    pub(super) incident: Vec<Incident>,
    pub(super) incident_words: IncidentWords,
}

/// A tax form: its lines, and what their sums are called.
#[derive(Debug, Deserialize)]
pub(super) struct Tax {
    pub(super) title: String,
    pub(super) authority: Vec<String>,
    pub(super) form: String,
    /// It is filed by a business, not by a person.
    pub(super) company: bool,
    pub(super) status_name: String,
    pub(super) status: Vec<String>,
    pub(super) plus_title: String,
    pub(super) minus_title: String,
    pub(super) plus: Vec<Amount>,
    pub(super) minus: Vec<Amount>,
    pub(super) plus_total: String,
    pub(super) minus_total: String,
    pub(super) base: String,
    /// Rates of tax in per cent; none where the lines are tax themselves.
    pub(super) rates: Vec<i64>,
    pub(super) paid: String,
    pub(super) due: String,
    pub(super) refund: String,
}

/// Something with the range of its amount in a euro-like currency.
#[derive(Debug, Deserialize)]
pub(super) struct Amount {
    pub(super) name: String,
    pub(super) low: f64,
    pub(super) high: f64,
}

/// A kind of identity card.
#[derive(Debug, Deserialize)]
pub(super) struct IdCard {
    pub(super) slug: String,
    /// Worn upright on a cord.
    pub(super) upright: bool,
    pub(super) title: Vec<String>,
    pub(super) issuer: Vec<String>,
    pub(super) number_name: Vec<String>,
    pub(super) number: Vec<String>,
    /// For how many years it is given out.
    pub(super) years: Vec<i64>,
    /// Least and greatest age of its holder.
    pub(super) age: [i64; 2],
    pub(super) facts: Vec<String>,
    pub(super) choice: Vec<Choice>,
}

/// A name with the values it can have.
#[derive(Debug, Deserialize)]
pub(super) struct Choice {
    pub(super) name: String,
    pub(super) values: Vec<String>,
}

/// A kind of club.
#[derive(Debug, Deserialize)]
pub(super) struct Club {
    pub(super) names: Vec<String>,
    pub(super) title: Vec<String>,
    pub(super) level_name: String,
    pub(super) levels: Vec<String>,
    pub(super) extra: Vec<Choice>,
    pub(super) rules: Vec<String>,
}

/// Words of train tickets.
#[derive(Debug, Deserialize)]
pub(super) struct Railway {
    pub(super) company: Vec<String>,
    pub(super) prefix: Vec<String>,
    pub(super) title: Vec<String>,
    pub(super) fare: Vec<String>,
    pub(super) travellers: Vec<String>,
    pub(super) card: Vec<String>,
    pub(super) remark: Vec<String>,
}

/// Words of parking tickets.
#[derive(Debug, Deserialize)]
pub(super) struct Parking {
    pub(super) operator: Vec<String>,
    pub(super) site: Vec<String>,
    pub(super) title: Vec<String>,
    pub(super) remark: Vec<String>,
    pub(super) notice: Vec<String>,
    pub(super) authority: Vec<String>,
    pub(super) breach: Vec<String>,
    pub(super) appeal: Vec<String>,
}

/// An e-mail: subjects, facts, lines of text, names of files.
#[derive(Debug, Deserialize)]
pub(super) struct Mail {
    pub(super) subject: Vec<String>,
    /// As what the sender signs.
    pub(super) jobs: Vec<String>,
    /// Where the sender works, with `{town}` and `{family}`; anywhere when there are none.
    pub(super) firms: Vec<String>,
    pub(super) facts: Vec<MailFact>,
    pub(super) lines: Vec<String>,
    pub(super) files: Vec<String>,
}

/// A fact in an e-mail; `is` says how it is drawn.
#[derive(Debug, Deserialize)]
pub(super) struct MailFact {
    pub(super) name: String,
    pub(super) is: String,
    #[serde(default)]
    pub(super) values: Vec<String>,
    #[serde(default)]
    pub(super) low: f64,
    #[serde(default)]
    pub(super) high: f64,
}

/// What all e-mails share.
#[derive(Debug, Deserialize)]
pub(super) struct MailWords {
    pub(super) earlier: Vec<String>,
}

/// A product and what its label says.
#[derive(Debug, Deserialize)]
pub(super) struct Product {
    pub(super) names: Vec<String>,
    pub(super) straps: Vec<String>,
    pub(super) makers: Vec<String>,
    /// What its date is called; empty for none.
    pub(super) date: String,
    pub(super) facts: Vec<Choice>,
    pub(super) list_name: String,
    pub(super) unit: String,
    pub(super) list: Vec<Share>,
    /// What takes the rest of a hundred; empty for nothing.
    #[serde(default)]
    pub(super) rest: String,
}

/// Something in a product, with the range of its amount.
#[derive(Debug, Deserialize)]
pub(super) struct Share {
    pub(super) name: String,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) decimals: u32,
}

/// What all product labels share.
#[derive(Debug, Deserialize)]
pub(super) struct ProductWords {
    pub(super) remark: Vec<String>,
}

/// A medicine.
#[derive(Debug, Deserialize)]
pub(super) struct Drug {
    pub(super) name: String,
    pub(super) form: String,
    pub(super) strengths: Vec<String>,
    pub(super) packs: Vec<String>,
    pub(super) purpose: String,
    pub(super) uses: Vec<String>,
    pub(super) doses: Vec<String>,
    /// What one must mind with this drug.
    pub(super) warnings: Vec<String>,
    /// What it is combined with.
    pub(super) partners: Vec<Partner>,
}

/// A second ingredient of a medicine.
#[derive(Debug, Deserialize)]
pub(super) struct Partner {
    pub(super) name: String,
    pub(super) amount: String,
    pub(super) purpose: String,
}

/// What all drug labels share.
#[derive(Debug, Deserialize)]
pub(super) struct DrugWords {
    pub(super) warnings: Vec<String>,
    pub(super) asks: Vec<String>,
    pub(super) pharmacy: Vec<String>,
    pub(super) maker: Vec<String>,
}

/// A kind of thing that is sold with a warranty.
#[derive(Debug, Deserialize)]
pub(super) struct Warranty {
    pub(super) products: Vec<String>,
    pub(super) makers: Vec<String>,
    pub(super) models: Vec<String>,
    pub(super) parts: Vec<Cover>,
    pub(super) terms: Vec<String>,
}

/// A part and the months that it can be covered for.
#[derive(Debug, Deserialize)]
pub(super) struct Cover {
    pub(super) name: String,
    pub(super) months: Vec<i64>,
}

/// Words of the forms of doctors.
#[derive(Debug, Deserialize)]
pub(super) struct Medical {
    pub(super) practice: Vec<String>,
    pub(super) title: Vec<String>,
    pub(super) conditions: Vec<String>,
    pub(super) medicine: Vec<String>,
    pub(super) reason: Vec<String>,
    pub(super) insurer: Vec<String>,
    pub(super) job: Vec<String>,
    pub(super) consent: Vec<String>,
}

/// A survey: who asks, statements to rate, questions with one answer.
#[derive(Debug, Deserialize)]
pub(super) struct Survey {
    pub(super) title: Vec<String>,
    pub(super) by: Vec<String>,
    pub(super) statements: Vec<String>,
    pub(super) choices: Vec<Choice>,
}

/// What all surveys share.
#[derive(Debug, Deserialize)]
pub(super) struct SurveyWords {
    /// Five words each, from least to most.
    pub(super) scales: Vec<Vec<String>>,
    pub(super) comments: Vec<String>,
    pub(super) thanks: Vec<String>,
}

/// Something that went wrong: where, why, and what happened in order.
#[derive(Debug, Deserialize)]
pub(super) struct Incident {
    pub(super) kind: String,
    pub(super) sites: Vec<String>,
    pub(super) injury: Vec<String>,
    pub(super) cause: Vec<String>,
    pub(super) action: Vec<String>,
    pub(super) events: Vec<String>,
}

/// What all incident reports share.
#[derive(Debug, Deserialize)]
pub(super) struct IncidentWords {
    pub(super) title: Vec<String>,
    pub(super) severity: Vec<String>,
    pub(super) report_to: Vec<String>,
    pub(super) who: Vec<String>,
}

impl FormWords {
    /// The bundled words.
    pub(super) fn bundled() -> &'static FormWords {
        static WORDS: OnceLock<FormWords> = OnceLock::new();
        WORDS.get_or_init(|| {
            toml::from_str(include_str!("../../../../data/sources/world/forms.toml"))
                .expect("forms.toml has the form of `FormWords`")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_can_be_read_and_are_rich_enough() {
        let words = FormWords::bundled();
        for tax in &words.tax {
            assert!(tax.plus.len() >= 4 && tax.minus.len() >= 4, "{}", tax.title);
            assert!(
                tax.plus.iter().chain(&tax.minus).all(|a| 0.0 < a.low && a.low < a.high),
                "{}",
                tax.title
            );
        }
        for tax in &words.tax {
            // A loss would turn the form around.
            let mut most: Vec<f64> = tax.minus.iter().map(|amount| amount.high).collect();
            most.sort_by(f64::total_cmp);
            assert!(most.iter().rev().take(4).sum::<f64>() < tax.plus[0].low, "{}", tax.title);
        }
        for card in &words.id_card {
            let known =
                ["birth", "issued", "expires", "height", "eyes", "blood", "address", "birthplace", "role"];
            for fact in &card.facts {
                assert!(
                    known.contains(&fact.as_str()) || card.choice.iter().any(|c| c.name == *fact),
                    "{}: {fact}",
                    card.slug
                );
            }
        }
        assert!(words.club.iter().all(|club| club.rules.len() >= 2 && club.levels.len() >= 4));
        assert!(words.parking.breach.len() >= 5);
        for mail in &words.mail {
            let known = ["day", "time", "count", "person", "street", "money", "code", "one"];
            assert!(mail.facts.iter().all(|fact| known.contains(&fact.is.as_str())), "{:?}", mail.subject);
        }
        for product in &words.product {
            // What is added up must leave something for the rest.
            let most: f64 = product.list.iter().map(|share| share.high).sum();
            assert!(product.rest.is_empty() || most < 100.0, "{:?}", product.names);
            assert!(product.facts.len() >= 3, "{:?}", product.names);
        }
        assert!(words.survey.iter().all(|survey| survey.statements.len() >= 8));
        assert!(words.survey_words.scales.iter().all(|scale| scale.len() == 5));
        assert!(words.incident.iter().all(|incident| incident.events.len() >= 6));
    }
}
