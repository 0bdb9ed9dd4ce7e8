//! Digits read back from the pixels of still pictures: segments at their middles, print by the glyphs of its face.

use pixmo_clockread::pixels::{Bounds, Pixels};
use pixmo_clockread::plane::Plane;
use pixmo_clockread::print::Type;
use pixmo_clockread::segments::{self, Cell};
use pixmo_clocks::label::Visible;
use pixmo_clocks::picture::Sitting;
use pixmo_render::{Element, Fonts, Pixmap, Rect, Role, Scene, Style};
use pixmo_render_clocks::watch::Dial;
use serde_json::Value;

use super::{clocks, sittings};

/// Pictures with segments that are read.
const SEGMENTS: usize = 240;
/// Pictures with print that are read.
const PRINTS: usize = 400;
/// Of these, how many are read rightly at least, in per cent. Those that are not have letters of eight pixels, or digits
/// that touch, which the reader does not part.
const PRINTS_RIGHT_MIN: usize = 98;

/// Bodies with digits of seven segments.
pub(super) const WITH_SEGMENTS: [&str; 8] = [
    "lcd-watch",
    "bedside-led",
    "oven-panel",
    "microwave-panel",
    "clock-radio",
    "led-panel",
    "digital-wall-clock",
    "wood-block",
];
/// Bodies with cards, and with screens.
pub(super) const WITH_PRINT: [&str; 11] = [
    "desk-flip-clock",
    "wall-flip-clock",
    "smartwatch-round",
    "smartwatch-square",
    "fitness-band",
    "car-screen",
    "phone",
    "tablet",
    "laptop",
    "television-box",
    "smart-display",
];

/// A still picture with digits, and what is known of it.
pub(super) struct Seen {
    pub(super) number: u64,
    pub(super) sitting: Sitting,
    pixels: Pixmap,
    pub(super) plane: Plane,
    /// What does not move, and what does, as the camera sees it.
    scenes: [Scene; 2],
    /// Parameters of what shows digits, as the row has them.
    parameters: Value,
}

/// Still pictures of some bodies, with a time or without.
pub(super) fn seen(bodies: &[&str], count: usize, with_time: bool) -> Vec<Seen> {
    let clocks = clocks(|settings| {
        settings.wild_share = 0.0;
        settings.not_shown_share = if with_time { 0.03 } else { 0.08 };
        settings.bodies = bodies.iter().map(|body| (*body).to_owned()).collect();
    });
    let wanted = sittings(&clocks).filter(|(_, sitting)| sitting.choice.not_shown != with_time);
    let all = wanted.take(count).map(|(number, sitting)| {
        let camera = sitting.camera;
        let (still, moving) = (sitting.watch.still(), sitting.watch.moving(&sitting.choice.moment));
        let dial = serde_json::to_value(&sitting.watch.dial).expect("a face has a JSON form");
        let kinds = dial["digits"].as_object().and_then(|kinds| kinds.values().next().cloned());
        Seen {
            number,
            pixels: sitting.stills(&[sitting.choice.moment]).remove(0),
            plane: Plane::of(&camera.view().rows()).expect("a camera has an inverse"),
            scenes: [still, moving].map(|scene| scene.seen(&camera.view(), camera.width, camera.height)),
            parameters: kinds.unwrap_or_default(),
            sitting,
        }
    });
    all.collect()
}

fn bounds_of(rect: &Rect) -> Bounds {
    [rect.left, rect.top, rect.right, rect.bottom].map(f64::from)
}

impl Seen {
    pub(super) fn named(&self) -> String {
        let watch = &self.sitting.watch;
        format!("task {}, {}, {}", self.number, watch.body.kind().slug(), self.sitting.choice.moment.iso())
    }

    pub(super) fn pixels(&self) -> Pixels<'_> {
        Pixels { width: self.pixels.width() as usize, bytes: self.pixels.data() }
    }

    /// The boxes of what does not move and has a label, in pixels.
    fn still(&self, labels: &[&str]) -> Vec<Bounds> {
        let named =
            |element: &&Element| labels.contains(&element.label.as_str()) && !element.bounds.is_empty();
        self.scenes[0].elements.iter().filter(named).map(|element| bounds_of(&element.bounds)).collect()
    }

    /// The cells of digits, on the dial.
    pub(super) fn cells(&self) -> Vec<Cell> {
        let still = self.sitting.watch.still();
        let lean = self.parameters["shape"]["lean"].as_f64().unwrap_or(0.0);
        let cells = still.elements.iter().filter(|element| element.label == "cell");
        cells.map(|element| Cell::within(bounds_of(&element.bounds), lean)).collect()
    }

    /// What is printed, as the text of a row says it: hour, minute, second and half of the day.
    fn row(&self) -> (u32, u32, Option<u32>, Option<bool>) {
        let shows = self.sitting.watch.shows();
        let text = Visible::of(&self.sitting.choice.moment, shows).expect("a time is shown").text();
        let half = text.split(' ').nth(1).map(|half| half == "PM");
        let clock = text.split(' ').next().unwrap_or_default();
        let mut parts = clock.split(':').map(|part| part.parse().expect("a number"));
        let (hour, minute) = (parts.next().expect("an hour"), parts.next().expect("a minute"));
        (hour, minute, parts.next(), half)
    }

    /// Whether digits and the half of the day, as they were read, are those of the row.
    fn agrees(&self, digits: &str, half: Option<bool>) -> Result<(), String> {
        let (hour, minute, second, row_half) = self.row();
        let by_day = self.parameters["hours"] == "day";
        let said = || format!("{}: read `{digits}` {half:?}, not {:?}", self.named(), self.row());
        let digits = digits.trim_start();
        let seconds = if second.is_some() { 2 } else { 0 };
        if !digits.is_ascii() || !(3..=4).contains(&digits.len().saturating_sub(seconds)) {
            return Err(said());
        }
        let (clock, seconds) = digits.split_at(digits.len() - seconds);
        let (hours, minutes) = clock.split_at(clock.len() - 2);
        let number = |text: &str| text.parse::<u32>().ok();
        let read_hour =
            number(hours).filter(|hour| if by_day { *hour < 24 } else { (1..=12).contains(hour) });
        // A row says hours from 1 to 12, and the half of the day where it is known.
        let right_hour = read_hour.is_some_and(|read| (read + 11) % 12 + 1 == hour);
        let read_half = if by_day { read_hour.map(|hour| hour >= 12) } else { half };
        let right = right_hour
            && number(minutes) == Some(minute)
            && second == number(seconds)
            && read_half == row_half;
        if right { Ok(()) } else { Err(said()) }
    }
}

/// The half of the day beside segments: by the word that is lit, or the dot.
fn half_of(seen: &Seen) -> Option<bool> {
    let hours = &seen.parameters["hours"];
    if hours == "twelve" || hours == "day" {
        return None;
    }
    let lit = |boxes: Vec<Bounds>| segments::lit(&seen.pixels(), &boxes);
    let of_two = |at: Option<usize>| at.map(|at| at == 1);
    match seen.parameters["sign"].as_str() {
        Some("words") => of_two(lit(seen.still(&["AM", "PM"]))),
        Some("dots") => of_two(lit(seen.still(&["dot"]))),
        // A single dot is lit in the afternoon.
        _ => Some(lit(seen.still(&["dot"])).is_some()),
    }
}

#[test]
fn segments_are_read_back() {
    let mut wrong = Vec::new();
    for seen in seen(&WITH_SEGMENTS, SEGMENTS, true) {
        let digits = segments::read(&seen.pixels(), &seen.plane, &seen.cells());
        if let Err(why) = seen.agrees(&digits, half_of(&seen)) {
            wrong.push(why);
        }
    }
    super::none_wrong(&wrong, SEGMENTS);
}

/// Reads a line that lies in a box, in a face of the parameters.
fn line(seen: &Seen, face: &Value, signs: &str, rect: &Rect) -> Option<String> {
    let fonts = Fonts::bundled();
    let family = fonts.family(face["family"].as_str()?)?;
    let style = if face["bold"] == true { Style::Bold } else { Style::Regular };
    let font = fonts.get(family.face(style)).bytes;
    // Over cards lies a hinge.
    let [left, top, right, bottom] = bounds_of(rect);
    let over = |b: &Rect| {
        f64::from(b.left) < right
            && f64::from(b.right) > left
            && f64::from(b.top) < bottom
            && f64::from(b.bottom) > top
    };
    let mut hinges = seen.scenes[1].elements.iter().filter(|e| e.label == "hinge" && over(&e.bounds));
    let skip = hinges.next().map(|hinge| (f64::from(hinge.bounds.top), f64::from(hinge.bounds.bottom)));
    Some(Type::of(font, signs)?.read(&seen.pixels(), [left, top, right, bottom], skip))
}

/// The time of cards or a screen: its digits, and the half of the day.
fn printed(seen: &Seen, face: &pixmo_render_clocks::Digital) -> (String, Option<bool>) {
    let parameters = &seen.parameters;
    let is_flip = parameters["print"].is_object();
    let large = if is_flip { &parameters["print"] } else { &parameters["big"] };
    let count = face.printed(&seen.sitting.choice.moment).len();
    let is_value = |element: &&Element| element.role == Role::ValueLabel;
    let lines = seen.scenes[1].elements.iter().filter(is_value).take(count);
    let (mut digits, mut half) = (String::new(), None);
    let mut heights: Vec<f32> = Vec::new();
    for element in lines {
        let small = is_flip && heights.first().is_some_and(|high| element.bounds.height() < high * 0.5);
        let stacked = parameters["layout"] == "stacked" && heights.len() == 2;
        let face = if small || stacked { &parameters["small"] } else { large };
        heights.push(element.bounds.height());
        let text = line(seen, face, "0123456789:AMPamp", &element.bounds).unwrap_or_default();
        let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
        digits.extend(text.chars().filter(|sign| *sign != ':' && !sign.is_ascii_alphabetic()));
        // One of two words: their first letters tell them apart.
        let letters = letters.to_ascii_uppercase();
        half = match (letters.contains('A'), letters.contains('P')) {
            _ if letters.is_empty() => half,
            (true, false) => Some(false),
            (false, true) => Some(true),
            _ => {
                digits += "?";
                half
            }
        };
    }
    (digits, half)
}

#[test]
fn prints_are_read_back() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for seen in seen(&WITH_PRINT, PRINTS, true) {
        let Dial::Digits(face) = &seen.sitting.watch.dial else { continue };
        if face.has_hands() {
            continue;
        }
        count += 1;
        let (digits, half) = printed(&seen, face);
        if let Err(why) = seen.agrees(&digits, half) {
            wrong.push(why);
        }
    }
    assert!(count > PRINTS / 2, "{count}");
    if wrong.len() * 100 > count * (100 - PRINTS_RIGHT_MIN) {
        super::none_wrong(&wrong, count);
    }
}

#[test]
fn what_is_too_small_is_not_said() {
    let clocks = clocks(|settings| {
        settings.wild_share = 1.0;
        settings.bodies = WITH_SEGMENTS.iter().chain(&WITH_PRINT).map(|body| (*body).to_owned()).collect();
    });
    let (mut lost, mut kept, mut seconds) = (0, 0, 0);
    for (number, sitting) in sittings(&clocks).filter(|(_, sitting)| !sitting.choice.not_shown).take(900) {
        let (printed, said) = (sitting.watch.shows(), sitting.about().shows);
        assert!(printed.am_pm || !said.am_pm, "task {number}");
        assert!(printed.seconds || !said.seconds, "task {number}");
        if matches!(&sitting.watch.dial, Dial::Digits(face) if face.by_24_hours() && !face.has_hands()) {
            assert!(said.am_pm, "task {number}: hours to 23 tell the half at any size");
        }
        lost += usize::from(printed.am_pm && !said.am_pm);
        kept += usize::from(said.am_pm);
        seconds += usize::from(printed.seconds && !said.seconds);
    }
    assert!(lost > 20 && kept > 400 && seconds < 20, "{lost} lost, {kept} kept, {seconds} without seconds");
}
