//! Texts to tokens and back, with the tokenisers of the language models.

use std::path::Path;

use tokenizers::models::bpe::BPE;
use tokenizers::normalizers::unicode::NFC;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::pre_tokenizers::sequence::Sequence;
use tokenizers::pre_tokenizers::split::{Split, SplitPattern};
use tokenizers::{AddedToken, PreTokenizerWrapper, SplitDelimiterBehavior};

use crate::layout::ImageTokens;

/// Stands in a text where the image belongs.
pub const IMAGE: &str = "<|image|>";

/// The family of a language model, as far as its tokens go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Qwen2 and Qwen2.5.
    Qwen2,
    /// OLMo of October 2024, with the tokeniser of Dolma 2.
    Olmo,
    /// OLMoE of September 2024.
    Olmoe,
    /// A language model of another size, such as a small one to try things with.
    Other {
        /// Rows of its vocabulary.
        vocabulary: i32,
        /// The token that ends an answer.
        end: i32,
    },
}

impl Family {
    /// The published family with so many rows of vocabulary, if there is one.
    pub fn of_vocabulary(rows: usize) -> Option<Family> {
        let published = [Family::Qwen2, Family::Olmo, Family::Olmoe];
        published.into_iter().find(|family| usize::try_from(family.vocabulary()) == Ok(rows))
    }

    /// Rows of the vocabulary that the image tokens follow.
    pub fn vocabulary(self) -> i32 {
        match self {
            Family::Qwen2 => 152_064,
            Family::Olmo => 100_278,
            Family::Olmoe => 50_280,
            Family::Other { vocabulary, .. } => vocabulary,
        }
    }

    /// The token that ends an answer and begins a sequence.
    pub fn end(self) -> i32 {
        match self {
            Family::Qwen2 => 151_643,
            Family::Olmo => 100_257,
            Family::Olmoe => 50_279,
            Family::Other { end, .. } => end,
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Family::Qwen2 => "Qwen2",
            Family::Olmo => "OLMo",
            Family::Olmoe => "OLMoE",
            Family::Other { .. } => "this model",
        }
    }
}

/// The text of the token that ends an answer, in all three families.
const END: &str = "<|endoftext|>";

/// Why there is no tokeniser.
#[derive(Debug, thiserror::Error)]
pub enum TokenizerError {
    /// A file is not one of a tokeniser.
    #[error("{file} cannot be read as {what}")]
    File {
        /// Which file.
        file: String,
        /// What was expected.
        what: &'static str,
        /// What is wrong with it.
        #[source]
        source: tokenizers::Error,
    },
    /// It belongs to another model.
    #[error(
        "this is no tokeniser of {family}: `<|endoftext|>` has {found}, {expected} is needed; take the files that were published with the model"
    )]
    End {
        /// The family of the model.
        family: &'static str,
        /// What was found.
        found: String,
        /// The id of the model.
        expected: i32,
    },
    /// Nothing in it ends an answer.
    #[error("{file} has no `<|endoftext|>`; take the files that were published with the model")]
    Endless {
        /// Which file.
        file: String,
    },
    /// It has more tokens than the model has rows.
    #[error("this tokeniser has {found} tokens, the vocabulary of {family} has {most}")]
    TooLarge {
        /// The family of the model.
        family: &'static str,
        /// Tokens.
        found: usize,
        /// Rows.
        most: i32,
    },
}

/// Texts to tokens and back.
#[derive(Clone, Debug)]
pub struct Tokenizer {
    inner: tokenizers::Tokenizer,
    family: Family,
    /// The first of the image tokens.
    base: i32,
}

/// How Qwen2 cuts a text before it looks for tokens: the rule that is published with it.
const QWEN2_SPLIT: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

impl Tokenizer {
    /// Reads a `tokenizer.json`.
    ///
    /// # Errors
    /// The bytes are no tokeniser, or one of another model. `file` names them in errors.
    pub fn from_json(bytes: &[u8], file: &str, family: Family) -> Result<Tokenizer, TokenizerError> {
        let inner = tokenizers::Tokenizer::from_bytes(bytes).map_err(|source| TokenizerError::File {
            file: file.to_owned(),
            what: "a tokenizer.json",
            source,
        })?;
        Tokenizer::checked(inner, family)
    }

    /// Reads the `tokenizer.json` of a model with so many rows of vocabulary: of a published family if one has as many, and
    /// otherwise any that ends answers with `<|endoftext|>`.
    ///
    /// # Errors
    /// The bytes are no tokeniser, or one of another model. `file` names them in errors.
    pub fn from_json_for(bytes: &[u8], file: &str, rows: usize) -> Result<Tokenizer, TokenizerError> {
        if let Some(family) = Family::of_vocabulary(rows) {
            return Tokenizer::from_json(bytes, file, family);
        }
        let inner = tokenizers::Tokenizer::from_bytes(bytes).map_err(|source| TokenizerError::File {
            file: file.to_owned(),
            what: "a tokenizer.json",
            source,
        })?;
        let end = inner.token_to_id(END).and_then(|id| i32::try_from(id).ok());
        let end = end.ok_or_else(|| TokenizerError::Endless { file: file.to_owned() })?;
        let vocabulary = i32::try_from(rows).unwrap_or(i32::MAX);
        Tokenizer::checked(inner, Family::Other { vocabulary, end })
    }

    /// Reads `vocab.json` and `merges.txt`, the other form in which Qwen2 is published.
    ///
    /// # Errors
    /// A file is not what it should be, or of another model.
    pub fn from_vocabulary(vocabulary: &Path, merges: &Path) -> Result<Tokenizer, TokenizerError> {
        let failed = |what| {
            move |source| TokenizerError::File {
                file: format!("{} with {}", vocabulary.display(), merges.display()),
                what,
                source,
            }
        };
        let model = BPE::from_file(&vocabulary.to_string_lossy(), &merges.to_string_lossy())
            .build()
            .map_err(failed("a vocabulary with its merges"))?;
        let mut inner = tokenizers::Tokenizer::new(model);
        inner.with_normalizer(Some(NFC));
        let split =
            Split::new(SplitPattern::Regex(QWEN2_SPLIT.to_owned()), SplitDelimiterBehavior::Isolated, false)
                .map_err(failed("a rule to cut texts by"))?;
        let bytes = ByteLevel::new(false, false, false);
        inner.with_pre_tokenizer(Some(Sequence::new(vec![
            PreTokenizerWrapper::Split(split),
            PreTokenizerWrapper::ByteLevel(bytes),
        ])));
        inner.with_decoder(Some(bytes));
        inner.add_special_tokens(
            &["<|endoftext|>", "<|im_start|>", "<|im_end|>"].map(|text| AddedToken::from(text, true)),
        );
        Tokenizer::checked(inner, Family::Qwen2)
    }

    fn checked(inner: tokenizers::Tokenizer, family: Family) -> Result<Tokenizer, TokenizerError> {
        let end = inner.token_to_id(END);
        if end.and_then(|id| i32::try_from(id).ok()) != Some(family.end()) {
            let found = end.map_or_else(|| "no id".to_owned(), |id| format!("the id {id}"));
            return Err(TokenizerError::End { family: family.name(), found, expected: family.end() });
        }
        let found = inner.get_vocab_size(true);
        if i32::try_from(found).is_ok_and(|found| found > family.vocabulary()) {
            return Err(TokenizerError::TooLarge { family: family.name(), found, most: family.vocabulary() });
        }
        Ok(Tokenizer { inner, family, base: family.vocabulary() })
    }

    /// The same with the image tokens at other ids than those of the released models; see "Token ids" in `docs/molmo.md`.
    #[must_use]
    pub fn with_image_tokens_at(self, base: i32) -> Tokenizer {
        Tokenizer { base, ..self }
    }

    /// The family of the language model.
    pub fn family(&self) -> Family {
        self.family
    }

    /// The token that ends an answer and begins a sequence.
    pub fn end(&self) -> i32 {
        self.family.end()
    }

    /// The ids of the image tokens.
    pub fn image_tokens(&self) -> ImageTokens {
        ImageTokens::from_base(self.base)
    }

    /// The tokens of a text, without a beginning or an end. [`IMAGE`] becomes the token that stands for the image; the other
    /// image tokens have no text.
    pub fn encode(&self, text: &str) -> Vec<i32> {
        let mut ids = Vec::new();
        for (index, part) in text.split(IMAGE).enumerate() {
            if index > 0 {
                ids.push(self.image_tokens().image);
            }
            // Byte pairs have a token for every byte, so that every text has tokens.
            if let Ok(encoding) = self.inner.encode_fast(part, false) {
                ids.extend(encoding.get_ids().iter().map(|id| i32::try_from(*id).unwrap_or(i32::MAX)));
            }
        }
        ids
    }

    /// The text of tokens. Those that stand for parts of an image, for padding and for ends have none.
    pub fn decode(&self, ids: &[i32]) -> String {
        let ids: Vec<u32> =
            ids.iter().filter(|id| **id < self.base).filter_map(|id| u32::try_from(*id).ok()).collect();
        self.inner.decode(&ids, true).unwrap_or_default()
    }
}
