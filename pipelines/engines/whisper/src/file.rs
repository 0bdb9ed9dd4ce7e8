//! The file of a model: what it says of itself, and whether it is whole.
//!
//! whisper.cpp believes what it reads: a length that is wrong becomes an allocation, a file that was cut becomes weights
//! of zero. So every length is followed here first, to the last byte.
//!
//! The form, as `whisper_model_load` of whisper.cpp reads it, all numbers 32 bits, little-endian: the magic number, eleven
//! numbers of the shape, the mel filters (bands, bins, values), the vocabulary (count; length and bytes of each token),
//! then tensors (dimensions, length of the name, type; the sizes; the name; the weights) to the end of the file.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// `ggml`, as a number.
const MAGIC: u32 = 0x6767_6d6c;
/// The names of tensors are shorter, in bytes.
const NAME_MAX: u32 = 256;
/// The longest token, in bytes.
const TOKEN_MAX: u32 = 1024;
/// Types of numbers of ggml: number, bytes of a block, values in a block.
const TYPES: &[(u32, u64, u64)] = &[
    (0, 4, 1),
    (1, 2, 1),
    (2, 18, 32),
    (3, 20, 32),
    (6, 22, 32),
    (7, 24, 32),
    (8, 34, 32),
    (10, 84, 256),
    (11, 110, 256),
    (12, 144, 256),
    (13, 176, 256),
    (14, 210, 256),
];

/// The shape of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Tokens in its vocabulary.
    pub vocabulary: u32,
    /// Positions of the encoder: 1500, which are 30 s.
    pub audio_positions: u32,
    /// Width of the encoder.
    pub audio_width: u32,
    /// Attention heads of the encoder.
    pub audio_heads: u32,
    /// Layers of the encoder: 4 in `tiny`, 32 in `large`.
    pub audio_layers: u32,
    /// Positions of the decoder.
    pub text_positions: u32,
    /// Width of the decoder.
    pub text_width: u32,
    /// Attention heads of the decoder.
    pub text_heads: u32,
    /// Layers of the decoder.
    pub text_layers: u32,
    /// Bands of the spectrogram that it hears.
    pub mels: u32,
}

impl Shape {
    /// Whether it knows other languages than English: those that do have at least one token more.
    #[must_use]
    pub fn is_multilingual(&self) -> bool {
        self.vocabulary >= 51_865
    }
}

/// A file that was found to be whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WhisperFile {
    /// What it holds.
    pub shape: Shape,
    /// Its size in bytes.
    pub bytes: u64,
    /// Tensors in it.
    pub tensors: u32,
}

/// Why a file is no model.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("cannot read it")]
    Read(#[source] io::Error),
    /// It is something else.
    #[error("it is no Whisper model: {found}, expected one in the ggml form of whisper.cpp")]
    Other {
        /// What was found.
        found: String,
    },
    /// It is not whole.
    #[error("it is damaged: {what}")]
    Damaged {
        /// What is wrong, and where.
        what: String,
    },
}

impl WhisperFile {
    /// Follows a file to its end.
    ///
    /// # Errors
    /// When it cannot be read, is no model, or is not whole.
    pub fn check(path: &Path) -> Result<WhisperFile, FileError> {
        let file = File::open(path).map_err(FileError::Read)?;
        let bytes = file.metadata().map_err(FileError::Read)?.len();
        let mut walk = Walk { input: BufReader::new(file), at: 0, bytes };
        let shape = walk.shape()?;
        walk.filters(&shape)?;
        walk.vocabulary(&shape)?;
        let mut tensors = 0;
        while walk.at < bytes {
            walk.tensor(tensors)?;
            tensors += 1;
        }
        let expected = expected_tensors(&shape);
        if tensors != expected {
            return Err(damaged(format!("it holds {tensors} tensors, expected {expected}")));
        }
        Ok(WhisperFile { shape, bytes, tensors })
    }
}

/// Eleven for the whole, 15 a layer of the encoder, 24 a layer of the decoder.
fn expected_tensors(shape: &Shape) -> u32 {
    11 + 15 * shape.audio_layers + 24 * shape.text_layers
}

fn damaged(what: String) -> FileError {
    FileError::Damaged { what }
}

struct Walk<R> {
    input: R,
    at: u64,
    bytes: u64,
}

impl<R: Read + Seek> Walk<R> {
    fn number(&mut self, what: &str) -> Result<u32, FileError> {
        let mut number = [0; 4];
        match self.input.read_exact(&mut number) {
            Ok(()) => {
                self.at += 4;
                Ok(u32::from_le_bytes(number))
            }
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                Err(damaged(format!("it ends after {} bytes, within {what}", self.bytes)))
            }
            Err(error) => Err(FileError::Read(error)),
        }
    }

    fn skip(&mut self, count: u64, what: &str) -> Result<(), FileError> {
        if count > self.bytes - self.at {
            let missing = count - (self.bytes - self.at);
            return Err(damaged(format!("{missing} bytes are missing at its end, within {what}")));
        }
        let step = i64::try_from(count).map_err(|_| damaged(format!("{what} has {count} bytes")))?;
        // Within the buffer where it can be: tokens are a few bytes each.
        if step < 8192 {
            io::copy(&mut self.input.by_ref().take(count), &mut io::sink()).map_err(FileError::Read)?;
        } else {
            self.input.seek(SeekFrom::Current(step)).map_err(FileError::Read)?;
        }
        self.at += count;
        Ok(())
    }

    fn shape(&mut self) -> Result<Shape, FileError> {
        if self.bytes < 4 {
            return Err(FileError::Other { found: format!("it has {} bytes", self.bytes) });
        }
        let magic = self.number("its first number")?;
        if magic != MAGIC {
            return Err(FileError::Other { found: format!("it begins with 0x{magic:08x}") });
        }
        let mut numbers = [0; 11];
        for number in &mut numbers {
            *number = self.number("its shape")?;
        }
        let [vocabulary, audio_positions, audio_width, audio_heads, audio_layers, rest @ ..] = numbers;
        let [text_positions, text_width, text_heads, text_layers, mels, form] = rest;
        // What `whisper.cpp` knows, with room for what may come.
        let known = [
            ("vocabulary", vocabulary, 51_864..=60_000),
            ("positions of the encoder", audio_positions, 1500..=1500),
            ("width of the encoder", audio_width, 64..=4096),
            ("heads of the encoder", audio_heads, 1..=64),
            ("layers of the encoder", audio_layers, 4..=32),
            ("positions of the decoder", text_positions, 448..=448),
            ("width of the decoder", text_width, audio_width..=audio_width),
            ("heads of the decoder", text_heads, 1..=64),
            ("layers of the decoder", text_layers, 1..=32),
            ("bands of the spectrogram", mels, 80..=128),
            ("form of the weights", form, 0..=2999),
        ];
        for (what, found, range) in known {
            if !range.contains(&found) {
                let (from, to) = (range.start(), range.end());
                let expected = if from == to { format!("{from}") } else { format!("{from} to {to}") };
                return Err(FileError::Other {
                    found: format!("its {what} is {found}, where {expected} is known"),
                });
            }
        }
        Ok(Shape {
            vocabulary,
            audio_positions,
            audio_width,
            audio_heads,
            audio_layers,
            text_positions,
            text_width,
            text_heads,
            text_layers,
            mels,
        })
    }

    fn filters(&mut self, shape: &Shape) -> Result<(), FileError> {
        let (bands, bins) = (self.number("the mel filters")?, self.number("the mel filters")?);
        if bands != shape.mels || !(1..=4096).contains(&bins) {
            return Err(damaged(format!(
                "its mel filters are {bands} x {bins}, expected {} x 201",
                shape.mels
            )));
        }
        self.skip(u64::from(bands) * u64::from(bins) * 4, "the mel filters")
    }

    fn vocabulary(&mut self, shape: &Shape) -> Result<(), FileError> {
        let count = self.number("the vocabulary")?;
        if count > shape.vocabulary {
            return Err(damaged(format!("it lists {count} tokens, expected at most {}", shape.vocabulary)));
        }
        for token in 0..count {
            let length = self.number("the vocabulary")?;
            if length > TOKEN_MAX {
                return Err(damaged(format!("token {token} has {length} bytes")));
            }
            self.skip(u64::from(length), "the vocabulary")?;
        }
        Ok(())
    }

    fn tensor(&mut self, number: u32) -> Result<(), FileError> {
        let what = format!("tensor {number}");
        let (dimensions, name, kind) = (self.number(&what)?, self.number(&what)?, self.number(&what)?);
        if !(1..=4).contains(&dimensions) || name > NAME_MAX {
            return Err(damaged(format!("{what} has {dimensions} dimensions and a name of {name} bytes")));
        }
        let Some((_, bytes, block)) = TYPES.iter().find(|(known, ..)| *known == kind) else {
            return Err(damaged(format!("{what} has numbers of the unknown type {kind}")));
        };
        let mut values: u64 = 1;
        for _ in 0..dimensions {
            values = values.saturating_mul(u64::from(self.number(&what)?));
        }
        // No larger than a file could be.
        if values == 0 || values > 1 << 40 || !values.is_multiple_of(*block) {
            return Err(damaged(format!("{what} has {values} values")));
        }
        self.skip(u64::from(name), &what)?;
        self.skip(values / block * bytes, &what)
    }
}
