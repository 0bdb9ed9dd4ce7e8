//! The kinds of bodies, with their names in files.

use serde::{Deserialize, Serialize};

use crate::backdrop::Setting;

macro_rules! kinds {
    ($($(#[$doc:meta])+ $name:ident = $slug:literal,)+) => {
        /// A kind of body: what a person would call the thing.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Kind {
            $($(#[$doc])+ #[serde(rename = $slug)] $name,)+
        }

        impl Kind {
            /// All kinds, in the order that they are listed in.
            pub const ALL: &[Kind] = &[$(Kind::$name),+];

            /// The name in files: lower case, words joined by hyphens.
            pub fn slug(self) -> &'static str {
                match self {
                    $(Kind::$name => $slug,)+
                }
            }
        }
    };
}

kinds! {
    /// A thin watch with a polished rim.
    DressWatch = "dress-watch",
    /// A steel watch on a bracelet.
    SportWatch = "sport-watch",
    /// A watch with a turning bezel of 60 minutes.
    DiveWatch = "dive-watch",
    /// A large watch with an onion crown.
    PilotWatch = "pilot-watch",
    /// A plain brushed watch on a fabric strap.
    FieldWatch = "field-watch",
    /// A watch with pushers and a scale of speeds.
    Chronograph = "chronograph",
    /// A watch with a bezel of 24 hours in two colours.
    GmtWatch = "gmt-watch",
    /// A square watch with bowed sides.
    CushionWatch = "cushion-watch",
    /// A barrel-shaped watch.
    TonneauWatch = "tonneau-watch",
    /// A tall rectangular watch.
    TankWatch = "tank-watch",
    /// A square watch.
    SquareWatch = "square-watch",
    /// An eight-sided watch whose bracelet is one with the case.
    OctagonWatch = "octagon-watch",
    /// A watch with a rim of set stones.
    GemWatch = "gem-watch",
    /// A small watch on a rigid bangle.
    BangleWatch = "bangle-watch",
    /// A flat watch on a woven metal band.
    MeshWatch = "mesh-watch",
    /// A watch of coloured plastic.
    PlasticWatch = "plastic-watch",
    /// A dark watch of an army, on a fabric strap.
    MilitaryWatch = "military-watch",
    /// A watch of white or black ceramic.
    CeramicWatch = "ceramic-watch",
    /// A watch with crown and pushers at the top.
    BullheadWatch = "bullhead-watch",
    /// A watch with a fluted gold bezel.
    FlutedWatch = "fluted-watch",
    /// A large watch in a resin guard.
    ShockWatch = "shock-watch",
    /// A watch that is wider than high.
    TelevisionWatch = "television-watch",
    /// A watch in a cushion-shaped case with its crown on the left.
    DestroWatch = "destro-watch",
    /// A pocket watch without a lid.
    PocketWatch = "pocket-watch",
    /// A pocket watch with its lid open.
    HunterWatch = "hunter-watch",
    /// A watch on a necklace.
    PendantWatch = "pendant-watch",
    /// A watch on a finger ring.
    RingWatch = "ring-watch",
    /// A watch that hangs from a pin, as nurses wear.
    NurseWatch = "nurse-watch",
    /// A watch on a snap hook.
    CarabinerWatch = "carabiner-watch",
    /// A plain round wall clock.
    WallClock = "wall-clock",
    /// A flat round clock of a railway platform, on a wall.
    StationClock = "station-clock",
    /// An eight-sided wooden clock with a pendulum box.
    SchoolClock = "school-clock",
    /// A clock with rays about it.
    SunburstClock = "sunburst-clock",
    /// A carved house with leaves, cones and a bird's door.
    CuckooClock = "cuckoo-clock",
    /// A round clock in a wide wooden rim.
    WoodenClock = "wooden-clock",
    /// A painted plate with hands.
    PlateClock = "plate-clock",
    /// A coloured enamel clock of a kitchen.
    KitchenClock = "kitchen-clock",
    /// A square clock in a picture frame.
    FrameClock = "frame-clock",
    /// A ship's clock in a brass porthole.
    PortholeClock = "porthole-clock",
    /// A clock in a long-playing record.
    RecordClock = "record-clock",
    /// A kitchen clock with a fork and a spoon.
    CutleryClock = "cutlery-clock",
    /// A clock on a shelf with a bowed wooden back.
    MantelClock = "mantel-clock",
    /// A brass box with a handle and glass sides.
    CarriageClock = "carriage-clock",
    /// A round alarm clock with two bells on top.
    TwinBellAlarm = "twin-bell-alarm",
    /// A small alarm clock in a folding case.
    TravelAlarm = "travel-alarm",
    /// A small cube on a desk.
    DeskCube = "desk-cube",
    /// A wooden clock with an arched top and a handle.
    BracketClock = "bracket-clock",
    /// A clock under a glass dome.
    DomeClock = "dome-clock",
    /// A temple of stone.
    TempleClock = "temple-clock",
    /// A round plastic alarm clock with one button.
    RoundAlarm = "round-alarm",
    /// A kitchen timer that also shows the time.
    KitchenTimer = "kitchen-timer",
    /// A clock on a tower of brick.
    TowerClock = "tower-clock",
    /// A clock on a church of stone.
    ChurchClock = "church-clock",
    /// A clock of two faces that hangs from a bracket.
    DoubleClock = "double-clock",
    /// The head of a long-case clock.
    GrandfatherClock = "grandfather-clock",
    /// A clock on an iron post in a street.
    PostClock = "post-clock",
    /// A clock in the dashboard of an old car.
    DashboardClock = "dashboard-clock",
    /// A square instrument with screws.
    CockpitClock = "cockpit-clock",
    /// A round watch with a screen.
    SmartwatchRound = "smartwatch-round",
    /// A square watch with a screen.
    SmartwatchSquare = "smartwatch-square",
    /// A narrow band with a screen.
    FitnessBand = "fitness-band",
    /// The screen in the middle of a dashboard.
    CarScreen = "car-screen",
    /// A locked phone.
    Phone = "phone",
    /// A tablet on its side.
    Tablet = "tablet",
    /// The lower right corner of a laptop.
    Laptop = "laptop",
    /// A small box under a television.
    TelevisionBox = "television-box",
    /// A small screen on a stand with a loudspeaker.
    SmartDisplay = "smart-display",
    /// A plastic watch with liquid crystals.
    LcdWatch = "lcd-watch",
    /// A wedge with red digits beside a bed.
    BedsideLed = "bedside-led",
    /// The panel over an oven door.
    OvenPanel = "oven-panel",
    /// The panel beside a microwave's door.
    MicrowavePanel = "microwave-panel",
    /// A radio with a clock.
    ClockRadio = "clock-radio",
    /// A sign of light dots.
    LedPanel = "led-panel",
    /// A wall clock with digits.
    DigitalWallClock = "digital-wall-clock",
    /// A wooden block that shines through.
    WoodBlock = "wood-block",
    /// A flip clock on a desk.
    DeskFlipClock = "desk-flip-clock",
    /// A flip clock on a wall.
    WallFlipClock = "wall-flip-clock",
    /// A compass.
    Compass = "compass",
    /// A barometer.
    Barometer = "barometer",
    /// A kitchen scale.
    KitchenScale = "kitchen-scale",
    /// A speedometer.
    Speedometer = "speedometer",
    /// A sundial on which no sun shines.
    Sundial = "sundial",
    /// A thermometer with a pointer.
    Thermometer = "thermometer",
}

impl Kind {
    /// Where it is at home.
    pub fn setting(self) -> Setting {
        match self {
            Kind::TowerClock | Kind::ChurchClock | Kind::DoubleClock | Kind::PostClock | Kind::Sundial => {
                Setting::Outdoors
            }
            Kind::WallClock
            | Kind::StationClock
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
            | Kind::GrandfatherClock
            | Kind::OvenPanel
            | Kind::LedPanel
            | Kind::DigitalWallClock
            | Kind::WallFlipClock
            | Kind::Barometer
            | Kind::Thermometer => Setting::Wall,
            Kind::MantelClock
            | Kind::CarriageClock
            | Kind::TwinBellAlarm
            | Kind::TravelAlarm
            | Kind::DeskCube
            | Kind::BracketClock
            | Kind::DomeClock
            | Kind::TempleClock
            | Kind::RoundAlarm
            | Kind::KitchenTimer
            | Kind::Laptop
            | Kind::TelevisionBox
            | Kind::SmartDisplay
            | Kind::BedsideLed
            | Kind::MicrowavePanel
            | Kind::ClockRadio
            | Kind::WoodBlock
            | Kind::DeskFlipClock
            | Kind::KitchenScale => Setting::Standing,
            Kind::DashboardClock | Kind::CockpitClock | Kind::CarScreen | Kind::Speedometer => Setting::Any,
            _ => Setting::Hand,
        }
    }
}
