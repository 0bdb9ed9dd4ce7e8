//! What went wrong with one request, and whether another could go better.

use std::error::Error;
use std::io;
use std::time::Duration;

use reqwest::Url;

use crate::class::Class;
use crate::names::NameError;

/// What went wrong with one request.
#[derive(Clone, Debug)]
pub(crate) struct Trouble {
    /// The class.
    pub(crate) class: Class,
    /// In words, without the address.
    pub(crate) detail: String,
    /// The status, if there was an answer.
    pub(crate) status: Option<u16>,
    /// Whether the same request may go better in a moment.
    pub(crate) again: bool,
    /// How long the server asked us to wait, already capped.
    pub(crate) wait: Option<Duration>,
}

impl Trouble {
    /// A trouble that will be the same in a moment.
    pub(crate) fn new(class: Class, detail: impl Into<String>) -> Trouble {
        Trouble { class, detail: detail.into(), status: None, again: false, wait: None }
    }

    /// A trouble that may pass.
    pub(crate) fn again(self) -> Trouble {
        Trouble { again: true, ..self }
    }

    /// The trouble of an answer with `status` that is neither a success nor a redirect.
    pub(crate) fn of_status(status: u16) -> Trouble {
        let (class, again) = match status {
            429 => (Class::RateLimited, true),
            400..=499 => (Class::ClientError, matches!(status, 408 | 425)),
            500..=599 => (Class::ServerError, !matches!(status, 501 | 505)),
            _ => (Class::Protocol, false),
        };
        Trouble { status: Some(status), again, ..Trouble::new(class, format!("status {status}")) }
    }

    /// The trouble of a request that got no complete answer.
    pub(crate) fn of_wire(error: &reqwest::Error, url: &Url) -> Trouble {
        if error.is_timeout() {
            let what = if error.is_connect() { "no connection in time" } else { "no answer in time" };
            return Trouble::new(Class::Timeout, what).again();
        }
        let mut deepest: &(dyn Error + 'static) = error;
        let mut next: Option<&(dyn Error + 'static)> = Some(error);
        let mut http = None;
        while let Some(cause) = next {
            deepest = cause;
            if let Some(found) = told(cause, error.is_connect() && url.scheme() == "https") {
                return found;
            }
            http = http.or_else(|| cause.downcast_ref::<hyper::Error>());
            next = cause.source();
        }
        let detail = deepest.to_string();
        match http {
            Some(http) if http.is_incomplete_message() || http.is_closed() || http.is_canceled() => {
                Trouble::new(Class::Closed, "the connection was closed before the answer").again()
            }
            Some(_) => Trouble::new(Class::Protocol, detail),
            None if error.is_connect() => Trouble::new(Class::Unreachable, detail).again(),
            None => Trouble::new(Class::Protocol, detail),
        }
    }
}

/// What one error of a chain tells by its type.
fn told(cause: &(dyn Error + 'static), in_handshake: bool) -> Option<Trouble> {
    if let Some(name) = cause.downcast_ref::<NameError>() {
        return Some(name.trouble());
    }
    if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
        return Some(Trouble::new(Class::Tls, tls.to_string()));
    }
    if let Some(h2) = cause.downcast_ref::<h2::Error>() {
        return match h2.get_io() {
            Some(error) => of_io(error, in_handshake),
            None => Some(of_h2(h2)),
        };
    }
    let error = cause.downcast_ref::<io::Error>()?;
    if let Some(inner) = error.get_ref() {
        // The source of an `io::Error` is the source of what it wraps, and not what it wraps.
        let inner: &(dyn Error + 'static) = inner;
        if let Some(found) = told(inner, in_handshake) {
            return Some(found);
        }
    }
    of_io(error, in_handshake)
}

fn of_io(error: &io::Error, in_handshake: bool) -> Option<Trouble> {
    use io::ErrorKind as Kind;
    let trouble = |class| Some(Trouble::new(class, error.to_string()).again());
    match error.kind() {
        Kind::ConnectionRefused => trouble(Class::Refused),
        Kind::HostUnreachable | Kind::NetworkUnreachable | Kind::NetworkDown | Kind::AddrNotAvailable => {
            trouble(Class::Unreachable)
        }
        Kind::TimedOut => trouble(Class::Timeout),
        Kind::UnexpectedEof if in_handshake => {
            Some(Trouble::new(Class::Tls, "the connection was closed within the handshake"))
        }
        Kind::UnexpectedEof
        | Kind::ConnectionReset
        | Kind::ConnectionAborted
        | Kind::BrokenPipe
        | Kind::NotConnected => trouble(Class::Closed),
        Kind::InvalidInput | Kind::InvalidData => Some(Trouble::new(Class::Protocol, error.to_string())),
        _ => None,
    }
}

/// A stream or connection of HTTP/2 that was ended, by the server or because of what it sent.
fn of_h2(error: &h2::Error) -> Trouble {
    let detail = error.to_string();
    if error.is_remote() || error.is_go_away() {
        Trouble::new(Class::Closed, detail).again()
    } else {
        Trouble::new(Class::Protocol, detail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_of_a_connection() {
        for (kind, class) in [
            (io::ErrorKind::ConnectionRefused, Class::Refused),
            (io::ErrorKind::HostUnreachable, Class::Unreachable),
            (io::ErrorKind::NetworkUnreachable, Class::Unreachable),
            (io::ErrorKind::TimedOut, Class::Timeout),
            (io::ErrorKind::ConnectionReset, Class::Closed),
            (io::ErrorKind::BrokenPipe, Class::Closed),
        ] {
            let trouble = told(&io::Error::from(kind), false).unwrap();
            assert_eq!((trouble.class, trouble.again), (class, true), "{kind}");
        }
        let wrapped = io::Error::other(io::Error::from(io::ErrorKind::ConnectionReset));
        assert_eq!(told(&wrapped, false).unwrap().class, Class::Closed);
        let tls = io::Error::new(io::ErrorKind::InvalidData, rustls::Error::DecryptError);
        assert_eq!(told(&tls, true).unwrap().class, Class::Tls);
        let name = NameError::Blocked([10, 0, 0, 1].into());
        assert_eq!(told(&io::Error::other(name), false).unwrap().class, Class::Private);
        assert!(told(&io::Error::other("something else"), false).is_none());
    }
}
