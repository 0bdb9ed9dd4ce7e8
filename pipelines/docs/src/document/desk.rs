//! Where a document is written: the words, the place, the sheet, and the draws of one task.

use jiff::ToSpan as _;
use jiff::civil::Date;
use pixmo_render::{Fonts, Rng, Seed};
use pixmo_render_figures::look::Look;

use super::locale::Locale;
use super::paper::Paper;
use super::sheet::Sheet;
use super::words::{Culture, Good, Trade, Words};
use crate::banks::{Banks, Domain};

pub(super) use crate::content::capital;

/// Everything that writing a document needs.
pub(super) struct Desk<'a> {
    pub(super) banks: &'a Banks,
    pub(super) words: &'static Words,
    pub(super) look: &'a Look,
    /// Draws of the data.
    pub(super) rng: Rng,
    /// Draws of the design.
    pub(super) style: Rng,
    pub(super) culture: &'static Culture,
    pub(super) place: Locale,
    pub(super) paper: Paper,
}

/// A written document before it is set.
pub(super) struct Draft {
    pub(super) sheet: Sheet,
    pub(super) body: String,
    pub(super) topic: String,
    pub(super) persona: String,
    pub(super) design: String,
}

/// A person.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) given: &'static str,
    pub(super) family: &'static str,
    /// `Ms` or `Mr`.
    pub(super) title: &'static str,
}

impl Person {
    /// Given and family name.
    pub(super) fn full(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    /// True for a woman.
    pub(super) fn is_woman(&self) -> bool {
        self.title == "Ms"
    }

    /// Title and family name. An English title does not stand before a name in Greek or Cyrillic letters: it is told in
    /// full.
    pub(super) fn polite(&self) -> String {
        if self.family.contains(|c: char| ('\u{370}'..='\u{4ff}').contains(&c)) {
            return self.full();
        }
        format!("{} {}", self.title, self.family)
    }
}

/// An organisation and where it is.
#[derive(Clone, Debug)]
pub(super) struct Organisation {
    pub(super) name: String,
    pub(super) street: String,
    /// Postcode and town.
    pub(super) town: String,
    pub(super) phone: String,
    pub(super) mail: String,
    pub(super) web: String,
}

impl Organisation {
    /// Street and town in one line.
    pub(super) fn address(&self) -> String {
        format!("{}, {}", self.street, self.town)
    }
}

impl<'a> Desk<'a> {
    /// Draws place, sheet and names for one task.
    pub(super) fn open(banks: &'a Banks, look: &'a Look, seed: &Seed) -> Self {
        let words = Words::bundled();
        let mut style = seed.rng("style");
        let paper = Paper::of(look, &mut style);
        let mut rng = seed.rng("data");
        let culture = draw_culture(words, &paper, &mut rng);
        let place = Locale::of(&culture.slug, &mut rng);
        Self { banks, words, look, rng, style, culture, place, paper }
    }

    /// Uses the look's own faces where they can write the names of the place.
    pub(super) fn informal(&mut self) {
        let mut paper = self.paper.clone();
        paper.informal(self.look);
        if covers(self.culture, &paper) {
            self.paper = paper;
        }
    }

    /// Uses these faces where they can write the names of the place; else those of the sheet stay.
    pub(super) fn set_faces(&mut self, family: &'static str, title_family: &'static str) {
        for (family, title_family) in [(family, title_family), (family, family)] {
            let paper = Paper { family, title_family, ..self.paper.clone() };
            if covers(self.culture, &paper) {
                self.paper = paper;
                return;
            }
        }
    }

    /// One of the texts, by the data's draws.
    pub(super) fn any<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        let text: &&str = self.rng.pick(texts);
        text
    }

    /// A person with a name of the place.
    pub(super) fn person(&mut self) -> Person {
        let woman = self.rng.chance(0.5);
        let given = if woman { &self.culture.given_f } else { &self.culture.given_m };
        let bears = woman && !self.culture.family_f.is_empty();
        let family = if bears { &self.culture.family_f } else { &self.culture.family };
        Person {
            given: self.rng.pick(given).as_str(),
            family: self.rng.pick(family).as_str(),
            title: if woman { "Ms" } else { "Mr" },
        }
    }

    /// People with different names.
    pub(super) fn people(&mut self, count: usize) -> Vec<Person> {
        let mut list: Vec<Person> = Vec::new();
        while list.len() < count {
            let person = self.person();
            if list.len() >= self.culture.family.len()
                || list.iter().all(|p| p.family != person.family && p.given != person.given)
            {
                list.push(person);
            }
        }
        list
    }

    /// A town that does not exist.
    pub(super) fn town(&mut self) -> String {
        let start = self.rng.pick(&self.culture.town_start);
        let end = self.rng.pick(&self.culture.town_end);
        // `Mill` and `bridge` become one word, `Lower ` and `wick` two, `Campo ` and `do Rio` three.
        match (start.ends_with([' ', '-']), end.contains(' ')) {
            (true, false) => format!("{}{}", capital(start), capital(end)),
            (_, true) => format!("{}{end}", capital(start)),
            (false, false) => capital(&format!("{start}{end}").to_lowercase()),
        }
    }

    /// A street with a number.
    pub(super) fn street(&mut self) -> String {
        let street = self.rng.pick(&self.culture.street);
        let number = self.rng.whole(1, 148);
        let before = [
            "english",
            "french",
            "indian",
            "west_african",
            "east_african",
            "arabic",
            "japanese",
            "korean",
            "chinese",
            "vietnamese",
        ];
        if before.contains(&self.culture.slug.as_str()) {
            format!("{number} {street}")
        } else {
            format!("{} {number}", capital(street))
        }
    }

    /// Fills `#` with digits and `?` with capitals.
    pub(super) fn code(&mut self, pattern: &str) -> String {
        let mut first = true;
        pattern
            .chars()
            .map(|c| match c {
                '#' => {
                    let low = if std::mem::take(&mut first) { 1 } else { 0 };
                    char::from(b'0' + self.rng.whole(low, 9) as u8)
                }
                '?' => *self
                    .rng
                    .pick(&['A', 'B', 'C', 'D', 'E', 'F', 'H', 'K', 'L', 'M', 'N', 'P', 'R', 'T', 'W', 'X']),
                c => c,
            })
            .collect()
    }

    /// One of the patterns, filled.
    pub(super) fn code_of(&mut self, patterns: &'static [String]) -> String {
        let pattern = self.rng.pick(patterns);
        self.code(pattern)
    }

    /// Postcode and town.
    pub(super) fn postal_town(&mut self) -> String {
        let postcode = self.code_of(&self.culture.postcode);
        format!("{postcode} {}", self.town())
    }

    /// Street, postcode and town in one line.
    pub(super) fn address(&mut self) -> String {
        format!("{}, {}", self.street(), self.postal_town())
    }

    /// A company, named after its trade where its pattern asks for one.
    pub(super) fn company(&mut self, trade: Option<&str>) -> Organisation {
        let words = &self.words.names.company;
        let town = self.town();
        // With a trade given, the name says it.
        let fits: Vec<&String> =
            words.patterns.iter().filter(|pattern| trade.is_none() || pattern.contains("{trade}")).collect();
        let pattern = self.rng.pick(&fits).as_str();
        let mut name = pattern
            .replace("{family}", self.rng.pick(&self.culture.family).as_str())
            .replace("{family2}", self.rng.pick(&self.culture.family).as_str())
            .replace("{town}", &town)
            .replace("{start}", self.rng.pick(&words.start).as_str())
            .replace("{end}", self.rng.pick(&words.end).as_str())
            .replace("{trade}", trade.unwrap_or_else(|| self.rng.pick(&words.trade).as_str()));
        // Cooperatives and brothers say by their names what they are.
        let said = ["Cooperative", "Brothers", "Daughters", "Partners", "Group"];
        let form = self.rng.pick(&self.culture.legal_form);
        if name.len() < 28 && !said.iter().any(|word| name.ends_with(word)) && self.rng.chance(0.45) {
            name = format!("{name} {form}");
        }
        self.organisation(name, town)
    }

    /// A name after one of the patterns, with a town or a family of the place.
    pub(super) fn named(&mut self, patterns: &[String]) -> String {
        let pattern = self.rng.pick(patterns).clone();
        let town = self.town();
        pattern.replace("{town}", &town).replace("{family}", self.rng.pick(&self.culture.family).as_str())
    }

    /// An organisation of this name in this town.
    pub(super) fn organisation(&mut self, name: String, town: String) -> Organisation {
        let host = host(&name);
        let postcode = self.code_of(&self.culture.postcode);
        let desk = self.any(&["office", "info", "hello", "accounts", "service", "contact"]);
        Organisation {
            street: self.street(),
            town: format!("{postcode} {town}"),
            phone: self.code_of(&self.words.names.contact.telephone),
            mail: format!("{desk}@{host}.example"),
            web: format!("www.{host}.example"),
            // `van Leeuwen Tools` stands at the head of its papers.
            name: capital(&name),
        }
    }

    /// A domain of work with one of its organisations; households, which some domains hold, are passed over.
    pub(super) fn domain(&mut self) -> (&'a Domain, Organisation) {
        // Households have no boards, no staff and no cards.
        let domains: Vec<&'a Domain> = self
            .banks
            .domains
            .iter()
            .filter(|domain| !domain.organisations.iter().any(|name| name.contains("household")))
            .collect();
        let domain = *self.rng.pick(&domains);
        let town = self.town();
        let name = self
            .rng
            .pick(&domain.organisations)
            .replace("{town}", &town)
            .replace("{family}", self.rng.pick(&self.culture.family).as_str());
        (domain, self.organisation(name, town))
    }

    /// Different goods of a trade.
    pub(super) fn goods(&mut self, trade: &'static Trade, count: usize) -> Vec<&'static Good> {
        self.rng.sample(trade.items.len(), count).into_iter().map(|index| &trade.items[index]).collect()
    }

    /// A day of the years 2019 to 2026.
    pub(super) fn day(&mut self) -> Date {
        let start = jiff::civil::date(2019, 1, 1);
        start.saturating_add(self.rng.whole(0, 2800).days())
    }

    /// The first day of an event in these months that lasts `days` days and ends on a Sunday, or begins and ends on a
    /// Saturday.
    pub(super) fn weekend(&mut self, months: [i8; 2], days: i64) -> Date {
        let month = self.rng.whole(months[0].into(), months[1].into()) as i8;
        let year = self.rng.whole(2019, 2026) as i16;
        let date = jiff::civil::date(year, month, self.rng.whole(4, 24) as i8);
        let sunday = date.saturating_add(i64::from(7 - date.weekday().to_monday_one_offset()).days());
        sunday.saturating_sub(if days == 1 { self.rng.whole(0, 1) } else { days - 1 }.days())
    }

    /// A day from Monday to Friday.
    pub(super) fn workday(&mut self) -> Date {
        let day = self.day();
        match day.weekday() {
            jiff::civil::Weekday::Saturday => day.saturating_add(2.days()),
            jiff::civil::Weekday::Sunday => day.saturating_add(1.days()),
            _ => day,
        }
    }
}

/// A name as part of an address in the web: plain small letters.
pub(super) fn host(name: &str) -> String {
    let plain = |c: char| match c.to_lowercase().next().unwrap_or(c) {
        'à'..='å' | 'ą' => Some('a'),
        'ç' | 'č' | 'ć' => Some('c'),
        'è'..='ë' | 'ě' | 'ę' => Some('e'),
        'ì'..='ï' | 'ı' => Some('i'),
        'ñ' | 'ń' | 'ň' => Some('n'),
        'ò'..='ö' | 'ø' | 'ő' => Some('o'),
        'ù'..='ü' | 'ů' | 'ű' => Some('u'),
        'ł' => Some('l'),
        'ř' => Some('r'),
        'š' | 'ś' | 'ş' => Some('s'),
        'ž' | 'ź' | 'ż' => Some('z'),
        'ý' => Some('y'),
        'ğ' => Some('g'),
        'ß' => Some('s'),
        c if c.is_ascii_alphanumeric() => Some(c),
        ' ' | '-' => Some('-'),
        _ => None,
    };
    let mut host: String = name.chars().filter_map(plain).collect();
    while host.contains("--") {
        host = host.replace("--", "-");
    }
    // Articles and prepositions are no names: `The Garden of Wick` is `garden-wick`.
    let small = ["the", "of", "for", "and", "de", "do", "da", "du", "del", "la", "le"];
    let short: Vec<&str> =
        host.split('-').filter(|part| part.len() > 1 && !small.contains(part)).take(2).collect();
    let whole = short.join("-");
    match short.first() {
        None => "office".to_owned(),
        Some(first) if whole.len() > 16 => (*first).to_owned(),
        Some(_) => whole,
    }
}

/// True when the faces of the sheet can write the names of a place.
pub(super) fn covers(culture: &Culture, paper: &Paper) -> bool {
    let fonts = Fonts::bundled();
    let lists = [
        &culture.given_f,
        &culture.given_m,
        &culture.family,
        &culture.family_f,
        &culture.town_start,
        &culture.town_end,
        &culture.street,
    ];
    paper
        .faces()
        .iter()
        .all(|face| lists.iter().all(|list| list.iter().all(|text| fonts.covers(*face, text))))
        && paper.faces().iter().all(|face| fonts.covers(*face, "€£¥łčř–—“”’·×−"))
}

/// A culture whose names the sheet's faces can write.
fn draw_culture(words: &'static Words, paper: &Paper, rng: &mut Rng) -> &'static Culture {
    for _ in 0..12 {
        let culture = rng.pick(&words.names.culture);
        if covers(culture, paper) {
            return culture;
        }
    }
    &words.names.culture[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_the_web_are_plain() {
        assert_eq!(host("Grünwald & Söhne GmbH"), "grunwald-sohne");
        assert_eq!(host("Grünwald & Großmann Instrumente"), "grunwald");
        assert_eq!(host("Łąka Wola"), "laka-wola");
        assert_eq!(host("茶"), "office");
        assert_eq!(host("The Garden of Bolomba"), "garden-bolomba");
        assert_eq!(host("House of Beds Boateng"), "house-beds");
    }
}
