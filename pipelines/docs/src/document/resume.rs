//! Résumés: posts one after the other, schooling, languages, and how to reach the person.

use pixmo_render::{Cell, Column};

use super::desk::{Desk, Draft, capital};
use super::logo;
use super::markup::{Expr, align, body, bold, grid, inline, role, rule, show, small, space, stack, text};
use super::pieces::section;
use super::portrait::portrait;
use super::press::{bleed, bookish, modern, para, spaced, title as heading_of, tone};
use super::sheet::{Field, Sheet};

const LEVELS: [&str; 5] = ["native", "fluent", "very good", "good", "basic"];
const LANGUAGES: [&str; 9] =
    ["English", "German", "Spanish", "French", "Italian", "Polish", "Portuguese", "Turkish", "Dutch"];
/// The first language where names of a culture are at home.
fn mother_tongue(culture: &str) -> &'static str {
    match culture {
        "german" => "German",
        "french" => "French",
        "spanish" => "Spanish",
        "italian" => "Italian",
        "portuguese" => "Portuguese",
        "dutch" => "Dutch",
        "polish" => "Polish",
        "czech" => "Czech",
        "swedish" => "Swedish",
        "greek" => "Greek",
        "ukrainian" => "Ukrainian",
        "turkish" => "Turkish",
        "hungarian" => "Hungarian",
        "indian" => "Hindi",
        "west_african" => "Twi",
        "east_african" => "Swahili",
        "arabic" => "Arabic",
        "japanese" => "Japanese",
        "korean" => "Korean",
        "chinese" => "Mandarin",
        "vietnamese" => "Vietnamese",
        _ => "English",
    }
}

const DEGREES: [&str; 8] = [
    "Bachelor of Arts",
    "Bachelor of Science",
    "Master of Science",
    "Diploma",
    "Apprenticeship certificate",
    "Master craftsman's certificate",
    "Bachelor of Business",
    "Technician's certificate",
];
const SKILLS: [&str; 16] = [
    "spreadsheets",
    "first aid",
    "forklift licence",
    "bookkeeping",
    "planning rotas",
    "training apprentices",
    "cash handling",
    "stock control",
    "public speaking",
    "technical drawing",
    "customer service",
    "purchasing",
    "quality control",
    "web editing",
    "project planning",
    "hygiene rules",
];
const INTERESTS: [&str; 14] = [
    "choir singing",
    "cycling",
    "chess",
    "beekeeping",
    "amateur theatre",
    "swimming",
    "woodcarving",
    "bird watching",
    "volunteer fire brigade",
    "long-distance walks",
    "bread baking",
    "photography",
    "rowing",
    "board games",
];
const PROFILES: [&str; 7] = [
    "I like clear plans, good tools and people who keep their word.",
    "In {years} years of work I have learned to listen first and to act quickly.",
    "Careful with numbers, patient with people, calm when it gets loud.",
    "I am looking for a post in which I can teach what I know.",
    "After {years} years in the trade I want to take on more responsibility.",
    "I enjoy bringing order to things and finding out why they fail.",
    "With {years} years of experience I feel at home in every corner of the trade.",
];

struct Person {
    name: Field,
    job: Field,
    address: Field,
    phone: Field,
    mail: Field,
    born: Option<Field>,
    profile: Expr,
    degree: Field,
    school: Field,
    graduated: Field,
    languages: Vec<(&'static str, Field)>,
    skills: Field,
    interests: Field,
    /// Whose photograph it is.
    woman: bool,
}

/// True for what one is by contract; some do their part in a trade as pupils, friends or owners.
fn is_post(role: &str) -> bool {
    let ends = [
        "trainee",
        "apprentice",
        "owner",
        "council",
        "representative",
        "birdwatcher",
        "astronomer",
        "club",
        "member",
        "speaker",
        "volunteer",
        "student",
        "reviewer",
    ];
    role == "sales representative" || !ends.iter().any(|end| role.ends_with(*end))
}

/// How high a role stands: 0 for those who lead, 2 for those who begin.
fn rank(role: &str) -> usize {
    let lead = [
        "head",
        "manager",
        "director",
        "chief",
        "lead",
        "leader",
        "dean",
        "foreman",
        "chair",
        "captain",
        "supervisor",
    ];
    let begin = [
        "clerk",
        "assistant",
        "driver",
        "hand",
        "usher",
        "waiter",
        "receptionist",
        "attendant",
        "handler",
        "picker",
        "rider",
        "cook",
    ];
    let has = |list: &[&str]| role.split(' ').any(|word| list.contains(&word));
    if has(&lead) || role.ends_with("master") {
        0
    } else if has(&begin) {
        2
    } else {
        1
    }
}

/// Writes a résumé.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::with_items(vec![
        (Column::text("Post"), None),
        (Column::text("Employer"), None),
        (Column::text("Years"), None),
        (Column::text("Town"), None),
    ]);
    sheet.call("post", "posts");
    sheet.ask(
        1,
        &["Who was the employer in the post “{label}”?", "Where did the applicant work as “{label}”?"],
    );
    sheet.ask(
        2,
        &[
            "In which years did the applicant hold the post “{label}”?",
            "From when to when did the applicant work as “{label}”?",
        ],
    );
    sheet.ask(3, &["In which town was the post “{label}”?"]);
    sheet.ask_back(
        1,
        &["Which post did the applicant hold at {value}?", "As what did the applicant work at {value}?"],
    );
    sheet.ask_back(2, &["Which post did the applicant hold in the years {value}?"]);
    sheet.lacks(&[
        "Salary expected",
        "Name of a referee",
        "Marital status",
        "Number of children",
        "Notice period",
    ]);

    let (domain, _) = desk.domain();
    let person = desk.person();
    let home = desk.town();
    let now = desk.rng.whole(2020, 2025);
    let held: Vec<&str> = domain.roles.iter().map(String::as_str).filter(|role| is_post(role)).collect();
    let count = (desk.rng.whole(3, 5) as usize).min(held.len());
    let mut years = vec![now];
    for _ in 0..count {
        let last = years[years.len() - 1];
        years.push(last - desk.rng.whole(2, 7));
    }
    // The newest post stands first; careers lead upwards.
    let mut roles: Vec<&str> = desk.rng.sample(held.len(), count).into_iter().map(|at| held[at]).collect();
    roles.sort_by_key(|role| rank(role));
    let start = desk.rng.below(domain.organisations.len());
    let mut employers: Vec<String> = Vec::new();
    for (index, role) in roles.iter().copied().enumerate() {
        let town = desk.town();
        let pattern = &domain.organisations[(index + start) % domain.organisations.len()];
        let family = desk.rng.pick(&desk.culture.family).as_str();
        let mut employer = pattern.replace("{town}", &town).replace("{family}", family);
        if employers.contains(&employer) || employer.contains("household") || employer.contains("Flat") {
            employer = desk.company(None).name;
        }
        let role = match index {
            i if i + 1 == count && rank(role) == 0 => format!("Deputy {role}"),
            i if i + 1 == count => format!("Trainee {role}"),
            _ => capital(role),
        };
        let until = if index == 0 { "today".to_owned() } else { years[index].to_string() };
        let cells = vec![
            Cell::text(role),
            Cell::text(employer.as_str()),
            Cell::text(format!("{} – {until}", years[index + 1])),
            Cell::text(town),
        ];
        employers.push(employer);
        sheet.item(cells);
    }
    let experience = now - years[count];
    let contact = desk.organisation(format!("{} {}", person.given, person.family), home.clone());
    let job = capital(roles[0]);
    let name = sheet.tell(
        "Name of the applicant",
        &person.full(),
        "Whose résumé is this?|What is the name of the applicant?",
    );
    let job = sheet.tell(
        "Occupation",
        &job,
        "What is the occupation of the applicant?|Which occupation stands below the name?",
    );
    let address = sheet.tell(
        "Address",
        &contact.address(),
        "What is the address of the applicant?|Where does the applicant live?",
    );
    let phone = sheet.tell("Telephone", &contact.phone, "What is the telephone number of the applicant?");
    let host = contact.mail.split('@').next_back().unwrap_or("post.example");
    let mail = format!("{}@{host}", desk.any(&["mail", "post", "me", "hello"]));
    let mail = sheet.tell("E-mail address", &mail, "What is the e-mail address of the applicant?");
    let school_left = years[count] - desk.rng.whole(0, 1);
    let born = desk.rng.chance(0.5).then(|| {
        let day = jiff::civil::date(
            (school_left - desk.rng.whole(21, 26)) as i16,
            desk.rng.whole(1, 12) as i8,
            desk.rng.whole(1, 28) as i8,
        );
        sheet.tell(
            "Date of birth",
            &place.date(day),
            "When was the applicant born?|What is the date of birth of the applicant?",
        )
    });
    let chosen = desk.rng.sample(PROFILES.len(), 2);
    let mut parts: Vec<Expr> = Vec::new();
    let mut told = None;
    for index in chosen {
        let pattern = PROFILES[index];
        match pattern.split_once("{years}") {
            Some((before, after)) if told.is_none() => {
                let field = sheet.tell("Years of experience", &experience.to_string(), "How many years of experience does the applicant have?|How many years of work are mentioned?");
                told = Some(field);
                parts.extend([body(before), sheet.value_as(field, "body"), body(after), text(" ")]);
            }
            Some(_) => {}
            None => parts.extend([body(pattern), text(" ")]),
        }
    }
    let town = desk.town();
    let school = desk
        .any(&[
            "University of {}",
            "Technical College {}",
            "{} Vocational School",
            "{} Polytechnic",
            "Academy of {}",
        ])
        .replace("{}", &town);
    let degree = desk.any(&DEGREES);
    let mut languages = Vec::new();
    let count = desk.rng.whole(2, 4) as usize;
    // The mother tongue first, then what is learned at school and later, each no better than the one before.
    let mut tongues = vec![mother_tongue(&desk.culture.slug)];
    if tongues[0] != "English" {
        tongues.push("English");
    }
    let others = desk.rng.sample(LANGUAGES.len(), LANGUAGES.len());
    tongues.extend(others.into_iter().map(|at| LANGUAGES[at]).filter(|name| *name != "English"));
    let mut seen = Vec::new();
    tongues.retain(|name| {
        !seen.contains(name) && {
            seen.push(*name);
            true
        }
    });
    let mut level = 0;
    for (index, language) in tongues.into_iter().take(count).enumerate() {
        if index > 0 {
            level = desk.rng.whole((level + 1).min(4), (level + 2).min(4));
        }
        let level = LEVELS[level as usize];
        let ask =
            format!("How well does the applicant speak {language}?|Which level of {language} is given?");
        languages.push((language, sheet.tell(&format!("Level of {language}"), level, &ask)));
    }
    let list = |desk: &mut Desk<'_>, words: &[&str], count: usize| {
        let chosen: Vec<&str> = desk.rng.sample(words.len(), count).into_iter().map(|k| words[k]).collect();
        capital(&chosen.join(", "))
    };
    let skills = list(desk, &SKILLS, 4);
    let interests = list(desk, &INTERESTS, 3);
    let cv = Person {
        name,
        job,
        address,
        phone,
        mail,
        born,
        profile: para(&inline(&parts)),
        degree: sheet.tell(
            "Degree",
            degree,
            "Which degree does the applicant have?|What is the highest qualification named?",
        ),
        school: sheet.tell(
            "Place of study",
            &school,
            "Where did the applicant study?|At which school did the applicant take the degree?",
        ),
        graduated: sheet.tell(
            "Year of the degree",
            &school_left.to_string(),
            "In which year did the applicant take the degree?",
        ),
        languages,
        skills: sheet.tell("Skills", &skills, "Which skills are listed?|What can the applicant do?"),
        interests: sheet.tell(
            "Interests",
            &interests,
            "Which interests are listed?|What does the applicant like to do?",
        ),
        woman: person.is_woman(),
    };
    let topic = format!("résumé of {}, {}", person.full(), sheet.shown(cv.job).to_lowercase());
    if desk.style.chance(0.35) {
        bookish(desk);
    } else {
        modern(desk);
    }
    tone(desk, &["#ffffff", "#ffffff", "#ffffff", "#fdfcf8", "#f9fbfd"]);
    desk.paper.width = desk.style.range(660.0, 740.0).round();
    desk.paper.base = desk.style.range(12.6, 13.8);
    let form = desk.style.below(4);
    let habit = desk.style.below(4);
    let mut out = String::from("#set par(leading: 0.62em)\n");
    match form {
        0 => sidebar(desk, &sheet, &cv, &mut out),
        1 => classic(desk, &sheet, &cv, habit, &mut out),
        2 => timeline(desk, &sheet, &cv, habit, &mut out),
        _ => banner(desk, &sheet, &cv, habit, &mut out),
    }
    Draft {
        sheet,
        body: out,
        topic,
        persona: "a manager who reads applications".to_owned(),
        design: format!("resume-{form}/{habit}"),
    }
}

/// A heading close to what belongs to it.
fn part(title: &str, habit: usize, what: Expr) -> Expr {
    stack(9.0, &[section(title, habit), what])
}

fn headline(desk: &mut Desk<'_>, sheet: &Sheet, cv: &Person) -> Expr {
    heading_of(desk.style.range(2.1, 2.6), &sheet.value_as(cv.name, "title"))
}

fn contact(sheet: &Sheet, cv: &Person) -> Vec<Expr> {
    let mut list = vec![para(&sheet.value(cv.address)), sheet.value(cv.phone), sheet.value(cv.mail)];
    if let Some(born) = cv.born {
        list.push(inline(&[body("born "), sheet.value(born)]));
    }
    list
}

fn study(sheet: &Sheet, cv: &Person) -> Expr {
    stack(
        6.0,
        &[
            bold(&sheet.value(cv.degree)),
            para(&inline(&[sheet.value(cv.school), text(", "), sheet.value(cv.graduated)])),
        ],
    )
}

fn speech(sheet: &Sheet, cv: &Person) -> Expr {
    let cells: Vec<Expr> =
        cv.languages.iter().flat_map(|(name, level)| [body(name), sheet.value(*level)]).collect();
    grid("auto, auto", "left", (16.0, 7.0), &cells)
}

/// The posts with their years to the left of them.
fn posts(sheet: &Sheet) -> Expr {
    let cells: Vec<Expr> = (0..sheet.len())
        .flat_map(|row| {
            let place = para(&inline(&[sheet.cell(row, 1), text(", "), sheet.cell(row, 3)]));
            [small(&sheet.cell(row, 2)), stack(6.0, &[bold(&sheet.cell(row, 0)), place])]
        })
        .collect();
    grid("auto, 1fr", "left", (18.0, 15.0), &cells)
}

/// The posts with their years below them, for narrow columns.
fn stacked_posts(sheet: &Sheet) -> Expr {
    let parts: Vec<Expr> = (0..sheet.len())
        .map(|row| {
            let place = para(&inline(&[sheet.cell(row, 1), text(", "), sheet.cell(row, 3)]));
            stack(
                6.0,
                &[
                    grid(
                        "1fr, auto",
                        "(left, right)",
                        (12.0, 0.0),
                        &[bold(&sheet.cell(row, 0)), small(&sheet.cell(row, 2))],
                    ),
                    place,
                ],
            )
        })
        .collect();
    stack(15.0, &parts)
}

/// A dark column with contact and skills, the posts beside it.
fn sidebar(desk: &mut Desk<'_>, sheet: &Sheet, cv: &Person, out: &mut String) {
    let wide = (desk.paper.width * 0.34).round();
    let right = desk.style.chance(0.3);
    let side = if right { "right" } else { "left" };
    desk.paper.frame = format!("#place({side}, rect(width: {wide:.1}pt, height: 100%, fill: ac))");
    desk.paper.margin = (30.0, 42.0);
    let group = |name: &str, what: Expr| stack(9.0, &[bold(&role("heading", name)), what]);
    // A photograph, or the initials as a mark.
    let mark = if desk.style.chance(0.6) {
        portrait((104.0, 126.0), cv.woman, &mut desk.style)
    } else {
        logo::mark(sheet.shown(cv.name), 64.0, &mut desk.style).replace("fill: ac)", "fill: ac2)")
    };
    let parts = [
        mark,
        group("Contact", stack(8.0, &contact(sheet, cv))),
        group("Languages", speech(sheet, cv)),
        group("Skills", para(&sheet.value(cv.skills))),
        group("Interests", para(&sheet.value(cv.interests))),
    ];
    let column = format!("text(fill: onac, {})", stack(22.0, &parts));
    let name = headline(desk, sheet, cv);
    let main = stack(
        22.0,
        &[
            stack(11.0, &[name, format!("text(fill: ac, size: 1.1em, {})", sheet.value(cv.job))]),
            cv.profile.clone(),
            part("Experience", 1, stacked_posts(sheet)),
            part("Education", 1, study(sheet, cv)),
        ],
    );
    let narrow = wide - 50.0;
    let (widths, cells) = if right {
        (format!("1fr, {narrow:.1}pt"), [main, column])
    } else {
        (format!("{narrow:.1}pt, 1fr"), [column, main])
    };
    show(out, &grid(&widths, "left", (46.0, 0.0), &cells));
}

/// Everything below a name in the middle, as typists set it.
fn classic(desk: &mut Desk<'_>, sheet: &Sheet, cv: &Person, habit: usize, out: &mut String) {
    let name = headline(desk, sheet, cv);
    show(out, &align("center", &stack(11.0, &[name, spaced(&sheet.value(cv.job))])));
    let mut line = vec![
        sheet.value(cv.address),
        text("  ·  "),
        sheet.value(cv.phone),
        text("  ·  "),
        sheet.value(cv.mail),
    ];
    if let Some(born) = cv.born {
        line.extend([text("  ·  "), body("born "), sheet.value(born)]);
    }
    show(out, &align("center", &small(&para(&inline(&line)))));
    show(out, &rule("1pt + ac"));
    for (title, what) in [
        ("Profile", cv.profile.clone()),
        ("Employment", posts(sheet)),
        ("Education", study(sheet, cv)),
        ("Languages", speech(sheet, cv)),
        ("Skills", para(&sheet.value(cv.skills))),
        ("Interests", para(&sheet.value(cv.interests))),
    ] {
        show(out, &part(title, habit, what));
        space(out, 9.0);
    }
}

/// Posts along a line with a dot for each.
fn timeline(desk: &mut Desk<'_>, sheet: &Sheet, cv: &Person, habit: usize, out: &mut String) {
    let name = headline(desk, sheet, cv);
    let left = stack(11.0, &[name, format!("text(fill: ac, size: 1.1em, {})", sheet.value(cv.job))]);
    show(
        out,
        &grid(
            "1fr, auto",
            "(left + horizon, right)",
            (20.0, 0.0),
            &[left, small(&stack(6.0, &contact(sheet, cv)))],
        ),
    );
    show(out, &rule("2.4pt + ac"));
    show(out, &cv.profile);
    space(out, 4.0);
    let steps: Vec<Expr> = (0..sheet.len())
        .map(|row| {
            let place = para(&inline(&[sheet.cell(row, 1), text(", "), sheet.cell(row, 3)]));
            let inner = stack(6.0, &[format!("text(fill: ac, {})", small(&format!("text(fill: ac, {})", sheet.cell(row, 2)))), bold(&sheet.cell(row, 0)), place]);
            format!(
                "block(stroke: (left: 2pt + ac), inset: (left: 18pt, bottom: 16pt))[#place(dx: -24pt, dy: 1pt, circle(radius: 5pt, fill: ac))#{inner}]"
            )
        })
        .collect();
    let main = part("Career", habit, format!("pad(left: 6pt, top: 3pt, {})", stack(0.0, &steps)));
    let side = stack(
        22.0,
        &[
            part("Education", habit, study(sheet, cv)),
            part("Languages", habit, speech(sheet, cv)),
            part("Skills", habit, para(&sheet.value(cv.skills))),
            part("Interests", habit, para(&sheet.value(cv.interests))),
        ],
    );
    show(out, &grid("1.5fr, 1fr", "left", (30.0, 0.0), &[main, side]));
}

/// A coloured head across the page, then two columns of boxes.
fn banner(desk: &mut Desk<'_>, sheet: &Sheet, cv: &Person, habit: usize, out: &mut String) {
    let name = headline(desk, sheet, cv);
    let inner = grid(
        "1fr, auto",
        "(left + horizon, right + horizon)",
        (24.0, 0.0),
        &[stack(11.0, &[name, sheet.value(cv.job)]), stack(6.0, &contact(sheet, cv))],
    );
    show(out, &bleed(&desk.paper, "ac", 18.0, true, &format!("text(fill: onac, {inner})")));
    space(out, 8.0);
    show(out, &format!("text(style: \"italic\", {})", cv.profile));
    show(out, &stack(10.0, &[section("Work experience", habit), posts(sheet)]));
    space(out, 4.0);
    let card = |title: &str, what: Expr| {
        format!(
            "block(width: 100%, fill: tint, radius: {:.1}pt, inset: 13pt, {})",
            desk.paper.corner,
            stack(9.0, &[bold(&format!("text(fill: ac, {})", role("heading", title))), what])
        )
    };
    let cells = [
        card("Education", study(sheet, cv)),
        card("Languages", speech(sheet, cv)),
        card("Skills", para(&sheet.value(cv.skills))),
        card("Interests", para(&sheet.value(cv.interests))),
    ];
    show(out, &grid("1fr, 1fr", "left", (14.0, 14.0), &cells));
}
