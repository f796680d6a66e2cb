//! The rules of resolving as plain integers: weights, limits and thresholds. The rules file fills it; nothing here is
//! read from a clock or from earlier results.

use crate::feature::Feature;

/// Holds every number that resolving depends on besides the evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// Similarity in ten-thousandths from which spellings are alike.
    pub fuzzy: u32,
    /// Log-odds in milli-bits from which a pair may be joined.
    pub link: i32,
    /// Log-odds in milli-bits from which a pair waits for a person.
    pub review: i32,
    /// Whether a shared e-mail address joins by itself.
    pub email_joins: bool,
    /// Whether a name alone goes to review.
    pub name_alone_reviews: bool,
    /// Log-odds in milli-bits up to which a pair is scored that agrees in nothing but a name, while that goes to review.
    pub name_alone_cap: i32,
    /// Independent kinds of evidence that a join needs without a unique identifier.
    pub min_kinds: u32,
    /// Part of the prior that does not move with the number of records, in milli-bits.
    pub prior: i32,
    /// Largest prior, in milli-bits: however few the records are.
    pub prior_most: i32,
    /// By how much the prior falls further with each doubling of records beyond a crowd, in milli-bits.
    pub prior_step: i32,
    /// Largest weight that rarity can add, by feature, in milli-bits.
    pub rarity_caps: [i32; Feature::COUNT],
    /// Magnitude of the world a value is one of, by feature: how rare a value is that is met once in a small population.
    pub worlds: [i32; Feature::COUNT],
    /// The same for a single word of a name.
    pub word_world: i32,
    /// Weight up to which a town in common counts beside a common name: names and towns share a culture.
    pub town_cap: i32,
    /// Weight up to which a home, telephone or firm in common counts where the names or dates of birth are of two.
    pub household_cap: i32,
    /// Part of a weight, in ten-thousandths, that is left when a value was said through an account.
    pub through_account: u32,
    /// Part of a weight, in ten-thousandths, that evidence keeps which repeats what stronger evidence says.
    pub repeated: u32,
    /// Rounds of collective resolution.
    pub rounds: u32,
    /// Records in one entity above which its links must be stronger.
    pub max_size: u32,
    /// Step in milli-bits by which the threshold rises inside an oversize entity.
    pub oversize_step: i32,
    /// Log-odds in milli-bits that two groups need, by all their evidence, before they are joined.
    pub cohesion: i32,
    /// Candidate pairs above which a run is refused.
    pub pair_budget: u64,
    /// Distinct names among the holders above which a value joins nobody, by feature.
    pub hubs: [u32; Feature::COUNT],
    /// How far below the review threshold a pair is kept, in milli-bits, because entities may lift it.
    pub kept_below: i32,
    /// Records that may share a key before the key needs a second part, by family of keys.
    pub caps: [u32; crate::block::KeyFamily::COUNT],
    /// Weights in milli-bits by feature and level.
    pub weights: [Vec<i32>; Feature::COUNT],
}

impl Model {
    /// Returns the weight of a level.
    pub(crate) fn weight(&self, feature: Feature, level: u8) -> i32 {
        let weights = &self.weights[feature as usize];
        weights
            .get(usize::from(level))
            .or(weights.last())
            .copied()
            .unwrap_or_default()
    }

    /// Returns the standard rules.
    pub fn standard() -> Self {
        let mut hubs = [100; Feature::COUNT];
        for (feature, limit) in [
            (Feature::Email, 30),
            (Feature::Phone, 20),
            (Feature::Account, 20),
            (Feature::Handle, 30),
            (Feature::Wallet, 20),
            (Feature::Iban, 12),
            (Feature::OfficialNumber, 8),
            (Feature::ExternalId, 8),
            (Feature::Address, 30),
            (Feature::Url, 5),
            (Feature::Domain, 10),
            (Feature::Ip, 12),
            (Feature::Secret, 8),
            (Feature::Organization, 1_000_000),
        ] {
            hubs[feature as usize] = limit;
        }
        let mut rarity_caps = [20_000; Feature::COUNT];
        for (feature, cap) in [
            (Feature::Location, 5_000),
            (Feature::Region, 2_000),
            (Feature::Country, 2_000),
        ] {
            rarity_caps[feature as usize] = cap;
        }
        let mut worlds = [10; Feature::COUNT];
        for (feature, world) in [
            (Feature::PersonName, 13),
            (Feature::HandleName, 13),
            (Feature::OrganizationName, 13),
            (Feature::Title, 13),
            (Feature::Email, 20),
            (Feature::Phone, 20),
            (Feature::Handle, 18),
            (Feature::Account, 20),
            (Feature::Wallet, 20),
            (Feature::Iban, 20),
            (Feature::OfficialNumber, 20),
            (Feature::ExternalId, 20),
            (Feature::FileHash, 20),
            (Feature::BirthDate, 14),
            (Feature::Address, 16),
            (Feature::Postcode, 11),
            (Feature::Location, 6),
            (Feature::Region, 3),
            (Feature::Country, 3),
            (Feature::Organization, 10),
            (Feature::Ip, 18),
            (Feature::Domain, 10),
        ] {
            worlds[feature as usize] = world;
        }
        let mut weights: [Vec<i32>; Feature::COUNT] = Default::default();
        for (feature, levels) in [
            (
                Feature::PersonName,
                vec![-5_000, -4_500, -4_500, -6_000, -1_000, -1_000, -2_000, 500, 500, 1_000],
            ),
            (Feature::OrganizationName, vec![-6_000, -2_000, 3_000, 4_500, 4_000]),
            (Feature::Title, vec![-2_000, 2_000, 3_000]),
            (Feature::Email, vec![-1_500, 9_000, 500, 3_500, 6_000]),
            (Feature::Phone, vec![-1_500, 6_000, 500]),
            (Feature::Handle, vec![-1_500, 7_000, 1_000, 2_500, 6_500]),
            (Feature::HandleName, vec![0, 1_500, -2_500]),
            (Feature::Account, vec![-200, 7_000]),
            (Feature::Wallet, vec![-500, 2_000]),
            (Feature::Iban, vec![-500, 6_000]),
            (Feature::OfficialNumber, vec![-4_000, 12_000, 9_000]),
            (Feature::ExternalId, vec![-1_000, 6_000]),
            (Feature::FileHash, vec![-500, 9_000]),
            (Feature::BirthDate, vec![-4_500, -1_000, 5_000, 6_000, 500]),
            (Feature::Address, vec![-1_500, -1_000, 10_000, 500]),
            (Feature::Postcode, vec![-500, 0]),
            (Feature::Location, vec![-2_000, 0, 2_500, -1_000]),
            (Feature::Region, vec![-500, 0]),
            (Feature::Country, vec![-3_000, 0]),
            (Feature::Organization, vec![-1_500, 5_000, -1_500]),
            (Feature::Occupation, vec![-300, 500, 500]),
            (Feature::Url, vec![0, 2_000]),
            (Feature::Domain, vec![0, 1_000]),
            (Feature::Ip, vec![-500, -500]),
            (Feature::Secret, vec![0, 3_000]),
            (Feature::Image, vec![0, 3_000]),
            (Feature::Bio, vec![0, 1_500, 3_000]),
        ] {
            weights[feature as usize] = levels;
        }
        Self {
            fuzzy: 8_500,
            link: 4_248,
            review: 2_000,
            email_joins: true,
            name_alone_reviews: true,
            name_alone_cap: 4_000,
            min_kinds: 2,
            prior: 6_000,
            prior_most: 0,
            prior_step: 550,
            through_account: 6_000,
            repeated: 2_500,
            rounds: 2,
            max_size: 80,
            oversize_step: 1_000,
            cohesion: 2_000,
            pair_budget: 100_000_000,
            hubs,
            rarity_caps,
            worlds,
            word_world: 9,
            town_cap: 2_000,
            household_cap: 1_400,
            kept_below: 4_000,
            caps: [60, 12, 24, 6, 10, 10, 16, 40],
            weights,
        }
    }
}
