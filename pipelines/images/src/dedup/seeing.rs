//! Looking at the images whose looks are not kept yet: originals from the store, or from the rows that bring them.

use std::collections::BTreeMap;

use pixmo_console::{Console, Failure, wording};
use pixmo_pictures::{Limits, decode};
use pixmo_schemas::records::ImageRecord;
use pixmo_shards::{OriginalError, Originals, read_rows};
use pixmo_stage::parallel;

use crate::catalogue::{Catalogue, Known};
use crate::failures;
use crate::judge::extension_of;
use crate::looks::{LooksFile, Seen};

/// How many looks are made between two syncs.
const LOOKS_A_SYNC: u64 = 4_096;

/// Looks at what was not looked at; how many could not be seen: their originals are gone, or no picture any more.
pub(crate) fn look_at_all(
    catalogue: &Catalogue,
    looks: &mut LooksFile,
    store: &Originals,
    jobs: usize,
    console: &Console,
) -> Result<u64, Failure> {
    let unseen: Vec<&Known> = catalogue.images.iter().filter(|image| !looks.has(&image.sha256)).collect();
    if unseen.is_empty() {
        return Ok(0);
    }
    console.say(format!("looking at {}", wording::counted(unseen.len() as u64, "image")));
    let mut absent: Vec<&Known> = Vec::new();
    let mut unreadable = 0;
    let mut added = 0u64;
    let look = |at: usize| match original(store, unseen[at])? {
        Some(bytes) => {
            Ok(Some(decode(&bytes, &Limits::default().with_heif()).ok().map(|decoded| Seen::of(&decoded))))
        }
        None => Ok(None),
    };
    let interrupt = console.interrupt();
    let is_whole = parallel::each(unseen.len(), jobs, &interrupt, look, |at, seen| {
        match seen {
            None => absent.push(unseen[at]),
            Some(None) => unreadable += 1,
            Some(Some(seen)) => {
                looks.add(unseen[at].sha256, &seen)?;
                added += 1;
                if added.is_multiple_of(LOOKS_A_SYNC) {
                    looks.sync()?;
                }
            }
        }
        Ok(())
    })?;
    if is_whole {
        unreadable += look_in_rows(catalogue, &absent, looks)?;
    }
    looks.sync()?;
    if !is_whole || interrupt.is_requested() {
        return Err(Failure::interrupted(format!(
            "{} were looked at and are kept",
            wording::counted(added, "image")
        ))
        .hint("run the same command again to continue"));
    }
    Ok(unreadable)
}

/// The original in the store; one that is damaged is as good as gone.
fn original(store: &Originals, image: &Known) -> Result<Option<Vec<u8>>, Failure> {
    match store.read(&image.sha256, extension_of(image.format)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(OriginalError::Missing { .. } | OriginalError::Damaged { .. }) => Ok(None),
        Err(OriginalError::Location(error)) => Err(failures::of_place(error)),
    }
}

/// Looks at images whose originals are not in the store, file by file of the rows that may bring them.
fn look_in_rows(catalogue: &Catalogue, absent: &[&Known], looks: &mut LooksFile) -> Result<u64, Failure> {
    let mut by_file: BTreeMap<(u32, u32), BTreeMap<u64, &Known>> = BTreeMap::new();
    for image in absent {
        let place = image.place;
        by_file.entry((place.dataset, place.file)).or_default().insert(place.row, image);
    }
    let mut unseen = 0;
    for wanted in by_file.into_values() {
        let Some(first) = wanted.values().next() else { continue };
        let Some((location, file)) = catalogue.file(first.place) else { continue };
        for (number, row) in
            (0..).zip(read_rows::<ImageRecord>(location, file).map_err(failures::of_reading)?)
        {
            let Some(image) = wanted.get(&number) else { continue };
            let bytes = row.map_err(failures::of_reading)?.image.map(|image| image.bytes);
            match bytes.and_then(|bytes| decode(&bytes, &Limits::default().with_heif()).ok()) {
                Some(decoded) => looks.add(image.sha256, &Seen::of(&decoded))?,
                None => unseen += 1,
            }
        }
    }
    Ok(unseen)
}
