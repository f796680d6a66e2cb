//! The list of properties: one line each, with its stable name, its value type and what it says.

use super::ValueType;

macro_rules! properties {
    ($($variant:ident = $id:literal, $value_type:ident, $doc:literal;)+) => {
        /// Names what a statement says.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Property { $(#[doc = $doc] $variant),+ }

        impl Property {
            /// All properties in their fixed order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the stable name used in files and on the command line.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// Finds a property by its stable name.
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some(Self::$variant),)+ _ => None }
            }

            /// Returns how its values are cleaned and compared.
            pub fn value_type(self) -> ValueType {
                match self { $(Self::$variant => ValueType::$value_type),+ }
            }

            /// Returns what it says, in a few words.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $doc),+ }
            }
        }
    };
}

properties! {
    Name = "name", Name, "name of the person, firm or thing";
    Alias = "alias", Name, "another name it goes by";
    Handle = "handle", Handle, "user name, site unknown or not meant";
    Account = "account", Account, "user name with its site as qualifier";
    Email = "email", Email, "e-mail address";
    MaskedEmail = "masked-email", Mask, "e-mail address with hidden letters";
    Phone = "phone", Phone, "telephone number";
    MaskedPhone = "masked-phone", Mask, "telephone number with hidden digits";
    Url = "url", Url, "web address";
    Domain = "domain", Domain, "internet domain";
    Ip = "ip", Ip, "IP address";
    Wallet = "wallet", Wallet, "blockchain address, chain as qualifier where known";
    Iban = "iban", Iban, "bank account number";
    FileHash = "file-hash", FileHash, "digest of a file";
    OfficialNumber = "official-number", Key, "number of an official document, issuer as qualifier";
    CompanyNumber = "company-number", Key, "number in a company register, register as qualifier";
    ExternalId = "external-id", Key, "key in another system, system as qualifier";
    BirthDate = "birth-date", Date, "date of birth";
    Location = "location", Place, "place in the source's own words";
    Address = "address", Place, "postal address";
    City = "city", Place, "town or city";
    Postcode = "postcode", Key, "postal code";
    Country = "country", Country, "country";
    Coordinates = "coordinates", Coordinates, "latitude and longitude";
    Occupation = "occupation", Text, "what somebody does for a living";
    Organization = "organization", Name, "firm or body somebody belongs to";
    Nationality = "nationality", Country, "nationality";
    Platform = "platform", Text, "site or service";
    Bio = "bio", Text, "self-description";
    Text = "text", Text, "text of a message or document";
    Title = "title", Text, "title of a document, chat or page";
    Note = "note", Text, "anything kept for reading only";
    Tag = "tag", Text, "label given by the source";
    Image = "image", Url, "address of a picture";
    CreatedAt = "created-at", Date, "when it was created or joined";
    LastSeenAt = "last-seen-at", Date, "when it was last active";
    HappenedAt = "happened-at", Date, "when it happened";
    EndedAt = "ended-at", Date, "when it ended";
    BreachName = "breach-name", Key, "name of the breach";
    BreachDate = "breach-date", Date, "when the breach happened";
    PublishedAt = "published-at", Date, "when it became known";
    DataClass = "data-class", Text, "sort of data that leaked";
    Followers = "followers", Count, "number of followers";
    Following = "following", Count, "number followed";
    Posts = "posts", Count, "number of posts";
    Count = "count", Count, "another count, named by its path";
    Amount = "amount", Amount, "amount moved, coin as qualifier";
    Fee = "fee", Amount, "fee paid, coin as qualifier";
    FiatValue = "fiat-value", Amount, "value in money at the time, currency as qualifier";
    Balance = "balance", Amount, "balance, coin as qualifier";
    TotalVolume = "total-volume", Amount, "sum moved, coin as qualifier";
    TransactionCount = "transaction-count", Count, "number of transactions";
    TransactionHash = "transaction-hash", Key, "hash of a transaction";
    Blockchain = "blockchain", Text, "chain";
    TokenContract = "token-contract", Key, "contract address of a token, chain as qualifier";
    Status = "status", Text, "state given by the source";
    ChatId = "chat-id", Key, "key of a conversation, service as qualifier";
    Verified = "verified", Flag, "whether the source calls it verified";
    Password = "password", Secret, "password in the clear (sealed)";
    PasswordHash = "password-hash", Secret, "hash of a password (sealed)";
    AuthToken = "auth-token", Secret, "session or access token (sealed)";
}
