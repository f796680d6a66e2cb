//! Score: Fellegi–Sunter log-odds of a pair, in integer milli-bits.
//!
//! Prior (falling with the number of records) plus, per feature, the weight of the best agreement level and, on exact
//! agreement only, the rarity of the value. Missing is not different: a feature that one side lacks weighs nothing.
//! Features that say the same thing in other words form a family, of which only the strongest agreement counts in
//! full. Values that too many hold weigh nothing. It must not know thresholds or verdicts, and never fails.

use crate::agreement::{Agreement, Strength};
use crate::compare::{Class, Matched, compare, compare_handle_name, compare_names, is_made_of};
use crate::feature::{Family, Feature};
use crate::model::Model;
use crate::population::Population;
use crate::records::{Held, Through, of_feature};
use crate::value::{ValueId, Values};

/// Holds one feature's part in a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// What was compared.
    pub feature: Feature,
    /// Value of the left side.
    pub left: ValueId,
    /// Value of the right side.
    pub right: ValueId,
    /// How far they agree.
    pub agreement: Agreement,
    /// What the level weighs.
    pub weight: i32,
    /// What the rarity of the value adds.
    pub rarity: i32,
    /// Whether either value was said through an account.
    pub through: Through,
    /// What kept the part from counting in full.
    pub muted: Option<Muted>,
    /// Pairs of records that weight and rarity are the average of, where groups are compared; else one.
    pub pairs: u32,
}

/// Says why a part does not count in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Muted {
    /// Too many different names hold the value.
    Hub,
    /// A stronger part says the same.
    Family,
    /// Relatives and colleagues share it, and the names or dates of birth are of two.
    Household,
    /// Only an account says it, and it would contradict.
    ThroughAccount,
    /// Nothing but the name agrees: a name that is rare here may be common in the world.
    NameAlone,
}

impl Part {
    /// Returns what it adds.
    pub fn total(&self) -> i32 {
        self.weight + self.rarity
    }

    /// Tells whether both records themselves say the same value of a unique identifier.
    pub fn is_shared_identifier(&self) -> bool {
        self.feature.is_unique_identifier()
            && self.agreement.strength == Strength::Exact
            && self.through == Through::Own
            && self.muted != Some(Muted::Hub)
    }
}

/// Holds the score of a pair, and the parts while they are wanted.
#[derive(Debug, Clone, Default)]
pub struct Scored {
    /// Log-odds in milli-bits.
    pub score: i32,
    /// The part of the score that no evidence moves.
    pub prior: i32,
    /// The parts, by feature.
    pub parts: Vec<Part>,
    /// Independent kinds of evidence that agree.
    pub kinds: u32,
}

/// Scores pairs of one population.
#[derive(Clone, Copy)]
pub(crate) struct Scorer<'a> {
    pub(crate) values: &'a Values,
    pub(crate) population: &'a Population,
    pub(crate) model: &'a Model,
}

impl Scorer<'_> {
    /// Returns the part of the score that no evidence moves.
    pub(crate) fn prior(&self) -> i32 {
        let magnitude = self.population.magnitude;
        let prior = self.model.prior - 1_000 * magnitude - self.model.prior_step * (magnitude - CROWD).max(0);
        prior.min(self.model.prior_most)
    }

    /// Scores two records, each given by its values in order of feature. Symmetric but for the sides of the parts.
    pub(crate) fn score(&self, left: &[Held], right: &[Held], scored: &mut Scored) {
        scored.parts.clear();
        let (mut at, mut to) = (0, 0);
        while at < left.len() && to < right.len() {
            let (one, other) = (left[at].feature, right[to].feature);
            if one < other {
                at += 1;
            } else if other < one {
                to += 1;
            } else {
                let run =
                    |side: &[Held], from: usize| side[from..].iter().take_while(|held| held.feature == one).count();
                let (width, height) = (run(left, at), run(right, to));
                let best = self.best(one, &left[at..at + width], &right[to..to + height]);
                scored.parts.extend(best);
                at += width;
                to += height;
            }
        }
        // Where both have names, those are compared; a user name made of one of them says nothing more.
        if scored
            .parts
            .first()
            .is_none_or(|part| part.feature != Feature::PersonName)
        {
            scored.parts.extend(self.handle_name(left, right));
        }
        self.finish(left, right, scored);
    }

    /// Mutes what repeats, and adds up.
    pub(crate) fn finish(&self, left: &[Held], right: &[Held], scored: &mut Scored) {
        scored.prior = self.prior();
        scored.kinds = self.mute(&mut scored.parts, left, right);
        self.add_up(scored);
    }

    /// Adds up. What nothing but a name joins stays below what joins without a person, as far as names alone are to wait.
    pub(crate) fn add_up(&self, scored: &mut Scored) {
        scored.score = scored.prior + scored.parts.iter().map(Part::total).sum::<i32>();
        let beyond = scored.score - self.model.name_alone_cap;
        if beyond <= 0 || !self.model.name_alone_reviews {
            return;
        }
        let mut agreeing = scored.parts.iter().filter(|part| part.total() > 0);
        let alone = agreeing.all(|part| {
            part.feature == Feature::PersonName
                || !part.feature.is_evidence()
                || part.agreement.strength <= Strength::Leans
        });
        let name = scored.parts.first_mut();
        if let Some(name) = name.filter(|part| alone && part.feature == Feature::PersonName && part.total() > 0) {
            let cut = beyond.min(name.total() - 1).max(0);
            let of_rarity = cut.min(name.rarity);
            name.rarity -= of_rarity;
            name.weight -= cut - of_rarity;
            name.muted = Some(Muted::NameAlone);
            scored.score -= cut;
        }
    }

    /// Returns the best agreement between any two values of a feature.
    fn best(&self, feature: Feature, left: &[Held], right: &[Held]) -> Option<Part> {
        let mut best: Option<Part> = None;
        for one in left {
            for other in right {
                let Some(part) = self.part(feature, one, other) else {
                    continue;
                };
                let better = best.as_ref().is_none_or(|kept| self.is_before(&part, kept));
                if better {
                    best = Some(part);
                }
            }
        }
        best
    }

    /// Ranks agreement before contradiction before silence; ties by the values themselves, smaller first.
    fn is_before(&self, one: &Part, other: &Part) -> bool {
        let rank = |part: &Part| {
            let strength = match part.agreement.strength {
                Strength::Neutral => 0,
                Strength::Differs => 1,
                Strength::Leans => 2,
                Strength::Agrees => 3,
                Strength::Exact => 4,
            };
            (part.muted.is_none(), strength, part.total())
        };
        let (first, second) = (rank(one), rank(other));
        let text = |part: &Part| {
            let of = |value| (self.values.canonical(value), self.values.scope(value));
            let (left, right) = (of(part.left), of(part.right));
            if left <= right { (left, right) } else { (right, left) }
        };
        first > second || first == second && text(one) < text(other)
    }

    pub(crate) fn part(&self, feature: Feature, left: &Held, right: &Held) -> Option<Part> {
        if feature == Feature::Handle && left.through.max(right.through) == Through::Mail && left.value != right.value {
            let squeezed = |id| self.values.handle_form(id).squeezed;
            if squeezed(left.value) != squeezed(right.value) {
                return None;
            }
        }
        let mut part = Part {
            feature,
            left: left.value,
            right: right.value,
            agreement: Agreement::neutral(""),
            weight: 0,
            rarity: 0,
            through: left.through.max(right.through),
            muted: None,
            pairs: 1,
        };
        if feature.can_be_hub() && (self.population.is_hub(left.value) || self.population.is_hub(right.value)) {
            part.muted = Some(Muted::Hub);
            part.agreement = compare(self.values, feature, left.value, right.value, self.model.fuzzy);
            return (part.agreement.strength == Strength::Exact).then_some(part);
        }
        let rarity = if feature == Feature::PersonName {
            let matched = compare_names(self.values, left.value, right.value);
            part.agreement = matched.agreement;
            self.rarity_of_name(&matched, left.value, right.value)
        } else {
            part.agreement = compare(self.values, feature, left.value, right.value, self.model.fuzzy);
            match part.agreement.strength {
                Strength::Exact if feature == Feature::Email => self.rarity_of_mail(left.value),
                Strength::Exact => self.population.rarity(left.value),
                _ => 0,
            }
        };
        self.weigh(&mut part, rarity);
        Some(part)
    }

    /// Rarity of an address: its own, but no more than that of its user name and its host together, since somebody of the
    /// same name may have taken the same user name at the same host.
    fn rarity_of_mail(&self, mail: ValueId) -> i32 {
        let form = self.values.handle_form(mail);
        let own = self.population.rarity(mail);
        match form.user {
            _ if form.digit_count >= 2 => own,
            0 => own,
            user => own.min(self.population.rarity(user - 1) + self.population.rarity(form.host) - SHARED_NAME),
        }
    }

    /// Rarity of a name: that of the words that met, but no more than the commoner of the two names allows.
    fn rarity_of_name(&self, matched: &Matched, left: ValueId, right: ValueId) -> i32 {
        if matched.agreement.level < 2 || matched.agreement.strength < Strength::Leans {
            return 0;
        }
        let whole = |name| self.population.rarity(name);
        let most = whole(left).min(whole(right)) + if matched.agreement.level >= 8 { 0 } else { 2_000 };
        let word = |(left, right, class): &(u32, u32, Class)| {
            let of = |word: &u32| self.population.rarity_of_word(*word);
            let common = of(left).min(of(right));
            match class {
                Class::Same => common,
                Class::Variant => (common - 1_000).max(0),
                Class::Alike => (common / 2).min(5_000),
                Class::Initial => common.min(3_000),
            }
        };
        matched.words().iter().map(word).sum::<i32>().min(most)
    }

    fn weigh(&self, part: &mut Part, rarity: i32) {
        if part.agreement.strength == Strength::Neutral {
            return;
        }
        if part.agreement.strength == Strength::Differs && part.through != Through::Own {
            part.muted = Some(Muted::ThroughAccount);
            return;
        }
        let share = match part.through {
            Through::Own | Through::Mail => 10_000,
            Through::Account => self.model.through_account,
        };
        part.weight = scaled(self.model.weight(part.feature, part.agreement.level), share);
        part.rarity = scaled(rarity.min(self.model.rarity_caps[part.feature as usize]), share);
    }

    /// Compares the user names of one side with the names of the other.
    fn handle_name(&self, left: &[Held], right: &[Held]) -> Option<Part> {
        let mut best: Option<Part> = None;
        for (handles, names) in [(left, right), (right, left)] {
            for name in of_feature(names, Feature::PersonName) {
                for handle in of_feature(handles, Feature::Handle) {
                    let form = self.values.handle_form(handle.value);
                    let agreement = compare_handle_name(self.values, form, self.values.name_form(name.value));
                    if agreement.strength <= Strength::Neutral {
                        continue;
                    }
                    let mut part = Part {
                        feature: Feature::HandleName,
                        left: handle.value,
                        right: name.value,
                        agreement,
                        weight: 0,
                        rarity: 0,
                        through: handle.through.max(name.through),
                        muted: None,
                        pairs: 1,
                    };
                    let rarity = match agreement.strength {
                        Strength::Exact => self.population.rarity(name.value),
                        _ => 0,
                    };
                    self.weigh(&mut part, rarity);
                    if best.as_ref().is_none_or(|kept| self.is_before(&part, kept)) {
                        best = Some(part);
                    }
                }
            }
        }
        best
    }

    /// Leaves the strongest agreement of each family whole, and of what repeats it only a share; contradictions always
    /// count. Returns the number of kinds of evidence that agree.
    fn mute(&self, parts: &mut [Part], left: &[Held], right: &[Held]) -> u32 {
        self.mute_derived(parts, left, right);
        self.mute_households(parts);
        self.cap_town(parts);
        // Relatives share a home, hardly ever a day of birth: where that agrees, the home is a kind of its own, however little
        // it weighs.
        let born_alike = parts
            .iter()
            .any(|part| part.feature == Feature::BirthDate && part.agreement.strength == Strength::Exact);
        let mut strongest: [Option<usize>; Family::COUNT] = [None; Family::COUNT];
        let mut agreeing = [false; Family::COUNT];
        for at in 0..parts.len() {
            if parts[at].total() <= 0 || parts[at].muted == Some(Muted::Hub) {
                continue;
            }
            let family = parts[at].feature.family();
            let repeats = parts[at].muted.is_some();
            let counts =
                !repeats || (born_alike && family == Family::Home && parts[at].muted == Some(Muted::Household));
            agreeing[family as usize] |=
                counts && parts[at].feature.is_evidence() && parts[at].agreement.strength >= Strength::Agrees;
            if repeats {
                continue;
            }
            let kept = &mut strongest[family as usize];
            let lost = match *kept {
                Some(best) if parts[best].total() >= parts[at].total() => at,
                Some(best) => {
                    *kept = Some(at);
                    best
                }
                None => {
                    *kept = Some(at);
                    continue;
                }
            };
            parts[lost].muted = Some(Muted::Family);
            parts[lost].weight = scaled(parts[lost].weight, self.model.repeated);
            parts[lost].rarity = scaled(parts[lost].rarity, self.model.repeated);
        }
        agreeing.iter().filter(|agrees| **agrees).count() as u32
    }

    /// A user name or address made of the name says little that the name does not say, and a user name that is the local
    /// part of the shared address says nothing more at all.
    fn mute_derived(&self, parts: &mut [Part], left: &[Held], right: &[Held]) {
        let mail = parts
            .iter()
            .find(|part| part.feature == Feature::Email && part.total() > 0 && part.agreement.level != 2)
            .copied();
        let mut named_by_handle = false;
        let named = parts.iter().any(|part| {
            part.feature == Feature::PersonName && part.total() > 0 && part.agreement.strength >= Strength::Agrees
        });
        for part in parts.iter_mut().filter(|part| part.total() > 0) {
            if !matches!(part.feature, Feature::Email | Feature::Handle) {
                continue;
            }
            let forms = [part.left, part.right].map(|id| self.values.handle_form(id));
            let repeats = part.feature == Feature::Handle
                && mail.is_some_and(|mail| {
                    let ends = [mail.left, mail.right].map(|id| self.values.handle_form(id).squeezed);
                    forms.iter().any(|form| ends.contains(&form.squeezed)) || part.through == Through::Mail
                });
            if repeats {
                part.muted = Some(Muted::Family);
                (part.weight, part.rarity) = (0, 0);
                continue;
            }
            // Records of one person mostly say the same: each form and each name is looked at once.
            let others = of_feature(left, Feature::PersonName);
            let is_new = |name: &&Held| others.iter().all(|other| other.value != name.value);
            let mut names = others
                .iter()
                .chain(of_feature(right, Feature::PersonName).iter().filter(is_new));
            let different = if part.left == part.right {
                &forms[..1]
            } else {
                &forms[..]
            };
            let derived = names.any(|name| {
                let name = self.values.name_form(name.value);
                different.iter().any(|form| {
                    compare_handle_name(self.values, form, name).strength > Strength::Neutral
                        || named && is_made_of(self.values, form, name)
                })
            });
            if derived && !named {
                named_by_handle = true;
            }
            if derived && named {
                let host = if part.feature == Feature::Email && part.agreement.level != 2 {
                    forms
                        .map(|form| self.population.rarity(form.host))
                        .into_iter()
                        .fold(8_000, i32::min)
                } else {
                    0
                };
                let digits = forms
                    .map(|form| i32::from(form.digit_count))
                    .into_iter()
                    .fold(4, i32::min);
                let cap = host + 1_500 + 3_000 * digits;
                if part.total() > cap {
                    (part.weight, part.rarity) = (cap, 0);
                }
                if cap < 5_000 {
                    part.muted = Some(Muted::Family);
                }
            }
        }
        if named_by_handle {
            for part in parts.iter_mut().filter(|part| part.feature == Feature::HandleName) {
                part.muted = Some(Muted::Family);
                (part.weight, part.rarity) = (0, 0);
            }
        }
    }

    /// Names and towns share a culture: beside a name that agrees, a town proves less.
    fn cap_town(&self, parts: &mut [Part]) {
        let named = parts.first().is_some_and(|part| {
            part.feature == Feature::PersonName && part.total() > 0 && part.agreement.strength >= Strength::Agrees
        });
        for part in parts
            .iter_mut()
            .filter(|part| named && part.feature == Feature::Location)
        {
            if part.total() > self.model.town_cap {
                (part.weight, part.rarity) = (self.model.town_cap, 0);
            }
        }
    }

    /// Tells whether the elder of two who were born on these dates may be a parent of the younger.
    fn are_a_generation_apart(&self, births: &Part) -> bool {
        let years = [births.left, births.right].map(|date| self.values.date_form(date).year);
        GENERATION.contains(&years[0].abs_diff(years[1]))
    }

    /// Where names or dates of birth are of two, what relatives and colleagues share proves little. Of one full name, though,
    /// a home has hardly two unless they are parent and child: else it is the date of birth that is wrong.
    fn mute_households(&self, parts: &mut [Part]) {
        let find = |feature| {
            parts
                .iter()
                .find(|part| part.feature == feature && part.muted.is_none())
        };
        let (name, birth, number) = (
            find(Feature::PersonName),
            find(Feature::BirthDate),
            find(Feature::OfficialNumber),
        );
        let born_alike = birth.is_some_and(|part| part.agreement.strength == Strength::Exact);
        let numbered_alike = number.is_some_and(|part| part.total() > 0);
        let names_of_two = name.is_some_and(|part| match part.agreement.strength {
            Strength::Differs => !born_alike,
            Strength::Leans => part.agreement.level == 1 || !born_alike,
            _ => false,
        });
        let births_of_two = birth.is_some_and(|part| part.agreement.strength == Strength::Differs);
        let of_two = (names_of_two || births_of_two) && !numbered_alike;
        if !of_two {
            return;
        }
        let one_of_the_name = !names_of_two
            && name.is_some_and(|part| part.agreement.strength == Strength::Exact)
            && birth.is_some_and(|part| !self.are_a_generation_apart(part));
        let mut room = self.model.household_cap;
        for part in parts
            .iter_mut()
            .filter(|part| part.feature.is_household() && part.total() > 0)
            .filter(|part| !(one_of_the_name && part.feature.family() == Family::Home))
        {
            let kept = part.total().min(room);
            room -= kept;
            (part.weight, part.rarity) = (kept, 0);
            part.muted = Some(Muted::Household);
        }
    }
}

/// Years between parent and child.
const GENERATION: core::ops::RangeInclusive<u32> = 15..=45;

/// Magnitude from which on a population is a crowd: namesakes, households and colleagues in it are met as pairs more often
/// than its size alone says.
const CROWD: i32 = 13;

/// What an address without digits loses where many bear the name it is made of.
const SHARED_NAME: i32 = 3_000;

/// Takes a share of milli-bits, half away from zero.
fn scaled(bits: i32, share: u32) -> i32 {
    if share == 10_000 {
        return bits;
    }
    let product = i64::from(bits) * i64::from(share);
    let rounded = (product.abs() + 5_000) / 10_000 * product.signum();
    i32::try_from(rounded).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::scaled;

    #[test]
    fn shares_of_weights_round_half_away_from_zero() {
        for (bits, share, expected) in [
            (3_000, 6_000, 1_800),
            (-5_000, 6_000, -3_000),
            (1, 5_000, 1),
            (-1, 5_000, -1),
        ] {
            assert_eq!(scaled(bits, share), expected);
        }
    }
}
