//! The rules by which what people said about a label in an image becomes a row, or waits for a person.
//!
//! 1. Answers count that were accepted, are no gold, were not taken back, and whose person agreed to publication.
//! 2. Points that somebody was shown and found right stand; a fix takes their place; what was found wrong is left out.
//! 3. If several people pointed, all of them must have found as many and the same, or nobody is believed.
//! 4. Whoever counted without seeing points must have found as many.
//! 5. An absence is a row without points, if everybody who was asked says so and nobody pointed at anything.

use pixmo_console::Failure;
use pixmo_schemas::annotation::Status;
use pixmo_schemas::annotation_points::{
    AbsentSource, AbsentVerdict, MarkedPoint, Method, PointsVerdict, Work,
};
use pixmo_schemas::records::{Point, PointsLineageRecord, PointsRecord};
use pixmo_schemas::row_id;
use serde::{Deserialize, Serialize};

use crate::agreement::{f1, has_close};
use crate::answers::{Answers, Place, Verified};
use crate::reason::Reason;
use crate::settings::Settings;

/// The most characters of a label.
const LABEL_CHARS_MAX: usize = 120;

/// A row and how it came to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Made {
    /// The published row.
    pub points: PointsRecord,
    /// Its lineage.
    pub lineage: PointsLineageRecord,
}

/// What somebody pointed at, after others looked at it.
struct Candidate<'a> {
    work: &'a Work,
    points: &'a [MarkedPoint],
    close_confirmed: bool,
    method: Method,
    /// Where the label came from, if it was expected to be absent.
    source: Option<AbsentSource>,
    verdict: Option<&'a Verified>,
}

/// What is wrong, and what was found, for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// What is wrong.
    pub reason: Reason,
    /// What was found.
    pub found: String,
}

fn doubt<T>(reason: Reason, found: impl Into<String>) -> Result<T, Doubt> {
    Err(Doubt { reason, found: found.into() })
}

/// Judges one label of one image.
///
/// # Errors
/// Only if a row cannot be named, which is a bug.
pub fn judge(
    place: &Place,
    answers: &Answers,
    settings: &Settings,
    code_version: &str,
) -> Result<Result<Made, Doubt>, Failure> {
    let judged = weigh(place, answers, settings);
    let (points, mut lineage) = match judged {
        Ok(rows) => rows,
        Err(doubt) => return Ok(Err(doubt)),
    };
    let id = row_id(&points).map_err(|error| Failure::bug("a row has no id").cause(&error))?;
    lineage.row_id = id.to_string();
    code_version.clone_into(&mut lineage.code_version);
    Ok(Ok(Made { points, lineage }))
}

fn weigh(
    place: &Place,
    answers: &Answers,
    settings: &Settings,
) -> Result<(PointsRecord, PointsLineageRecord), Doubt> {
    let image = &place.image;
    if answers.is_held_out(image) {
        return doubt(Reason::HeldOut, "the image is held out");
    }
    let label = &place.label;
    let chars = label.chars().count();
    let is_odd = |letter: char| letter.is_control() || "\"<>".contains(letter);
    if !(1..=LABEL_CHARS_MAX).contains(&chars) || label.contains(is_odd) {
        return doubt(Reason::LabelUnfit, format!("`{label}`"));
    }
    let usable = Usable { answers, settings };
    let candidates = usable.candidates(place)?;
    let absences = place.absent.iter().filter(|absent| usable.why_not(&absent.work).is_none());
    let absent: Vec<_> = absences.filter(|absent| absent.verdict != AbsentVerdict::Present).collect();
    if let Some(unsure) = absent.iter().find(|absent| absent.verdict == AbsentVerdict::Unsure)
        && candidates.is_empty()
    {
        return doubt(Reason::Unsure, format!("{} could not say", unsure.work.person));
    }
    let is_absent = absent.iter().any(|absent| absent.verdict == AbsentVerdict::Absent);
    let is_there = candidates.iter().any(|candidate| !candidate.points.is_empty());
    if is_absent && is_there {
        return doubt(Reason::PresenceDiffers, "some pointed at it, and some found it absent");
    }
    let counted: Vec<_> =
        place.counted.iter().filter(|counted| usable.why_not(&counted.work).is_none()).collect();
    let least_f1 = usable.agree(place, &candidates)?;
    let first = candidates.first();
    let points = first.map_or(&[][..], |first| first.points);
    if let Some(other) = counted.iter().find(|counted| counted.count as usize != points.len()) {
        return doubt(
            Reason::CountsDiffer,
            format!("{} points, and {} counted {}", points.len(), other.work.person, other.count),
        );
    }
    let confirmed = candidates.iter().any(|candidate| candidate.close_confirmed);
    if !confirmed && has_close(points, image, settings.close_percent) {
        return doubt(Reason::PointsClose, format!("two of {} points are nearly one", points.len()));
    }
    // Those who found it absent agree with each other, and with whoever marked nothing.
    let mut works: Vec<&Work> = candidates.iter().map(|candidate| candidate.work).collect();
    works.extend(
        absent.iter().filter(|absent| absent.verdict == AbsentVerdict::Absent).map(|absent| &absent.work),
    );
    if works.is_empty() {
        return doubt(usable.why_nothing(place), "no answer counts");
    }
    let source = match first {
        Some(first) => first.source,
        None => absent.first().map(|absent| absent.source),
    };
    let verdicts: Vec<&Verified> = candidates.iter().filter_map(|candidate| candidate.verdict).collect();
    let verifiers: Vec<String> = (verdicts.iter().map(|verdict| &verdict.work.person))
        .chain(counted.iter().map(|counted| &counted.work.person))
        .cloned()
        .collect();
    let is_fixed =
        first.is_some_and(|first| first.verdict.is_some_and(|verdict| verdict.verdict == PointsVerdict::Fix));
    let verified = if works.len() > 1 {
        "agreed"
    } else if !counted.is_empty() {
        "counted"
    } else if is_fixed {
        "fixed"
    } else if verdicts.is_empty() {
        "no"
    } else {
        "accepted"
    };
    let method = match first.map_or(Method::Pointing, |first| first.method) {
        Method::Pointing => "pointing",
        Method::Counting => "counting",
    };
    let row = PointsRecord {
        image_url: image.url.clone(),
        image_sha256: image.sha256,
        points: points.iter().map(|point| Point { x: point.x, y: point.y }).collect(),
        count: points.len() as i64,
        label: label.clone(),
        collection_method: method.to_owned(),
    };
    let lineage = PointsLineageRecord {
        row_id: String::new(),
        image_sha256: image.sha256.to_string(),
        image_url: image.url.clone(),
        label: label.clone(),
        image_width: i64::from(image.width),
        image_height: i64::from(image.height),
        image_cluster: image.cluster.clone(),
        source: source.map_or("pointed", name_of).to_owned(),
        assignments: works.iter().map(|work| work.assignment.clone()).collect(),
        persons: works.iter().map(|work| work.person.clone()).collect(),
        submitted_at: works.iter().map(|work| work.submitted_at.clone()).collect(),
        verified: verified.to_owned(),
        verifiers,
        agreement_f1: least_f1,
        close_confirmed: confirmed,
        code_version: String::new(),
    };
    Ok((row, lineage))
}

fn name_of(source: AbsentSource) -> &'static str {
    match source {
        AbsentSource::AttributeSwap => "attribute_swap",
        AbsentSource::CoOccurring => "co_occurring",
        AbsentSource::SimilarImage => "similar_image",
    }
}

/// Which answers count.
struct Usable<'a> {
    answers: &'a Answers,
    settings: &'a Settings,
}

impl Usable<'_> {
    /// Why an answer does not count, if it does not.
    fn why_not(&self, work: &Work) -> Option<Reason> {
        let lacks = |scope: &String| !work.consent.scopes.contains(scope);
        if work.gold {
            Some(Reason::Gold)
        } else if work.status != Status::Accepted || self.answers.is_erased(&work.assignment) {
            Some(Reason::NothingAccepted)
        } else {
            self.settings.consent.iter().any(lacks).then_some(Reason::ConsentMissing)
        }
    }

    /// Why nothing counts: what is said of the last answer.
    fn why_nothing(&self, place: &Place) -> Reason {
        let pointed = place.pointed.iter().map(|pointed| &pointed.work);
        let works = pointed.chain(place.absent.iter().map(|absent| &absent.work));
        works.filter_map(|work| self.why_not(work)).next_back().unwrap_or(Reason::NothingAccepted)
    }

    /// What people pointed at, as it stands after others looked at it.
    fn candidates<'a>(&self, place: &'a Place) -> Result<Vec<Candidate<'a>>, Doubt> {
        let (mut candidates, mut wrong) = (Vec::new(), None);
        for pointed in place.pointed.iter().filter(|pointed| self.why_not(&pointed.work).is_none()) {
            if !pointed.marks.all_marked {
                return doubt(Reason::Incomplete, format!("{} did not mark all", pointed.work.person));
            }
            let of_these = |verified: &&Verified| {
                verified.of == pointed.work.assignment && self.why_not(&verified.work).is_none()
            };
            let verdicts: Vec<&Verified> = place.verified.iter().filter(of_these).collect();
            let rejected =
                verdicts.iter().filter(|verified| verified.verdict == PointsVerdict::Reject).count();
            if rejected > 0 && rejected < verdicts.len() {
                return doubt(
                    Reason::VerdictsDiffer,
                    format!("{rejected} of {} who looked find the points wrong", verdicts.len()),
                );
            }
            let last = verdicts.last().copied();
            if rejected > 0 {
                wrong = last.map(|verdict| verdict.work.person.clone());
                continue;
            }
            let fixed = verdicts.iter().rev().find_map(|verified| verified.points.as_deref());
            candidates.push(Candidate {
                work: &pointed.work,
                points: fixed.unwrap_or(&pointed.marks.points),
                close_confirmed: pointed.marks.close_confirmed,
                method: pointed.method,
                source: None,
                verdict: verdicts.iter().rev().copied().find(|verified| verified.points.is_some()).or(last),
            });
        }
        for absent in place.absent.iter().filter(|absent| self.why_not(&absent.work).is_none()) {
            if absent.verdict == AbsentVerdict::Present && !absent.points.is_empty() {
                candidates.push(Candidate {
                    work: &absent.work,
                    points: &absent.points,
                    close_confirmed: false,
                    method: Method::Pointing,
                    source: Some(absent.source),
                    verdict: None,
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

    /// The least F1 between the first who pointed and the others, who must all have found as many and the same.
    fn agree(&self, place: &Place, candidates: &[Candidate<'_>]) -> Result<Option<f64>, Doubt> {
        let Some((first, others)) = candidates.split_first() else { return Ok(None) };
        let mut least = None;
        for other in others {
            if other.points.len() != first.points.len() {
                let found = format!("{} and {} points", first.points.len(), other.points.len());
                return doubt(Reason::CountsDiffer, found);
            }
            let f1 = f1(first.points, other.points, &place.image);
            if f1 < self.settings.agreement_f1_min {
                return doubt(Reason::PointsDiffer, format!("an F1 of {f1:.3}"));
            }
            least = Some(least.map_or(f1, |least: f64| least.min(f1)));
        }
        Ok(least)
    }
}
