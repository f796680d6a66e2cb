//! Rows that somebody plants to confuse a resolver, among invented people.
//!
//! The clean rows come first and are the same as without the planted ones, so that two runs can be compared over them.
//! Every planted row is named with what it is, so that a test can ask whether each of them was seen.

use std::collections::{BTreeMap, BTreeSet};

use super::draws::Draws;
use super::{Column, Row, invented_people};

/// What was planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plant {
    /// One value under hundreds of names.
    Hub(u8),
    /// A filler that no list knows, under many names.
    Filler(u8),
    /// Letters of another script that look the same.
    LookAlike,
    /// Marks that cannot be seen, or that stand over a letter for no reason.
    Hidden,
    /// Half of one person, half of another, with identifiers of both.
    Bridge,
    /// One of two rows that each hold half of the same two people.
    DoubleBridge,
    /// A link of a chain of bridges.
    Chain,
    /// One record with the identifiers of a hundred people.
    Crowd,
}

/// A clean table with planted rows after it.
#[derive(Debug, Clone)]
pub struct Poisoned {
    /// Clean rows, then planted ones.
    pub rows: Vec<Row>,
    /// How many rows are clean.
    pub clean: usize,
    /// What each planted row is, in their order.
    pub plants: Vec<Plant>,
}

impl Poisoned {
    /// Returns the mapping file that says what the columns of the crowd mean.
    pub fn mapping(&self) -> String {
        let columns: BTreeSet<&str> = self
            .rows
            .iter()
            .flat_map(|row| row.more.iter().map(|(column, _)| column.as_str()))
            .collect();
        let meaning = |column: &str| match column {
            mail if mail.starts_with("more_mail") => "email",
            phone if phone.starts_with("more_phone") => "phone",
            _ => "handle",
        };
        columns
            .into_iter()
            .map(|column| format!("{column} = {}\n", meaning(column)))
            .collect()
    }
}

/// What one clean person holds alone: values that nobody else has, each with its column.
struct Victim {
    name: String,
    values: BTreeMap<usize, String>,
}

impl Victim {
    fn value(&self, column: Column) -> &str {
        self.values.get(&(column as usize)).map_or("", String::as_str)
    }
}

/// Identifiers that a bridge takes from its second half.
const TAKEN: [Column; 3] = [Column::Phone, Column::User, Column::Wallet];

/// Draws a clean table of `count` rows and plants rows into it.
pub fn poisoned_people(count: usize, seed: u64) -> Poisoned {
    let rows = invented_people(count, seed);
    let mut draws = Draws::new(seed ^ 0x0bad);
    let victims = victims(&rows);
    let mut planter = Planter {
        clean: rows.len(),
        rows,
        plants: Vec::new(),
        draws: &mut draws,
    };
    planter.hubs(&victims, count * 3 / 100);
    planter.fillers(&victims, count * 12 / 1_000);
    planter.disguises(&victims, count / 100);
    planter.bridges(&victims, count / 100);
    planter.chains(&victims, 3, count / 500);
    planter.crowd(&victims);
    Poisoned {
        rows: planter.rows,
        clean: planter.clean,
        plants: planter.plants,
    }
}

/// Finds who has a name, a date of birth, an address and an identifier of their own, each said beside the name: of what is
/// said beside no name nobody could tell whose it is.
fn victims(rows: &[Row]) -> Vec<Victim> {
    const ALONE: [Column; 5] = [Column::Mail, Column::Phone, Column::User, Column::Wallet, Column::Birth];
    let mut holders: BTreeMap<(usize, &str), BTreeSet<u32>> = BTreeMap::new();
    let mut names: BTreeMap<u32, &str> = BTreeMap::new();
    let mut beside: BTreeSet<(usize, &str)> = BTreeSet::new();
    for row in rows {
        for column in ALONE.into_iter().filter(|column| row.has(*column)) {
            let held = (column as usize, row.cell(column));
            holders.entry(held).or_default().insert(row.truth);
            if row.has(Column::Name) {
                beside.insert(held);
            }
        }
        let name = row.cell(Column::Name);
        let is_plain =
            name.is_ascii() && !name.contains('.') && name.split(' ').filter(|word| word.len() > 2).count() == 2;
        let is_shouted = !name.contains(|letter: char| letter.is_ascii_lowercase());
        if is_plain && !is_shouted && !name.contains(',') {
            names.entry(row.truth).or_insert(name);
        }
    }
    let mut values: BTreeMap<u32, BTreeMap<usize, String>> = BTreeMap::new();
    for ((column, text), truths) in holders {
        if let (1, Some(truth)) = (truths.len(), truths.first())
            && beside.contains(&(column, text))
        {
            values
                .entry(*truth)
                .or_default()
                .entry(column)
                .or_insert_with(|| text.to_owned());
        }
    }
    let full = |truth: &u32| {
        let values = values.get(truth)?;
        let wanted = [Column::Mail, Column::Birth].iter().chain(&TAKEN);
        let held = wanted
            .filter(|column| values.contains_key(&(**column as usize)))
            .count();
        let certain = [Column::Mail, Column::Birth, Column::User];
        (held >= 4 && certain.iter().all(|column| values.contains_key(&(*column as usize)))).then(|| values.clone())
    };
    let found = names.into_iter().filter_map(|(truth, name)| {
        full(&truth).map(|values| Victim {
            name: name.to_owned(),
            values,
        })
    });
    found.collect()
}

struct Planter<'a> {
    rows: Vec<Row>,
    clean: usize,
    plants: Vec<Plant>,
    draws: &'a mut Draws,
}

impl Planter<'_> {
    fn plant(&mut self, plant: Plant, cells: &[(Column, &str)]) {
        let mut row = Row::new(u32::MAX - self.plants.len() as u32);
        row.set(Column::Source, "planted");
        for (column, text) in cells {
            row.set(*column, text);
        }
        self.rows.push(row);
        self.plants.push(plant);
    }

    fn victim<'v>(&mut self, victims: &'v [Victim]) -> &'v Victim {
        self.draws.of(victims)
    }

    /// Returns somebody of another name and birth.
    fn other<'v>(&mut self, victims: &'v [Victim], than: &Victim) -> &'v Victim {
        let letters = |victim: &Victim| victim.name.to_ascii_lowercase();
        let words: Vec<String> = letters(than).split(' ').map(str::to_owned).collect();
        loop {
            let other = self.victim(victims);
            let related = letters(other)
                .split(' ')
                .any(|word| words.iter().any(|known| known == word));
            if !related && other.value(Column::Birth) != than.value(Column::Birth) {
                return other;
            }
        }
    }

    /// One telephone, address, wallet and user name under hundreds of names; the mail address is a victim's own.
    fn hubs(&mut self, victims: &[Victim], names: usize) {
        let stolen = self.victim(victims).value(Column::Mail).to_owned();
        let values = [
            (Column::Phone, "+31 20 7946018"),
            (Column::Mail, stolen.as_str()),
            (Column::Address, "1 Harbour Plaza"),
            (Column::Wallet, "0x00000000000000000000000000000000decafbad"),
        ];
        for (at, (column, value)) in (0u8..).zip(values) {
            for _ in 0..names {
                let (one, other) = (self.victim(victims), self.victim(victims));
                let name = format!("{} {}", first(&one.name), last(&other.name));
                self.plant(Plant::Hub(at), &[(Column::Name, &name), (column, value)]);
            }
        }
    }

    fn fillers(&mut self, victims: &[Victim], names: usize) {
        let values = [
            (Column::Mail, "no.address.given@nowhere.example"),
            (Column::User, "not-provided"),
            (Column::Wallet, "WALLETUNKNOWN"),
        ];
        for (at, (column, value)) in (0u8..).zip(values) {
            for _ in 0..names {
                let name = self.victim(victims).name.clone();
                self.plant(Plant::Filler(at), &[(Column::Name, &name), (column, value)]);
            }
        }
    }

    /// Names, user names and addresses of victims in other people's letters, beside identifiers of somebody else.
    fn disguises(&mut self, victims: &[Victim], count: usize) {
        for at in 0..count {
            let one = self.victim(victims);
            let other = self.other(victims, one);
            let (plant, disguise): (_, fn(&str, &mut Draws) -> String) = if at % 3 == 2 {
                (Plant::Hidden, hidden)
            } else {
                (Plant::LookAlike, look_alike)
            };
            let name = disguise(&one.name, self.draws);
            let user = disguise(one.value(Column::User), self.draws);
            let cells = [
                (Column::Name, name.as_str()),
                (Column::User, user.as_str()),
                (Column::Phone, other.value(Column::Phone)),
                (Column::Wallet, other.value(Column::Wallet)),
            ];
            let kept = if at % 2 == 0 { 2 } else { 4 };
            self.plant(plant, &cells[..kept]);
        }
    }

    fn bridges(&mut self, victims: &[Victim], count: usize) {
        for at in 0..count {
            let one = self.victim(victims);
            let other = self.other(victims, one);
            if at % 4 == 3 {
                self.bridge(Plant::DoubleBridge, one, other);
                self.bridge(Plant::DoubleBridge, other, one);
            } else {
                self.bridge(Plant::Bridge, one, other);
            }
        }
    }

    fn bridge(&mut self, plant: Plant, one: &Victim, other: &Victim) {
        let mut cells = vec![
            (Column::Name, one.name.as_str()),
            (Column::Birth, one.value(Column::Birth)),
            (Column::Mail, one.value(Column::Mail)),
        ];
        cells.extend(TAKEN.map(|column| (column, other.value(column))));
        self.plant(plant, &cells);
    }

    fn chains(&mut self, victims: &[Victim], chains: usize, links: usize) {
        for _ in 0..chains {
            let mut one = self.victim(victims);
            for _ in 0..links {
                let other = self.other(victims, one);
                self.bridge(Plant::Chain, one, other);
                one = other;
            }
        }
    }

    fn crowd(&mut self, victims: &[Victim]) {
        let mut row = Row::new(u32::MAX - self.plants.len() as u32);
        row.set(Column::Source, "planted");
        row.set(Column::Name, "Everybody Atonce");
        for at in 0..100 {
            let victim = self.victim(victims);
            let (column, kind) = [(Column::Mail, "mail"), (Column::Phone, "phone"), (Column::User, "user")][at % 3];
            if !victim.value(column).is_empty() {
                row.more
                    .push((format!("more_{kind}_{at:02}"), victim.value(column).to_owned()));
            }
        }
        self.rows.push(row);
        self.plants.push(Plant::Crowd);
    }
}

fn first(name: &str) -> &str {
    name.split(' ').next().unwrap_or_default()
}

fn last(name: &str) -> &str {
    name.split(' ').next_back().unwrap_or_default()
}

/// Letters of Cyrillic and Greek that cannot be told from Latin ones.
const LOOK_ALIKES: &[(char, &[char])] = &[
    ('a', &['а', 'α']),
    ('c', &['с']),
    ('e', &['е']),
    ('i', &['і', 'ι']),
    ('o', &['о', 'ο']),
    ('p', &['р', 'ρ']),
    ('s', &['ѕ']),
    ('x', &['х', 'χ']),
    ('y', &['у']),
    ('v', &['ν']),
];

/// Puts one or two letters of another script among the Latin ones.
fn look_alike(text: &str, draws: &mut Draws) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let twin = |letter: char| {
        LOOK_ALIKES
            .iter()
            .find(|(latin, _)| *latin == letter)
            .map(|(_, twins)| *twins)
    };
    // A word of one letter would not be mixed.
    let inside = |letters: &[char], at: usize| {
        let is_letter = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_alphabetic);
        is_letter(at.checked_sub(1)) || is_letter(at.checked_add(1))
    };
    let mut places: Vec<usize> = (0..letters.len())
        .filter(|at| twin(letters[*at]).is_some() && inside(&letters, *at))
        .collect();
    draws.shuffle(&mut places);
    let mut changed = 0;
    for at in places {
        if let Some(twins) = twin(letters[at])
            && changed < 2
            && inside(&letters, at)
        {
            letters[at] = *draws.of(twins);
            changed += 1;
        }
    }
    letters.into_iter().collect()
}

/// Puts marks into a text that cannot be seen, or that stand over a letter for no reason.
fn hidden(text: &str, draws: &mut Draws) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = draws.between(1, letters.len() - 1);
    letters.insert(
        at,
        *draws.of(&[
            '\u{200b}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{337}', '\u{335}', '\u{34f}',
        ]),
    );
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_rows_stay_and_every_kind_is_planted() {
        let poisoned = poisoned_people(4_000, 7);
        assert_eq!(poisoned.rows[..poisoned.clean], invented_people(4_000, 7));
        assert_eq!(poisoned.plants.len(), poisoned.rows.len() - poisoned.clean);
        let kinds: BTreeSet<Plant> = poisoned.plants.iter().copied().collect();
        assert_eq!(kinds.len(), 4 + 3 + 6, "{kinds:?}");
        let planted = poisoned.rows[poisoned.clean..].iter().zip(&poisoned.plants);
        for (row, plant) in planted {
            match plant {
                Plant::LookAlike => assert!(!row.cell(Column::User).is_ascii() || !row.cell(Column::Name).is_ascii()),
                Plant::Bridge | Plant::DoubleBridge | Plant::Chain => {
                    assert!(TAKEN.iter().filter(|column| row.has(**column)).count() >= 2);
                }
                Plant::Crowd => assert!(row.more.len() > 60),
                Plant::Hub(_) | Plant::Filler(_) | Plant::Hidden => {}
            }
        }
        assert!(poisoned.mapping().contains("more_mail_00 = email\n"));
    }
}
