//! The section `[build.docs]` of the campaign file.

use pixmo_console::Failure;
use serde::{Deserialize, Serialize};

use crate::picture::Shelf;
use crate::steering::Lines;

/// What can be set for the documents.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// How many pictures of each family; by default as many as were published.
    pub figures: Figures,
    /// Which kinds are drawn; all by default.
    pub kinds: Vec<String>,
    /// A file of personas, which are recorded with the rows and steer what pictures are about; see [`crate::steering`].
    /// The path is taken from the folder in which the program is started. Empty for those of the generated world.
    pub personas: String,
    /// BLAKE3 of the file of personas in hexadecimal digits. Filled in when a build begins and part of what it is continued
    /// with; in a campaign it pins the file.
    pub personas_blake3: String,
    /// A file of topics, which steer what charts and tables are about; as for `personas`.
    pub topics: String,
    /// BLAKE3 of the file of topics, as for `personas_blake3`.
    pub topics_blake3: String,
}

/// Numbers of pictures by family.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Figures {
    /// Charts.
    pub charts: u64,
    /// Tables.
    pub tables: u64,
    /// Diagrams.
    pub diagrams: u64,
    /// Documents, config `other`.
    pub documents: u64,
}

/// The published numbers of pictures, train and validation together (pixmo-docs dataset card). That of documents is
/// the difference to the published total of 255,000 pictures.
impl Default for Figures {
    fn default() -> Self {
        Self { charts: 117_838, tables: 47_542, diagrams: 17_575, documents: 72_324 }
    }
}

impl Settings {
    /// Notes the hashes of the files that are named, so that a build is continued with the same contents only.
    ///
    /// # Errors
    /// A file that cannot be read or is not the one that its hash asks for; a hash without a file.
    pub fn pin(&mut self) -> Result<(), Failure> {
        for (what, path, hash) in [
            ("persona", &self.personas, &mut self.personas_blake3),
            ("topic", &self.topics, &mut self.topics_blake3),
        ] {
            if path.is_empty() {
                if !hash.is_empty() {
                    return Err(Failure::request(format!(
                        "`{what}s_blake3` of [build.docs] is the hash of no file"
                    ))
                    .hint(format!("name the file in `{what}s`")));
                }
                continue;
            }
            *hash = Lines::read(path, what, hash)?.blake3;
        }
        Ok(())
    }

    /// Number of pictures of a family.
    pub fn count(&self, shelf: Shelf) -> u64 {
        match shelf {
            Shelf::Charts => self.figures.charts,
            Shelf::Tables => self.figures.tables,
            Shelf::Diagrams => self.figures.diagrams,
            Shelf::Other => self.figures.documents,
        }
    }

    /// The kinds to draw of each family.
    ///
    /// # Errors
    /// A kind that does not exist, or a family that has pictures to make but no kind left.
    pub fn kinds_of(&self) -> Result<[Vec<&'static str>; 4], Failure> {
        let all: Vec<&'static str> = Shelf::ALL.iter().flat_map(|s| s.kinds()).collect();
        for kind in &self.kinds {
            if !all.contains(&kind.as_str()) {
                let failure = Failure::request(format!("unknown kind `{kind}` in `kinds` of [build.docs]"));
                let nearest = all.iter().max_by(|a, b| {
                    strsim::jaro_winkler(a, kind).total_cmp(&strsim::jaro_winkler(b, kind)).then(b.cmp(a))
                });
                return Err(match nearest {
                    Some(near) if strsim::jaro_winkler(near, kind) > 0.75 => {
                        failure.hint(format!("did you mean `{near}`?"))
                    }
                    _ => failure.hint(format!("the kinds are {}", all.join(", "))),
                });
            }
        }
        let chosen = Shelf::ALL.map(|shelf| -> Vec<&'static str> {
            let kinds = shelf.kinds().into_iter();
            kinds.filter(|k| self.kinds.is_empty() || self.kinds.iter().any(|wanted| wanted == k)).collect()
        });
        Ok(chosen)
    }
}
