//! One polite, stubborn request for one address.
//!
//! A list of two million addresses of pictures is two million small conversations with strangers: some slow, some
//! gone, some that lie, some that do not want to be asked.
//! This crate has one of them at a time: [`Client::fetch`] takes a [`Want`] and gives the bytes ([`Fetched`]) or says
//! why not ([`Failed`]) with one [`Class`] from a closed list.
//! [`Client::look`] asks only whether an address still lives, and [`Client::fetch_file`] takes one large file of a known
//! hash piece by piece, from where an earlier run left off.
//!
//! **Polite**: it says who it is and where to complain, asks `robots.txt` (RFC 9309), `X-Robots-Tag`, `Content-Signal` and
//! reservations of text and data mining (W3C TDMRep) before it reads a body, keeps a pace for each host, and waits
//! when it is asked to. What it found is in [`Consent`], whether it was heeded or not.
//! **Stubborn**: it tries again, with growing pauses, what can succeed, and then the other addresses that a want has.
//! **Safe**: nothing connects to an address that is not public unless [`Egress`] allows it, every wait has an end,
//! every body a limit, and what is remembered of hosts is bounded, however many there are.
//!
//! It knows nothing of pictures, of datasets or of other crates of the house, prints nothing, writes nothing and
//! reads no environment. It is the only home of `reqwest`.
//!
//! Begin with `client.rs` (attempts and fallbacks), then `visit.rs` (one attempt over its redirects) and
//! `leave.rs` (what may be asked for).

mod address;
mod agent;
mod backoff;
mod body;
mod budget;
mod class;
mod client;
mod consent;
mod egress;
mod file;
mod leave;
mod links;
mod names;
mod outcome;
mod pace;
mod pattern;
mod policy;
mod robots;
mod shelf;
mod sites;
mod tags;
mod tdm;
mod trouble;
mod usage;
mod visit;
mod wire;

pub use agent::Agent;
pub use class::Class;
pub use client::Client;
pub use consent::{Consent, Decision, Says, Signal, Source};
pub use egress::Egress;
pub use file::{FetchedFile, FileFailed, FileWant, Keep};
pub use ipnet::IpNet;
pub use names::{Resolve, Resolving};
pub use outcome::{Failed, Fetched, Seen, Want};
pub use policy::{Check, Checks, Limits, Pace, Policy, PolicyError, Retry, Timeouts, Tls};
