//! The features that pairs are compared by, and which kind of evidence each one is.

/// Names a comparator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Feature {
    /// Name of a person.
    PersonName,
    /// Name of a firm or body.
    OrganizationName,
    /// Title of a document.
    Title,
    /// E-mail address.
    Email,
    /// Telephone number.
    Phone,
    /// User name without its site.
    Handle,
    /// User name of one against the name of the other.
    HandleName,
    /// User name on a site.
    Account,
    /// Blockchain address.
    Wallet,
    /// Bank account.
    Iban,
    /// Official or register number, with its issuer.
    OfficialNumber,
    /// Key of another system.
    ExternalId,
    /// Digest of a file.
    FileHash,
    /// Date of birth.
    BirthDate,
    /// Postal address.
    Address,
    /// Postal code.
    Postcode,
    /// Place in words.
    Location,
    /// State, province or other part of a country.
    Region,
    /// Country or nationality.
    Country,
    /// Firm or body somebody belongs to.
    Organization,
    /// Occupation.
    Occupation,
    /// Web address.
    Url,
    /// Internet domain.
    Domain,
    /// IP address.
    Ip,
    /// Sealed secret.
    Secret,
    /// Picture.
    Image,
    /// Self-description.
    Bio,
}

/// Groups features that say the same thing in other words: inside a family only the strongest agreement counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Family {
    /// What something is called.
    Name,
    /// Electronic mail.
    Mail,
    /// Telephones.
    Telephone,
    /// Accounts and user names.
    Accounts,
    /// Wallets and bank accounts.
    Money,
    /// Numbers given by somebody else.
    Numbers,
    /// Birth.
    Birth,
    /// Where somebody lives.
    Home,
    /// Where somebody works.
    Work,
    /// Sealed secrets.
    Secrets,
    /// Town, region or country.
    Place,
    /// Internet addresses.
    Net,
    /// What somebody says of himself.
    Story,
}

impl Feature {
    /// How many there are.
    pub const COUNT: usize = 27;

    /// All features, in the order in which values are laid out.
    pub const ALL: [Self; Self::COUNT] = [
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
        Self::Postcode,
        Self::Location,
        Self::Region,
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
    pub fn id(self) -> &'static str {
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
            Self::Postcode => "postcode",
            Self::Location => "location",
            Self::Region => "region",
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
    pub fn label(self) -> &'static str {
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
            Self::Postcode => "postal code",
            Self::Url => "web address",
            Self::Ip => "IP address",
            Self::Image => "picture",
            other => other.id(),
        }
    }

    /// Returns the kind of evidence it is.
    pub fn family(self) -> Family {
        match self {
            Self::PersonName | Self::OrganizationName | Self::Title | Self::HandleName => Family::Name,
            Self::Email => Family::Mail,
            Self::Phone => Family::Telephone,
            Self::Handle | Self::Account | Self::Url | Self::Image => Family::Accounts,
            Self::Wallet | Self::Iban => Family::Money,
            Self::OfficialNumber | Self::ExternalId | Self::FileHash => Family::Numbers,
            Self::BirthDate => Family::Birth,
            Self::Address | Self::Postcode => Family::Home,
            Self::Organization => Family::Work,
            Self::Secret => Family::Secrets,
            Self::Location | Self::Region | Self::Country => Family::Place,
            Self::Domain | Self::Ip => Family::Net,
            Self::Occupation | Self::Bio => Family::Story,
        }
    }

    /// Tells whether one shared value, said of both records themselves, is enough to join two of them.
    pub fn is_unique_identifier(self) -> bool {
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

    /// Tells whether a person has one at a time, so that two of them contradict in proportion to how many say so.
    pub fn is_single(self) -> bool {
        matches!(
            self,
            Self::PersonName
                | Self::OrganizationName
                | Self::Title
                | Self::BirthDate
                | Self::Region
                | Self::Country
                | Self::OfficialNumber
        )
    }

    /// Tells whether an agreement is evidence of its own; the rest supports, but never makes a second kind.
    pub fn is_evidence(self) -> bool {
        !matches!(
            self,
            Self::Region | Self::Country | Self::Occupation | Self::Domain | Self::Bio
        )
    }

    /// Tells whether relatives, flatmates or colleagues share it.
    pub fn is_household(self) -> bool {
        matches!(
            self,
            Self::Phone | Self::Address | Self::Postcode | Self::Location | Self::Ip | Self::Organization
        )
    }

    /// Tells whether it compares what something is called.
    pub fn is_name(self) -> bool {
        self.family() == Family::Name
    }

    /// Tells whether values of this feature can be hubs worth a notice.
    pub fn can_be_hub(self) -> bool {
        !matches!(
            self,
            Self::PersonName
                | Self::OrganizationName
                | Self::Title
                | Self::HandleName
                | Self::BirthDate
                | Self::Postcode
                | Self::Location
                | Self::Region
                | Self::Country
                | Self::Occupation
                | Self::Bio
        )
    }
}

impl Family {
    /// How many there are.
    pub const COUNT: usize = 13;

    /// All families.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Name,
        Self::Mail,
        Self::Telephone,
        Self::Accounts,
        Self::Money,
        Self::Numbers,
        Self::Birth,
        Self::Home,
        Self::Work,
        Self::Secrets,
        Self::Place,
        Self::Net,
        Self::Story,
    ];
}
