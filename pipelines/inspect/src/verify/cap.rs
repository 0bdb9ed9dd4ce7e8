//! A row of `cap` and the rows beside it: the same caption and transcripts, the hash of the row, for each transcript a take
//! whose hash is right, and recordings that are those of their takes.

use std::collections::BTreeMap;

use pixmo_console::Failure;
use pixmo_schemas::records::{CapAudioRecord, CapByImageRecord, CapReceiptRecord, CapRecord};
use pixmo_schemas::{Sha256, row_id};

use crate::tables::BY_IMAGE;
use crate::verify::damage::chain;
use crate::verify::rows::Checking;

/// What the rows of `default` say of a take: hashes of transcript and image.
type Takes = BTreeMap<(String, String), (Sha256, String)>;

impl Checking<'_> {
    /// Looks at a part of `cap`. What is kept of it grows with the takes of the part.
    pub(super) fn cap(&mut self) -> Result<(), Failure> {
        let part = self.part;
        let main = self.open::<CapRecord>(&part.main)?;
        let by_image =
            part.of(BY_IMAGE).map(|file| self.open::<CapByImageRecord>(file)).transpose()?.flatten();
        // A file that is missing or damaged was told; nothing can be compared then.
        let (Some(main), Some(by_image)) = (main, by_image) else { return Ok(()) };
        let mut takes = Takes::new();
        self.walk((main, by_image), |checking, (row, seen)| {
            checking.caption(row, seen);
            let of_row = seen.takes.iter().zip(&row.transcripts);
            takes.extend(of_row.map(|(take, text)| {
                (
                    (seen.row_id.clone(), take.clone()),
                    (Sha256::of(text.as_bytes()), seen.image_sha256.clone()),
                )
            }));
        })?;
        let rows = self.out.rows;
        self.takes(&takes)?;
        self.recordings(&takes)?;
        // Rows are those of `default`.
        self.out.rows = rows;
        Ok(())
    }

    fn caption(&mut self, row: &CapRecord, seen: &CapByImageRecord) {
        let (number, id) = (self.out.rows, seen.image_sha256.clone());
        let Some(file) = self.part.of(BY_IMAGE) else { return };
        self.identify(&seen.image_sha256);
        let same = [
            ("image_url", row.image_url == seen.image_url),
            ("caption", row.caption == seen.caption),
            ("transcripts", row.transcripts == seen.transcripts),
        ];
        for (column, _) in same.into_iter().filter(|(_, same)| !same) {
            let what = format!("`{column}` is another one than in the same row of `{}`", self.part.main.path);
            self.wrong(file, number, Some(&id), what);
        }
        match row_id(row) {
            Ok(found) if found.to_string() == seen.row_id => {}
            Ok(found) => {
                let what = format!(
                    "`row_id` is `{}`, the row in `{}` gives `{found}`",
                    seen.row_id, self.part.main.path
                );
                self.wrong(file, number, Some(&id), what);
            }
            Err(error) => self.wrong(&self.part.main, number, Some(&id), chain(&error)),
        }
    }

    /// Every take of a row has one row in `receipts`.
    fn takes(&mut self, takes: &Takes) -> Result<(), Failure> {
        let part = self.part;
        let Some(file) = part.of("receipts") else { return Ok(()) };
        let Some(open) = self.open::<CapReceiptRecord>(file)? else { return Ok(()) };
        let (mut number, mut left) = (0, takes.clone());
        self.walk(open, |checking, row| {
            let id = row.image_sha256.clone();
            match left.remove(&(row.row_id.clone(), row.take.clone())) {
                None => {
                    let what = format!(
                        "take `{}` is of no row of `{}`, or stands here twice",
                        row.take, part.main.path
                    );
                    checking.wrong(file, number, Some(&id), what);
                }
                Some((transcript, image)) => {
                    if transcript.to_string() != row.transcript_sha256 {
                        let what = format!(
                            "`transcript_sha256` is `{}`, the transcript gives `{transcript}`",
                            row.transcript_sha256
                        );
                        checking.wrong(file, number, Some(&id), what);
                    }
                    if image != row.image_sha256 {
                        let what =
                            format!("`image_sha256` is `{}`, that of its row is `{image}`", row.image_sha256);
                        checking.wrong(file, number, Some(&id), what);
                    }
                }
            }
            number += 1;
        })?;
        for ((_, take), (_, image)) in left {
            self.wrong(file, number, Some(&image), format!("there is no row for take `{take}`"));
        }
        Ok(())
    }

    /// Every recording is of a take; one that is there as it came has the hash that its row says.
    fn recordings(&mut self, takes: &Takes) -> Result<(), Failure> {
        let part = self.part;
        let Some(file) = part.of("audio") else { return Ok(()) };
        let Some(open) = self.open::<CapAudioRecord>(file)? else { return Ok(()) };
        let mut number = 0;
        self.walk(open, |checking, row| {
            let id = row.image_sha256.clone();
            match takes.get(&(row.row_id.clone(), row.take.clone())) {
                None => {
                    let what = format!("take `{}` is of no row of `{}`", row.take, part.main.path);
                    checking.wrong(file, number, Some(&id), what);
                }
                Some((transcript, _)) if *transcript != Sha256::of(row.transcript.as_bytes()) => {
                    let what = format!(
                        "the transcript of take `{}` is another one than in `{}`",
                        row.take, part.main.path
                    );
                    checking.wrong(file, number, Some(&id), what);
                }
                Some(_) => {}
            }
            // A WAV was made of what came, unless a WAV came.
            let is_wav = row.audio.path.as_ref().is_some_and(|path| path.ends_with(".wav"));
            let found = Sha256::of(&row.audio.bytes).to_string();
            if !is_wav && found != row.audio_sha256 {
                let what =
                    format!("the sha256 of the recording is `{found}`, the row says `{}`", row.audio_sha256);
                checking.wrong(file, number, Some(&id), what);
            }
            number += 1;
        })
    }
}
