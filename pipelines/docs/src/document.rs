//! Documents of everyday life: invoices, tickets, recipes, letters. A kind is written as data and as Typst source from
//! the same draws; every printed piece of data is linked to its cell, so the scene knows what it shows.

mod abstract_page;
mod advert;
mod art;
mod ask;
mod award;
mod bank;
mod boarding;
mod book;
mod brochure;
mod card;
mod cheque;
mod contents;
mod cover;
mod desk;
mod diploma;
mod drug;
mod email;
mod exam;
mod exhibit;
mod fill;
mod flyer;
mod foreign;
mod form_words;
mod gazette;
mod greeting;
mod identity;
mod incident;
mod invitation;
mod kitchen;
mod lab;
mod lesson;
mod letter;
mod letter_words;
mod locale;
mod logo;
mod markup;
mod maths;
mod matter;
mod medical;
mod meeting;
mod member;
mod memo;
mod minutes;
mod newsletter;
mod notice;
mod nutrition;
mod paper;
mod paper_page;
mod parking;
mod payslip;
mod pieces;
mod portrait;
mod poster;
mod press;
mod product;
mod programme;
mod promotion;
mod prose;
mod railway;
mod receipt;
mod report;
mod resume;
mod screen;
mod sheet;
mod signature;
mod study;
mod survey;
mod task;
mod tax;
mod ticket;
mod timetable;
mod title_page;
mod trade;
mod trade_page;
mod utility;
mod warranty;
mod whitepaper;
mod words;

use std::collections::BTreeMap;

use pixmo_render::scene::{Item, Paint};
use pixmo_render::{Data, NumberFormat, Path, Rect, Scene, Seed};
use pixmo_render_figures::look::Look;
use pixmo_render_typst::{PageOptions, TypstError, render};

use crate::banks::Banks;
use crate::content::Nouns;
use desk::{Desk, Draft};
use paper::Finish;

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
    /// A tax form with its lines and what is left to pay.
    TaxForm,
    /// A cheque.
    Cheque,
    /// A card that proves who somebody is.
    IdCard,
    /// A card of a club, a library or a shop.
    MembershipCard,
    /// A ticket for a train or for several.
    TrainTicket,
    /// A slip of a parking machine, or the notice of a parking offence.
    ParkingTicket,
    /// An e-mail on paper.
    EmailPrintout,
    /// The label of a product.
    ProductLabel,
    /// The label of a medicine.
    DrugLabel,
    /// For how long a thing and its parts are covered.
    WarrantyCard,
    /// A form that a patient has filled in.
    MedicalForm,
    /// A survey that somebody has filled in.
    SurveyForm,
    /// What went wrong, and what is done about it.
    IncidentReport,
    /// The front page of a newspaper.
    NewspaperFrontPage,
    /// News and dates of a club or house.
    Newsletter,
    /// A page of a white paper.
    WhitePaperPage,
    /// The first page of a scholarly paper in two columns.
    PaperPage,
    /// A page of an annual report.
    ReportPage,
    /// The abstract of a talk or poster.
    AbstractPage,
    /// The front cover of a book.
    BookCover,
    /// The title page of a book or thesis.
    TitlePage,
    /// What a book holds, with pages.
    TableOfContents,
    /// A page of the index of a book.
    IndexPage,
    /// A panel of a brochure of a place to visit.
    BrochurePanel,
    /// A flyer for a course or meeting.
    Flyer,
    /// A poster for an event.
    Poster,
    /// An advertisement with its price.
    Advertisement,
    /// An invitation to a celebration.
    Invitation,
    /// A greeting card with its text.
    GreetingCard,
    /// A diploma with grades.
    Diploma,
    /// Tasks for pupils with room for answers.
    Worksheet,
    /// The solutions of a worksheet.
    AnswerKey,
    /// Posts and schooling of an applicant.
    Resume,
    /// Rows of sums, differences, products and quotients.
    ArithmeticDrill,
    /// Fractions to add, subtract, multiply and divide.
    FractionSheet,
    /// Stories about shares and prices.
    PercentProblems,
    /// Sequences to be continued.
    NumberSequences,
    /// Equations with one unknown.
    LinearEquations,
    /// Pairs of equations with two unknowns.
    EquationSystems,
    /// Equations of the second degree.
    QuadraticEquations,
    /// Polynomials with values, derivatives or integrals.
    CalculusSheet,
    /// Figures drawn to scale with their measures.
    GeometrySheet,
    /// A list of values, or a bag of marbles.
    StatisticsSheet,
    /// A truth table.
    LogicSheet,
    /// A line or parabola with named points.
    CoordinatePlane,
    /// A mail program with its messages.
    MailInbox,
    /// A chat on a desktop or a telephone.
    ChatWindow,
    /// Switches and values of a computer.
    SettingsScreen,
    /// Products of a web shop.
    ShopListing,
    /// A cart with its total and a form.
    ShoppingCart,
    /// A week of a calendar with its entries.
    WeekCalendar,
    /// A player of music.
    MediaPlayer,
    /// Commands and their output.
    TerminalSession,
    /// A file of code in an editor.
    CodeEditor,
    /// The home or lock screen of a telephone.
    PhoneScreen,
    /// Files of a folder.
    FileManager,
    /// Key figures on cards, and bars.
    DashboardScreen,
    /// A map with numbered places and their list.
    MapScreen,
    /// A grid of cells in a program of tables.
    SpreadsheetScreen,
}

use DocumentKind as K;

impl DocumentKind {
    /// All kinds.
    pub const ALL: &'static [DocumentKind] = &[
        K::Invoice,
        K::Quotation,
        K::PurchaseOrder,
        K::DeliveryNote,
        K::Receipt,
        K::UtilityBill,
        K::BankStatement,
        K::Payslip,
        K::BoardingPass,
        K::EventTicket,
        K::BusinessLetter,
        K::Memo,
        K::Notice,
        K::MeetingMinutes,
        K::Agenda,
        K::Programme,
        K::Recipe,
        K::Menu,
        K::NutritionLabel,
        K::Certificate,
        K::ShippingLabel,
        K::BusinessCard,
        K::ExamSheet,
        K::LabReport,
        K::Timetable,
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
        K::NewspaperFrontPage,
        K::Newsletter,
        K::WhitePaperPage,
        K::PaperPage,
        K::ReportPage,
        K::AbstractPage,
        K::BookCover,
        K::TitlePage,
        K::TableOfContents,
        K::IndexPage,
        K::BrochurePanel,
        K::Flyer,
        K::Poster,
        K::Advertisement,
        K::Invitation,
        K::GreetingCard,
        K::Diploma,
        K::Worksheet,
        K::AnswerKey,
        K::Resume,
        K::ArithmeticDrill,
        K::FractionSheet,
        K::PercentProblems,
        K::NumberSequences,
        K::LinearEquations,
        K::EquationSystems,
        K::QuadraticEquations,
        K::CalculusSheet,
        K::GeometrySheet,
        K::StatisticsSheet,
        K::LogicSheet,
        K::CoordinatePlane,
        K::MailInbox,
        K::ChatWindow,
        K::SettingsScreen,
        K::ShopListing,
        K::ShoppingCart,
        K::WeekCalendar,
        K::MediaPlayer,
        K::TerminalSession,
        K::CodeEditor,
        K::PhoneScreen,
        K::FileManager,
        K::DashboardScreen,
        K::MapScreen,
        K::SpreadsheetScreen,
    ];

    /// True for kinds that can be written in other languages than English.
    pub fn speaks(self) -> bool {
        foreign::SPEAK.contains(&self)
    }

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
            K::TaxForm => "tax_form",
            K::Cheque => "cheque",
            K::IdCard => "id_card",
            K::MembershipCard => "membership_card",
            K::TrainTicket => "train_ticket",
            K::ParkingTicket => "parking_ticket",
            K::EmailPrintout => "email_printout",
            K::ProductLabel => "product_label",
            K::DrugLabel => "drug_label",
            K::WarrantyCard => "warranty_card",
            K::MedicalForm => "medical_form",
            K::SurveyForm => "survey_form",
            K::IncidentReport => "incident_report",
            K::NewspaperFrontPage => "newspaper_front_page",
            K::Newsletter => "newsletter",
            K::WhitePaperPage => "white_paper_page",
            K::PaperPage => "two_column_paper_page",
            K::ReportPage => "report_page",
            K::AbstractPage => "abstract_page",
            K::BookCover => "book_cover",
            K::TitlePage => "title_page",
            K::TableOfContents => "table_of_contents",
            K::IndexPage => "index_page",
            K::BrochurePanel => "brochure_panel",
            K::Flyer => "flyer",
            K::Poster => "poster",
            K::Advertisement => "advertisement",
            K::Invitation => "invitation",
            K::GreetingCard => "greeting_card",
            K::Diploma => "diploma",
            K::Worksheet => "worksheet",
            K::AnswerKey => "answer_key",
            K::Resume => "resume",
            K::ArithmeticDrill => "arithmetic_drill",
            K::FractionSheet => "fraction_sheet",
            K::PercentProblems => "percent_problems",
            K::NumberSequences => "number_sequences",
            K::LinearEquations => "linear_equations",
            K::EquationSystems => "equation_systems",
            K::QuadraticEquations => "quadratic_equations",
            K::CalculusSheet => "calculus_sheet",
            K::GeometrySheet => "geometry_sheet",
            K::StatisticsSheet => "statistics_sheet",
            K::LogicSheet => "logic_sheet",
            K::CoordinatePlane => "coordinate_plane",
            K::MailInbox => "mail_inbox",
            K::ChatWindow => "chat_window",
            K::SettingsScreen => "settings_screen",
            K::ShopListing => "shop_listing",
            K::ShoppingCart => "shopping_cart",
            K::WeekCalendar => "week_calendar",
            K::MediaPlayer => "media_player",
            K::TerminalSession => "terminal_session",
            K::CodeEditor => "code_editor",
            K::PhoneScreen => "phone_screen",
            K::FileManager => "file_manager",
            K::DashboardScreen => "dashboard_screen",
            K::MapScreen => "map_screen",
            K::SpreadsheetScreen => "spreadsheet_screen",
        }
    }

    /// The group of kinds it belongs to, as rows name it.
    pub fn family(self) -> &'static str {
        match self {
            K::ArithmeticDrill
            | K::FractionSheet
            | K::PercentProblems
            | K::NumberSequences
            | K::LinearEquations
            | K::EquationSystems
            | K::QuadraticEquations
            | K::CalculusSheet
            | K::GeometrySheet
            | K::StatisticsSheet
            | K::LogicSheet
            | K::CoordinatePlane => "mathematics",
            K::MailInbox
            | K::ChatWindow
            | K::SettingsScreen
            | K::ShopListing
            | K::ShoppingCart
            | K::WeekCalendar
            | K::MediaPlayer
            | K::TerminalSession
            | K::CodeEditor
            | K::PhoneScreen
            | K::FileManager
            | K::DashboardScreen
            | K::MapScreen
            | K::SpreadsheetScreen => "screens",
            _ => "documents",
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
            K::Invoice | K::Quotation | K::PurchaseOrder | K::DeliveryNote => trade::write(self, desk),
            K::Receipt => receipt::write(desk),
            K::UtilityBill => utility::write(desk),
            K::BankStatement => bank::write(desk),
            K::Payslip => payslip::write(desk),
            K::BoardingPass => boarding::boarding_pass(desk),
            K::EventTicket => ticket::event_ticket(desk),
            K::BusinessLetter => letter::write(desk),
            K::Memo => memo::write(desk),
            K::Notice => notice::write(desk),
            K::MeetingMinutes => minutes::write(desk),
            K::Agenda => meeting::agenda(desk),
            K::Programme => programme::write(desk),
            K::Recipe => kitchen::recipe(desk),
            K::Menu => kitchen::menu(desk),
            K::NutritionLabel => nutrition::write(desk),
            K::Certificate => award::write(desk),
            K::ShippingLabel => card::shipping_label(desk),
            K::BusinessCard => card::business_card(desk),
            K::ExamSheet => exam::write(desk),
            K::LabReport => lab::write(desk),
            K::Timetable => timetable::write(desk),
            K::TaxForm => tax::write(desk),
            K::Cheque => cheque::write(desk),
            K::IdCard => identity::write(desk),
            K::MembershipCard => member::write(desk),
            K::TrainTicket => railway::write(desk),
            K::ParkingTicket => parking::write(desk),
            K::EmailPrintout => email::write(desk),
            K::ProductLabel => product::write(desk),
            K::DrugLabel => drug::write(desk),
            K::WarrantyCard => warranty::write(desk),
            K::MedicalForm => medical::write(desk),
            K::SurveyForm => survey::write(desk),
            K::IncidentReport => incident::write(desk),
            K::NewspaperFrontPage => gazette::write(desk),
            K::Newsletter => newsletter::write(desk),
            K::WhitePaperPage => whitepaper::write(desk),
            K::PaperPage => paper_page::write(desk),
            K::ReportPage => report::write(desk),
            K::AbstractPage => abstract_page::write(desk),
            K::BookCover => cover::write(desk),
            K::TitlePage => title_page::write(desk),
            K::TableOfContents => contents::contents(desk),
            K::IndexPage => contents::index(desk),
            K::BrochurePanel => brochure::write(desk),
            K::Flyer => flyer::write(desk),
            K::Poster => poster::write(desk),
            K::Advertisement => advert::write(desk),
            K::Invitation => invitation::write(desk),
            K::GreetingCard => greeting::write(desk),
            K::Diploma => diploma::write(desk),
            K::Worksheet => lesson::worksheet(desk),
            K::AnswerKey => lesson::answer_key(desk),
            K::Resume => resume::write(desk),
            K::ArithmeticDrill => maths::arithmetic(desk),
            K::FractionSheet => maths::fractions(desk),
            K::PercentProblems => maths::percentages(desk),
            K::NumberSequences => maths::sequences(desk),
            K::LinearEquations => maths::linear(desk),
            K::EquationSystems => maths::systems(desk),
            K::QuadraticEquations => maths::quadratic(desk),
            K::CalculusSheet => maths::calculus(desk),
            K::GeometrySheet => maths::geometry(desk),
            K::StatisticsSheet => maths::statistics(desk),
            K::LogicSheet => maths::logic(desk),
            K::CoordinatePlane => maths::plane(desk),
            K::MailInbox => screen::mail(desk),
            K::ChatWindow => screen::chat(desk),
            K::SettingsScreen => screen::settings(desk),
            K::ShopListing => screen::shop_listing(desk),
            K::ShoppingCart => screen::shopping_cart(desk),
            K::WeekCalendar => screen::week(desk),
            K::MediaPlayer => screen::player(desk),
            K::TerminalSession => screen::terminal(desk),
            K::CodeEditor => screen::editor(desk),
            K::PhoneScreen => screen::phone(desk),
            K::FileManager => screen::files(desk),
            K::DashboardScreen => screen::dashboard(desk),
            K::MapScreen => screen::map(desk),
            K::SpreadsheetScreen => screen::spreadsheet(desk),
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
    /// How its numbers and dates are written (BCP 47).
    pub locale: &'static str,
    /// Who would write it, in a few words.
    pub persona_hint: String,
    /// The design that was drawn, such as `letterhead/zebra`.
    pub design: String,
    /// What is drawn where.
    pub scene: Scene,
    /// How the page became pixels.
    pub options: PageOptions,
    /// How its things are called in questions, and the questions in its own words.
    pub nouns: Nouns,
    /// What such a document could tell and this one does not.
    pub absent: Vec<String>,
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
pub fn make(
    kind: DocumentKind,
    banks: &'static Banks,
    look: &Look,
    seed: &Seed,
) -> Result<Document, DocumentError> {
    let mut desk = Desk::open(banks, look, &seed.child(kind.slug()));
    let draft = match &banks.foreign {
        Some(foreign) if kind.speaks() => foreign::write(kind, foreign, &mut desk),
        _ => kind.write(&mut desk),
    };
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
    let scene = if desk.paper.finish == Finish::Plain && covered(&scene) < COVER_MIN {
        // Mostly bare paper: seen on a table it is not of one colour. What is on the sheet stays as it was set.
        desk.paper.finish = Finish::on_desk(&mut desk.style, desk.paper.accent);
        source = desk.paper.source(&draft.body);
        desk.paper.laid_down(scene)
    } else {
        scene
    };
    let (nouns, absent) = draft.sheet.words();
    let (data, formats) = draft.sheet.finish();
    Ok(Document {
        kind,
        data,
        formats,
        source,
        topic: draft.topic,
        locale: desk.place.tag,
        persona_hint: draft.persona,
        design: draft.design,
        scene,
        options,
        nouns,
        absent,
    })
}

/// Least share of a plain sheet that print must cover; pictures of nearly one colour are of no use.
const COVER_MIN: f32 = 0.12;

/// About which share of the picture is not bare ground: fills count whole, lines with their length, letters with the
/// share of a text's box that their ink and its soft edges usually take.
fn covered(scene: &Scene) -> f32 {
    const INK_SHARE: f32 = 0.45;
    let canvas = scene.bounds();
    let inside = |path: &Path| {
        let b = path.bounds();
        Rect::new(b.left(), b.top(), b.right(), b.bottom()).intersection(&canvas)
    };
    let sum: f32 = scene
        .items
        .iter()
        .map(|item| match item {
            Item::Fill { path, paint, .. } if *paint != Paint::Solid(scene.ground) => inside(path).area(),
            Item::Stroke { path, stroke, .. } => {
                let b = inside(path);
                2.0 * (b.width() + b.height()) * stroke.width
            }
            Item::Text { element, .. } => {
                scene.element(*element).bounds.intersection(&canvas).area() * INK_SHARE
            }
            _ => 0.0,
        })
        .sum();
    sum / canvas.area().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pixmo_render::defect::{self, Limits};
    use pixmo_render::{ColumnKind, Datum, Picture, Table};
    use rust_decimal::Decimal;

    use crate::question::{self, Family, QUESTIONS_MIN};
    use crate::visibility::Visible;

    fn document(kind: DocumentKind, number: u64) -> Document {
        let seed = Seed::from_number(number);
        let look = Look::draw(&mut seed.rng("look"));
        make(kind, Banks::bundled(), &look, &seed).expect("the page can be set")
    }

    fn field<'a>(document: &'a Document, names: &[&str]) -> &'a pixmo_render::Cell {
        let fields = document.data.tables.last().expect("fields come last");
        let row = fields.rows.iter().find(|row| names.iter().any(|name| row[0].shown.starts_with(name)));
        &row.unwrap_or_else(|| panic!("one of {names:?} in {:?}", fields.texts(0)))[2]
    }

    fn sum(table: &Table, column: usize) -> Decimal {
        table.rows.iter().filter_map(|row| row[column].as_decimal()).sum()
    }

    #[test]
    fn slugs_and_titles_go_there_and_back() {
        for kind in DocumentKind::ALL {
            assert_eq!(DocumentKind::from_slug(kind.slug()), Some(*kind));
            assert!(!kind.title().contains('_'));
        }
        assert_eq!(DocumentKind::from_slug("Invoice"), None);
        assert!(DocumentKind::ALL.len() >= 14);
    }

    #[test]
    fn what_is_printed_is_in_the_data() {
        for (index, kind) in DocumentKind::ALL.iter().enumerate() {
            let document = document(*kind, 100 + index as u64);
            let mut printed = 0;
            for element in document.scene.elements.iter().filter(|e| !e.data.is_empty()) {
                for datum in &element.data {
                    // A formula holds its operands, and a mark draws its cells: they are looked at below.
                    let number = document.data.tables[usize::from(datum.table)].columns
                        [usize::from(datum.column)]
                    .kind;
                    let formula =
                        element.data.len() > 2 || number == ColumnKind::Number || datum.row == Datum::HEADER;
                    if kind.family() == "mathematics" && formula {
                        printed += 1;
                        continue;
                    }
                    // A name that is not printed is told by the place of its value.
                    let value = Datum { column: 1, ..*datum };
                    if datum.column == 0 && datum.row != Datum::HEADER && element.data.contains(&value) {
                        continue;
                    }
                    let table = &document.data.tables[usize::from(datum.table)];
                    let shown = if datum.row == Datum::HEADER {
                        &table.columns[usize::from(datum.column)].name
                    } else {
                        &table.rows[usize::from(datum.row)][usize::from(datum.column)].shown
                    };
                    // A long value stands on several lines, a number may stand digit by digit in boxes; a name may
                    // have a colon behind it.
                    let plain = |text: &str| -> String {
                        text.trim_end_matches(':').to_lowercase().split_whitespace().collect()
                    };
                    assert!(
                        plain(shown).contains(&plain(&element.label)),
                        "{}: `{}` is linked to `{shown}`",
                        kind.slug(),
                        element.label
                    );
                    printed += 1;
                }
            }
            assert!(printed >= 5, "{}: {printed}", kind.slug());
            for table in &document.data.tables {
                assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", kind.slug());
            }
            assert_eq!(document.data.tables.last().map(|t| t.name.as_str()), Some("fields"));
            assert!(document.data.tables.len() < 3);
        }
    }

    #[test]
    fn formulas_print_the_digits_of_their_operands() {
        let kinds = DocumentKind::ALL.iter().filter(|kind| kind.family() == "mathematics");
        for (index, kind) in kinds.enumerate() {
            for number in 0..4 {
                let document = document(*kind, 700 + 10 * index as u64 + number);
                let mut held: BTreeMap<Datum, String> = BTreeMap::new();
                for element in document.scene.elements.iter().filter(|e| e.text.is_some()) {
                    for datum in element.data.iter().filter(|datum| datum.row != Datum::HEADER) {
                        held.entry(*datum).or_default().push_str(&element.label);
                    }
                }
                for (datum, text) in held {
                    let table = &document.data.tables[usize::from(datum.table)];
                    let cell = &table.rows[usize::from(datum.row)][usize::from(datum.column)];
                    let Some(value) = cell.as_decimal() else { continue };
                    // The factor 1 is not written.
                    let digits = value.abs().normalize().to_string();
                    let told = text.contains(&digits) || value.abs() == Decimal::ONE;
                    assert!(told, "{}: {digits} in `{text}`", kind.slug());
                }
            }
        }
    }

    #[test]
    fn sheets_and_screens_give_enough_to_ask_and_every_answer_is_found_again() {
        const EACH: u64 = 5;
        let (mut bad, mut all) = (Vec::new(), 0);
        let kinds = DocumentKind::ALL.iter().filter(|kind| kind.family() != "documents");
        for (index, kind) in kinds.enumerate() {
            let mut plans = std::collections::BTreeSet::new();
            let mut solved = kind.family() == "screens";
            for number in 0..EACH {
                let number = 5_000 + 10 * index as u64 + number;
                let document = document(*kind, number);
                all += 1;
                if let Some(first) = defect::find(&document.scene, &Limits::default()).first() {
                    bad.push(format!("{} {number}: {first:?}", kind.slug()));
                }
                let content = document.content("");
                let visible = Visible::in_scene(&document.scene, &[]);
                let mut rng = Seed::from_number(number).rng("questions");
                let (list, _) = question::make(Family::Page, &content, &visible, &mut rng);
                assert!(list.len() >= QUESTIONS_MIN, "{} {number}: {}", kind.slug(), list.len());
                let points = question::point_questions(Family::Page, &content, &visible, &mut rng);
                assert!(!points.is_empty(), "{} {number}: nothing to point at", kind.slug());
                let data = serde_json::to_string(&content.data).expect("tables have a JSON form");
                let tables = pixmo_recheck::Tables::parse(&data).expect("the tables can be read");
                for question in &list {
                    let again = tables.check(&question.program, &question.answer);
                    assert!(again.is_ok(), "{} {number}: {}: {again:?}", kind.slug(), question.question);
                }
                solved |= list.iter().any(|question| question.kind == "solution");
                plans.insert(data);
            }
            assert!(solved, "{}: no sheet asks for a solution", kind.slug());
            assert_eq!(plans.len() as u64, EACH, "{}: two pages are the same", kind.slug());
        }
        assert!(bad.len() * 25 <= all, "{} of {all} have defects: {}", bad.len(), bad.join("; "));
    }

    #[test]
    fn sums_are_right_to_the_cent() {
        for number in 0..4 {
            let invoice = document(DocumentKind::Invoice, number);
            let items = &invoice.data.tables[0];
            for row in &items.rows {
                let [quantity, price, amount] = [2, 4, 5].map(|c| row[c].as_decimal().expect("a number"));
                assert_eq!(quantity * price, amount);
            }
            let net = field(&invoice, &["Subtotal", "Net total", "Sum of items"]).as_decimal();
            assert_eq!(net, Some(sum(items, 5)));
            let fields = invoice.data.tables.last().expect("fields");
            let amounts: Vec<Decimal> = fields.rows.iter().filter_map(|row| row[2].as_decimal()).collect();
            let (total, parts) = amounts.split_last().expect("there is a total");
            assert_eq!(parts.iter().sum::<Decimal>(), *total, "the total adds up");

            let statement = document(DocumentKind::BankStatement, number);
            let items = &statement.data.tables[0];
            let last = items.columns.len() - 1;
            let mut balance =
                field(&statement, &["Opening", "Balance brought", "Previous"]).as_decimal().expect("money");
            for row in &items.rows {
                if last == 3 {
                    balance += row[2].as_decimal().expect("an amount");
                } else {
                    balance +=
                        row[3].as_decimal().unwrap_or_default() - row[2].as_decimal().unwrap_or_default();
                }
                assert_eq!(row[last].as_decimal(), Some(balance.normalize()));
            }

            let exam = document(DocumentKind::ExamSheet, number);
            let whole = sum(&exam.data.tables[0], 2).to_string();
            let fields = exam.data.tables.last().expect("fields");
            assert!(fields.texts(1).contains(&whole.as_str()), "{whole} in {:?}", fields.texts(1));
        }
    }

    #[test]
    fn numbers_print_as_their_formats_say() {
        for kind in [
            DocumentKind::Invoice,
            DocumentKind::Receipt,
            DocumentKind::UtilityBill,
            DocumentKind::Payslip,
            DocumentKind::Menu,
            DocumentKind::TaxForm,
            DocumentKind::WarrantyCard,
        ] {
            let document = document(kind, 9);
            let mut seen = 0;
            for ((table, column), format) in &document.formats {
                let table = &document.data.tables[*table];
                assert_eq!(table.columns[*column].kind, ColumnKind::Number, "{}", kind.slug());
                for cell in table.rows.iter().map(|row| &row[*column]) {
                    if let Some(value) = cell.as_decimal() {
                        assert_eq!(format.print(value), cell.shown, "{}", kind.slug());
                        seen += 1;
                    }
                }
            }
            assert!(seen >= 3, "{}", kind.slug());
        }
    }

    #[test]
    fn a_sheet_laid_on_a_table_looks_as_its_source_says() {
        for kind in [DocumentKind::BusinessLetter, DocumentKind::Memo, DocumentKind::Notice] {
            for number in 0..5 {
                let document = document(kind, number);
                let set = render(&document.source, &document.options).expect("the page can be set");
                let made = &document.scene;
                assert_eq!(made.elements.len(), set.elements.len(), "{} {number}", kind.slug());
                assert!(made.width.abs_diff(set.width) < 3 && made.height.abs_diff(set.height) < 3);
                for (a, b) in made.elements.iter().zip(&set.elements) {
                    assert_eq!((&a.label, &a.data), (&b.label, &b.data));
                    if a.bounds.is_empty() {
                        continue;
                    }
                    let (a, b) = (a.bounds.center(), b.bounds.center());
                    assert!((a.x - b.x).abs() < 2.0 && (a.y - b.y).abs() < 2.0, "{}", kind.slug());
                }
            }
        }
    }

    #[test]
    fn documents_are_the_same_each_time_and_nearly_always_free_of_defects() {
        let (mut bad, mut all) = (0, 0);
        for kind in DocumentKind::ALL {
            for number in 40..42 {
                let first = document(*kind, number);
                let defects = defect::find(&first.scene, &Limits::default());
                bad += usize::from(!defects.is_empty());
                all += 1;
                if number == 40 {
                    let again = document(*kind, number);
                    assert_eq!((&first.data, &first.source), (&again.data, &again.source));
                    assert!(Picture::of(&first.scene) == Picture::of(&again.scene), "{}", kind.slug());
                }
            }
        }
        assert!(bad * 20 <= all, "{bad} of {all} documents have defects");
    }
}
