//! How the parameters of a body are drawn.

use pixmo_render::{Color, Rng};

use super::bezel::Bezel;
use super::glass::Shine;
use super::material::{Finish, Material, PAINTS};
use super::strap::{Strap, Weave};
use super::wrist::{Crown, Lugs, Shell, bezel_of};
use super::{Body, Kind};
use crate::space::Outline;

/// Colours of bezel inserts.
const INSERTS: [Color; 7] = [
    Color::rgb(24, 25, 28),
    Color::rgb(20, 40, 84),
    Color::rgb(18, 72, 54),
    Color::rgb(128, 28, 34),
    Color::rgb(92, 60, 40),
    Color::rgb(206, 208, 210),
    Color::rgb(190, 92, 30),
];

impl Body {
    /// Draws the parameters of a body of a kind.
    pub fn drawn(kind: Kind, rng: &mut Rng) -> Body {
        let mut body = Body {
            kind,
            outline: Outline::Round,
            main: Material::metal(rng),
            trim: Material::metal(rng),
            ground: *rng.pick(&PAINTS),
            strap: Strap::none(),
            bezel: Bezel::Thin,
            shell: Shell::Follows,
            lugs: Lugs::None,
            crown: Crown { at: 90.0, size: 1.0, pushers: 0, guarded: false },
            shine: Shine::drawn(rng),
            weight: rng.range32(0.0, 1.0),
            variant: rng.below(12) as u8,
            grain: rng.below(1 << 20) as u32,
        };
        body.trim = if rng.chance(0.7) { body.main } else { body.trim };
        if !body.wrist(rng) && !body.digital(rng) {
            body.standing(rng);
        }
        body
    }

    /// Watches with hands on the wrist; false for other kinds.
    fn wrist(&mut self, rng: &mut Rng) -> bool {
        let metal = self.main;
        let horns = *rng.pick(&[Lugs::Horned, Lugs::Horned, Lugs::Straight, Lugs::Broad]);
        let insert = *rng.pick(&INSERTS);
        self.crown = Crown::drawn(rng);
        let band = |rng: &mut Rng| {
            if rng.chance(0.55) { Strap::bracelet(metal, rng) } else { Strap::leather(rng) }
        };
        (self.strap, self.bezel, self.lugs) = match self.kind {
            Kind::DressWatch => {
                self.crown.guarded = false;
                let lugs = *rng.pick(&[Lugs::Horned, Lugs::Drop, Lugs::Straight, Lugs::Wire]);
                (Strap::leather(rng), *rng.pick(&[Bezel::Thin, Bezel::Polished, Bezel::Stepped]), lugs)
            }
            Kind::SportWatch => (band(rng), Bezel::plain(rng), horns),
            Kind::DiveWatch => {
                self.ground = insert;
                let strap = match rng.below(4) {
                    0 => Strap::woven(Weave::Rubber, rng),
                    1 => Strap::woven(Weave::Ribbed, rng),
                    2 => Strap::woven(Weave::Striped, rng),
                    _ => Strap::bracelet(metal, rng),
                };
                (strap, Bezel::Dive, Lugs::Horned)
            }
            Kind::PilotWatch => {
                self.crown.size = rng.range32(1.35, 1.6);
                self.crown.guarded = false;
                let strap = Strap { weave: Weave::Riveted, ..Strap::leather(rng) };
                (strap, *rng.pick(&[Bezel::Thin, Bezel::Polished, Bezel::Coin]), Lugs::Straight)
            }
            Kind::FieldWatch => {
                self.main.finish = Finish::Brushed;
                let weave = *rng.pick(&[Weave::Fabric, Weave::Fabric, Weave::Striped]);
                (Strap::woven(weave, rng), Bezel::Thin, Lugs::Straight)
            }
            Kind::Chronograph => {
                self.ground = insert;
                self.crown = Crown { at: 90.0, size: 0.9, pushers: 2, guarded: rng.chance(0.4) };
                (band(rng), *rng.pick(&[Bezel::Tachymetre, Bezel::Tachymetre, Bezel::Polished]), horns)
            }
            Kind::GmtWatch => {
                self.ground = insert;
                (band(rng), Bezel::DayNight, Lugs::Horned)
            }
            Kind::CushionWatch => {
                self.outline = Outline::Cushion;
                (band(rng), Bezel::plain(rng), Lugs::Straight)
            }
            Kind::TonneauWatch => {
                self.outline = Outline::Tonneau { wide: rng.range32(68.0, 84.0) };
                let bezel = *rng.pick(&[Bezel::Thin, Bezel::Polished, Bezel::Stepped, Bezel::Gems]);
                (band(rng), bezel, Lugs::None)
            }
            Kind::TankWatch => {
                let corner = *rng.pick(&[0.0, 3.0, 8.0]);
                self.outline = Outline::Rectangle { wide: rng.range32(62.0, 82.0), high: 100.0, corner };
                (
                    Strap::leather(rng),
                    *rng.pick(&[Bezel::Thin, Bezel::Polished, Bezel::Stepped]),
                    Lugs::Straight,
                )
            }
            Kind::SquareWatch => {
                let corner = *rng.pick(&[2.0, 8.0, 18.0, 30.0]);
                self.outline = Outline::Rectangle { wide: 100.0, high: 100.0, corner };
                (band(rng), Bezel::plain(rng), *rng.pick(&[Lugs::Straight, Lugs::Horned, Lugs::None]))
            }
            Kind::OctagonWatch => {
                self.outline = if rng.chance(0.6) { Outline::Octagon } else { Outline::Round };
                let strap = if rng.chance(0.7) {
                    Strap::bracelet(metal, rng)
                } else {
                    Strap::woven(Weave::Ribbed, rng)
                };
                (Strap { taper: 0.2, ..strap }, Bezel::Screws, Lugs::Integrated)
            }
            Kind::GemWatch => {
                if rng.chance(0.3) {
                    self.outline = Outline::Rectangle { wide: 78.0, high: 100.0, corner: 20.0 };
                }
                self.ground = *rng.pick(&[
                    Color::WHITE,
                    Color::WHITE,
                    Color::rgb(30, 60, 150),
                    Color::rgb(20, 120, 80),
                    Color::rgb(180, 20, 50),
                ]);
                self.crown.size = 0.7;
                (band(rng), Bezel::Gems, *rng.pick(&[Lugs::Horned, Lugs::Drop]))
            }
            Kind::BangleWatch => {
                self.crown = Crown { at: 90.0, size: 0.6, pushers: 0, guarded: false };
                (Strap::none(), *rng.pick(&[Bezel::Polished, Bezel::Gems, Bezel::Stepped]), Lugs::None)
            }
            Kind::MeshWatch => {
                let strap =
                    Strap { weave: Weave::Mesh, stuff: metal, second: metal.shade(-0.4), taper: 0.05 };
                self.crown.size = 0.7;
                self.crown.guarded = false;
                (strap, Bezel::Thin, Lugs::Wire)
            }
            Kind::PlasticWatch => {
                self.main = Material::plastic(rng);
                self.trim = if rng.chance(0.6) { self.main } else { Material::plastic(rng) };
                self.crown = Crown { at: 90.0, size: 0.7, pushers: 0, guarded: false };
                let same = rng.chance(0.6);
                let mut strap = Strap::woven(*rng.pick(&[Weave::Rubber, Weave::Rubber, Weave::Ribbed]), rng);
                if same {
                    strap.stuff = self.main;
                }
                (strap, *rng.pick(&[Bezel::Thin, Bezel::Polished]), Lugs::Broad)
            }
            Kind::MilitaryWatch => {
                self.main = Material::dark(rng);
                if rng.chance(0.4) {
                    self.main = Material::new(Finish::Matt, Color::rgb(86, 90, 66));
                }
                self.trim = self.main;
                self.ground = Color::rgb(34, 35, 34);
                self.crown.guarded = true;
                let strap = Strap {
                    stuff: Material::new(
                        Finish::Matt,
                        *rng.pick(&[PAINTS[10], PAINTS[1], Color::rgb(150, 134, 96), PAINTS[9]]),
                    ),
                    ..Strap::woven(Weave::Fabric, rng)
                };
                (strap, *rng.pick(&[Bezel::Polished, Bezel::Dive, Bezel::Coin]), Lugs::Straight)
            }
            Kind::CeramicWatch => {
                let tone = *rng.pick(&[
                    Color::rgb(240, 240, 238),
                    Color::rgb(28, 28, 32),
                    Color::rgb(196, 200, 206),
                    Color::rgb(28, 42, 78),
                ]);
                self.main = Material::new(Finish::Gloss, tone);
                let strap = Strap { second: self.trim.base, ..Strap::bracelet(self.main, rng) };
                (strap, *rng.pick(&[Bezel::Coin, Bezel::Polished, Bezel::Gems]), Lugs::Horned)
            }
            Kind::BullheadWatch => {
                self.shell = Shell::Cushion;
                self.crown = Crown { at: 0.0, size: 0.9, pushers: 2, guarded: false };
                self.ground = insert;
                (Strap::leather(rng), *rng.pick(&[Bezel::Tachymetre, Bezel::Stepped]), Lugs::Broad)
            }
            Kind::FlutedWatch => {
                self.trim = Material::gold(rng);
                let second = self.trim.base;
                (Strap { second, ..Strap::bracelet(metal, rng) }, Bezel::Fluted, Lugs::Horned)
            }
            Kind::ShockWatch => {
                self.shell = Shell::Guard;
                self.main = Material::new(Finish::Matt, *rng.pick(&PAINTS));
                self.trim = if rng.chance(0.5) { Material::dark(rng) } else { Material::steel(rng) };
                self.crown = Crown { at: 90.0, size: 0.9, pushers: 2, guarded: false };
                let strap = Strap { stuff: self.main, ..Strap::woven(Weave::Ribbed, rng) };
                (strap, *rng.pick(&[Bezel::Polished, Bezel::Stepped, Bezel::Tachymetre]), Lugs::Broad)
            }
            Kind::TelevisionWatch => {
                self.outline = Outline::Rectangle {
                    wide: 100.0,
                    high: rng.range32(72.0, 86.0),
                    corner: rng.range32(14.0, 40.0),
                };
                (band(rng), Bezel::plain(rng), *rng.pick(&[Lugs::None, Lugs::Straight]))
            }
            Kind::DestroWatch => {
                self.shell = *rng.pick(&[Shell::Barrel, Shell::Cushion]);
                self.crown.at = 270.0;
                self.crown.size = 1.2;
                (band(rng), bezel_of(rng), Lugs::Broad)
            }
            _ => {
                self.crown = Crown { at: 90.0, size: 1.0, pushers: 0, guarded: false };
                return false;
            }
        };
        if self.outline != Outline::Round && self.crown.at != 270.0 {
            // A crown stands square on a straight side.
            self.crown.at = 90.0;
        }
        true
    }

    /// Bodies for digits and screens; false for other kinds.
    fn digital(&mut self, rng: &mut Rng) -> bool {
        self.main = Material::casing(rng);
        let black = Color::rgb(10, 10, 12);
        let rectangle = |wide: f32, high: f32, corner: f32| Outline::Rectangle { wide, high, corner };
        self.outline = match self.kind {
            Kind::SmartwatchRound => {
                self.main = if rng.chance(0.5) { Material::dark(rng) } else { Material::metal(rng) };
                self.strap = Strap::woven(
                    *rng.pick(&[Weave::Rubber, Weave::Ribbed, Weave::Fabric, Weave::Plain]),
                    rng,
                );
                self.bezel = *rng.pick(&[Bezel::Polished, Bezel::Thin, Bezel::Coin]);
                Outline::Round
            }
            Kind::SmartwatchSquare => {
                self.main = Material::metal(rng);
                self.strap =
                    Strap::woven(*rng.pick(&[Weave::Rubber, Weave::Rubber, Weave::Fabric, Weave::Mesh]), rng);
                let (wide, corner) = (rng.range32(80.0, 88.0), rng.range32(20.0, 30.0));
                rectangle(wide, 100.0, corner)
            }
            Kind::FitnessBand => {
                self.strap = Strap::woven(Weave::Rubber, rng);
                rectangle(rng.range32(33.0, 43.0), 100.0, rng.range32(6.0, 20.0))
            }
            Kind::CarScreen => rectangle(100.0, rng.range32(54.0, 64.0), 3.0),
            Kind::Phone => rectangle(rng.range32(45.0, 50.0), 100.0, rng.range32(5.0, 10.0)),
            Kind::Tablet => rectangle(100.0, rng.range32(66.0, 74.0), 3.0),
            Kind::Laptop => rectangle(100.0, rng.range32(30.0, 38.0), 0.0),
            Kind::TelevisionBox => rectangle(100.0, rng.range32(30.0, 36.0), 2.0),
            Kind::SmartDisplay => rectangle(100.0, rng.range32(56.0, 66.0), 4.0),
            Kind::LcdWatch => {
                self.main = if rng.chance(0.6) { Material::plastic(rng) } else { Material::steel(rng) };
                self.strap = Strap::woven(*rng.pick(&[Weave::Rubber, Weave::Ribbed]), rng);
                self.strap.stuff =
                    if self.main.finish == Finish::Matt { self.main } else { Material::casing(rng) };
                if matches!(self.main.finish, Finish::Polished | Finish::Brushed) && rng.chance(0.6) {
                    self.strap = Strap::bracelet(self.main, rng);
                }
                rectangle(100.0, rng.range32(54.0, 70.0), 6.0)
            }
            Kind::BedsideLed => rectangle(100.0, rng.range32(36.0, 44.0), 4.0),
            Kind::OvenPanel => {
                self.main =
                    if rng.chance(0.6) { Material::steel(rng) } else { Material::new(Finish::Gloss, black) };
                rectangle(100.0, rng.range32(38.0, 44.0), 3.0)
            }
            Kind::MicrowavePanel => {
                self.main = if rng.chance(0.5) { Material::casing(rng) } else { Material::steel(rng) };
                rectangle(100.0, rng.range32(38.0, 46.0), 4.0)
            }
            Kind::ClockRadio => {
                if rng.chance(0.5) {
                    self.main = Material::wood(rng);
                }
                rectangle(100.0, rng.range32(40.0, 46.0), 3.0)
            }
            Kind::LedPanel => rectangle(100.0, rng.range32(34.0, 42.0), 1.0),
            Kind::DigitalWallClock => rectangle(100.0, rng.range32(44.0, 60.0), 3.0),
            Kind::WoodBlock => {
                self.main = Material::wood(rng);
                rectangle(100.0, rng.range32(36.0, 46.0), 2.0)
            }
            Kind::DeskFlipClock => {
                self.main = if rng.chance(0.5) { Material::plastic(rng) } else { Material::steel(rng) };
                rectangle(100.0, rng.range32(46.0, 52.0), 4.0)
            }
            Kind::WallFlipClock => {
                self.main = if rng.chance(0.4) { Material::wood(rng) } else { Material::casing(rng) };
                rectangle(100.0, rng.range32(44.0, 56.0), 2.0)
            }
            _ => return false,
        };
        true
    }

    /// Clocks on walls, tables, towers and chains, and what only looks like one.
    fn standing(&mut self, rng: &mut Rng) {
        self.trim = Material::brass(rng);
        self.bezel = *rng.pick(&[Bezel::Polished, Bezel::Stepped, Bezel::Thin]);
        self.main = match self.kind {
            Kind::PocketWatch | Kind::HunterWatch | Kind::PendantWatch | Kind::RingWatch => {
                let metal = Material::metal(rng);
                self.trim = metal;
                metal
            }
            Kind::NurseWatch | Kind::CarabinerWatch => {
                let stuff = if rng.chance(0.5) { Material::metal(rng) } else { Material::plastic(rng) };
                self.trim = if rng.chance(0.6) { stuff } else { Material::steel(rng) };
                stuff
            }
            Kind::WallClock
            | Kind::KitchenClock
            | Kind::RoundAlarm
            | Kind::KitchenTimer
            | Kind::TwinBellAlarm
            | Kind::KitchenScale => {
                self.trim = if rng.chance(0.6) { Material::steel(rng) } else { Material::brass(rng) };
                if rng.chance(0.25) { Material::metal(rng) } else { Material::plastic(rng) }
            }
            Kind::SchoolClock
            | Kind::CuckooClock
            | Kind::WoodenClock
            | Kind::MantelClock
            | Kind::BracketClock
            | Kind::GrandfatherClock
            | Kind::Barometer => Material::wood(rng),
            Kind::SunburstClock => {
                if rng.chance(0.5) {
                    Material::brass(rng)
                } else {
                    Material::wood(rng)
                }
            }
            Kind::FrameClock => {
                if rng.chance(0.7) {
                    let side = *rng.pick(&[2.0, 2.0, 10.0]);
                    self.outline = Outline::Rectangle { wide: 100.0, high: 100.0, corner: side };
                }
                match rng.below(3) {
                    0 => Material::wood(rng),
                    1 => Material::gold(rng),
                    _ => Material::plastic(rng),
                }
            }
            Kind::PortholeClock | Kind::CarriageClock | Kind::DomeClock | Kind::Compass => {
                Material::brass(rng)
            }
            Kind::TempleClock | Kind::ChurchClock | Kind::Sundial => Material::stone(rng),
            Kind::DeskCube => {
                self.outline = if rng.chance(0.5) {
                    Outline::Round
                } else {
                    Outline::Rectangle { wide: 100.0, high: 100.0, corner: 8.0 }
                };
                match rng.below(3) {
                    0 => Material::wood(rng),
                    1 => Material::plastic(rng),
                    _ => Material::stone(rng),
                }
            }
            Kind::TravelAlarm => {
                self.outline = match rng.below(3) {
                    0 => Outline::Round,
                    1 => Outline::Rectangle { wide: 100.0, high: 100.0, corner: 14.0 },
                    _ => Outline::Rectangle { wide: 100.0, high: 84.0, corner: 6.0 },
                };
                Material::new(Finish::Matt, *rng.pick(&super::material::HIDES))
            }
            Kind::TowerClock => Material::new(
                Finish::Matt,
                *rng.pick(&[
                    Color::rgb(146, 74, 56),
                    Color::rgb(168, 102, 74),
                    Color::rgb(176, 158, 128),
                    Color::rgb(122, 110, 102),
                ]),
            ),
            Kind::PlateClock => Material::new(
                Finish::Gloss,
                *rng.pick(&[
                    Color::rgb(240, 238, 230),
                    Color::rgb(226, 232, 236),
                    Color::rgb(236, 224, 200),
                    Color::rgb(196, 214, 206),
                ]),
            ),
            Kind::RecordClock => Material::new(Finish::Gloss, Color::rgb(24, 24, 26)),
            Kind::StationClock | Kind::DoubleClock | Kind::PostClock => Material::new(
                Finish::Matt,
                *rng.pick(&[
                    Color::rgb(36, 38, 42),
                    Color::rgb(190, 194, 198),
                    Color::rgb(30, 56, 48),
                    Color::rgb(28, 44, 84),
                    Color::rgb(120, 32, 34),
                ]),
            ),
            Kind::Thermometer => {
                if rng.chance(0.5) {
                    Material::brass(rng)
                } else {
                    Material::plastic(rng)
                }
            }
            _ => Material::casing(rng),
        };
    }
}
