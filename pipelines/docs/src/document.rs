//! Documents of everyday life: invoices, tickets, recipes, letters. A kind is written as data and as Typst source from
//! the same draws; every printed piece of data is linked to its cell, so the scene knows what it shows.

mod desk;
mod locale;
mod logo;
mod markup;
mod paper;
mod pieces;
mod sheet;
mod trade;
mod words;

use std::collections::BTreeMap;

use pixmo_render::{Data, NumberFormat, Scene, Seed};
use pixmo_render_figures::look::Look;
use pixmo_render_typst::{PageOptions, TypstError, render};

use crate::banks::Banks;
use desk::{Desk, Draft};

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocumentKind {
    /// What is owed for goods or work.
    Invoice,
    /// What goods or work would cost.
    Quotation,
    /// What is ordered.
    PurchaseOrder,
    /// What a delivery holds, without prices.
    DeliveryNote,
    /// A till receipt.
    Receipt,
    /// Electricity, water or gas used and owed.
    UtilityBill,
    /// Movements of an account with running balance.
    BankStatement,
    /// Pay, deductions, net pay.
    Payslip,
    /// A boarding pass for an aeroplane.
    BoardingPass,
    /// A ticket for a concert, play or match.
    EventTicket,
    /// A letter between a business and a person.
    BusinessLetter,
    /// A note inside an organisation.
    Memo,
    /// A notice for a door or board.
    Notice,
    /// What a meeting decided.
    MeetingMinutes,
    /// What a meeting will treat, with times.
    Agenda,
    /// The programme of a day of talks, a concert, a festival.
    Programme,
    /// Ingredients and steps.
    Recipe,
    /// Dishes and prices.
    Menu,
    /// Nutrition facts of a food.
    NutritionLabel,
    /// A certificate of an achievement.
    Certificate,
    /// The label of a parcel.
    ShippingLabel,
    /// A business card.
    BusinessCard,
    /// Questions with points.
    ExamSheet,
    /// Measured values with reference ranges.
    LabReport,
    /// Departures of a bus, tram or ferry line.
    Timetable,
}

use DocumentKind as K;

impl DocumentKind {
    /// All kinds.
    pub const ALL: &'static [DocumentKind] = &[K::Invoice, K::Quotation, K::PurchaseOrder, K::DeliveryNote];

    /// The name in files, such as `bank_statement`.
    pub fn slug(self) -> &'static str {
        match self {
            K::Invoice => "invoice",
            K::Quotation => "quotation",
            K::PurchaseOrder => "purchase_order",
            K::DeliveryNote => "delivery_note",
            K::Receipt => "receipt",
            K::UtilityBill => "utility_bill",
            K::BankStatement => "bank_statement",
            K::Payslip => "payslip",
            K::BoardingPass => "boarding_pass",
            K::EventTicket => "event_ticket",
            K::BusinessLetter => "business_letter",
            K::Memo => "memo",
            K::Notice => "notice",
            K::MeetingMinutes => "meeting_minutes",
            K::Agenda => "agenda",
            K::Programme => "programme",
            K::Recipe => "recipe",
            K::Menu => "menu",
            K::NutritionLabel => "nutrition_label",
            K::Certificate => "certificate",
            K::ShippingLabel => "shipping_label",
            K::BusinessCard => "business_card",
            K::ExamSheet => "exam_sheet",
            K::LabReport => "lab_report",
            K::Timetable => "timetable",
        }
    }

    /// The kind with this slug.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.slug() == slug)
    }

    /// The name for people, such as `bank statement`.
    pub fn title(self) -> String {
        self.slug().replace('_', " ")
    }

    fn write(self, desk: &mut Desk<'_>) -> Draft {
        match self {
            kind => trade::write(kind, desk),
        }
    }
}

/// A document with everything that is known about it.
#[derive(Debug)]
pub struct Document {
    /// What it is.
    pub kind: DocumentKind,
    /// Its data: `items` first where there are any, then `fields` (columns `name`, `value` and, where values are
    /// money, `amount`).
    pub data: Data,
    /// How the numbers of a column are printed, by (table, column).
    pub formats: BTreeMap<(usize, usize), NumberFormat>,
    /// The Typst source of the page.
    pub source: String,
    /// What it is about, in one line.
    pub topic: String,
    /// Who would write it, in a few words.
    pub persona_hint: String,
    /// The design that was drawn, such as `letterhead/zebra`.
    pub design: String,
    /// What is drawn where.
    pub scene: Scene,
    /// How the page became pixels.
    pub options: PageOptions,
}

/// Why a document cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// The page cannot be set.
    #[error("cannot set `{kind}`")]
    Page {
        /// The kind of document.
        kind: &'static str,
        /// Why.
        source: TypstError,
    },
}

/// Makes a document: data, source and scene. The same arguments give the same document.
///
/// # Errors
/// When the page cannot be set, which a run counts as a dropped task.
pub fn make(kind: DocumentKind, banks: &Banks, look: &Look, seed: &Seed) -> Result<Document, DocumentError> {
    let mut desk = Desk::open(banks, look, &seed.child(kind.slug()));
    let draft = kind.write(&mut desk);
    let failed = |source| DocumentError::Page { kind: kind.slug(), source };
    let options = desk.paper.options();
    let mut source = desk.paper.source(&draft.body);
    let scene = match render(&source, &options) {
        Err(TypstError::Overflow { .. }) if desk.paper.height.is_some() => {
            // A fixed sheet was too short for this content: the same content on a sheet as long as it needs.
            desk.paper.height = None;
            source = desk.paper.source(&draft.body);
            render(&source, &options)
        }
        other => other,
    }
    .map_err(failed)?;
    let (data, formats) = draft.sheet.finish();
    Ok(Document {
        kind,
        data,
        formats,
        source,
        topic: draft.topic,
        persona_hint: draft.persona,
        design: draft.design,
        scene,
        options,
    })
}
