//! Section `confidence`: how sure a value, a relation or an entity is.

use crate::rules::schema::section;

section! {
    /// Says how sure a value, a relation or an entity is.
    Confidence {
        /// How much each part weighs; the parts add up to 1.
        weights: sub(ConfidenceWeights) = built_in;
        /// Prior reliability per sort of source; a grade given by a person overrides it.
        source_weights: sub(SourceWeights) = built_in;
        /// Reliability per source grade.
        reliability_grades: sub(ReliabilityGrades) = built_in;
        /// Factor per item grade.
        credibility_grades: sub(CredibilityGrades) = built_in;
        /// Days after which half of a claim's freshness is gone, per type of claim; 0 never ages.
        freshness_decay_days: sub(FreshnessDecayDays) = built_in;
        /// Freshness of a claim that has no date but that of its acquisition.
        undated_freshness: share = 6_000;
        /// What each further independent origin adds.
        corroboration_bonus: share = 1_500 / 2_000;
        /// What each contradicting claim takes away.
        conflict_penalty: share = 2_000;
        /// Properties that a complete profile of each kind has.
        completeness: sub(Completeness) = built_in;
    }
}

section! {
    /// Weighs the five parts of a confidence.
    ConfidenceWeights {
        /// Reliability of the sources.
        source_reliability: share = 3_000;
        /// Age of the claims.
        freshness: share = 2_000;
        /// Independent origins that agree.
        corroboration: share = 2_500;
        /// Share of the expected properties that are known.
        completeness: share = 1_500;
        /// Absence of contradicting claims.
        conflict: share = 1_000;
    }
}

section! {
    /// Gives prior reliability per sort of source.
    SourceWeights {
        /// A source that an analyst has verified (graded A).
        verified_source: share = 9_800;
        /// Ledgers.
        blockchain: share = 9_500;
        /// Intercepts and chats.
        sigint: share = 9_000;
        /// Breach corpora.
        breach: share = 8_500;
        /// Username hunts.
        sherlock: share = 8_000;
        /// Social media.
        socmint: share = 7_500;
        /// Open sources.
        osint: share = 7_000;
        /// Human sources.
        humint: share = 6_500;
        /// Registers of companies and owners.
        corporate: share = 9_000;
        /// Documents.
        document: share = 7_000;
        /// Forensic extractions.
        forensic: share = 9_500;
        /// Anything else.
        unknown: share = 5_000;
    }
}

section! {
    /// Gives reliability per Admiralty source grade.
    ReliabilityGrades {
        /// Completely reliable.
        a: share = 9_800;
        /// Usually reliable.
        b: share = 8_500;
        /// Fairly reliable.
        c: share = 7_000;
        /// Not usually reliable.
        d: share = 4_500;
        /// Unreliable.
        e: share = 2_000;
        /// Cannot be judged.
        f: share = 5_000;
    }
}

section! {
    /// Gives a factor per Admiralty item grade.
    CredibilityGrades {
        /// Confirmed by others.
        confirmed: share = 10_000;
        /// Probably true.
        probably_true: share = 9_000;
        /// Possibly true.
        possibly_true: share = 7_500;
        /// Doubtful.
        doubtful: share = 4_500;
        /// Improbable.
        improbable: share = 2_000;
        /// Cannot be judged: the source's reliability stands alone.
        cannot_be_judged: share = 10_000;
    }
}

section! {
    /// Gives half-lives per type of claim, in days; 0 never ages.
    FreshnessDecayDays {
        /// Everything that is not named below.
        default: count in 0 to 36_500 = 180 / 90;
        /// Birth dates, official numbers, digests, transaction hashes.
        permanent: count in 0 to 36_500 = 0;
        /// Names and aliases.
        name: count in 0 to 36_500 = 3_650 / 1_825;
        /// E-mail addresses, phones, bank accounts.
        contact: count in 0 to 36_500 = 730 / 365;
        /// Accounts, user names and profiles.
        account: count in 0 to 36_500 = 365 / 180;
        /// Postal addresses and places.
        address: count in 0 to 36_500 = 540 / 270;
        /// Occupations and employers.
        occupation: count in 0 to 36_500 = 540 / 270;
        /// IP addresses and domains.
        network: count in 0 to 36_500 = 60 / 30;
        /// Balances, followers and other counts.
        measure: count in 0 to 36_500 = 30 / 15;
        /// Passwords, hashes, tokens.
        secret: count in 0 to 36_500 = 365 / 180;
    }
}

section! {
    /// Lists the properties that a complete profile of a kind has.
    Completeness {
        /// Persons.
        person: choices(super::correlation::properties) = ["name", "birth-date", "email", "phone", "account", "location", "occupation", "organization"];
        /// Firms and bodies.
        organization: choices(super::correlation::properties) = ["name", "company-number", "address", "country", "domain"];
        /// Accounts.
        account: choices(super::correlation::properties) = ["account", "url", "name", "created-at", "last-seen-at"];
        /// Blockchain addresses.
        wallet: choices(super::correlation::properties) = ["wallet", "blockchain", "balance", "transaction-count"];
        /// Every other kind.
        other: choices(super::correlation::properties) = [];
    }
}
