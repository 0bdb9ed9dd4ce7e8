//! The names that Molmos are released with.

use std::collections::BTreeMap;

use super::part::{Part, Turn};
use super::plan::Plan;
use super::source::Source;
use crate::config::{Config, Feed};
use crate::model::Molmo;

/// Before every name in released files.
pub(super) const PREFIX: &str = "model.";
/// What training on several cards may have left in names.
const WRAPPED: &str = "_fsdp_wrapped_module.";

impl<'a> Plan<'a> {
    /// A Molmo as it is released or written by [`save`](super::save): native names, with `model.` before them or without.
    /// MolmoE may also have a matrix for each expert, with the names that a
    /// copy of its release shows; the release itself was not at hand.
    pub fn released(source: &'a Source, config: &Config) -> Plan<'a> {
        let mut plan = Plan::new();
        plan.source(source);
        let native: BTreeMap<String, &str> = (source.tensors())
            .map(|(name, _, _)| (name.replace(WRAPPED, "").trim_start_matches(PREFIX).to_owned(), name))
            .collect();
        let by_expert = native.contains_key("transformer.blocks.0.mlp.gate.weight");
        for parameter in Molmo::parameters(config) {
            let name = parameter.name.as_str();
            let parts = match &config.decoder.feed {
                Feed::Experts { experts, .. } if by_expert => expert_names(name, *experts),
                _ => None,
            };
            let parts = parts.unwrap_or_else(|| vec![Part::keep(name)]);
            let found = parts.into_iter().map(|part| match native.get(&part.name) {
                Some(name) => Part { name: (*name).to_owned(), turn: part.turn },
                None => Part { name: format!("{PREFIX}{}", part.name), turn: part.turn },
            });
            plan.take(name, source, found.collect());
        }
        plan
    }
}

/// The names of MolmoE's release for a native one, where they differ.
fn expert_names(name: &str, experts: usize) -> Option<Vec<Part>> {
    if name == "transformer.ff_out.weight" {
        return Some(vec![Part::keep("lm_head.weight")]);
    }
    let rest = name.strip_prefix("transformer.blocks.")?;
    let (block, rest) = rest.split_once('.')?;
    let at = |rest: &str| format!("transformer.blocks.{block}.{rest}");
    let of_all = |matrix: &str, turn: Turn| {
        let names = (0..experts).map(|expert| at(&format!("mlp.experts.{expert}.{matrix}.weight")));
        names.map(|name| Part::with(name, turn)).collect()
    };
    Some(match rest {
        "ffn.router.layer.weight" => vec![Part::keep(at("mlp.gate.weight"))],
        "ffn.experts.mlp.w1" => of_all("gate_proj", Turn::Keep),
        "ffn.experts.mlp.v1" => of_all("up_proj", Turn::Keep),
        "ffn.experts.mlp.w2" => of_all("down_proj", Turn::Transpose),
        "ff_norm.weight" => vec![Part::keep(at("mlp.ff_norm.weight"))],
        rest => vec![Part::keep(at(&format!("attn.{rest}")))],
    })
}
