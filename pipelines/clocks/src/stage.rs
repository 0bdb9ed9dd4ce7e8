//! The clocks as a stage: groups, tasks, rows.

use pixmo_console::Failure;
use pixmo_render::Seed;
use pixmo_render_clocks::body::Kind;
use pixmo_render_clocks::watch::Dial;
use pixmo_schemas::records::clocks::NOT_SHOWN_TEXT;
use pixmo_schemas::records::{ClockQuestion, ClocksImagesRecord, ClocksRecord, HandPlace, Image, OtherClock};
use pixmo_schemas::{Dataset, row_id};
use pixmo_stage::{ConfigSpec, Context, Emit, Group, Outcome, Part, Reason, Split, Stage, Task, Worker};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::backgrounds::{Album, Backgrounds};
use crate::camera::Sides;
use crate::label::{Visible, label};
use crate::picture::{self, HandSeen, Kept, Made, Order};
use crate::question::{self, Printed, Question, Seen, Sight};
use crate::settings::Settings;

/// A design is shown at 160 of 826 moments in the mean, so that a build of the published size has over 160,000 designs.
const DESIGNS: (u64, u64) = (31, 160);

/// Share of wild pictures with a photograph behind the clock, where the settings name a folder of them. The others keep the
/// drawn grounds, which are more various than most folders.
const PHOTOGRAPH_SHARE: f64 = 0.5;

/// The stage `clocks`.
pub struct Clocks {
    settings: Settings,
    kinds: Vec<Kind>,
    backgrounds: Option<Backgrounds>,
    campaign_seed: u64,
}

/// Why a task gives no picture. None does so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejected {}

impl Reason for Rejected {
    fn name(self) -> &'static str {
        match self {}
    }
}

/// What is kept of one task.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Row {
    label: ClocksRecord,
    file: ByteBuf,
    format: String,
    wild: bool,
    stratum: String,
    width: u32,
    height: u32,
    time: String,
    shows: [bool; 3],
    movement: String,
    called: String,
    questions: Vec<Question>,
    /// Angle and tip of hour, minute and second hand.
    hands: [Option<(f64, f32, f32)>; 3],
    centre: (f32, f32),
    radii: (f32, f32),
    visible: [f32; 4],
    occluded: f32,
    homography: Vec<f64>,
    face: String,
    body: String,
    camera: String,
    photo: String,
    others: String,
    seed: String,
}

impl Clocks {
    /// The picture of a task, and all that is known about it.
    ///
    /// # Errors
    /// A photograph that was changed or taken away since the build began.
    pub fn picture(&self, task: &Task, worker: &mut Worker) -> Result<Made, Failure> {
        let mut order = self.order(task);
        let mut chance = order.seed.rng("photograph");
        let photograph = match &self.backgrounds {
            Some(backgrounds) if order.is_wild() && chance.chance(PHOTOGRAPH_SHARE) => {
                Some(worker.keep(Album::default).photograph(backgrounds, task.index, &mut chance)?)
            }
            _ => None,
        };
        order.photograph = photograph.as_deref();
        Ok(picture::make(&order, worker.keep(Kept::default)))
    }

    /// What a task asks for, without a photograph behind the clock.
    pub fn order(&self, task: &Task) -> Order<'_> {
        let number = task.index * DESIGNS.0 / DESIGNS.1;
        // Designs have seeds of their own, apart for each split, so that no design of one stands in the other.
        let designs = Group { config: "designs", split: task.split, tasks: u64::MAX };
        let design = Task::new(self.campaign_seed, Dataset::Clocks, &designs, number);
        Order {
            kinds: &self.kinds,
            design: Seed::from_bytes(design.seed),
            number,
            seed: Seed::from_bytes(task.seed),
            wild_share: self.settings.wild_share,
            not_shown_share: self.settings.not_shown_share,
            sides: Sides { min: self.settings.side_min, max: self.settings.side_max },
            photograph: None,
        }
    }
}

impl Stage for Clocks {
    const DATASET: Dataset = Dataset::Clocks;
    const PROGRAM: &'static str = "pixmo-clocks";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const CARD: &'static str = include_str!("../CARD.md");

    type Settings = Settings;
    type Row = Row;
    type Reason = Rejected;
    type Review = ();

    fn pin(settings: &mut Settings) -> Result<(), Failure> {
        settings.pin()
    }

    fn open(settings: Settings, cx: &Context) -> Result<Self, Failure> {
        settings.check()?;
        let slugs: Vec<&'static str> = Kind::ALL.iter().map(|kind| kind.slug()).collect();
        let chosen = settings.bodies_of(&slugs)?;
        let kinds = Kind::ALL.iter().copied().filter(|kind| chosen.contains(&kind.slug())).collect();
        let backgrounds = settings.listed()?;
        if let Some(backgrounds) = &backgrounds {
            backgrounds.check(cx.jobs())?;
        }
        Ok(Clocks { settings, kinds, backgrounds, campaign_seed: cx.seed() })
    }

    fn groups(&self, limit: Option<u64>) -> Vec<Group> {
        let (train, validation) = (self.settings.train, self.settings.validation);
        let all = train + validation;
        let wanted = limit.unwrap_or(all).min(all);
        // Validation gets its share, rounded down; the product may not fit in 64 bits.
        let validation = (u128::from(validation) * u128::from(wanted) / u128::from(all.max(1))) as u64;
        [(Split::Train, wanted - validation), (Split::Validation, validation)]
            .into_iter()
            .filter(|(_, tasks)| *tasks > 0)
            .map(|(split, tasks)| Group { config: "default", split, tasks })
            .collect()
    }

    fn configs(&self) -> Vec<ConfigSpec> {
        let config =
            |name: &str| Dataset::Clocks.config(name).expect("the configs of clocks are listed in schemas");
        vec![ConfigSpec::main(config("default")), ConfigSpec::side(config("images"), "default")]
    }

    fn make(&self, task: &Task, worker: &mut Worker) -> Result<Outcome<Row, Rejected>, Failure> {
        row(task, self.picture(task, worker)?).map(Outcome::Keep)
    }

    fn emit(&self, part: &Part, row: Row, out: &mut Emit) -> Result<(), Failure> {
        out.count("questions", row.questions.len() as u64);
        out.count("wild", u64::from(row.wild));
        out.count("not_shown", u64::from(!row.shows[0]));
        out.count("several", u64::from(row.others != NO_OTHERS));
        let row_id = row_id(&row.label).map_err(|e| Failure::bug("a row has no id").cause(&e))?;
        let hand = |at: usize| row.hands[at].unwrap_or((-1.0, -1.0, -1.0));
        let [left, top, width, height] = row.visible;
        let images = ClocksImagesRecord {
            example_id: row.label.example_id.clone(),
            image: Image { bytes: row.file.into_vec(), path: None },
            watchface_id: row.label.watchface_id.clone(),
            body: row.label.watchface_name.clone(),
            stratum: row.stratum,
            wild: row.wild,
            width: row.width as i32,
            height: row.height as i32,
            format: row.format,
            time: row.time,
            shows_time: row.shows[0],
            shows_seconds: row.shows[1],
            shows_am_pm: row.shows[2],
            movement: row.movement,
            text: row.label.text.clone(),
            called: row.called,
            questions: row.questions.into_iter().map(ClockQuestion::from).collect(),
            hour_angle: hand(0).0,
            minute_angle: hand(1).0,
            second_angle: hand(2).0,
            centre_x: row.centre.0,
            centre_y: row.centre.1,
            dial_radius_x: row.radii.0,
            dial_radius_y: row.radii.1,
            hour_x: hand(0).1,
            hour_y: hand(0).2,
            minute_x: hand(1).1,
            minute_y: hand(1).2,
            second_x: hand(2).1,
            second_y: hand(2).2,
            homography: row.homography,
            visible_left: left,
            visible_top: top,
            visible_width: width,
            visible_height: height,
            occluded_share: row.occluded,
            face: row.face,
            body_parameters: row.body,
            camera: row.camera,
            photo: row.photo,
            others: row.others,
            seed: row.seed,
            row_id,
            code_version: Self::VERSION.to_owned(),
        };
        out.push(part.config, row.label)?;
        out.push("images", images)
    }
}

fn row(task: &Task, made: Made) -> Result<Row, Failure> {
    let seed = Seed::from_bytes(task.seed);
    let (moment, shows) = (made.choice.moment, made.shows);
    let slug = made.watch.body.kind().slug();
    let label = label(&made.watch.id(), slug, &moment, shows, &mut seed.rng("label"))
        .map_err(|e| Failure::bug("a row has no label").cause(&e))?;
    let questions = questions(&made, &seed);
    let others = others(&made.others)?;
    let mut photo = value(&made.photo)?;
    if let Some(behind) = &made.behind {
        photo["behind"] = value(behind)?;
    }
    if let Some(dial) = &made.dial {
        photo["dial"] = value(dial)?;
    }
    let place = |hand: HandSeen| hand.map(|(angle, tip)| (angle, tip.x, tip.y));
    let part = made.visible;
    Ok(Row {
        label,
        file: ByteBuf::from(made.file),
        format: made.format.to_owned(),
        wild: made.wild,
        stratum: made.choice.stratum.name().to_owned(),
        width: made.camera.width,
        height: made.camera.height,
        time: moment.iso(),
        shows: [shows.time, shows.seconds, shows.am_pm],
        movement: shows.movement.name().to_owned(),
        called: made.called,
        questions,
        hands: made.hands.map(place),
        centre: (made.centre.x, made.centre.y),
        radii: made.radii,
        visible: [part.left, part.top, part.width(), part.height()],
        occluded: made.occluded as f32,
        homography: made.camera.view().rows().to_vec(),
        face: json(&made.watch.dial)?,
        body: json(&made.watch.body)?,
        camera: json(&made.camera)?,
        photo: photo.to_string(),
        others,
        seed: hex::encode(task.seed),
    })
}

/// What is asked about the clock of the row, which the questions name, and about all clocks of the picture together.
fn questions(made: &Made, seed: &Seed) -> Vec<Question> {
    let first = seen(made);
    let mut questions = question::ask(&first, &mut seed.rng("questions"));
    let all: Vec<Seen<'_>> = [first].into_iter().chain(made.others.iter().map(seen)).collect();
    for asked in question::several(&all, &mut seed.rng("questions about several")) {
        // Both may have asked for the time of the first clock in the same words.
        if questions.iter().all(|other| other.question != asked.question) {
            questions.push(asked);
        }
    }
    questions
}

/// A clock as its reader sees it.
fn seen(made: &Made) -> Seen<'_> {
    let sight = match &made.watch.dial {
        Dial::Hands(_) => Sight::Hands { second: made.hands[2].is_some() },
        Dial::Digits(face) if face.has_hands() => Sight::Hands { second: false },
        Dial::Digits(face) => Sight::Digits { by_24_hours: face.by_24_hours() },
        Dial::Nothing => Sight::Hands { second: false },
    };
    let date = made.date;
    Seen {
        moment: made.choice.moment,
        shows: made.shows,
        stratum: made.choice.stratum,
        sight,
        printed: Printed { weekday: date.weekday, day: date.day, month: date.month },
        called: &made.called,
    }
}

/// The column `others` of a picture without other clocks.
const NO_OTHERS: &str = "[]";

/// The column `others`.
fn others(others: &[Made]) -> Result<String, Failure> {
    if others.is_empty() {
        return Ok(NO_OTHERS.to_owned());
    }
    json(&others.iter().map(other).collect::<Result<Vec<OtherClock>, Failure>>()?)
}

fn other(made: &Made) -> Result<OtherClock, Failure> {
    let (moment, shows) = (made.choice.moment, made.shows);
    let visible = Visible::of(&moment, shows);
    let [hour, minute, second] =
        made.hands.map(|hand| hand.map(|(angle, tip)| HandPlace { angle, x: tip.x, y: tip.y }));
    let part = made.visible;
    Ok(OtherClock {
        called: made.called.clone(),
        watchface_id: made.watch.id(),
        body: made.watch.body.kind().slug().to_owned(),
        time: moment.iso(),
        text: visible.map_or_else(|| NOT_SHOWN_TEXT.to_owned(), |visible| visible.text()),
        shows_time: shows.time,
        shows_seconds: shows.seconds,
        shows_am_pm: shows.am_pm,
        movement: shows.movement.name().to_owned(),
        hour,
        minute,
        second,
        centre: [made.centre.x, made.centre.y],
        dial_radii: [made.radii.0, made.radii.1],
        homography: made.camera.view().rows().to_vec(),
        visible: [part.left, part.top, part.width(), part.height()],
        occluded_share: made.occluded as f32,
        face: value(&made.watch.dial)?,
        body_parameters: value(&made.watch.body)?,
        camera: value(&made.camera)?,
    })
}

fn json(parameters: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(parameters).map_err(|e| Failure::bug("parameters have no JSON form").cause(&e))
}

fn value(parameters: &impl Serialize) -> Result<serde_json::Value, Failure> {
    serde_json::to_value(parameters).map_err(|e| Failure::bug("parameters have no JSON form").cause(&e))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clocks() -> Clocks {
        Clocks::open(Settings::default(), &Context::new(Dataset::Clocks, 7, "data"))
            .expect("the defaults open")
    }

    #[test]
    fn the_default_size_is_the_published_one() {
        let groups = clocks().groups(None);
        let tasks: Vec<(Split, u64)> = groups.iter().map(|group| (group.split, group.tasks)).collect();
        assert_eq!(tasks, [(Split::Train, 800_269), (Split::Validation, 25_600)]);
        for limit in [1, 7, 33, 1_000, 20_000] {
            assert_eq!(clocks().groups(Some(limit)).iter().map(|group| group.tasks).sum::<u64>(), limit);
        }
    }

    #[test]
    fn there_are_more_than_160_000_designs_and_none_in_both_splits() {
        let designs = |tasks: u64| (tasks - 1) * DESIGNS.0 / DESIGNS.1 + 1;
        assert!(designs(800_269) + designs(25_600) >= 160_000);
        let clocks = clocks();
        let of = |split| {
            let group = Group { config: "default", split, tasks: 10 };
            clocks.order(&Task::new(7, Dataset::Clocks, &group, 0)).design
        };
        assert_ne!(of(Split::Train), of(Split::Validation));
    }
}
