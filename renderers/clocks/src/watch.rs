//! A whole clock: a body with the face that was made for it.

use pixmo_render::{Rect, Rng, Scene};

use crate::body::{Body, Kind};
use crate::digital::Digital;
use crate::face::Face;
use crate::frame::{Dated, Display, Shows};
use crate::moment::Moment;
use crate::space::Canvas;

/// Characters of the name of a design. Letters that are taken for digits are left out (Crockford's base 32).
const ID_LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Length of the name of a design: ten characters of five bits.
const ID_LENGTH: usize = 10;

/// What shows the time in a body.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dial {
    /// Hands over a dial.
    Hands(Box<Face>),
    /// Digits.
    Digits(Box<Digital>),
    /// Nothing: the body is no clock.
    Nothing,
}

/// A clock by its parameters: what it looks like, but not what time it is.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Watch {
    /// The body.
    pub body: Body,
    /// The face in it.
    pub dial: Dial,
}

impl Watch {
    /// A clock of a kind. Without time it is one whose time cannot be read: hands taken off, a screen that is off or
    /// shows something else.
    pub fn drawn(kind: Kind, with_time: bool, rng: &mut Rng) -> Watch {
        let body = Body::drawn(kind, rng);
        let frame = body.frame();
        let dial = match frame.display {
            Display::Hands if with_time => Dial::Hands(Box::new(Face::drawn(&frame, rng))),
            Display::Hands => Dial::Hands(Box::new(Face::without_time(&frame, rng))),
            Display::Screen { .. } | Display::Segments { .. } | Display::Flip { .. } if with_time => {
                Dial::Digits(Box::new(Digital::drawn(&frame, rng)))
            }
            Display::Screen { .. } | Display::Segments { .. } | Display::Flip { .. } => {
                Dial::Digits(Box::new(Digital::without_time(&frame, rng)))
            }
            Display::Nothing => Dial::Nothing,
        };
        Watch { body, dial }
    }

    /// The name of the design: ten characters from the hash of all parameters.
    pub fn id(&self) -> String {
        let hash = blake3::hash(self.parameters().as_bytes());
        let bits = u64::from_le_bytes(hash.as_bytes()[..8].try_into().expect("a hash has 32 bytes"));
        (0..ID_LENGTH).map(|at| char::from(ID_LETTERS[(bits >> (5 * at) & 31) as usize])).collect()
    }

    /// All parameters as JSON, always in the same order.
    pub fn parameters(&self) -> String {
        serde_json::to_string(self).expect("parameters have a JSON form")
    }

    /// What can be read from it.
    pub fn shows(&self) -> Shows {
        let mut shows = match &self.dial {
            Dial::Hands(face) => face.shows(),
            Dial::Digits(face) => face.shows(),
            Dial::Nothing => Shows::default(),
        };
        shows.tells_top |= self.body.frame().tells_top;
        shows
    }

    /// What it prints of the date at a moment.
    pub fn date(&self, moment: &Moment) -> Dated {
        match &self.dial {
            Dial::Hands(face) => face.date(),
            Dial::Digits(face) => face.date(&self.body.frame(), moment),
            Dial::Nothing => Dated::default(),
        }
    }

    /// Around everything that is drawn, in units of the space.
    pub fn extent(&self) -> Rect {
        self.body.extent()
    }

    /// How far down it reaches, in units of the space: what it stands on begins there.
    pub fn foot(&self) -> f32 {
        self.body.foot()
    }

    /// All that does not move and lies under what does: the body, and the dial.
    pub fn still(&self) -> Scene {
        let mut canvas = Canvas::new();
        let frame = self.body.frame();
        self.body.back(&mut canvas);
        match &self.dial {
            Dial::Hands(face) => face.dial(&frame, &mut canvas),
            Dial::Digits(face) => face.dial(&frame, &mut canvas),
            Dial::Nothing => {}
        }
        canvas.scene
    }

    /// The same in two parts: the body with the bare ground of the dial, and what lies on that ground. A picture may be laid
    /// between them.
    pub fn still_parts(&self) -> (Scene, Scene) {
        let Dial::Hands(face) = &self.dial else { return (self.still(), Canvas::new().scene) };
        let frame = self.body.frame();
        let (mut under, mut over) = (Canvas::new(), Canvas::new());
        self.body.back(&mut under);
        face.bare(&frame, &mut under);
        face.marked(&frame, &mut over);
        (under.scene, over.scene)
    }

    /// What moves: hands, digits, windows.
    pub fn moving(&self, moment: &Moment) -> Scene {
        let mut canvas = Canvas::new();
        let frame = self.body.frame();
        match &self.dial {
            Dial::Hands(face) => face.moving(&frame, moment, &mut canvas),
            Dial::Digits(face) => face.moving(&frame, moment, &mut canvas),
            Dial::Nothing => {}
        }
        canvas.scene
    }

    /// What lies over all: the shadow of the rim, the shine of a glass.
    pub fn front(&self) -> Scene {
        let mut canvas = Canvas::new();
        self.body.front(&mut canvas);
        canvas.scene
    }
}
