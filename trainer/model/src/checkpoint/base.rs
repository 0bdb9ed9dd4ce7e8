//! The names of language models and vision encoders that a Molmo begins with.

use super::part::{Part, Turn};
use super::plan::Plan;
use super::source::Source;
use crate::config::{Config, Decoder, Encoder, EncoderKind, Feed};
use crate::model::Molmo;

/// The rest of a native name below the language model.
const LLM: &str = "transformer.";
/// The rest of a native name below the vision encoder.
const VIT: &str = "vision_backbone.image_vit.";

impl<'a> Plan<'a> {
    /// A Molmo that begins with a language model (Qwen2, OLMo, OLMoE) and a vision encoder (CLIP, MetaCLIP, SigLIP, DINOv2)
    /// in the files of Hugging Face; the connector and the rows of new ids are drawn. What a Molmo does not have of them, such
    /// as the last block of CLIP, its norm after the blocks and its texts, is left out.
    pub fn fresh(config: &Config, llm: &'a Source, vit: &'a Source) -> Plan<'a> {
        let mut plan = Plan::new();
        plan.source(llm);
        plan.source(vit);
        let tied = !llm.tensors().any(|(name, _, _)| name == "lm_head.weight");
        let prefix = ["vision_model.", "dinov2.", ""].into_iter().find(|prefix| {
            let embeddings = format!("{prefix}embeddings.");
            vit.tensors().any(|(name, _, _)| name.starts_with(&embeddings))
        });
        let prefix = prefix.unwrap_or("");
        for parameter in Molmo::parameters(config) {
            let name = parameter.name.as_str();
            if let Some(rest) = name.strip_prefix(VIT) {
                let mut parts = vit_names(rest, &config.encoder);
                parts.iter_mut().for_each(|part| part.name.insert_str(0, prefix));
                plan.take(name, vit, parts);
            } else if let Some(parts) =
                name.strip_prefix(LLM).and_then(|rest| llm_names(rest, &config.decoder, tied))
            {
                plan.take(name, llm, parts);
            } else {
                plan.draw(name);
            }
        }
        for (name, _, _) in
            vit.tensors().filter(|(name, _, _)| left_out_of_vit(name, prefix, &config.encoder))
        {
            plan.leave_out(name);
        }
        for (name, _, _) in llm.tensors().filter(|(name, _, _)| name.ends_with("rotary_emb.inv_freq")) {
            plan.leave_out(name);
        }
        plan
    }
}

/// The tensors of a language model for a native name; none for what it does not have.
fn llm_names(name: &str, decoder: &Decoder, tied: bool) -> Option<Vec<Part>> {
    let whole = match name {
        "wte.new_embedding" => return None,
        "wte.embedding" => "model.embed_tokens.weight",
        "ln_f.weight" => "model.norm.weight",
        "ff_out.weight" if tied => "model.embed_tokens.weight",
        "ff_out.weight" => "lm_head.weight",
        _ => "",
    };
    if !whole.is_empty() {
        return Some(vec![Part::keep(whole)]);
    }
    let (block, rest) = name.strip_prefix("blocks.")?.split_once('.')?;
    let at = |rest: &str| Part::keep(format!("model.layers.{block}.{rest}"));
    let experts = match decoder.feed {
        Feed::Experts { experts, .. } => experts,
        Feed::Dense { .. } => 0,
    };
    let of_all = |matrix: &str, turn: Turn| {
        let names =
            (0..experts).map(|expert| format!("model.layers.{block}.mlp.experts.{expert}.{matrix}.weight"));
        names.map(|name| Part::with(name, turn)).collect::<Vec<Part>>()
    };
    let three = |end: &str| ["q", "k", "v"].map(|one| at(&format!("self_attn.{one}_proj.{end}"))).to_vec();
    let (attn_norm, ff_norm) = if decoder.norm_after {
        ("post_attention_layernorm.weight", "post_feedforward_layernorm.weight")
    } else {
        ("input_layernorm.weight", "post_attention_layernorm.weight")
    };
    Some(match rest {
        "att_proj.weight" => three("weight"),
        "att_proj.bias" => three("bias"),
        "attn_out.weight" => vec![at("self_attn.o_proj.weight")],
        "q_norm.weight" => vec![at("self_attn.q_norm.weight")],
        "k_norm.weight" => vec![at("self_attn.k_norm.weight")],
        "attn_norm.weight" => vec![at(attn_norm)],
        "ff_norm.weight" => vec![at(ff_norm)],
        "ff_proj.weight" => vec![at("mlp.up_proj.weight"), at("mlp.gate_proj.weight")],
        "ff_out.weight" => vec![at("mlp.down_proj.weight")],
        "ffn.router.layer.weight" => vec![at("mlp.gate.weight")],
        "ffn.experts.mlp.w1" => of_all("gate_proj", Turn::Keep),
        "ffn.experts.mlp.v1" => of_all("up_proj", Turn::Keep),
        "ffn.experts.mlp.w2" => of_all("down_proj", Turn::Transpose),
        other => vec![at(other)],
    })
}

/// The tensors of a vision encoder for a native name.
fn vit_names(name: &str, encoder: &Encoder) -> Vec<Part> {
    let dino = encoder.kind == EncoderKind::Dino;
    let first = encoder.positions - encoder.grid_positions();
    let positions = Turn::Positions { first, rows: encoder.positions };
    let part = match name {
        "class_embedding" if dino => Part::with("embeddings.cls_token", Turn::Squeeze(1)),
        "class_embedding" => Part::keep("embeddings.class_embedding"),
        "positional_embedding" if dino => Part::with("embeddings.position_embeddings", positions),
        "positional_embedding" => Part::with("embeddings.position_embedding.weight", positions),
        "patch_embedding.weight" if dino => {
            Part::with("embeddings.patch_embeddings.projection.weight", Turn::Patches)
        }
        "patch_embedding.weight" => Part::with("embeddings.patch_embedding.weight", Turn::Patches),
        "patch_embedding.bias" if dino => Part::keep("embeddings.patch_embeddings.projection.bias"),
        "patch_embedding.bias" => Part::keep("embeddings.patch_embedding.bias"),
        // The name has this fault where it comes from.
        "pre_ln.weight" => Part::keep("pre_layrnorm.weight"),
        "pre_ln.bias" => Part::keep("pre_layrnorm.bias"),
        _ => {
            let rest = name.strip_prefix("transformer.resblocks.").and_then(|rest| rest.split_once('.'));
            let (block, rest) = rest.unwrap_or(("", name));
            let (layer, replaced) = if dino { ("layer", &DINO) } else { ("layers", &CLIP) };
            let known = replaced.iter().find_map(|(native, theirs)| {
                rest.strip_prefix(native).map(|end| format!("encoder.{layer}.{block}.{theirs}{end}"))
            });
            Part::keep(known.unwrap_or_else(|| name.to_owned()))
        }
    };
    vec![part]
}

/// Native beginnings of names in a block, and those of CLIP and SigLIP.
const CLIP: [(&str, &str); 10] = [
    ("attention_norm.", "layer_norm1."),
    ("attention.wq.", "self_attn.q_proj."),
    ("attention.wk.", "self_attn.k_proj."),
    ("attention.wv.", "self_attn.v_proj."),
    ("attention.wo.", "self_attn.out_proj."),
    ("ffn_norm.", "layer_norm2."),
    ("feed_forward.w1.", "mlp.fc1."),
    ("feed_forward.w2.", "mlp.fc2."),
    ("lambda1", "lambda1"),
    ("lambda2", "lambda2"),
];

/// The same of DINOv2.
const DINO: [(&str, &str); 10] = [
    ("attention_norm.", "norm1."),
    ("attention.wq.", "attention.attention.query."),
    ("attention.wk.", "attention.attention.key."),
    ("attention.wv.", "attention.attention.value."),
    ("attention.wo.", "attention.output.dense."),
    ("ffn_norm.", "norm2."),
    ("feed_forward.w1.", "mlp.fc1."),
    ("feed_forward.w2.", "mlp.fc2."),
    ("lambda1", "layer_scale1.lambda1"),
    ("lambda2", "layer_scale2.lambda1"),
];

/// Whether a Molmo does without a tensor of a vision encoder.
fn left_out_of_vit(name: &str, prefix: &str, encoder: &Encoder) -> bool {
    // Texts and what joins them to pictures.
    let Some(rest) = name.strip_prefix(prefix) else { return true };
    let parts =
        ["post_layernorm.", "layernorm.", "head.", "embeddings.mask_token", "embeddings.position_ids"];
    if parts.iter().any(|part| rest.starts_with(part)) {
        return true;
    }
    let block = rest.strip_prefix("encoder.layers.").or_else(|| rest.strip_prefix("encoder.layer."));
    let block =
        block.and_then(|rest| rest.split_once('.')).and_then(|(block, _)| block.parse::<usize>().ok());
    block.is_some_and(|block| block >= encoder.layers)
}
