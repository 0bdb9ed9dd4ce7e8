//! The same question in other words: people ask in full sentences, in short orders, politely, or with hardly more than
//! the name of what they want, and some say where to look. Templates give the core; this module puts it into the
//! registers that its grammar allows, so that no opening is the usual one. What is asked for stays word for word, with
//! every label as it is printed.

use pixmo_render::Rng;

use super::Style;

/// What a question may call the picture, with the preposition that goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Medium {
    /// The noun: `chart`, `receipt`.
    noun: String,
    /// `in` the chart, `on` the receipt.
    inside: &'static str,
}

impl Medium {
    /// The words for a kind of picture of a family (`charts`, `tables`, `diagrams`, `documents`).
    pub fn of(family: &str, kind: &str) -> Self {
        let family = family.strip_suffix('s').unwrap_or(family);
        let noun = match (family, kind) {
            ("chart", "dashboard") => "dashboard".to_owned(),
            ("chart" | "table" | "diagram", _) => family.to_owned(),
            (_, "id_card") => "ID card".to_owned(),
            (_, "resume") => "CV".to_owned(),
            (_, "email_printout") => "e-mail".to_owned(),
            (_, kind) if kind.ends_with("_page") || kind.is_empty() => "page".to_owned(),
            (_, "brochure_panel") => "brochure".to_owned(),
            (_, "table_of_contents") => "page".to_owned(),
            // Kinds whose names are those of many things, and screens, which go by what they show.
            (_, "linear_equations" | "quadratic_equations" | "equation_systems") => {
                "sheet of equations".to_owned()
            }
            (_, "number_sequences") => "sheet of sequences".to_owned(),
            (_, "percent_problems") => "sheet of problems".to_owned(),
            (_, "coordinate_plane") => "sheet".to_owned(),
            (_, "arithmetic_drill") => "drill".to_owned(),
            (_, "settings_screen") => "settings page".to_owned(),
            (_, "shop_listing") => "shop page".to_owned(),
            (_, "chat_window") => "chat".to_owned(),
            (_, "mail_inbox") => "inbox".to_owned(),
            (_, "week_calendar") => "calendar".to_owned(),
            (_, "terminal_session") => "terminal".to_owned(),
            (_, kind) if kind.ends_with("_screen") => kind.trim_end_matches("_screen").to_owned(),
            (_, kind) => kind.replace('_', " "),
        };
        let within = ["chart", "table", "diagram"].contains(&family)
            || ["e-mail", "CV", "picture", "chat", "inbox", "calendar", "terminal", "spreadsheet"]
                .contains(&noun.as_str());
        let inside = if within && noun != "dashboard" { "in" } else { "on" };
        Self { noun, inside }
    }
}

/// What a question is by its grammar, which decides how it may be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape<'a> {
    /// Asks what a thing is: the thing, with its article.
    Thing(&'a str),
    /// Asks which, who or how many, in the order of words of a statement.
    Straight,
    /// Asks in the order of words of a question.
    Turned,
    /// Asks for yes or no.
    YesNo,
    /// Orders: the verb, and what follows it.
    Order,
    /// Begins with a label or refers to what was said before.
    Fixed,
}

/// The words after a form of `to be` that leave a question in the order of a statement.
const STATES: &[&str] = &[
    "shown", "drawn", "given", "sent", "written", "built", "made", "held", "above", "below", "over", "under",
    "more", "less", "between", "larger", "smaller", "higher", "lower", "greater", "directly", "worth",
];

/// The verbs behind `What` and `Who` that come before no subject of their own.
const OWN_VERBS: &[&str] = &[
    "stands", "comes", "leads", "happened", "follows", "hangs", "wrote", "has", "reports", "takes", "gives",
    "teaches", "invites", "signed", "goes", "lies", "holds", "sent", "issued", "pays",
];

/// How much of what is asked for a bare question may hold: longer ones are no way of speaking.
const BARE_WORDS_MAX: usize = 9;

fn shape(text: &str, style: Style) -> Shape<'_> {
    if !text.ends_with('?') {
        let verb = text.split(' ').next().unwrap_or("");
        let order = ["Name", "Count", "State", "Give", "List", "Read", "Add", "Work", "Solve", "Find"]
            .contains(&verb);
        let thing = text.strip_prefix("Give the ").or_else(|| text.strip_prefix("State the "));
        return match thing {
            Some(thing) if text.ends_with('.') && order => {
                Shape::Thing(&text[text.len() - thing.len() - 4..text.len() - 1])
            }
            _ if text.ends_with('.') && order => Shape::Order,
            _ => Shape::Fixed,
        };
    }
    // A second sentence or a question within a label cannot be turned around safely.
    let body = &text[..text.len() - 1];
    if body.contains("? ") || body.contains(": ") || text.starts_with("And ") {
        return Shape::Fixed;
    }
    // What is quoted is one word here, whatever stands in it.
    let plain: String =
        body.split('“').enumerate().fold(String::new(), |text, (index, part)| match part.split_once('”') {
            Some((_, rest)) if index > 0 => text + "”" + rest,
            _ => text + part,
        });
    let words: Vec<&str> = plain.split(' ').map(|word| word.trim_end_matches(',')).collect();
    let (first, second) = (words[0], words.get(1).copied().unwrap_or(""));
    if style == Style::YesNo {
        return Shape::YesNo;
    }
    if ["Is", "Was", "Are", "Does", "Did", "Do", "Were", "Has"].contains(&first) {
        return Shape::Turned;
    }
    let predicate = ["labelled", "called", "about", "named"].iter().any(|end| body.ends_with(end));
    match (first, second) {
        ("What", "is" | "was") if words.get(2) == Some(&"the") && !predicate => {
            Shape::Thing(&body["What".len() + second.len() + 2..])
        }
        ("What" | "Who", verb) if OWN_VERBS.contains(&verb) => Shape::Straight,
        ("What", "is") if words.get(2).is_some_and(|w| ["entered", "listed", "written"].contains(w)) => {
            Shape::Straight
        }
        ("Which", _) | ("How", "many") if straight(&words[1..]) => Shape::Straight,
        ("What" | "Which" | "How" | "Who" | "Whose" | "When" | "Where" | "Whom", _) => Shape::Turned,
        ("In" | "On" | "At" | "To" | "From" | "By" | "For" | "Under" | "After" | "Beside", second)
            if ["which", "what", "how", "whom"].contains(&second) =>
        {
            Shape::Turned
        }
        _ => Shape::Fixed,
    }
}

/// True when what follows `which` or `how many` has the order of a statement: its first verb is no help to turn the
/// order around.
fn straight(words: &[&str]) -> bool {
    let helps = ["does", "do", "did", "can", "would", "will", "had"];
    for (index, word) in words.iter().enumerate() {
        let next = words.get(index + 1).copied().unwrap_or("");
        match *word {
            word if helps.contains(&word) => return false,
            "is" | "are" | "was" | "were" => return STATES.contains(&next) || next.ends_with("ed"),
            "has" | "have" => {
                return ["the", "a", "an", "no", "at", "only", "more"].contains(&next) || index == 0;
            }
            _ => {}
        }
    }
    true
}

/// The question with its first letter small, as it stands behind other words. Its first word is one of ours.
fn small(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().collect::<String>() + letters.as_str())
}

fn large(text: &str) -> String {
    crate::content::capital(text)
}

/// One way to put a question, as the texts it is joined of: of some forty ways one is said, and only that is written.
#[derive(Clone, Copy, Debug)]
struct Form<'a>([&'a str; 7]);

impl<'a> Form<'a> {
    fn of<const N: usize>(parts: [&'a str; N]) -> Self {
        const { assert!(N <= 7) };
        let mut all = [""; 7];
        all[..N].copy_from_slice(&parts);
        Self(all)
    }

    /// The question.
    fn text(&self) -> String {
        self.0.concat()
    }

    fn is(&self, text: &str) -> bool {
        let rest = self.0.iter().try_fold(text, |rest, part| rest.strip_prefix(part));
        rest == Some("")
    }
}

/// The parts of a question that its forms borrow.
struct Parts<'a> {
    text: &'a str,
    shape: Shape<'a>,
    /// The question without its mark.
    body: &'a str,
    /// The same with a small first letter.
    asked: String,
    /// What is asked for, without its article and with a large first letter.
    bare: String,
    medium: &'a Medium,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str, style: Style, medium: &'a Medium) -> Self {
        let shape = shape(text, style);
        let body = text.trim_end_matches(['?', '.']);
        let bare = match shape {
            Shape::Thing(thing) => large(thing.strip_prefix("the ").unwrap_or(thing)),
            _ => String::new(),
        };
        Self { text, shape, body, asked: small(body), bare, medium }
    }

    /// Every way in which the question can be put, the given one first.
    fn forms(&self) -> Vec<Form<'_>> {
        let Self { text, shape, body, asked, bare, medium: Medium { noun, inside } } = self;
        let (text, shape, body) = (*text, *shape, *body);
        let mut forms = vec![Form::of([text])];
        if shape == Shape::Fixed {
            return forms;
        }
        let is = if text.starts_with("What was ") { "was" } else { "is" };
        // Where to look is said once.
        let placed = [
            "according to",
            " in the chart",
            " in the diagram",
            " in the picture",
            " picture ",
            " page ",
            " document ",
        ]
        .iter()
        .any(|words| text.contains(words))
            || text.match_indices(noun.as_str()).any(|(at, _)| text[..at].ends_with(' '));
        let within = *inside == "in";
        let mut places = vec![
            "According to the ",
            "Going by the ",
            "Looking at the ",
            if within { "In this " } else { "On this " },
            "Judging by the ",
            "From the ",
        ];
        // What is shown need not be shown twice.
        if !(text.contains(" shown") || text.contains(" show")) {
            places.push(if within { "As shown in the " } else { "As shown on the " });
        }
        places.push("Based on the ");
        match shape {
            Shape::Thing(thing) => {
                for start in [
                    "Tell me ",
                    "Give ",
                    "Give me ",
                    "State ",
                    "Find ",
                    "Please give ",
                    "Please state ",
                    "I need ",
                    "I am looking for ",
                    "Report ",
                    "Let me know ",
                    "Look up ",
                    "Determine ",
                    "I want ",
                ] {
                    forms.push(Form::of([start, thing, "."]));
                }
                for start in [
                    "Can you give me ",
                    "Could you tell me ",
                    "Can you find ",
                    "Could you state ",
                    "Can you tell me ",
                ] {
                    forms.push(Form::of([start, thing, "?"]));
                }
                forms.push(Form::of(["I would like to know ", thing, "."]));
                forms.push(Form::of(["What ", is, " ", thing, "?"]));
                let words = thing.split(' ').count();
                if words <= BARE_WORDS_MAX && !thing.contains(',') {
                    forms.push(Form::of(["Can you say what ", thing, " ", is, "?"]));
                    forms.push(Form::of(["Tell me what ", thing, " ", is, "."]));
                    forms.push(Form::of([bare, "?"]));
                }
                if !placed {
                    for place in places {
                        forms.push(Form::of([place, noun, ", what ", is, " ", thing, "?"]));
                    }
                    forms.push(Form::of(["Use the ", noun, " to find ", thing, "."]));
                }
            }
            Shape::Straight => {
                for start in [
                    "Tell me ",
                    "Please tell me ",
                    "Say ",
                    "I would like to know ",
                    "Let me know ",
                    "Look up ",
                    "Find out ",
                    "Please say ",
                    "I need to know ",
                    "See if you can tell ",
                ] {
                    forms.push(Form::of([start, asked, "."]));
                }
                for start in [
                    "Can you tell me ",
                    "Could you say ",
                    "Can you see ",
                    "Do you know ",
                    "Could you tell me ",
                ] {
                    forms.push(Form::of([start, asked, "?"]));
                }
                if !placed {
                    forms.extend(places.iter().map(|place| Form::of([place, noun, ", ", asked, "?"])));
                }
            }
            Shape::Turned => {
                for start in [
                    "Tell me: ",
                    "Please answer: ",
                    "One question: ",
                    "I wonder: ",
                    "Let me ask: ",
                    "Quick question: ",
                ] {
                    forms.push(Form::of([start, asked, "?"]));
                }
                if !placed {
                    forms.extend(places.iter().map(|place| Form::of([place, noun, ", ", asked, "?"])));
                }
            }
            Shape::YesNo => {
                for start in [
                    "Yes or no: ",
                    "Answer yes or no: ",
                    "Please check: ",
                    "Tell me, yes or no: ",
                    "Quick check: ",
                ] {
                    forms.push(Form::of([start, asked, "?"]));
                }
                forms.push(Form::of([body, ", yes or no?"]));
                if !placed {
                    forms.extend(places.iter().map(|place| Form::of([place, noun, ", ", asked, "?"])));
                }
            }
            Shape::Order => {
                for start in ["Please ", "I need you to ", "I would like you to "] {
                    forms.push(Form::of([start, asked, "."]));
                }
                for start in ["Can you ", "Could you ", "Would you ", "Can you please "] {
                    forms.push(Form::of([start, asked, "?"]));
                }
                if !placed {
                    for start in ["Look at the ", "Study the ", "Check the "] {
                        forms.push(Form::of([start, noun, " and ", asked, "."]));
                    }
                    for start in ["From the ", "Using the ", "Going by the "] {
                        forms.push(Form::of([start, noun, ", ", asked, "."]));
                    }
                    forms.push(Form::of([
                        if within { "In this " } else { "On this " },
                        noun,
                        ", ",
                        asked,
                        ".",
                    ]));
                }
            }
            Shape::Fixed => {}
        }
        // A template may itself be put as one of the ways.
        let mut index = 0;
        forms.retain(|form| {
            index += 1;
            index == 1 || !form.is(text)
        });
        forms
    }
}

/// Every way in which a question can be put, the given one first.
#[cfg(test)]
pub(super) fn forms(text: &str, style: Style, medium: &Medium) -> Vec<String> {
    Parts::of(text, style, medium).forms().iter().map(Form::text).collect()
}

/// How often a question stays as its template has it.
const AS_IT_IS: f64 = 0.34;

/// Says the question in one of its ways.
pub(super) fn vary(text: &str, style: Style, medium: &Medium, rng: &mut Rng) -> String {
    if rng.chance(AS_IT_IS) {
        return text.to_owned();
    }
    let parts = Parts::of(text, style, medium);
    let forms = parts.forms();
    let at = if forms.len() == 1 { 0 } else { 1 + rng.below(forms.len() - 1) };
    forms[at].text()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart() -> Medium {
        Medium::of("chart", "vertical_bar")
    }

    #[test]
    fn the_grammar_of_a_question_is_told_from_its_words() {
        let cases = [
            ("What is the price of Tea?", Shape::Thing("the price of Tea")),
            ("What was the price of Tea?", Shape::Thing("the price of Tea")),
            ("State the price for Tea.", Shape::Thing("the price for Tea")),
            ("What is the newspaper called?", Shape::Turned),
            ("What stands next to “Tel.”?", Shape::Straight),
            ("Which task starts first?", Shape::Straight),
            ("Which town has the highest rent?", Shape::Straight),
            ("How many towns are shown?", Shape::Straight),
            ("How many pages does the book have?", Shape::Turned),
            ("How many minutes is it from here?", Shape::Turned),
            ("Which state is the first to end?", Shape::Turned),
            ("By how much does Tea exceed Milk?", Shape::Turned),
            ("Name the town with the highest rent.", Shape::Order),
            ("Tea or Milk: which is higher?", Shape::Fixed),
            ("What is the last date of the month? Give the day.", Shape::Fixed),
        ];
        for (text, expected) in cases {
            assert_eq!(shape(text, Style::Short), expected, "{text}");
        }
        assert_eq!(shape("Is Tea higher than Milk?", Style::YesNo), Shape::YesNo);
    }

    #[test]
    fn every_way_keeps_what_is_asked_for_and_ends_as_a_sentence() {
        for text in [
            "What is the price of pH meter, in €?",
            "Which town has the highest rent?",
            "By how much does Tea exceed Milk?",
            "Name the town with the highest rent.",
        ] {
            let forms = forms(text, Style::Short, &chart());
            assert!(forms.len() >= 12, "{text}: {}", forms.len());
            for form in forms {
                assert!(form.ends_with(['?', '.']), "{form}");
                assert!(form.chars().next().is_some_and(char::is_uppercase), "{form}");
                assert!(!form.contains("  ") && !form.contains("the the"), "{form}");
            }
        }
        let asked = forms("What was the rent in Å?", Style::Short, &chart());
        assert!(
            asked.contains(&"Rent in Å?".to_owned())
                && asked.contains(&"Tell me what the rent in Å was.".to_owned())
        );
    }

    #[test]
    fn a_picture_is_called_what_it_is() {
        assert_eq!(Medium::of("document", "boarding_pass").noun, "boarding pass");
        assert_eq!(Medium::of("document", "title_page").noun, "page");
        assert_eq!(Medium::of("document", "id_card").inside, "on");
        assert_eq!(Medium::of("table", "plain").inside, "in");
    }
}
