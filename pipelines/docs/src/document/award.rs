//! Certificates: who did what, when, and who says so.

use pixmo_render::Rng;

use super::desk::{Desk, Draft};
use super::logo;
use super::markup::{Expr, align, body, bold, grid, rule, show, small, space, stack};
use super::sheet::Sheet;
use super::signature::signature;

/// A deed, the institutions that confirm it, and how it was done.
struct Deed {
    what: &'static str,
    by: &'static [&'static str],
    marks: &'static [&'static str],
}

const fn deed(what: &'static str, by: &'static [&'static str], marks: &'static [&'static str]) -> Deed {
    Deed { what, by, marks }
}

struct Award {
    title: &'static str,
    lead: &'static str,
    deeds: &'static [Deed],
    /// Offices of those who sign.
    signers: &'static [&'static str],
    /// Question for the deed.
    ask: &'static str,
}

const SCHOOLS: &[&str] = &["Evening School", "Training Centre", "Adult College"];
const SUCCESS: &[&str] = &["with distinction", "with good success", "with success"];
const WORKS: &[&str] = &["Works", "Manufacturing Company", "Instrument Works"];
const POOLS: &[&str] = &["Swimming Club", "Public Pool"];
const LEVELS: &[&str] = &["level Bronze", "level Silver", "level Gold"];

const AWARDS: [Award; 7] = [
    Award {
        title: "Certificate of Completion",
        lead: "This is to certify that",
        deeds: &[
            deed("has completed the course Bookkeeping for Beginners", SCHOOLS, SUCCESS),
            deed("has completed the course First Aid at Work", SCHOOLS, SUCCESS),
            deed("has completed the course Wood Carving II", SCHOOLS, SUCCESS),
            deed("has completed the course Practical Statistics", SCHOOLS, SUCCESS),
        ],
        signers: &["Course leader", "Director of studies", "Principal"],
        ask: "What does the certificate confirm?|What has the holder done?",
    },
    Award {
        title: "Diploma",
        lead: "The examiners confer on",
        deeds: &[
            deed(
                "the title of Master Baker",
                &["Chamber of Crafts", "Guild Hall"],
                &["grade 1.3", "grade 1.7", "with honours"],
            ),
            deed(
                "the title of Certified Gardener",
                &["Horticultural Academy"],
                &["grade 1.7", "grade 2.0", "with honours"],
            ),
            deed(
                "the title of Instrument Maker",
                &["Guild Hall", "Chamber of Crafts"],
                &["grade 1.3", "grade 2.0", "with honours"],
            ),
            deed(
                "the licence of Mountain Guide",
                &["Alpine School", "Mountain Academy"],
                &["for summer and winter", "for all seasons"],
            ),
        ],
        signers: &["Chair of the examiners", "Registrar", "Master of the guild"],
        ask: "What is conferred?|What do the examiners confer?",
    },
    Award {
        title: "Certificate of Achievement",
        lead: "Presented to",
        deeds: &[
            deed("for 25 years of service", WORKS, &["with thanks", "in gratitude"]),
            deed("for the best idea of the year", WORKS, &["with thanks", "by vote of all colleagues"]),
            deed("for outstanding work on the new line", WORKS, &["with thanks", "in gratitude"]),
            deed("for three years without an accident", WORKS, &["with thanks", "with our respect"]),
        ],
        signers: &["Managing director", "Head of personnel", "Works manager"],
        ask: "For what is the certificate presented?|What is the reason for the certificate?",
    },
    Award {
        title: "Swimming Certificate",
        lead: "We confirm that",
        deeds: &[
            deed("swam 200 m without rest", POOLS, LEVELS),
            deed("dived for a ring in two metres of water", POOLS, LEVELS),
            deed("swam 1,000 m in open water", POOLS, LEVELS),
        ],
        signers: &["Swimming instructor", "Head coach", "Pool manager"],
        ask: "What does the certificate confirm?|What did the swimmer do?",
    },
    Award {
        title: "Winner’s Certificate",
        lead: "The jury awards",
        deeds: &[
            deed(
                "the first prize of the Chess Open",
                &["Chess Club"],
                &["with 7.5 points of 9", "with 8 points of 9"],
            ),
            deed(
                "the second prize of the Piano Competition",
                &["Music School", "Conservatory"],
                &["with 87 points of 100", "with 92 points of 100"],
            ),
            deed(
                "the third prize of the Science Fair",
                &["Science Museum", "Grammar School"],
                &["with 81 points of 100", "with 76 points of 100"],
            ),
            deed(
                "the first prize of the Reading Contest",
                &["Town Library", "Primary School"],
                &["with 48 points of 50", "with 46 points of 50"],
            ),
        ],
        signers: &["Chair of the jury", "Secretary of the jury"],
        ask: "Which prize is awarded?|What does the jury award?",
    },
    Award {
        title: "Certificate of Participation",
        lead: "We are pleased to certify that",
        deeds: &[
            deed(
                "took part in the Workshop on Beekeeping",
                &["Beekeepers’ Association"],
                &["8 hours", "16 hours", "24 hours"],
            ),
            deed(
                "took part in the Town Half Marathon",
                &["Athletics Club", "Running Club"],
                &["21.1 km in 1:47:32", "21.1 km in 2:03:15", "21.1 km in 1:58:40"],
            ),
            deed(
                "took part in the Summer School of Maps",
                &["Institute of Geography", "Map Society"],
                &["40 hours", "24 hours", "32 hours"],
            ),
        ],
        signers: &["Head of the organising team", "Secretary", "President"],
        ask: "In what did the holder take part?|What does the certificate confirm?",
    },
    Award {
        title: "Membership Certificate",
        lead: "Be it known that",
        deeds: &[
            deed(
                "is a life member of the Society for Old Roses",
                &["Society for Old Roses"],
                &["with all rights", "by vote of the members"],
            ),
            deed(
                "is an honorary member of the choir",
                &["Choral Society", "Chamber Choir"],
                &["by vote of the members", "in gratitude for many years"],
            ),
            deed(
                "is a founding member of the Friends of the Mill",
                &["Mill Trust"],
                &["with all rights", "by vote of the members"],
            ),
        ],
        signers: &["President", "Secretary", "Treasurer"],
        ask: "What does the certificate make known?|Which membership does the certificate confirm?",
    },
];

/// Writes a certificate.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::fields();
    let award = &AWARDS[desk.rng.below(AWARDS.len())];
    let town = desk.town();
    let person = desk.person().full();
    let deed = &award.deeds[desk.rng.below(award.deeds.len())];
    let issuer = format!("{town} {}", desk.any(deed.by));
    let date = desk.workday();
    let title = sheet.tell(
        "Title of the certificate",
        award.title,
        "What is the title of the certificate?|What does the certificate say in its largest letters?",
    );
    let issuer = sheet.tell(
        "Issuer",
        &issuer,
        "Who issued the certificate?|Which institution has issued the certificate?",
    );
    let name = sheet.tell(
        "Holder of the certificate",
        &person,
        "Whose certificate is it?|Who received the certificate?|Whose name stands on the certificate?",
    );
    let deed_field = sheet.tell("Statement below the name", deed.what, award.ask);
    let mark = sheet.tell(
        "Line below the statement",
        desk.any(deed.marks),
        "What does the line below that statement add?|Which remark stands below the reason for the certificate?",
    );
    let deed = deed_field;
    let day = sheet.field(desk.any(&["Date", "Given on"]), &place.date(date));
    let number = sheet.field(desk.any(&["Certificate no.", "No.", "Register no."]), &desk.code("####/##"));
    sheet.lacks(&["Date of birth", "Expiry date", "Address of the holder", "Fee", "Name of the witness"]);
    let signers = award.signers;
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
    let sign = |style: &mut Rng, field: usize| -> Expr {
        stack(
            6.0,
            &[signature(130.0, style), rule("0.8pt + ink"), sheet.value(field), small(&sheet.name(field))],
        )
    };
    let seal = style.chance(0.4).then(|| seal(58.0, style));
    let signs: Vec<Expr> = signatures.iter().map(|f| sign(style, *f)).collect();
    let parts = Pieces {
        mark: logo::mark(sheet.shown(issuer), if wide { 52.0 } else { 46.0 }, style),
        issuer: sheet.value(issuer),
        title: sheet.value_as(title, "title"),
        lead: body(award.lead),
        name: sheet.value(name),
        deed: sheet.value(deed),
        result: sheet.value(mark),
        day: stack(7.0, &[small(&sheet.name(day)), sheet.value(day)]),
        number: stack(7.0, &[small(&sheet.name(number)), sheet.value(number)]),
        signs,
        seal,
    };
    let form = if frame == 4 { 1 } else { style.below(4) };
    match form {
        0 => centred(&mut out, &parts, style),
        1 => flush(&mut out, &parts, style),
        2 => ceremonial(&mut out, &parts, style),
        _ => banner(&mut out, &parts, style, wide),
    }

    Draft {
        sheet,
        body: out,
        topic,
        persona: "someone who frames a certificate".to_owned(),
        design: format!("award-{form}-{frame}{}", if wide { "/wide" } else { "" }),
    }
}

/// The pieces of a certificate, as they are set in all its layouts.
struct Pieces {
    mark: Expr,
    issuer: Expr,
    title: Expr,
    lead: Expr,
    name: Expr,
    deed: Expr,
    result: Expr,
    day: Expr,
    number: Expr,
    signs: Vec<Expr>,
    seal: Option<Expr>,
}

/// All on one axis, date and signatures in a row below.
fn centred(out: &mut String, parts: &Pieces, style: &mut Rng) {
    let title = format!("text(fill: ac, T({:.2}em, {}))", style.range(2.3, 2.9), parts.title);
    show(out, &align("center", &stack(17.0, &[parts.mark.clone(), parts.issuer.clone(), title])));
    space(out, 14.0);
    show(out, &align("center", &parts.lead));
    let who = format!("T({:.2}em, {})", style.range(1.9, 2.3), parts.name);
    show(out, &align("center", &stack(10.0, &[who, "line(length: 46%, stroke: 1pt + rule-c)".to_owned()])));
    show(out, &align("center", &stack(11.0, &[parts.deed.clone(), parts.result.clone()])));
    space(out, 24.0);
    let single = parts.signs.len() == 1;
    let last = single.then(|| parts.seal.clone().unwrap_or_else(|| parts.number.clone()));
    // A number without a place of its own in the row stands with the date: alone below the row it would look lost.
    let apart = single && parts.seal.is_none();
    let mut cells =
        vec![if apart { parts.day.clone() } else { stack(12.0, &[parts.day.clone(), parts.number.clone()]) }];
    cells.extend(parts.signs.iter().cloned());
    cells.extend(last);
    let widths = vec!["1fr"; cells.len()].join(", ");
    show(out, &grid(&widths, "center + bottom", (34.0, 0.0), &cells));
}

/// Flush left, as design offices set them: a large title, short lines, much air to the right.
fn flush(out: &mut String, parts: &Pieces, style: &mut Rng) {
    let head = grid(
        "auto, 1fr, auto",
        "(left + horizon, left + horizon, right + horizon)",
        (14.0, 0.0),
        &[parts.mark.clone(), bold(&parts.issuer), parts.seal.clone().unwrap_or_else(|| "[]".to_owned())],
    );
    show(out, &head);
    space(out, 22.0);
    show(
        out,
        &format!("text(fill: ac, par(leading: 0.4em, T({:.2}em, {})))", style.range(2.6, 3.2), parts.title),
    );
    space(out, 6.0);
    show(out, &parts.lead);
    show(out, &format!("T({:.2}em, {})", style.range(1.7, 2.1), parts.name));
    show(out, "line(length: 22%, stroke: 3pt + ac2)");
    show(out, &stack(11.0, &[parts.deed.clone(), parts.result.clone()]));
    space(out, 26.0);
    let mut cells = parts.signs.clone();
    cells.extend([parts.day.clone(), parts.number.clone()]);
    let widths = vec!["1fr"; cells.len()].join(", ");
    show(out, &grid(&widths, "left + bottom", (26.0, 0.0), &cells));
}

/// As offices and guilds write them: the issuer in capitals' spacing, rules above and below the name, the seal between
/// the hands that signed.
fn ceremonial(out: &mut String, parts: &Pieces, style: &mut Rng) {
    let spaced = |inner: &str| format!("text(tracking: 0.14em, {inner})");
    show(out, &align("center", &spaced(&parts.issuer)));
    show(out, &align("center", "line(length: 12%, stroke: 1pt + ac)"));
    show(out, &align("center", &format!("T({:.2}em, {})", style.range(2.6, 3.3), parts.title)));
    space(out, 8.0);
    show(out, &align("center", &format!("emph({})", parts.lead)));
    let who = format!("text(fill: ac, T({:.2}em, {}))", style.range(2.0, 2.5), parts.name);
    let rules = "1pt + ac";
    show(
        out,
        &align(
            "center",
            &format!("block(width: 72%, stroke: (top: {rules}, bottom: {rules}), inset: (y: 15pt), {who})"),
        ),
    );
    space(out, 2.0);
    show(out, &align("center", &stack(11.0, &[parts.deed.clone(), bold(&parts.result)])));
    space(out, 22.0);
    let middle = parts.seal.clone().unwrap_or_else(|| parts.mark.clone());
    let mut signs = parts.signs.iter().cloned();
    let left = signs.next().unwrap_or_else(|| "[]".to_owned());
    let right = signs.next().unwrap_or_else(|| stack(11.0, &[parts.day.clone(), parts.number.clone()]));
    show(out, &grid("1fr, auto, 1fr", "center + bottom", (30.0, 0.0), &[left, middle, right]));
    if parts.signs.len() > 1 {
        space(out, 10.0);
        show(out, &grid("1fr, 1fr", "center", (20.0, 0.0), &[parts.day.clone(), parts.number.clone()]));
    }
}

/// A band in the colour of the house with the title, the facts in two columns below.
fn banner(out: &mut String, parts: &Pieces, style: &mut Rng, wide: bool) {
    let title = format!("text(fill: onac, T({:.2}em, {}))", style.range(2.1, 2.6), parts.title);
    let band = format!(
        "block(width: 100%, fill: ac, inset: (x: 26pt, y: 20pt), {})",
        stack(10.0, &[title, format!("text(fill: onac, {})", parts.lead)])
    );
    show(out, &band);
    space(out, 16.0);
    let who = stack(
        14.0,
        &[
            format!("T({:.2}em, {})", style.range(1.8, 2.2), parts.name),
            stack(10.0, &[parts.deed.clone(), parts.result.clone()]),
        ],
    );
    let house =
        stack(12.0, &[parts.mark.clone(), parts.issuer.clone(), parts.day.clone(), parts.number.clone()]);
    let columns = if wide { "2fr, 1fr" } else { "1.5fr, 1fr" };
    show(
        out,
        &format!(
            "grid(columns: ({columns}), column-gutter: 28pt, {who}, block(width: 100%, stroke: (left: 1pt + rule-c), inset: (left: 20pt), {house}))"
        ),
    );
    space(out, 28.0);
    let mut cells = parts.signs.clone();
    cells.extend(parts.seal.iter().cloned());
    while cells.len() < 3 {
        cells.push("[]".to_owned());
    }
    show(out, &grid("1fr, 1fr, 1fr", "left + bottom", (28.0, 0.0), &cells));
}

/// A seal of paper: a notched edge, a ring, and ribbons below.
fn seal(side: f64, style: &mut Rng) -> Expr {
    let (middle, outer) = (side / 2.0, side / 2.0);
    let notches = 20 + 2 * style.below(5);
    let points: Vec<String> = (0..notches * 2)
        .map(|n| {
            let turn = std::f64::consts::PI * n as f64 / notches as f64;
            let radius = if n % 2 == 0 { outer } else { outer * 0.9 };
            format!(
                "({:.1}pt, {:.1}pt)",
                middle + radius * libm::cos(turn),
                middle + radius * libm::sin(turn)
            )
        })
        .collect();
    let ring = |share: f64, how: &str| {
        format!(
            "#place(dx: {:.1}pt, dy: {:.1}pt, circle(radius: {:.1}pt, {how}))",
            middle - outer * share,
            middle - outer * share,
            outer * share
        )
    };
    let inner = if style.chance(0.5) { ring(0.4, "fill: ac2") } else { ring(0.5, "stroke: 0.8pt + white") };
    let ribbons = if style.chance(0.6) {
        let tail = |x: f64, lean: f64| {
            let (top, end, wide) = (side * 0.8, side * 1.3, side * 0.2);
            format!(
                "#place(polygon(fill: ac2, ({:.1}pt, {top:.1}pt), ({:.1}pt, {top:.1}pt), ({:.1}pt, {end:.1}pt), ({:.1}pt, {:.1}pt), ({:.1}pt, {end:.1}pt)))",
                x,
                x + wide,
                x + wide + lean,
                x + wide / 2.0 + lean,
                end - side * 0.09,
                x + lean
            )
        };
        tail(side * 0.27, -side * 0.1) + &tail(side * 0.53, side * 0.1)
    } else {
        String::new()
    };
    let height = if ribbons.is_empty() { side } else { side * 1.3 };
    format!(
        "box(width: {side:.1}pt, height: {height:.1}pt)[{ribbons}#place(polygon(fill: ac, {})){}{inner}]",
        points.join(", "),
        ring(0.72, "stroke: 1pt + white")
    )
}
