//! From a task to the picture of a clock, and all that is known about it.
//!
//! Still pictures of one design share the camera and the ground, so that everything that does not move is painted once
//! and kept by the worker. Wild ones are drawn anew: the outlines go through the camera, and only light, blur and noise
//! are laid over the pixels.

use pixmo_render::scene::Role;
use pixmo_render::{Color, Picture, Pixmap, Point, Rect, Scene, Seed, raster};
use pixmo_render_clocks::backdrop::Backdrop;
use pixmo_render_clocks::body::Kind;
use pixmo_render_clocks::glass::{Glass, Occluder};
use pixmo_render_clocks::photo::{self, Photo};
use pixmo_render_clocks::watch::{Dial, Watch};
use pixmo_render_clocks::{Canvas, Dated, Shows, polar};

use crate::camera::{Camera, Sides, visible};
use crate::legible::{self, Legible, Sight};
use crate::photograph::{Behind, Photograph};
use crate::picture_dial::{PictureDial, Print};
use crate::several::Gathering;
use crate::shadow::{self, Shadow};
use crate::stratum::Choice;

/// Places on the edge of a dial by which its visible part is told.
const EDGE_PLACES: usize = 72;
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
    /// A photograph to put behind the clock, if the picture is to look like one itself, and one that its dial may have.
    pub photographs: Option<[&'a Photograph; 2]>,
}

impl Order<'_> {
    /// Whether the picture looks like a photograph.
    pub fn is_wild(&self) -> bool {
        self.seed.rng("wild").chance(self.wild_share)
    }
}

/// A hand, if there is one: its angle on its dial in degrees, and where its tip lies in pixels.
pub type HandSeen = Option<(f64, Point)>;

/// A picture and what is known about it.
#[derive(Clone, Debug)]
pub struct Made {
    /// What questions call the clock: `the clock`, or where there are several a name of its own.
    pub called: String,
    /// The clock.
    pub watch: Watch,
    /// What it is set to, and how that was chosen.
    pub choice: Choice,
    /// What can be read at the size of the picture.
    pub shows: Shows,
    /// What can be read of the date.
    pub date: Dated,
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
    /// The photograph behind it.
    pub behind: Option<Behind>,
    /// The photograph on its dial.
    pub dial: Option<Print>,
    /// The other clocks of the picture, without what is known of the picture as a whole.
    pub others: Vec<Made>,
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
        let mut scene = ground(&camera, &Backdrop::drawn(false, &mut design.rng("backdrop")));
        add(&mut scene, watch.still(), &camera);
        let front = watch.front().seen(&camera.view(), camera.width, camera.height);
        Still { camera, under: raster::paint(&scene), front }
    }
}

/// A clock of one of the kinds. Time cannot be read from some kinds whatever they show; they are chosen only where none is
/// to be read.
pub(crate) fn clock(kinds: &[Kind], with_time: bool, seed: &Seed) -> Watch {
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
    match (choice.not_shown, order.is_wild()) {
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

/// The ground of a picture, as a scene to draw a clock on.
fn ground(camera: &Camera, backdrop: &Backdrop) -> Scene {
    let mut scene = empty(camera);
    backdrop.draw(&mut scene);
    scene
}

/// A scene of the size of a picture.
fn empty(camera: &Camera) -> Scene {
    Scene::new(camera.width, camera.height, Color::WHITE)
}

/// Adds what a camera sees of a scene.
fn add(scene: &mut Scene, part: Scene, camera: &Camera) {
    let seen = part.seen(&camera.view(), camera.width, camera.height);
    scene.absorb(seen, Point::default(), |datum| datum);
}

/// Paints what moves and what lies over it on a clock that was painted already.
fn finish_still(choice: Choice, watch: Watch, still: &Still) -> Made {
    let (camera, mut pixels) = (still.camera, still.under.clone());
    let moving = watch.moving(&choice.moment);
    let mut made = about((watch, choice), camera, &moving, false);
    raster::paint_over(&mut pixels, &moving.seen(&camera.view(), camera.width, camera.height));
    raster::paint_over(&mut pixels, &still.front);
    made.file = Picture::encode(&pixels).png;
    raster::recycle(pixels);
    made
}

/// A picture as a clock is met, alone or among others.
fn as_met(order: &Order<'_>, choice: Choice, watch: Watch) -> Made {
    match Gathering::of(order, &choice, &watch) {
        Some(gathering) => together(order, gathering),
        None => alone(order, choice, watch),
    }
}

/// A picture of one clock.
fn alone(order: &Order<'_>, choice: Choice, watch: Watch) -> Made {
    let seed = order.seed;
    let by_hands = matches!(watch.dial, Dial::Hands(_));
    let dial_min = legible::dial_min(&watch, &choice.moment);
    let camera = Camera::wild(watch.shows().tells_top, dial_min, order.sides, &mut seed.rng("camera"));
    let (mut scene, mut over) = (empty(&camera), empty(&camera));
    let mut made = met(&mut scene, (watch, choice), camera, |_| {});

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
    add(&mut over, canvas.scene, &camera);

    let pixels = match order.photographs {
        Some([photograph, of_dial]) => {
            let (mut pixels, behind) =
                photograph.behind((camera.width, camera.height), &mut seed.rng("part"));
            made.behind = Some(behind);
            let dial = PictureDial::drawn(of_dial, &made.watch, &mut seed.rng("picture dial"));
            let layer = match &dial {
                Some(dial) => printed(dial, &made),
                None => layer(&scene),
            };
            made.dial = dial.map(|dial| dial.print);
            stand(&mut pixels, &layer, camera.dial(), &seed);
            pixels
        }
        None => {
            let mut all = ground(&camera, &Backdrop::drawn(true, &mut seed.rng("backdrop")));
            all.absorb(scene, Point::default(), |datum| datum);
            raster::paint(&all)
        }
    };
    taken(&seed, pixels, &over, camera.dial(), &mut made);
    made
}

/// A picture of several clocks.
fn together(order: &Order<'_>, gathering: Gathering) -> Made {
    let seed = order.seed;
    let first = gathering.members[0].camera;
    let (mut scene, mut over) = (empty(&first), empty(&first));
    let mut all = Vec::with_capacity(gathering.members.len());
    for (number, member) in gathering.members.into_iter().enumerate() {
        let (watch, choice, camera) = (member.watch.clone(), member.choice, member.camera);
        let mut made = met(&mut scene, (watch, choice), camera, |canvas| member.sign(canvas));
        made.called = member.called;
        let mut glass = Glass::drawn(&mut seed.child("several").rng(&format!("glass {number}")));
        if number > 0 {
            // One shadow falls over all of them.
            glass.shade = None;
        }
        let mut canvas = Canvas::new();
        glass.draw(&made.watch.body.frame().outline, &mut canvas);
        add(&mut over, canvas.scene, &camera);
        all.push(made);
    }
    let smallest = all.iter().map(|made| made.camera.dial()).fold(f64::INFINITY, f64::min);
    let photographs = order.photographs.filter(|_| gathering.bears_photograph);
    let (mut pixels, behind) = match photographs {
        Some([photograph, _]) => {
            let (pixels, behind) = photograph.behind(gathering.size, &mut seed.rng("part"));
            (pixels, Some(behind))
        }
        None => (raster::paint(&ground(&first, &gathering.backdrop)), None),
    };
    stand(&mut pixels, &layer(&scene), smallest, &seed);
    let mut made = all.remove(0);
    (made.others, made.behind) = (all, behind);
    taken(&seed, pixels, &over, smallest, &mut made);
    made
}

/// Adds a clock to a scene as a camera sees it, with what stands beside it.
fn met(
    scene: &mut Scene,
    (watch, choice): (Watch, Choice),
    camera: Camera,
    beside: impl FnOnce(&mut Canvas),
) -> Made {
    let moving = watch.moving(&choice.moment);
    let made = about((watch, choice), camera, &moving, true);
    add(scene, made.watch.still(), &camera);
    add(scene, moving, &camera);
    add(scene, made.watch.front(), &camera);
    let mut canvas = Canvas::new();
    beside(&mut canvas);
    add(scene, canvas.scene, &camera);
    made
}

/// A scene without its ground.
fn layer(scene: &Scene) -> Pixmap {
    let mut layer = Pixmap::new(scene.width, scene.height).expect("a picture has an area");
    raster::paint_over(&mut layer, scene);
    layer
}

/// A clock without its ground, with a photograph on its dial.
fn printed(dial: &PictureDial, made: &Made) -> Pixmap {
    let (watch, camera) = (&made.watch, made.camera);
    let (bare, marks) = watch.still_parts();
    let (mut under, mut over) = (empty(&camera), empty(&camera));
    add(&mut under, bare, &camera);
    for part in [marks, watch.moving(&made.choice.moment), watch.front()] {
        add(&mut over, part, &camera);
    }
    let mut layer = layer(&under);
    dial.lay(&mut layer, watch, &camera);
    raster::paint_over(&mut layer, &over);
    layer
}

/// Lays clocks over what is behind them, with the shadows that they throw on it.
fn stand(pixels: &mut Pixmap, layer: &Pixmap, dial: f64, seed: &Seed) {
    let mut rng = seed.rng("shadow");
    let far = dial * rng.range(0.015, 0.06);
    let along = polar(rng.range(120.0, 240.0), far as f32);
    let (right, down) = (along.x.round() as i32, along.y.round() as i32);
    let soft = (far * rng.range(0.5, 1.0)).max(2.0) as usize;
    let near = Shadow { right: right / 3, down: down / 3, soft: (soft / 3).max(1), dark: 90 };
    shadow::lay(pixels, layer, &[Shadow { right, down, soft, dark: rng.whole(60, 130) as u8 }, near]);
}

/// What a camera makes of the pixels, and the file.
fn taken(seed: &Seed, mut pixels: Pixmap, over: &Scene, dial: f64, made: &mut Made) {
    raster::paint_over(&mut pixels, over);
    let photo = Photo::drawn(&mut seed.rng("photo")).within(dial as f32);
    photo.apply(&mut pixels, &mut seed.rng("noise"));
    let quality = seed.rng("quality").whole(QUALITY.0, QUALITY.1) as u8;
    made.file = photo::jpeg(&pixels, quality);
    raster::recycle(pixels);
    (made.format, made.photo) = ("jpeg", Some(photo));
}

impl Made {
    /// Tips of the hands in the space of the clock, and as far behind the middle, where tails are: nothing may cover them.
    fn hand_ends(&self) -> Vec<Point> {
        let Some(back) = self.camera.view().inverse() else { return Vec::new() };
        let tips = self.hands.iter().flatten().map(|(_, tip)| back.map(*tip));
        tips.flat_map(|tip| [tip, Point::new(-tip.x * 0.4, -tip.y * 0.4)]).collect()
    }
}

/// What is known about a clock that a camera sees, without the file. `moving` is what of it moves, in its own space.
fn about((watch, choice): (Watch, Choice), camera: Camera, moving: &Scene, wild: bool) -> Made {
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
    let angles = choice.moment.angles(watch.shows().movement);
    let tip = |label: &str| {
        let hand = moving.elements.iter().find(|e| e.role == Role::Hand && e.label == label);
        hand.map(|hand| view.map(hand.anchor))
    };
    let hands = [("hour", angles.hour), ("minute", angles.minute), ("second", angles.second)]
        .map(|(label, angle)| tip(label).map(|tip| (angle, tip)));
    let sight = Sight { watch: &watch, moment: &choice.moment, moving, view, wild };
    let Legible { shows, date } = sight.legible();
    Made {
        called: "the clock".to_owned(),
        shows,
        date,
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
        wild,
        photo: None,
        behind: None,
        dial: None,
        others: Vec::new(),
    }
}
