//! From the files of exported answers to places.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use pixmo_schemas::annotation_points::{
    LabelledPoints, NotPresentAnnotation, PointsAnnotation, Tombstone, VerifyCountAnnotation,
    VerifyPointsAnnotation, WorkImage,
};
use sha2::Digest;

use crate::answers::Answers;
use crate::fault::InputError;
use crate::given::Giver;
use crate::held_out;
use crate::label::{key_of, tidy};
use crate::lines::{Kind, each_line, half_hash, read as read_lines};
use crate::place::{Absent, Counted, Place, Pointed, Verified};

const POINTS: Kind<PointsAnnotation> = Kind {
    folder: "points",
    what: "line of points",
    fault: PointsAnnotation::fault,
    work: |line| &line.work,
};
const ABSENT: Kind<NotPresentAnnotation> = Kind {
    folder: "not-present",
    what: "line of absences",
    fault: NotPresentAnnotation::fault,
    work: |line| &line.work,
};
const VERIFIED: Kind<VerifyPointsAnnotation> = Kind {
    folder: "verify-points",
    what: "line of verified points",
    fault: VerifyPointsAnnotation::fault,
    work: |line| &line.work,
};
const COUNTED: Kind<VerifyCountAnnotation> = Kind {
    folder: "verify-count",
    what: "line of counts",
    fault: VerifyCountAnnotation::fault,
    work: |line| &line.work,
};

/// Reads all of it; see [`Answers::read`].
pub(crate) fn read(folder: &Path, files: &[String], consent: &[String]) -> Result<Answers, InputError> {
    let erased = read_erased(folder)?;
    let (held_out, held_out_sha256) = held_out::read(files)?;
    let mut giver = Giver { consent, erased: &erased, people: HashSet::new() };
    let (mut images, mut hasher) = (Images::default(), sha2::Sha256::new());
    let mut gathered = Gathered::default();
    for (image, labels) in read_lines(folder, &POINTS, &mut hasher, |line| {
        let (given, method) = (Arc::new(giver.of(&line.work)), line.method);
        let of_label = |marks: LabelledPoints| {
            let (all_marked, close_confirmed) = (marks.all_marked, marks.close_confirmed);
            let points = marks.points.into_boxed_slice();
            let pointed = Pointed { given: given.clone(), method, points, all_marked, close_confirmed };
            (marks.label.into_boxed_str(), pointed)
        };
        let labels: Box<[_]> = line.labels.into_iter().map(of_label).collect();
        (images.number(line.image), labels)
    })? {
        for (label, pointed) in labels {
            gathered.place(&images, image, &label).pointed.push(pointed);
        }
    }
    for (image, label, absent) in read_lines(folder, &ABSENT, &mut hasher, |line| {
        let given = giver.of(&line.work);
        let points = line.points.into_boxed_slice();
        let absent = Absent { given, source: line.source, verdict: line.verdict, points };
        (images.number(line.image), line.label.into_boxed_str(), absent)
    })? {
        gathered.place(&images, image, &label).absent.push(absent);
    }
    for (image, label, verified) in read_lines(folder, &VERIFIED, &mut hasher, |line| {
        let (given, of) = (giver.of(&line.work), line.of.into_boxed_str());
        let points = line.points.map(Vec::into_boxed_slice);
        let verified = Verified { given, of, verdict: line.verdict, points };
        (images.number(line.image), line.label.into_boxed_str(), verified)
    })? {
        gathered.place(&images, image, &label).verified.push(verified);
    }
    for (image, label, counted) in read_lines(folder, &COUNTED, &mut hasher, |line| {
        let counted = Counted { given: giver.of(&line.work), count: line.count };
        (images.number(line.image), line.label.into_boxed_str(), counted)
    })? {
        gathered.place(&images, image, &label).counted.push(counted);
    }
    if gathered.places.is_empty() {
        return Err(InputError::Nothing { path: folder.to_owned() });
    }
    let mut places = gathered.places;
    places.iter_mut().for_each(Place::shrink);
    places.shrink_to_fit();
    let sha256 = hex::encode(hasher.finalize());
    Ok(Answers { images: images.images, places, held_out, sha256, held_out_sha256 })
}

/// The assignments of `erased.jsonl`; none if there is no such file.
fn read_erased(folder: &Path) -> Result<BTreeSet<String>, InputError> {
    let mut erased = BTreeSet::new();
    let path = folder.join("erased.jsonl");
    if path.exists() {
        each_line(&path, "tombstone", |line: Tombstone, _| {
            erased.insert(line.take);
            Ok(())
        })?;
    }
    Ok(erased)
}

/// Each image once.
#[derive(Default)]
struct Images {
    images: Vec<WorkImage>,
    by_hash: HashMap<[u8; 32], u32>,
}

impl Images {
    /// The number of an image. The first line about it names its address and size; cluster and split come from the first
    /// that knows them.
    fn number(&mut self, image: WorkImage) -> u32 {
        let next = self.images.len() as u32;
        let number = *self.by_hash.entry(*image.sha256.as_bytes()).or_insert(next);
        match self.images.get_mut(number as usize) {
            None => self.images.push(image),
            Some(known) if known.split.is_none() || known.cluster.is_none() => {
                known.split = known.split.take().or(image.split);
                known.cluster = known.cluster.take().or(image.cluster);
            }
            Some(_) => {}
        }
        number
    }
}

#[derive(Default)]
struct Gathered {
    places: Vec<Place>,
    by_key: HashMap<[u8; 16], usize>,
}

impl Gathered {
    fn place(&mut self, images: &Images, image: u32, label: &str) -> &mut Place {
        let hash = images.images[image as usize].sha256;
        let key = half_hash(&[hash.as_bytes(), key_of(label).as_bytes()]);
        let places = &mut self.places;
        let index = *self.by_key.entry(key).or_insert_with(|| {
            places.push(Place::new(image, tidy(label)));
            places.len() - 1
        });
        &mut places[index]
    }
}
