//! From a task to the picture of a clock, and all that is known about it.
//!
//! Still pictures of one design share the camera and the ground, so that everything that does not move is painted once
//! and kept by the worker. Wild ones are drawn anew: the outlines go through the camera, and only light, blur and noise
//! are laid over the pixels.

use pixmo_render::scene::Role;
use pixmo_render::{Picture, Pixmap, Point, Rect, Scene, Seed, View, raster};
use pixmo_render_clocks::backdrop::Backdrop;
use pixmo_render_clocks::body::Kind;
use pixmo_render_clocks::glass::{Glass, Occluder};
use pixmo_render_clocks::photo::{self, Photo};
use pixmo_render_clocks::watch::{Dial, Watch};
use pixmo_render_clocks::{Canvas, Moment, Shows, polar};

use crate::camera::{Camera, Sides, visible};
use crate::stratum::Choice;

/// Places on the edge of a dial by which its visible part is told.
const EDGE_PLACES: usize = 72;
/// A second hand that is shorter in the picture cannot be read to the second, in pixels.
const SECOND_HAND_MIN: f32 = 24.0;
/// Share of wild pictures of clocks with hands in which something comes in over the rim.
const OCCLUDED_SHARE: f64 = 0.25;
/// Quality of JPEG files, lowest and highest.
const QUALITY: (i64, i64) = (45, 95);

/// What a picture is made of.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The bodies to choose from.
    pub kinds: &'a [Kind],
    /// Where the design begins: the same for all pictures of it.
    pub design: Seed,
    /// The number of the design, by which a worker knows it again.
    pub number: u64,
    /// Where all else begins.
    pub seed: Seed,
    /// Share of pictures that look like photographs.
    pub wild_share: f64,
    /// Share of pictures from which no time can be read.
    pub not_shown_share: f64,
    /// Limits of the size of a picture.
    pub sides: Sides,
}

/// A hand, if there is one: its angle on its dial in degrees, and where its tip lies in pixels.
pub type HandSeen = Option<(f64, Point)>;

/// A picture and what is known about it.
#[derive(Clone, Debug)]
pub struct Made {
    /// The clock.
    pub watch: Watch,
    /// What it is set to, and how that was chosen.
    pub choice: Choice,
    /// What can be read at the size of the picture.
    pub shows: Shows,
    /// The file.
    pub file: Vec<u8>,
    /// `png` or `jpeg`.
    pub format: &'static str,
    /// Whether it looks like a photograph.
    pub wild: bool,
    /// From where it is seen.
    pub camera: Camera,
    /// Middle of the dial in pixels.
    pub centre: Point,
    /// Half the distance from 9 to 3 o'clock, and from 12 to 6, in pixels.
    pub radii: (f32, f32),
    /// The part of the dial that lies in the picture.
    pub visible: Rect,
    /// Share of the dial that cannot be seen.
    pub occluded: f64,
    /// Hour, minute and second hand.
    pub hands: [HandSeen; 3],
    /// What was done to the pixels; `None` in still pictures.
    pub photo: Option<Photo>,
}

/// What a worker keeps of the last design: the still picture without what moves.
#[derive(Debug, Default)]
pub struct Kept(Option<KeptDesign>);

#[derive(Debug)]
struct KeptDesign {
    number: u64,
    design: Seed,
    watch: Watch,
    /// From where still pictures of it are seen.
    camera: Option<Camera>,
    still: Option<Still>,
}

/// A still picture of a design without what moves.
#[derive(Debug)]
struct Still {
    /// What lies under the hands.
    under: Pixmap,
    /// What lies over them.
    front: Scene,
}

impl Kept {
    /// The design of an order, from the last one if it is the same.
    fn of(&mut self, order: &Order<'_>) -> &mut KeptDesign {
        let same = |kept: &KeptDesign| kept.number == order.number && kept.design == order.design;
        if !self.0.as_ref().is_some_and(same) {
            let watch = clock(order.kinds, true, &order.design);
            let (number, design) = (order.number, order.design);
            self.0 = Some(KeptDesign { number, design, watch, camera: None, still: None });
        }
        self.0.as_mut().expect("it was just put there")
    }
}

impl Still {
    /// What is painted once for all pictures of a design: all but what moves.
    fn of(sitting: &Sitting) -> Still {
        let camera = sitting.camera;
        let mut scene = ground(&camera, false, &sitting.design);
        add(&mut scene, sitting.watch.still(), &camera);
        let front = sitting.watch.front().seen(&camera.view(), camera.width, camera.height);
        Still { under: raster::paint(&scene), front }
    }

    /// Paints what moves, and what lies over it, on a clock that was painted already.
    fn with(&self, moving: &Scene) -> Pixmap {
        let mut pixels = self.under.clone();
        raster::paint_over(&mut pixels, moving);
        raster::paint_over(&mut pixels, &self.front);
        pixels
    }
}

/// A clock of one of the kinds. Time cannot be read from some kinds whatever they show; they are chosen only where none is
/// to be read.
fn clock(kinds: &[Kind], with_time: bool, seed: &Seed) -> Watch {
    let mut rng = seed.rng("clock");
    for _ in 0..64 {
        let watch = Watch::drawn(*rng.pick(kinds), with_time, &mut rng);
        if watch.shows().time == with_time {
            return watch;
        }
    }
    Watch::drawn(*rng.pick(kinds), with_time, &mut rng)
}

/// A clock before a camera: all that is decided before anything is painted.
#[derive(Clone, Debug)]
pub struct Sitting {
    /// The clock.
    pub watch: Watch,
    /// What it is set to, and how that was chosen.
    pub choice: Choice,
    /// Whether it is to look like a photograph.
    pub wild: bool,
    /// From where it is seen.
    pub camera: Camera,
    /// Where the design begins: that of a clock without a time is its own, which no other picture has.
    design: Seed,
}

impl Sitting {
    /// What an order asks for.
    pub fn of(order: &Order<'_>, kept: &mut Kept) -> Sitting {
        let choice = Choice::of(&order.seed, order.not_shown_share);
        let wild = order.seed.rng("wild").chance(order.wild_share);
        // As a product is shown: straight, whole, on a quiet ground.
        let still = |watch: &Watch, design: &Seed| {
            Camera::still(&watch.extent(), order.sides, &mut design.rng("camera"))
        };
        let as_met = |watch: &Watch| {
            let by_hands = matches!(watch.dial, Dial::Hands(_));
            let mut rng = order.seed.rng("camera");
            Camera::wild(watch.shows().tells_top, by_hands, order.sides, &mut rng)
        };
        if choice.not_shown {
            let design = order.seed.child("design");
            let watch = clock(order.kinds, false, &design);
            let camera = if wild { as_met(&watch) } else { still(&watch, &design) };
            return Sitting { watch, choice, wild, camera, design };
        }
        let KeptDesign { watch, camera, design, .. } = kept.of(order);
        let camera = if wild { as_met(watch) } else { *camera.get_or_insert_with(|| still(watch, design)) };
        let (watch, design) = (watch.clone(), *design);
        Sitting { watch, choice, wild, camera, design }
    }

    /// What moves, as the camera sees it.
    pub fn moving(&self) -> Scene {
        let camera = &self.camera;
        self.watch.moving(&self.choice.moment).seen(&camera.view(), camera.width, camera.height)
    }

    /// All that is known about the picture, without the file.
    pub fn about(&self) -> Made {
        about(self.watch.clone(), self.choice, self.camera, &self.moving())
    }

    /// The pixels of still pictures that differ in the moment alone.
    pub fn stills(&self, moments: &[Moment]) -> Vec<Pixmap> {
        let still = Still::of(self);
        let view = self.camera.view();
        let moving = moments
            .iter()
            .map(|moment| self.watch.moving(moment).seen(&view, self.camera.width, self.camera.height));
        moving.map(|moving| still.with(&moving)).collect()
    }
}

/// Makes a picture.
pub fn make(order: &Order<'_>, kept: &mut Kept) -> Made {
    let sitting = Sitting::of(order, kept);
    if sitting.wild {
        as_met(order, sitting)
    } else if sitting.choice.not_shown {
        let still = Still::of(&sitting);
        finish_still(sitting, &still)
    } else {
        let still = kept.of(order).still.get_or_insert_with(|| Still::of(&sitting));
        finish_still(sitting, still)
    }
}

/// The ground of a picture, as a scene to draw a clock on.
fn ground(camera: &Camera, wild: bool, seed: &Seed) -> Scene {
    let mut rng = seed.rng("backdrop");
    let backdrop = Backdrop::drawn(wild, &mut rng);
    let mut scene = Scene::new(camera.width, camera.height, pixmo_render::Color::WHITE);
    backdrop.draw(&mut scene);
    scene
}

/// Adds what a camera sees of a scene.
fn add(scene: &mut Scene, part: Scene, camera: &Camera) {
    let seen = part.seen(&camera.view(), camera.width, camera.height);
    scene.absorb(seen, Point::default(), |datum| datum);
}

/// A still picture as a file.
fn finish_still(sitting: Sitting, still: &Still) -> Made {
    let moving = sitting.moving();
    let pixels = still.with(&moving);
    let file = Picture::encode(&pixels).png;
    raster::recycle(pixels);
    let mut made = about(sitting.watch, sitting.choice, sitting.camera, &moving);
    made.file = file;
    made
}

/// A picture as a clock is met.
fn as_met(order: &Order<'_>, sitting: Sitting) -> Made {
    let seed = order.seed;
    let moving = sitting.moving();
    let Sitting { watch, choice, camera, .. } = sitting;
    let by_hands = matches!(watch.dial, Dial::Hands(_));
    let mut scene = ground(&camera, true, &seed);
    add(&mut scene, watch.still(), &camera);
    let mut made = about(watch, choice, camera, &moving);
    scene.absorb(moving, Point::default(), |datum| datum);
    add(&mut scene, made.watch.front(), &camera);

    let outline = made.watch.body.frame().outline;
    let mut canvas = Canvas::new();
    Glass::drawn(&mut seed.rng("glass")).draw(&outline, &mut canvas);
    // Of a face without hands no part may be hidden.
    let mut chance = seed.rng("occluder");
    if by_hands
        && chance.chance(OCCLUDED_SHARE)
        && let Some(occluder) = Occluder::drawn(&outline, &made.hand_ends(), &mut chance)
    {
        occluder.draw(&mut canvas);
        made.occluded = (made.occluded + f64::from(occluder.covered(&outline))).min(1.0);
    }
    add(&mut scene, canvas.scene, &camera);

    let mut pixels = raster::paint(&scene);
    let photo = Photo::drawn(&mut seed.rng("photo")).within(camera.dial() as f32);
    photo.apply(&mut pixels, &mut seed.rng("noise"));
    let quality = seed.rng("quality").whole(QUALITY.0, QUALITY.1) as u8;
    made.file = photo::jpeg(&pixels, quality);
    raster::recycle(pixels);
    (made.format, made.wild, made.photo) = ("jpeg", true, Some(photo));
    made
}

impl Made {
    /// Tips of the hands in the space of the clock, and as far behind the middle, where tails are: nothing may cover them.
    fn hand_ends(&self) -> Vec<Point> {
        let Some(back) = self.camera.view().inverse() else { return Vec::new() };
        let tips = self.hands.iter().flatten().map(|(_, tip)| back.map(*tip));
        tips.flat_map(|tip| [tip, Point::new(-tip.x * 0.4, -tip.y * 0.4)]).collect()
    }
}

/// What is known about a clock that a camera sees, without the file.
fn about(watch: Watch, choice: Choice, camera: Camera, moving: &Scene) -> Made {
    let view = camera.view();
    let frame = watch.body.frame();
    let edge: Vec<Point> = (0..EDGE_PLACES)
        .map(|n| {
            let degrees = 360.0 * n as f64 / EDGE_PLACES as f64;
            view.map(polar(degrees, frame.outline.reach(degrees)))
        })
        .collect();
    let (seen, outside) = visible(&edge, camera.width, camera.height);
    let half =
        |from: usize, to: usize| libm::hypotf(edge[to].x - edge[from].x, edge[to].y - edge[from].y) / 2.0;
    let quarter = EDGE_PLACES / 4;
    let radii = (half(3 * quarter, quarter), half(0, 2 * quarter));
    let mut shows = watch.shows();
    let angles = choice.moment.angles(shows.movement);
    let tip = |label: &str| {
        moving.elements.iter().find(|e| e.role == Role::Hand && e.label == label).map(|e| e.anchor)
    };
    let hands = [("hour", angles.hour), ("minute", angles.minute), ("second", angles.second)]
        .map(|(label, angle)| tip(label).map(|tip| (angle, tip)));
    if matches!(watch.dial, Dial::Hands(_)) && shows.seconds {
        // How long the hand is in the picture decides whether its second can be read.
        let long = hands[2].map_or(0.0, |(_, tip)| {
            let root = second_root(&view, moving, tip);
            libm::hypotf(tip.x - root.x, tip.y - root.y)
        });
        shows.seconds = long >= SECOND_HAND_MIN;
    }
    Made {
        shows,
        centre: view.map(Point::default()),
        radii,
        visible: seen,
        occluded: outside,
        hands,
        watch,
        choice,
        camera,
        file: Vec::new(),
        format: "png",
        wild: false,
        photo: None,
    }
}

/// Where the second hand turns: in the middle of the dial, or of a small dial of its own.
fn second_root(view: &View, moving: &Scene, tip: Point) -> Point {
    let middle = view.map(Point::default());
    let hand = moving.elements.iter().find(|e| e.role == Role::Hand && e.label == "second");
    match hand {
        // A hand whose box does not reach the middle turns elsewhere; its box says about where.
        Some(hand) if !hand.bounds.grown(1.0).contains(middle) => {
            let b = hand.bounds;
            Point::new(b.left + b.right - tip.x, b.top + b.bottom - tip.y)
        }
        _ => middle,
    }
}
