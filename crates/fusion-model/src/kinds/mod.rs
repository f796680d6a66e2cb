//! The kinds of entity, each described once; screen, exports and help draw from these descriptions.

use crate::property::Property;
use crate::provenance::named_enum;

named_enum!(
    /// Sorts the things that evidence talks about.
    EntityKind {
        /// A human being.
        Person = "person",
        /// A firm, authority, club or other body.
        Organization = "organization",
        /// A place on earth.
        Place = "place",
        /// An account at a site or service.
        Account = "account",
        /// A blockchain address.
        Wallet = "wallet",
        /// An e-mail address.
        Email = "email",
        /// A telephone number.
        Phone = "phone",
        /// An internet domain.
        Domain = "domain",
        /// An IP address.
        Ip = "ip",
        /// A web address.
        Url = "url",
        /// A bank account number.
        Iban = "iban",
        /// A digest of a file.
        FileHash = "file-hash",
        /// A corpus of leaked records.
        Breach = "breach",
        /// A conversation, channel or group.
        Chat = "chat",
        /// A document or page.
        Document = "document",
        /// A token or contract on a ledger.
        Token = "token",
    }
);

named_enum!(
    /// Maps kinds to Person, Object, Location, Event.
    Pole {
        /// A person or body.
        Person = "person",
        /// A thing.
        Object = "object",
        /// A place.
        Location = "location",
        /// Something that happened.
        Event = "event",
    }
);

named_enum!(
    /// Names the outlines kinds are drawn in.
    Shape {
        /// A circle.
        Circle = "circle",
        /// A square.
        Square = "square",
        /// A square with round corners.
        Rounded = "rounded",
        /// A hexagon.
        Hexagon = "hexagon",
        /// A diamond.
        Diamond = "diamond",
        /// A triangle.
        Triangle = "triangle",
        /// A page with a folded corner.
        Page = "page",
        /// An octagon.
        Octagon = "octagon",
    }
);

impl EntityKind {
    /// Returns the property whose cleaned value *is* the entity, for kinds that are identified exactly;
    /// `None` for described kinds, which are resolved probabilistically.
    pub fn identity(self) -> Option<Property> {
        match self {
            Self::Person | Self::Organization | Self::Place | Self::Document => None,
            Self::Account => Some(Property::Account),
            Self::Wallet => Some(Property::Wallet),
            Self::Email => Some(Property::Email),
            Self::Phone => Some(Property::Phone),
            Self::Domain => Some(Property::Domain),
            Self::Ip => Some(Property::Ip),
            Self::Url => Some(Property::Url),
            Self::Iban => Some(Property::Iban),
            Self::FileHash => Some(Property::FileHash),
            Self::Breach => Some(Property::BreachName),
            Self::Chat => Some(Property::ChatId),
            Self::Token => Some(Property::TokenContract),
        }
    }

    /// Returns the POLE class.
    pub fn pole(self) -> Pole {
        match self {
            Self::Person | Self::Organization => Pole::Person,
            Self::Place => Pole::Location,
            Self::Breach => Pole::Event,
            _ => Pole::Object,
        }
    }

    /// Returns the word shown for one of them.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ip => "IP address",
            Self::Url => "web address",
            Self::Iban => "IBAN",
            Self::Email => "e-mail",
            Self::FileHash => "file hash",
            other => other.id(),
        }
    }

    /// Returns the word shown for several of them.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Person => "people",
            Self::Organization => "organizations",
            Self::Place => "places",
            Self::Account => "accounts",
            Self::Wallet => "wallets",
            Self::Email => "e-mails",
            Self::Phone => "phones",
            Self::Domain => "domains",
            Self::Ip => "IP addresses",
            Self::Url => "web addresses",
            Self::Iban => "IBANs",
            Self::FileHash => "file hashes",
            Self::Breach => "breaches",
            Self::Chat => "chats",
            Self::Document => "documents",
            Self::Token => "tokens",
        }
    }

    /// Returns what it is and how it is identified, in one sentence.
    pub fn description(self) -> &'static str {
        match self {
            Self::Person => "A human being, resolved from what is said of them.",
            Self::Organization => "A firm, authority, club or other body, resolved from what is said of it.",
            Self::Place => "A place on earth, resolved from its names and coordinates.",
            Self::Account => "An account at a site: the site and the user name there.",
            Self::Wallet => "A blockchain address whose checksum holds.",
            Self::Email => "An e-mail address.",
            Self::Phone => "A telephone number in international form.",
            Self::Domain => "An internet domain.",
            Self::Ip => "An IP address.",
            Self::Url => "A web address.",
            Self::Iban => "A bank account number whose check digits hold.",
            Self::FileHash => "A digest that names the content of a file.",
            Self::Breach => "A corpus of leaked records, named by its publishers.",
            Self::Chat => "A conversation, channel or group at a service.",
            Self::Document => "A document or page, resolved from its title and text.",
            Self::Token => "A token or contract on a ledger, named by its address.",
        }
    }

    /// Returns the shape it is drawn in; kinds that share a shape differ in colour.
    pub fn shape(self) -> Shape {
        match self {
            Self::Person => Shape::Circle,
            Self::Organization => Shape::Square,
            Self::Place => Shape::Diamond,
            Self::Account | Self::Email | Self::Phone | Self::Chat => Shape::Rounded,
            Self::Wallet | Self::Iban | Self::Token => Shape::Hexagon,
            Self::Breach => Shape::Triangle,
            Self::Document | Self::FileHash => Shape::Page,
            Self::Domain | Self::Ip | Self::Url => Shape::Octagon,
        }
    }

    /// Returns the name of its icon in the icon set of the screen.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Person => "user",
            Self::Organization => "building-2",
            Self::Place => "map-pin",
            Self::Account => "at-sign",
            Self::Wallet => "wallet",
            Self::Email => "mail",
            Self::Phone => "phone",
            Self::Domain => "globe",
            Self::Ip => "network",
            Self::Url => "link",
            Self::Iban => "landmark",
            Self::FileHash => "fingerprint",
            Self::Breach => "triangle-alert",
            Self::Chat => "messages-square",
            Self::Document => "file-text",
            Self::Token => "coins",
        }
    }

    /// Returns its colour on a light and on a dark ground, as `#rrggbb`: from a set that colour-blind readers can tell apart.
    pub fn colour(self) -> (&'static str, &'static str) {
        match self {
            Self::Person => ("#0060a8", "#6cb6ff"),
            Self::Organization => ("#6a3d9a", "#c4a5f2"),
            Self::Place => ("#2c6e2f", "#7fcf83"),
            Self::Account => ("#00707a", "#5cc8d2"),
            Self::Email => ("#8a5a00", "#e6b455"),
            Self::Phone => ("#9c3a6e", "#f098c4"),
            Self::Chat => ("#3d5a6c", "#9dbdd0"),
            Self::Wallet => ("#a84300", "#ff9e5c"),
            Self::Iban => ("#5c6200", "#c3ca52"),
            Self::Token => ("#7a4b2a", "#d3a07b"),
            Self::Breach => ("#b3261e", "#ff8a80"),
            Self::Document => ("#505050", "#b8b8b8"),
            Self::FileHash => ("#3f4a8a", "#a5b0f0"),
            Self::Domain => ("#1f6f54", "#6fd0ab"),
            Self::Ip => ("#7d2e8d", "#dc9aea"),
            Self::Url => ("#4a6a00", "#a9d34f"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_kind_can_be_told_by_shape_and_colour() {
        let looks: BTreeSet<_> = EntityKind::ALL
            .iter()
            .map(|kind| (kind.shape().id(), kind.colour()))
            .collect();
        assert_eq!(looks.len(), EntityKind::ALL.len());
        let icons: BTreeSet<_> = EntityKind::ALL.iter().map(|kind| kind.icon()).collect();
        assert_eq!(icons.len(), EntityKind::ALL.len());
    }

    #[test]
    fn the_identity_of_a_kind_is_of_its_own_type() {
        for kind in EntityKind::ALL {
            assert!(kind.description().ends_with('.') && !kind.plural().is_empty() && !kind.label().is_empty());
            assert_eq!(EntityKind::from_id(kind.id()), Some(*kind));
        }
    }
}
