//! Photographs of the user to put behind clocks: a folder, held to limits and told by its hash.
//!
//! All of them are looked at before anything is written. Afterwards a worker reads the few that it needs next and keeps
//! them for a while, so that memory grows neither with the folder nor with the build.

use std::collections::VecDeque;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use pixmo_console::Failure;
use pixmo_render::Rng;
use sha2::{Digest as _, Sha256};

use crate::photograph::{PIXELS_MAX, Photograph, PhotographError, SIDE_MIN};

/// Most photographs. All are decoded when a build begins, twenty a second or so.
pub const FILES_MAX: usize = 2_000;
/// Largest photograph in bytes.
pub const BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Tasks that share a few photographs, so that these need not be decoded for every task.
const BLOCK_TASKS: u64 = 256;
/// How many photographs the tasks of a block share.
const BLOCK_PHOTOGRAPHS: usize = 8;
/// Characters of the name of a photograph at most, which every row repeats.
const NAME_CHARS_MAX: usize = 200;

/// The photographs of a folder, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backgrounds {
    files: Vec<Listed>,
    /// SHA-256 of names and contents in hexadecimal digits.
    pub sha256: String,
}

/// One file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Listed {
    path: PathBuf,
    name: String,
    sha256: String,
}

impl Backgrounds {
    /// Lists the photographs of a folder: all its `.png`, `.jpg` and `.jpeg` files, by name. Other files and folders inside
    /// are left alone. `sha256` is what they must hash to; empty for anything.
    ///
    /// # Errors
    /// Each with the path: not there, no folder, none inside, too many, too large, another hash.
    pub fn list(folder: &str, sha256: &str) -> Result<Backgrounds, Failure> {
        let mut files = Vec::new();
        let mut all = Sha256::new();
        for path in pictures_in(Path::new(folder))? {
            let name = name_of(&path)?;
            let hash = hex::encode(Sha256::digest(bytes_of(&path)?));
            // A line for each: no name holds the end of a line.
            all.update(format!("{hash}  {name}\n"));
            files.push(Listed { path, name, sha256: hash });
        }
        let found = hex::encode(all.finalize());
        if !sha256.is_empty() && sha256 != found {
            let short = |hash: &str| hash.chars().take(12).collect::<String>();
            let (found, expected) = (short(&found), short(sha256));
            return Err(Failure::request("the backgrounds are not those that the build was begun with")
                .because(format!("their SHA-256 is `{found}…`, expected `{expected}…`"))
                .at(folder)
                .hint("bring the old pictures back, or begin anew in another folder with `--into`"));
        }
        Ok(Backgrounds { files, sha256: found })
    }

    /// Decodes every photograph, on some threads, and keeps none.
    ///
    /// # Errors
    /// The first photograph by name that is broken, or smaller or larger than allowed.
    pub fn check(&self, threads: usize) -> Result<(), Failure> {
        let next = AtomicUsize::new(0);
        let look = || {
            let mut first: Option<(usize, Failure)> = None;
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(file) = self.files.get(at) else { return first };
                if let Err(failure) = file.read() {
                    first.get_or_insert((at, failure));
                }
            }
        };
        let found: Vec<(usize, Failure)> = thread::scope(|scope| {
            let others: Vec<_> = (1..threads.clamp(1, self.files.len()))
                .filter_map(|n| {
                    thread::Builder::new().name(format!("background-{n}")).spawn_scoped(scope, look).ok()
                })
                .collect();
            let own = look();
            let others =
                others.into_iter().map(|other| other.join().expect("looking at pictures does not panic"));
            others.collect::<Vec<_>>().into_iter().chain([own]).flatten().collect()
        });
        match found.into_iter().min_by_key(|(at, _)| *at) {
            Some((_, failure)) => Err(failure),
            None => Ok(()),
        }
    }

    /// Which photograph is behind the clock of a task.
    fn choose(&self, task: u64, rng: &mut Rng) -> usize {
        let first = (task / BLOCK_TASKS) as usize * BLOCK_PHOTOGRAPHS;
        (first + rng.below(BLOCK_PHOTOGRAPHS)) % self.files.len()
    }
}

impl Listed {
    fn read(&self) -> Result<Photograph, Failure> {
        let bytes = bytes_of(&self.path)?;
        if hex::encode(Sha256::digest(&bytes)) != self.sha256 {
            return Err(Failure::world(format!("the background `{}` changed during the build", self.name))
                .at(self.path.display().to_string())
                .hint("bring the old picture back and run the same command again"));
        }
        Photograph::decode(&self.name, &self.sha256, &bytes).map_err(|error| {
            let hint = match error {
                PhotographError::Size { .. } => {
                    format!("give a copy with sides of at least {SIDE_MIN} pixels and at most {PIXELS_MAX} pixels in all")
                }
                _ => "take it out of the folder, or save it anew as PNG or JPEG".to_owned(),
            };
            Failure::request(format!("cannot use the background `{}`", self.name))
                .cause(&error)
                .at(self.path.display().to_string())
                .hint(hint)
        })
    }
}

/// The photographs that a worker has decoded last, of one folder.
#[derive(Debug, Default)]
pub struct Album(VecDeque<(usize, Rc<Photograph>)>);

impl Album {
    /// The photograph behind the clock of a task; `rng` chooses among those of its block.
    ///
    /// # Errors
    /// A photograph that was changed or taken away since the build began.
    pub fn photograph(
        &mut self,
        backgrounds: &Backgrounds,
        task: u64,
        rng: &mut Rng,
    ) -> Result<Rc<Photograph>, Failure> {
        let wanted = backgrounds.choose(task, rng);
        if let Some((_, kept)) = self.0.iter().find(|(at, _)| *at == wanted) {
            return Ok(kept.clone());
        }
        let read = Rc::new(backgrounds.files[wanted].read()?);
        if self.0.len() >= BLOCK_PHOTOGRAPHS {
            self.0.pop_front();
        }
        self.0.push_back((wanted, read.clone()));
        Ok(read)
    }
}

/// The name of a file as rows repeat it.
fn name_of(path: &Path) -> Result<String, Failure> {
    let name = path.file_name().unwrap_or_default().to_str();
    match name.filter(|name| name.chars().count() <= NAME_CHARS_MAX && !name.chars().any(char::is_control)) {
        Some(name) => Ok(name.to_owned()),
        None => Err(Failure::request("a background has a name that rows cannot repeat")
            .because(format!(
                "expected UTF-8 without control characters, at most {NAME_CHARS_MAX} characters"
            ))
            .at(path.display().to_string())
            .hint("rename the file")),
    }
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Failure> {
    let place = || path.display().to_string();
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(BYTES_MAX + 1).read_to_end(&mut bytes)).map_err(|error| {
        Failure::request("cannot read a background")
            .cause(&error)
            .at(place())
            .hint("make it readable, or take it out of the folder")
    })?;
    if bytes.len() as u64 > BYTES_MAX {
        return Err(Failure::request("a background is too large")
            .because(format!("it has more than {BYTES_MAX} bytes"))
            .at(place())
            .hint("take it out of the folder, or give a smaller copy"));
    }
    Ok(bytes)
}

/// The pictures of a folder, by name, so that the order of the disk does not matter.
fn pictures_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let place = || folder.display().to_string();
    let failed = |error: std::io::Error| {
        Failure::request("cannot read the folder of backgrounds")
            .cause(&error)
            .at(place())
            .hint("`backgrounds` of [build.clocks] is taken from the folder in which the program is started")
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
                .at(place())
                .hint("give a folder with a sample of them"));
        }
    }
    if files.is_empty() {
        return Err(Failure::request("the folder of backgrounds has no pictures")
            .because("there is no `.png`, `.jpg` or `.jpeg` file in it")
            .at(place())
            .hint("put pictures into it, or leave the key `backgrounds` away"));
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use pixmo_render::Seed;

    use super::*;
    use crate::photograph::tests::{jpeg_of, png_of};

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, bytes) in files {
            fs::write(folder.path().join(name), bytes).expect("a file");
        }
        folder
    }

    fn list(folder: &tempfile::TempDir, hash: &str) -> Result<Backgrounds, Failure> {
        Backgrounds::list(&folder.path().display().to_string(), hash)
    }

    #[test]
    fn pictures_are_sorted_and_hashed() {
        let (png, jpeg) = (png_of(80, 70), jpeg_of(80, 70));
        let one = folder(&[("b.png", &png), ("a.JPG", &jpeg), ("notes.txt", b"not mine")]);
        let found = list(&one, "").expect("two pictures");
        let names: Vec<&str> = found.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["a.JPG", "b.png"]);
        assert_eq!(found.files[0].sha256, hex::encode(Sha256::digest(&jpeg)));
        assert_eq!(list(&one, &found.sha256), Ok(found.clone()));
        found.check(3).expect("both are whole");
        // Neither place nor order nor other files count; names and contents do.
        let same = folder(&[("a.JPG", &jpeg), ("b.png", &png)]);
        assert_eq!(list(&same, "").expect("two pictures").sha256, found.sha256);
        for other in
            [folder(&[("a.JPG", &jpeg), ("c.png", &png)]), folder(&[("a.JPG", &jpeg), ("b.png", &jpeg)])]
        {
            let error = list(&other, &found.sha256).expect_err("another hash");
            assert_eq!(error.message, "the backgrounds are not those that the build was begun with");
        }
    }

    #[test]
    fn broken_folders_are_told() {
        assert_eq!(
            list(&folder(&[]), "").expect_err("empty").message,
            "the folder of backgrounds has no pictures"
        );
        let none = Backgrounds::list("no/such/folder", "").expect_err("not there");
        assert_eq!(none.message, "cannot read the folder of backgrounds");
    }

    #[test]
    fn the_first_broken_picture_is_named() {
        let (png, jpeg) = (png_of(80, 70), jpeg_of(80, 70));
        let cut = &jpeg[..jpeg.len() - 30];
        let all = folder(&[
            ("a.jpg", &jpeg),
            ("b.jpg", cut),
            ("c.png", b"\x89PNG\r\n\x1a\n half"),
            ("d.png", &png),
        ]);
        let failure = list(&all, "").expect("all can be read").check(2).expect_err("two are broken");
        assert_eq!(failure.message, "cannot use the background `b.jpg`");
        assert!(failure.at.as_ref().is_some_and(|at| at.ends_with("b.jpg")), "{failure:?}");
        assert_eq!(failure.hints, ["take it out of the folder, or save it anew as PNG or JPEG"]);
        let small = folder(&[("small.png", &png_of(20, 400))]);
        let failure = list(&small, "").expect("it can be read").check(1).expect_err("it is small");
        assert_eq!(failure.message, "cannot use the background `small.png`");
        assert!(failure.causes[0].contains("20 x 400"), "{failure:?}");
    }

    #[test]
    fn a_worker_keeps_few_photographs_and_all_are_used() {
        let jpeg = jpeg_of(64, 64);
        let names: Vec<String> = (0..20).map(|number| format!("{number:02}.jpg")).collect();
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), jpeg.as_slice())).collect();
        let folder = folder(&files);
        let found = list(&folder, "").expect("twenty pictures");
        let mut album = Album::default();
        let mut used = std::collections::BTreeSet::new();
        for task in 0..3 * BLOCK_TASKS {
            let mut rng = Seed::from_number(task).rng("photograph");
            let photograph = album.photograph(&found, task, &mut rng).expect("it is there");
            used.insert(photograph.name.clone());
            assert!(album.0.len() <= BLOCK_PHOTOGRAPHS);
        }
        assert_eq!(used.len(), 20);
        fs::write(folder.path().join("00.jpg"), jpeg_of(64, 65)).expect("a file");
        let failure = found.check(1).expect_err("it changed");
        assert_eq!(failure.message, "the background `00.jpg` changed during the build");
    }
}
