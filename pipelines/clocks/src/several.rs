//! Several clocks in one picture: which ones meet, and where each of them stands.
//!
//! Clocks of a picture share a wall, a table or a shelf and the camera that looks at it, but each has a body, a face, a
//! moment and a place of its own. None lies over another. The first is the one that the row is about.

mod cities;
mod name;
mod seats;

use pixmo_render::{Point, Rect, Rng, Role};
use pixmo_render_clocks::Canvas;
use pixmo_render_clocks::backdrop::{Backdrop, Ground, Setting};
use pixmo_render_clocks::body::Kind;
use pixmo_render_clocks::watch::{Dial, Watch};

use self::cities::Plate;
use self::seats::{Guest, Seating};
use crate::camera::Camera;
use crate::legible;
use crate::picture::{self, Order};
use crate::stratum::Choice;

/// Share of wild pictures with several clocks: enough to learn to tell clocks apart by their names, and few enough that
/// most pictures ask for the time alone.
pub const SHARE: f64 = 0.08;
/// Shares of two, three and four clocks among them.
const COUNTS: [f64; 3] = [0.45, 0.35, 0.20];
/// Share of walls of clocks with hands that show the times of several cities.
const WORLD_SHARE: f64 = 0.4;
/// Share of such walls on which all clocks are of one design.
const EQUAL_SHARE: f64 = 0.6;
/// How often a place is looked for with each number of clocks.
const TRIES: usize = 12;

/// Where clocks are met together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Site {
    /// Hung on a wall.
    Wall,
    /// Laid on a table.
    Table,
    /// Stood on a shelf.
    Shelf,
}

/// Clocks that share a picture.
pub struct Gathering {
    /// The clocks; the row is about the first one.
    pub members: Vec<Member>,
    /// Size of the picture in pixels.
    pub size: (u32, u32),
    /// What is behind them.
    pub backdrop: Backdrop,
    /// Whether a photograph may be behind them instead.
    pub bears_photograph: bool,
}

/// One of them.
pub struct Member {
    /// The clock.
    pub watch: Watch,
    /// What it is set to.
    pub choice: Choice,
    /// From where it is seen.
    pub camera: Camera,
    /// What questions call it.
    pub called: String,
    plate: Option<Plate>,
}

impl Site {
    const ALL: [Site; 3] = [Site::Wall, Site::Table, Site::Shelf];

    /// Whether a kind of body is at home here, and is what everybody counts as a clock or a watch.
    fn holds(self, kind: Kind) -> bool {
        use Kind::*;
        match self {
            Site::Wall => matches!(
                kind,
                WallClock
                    | StationClock
                    | SchoolClock
                    | SunburstClock
                    | CuckooClock
                    | WoodenClock
                    | PlateClock
                    | KitchenClock
                    | FrameClock
                    | PortholeClock
                    | RecordClock
                    | CutleryClock
                    | DigitalWallClock
                    | WallFlipClock
            ),
            Site::Table => {
                name::is_watch(kind) || matches!(kind, TwinBellAlarm | TravelAlarm | RoundAlarm | DeskCube)
            }
            Site::Shelf => matches!(
                kind,
                MantelClock
                    | CarriageClock
                    | TwinBellAlarm
                    | TravelAlarm
                    | DeskCube
                    | BracketClock
                    | DomeClock
                    | TempleClock
                    | RoundAlarm
                    | BedsideLed
                    | ClockRadio
                    | WoodBlock
                    | DeskFlipClock
            ),
        }
    }

    fn kinds(self, all: &[Kind]) -> Vec<Kind> {
        all.iter().copied().filter(|kind| self.holds(*kind)).collect()
    }

    /// What is behind the clocks. Nobody wears several on one arm, things out of focus bear nothing, and on a desk clocks
    /// would lie on cups.
    fn backdrop(self, rng: &mut Rng) -> Backdrop {
        let setting = match self {
            Site::Wall => Setting::Wall,
            Site::Table => Setting::Hand,
            Site::Shelf => Setting::Standing,
        };
        let fits = |ground: &Ground| match self {
            Site::Wall => !matches!(ground, Ground::Stone(_)),
            Site::Table => {
                !matches!(ground, Ground::Arm(_) | Ground::Bokeh(_) | Ground::Leaves(_) | Ground::Desk(_))
            }
            Site::Shelf => matches!(ground, Ground::Shelf(_)),
        };
        loop {
            let mut backdrop = Backdrop::fitting(setting, true, rng);
            if fits(&backdrop.ground) {
                match &mut backdrop.ground {
                    Ground::Shelf(shelf) => shelf.alone = false,
                    // A plate is as large as one clock, and nobody hangs a clock over the edge of panels.
                    Ground::Wall(wall) => (wall.plate, wall.panels) = (None, None),
                    _ => {}
                }
                return backdrop;
            }
        }
    }
}

impl Gathering {
    /// The clocks that stand about the one of an order, in the share of pictures that have several. `None` in the others, and
    /// where no two of the kinds that may be drawn are ever met together.
    pub fn of(order: &Order<'_>, choice: &Choice, watch: &Watch) -> Option<Gathering> {
        let seed = order.seed.child("several");
        let mut rng = seed.rng("whether");
        if !rng.chance(SHARE) {
            return None;
        }
        Gathering::about(order, choice, watch)
    }

    /// As [`Gathering::of`], in every picture.
    pub(crate) fn about(order: &Order<'_>, choice: &Choice, watch: &Watch) -> Option<Gathering> {
        let seed = order.seed.child("several");
        let mut rng = seed.rng("which");
        let sites =
            |kind: Kind| -> Vec<Site> { Site::ALL.into_iter().filter(|site| site.holds(kind)).collect() };
        let mut of_watch = sites(watch.body.kind());
        let mut first = watch.clone();
        if of_watch.is_empty() {
            // A tower stands alone: some other clock takes its place, of a design that no other picture has.
            of_watch = Site::ALL.into_iter().filter(|site| !site.kinds(order.kinds).is_empty()).collect();
            if of_watch.is_empty() {
                return None;
            }
            let site = *rng.pick(&of_watch);
            of_watch = vec![site];
            first = picture::clock(&site.kinds(order.kinds), !choice.not_shown, &seed.child("design"));
        }
        let site = *rng.pick(&of_watch);
        let count = 2 + rng.weighted(&COUNTS);
        let is_world = site == Site::Wall
            && !choice.not_shown
            && matches!(first.dial, Dial::Hands(_))
            && rng.chance(WORLD_SHARE);
        let mut party = if is_world {
            cities::party(order, (first, *choice), count, &mut rng)
        } else {
            party(order, site, (first, *choice), count)
        };
        while party.len() >= 2 {
            let guests: Vec<Guest> = party.iter().map(Host::guest).collect();
            for _ in 0..TRIES {
                let backdrop = site.backdrop(&mut rng);
                let foot = match &backdrop.ground {
                    Ground::Shelf(shelf) => Some(shelf.foot()),
                    _ => None,
                };
                if let Some(seating) = Seating::drawn(&guests, (site, foot), order.sides, &mut rng) {
                    return Some(Gathering::seated(party, seating, backdrop, &mut rng));
                }
            }
            party.pop();
        }
        None
    }

    fn seated(party: Vec<Host>, seating: Seating, backdrop: Backdrop, rng: &mut Rng) -> Gathering {
        let called = name::names(&party, &seating, rng);
        let bears_photograph = !matches!(backdrop.ground, Ground::Shelf(_));
        let members = party.into_iter().zip(seating.cameras).zip(called).map(|((host, camera), called)| {
            let Host { watch, choice, plate } = host;
            Member { watch, choice, camera, called, plate }
        });
        Gathering { members: members.collect(), size: seating.size, backdrop, bears_photograph }
    }
}

impl Member {
    /// Draws what stands beside the clock to tell it by.
    pub fn sign(&self, canvas: &mut Canvas) {
        if let Some(plate) = &self.plate {
            plate.draw(&self.watch.extent(), canvas);
        }
    }
}

/// A clock before it has a place.
struct Host {
    watch: Watch,
    choice: Choice,
    plate: Option<Plate>,
}

impl Host {
    fn guest(&self) -> Guest {
        let extent = self.watch.extent();
        let whole = match &self.plate {
            Some(plate) => extent.union(&plate.place(&extent)),
            None => extent,
        };
        let outline = self.watch.body.frame().outline;
        let least = legible::dial_min(&self.watch, &self.choice.moment);
        Guest {
            dial: outline.edge(36).collect(),
            foot: self.watch.foot(),
            extent: whole,
            // Long straps may end outside the picture; nothing else may.
            strapped: name::is_watch(self.watch.body.kind()) && extent.height() > 300.0,
            dial_min: if self.plate.is_some() { least.max(cities::DIAL_MIN) } else { least },
            tells_top: self.watch.shows().tells_top,
            is_equal: self.plate.is_some(),
        }
    }
}

/// Clocks that have nothing to do with each other but the place.
fn party(order: &Order<'_>, site: Site, first: (Watch, Choice), count: usize) -> Vec<Host> {
    let kinds = site.kinds(order.kinds);
    let own = first.0.body.kind();
    let other: Vec<Kind> = kinds.iter().copied().filter(|kind| *kind != own).collect();
    let mut party = vec![Host { watch: first.0, choice: first.1, plate: None }];
    for number in 1..count {
        let seed = order.seed.child("several").child(&format!("clock {number}"));
        // Two of a kind happen, but are seldom what one puts side by side.
        let kinds = if other.is_empty() || seed.rng("same").chance(0.15) { &kinds } else { &other };
        let choice = Choice::of(&seed, order.not_shown_share);
        let watch = picture::clock(kinds, !choice.not_shown, &seed.child("design"));
        party.push(Host { watch, choice, plate: None });
    }
    party
}

/// A rectangle by its corners.
fn corners(rect: &Rect) -> [Point; 4] {
    [(rect.left, rect.top), (rect.right, rect.top), (rect.right, rect.bottom), (rect.left, rect.bottom)]
        .map(|(x, y)| Point::new(x, y))
}

/// An ornament that tells nothing.
fn ornament(canvas: &mut Canvas) {
    canvas.begin(Role::Ornament, "");
}

#[cfg(test)]
mod tests;
