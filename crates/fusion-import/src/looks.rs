//! What a bare value looks like, for columns whose name says nothing.
//!
//! Strict on purpose: a wrong guess puts a value under a wrong property, while no guess keeps it as a note. Looking
//! never changes a value; cleaning is the model's.

/// Sorts the looks of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Look {
    Email,
    Phone,
    Wallet,
    Ip,
    Url,
    Domain,
    Date,
    Iban,
}

/// Returns what a value looks like.
pub(crate) fn look(value: &str) -> Option<Look> {
    let value = value.trim();
    if value.is_empty() || value.len() > 2048 {
        return None;
    }
    if is_url(value) {
        Some(Look::Url)
    } else if is_email(value) {
        Some(Look::Email)
    } else if is_wallet(value) {
        Some(Look::Wallet)
    } else if is_ip(value) {
        Some(Look::Ip)
    } else if is_date(value) {
        Some(Look::Date)
    } else if is_iban(value) {
        Some(Look::Iban)
    } else if is_phone(value) {
        Some(Look::Phone)
    } else if is_domain(value) {
        Some(Look::Domain)
    } else {
        None
    }
}

/// Tells whether `value` is one e-mail address.
pub(crate) fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.rsplit_once('@') else {
        return false;
    };
    !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local
            .chars()
            .all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c))
        && is_domain(domain)
}

/// Tells whether `value` is an http address.
pub(crate) fn is_url(value: &str) -> bool {
    let lower = value.get(..8).unwrap_or(value).to_ascii_lowercase();
    let rest = if lower.starts_with("https://") {
        value.get(8..)
    } else if lower.starts_with("http://") {
        value.get(7..)
    } else {
        None
    };
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !value.contains(char::is_whitespace))
}

/// Tells whether `value` is written like a host name with a top-level domain of letters.
pub(crate) fn is_domain(value: &str) -> bool {
    let labels: Vec<&str> = value.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    labels.len() >= 2
        && labels.iter().all(is_label)
        && labels.last().is_some_and(|top| {
            (top.len() >= 2 && top.chars().all(char::is_alphabetic)) || top.to_ascii_lowercase().starts_with("xn--")
        })
}

/// Tells whether `value` is an IP address of version 4 or 6.
pub(crate) fn is_ip(value: &str) -> bool {
    value.parse::<std::net::IpAddr>().is_ok()
}

/// Tells whether `value` is written like an address of Ethereum or Bitcoin.
pub(crate) fn is_wallet(value: &str) -> bool {
    is_evm_address(value) || is_bech32(value) || is_base58_wallet(value)
}

/// Tells whether `value` is `0x` and forty hexadecimal digits.
pub(crate) fn is_evm_address(value: &str) -> bool {
    let digits = value.strip_prefix("0x").or_else(|| value.strip_prefix("0X"));
    digits.is_some_and(|digits| digits.len() == 40 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

fn is_bech32(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let is_one_case = lower == value || value.to_ascii_uppercase() == value;
    let body = ["bc1", "tb1", "ltc1"]
        .iter()
        .find_map(|prefix| lower.strip_prefix(prefix));
    is_one_case
        && body.is_some_and(|body| {
            (11..=87).contains(&body.len()) && body.bytes().all(|c| b"qpzry9x8gf2tvdw0s3jn54khce6mua7l".contains(&c))
        })
}

/// Tells whether `value` is written like a base58 address of Bitcoin.
pub(crate) fn is_base58_wallet(value: &str) -> bool {
    (26..=35).contains(&value.len())
        && value.starts_with(['1', '3'])
        && value
            .bytes()
            .all(|c| c.is_ascii_alphanumeric() && !b"0OIl".contains(&c))
        && value.bytes().any(|c| c.is_ascii_alphabetic())
}

/// Tells whether `value` is an international number with its plus, or starts with 00.
pub(crate) fn is_phone(value: &str) -> bool {
    let Some(rest) = value.strip_prefix('+').or_else(|| value.strip_prefix("00")) else {
        return false;
    };
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    (8..=15).contains(&digits)
        && rest
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '.' | '/'))
}

/// Tells whether `value` starts with a full date: `2023-11-14`, `14/11/2023`, `14.11.2023`, with or without a time.
pub(crate) fn is_date(value: &str) -> bool {
    let date = value.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = date.split(['-', '/', '.']).collect();
    let number = |text: &&str, widths: std::ops::RangeInclusive<usize>| {
        widths.contains(&text.len()) && text.bytes().all(|c| c.is_ascii_digit())
    };
    match parts.as_slice() {
        [a, b, c] => {
            (number(a, 4..=4) && number(b, 1..=2) && number(c, 1..=2))
                || (number(a, 1..=2) && number(b, 1..=2) && number(c, 4..=4))
        }
        _ => false,
    }
}

fn is_iban(value: &str) -> bool {
    let compact: String = value.chars().filter(|c| *c != ' ').collect();
    (15..=34).contains(&compact.len())
        && compact.bytes().take(2).all(|c| c.is_ascii_uppercase())
        && compact.bytes().skip(2).take(2).all(|c| c.is_ascii_digit())
        && compact.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        && mod97(&compact) == 1
}

fn mod97(compact: &str) -> u32 {
    let (head, tail) = compact.split_at(4);
    tail.chars().chain(head.chars()).fold(0, |sum, c| {
        let value = c.to_digit(36).unwrap_or(0);
        (sum * if value > 9 { 100 } else { 10 } + value) % 97
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_look_like_what_they_are() {
        for (value, expected) in [
            ("mara@mail.example", Some(Look::Email)),
            ("not an@ address", None),
            ("+31 10 123 4567", Some(Look::Phone)),
            ("0031101234567", Some(Look::Phone)),
            ("12345678", None),
            ("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", Some(Look::Wallet)),
            ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", Some(Look::Wallet)),
            ("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", Some(Look::Wallet)),
            ("198.51.100.23", Some(Look::Ip)),
            ("2001:db8::1", Some(Look::Ip)),
            ("https://a.example/x", Some(Look::Url)),
            ("https:///x", None),
            ("portal.halcyon-freight.example", Some(Look::Domain)),
            ("e.g", None),
            ("2023-11-14T22:13:20Z", Some(Look::Date)),
            ("14/11/2023", Some(Look::Date)),
            ("1.2.3", None),
            ("NL91 ABNA 0417 1643 00", Some(Look::Iban)),
            ("NL92 ABNA 0417 1643 00", None),
            ("Mara Ellison", None),
            ("", None),
        ] {
            assert_eq!(look(value), expected, "{value}");
        }
    }
}
