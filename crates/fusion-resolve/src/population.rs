//! The only numbers of the whole population that a score reads: its magnitude, how common each value and word is, and
//! which values are hubs.

use crate::feature::Feature;
use crate::model::Model;
use crate::records::{Held, Records, of_feature};
use crate::value::{ValueId, Values};
use crate::words::WordId;

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
    /// What exact agreement on each value adds, in milli-bits; a hub is marked.
    rarities: Vec<i32>,
    /// What agreement on each word adds.
    word_rarities: Vec<i32>,
}

impl Population {
    /// Counts the population.
    pub(crate) fn of(values: &Values, records: &Records, model: &Model) -> Self {
        let mut counts = vec![0u32; values.len()];
        let mut words = vec![0u32; values.words.len()];
        for record in 0..records.len() as u32 {
            for held in records.of(record) {
                let class = values.class_of(held.value) as usize;
                counts[class] = counts[class].saturating_add(u32::from(held.voices));
                if held.feature == Feature::Email {
                    counts[values.handle_form(held.value).host as usize] += 1;
                }
                if held.feature == Feature::PersonName {
                    for word in values.name_form(held.value).words() {
                        words[*word as usize] += 1;
                    }
                }
            }
        }
        let mut population = Self {
            magnitude: magnitude(records.len() as u32),
            hubs: vec![0; values.len()],
            counts,
            sounds: by_sound(values, &words),
            words,
            rarities: Vec::new(),
            word_rarities: Vec::new(),
        };
        population.find_hubs(values, records, model);
        population.weigh(values, model);
        population
    }

    fn find_hubs(&mut self, values: &Values, records: &Records, model: &Model) {
        let may_be = |held: &Held| {
            let class = values.class_of(held.value);
            held.feature.can_be_hub() && self.counts[class as usize] > model.hubs[held.feature as usize]
        };
        let mut holders: Vec<(ValueId, u64)> = Vec::new();
        for record in 0..records.len() as u32 {
            let held = records.of(record);
            if !held.iter().any(may_be) {
                continue;
            }
            // A record without a name counts as a name of its own.
            let name = skeleton_of(values, held).unwrap_or(!u64::from(record));
            holders.extend(
                held.iter()
                    .filter(|held| may_be(held))
                    .map(|held| (values.class_of(held.value), name)),
            );
        }
        holders.sort_unstable();
        holders.dedup();
        for group in holders.chunk_by(|one, other| one.0 == other.0) {
            let (class, distinct) = (group[0].0, group.len() as u32);
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
        let of_value = |id: ValueId| {
            let class = values.class_of(id) as usize;
            if self.hubs[class] > 0 {
                return HUB;
            }
            let world = self.magnitude.max(model.worlds[values.feature(id) as usize]);
            1_000 * (world - magnitude(self.counts[class]))
        };
        self.rarities = (0..values.len() as u32).map(of_value).collect();
        let world = self.magnitude.max(model.word_world);
        let bits = |count: u32| 1_000 * (world - magnitude(count));
        let counts = self.words.iter().zip(&self.sounds);
        self.word_rarities = counts
            .map(|(own, sound)| bits(*own).min(bits(*sound) + SPELLING))
            .collect();
    }

    /// Returns what exact agreement on a value adds, in milli-bits.
    pub(crate) fn rarity(&self, value: ValueId) -> i32 {
        match self.rarities[value as usize] {
            HUB => 0,
            bits => bits,
        }
    }

    /// Returns what agreement on a word of a name adds, in milli-bits.
    pub(crate) fn rarity_of_word(&self, word: WordId) -> i32 {
        self.word_rarities[word as usize]
    }

    /// Tells whether a value, or one that agrees exactly with it, is said more than once.
    pub(crate) fn is_shared(&self, value: ValueId, values: &Values) -> bool {
        self.counts[values.class_of(value) as usize] > 1
    }

    /// Returns how many names hold a hub; zero for all other values.
    pub(crate) fn names_of(&self, value: ValueId, values: &Values) -> u32 {
        self.hubs[values.class_of(value) as usize]
    }

    /// Tells whether too many different names hold a value.
    pub(crate) fn is_hub(&self, value: ValueId) -> bool {
        self.rarities[value as usize] == HUB
    }
}

/// Stands for the rarity of a hub.
const HUB: i32 = i32::MIN;

/// What a spelling adds to a sound, at most: rare spellings of common names are no rare names.
const SPELLING: i32 = 1_500;

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
