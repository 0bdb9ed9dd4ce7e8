//! Front covers of books.

use super::art::{self, Tones};
use super::book::{HOUSES, books, page};
use super::desk::{Desk, Draft};
use super::logo;
use super::markup::{Expr, body, bold, inline, rule, show, small, space, stack, text};
use super::press::{bookish, dark, fitting, modern, para, spaced, title as heading_of, tone};
use super::sheet::{Field, Sheet};

const PAPERS: [&str; 8] = [
    "The Evening Reader",
    "Harbour Review",
    "Pages",
    "The Bookseller's Diary",
    "Northern Letters",
    "Sunday Shelf",
    "The Reading Room",
    "Literary Post",
];

/// What stands on a cover.
struct Cover {
    title: Field,
    subtitle: Field,
    author: Field,
    house: Field,
    extra: Field,
    praise: Field,
    paper: Field,
    helper: Option<(&'static str, Field)>,
    series: Option<Field>,
}

/// Writes the front cover of a book.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let mut sheet = Sheet::fields();
    sheet.lacks(&[
        "Year of publication",
        "Number of pages",
        "Price of the book",
        "ISBN",
        "Name of the designer",
        "Town of the publisher",
    ]);
    let book = desk.rng.pick(books());
    let (title, subtitle) = book.name(desk);
    let author = desk.person().full();
    let extra = desk.rng.pick(&book.extra).replace("{n}", &desk.rng.whole(3, 96).to_string());
    let praise = desk.rng.pick(&book.praise).clone();
    let helper = desk.rng.chance(0.6).then(|| {
        let (label, name, ask) = *desk.rng.pick(&[
            (
                "With a foreword by",
                "Author of the foreword",
                "Who wrote the foreword?|Who is the author of the foreword?",
            ),
            ("Translated by", "Translator", "Who translated the book?|Who is the translator?"),
            ("Illustrated by", "Illustrator", "Who illustrated the book?|Who drew the pictures of the book?"),
        ]);
        let person = desk.person().full();
        (label, sheet.tell(name, &person, ask))
    });
    let series = desk.rng.chance(0.6).then(|| {
        let series = desk.any(&[
            "Library of Quiet Things",
            "Pocket Classics",
            "The Blue Series",
            "Readers' Choice",
            "Harbour Library",
            "Small Worlds",
        ]);
        sheet.tell("Series", series, "Which series is the book part of?|What is the name of the series?")
    });
    let cover = Cover {
        title: sheet.tell("Title", &title, "What is the title of the book?|What is the book called?"),
        subtitle: sheet.tell(
            "Subtitle",
            &subtitle,
            "What is the subtitle of the book?|What does the line below the title say?",
        ),
        author: sheet.tell("Author", &author, "Who wrote the book?|Who is the author of the book?"),
        house: sheet.tell(
            "Publisher",
            desk.any(&HOUSES),
            "Who published the book?|Which publisher is named?",
        ),
        extra: sheet.tell("Additional line", &extra, "Which line on the cover has digits in it?"),
        praise: sheet.tell(
            "Quotation",
            &format!("“{praise}”"),
            "What does the review on the cover say?|How does the quotation on the cover read?",
        ),
        paper: sheet.tell(
            "Source of the quotation",
            desk.any(&PAPERS),
            "Which paper is quoted?|Where does the quotation come from?",
        ),
        helper,
        series,
    };
    if matches!(book.kind.as_str(), "novel" | "poetry" | "history") || desk.style.chance(0.3) {
        bookish(desk);
    } else {
        modern(desk);
    }
    desk.paper.margin = (desk.style.range(34.0, 44.0), desk.style.range(36.0, 46.0));
    desk.paper.base = desk.style.range(14.0, 15.4);
    let (w, h) = page(desk, (400.0, 470.0), (1.42, 1.58));
    let form = desk.style.below(5);
    let motif = match book.kind.as_str() {
        "history" => *desk.style.pick(&[1, 2, 7, 8]),
        "nature" => *desk.style.pick(&[0, 5, 4]),
        "travel" => *desk.style.pick(&[0, 1, 4, 7]),
        "novel" => *desk.style.pick(&[0, 1, 2, 4, 5, 7]),
        _ => *desk.style.pick(&[3, 6, 8]),
    };
    let body = match form {
        0 => picture_above(desk, &sheet, &cover, motif, (w, h)),
        1 => framed(desk, &sheet, &cover, (w, h)),
        2 => large_type(desk, &sheet, &cover, (w, h)),
        3 => label(desk, &sheet, &cover, motif, (w, h)),
        _ => picture_below(desk, &sheet, &cover, motif, (w, h)),
    };
    let topic = format!("book cover: {title}");
    Draft {
        sheet,
        body,
        topic,
        persona: "a bookseller who dresses the window".to_owned(),
        design: format!("cover-{form}/{motif}"),
    }
}

fn quote(sheet: &Sheet, cover: &Cover) -> Expr {
    stack(
        7.0,
        &[
            para(&format!("text(style: \"italic\", {})", sheet.value(cover.praise))),
            small_same(&inline(&[text("— "), sheet.value(cover.paper)])),
        ],
    )
}

fn small_same(inner: &str) -> Expr {
    format!("text(size: 0.88em, {inner})")
}

/// Helper and additional line, one below the other.
fn lines(sheet: &Sheet, cover: &Cover) -> Vec<Expr> {
    let mut list = vec![sheet.value(cover.extra)];
    if let Some((label, field)) = &cover.helper {
        list.push(inline(&[body(&format!("{label} ")), sheet.value(*field)]));
    }
    list
}

fn house(sheet: &Sheet, cover: &Cover) -> Expr {
    let mut parts = Vec::new();
    if let Some(series) = cover.series {
        parts.extend([sheet.value(series), text("   ·   ")]);
    }
    parts.push(bold(&sheet.value(cover.house)));
    small_same(&inline(&parts))
}

/// A picture over the upper part, the words below it.
fn picture_above(
    desk: &mut Desk<'_>,
    sheet: &Sheet,
    cover: &Cover,
    motif: usize,
    (w, h): (f64, f64),
) -> String {
    tone(desk, &["#fdf9ef", "#ffffff", "#f3efe6", "#eef3f2", "#fbf1ec"]);
    let style = &mut desk.style;
    let tones = Tones::of(&desk.paper, style);
    let tall = h * style.range(0.42, 0.5);
    desk.paper.frame = format!("#place({})", art::picture(motif, (w, tall), &tones, style));
    let size = fitting(sheet.shown(cover.title), w - 2.0 * desk.paper.margin.0, desk.paper.base, 3.0);
    let mut out = String::new();
    space(&mut out, tall - desk.paper.margin.1 + 24.0);
    let author = format!("text(fill: ac, size: 1.25em, {})", bold(&sheet.value(cover.author)));
    show(
        &mut out,
        &stack(11.0 + size * 2.0, &[author, heading_of(size, &sheet.value_as(cover.title, "title"))]),
    );
    show(&mut out, &format!("text(size: 1.1em, {})", sheet.value_as(cover.subtitle, "subtitle")));
    space(&mut out, 4.0);
    show(&mut out, &small(&stack(6.0, &lines(sheet, cover))));
    out.push_str("#v(1fr)\n");
    show(&mut out, &quote(sheet, cover));
    space(&mut out, 4.0);
    show(&mut out, &house(sheet, cover));
    out
}

/// A frame on a dark ground, everything in the middle.
fn framed(desk: &mut Desk<'_>, sheet: &Sheet, cover: &Cover, (w, _): (f64, f64)) -> String {
    dark(desk);
    desk.paper.margin = (58.0, 60.0);
    let style = &mut desk.style;
    let inset = |gap: f64, stroke: f64| {
        format!(
            "#place(dx: {gap:.1}pt, dy: {gap:.1}pt, rect(width: 100% - {0:.1}pt, height: 100% - {0:.1}pt, stroke: {stroke:.1}pt + ac))",
            2.0 * gap
        )
    };
    desk.paper.frame =
        if style.chance(0.5) { inset(22.0, 2.4) + &inset(30.0, 0.8) } else { inset(26.0, 1.4) };
    let size = fitting(sheet.shown(cover.title), w - 116.0, desk.paper.base, 3.2);
    let mut out = String::from("#set align(center)\n");
    show(&mut out, &spaced(&format!("text(size: 1.15em, {})", sheet.value(cover.author))));
    space(&mut out, 26.0);
    show(&mut out, &format!("text(fill: ac, {})", heading_of(size, &sheet.value_as(cover.title, "title"))));
    show(&mut out, "line(length: 22%, stroke: 1.4pt + ac)");
    show(&mut out, &format!("text(size: 1.1em, {})", sheet.value_as(cover.subtitle, "subtitle")));
    out.push_str("#v(1fr)\n");
    show(&mut out, &logo::mark(sheet.shown(cover.title), 62.0, style).replace("onac", "tint"));
    out.push_str("#v(1fr)\n");
    show(&mut out, &quote(sheet, cover));
    space(&mut out, 6.0);
    show(&mut out, &small(&stack(6.0, &lines(sheet, cover))));
    space(&mut out, 14.0);
    show(&mut out, &house(sheet, cover));
    out
}

/// The title as large as it goes, on bands of colour.
fn large_type(desk: &mut Desk<'_>, sheet: &Sheet, cover: &Cover, (w, h): (f64, f64)) -> String {
    tone(desk, &["#fff8e7", "#ffffff", "#f4f1ea", "#eef2f6"]);
    let style = &mut desk.style;
    let band = h * style.range(0.06, 0.12);
    desk.paper.frame = format!(
        "#place(bottom, rect(width: 100%, height: {band:.1}pt, fill: ac))#place(bottom, dy: -{:.1}pt, rect(width: 100%, height: 6pt, fill: ac2))",
        band + 5.0
    );
    let size = fitting(sheet.shown(cover.title), w - 2.0 * desk.paper.margin.0, desk.paper.base, 4.4);
    let mut out = String::new();
    show(&mut out, &format!("text(size: 1.2em, {})", bold(&sheet.value(cover.author))));
    show(&mut out, &rule("2pt + ink"));
    space(&mut out, 14.0);
    show(&mut out, &format!("text(fill: ac, {})", heading_of(size, &sheet.value_as(cover.title, "title"))));
    space(&mut out, 8.0);
    show(&mut out, &format!("text(size: 1.2em, {})", sheet.value_as(cover.subtitle, "subtitle")));
    show(&mut out, &small(&stack(6.0, &lines(sheet, cover))));
    out.push_str("#v(1fr)\n");
    show(&mut out, &format!("align(right, {})", logo::mark(sheet.shown(cover.title), w * 0.3, style)));
    out.push_str("#v(1fr)\n");
    show(&mut out, &quote(sheet, cover));
    space(&mut out, 12.0);
    show(&mut out, &house(sheet, cover));
    space(&mut out, (band - desk.paper.margin.1 + 26.0).max(0.0));
    out
}

/// A pattern over the whole cover with a label pasted on.
fn label(desk: &mut Desk<'_>, sheet: &Sheet, cover: &Cover, motif: usize, (w, h): (f64, f64)) -> String {
    tone(desk, &["#fdfaf2", "#ffffff", "#f6f2e8"]);
    let style = &mut desk.style;
    let tones = Tones::of(&desk.paper, style);
    desk.paper.frame = format!("#place({})", art::picture(motif, (w, h), &tones, style));
    desk.paper.margin = (w * 0.14, h * 0.1);
    let inner = w * 0.72 - 44.0;
    let size = fitting(sheet.shown(cover.title), inner, desk.paper.base, 2.6);
    let ground = desk.paper.ground.hex();
    let mut parts = vec![
        format!("text(size: 1.1em, {})", sheet.value(cover.author)),
        format!("text(fill: ac, {})", heading_of(size, &sheet.value_as(cover.title, "title"))),
        sheet.value_as(cover.subtitle, "subtitle"),
        "line(length: 30%, stroke: 1pt + ac)".to_owned(),
    ];
    parts.extend(lines(sheet, cover).iter().map(|line| small(line)));
    let plate = format!(
        "block(width: 100%, fill: rgb(\"{ground}\"), stroke: 1.2pt + ac, inset: 22pt, align(center, {}))",
        stack(13.0, &parts)
    );
    let foot = format!(
        "block(width: 100%, fill: rgb(\"{ground}\"), inset: 14pt, align(center, {}))",
        stack(11.0, &[quote(sheet, cover), house(sheet, cover)])
    );
    let mut out = String::new();
    space(&mut out, h * style.range(0.02, 0.1));
    show(&mut out, &plate);
    out.push_str("#v(1fr)\n");
    show(&mut out, &foot);
    out
}

/// Words above on a dark ground, the picture at the foot.
fn picture_below(
    desk: &mut Desk<'_>,
    sheet: &Sheet,
    cover: &Cover,
    motif: usize,
    (w, h): (f64, f64),
) -> String {
    let style = &mut desk.style;
    let tones = Tones::of(&desk.paper, style);
    let tall = h * style.range(0.36, 0.44);
    let picture = art::picture(motif, (w, tall), &tones, style);
    dark(desk);
    desk.paper.frame = format!("#place(bottom, {picture})");
    let size = fitting(sheet.shown(cover.title), w - 2.0 * desk.paper.margin.0, desk.paper.base, 3.0);
    let mut out = String::new();
    show(&mut out, &house(sheet, cover));
    space(&mut out, 18.0);
    show(&mut out, &format!("text(fill: ac, {})", heading_of(size, &sheet.value_as(cover.title, "title"))));
    space(&mut out, 6.0);
    show(&mut out, &format!("text(size: 1.1em, {})", sheet.value_as(cover.subtitle, "subtitle")));
    show(&mut out, &format!("text(size: 1.25em, {})", bold(&sheet.value(cover.author))));
    show(&mut out, &small(&stack(6.0, &lines(sheet, cover))));
    space(&mut out, 8.0);
    show(&mut out, &quote(sheet, cover));
    out.push_str("#v(1fr)\n");
    space(&mut out, tall - desk.paper.margin.1 + 12.0);
    out
}
