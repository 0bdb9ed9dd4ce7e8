//! People by age and sex: what a population pyramid was made for.

use pixmo_render::{Cell, Column, Data, NumberFormat, Rng, Table};
use rust_decimal::Decimal;

use crate::banks::Banks;
use crate::content::{Content, Nouns};
use crate::world::Subject;

/// Who is counted: of a place or of an association, and how many of them there are, from and to.
struct People {
    /// What the numbers count.
    measure: &'static str,
    /// What the title calls them; `{town}` stands for the place.
    titles: &'static [&'static str],
    /// Powers of ten of the whole, from and to.
    size: (f64, f64),
    /// The youngest and the oldest age that occurs.
    ages: (u32, u32),
    source: &'static str,
}

const PEOPLE: &[People] = &[
    People {
        measure: "Residents",
        titles: &[
            "Residents of {town} by age and sex",
            "Age structure of {town}",
            "How old is {town}?",
            "Women and men of {town} by age",
        ],
        size: (3.2, 5.7),
        ages: (0, 100),
        source: "{town} registry office",
    },
    People {
        measure: "Members",
        titles: &["Members of the {town} sports clubs by age and sex", "Who does sport in {town}?"],
        size: (2.6, 4.2),
        ages: (0, 90),
        source: "{town} sports council",
    },
    People {
        measure: "Patients",
        titles: &["Patients of {town} hospital by age and sex", "Age of the patients in {town}"],
        size: (2.8, 4.5),
        ages: (0, 100),
        source: "{town} hospital",
    },
    People {
        measure: "Employees",
        titles: &["Employees in {town} by age and sex", "Who works in {town}?"],
        size: (2.9, 4.8),
        ages: (15, 70),
        source: "{town} chamber of commerce",
    },
    People {
        measure: "Passengers",
        titles: &["Passengers of the {town} buses by age and sex", "Who rides the buses of {town}?"],
        size: (3.0, 4.6),
        ages: (0, 90),
        source: "survey of passengers in {town}",
    },
];

/// How the ages of a people lie.
#[derive(Clone, Copy)]
enum Form {
    /// Many young ones.
    Young,
    /// As many of each age until late in life.
    Steady,
    /// More in the middle than at the foot.
    Ageing,
    /// Around one age, as those who do one thing are.
    Around(f64, f64),
}

pub(super) fn draw(banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let subject = Subject::draw(banks, rng);
    let people = rng.pick(PEOPLE);
    let town = |text: &str| text.replace("{town}", &subject.town);
    let (first, last) = people.ages;
    let step = if last - first <= 60 || rng.chance(0.55) { 5 } else { 10 };
    // The last class holds all that are older.
    let classes = ((last - first) / step).min(18);
    let label = |class: u32| {
        let from = first + class * step;
        match class + 1 {
            next if next == classes => format!("{from}+"),
            _ => format!("{from}–{}", from + step - 1),
        }
    };
    let form = match people.measure {
        "Residents" => *rng.pick(&[Form::Young, Form::Steady, Form::Ageing, Form::Ageing]),
        "Employees" => Form::Around(rng.range(36.0, 50.0), rng.range(9.0, 14.0)),
        "Patients" => Form::Around(rng.range(48.0, 68.0), rng.range(16.0, 26.0)),
        _ => Form::Around(rng.range(18.0, 42.0), rng.range(13.0, 24.0)),
    };
    let whole = libm::pow(10.0, rng.range(people.size.0, people.size.1));
    let bumps: Vec<f64> = (0..classes).map(|_| libm::exp(rng.normal(0.0, 0.07))).collect();
    let tilt = rng.range(-0.2, 0.2);
    let shares: Vec<[f64; 2]> = (0..classes)
        .map(|class| {
            let age = f64::from(first + class * step) + f64::from(step) / 2.0;
            let both = at_age(form, age) * bumps[class as usize];
            // More boys are born, and women grow older.
            let women = if people.measure == "Residents" {
                0.488 + 0.16 * libm::pow((age / 95.0).min(1.0), 3.0)
            } else {
                0.5 + tilt * libm::cos(age / 25.0)
            };
            [both * women, both * (1.0 - women)].map(|part| part * libm::exp(rng.normal(0.0, 0.025)))
        })
        .collect();
    let total: f64 = shares.iter().flatten().sum();
    let format = NumberFormat { mark: subject.marks.0, group: subject.marks.1, ..NumberFormat::plain(0) };
    let (women, men) = *rng.pick(&[("Women", "Men"), ("Female", "Male")]);
    let mut table = Table::new(
        "observations",
        vec![
            Column::text(rng.word(&["Age", "Age group"])),
            Column::number(women, "", true),
            Column::number(men, "", true),
        ],
    );
    // The oldest stand on top.
    for class in (0..classes).rev() {
        let mut row = vec![Cell::text(label(class))];
        for part in shares[class as usize] {
            let count = (whole * part / total).round().max(1.0) as i64;
            row.push(Cell::decimal(Decimal::from(count), &format));
        }
        table.rows.push(row);
    }
    let year = rng.whole(1985, 2025);
    let title = town(rng.word(people.titles));
    let dated = rng.chance(0.5);
    let subtitle = match (title.contains(people.measure), dated, rng.below(3)) {
        (false, true, _) => format!("{} in {step}-year age groups", people.measure),
        (false, false, _) => format!("{} in {step}-year age groups, {year}", people.measure),
        (true, false, 0 | 1) => year.to_string(),
        (true, _, 0) => format!("In {step}-year age groups"),
        _ => String::new(),
    };
    let source = town(people.source);
    Some(Content {
        topic: format!("{title}, {year}"),
        data: Data { tables: vec![table] },
        formats: [((0, 1), format.clone()), ((0, 2), format)].into(),
        title: if dated { format!("{}, {year}", title.trim_end_matches('?')) } else { title },
        subtitle,
        note: if rng.chance(0.45) { format!("Source: {source}") } else { String::new() },
        persona: rng
            .pick(&[
                "a town planner who counts school places",
                "a demographer who writes a yearbook",
                "a reporter who writes about an ageing town",
                "a teacher of geography who sets an exercise",
            ])
            .to_string(),
        nouns: Nouns {
            row: "age group".to_owned(),
            rows: "age groups".to_owned(),
            measure: people.measure.to_owned(),
            series: "sex".to_owned(),
            series_plural: "sexes".to_owned(),
            ..Nouns::default()
        },
        absent: (1..4)
            .map(|more| first + (classes + more) * step)
            .map(|from| format!("{from}–{}", from + step - 1))
            .collect(),
        absent_columns: Vec::new(),
        source_name: "world".to_owned(),
        source_licence: "CC0-1.0".to_owned(),
        plan: format!("ages|{}|{}|{year}", people.measure, subject.town),
    })
}

/// How many of an age there are, beside other ages.
fn at_age(form: Form, age: f64) -> f64 {
    // Few are lost before sixty, and nearly all by a hundred.
    let alive = |age: f64| 1.0 / (1.0 + libm::exp((age - 80.0) / 6.5));
    match form {
        Form::Young => alive(age) * libm::exp(-age / 34.0),
        Form::Steady => alive(age),
        Form::Ageing => {
            let swell = libm::exp(-libm::pow((age - 54.0) / 17.0, 2.0));
            alive(age) * (0.55 + 0.6 * swell)
        }
        Form::Around(middle, spread) => {
            0.03 + libm::exp(-0.5 * libm::pow((age - middle) / spread, 2.0)) * alive(age)
        }
    }
}
