//! Bank account numbers after ISO 13616: length by country (table `iban_lengths`), remainder 1 modulo 97.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{CleanFailure, CleanValue, fail, folding, tables};

const EXPECTED: &str = "valid IBAN";

static LENGTHS: LazyLock<BTreeMap<&'static str, usize>> = LazyLock::new(|| {
    tables::lines(tables::IBAN_LENGTHS)
        .flat_map(|line| line.split(' '))
        .filter_map(|entry| Some((entry.get(..2)?, entry.get(2..)?.parse().ok()?)))
        .collect()
});

pub(super) fn clean(original: &str) -> Result<CleanValue, CleanFailure> {
    let number: String = folding::tidy(original)
        .chars()
        .filter(|character| !matches!(character, ' ' | '-' | '.'))
        .collect();
    let number = number.to_ascii_uppercase();
    let number = number.strip_prefix("IBAN").unwrap_or(&number).trim_start_matches(':');
    if !number.bytes().all(|byte| byte.is_ascii_alphanumeric()) || number.len() < 5 {
        return fail(EXPECTED, "not letters and digits only");
    }
    let Some(length) = LENGTHS.get(&number[..2]) else {
        return fail(EXPECTED, "the first two letters name no country of the register");
    };
    if number.len() != *length {
        return fail(EXPECTED, "wrong length for its country");
    }
    if remainder(&number[4..], &number[..4]) != 1 {
        return fail(EXPECTED, "the check digits do not match");
    }
    let groups: Vec<&str> = number
        .as_bytes()
        .chunks(4)
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    Ok(CleanValue::shown(number, groups.join(" ")))
}

fn remainder(account: &str, head: &str) -> u32 {
    account.bytes().chain(head.bytes()).fold(0, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        letter => (rest * 100 + u32::from(letter.saturating_sub(b'A')) + 10) % 97,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn account_number_rows() {
        for (original, canonical) in [
            ("GB82 WEST 1234 5698 7654 32", Some("GB82WEST12345698765432")),
            ("iban: nl91abna0417164300", Some("NL91ABNA0417164300")),
            ("DE89-3704-0044-0532-0130-00", Some("DE89370400440532013000")),
            ("GB82 WEST 1234 5698 7654 33", None),
            ("GB82 WEST 1234", None),
            ("XX82WEST12345698765432", None),
            ("", None),
            ("GB82WEST1234569876543é", None),
        ] {
            assert_eq!(
                clean(original).ok().map(|value| value.canonical).as_deref(),
                canonical,
                "{original:?}"
            );
        }
    }
}
