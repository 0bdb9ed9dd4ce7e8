//! What an image looks like from afar: the mean colour of each field of a grid of four by four.
//!
//! That tells a harbour from a kitchen, and not more is wanted: the nearest images are only asked for labels.

use std::collections::BTreeMap;

use pixmo_pictures::{Decoded, Limits};

use super::choose::Scene;
use crate::App;
use crate::http::Problem;

/// Fields in a row, and rows.
const SIDE: usize = 4;
/// Images that are looked at before what was seen is written down.
const BATCH_MAX: usize = 100;

/// Red, green and blue of each field, row by row.
pub(super) type Look = [u8; SIDE * SIDE * 3];

/// A look as the database has it.
pub(super) fn read(text: &str) -> Option<Look> {
    let mut look = [0; SIDE * SIDE * 3];
    hex::decode_to_slice(text, &mut look).ok()?;
    Some(look)
}

/// How far two looks are apart: the sum of all differences.
pub(super) fn distance(a: &Look, b: &Look) -> u32 {
    a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(*b))).sum()
}

fn of_picture(decoded: &Decoded) -> Look {
    let (width, height) = (decoded.width as usize, decoded.height as usize);
    let (mut sums, mut counts) = ([0u64; SIDE * SIDE * 3], [0u64; SIDE * SIDE]);
    for (number, pixel) in decoded.pixels.chunks_exact(3).enumerate() {
        let (x, y) = (number % width, number / width);
        let field = (y * SIDE / height) * SIDE + x * SIDE / width;
        counts[field] += 1;
        for (sum, value) in sums[field * 3..].iter_mut().zip(pixel) {
            *sum += u64::from(*value);
        }
    }
    let mut look = [0; SIDE * SIDE * 3];
    for (at, value) in look.iter_mut().enumerate() {
        // An image that is narrower than the grid has fields without a pixel.
        let mean = sums[at].checked_div(counts[at / 3]).unwrap_or(0);
        *value = u8::try_from(mean).unwrap_or(u8::MAX);
    }
    look
}

/// Looks at the images that nobody looked at yet. One that cannot be read any more is left without a look.
pub(super) async fn complete(app: &App, scenes: &mut [Scene]) -> Result<(), Problem> {
    let unseen: Vec<String> =
        scenes.iter().filter(|scene| scene.look.is_none()).map(|scene| scene.image.clone()).collect();
    let mut seen: BTreeMap<String, Look> = BTreeMap::new();
    for images in unseen.chunks(BATCH_MAX) {
        let mut extensions = Vec::with_capacity(images.len());
        for image in images {
            let extension: Option<String> =
                sqlx::query_scalar("SELECT extension FROM image WHERE sha256 = $1")
                    .bind(image)
                    .fetch_optional(app.db.reads())
                    .await?;
            extensions.extend(extension.map(|extension| (image.clone(), extension)));
        }
        let store = app.clone();
        let looked = tokio::task::spawn_blocking(move || {
            let looks = extensions.into_iter().filter_map(|(image, extension)| {
                let mut hash = [0; 32];
                hex::decode_to_slice(&image, &mut hash).ok()?;
                let bytes = store.images.read(&hash, &extension);
                let bytes =
                    bytes.inspect_err(|error| tracing::warn!(image, %error, "image cannot be looked at"));
                let decoded = pixmo_pictures::decode(&bytes.ok()?, &Limits::default()).ok()?;
                Some((image, of_picture(&decoded)))
            });
            looks.collect::<Vec<_>>()
        });
        let looked = looked.await.map_err(|error| Problem::bug(format!("looking at images: {error}")))?;
        seen.extend(looked.iter().cloned());
        app.db
            .write("absent.look", async move |tx| {
                for (image, look) in &looked {
                    sqlx::query("UPDATE image SET look = $1 WHERE sha256 = $2")
                        .bind(hex::encode(look))
                        .bind(image)
                        .execute(&mut *tx)
                        .await?;
                }
                Ok(())
            })
            .await?;
    }
    for scene in scenes {
        scene.look = scene.look.or_else(|| seen.get(&scene.image).copied());
    }
    Ok(())
}
