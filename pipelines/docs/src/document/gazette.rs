//! Front pages of newspapers: a masthead, a lead with a picture, shorter stories, and what is inside.

use pixmo_render::{Cell, Column};

use super::art::{self, Tones};
use super::desk::{Desk, Draft};
use super::locale::weekday;
use super::markup::{
    Expr, align, body, bold, display, grid, inline, note, role, rule, show, small, space, stack, text,
};
use super::press::{bleed, bookish, columns, double_rule, para, ruled_columns, spaced, title, tone};
use super::prose::{Press, Span, Teller, paragraphs, run};
use super::sheet::{Field, Sheet};

const NAMES: [&str; 16] = [
    "The {} Courier",
    "The {} Herald",
    "{} Post",
    "The {} Chronicle",
    "{} Daily News",
    "The {} Observer",
    "{} Gazette",
    "The {} Messenger",
    "{} Evening Mail",
    "The {} Lantern",
    "{} Morning Star",
    "The {} Advertiser",
    "The {} Record",
    "{} Tribune",
    "The {} Echo",
    "{} Sentinel",
];
const MOTTOES: [&str; 8] = [
    "Independent since the first issue",
    "All the news of town and country",
    "Read by candle and by screen",
    "The paper for the whole valley",
    "What matters, every morning",
    "Fair, local, curious",
    "For town, harbour and hinterland",
    "Founded by its readers",
];
const INSIDE: [(&str, &str, &str); 9] = [
    (
        "Sport",
        "Page of the sport section",
        "On which page does sport begin?|On which page is the sport section?",
    ),
    ("Television", "Page of the television listings", "On which page are the television listings?"),
    (
        "Weather",
        "Page of the weather map",
        "On which page is the weather map?|On which page does the reader find the weather?",
    ),
    ("Letters", "Page of the letters", "On which page are the letters to the editor?"),
    ("Puzzles", "Page of the puzzles", "On which page are the puzzles?"),
    ("Small ads", "Page of the small ads", "On which page are the small ads?"),
    ("Births and deaths", "Page of births and deaths", "On which page are births and deaths announced?"),
    ("Cinema", "Page of the cinema programme", "On which page is the cinema programme?"),
    ("Markets", "Page of the markets", "On which page are the markets?"),
];
/// Skies with the temperatures that they go with.
const SKIES: [(&str, i64, i64); 9] = [
    ("sunny", 6, 34),
    ("mostly cloudy", -2, 24),
    ("showers", 4, 22),
    ("fog at first, then bright", 1, 16),
    ("rain by evening", 4, 26),
    ("dry and windy", -4, 28),
    ("light snow", -8, 1),
    ("frost, clear", -8, 3),
    ("fair", 3, 31),
];
/// Usual noon temperatures of the months.
const WARMTH: [(i64, i64); 12] = [
    (-5, 6),
    (-4, 8),
    (2, 13),
    (6, 18),
    (11, 23),
    (15, 28),
    (18, 33),
    (17, 31),
    (12, 25),
    (7, 18),
    (1, 12),
    (-4, 8),
];

/// One story on the page.
struct Article {
    row: usize,
    text: Vec<Vec<Span>>,
    motif: usize,
}

/// What stands around the stories.
struct Front {
    name: Field,
    motto: String,
    date: Field,
    issue: Field,
    price: Field,
    high: Field,
    sky: Field,
    founded: Field,
    inside: Vec<(&'static str, Field)>,
    articles: Vec<Article>,
}

/// Writes a front page.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::with_items(vec![
        (Column::text("Headline"), None),
        (Column::text("Section"), None),
        (Column::text("Author"), None),
        (Column::text("Continued on page"), None),
    ]);
    sheet.call("article", "articles");
    sheet.ask(
        1,
        &["Under which section does “{label}” stand?", "Which section is the article “{label}” part of?"],
    );
    sheet.ask(
        2,
        &["Who wrote “{label}”?", "Who is the author of the article “{label}”?", "By whom is “{label}”?"],
    );
    sheet.ask(
        3,
        &["On which page does “{label}” continue?", "On which page does the article “{label}” go on?"],
    );
    sheet.ask_back(
        1,
        &["Which headline stands under “{value}”?", "What is the headline in the section “{value}”?"],
    );
    sheet.ask_back(
        2,
        &["Which article did {value} write?", "What is the headline of the article by {value}?"],
    );
    sheet.ask_back(
        3,
        &["Which article continues on page {value}?", "Which headline is continued on page {value}?"],
    );
    sheet.lacks(&[
        "Name of the publisher",
        "Number of readers",
        "Photographer",
        "Telephone number of the newsroom",
    ]);

    let home = desk.town();
    let date = desk.day();
    let name = desk.any(&NAMES).replace("{}", &home);
    let form = desk.style.below(4);
    let count = match form {
        1 => 5,
        2 => 4,
        3 => 6,
        _ => desk.rng.whole(5, 6) as usize,
    };
    let mut articles = Vec::new();
    let mut pages: Vec<usize> = desk.rng.sample(8, count);
    pages.sort_unstable();
    let authors = desk.people(count);
    let stories = desk.rng.sample(Press::bundled().story.len(), count);
    for (index, story) in stories.into_iter().enumerate() {
        let story = &Press::bundled().story[story];
        let mut teller = Teller::new(&story.facts, date, &home).apart_from(&authors);
        let pattern = desk.rng.pick(&story.headline).clone();
        let headline = teller.plain(desk, &pattern);
        let row = sheet.item(vec![
            Cell::text(headline),
            Cell::text(story.section.as_str()),
            Cell::text(authors[index].full()),
            Cell::text((pages[index] + 2).to_string()),
        ]);
        let more = match index {
            0 => desk.rng.whole(5, 6),
            _ => desk.rng.whole(4, 5),
        };
        let text = paragraphs(desk, &mut sheet, &mut teller, &story.text, more as usize);
        let motif = match story.section.as_str() {
            "Weather" => 1,
            "Business" | "Housing" | "Transport" => 2,
            "Environment" | "Country" => desk.style.below(2) * 5,
            "Town" => 7,
            "Culture" => 3,
            _ => *desk.style.pick(&[0, 1, 2, 4, 5, 7]),
        };
        articles.push(Article { row, text, motif });
    }
    let price = place.fee(desk.rng.range(1.2, 4.0));
    let inside = desk.rng.sample(INSIDE.len(), 4);
    let mut page = 10;
    let inside = inside
        .into_iter()
        .map(|index| {
            let (title, name, questions) = INSIDE[index];
            page += desk.rng.whole(1, 4);
            (title, sheet.tell(name, &page.to_string(), questions))
        })
        .collect();
    let (low, high) = WARMTH[usize::from(date.month().unsigned_abs()) - 1];
    let degrees = desk.rng.whole(low, high);
    let skies: Vec<&str> =
        SKIES.iter().filter(|(_, low, high)| (*low..=*high).contains(&degrees)).map(|sky| sky.0).collect();
    let front = Front {
        name: sheet.tell("Name of the newspaper", &name, "What is the newspaper called?|What is the name of the newspaper?"),
        motto: desk.any(&MOTTOES).to_owned(),
        date: sheet.tell(
            "Date of the issue",
            &format!("{}, {}", weekday(date), place.date(date)),
            "When was this issue published?|Of which date is the newspaper?|Which date does the front page carry?",
        ),
        issue: sheet.tell("Number of the issue", &desk.rng.whole(1200, 29000).to_string(), "What is the number of the issue?|Which issue number is printed?"),
        price: sheet.tell("Price of the newspaper", &place.money.print(price), "How much does the newspaper cost?|What is the price of the newspaper?"),
        high: sheet.tell(
            "Temperature forecast",
            &format!("{}°C", degrees.to_string().replace('-', "−")),
            "What temperature is forecast?|How warm will it be, according to the front page?",
        ),
        sky: sheet.tell("Weather forecast", desk.any(&skies), "What weather is forecast?|What is the weather forecast in words?"),
        founded: sheet.tell("Year of foundation", &desk.rng.whole(1788, 1964).to_string(), "In which year was the newspaper founded?|Since which year has the newspaper existed?"),
        inside,
        articles,
    };
    let topic = format!("front page of {name}");

    bookish(desk);
    tone(desk, &["#f6f1e4", "#faf7ef", "#ffffff", "#f3ede0", "#f1eee6", "#fdf3ea"]);
    desk.paper.width = desk.style.range(840.0, 930.0).round();
    desk.paper.margin = (desk.style.range(34.0, 46.0), desk.style.range(28.0, 38.0));
    desk.paper.base = desk.style.range(11.4, 12.4);
    desk.paper.pixels_per_pt = 1.12;
    let mut out = if desk.style.chance(0.4) {
        "#set par(leading: 0.56em, spacing: 0.72em, justify: true)\n".to_owned()
    } else {
        "#set par(leading: 0.56em, spacing: 0.72em)\n".to_owned()
    };
    masthead(desk, &sheet, &front, form, &mut out);
    match form {
        0 => broadsheet(desk, &sheet, &front, &mut out),
        1 => tabloid(desk, &sheet, &front, &mut out),
        2 => compact(desk, &sheet, &front, &mut out),
        _ => plain(desk, &sheet, &front, &mut out),
    }
    Draft {
        sheet,
        body: out,
        topic,
        persona: "an editor on the late shift".to_owned(),
        design: format!("front-{form}"),
    }
}

fn masthead(desk: &mut Desk<'_>, sheet: &Sheet, front: &Front, form: usize, out: &mut String) {
    let style = &mut desk.style;
    let size = style.range(4.0, 4.9);
    let length = sheet.shown(front.name).chars().count() as f64;
    // Long names give way so that the masthead stays on one line.
    let size = size.min(desk.paper.width / desk.paper.base / length * 1.15);
    let name = display(size, &sheet.value_as(front.name, "title"));
    let weather =
        stack(5.0, &[bold(&role("heading", "Today")), sheet.value(front.high), sheet.value(front.sky)]);
    let founded = inline(&[note("Founded "), small(&sheet.value(front.founded))]);
    let issue = inline(&[note("No. "), small(&sheet.value(front.issue))]);
    let price = small(&sheet.value(front.price));
    let date = small(&sheet.value(front.date));
    match form {
        0 | 3 => {
            let ears = stack(5.0, &[founded.clone(), note(&front.motto)]);
            if form == 0 && length < 20.0 {
                let size = size.min(3.6);
                let name = display(size, &sheet.value_as(front.name, "title"));
                let box_of = |inner: &str| {
                    format!("block(width: 100%, stroke: 0.7pt + rule-c, inset: 7pt, {})", small(inner))
                };
                let cells = [box_of(&weather), name, box_of(&ears)];
                show(out, &grid("1fr, auto, 1fr", "center + horizon", (18.0, 0.0), &cells));
                show(out, &double_rule("ink"));
                show(
                    out,
                    &grid("1fr, auto, 1fr", "(left, center, right)", (12.0, 0.0), &[issue, date, price]),
                );
            } else {
                show(out, &align("center", &name));
                show(out, &align("center", &note(&front.motto)));
                show(out, &double_rule("ink"));
                let sky = small(&inline(&[sheet.value(front.high), text(", "), sheet.value(front.sky)]));
                show(
                    out,
                    &grid(
                        "auto, 1fr, 1fr, 1fr, auto",
                        "(left, center, center, center, right)",
                        (12.0, 0.0),
                        &[issue, date, sky, founded, price],
                    ),
                );
            }
            show(out, &rule("0.7pt + ink"));
        }
        1 => {
            let line = grid(
                "1fr, 1fr, 1fr",
                "(left, center, right)",
                (12.0, 0.0),
                &[
                    sheet.value(front.date),
                    inline(&[
                        body("No. "),
                        sheet.value(front.issue),
                        text("  ·  "),
                        body("founded "),
                        sheet.value(front.founded),
                    ]),
                    sheet.value(front.price),
                ],
            );
            let inner = stack(6.0 + size * desk.paper.base * 0.26, &[align("center", &name), line]);
            show(out, &bleed(&desk.paper, "ac", 14.0, true, &format!("text(fill: onac, {inner})")));
            let sky = inline(&[
                bold(&role("heading", "Weather")),
                text("  "),
                sheet.value(front.high),
                text(", "),
                sheet.value(front.sky),
            ]);
            show(out, &grid("auto, 1fr", "(left, right)", (12.0, 0.0), &[note(&front.motto), small(&sky)]));
        }
        _ => {
            let right = small(&stack(
                5.0,
                &[
                    sheet.value(front.date),
                    inline(&[issue, text("  ·  "), price]),
                    founded,
                    inline(&[sheet.value(front.high), text(", "), sheet.value(front.sky)]),
                ],
            ));
            let size = size.min(3.5);
            let name = display(size, &sheet.value_as(front.name, "title"));
            let left = stack(
                6.0 + size * desk.paper.base * 0.26,
                &[format!("text(fill: ac, {name})"), note(&front.motto)],
            );
            show(out, &grid("1fr, auto", "(left + bottom, right + bottom)", (16.0, 0.0), &[left, right]));
            show(out, &rule("5pt + ac"));
        }
    }
    space(out, 4.0);
}

/// Kicker, headline and author of a story.
fn head(sheet: &Sheet, article: &Article, size: f64, kicker: bool) -> Expr {
    let mut parts = Vec::new();
    if kicker {
        parts.push(format!(
            "text(fill: ac, {})",
            bold(&spaced(&small_caps(&sheet.cell_as(article.row, 1, "heading"))))
        ));
    }
    parts.push(title(size, &sheet.cell_as(article.row, 0, "heading")));
    parts.push(inline(&[note("By "), small(&bold(&sheet.cell(article.row, 2)))]));
    stack(8.0, &parts)
}

fn small_caps(inner: &str) -> Expr {
    format!("text(size: 0.88em, {inner})")
}

fn flow(sheet: &Sheet, article: &Article, count: usize, gutter: f64) -> Expr {
    let mut list: Vec<Expr> = article.text.iter().map(|spans| para(&run(sheet, spans))).collect();
    let more = inline(&[note("Continued on page "), small(&sheet.cell_as(article.row, 3, "note"))]);
    list.push(para(&more));
    columns(count, gutter, &list)
}

/// The printed photograph of a story with its caption.
fn photograph(desk: &mut Desk<'_>, article: &Article, (w, h): (f64, f64), colour: bool) -> Expr {
    let style = &mut desk.style;
    let tones = if colour { Tones::of(&desk.paper, style) } else { Tones::grey(style) };
    let caption = art::subject(article.motif, style);
    let picture = art::picture(article.motif, (w, h), &tones, style);
    stack(6.0, &[picture, note(&format!("{caption}."))])
}

fn index_box(sheet: &Sheet, front: &Front, filled: bool) -> Expr {
    let cells: Vec<Expr> =
        front.inside.iter().flat_map(|(title, page)| [body(title), bold(&sheet.value(*page))]).collect();
    let list = grid("1fr, auto", "(left, right)", (8.0, 7.0), &cells);
    let inner = stack(9.0, &[bold(&role("heading", "Inside")), list]);
    let fill = if filled { "fill: tint" } else { "stroke: (top: 2pt + ac, bottom: 0.7pt + rule-c)" };
    format!("block(width: 100%, inset: 9pt, {fill}, {inner})")
}

fn index_line(sheet: &Sheet, front: &Front) -> Expr {
    let cells: Vec<Expr> = front
        .inside
        .iter()
        .map(|(title, page)| inline(&[bold(&body(title)), body("  page "), sheet.value(*page)]))
        .collect();
    let widths = vec!["1fr"; cells.len()].join(", ");
    let line = grid(&widths, "center", (10.0, 0.0), &cells);
    format!("block(width: 100%, stroke: (top: 1.2pt + ink, bottom: 1.2pt + ink), inset: (y: 7pt), {line})")
}

/// The width between the margins.
fn measure(desk: &Desk<'_>) -> f64 {
    desk.paper.width - 2.0 * desk.paper.margin.0
}

/// A story with its head, for a column of its own.
fn column(sheet: &Sheet, article: &Article, size: f64) -> Expr {
    stack(9.0, &[head(sheet, article, size, true), flow(sheet, article, 1, 0.0)])
}

/// The lead with its picture and one story beside it, the index across, the others in columns below.
fn broadsheet(desk: &mut Desk<'_>, sheet: &Sheet, front: &Front, out: &mut String) {
    let (lead, rest) = front.articles.split_first().expect("a page has stories");
    // Two stories are as tall as picture and lead.
    let (beside, rest) = rest.split_at(2);
    let wide = measure(desk);
    let colour = desk.style.chance(0.3);
    show(out, &head(sheet, lead, 2.9, desk.style.chance(0.5)));
    space(out, 6.0);
    let main = wide * 0.68 - 12.0;
    let tall = main * desk.style.range(0.4, 0.5);
    let picture = photograph(desk, lead, (main, tall), colour);
    let main = stack(11.0, &[picture, flow(sheet, lead, 3, 14.0)]);
    let beside: Vec<Expr> = beside.iter().map(|article| column(sheet, article, 1.5)).collect();
    let side = stack(16.0, &beside);
    if desk.style.chance(0.4) {
        show(out, &ruled_columns(&["1fr", "2.12fr"], 12.0, &[side, main]));
    } else {
        show(out, &ruled_columns(&["2.12fr", "1fr"], 12.0, &[main, side]));
    }
    show(out, &index_line(sheet, front));
    let cells: Vec<Expr> = rest.iter().map(|article| column(sheet, article, 1.5)).collect();
    show(out, &ruled_columns(&vec!["1fr"; cells.len()], 11.0, &cells));
}

/// A large picture below the masthead, the lead and two stories under it, and a column with all the rest.
fn tabloid(desk: &mut Desk<'_>, sheet: &Sheet, front: &Front, out: &mut String) {
    let (lead, rest) = front.articles.split_first().expect("a page has stories");
    let (below, rest) = rest.split_at(2);
    let wide = measure(desk);
    let side = wide * 0.31;
    let main = wide - side - 24.0;
    let tall = main * desk.style.range(0.38, 0.5);
    let picture = photograph(desk, lead, (main, tall), true);
    let cells: Vec<Expr> = below.iter().map(|article| column(sheet, article, 1.45)).collect();
    let left = stack(
        12.0,
        &[
            picture,
            head(sheet, lead, 2.7, true),
            flow(sheet, lead, 2, 16.0),
            rule("0.7pt + rule-c"),
            ruled_columns(&["1fr", "1fr"], 11.0, &cells),
        ],
    );
    let mut right = vec![index_box(sheet, front, true)];
    right.extend(rest.iter().map(|article| stack(8.0, &[rule("1.2pt + ink"), column(sheet, article, 1.4)])));
    let cells = [left, stack(14.0, &right)];
    show(out, &ruled_columns(&["2.23fr", "1fr"], 12.0, &cells));
}

/// Two wide columns: the lead with a picture between its text, two stories beside it, the index at the foot.
fn compact(desk: &mut Desk<'_>, sheet: &Sheet, front: &Front, out: &mut String) {
    let (lead, rest) = front.articles.split_first().expect("a page has stories");
    let wide = measure(desk);
    let main = wide * 0.6 - 12.0;
    let colour = desk.style.chance(0.6);
    let picture = photograph(desk, lead, (main, main * 0.46), colour);
    let left = stack(12.0, &[head(sheet, lead, 2.5, true), picture, flow(sheet, lead, 2, 14.0)]);
    let mut right: Vec<Expr> = Vec::new();
    for (index, article) in rest.iter().enumerate() {
        let story = stack(8.0, &[head(sheet, article, 1.5, true), flow(sheet, article, 1, 0.0)]);
        right.push(match index {
            0 => format!("block(width: 100%, fill: tint, inset: 11pt, {story})"),
            _ => stack(8.0, &[rule("0.7pt + rule-c"), story]),
        });
    }
    show(out, &grid("1.5fr, 1fr", "left", (20.0, 0.0), &[left, stack(12.0, &right)]));
    show(out, &index_line(sheet, front));
}

/// Columns of type from top to bottom, as papers were before photographs; small stories share a column.
fn plain(desk: &mut Desk<'_>, sheet: &Sheet, front: &Front, out: &mut String) {
    let (lead, rest) = front.articles.split_first().expect("a page has stories");
    show(out, &align("center", &title(2.4, &sheet.cell_as(lead.row, 0, "heading"))));
    let by = inline(&[
        format!("text(fill: ac, {})", bold(&sheet.cell_as(lead.row, 1, "heading"))),
        text("  –  "),
        note("By "),
        small(&bold(&sheet.cell(lead.row, 2))),
    ]);
    show(out, &align("center", &by));
    space(out, 4.0);
    show(out, &flow(sheet, lead, 3, 18.0));
    show(out, &rule("0.7pt + ink"));
    // Three columns of stories; the index closes the shortest.
    let boxed = index_box(sheet, front, desk.style.chance(0.5));
    let mut stacks: Vec<Vec<Expr>> = vec![Vec::new(); 3];
    for (index, article) in rest.iter().enumerate() {
        stacks[index % 3].push(column(sheet, article, 1.45));
    }
    stacks[rest.len() % 3].push(boxed);
    let cells: Vec<Expr> = stacks.iter().map(|parts| stack(14.0, parts)).collect();
    show(out, &ruled_columns(&["1fr", "1fr", "1fr"], 11.0, &cells));
}
