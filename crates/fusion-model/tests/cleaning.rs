//! Laws that hold for every property: cleaning is total, idempotent, quick on hostile text, and its reasons quote nothing.
#![allow(clippy::unwrap_used)]

use fusion_model::property::{Property, tables_digest};
use fusion_model::{CleanContext, ValueType};
use proptest::prelude::*;

fn context() -> CleanContext {
    CleanContext {
        region: "NL".to_owned(),
    }
}

/// Texts that look like something, so that the generator reaches more than failures.
const SAMPLES: &[&str] = &[
    "Mara Ellison",
    "Ellison, Mara",
    "@nightjar_77",
    "https://github.com/nightjar_77?utm_source=a#b",
    "nightjar77@mail.example",
    "m.a.r.a+x@gmail.com",
    "+31 10 123 45 67",
    "portal.halcyon-freight.example",
    "198.51.100.23",
    "2001:db8::1",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    "GB82 WEST 1234 5698 7654 32",
    "d41d8cd98f00b204e9800998ecf8427e",
    "2019-07",
    "Tue Nov 14 22:13:20 +0000 2023",
    "1700000000",
    "Rotterdam, Netherlands",
    "51.92442, 4.47773",
    "1,982.10",
    "12.3K",
    "yes",
    "sealed:00112233445566778899aabbccddeeff",
    "m***@mail.example",
    "Example Breach",
    "Straße \u{202E}x",
    "",
];

const HOSTILE: &[&str] = &[
    "\u{202E}gnp.exe\u{202C}",
    "a\u{0}b",
    "🦉🦉🦉",
    "=HYPERLINK(\"http://x.example\")",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "%s%s%n",
    "\u{FFFD}\u{FEFF}",
    "İıẞ",
    "\u{1F468}\u{200D}\u{1F469}",
    "://",
    "@@@@",
    "[::",
    "0x",
    "+",
    "1e400",
    "--",
    "٣٤٥",
    "\u{FDFA}",
];

#[test]
fn cleaning_a_canonical_value_changes_nothing() {
    for property in Property::ALL {
        for sample in SAMPLES.iter().chain(HOSTILE) {
            let Ok(value) = property.clean(sample, "", &context()) else {
                continue;
            };
            let again = property.clean(&value.canonical, "", &context());
            assert_eq!(
                again.map(|again| again.canonical),
                Ok(value.canonical.clone()),
                "{} {sample:?}",
                property.id()
            );
        }
    }
}

#[test]
fn a_megabyte_is_refused_or_taken_without_delay() {
    let long = "a1@.".repeat(262_144);
    let marks = "\u{0301}".repeat(262_144);
    for property in Property::ALL {
        for text in [&long, &marks] {
            let _ = property.clean(text, "", &context());
        }
    }
}

#[test]
fn dates_and_only_dates_carry_an_interval() {
    for property in Property::ALL {
        for sample in SAMPLES {
            if let Ok(value) = property.clean(sample, "", &context()) {
                assert_eq!(
                    value.span.is_some(),
                    property.value_type() == ValueType::Date,
                    "{}",
                    property.id()
                );
            }
        }
    }
}

#[test]
fn what_only_cleaning_makes_readable_is_read_too() {
    for (property, text, canonical) in [
        (
            Property::Account,
            "nightjar%77@mail.example",
            Some("mail.example/nightjarw"),
        ),
        (Property::Account, "night?jar@mail.example", Some("mail.example/night")),
        (Property::Account, "@nightjar@_77", Some("0.0.0.77/nightjar")),
        (Property::Email, "m.\u{301}ara@gmail.com", Some("\u{1e3f}ara@gmail.com")),
        (Property::Amount, "3E1 10 123", None),
    ] {
        let cleaned = property.clean(text, "", &context()).ok().map(|value| value.canonical);
        assert_eq!(cleaned.as_deref(), canonical, "{text:?}");
    }
}

#[test]
fn the_tables_have_a_digest() {
    assert_eq!(tables_digest(), tables_digest());
    assert_ne!(tables_digest(), [0; 32]);
}

#[test]
fn every_property_is_found_by_its_name() {
    for property in Property::ALL {
        assert_eq!(Property::from_id(property.id()), Some(*property));
        assert!(!property.meaning().is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_cleaned_or_refused(text in any::<String>(), qualifier in "[a-z#.]{0,12}") {
        for property in Property::ALL {
            match property.clean(&text, &qualifier, &context()) {
                Ok(value) => prop_assert!(!value.canonical.is_empty()),
                Err(failure) => prop_assert!(text.chars().count() < 12 || !failure.to_string().contains(&text)),
            }
        }
    }

    #[test]
    fn mutated_samples_stay_idempotent(index in 0..SAMPLES.len(), insert in any::<char>(), at in 0..40usize) {
        let mut characters: Vec<char> = SAMPLES[index].chars().collect();
        characters.insert(at.min(characters.len()), insert);
        let text: String = characters.into_iter().collect();
        for property in Property::ALL {
            if let Ok(value) = property.clean(&text, "", &context()) {
                let again = property.clean(&value.canonical, "", &context());
                prop_assert_eq!(again.map(|again| again.canonical), Ok(value.canonical), "{} {:?}", property.id(), text);
            }
        }
    }
}
