//! A row of `images` against its picture: the bytes in the row and the original in the store have the hash, the size and
//! the form that the row says.

use pixmo_console::Failure;
use pixmo_pictures::{Format, Limits, decode};
use pixmo_schemas::Sha256;
use pixmo_schemas::records::ImageRecord;
use pixmo_schemas::records::images::COPY_ENDING;
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
        let side = copy_side(row);
        if let Some(image) = &row.image {
            self.out.pictures += 1;
            wrong.extend(match side {
                None => differences(row, &image.bytes),
                Some(side) => differences_of_copy(row, &image.bytes, side),
            });
        }
        let original_is_embedded = row.image.is_some() && side.is_none();
        // A hash that is none was told already.
        if let (Some(store), Ok(sha256)) = (self.look.store, row.sha256.parse::<Sha256>()) {
            let extension = Format::ALL.into_iter().find(|format| format.name() == row.format);
            match store.read(sha256.as_bytes(), extension.map_or("bin", Format::extension)) {
                Ok(bytes) if !original_is_embedded => {
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

/// The longest side of the smaller copy in a row, if it has one: `ab12...-256px.jpg`.
fn copy_side(row: &ImageRecord) -> Option<u32> {
    let path = row.image.as_ref()?.path.as_ref()?;
    path.strip_suffix(COPY_ENDING)?.rsplit_once('-')?.1.parse().ok()
}

/// What a smaller copy has not in common with the original that the row describes.
fn differences_of_copy(row: &ImageRecord, bytes: &[u8], side: u32) -> Vec<String> {
    let mut wrong = Vec::new();
    match decode(bytes, &Limits { bytes_max: u64::MAX, ..Limits::default().with_heif() }) {
        Err(error) => wrong.push(format!("the copy cannot be decoded: {}", chain(&error))),
        Ok(copy) => {
            let longer = f64::from(row.width.max(row.height));
            let scale = (f64::from(side) / longer).min(1.0);
            let fits = |copy: u32, whole: i32| (f64::from(copy) - f64::from(whole) * scale).abs() <= 1.0;
            if !fits(copy.width, row.width) || !fits(copy.height, row.height) {
                wrong.push(format!(
                    "the copy has {} x {} pixels, which is not the shape of {} x {} within {side}",
                    copy.width, copy.height, row.width, row.height
                ));
            }
        }
    }
    wrong
}

/// What bytes are not what the row says.
fn differences(row: &ImageRecord, bytes: &[u8]) -> Vec<String> {
    let mut wrong = Vec::new();
    let found = Sha256::of(bytes).to_string();
    if found != row.sha256 {
        wrong.push(format!("the sha256 of its bytes is `{found}`, the row says `{}`", row.sha256));
    }
    let limits = Limits { bytes_max: u64::MAX, ..Limits::default().with_heif() };
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
