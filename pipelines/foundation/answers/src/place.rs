//! All that people said about one label in one image.

use std::sync::Arc;

use pixmo_schemas::annotation_points::{AbsentSource, AbsentVerdict, MarkedPoint, Method, PointsVerdict};

use crate::given::Given;

/// All that people said about one label in one image.
#[derive(Clone, Debug)]
pub struct Place {
    /// The number of the image among those of the answers.
    pub(crate) image: u32,
    /// The label, as it was first written.
    pub label: Box<str>,
    /// Who pointed.
    pub pointed: Vec<Pointed>,
    /// Who was asked whether it is absent.
    pub absent: Vec<Absent>,
    /// Who was shown points of others.
    pub verified: Vec<Verified>,
    /// Who counted.
    pub counted: Vec<Counted>,
}

/// Somebody pointed.
#[derive(Clone, Debug)]
pub struct Pointed {
    /// Who and when; the same for all labels of an answer.
    pub given: Arc<Given>,
    /// How.
    pub method: Method,
    /// At what, in the order in which it was pointed at.
    pub points: Box<[MarkedPoint]>,
    /// The person said that nothing is missing.
    pub all_marked: bool,
    /// The person said that points that lie close to each other are two things.
    pub close_confirmed: bool,
}

/// Somebody was asked whether it is absent.
#[derive(Clone, Debug)]
pub struct Absent {
    /// Who and when.
    pub given: Given,
    /// Where the label came from.
    pub source: AbsentSource,
    /// What was found.
    pub verdict: AbsentVerdict,
    /// Where it is.
    pub points: Box<[MarkedPoint]>,
}

/// Somebody looked at points.
#[derive(Clone, Debug)]
pub struct Verified {
    /// Who and when.
    pub given: Given,
    /// The assignment whose points they are.
    pub of: Box<str>,
    /// What was found.
    pub verdict: PointsVerdict,
    /// The points after a fix.
    pub points: Option<Box<[MarkedPoint]>>,
}

/// Somebody counted.
#[derive(Clone, Debug)]
pub struct Counted {
    /// Who and when.
    pub given: Given,
    /// How many.
    pub count: u32,
}

impl Place {
    /// A label that nobody spoke of yet.
    pub(crate) fn new(image: u32, label: String) -> Place {
        let (pointed, absent) = (Vec::new(), Vec::new());
        Place { image, label: label.into(), pointed, absent, verified: Vec::new(), counted: Vec::new() }
    }

    /// All answers about it.
    pub fn given(&self) -> impl Iterator<Item = &Given> {
        let pointed = self.pointed.iter().map(|pointed| &*pointed.given);
        let absent = self.absent.iter().map(|absent| &absent.given);
        let verified = self.verified.iter().map(|verified| &verified.given);
        pointed.chain(absent).chain(verified).chain(self.counted.iter().map(|counted| &counted.given))
    }

    pub(crate) fn shrink(&mut self) {
        self.pointed.shrink_to_fit();
        self.absent.shrink_to_fit();
        self.verified.shrink_to_fit();
        self.counted.shrink_to_fit();
    }
}
