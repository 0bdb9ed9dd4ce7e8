//! Which labels are asked about: from what is known of images alone, the same each time for the same seed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use pixmo_schemas::annotation_points::AbsentSource;
use sha2::{Digest, Sha256};

use super::attributes::swapped;
use super::look::{Look, distance};
use crate::label;

/// Images that are asked which labels stand together with one, so that a label that is everywhere does not cost the square
/// of all images.
const TOGETHER_MAX: usize = 200;
/// The nearest images whose labels are taken.
const NEAREST: usize = 8;
/// Images among which the nearest are looked for.
const SEARCHED_MAX: usize = 4_000;

/// An image and what people pointed at in it.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    pub(super) image: String,
    /// Labels in the form in which they are compared.
    pub(super) labels: BTreeSet<String>,
    /// None for an image that cannot be read.
    pub(super) look: Option<Look>,
}

/// How many tasks are wanted from a source.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    pub(super) source: AbsentSource,
    pub(super) tasks: u64,
}

/// A label to ask about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) image: String,
    pub(super) label: String,
    pub(super) source: AbsentSource,
}

/// Chooses labels: each source goes through the images in an order of its own, takes the best label of each, and begins
/// again for a second one, until it has as many as are wanted or nothing is left.
pub(super) fn choose(
    scenes: &[Scene],
    asked: &BTreeSet<(String, String)>,
    wishes: &[Wish],
    per_image_max: usize,
    seed: u64,
) -> Vec<Choice> {
    let by_label = by_label(scenes);
    let mut taken = asked.clone();
    let mut per_image: BTreeMap<&str, usize> = BTreeMap::new();
    for (image, _) in asked {
        if let Ok(at) = scenes.binary_search_by(|scene| scene.image.as_str().cmp(image)) {
            *per_image.entry(&scenes[at].image).or_default() += 1;
        }
    }
    let mut choices = Vec::new();
    for Wish { source, tasks } in wishes {
        let mut left = usize::try_from(*tasks).unwrap_or(usize::MAX);
        let mut order: Vec<&Scene> = scenes.iter().collect();
        order.sort_by_cached_key(|scene| draw(seed, &[&format!("{source:?}"), &scene.image]));
        while left > 0 {
            let before = left;
            let mut going_on = Vec::new();
            for scene in order {
                if left == 0 {
                    break;
                }
                let count = per_image.entry(&scene.image).or_default();
                if *count >= per_image_max {
                    continue;
                }
                let is_free = |label: &String| {
                    label::fault_of(label, label::CHARS_MAX).is_none()
                        && !scene.labels.iter().any(|present| is_told_by(label, present))
                        && !taken.contains(&(scene.image.clone(), label.clone()))
                };
                let offered = match source {
                    AbsentSource::AttributeSwap => exchanged(scene),
                    AbsentSource::CoOccurring => together(scene, scenes, &by_label, seed),
                    AbsentSource::SimilarImage => alike(scene, scenes, seed),
                };
                let best = offered
                    .into_iter()
                    .filter(|(label, _)| is_free(label))
                    .min_by_key(|(label, rank)| (*rank, draw(seed, &[&scene.image, label])));
                let Some((label, _)) = best else { continue };
                taken.insert((scene.image.clone(), label.clone()));
                choices.push(Choice { image: scene.image.clone(), label, source: *source });
                *count += 1;
                left -= 1;
                going_on.push(scene);
            }
            if left == before {
                break;
            }
            order = going_on;
        }
    }
    choices
}

/// Labels with one attribute exchanged; none is better than another.
fn exchanged(scene: &Scene) -> BTreeMap<String, Reverse<usize>> {
    scene.labels.iter().flat_map(|label| swapped(label)).map(|label| (label, Reverse(0))).collect()
}

/// Labels that stand beside those of a scene elsewhere; the best stands there most often.
fn together(
    scene: &Scene,
    scenes: &[Scene],
    by_label: &BTreeMap<&str, Vec<usize>>,
    seed: u64,
) -> BTreeMap<String, Reverse<usize>> {
    let mut times: BTreeMap<String, Reverse<usize>> = BTreeMap::new();
    for label in &scene.labels {
        let others = by_label.get(label.as_str()).map_or(&[][..], Vec::as_slice);
        for other in some_of(others, TOGETHER_MAX, seed, &scene.image) {
            for beside in &scenes[other].labels {
                times.entry(beside.clone()).or_insert(Reverse(0)).0 += 1;
            }
        }
    }
    times
}

/// Labels of the images that look most like a scene; the best are those of the nearest.
fn alike(scene: &Scene, scenes: &[Scene], seed: u64) -> BTreeMap<String, Reverse<usize>> {
    let Some(look) = &scene.look else { return BTreeMap::new() };
    let all: Vec<usize> = (0..scenes.len()).collect();
    let mut near: Vec<(u32, usize)> = some_of(&all, SEARCHED_MAX, seed, &scene.image)
        .into_iter()
        .filter(|at| scenes[*at].image != scene.image)
        .filter_map(|at| Some((distance(look, scenes[at].look.as_ref()?), at)))
        .collect();
    near.sort_unstable();
    let mut labels = BTreeMap::new();
    for (place, (_, at)) in near.into_iter().take(NEAREST).enumerate() {
        for label in &scenes[at].labels {
            labels.entry(label.clone()).or_insert(Reverse(NEAREST - place));
        }
    }
    labels
}

fn by_label(scenes: &[Scene]) -> BTreeMap<&str, Vec<usize>> {
    let mut by_label: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, scene) in scenes.iter().enumerate() {
        for label in &scene.labels {
            by_label.entry(label).or_default().push(at);
        }
    }
    by_label
}

/// At most so many of a list, spread evenly from a place that is drawn.
fn some_of(list: &[usize], max: usize, seed: u64, purpose: &str) -> Vec<usize> {
    if list.len() <= max {
        return list.to_vec();
    }
    let from = draw(seed, &["some", purpose]) as usize % list.len();
    (0..max).map(|number| list[(from + number * list.len() / max) % list.len()]).collect()
}

/// Whether a label that is present says that another one is present too: all words of the other stand in it, the number of
/// things aside. Where there is a red cup, there is a cup.
fn is_told_by(label: &str, present: &str) -> bool {
    let singular = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
    let words: BTreeSet<String> = present.split(' ').map(singular).collect();
    label.split(' ').all(|word| words.contains(&singular(word)))
}

/// A number that is drawn for a purpose.
fn draw(seed: u64, purpose: &[&str]) -> u64 {
    let mut hash = Sha256::new();
    hash.update(seed.to_le_bytes());
    for part in purpose {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let digest = hash.finalize();
    let mut bits = [0; 8];
    bits.copy_from_slice(&digest[..8]);
    u64::from_le_bytes(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scene(image: &str, labels: &[&str], shade: u8) -> Scene {
        let labels = labels.iter().map(|label| (*label).to_owned()).collect();
        Scene { image: image.to_owned(), labels, look: Some([shade; 48]) }
    }

    fn wish(source: AbsentSource, tasks: u64) -> Vec<Wish> {
        vec![Wish { source, tasks }]
    }

    fn kitchen() -> Vec<Scene> {
        vec![
            scene("a", &["red cup", "plate"], 10),
            scene("b", &["fork", "plate"], 200),
            scene("c", &["fork", "knife", "plate"], 12),
            scene("d", &["boat"], 210),
        ]
    }

    #[test]
    fn each_source_offers_what_it_is_for() {
        let (scenes, none) = (kitchen(), BTreeSet::new());
        let of = |source, tasks| choose(&scenes, &none, &wish(source, tasks), 2, 7);
        let swaps = of(AbsentSource::AttributeSwap, 1);
        assert_eq!(swaps[0].image, "a");
        assert!(swaps[0].label.ends_with(" cup") && swaps[0].label != "red cup");
        let beside = of(AbsentSource::CoOccurring, 99);
        // A fork stands beside plates twice, a knife once: so a fork is asked for first.
        let of_a: Vec<&str> =
            beside.iter().filter(|choice| choice.image == "a").map(|choice| choice.label.as_str()).collect();
        assert_eq!(of_a, ["fork", "knife"]);
        assert!(beside.iter().all(|choice| choice.image != "d"), "nothing stands beside a boat");
        let alike = of(AbsentSource::SimilarImage, 99);
        let first_of_a = alike.iter().find(|choice| choice.image == "a").unwrap();
        assert!(["fork", "knife"].contains(&first_of_a.label.as_str()), "{first_of_a:?}");
        assert_eq!(
            alike.iter().find(|choice| choice.image == "d").unwrap().source,
            AbsentSource::SimilarImage
        );
    }

    #[test]
    fn nothing_that_is_present_or_asked_already_is_asked() {
        let scenes = kitchen();
        let asked = BTreeSet::from([("a".to_owned(), "fork".to_owned())]);
        let all: Vec<Wish> =
            [AbsentSource::AttributeSwap, AbsentSource::CoOccurring, AbsentSource::SimilarImage]
                .map(|source| Wish { source, tasks: 99 })
                .to_vec();
        let choices = choose(&scenes, &asked, &all, 3, 7);
        let mut seen = asked.clone();
        for Choice { image, label, .. } in &choices {
            let scene = scenes.iter().find(|scene| scene.image == *image).unwrap();
            assert!(!scene.labels.iter().any(|present| is_told_by(label, present)), "{label} in {image}");
            assert!(seen.insert((image.clone(), label.clone())), "{label} twice in {image}");
        }
        for scene in &scenes {
            assert!(seen.iter().filter(|(image, _)| *image == scene.image).count() <= 3);
        }
    }

    #[test]
    fn the_same_seed_chooses_the_same_and_another_one_otherwise() {
        let scenes: Vec<Scene> = (0..60u8)
            .map(|number| {
                scene(&format!("{number:02}"), &["red cup", "open door", &format!("thing {number}")], number)
            })
            .collect();
        let of = |seed| choose(&scenes, &BTreeSet::new(), &wish(AbsentSource::AttributeSwap, 20), 2, seed);
        assert_eq!((of(1), of(1).len()), (of(1), 20));
        assert_ne!(of(1), of(2));
    }

    #[test]
    fn a_cup_is_there_where_a_red_cup_is() {
        assert!(is_told_by("cup", "red cup") && is_told_by("cups", "red cup") && is_told_by("cup", "cup"));
        assert!(!is_told_by("red cup", "cup") && !is_told_by("plate", "red cup"));
    }
}
