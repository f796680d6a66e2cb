//! IP addresses in their standard text form. An IPv4 address mapped into IPv6 is the IPv4 address.
//!
//! A version number such as `1.2.3.4` cannot be told from an address by its text; importers that read free
//! text have to look at what stands around it. The unspecified address names nothing and is refused.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use super::{CleanFailure, CleanValue, domain, fail, folding};

const EXPECTED: &str = "valid IP address";

pub(super) fn clean(original: &str) -> Result<CleanValue, CleanFailure> {
    let tidy = folding::tidy(original);
    let text = domain::mend_dots(&tidy);
    let bare = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(&text);
    let parsed = bare
        .parse::<IpAddr>()
        .or_else(|_| text.parse::<SocketAddr>().map(|address| address.ip()));
    let Ok(address) = parsed else {
        return fail(EXPECTED, "neither the IPv4 nor the IPv6 form");
    };
    let address = address.to_canonical();
    if address.is_unspecified() {
        return fail(EXPECTED, "the unspecified address names nothing");
    }
    Ok(CleanValue::plain(address.to_string()))
}

/// Tells whether a cleaned address is one that many networks use at once (private, loopback, link-local, shared).
pub fn is_private_ip(canonical: &str) -> bool {
    match canonical.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => {
            let shared = address.octets()[0] == 100 && (64..128).contains(&address.octets()[1]);
            address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || shared
                || address == Ipv4Addr::BROADCAST
        }
        Ok(IpAddr::V6(address)) => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
        }
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn address_rows() {
        for (original, canonical) in [
            ("198.51.100.23", Some("198.51.100.23")),
            ("198.51.100[.]23", Some("198.51.100.23")),
            ("198.51.100.23:443", Some("198.51.100.23")),
            ("2001:DB8:0:0:0:0:0:1", Some("2001:db8::1")),
            ("[2001:db8::1]:80", Some("2001:db8::1")),
            ("::ffff:198.51.100.23", Some("198.51.100.23")),
            ("0.0.0.0", None),
            ("1.2.3", None),
            ("198.51.100.023", None),
            ("fe80::1%eth0", None),
            ("", None),
        ] {
            assert_eq!(
                clean(original).ok().map(|value| value.canonical).as_deref(),
                canonical,
                "{original:?}"
            );
        }
    }

    #[test]
    fn shared_ranges_are_told() {
        for (address, private) in [
            ("10.0.0.1", true),
            ("100.64.0.1", true),
            ("127.0.0.1", true),
            ("fd00::1", true),
            ("198.51.100.23", false),
        ] {
            assert_eq!(is_private_ip(address), private, "{address}");
        }
    }
}
