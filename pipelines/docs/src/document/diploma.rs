//! Diplomas: what was studied, with which grades, and who signs for it.

use pixmo_render::{Cell, Color, Column};
use rust_decimal::Decimal;

use super::desk::{Desk, Draft};
use super::logo;
use super::markup::{Expr, align, body, bold, grid, inline, rule, show, small, space, stack};
use super::pieces::{Lines, col, table};
use super::press::{para, spaced, title as heading_of};
use super::sheet::{Field, Sheet};
use super::signature::signature;

/// A course of study.
struct Study {
    degree: &'static str,
    subjects: &'static [&'static str],
    theses: &'static [&'static str],
    schools: &'static [&'static str],
}

const STUDIES: [Study; 7] = [
    Study {
        degree: "Bachelor of Science in Geography",
        subjects: &[
            "Cartography",
            "Climatology",
            "Soil science",
            "Statistics",
            "Urban geography",
            "Remote sensing",
            "Hydrology",
            "Field course",
        ],
        theses: &[
            "Fog and frost in a narrow valley",
            "Who uses the footpaths?",
            "Mapping wells by hand and by satellite",
        ],
        schools: &["University of {}", "{} State University"],
    },
    Study {
        degree: "Master of Arts in History",
        subjects: &[
            "Palaeography",
            "Economic history",
            "Medieval towns",
            "Archive studies",
            "Modern history",
            "Latin",
            "Museum practice",
        ],
        theses: &[
            "Salt, debt and widows in a harbour town",
            "A bell foundry and its customers",
            "Ledgers of a ropewalk",
        ],
        schools: &["University of {}", "Free University of {}"],
    },
    Study {
        degree: "Diploma in Mechanical Engineering",
        subjects: &[
            "Mathematics",
            "Mechanics",
            "Materials",
            "Thermodynamics",
            "Control",
            "Machine design",
            "Production",
            "Hydraulics",
        ],
        theses: &["Noise of slow gears", "A press for small workshops", "Heat pumps in old houses"],
        schools: &["Technical University of {}", "{} Institute of Technology", "{} Polytechnic"],
    },
    Study {
        degree: "Bachelor of Arts in Library Studies",
        subjects: &[
            "Cataloguing",
            "Information law",
            "Preservation",
            "Children's literature",
            "Data management",
            "Reference work",
            "Typography",
        ],
        theses: &["Shelves in shops", "Lending by post", "What is read on night trains"],
        schools: &["College of {}", "University of {}"],
    },
    Study {
        degree: "Diploma in Horticulture",
        subjects: &[
            "Botany",
            "Soil and compost",
            "Plant protection",
            "Fruit growing",
            "Garden design",
            "Machinery",
            "Bookkeeping",
            "Greenhouses",
        ],
        theses: &["Old pears on new roots", "Peat-free substrates", "Bees in the glasshouse"],
        schools: &["School of Horticulture, {}", "{} Agricultural College"],
    },
    Study {
        degree: "Master of Music",
        subjects: &[
            "Main instrument",
            "Chamber music",
            "Harmony",
            "Ear training",
            "Conducting",
            "Music history",
            "Teaching practice",
        ],
        theses: &[
            "The forgotten trios of a lighthouse keeper",
            "Tuning by ear",
            "Silence in the second movement",
        ],
        schools: &["Academy of Music, {}", "{} Conservatory"],
    },
    Study {
        degree: "Diploma in Nursing",
        subjects: &[
            "Anatomy",
            "Nursing practice",
            "Pharmacology",
            "Hygiene",
            "Ethics",
            "Emergency care",
            "Child care",
            "Law",
        ],
        theses: &["Night shifts and mistakes", "Pain that is not spoken of", "Hand washing, observed"],
        schools: &["School of Nursing, {}", "{} College of Health"],
    },
];

struct Diploma {
    school: Field,
    title: Field,
    name: Field,
    born: Field,
    degree: Field,
    thesis: Field,
    grade: Field,
    credits: Field,
    date: Field,
    number: Field,
    signers: [(&'static str, Field); 2],
}

/// Writes a diploma.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::with_items(vec![
        (Column::text("Subject"), None),
        (Column::number("Grade", "", false), Some(place.number(1, ""))),
        (Column::number("Credits", "", true), Some(place.number(0, ""))),
    ]);
    sheet.call("subject", "subjects");
    sheet.lacks(&[
        "Name of the second examiner",
        "Tuition fee",
        "Number of students",
        "Address of the graduate",
    ]);
    let study = &STUDIES[desk.rng.below(STUDIES.len())];
    let town = desk.town();
    let school = desk.any(study.schools).replace("{}", &town);
    let count = desk.rng.whole(4, study.subjects.len().min(7) as i64) as usize;
    let (mut weighted, mut credits) = (Decimal::ZERO, 0);
    for subject in desk.rng.sample(study.subjects.len(), count) {
        let grade = Decimal::new(desk.rng.whole(10, 37), 1);
        let points = desk.rng.whole(4, 18);
        weighted += grade * Decimal::from(points);
        credits += points;
        let cells =
            vec![Cell::text(study.subjects[subject]), sheet.number(1, grade), sheet.number(2, points.into())];
        sheet.item(cells);
    }
    // The final grade is the mean of the grades, weighted by credits.
    let grade = (weighted / Decimal::from(credits)).round_dp(1);
    let date = desk.workday();
    let born = jiff::civil::date(
        date.year() - desk.rng.whole(22, 34) as i16,
        desk.rng.whole(1, 12) as i8,
        desk.rng.whole(1, 28) as i8,
    );
    let person = desk.person().full();
    let signers = [("Rector", "Rector"), ("Dean", "Dean")].map(|(label, name)| {
        let signer = desk.person().full();
        (
            label,
            sheet.tell(
                name,
                &signer,
                &format!(
                    "Who signs as {}?|What is the name of the {}?",
                    label.to_lowercase(),
                    label.to_lowercase()
                ),
            ),
        )
    });
    let born = format!("{} in {}", place.date(born), desk.town());
    let diploma = Diploma {
        school: sheet.tell(
            "School",
            &school,
            "Which school has awarded the diploma?|Where did the graduate study?",
        ),
        title: sheet.tell(
            "Title",
            desk.any(&["Diploma", "Diploma of Graduation", "Graduation Diploma"]),
            "What is the title of the document?",
        ),
        name: sheet.tell("Graduate", &person, "To whom was the diploma awarded?|Who is the graduate?"),
        born: sheet.tell(
            "Date and place of birth",
            &born,
            "When and where was the graduate born?|What is said about the birth of the graduate?",
        ),
        degree: sheet.tell("Degree", study.degree, "Which degree was conferred?|What is the degree?"),
        thesis: sheet.tell(
            "Title of the thesis",
            desk.any(study.theses),
            "What is the title of the thesis?|What was the thesis called?",
        ),
        grade: sheet.tell(
            "Final grade",
            &place.number(1, "").print(grade),
            "What is the final grade?|Which final grade is given?",
        ),
        credits: sheet.tell(
            "Sum of the credits",
            &credits.to_string(),
            "How many credits were earned in all?|What is the sum of the credits?",
        ),
        date: sheet.tell(
            "Date of issue",
            &place.date(date),
            "When was the diploma issued?|On which date was the diploma issued?",
        ),
        number: sheet.tell(
            "Register number",
            &desk.code("##/####"),
            "What is the register number?|Which register number does the diploma bear?",
        ),
        signers,
    };
    let topic = format!("diploma of {person}: {}", study.degree);
    let family = desk.style.word(&["EB Garamond", "Crimson Pro", "Lora", "Noto Serif"]);
    let title_family = desk.style.word(&["Playfair Display", "EB Garamond", "Besley", "Lora", "Zilla Slab"]);
    desk.set_faces(family, title_family);
    let ground = desk.style.word(&["#fffdf5", "#faf5e6", "#ffffff", "#f6f3ec", "#f7f9f4"]);
    super::press::ground(&mut desk.paper, Color::from_hex(ground).unwrap_or(Color::WHITE));
    let form = desk.style.below(4);
    let wide = form == 0 || form == 3;
    desk.paper.width =
        if wide { desk.style.range(860.0, 940.0) } else { desk.style.range(620.0, 690.0) }.round();
    desk.paper.margin = if wide { (78.0, 66.0) } else { (68.0, 70.0) };
    desk.paper.base = desk.style.range(13.6, 15.2);
    desk.paper.pixels_per_pt = 1.0;
    let inset = |gap: f64, stroke: &str| {
        format!(
            "#place(dx: {gap:.1}pt, dy: {gap:.1}pt, rect(width: 100% - {0:.1}pt, height: 100% - {0:.1}pt, stroke: {stroke}))",
            2.0 * gap
        )
    };
    desk.paper.frame = match form {
        0 => inset(18.0, "5pt + ac") + &inset(27.0, "1pt + ac2") + &corners(),
        1 => inset(24.0, "1.4pt + ac") + &inset(30.0, "0.7pt + ac"),
        2 => "#place(rect(width: 100%, height: 30pt, fill: ac))#place(bottom, rect(width: 100%, height: 12pt, fill: ac2))".to_owned(),
        _ => "#place(rect(width: 40pt, height: 100%, fill: ac))#place(dx: 46pt, rect(width: 3pt, height: 100%, fill: ac2))".to_owned(),
    };
    let style = &mut desk.style;
    let lines = *style.pick(&[Lines::Ruled, Lines::Thin, Lines::Zebra, Lines::Open]);
    let cols = [col(0, "1fr", "left"), col(1, "auto", "right"), col(2, "auto", "right")];
    let list = table(&sheet, &cols, lines, style.range(5.5, 7.0));
    let results = stack(
        9.0,
        &[
            list,
            align(
                "right",
                &inline(&[
                    body("Final grade "),
                    bold(&sheet.value(diploma.grade)),
                    body(", credits in all "),
                    bold(&sheet.value(diploma.credits)),
                ]),
            ),
        ],
    );
    let title = format!(
        "text(fill: ac, {})",
        heading_of(style.range(2.6, 3.2), &sheet.value_as(diploma.title, "title"))
    );
    let name = heading_of(style.range(1.8, 2.2), &sheet.value(diploma.name));
    let born = small(&inline(&[body("born on "), sheet.value(diploma.born)]));
    let degree = stack(
        10.0,
        &[
            body("having passed all examinations is awarded the degree of"),
            format!("text(size: 1.25em, {})", bold(&sheet.value(diploma.degree))),
        ],
    );
    let thesis = para(&inline(&[
        body("Thesis: "),
        format!("text(style: \"italic\", {})", sheet.value(diploma.thesis)),
    ]));
    let sign = |style: &mut pixmo_render::Rng, (label, field): (&str, Field)| -> Expr {
        stack(6.0, &[signature(120.0, style), rule("0.8pt + ink"), sheet.value(field), small(&body(label))])
    };
    let signs = [sign(style, diploma.signers[0]), sign(style, diploma.signers[1])];
    let dated = small(&stack(
        7.0,
        &[
            inline(&[body("Issued on "), sheet.value(diploma.date)]),
            inline(&[body("Register no. "), sheet.value(diploma.number)]),
        ],
    ));
    let mark = logo::mark(&school, 56.0, style);
    let school = spaced(&bold(&sheet.value(diploma.school)));
    let mut out = String::new();
    match form {
        0 => {
            show(&mut out, &align("center", &stack(15.0, &[school, title])));
            space(&mut out, 6.0);
            let left = align("center", &stack(15.0, &[name, born, degree, thesis]));
            show(
                &mut out,
                &grid("1.1fr, 1fr", "(center + horizon, left + horizon)", (34.0, 0.0), &[left, results]),
            );
            space(&mut out, 18.0);
            let cells = [dated, signs[0].clone(), seal(), signs[1].clone()];
            show(
                &mut out,
                &grid(
                    "1fr, 1fr, auto, 1fr",
                    "(left + bottom, center + bottom, center + bottom, center + bottom)",
                    (24.0, 0.0),
                    &cells,
                ),
            );
        }
        1 => {
            show(
                &mut out,
                &align("center", &stack(16.0, &[mark, school, title, name, born, degree, thesis])),
            );
            space(&mut out, 8.0);
            show(&mut out, &format!("pad(x: 24pt, {results})"));
            space(&mut out, 18.0);
            show(&mut out, &grid("1fr, 1fr", "center + bottom", (40.0, 0.0), &signs));
            space(&mut out, 4.0);
            show(&mut out, &align("center", &dated));
        }
        2 => {
            space(&mut out, 12.0);
            show(
                &mut out,
                &grid(
                    "auto, 1fr, auto",
                    "(left + horizon, left + horizon, right + horizon)",
                    (16.0, 0.0),
                    &[mark, school, dated],
                ),
            );
            space(&mut out, 8.0);
            show(&mut out, &stack(15.0, &[title, name, born, degree, thesis]));
            space(&mut out, 8.0);
            show(&mut out, &results);
            space(&mut out, 18.0);
            show(&mut out, &grid("1fr, 1fr", "left + bottom", (40.0, 0.0), &signs));
            space(&mut out, 6.0);
        }
        _ => {
            let head = stack(14.0, &[school, title, name, born]);
            show(&mut out, &grid("1fr, auto", "(left, right + horizon)", (24.0, 0.0), &[head, seal()]));
            space(&mut out, 4.0);
            show(&mut out, &stack(12.0, &[degree, thesis]));
            space(&mut out, 6.0);
            show(&mut out, &results);
            space(&mut out, 16.0);
            show(
                &mut out,
                &grid(
                    "1fr, 1fr, 1fr",
                    "(left + bottom, center + bottom, center + bottom)",
                    (30.0, 0.0),
                    &[dated, signs[0].clone(), signs[1].clone()],
                ),
            );
        }
    }
    Draft {
        sheet,
        body: out,
        topic,
        persona: "a graduate who sends copies to employers".to_owned(),
        design: format!("diploma-{form}/{}", lines.name()),
    }
}

/// A seal of rays and rings, with two ribbons.
fn seal() -> Expr {
    let mut out = String::new();
    let (s, middle) = (74.0, 37.0);
    out.push_str("#place(dx: 20pt, dy: 44pt, polygon(fill: ac2, (0pt, 0pt), (16pt, 0pt), (10pt, 46pt), (4pt, 36pt), (-6pt, 42pt)))");
    out.push_str("#place(dx: 38pt, dy: 44pt, polygon(fill: ac2, (0pt, 0pt), (16pt, 0pt), (22pt, 42pt), (12pt, 36pt), (6pt, 46pt)))");
    let mut points = Vec::new();
    for n in 0..48 {
        let turn = std::f64::consts::TAU * f64::from(n) / 48.0;
        let r = if n % 2 == 0 { middle } else { middle - 4.5 };
        points.push(format!(
            "({:.1}pt, {:.1}pt)",
            middle + r * libm::cos(turn),
            middle + r * libm::sin(turn)
        ));
    }
    out.push_str(&format!("#place(polygon(fill: ac, {}))", points.join(", ")));
    out.push_str("#place(dx: 9pt, dy: 9pt, circle(radius: 28pt, stroke: 1.6pt + onac))#place(dx: 25pt, dy: 25pt, circle(radius: 12pt, fill: onac))");
    format!("box(width: {s:.1}pt, height: 92pt)[{out}]")
}

/// Squares on the four corners of the frame.
fn corners() -> String {
    let square = "rect(width: 26pt, height: 26pt, fill: ac)";
    let mut out = String::new();
    for (corner, dx, dy) in [
        ("top + left", "10pt", "10pt"),
        ("top + right", "-10pt", "10pt"),
        ("bottom + left", "10pt", "-10pt"),
        ("bottom + right", "-10pt", "-10pt"),
    ] {
        out.push_str(&format!("#place({corner}, dx: {dx}, dy: {dy}, {square})"));
    }
    out
}
