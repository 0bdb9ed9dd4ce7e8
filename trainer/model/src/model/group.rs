//! Which parameters learn together.

/// Parameters with a learning rate and a limit of their gradients of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Pooling, projector, marks of padding, and rows of new ids.
    Connector,
    /// The vision encoder.
    Vit,
    /// Blocks, last norm and output of the language model.
    Llm,
}

impl Group {
    /// All groups.
    pub const ALL: [Group; 3] = [Group::Connector, Group::Vit, Group::Llm];

    /// The group of a parameter by its name; none for the table of the language model, which does not learn.
    pub fn of(name: &str) -> Option<Group> {
        let connector = ["image_pooling_2d", "image_projector", "pad_embed", "wte.new_embedding"];
        if connector.iter().any(|part| name.contains(part)) {
            return Some(Group::Connector);
        }
        if name.contains("image_vit") {
            return Some(Group::Vit);
        }
        (!name.contains("wte.embedding")).then_some(Group::Llm)
    }

    /// What logs call it.
    pub fn name(self) -> &'static str {
        match self {
            Group::Connector => "connector",
            Group::Vit => "vit",
            Group::Llm => "llm",
        }
    }
}
