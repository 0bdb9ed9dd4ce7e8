//! From a task to the picture of a clock, and all that is known about it.
//!
//! Still pictures of one design share the camera and the ground, so that everything that does not move is painted once
//! and kept by the worker. Wild ones are drawn anew: the outlines go through the camera, and only light, blur and noise
//! are laid over the pixels.

use pixmo_render::scene::Role;
use pixmo_render::{Picture, Pixmap, Point, Rect, Scene, Seed, View, raster};
use pixmo_render_clocks::backdrop::{Backdrop, Worn};
use pixmo_render_clocks::body::Kind;
use pixmo_render_clocks::glass::{Glass, Occluder};
use pixmo_render_clocks::photo::{self, Photo};
use pixmo_render_clocks::space::REACH;
use pixmo_render_clocks::watch::{Dial, Watch};
use pixmo_render_clocks::{Canvas, Shows, polar};

use crate::camera::{Camera, Sides, visible};
use crate::stratum::Choice;

/// Places on the edge of a dial by which its visible part is told.
const EDGE_PLACES: usize = 72;
/// A second hand that is shorter in the picture cannot be read to the second, in pixels.
const SECOND_HAND_MIN: f32 = 24.0;
/// Share of wild pictures of clocks with hands in which something comes in over the rim.
const OCCLUDED_SHARE: f64 = 0.25;
/// Share of wild pictures of watches with a strap in which somebody wears it.
const WORN_SHARE: f64 = 0.3;
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
    still: Option<Still>,
}

/// A still picture of a design without what moves.
#[derive(Debug)]
struct Still {
    camera: Camera,
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
            self.0 = Some(KeptDesign { number: order.number, design: order.design, watch, still: None });
        }
        self.0.as_mut().expect("it was just put there")
    }
}

impl Still {
    /// As a product is shown: straight, whole, on a quiet ground.
    fn of(watch: &Watch, sides: Sides, design: &Seed) -> Still {
        let camera = Camera::still(&watch.extent(), sides, &mut design.rng("camera"));
        let mut scene = ground(watch, &camera, false, design);
        add(&mut scene, watch.still(), &camera);
        let front = watch.front().seen(&camera.view(), camera.width, camera.height);
        Still { camera, under: raster::paint(&scene), front }
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

/// Makes a picture.
pub fn make(order: &Order<'_>, kept: &mut Kept) -> Made {
    let choice = Choice::of(&order.seed, order.not_shown_share);
    let wild = order.seed.rng("wild").chance(order.wild_share);
    match (choice.not_shown, wild) {
        (false, false) => {
            let KeptDesign { watch, still, .. } = kept.of(order);
            let still = still.get_or_insert_with(|| Still::of(watch, order.sides, &order.design));
            finish_still(choice, watch.clone(), still)
        }
        (false, true) => {
            let watch = kept.of(order).watch.clone();
            as_met(order, choice, watch)
        }
        (true, false) => {
            // A design of its own, which no other picture has.
            let design = order.seed.child("design");
            let watch = clock(order.kinds, false, &design);
            let still = Still::of(&watch, order.sides, &design);
            finish_still(choice, watch, &still)
        }
        (true, true) => as_met(order, choice, clock(order.kinds, false, &order.seed.child("design"))),
    }
}

/// The ground of a picture that becomes a clock, as a scene to draw it on.
fn ground(watch: &Watch, camera: &Camera, wild: bool, seed: &Seed) -> Scene {
    let mut rng = seed.rng("backdrop");
    let backdrop = if wild && watch.body.is_strapped() && rng.chance(WORN_SHARE) {
        Backdrop::worn(&worn(watch, camera), &mut rng)
    } else {
        Backdrop::fitting(watch.body.kind().setting(), wild, &mut rng)
    };
    let mut scene = Scene::new(camera.width, camera.height, pixmo_render::Color::WHITE);
    backdrop.draw(&mut scene);
    scene
}

/// Where the strap of a watch lies in a picture.
fn worn(watch: &Watch, camera: &Camera) -> Worn {
    let (view, extent) = (camera.view(), watch.extent());
    let (top, bottom) = (view.map(Point::new(0.0, extent.top)), view.map(Point::new(0.0, extent.bottom)));
    let right = view.map(Point::new(REACH, 0.0));
    let unit = camera.width.min(camera.height) as f32 / 100.0;
    let (x, y) = (bottom.x - top.x, bottom.y - top.y);
    let middle = Point::new((top.x + bottom.x) / 2.0, (top.y + bottom.y) / 2.0);
    Worn {
        at: Point::new(
            (middle.x - camera.width as f32 / 2.0) / unit,
            (middle.y - camera.height as f32 / 2.0) / unit,
        ),
        // A strap bends away behind the wrist, and has a shadow below.
        half: libm::hypotf(x, y) / 2.0 / unit * 0.96,
        case: libm::hypotf(right.x - middle.x, right.y - middle.y) * 1.3 / unit,
        degrees: libm::atan2f(-x, y).to_degrees(),
    }
}

/// Adds what a camera sees of a scene.
fn add(scene: &mut Scene, part: Scene, camera: &Camera) {
    let seen = part.seen(&camera.view(), camera.width, camera.height);
    scene.absorb(seen, Point::default(), |datum| datum);
}

/// Paints what moves and what lies over it on a clock that was painted already.
fn finish_still(choice: Choice, watch: Watch, still: &Still) -> Made {
    let (camera, mut pixels) = (still.camera, still.under.clone());
    let moving = watch.moving(&choice.moment).seen(&camera.view(), camera.width, camera.height);
    raster::paint_over(&mut pixels, &moving);
    raster::paint_over(&mut pixels, &still.front);
    let file = Picture::encode(&pixels).png;
    raster::recycle(pixels);
    let mut made = about(watch, choice, camera, &moving);
    made.file = file;
    made
}

/// A picture as a clock is met.
fn as_met(order: &Order<'_>, choice: Choice, watch: Watch) -> Made {
    let seed = order.seed;
    let shows = watch.shows();
    let by_hands = matches!(watch.dial, Dial::Hands(_));
    let camera = Camera::wild(shows.tells_top, by_hands, order.sides, &mut seed.rng("camera"));
    let mut scene = ground(&watch, &camera, true, &seed);
    add(&mut scene, watch.still(), &camera);
    let moving = watch.moving(&choice.moment).seen(&camera.view(), camera.width, camera.height);
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
