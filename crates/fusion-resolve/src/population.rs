//! The only numbers of the whole population that a score reads: its magnitude, how common each value and word is, and
//! which values are hubs.

mod moved;

use crate::bits::Bits;
use crate::feature::Feature;
use crate::model::Model;
use crate::records::{Held, Records, of_feature};
use crate::value::{ValueId, Values};
use crate::words::WordId;

pub(crate) use moved::Moved;

/// Holds what a score reads of the population.
#[derive(Debug, Default, Clone)]
pub(crate) struct Population {
    /// ⌊log2 N⌋ over the records.
    pub(crate) magnitude: i32,
    /// Voices per class of values.
    counts: Vec<u32>,
    /// Records per word.
    words: Vec<u32>,
    /// Records per sound, for each word.
    sounds: Vec<u32>,
    /// Distinct names per class that has more than its limit; zero for all others.
    hubs: Vec<u32>,
    /// What exact agreement on each value adds, in milli-bits; nothing for a hub.
    rarities: Vec<i32>,
    /// The values whose class is a hub.
    are_hubs: Bits,
    /// What agreement on each word adds.
    word_rarities: Vec<i32>,
}

impl Population {
    /// Counts the population.
    pub(crate) fn of(values: &Values, records: &Records, model: &Model) -> Self {
        let mut population = Self {
            magnitude: magnitude(records.len() as u32),
            ..Self::default()
        };
        population.grow(values);
        for record in 0..records.len() as u32 {
            population.count(values, records.of(record), 1);
        }
        population.sounds = by_sound(values, &population.words);
        population.find_hubs(values, records, model);
        population.weigh(values, model);
        population
    }

    /// Makes room for values and words that were interned since.
    fn grow(&mut self, values: &Values) {
        self.counts.resize(values.len(), 0);
        self.hubs.resize(values.len(), 0);
        self.words.resize(values.words.len(), 0);
    }

    /// Counts a record in, or out when `times` is below zero.
    fn count(&mut self, values: &Values, held: &[Held], times: i32) {
        let add = |count: &mut u32, voices: i32| *count = count.saturating_add_signed(voices * times);
        for held in held {
            add(
                &mut self.counts[values.class_of(held.value) as usize],
                i32::from(held.voices),
            );
            if held.feature == Feature::Email {
                add(&mut self.counts[values.handle_form(held.value).host as usize], 1);
            }
            if held.feature == Feature::PersonName {
                for word in values.name_form(held.value).words() {
                    add(&mut self.words[*word as usize], 1);
                }
            }
        }
    }

    fn find_hubs(&mut self, values: &Values, records: &Records, model: &Model) {
        let counts = &self.counts;
        let may_be = |held: &Held| {
            let class = values.class_of(held.value);
            held.feature.can_be_hub() && counts[class as usize] > model.hubs[held.feature as usize]
        };
        for (class, distinct) in names_of_holders(values, records, may_be) {
            if distinct > model.hubs[values.feature(class) as usize] {
                self.hubs[class as usize] = distinct;
            }
        }
    }

    /// Returns the hubs with the number of different names that hold each, by the value that stands for its class.
    pub(crate) fn hubs(&self) -> Vec<(ValueId, u32)> {
        let all = (0..).zip(&self.hubs);
        all.filter(|(_, distinct)| **distinct > 0)
            .map(|(class, distinct)| (class, *distinct))
            .collect()
    }

    /// Works the counts out into what scores read.
    fn weigh(&mut self, values: &Values, model: &Model) {
        self.are_hubs = Bits::of(values.len());
        self.rarities = Vec::with_capacity(values.len());
        for id in 0..values.len() as u32 {
            self.rarities.push(self.weight_of(id, values, model));
            if self.hubs[values.class_of(id) as usize] > 0 {
                self.are_hubs.set(id);
            }
        }
        self.word_rarities = (0..self.words.len())
            .map(|word| self.weight_of_word(word, model))
            .collect();
    }

    fn weight_of(&self, id: ValueId, values: &Values, model: &Model) -> i32 {
        let class = values.class_of(id) as usize;
        if self.hubs[class] > 0 {
            return 0;
        }
        let world = self.magnitude.max(model.worlds[values.feature(id) as usize]);
        1_000 * (world - magnitude(self.counts[class]))
    }

    fn weight_of_word(&self, word: usize, model: &Model) -> i32 {
        let world = self.magnitude.max(model.word_world);
        let bits = |count: u32| 1_000 * (world - magnitude(count));
        bits(self.words[word]).min(bits(self.sounds[word]) + SPELLING)
    }

    /// Goes over to a population of the same magnitude that some records left and others joined: `left` and `came` are the
    /// values of those, `records` are the records as they are now. Returns what weighs something else than before, and a
    /// population of which only the former hubs are known, which is all that keys read.
    pub(crate) fn follow(
        &mut self,
        (values, records, model): (&Values, &Records, &Model),
        left: &[&[Held]],
        came: &[&[Held]],
    ) -> (Moved, Self) {
        self.grow(values);
        for held in left {
            self.count(values, held, -1);
        }
        for held in came {
            self.count(values, held, 1);
        }
        let mut classes = Bits::of(values.len());
        let mut sounds: Vec<u64> = Vec::new();
        for held in left.iter().chain(came).copied().flatten() {
            classes.set(values.class_of(held.value));
            if held.feature == Feature::Email {
                classes.set(values.handle_form(held.value).host);
            }
            if held.feature == Feature::PersonName {
                let words = values.name_form(held.value).words().iter();
                sounds.extend(words.map(|word| values.words.get(*word).sound));
            }
        }
        // Of values that nobody held before, the weight is not known yet.
        let known = self.rarities.len();
        let is_counted = |id: &ValueId| *id as usize >= known || classes.has(values.class_of(*id));
        let counted: Vec<ValueId> = (0..values.len() as u32).filter(is_counted).collect();
        self.follow_hubs((values, records, model), &counted);
        let words = self.follow_words(values, model, sounds);
        let [moved, lighter, were_hubs] = self.follow_values(values, model, &counted);
        let before = Self {
            are_hubs: were_hubs,
            ..Self::default()
        };
        (Moved::of(values, moved, lighter, words), before)
    }

    /// Looks for hubs anew among values of classes that were counted.
    fn follow_hubs(&mut self, (values, records, model): (&Values, &Records, &Model), counted: &[ValueId]) {
        let mut among = Bits::of(values.len());
        let mut any = false;
        for id in counted {
            let (class, feature) = (values.class_of(*id), values.feature(*id));
            let may_be = self.hubs[class as usize] > 0 || self.counts[class as usize] > model.hubs[feature as usize];
            if feature.can_be_hub() && may_be {
                among.set(*id);
                any = true;
            }
        }
        if !any {
            return;
        }
        for id in among.iter() {
            self.hubs[values.class_of(id) as usize] = 0;
        }
        for (class, distinct) in names_of_holders(values, records, |held| among.has(held.value)) {
            let limit = model.hubs[values.feature(class) as usize];
            if distinct > limit && self.counts[class as usize] > limit {
                self.hubs[class as usize] = distinct;
            }
        }
    }

    /// Weighs values anew whose classes were counted; returns those that weigh something else than before, those of them that
    /// weigh less, and all that were hubs.
    fn follow_values(&mut self, values: &Values, model: &Model, counted: &[ValueId]) -> [Bits; 3] {
        let known = self.rarities.len();
        self.rarities.resize(values.len(), 0);
        let were_hubs = std::mem::take(&mut self.are_hubs).grown(values.len());
        self.are_hubs = were_hubs.clone();
        let (mut moved, mut lighter) = (Bits::of(values.len()), Bits::of(values.len()));
        for id in counted {
            let (is_hub, was_hub) = (self.hubs[values.class_of(*id) as usize] > 0, were_hubs.has(*id));
            if is_hub != was_hub {
                self.are_hubs.flip(*id);
            }
            let weight = self.weight_of(*id, values, model);
            let before = std::mem::replace(&mut self.rarities[*id as usize], weight);
            if (*id as usize) < known && (before != weight || is_hub != was_hub) {
                moved.set(*id);
                if is_hub == was_hub && weight < before {
                    lighter.set(*id);
                }
            }
        }
        [moved, lighter, were_hubs]
    }

    fn follow_words(&mut self, values: &Values, model: &Model, mut touched: Vec<u64>) -> Bits {
        touched.sort_unstable();
        touched.dedup();
        let mut sums = vec![0u32; touched.len()];
        let known = self.sounds.len();
        self.sounds.resize(self.words.len(), 0);
        self.word_rarities.resize(self.words.len(), i32::MIN);
        let mut members: Vec<(u32, u32)> = Vec::new();
        for word in 0..self.words.len() as u32 {
            if let Ok(sound) = touched.binary_search(&values.words.get(word).sound) {
                sums[sound] += self.words[word as usize];
                members.push((word, sound as u32));
            }
        }
        let mut moved = Bits::of(self.words.len());
        for (word, sound) in members {
            let at = word as usize;
            self.sounds[at] = sums[sound as usize];
            let weight = self.weight_of_word(at, model);
            if weight != self.word_rarities[at] {
                self.word_rarities[at] = weight;
                if at < known {
                    moved.set(word);
                }
            }
        }
        moved
    }

    /// Returns what exact agreement on a value adds, in milli-bits.
    pub(crate) fn rarity(&self, value: ValueId) -> i32 {
        self.rarities[value as usize]
    }

    /// Returns what agreement on a word of a name adds, in milli-bits.
    pub(crate) fn rarity_of_word(&self, word: WordId) -> i32 {
        self.word_rarities[word as usize]
    }

    /// Tells whether a value, or one that agrees exactly with it, is said more than once.
    pub(crate) fn is_shared(&self, value: ValueId, values: &Values) -> bool {
        self.count_of(value, values) > 1
    }

    /// Returns how many names hold a hub; zero for all other values.
    pub(crate) fn names_of(&self, value: ValueId, values: &Values) -> u32 {
        self.hubs[values.class_of(value) as usize]
    }

    /// Returns how often a value, or one that agrees exactly with it, is said.
    pub(crate) fn count_of(&self, value: ValueId, values: &Values) -> u32 {
        self.counts[values.class_of(value) as usize]
    }

    /// Returns the values that are a hub now and were none, or the reverse; both have the same room.
    pub(crate) fn turned_hubs(&self, before: &Self) -> Bits {
        self.are_hubs.apart(&before.are_hubs)
    }

    /// Tells whether too many different names hold a value.
    pub(crate) fn is_hub(&self, value: ValueId) -> bool {
        self.are_hubs.has(value)
    }
}

/// What a spelling adds to a sound, at most: rare spellings of common names are no rare names.
const SPELLING: i32 = 1_500;

/// Returns, for each class of values that `wanted` picks, under how many different names it is held. A street is met in
/// many towns, so the names at an address are those of the town where they are most, and those of no town.
fn names_of_holders(values: &Values, records: &Records, wanted: impl Fn(&Held) -> bool) -> Vec<(ValueId, u32)> {
    let mut holders: Vec<(ValueId, u64, u64)> = Vec::new();
    let mut towns: Vec<u64> = Vec::new();
    for record in 0..records.len() as u32 {
        let held = records.of(record);
        if !held.iter().any(&wanted) {
            continue;
        }
        // A record without a name counts as a name of its own.
        let name = skeleton_of(values, held).unwrap_or(!u64::from(record));
        towns.clear();
        let places = of_feature(held, Feature::Location).iter();
        towns.extend(places.map(|place| values.text_form(place.value).squeezed));
        if towns.is_empty() {
            towns.push(NO_TOWN);
        }
        for one in held.iter().filter(|held| wanted(held)) {
            let class = values.class_of(one.value);
            match one.feature {
                Feature::Address => holders.extend(towns.iter().map(|town| (class, *town, name))),
                _ => holders.push((class, NO_TOWN, name)),
            }
        }
    }
    holders.sort_unstable();
    holders.dedup();
    let classes = holders.chunk_by(|one, other| one.0 == other.0);
    let names = classes.map(|class| {
        let mut nowhere = 0;
        let mut most = 0;
        for town in class.chunk_by(|one, other| one.1 == other.1) {
            match town[0].1 {
                NO_TOWN => nowhere = town.len(),
                _ => most = most.max(town.len()),
            }
        }
        (class[0].0, (nowhere + most) as u32)
    });
    names.collect()
}

/// Stands for the town of a record that names none.
const NO_TOWN: u64 = 0;

/// Adds up the records of all words that sound alike.
fn by_sound(values: &Values, words: &[u32]) -> Vec<u32> {
    let mut order: Vec<(u64, u32)> = (0..words.len() as u32)
        .map(|word| (values.words.get(word).sound, word))
        .collect();
    order.sort_unstable();
    let mut sounds = vec![0; words.len()];
    for group in order.chunk_by(|one, other| one.0 == other.0) {
        let total = group.iter().map(|(_, word)| words[*word as usize]).sum();
        for (_, word) in group {
            sounds[*word as usize] = total;
        }
    }
    sounds
}

/// Returns the name a record counts by: how its fullest name sounds.
pub(crate) fn skeleton_of(values: &Values, held: &[Held]) -> Option<u64> {
    let names = of_feature(held, Feature::PersonName);
    let fullest = names
        .iter()
        .map(|held| values.name_form(held.value))
        .max_by_key(|form| (form.words().len(), form.sorted));
    if let Some(form) = fullest {
        let mut sounds: Vec<u64> = form.words().iter().map(|word| values.words.get(*word).sound).collect();
        sounds.sort_unstable();
        sounds.dedup();
        let ends = [sounds.first(), sounds.last()];
        return Some(
            ends.into_iter()
                .flatten()
                .fold(1, |sum: u64, sound| sum.rotate_left(17) ^ sound),
        );
    }
    [Feature::OrganizationName, Feature::Title]
        .into_iter()
        .flat_map(|feature| of_feature(held, feature))
        .map(|held| values.text_form(held.value).squeezed)
        .max()
}

/// Returns ⌊log2 count⌋; zero for nothing.
pub(crate) fn magnitude(count: u32) -> i32 {
    count.checked_ilog2().map_or(0, |log| log as i32)
}
