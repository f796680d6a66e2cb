//! What a column or key means by its name.
//!
//! One table of names as they occur in exports, in English and the common loans of other languages. Names are
//! compared folded (lower case, letters and digits only), so `First Name`, `first_name` and `firstName` are one.
//! A name that is not here has no meaning of its own; its values may still tell (see `looks`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fusion_model::{Property, ValueType};

use crate::table::fold;

/// Says what a column or key stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    /// A property of what the row is about.
    Is(Property),
    /// A property with the chain or system that its name carries.
    With(Property, &'static str),
    /// A property of the person who owns what the row is about.
    Owner(Property),
    /// A part of a personal name.
    NamePart(NamePart),
    /// Site of an account.
    Platform,
    /// List of accounts or sites.
    Accounts,
    /// One end of a transfer or message.
    Party(Side),
    /// One half of a point on earth.
    Axis(Axis),
    /// Coin or currency of the amounts of the row.
    Coin,
    /// Number of the row or thing in the source's own system.
    Key,
    /// A value that is an amount in a transfer and a plain number elsewhere.
    Value,
    /// A hash whose sort depends on the row.
    Hash,
    /// What sort of thing the row is about.
    Kind,
    /// Nothing; the column was switched off by a mapping.
    Nothing,
}

/// Names the parts of a personal name, in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NamePart {
    First,
    Middle,
    Last,
}

/// Names the ends of a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    From,
    To,
}

/// Names the halves of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Axis {
    Latitude,
    Longitude,
}

use Meaning::{Is, Owner, With};

/// Folded names by meaning.
const ALIASES: &[(Meaning, &str)] = &[
    (
        Is(Property::Name),
        "name fullname realname displayname personname contactname customername holder accountholder nom naam",
    ),
    (
        Meaning::NamePart(NamePart::First),
        "firstname givenname forename vorname prenom voornaam fname",
    ),
    (
        Meaning::NamePart(NamePart::Middle),
        "middlename middlenames secondname patronymic",
    ),
    (
        Meaning::NamePart(NamePart::Last),
        "lastname surname familyname nachname achternaam lname",
    ),
    (
        Is(Property::Alias),
        "alias aliases aka alsoknownas nickname nick othername othernames knownas formername",
    ),
    (
        Is(Property::Handle),
        "username usernames user login handle handles screenname accountname userlogin benutzername",
    ),
    (
        Is(Property::Email),
        "email emails mail emailaddress emailaddresses emailaddr mailaddress eposta courriel",
    ),
    (Is(Property::MaskedEmail), "maskedemail emailrecovery recoveryemail"),
    (Is(Property::MaskedPhone), "maskedphone phonehint recoveryphone"),
    (
        Is(Property::Phone),
        "phone phones phonenumber phonenumbers phoneno phonenr mobile mobilephone mobilenumber tel telephone \
         telephonenumber telefon telefoon cell cellphone msisdn homephone workphone whatsapp",
    ),
    (
        Is(Property::Url),
        "url urls website web webpage homepage link links profileurl profilelink urluser profile blog",
    ),
    (
        Is(Property::Domain),
        "domain domains domainname host hosts hostname fqdn",
    ),
    (
        Is(Property::Ip),
        "ip ips ipaddress ipaddresses ipaddr ipv4 ipv6 lastip lastiploggedin regip registrationip signupip loginip clientip",
    ),
    (
        Is(Property::Wallet),
        "wallet wallets walletaddress walletaddresses cryptoaddress cryptowallet blockchainaddress payoutaddress depositaddress",
    ),
    (
        With(Property::Wallet, "bitcoin"),
        "bitcoinaddress bitcoinwallet btcaddress btcwallet btc bitcoin",
    ),
    (
        With(Property::Wallet, "ethereum"),
        "ethereumaddress ethereumwallet ethaddress ethwallet",
    ),
    (Is(Property::Iban), "iban ibans bankaccount accountiban"),
    (
        Is(Property::FileHash),
        "filehash sha256 sha1 sha512 filemd5 filesha256 filesha1",
    ),
    (
        Is(Property::OfficialNumber),
        "passport passportnumber passportno nationalid nationalidnumber ssn taxid taxnumber bsn idcard idnumber documentnumber driverlicense",
    ),
    (
        Is(Property::CompanyNumber),
        "companynumber companyno companyid registrationnumber regnumber crn lei kvknumber handelsregister",
    ),
    (
        Meaning::Key,
        "id uid userid uuid accountid externalid recordid rowid guid index no nr number",
    ),
    (
        Is(Property::BirthDate),
        "birthdate dob dateofbirth birthday born geburtsdatum geboortedatum",
    ),
    (
        Is(Property::Location),
        "location place locality residence basedin hometown region area livesin",
    ),
    (
        Is(Property::Address),
        "address addresses streetaddress street postaladdress homeaddress addr mailingaddress registeredaddress adresse adres",
    ),
    (Is(Property::City), "city town stadt ville plaats"),
    (Is(Property::Postcode), "postcode zip zipcode postalcode plz"),
    (Is(Property::Country), "country countrycode countryname land pays"),
    (Is(Property::Nationality), "nationality nationalities citizenship"),
    (
        Is(Property::Coordinates),
        "coordinates latlon latlng latlong gps geo geolocation",
    ),
    (Meaning::Axis(Axis::Latitude), "latitude lat"),
    (Meaning::Axis(Axis::Longitude), "longitude lon lng long"),
    (
        Is(Property::Occupation),
        "occupation job jobtitle profession position role beruf beroep",
    ),
    (
        Is(Property::Organization),
        "organization organizations organisation organisations company companies companyname employer firm firma \
         org orgname organizationname organisationname workplace affiliation worksat business businessname",
    ),
    (
        Meaning::Platform,
        "platform site service network socialnetwork sitename socialmedia platformname app",
    ),
    (
        Meaning::Accounts,
        "platforms sites accounts profiles socialaccounts socialprofiles socials foundon sitesfound",
    ),
    (
        Is(Property::Bio),
        "bio biography about description selfdescription summary aboutme",
    ),
    (Is(Property::Text), "text message body content msg messagetext"),
    (Is(Property::Title), "title subject headline"),
    (Is(Property::Tag), "tag tags label labels category categories"),
    (Is(Property::Note), "note notes comment comments remark remarks"),
    (
        Is(Property::Image),
        "avatar image photo picture profilepic profilepicture imageurl avatarurl photourl",
    ),
    (
        Is(Property::CreatedAt),
        "createdat created joined joineddate joindate joinedat registered registeredat registrationdate signupdate \
         signup accountcreated accountcreatedat membersince creationdate datecreated datejoined",
    ),
    (
        Is(Property::LastSeenAt),
        "lastseen lastseenat lastlogin lastloginat lastactive lastactivity lastvisit lastonline",
    ),
    (
        Is(Property::HappenedAt),
        "date time timestamp datetime when happenedat transactiondate transactiontime txdate txtime eventdate \
         blocktime datetimeutc sentat senton datum unixtimestamp",
    ),
    (Is(Property::EndedAt), "ended endedat enddate until"),
    (
        Is(Property::BreachName),
        "breach breaches breachname database databasename leak leakname leaksource breachsource dump",
    ),
    (Is(Property::BreachDate), "breachdate leakdate breachedat dumpdate"),
    (
        Is(Property::DataClass),
        "dataclass dataclasses exposeddata compromiseddata leakedfields leakeddata",
    ),
    (
        Is(Property::Followers),
        "followers followercount followerscount followersnumber subscribers subscribercount",
    ),
    (
        Is(Property::Following),
        "following followingcount friendscount followees",
    ),
    (
        Is(Property::Posts),
        "posts postcount postscount tweets tweetcount statusescount publications numposts",
    ),
    (Is(Property::Amount), "amount sum transferamount amountsent"),
    (Meaning::Value, "value total quantity"),
    (Is(Property::Fee), "fee fees txnfee transactionfee gasfee"),
    (
        Is(Property::FiatValue),
        "fiatvalue usdvalue valueusd amountusd usd eurvalue valueeur amounteur",
    ),
    (
        Is(Property::Balance),
        "balance walletbalance currentbalance finalbalance",
    ),
    (
        Is(Property::TotalVolume),
        "totalvolume volume totaltransacted totalreceived",
    ),
    (
        Is(Property::TransactionCount),
        "transactions transactioncount transactionscount txcount numtransactions ntx txs numberoftransactions",
    ),
    (
        Is(Property::TransactionHash),
        "txhash transactionhash txid transactionid txnhash",
    ),
    (Meaning::Hash, "hash md5"),
    (Is(Property::Blockchain), "blockchain chain ledger chainname"),
    (
        Meaning::Coin,
        "coin currency asset ticker token tokensymbol symbol unit",
    ),
    (
        Is(Property::TokenContract),
        "tokencontract contractaddress tokenaddress",
    ),
    (Is(Property::Status), "status accountstatus txstatus"),
    (Is(Property::ChatId), "chatid channelid groupid conversationid"),
    (Is(Property::Verified), "verified isverified"),
    (
        Is(Property::Password),
        "password passwords pass passwd pwd plaintext plaintextpassword passwort wachtwoord motdepasse passphrase pin secret",
    ),
    (
        Is(Property::PasswordHash),
        "passwordhash passwordhashes hashedpassword hashpassword passhash pwhash passwordmd5 passwordsha1",
    ),
    (
        Is(Property::AuthToken),
        "authtoken accesstoken sessiontoken sessionid apikey cookie refreshtoken privatekey mnemonic seedphrase",
    ),
    (
        Owner(Property::Email),
        "owneremail owneremailaddress holderemail registrantemail",
    ),
    (
        Owner(Property::Name),
        "owner ownername registrant registrantname beneficialowner",
    ),
    (Owner(Property::Phone), "ownerphone ownerphonenumber registrantphone"),
    (Owner(Property::Handle), "ownerusername ownerhandle owneruser"),
    (
        Meaning::Party(Side::From),
        "from sender fromaddress fromwallet payer source sourceaddress src originator fromaccount caller callingnumber fromemail senderemail",
    ),
    (
        Meaning::Party(Side::To),
        "to recipient receiver toaddress towallet payee destination destinationaddress dst target beneficiary toaccount callee callednumber toemail recipientemail",
    ),
    (Meaning::Kind, "entitytype recordtype objecttype entitykind"),
];

static BY_NAME: LazyLock<BTreeMap<&'static str, Meaning>> = LazyLock::new(|| {
    ALIASES
        .iter()
        .flat_map(|(meaning, names)| names.split_whitespace().map(|name| (name, *meaning)))
        .collect()
});

/// Returns what a column or key of this name means.
pub(crate) fn meaning_of(name: &str) -> Option<Meaning> {
    let (bare, _) = unit_of(name);
    BY_NAME.get(fold(bare).as_str()).copied()
}

/// Returns the property under which a value without a place of its own is kept: a note, unless its key says that it
/// is a secret, which must be sealed wherever it stands.
pub(crate) fn kept_as(path: &str) -> Property {
    let key = path
        .rsplit('/')
        .find(|step| !step.is_empty() && !step.bytes().all(|c| c.is_ascii_digit()));
    match key.and_then(meaning_of) {
        Some(Is(property)) if property.value_type() == ValueType::Secret => property,
        _ => Property::Note,
    }
}

/// Splits `Value (ETH)` or `Value[ETH]` into the name and its unit.
pub(crate) fn unit_of(name: &str) -> (&str, Option<&str>) {
    let trimmed = name.trim();
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some(inner) = trimmed.strip_suffix(close)
            && let Some((bare, unit)) = inner.rsplit_once(open)
            && !bare.trim().is_empty()
            && (2..=6).contains(&unit.len())
            && unit.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        {
            return (bare.trim_end(), Some(unit));
        }
    }
    (trimmed, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_however_they_are_written() {
        for (name, meaning) in [
            ("E-Mail Address", Some(Is(Property::Email))),
            (" firstName", Some(Meaning::NamePart(NamePart::First))),
            ("Amount (ETH)", Some(Is(Property::Amount))),
            ("joined_date", Some(Is(Property::CreatedAt))),
            ("owner_email", Some(Owner(Property::Email))),
            ("shoe size", None),
            ("", None),
        ] {
            assert_eq!(meaning_of(name), meaning, "{name}");
        }
        assert_eq!(unit_of("Value_IN(BNB)"), ("Value_IN", Some("BNB")));
        assert_eq!(unit_of("Name (if known)"), ("Name (if known)", None));
    }

    #[test]
    fn secrets_are_known_wherever_they_stand() {
        for (path, property) in [
            ("/raw_record/password", Property::Password),
            ("/raw/passwords/0", Property::Password),
            ("/x/hashed_password", Property::PasswordHash),
            ("/x/shoe", Property::Note),
            ("", Property::Note),
        ] {
            assert_eq!(kept_as(path), property, "{path}");
        }
    }

    #[test]
    fn no_name_has_two_meanings() {
        let mut seen = BTreeMap::new();
        for (meaning, names) in ALIASES {
            for name in names.split_whitespace() {
                if let Some(other) = seen.insert(name, *meaning) {
                    assert_eq!(other, *meaning, "{name} has two meanings");
                }
            }
        }
    }
}
