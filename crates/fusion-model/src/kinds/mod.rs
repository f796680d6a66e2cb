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
}
