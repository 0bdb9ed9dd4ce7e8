//! From a task to the picture of a clock, and all that is known about it.
//!
//! Still pictures of one design share the camera and the ground, so that everything that does not move is painted once
//! and kept by the worker. Wild ones are drawn anew: the outlines go through the camera, and only light, blur and noise
//! are laid over the pixels.

use pixmo_render::scene::Role;
use pixmo_render::{Color, Pixmap, Point, Rect, Scene, Seed, picture, raster};
use pixmo_render_clocks::backdrop::{Backdrop, Worn};
use pixmo_render_clocks::body::Kind;
use pixmo_render_clocks::glass::{Glass, Occluder};
use pixmo_render_clocks::photo::{self, Photo};
use pixmo_render_clocks::shadow::{self, Shadow};
use pixmo_render_clocks::space::REACH;
use pixmo_render_clocks::watch::{Dial, Watch};
use pixmo_render_clocks::{Canvas, Dated, Moment, Shows, polar};

use crate::camera::{Camera, Sides, visible};
use crate::legible::{self, Legible, Sight};
use crate::photograph::{Behind, Photograph};
use crate::picture_dial::{PictureDial, Print};
use crate::several::Gathering;
use crate::standing;
use crate::stratum::Choice;

/// Places on the edge of a dial by which its visible part is told.
const EDGE_PLACES: u32 = 72;
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
    fn of(sitting: &Sitting, note: Note<'_>) -> Still {
        let (watch, camera) = (&sitting.watch, sitting.camera);
        let mut scene = ground(&camera, &backdrop(watch, &camera, false, &sitting.design));
        add(&mut scene, watch.still(), &camera);
        let front = watch.front().seen(&camera.view(), camera.width, camera.height);
        note(Step::Scene);
        let under = raster::paint(&scene);
        note(Step::Raster);
        Still { under, front }
    }

    /// Paints what moves, and what lies over it, on a clock that was painted already.
    fn with(&self, moving: &Scene) -> Pixmap {
        let mut pixels = raster::copy(&self.under);
        raster::paint_over(&mut pixels, moving);
        raster::paint_over(&mut pixels, &self.front);
        pixels
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

/// A clock before a camera: all that is decided before anything is painted.
#[derive(Clone, Debug)]
pub struct Sitting {
    /// The clock.
    pub watch: Watch,
    /// What it is set to, and how that was chosen.
    pub choice: Choice,
    /// Whether it is to look like a photograph.
    pub wild: bool,
    /// From where it is seen, if it is seen alone.
    pub camera: Camera,
    /// Where the design begins: that of a clock without a time is its own, which no other picture has.
    design: Seed,
}

impl Sitting {
    /// What an order asks for.
    pub fn of(order: &Order<'_>, kept: &mut Kept) -> Sitting {
        let choice = Choice::of(&order.seed, order.not_shown_share);
        let wild = order.is_wild();
        // As a product is shown: straight, whole, on a quiet ground.
        let still = |watch: &Watch, design: &Seed| {
            Camera::still(&watch.extent(), order.sides, &mut design.rng("camera"))
        };
        let as_met = |watch: &Watch| {
            let dial_min = legible::dial_min(watch, &choice.moment);
            Camera::wild(watch.shows().tells_top, dial_min, order.sides, &mut order.seed.rng("camera"))
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

    /// All that is known about the picture of it alone, without the file.
    pub fn about(&self) -> Made {
        let moving = self.watch.moving(&self.choice.moment);
        about((self.watch.clone(), self.choice), self.camera, &moving, self.wild)
    }

    /// The pixels of still pictures that differ in the moment alone.
    pub fn stills(&self, moments: &[Moment]) -> Vec<Pixmap> {
        let still = Still::of(self, &mut |_| {});
        let view = self.camera.view();
        let moving = moments
            .iter()
            .map(|moment| self.watch.moving(moment).seen(&view, self.camera.width, self.camera.height));
        moving.map(|moving| still.with(&moving)).collect()
    }
}

/// A part of the work on a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Drawing lots: the clock, the moment, the camera.
    Design,
    /// Outlines and colours, as the camera sees them.
    Scene,
    /// Outlines to pixels.
    Raster,
    /// Blur, light and noise.
    Photo,
    /// Pixels to a file.
    Encode,
}

/// Called at the end of each step; some come more than once.
type Note<'a> = &'a mut dyn FnMut(Step);

/// Makes a picture.
pub fn make(order: &Order<'_>, kept: &mut Kept) -> Made {
    make_noting(order, kept, &mut |_| {})
}

/// Makes a picture, and calls `note` at the end of each step of it.
pub fn make_noting(order: &Order<'_>, kept: &mut Kept, note: Note<'_>) -> Made {
    let sitting = Sitting::of(order, kept);
    note(Step::Design);
    if sitting.wild {
        match Gathering::of(order, &sitting.choice, &sitting.watch) {
            Some(gathering) => together(order, gathering, note),
            None => alone(order, sitting, note),
        }
    } else if sitting.choice.not_shown {
        let still = Still::of(&sitting, note);
        finish_still(sitting, &still, note)
    } else {
        let still = kept.of(order).still.get_or_insert_with(|| Still::of(&sitting, note));
        finish_still(sitting, still, note)
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

/// A ground that becomes a clock.
fn backdrop(watch: &Watch, camera: &Camera, wild: bool, seed: &Seed) -> Backdrop {
    let mut rng = seed.rng("backdrop");
    if wild && watch.body.is_strapped() && rng.chance(WORN_SHARE) {
        Backdrop::worn(&worn(watch, camera), &mut rng)
    } else {
        let fitting = Backdrop::fitting(watch.body.kind().setting(), wild, &mut rng);
        standing::under(fitting, watch, camera)
    }
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

/// A still picture as a file.
fn finish_still(sitting: Sitting, still: &Still, note: Note<'_>) -> Made {
    let camera = sitting.camera;
    let moving = sitting.watch.moving(&sitting.choice.moment);
    let mut made = about((sitting.watch, sitting.choice), camera, &moving, false);
    let moving = moving.seen(&camera.view(), camera.width, camera.height);
    note(Step::Scene);
    let pixels = still.with(&moving);
    note(Step::Raster);
    made.file = picture::png(&pixels);
    raster::recycle(pixels);
    note(Step::Encode);
    made
}

/// A picture of one clock as it is met.
fn alone(order: &Order<'_>, sitting: Sitting, note: Note<'_>) -> Made {
    let seed = order.seed;
    let Sitting { watch, choice, camera, .. } = sitting;
    let by_hands = matches!(watch.dial, Dial::Hands(_));
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
    note(Step::Scene);

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
            raster::recycle(layer);
            pixels
        }
        None => {
            let mut all = ground(&camera, &backdrop(&made.watch, &camera, true, &seed));
            all.absorb(scene, Point::default(), |datum| datum);
            raster::paint(&all)
        }
    };
    taken(&seed, (pixels, &over), camera.dial(), &mut made, note);
    made
}

/// A picture of several clocks.
fn together(order: &Order<'_>, gathering: Gathering, note: Note<'_>) -> Made {
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
    note(Step::Scene);
    let smallest = all.iter().map(|made| made.camera.dial()).fold(f64::INFINITY, f64::min);
    let photographs = order.photographs.filter(|_| gathering.bears_photograph);
    let (mut pixels, behind) = match photographs {
        Some([photograph, _]) => {
            let (pixels, behind) = photograph.behind(gathering.size, &mut seed.rng("part"));
            (pixels, Some(behind))
        }
        None => (raster::paint(&ground(&first, &gathering.backdrop)), None),
    };
    let layer = layer(&scene);
    stand(&mut pixels, &layer, smallest, &seed);
    raster::recycle(layer);
    let mut made = all.remove(0);
    (made.others, made.behind) = (all, behind);
    taken(&seed, (pixels, &over), smallest, &mut made, note);
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
    let mut layer = raster::clear(scene.width, scene.height);
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

/// What a camera makes of the pixels and of what lies over them, and the file.
fn taken(seed: &Seed, (mut pixels, over): (Pixmap, &Scene), dial: f64, made: &mut Made, note: Note<'_>) {
    raster::paint_over(&mut pixels, over);
    note(Step::Raster);
    let photo = Photo::drawn(&mut seed.rng("photo")).within(dial as f32);
    photo.apply(&mut pixels, &mut seed.rng("noise"));
    note(Step::Photo);
    let quality = seed.rng("quality").whole(QUALITY.0, QUALITY.1) as u8;
    made.file = photo::jpeg(&pixels, quality);
    raster::recycle(pixels);
    note(Step::Encode);
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
    let edge: Vec<Point> =
        watch.body.frame().outline.edge(EDGE_PLACES).map(|place| view.map(place)).collect();
    let (seen, outside) = visible(&edge, camera.width, camera.height);
    let half =
        |from: usize, to: usize| libm::hypotf(edge[to].x - edge[from].x, edge[to].y - edge[from].y) / 2.0;
    let quarter = edge.len() / 4;
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
