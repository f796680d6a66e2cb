//! Section `entity_resolution`: which records are one entity.

use crate::rules::schema::section;

section! {
    /// Says which records are one entity.
    EntityResolution {
        /// Name similarity from which two names count as alike at all.
        fuzzy_threshold: share in 5_000 to 10_000 = 8_500 / 9_000;
        /// Posterior probability from which two records are joined without a person.
        merge_confidence_threshold: share in 5_000 to 10_000 = 9_500;
        /// Posterior probability from which a pair waits in the review queue.
        review_confidence_threshold: share in 0 to 10_000 = 8_000;
        /// Whether a shared e-mail address that is no hub, role or junk address joins two persons by itself.
        email_exact_match: flag = true;
        /// Whether national phone numbers are brought to international form with the case's region before they are compared.
        phone_normalize: flag = true;
        /// Whether a pair that agrees in nothing but a display name goes to review instead of being joined.
        name_alone_reviews: flag = true;
        /// Independent kinds of evidence that two persons need when no unique identifier joins them.
        min_kinds_of_evidence: count in 1 to 5 = 2;
        /// Part of the prior that does not move with the number of records, in bits.
        prior_constant: bits = 3_000 / 2_000;
        /// Largest weight that the rarity of a shared value can add, in bits.
        rarity_cap: bits in 0 to 40_000 = 20_000;
        /// Part of a weight that is left when the value was said through an account that the person owns.
        said_through_account: share = 6_000;
        /// Fixed number of rounds of collective resolution.
        rounds: count in 1 to 5 = 2;
        /// Records in one entity above which its links must be stronger, and a notice is given.
        max_cluster_size: count in 2 to 100_000 = 100;
        /// Step in which the link threshold rises inside an oversize entity, in bits.
        oversize_step: bits in 100 to 10_000 = 1_000;
        /// Average score in bits that two groups of records need before they are joined.
        cohesion_threshold: bits = 0;
        /// Candidate pairs above which a run is refused before it starts.
        pair_budget: count in 1_000 to 4_000_000_000 = 100_000_000;
        /// Pairs kept for the review queue and for explanations.
        kept_pairs: count in 100 to 10_000_000 = 200_000;
        /// Distinct names among the holders of a value above which the value joins nobody.
        hub_limits: sub(HubLimits) = built_in;
        /// Records that share a blocking key above which only composite keys are used.
        key_caps: sub(KeyCaps) = built_in;
        /// Weights in bits per comparator and agreement level.
        weights: sub(ComparatorWeights) = built_in;
    }
}

section! {
    /// Limits the distinct names among the holders of a value; above it the value is a hub.
    HubLimits {
        /// E-mail addresses.
        email: count in 1 to 100_000 = 30 / 20;
        /// Telephone numbers.
        phone: count in 1 to 100_000 = 20 / 12;
        /// Accounts.
        account: count in 1 to 100_000 = 20 / 12;
        /// User names.
        handle: count in 1 to 100_000 = 30 / 20;
        /// Blockchain addresses.
        wallet: count in 1 to 100_000 = 20 / 12;
        /// Bank accounts.
        iban: count in 1 to 100_000 = 12 / 8;
        /// Official and register numbers.
        official_number: count in 1 to 100_000 = 8 / 5;
        /// Keys of other systems.
        external_id: count in 1 to 100_000 = 8 / 5;
        /// Postal addresses.
        address: count in 1 to 100_000 = 15 / 8;
        /// Web addresses.
        url: count in 1 to 100_000 = 5 / 3;
        /// Internet domains.
        domain: count in 1 to 100_000 = 10 / 5;
        /// IP addresses.
        ip: count in 1 to 100_000 = 8 / 4;
        /// Secrets, by their sealed equality.
        secret: count in 1 to 100_000 = 8 / 5;
        /// Firms and bodies somebody belongs to.
        organization: count in 1 to 1_000_000 = 500 / 200;
        /// Everything else.
        other: count in 1 to 1_000_000 = 100 / 50;
    }
}

section! {
    /// Caps the records that may share a blocking key before the key needs a second part.
    KeyCaps {
        /// Keys from identifiers (e-mail, phone, wallet, account, numbers).
        identifier: count in 2 to 100_000 = 200;
        /// Keys from user names.
        handle: count in 2 to 100_000 = 100;
        /// Keys from whole names.
        name: count in 2 to 100_000 = 100;
        /// Keys from the sound of a name.
        name_sound: count in 2 to 100_000 = 60;
        /// Keys from parts of a name with a date, place or firm.
        name_part: count in 2 to 100_000 = 60;
        /// Keys from dates of birth.
        birth_date: count in 2 to 100_000 = 60;
        /// Keys from addresses and post codes.
        address: count in 2 to 100_000 = 60;
        /// Keys from secrets.
        secret: count in 2 to 100_000 = 40;
    }
}

section! {
    /// Weighs agreement, in bits, per comparator; the first weight is disagreement, the last exact agreement (rarity comes on top).
    ComparatorWeights {
        /// Name of a person: disagree, one part agrees, alike in sound or short form, alike in spelling, same words in other order, exact.
        person_name: levels = [-5_000, -1_500, 1_500, 3_000, 4_500, 3_000];
        /// Name of a firm or body: disagree, one part agrees, alike, same but for legal form, exact.
        organization_name: levels = [-6_000, -2_000, 3_000, 4_500, 4_000];
        /// E-mail address: disagree, same local part, exact.
        email: levels = [-500, 2_500, 6_000];
        /// Telephone number: disagree, same national digits, exact.
        phone: levels = [-300, 2_500, 5_000];
        /// User name of one against the name of the other: differs, initial and one name, all names run together.
        handle_name: levels = [0, 1_500, 3_000];
        /// Title of a document: disagree, alike, exact.
        title: levels = [-2_000, 2_000, 3_000];
        /// Digest of a file: disagree, exact.
        file_hash: levels = [-500, 9_000];
        /// User name: disagree, alike, exact.
        handle: levels = [-300, 800, 1_500];
        /// Account: disagree, exact.
        account: levels = [-200, 7_000];
        /// Blockchain address: disagree, exact.
        wallet: levels = [-200, 7_000];
        /// Bank account: disagree, exact.
        iban: levels = [-500, 6_000];
        /// Official or register number: disagree, exact.
        official_number: levels = [-8_000, 9_000];
        /// Key of another system: disagree, exact.
        external_id: levels = [-1_000, 6_000];
        /// Date of birth: disagree, same year, one digit or swapped day and month, exact.
        birth_date: levels = [-6_000, -500, 2_500, 2_000];
        /// Address: disagree, same town, alike, exact.
        address: levels = [-1_000, 500, 3_000, 3_000];
        /// Place in words: disagree, same country, same town.
        location: levels = [-1_000, 300, 800];
        /// Country or nationality: disagree, exact.
        country: levels = [-1_500, 0];
        /// Firm or body somebody belongs to: disagree, alike, exact.
        organization: levels = [-300, 1_500, 1_000];
        /// Occupation: disagree, alike, exact.
        occupation: levels = [-300, 500, 500];
        /// Web address: disagree, exact.
        url: levels = [0, 2_000];
        /// Internet domain: disagree, exact.
        domain: levels = [0, 1_000];
        /// IP address: disagree, exact.
        ip: levels = [0, 1_000];
        /// Sealed secret: disagree, exact.
        secret: levels = [0, 3_000];
        /// Picture: disagree, exact.
        image: levels = [0, 3_000];
        /// Self-description: disagree, alike, exact.
        bio: levels = [0, 1_500, 3_000];
    }
}
