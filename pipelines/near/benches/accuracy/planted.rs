//! The planted files and what they look like.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pixmo_near::{Hash64, Hash256, Look, Picture, Thumb, View, Window};
use pixmo_pictures::{Limits, decode, look, mirrored, view_window};
use serde::Deserialize;

/// The script, from the folder of the crate.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/benches/near_plant.py");

/// One planted file, as the script says.
#[derive(Clone, Deserialize)]
pub(crate) struct Item {
    file: String,
    /// Files with the same one show the same picture.
    pub(crate) picture: String,
    /// What looks alike without being the same.
    pub(crate) family: String,
    /// How it was changed; `original` is not.
    pub(crate) change: String,
    half: u8,
    /// What is in it.
    pub(crate) kind: String,
}

/// All planted files.
pub(crate) struct Planted(Vec<(Item, Picture, Look)>);

impl Planted {
    /// Reads a folder, or makes one; or says why there is none.
    pub(crate) fn read_or_make(
        folder: Option<&Path>,
        more: &[PathBuf],
    ) -> Result<Result<Planted, String>, Box<dyn Error>> {
        if let Some(folder) = folder {
            return Ok(Ok(Planted::read(folder)?));
        }
        let venvs = env::var_os("PIXMO_PYTHON_DIR").map(PathBuf::from);
        let venvs = venvs.or_else(|| Some(Path::new(&env::var_os("HOME")?).join(".cache/pixmo/python")));
        let python = venvs.map(|venvs| venvs.join("benches/bin/python")).filter(|python| python.exists());
        let Some(python) = python else {
            return Ok(Err("its Python is not there; `tests/setup.sh --benches` installs it".to_owned()));
        };
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("near-planted");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        let status = Command::new(python).arg(SCRIPT).arg(&folder).args(more).status()?;
        if !status.success() {
            return Err(format!("`{SCRIPT}` ended with {status}").into());
        }
        Ok(Ok(Planted::read(&folder)?))
    }

    fn read(folder: &Path) -> Result<Planted, Box<dyn Error>> {
        let items: Vec<Item> = serde_json::from_slice(&fs::read(folder.join("planted.json"))?)?;
        let read = |(row, item): (u64, Item)| {
            let bytes = fs::read(folder.join(&item.file))?;
            let seen = seen(row, &bytes).map_err(|why| format!("`{}`: {why}", item.file))?;
            Ok((item, seen.0, seen.1))
        };
        Ok(Planted((0..).zip(items).map(read).collect::<Result<_, Box<dyn Error>>>()?))
    }

    /// What stands in one half.
    pub(crate) fn half(&self, half: u8) -> (Vec<Item>, Vec<Picture>, Vec<Look>) {
        let (mut items, mut pictures, mut looks) = (Vec::new(), Vec::new(), Vec::new());
        for (item, picture, look) in self.0.iter().filter(|(item, ..)| item.half == half) {
            items.push(item.clone());
            pictures.push(picture.clone());
            looks.push(look.clone());
        }
        (items, pictures, looks)
    }
}

/// A file as a picture and its look.
fn seen(row: u64, bytes: &[u8]) -> Result<(Picture, Look), Box<dyn Error>> {
    let decoded = decode(bytes, &Limits::default()).map_err(|fault| format!("{fault:?}"))?;
    let seen = look(&decoded);
    let mut views = Vec::new();
    for (number, hash) in seen.views.iter().enumerate() {
        let [left, top, right, bottom] = view_window(number);
        let window = Window { left, top, right, bottom };
        views.push(View { window, is_mirrored: false, hash: Hash64::from(*hash) });
        let window = Window { left: 1000 - right, top, right: 1000 - left, bottom };
        views.push(View { window, is_mirrored: true, hash: Hash64::from(mirrored(*hash)) });
    }
    let look = Look {
        hash: Hash256::from(seen.hash),
        mirror: Hash256::from(seen.hash_mirrored),
        coarse: Hash64::from(seen.views[0]),
        views,
        thumb: Thumb::new(seen.thumbnail.to_vec()).ok_or("a thumbnail of another size")?,
        flat: seen.flat,
    };
    // The number stands in for the hash of the bytes, which are all different.
    let mut sha256 = [0; 32];
    sha256[..8].copy_from_slice(&row.to_be_bytes());
    let picture = Picture {
        row,
        sha256,
        width: decoded.width,
        height: decoded.height,
        bytes: bytes.len() as u64,
        evaluation: false,
        hash: look.hash,
        coarse: look.coarse,
        flat: look.flat,
    };
    Ok((picture, look))
}
