//! Sentences and their phrases, built by a small grammar.

use pixmo_render::Rng;

use super::sketch::{Sketch, texts};
use crate::banks::Banks;

const NAMES: &[&str] = &["Ada", "Bruno", "Ilse", "Marek", "Noor", "Otto", "Ruth", "Tomas"];
/// Who does something.
const DOERS: &[&str] = &[
    "baker",
    "cat",
    "gardener",
    "teacher",
    "stranger",
    "painter",
    "horse",
    "choir",
    "sailor",
    "nurse",
    "neighbour",
    "child",
    "doctor",
    "farmer",
    "dog",
    "musician",
    "guard",
    "clerk",
    "student",
    "fisherman",
];
/// What something is done to.
const THINGS: &[&str] = &[
    "lighthouse",
    "ferry",
    "letter",
    "bridge",
    "violin",
    "boat",
    "window",
    "clock",
    "map",
    "kettle",
    "ladder",
    "engine",
    "lamp",
    "chair",
    "bicycle",
    "picture",
    "basket",
    "tent",
    "fence",
    "suitcase",
];
const PLACES: &[&str] =
    &["garden", "harbour", "kitchen", "market", "attic", "valley", "station", "tower", "yard"];
const OF_DOERS: &[&str] =
    &["old", "quiet", "small", "clever", "famous", "patient", "young", "tired", "early"];
const OF_THINGS: &[&str] = &["old", "small", "red", "heavy", "broken", "wooden", "new", "expensive", "early"];
const DETERMINERS: &[&str] = &["the", "a", "this", "every", "her", "his", "that"];
const VERBS: &[&str] = &[
    "saw",
    "painted",
    "repaired",
    "sold",
    "found",
    "watched",
    "remembered",
    "forgot",
    "drew",
    "cleaned",
    "described",
];
const STAYING: &[&str] = &["slept", "waited", "sang", "worked", "rested", "stood", "laughed"];
const ADVERBS: &[&str] = &["slowly", "yesterday", "again", "often", "quietly", "there"];
const PREPOSITIONS: &[&str] = &["in", "near", "behind", "beside", "at"];

/// The tree while it grows: phrases with numbers, words below the last ones.
struct Grower<'r> {
    rng: &'r mut Rng,
    /// Kind, word and parent of each node.
    nodes: Vec<(&'static str, String, Option<usize>)>,
    used: Vec<&'static str>,
}

impl Grower<'_> {
    fn phrase(&mut self, kind: &'static str, parent: Option<usize>) -> usize {
        self.nodes.push((kind, String::new(), parent));
        self.nodes.len() - 1
    }

    /// A word that is not in the sentence yet.
    fn word(&mut self, kind: &'static str, words: &[&'static str], parent: usize) {
        let free: Vec<&'static str> = words.iter().copied().filter(|w| !self.used.contains(w)).collect();
        let word = if free.is_empty() { words[0] } else { self.rng.word(&free) };
        self.used.push(word);
        self.nodes.push((kind, word.to_owned(), Some(parent)));
    }

    /// Somebody or something.
    fn noun_phrase(&mut self, parent: usize, depth: usize, doer: bool) {
        let (nouns, adjectives) = if doer { (DOERS, OF_DOERS) } else { (THINGS, OF_THINGS) };
        let phrase = self.phrase("NP", Some(parent));
        if depth == 0 && self.rng.chance(0.25) {
            self.word("N", NAMES, phrase);
            return;
        }
        self.word("Det", DETERMINERS, phrase);
        if self.rng.chance(0.4) {
            self.word("Adj", adjectives, phrase);
        }
        self.word("N", nouns, phrase);
        if depth < 1 && self.rng.chance(0.25) {
            self.place_phrase(phrase);
        }
    }

    fn place_phrase(&mut self, parent: usize) {
        let phrase = self.phrase("PP", Some(parent));
        self.word("P", PREPOSITIONS, phrase);
        let place = self.phrase("NP", Some(phrase));
        self.word("Det", DETERMINERS, place);
        if self.rng.chance(0.25) {
            self.word("Adj", OF_THINGS, place);
        }
        self.word("N", PLACES, place);
    }

    fn verb_phrase(&mut self, parent: usize) {
        let phrase = self.phrase("VP", Some(parent));
        if self.rng.chance(0.25) {
            self.word("V", STAYING, phrase);
        } else {
            self.word("V", VERBS, phrase);
            self.noun_phrase(phrase, 1, false);
        }
        match self.rng.below(4) {
            0 => self.word("Adv", ADVERBS, phrase),
            1 | 2 => self.place_phrase(phrase),
            _ => {}
        }
    }
}

pub(super) fn syntax_tree(_banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let mut grower = Grower { rng, nodes: Vec::new(), used: Vec::new() };
    let root = grower.phrase("S", None);
    if grower.rng.chance(0.18) {
        let first = grower.phrase("S", Some(root));
        grower.noun_phrase(first, 1, true);
        grower.verb_phrase(first);
        grower.word("Conj", &["and", "but"], root);
        let second = grower.phrase("S", Some(root));
        grower.noun_phrase(second, 1, true);
        grower.verb_phrase(second);
    } else {
        grower.noun_phrase(root, 0, true);
        grower.verb_phrase(root);
    }
    let Grower { rng, mut nodes, .. } = grower;
    // The words stand in the order of the sentence.
    let spoken: Vec<usize> = (0..nodes.len()).filter(|&n| !nodes[n].1.is_empty()).collect();
    for pair in spoken.windows(2) {
        if nodes[pair[0]].1 == "a" && nodes[pair[1]].1.starts_with(['a', 'e', 'i', 'o', 'u']) {
            nodes[pair[0]].1 = "an".to_owned();
        }
    }
    if !(7..=30).contains(&nodes.len()) {
        return None;
    }
    // Nodes of one kind are numbered where there are several, from the left in the order of the sentence.
    let labels: Vec<String> = nodes
        .iter()
        .enumerate()
        .map(|(at, (kind, _, _))| {
            let of_kind = |n: &&(&str, String, Option<usize>)| n.0 == *kind;
            match nodes.iter().filter(of_kind).count() {
                1 => (*kind).to_owned(),
                _ => format!("{kind}{}", nodes[..=at].iter().filter(of_kind).count()),
            }
        })
        .collect();
    let words: Vec<&str> = nodes.iter().map(|n| n.1.as_str()).filter(|w| !w.is_empty()).collect();
    let rows = nodes
        .iter()
        .zip(&labels)
        .map(|((kind, word, _), label)| vec![label.clone(), word.clone(), (*kind).to_owned()])
        .collect();
    let links = nodes
        .iter()
        .zip(&labels)
        .filter_map(|((_, _, parent), label)| Some(vec![labels[(*parent)?].clone(), label.clone()]))
        .collect();
    let tables =
        vec![texts("nodes", &["label", "detail", "kind"], rows), texts("edges", &["from", "to"], links)];
    let others = ["AP", "NP9", "PP5", "VP4", "Adv3", "N8"].map(str::to_owned).to_vec();
    let name = match rng.below(3) {
        0 => format!("“{}”", words.join(" ")),
        1 => format!("Exercise {}: parse the sentence", rng.whole(1, 12)),
        _ => "Structure of a sentence".to_owned(),
    };
    Some(Sketch {
        measure: "word",
        order: "syntax",
        key: words.join(" "),
        others,
        housed: true,
        rows: "nodes".to_owned(),
        ..Sketch::new(name, "university", "node of the tree", tables)
    })
}
