//! The rules by which what people said about a label in an image stands, or waits for a person.
//!
//! 1. Answers count that were accepted, are no gold, were not taken back, and whose person agreed to publication.
//! 2. Points that somebody was shown and found right stand; a fix takes their place; what was found wrong is left out.
//! 3. If several people pointed, all of them must have found as many and the same, or nobody is believed.
//! 4. Whoever counted without seeing points must have found as many.
//! 5. An absence stands if everybody who was asked says so and nobody pointed at anything.
//! 6. If people only counted, all must have found as many.

use std::collections::BTreeSet;

use pixmo_schemas::annotation_points::{
    AbsentSource, AbsentVerdict, MarkedPoint, Method, PointsVerdict, WorkImage,
};

use crate::agreement::{f1, has_close};
use crate::answers::Answers;
use crate::given::Given;
use crate::label;
use crate::place::{Absent, Counted, Place, Verified};
use crate::reason::{Doubt, Reason, doubt};

/// The numbers of the rules.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// Least F1 between what two people pointed at, 0 to 1.
    pub agreement_f1_min: f64,
    /// Points of one label that lie closer than this part of the diagonal in per cent are one thing, unless the person
    /// said otherwise.
    pub close_percent: f64,
}

/// The strongest that somebody else said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verification {
    /// Nobody else looked.
    No,
    /// Shown to somebody who found it right.
    Accepted,
    /// Shown to somebody who corrected it.
    Fixed,
    /// Counted by somebody who saw no points.
    Counted,
    /// Given by several people independently.
    Agreed,
}

impl Verification {
    /// The word in a row of lineage.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Verification::No => "no",
            Verification::Accepted => "accepted",
            Verification::Fixed => "fixed",
            Verification::Counted => "counted",
            Verification::Agreed => "agreed",
        }
    }
}

/// What stands of the answers about a label in an image.
#[derive(Clone, Debug)]
pub struct Standing<'a> {
    /// The image.
    pub image: &'a WorkImage,
    /// The label.
    pub label: &'a str,
    /// Every instance, none where it is absent; nothing where people only counted.
    pub points: Option<&'a [MarkedPoint]>,
    /// How many there are.
    pub count: u32,
    /// How the first pointed.
    pub method: Method,
    /// Where the label came from, if it was expected to be absent.
    pub source: Option<AbsentSource>,
    /// Who pointed or found it absent, or who counted where nobody pointed; the first gave the points.
    pub gave: Vec<&'a Given>,
    /// Who was shown the points, or counted beside them.
    pub looked: Vec<&'a Given>,
    /// The strongest that somebody else said.
    pub verification: Verification,
    /// Least F1 between the points and those of others.
    pub agreement_f1: Option<f64>,
    /// The person said that points that lie close to each other are two things.
    pub close_confirmed: bool,
    /// Who gave points that somebody corrected since, and does not stand for what is there now.
    corrected: Vec<&'a Given>,
}

impl Standing<'_> {
    /// How many different people stand for it: who gave what is there now, who found it right, who counted as many.
    #[must_use]
    pub fn people(&self) -> usize {
        let is_corrected =
            |given: &&&Given| self.corrected.iter().any(|corrected| corrected.assignment == given.assignment);
        let gave = self.gave.iter().filter(|given| !is_corrected(given));
        gave.chain(&self.looked).map(|given| &given.person).collect::<BTreeSet<_>>().len()
    }
}

/// What somebody pointed at, after others looked at it.
struct Candidate<'a> {
    given: &'a Given,
    points: &'a [MarkedPoint],
    close_confirmed: bool,
    method: Method,
    /// Where the label came from, if it was expected to be absent.
    source: Option<AbsentSource>,
    /// Who found the points right, or corrected them.
    verdicts: Vec<&'a Verified>,
    is_fixed: bool,
}

/// Weighs what people said about one label of one image.
///
/// # Errors
/// A doubt: why it does not stand, with what was found.
pub fn weigh<'a>(place: &'a Place, answers: &'a Answers, rules: &Rules) -> Result<Standing<'a>, Doubt> {
    let (image, label) = (answers.image(place), &*place.label);
    if !label::is_fit(label) {
        return doubt(Reason::LabelUnfit, format!("`{label}`"));
    }
    let candidates = candidates(place)?;
    let counted: Vec<&Counted> = place.counted.iter().filter(|counted| counted.given.counts()).collect();
    let absent = absences(place, &candidates)?;
    if candidates.is_empty() && absent.is_empty() {
        return match counted.is_empty() {
            true => doubt(why_nothing(place), "no answer counts"),
            false => only_counted(image, label, &counted),
        };
    }
    let agreement_f1 = agree(image, &candidates, rules)?;
    let first = candidates.first();
    let points = first.map_or(&[][..], |first| first.points);
    if let Some(other) = counted.iter().find(|counted| counted.count as usize != points.len()) {
        let found = format!("{} points, and {} counted {}", points.len(), other.given.person, other.count);
        return doubt(Reason::CountsDiffer, found);
    }
    let close_confirmed = candidates.iter().any(|candidate| candidate.close_confirmed);
    if !close_confirmed && has_close(points, image, rules.close_percent) {
        return doubt(Reason::PointsClose, format!("two of {} points are nearly one", points.len()));
    }
    // Those who found it absent agree with each other, and with whoever marked nothing.
    let gave = candidates.iter().map(|candidate| candidate.given);
    let gave: Vec<&Given> = gave.chain(absent.iter().map(|absent| &absent.given)).collect();
    let verdicts = candidates.iter().flat_map(|candidate| &candidate.verdicts);
    let looked: Vec<&Given> = verdicts.map(|verdict| &verdict.given).collect();
    let verification = if gave.len() > 1 {
        Verification::Agreed
    } else if !counted.is_empty() {
        Verification::Counted
    } else if first.is_some_and(|first| first.is_fixed) {
        Verification::Fixed
    } else if looked.is_empty() {
        Verification::No
    } else {
        Verification::Accepted
    };
    let corrected = candidates.iter().filter(|candidate| candidate.is_fixed);
    Ok(Standing {
        image,
        label,
        points: Some(points),
        count: points.len() as u32,
        method: first.map_or(Method::Pointing, |first| first.method),
        source: match first {
            Some(first) => first.source,
            None => absent.first().map(|absent| absent.source),
        },
        looked: looked.into_iter().chain(counted.iter().map(|counted| &counted.given)).collect(),
        corrected: corrected.map(|candidate| candidate.given).collect(),
        gave,
        verification,
        agreement_f1,
        close_confirmed,
    })
}

/// Nobody pointed, and nobody was asked whether it is absent.
fn only_counted<'a>(
    image: &'a WorkImage,
    label: &'a str,
    counted: &[&'a Counted],
) -> Result<Standing<'a>, Doubt> {
    let count = counted.first().map_or(0, |first| first.count);
    if let Some(other) = counted.iter().find(|other| other.count != count) {
        return doubt(Reason::CountsDiffer, format!("counted as {count} and {}", other.count));
    }
    Ok(Standing {
        image,
        label,
        points: None,
        count,
        method: Method::Counting,
        source: None,
        gave: counted.iter().map(|counted| &counted.given).collect(),
        looked: Vec::new(),
        verification: if counted.len() > 1 { Verification::Agreed } else { Verification::No },
        agreement_f1: None,
        close_confirmed: false,
        corrected: Vec::new(),
    })
}

/// Why nothing counts: what is said of the last answer.
fn why_nothing(place: &Place) -> Reason {
    let gave = place.pointed.iter().map(|pointed| &*pointed.given);
    let gave = gave.chain(place.absent.iter().map(|absent| &absent.given));
    let gave = gave.chain(place.counted.iter().map(|counted| &counted.given));
    gave.filter_map(|given| given.why_not).next_back().unwrap_or(Reason::NothingAccepted)
}

/// What people pointed at, as it stands after others looked at it.
fn candidates(place: &Place) -> Result<Vec<Candidate<'_>>, Doubt> {
    let (mut candidates, mut wrong) = (Vec::new(), None);
    for pointed in place.pointed.iter().filter(|pointed| pointed.given.counts()) {
        if !pointed.all_marked {
            return doubt(Reason::Incomplete, format!("{} did not mark all", pointed.given.person));
        }
        let of_these =
            |verified: &&Verified| verified.of == pointed.given.assignment && verified.given.counts();
        let mut verdicts: Vec<&Verified> = place.verified.iter().filter(of_these).collect();
        let rejected = verdicts.iter().filter(|verified| verified.verdict == PointsVerdict::Reject).count();
        if rejected > 0 && rejected < verdicts.len() {
            let found = format!("{rejected} of {} who looked find the points wrong", verdicts.len());
            return doubt(Reason::VerdictsDiffer, found);
        }
        if rejected > 0 {
            wrong = verdicts.last().map(|verdict| verdict.given.person.clone());
            continue;
        }
        let fix = verdicts.iter().rev().copied().find(|verified| verified.points.is_some());
        // Whoever found right what was corrected since does not stand for it any more.
        if let Some(fix) = fix {
            verdicts = vec![fix];
        }
        candidates.push(Candidate {
            given: &pointed.given,
            points: fix.and_then(|fix| fix.points.as_deref()).unwrap_or(&pointed.points),
            close_confirmed: pointed.close_confirmed,
            method: pointed.method,
            source: None,
            is_fixed: verdicts.last().is_some_and(|verdict| verdict.verdict == PointsVerdict::Fix),
            verdicts,
        });
    }
    for absent in place.absent.iter().filter(|absent| absent.given.counts()) {
        if absent.verdict == AbsentVerdict::Present && !absent.points.is_empty() {
            candidates.push(Candidate {
                given: &absent.given,
                points: &absent.points,
                close_confirmed: false,
                method: Method::Pointing,
                source: Some(absent.source),
                verdicts: Vec::new(),
                is_fixed: false,
            });
        }
    }
    match wrong {
        Some(person) if candidates.is_empty() => {
            doubt(Reason::VerifiedWrong, format!("{person} finds the points wrong"))
        }
        _ => Ok(candidates),
    }
}

/// Who found it absent, unless somebody found it.
fn absences<'a>(place: &'a Place, candidates: &[Candidate<'_>]) -> Result<Vec<&'a Absent>, Doubt> {
    let asked: Vec<&Absent> = place.absent.iter().filter(|absent| absent.given.counts()).collect();
    let with = |verdict: AbsentVerdict| asked.iter().copied().filter(move |absent| absent.verdict == verdict);
    let absent: Vec<&Absent> = with(AbsentVerdict::Absent).collect();
    if let Some(unsure) = with(AbsentVerdict::Unsure).next()
        && candidates.is_empty()
    {
        return doubt(Reason::Unsure, format!("{} could not say", unsure.given.person));
    }
    let unmarked = with(AbsentVerdict::Present).find(|present| present.points.is_empty());
    let is_there = unmarked.is_some() || candidates.iter().any(|candidate| !candidate.points.is_empty());
    if !absent.is_empty() && is_there {
        return doubt(Reason::PresenceDiffers, "some found it, and some found it absent");
    }
    match unmarked {
        Some(present) if candidates.is_empty() => doubt(
            Reason::PresentUnmarked,
            format!("{} says that it is there, and not where", present.given.person),
        ),
        _ => Ok(absent),
    }
}

/// The least F1 between the first who pointed and the others, who must all have found as many and the same.
fn agree(image: &WorkImage, candidates: &[Candidate<'_>], rules: &Rules) -> Result<Option<f64>, Doubt> {
    let Some((first, others)) = candidates.split_first() else { return Ok(None) };
    let mut least = None;
    for other in others {
        if other.points.len() != first.points.len() {
            let found = format!("{} and {} points", first.points.len(), other.points.len());
            return doubt(Reason::CountsDiffer, found);
        }
        let f1 = f1(first.points, other.points, image);
        if f1 < rules.agreement_f1_min {
            return doubt(Reason::PointsDiffer, format!("an F1 of {f1:.3}"));
        }
        least = Some(least.map_or(f1, |least: f64| least.min(f1)));
    }
    Ok(least)
}
