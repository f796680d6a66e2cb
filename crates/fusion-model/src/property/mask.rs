//! Masked values: `m***@mail.example`, `+31 ** *** **67`. Hidden signs become `*`, one each.

use super::{CleanFailure, CleanValue, Property, fail, folding};

const EXPECTED: &str = "valid masked value";

pub(super) fn clean(property: Property, original: &str) -> Result<CleanValue, CleanFailure> {
    let display = folding::tidy(original);
    if display.len() > 512 {
        return fail(EXPECTED, "longer than 512 bytes");
    }
    let unified: String = folding::fold(&display)
        .chars()
        .map(|sign| if is_hiding(sign) { '*' } else { sign })
        .collect();
    let canonical = match property {
        Property::MaskedPhone => unified
            .chars()
            .filter(|sign| sign.is_ascii_digit() || matches!(sign, '*' | '+'))
            .collect(),
        _ => unified.replace(' ', ""),
    };
    if !canonical.contains('*') {
        return fail(EXPECTED, "nothing is hidden");
    }
    if !canonical.chars().any(folding::is_letter_or_digit) {
        return fail(EXPECTED, "everything is hidden");
    }
    Ok(CleanValue::shown(canonical, display))
}

fn is_hiding(sign: char) -> bool {
    matches!(sign, '*' | '•' | '●' | '∗' | '✱' | '·' | '█' | '×')
}

/// Tells whether a cleaned value fits a cleaned mask; each run of hidden signs stands for one or more signs.
pub fn fits_mask(mask: &str, value: &str) -> bool {
    let parts: Vec<&str> = mask.split('*').collect();
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return false;
    };
    let Some(middle) = value.strip_prefix(first).and_then(|rest| rest.strip_suffix(last)) else {
        return false;
    };
    if parts.len() < 2 {
        return mask == value;
    }
    let mut rest = middle;
    for part in parts[1..parts.len() - 1].iter().filter(|part| !part.is_empty()) {
        let Some(at) = rest
            .char_indices()
            .skip(1)
            .map(|(at, _)| at)
            .find(|at| rest[*at..].starts_with(part))
        else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    !rest.is_empty()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn mask_rows() {
        for (property, original, canonical) in [
            (Property::MaskedEmail, "N•••@Mail.example", Some("n***@mail.example")),
            (Property::MaskedPhone, "+31 ** *** **67", Some("+31*******67")),
            (Property::MaskedEmail, "n@mail.example", None),
            (Property::MaskedPhone, "*** ***", None),
            (Property::MaskedEmail, "", None),
        ] {
            assert_eq!(
                clean(property, original).ok().map(|value| value.canonical).as_deref(),
                canonical,
                "{original:?}"
            );
        }
    }

    #[test]
    fn values_that_fit() {
        for (mask, value, fits) in [
            ("n***@mail.example", "nightjar77@mail.example", true),
            ("n***@mail.example", "n@mail.example", false),
            ("n***7@m***.example", "nightjar77@mail.example", true),
            ("n***8@m***.example", "nightjar77@mail.example", false),
            ("+31*******67", "+31101234567", true),
            ("+31*******68", "+31101234567", false),
        ] {
            assert_eq!(fits_mask(mask, value), fits, "{mask} {value}");
        }
    }
}
