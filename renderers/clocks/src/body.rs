//! Bodies: what a face sits in. A [`Body`] is a handful of parameters; it says which frame it leaves to the face and
//! draws what lies under and over it.

mod bezel;
mod carried;
mod device;
mod digits;
mod drawn;
mod gauge;
mod glass;
mod kind;
mod material;
mod parts;
mod public;
mod shadow;
mod strap;
mod table;
#[cfg(test)]
mod tests;
mod wall;
mod wrist;

use pixmo_render::{Color, Rect};
use serde::{Deserialize, Serialize};

use self::bezel::Bezel;
use self::glass::Shine;
use self::material::Material;
use self::strap::Strap;
use self::wrist::{Crown, Lugs, Shell};
use crate::frame::{Calling, Display, Frame};
use crate::space::{Canvas, Outline};

pub use self::kind::Kind;

/// A body by its parameters. What a kind has no use for has a fixed value, so that equal bodies are equal here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Body {
    kind: Kind,
    outline: Outline,
    main: Material,
    trim: Material,
    /// Inserts, panels, whatever else has a colour.
    ground: Color,
    strap: Strap,
    bezel: Bezel,
    shell: Shell,
    lugs: Lugs,
    crown: Crown,
    shine: Shine,
    /// From slender (0) to heavy (1).
    weight: f32,
    /// Which of several ways something is done in.
    variant: u8,
    /// Where grain and veins begin.
    grain: u32,
}

impl Body {
    /// What it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether it has a strap that goes around a wrist.
    pub fn is_strapped(&self) -> bool {
        self.strap.weave != strap::Weave::Bare
    }

    /// The place that it leaves to a face.
    pub fn frame(&self) -> Frame {
        Frame {
            outline: self.outline,
            display: self.display(),
            tells_top: self.tells_top(),
            calling: self.calling(),
        }
    }

    /// The box around all that it draws, and around its dial.
    pub fn extent(&self) -> Rect {
        let mut canvas = Canvas::new();
        self.back(&mut canvas);
        self.front(&mut canvas);
        let dial = self.outline.path(0.0).bounds();
        let dial = Rect::new(dial.left(), dial.top(), dial.right(), dial.bottom());
        canvas.scene.elements.iter().fold(dial, |all, element| all.union(&element.bounds))
    }

    /// Draws what lies over the edge of the dial: shade and light, which hide nothing of a face.
    pub fn front(&self, canvas: &mut Canvas) {
        canvas.begin(pixmo_render::Role::Ornament, "");
        let depth = match self.kind {
            Kind::Sundial | Kind::Phone | Kind::Tablet | Kind::Laptop | Kind::WoodBlock => return,
            Kind::PlateClock | Kind::TowerClock | Kind::ChurchClock | Kind::RecordClock => 0.45,
            Kind::SmartwatchRound
            | Kind::SmartwatchSquare
            | Kind::FitnessBand
            | Kind::CarScreen
            | Kind::SmartDisplay => 0.4,
            _ => 0.75 + 0.25 * self.weight,
        };
        self.shine.draw(&self.outline, depth, canvas);
    }

    /// Draws what lies under the dial and about it, and the shadow of that.
    pub fn back(&self, canvas: &mut Canvas) {
        let element = canvas.begin(pixmo_render::Role::Ornament, self.kind.slug());
        let since = canvas.scene.items.len();
        self.draw(canvas);
        self.shade(canvas, (element, since));
    }

    /// How far down it reaches: what it stands on begins there.
    pub fn foot(&self) -> f32 {
        let mut canvas = Canvas::new();
        canvas.begin(pixmo_render::Role::Ornament, self.kind.slug());
        self.draw(&mut canvas);
        let dial = self.outline.path(0.0).bounds().bottom();
        canvas.scene.elements.iter().fold(dial, |foot, element| foot.max(element.bounds.bottom))
    }

    fn draw(&self, canvas: &mut Canvas) {
        match self.kind {
            Kind::DressWatch
            | Kind::SportWatch
            | Kind::DiveWatch
            | Kind::PilotWatch
            | Kind::FieldWatch
            | Kind::Chronograph
            | Kind::GmtWatch
            | Kind::CushionWatch
            | Kind::TonneauWatch
            | Kind::TankWatch
            | Kind::SquareWatch
            | Kind::OctagonWatch
            | Kind::GemWatch
            | Kind::MeshWatch
            | Kind::PlasticWatch
            | Kind::MilitaryWatch
            | Kind::CeramicWatch
            | Kind::BullheadWatch
            | Kind::FlutedWatch
            | Kind::ShockWatch
            | Kind::TelevisionWatch
            | Kind::DestroWatch => wrist::watch(self, canvas),
            Kind::BangleWatch => wrist::bangle(self, canvas),
            Kind::PocketWatch => carried::pocket(self, canvas),
            Kind::HunterWatch => carried::hunter(self, canvas),
            Kind::PendantWatch => carried::pendant(self, canvas),
            Kind::RingWatch => carried::ring(self, canvas),
            Kind::NurseWatch => carried::nurse(self, canvas),
            Kind::CarabinerWatch => carried::carabiner(self, canvas),
            Kind::WallClock => wall::plain(self, canvas),
            Kind::StationClock => wall::station(self, canvas),
            Kind::SchoolClock => wall::school(self, canvas),
            Kind::SunburstClock => wall::sunburst(self, canvas),
            Kind::CuckooClock => wall::cuckoo(self, canvas),
            Kind::WoodenClock => wall::wooden(self, canvas),
            Kind::PlateClock => wall::plate(self, canvas),
            Kind::KitchenClock => wall::kitchen(self, canvas),
            Kind::FrameClock => wall::framed(self, canvas),
            Kind::PortholeClock => wall::porthole(self, canvas),
            Kind::RecordClock => wall::record(self, canvas),
            Kind::CutleryClock => wall::cutlery(self, canvas),
            Kind::MantelClock => table::mantel(self, canvas),
            Kind::CarriageClock => table::carriage(self, canvas),
            Kind::TwinBellAlarm => table::twin_bell(self, canvas),
            Kind::TravelAlarm => table::travel(self, canvas),
            Kind::DeskCube => table::cube(self, canvas),
            Kind::BracketClock => table::bracket(self, canvas),
            Kind::DomeClock => table::dome(self, canvas),
            Kind::TempleClock => table::temple(self, canvas),
            Kind::RoundAlarm => table::round_alarm(self, canvas),
            Kind::KitchenTimer => table::timer(self, canvas),
            Kind::TowerClock => public::tower(self, canvas),
            Kind::ChurchClock => public::church(self, canvas),
            Kind::DoubleClock => public::double(self, canvas),
            Kind::GrandfatherClock => public::grandfather(self, canvas),
            Kind::PostClock => public::post(self, canvas),
            Kind::DashboardClock => public::dashboard(self, canvas),
            Kind::CockpitClock => public::cockpit(self, canvas),
            Kind::SmartwatchRound | Kind::SmartwatchSquare => device::smartwatch(self, canvas),
            Kind::FitnessBand => device::fitness(self, canvas),
            Kind::CarScreen => device::car(self, canvas),
            Kind::Phone => device::phone(self, canvas),
            Kind::Tablet => device::tablet(self, canvas),
            Kind::Laptop => device::laptop(self, canvas),
            Kind::TelevisionBox => device::television_box(self, canvas),
            Kind::SmartDisplay => device::smart_display(self, canvas),
            Kind::LcdWatch => digits::lcd_watch(self, canvas),
            Kind::BedsideLed => digits::bedside(self, canvas),
            Kind::OvenPanel => digits::oven(self, canvas),
            Kind::MicrowavePanel => digits::microwave(self, canvas),
            Kind::ClockRadio => digits::radio(self, canvas),
            Kind::LedPanel => digits::led_panel(self, canvas),
            Kind::DigitalWallClock => digits::wall(self, canvas),
            Kind::WoodBlock => digits::wood_block(self, canvas),
            Kind::DeskFlipClock => digits::desk_flip(self, canvas),
            Kind::WallFlipClock => digits::wall_flip(self, canvas),
            Kind::Compass => gauge::compass(self, canvas),
            Kind::Barometer => gauge::barometer(self, canvas),
            Kind::KitchenScale => gauge::scale(self, canvas),
            Kind::Speedometer => gauge::speedometer(self, canvas),
            Kind::Sundial => gauge::sundial(self, canvas),
            Kind::Thermometer => gauge::thermometer(self, canvas),
        }
    }

    fn display(&self) -> Display {
        let (wide, high) = match self.outline {
            Outline::Rectangle { wide, high, .. } => (wide, high),
            // A round screen is lit to its edge.
            Outline::Round if self.kind == Kind::SmartwatchRound => (100.0, 100.0),
            _ => (68.0, 68.0),
        };
        match self.kind {
            Kind::SmartwatchRound
            | Kind::SmartwatchSquare
            | Kind::FitnessBand
            | Kind::CarScreen
            | Kind::Phone
            | Kind::Tablet
            | Kind::Laptop
            | Kind::TelevisionBox
            | Kind::SmartDisplay => Display::Screen { wide, high },
            Kind::LcdWatch
            | Kind::BedsideLed
            | Kind::OvenPanel
            | Kind::MicrowavePanel
            | Kind::ClockRadio
            | Kind::LedPanel
            | Kind::DigitalWallClock
            | Kind::WoodBlock => Display::Segments { wide: wide * 0.94, high: high * 0.86 },
            Kind::DeskFlipClock | Kind::WallFlipClock => {
                Display::Flip { wide: wide * 0.96, high: high * 0.92 }
            }
            Kind::Compass
            | Kind::Barometer
            | Kind::KitchenScale
            | Kind::Speedometer
            | Kind::Sundial
            | Kind::Thermometer => Display::Nothing,
            _ => Display::Hands,
        }
    }

    /// What is printed about the dial goes before what the body is.
    fn calling(&self) -> Calling {
        match (self.bezel, self.kind) {
            (Bezel::Tachymetre, _) | (_, Kind::Chronograph | Kind::BullheadWatch) => Calling::Stopwatch,
            (Bezel::DayNight, _) => Calling::Traveller,
            (Bezel::Dive, _) | (_, Kind::DashboardClock | Kind::CockpitClock) => Calling::Tool,
            (_, Kind::TwinBellAlarm | Kind::TravelAlarm | Kind::RoundAlarm | Kind::DeskCube) => {
                Calling::Alarm
            }
            (_, Kind::PocketWatch | Kind::HunterWatch) => Calling::Pocket,
            (_, Kind::PendantWatch | Kind::RingWatch | Kind::NurseWatch) => Calling::Jewel,
            (_, Kind::TowerClock | Kind::ChurchClock) => Calling::Tower,
            (_, Kind::Laptop) => Calling::Bar(device::bar(self)),
            (_, Kind::StationClock | Kind::DoubleClock | Kind::PostClock) => Calling::Public,
            (
                _,
                Kind::WallClock
                | Kind::SchoolClock
                | Kind::SunburstClock
                | Kind::CuckooClock
                | Kind::WoodenClock
                | Kind::PlateClock
                | Kind::KitchenClock
                | Kind::FrameClock
                | Kind::PortholeClock
                | Kind::RecordClock
                | Kind::CutleryClock
                | Kind::MantelClock
                | Kind::CarriageClock
                | Kind::BracketClock
                | Kind::DomeClock
                | Kind::TempleClock
                | Kind::KitchenTimer
                | Kind::GrandfatherClock,
            ) => Calling::Room,
            _ => Calling::Watch,
        }
    }

    /// Round things that are hung or laid in any direction do not tell where their top is.
    fn tells_top(&self) -> bool {
        !matches!(
            self.kind,
            Kind::WallClock
                | Kind::StationClock
                | Kind::SunburstClock
                | Kind::WoodenClock
                | Kind::PlateClock
                | Kind::FrameClock
                | Kind::PortholeClock
                | Kind::RecordClock
                | Kind::CutleryClock
                | Kind::CockpitClock
                | Kind::Compass
                | Kind::Sundial
                | Kind::RingWatch
                | Kind::BangleWatch
        ) && self.strap.weave == strap::Weave::Bare
    }
}
