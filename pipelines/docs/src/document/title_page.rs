//! Title pages of books and theses.

use super::book::{HOUSES, books, page};
use super::desk::{Desk, Draft};
use super::logo;
use super::markup::{Expr, body, bold, grid, inline, note, rule, show, small, space, stack, text};
use super::press::{bookish, fitting, para, spaced, title as heading_of, tone};
use super::sheet::{Field, Sheet};

/// Writes a title page: of a book, or of a thesis.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let mut sheet = Sheet::fields();
    let thesis = desk.rng.chance(0.4);
    let year = desk.rng.whole(if thesis { 1978 } else { 1924 }, 2025).to_string();
    let town = desk.town();
    // Nobody on the page bears the name of another.
    let mut people = desk.people(6).into_iter().map(|person| person.full());
    let mut someone = || people.next().unwrap_or_default();
    let author = someone();
    let (title, subtitle, field) = if thesis {
        let (title, field) = super::study::thesis(desk);
        let subtitle =
            desk.any(&["A field study", "Methods, results and limits", "With examples from three regions"]);
        (title, subtitle.to_owned(), field)
    } else {
        let (title, subtitle) = desk.rng.pick(books()).name(desk);
        (title, subtitle, "")
    };
    let title_field = sheet.tell(
        "Title",
        &title,
        if thesis {
            "What is the title of the thesis?|What is the thesis called?"
        } else {
            "What is the title of the book?|What is the book called?"
        },
    );
    let subtitle =
        sheet.tell("Subtitle", &subtitle, "What is the subtitle?|What does the line below the title say?");
    let author = sheet.tell(
        "Author",
        &author,
        if thesis {
            "Who wrote the thesis?|Who is the author of the thesis?"
        } else {
            "Who wrote the book?|Who is the author of the book?"
        },
    );
    let mut middle: Vec<(String, Field)> = Vec::new();
    let house;
    if thesis {
        sheet.lacks(&[
            "Name of the second examiner",
            "Grade of the thesis",
            "Number of pages",
            "Date of birth of the author",
        ]);
        let (faculties, degrees): (&[&str], &[&str]) = match field {
            "Education" => (
                &["Faculty of Education", "School of Education"],
                &["Master of Education", "Bachelor of Education", "Doctor of Philosophy"],
            ),
            "Materials" | "Transport" => (
                &["Faculty of Engineering", "Department of Civil Engineering"],
                &["Master of Engineering", "Master of Science", "Doctor of Engineering"],
            ),
            _ => (
                &["Faculty of Science", "Department of Life Sciences", "Institute of Applied Science"],
                &["Bachelor of Science", "Master of Science", "Doctor of Philosophy"],
            ),
        };
        let (faculty, degree) = (desk.any(faculties), desk.any(degrees));
        let university = format!(
            "{} of {town}",
            desk.any(&["University", "Free University", "Technical University", "College"])
        );
        let (first, second) = (someone(), someone());
        let number = desk.code("########");
        house = sheet.tell(
            "University",
            &university,
            "At which university was the thesis written?|Which university is named?",
        );
        middle.push((
            "A thesis submitted for the degree of ".to_owned(),
            sheet.tell("Degree", degree, "For which degree was the thesis submitted?|Which degree is named?"),
        ));
        middle.push((
            "at the ".to_owned(),
            sheet.tell(
                "Faculty",
                faculty,
                "At which faculty was the thesis submitted?|Which faculty is named?",
            ),
        ));
        middle.push((
            "Supervisor: ".to_owned(),
            sheet.tell("Supervisor", &first, "Who supervised the thesis?|Who is the supervisor?"),
        ));
        middle.push((
            "Examiner: ".to_owned(),
            sheet.tell("Examiner", &second, "Who examined the thesis?|Who is the examiner?"),
        ));
        middle.push((
            "Student number: ".to_owned(),
            sheet.tell(
                "Student number",
                &number,
                "What is the student number of the author?|Which student number is given?",
            ),
        ));
    } else {
        sheet.lacks(&["Number of pages", "Price of the book", "Name of the designer", "Name of the printer"]);
        house =
            sheet.tell("Publisher", desk.any(&HOUSES), "Who published the book?|Which publisher is named?");
        let edition = desk.any(&[
            "First edition",
            "Second edition",
            "Third, revised edition",
            "Fourth edition",
            "Centenary edition",
            "Pocket edition",
        ]);
        middle.push((
            String::new(),
            sheet.tell("Edition", edition, "Which edition is it?|What does the page say about the edition?"),
        ));
        for (label, name, ask) in [
            ("Edited by ", "Editor", "Who edited the book?|Who is the editor?"),
            ("With drawings by ", "Illustrator", "Who made the drawings?|Who illustrated the book?"),
            ("Translated by ", "Translator", "Who translated the book?|Who is the translator?"),
            ("With a foreword by ", "Author of the foreword", "Who wrote the foreword?"),
        ] {
            if desk.rng.chance(0.55) {
                let person = someone();
                middle.push((label.to_owned(), sheet.tell(name, &person, ask)));
            }
        }
        let volume = ["One", "Two", "Three", "Four"][desk.rng.below(4)];
        if desk.rng.chance(0.5) {
            middle.push((
                "Volume ".to_owned(),
                sheet.tell(
                    "Volume",
                    volume,
                    "Which volume is it?|What is the number of the volume, in words?",
                ),
            ));
        }
    }
    let town = sheet.tell(
        "Place",
        &town,
        if thesis {
            "In which town was the thesis submitted?|Which town is named at the foot of the page?"
        } else {
            "Where was the book published?|In which town was the book published?"
        },
    );
    let year = sheet.tell(
        "Year",
        &year,
        if thesis {
            "In which year was the thesis submitted?|Which year stands on the page?"
        } else {
            "In which year was the book published?|Which year stands on the page?"
        },
    );

    bookish(desk);
    tone(desk, &["#ffffff", "#fbf7ec", "#f7f2e4", "#faf8f3", "#f3ecdb"]);
    desk.paper.margin = (desk.style.range(50.0, 64.0), desk.style.range(52.0, 66.0));
    desk.paper.base = desk.style.range(12.6, 14.4);
    let (w, _) = page(desk, (420.0, 500.0), (1.38, 1.52));
    let size = fitting(&title, w - 2.0 * desk.paper.margin.0, desk.paper.base, 2.6);
    let form = desk.style.below(4);
    let style = &mut desk.style;
    let mark = logo::mark(sheet.shown(house), 44.0, style);
    let middle: Vec<Expr> =
        middle
            .iter()
            .map(|(label, field)| {
                if label.is_empty() {
                    sheet.value(*field)
                } else {
                    inline(&[body(label), sheet.value(*field)])
                }
            })
            .collect();
    let middle: Vec<Expr> = middle.iter().map(|line| para(line)).collect();
    let foot = inline(&[sheet.value(town), text("  ·  "), sheet.value(year)]);
    let head = |color: &str| {
        format!("text(fill: {color}, {})", heading_of(size, &sheet.value_as(title_field, "title")))
    };
    let mut out = String::new();
    match form {
        0 => {
            out.push_str("#set align(center)\n");
            show(&mut out, &format!("text(size: 1.2em, {})", spaced(&sheet.value(author))));
            out.push_str("#v(1fr)\n");
            show(&mut out, &head("ink"));
            show(
                &mut out,
                &format!("text(size: 1.15em, style: \"italic\", {})", sheet.value_as(subtitle, "subtitle")),
            );
            out.push_str("#v(1fr)\n");
            show(&mut out, &stack(10.0, &middle));
            out.push_str("#v(1.4fr)\n");
            show(&mut out, &mark);
            show(&mut out, &stack(8.0, &[bold(&sheet.value(house)), foot]));
        }
        1 => {
            show(&mut out, &format!("text(size: 1.2em, {})", bold(&sheet.value(author))));
            show(&mut out, &rule("2pt + ac"));
            out.push_str("#v(0.6fr)\n");
            show(&mut out, &head("ac"));
            show(&mut out, &format!("text(size: 1.15em, {})", sheet.value_as(subtitle, "subtitle")));
            out.push_str("#v(1fr)\n");
            show(&mut out, &stack(9.0, &middle));
            out.push_str("#v(1.2fr)\n");
            show(
                &mut out,
                &grid(
                    "auto, 1fr",
                    "(left + horizon, left + horizon)",
                    (14.0, 0.0),
                    &[mark, stack(8.0, &[bold(&sheet.value(house)), foot])],
                ),
            );
        }
        2 => {
            desk.paper.frame = "#place(dx: 22pt, dy: 22pt, rect(width: 100% - 44pt, height: 100% - 44pt, stroke: 2pt + ac))#place(dx: 28pt, dy: 28pt, rect(width: 100% - 56pt, height: 100% - 56pt, stroke: 0.7pt + ac))".to_owned();
            out.push_str("#set align(center)\n");
            space(&mut out, 12.0);
            show(&mut out, &head("ink"));
            show(&mut out, "line(length: 40%, stroke: 1pt + ac)");
            show(&mut out, &format!("text(size: 1.1em, {})", sheet.value_as(subtitle, "subtitle")));
            out.push_str("#v(1fr)\n");
            show(&mut out, &stack(9.0, &[note("by"), format!("text(size: 1.3em, {})", sheet.value(author))]));
            out.push_str("#v(1fr)\n");
            show(&mut out, &small(&stack(9.0, &middle)));
            out.push_str("#v(1fr)\n");
            show(&mut out, &stack(8.0, &[sheet.value(house), foot]));
            space(&mut out, 8.0);
        }
        _ => {
            let band = 46.0;
            desk.paper.frame = format!(
                "#place(rect(width: {band:.0}pt, height: 100%, fill: ac))#place(dx: {:.0}pt, rect(width: 5pt, height: 100%, fill: ac2))",
                band + 5.0
            );
            desk.paper.margin.0 = desk.paper.margin.0.max(76.0);
            show(&mut out, &stack(8.0, &[bold(&sheet.value(house)), small(&foot)]));
            out.push_str("#v(1fr)\n");
            let size = size.min(fitting(&title, w - 156.0, desk.paper.base, 2.3));
            show(&mut out, &heading_of(size, &sheet.value_as(title_field, "title")));
            show(
                &mut out,
                &format!("text(size: 1.1em, fill: soft, {})", sheet.value_as(subtitle, "subtitle")),
            );
            space(&mut out, 12.0);
            show(&mut out, &format!("text(size: 1.2em, fill: ac, {})", bold(&sheet.value(author))));
            out.push_str("#v(1.6fr)\n");
            show(&mut out, &stack(9.0, &middle));
        }
    }
    let what = if thesis { "thesis" } else { "book" };
    let topic = format!("title page of a {what}: {title}");
    Draft {
        sheet,
        body: out,
        topic,
        persona: "a librarian who takes down the particulars".to_owned(),
        design: format!("title-{form}/{what}"),
    }
}
