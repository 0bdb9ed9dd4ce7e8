//! Photographs of the user to put behind clocks: a folder, held to limits and told by its hash.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use pixmo_console::Failure;

/// Most photographs.
const FILES_MAX: usize = 20_000;
/// Largest photograph in bytes.
const BYTES_MAX: u64 = 64 * 1024 * 1024;

/// The photographs of a folder, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backgrounds {
    /// Their paths, by name.
    pub files: Vec<PathBuf>,
    /// BLAKE3 of names and contents in hexadecimal digits.
    pub blake3: String,
}

impl Backgrounds {
    /// Reads the photographs of a folder: all its `.png`, `.jpg` and `.jpeg` files. Other files and folders inside are left
    /// alone. `blake3` is what they must hash to; empty for anything.
    ///
    /// # Errors
    /// Each with the path: not there, no folder, none inside, too many, too large, no picture by its first bytes, another
    /// hash.
    pub fn read(folder: &str, blake3: &str) -> Result<Self, Failure> {
        let files = pictures_in(Path::new(folder))?;
        let mut hasher = blake3::Hasher::new_derive_key("pixmo 2026 backgrounds of clocks");
        for path in &files {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let bytes = read_picture(path)?;
            for part in [name.as_bytes(), &bytes] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        }
        let hash = hasher.finalize().to_hex().to_string();
        if !blake3.is_empty() && blake3 != hash {
            let expected = blake3.get(..12).unwrap_or(blake3);
            return Err(Failure::request("the backgrounds are not those that the build was begun with")
                .because(format!("their BLAKE3 is `{}…`, expected `{expected}…`", &hash[..12]))
                .at(folder)
                .hint("bring the old pictures back, or begin anew in another folder with `--into`"));
        }
        Ok(Self { files, blake3: hash })
    }
}

/// The bytes of a photograph, of which the first ones were looked at.
///
/// # Errors
/// A file that cannot be read, is too large, or is neither PNG nor JPEG.
pub fn read_picture(path: &Path) -> Result<Vec<u8>, Failure> {
    let place = path.display().to_string();
    let failed = |error: std::io::Error| {
        Failure::request("cannot read a background").cause(&error).at(path.display().to_string())
    };
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(BYTES_MAX + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() as u64 > BYTES_MAX {
        return Err(Failure::request("a background is too large")
            .because(format!("it has more than {BYTES_MAX} bytes"))
            .at(place)
            .hint("take it away, or give a smaller copy"));
    }
    let is_picture = bytes.starts_with(b"\x89PNG\r\n\x1a\n") || bytes.starts_with(b"\xff\xd8\xff");
    if !is_picture {
        return Err(Failure::request("a background is neither PNG nor JPEG")
            .because(format!("none of its {} bytes begin such a file", bytes.len()))
            .at(place)
            .hint("take it away, or save it as PNG or JPEG"));
    }
    Ok(bytes)
}

/// The pictures of a folder, by name, so that the order of the disk does not matter.
fn pictures_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let place = folder.display().to_string();
    let failed = |error: std::io::Error| {
        Failure::request("cannot read the folder of backgrounds")
            .cause(&error)
            .at(folder.display().to_string())
            .hint("paths are taken from the folder in which the program is started")
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        if ["png", "jpg", "jpeg"].contains(&ending.as_str()) && path.is_file() {
            files.push(path);
        }
        if files.len() > FILES_MAX {
            return Err(Failure::request(format!("there are more than {FILES_MAX} backgrounds"))
                .at(place)
                .hint("give a sample of them"));
        }
    }
    if files.is_empty() {
        return Err(Failure::request("the folder of backgrounds has no pictures")
            .because("found no `.png`, `.jpg` or `.jpeg` file in it")
            .at(place)
            .hint("put pictures into it, or leave the key `backgrounds` away"));
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const JPEG: &[u8] = b"\xff\xd8\xff\xe0 and so on";
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, bytes) in files {
            fs::write(folder.path().join(name), bytes).expect("a file");
        }
        folder
    }

    fn read(folder: &tempfile::TempDir, hash: &str) -> Result<Backgrounds, Failure> {
        Backgrounds::read(&folder.path().display().to_string(), hash)
    }

    #[test]
    fn pictures_are_sorted_and_hashed() {
        let one = folder(&[("b.png", PNG), ("a.JPG", JPEG), ("notes.txt", b"not mine")]);
        let found = read(&one, "").expect("two pictures");
        let names: Vec<_> = found.files.iter().map(|path| path.file_name().unwrap_or_default()).collect();
        assert_eq!(names, ["a.JPG", "b.png"]);
        assert_eq!(read(&one, &found.blake3), Ok(found.clone()));
        // Neither place nor order nor other files count; names and contents do.
        let same = folder(&[("a.JPG", JPEG), ("b.png", PNG)]);
        assert_eq!(read(&same, "").expect("two pictures").blake3, found.blake3);
        let renamed = folder(&[("a.JPG", JPEG), ("c.png", PNG)]);
        let error = read(&renamed, &found.blake3).expect_err("another hash");
        assert_eq!(error.message, "the backgrounds are not those that the build was begun with");
    }

    #[test]
    fn the_order_of_the_disk_does_not_matter() {
        let names: Vec<String> = (0..40).map(|number| format!("{}.png", number * 17 % 41)).collect();
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), PNG)).collect();
        let found = read(&folder(&files), "").expect("pictures");
        assert!(found.files.is_sorted() && found.files.len() == 40);
    }

    #[test]
    fn broken_folders_are_told() {
        let error = |folder: &tempfile::TempDir| read(folder, "").expect_err("broken");
        assert_eq!(error(&folder(&[])).message, "the folder of backgrounds has no pictures");
        let broken = folder(&[("a.jpg", JPEG), ("b.png", b"half")]);
        let failure = error(&broken);
        assert_eq!(failure.message, "a background is neither PNG nor JPEG");
        assert!(format!("{failure:?}").contains("b.png"), "{failure:?}");
        let none = Backgrounds::read("no/such/folder", "").expect_err("not there");
        assert_eq!(none.message, "cannot read the folder of backgrounds");
    }
}
