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
        /// Log-odds in bits up to which a pair is scored that agrees in nothing but a name, while such pairs go to review: a name that is rare in a case may be common in the world.
        name_alone_cap: bits in 0 to 40_000 = 4_000;
        /// Independent kinds of evidence that two persons need when no unique identifier joins them.
        min_kinds_of_evidence: count in 1 to 5 = 2;
        /// Part of the prior that does not move with the number of records, in bits.
        prior_constant: bits = 6_000 / 5_000;
        /// Largest prior in bits, however few the records are: of two records of a small case nobody knows that they are one.
        prior_most: bits = 0;
        /// Bits by which the prior falls further with each doubling beyond 8,192 records: namesakes, households and colleagues grow with the crowd.
        prior_step: bits in 0 to 10_000 = 550;
        /// Largest weight that the rarity of a shared value can add, in bits.
        rarity_cap: bits in 0 to 40_000 = 20_000;
        /// Largest weight that the rarity of a shared place can add, in bits.
        rarity_caps: sub(RarityCaps) = built_in;
        /// How many different values of each sort the world holds, as a power of two: a value met once in a small case is no rarer than that.
        worlds: sub(Worlds) = built_in;
        /// Part of a weight that is left when the value was said through an account that the person owns.
        said_through_account: share = 6_000;
        /// Part of a weight that is left to evidence that says again, in other words, what stronger evidence says.
        repeated_evidence: share = 2_500;
        /// Weight in bits up to which a town in common counts beside a common name: names and towns share a culture.
        town_cap: bits in 0 to 40_000 = 2_000;
        /// Weight in bits up to which telephone, address, postal code, town, IP address and firm in common count together where the names or dates of birth are of two: a household shares them.
        household_cap: bits in 0 to 40_000 = 1_400;
        /// Fixed number of rounds of collective resolution.
        rounds: count in 1 to 5 = 2;
        /// Records in one entity above which its links must be stronger, and a notice is given.
        max_cluster_size: count in 2 to 100_000 = 80;
        /// Step in which the link threshold rises inside an oversize entity, in bits.
        oversize_step: bits in 100 to 10_000 = 1_000;
        /// Log-odds in bits that two groups of records need, by all their evidence together, before they are joined.
        cohesion_threshold: bits = 2_000;
        /// Candidate pairs above which a run is refused before it starts.
        pair_budget: count in 1_000 to 4_000_000_000 = 100_000_000;
        /// Pairs kept for the review queue and for explanations.
        kept_pairs: count in 100 to 10_000_000 = 200_000;
        /// How far below the review threshold a pair is kept, in bits, because the entities of its records may lift it.
        kept_below: bits in 0 to 50_000 = 4_000;
        /// Distinct names among the holders of a value above which the value joins nobody.
        hub_limits: sub(HubLimits) = built_in;
        /// Records that share a blocking key above which only composite keys are used.
        key_caps: sub(KeyCaps) = built_in;
        /// Weights in bits per comparator and agreement level.
        weights: sub(ComparatorWeights) = built_in;
    }
}

section! {
    /// Caps what rarity adds where few different values exist.
    RarityCaps {
        /// Places in words.
        location: bits in 0 to 40_000 = 5_000;
        /// States, provinces and other parts of a country.
        region: bits in 0 to 40_000 = 2_000;
        /// Countries and nationalities.
        country: bits in 0 to 40_000 = 2_000;
    }
}

section! {
    /// Says how many different values of each sort the world holds, as a power of two.
    Worlds {
        /// Names of persons, and user names made of them.
        person_name: count in 0 to 40 = 13;
        /// Single words of a name.
        name_word: count in 0 to 40 = 9;
        /// Names of firms and bodies.
        organization_name: count in 0 to 40 = 13;
        /// Titles of documents.
        title: count in 0 to 40 = 13;
        /// E-mail addresses.
        email: count in 0 to 40 = 20;
        /// Telephone numbers.
        phone: count in 0 to 40 = 20;
        /// User names.
        handle: count in 0 to 40 = 18;
        /// Accounts.
        account: count in 0 to 40 = 20;
        /// Blockchain addresses.
        wallet: count in 0 to 40 = 20;
        /// Bank accounts.
        iban: count in 0 to 40 = 20;
        /// Official and register numbers.
        official_number: count in 0 to 40 = 20;
        /// Keys of other systems.
        external_id: count in 0 to 40 = 20;
        /// Digests of files.
        file_hash: count in 0 to 40 = 20;
        /// Dates of birth.
        birth_date: count in 0 to 40 = 14;
        /// Postal addresses.
        address: count in 0 to 40 = 16;
        /// Postal codes.
        postcode: count in 0 to 40 = 11;
        /// Places in words.
        location: count in 0 to 40 = 6;
        /// States, provinces and other parts of a country.
        region: count in 0 to 40 = 3;
        /// Countries and nationalities.
        country: count in 0 to 40 = 3;
        /// Firms and bodies somebody belongs to.
        organization: count in 0 to 40 = 10;
        /// IP addresses.
        ip: count in 0 to 40 = 18;
        /// Internet domains.
        domain: count in 0 to 40 = 10;
        /// Everything else.
        other: count in 0 to 40 = 10;
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
        address: count in 1 to 100_000 = 30 / 15;
        /// Web addresses.
        url: count in 1 to 100_000 = 5 / 3;
        /// Internet domains.
        domain: count in 1 to 100_000 = 10 / 5;
        /// IP addresses.
        ip: count in 1 to 100_000 = 12 / 6;
        /// Secrets, by their sealed equality.
        secret: count in 1 to 100_000 = 8 / 5;
        /// Firms and bodies somebody belongs to.
        organization: count in 1 to 1_000_000 = 1_000_000 / 1_000;
        /// Everything else.
        other: count in 1 to 1_000_000 = 100 / 50;
    }
}

section! {
    /// Caps the records that may share a blocking key before the key needs a second part.
    KeyCaps {
        /// Keys from identifiers (e-mail, phone, wallet, account, numbers).
        identifier: count in 2 to 100_000 = 60;
        /// Keys from user names.
        handle: count in 2 to 100_000 = 12;
        /// Keys from whole names.
        name: count in 2 to 100_000 = 24;
        /// Keys from the sound of a name.
        name_sound: count in 2 to 100_000 = 6;
        /// Keys from parts of a name with a date, place or firm.
        name_part: count in 2 to 100_000 = 10;
        /// Keys from dates of birth.
        birth_date: count in 2 to 100_000 = 10;
        /// Keys from addresses and post codes.
        address: count in 2 to 100_000 = 16;
        /// Keys from secrets.
        secret: count in 2 to 100_000 = 40;
    }
}

section! {
    /// Weighs agreement, in bits, per comparator; the first weight is disagreement, the last the closest agreement (on exact agreement rarity comes on top).
    ComparatorWeights {
        /// Name of a person: disagree, only the family name agrees, only a given name agrees, all agree but for a name between, the one word given agrees, initials, short form or a part left out, alike in spelling or sound, same words in another order or script, exact. The words that agree add their rarity from the third level on.
        person_name: levels = [-5_000, -4_500, -4_500, -6_000, -1_000, -1_000, -2_000, 500, 500, 1_000];
        /// Name of a firm or body: disagree, one part agrees, alike, same but for legal form, exact.
        organization_name: levels = [-6_000, -2_000, 3_000, 4_500, 4_000];
        /// E-mail address: disagree, alike in spelling, the same user at another host, exact, exact with digits of its own.
        email: levels = [-1_500, 9_000, 500, 3_500, 6_000];
        /// Telephone number: disagree, one digit apart, same national digits.
        phone: levels = [-1_500, 6_000, 500];
        /// User name of one against the name of the other: differs, initial and one name, all names run together.
        handle_name: levels = [0, 1_500, -2_500];
        /// Title of a document: disagree, alike, exact.
        title: levels = [-2_000, 2_000, 3_000];
        /// Digest of a file: disagree, exact.
        file_hash: levels = [-500, 9_000];
        /// User name: disagree, alike, exact, exact with two digits, exact with more digits.
        handle: levels = [-1_500, 7_000, 1_000, 2_500, 6_500];
        /// Account: disagree, exact.
        account: levels = [-200, 7_000];
        /// Blockchain address: disagree, exact.
        wallet: levels = [-500, 2_000];
        /// Bank account: disagree, exact.
        iban: levels = [-500, 6_000];
        /// Official or register number: disagree, a slip of the pen apart, exact.
        official_number: levels = [-4_000, 12_000, 9_000];
        /// Key of another system: disagree, exact.
        external_id: levels = [-1_000, 6_000];
        /// Date of birth: disagree, near (the same year, about a year or ten years apart), agree as far as given, a slip of the pen apart, exact.
        birth_date: levels = [-4_500, -1_000, 5_000, 6_000, 500];
        /// Address: disagree, one part agrees, alike, exact.
        address: levels = [-1_500, -1_000, 10_000, 500];
        /// Postal code: disagree, exact.
        postcode: levels = [-500, 0];
        /// Place in words: disagree, same country, alike in spelling, same town.
        location: levels = [-2_000, 0, 2_500, -1_000];
        /// State, province or other part of a country: disagree, exact.
        region: levels = [-500, 0];
        /// Country or nationality: disagree, exact.
        country: levels = [-3_000, 0];
        /// Firm or body somebody belongs to: disagree, alike, exact.
        organization: levels = [-1_500, 5_000, -1_500];
        /// Occupation: disagree, alike, exact.
        occupation: levels = [-300, 500, 500];
        /// Web address: disagree, exact.
        url: levels = [0, 2_000];
        /// Internet domain: disagree, exact.
        domain: levels = [0, 1_000];
        /// IP address: disagree, exact.
        ip: levels = [-500, -500];
        /// Sealed secret: disagree, exact.
        secret: levels = [0, 3_000];
        /// Picture: disagree, exact.
        image: levels = [0, 3_000];
        /// Self-description: disagree, alike, exact.
        bio: levels = [0, 1_500, 3_000];
    }
}
