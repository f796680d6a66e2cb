//! What the columns of a plain table mean: read from their names, or said in a mapping file.
//!
//! A mapping file has one line per column, `Column = comparator` or `Column = comparator (scope)`, with comments after `#`;
//! `skip` leaves a column out. Columns are compared without case, blanks and marks. A column named like a label of
//! the truth is never read unless the mapping says so.

use crate::feature::Feature;

/// Says what a column means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The id of the record.
    Id,
    /// A part of the name; parts are joined in this order.
    NamePart(u8),
    /// The number of a house, which goes before the street.
    HouseNumber,
    /// A street, which the number of the house goes before.
    Street,
    /// A value of its own, with the scope that is part of it.
    Value(Feature, String),
    /// Nothing that is compared.
    Skipped,
}

/// Refuses a mapping or a header.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ColumnError {
    /// A line of the mapping file is no mapping.
    #[error("line {0} of the mapping: expected `Column = comparator`")]
    Line(usize),
    /// A comparator does not exist.
    #[error("line {line} of the mapping: there is no comparator `{name}`")]
    Comparator {
        /// Where it stands.
        line: usize,
        /// What was asked for.
        name: String,
    },
    /// The mapping names a column that the table does not have.
    #[error("the mapping names a column that the table does not have: {0}")]
    Missing(String),
    /// No column can be compared.
    #[error("no column of the table is known: {0}")]
    Nothing(String),
}

/// Reads the header: the meaning of each column, and the names of those that are passed over.
pub(super) fn read(header: &[String], mapping: &str) -> Result<(Vec<Meaning>, Vec<String>), ColumnError> {
    let mut said = parse(mapping)?;
    let mut unread = Vec::new();
    let mut meanings: Vec<Meaning> = Vec::new();
    for column in header {
        let name = folded(column);
        let of_mapping = said
            .iter()
            .position(|(column, _)| *column == name)
            .map(|at| said.remove(at).1);
        let meaning = of_mapping.or_else(|| known(&name));
        if meaning.is_none() {
            unread.push(column.trim().to_owned());
        }
        meanings.push(meaning.unwrap_or(Meaning::Skipped));
    }
    if let Some((column, _)) = said.first() {
        return Err(ColumnError::Missing(column.clone()));
    }
    if !meanings
        .iter()
        .any(|meaning| !matches!(meaning, Meaning::Id | Meaning::Skipped))
    {
        return Err(ColumnError::Nothing(unread.join(", ")));
    }
    Ok((meanings, unread))
}

fn parse(mapping: &str) -> Result<Vec<(String, Meaning)>, ColumnError> {
    let mut said = Vec::new();
    for (line, text) in (1..).zip(mapping.trim_start_matches('\u{FEFF}').lines()) {
        let text = text.split(" #").next().unwrap_or_default().trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let (column, meaning) = text.split_once('=').ok_or(ColumnError::Line(line))?;
        let (name, scope) = match meaning.trim().split_once('(') {
            Some((name, scope)) => (name.trim(), scope.trim().trim_end_matches(')').trim()),
            None => (meaning.trim(), ""),
        };
        let meaning = named(name, scope).ok_or_else(|| ColumnError::Comparator {
            line,
            name: name.to_owned(),
        })?;
        said.push((folded(column), meaning));
    }
    Ok(said)
}

fn named(name: &str, scope: &str) -> Option<Meaning> {
    match name {
        "skip" => return Some(Meaning::Skipped),
        "id" => return Some(Meaning::Id),
        _ => {}
    }
    let value = |feature: Feature| Meaning::Value(feature, scope.to_owned());
    let by_id = Feature::ALL
        .into_iter()
        .find(|feature| feature.id() == name && *feature != Feature::HandleName);
    by_id.map(value).or_else(|| known(&folded(name)))
}

/// Returns a column's name without case, blanks and marks.
fn folded(column: &str) -> String {
    let letters = column.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Tells what a column of this name means, by the usual names.
fn known(name: &str) -> Option<Meaning> {
    let value = |feature: Feature| Meaning::Value(feature, String::new());
    let number = |scope: &str| Meaning::Value(Feature::OfficialNumber, scope.to_owned());
    Some(match name {
        "recordid" | "uniqueid" | "recid" | "id" | "rowid" => Meaning::Id,
        "cluster" | "clusterid" | "group" | "groupid" | "label" | "truth" | "entityid" => Meaning::Skipped,
        "fullname" | "name" | "personname" | "displayname" => value(Feature::PersonName),
        "firstname" | "givenname" | "forename" | "given" => Meaning::NamePart(0),
        "middlename" | "middlenames" | "patronymic" => Meaning::NamePart(1),
        "surname" | "lastname" | "familyname" => Meaning::NamePart(2),
        "alias" | "aka" | "maidenname" | "formername" => value(Feature::PersonName),
        "dob" | "dateofbirth" | "birthdate" | "birthday" | "born" => value(Feature::BirthDate),
        "email" | "mail" | "emailaddress" => value(Feature::Email),
        "phone" | "phonenumber" | "telephone" | "mobile" | "tel" | "msisdn" => value(Feature::Phone),
        "username" | "handle" | "login" | "nick" | "nickname" | "screenname" | "user" => value(Feature::Handle),
        "streetnumber" | "housenumber" => Meaning::HouseNumber,
        "address1" | "street" | "streetname" | "addressline1" => Meaning::Street,
        "address" | "address2" | "addressline2" | "streetaddress" | "fulladdress" => value(Feature::Address),
        "postcode" | "postalcode" | "zip" | "zipcode" => value(Feature::Postcode),
        "city" | "town" | "suburb" | "place" | "location" | "municipality" => value(Feature::Location),
        "state" | "province" | "region" | "county" => value(Feature::Region),
        "country" | "nationality" | "countrycode" => value(Feature::Country),
        "company" | "employer" | "organization" | "organisation" => value(Feature::Organization),
        "companyname" | "organizationname" | "organisationname" => value(Feature::OrganizationName),
        "occupation" | "profession" | "jobtitle" => value(Feature::Occupation),
        "ip" | "ipaddress" => value(Feature::Ip),
        "wallet" | "walletaddress" | "cryptoaddress" => value(Feature::Wallet),
        "iban" => value(Feature::Iban),
        "website" | "url" | "homepage" => value(Feature::Url),
        "domain" => value(Feature::Domain),
        "bio" | "description" => value(Feature::Bio),
        "socsecid"
        | "ssn"
        | "socialsecuritynumber"
        | "passport"
        | "passportnumber"
        | "nationalid"
        | "taxid"
        | "idnumber" => number(name),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn header(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn usual_names_are_known_and_labels_of_the_truth_never_read() {
        let (meanings, unread) = read(
            &header(&["rec_id", " Given Name", "E-Mail", "cluster", "shoe size"]),
            "",
        )
        .unwrap();
        assert_eq!(meanings[0], Meaning::Id);
        assert_eq!(meanings[1], Meaning::NamePart(0));
        assert_eq!(meanings[2], Meaning::Value(Feature::Email, String::new()));
        assert_eq!(meanings[3], Meaning::Skipped);
        assert_eq!(unread, ["shoe size"]);
    }

    #[test]
    fn a_mapping_says_what_a_column_means() {
        let mapping = "# ours\nMobile = phone\nRef = official-number (passport)  # theirs\nnote = skip\n";
        let (meanings, unread) = read(&header(&["mobile", "REF", "Note"]), mapping).unwrap();
        assert_eq!(
            meanings[1],
            Meaning::Value(Feature::OfficialNumber, "passport".to_owned())
        );
        assert_eq!(meanings[2], Meaning::Skipped);
        assert!(unread.is_empty());
    }

    #[test]
    fn wrong_mappings_are_refused_by_line() {
        let names = header(&["name", "x"]);
        assert_eq!(read(&names, "\nphone").unwrap_err(), ColumnError::Line(2));
        assert!(matches!(
            read(&names, "x = shoe").unwrap_err(),
            ColumnError::Comparator { line: 1, .. }
        ));
        assert!(matches!(
            read(&names, "y = phone").unwrap_err(),
            ColumnError::Missing(_)
        ));
        assert!(matches!(
            read(&header(&["id", "shoe"]), "").unwrap_err(),
            ColumnError::Nothing(_)
        ));
    }
}
