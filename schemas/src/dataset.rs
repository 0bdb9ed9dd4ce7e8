//! The datasets: the nine published ones and those of the images that they stand on, with names, tables and licence.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::column::Column;
use crate::records::{
    ask_model_anything, cap, cap_audio, cap_by_image, cap_qa, cap_receipts, clocks, clocks_images, count,
    count_lineage, docs, docs_full, docs_points, image_clusters, images, point_explanations, points,
    points_eval, points_eval_rle, points_lineage,
};

/// One of the datasets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dataset {
    /// Spoken captions, cleaned.
    Cap,
    /// Questions people asked about an image, with approved answers.
    AskModelAnything,
    /// Places people pointed at.
    Points,
    /// Answers that point while they explain.
    PointExplanations,
    /// Questions and answers made from captions.
    CapQa,
    /// Rendered charts, tables, diagrams and documents.
    Docs,
    /// Rendered watch faces.
    Clocks,
    /// How many there are.
    Count,
    /// The hand-checked test set for pointing.
    PointsEval,
    /// What lists of addresses gave: the images that others stand on. Not a published set.
    Images,
    /// Which images are alike, and their split. Not a published set.
    ImageClusters,
}

/// A table inside a dataset folder, under a name that `load_dataset` takes.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// Name of the config, and of its folder where a dataset has several.
    pub name: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
    /// Its splits.
    pub splits: &'static [&'static str],
    /// One sentence for the card.
    pub description: &'static str,
    /// Whether its columns are the published ones; the others are ours.
    pub published: bool,
}

/// A name that is no dataset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown dataset `{found}`; expected one of {known}{suggestion}")]
pub struct UnknownDataset {
    /// The name as it was given.
    pub found: String,
    known: String,
    suggestion: String,
}

const TRAIN: &[&str] = &["train"];
const TEST: &[&str] = &["test"];
const TRAIN_VALIDATION: &[&str] = &["train", "validation"];

const fn default(columns: &'static [Column], splits: &'static [&'static str]) -> Config {
    Config { name: "default", columns, splits, description: "The published columns.", published: true }
}

const fn docs_config(name: &'static str, description: &'static str) -> Config {
    Config { name, columns: docs::COLUMNS, splits: TRAIN_VALIDATION, description, published: true }
}

const fn docs_full_config(name: &'static str, description: &'static str) -> Config {
    Config { name, columns: docs_full::COLUMNS, splits: TRAIN_VALIDATION, description, published: false }
}

const fn docs_points_config(name: &'static str, description: &'static str) -> Config {
    Config { name, columns: docs_points::COLUMNS, splits: TRAIN_VALIDATION, description, published: false }
}

const CAP: &[Config] = &[
    default(cap::COLUMNS, TRAIN),
    Config {
        name: "by_image",
        columns: cap_by_image::COLUMNS,
        splits: TRAIN,
        description: "The rows of `default` with the hash of their image and how the caption came to be.",
        published: false,
    },
    Config {
        name: "receipts",
        columns: cap_receipts::COLUMNS,
        splits: TRAIN,
        description: "One row for each take that went into a caption, with what vouches for it.",
        published: false,
    },
    Config {
        name: "audio",
        columns: cap_audio::COLUMNS,
        splits: TRAIN,
        description: "The recordings of those who agreed to their publication.",
        published: false,
    },
];
const ASK_MODEL_ANYTHING: &[Config] = &[default(ask_model_anything::COLUMNS, TRAIN)];
const POINTS: &[Config] = &[
    default(points::COLUMNS, TRAIN),
    Config {
        name: "lineage",
        columns: points_lineage::COLUMNS,
        splits: TRAIN,
        description: "How each row of `default` came to be: who gave it, when, and who looked at it.",
        published: false,
    },
];
const POINT_EXPLANATIONS: &[Config] = &[default(point_explanations::COLUMNS, TRAIN)];
const CAP_QA: &[Config] = &[default(cap_qa::COLUMNS, TRAIN)];
const CLOCKS: &[Config] = &[
    default(clocks::COLUMNS, TRAIN_VALIDATION),
    Config {
        name: "images",
        columns: clocks_images::COLUMNS,
        splits: TRAIN_VALIDATION,
        description: "The picture of each row of `default`, questions about it, and what is drawn where.",
        published: false,
    },
];
const COUNT: &[Config] = &[
    default(count::COLUMNS, &["train", "validation", "test"]),
    Config {
        name: "lineage",
        columns: count_lineage::COLUMNS,
        splits: &["validation", "test"],
        description: "How each row of `default` that people counted came to be, with the points that they made.",
        published: false,
    },
];
const POINTS_EVAL: &[Config] = &[
    default(points_eval::COLUMNS, TEST),
    Config {
        name: "rle",
        columns: points_eval_rle::COLUMNS,
        splits: TEST,
        description: "The masks of each row of `default` as run lengths.",
        published: false,
    },
    Config {
        name: "lineage",
        columns: points_lineage::COLUMNS,
        splits: TEST,
        description: "How each row of `default` came to be: who gave it, when, and who looked at it.",
        published: false,
    },
];
const IMAGES: &[Config] = &[Config {
    name: "default",
    columns: images::COLUMNS,
    splits: TRAIN,
    description: "One row for each image that came and could be read.",
    published: false,
}];
const IMAGE_CLUSTERS: &[Config] = &[Config {
    name: "default",
    columns: image_clusters::COLUMNS,
    splits: TRAIN,
    description: "One row for each image: its cluster, whether it is kept, and its split.",
    published: false,
}];
const DOCS: &[Config] = &[
    docs_config("charts", "Charts with questions and answers."),
    docs_config("tables", "Tables with questions and answers."),
    docs_config("diagrams", "Diagrams with questions and answers."),
    docs_config("other", "Documents of many kinds with questions and answers."),
    docs_full_config("charts_full", "How each row of `charts` came to be, and what is drawn where."),
    docs_full_config("tables_full", "How each row of `tables` came to be, and what is drawn where."),
    docs_full_config("diagrams_full", "How each row of `diagrams` came to be, and what is drawn where."),
    docs_full_config("other_full", "How each row of `other` came to be, and what is drawn where."),
    docs_points_config(
        "charts_points",
        "Questions about the pictures of `charts` that are answered by pointing.",
    ),
    docs_points_config(
        "tables_points",
        "Questions about the pictures of `tables` that are answered by pointing.",
    ),
    docs_points_config(
        "diagrams_points",
        "Questions about the pictures of `diagrams` that are answered by pointing.",
    ),
    docs_points_config(
        "other_points",
        "Questions about the pictures of `other` that are answered by pointing.",
    ),
];

impl Dataset {
    /// All datasets, in the order in which people read about them; the published ones first.
    pub const ALL: [Dataset; 11] = [
        Dataset::Cap,
        Dataset::AskModelAnything,
        Dataset::Points,
        Dataset::PointExplanations,
        Dataset::CapQa,
        Dataset::Docs,
        Dataset::Clocks,
        Dataset::Count,
        Dataset::PointsEval,
        Dataset::Images,
        Dataset::ImageClusters,
    ];

    /// The nine published sets.
    pub const PUBLISHED: [Dataset; 9] = {
        let [a, b, c, d, e, f, g, h, i, ..] = Dataset::ALL;
        [a, b, c, d, e, f, g, h, i]
    };

    /// The name in commands, folders and crates: `docs`.
    pub const fn slug(self) -> &'static str {
        match self {
            Dataset::Cap => "cap",
            Dataset::AskModelAnything => "ask-model-anything",
            Dataset::Points => "points",
            Dataset::PointExplanations => "point-explanations",
            Dataset::CapQa => "cap-qa",
            Dataset::Docs => "docs",
            Dataset::Clocks => "clocks",
            Dataset::Count => "count",
            Dataset::PointsEval => "points-eval",
            Dataset::Images => "images",
            Dataset::ImageClusters => "image-clusters",
        }
    }

    /// The name under which the dataset is published, or would be: `pixmo-docs`.
    pub const fn public_name(self) -> &'static str {
        match self {
            Dataset::Cap => "pixmo-cap",
            Dataset::AskModelAnything => "pixmo-ask-model-anything",
            Dataset::Points => "pixmo-points",
            Dataset::PointExplanations => "pixmo-point-explanations",
            Dataset::CapQa => "pixmo-cap-qa",
            Dataset::Docs => "pixmo-docs",
            Dataset::Clocks => "pixmo-clocks",
            Dataset::Count => "pixmo-count",
            Dataset::PointsEval => "pixmo-points-eval",
            Dataset::Images => "pixmo-images",
            Dataset::ImageClusters => "pixmo-image-clusters",
        }
    }

    /// One line that says what is in it.
    pub const fn description(self) -> &'static str {
        match self {
            Dataset::Cap => "long captions that people spoke",
            Dataset::AskModelAnything => "questions people asked about an image, with answers they approved",
            Dataset::Points => "places in images that people pointed at",
            Dataset::PointExplanations => "answers that point at what they speak of",
            Dataset::CapQa => "questions and answers made from captions",
            Dataset::Docs => {
                "rendered charts, tables, diagrams and documents with questions and exact answers"
            }
            Dataset::Clocks => "rendered watch faces with the time they show",
            Dataset::Count => "how many of a thing an image shows, and where",
            Dataset::PointsEval => "hand-checked points and masks for measuring pointing",
            Dataset::Images => {
                "images from lists of addresses, with where they come from and what was said of their use"
            }
            Dataset::ImageClusters => "which images are alike, which are kept, and the split of each",
        }
    }

    /// The tables of the dataset, the published ones first.
    pub const fn configs(self) -> &'static [Config] {
        match self {
            Dataset::Cap => CAP,
            Dataset::AskModelAnything => ASK_MODEL_ANYTHING,
            Dataset::Points => POINTS,
            Dataset::PointExplanations => POINT_EXPLANATIONS,
            Dataset::CapQa => CAP_QA,
            Dataset::Docs => DOCS,
            Dataset::Clocks => CLOCKS,
            Dataset::Count => COUNT,
            Dataset::PointsEval => POINTS_EVAL,
            Dataset::Images => IMAGES,
            Dataset::ImageClusters => IMAGE_CLUSTERS,
        }
    }

    /// The table of this name, if the dataset has it.
    pub fn config(self, name: &str) -> Option<&'static Config> {
        self.configs().iter().find(|config| config.name == name)
    }

    /// The licence of the published data, as an SPDX identifier. Each image has one of its own, which its row names.
    pub const fn licence_spdx(self) -> &'static str {
        match self {
            Dataset::Images => "NOASSERTION",
            _ => "ODC-By-1.0",
        }
    }

    /// The licence as the front matter of a dataset card spells it.
    pub const fn licence_on_card(self) -> &'static str {
        match self {
            Dataset::Images => "other",
            _ => "odc-by",
        }
    }
}

impl fmt::Display for Dataset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.slug())
    }
}

impl FromStr for Dataset {
    type Err = UnknownDataset;

    /// Takes the slug or the public name.
    fn from_str(text: &str) -> Result<Dataset, UnknownDataset> {
        let slug = text.strip_prefix("pixmo-").unwrap_or(text);
        if let Some(dataset) = Dataset::ALL.into_iter().find(|dataset| dataset.slug() == slug) {
            return Ok(dataset);
        }
        let near = Dataset::ALL
            .into_iter()
            .map(|dataset| (strsim::damerau_levenshtein(slug, dataset.slug()), dataset))
            .min_by_key(|(distance, _)| *distance)
            .filter(|(distance, dataset)| *distance <= 2 && *distance < dataset.slug().len());
        Err(UnknownDataset {
            found: text.to_owned(),
            known: Dataset::ALL.map(|dataset| format!("`{dataset}`")).join(", "),
            suggestion: near.map(|(_, near)| format!("; did you mean `{near}`?")).unwrap_or_default(),
        })
    }
}
