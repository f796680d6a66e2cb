//! One invented person: what is true of them, before any source writes it down.

use super::cultures::{Culture, Name, Script};
use super::draws::{Draws, Skewed};
use super::slips::plain;

/// How a person came to be, beside strangers of whom nothing is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tie {
    None,
    /// Has a stranger's name, sometimes in the same town.
    Namesake,
    /// Has a parent's name, home and telephone.
    Child,
    /// Shares family name, home and often the telephone.
    Relative,
    /// Was given a number that a stranger had before.
    NumberHeir,
}

/// A date of birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Birth {
    pub(super) year: u32,
    pub(super) month: u32,
    pub(super) day: u32,
}

/// Where somebody lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Home {
    pub(super) number: usize,
    pub(super) street: String,
    pub(super) kind: usize,
}

/// Where somebody works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Firm {
    pub(super) name: String,
    pub(super) legal_form: &'static str,
    pub(super) host: String,
    pub(super) switchboard: String,
}

/// What is true of somebody. Where there are several values the first is the usual one.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) script: Script,
    pub(super) culture: usize,
    pub(super) given: Name,
    pub(super) middle: Option<Name>,
    pub(super) family: Name,
    pub(super) former_family: Option<Name>,
    pub(super) birth: Birth,
    pub(super) country: (&'static str, &'static str),
    /// Towns, each with its other spellings.
    pub(super) towns: Vec<Vec<String>>,
    pub(super) homes: Vec<Home>,
    pub(super) phones: Vec<String>,
    pub(super) users: Vec<String>,
    /// The last one is at work.
    pub(super) mails: Vec<String>,
    pub(super) firms: Vec<Firm>,
    pub(super) ips: Vec<String>,
    pub(super) wallets: Vec<String>,
}

/// Makes people, each knowing some of those made before.
#[derive(Debug)]
pub(super) struct Population {
    cultures: Vec<Culture>,
    culture_draw: Skewed,
    firms: Vec<Firm>,
    firm_draw: Skewed,
    known: Vec<Person>,
}

/// How many earlier people somebody may be tied to.
const KNOWN: usize = 2_000;

const STREETS: &[&str] = &[
    "Abbey",
    "Acacia",
    "Beech",
    "Brewery",
    "Canal",
    "Cathedral",
    "Cherry",
    "Cliff",
    "College",
    "Dock",
    "Farm",
    "Forge",
    "Foundry",
    "Glebe",
    "Granary",
    "Harbour",
    "Heath",
    "Holly",
    "Ivy",
    "Juniper",
    "Lock",
    "Market",
    "Meadow",
    "Mill",
    "Orchard",
    "Poplar",
    "Quay",
    "Quarry",
    "Rectory",
    "Rose",
    "Rowan",
    "School",
    "Temple",
    "Tower",
    "Vine",
    "Weir",
    "Willow",
    "Windmill",
];
pub(super) const STREET_KINDS: &[(&str, &str)] = &[
    ("Street", "St"),
    ("Road", "Rd"),
    ("Avenue", "Ave"),
    ("Lane", "Ln"),
    ("Close", "Cl"),
    ("Drive", "Dr"),
];
const FIRM_HEADS: &[&str] = &[
    "Amber",
    "Anchor",
    "Borealis",
    "Castor",
    "Cobalt",
    "Compass",
    "Crescent",
    "Ember",
    "Fathom",
    "Granite",
    "Heron",
    "Ionic",
    "Keystone",
    "Lantern",
    "Meridian",
    "Northlight",
    "Opal",
    "Polaris",
    "Quill",
    "Ridge",
    "Sable",
    "Tidal",
    "Umbra",
    "Vantage",
    "Westerly",
    "Zenith",
];
const FIRM_TAILS: &[&str] = &[
    "Assurance",
    "Brewing",
    "Cargo",
    "Chemicals",
    "Clinics",
    "Design",
    "Dredging",
    "Estates",
    "Freight",
    "Glass",
    "Insurance",
    "Labs",
    "Optics",
    "Paper",
    "Ports",
    "Rail",
    "Salvage",
    "Seeds",
    "Tools",
    "Ventures",
];
const LEGAL_FORMS: &[&str] = &["Ltd", "Limited", "LLC", "Inc", "GmbH", "B.V.", "PLC", "S.A.", ""];
const HANDLE_WORDS: &[&str] = &[
    "amber", "badger", "comet", "drift", "echo", "falcon", "glacier", "harbor", "indigo", "jackdaw", "kestrel", "lynx",
    "marble", "nettle", "orbit", "pepper", "quartz", "rook", "saffron", "thistle", "umber", "velvet", "willow",
    "yonder", "zephyr", "magpie", "pilot", "copper", "winter", "sparrow",
];
/// Hosts of electronic mail; nobody can be reached under `.example`.
const MAIL_HOSTS: &[(&str, u64)] = &[
    ("gmail.com.example", 40),
    ("mail.example", 14),
    ("post.example", 9),
    ("inbox.example", 8),
    ("letters.example", 5),
    ("web.example", 4),
    ("quick.example", 3),
    ("proton.example", 3),
    ("home.example", 2),
];

impl Population {
    pub(super) fn new(cultures: Vec<Culture>, draws: &mut Draws) -> Self {
        let mut firms = Vec::new();
        for head in FIRM_HEADS {
            for tail in FIRM_TAILS {
                let ending = *draws.of(&["com", "com", "net", "org"]);
                firms.push(Firm {
                    name: format!("{head} {tail}"),
                    legal_form: LEGAL_FORMS[draws.below(LEGAL_FORMS.len())],
                    host: format!(
                        "{}{}.{ending}.example",
                        head.to_ascii_lowercase(),
                        tail.to_ascii_lowercase()
                    ),
                    switchboard: number(draws),
                });
            }
        }
        draws.shuffle(&mut firms);
        Self {
            culture_draw: Skewed::by(cultures.iter().map(|culture| culture.share)),
            firm_draw: Skewed::names(firms.len(), 4),
            cultures,
            firms,
            known: Vec::new(),
        }
    }

    /// Makes the next person.
    pub(super) fn next(&mut self, draws: &mut Draws) -> Person {
        let tie = match draws.below(1_000) {
            _ if self.known.is_empty() => Tie::None,
            0..30 => Tie::Namesake,
            30..40 => Tie::Child,
            40..160 => Tie::Relative,
            160..170 => Tie::NumberHeir,
            _ => Tie::None,
        };
        let other = (tie != Tie::None).then(|| draws.of(&self.known).clone());
        let tied_culture = other
            .as_ref()
            .filter(|_| tie != Tie::NumberHeir)
            .map(|other| other.culture);
        let drawn = self.culture_draw.draw(draws);
        let person = self.person(tied_culture.unwrap_or(drawn), tie, other.as_ref(), draws);
        if self.known.len() < KNOWN {
            self.known.push(person.clone());
        } else {
            let at = draws.below(KNOWN);
            self.known[at] = person.clone();
        }
        person
    }

    fn person(&self, at: usize, tie: Tie, other: Option<&Person>, draws: &mut Draws) -> Person {
        let culture = &self.cultures[at];
        let given = |draws: &mut Draws| culture.given[culture.given_draw.draw(draws)].clone();
        let family = |draws: &mut Draws| culture.family[culture.family_draw.draw(draws)].clone();
        let spread = (0..4).map(|_| draws.below(20)).sum::<usize>();
        let several = |draws: &mut Draws, more: usize| 1 + usize::from(draws.happens(more));
        let mut person = Person {
            script: culture.script,
            culture: at,
            given: given(draws),
            middle: draws.happens(340).then(|| given(draws)),
            family: family(draws),
            former_family: draws.happens(40).then(|| family(draws)),
            birth: Birth {
                year: (1_938 + spread) as u32,
                month: draws.between(1, 12) as u32,
                day: draws.between(1, 28) as u32,
            },
            country: *draws.of(&culture.countries),
            towns: (0..several(draws, 300))
                .map(|_| draws.of(&culture.towns).clone())
                .collect(),
            homes: (0..several(draws, 300)).map(|_| home(draws)).collect(),
            phones: (0..several(draws, 350)).map(|_| number(draws)).collect(),
            users: Vec::new(),
            mails: Vec::new(),
            firms: (0..several(draws, 250))
                .map(|_| self.firms[self.firm_draw.draw(draws)].clone())
                .collect(),
            ips: (0..draws.between(1, 3)).map(|_| ip(draws)).collect(),
            wallets: (0..several(draws, 300)).map(|_| wallet(draws)).collect(),
        };
        if let Some(other) = other {
            person.bind(tie, other, draws);
        }
        person.sign_up(draws);
        person
    }
}

impl Person {
    fn bind(&mut self, tie: Tie, other: &Self, draws: &mut Draws) {
        let move_in = |person: &mut Self| {
            (person.homes, person.towns) = (vec![other.homes[0].clone()], vec![other.towns[0].clone()]);
            person.country = other.country;
        };
        match tie {
            Tie::None => {}
            Tie::Namesake => {
                (self.given, self.family, self.middle) =
                    (other.given.clone(), other.family.clone(), other.middle.clone());
                if draws.happens(400) {
                    self.towns = vec![other.towns[0].clone()];
                }
            }
            Tie::Child => {
                (self.given, self.family) = (other.given.clone(), other.family.clone());
                self.birth.year = (other.birth.year + draws.between(21, 39) as u32).min(2_012);
                move_in(self);
                self.phones.insert(0, other.phones[0].clone());
            }
            Tie::Relative => {
                self.family = other.family.clone();
                move_in(self);
                if draws.happens(600) {
                    self.phones.insert(0, other.phones[0].clone());
                }
                if draws.happens(60) {
                    self.birth = other.birth;
                }
            }
            Tie::NumberHeir => self.phones = vec![other.phones[0].clone()],
        }
    }

    /// Gives the person user names and addresses, most of them made of the name.
    fn sign_up(&mut self, draws: &mut Draws) {
        for _ in 0..draws.between(1, 3) {
            let user = self.handle(draws);
            self.users.push(user);
        }
        let hosts = Skewed::by(MAIL_HOSTS.iter().map(|host| host.1));
        for _ in 0..draws.between(1, 3) {
            let mut local = if draws.happens(450) {
                self.users[0].clone()
            } else {
                self.handle(draws)
            };
            if draws.happens(280) {
                local.push_str(&draws.between(1, 998).to_string());
            }
            let host = MAIL_HOSTS[hosts.draw(draws)].0;
            self.mails.push(format!("{local}@{host}"));
        }
        let (given, family) = self.letters();
        self.mails.push(format!("{given}.{family}@{}", self.firms[0].host));
    }

    fn letters(&self) -> (String, String) {
        let letters = |name: &Name| {
            let plain = plain(&name.latin[0]).to_ascii_lowercase();
            plain.chars().filter(char::is_ascii_alphanumeric).collect::<String>()
        };
        (letters(&self.given), letters(&self.family))
    }

    fn handle(&self, draws: &mut Draws) -> String {
        let (given, family) = self.letters();
        let initial = given.get(..1).unwrap_or_default();
        let (word, more) = (*draws.of(HANDLE_WORDS), *draws.of(HANDLE_WORDS));
        match draws.below(100) {
            0..24 => format!("{given}{family}"),
            24..39 => format!("{given}.{family}"),
            39..51 => format!("{initial}{family}{:02}", self.birth.year % 100),
            51..62 => format!("{given}_{}", draws.between(10, 9_998)),
            62..72 => format!("{family}{initial}{}", draws.between(1, 98)),
            72..86 => format!("{word}_{more}{}", draws.below(1_000)),
            _ => format!("{word}{given}{}", draws.below(100)),
        }
    }
}

fn home(draws: &mut Draws) -> Home {
    Home {
        number: draws.between(1, 240),
        street: (*draws.of(STREETS)).to_owned(),
        kind: draws.below(STREET_KINDS.len()),
    }
}

/// A national number without its leading zero.
pub(super) fn number(draws: &mut Draws) -> String {
    draws.between(200_000_000, 9_999_999_998).to_string()
}

pub(super) fn ip(draws: &mut Draws) -> String {
    format!(
        "{}.{}.{}.{}",
        draws.between(11, 222),
        draws.below(256),
        draws.below(256),
        draws.between(1, 254)
    )
}

pub(super) fn wallet(draws: &mut Draws) -> String {
    const SIGNS: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    if draws.happens(500) {
        let digits = (0..3)
            .map(|_| format!("{:016x}", draws.next_number()))
            .collect::<String>();
        return format!("0x{}", &digits[..40]);
    }
    let signs = (0..32).map(|_| char::from(*draws.of(SIGNS)));
    std::iter::once('1').chain(signs).collect()
}
