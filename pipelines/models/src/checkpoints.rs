//! The list of checkpoints: folders of files that are published together on a hub.
//!
//! Nobody here vouches for the hashes of these files, so that the list holds none: it says which repository a checkpoint
//! is, and the hashes come from whoever fetches it (`--sha256-file`), or from the hub once (`--trust-on-first-use`). Both
//! are written into the lock beside the files, which decides from then on. See [`crate::lock`].

use crate::catalogue::What;

/// A checkpoint that is known.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Checkpoint {
    /// What people call it, and the name of its folder.
    pub name: &'static str,
    /// What it is for.
    pub what: What,
    /// What is special about it.
    pub about: &'static str,
    /// Its licence, as an SPDX id, or `LicenseRef-…` where it has none.
    pub licence: &'static str,
    /// Owner and name of its repository on the hub.
    pub repository: &'static str,
    /// The branch, tag or commit that is asked for.
    pub revision: &'static str,
    /// How many parameters the whole model has; `None` where nobody counted them here.
    pub parameters: Option<u64>,
}

/// All checkpoints that are known: the released models, then what a training begins with.
#[rustfmt::skip]
pub const ALL: &[Checkpoint] = &[
    Checkpoint { name: "molmo-7b-d", what: What::Molmo, about: "Molmo on Qwen2-7B, with CLIP", licence: "Apache-2.0",
        repository: "allenai/Molmo-7B-D-0924", revision: "main", parameters: Some(8_021_025_280) },
    Checkpoint { name: "molmo-7b-o", what: What::Molmo, about: "Molmo on OLMo-7B-1024, with CLIP", licence: "Apache-2.0",
        repository: "allenai/Molmo-7B-O-0924", revision: "main", parameters: Some(7_665_032_192) },
    Checkpoint { name: "molmoe-1b", what: What::Molmo, about: "Molmo on OLMoE-1B-7B, with CLIP; 1.6 billion at work", licence: "Apache-2.0",
        repository: "allenai/MolmoE-1B-0924", revision: "main", parameters: Some(7_221_875_712) },
    Checkpoint { name: "molmo-72b", what: What::Molmo, about: "Molmo on Qwen2-72B, with CLIP", licence: "Apache-2.0",
        repository: "allenai/Molmo-72B-0924", revision: "main", parameters: Some(73_308_285_952) },
    Checkpoint { name: "clip-vit-l-14-336", what: What::Vision, about: "CLIP, the encoder of the released models", licence: "MIT",
        repository: "openai/clip-vit-large-patch14-336", revision: "main", parameters: None },
    Checkpoint { name: "siglip-so400m-14-384", what: What::Vision, about: "SigLIP", licence: "Apache-2.0",
        repository: "google/siglip-so400m-patch14-384", revision: "main", parameters: None },
    Checkpoint { name: "metaclip-l14", what: What::Vision, about: "MetaCLIP at 224 pixels; its positions are stretched", licence: "CC-BY-NC-4.0",
        repository: "facebook/metaclip-l14-fullcc2.5b", revision: "main", parameters: None },
    Checkpoint { name: "dinov2-large", what: What::Vision, about: "DINOv2", licence: "Apache-2.0",
        repository: "facebook/dinov2-large", revision: "main", parameters: None },
    Checkpoint { name: "qwen2-7b", what: What::Language, about: "base of molmo-7b-d", licence: "Apache-2.0",
        repository: "Qwen/Qwen2-7B", revision: "main", parameters: None },
    Checkpoint { name: "qwen2-72b", what: What::Language, about: "base of molmo-72b", licence: "LicenseRef-tongyi-qianwen",
        repository: "Qwen/Qwen2-72B", revision: "main", parameters: None },
    Checkpoint { name: "olmo-7b-1024", what: What::Language, about: "base of molmo-7b-o", licence: "Apache-2.0",
        repository: "allenai/OLMo-7B-1024-preview", revision: "main", parameters: None },
    Checkpoint { name: "olmoe-1b-7b", what: What::Language, about: "base of molmoe-1b, in 32 bits", licence: "Apache-2.0",
        repository: "allenai/OLMoE-1B-7B-0924", revision: "fp32", parameters: None },
];

/// The checkpoint that is called so, by its name or by that of its repository.
#[must_use]
pub fn find(name: &str) -> Option<&'static Checkpoint> {
    ALL.iter().find(|one| one.name == name || one.repository == name)
}

/// Files at the top of a repository that are read: settings, tokens, texts.
const SMALL: &[&str] = &[
    "config.json",
    "generation_config.json",
    "preprocessor_config.json",
    "processor_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.json",
    "merges.txt",
    "lineage.json",
    "README.md",
    "LICENSE",
    "LICENSE.txt",
    "LICENSE.md",
    INDEX,
];
/// Which tensor lies in which file.
const INDEX: &str = "model.safetensors.index.json";
/// All weights in one file.
const WHOLE: &str = "model.safetensors";

/// Whether a file of a repository is one that is used: no programs, no pickles, no second form of the same weights.
#[must_use]
pub fn is_used(file: &str) -> bool {
    SMALL.contains(&file) || file == WHOLE || is_shard(file)
}

/// `model-00001-of-00007.safetensors`.
fn is_shard(file: &str) -> bool {
    let inner = file.strip_prefix("model-").and_then(|rest| rest.strip_suffix(".safetensors"));
    let Some((number, all)) = inner.and_then(|inner| inner.split_once("-of-")) else { return false };
    [number, all].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a file holds weights.
#[must_use]
pub fn is_weights(file: &str) -> bool {
    file == WHOLE || is_shard(file)
}

/// Those of some files that are used, in order; where weights stand in shards, the file of all of them is left out.
#[must_use]
pub fn used<'a>(files: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut used: Vec<&str> = files.filter(|file| is_used(file)).collect();
    if used.iter().any(|file| is_shard(file)) {
        used.retain(|file| *file != WHOLE);
    } else {
        used.retain(|file| *file != INDEX);
    }
    used.sort_unstable();
    used
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        let names: std::collections::BTreeSet<&str> = ALL.iter().map(|one| one.name).collect();
        assert_eq!((names.len(), ALL.len()), (12, 12));
        for one in ALL {
            assert_eq!(one.repository.split('/').count(), 2, "{}", one.name);
            assert!(crate::catalogue::find(one.name).is_none(), "{} is one file and many", one.name);
        }
        assert_eq!(find("allenai/Molmo-7B-D-0924").map(|one| one.name), Some("molmo-7b-d"));
    }

    #[test]
    fn what_is_used_of_a_repository() {
        let files = [
            "modeling_molmo.py",
            "model.safetensors",
            "model-00001-of-00002.safetensors",
            "model-00002-of-00002.safetensors",
            "model.safetensors.index.json",
            "config.json",
            "onnx/model.safetensors",
            "pytorch_model.bin",
            "model-x-of-2.safetensors",
        ];
        let sharded =
            ["config.json", "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors", INDEX];
        assert_eq!(used(files.into_iter()), sharded);
        assert_eq!(used(["model.safetensors", INDEX].into_iter()), [WHOLE]);
    }
}
