// needs: scalar | crates:
//! IP addresses as types of the standard library.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::scalar::Scalar;

/// `192.0.2.1`
pub const IPV4: Scalar<Ipv4Addr> = Scalar {
    expected: "an IPv4 address",
    blank: || Ipv4Addr::UNSPECIFIED,
    read: |text| text.parse().ok(),
    write: |address| Some(address.to_string()),
    repair: None,
    near: None,
    is_text: true,
};

/// `2001:db8::1` (RFC 4291 section 2.2), written as RFC 5952 recommends.
pub const IPV6: Scalar<Ipv6Addr> = Scalar {
    expected: "an IPv6 address",
    blank: || Ipv6Addr::UNSPECIFIED,
    read: |text| text.parse().ok(),
    write: |address| Some(address.to_string()),
    repair: None,
    near: None,
    is_text: true,
};

/// An IPv4 or IPv6 address.
pub const IP: Scalar<IpAddr> = Scalar {
    expected: "an IP address",
    blank: || IpAddr::V4(Ipv4Addr::UNSPECIFIED),
    read: |text| text.parse().ok(),
    write: |address| Some(address.to_string()),
    repair: None,
    near: None,
    is_text: true,
};
