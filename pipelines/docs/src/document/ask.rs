//! What a document gives to ask about: its data, the words for its rows, and what it does not say.

use super::{Document, DocumentKind as K};
use crate::content::{Content, plural};

impl Document {
    /// The data of the page with the words that its questions need.
    pub fn content(&self, plan: &str) -> Content {
        let mut nouns = self.nouns.clone();
        if nouns.row.is_empty() && self.data.tables.first().is_some_and(|table| table.name != "fields") {
            let row = self.kind.row_noun();
            (nouns.row, nouns.rows) = (row.to_owned(), plural(row));
        }
        let absent = self.kind.absent().iter().map(|name| (*name).to_owned());
        Content {
            data: self.data.clone(),
            formats: self.formats.clone(),
            title: String::new(),
            subtitle: String::new(),
            note: String::new(),
            topic: self.topic.clone(),
            persona: self.persona_hint.clone(),
            nouns,
            absent: self.absent.iter().cloned().chain(absent).collect(),
            absent_columns: Vec::new(),
            source_name: "world".to_owned(),
            source_licence: "CC0-1.0".to_owned(),
            plan: plan.to_owned(),
        }
    }
}

impl K {
    /// What one row of its list is called.
    fn row_noun(self) -> &'static str {
        match self {
            K::TaxForm => "entry",
            K::TrainTicket => "train",
            K::EmailPrintout => "attachment",
            K::ProductLabel => "entry",
            K::DrugLabel => "ingredient",
            K::WarrantyCard => "part",
            K::MedicalForm => "condition",
            K::SurveyForm => "statement",
            K::IncidentReport => "event",
            _ => "item",
        }
    }

    /// What one might look for on it in vain.
    fn absent(self) -> &'static [&'static str] {
        match self {
            K::TaxForm => &["Bank account", "Number of children", "Late fee", "Name of adviser"],
            K::Cheque => &["Interest rate", "Opening balance", "Telephone", "Post office box"],
            K::IdCard => &["Weight", "Salary", "Telephone", "Next of kin"],
            K::MembershipCard => &["Annual fee", "Date of birth", "Bank account", "Next event"],
            K::TrainTicket => &["Number of stops", "Name of the driver", "Speed", "Length of the train"],
            K::ParkingTicket => {
                &["Height limit", "Name of the driver", "Number of free spaces", "Engine size"]
            }
            K::EmailPrintout => &["Telephone", "Bcc", "Password", "Reply deadline"],
            K::ProductLabel => &["Price", "Recycling code", "Weight of the packaging", "Customer rating"],
            K::DrugLabel => &["Date of birth", "Diagnosis", "Body weight", "Age of the patient"],
            K::WarrantyCard => &["Repair cost", "Voltage", "Delivery date", "Name of the technician"],
            K::MedicalForm => &["Salary", "Room", "Shoe size", "Body temperature"],
            K::SurveyForm => &["Name of the respondent", "Salary", "Telephone", "Prize"],
            K::IncidentReport => &["Body temperature", "Name of the lawyer", "Wind speed", "Telephone"],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use pixmo_render::Seed;
    use pixmo_render_figures::look::Look;

    use super::*;
    use crate::banks::Banks;
    use crate::document::make;
    use crate::question::{self, Family, QUESTIONS_MIN};
    use crate::visibility::Visible;

    #[test]
    fn forms_cards_and_labels_give_enough_to_ask() {
        let kinds = [
            K::TaxForm,
            K::Cheque,
            K::IdCard,
            K::MembershipCard,
            K::TrainTicket,
            K::ParkingTicket,
            K::EmailPrintout,
            K::ProductLabel,
            K::DrugLabel,
            K::WarrantyCard,
            K::MedicalForm,
            K::SurveyForm,
            K::IncidentReport,
        ];
        for kind in kinds {
            let seed = Seed::from_number(300 + kind as u64);
            let look = Look::draw(&mut seed.rng("look"));
            let made = make(kind, Banks::bundled(), &look, &seed).expect("the page can be set");
            let content = made.content("");
            let visible = Visible::in_scene(&made.scene, &[]);
            let (list, _) = question::make(Family::Page, &content, &visible, &mut seed.rng("questions"));
            assert!(list.len() >= QUESTIONS_MIN, "{}: {}", kind.slug(), list.len());
        }
    }
}
