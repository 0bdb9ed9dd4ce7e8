//! Certificates: who did what, when, and who says so.

use super::desk::Desk;
use super::desk::Draft;
use super::logo;
use super::markup::{Expr, align, body, grid, rule, show, small, space, stack};
use super::sheet::Sheet;

struct Award {
    title: &'static str,
    lead: &'static str,
    deeds: &'static [&'static str],
    marks: &'static [&'static str],
    by: &'static [&'static str],
}

const AWARDS: [Award; 7] = [
    Award {
        title: "Certificate of Completion",
        lead: "This is to certify that",
        deeds: &[
            "has completed the course Bookkeeping for Beginners",
            "has completed the course First Aid at Work",
            "has completed the course Wood Carving II",
            "has completed the course Practical Statistics",
        ],
        marks: &["with distinction", "with good success", "with success"],
        by: &["Evening School", "Training Centre", "Adult College"],
    },
    Award {
        title: "Diploma",
        lead: "The examiners confer on",
        deeds: &[
            "the title of Master Baker",
            "the title of Certified Gardener",
            "the degree in Instrument Making",
            "the licence of Mountain Guide",
        ],
        marks: &["grade 1.3", "grade 1.7", "grade 2.0", "with honours"],
        by: &["Chamber of Crafts", "Academy", "Guild Hall"],
    },
    Award {
        title: "Certificate of Achievement",
        lead: "Presented to",
        deeds: &[
            "for 25 years of service",
            "for the best idea of the year",
            "for outstanding work on the new line",
            "for three years without an accident",
        ],
        marks: &["with thanks", "in gratitude"],
        by: &["Works", "Company", "Laboratory"],
    },
    Award {
        title: "Swimming Certificate",
        lead: "We confirm that",
        deeds: &[
            "swam 200 m without rest",
            "dived for a ring in two metres of water",
            "swam 1,000 m in open water",
        ],
        marks: &["level Bronze", "level Silver", "level Gold"],
        by: &["Swimming Club", "Public Pool"],
    },
    Award {
        title: "Winner's Certificate",
        lead: "The jury awards",
        deeds: &[
            "the first prize of the Chess Open",
            "the second prize of the Piano Competition",
            "the third prize of the Science Fair",
            "the first prize of the Reading Contest",
        ],
        marks: &["with 87 points", "with 92 points", "with 7.5 points of 9"],
        by: &["Chess Club", "Music School", "Town Library"],
    },
    Award {
        title: "Certificate of Participation",
        lead: "We are pleased to certify that",
        deeds: &[
            "took part in the Workshop on Beekeeping",
            "took part in the Town Half Marathon",
            "took part in the Summer School of Maps",
        ],
        marks: &["8 hours", "16 hours", "24 hours"],
        by: &["Society", "Institute", "Association"],
    },
    Award {
        title: "Membership Certificate",
        lead: "Be it known that",
        deeds: &[
            "is a life member of the Society for Old Roses",
            "is an honorary member of the Choir",
            "is a founding member of the Friends of the Mill",
        ],
        marks: &["with all rights", "by vote of the members"],
        by: &["Society", "Association", "Trust"],
    },
];

/// Writes a certificate.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::fields();
    let award = &AWARDS[desk.rng.below(AWARDS.len())];
    let town = desk.town();
    let person = desk.person().full();
    let issuer = format!("{town} {}", desk.any(award.by));
    let date = desk.workday();
    let title = sheet.field("Document", award.title);
    let issuer = sheet.field("Issued by", &issuer);
    let name = sheet.field("Awarded to", &person);
    let deed = sheet.field("For", desk.any(award.deeds));
    let mark = sheet.field("Result", desk.any(award.marks));
    let day = sheet.field(desk.any(&["Date", "Given on"]), &place.date(date));
    let number = sheet.field(desk.any(&["Certificate no.", "No.", "Register no."]), &desk.code("####/##"));
    let signers = ["Director", "Examiner", "Chair", "Trainer"];
    let first = desk.rng.below(signers.len());
    let signatures: Vec<_> = (0..desk.rng.whole(1, 2) as usize)
        .map(|index| {
            let role = signers[(first + index) % signers.len()];
            let person = desk.person().full();
            sheet.field(role, &person)
        })
        .collect();
    let topic = format!("{} for {person}", award.title.to_lowercase());
    let style = &mut desk.style;
    let wide = style.chance(0.65);
    desk.paper.width =
        if wide { style.range(820.0, 940.0).round() } else { style.range(600.0, 680.0).round() };
    desk.paper.margin = if wide { (76.0, 62.0) } else { (62.0, 70.0) };
    desk.paper.base = style.range(14.5, 17.0);
    desk.paper.pixels_per_pt = 1.0;
    let paper = style.word(&["#ffffff", "#fffdf5", "#faf5e8", "#f7f9fc"]);
    desk.paper.ground = pixmo_render::Color::from_hex(paper).unwrap_or(pixmo_render::Color::WHITE);
    desk.paper.title_family = style.word(&[
        "Playfair Display",
        "EB Garamond",
        "Lora",
        "Crimson Pro",
        "Besley",
        desk.paper.title_family,
    ]);
    let frame = style.below(5);
    let mut out = String::new();
    let inset = |gap: f64, style: &str| {
        format!(
            "#place(dx: {gap:.1}pt, dy: {gap:.1}pt, rect(width: 100% - {0:.1}pt, height: 100% - {0:.1}pt, {style}))",
            2.0 * gap
        )
    };
    desk.paper.frame = match frame {
        0 => inset(18.0, "stroke: 3pt + ac") + &inset(26.0, "stroke: 1pt + ac2"),
        1 => inset(8.0, "stroke: 14pt + tint") + &inset(20.0, "stroke: 1.5pt + ac"),
        2 => inset(20.0, "radius: 16pt, stroke: 2pt + ac"),
        3 => "#place(polygon(fill: ac, (0pt, 0pt), (110pt, 0pt), (0pt, 110pt)))#place(bottom + right, polygon(fill: ac, (110pt, 0pt), (110pt, 110pt), (0pt, 110pt)))".to_owned() + &inset(20.0, "stroke: 1pt + rule-c"),
        _ => "#place(rect(width: 26pt, height: 100%, fill: ac))#place(dx: 32pt, rect(width: 4pt, height: 100%, fill: ac2))".to_owned(),
    };
    let lead = stack(
        17.0,
        &[
            logo::mark(sheet.shown(issuer), 52.0, style),
            sheet.value(issuer),
            format!("text(fill: ac, T({:.2}em, {}))", style.range(2.3, 2.9), sheet.value_as(title, "title")),
        ],
    );
    show(&mut out, &align("center", &lead));
    space(&mut out, 14.0);
    show(&mut out, &align("center", &body(award.lead)));
    let who = format!("T({:.2}em, {})", style.range(1.9, 2.3), sheet.value(name));
    show(
        &mut out,
        &align("center", &stack(10.0, &[who, "line(length: 46%, stroke: 1pt + rule-c)".to_owned()])),
    );
    show(&mut out, &align("center", &stack(11.0, &[sheet.value(deed), sheet.value(mark)])));
    space(&mut out, 24.0);
    let sign = |style: &mut pixmo_render::Rng, field: usize| -> Expr {
        stack(
            6.0,
            &[
                logo::signature(130.0, style),
                rule("0.8pt + ink"),
                sheet.value(field),
                small(&sheet.name(field)),
            ],
        )
    };
    let day = stack(
        7.0,
        &[small(&sheet.name(day)), sheet.value(day), small(&sheet.name(number)), sheet.value(number)],
    );
    let mut cells = vec![day];
    cells.extend(signatures.iter().map(|f| sign(style, *f)));
    let widths = vec!["1fr"; cells.len()].join(", ");
    show(&mut out, &grid(&widths, "center + bottom", (30.0, 0.0), &cells));

    Draft {
        sheet,
        body: out,
        topic,
        persona: "someone who frames a certificate".to_owned(),
        design: format!("award-{frame}{}", if wide { "/wide" } else { "" }),
    }
}
