#![allow(clippy::unwrap_used)]

use fusion_model::{CleanContext, Property, Score};

use super::{Feature, Strength, Value, compare, compare_handle_name};

const FUZZY: u64 = 8_500;

fn value(feature: Feature, property: Property, text: &str) -> Value {
    let (original, qualifier) = text.split_once('|').unwrap_or((text, ""));
    let clean = property
        .clean(
            original,
            qualifier,
            &CleanContext {
                region: "NL".to_owned(),
            },
        )
        .unwrap();
    Value::new(feature, &clean.canonical, qualifier, &clean.display, clean.span)
}

fn level(feature: Feature, property: Property, left: &str, right: &str) -> (u8, Strength) {
    let (one, other) = (value(feature, property, left), value(feature, property, right));
    let fuzzy = Score::from_basis_points(FUZZY);
    let forth = compare(&one, &other, fuzzy);
    assert_eq!(
        forth,
        compare(&other, &one, fuzzy),
        "{left} and {right} are compared differently the other way round"
    );
    (forth.level, forth.strength)
}

#[test]
fn names_of_persons() {
    use Strength::{Agrees, Differs, Exact, Leans, Neutral};
    for (left, right, expected) in [
        ("Mara Ellison", "mara  ELLISON", (5, Exact)),
        ("Mara Ellison", "Ellison, Mara", (5, Exact)),
        ("Mara Ellison", "Ellison Mara", (4, Agrees)),
        ("Мара Эллисон", "Mara Ellison", (4, Agrees)),
        ("Seán Byrne", "Sean Byrne", (4, Agrees)),
        ("Mara Ellison", "Mara Elison", (3, Agrees)),
        ("Mara Ellison", "Marra Ellison", (3, Agrees)),
        ("Mara Ellison", "Mara E.", (2, Agrees)),
        ("Mara Ellison", "M. Ellison", (2, Agrees)),
        ("Mara Jane Ellison", "Mara Ellison", (2, Agrees)),
        ("Bob Harker", "Robert Harker", (2, Agrees)),
        ("Mara Ellison", "Tom Ellison", (1, Leans)),
        ("Mara Ellison", "Piet van Dijk", (0, Differs)),
        ("Mara E.", "Piet D.", (0, Differs)),
        ("Mara Ellison", "nightjar", (0, Neutral)),
        ("nightjar", "nightjar", (5, Exact)),
        ("Mara Ellison", "王小明", (0, Neutral)),
    ] {
        assert_eq!(
            level(Feature::PersonName, Property::Name, left, right),
            expected,
            "{left} / {right}"
        );
    }
}

#[test]
fn names_of_firms() {
    use Strength::{Agrees, Differs, Exact, Leans};
    for (left, right, expected) in [
        ("Halcyon Freight Ltd", "HALCYON FREIGHT LTD.", (4, Exact)),
        ("Halcyon Freight Ltd", "Halcyon Freight", (3, Agrees)),
        ("Halcyon Freight B.V.", "Halcyon Freight Ltd", (3, Agrees)),
        ("Halcyon Freight Ltd", "Halcion Freight Ltd", (2, Agrees)),
        ("Halcyon Freight Ltd", "Halcyon Shipping Ltd", (1, Leans)),
        ("Halcyon Freight Ltd", "Northcoin Ltd", (0, Differs)),
    ] {
        assert_eq!(
            level(Feature::OrganizationName, Property::Name, left, right),
            expected,
            "{left} / {right}"
        );
    }
}

#[test]
fn identifiers_dates_and_places() {
    use Strength::{Agrees, Differs, Exact, Leans, Neutral};
    for (feature, property, left, right, expected) in [
        (
            Feature::Email,
            Property::Email,
            "mara@mail.example",
            "MARA@mail.example",
            (2, Exact),
        ),
        (
            Feature::Email,
            Property::Email,
            "nightjar@a.example",
            "nightjar@b.example",
            (1, Leans),
        ),
        (
            Feature::Email,
            Property::Email,
            "info@a.example",
            "info@a.example",
            (0, Neutral),
        ),
        (
            Feature::Email,
            Property::Email,
            "mara@a.example",
            "piet@a.example",
            (0, Differs),
        ),
        (
            Feature::Phone,
            Property::Phone,
            "+31101234567",
            "010 1234567",
            (2, Exact),
        ),
        (
            Feature::Phone,
            Property::Phone,
            "+31101234567",
            "+31207654321",
            (0, Differs),
        ),
        (
            Feature::Handle,
            Property::Handle,
            "@Nightjar_77",
            "nightjar_77",
            (2, Exact),
        ),
        (
            Feature::Handle,
            Property::Handle,
            "nightjar_77",
            "nightjar77",
            (1, Leans),
        ),
        (Feature::Handle, Property::Handle, "mara", "piet", (0, Differs)),
        (
            Feature::Account,
            Property::Account,
            "nightjar_77|github.com",
            "Nightjar_77|https://github.com/",
            (1, Exact),
        ),
        (
            Feature::Account,
            Property::Account,
            "nightjar_77|github.com",
            "kestrel|github.com",
            (0, Differs),
        ),
        (
            Feature::Account,
            Property::Account,
            "nightjar_77|github.com",
            "kestrel|reddit.com",
            (0, Neutral),
        ),
        (
            Feature::OfficialNumber,
            Property::OfficialNumber,
            "X1|nl passport",
            "x1|nl passport",
            (1, Exact),
        ),
        (
            Feature::OfficialNumber,
            Property::OfficialNumber,
            "X1|nl passport",
            "X2|nl passport",
            (0, Differs),
        ),
        (
            Feature::OfficialNumber,
            Property::OfficialNumber,
            "X1|nl passport",
            "X2|nl tax",
            (0, Neutral),
        ),
        (
            Feature::BirthDate,
            Property::BirthDate,
            "1988-03-04",
            "1988-03-04",
            (3, Exact),
        ),
        (
            Feature::BirthDate,
            Property::BirthDate,
            "1988-03-04",
            "1988-04-03",
            (2, Agrees),
        ),
        (
            Feature::BirthDate,
            Property::BirthDate,
            "1988-03-04",
            "1988-03-05",
            (2, Leans),
        ),
        (
            Feature::BirthDate,
            Property::BirthDate,
            "1988-03-04",
            "1988",
            (2, Agrees),
        ),
        (
            Feature::BirthDate,
            Property::BirthDate,
            "1988-03-04",
            "1988-11-27",
            (1, Leans),
        ),
        (
            Feature::BirthDate,
            Property::BirthDate,
            "1988-03-04",
            "1971-11-27",
            (0, Differs),
        ),
        (
            Feature::Location,
            Property::Location,
            "Rotterdam",
            "Rotterdam, Netherlands",
            (2, Agrees),
        ),
        (
            Feature::Location,
            Property::Location,
            "Delft, Netherlands",
            "Rotterdam, Netherlands",
            (1, Leans),
        ),
        (
            Feature::Location,
            Property::Location,
            "Auckland",
            "Rotterdam",
            (0, Differs),
        ),
        (
            Feature::Address,
            Property::Address,
            "Quay 7, Rotterdam",
            "Quay 7 Rotterdam",
            (3, Exact),
        ),
        (
            Feature::Address,
            Property::Address,
            "Quay 7, Rotterdam",
            "Quay 9, Rotterdam",
            (1, Leans),
        ),
    ] {
        assert_eq!(
            level(feature, property, left, right),
            expected,
            "{} {left} / {right}",
            feature.id()
        );
    }
}

#[test]
fn user_names_against_names() {
    for (handle, name, expected) in [
        ("mara.ellison", "Mara Ellison", 2),
        ("EllisonMara", "Mara Ellison", 2),
        ("mara_ellison_88", "Mara Ellison", 2),
        ("mellison", "Mara Ellison", 1),
        ("nightjar_77", "Mara Ellison", 0),
        ("mara", "Mara", 0),
    ] {
        let (one, other) = (
            value(Feature::Handle, Property::Handle, handle),
            value(Feature::PersonName, Property::Name, name),
        );
        assert_eq!(compare_handle_name(&one, &other).level, expected, "{handle} / {name}");
        assert_eq!(compare_handle_name(&other, &one).level, expected, "{name} / {handle}");
    }
}

#[test]
fn legal_forms_are_in_order_for_the_search() {
    for word in ["ab", "gmbh", "ltd", "zoo", "sro", "srl", "inc"] {
        assert!(super::legal_forms::is_legal_form(word), "{word}");
    }
}
