//! Where the bytes come from; they can be read from the beginning again.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use symphonia::core::io::{MediaSource, MediaSourceStream, MediaSourceStreamOptions};

use crate::error::AudioError;
use crate::kind;

/// A file, or bytes in memory.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    File(PathBuf),
    Bytes(Arc<[u8]>),
}

impl Source {
    /// Its bytes from the beginning.
    pub(crate) fn stream(&self) -> Result<MediaSourceStream<'static>, AudioError> {
        let source: Box<dyn MediaSource> = match self {
            Source::File(path) => Box::new(File::open(path).map_err(unreadable(path))?),
            Source::Bytes(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        };
        Ok(MediaSourceStream::new(source, MediaSourceStreamOptions::default()))
    }

    /// Its first bytes.
    pub(crate) fn head(&self) -> Result<Vec<u8>, AudioError> {
        match self {
            Source::File(path) => {
                let failed = unreadable(path);
                let file = File::open(path).map_err(&failed)?;
                if file.metadata().map_err(&failed)?.is_dir() {
                    return Err(failed(io::Error::from(io::ErrorKind::IsADirectory)));
                }
                let mut head = Vec::with_capacity(kind::BYTES);
                file.take(kind::BYTES as u64).read_to_end(&mut head).map_err(&failed)?;
                Ok(head)
            }
            Source::Bytes(bytes) => Ok(bytes[..bytes.len().min(kind::BYTES)].to_vec()),
        }
    }

    /// What is told where a read fails under the decoder.
    pub(crate) fn read_failed(&self, source: io::Error) -> AudioError {
        match self {
            Source::File(path) => AudioError::Read { path: path.clone(), source },
            Source::Bytes(_) => AudioError::Damaged { what: source.to_string() },
        }
    }
}

fn unreadable(path: &Path) -> impl Fn(io::Error) -> AudioError {
    move |source| AudioError::Read { path: path.to_owned(), source }
}
