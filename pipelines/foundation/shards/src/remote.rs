//! An object store behind plain blocking calls.

use std::fs::File;
use std::io::Read;
use std::path::Path as FilePath;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::azure::{AzureConfigKey, MicrosoftAzureBuilder};
use object_store::gcp::{GoogleCloudStorageBuilder, GoogleConfigKey};
use object_store::path::Path;
use object_store::{
    BackoffConfig, ClientOptions, Error, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig, WriteMultipart,
};
use tokio::runtime::Runtime;

use crate::location::Entry;

/// Files above this size are sent in pieces of this size, and appear when the last piece is confirmed.
const PIECE_BYTES: usize = 8 << 20;
/// How many pieces are under way at once; with the piece size this bounds memory.
const PIECES_UNDER_WAY_MAX: usize = 3;
/// How many small objects are read at once.
const READS_UNDER_WAY_MAX: usize = 16;

/// A client and its own threads; callers block.
#[derive(Debug)]
pub(crate) struct Remote {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
    runtime: Runtime,
}

impl Remote {
    pub(crate) fn new(store: Arc<dyn ObjectStore>, prefix: &str) -> Result<Remote, String> {
        let prefix = Path::parse(prefix.trim_matches('/')).map_err(|error| error.to_string())?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("object-store")
            .enable_all()
            .build()
            .map_err(|error| format!("its threads cannot be started: {error}"))?;
        Ok(Remote { store, prefix, runtime })
    }

    pub(crate) fn open(address: &str, options: &[(String, String)]) -> Result<Remote, String> {
        let url = url::Url::parse(address).map_err(|error| error.to_string())?;
        if url.host_str().is_none_or(str::is_empty) {
            return Err("it names no bucket".to_owned());
        }
        let prefix = percent_decoded(url.path())?;
        let http = options.iter().any(|(key, value)| {
            key.to_ascii_uppercase().contains("ENDPOINT") && value.starts_with("http://")
        });
        let client = ClientOptions::new().with_allow_http(http).with_connect_timeout(Duration::from_secs(5));
        macro_rules! store {
            ($builder:ty, $key:ty) => {{
                let mut builder = <$builder>::new()
                    .with_url(address)
                    .with_retry(patience())
                    .with_client_options(client.with_timeout(Duration::from_secs(60)));
                for (key, value) in options {
                    if let Ok(key) = <$key>::from_str(&key.to_ascii_lowercase()) {
                        builder = builder.with_config(key, value);
                    }
                }
                Arc::new(builder.build().map_err(|error| error.to_string())?) as Arc<dyn ObjectStore>
            }};
        }
        let store = match url.scheme() {
            "s3" => store!(AmazonS3Builder, AmazonS3ConfigKey),
            "gs" => store!(GoogleCloudStorageBuilder, GoogleConfigKey),
            _ => store!(MicrosoftAzureBuilder, AzureConfigKey),
        };
        Remote::new(store, &prefix)
    }

    fn path(&self, name: &str) -> Result<Path, Error> {
        let name = Path::parse(name)?;
        Ok(self.prefix.parts().chain(name.parts()).collect())
    }

    pub(crate) fn size(&self, name: &str) -> Result<Option<u64>, Error> {
        let path = self.path(name)?;
        match self.runtime.block_on(self.store.head(&path)) {
            Ok(about) => Ok(Some(about.size)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(crate) fn read(&self, name: &str, bytes_max: u64) -> Result<Vec<u8>, Error> {
        self.runtime.block_on(self.content(name, bytes_max))
    }

    pub(crate) fn read_all(&self, names: &[&str], bytes_max: u64) -> Vec<Result<Vec<u8>, Error>> {
        let contents = names.iter().map(|name| self.content(name, bytes_max));
        self.runtime.block_on(futures::stream::iter(contents).buffered(READS_UNDER_WAY_MAX).collect())
    }

    async fn content(&self, name: &str, bytes_max: u64) -> Result<Vec<u8>, Error> {
        let answer = self.store.get(&self.path(name)?).await?;
        let bytes = answer.meta.size;
        if bytes > bytes_max {
            return Err(generic(format!("it holds {bytes} bytes, at most {bytes_max} are read")));
        }
        Ok(answer.bytes().await?.into())
    }

    pub(crate) fn list(&self, under: &str) -> Result<Vec<Entry>, Error> {
        let path = self.path(under)?;
        let above = if self.prefix.as_ref().is_empty() { 0 } else { self.prefix.as_ref().len() + 1 };
        self.runtime.block_on(async {
            self.store
                .list(Some(&path))
                .map_ok(|about| Entry {
                    name: about.location.as_ref()[above..].to_owned(),
                    bytes: about.size,
                })
                .try_collect()
                .await
        })
    }

    pub(crate) fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), Error> {
        let path = self.path(name)?;
        self.runtime.block_on(self.store.put(&path, PutPayload::from(bytes)))?;
        Ok(())
    }

    /// Sends a file in one request or, if it is large, in pieces that one last request completes.
    pub(crate) fn put_file(&self, name: &str, file: &FilePath) -> Result<(), Error> {
        let mut source = File::open(file).map_err(generic)?;
        let bytes = source.metadata().map_err(generic)?.len();
        if bytes <= PIECE_BYTES as u64 {
            let mut content = Vec::new();
            source.read_to_end(&mut content).map_err(generic)?;
            return self.put(name, content);
        }
        let path = self.path(name)?;
        self.runtime.block_on(async {
            let upload = self.store.put_multipart(&path).await?;
            let mut upload = WriteMultipart::new_with_chunk_size(upload, PIECE_BYTES);
            loop {
                let mut piece = Vec::with_capacity(PIECE_BYTES);
                let read = (&mut source).take(PIECE_BYTES as u64).read_to_end(&mut piece);
                let ready = upload.wait_for_capacity(PIECES_UNDER_WAY_MAX).await;
                if let Err(error) = read.map_err(generic).and(ready) {
                    upload.abort().await.ok();
                    return Err(error);
                }
                if piece.is_empty() {
                    break;
                }
                upload.put(Bytes::from(piece));
            }
            upload.finish().await?;
            Ok(())
        })
    }

    pub(crate) fn delete(&self, name: &str) -> Result<(), Error> {
        let path = self.path(name)?;
        match self.runtime.block_on(self.store.delete(&path)) {
            Err(Error::NotFound { .. }) => Ok(()),
            other => other,
        }
    }
}

/// At most seven attempts within a minute and a half.
fn patience() -> RetryConfig {
    RetryConfig {
        backoff: BackoffConfig {
            init_backoff: Duration::from_millis(300),
            max_backoff: Duration::from_secs(10),
            base: 2.,
        },
        max_retries: 6,
        retry_timeout: Duration::from_secs(90),
    }
}

fn generic(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::Generic { store: "object store", source: source.into() }
}

/// The path of a URL as the store names it.
fn percent_decoded(path: &str) -> Result<String, String> {
    Path::from_url_path(path).map(|path| path.to_string()).map_err(|error| error.to_string())
}
