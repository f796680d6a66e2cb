#![allow(clippy::unwrap_used)]

use fusion_model::{CleanContext, Property};

use super::compare;
use crate::agreement::Strength::{self, Agrees, Differs, Exact, Leans, Neutral};
use crate::feature::Feature;
use crate::value::Values;

const FUZZY: u32 = 8_500;

fn level(feature: Feature, property: Property, left: &str, right: &str) -> (u8, Strength) {
    let mut values = Values::default();
    let mut intern = |text: &str| {
        let clean = property
            .clean(
                text,
                "",
                &CleanContext {
                    region: "NL".to_owned(),
                },
            )
            .unwrap();
        values.intern(feature, &clean.canonical, "", clean.span)
    };
    let (one, other) = (intern(left), intern(right));
    let forth = compare(&values, feature, one, other, FUZZY);
    let back = compare(&values, feature, other, one, FUZZY);
    assert_eq!(
        forth, back,
        "{left} and {right} are compared differently the other way round"
    );
    (forth.level, forth.strength)
}

#[test]
fn names_of_persons() {
    for (left, right, expected) in [
        ("Mara Ellison", "mara  ELLISON", (9, Exact)),
        ("Mara Ellison", "Ellison, Mara", (9, Exact)),
        ("Mara Ellison", "Ellison Mara", (8, Exact)),
        ("Мара Эллисон", "Mara Ellison", (8, Exact)),
        ("Seán Byrne", "Sean Byrne", (8, Exact)),
        ("Mara El Lison", "Mara Ellison", (8, Exact)),
        ("Mara Ellison", "Mara Elison", (7, Agrees)),
        ("Sergei Ivanov", "Serguei Ivanoff", (7, Agrees)),
        ("محمد الحسيني", "Mohammed Al-Husseini", (7, Agrees)),
        ("王秀英", "Xiuying Wang", (8, Exact)),
        ("Mara Ellison", "M. Ellison", (5, Agrees)),
        ("Mara Ellison", "Mara E.", (5, Agrees)),
        ("Mara Jane Ellison", "Mara Ellison", (6, Agrees)),
        ("Bob Harker", "Robert Harker", (6, Agrees)),
        ("Piet van Dijk", "Piet Dijk", (8, Exact)),
        ("Mara Jane Ellison", "Mara Ruth Ellison", (3, Agrees)),
        ("Mara Ellison", "Tom Ellison", (1, Leans)),
        ("Mara Ellison", "Mara Byrne", (2, Leans)),
        ("Mara Ellison", "Piet van Dijk", (0, Differs)),
        ("Mara", "Mara Ellison", (4, Agrees)),
        ("nightjar", "Mara Ellison", (0, Neutral)),
        ("nightjar", "nightjar", (9, Exact)),
    ] {
        assert_eq!(
            level(Feature::PersonName, Property::Name, left, right),
            expected,
            "{left} / {right}"
        );
    }
}

#[test]
fn dates_of_birth() {
    for (left, right, expected) in [
        ("1988-03-04", "4 March 1988", (4, Exact)),
        ("1988-03-04", "1988-04-03", (3, Agrees)),
        ("1988-03-04", "1988-03-05", (3, Agrees)),
        ("1988-03-04", "1989-03-04", (3, Agrees)),
        ("1988-03-04", "1988-11-27", (1, Leans)),
        ("1988-03-04", "1989-02-11", (1, Leans)),
        ("1988-03-04", "1998-03-04", (3, Agrees)),
        ("1988-03-04", "1988", (2, Agrees)),
        ("1988-03-04", "1970-01-01", (0, Neutral)),
        ("1970-01-01", "1970-01-01", (4, Exact)),
        ("1988-03-04", "1971-11-27", (0, Differs)),
    ] {
        assert_eq!(
            level(Feature::BirthDate, Property::BirthDate, left, right),
            expected,
            "{left} / {right}"
        );
    }
}

#[test]
fn addresses_of_mail_and_user_names() {
    for (feature, property, left, right, expected) in [
        (
            Feature::Email,
            Property::Email,
            "mara.e77@mail.example",
            "MARA.E77@mail.example",
            (4, Exact),
        ),
        (
            Feature::Email,
            Property::Email,
            "mara.e@mail.example",
            "mara.e@mail.example",
            (3, Exact),
        ),
        (
            Feature::Email,
            Property::Email,
            "nightjar@a-mail.example",
            "nightjar@other.example",
            (2, Leans),
        ),
        (
            Feature::Email,
            Property::Email,
            "nightjar@mail.example",
            "nightjra@mail.example",
            (1, Agrees),
        ),
        (
            Feature::Email,
            Property::Email,
            "nightjar@mail.example",
            "nightjar@mial.example",
            (1, Agrees),
        ),
        (
            Feature::Email,
            Property::Email,
            "nightjar1001@mail.example",
            "nightjar1008@mail.example",
            (0, Neutral),
        ),
        (
            Feature::Email,
            Property::Email,
            "info@mail.example",
            "info@mail.example",
            (0, Neutral),
        ),
        (
            Feature::Email,
            Property::Email,
            "mara@mail.example",
            "piet@mail.example",
            (0, Differs),
        ),
        (
            Feature::Handle,
            Property::Handle,
            "@Nightjar_777",
            "nightjar777",
            (4, Exact),
        ),
        (Feature::Handle, Property::Handle, "nightjar", "nightjar", (2, Exact)),
        (Feature::Handle, Property::Handle, "nightjar", "nightjar7", (1, Leans)),
        (Feature::Handle, Property::Handle, "admin", "admin", (0, Neutral)),
        (Feature::Handle, Property::Handle, "mara", "piet", (0, Differs)),
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
fn places_numbers_and_firms() {
    for (feature, property, left, right, expected) in [
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
            "+31101234568",
            (1, Leans),
        ),
        (
            Feature::Phone,
            Property::Phone,
            "+31101234567",
            "+31207654321",
            (0, Differs),
        ),
        (
            Feature::Address,
            Property::City,
            "7 Quay Street",
            "7 Quay St",
            (3, Exact),
        ),
        (
            Feature::Address,
            Property::City,
            "7 Summerville Crescent",
            "7 summervillecrescent",
            (3, Exact),
        ),
        (
            Feature::Address,
            Property::City,
            "7 Harbour Street",
            "7 Harborur Street",
            (2, Agrees),
        ),
        (
            Feature::Address,
            Property::City,
            "7 Quay Street",
            "9 Mill Lane",
            (0, Differs),
        ),
        (
            Feature::Location,
            Property::City,
            "Rotterdam",
            "Rotterdam, Netherlands",
            (3, Agrees),
        ),
        (Feature::Location, Property::City, "Rotterdam", "Roterdam", (2, Agrees)),
        (
            Feature::Location,
            Property::City,
            "Delft, Netherlands",
            "Rotterdam, Netherlands",
            (1, Leans),
        ),
        (Feature::Location, Property::City, "Auckland", "Rotterdam", (0, Differs)),
        (
            Feature::Organization,
            Property::Organization,
            "Halcyon Freight Ltd",
            "Halcyon Freight",
            (2, Exact),
        ),
        (
            Feature::Organization,
            Property::Organization,
            "Halcyon Freight",
            "Halcion Freight",
            (1, Agrees),
        ),
        (
            Feature::Organization,
            Property::Organization,
            "Halcyon Freight",
            "Northcoin",
            (0, Differs),
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
fn names_of_firms_with_and_without_their_legal_form() {
    for (left, right, expected) in [
        ("Halcyon Freight Ltd", "HALCYON FREIGHT LTD.", (4, Exact)),
        ("Halcyon Freight Ltd", "Halcyon Freight", (3, Agrees)),
        ("Halcyon Freight B.V.", "Halcyon Freight Ltd", (3, Agrees)),
        ("Halcyon Freight Ltd", "Halcion Freight Ltd", (2, Agrees)),
        ("Halcyon Freight Ltd", "Halcyon Shipping Ltd", (1, Leans)),
        ("Halcyon Freight Ltd", "Northcoin Ltd", (0, Differs)),
    ] {
        let found = level(Feature::OrganizationName, Property::Name, left, right);
        assert_eq!(found, expected, "{left} / {right}");
    }
    let mut values = Values::default();
    let mut firm = |text: &str| values.intern(Feature::OrganizationName, text, "", None);
    let [limited, dotted, bare] = ["halcyon freight ltd", "halcyon freight ltd.", "halcyon freight"].map(&mut firm);
    assert!(values.is_same_registered_name(limited, dotted));
    assert!(!values.is_same_registered_name(limited, bare));
    assert!(
        !values.is_same_registered_name(bare, bare),
        "a name without legal form is no registered name"
    );
}

#[test]
fn accounts_contradict_on_one_site_and_numbers_of_one_issuer() {
    let mut values = Values::default();
    let mut account = |text: &str| values.intern(Feature::Account, text, "", None);
    let [one, other, elsewhere] =
        ["github.com/nightjar_77", "github.com/kestrel", "reddit.com/kestrel"].map(&mut account);
    let mut number = |text: &str, issuer: &str| values.intern(Feature::OfficialNumber, text, issuer, None);
    let (passport, next, tax) = (
        number("x1234567", "nl passport"),
        number("x1234568", "nl passport"),
        number("x9", "nl tax"),
    );
    let (twice, far) = (number("x1934568", "nl passport"), number("y7654321", "nl passport"));
    for (feature, left, right, expected) in [
        (Feature::Account, one, one, (1, Exact)),
        (Feature::Account, one, other, (0, Differs)),
        (Feature::Account, one, elsewhere, (0, Neutral)),
        (Feature::OfficialNumber, passport, passport, (2, Exact)),
        (Feature::OfficialNumber, passport, next, (1, Agrees)),
        (Feature::OfficialNumber, passport, twice, (0, Neutral)),
        (Feature::OfficialNumber, passport, far, (0, Differs)),
        (Feature::OfficialNumber, passport, tax, (0, Neutral)),
    ] {
        for (left, right) in [(left, right), (right, left)] {
            let found = compare(&values, feature, left, right, FUZZY);
            assert_eq!((found.level, found.strength), expected, "{}", values.canonical(right));
        }
    }
}

#[test]
fn user_names_against_names() {
    let mut values = Values::default();
    for (handle, name, expected) in [
        ("mara.ellison", "mara ellison", 2),
        ("ellisonmara", "mara ellison", 2),
        ("mara_ellison_88", "mara ellison", 2),
        ("mellison", "mara ellison", 1),
        ("nightjar_77", "mara ellison", 0),
        ("mara", "mara", 0),
    ] {
        let handle_id = values.intern(Feature::Handle, handle, "", None);
        let name_id = values.intern(Feature::PersonName, name, "", None);
        let found = super::compare_handle_name(&values, values.handle_form(handle_id), values.name_form(name_id));
        assert_eq!(found.level, expected, "{handle} / {name}");
    }
}

#[test]
fn user_names_made_of_a_name_in_other_words() {
    let mut values = Values::default();
    for (handle, name, expected) in [
        ("alexeialekseev", "aleksey alekseev", true),
        ("kathekruger", "kaethe krueger", true),
        ("williamchestworth", "billy g chestworth", true),
        ("juanmartinezgomez77", "juan martinez", true),
        ("yurilebedev", "юрий лебедев", true),
        ("hassangaddafi", "hasan kadhafi", true),
        ("wolfchestworth", "billy chestworth", false),
        ("shadow_wolf", "mara ellison", false),
        ("mara_nightjar", "mara ellison", false),
        ("maraellison", "mara", false),
    ] {
        let handle_id = values.intern(Feature::Handle, handle, "", None);
        let name_id = values.intern(Feature::PersonName, name, "", None);
        let found = super::is_made_of(&values, values.handle_form(handle_id), values.name_form(name_id));
        assert_eq!(found, expected, "{handle} / {name}");
    }
}

#[test]
fn legal_forms_are_in_order_for_the_search() {
    for word in ["ab", "gmbh", "ltd", "zoo", "sro", "srl", "inc"] {
        assert!(crate::value::is_legal_form(word), "{word}");
    }
}
