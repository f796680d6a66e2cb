//! Properties: what can be said of a thing, and how each sort of value is cleaned.
//!
//! A property names what is said; its [`ValueType`] names how the text is cleaned and compared. Each value type
//! has one file with its cleaning. Cleaning is pure: text, qualifier and [`CleanContext`] in, canonical value or
//! reason out; tables are pinned and hashed into the revision by [`tables_digest`].

mod account;
mod amount;
mod catalogue;
mod coordinates;
mod country;
mod date;
mod decimal;
mod domain;
mod email;
mod file_hash;
mod folding;
mod handle;
mod iban;
mod ip;
mod key;
mod mask;
mod name;
mod phone;
mod secret;
mod site;
mod tables;
mod text;
mod url;
mod wallet;

use std::borrow::Cow;

pub use catalogue::Property;
pub use country::country_name;
pub use decimal::{Decimal, ParseDecimalError, sum_amounts};
pub use email::{is_disposable_domain, is_junk_address, is_role_address};
pub use folding::{fold, is_invisible, is_letter, is_letter_or_digit, letters_and_digits, tidy};
pub use ip::is_private_ip;
pub use mask::fits_mask;
pub use name::{latin_skeleton, name_tokens, nickname_root};
pub use secret::{SEALED_PREFIX, WEAK};
pub use site::normalize_site;

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
        Self {
            display: canonical.clone(),
            canonical,
            span: None,
        }
    }

    /// Makes a value with its own text for people.
    pub fn shown(canonical: impl Into<String>, display: impl Into<String>) -> Self {
        Self {
            canonical: canonical.into(),
            display: display.into(),
            span: None,
        }
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

/// Times that a text is cleaned before it is refused.
const MOST_ROUNDS: usize = 4;

impl Property {
    /// Cleans `original`, read with `qualifier`, under `context`.
    ///
    /// Pure and total: the same three texts give the same value under the same tables, and no text panics.
    pub fn clean(self, original: &str, qualifier: &str, context: &CleanContext) -> Result<CleanValue, CleanFailure> {
        let value = self.clean_once(original, qualifier, context)?;
        match self.value_type() {
            // What cleaning left as it was is settled.
            ValueType::Account | ValueType::Amount | ValueType::Email | ValueType::Key
                if qualifier.is_empty() && value.canonical != original =>
            {
                self.settled(value, context)
            }
            _ => Ok(value),
        }
    }

    /// Cleans until nothing changes: what these forms are read by (an address in an account, an exponent in an amount) may
    /// only come about by cleaning.
    fn settled(self, mut value: CleanValue, context: &CleanContext) -> Result<CleanValue, CleanFailure> {
        for _ in 0..MOST_ROUNDS {
            let again = self.clean_once(&value.canonical, "", context)?.canonical;
            if again == value.canonical {
                return Ok(value);
            }
            value.canonical = again;
        }
        fail("text that is read one way", "it reads otherwise each time")
    }

    fn clean_once(self, original: &str, qualifier: &str, context: &CleanContext) -> Result<CleanValue, CleanFailure> {
        match self.value_type() {
            ValueType::Name => name::clean(self, original),
            ValueType::Handle => handle::clean(original),
            ValueType::Account => account::clean(original, qualifier),
            ValueType::Email => email::clean(original),
            ValueType::Phone => phone::clean(original, context),
            ValueType::Url => url::clean(original),
            ValueType::Domain => domain::clean(original),
            ValueType::Ip => ip::clean(original),
            ValueType::Wallet => wallet::clean(original, qualifier),
            ValueType::Iban => iban::clean(original),
            ValueType::FileHash => file_hash::clean(original),
            ValueType::Date => date::clean(original, qualifier),
            ValueType::Place => text::clean_place(original),
            ValueType::Country => country::clean(original),
            ValueType::Coordinates => coordinates::clean(original),
            ValueType::Count => amount::clean_count(original),
            ValueType::Amount => amount::clean(original, qualifier),
            ValueType::Key => key::clean(self, original, qualifier),
            ValueType::Text => text::clean(original),
            ValueType::Flag => text::clean_flag(original),
            ValueType::Secret => secret::clean(original),
            ValueType::Mask => mask::clean(self, original),
        }
    }
}

/// Returns a digest of every pinned table that cleaning reads; part of the revision.
pub fn tables_digest() -> [u8; 32] {
    tables::digest()
}

/// Refuses a text; neither part may quote it.
fn fail<T>(expected: &'static str, reason: impl Into<Cow<'static, str>>) -> Result<T, CleanFailure> {
    Err(CleanFailure {
        expected: expected.into(),
        reason: reason.into(),
    })
}
