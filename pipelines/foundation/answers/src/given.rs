//! Who gave an answer, when, and whether it counts: what is kept of it in memory.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use pixmo_schemas::annotation::Status;
use pixmo_schemas::annotation_points::Work;

use crate::reason::Reason;

/// Who gave an answer.
#[derive(Clone, Debug)]
pub struct Given {
    /// Names the answer, once in a campaign.
    pub assignment: Box<str>,
    /// Pseudonym of the person.
    pub person: Arc<str>,
    /// When it was handed in, UTC.
    pub submitted_at: Box<str>,
    /// Why it does not count, if it does not.
    pub why_not: Option<Reason>,
}

impl Given {
    /// Whether it counts: accepted, no gold, not taken back, with the consent that publication needs.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.why_not.is_none()
    }
}

/// Makes what is kept of answers; names of people are kept once.
pub(crate) struct Giver<'a> {
    /// Scopes without which an answer is not published.
    pub(crate) consent: &'a [String],
    /// Assignments that were taken back or erased.
    pub(crate) erased: &'a BTreeSet<String>,
    pub(crate) people: HashSet<Arc<str>>,
}

impl Giver<'_> {
    pub(crate) fn of(&mut self, work: &Work) -> Given {
        let person = match self.people.get(work.person.as_str()) {
            Some(person) => person.clone(),
            None => {
                let person: Arc<str> = work.person.as_str().into();
                self.people.insert(person.clone());
                person
            }
        };
        Given {
            assignment: work.assignment.as_str().into(),
            person,
            submitted_at: work.submitted_at.as_str().into(),
            why_not: self.why_not(work),
        }
    }

    fn why_not(&self, work: &Work) -> Option<Reason> {
        let lacks = |scope: &String| !work.consent.scopes.contains(scope);
        if work.gold {
            Some(Reason::Gold)
        } else if work.status != Status::Accepted || self.erased.contains(&work.assignment) {
            Some(Reason::NothingAccepted)
        } else {
            self.consent.iter().any(lacks).then_some(Reason::ConsentMissing)
        }
    }
}
