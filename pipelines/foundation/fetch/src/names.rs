//! Names of hosts to network addresses, through the filter, for a while remembered.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name};
use tokio::sync::Semaphore;

use crate::class::Class;
use crate::egress::Egress;
use crate::shelf::{Kept, Shelf};
use crate::trouble::Trouble;

/// Most names that are looked up at a time. Each takes a thread of the system's resolver while it waits.
const LOOKUPS_MAX: usize = 32;

/// Most addresses of a name that are tried.
const ADDRESSES_MAX: usize = 16;

/// What a resolver gives back.
pub type Resolving = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// Finds the network addresses of a name.
///
/// What it gives goes through the filter of the policy each time before anything connects.
pub trait Resolve: Send + Sync + 'static {
    /// All addresses of `host`, in the order in which they should be tried.
    ///
    /// An error of kind `NotFound` says that there is no such name; any other may pass.
    fn resolve(&self, host: String) -> Resolving;
}

/// The resolver of the operating system.
pub(crate) struct System(Arc<Semaphore>);

impl System {
    pub(crate) fn new() -> System {
        System(Arc::new(Semaphore::new(LOOKUPS_MAX)))
    }
}

impl Resolve for System {
    fn resolve(&self, host: String) -> Resolving {
        let lookups = Arc::clone(&self.0);
        Box::pin(async move {
            let permit = lookups.acquire_owned().await.map_err(io::Error::other)?;
            let look_up = move || {
                // The permit goes with the thread: a lookup cannot be called back when nobody waits any more.
                let _permit = permit;
                let found = (host.as_str(), 0_u16).to_socket_addrs()?;
                Ok(found.map(|address| address.ip()).collect())
            };
            tokio::task::spawn_blocking(look_up).await.map_err(io::Error::other)?
        })
    }
}

/// Why a name led to no address that may be connected to.
#[derive(Clone, Debug)]
pub(crate) enum NameError {
    /// There is none, or the resolver failed.
    Unknown { reason: String, may_pass: bool },
    /// All that there are, are blocked; one of them.
    Blocked(IpAddr),
}

impl fmt::Display for NameError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NameError::Unknown { reason, .. } => out.write_str(reason),
            NameError::Blocked(address) => write!(out, "{address} is not a public address"),
        }
    }
}

impl std::error::Error for NameError {}

impl NameError {
    /// The same as the trouble of a request.
    pub(crate) fn trouble(&self) -> Trouble {
        match self {
            NameError::Unknown { may_pass: true, .. } => Trouble::new(Class::Dns, self.to_string()).again(),
            NameError::Unknown { .. } => Trouble::new(Class::Dns, self.to_string()),
            NameError::Blocked(_) => Trouble::new(Class::Private, self.to_string()),
        }
    }
}

/// The resolver behind filter and memory.
pub(crate) struct Names {
    resolver: Arc<dyn Resolve>,
    egress: Egress,
    /// The host of the proxy, which the settings name and no list can.
    trusted: Option<String>,
    kept: Duration,
    shelf: Shelf<Result<Arc<[IpAddr]>, NameError>>,
}

impl Names {
    pub(crate) fn new(
        resolver: Arc<dyn Resolve>,
        egress: Egress,
        trusted: Option<String>,
        kept: Duration,
        names_max: usize,
    ) -> Names {
        Names { resolver, egress, trusted, kept, shelf: Shelf::new(names_max, u64::MAX) }
    }

    /// The addresses of `host` that may be connected to.
    pub(crate) async fn find(&self, host: &str) -> Result<Vec<IpAddr>, NameError> {
        let found = self.shelf.get(host, || self.look_up(host)).await?;
        if self.trusted.as_deref() == Some(host) {
            return Ok(found.to_vec());
        }
        let open: Vec<IpAddr> =
            found.iter().copied().filter(|address| self.egress.allows(*address)).collect();
        match (open.is_empty(), found.first()) {
            (true, Some(blocked)) => Err(NameError::Blocked(*blocked)),
            _ => Ok(open),
        }
    }

    async fn look_up(&self, host: &str) -> Kept<Result<Arc<[IpAddr]>, NameError>> {
        let (value, kept) = match self.resolver.resolve(host.to_owned()).await {
            Ok(found) if found.is_empty() => {
                let reason = "the name has no address".to_owned();
                (Err(NameError::Unknown { reason, may_pass: false }), Duration::ZERO)
            }
            Ok(mut found) => {
                found.truncate(ADDRESSES_MAX);
                (Ok(found.into()), self.kept)
            }
            Err(error) => {
                let reason = error.to_string();
                let may_pass = error.kind() != io::ErrorKind::NotFound && !is_final(&reason);
                (Err(NameError::Unknown { reason, may_pass }), Duration::ZERO)
            }
        };
        Kept { value, bytes: 0, lasts: kept }
    }
}

/// Whether the system's resolver said that there is no such name; it says so only in words.
fn is_final(reason: &str) -> bool {
    ["Name or service not known", "No address associated", "nodename nor servname"]
        .iter()
        .any(|known| reason.contains(known))
}

/// The form in which the client that connects asks for names.
pub(crate) struct Asked(pub(crate) Arc<Names>);

impl reqwest::dns::Resolve for Asked {
    fn resolve(&self, name: Name) -> reqwest::dns::Resolving {
        let names = Arc::clone(&self.0);
        Box::pin(async move {
            let found = names.find(name.as_str()).await?;
            let addresses: Addrs = Box::new(found.into_iter().map(|address| SocketAddr::new(address, 0)));
            Ok(addresses)
        })
    }
}
