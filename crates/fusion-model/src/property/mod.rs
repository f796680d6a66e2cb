//! Properties: what can be said of a thing, and how each sort of value is cleaned.
//!
//! A property names what is said; its [`ValueType`] names how the text is cleaned and compared. Each value type
//! has one file with its cleaning. Cleaning is pure: text, qualifier and [`CleanContext`] in, canonical value or
//! reason out; tables are pinned and hashed into the revision by [`tables_digest`].

mod catalogue;

use std::borrow::Cow;

pub use catalogue::Property;

use crate::provenance::named_enum;
use crate::time::TimeSpan;

named_enum!(
    /// Sorts values by how they are cleaned and compared.
    ValueType {
        /// Name of a person, firm or thing.
        Name = "name",
        /// User name without its site.
        Handle = "handle",
        /// Site and user name.
        Account = "account",
        /// E-mail address.
        Email = "email",
        /// Telephone number.
        Phone = "phone",
        /// Web address.
        Url = "url",
        /// Internet domain.
        Domain = "domain",
        /// IP address.
        Ip = "ip",
        /// Blockchain address.
        Wallet = "wallet",
        /// Bank account number.
        Iban = "iban",
        /// File digest.
        FileHash = "file-hash",
        /// Date or instant, perhaps partial.
        Date = "date",
        /// Place in words.
        Place = "place",
        /// Country.
        Country = "country",
        /// Point on earth.
        Coordinates = "coordinates",
        /// Whole number.
        Count = "count",
        /// Decimal amount with its coin or currency.
        Amount = "amount",
        /// Key of another system, compared exactly.
        Key = "key",
        /// Free text.
        Text = "text",
        /// Yes or no.
        Flag = "flag",
        /// Password, hash or token: sealed.
        Secret = "secret",
        /// Masked value with unknown parts.
        Mask = "mask",
    }
);

/// Holds what cleaning depends on besides the text itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CleanContext {
    /// Region for national phone numbers, ISO 3166-1 alpha-2; empty when none was chosen.
    pub region: String,
}

/// Holds a cleaned value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CleanValue {
    /// Canonical text: equal values have equal text.
    pub canonical: String,
    /// Text for people (`canonical` may be folded beyond reading).
    pub display: String,
    /// The interval, for dates.
    pub span: Option<TimeSpan>,
}

impl CleanValue {
    /// Makes a value that is shown as it is compared.
    pub fn plain(canonical: impl Into<String>) -> Self {
        let canonical = canonical.into();
        Self { display: canonical.clone(), canonical, span: None }
    }

    /// Makes a value with its own text for people.
    pub fn shown(canonical: impl Into<String>, display: impl Into<String>) -> Self {
        Self { canonical: canonical.into(), display: display.into(), span: None }
    }
}

/// Says why a text could not be cleaned.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("not a {expected}: {reason}")]
pub struct CleanFailure {
    /// The value type that was expected.
    pub expected: Cow<'static, str>,
    /// Why the text is none; never quotes the text.
    pub reason: Cow<'static, str>,
}

impl Property {
    /// Cleans `original`, read with `qualifier`, under `context`.
    pub fn clean(self, original: &str, qualifier: &str, context: &CleanContext) -> Result<CleanValue, CleanFailure> {
        let _ = (qualifier, context);
        Ok(CleanValue::plain(original.trim()))
    }
}

/// Returns a digest of every pinned table that cleaning reads; part of the revision.
pub fn tables_digest() -> [u8; 32] {
    crate::hash::sha256(b"")
}
