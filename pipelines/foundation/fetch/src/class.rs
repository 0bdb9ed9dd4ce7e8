//! Why an address gave nothing.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What kept an address from giving what was wanted; a closed list.
///
/// One class says one thing a person would act on, so that a page that is gone is not counted with a server that is
/// down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// What was given is no address of a page: not readable, of another scheme, with a name and password in it.
    Address,
    /// The name of the host could not be resolved.
    Dns,
    /// No TLS connection: certificate not trusted, for another name, expired, or no TLS spoken at all.
    Tls,
    /// The host is there, and nothing listens on the port.
    Refused,
    /// No way to the host.
    Unreachable,
    /// Connecting, waiting for a part of the answer, or all attempts together took too long.
    Timeout,
    /// The address leads, at once or over redirects, to an address that is not public, and those are not allowed.
    Private,
    /// `robots.txt` disallows the address.
    Robots,
    /// The holder of the rights opted out: `X-Robots-Tag`, or a reservation of text and data mining.
    OptedOut,
    /// Redirects that go in a circle, are too many, or lead nowhere.
    Redirects,
    /// Status 4xx other than 429: the page is gone, or not for us.
    ClientError,
    /// Status 429.
    RateLimited,
    /// Status 5xx.
    ServerError,
    /// The body is larger than allowed, as declared, as it came, or after it was unpacked.
    TooLarge,
    /// The connection was closed before the answer was complete, or the answer is shorter than declared.
    Closed,
    /// Complete, but not the bytes that were wanted.
    HashMismatch,
    /// The answer is not what HTTP allows, or of a kind that nobody asked for.
    Protocol,
}

impl Class {
    /// All classes, in order.
    pub const ALL: [Class; 17] = [
        Class::Address,
        Class::Dns,
        Class::Tls,
        Class::Refused,
        Class::Unreachable,
        Class::Timeout,
        Class::Private,
        Class::Robots,
        Class::OptedOut,
        Class::Redirects,
        Class::ClientError,
        Class::RateLimited,
        Class::ServerError,
        Class::TooLarge,
        Class::Closed,
        Class::HashMismatch,
        Class::Protocol,
    ];

    /// The name in counts, journals and settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Class::Address => "address",
            Class::Dns => "dns",
            Class::Tls => "tls",
            Class::Refused => "refused",
            Class::Unreachable => "unreachable",
            Class::Timeout => "timeout",
            Class::Private => "private",
            Class::Robots => "robots",
            Class::OptedOut => "opted_out",
            Class::Redirects => "redirects",
            Class::ClientError => "client_error",
            Class::RateLimited => "rate_limited",
            Class::ServerError => "server_error",
            Class::TooLarge => "too_large",
            Class::Closed => "closed",
            Class::HashMismatch => "hash_mismatch",
            Class::Protocol => "protocol",
        }
    }

    /// The class of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|class| class.name() == name)
    }

    /// Whether another run, on another day, may well succeed without anything changed on our side.
    #[must_use]
    pub const fn can_succeed_later(self) -> bool {
        match self {
            Class::Dns
            | Class::Tls
            | Class::Refused
            | Class::Unreachable
            | Class::Timeout
            | Class::RateLimited
            | Class::ServerError
            | Class::Closed => true,
            Class::Address
            | Class::Private
            | Class::Robots
            | Class::OptedOut
            | Class::Redirects
            | Class::ClientError
            | Class::TooLarge
            | Class::HashMismatch
            | Class::Protocol => false,
        }
    }

    /// Whether it speaks of the host and not of the one address: others of the host will meet it too.
    pub(crate) const fn is_of_host(self) -> bool {
        matches!(
            self,
            Class::Refused | Class::Unreachable | Class::Timeout | Class::RateLimited | Class::ServerError
        )
    }

    /// Whether the bytes may be looked for elsewhere. Not where someone said no, and not behind a private address.
    pub(crate) const fn may_fall_back(self) -> bool {
        !matches!(self, Class::Private | Class::Robots | Class::OptedOut)
    }
}

impl fmt::Display for Class {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}
