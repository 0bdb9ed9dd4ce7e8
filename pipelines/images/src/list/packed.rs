//! Packed lists, unpacked once: rows of a packed file cannot be found without reading all before them.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

use pixmo_shards::{Disk, LocationError};
use sha2::{Digest, Sha256};

use super::fault::ListError;
use super::form::Packing;

/// The most bytes that a list may unpack to.
const UNPACKED_BYTES_MAX: u64 = 1 << 36;

/// A reader of the unpacked content.
pub(super) fn reader(path: &Path, packing: Packing) -> Result<Box<dyn Read>, ListError> {
    let failed = |error| ListError::read(path, error);
    let file = BufReader::with_capacity(1 << 18, File::open(path).map_err(failed)?);
    unpacking(file, packing).map_err(failed)
}

fn unpacking<'a>(file: impl io::BufRead + 'a, packing: Packing) -> io::Result<Box<dyn Read + 'a>> {
    Ok(match packing {
        Packing::None => Box::new(file),
        // A file that was packed in pieces has several members.
        Packing::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(file)),
        Packing::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(file)?),
    })
}

/// The SHA-256 of a file.
pub(super) fn sha256_of(path: &Path) -> Result<[u8; 32], ListError> {
    let failed = |error| ListError::read(path, error);
    let mut hashing = Hashing::new(File::open(path).map_err(failed)?);
    io::copy(&mut BufReader::with_capacity(1 << 18, &mut hashing), &mut io::sink()).map_err(failed)?;
    Ok(hashing.finish())
}

/// Unpacks a file to `plain`, whole or not at all; the SHA-256 of the packed file.
pub(super) fn unpack(
    path: &Path,
    packing: Packing,
    plain: &Path,
    disk: &Disk,
) -> Result<[u8; 32], ListError> {
    let of_plain = |error| LocationError::from_io("write", plain.display().to_string(), error);
    let temp = plain.with_extension("tmp");
    let mut out = disk.create(&temp).map_err(of_plain)?;
    let failed = |error| ListError::read(path, error);
    let mut hashing = Hashing::new(File::open(path).map_err(failed)?);
    {
        let mut unpacked =
            unpacking(BufReader::with_capacity(1 << 18, &mut hashing), packing).map_err(failed)?;
        let mut piece = vec![0; 1 << 18];
        let mut bytes = 0;
        loop {
            let len = match unpacked.read(&mut piece) {
                Ok(0) => break,
                Ok(len) => len,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(failed(error)),
            };
            bytes += len as u64;
            if bytes > UNPACKED_BYTES_MAX {
                return Err(failed(io::Error::other("it unpacks to more than 64 GiB")));
            }
            out.write_all(&piece[..len]).map_err(of_plain)?;
        }
    }
    // What stands behind the packed content is part of the file.
    io::copy(&mut hashing, &mut io::sink()).map_err(failed)?;
    out.sync().map_err(of_plain)?;
    disk.rename(&temp, plain).map_err(of_plain)?;
    Ok(hashing.finish())
}

/// Hashes what is read.
pub(super) struct Hashing<R> {
    reader: R,
    hasher: Sha256,
}

impl<R> Hashing<R> {
    pub(super) fn new(reader: R) -> Hashing<R> {
        Hashing { reader, hasher: Sha256::new() }
    }

    /// The hash of all that was read.
    pub(super) fn finish(self) -> [u8; 32] {
        self.hasher.finalize().into()
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let len = self.reader.read(buffer)?;
        self.hasher.update(&buffer[..len]);
        Ok(len)
    }
}
