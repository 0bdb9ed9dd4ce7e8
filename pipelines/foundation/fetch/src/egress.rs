//! Which network addresses may be connected to.
//!
//! A list of addresses from strangers can name our own machines. So whatever is not a public unicast address is
//! blocked: by the host as it is written, which the URL standard reads in all its spellings (`0x7f.1`, `2130706433`,
//! `[::ffff:7f00:1]`); by every answer of the resolver, at the moment of connecting, so that a name that answers
//! differently the second time gains nothing; and once more by the peer of the connection that answered.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

/// Which network addresses may be connected to, beyond and below what is public.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Egress {
    /// Networks that are allowed although they are not public: `["10.20.0.0/16", "::1/128"]`.
    pub allow: Vec<IpNet>,
    /// Networks that are blocked although they are public; stronger than `allow`.
    pub block: Vec<IpNet>,
}

impl Egress {
    /// Whether `address` may be connected to.
    #[must_use]
    pub fn allows(&self, address: IpAddr) -> bool {
        let plain = plain(address);
        let within = |nets: &[IpNet]| nets.iter().any(|net| net.contains(&plain) || net.contains(&address));
        !within(&self.block) && (within(&self.allow) || is_public(plain))
    }
}

/// An IPv4 address in the clothes of IPv6 (mapped, or behind the well-known NAT64 prefix) as what it is.
fn plain(address: IpAddr) -> IpAddr {
    let IpAddr::V6(six) = address else { return address };
    match six.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            IpAddr::V4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)))
        }
        _ => address,
    }
}

/// Whether an address is public unicast, after the registries of special-purpose addresses (RFC 6890 and updates).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => is_public_v4(four),
        IpAddr::V6(six) => is_public_v6(six),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    !matches!(
        address.octets(),
        [0 | 10 | 127 | 224..=255, ..]      // this network, private, loopback, multicast and reserved
            | [100, 64..=127, ..]           // carrier-grade NAT, and the metadata of one cloud
            | [169, 254, ..]                // link-local, and the metadata of most clouds
            | [172, 16..=31, ..]            // private
            | [192, 168, ..]                // private
            | [192, 0, 0 | 2, _]            // protocols, documentation
            | [192, 88, 99, _]              // relays from IPv6
            | [198, 18 | 19, ..]            // benchmarks
            | [198, 51, 100, _]             // documentation
            | [203, 0, 113, _]              // documentation
            | [168, 63, 129, 16] // the metadata of one cloud
    )
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    match address.segments() {
        // protocols and Teredo, documentation (twice)
        [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // 6to4 carries an IPv4 address
        [0x2002, high, low, ..] => is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))),
        // global unicast is 2000::/3; all else is loopback, link-local, unique local, multicast or unassigned
        [first, ..] => (first & 0xe000) == 0x2000,
    }
}
