//! The way of one address: attempts with pauses between them, and then the other places where it might be.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::sleep;

use crate::address;
use crate::backoff::pause;
use crate::budget::Budget;
use crate::class::Class;
use crate::names::{Resolve, System};
use crate::outcome::{Failed, Fetched, Seen, Want};
use crate::pace::Gate;
use crate::policy::{Policy, PolicyError, secs};
use crate::sites::Sites;
use crate::trouble::Trouble;
use crate::visit::{Page, Purpose, Trail, Visitor};
use crate::wire::Wire;

/// Asks for addresses under one policy. Clones are the same client, with the same pace, memory and connections.
///
/// Needs a `tokio` runtime with time and network. Any number of calls may be under way; those that wait for the pace
/// cost little. A call that is dropped leaves nothing behind.
#[derive(Clone)]
pub struct Client {
    pub(crate) visitor: Arc<Visitor>,
}

impl fmt::Debug for Client {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Client").field("policy", &self.visitor.policy).finish_non_exhaustive()
    }
}

/// What one address came to, with what is told of it.
struct Visited {
    page: Page,
    trail: Trail,
    attempts: u32,
}

impl Client {
    /// A client that resolves names as the system does.
    ///
    /// # Errors
    /// When the policy cannot be followed; nothing was asked then.
    pub fn new(policy: Policy) -> Result<Client, PolicyError> {
        Client::with_resolver(policy, Arc::new(System::new()))
    }

    /// A client that resolves names with `resolver`, behind the same filter.
    ///
    /// # Errors
    /// When the policy cannot be followed; nothing was asked then.
    pub fn with_resolver(policy: Policy, resolver: Arc<dyn Resolve>) -> Result<Client, PolicyError> {
        policy.check()?;
        Client::following(policy, resolver)
    }

    /// A client for files that are offered to be taken, such as weights of a model: it need not say where we can be
    /// reached. Ask it with [`Client::fetch_file`].
    ///
    /// # Errors
    /// When the policy cannot be followed; nothing was asked then.
    pub fn for_files(policy: Policy) -> Result<Client, PolicyError> {
        policy.check_for_files()?;
        Client::following(policy, Arc::new(System::new()))
    }

    fn following(policy: Policy, resolver: Arc<dyn Resolve>) -> Result<Client, PolicyError> {
        let wire = Wire::new(&policy, resolver)?;
        let gate = Gate::new(&policy.pace, &policy.retry);
        let sites = Sites::new(&policy.limits);
        Ok(Client { visitor: Arc::new(Visitor { policy, wire, gate, sites }) })
    }

    /// The policy it follows.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.visitor.policy
    }

    /// Takes what is at the address of `want`, or at the first of its fallbacks that has it.
    ///
    /// Fallbacks are tried when the address has given nothing in all attempts, but not when someone said no
    /// (`robots`, `opted_out`) or when the address is private.
    ///
    /// # Errors
    /// Why the address gave nothing. The class is that of the address itself, whatever the fallbacks failed of; they
    /// are told in the detail, and each has its class in `fallbacks`.
    pub async fn fetch(&self, want: &Want) -> Result<Fetched, Failed> {
        let mut failed = match self.fetch_from(&want.address, want.sha256).await {
            Ok(fetched) => return Ok(fetched),
            Err(failed) => failed,
        };
        if !failed.class.may_fall_back() {
            return Err(failed);
        }
        for (number, address) in want.fallbacks.iter().enumerate() {
            match self.fetch_from(address, want.sha256).await {
                Ok(fetched) => {
                    let attempts = failed.attempts + fetched.attempts;
                    return Ok(Fetched { attempts, from_fallback: Some(number), ..fetched });
                }
                Err(other) => {
                    failed.attempts += other.attempts;
                    failed.detail.push_str(&format!("; fallback {number}: {other}"));
                    failed.fallbacks.push(other.class);
                }
            }
        }
        Err(failed)
    }

    /// Looks whether the address of `want` is alive, without taking its body; fallbacks are not looked at.
    ///
    /// Any status of success is alive. Servers that know no `HEAD` are asked with `GET`, and left at the head.
    ///
    /// # Errors
    /// Why it is not, or may not be looked at.
    pub async fn look(&self, want: &Want) -> Result<Seen, Failed> {
        let Visited { page, trail, attempts } = self.visit(&want.address, Purpose::Look).await?;
        Ok(Seen {
            address_final: trail.address.unwrap_or_default(),
            status: page.status,
            content_type: page.content_type,
            bytes: page.declared,
            etag: page.etag,
            last_modified: page.last_modified,
            licence_link: page.licence_link,
            consent: trail.consent,
            attempts,
        })
    }

    /// Takes what is at one address, if it is what was wanted.
    async fn fetch_from(&self, address: &str, wanted: Option<[u8; 32]>) -> Result<Fetched, Failed> {
        let Visited { page, trail, attempts } = self.visit(address, Purpose::Take).await?;
        let (body, sha256) = page.body.map_or((Bytes::new(), [0; 32]), |body| (body.bytes, body.sha256));
        if wanted.is_some_and(|wanted| wanted != sha256) {
            let detail =
                format!("{} bytes came, and their sha256 is not the one that was wanted", body.len());
            let trouble = Trouble { status: Some(page.status), ..Trouble::new(Class::HashMismatch, detail) };
            return Err(failed(trouble, trail, attempts));
        }
        Ok(Fetched {
            body,
            sha256,
            address_final: trail.address.unwrap_or_default(),
            status: page.status,
            content_type: page.content_type,
            etag: page.etag,
            last_modified: page.last_modified,
            licence_link: page.licence_link,
            consent: trail.consent,
            attempts,
            from_fallback: None,
        })
    }

    /// Visits one address until it gives something, or until there is no sense or no time in another attempt.
    async fn visit(&self, address: &str, purpose: Purpose) -> Result<Visited, Failed> {
        let policy = &self.visitor.policy;
        let mut trail = Trail::default();
        let url = match address::parse(address) {
            Ok(url) => url,
            Err(why) => return Err(failed(Trouble::new(Class::Address, why), trail, 0)),
        };
        let mut budget = Budget::new(secs(policy.timeouts.total_secs));
        let mut attempts = 1;
        loop {
            let trouble = match self.visitor.visit(&url, purpose, &mut budget, &mut trail).await {
                Ok(page) => return Ok(Visited { page, trail, attempts }),
                Err(trouble) => trouble,
            };
            let Some(pause) = pause(&policy.retry, url.as_str(), attempts, &trouble, &budget) else {
                return Err(failed(trouble, trail, attempts));
            };
            if budget.spend(Duration::MAX, "end of the pause", sleep(pause)).await.is_err() {
                return Err(failed(trouble, trail, attempts));
            }
            attempts += 1;
        }
    }
}

pub(crate) fn failed(trouble: Trouble, trail: Trail, attempts: u32) -> Failed {
    Failed {
        class: trouble.class,
        detail: trouble.detail,
        status: trouble.status,
        address_final: trail.address,
        attempts,
        consent: trail.consent,
        fallbacks: Vec::new(),
    }
}
