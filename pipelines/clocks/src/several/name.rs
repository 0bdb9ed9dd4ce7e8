//! What questions call each of several clocks. A name fits one clock of its picture and no other: by where it stands, by
//! what kind of thing it is, by its shape, by the colour of its dial, or by what is written below it.

use pixmo_render::{Color, Rng};
use pixmo_render_clocks::Outline;
use pixmo_render_clocks::body::Kind;
use pixmo_render_clocks::face::ground::Finish;
use pixmo_render_clocks::watch::Dial;

use super::Host;
use super::seats::{Form, Seating};

/// How likely a clock is named by place, kind, shape and colour, where it can be.
const WEIGHTS: [f64; 4] = [4.0, 4.0, 3.0, 3.0];
/// How far the colours of other dials must be from that which names one, in OKLab.
const COLOR_GAP: f32 = 0.22;

/// Whether people call it a watch; else it is a clock.
pub(super) fn is_watch(kind: Kind) -> bool {
    use Kind::*;
    is_wristwatch(kind)
        || matches!(kind, PocketWatch | HunterWatch | PendantWatch | RingWatch | NurseWatch | CarabinerWatch)
}

fn is_wristwatch(kind: Kind) -> bool {
    use Kind::*;
    matches!(
        kind,
        DressWatch
            | SportWatch
            | DiveWatch
            | PilotWatch
            | FieldWatch
            | Chronograph
            | GmtWatch
            | CushionWatch
            | TonneauWatch
            | TankWatch
            | SquareWatch
            | OctagonWatch
            | GemWatch
            | BangleWatch
            | MeshWatch
            | PlasticWatch
            | MilitaryWatch
            | CeramicWatch
            | BullheadWatch
            | FlutedWatch
            | ShockWatch
            | TelevisionWatch
            | DestroWatch
            | SmartwatchRound
            | SmartwatchSquare
            | LcdWatch
    )
}

/// Classes of things with a name of their own. A thing may belong to several; it is named by one of which it is the only
/// member in its picture.
fn classes(host: &Host) -> Vec<&'static str> {
    use Kind::*;
    let kind = host.watch.body.kind();
    let mut classes = Vec::new();
    if is_wristwatch(kind) {
        classes.push("wristwatch");
    }
    if matches!(host.watch.dial, Dial::Digits(_)) {
        let hands = matches!(&host.watch.dial, Dial::Digits(face) if face.has_hands());
        classes.extend(match (hands, is_watch(kind)) {
            (true, _) => None,
            (false, true) => Some("digital watch"),
            (false, false) => Some("digital clock"),
        });
    }
    classes.extend(match kind {
        SmartwatchRound | SmartwatchSquare => Some("smartwatch"),
        PocketWatch | HunterWatch => Some("pocket watch"),
        RingWatch => Some("ring watch"),
        NurseWatch => Some("nurse's watch"),
        TwinBellAlarm | RoundAlarm | TravelAlarm => Some("alarm clock"),
        CuckooClock => Some("cuckoo clock"),
        SunburstClock => Some("sunburst clock"),
        CutleryClock => Some("clock with the fork and spoon"),
        DomeClock => Some("clock under the glass dome"),
        ClockRadio => Some("clock radio"),
        DeskFlipClock | WallFlipClock => Some("flip clock"),
        _ => None,
    });
    classes
}

/// Whether somebody might say this class of a clock, though it has a better name.
fn may_be_called(host: &Host, class: &str) -> bool {
    let kind = host.watch.body.kind();
    classes(host).contains(&class)
        || match class {
            // Any round thing with a bell, and all that stands beside a bed.
            "alarm clock" => {
                matches!(kind, Kind::BedsideLed | Kind::ClockRadio | Kind::DeskCube | Kind::WoodBlock)
            }
            "pocket watch" => matches!(kind, Kind::PendantWatch | Kind::NurseWatch | Kind::CarabinerWatch),
            "nurse's watch" => matches!(kind, Kind::PendantWatch | Kind::CarabinerWatch),
            "wristwatch" => matches!(kind, Kind::RingWatch),
            _ => false,
        }
}

/// A shape that people have a word for.
fn shape(host: &Host) -> Option<&'static str> {
    match host.watch.body.frame().outline {
        Outline::Rectangle { wide, high, .. } if (wide - high).abs() < 8.0 => Some("square"),
        Outline::Rectangle { .. } => Some("rectangular"),
        Outline::Octagon => Some("octagonal"),
        Outline::Round | Outline::Tonneau { .. } | Outline::Cushion => None,
    }
}

/// The colour of a dial that is of one colour.
fn dial_color(host: &Host) -> Option<Color> {
    let Dial::Hands(face) = &host.watch.dial else { return None };
    matches!(face.ground.finish, Finish::Matt | Finish::Sunray | Finish::Sector).then_some(face.ground.color)
}

fn noun(host: &Host) -> &'static str {
    if is_watch(host.watch.body.kind()) { "watch" } else { "clock" }
}

/// Names for all, in the order of the hosts.
pub(super) fn names(party: &[Host], seating: &Seating, rng: &mut Rng) -> Vec<String> {
    party.iter().enumerate().map(|(at, host)| name(party, (at, host), seating, rng)).collect()
}

fn name(party: &[Host], (at, host): (usize, &Host), seating: &Seating, rng: &mut Rng) -> String {
    if let Some(plate) = &host.plate
        && rng.chance(0.8)
    {
        return format!("the clock labelled {}", plate.city);
    }
    let place =
        format!("the {} {}", noun_of_place(party, host), place(seating.form, seating.cells[at], party.len()));
    let others = || party.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other);
    let mut own: Vec<&str> = classes(host);
    own.retain(|class| others().all(|other| !may_be_called(other, class)));
    let kind = (!own.is_empty()).then(|| format!("the {}", rng.word(&own)));
    // Only among things of one sort does a shape tell which one is meant.
    let same_sort = others().all(|other| noun(other) == noun(host));
    let shape = shape(host)
        .filter(|_| same_sort && is_wristwatch(host.watch.body.kind()))
        .filter(|_| others().all(|other| other.watch.body.frame().outline == Outline::Round))
        .filter(|_| others().all(|other| other.watch.body.kind() != Kind::DeskCube))
        .map(|shape| format!("the {shape} {}", noun(host)));
    let color = color_name(party, at).map(|color| format!("the {} with the {color} dial", noun(host)));
    let names = [Some(place), kind, shape, color];
    let weights = [0, 1, 2, 3].map(|at| if names[at].is_some() { WEIGHTS[at] } else { 0.0 });
    let chosen = rng.weighted(&weights);
    names.into_iter().nth(chosen).flatten().unwrap_or_default()
}

/// Where places are counted, all things are of one sort or have one name.
fn noun_of_place(party: &[Host], host: &Host) -> &'static str {
    match party.len() {
        4 if party.iter().any(|other| noun(other) != noun(host)) => "timepiece",
        _ => noun(host),
    }
}

/// The colour of its dial, if all others have dials of clearly other colours and no light changes that.
fn color_name(party: &[Host], at: usize) -> Option<&'static str> {
    let own = dial_color(&party[at])?;
    let name = own.name().filter(|name| *name != "gray")?;
    let differs = |other: &Host| {
        dial_color(other).is_some_and(|color| color.distance(own) > COLOR_GAP && color.name() != Some(name))
    };
    let others = party.iter().enumerate().filter(|(other, _)| *other != at);
    others.map(|(_, other)| other).all(differs).then_some(name)
}

/// Where a cell lies.
fn place(form: Form, cell: usize, count: usize) -> &'static str {
    let names: &[&'static str] = match (form, count) {
        (Form::Row, 2) => &["on the left", "on the right"],
        (Form::Row, 3) => &["on the left", "in the middle", "on the right"],
        (Form::Row, _) => {
            &["on the far left", "second from the left", "second from the right", "on the far right"]
        }
        (Form::Column, _) => &["at the top", "at the bottom"],
        (Form::Square, _) => {
            &["at the top left", "at the top right", "at the bottom left", "at the bottom right"]
        }
        (Form::OneOverTwo, _) => &["at the top", "at the bottom left", "at the bottom right"],
        (Form::TwoOverOne, _) => &["at the top left", "at the top right", "at the bottom"],
    };
    names.get(cell).copied().unwrap_or("in the picture")
}
