//! What the rows of a dataset say of receipts, small enough to keep: 24 bytes a row.

use pixmo_schemas::Sha256;
use pixmo_schemas::receipt::{Statement, SubjectName};
use sha2::Digest as _;

/// What a row says of its receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowDigests {
    /// The take.
    pub take: String,
    /// The image.
    pub image: Sha256,
    /// The recording.
    pub audio: Sha256,
    /// The raw transcript, if one was kept.
    pub raw: Option<Sha256>,
    /// The transcript as published: the raw one where nobody corrected it; nothing where it was made later.
    pub transcript: Option<Sha256>,
    /// The envelope.
    pub envelope: Sha256,
}

/// 16 bytes of a digest over what a row says.
pub(crate) type Print = [u8; 16];

impl RowDigests {
    /// What the row of a receipt must say.
    #[must_use]
    pub fn of(statement: &Statement, envelope: Sha256) -> Option<RowDigests> {
        Some(RowDigests {
            take: statement.predicate.take.clone(),
            image: statement.digest_of(SubjectName::Image)?,
            audio: statement.digest_of(SubjectName::Audio)?,
            raw: statement.digest_of(SubjectName::TranscriptRaw),
            transcript: statement
                .digest_of(SubjectName::Transcript)
                .or_else(|| statement.digest_of(SubjectName::TranscriptRaw)),
            envelope,
        })
    }

    /// The first column in which a row differs from what its receipt says: name, what stands there, what should.
    #[must_use]
    pub fn difference(&self, receipt: &RowDigests) -> Option<(&'static str, String, String)> {
        let none = |digest: Option<Sha256>| digest.map_or_else(|| "nothing".to_owned(), |d| d.to_string());
        let fields = [
            ("take", self.take.clone(), receipt.take.clone()),
            ("image_sha256", self.image.to_string(), receipt.image.to_string()),
            ("audio_sha256", self.audio.to_string(), receipt.audio.to_string()),
            ("raw_sha256", none(self.raw), none(receipt.raw)),
            ("transcript_sha256", none(self.transcript), none(receipt.transcript)),
            ("receipt_sha256", self.envelope.to_string(), receipt.envelope.to_string()),
        ];
        fields.into_iter().find(|(_, found, expected)| found != expected)
    }

    pub(crate) fn print(&self) -> Print {
        let mut hasher = sha2::Sha256::new();
        hasher.update((self.take.len() as u64).to_be_bytes());
        hasher.update(self.take.as_bytes());
        for digest in [Some(self.image), Some(self.audio), self.raw, self.transcript, Some(self.envelope)] {
            hasher.update([u8::from(digest.is_some())]);
            hasher.update(digest.as_ref().map_or(&[0; 32], |digest| digest.as_bytes()));
        }
        let whole = hasher.finalize();
        let mut print = [0; 16];
        print.copy_from_slice(&whole[..16]);
        print
    }
}

/// The rows of a dataset by the entry that each names.
#[derive(Clone, Debug, Default)]
pub struct Rows(Vec<(u64, Print)>);

impl Rows {
    /// Adds a row.
    pub fn add(&mut self, leaf: u64, row: &RowDigests) {
        self.0.push((leaf, row.print()));
    }

    /// How many.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn sorted(mut self) -> Vec<(u64, Print)> {
        self.0.sort_unstable();
        self.0
    }
}
