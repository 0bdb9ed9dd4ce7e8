//! When two pictures are the same one, and in which way.

use crate::hash::{Hash64, Hash256};
use crate::look::{Look, Looks, Thumb, View};
use crate::picture::Picture;
use crate::second_look::{Edges, Plane, Sameness, aligned, sameness};

/// How a picture of a cluster relates to the one that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It is the one that is kept.
    Kept,
    /// Its file has the same bytes.
    SameBytes,
    /// The same picture in another file: another format, quality, size or tone, or with words over it.
    ReEncoded,
    /// One is a part of the other, or has a frame around it.
    Cropped,
    /// Left and right are exchanged; it may be cropped as well.
    Mirrored,
}

impl Relation {
    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Relation::Kept => "kept",
            Relation::SameBytes => "same_bytes",
            Relation::ReEncoded => "re_encoded",
            Relation::Cropped => "cropped",
            Relation::Mirrored => "mirrored",
        }
    }
}

/// That two pictures are the same one, and in which way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// In which way.
    pub relation: Relation,
    /// In how many bits the two hashes differ that brought them together: of 256, or of 64 where it is coarse.
    pub distance: u32,
    /// True where the hashes were coarse ones.
    pub is_coarse: bool,
    /// What the second look found.
    pub sameness: Sameness,
}

/// When two pictures are the same one. Most defaults were chosen on one half of the planted copies and look-alikes of the
/// benchmark `accuracy` and reported on the other; the thresholds of parts and the windows of views were chosen over both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Two fine hashes of 256 bits may differ in so many.
    pub fine_bits_max: u32,
    /// Two coarse hashes of 64 bits, one of them of a part of a picture, may differ in so many.
    pub coarse_bits_max: u32,
    /// The least [`Sameness::likeness`] of two whole pictures.
    pub whole_likeness_min: f64,
    /// The highest [`Sameness::peak`] of two whole pictures.
    pub whole_peak_max: f64,
    /// The least [`Sameness::likeness`] of a picture and a part of another.
    pub part_likeness_min: f64,
    /// The highest [`Sameness::peak`] of a picture and a part of another.
    pub part_peak_max: f64,
    /// How much may be cut away at a side, as a share of the width or height.
    pub cut_max: f64,
}

impl Default for Rule {
    fn default() -> Self {
        Rule {
            fine_bits_max: 31,
            coarse_bits_max: 8,
            whole_likeness_min: 0.85,
            whole_peak_max: 0.25,
            part_likeness_min: 0.9,
            part_peak_max: 0.4,
            cut_max: 0.125,
        }
    }
}

/// All that is asked about one of two pictures.
pub(crate) struct Side {
    hash: Hash256,
    mirror: Hash256,
    coarse: Hash64,
    views: Vec<View>,
    thumb: Thumb,
}

impl Side {
    pub(crate) fn of<L: Looks + ?Sized>(picture: &Picture, number: u32, looks: &L) -> Result<Side, L::Error> {
        let (mirror, views, thumb) = (looks.mirror(number)?, looks.views(number)?, looks.thumb(number)?);
        Ok(Side { hash: picture.hash, mirror, coarse: picture.coarse, views, thumb })
    }
}

impl Rule {
    /// Whether two pictures are the same one, by their looks alone.
    #[must_use]
    pub fn judge(&self, one: &Look, other: &Look) -> Option<Likeness> {
        if one.flat || other.flat {
            return None;
        }
        let side = |look: &Look| Side {
            hash: look.hash,
            mirror: look.mirror,
            coarse: look.coarse,
            views: look.views.clone(),
            thumb: look.thumb.clone(),
        };
        self.judge_sides(&side(one), &side(other))
    }

    /// The same for two sides: as wholes, then as mirrored wholes, then one as a part of the other.
    pub(crate) fn judge_sides(&self, one: &Side, other: &Side) -> Option<Likeness> {
        let (plane, its_plane) = (Plane::of(&one.thumb), Plane::of(&other.thumb));
        let is_same = |seen: Sameness| self.is_same_whole(seen).then_some(seen);
        if let Some(distance) = one.hash.within(&other.hash, self.fine_bits_max)
            && let Some(sameness) = is_same(sameness(&plane, &its_plane))
        {
            return Some(Likeness { relation: Relation::ReEncoded, distance, is_coarse: false, sameness });
        }
        let distance = one.mirror.distance(&other.hash).min(other.mirror.distance(&one.hash));
        if distance <= self.fine_bits_max
            && let Some(sameness) = is_same(sameness(&Plane::of(&one.thumb.mirrored()), &its_plane))
        {
            return Some(Likeness { relation: Relation::Mirrored, distance, is_coarse: false, sameness });
        }
        let (there, back) = (self.as_part(one, other, &its_plane), self.as_part(other, one, &plane));
        let better = |one: &Likeness, other: &Likeness| {
            let order = one.relation.cmp(&other.relation).then(one.distance.cmp(&other.distance));
            order.then(other.sameness.likeness.total_cmp(&one.sameness.likeness))
        };
        there.into_iter().chain(back).min_by(better)
    }

    /// Whether the whole of one shows a part of another: by the nearest of its views, plain and mirrored.
    fn as_part(&self, large: &Side, small: &Side, plane: &Plane) -> Option<Likeness> {
        [false, true].into_iter().find_map(|is_mirrored| {
            let views = large.views.iter().filter(|view| view.is_mirrored == is_mirrored);
            let near = views.map(|view| (view.hash.distance(&small.coarse), view.window));
            let (distance, window) = near.min().filter(|(distance, _)| *distance <= self.coarse_bits_max)?;
            let whole = Plane::of(&if is_mirrored { large.thumb.mirrored() } else { large.thumb.clone() });
            let (edges, seen) = aligned(&whole, plane, window)?;
            let sameness = sameness(&seen, plane);
            // Look-alikes in the same layout differ where nothing is cut away; a copy would have been found as a whole.
            let cut = cut_of(&edges);
            let (is_same, relation) = if cut <= CUT_MIN {
                let fine = if is_mirrored { large.mirror } else { large.hash };
                let is_near = fine.distance(&small.hash) <= self.fine_bits_max + FINE_BITS_MORE;
                (is_near && self.is_same_whole(sameness), Relation::ReEncoded)
            } else {
                let is_like = sameness.likeness >= self.part_likeness_min;
                (is_like && sameness.peak <= self.part_peak_max && cut <= self.cut_max, Relation::Cropped)
            };
            let relation = if is_mirrored { Relation::Mirrored } else { relation };
            is_same.then_some(Likeness { relation, distance, is_coarse: true, sameness })
        })
    }

    fn is_same_whole(&self, seen: Sameness) -> bool {
        seen.likeness >= self.whole_likeness_min && seen.peak <= self.whole_peak_max
    }
}

/// Less cut away is none: pixels of a thumbnail are a thirty-second of the side.
const CUT_MIN: f64 = 0.0125;

/// Whole pictures that were found by their coarse hashes may differ in so many more bits of the fine ones.
const FINE_BITS_MORE: u32 = 16;

/// The most that is cut away at a side, as a share of it; infinite where a window reaches over an edge.
fn cut_of([left, top, right, bottom]: &Edges) -> f64 {
    let cuts = [*left, *top, 1.0 - right, 1.0 - bottom];
    if cuts.iter().any(|cut| *cut < -OVER_EDGE_MAX) {
        return f64::INFINITY;
    }
    cuts.into_iter().fold(0.0, f64::max)
}

/// A window that was moved over the edge by no more than this is within it.
const OVER_EDGE_MAX: f64 = 0.03;
