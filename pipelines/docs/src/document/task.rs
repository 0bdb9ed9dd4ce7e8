//! Tasks for pupils by topic, drawn together with their solutions.

use pixmo_render::Rng;

/// One task with its solution.
pub(super) struct Task {
    pub(super) text: String,
    pub(super) solution: String,
}

/// A kind of task: what a sheet of it is called, what to do, how one is drawn.
pub(super) struct Topic {
    pub(super) subject: &'static str,
    pub(super) title: &'static str,
    pub(super) orders: &'static [&'static str],
    pub(super) draw: fn(&mut Rng) -> Task,
    pub(super) classes: (i64, i64),
}

pub(super) const TOPICS: [Topic; 12] = [
    Topic {
        subject: "Mathematics",
        title: "Adding and subtracting",
        orders: &["Work out.", "Calculate in your head.", "Write the answer on the line."],
        draw: sums,
        classes: (2, 4),
    },
    Topic {
        subject: "Mathematics",
        title: "Multiplying and dividing",
        orders: &["Work out.", "Do not use a calculator.", "Write down the result."],
        draw: products,
        classes: (3, 5),
    },
    Topic {
        subject: "Mathematics",
        title: "Percentages",
        orders: &["Work out the value.", "Find the part.", "Calculate."],
        draw: percentages,
        classes: (6, 8),
    },
    Topic {
        subject: "Mathematics",
        title: "Parts of a whole",
        orders: &["Find the part.", "Work out.", "Draw a picture if it helps."],
        draw: fractions,
        classes: (5, 7),
    },
    Topic {
        subject: "Mathematics",
        title: "Simple equations",
        orders: &["Solve for x.", "Find x.", "Which number makes it true?"],
        draw: equations,
        classes: (6, 9),
    },
    Topic {
        subject: "Science",
        title: "Units of measure",
        orders: &["Convert.", "Write in the smaller unit.", "Fill in the missing number."],
        draw: units,
        classes: (4, 7),
    },
    Topic {
        subject: "Mathematics",
        title: "Reading the clock",
        orders: &["How long does it take?", "Find the time that passes.", "Work out the duration."],
        draw: durations,
        classes: (3, 5),
    },
    Topic {
        subject: "History",
        title: "Roman numerals",
        orders: &["Write in digits.", "Which number is it?", "Write as an ordinary number."],
        draw: numerals,
        classes: (4, 7),
    },
    Topic {
        subject: "English",
        title: "Opposites",
        orders: &["Write the opposite.", "Find a word that means the opposite.", "Complete the pairs."],
        draw: opposites,
        classes: (2, 6),
    },
    Topic {
        subject: "English",
        title: "Irregular plurals",
        orders: &["Write the plural.", "One and many: complete.", "What are several of them called?"],
        draw: plurals,
        classes: (3, 6),
    },
    Topic {
        subject: "Geography",
        title: "Capitals of Europe",
        orders: &["Write the capital.", "Which city is the capital?", "Name the capital."],
        draw: capitals,
        classes: (5, 8),
    },
    Topic {
        subject: "Chemistry",
        title: "Symbols of the elements",
        orders: &["Write the symbol.", "Which symbol does it have?", "Give the symbol."],
        draw: symbols,
        classes: (7, 10),
    },
];

fn sums(rng: &mut Rng) -> Task {
    let (a, b) = (rng.whole(14, 480), rng.whole(11, 390));
    if rng.chance(0.5) {
        Task { text: format!("{a} + {b}"), solution: (a + b).to_string() }
    } else {
        Task { text: format!("{} − {b}", a + b), solution: a.to_string() }
    }
}

fn products(rng: &mut Rng) -> Task {
    let (a, b) = (rng.whole(3, 24), rng.whole(3, 15));
    if rng.chance(0.55) {
        Task { text: format!("{a} × {b}"), solution: (a * b).to_string() }
    } else {
        Task { text: format!("{} ÷ {b}", a * b), solution: a.to_string() }
    }
}

fn percentages(rng: &mut Rng) -> Task {
    let per_cent = *rng.pick(&[5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 80, 90]);
    let whole = rng.whole(2, 40) * 20;
    Task { text: format!("{per_cent}% of {whole}"), solution: (whole * per_cent / 100).to_string() }
}

fn fractions(rng: &mut Rng) -> Task {
    let (above, below) = *rng.pick(&[
        (1, 2),
        (1, 3),
        (2, 3),
        (1, 4),
        (3, 4),
        (2, 5),
        (3, 5),
        (1, 6),
        (5, 6),
        (3, 7),
        (5, 7),
        (3, 8),
        (5, 8),
        (2, 9),
        (7, 9),
    ]);
    let each = rng.whole(3, 18);
    Task { text: format!("{above}/{below} of {}", each * below), solution: (each * above).to_string() }
}

fn equations(rng: &mut Rng) -> Task {
    let (a, x) = (rng.whole(2, 12), rng.whole(2, 18));
    let b = rng.whole(1, 40.min(a * x - 1));
    if rng.chance(0.5) {
        Task { text: format!("{a}x + {b} = {}", a * x + b), solution: format!("x = {x}") }
    } else {
        Task { text: format!("{a}x − {b} = {}", a * x - b), solution: format!("x = {x}") }
    }
}

fn units(rng: &mut Rng) -> Task {
    let (large, small, factor) = *rng.pick(&[
        ("km", "m", 1000),
        ("m", "cm", 100),
        ("kg", "g", 1000),
        ("h", "min", 60),
        ("l", "ml", 1000),
        ("t", "kg", 1000),
        ("min", "s", 60),
    ]);
    let count = rng.whole(2, 36);
    Task { text: format!("{count} {large} = ? {small}"), solution: format!("{} {small}", count * factor) }
}

fn durations(rng: &mut Rng) -> Task {
    let begin = rng.whole(7 * 12, 17 * 12) * 5;
    let length = rng.whole(5, 47) * 5;
    let clock = |at: i64| format!("{}:{:02}", at / 60, at % 60);
    let solution = match (length / 60, length % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    };
    Task { text: format!("from {} to {}", clock(begin), clock(begin + length)), solution }
}

/// A number in Roman numerals.
fn roman(mut number: i64) -> String {
    let steps = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (value, letters) in steps {
        while number >= value {
            out.push_str(letters);
            number -= value;
        }
    }
    out
}

fn numerals(rng: &mut Rng) -> Task {
    let number = if rng.chance(0.6) { rng.whole(4, 99) } else { rng.whole(100, 2025) };
    Task { text: roman(number), solution: number.to_string() }
}

fn pair(rng: &mut Rng, pairs: &[(&str, &str)]) -> Task {
    let (text, solution) = *rng.pick(pairs);
    Task { text: text.to_owned(), solution: solution.to_owned() }
}

fn opposites(rng: &mut Rng) -> Task {
    pair(
        rng,
        &[
            ("narrow", "wide"),
            ("early", "late"),
            ("empty", "full"),
            ("heavy", "light"),
            ("deep", "shallow"),
            ("noisy", "quiet"),
            ("cheap", "expensive"),
            ("strong", "weak"),
            ("brave", "cowardly"),
            ("arrive", "depart"),
            ("wet", "dry"),
            ("smooth", "rough"),
            ("ancient", "modern"),
            ("sharp", "blunt"),
            ("generous", "mean"),
            ("lend", "borrow"),
            ("victory", "defeat"),
            ("sweet", "bitter"),
        ],
    )
}

fn plurals(rng: &mut Rng) -> Task {
    pair(
        rng,
        &[
            ("leaf", "leaves"),
            ("mouse", "mice"),
            ("goose", "geese"),
            ("tooth", "teeth"),
            ("child", "children"),
            ("knife", "knives"),
            ("shelf", "shelves"),
            ("foot", "feet"),
            ("wolf", "wolves"),
            ("ox", "oxen"),
            ("loaf", "loaves"),
            ("woman", "women"),
            ("thief", "thieves"),
            ("half", "halves"),
            ("calf", "calves"),
            ("sheep", "sheep"),
            ("person", "people"),
            ("crisis", "crises"),
        ],
    )
}

fn capitals(rng: &mut Rng) -> Task {
    pair(
        rng,
        &[
            ("Norway", "Oslo"),
            ("Portugal", "Lisbon"),
            ("Hungary", "Budapest"),
            ("Finland", "Helsinki"),
            ("Ireland", "Dublin"),
            ("Austria", "Vienna"),
            ("Poland", "Warsaw"),
            ("Greece", "Athens"),
            ("Denmark", "Copenhagen"),
            ("Latvia", "Riga"),
            ("Croatia", "Zagreb"),
            ("Bulgaria", "Sofia"),
            ("Estonia", "Tallinn"),
            ("Romania", "Bucharest"),
            ("Slovenia", "Ljubljana"),
            ("Iceland", "Reykjavik"),
            ("Sweden", "Stockholm"),
            ("Albania", "Tirana"),
        ],
    )
}

fn symbols(rng: &mut Rng) -> Task {
    pair(
        rng,
        &[
            ("iron", "Fe"),
            ("gold", "Au"),
            ("silver", "Ag"),
            ("sodium", "Na"),
            ("potassium", "K"),
            ("lead", "Pb"),
            ("tin", "Sn"),
            ("mercury", "Hg"),
            ("copper", "Cu"),
            ("zinc", "Zn"),
            ("oxygen", "O"),
            ("nitrogen", "N"),
            ("carbon", "C"),
            ("chlorine", "Cl"),
            ("calcium", "Ca"),
            ("magnesium", "Mg"),
            ("helium", "He"),
            ("tungsten", "W"),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use pixmo_render::Seed;

    #[test]
    fn solutions_are_right() {
        assert_eq!(roman(1994), "MCMXCIV");
        assert_eq!(roman(49), "XLIX");
        let mut rng = Seed::from_number(3).rng("tasks");
        for _ in 0..200 {
            let task = percentages(&mut rng);
            let (share, whole) = task.text.split_once("% of ").expect("a share of a whole");
            let (share, whole): (i64, i64) =
                (share.parse().expect("a number"), whole.parse().expect("a number"));
            assert_eq!(share * whole, 100 * task.solution.parse::<i64>().expect("a number"), "{}", task.text);
            let task = fractions(&mut rng);
            let (part, whole) = task.text.split_once(" of ").expect("a part of a whole");
            let (above, below) = part.split_once('/').expect("a fraction");
            let number = |text: &str| text.parse::<i64>().expect("a number");
            assert_eq!(
                number(above) * number(whole),
                number(below) * number(&task.solution),
                "{}",
                task.text
            );
        }
    }
}
