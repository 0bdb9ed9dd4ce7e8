//! A row of `images` against its picture: the bytes in the row and the original in the store have the hash, the size and
//! the form that the row says.

use pixmo_console::Failure;
use pixmo_pictures::{Format, Limits, decode};
use pixmo_schemas::Sha256;
use pixmo_schemas::records::ImageRecord;
use pixmo_shards::OriginalError;

use crate::failures;
use crate::verify::damage::chain;
use crate::verify::rows::Checking;

impl Checking<'_> {
    /// Looks at a part of `images`.
    pub(super) fn images(&mut self) -> Result<(), Failure> {
        let Some(main) = self.open::<ImageRecord>(&self.part.main)? else { return Ok(()) };
        // What stops the walk is kept until it has ended.
        let mut failed = None;
        self.walk(main, |checking, row| {
            if failed.is_none() {
                failed = checking.image(row).err();
            }
        })?;
        failed.map_or(Ok(()), Err)
    }

    fn image(&mut self, row: &ImageRecord) -> Result<(), Failure> {
        let (file, number, id) = (self.part.main.clone(), self.out.rows, row.sha256.clone());
        let mut wrong = Vec::new();
        let embedded = row.image.as_ref().map(|image| image.bytes.as_slice());
        if let Some(bytes) = embedded {
            self.out.pictures += 1;
            wrong.extend(differences(row, bytes));
        }
        // A hash that is none was told already.
        if let (Some(store), Ok(sha256)) = (self.look.store, row.sha256.parse::<Sha256>()) {
            let extension = Format::ALL.into_iter().find(|format| format.name() == row.format);
            match store.read(sha256.as_bytes(), extension.map_or("bin", Format::extension)) {
                Ok(bytes) if embedded.is_none() => {
                    self.out.pictures += 1;
                    wrong.extend(differences(row, &bytes));
                }
                Ok(_) => {}
                Err(OriginalError::Location(error)) => return Err(failures::of_place(error)),
                Err(error) => wrong.push(format!("{error} (in {})", store.location())),
            }
        }
        for what in wrong {
            self.wrong(&file, number, Some(id.as_str()), what);
        }
        Ok(())
    }
}

/// What bytes are not what the row says.
fn differences(row: &ImageRecord, bytes: &[u8]) -> Vec<String> {
    let mut wrong = Vec::new();
    let found = Sha256::of(bytes).to_string();
    if found != row.sha256 {
        wrong.push(format!("the sha256 of its bytes is `{found}`, the row says `{}`", row.sha256));
    }
    let limits = Limits { bytes_max: u64::MAX, ..Limits::default() };
    match decode(bytes, &limits) {
        Err(error) => wrong.push(format!("the picture cannot be decoded: {}", chain(&error))),
        Ok(picture) => {
            let (format, orientation) = (picture.format.name(), i32::from(picture.orientation));
            if format != row.format {
                wrong.push(format!("the picture is `{format}`, the row says `{}`", row.format));
            }
            let (width, height) = (i64::from(picture.width), i64::from(picture.height));
            if (width, height) != (i64::from(row.width), i64::from(row.height)) {
                let said = format!("{} x {}", row.width, row.height);
                wrong.push(format!("the picture has {width} x {height} pixels upright, the row says {said}"));
            }
            if orientation != row.orientation {
                wrong.push(format!(
                    "the picture has orientation {orientation}, the row says {}",
                    row.orientation
                ));
            }
        }
    }
    wrong
}
