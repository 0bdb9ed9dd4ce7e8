//! AVIF and HEIC: walked here, decoded by the program of libheif in a process of its own.
//!
//! That library is in C++ and reads what strangers wrote; in a process with limits of memory and time the worst that a
//! hostile file can do is to be refused.

use std::borrow::Cow;
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Resource, Rlimit, prlimit};

use super::{Outline, Read, png};
use crate::container::heif::{self, Heif};
use crate::fault::Fault;
use crate::format::Format;
use crate::limits::Limits;
use crate::warning::Warnings;

/// Names of the program: since libheif 1.18, and before.
const PROGRAMS: [&str; 2] = ["heif-dec", "heif-convert"];
/// What to do when there is none.
const ABSENT: &str = "the program `heif-convert` is not installed (Debian has it in `libheif-examples`)";

/// Seconds of processor time that one picture may take.
const SECS_MAX: u64 = 60;
/// How often is looked whether it has ended, and how many times at most: two minutes in all.
const LOOKS: (Duration, u32) = (Duration::from_millis(4), 30_000);
/// Memory of the program, beside the pixels.
const MEMORY_BYTES: u64 = 1 << 30;
/// Bytes that a pixel may take on the way: planes, colours of 16 bits, and what is turned.
const BYTES_PER_PIXEL: u64 = 48;
/// What the program says of a failure is read to this many bytes.
const WORDS_BYTES_MAX: u64 = 4_096;

/// Whether a program is installed that decodes AVIF and HEIC.
pub fn is_there() -> bool {
    let starts = |program: &&str| {
        let quiet = Stdio::null;
        Command::new(program).arg("--help").stdin(quiet()).stdout(quiet()).stderr(quiet()).status().is_ok()
    };
    PROGRAMS.iter().any(starts)
}

/// Decodes to samples that are upright already. The second value is the orientation that was applied.
pub(crate) fn read(
    bytes: &[u8],
    format: Format,
    limits: &Limits,
    warnings: &mut Warnings,
) -> Result<(Read<'static>, u8), Fault> {
    let walked = walked(bytes, format, limits, warnings)?;
    let file = decoded(bytes, format, u64::from(walked.width) * u64::from(walked.height))?;
    let limits = Limits { bytes_max: u64::MAX, ..*limits };
    let read = png::read(&file, &limits, warnings)?;
    let (width, height) = (read.raster.width, read.raster.height);
    let stored = if walked.orientation >= 5 { (height, width) } else { (width, height) };
    if !walked.is_cut_out && stored != (walked.width, walked.height) {
        let said = format!("{} x {}", walked.width, walked.height);
        return Err(Fault::damaged(format!("it says {said} pixels and has {} x {}", stored.0, stored.1)));
    }
    let icc = walked.blocks.icc.or(read.icc).map(|icc| Cow::Owned(icc.into_owned()));
    Ok((Read { raster: read.raster, icc, exif: None, orientation: None }, walked.orientation))
}

/// The boxes of a file, without a sample. Of a picture that is cut out of a larger one the larger one's size is known.
pub(crate) fn outline<'a>(
    bytes: &'a [u8],
    format: Format,
    limits: &Limits,
    warnings: &mut Warnings,
) -> Result<Outline<'a>, Fault> {
    let Heif { width, height, orientation, .. } = walked(bytes, format, limits, warnings)?;
    Ok(Outline { width, height, exif: None, orientation: Some(orientation.into()) })
}

fn walked<'a>(
    bytes: &'a [u8],
    format: Format,
    limits: &Limits,
    warnings: &mut Warnings,
) -> Result<Heif<'a>, Fault> {
    let walked = heif::walk(bytes, warnings)?;
    limits.allow_size(walked.width, walked.height, bytes.len())?;
    if let (Some((primaries, transfer)), None) = (walked.coded_colours, &walked.blocks.icc) {
        // Those of sRGB, those of its forerunners that differ by less than is seen, or not said.
        if !matches!(primaries, 1 | 2 | 5 | 6 | 7) || !matches!(transfer, 1 | 2 | 6 | 13 | 14 | 15) {
            let why = format!("its colours (primaries {primaries}, transfer {transfer}) have no profile");
            return Err(Fault::unsupported(format, why));
        }
    }
    Ok(walked)
}

/// The picture as a PNG file, upright.
fn decoded(bytes: &[u8], format: Format, pixels: u64) -> Result<Vec<u8>, Fault> {
    let failed = |what: &str| {
        let what = what.to_owned();
        move |error: std::io::Error| Fault::unsupported(format, format!("{what}: {error}"))
    };
    let folder = tempfile::Builder::new()
        .prefix("pixmo-heif-")
        .tempdir()
        .map_err(failed("no folder can be made for its decoder"))?;
    let (from, to) = (folder.path().join("in"), folder.path().join("out.png"));
    let words = folder.path().join("words");
    std::fs::write(&from, bytes).map_err(failed("it cannot be handed to its decoder"))?;
    let status = run(format, [&from, &to, &words], pixels)?;
    let end = match status {
        Some(status) if status.success() => None,
        Some(status) => Some(status.to_string()),
        None => Some(format!("it took more than {} s", SECS_MAX * 2)),
    };
    if let Some(end) = end {
        return Err(Fault::damaged(format!("{} ({end})", said(&words))));
    }
    match std::fs::read(&to) {
        Ok(png) => Ok(png),
        // Of several pictures each gets a number in its name.
        Err(error) if error.kind() == ErrorKind::NotFound && folder.path().join("out-1.png").exists() => {
            Err(Fault::unsupported(format, "it holds several pictures"))
        }
        Err(error) => Err(failed("its decoder left no picture")(error)),
    }
}

/// Runs the program; nothing when it took too long.
fn run(format: Format, [from, to, words]: [&Path; 3], pixels: u64) -> Result<Option<ExitStatus>, Fault> {
    let failed =
        |error: std::io::Error| Fault::unsupported(format, format!("its decoder did not start: {error}"));
    for program in PROGRAMS {
        let errors = File::create(words).map_err(failed)?;
        let out = errors.try_clone().map_err(failed)?;
        let started = Command::new(program)
            .args([from, to])
            .stdin(Stdio::null())
            .stdout(Stdio::from(out))
            .stderr(Stdio::from(errors))
            .spawn();
        match started {
            Ok(mut child) => {
                bound(&child, pixels);
                return Ok(ended(&mut child));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(failed(error)),
        }
    }
    Err(Fault::unsupported(format, ABSENT))
}

/// Limits memory and time. A program that has ended in between needs none.
fn bound(child: &Child, pixels: u64) {
    let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) else { return };
    let memory = MEMORY_BYTES + pixels * BYTES_PER_PIXEL;
    for (resource, most) in [(Resource::As, memory), (Resource::Cpu, SECS_MAX), (Resource::Fsize, memory)] {
        let limit = Rlimit { current: Some(most), maximum: Some(most) };
        let _ended_already = prlimit(Some(pid), resource, limit);
    }
}

/// Waits for its end; nothing, and no program any more, when that takes too long.
fn ended(child: &mut Child) -> Option<ExitStatus> {
    for _ in 0..LOOKS.1 {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        std::thread::sleep(LOOKS.0);
    }
    let _ended_already = child.kill();
    let _no_child_is_left_behind = child.wait();
    None
}

/// What the program said, in one line.
fn said(words: &Path) -> String {
    let mut bytes = Vec::new();
    let read = File::open(words).and_then(|file| file.take(WORDS_BYTES_MAX).read_to_end(&mut bytes));
    let text = String::from_utf8_lossy(&bytes);
    let line = text.lines().map(str::trim).rfind(|line| !line.is_empty());
    match (read, line) {
        (Ok(_), Some(line)) => line.to_owned(),
        _ => "its decoder gave up".to_owned(),
    }
}
