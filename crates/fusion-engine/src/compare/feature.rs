//! The features that pairs are compared by, and which kind of evidence each one is.

/// Names a comparator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Feature {
    PersonName,
    OrganizationName,
    Title,
    Email,
    Phone,
    Handle,
    HandleName,
    Account,
    Wallet,
    Iban,
    OfficialNumber,
    ExternalId,
    FileHash,
    BirthDate,
    Address,
    Location,
    Country,
    Organization,
    Occupation,
    Url,
    Domain,
    Ip,
    Secret,
    Image,
    Bio,
}

/// Groups features that say the same thing in other words: inside a family only the strongest agreement counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Family {
    Name,
    Mail,
    Telephone,
    Accounts,
    Money,
    Numbers,
    Birth,
    Home,
    Work,
    Secrets,
    /// Too common to be evidence of its own: it supports, but never makes a second kind.
    Support,
}

impl Feature {
    /// All features, in the order in which values are laid out.
    pub(crate) const ALL: [Self; 25] = [
        Self::PersonName,
        Self::OrganizationName,
        Self::Title,
        Self::Email,
        Self::Phone,
        Self::Handle,
        Self::HandleName,
        Self::Account,
        Self::Wallet,
        Self::Iban,
        Self::OfficialNumber,
        Self::ExternalId,
        Self::FileHash,
        Self::BirthDate,
        Self::Address,
        Self::Location,
        Self::Country,
        Self::Organization,
        Self::Occupation,
        Self::Url,
        Self::Domain,
        Self::Ip,
        Self::Secret,
        Self::Image,
        Self::Bio,
    ];

    /// Returns the stable name shown with a contribution.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::PersonName => "person-name",
            Self::OrganizationName => "organization-name",
            Self::Title => "title",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Handle => "handle",
            Self::HandleName => "handle-name",
            Self::Account => "account",
            Self::Wallet => "wallet",
            Self::Iban => "iban",
            Self::OfficialNumber => "official-number",
            Self::ExternalId => "external-id",
            Self::FileHash => "file-hash",
            Self::BirthDate => "birth-date",
            Self::Address => "address",
            Self::Location => "location",
            Self::Country => "country",
            Self::Organization => "organization",
            Self::Occupation => "occupation",
            Self::Url => "url",
            Self::Domain => "domain",
            Self::Ip => "ip",
            Self::Secret => "secret",
            Self::Image => "image",
            Self::Bio => "bio",
        }
    }

    /// Returns the word for people.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::PersonName | Self::OrganizationName => "name",
            Self::Email => "e-mail",
            Self::Handle => "user name",
            Self::HandleName => "user name against name",
            Self::Iban => "IBAN",
            Self::OfficialNumber => "official number",
            Self::ExternalId => "key of another system",
            Self::FileHash => "file digest",
            Self::BirthDate => "birth date",
            Self::Url => "web address",
            Self::Ip => "IP address",
            Self::Image => "picture",
            other => other.id(),
        }
    }

    /// Returns the kind of evidence it is.
    pub(crate) fn family(self) -> Family {
        match self {
            Self::PersonName | Self::OrganizationName | Self::Title | Self::HandleName => Family::Name,
            Self::Email => Family::Mail,
            Self::Phone => Family::Telephone,
            Self::Handle | Self::Account | Self::Url | Self::Image => Family::Accounts,
            Self::Wallet | Self::Iban => Family::Money,
            Self::OfficialNumber | Self::ExternalId | Self::FileHash => Family::Numbers,
            Self::BirthDate => Family::Birth,
            Self::Address => Family::Home,
            Self::Organization => Family::Work,
            Self::Secret => Family::Secrets,
            Self::Location | Self::Country | Self::Occupation | Self::Domain | Self::Ip | Self::Bio => Family::Support,
        }
    }

    /// Tells whether one shared value, said of both records themselves, is enough to join two of them.
    pub(crate) fn is_unique_identifier(self) -> bool {
        matches!(
            self,
            Self::Email
                | Self::Account
                | Self::Wallet
                | Self::Iban
                | Self::OfficialNumber
                | Self::ExternalId
                | Self::FileHash
        )
    }

    /// Tells whether it compares what something is called.
    pub(crate) fn is_name(self) -> bool {
        self.family() == Family::Name
    }

    /// Tells whether values of this feature can be hubs worth a notice.
    pub(crate) fn can_be_hub(self) -> bool {
        !matches!(
            self,
            Self::PersonName
                | Self::OrganizationName
                | Self::Title
                | Self::HandleName
                | Self::BirthDate
                | Self::Location
                | Self::Country
                | Self::Occupation
                | Self::Bio
        )
    }
}
