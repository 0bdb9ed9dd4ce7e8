//! Pictures that are drawn for tests, and copies of them as they are found on the web.

use std::path::{Path, PathBuf};

use pixmo_console::{Captured, Console, ConsoleArgs, Ending, Failure};
use pixmo_images::import::{self, ImportArgs};
use pixmo_pictures::{Colour, Decoded, Format, Model, Profile, encode_jpeg};

/// A picture of its own: hills of light in places that the seed decides, with a few boxes over them.
pub(crate) fn draw(seed: u64, width: u32, height: u32) -> Decoded {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let (w, h) = (u64::from(width), u64::from(height));
    let hills: Vec<[i64; 4]> = (0..12)
        .map(|_| [next(w) as i64, next(h) as i64, 20 + next(w / 3) as i64, next(400) as i64 - 200])
        .collect();
    let boxes: Vec<[u64; 5]> = (0..5)
        .map(|_| {
            let (x, y) = (next(w), next(h));
            [x, y, x + 10 + next(w / 4), y + 10 + next(h / 4), next(256)]
        })
        .collect();
    let mut pixels = Vec::with_capacity((3 * w * h) as usize);
    for y in 0..h {
        for x in 0..w {
            let mut light = 128i64;
            for [cx, cy, radius, lift] in &hills {
                let (dx, dy) = (x as i64 - cx, y as i64 - cy);
                light += lift * radius * radius / (radius * radius + dx * dx + dy * dy);
            }
            let inside = boxes.iter().find(|[left, top, right, bottom, _]| {
                (*left..*right).contains(&x) && (*top..*bottom).contains(&y)
            });
            let light = inside.map_or(light, |[.., tone]| *tone as i64).clamp(0, 255) as u8;
            pixels.extend([light, light / 2 + 60, 255 - light]);
        }
    }
    of_pixels(pixels, width, height)
}

fn of_pixels(pixels: Vec<u8>, width: u32, height: u32) -> Decoded {
    let colour = Colour { model: Model::Rgb, bits: 8, alpha: false, profile: Profile::Absent };
    Decoded { pixels, width, height, format: Format::Jpeg, orientation: 1, colour, warnings: Vec::new() }
}

/// A part of a picture, in pixels from its edges.
pub(crate) fn cropped(picture: &Decoded, left: u32, top: u32, right: u32, bottom: u32) -> Decoded {
    let (width, height) = (picture.width - left - right, picture.height - top - bottom);
    let row = |y: u32| {
        let from = 3 * (y * picture.width + left) as usize;
        &picture.pixels[from..from + 3 * width as usize]
    };
    let pixels = (top..top + height).flat_map(|y| row(y).to_vec()).collect();
    of_pixels(pixels, width, height)
}

/// Left and right exchanged.
pub(crate) fn mirrored(picture: &Decoded) -> Decoded {
    let rows = picture.pixels.chunks_exact(3 * picture.width as usize);
    let pixels =
        rows.flat_map(|row| row.chunks_exact(3).rev().flatten().copied().collect::<Vec<u8>>()).collect();
    of_pixels(pixels, picture.width, picture.height)
}

pub(crate) fn jpeg(picture: &Decoded, quality: u8) -> Vec<u8> {
    encode_jpeg(picture, quality)
}

/// A data folder, with the campaign file that names it.
pub(crate) struct Data {
    folder: tempfile::TempDir,
}

impl Data {
    pub(crate) fn new() -> Data {
        let data = Data { folder: tempfile::tempdir().unwrap() };
        let text = format!("[campaign]\nname = \"test\"\nseed = 7\ndata = {:?}\n", data.path("data"));
        std::fs::write(data.campaign(), text).unwrap();
        data
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn campaign(&self) -> PathBuf {
        self.path("campaign.toml")
    }

    pub(crate) fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Takes a folder in as the dataset `images` of the data folder.
    pub(crate) fn import(&self, folder: &str, shards: u32) {
        let mut args = ImportArgs { folder: self.path(folder), ..ImportArgs::default() };
        args.intake.campaign = Some(self.campaign());
        args.intake.shards = Some(shards);
        told(|console| import::run(&args, console)).unwrap();
    }
}

/// Runs a verb with a console of its own; what it wrote.
pub(crate) fn told(run: impl FnOnce(&Console) -> Result<Ending, Failure>) -> Result<Captured, Failure> {
    let (console, captured) = Console::captured(&ConsoleArgs::default());
    run(&console)?;
    Ok(captured)
}

/// All files below a folder with their contents, without what belongs to a work under way.
pub(crate) fn content(folder: &Path) -> Vec<(String, Vec<u8>)> {
    fn below(root: &Path, folder: &Path, out: &mut Vec<(String, Vec<u8>)>) {
        let mut entries: Vec<PathBuf> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            let name = path.strip_prefix(root).unwrap().display().to_string();
            match path.is_dir() {
                true if name.starts_with('.') => {}
                true => below(root, &path, out),
                false => out.push((name, std::fs::read(&path).unwrap())),
            }
        }
    }
    let mut out = Vec::new();
    below(folder, folder, &mut out);
    out
}

pub(crate) fn copy(from: &Path, to: &Path) {
    for (name, bytes) in content(from) {
        let path = to.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}
