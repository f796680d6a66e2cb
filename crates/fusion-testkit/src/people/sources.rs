//! What sources write down of a person: each fills some columns, in its own spelling, with its own mistakes.

use super::cultures::Script;
use super::draws::{Draws, Skewed};
use super::person::{Birth, Firm, Person, STREET_KINDS, ip, wallet};
use super::slips::{plain, slip, umlauts};
use super::{Column, Row};

/// A kind of source: its name, how often it writes, and how often in a thousand it fills name, birth, mail, telephone,
/// user name, address, town, country, firm, internet address and wallet.
struct Source {
    name: &'static str,
    share: u64,
    fills: [usize; 11],
}

const SOURCES: &[Source] = &[
    Source {
        name: "register",
        share: 16,
        fills: [1_000, 950, 40, 100, 0, 900, 900, 950, 450, 0, 0],
    },
    Source {
        name: "breach",
        share: 22,
        fills: [360, 200, 950, 400, 700, 50, 200, 300, 0, 700, 30],
    },
    Source {
        name: "network",
        share: 17,
        fills: [850, 250, 150, 100, 950, 0, 600, 400, 300, 0, 20],
    },
    Source {
        name: "exchange",
        share: 8,
        fills: [800, 600, 850, 550, 300, 100, 200, 700, 0, 700, 850],
    },
    Source {
        name: "directory",
        share: 12,
        fills: [1_000, 0, 0, 1_000, 0, 800, 950, 300, 0, 0, 0],
    },
    Source {
        name: "customers",
        share: 17,
        fills: [980, 150, 850, 750, 0, 300, 600, 500, 850, 0, 0],
    },
    Source {
        name: "forum",
        share: 8,
        fills: [150, 30, 500, 0, 1_000, 0, 200, 200, 0, 800, 150],
    },
];

const FILLER_USERS: &[&str] = &["admin", "user", "test", "guest", "unknown", "anonymous", "default"];
const FILLER_MAILS: &[&str] = &["none@none.com", "test@test.com", "noreply@example.com", "na@na.com"];
const FILLER_PHONES: &[&str] = &["0000000000", "1234567890", "9999999999", "n/a", "+1 555 0100"];
const FILLER_BIRTHS: &[&str] = &["1900-01-01", "1970-01-01", "0000-00-00", "2000-01-01"];
const MONTHS: &[&str] = &[
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Writes rows.
#[derive(Debug)]
pub(super) struct Scribe {
    source_draw: Skewed,
    /// Exits that many share.
    exits: Vec<String>,
    /// Wallets of exchanges that many pay to.
    pools: Vec<String>,
}

impl Scribe {
    pub(super) fn new(draws: &mut Draws) -> Self {
        Self {
            source_draw: Skewed::by(SOURCES.iter().map(|source| source.share)),
            exits: (0..40).map(|_| ip(draws)).collect(),
            pools: (0..12).map(|_| wallet(draws)).collect(),
        }
    }

    /// Writes one row of a person.
    pub(super) fn row(&self, person: &Person, truth: u32, draws: &mut Draws) -> Row {
        let source = &SOURCES[self.source_draw.draw(draws)];
        let [
            named,
            born,
            mailed,
            called,
            signed,
            housed,
            placed,
            nation,
            employed,
            online,
            paid,
        ] = source.fills.map(|per_mille| draws.happens(per_mille));
        let firm = usual(&person.firms, draws).clone();
        let is_customer = source.name == "customers";
        let mut row = Row::new(truth);
        row.set(Column::Source, source.name);
        if named {
            row.set(Column::Name, &name(person, draws));
        }
        if born {
            row.set(Column::Birth, &birth(person.birth, draws));
        }
        if mailed {
            row.set(Column::Mail, &mail(person, &firm, is_customer, draws));
        }
        if called {
            row.set(Column::Phone, &phone(person, &firm, is_customer, draws));
        }
        if signed {
            row.set(Column::User, &user(person, draws));
        }
        if housed {
            row.set(Column::Address, &address(person, draws));
        }
        if placed {
            row.set(Column::Town, &town(person, draws));
        }
        if nation {
            row.set(Column::Country, person.country.0);
        }
        if employed {
            row.set(Column::Firm, &written_firm(&firm, draws));
        }
        if online {
            let own = if draws.happens(180) {
                draws.of(&self.exits)
            } else {
                usual(&person.ips, draws)
            };
            row.set(Column::Ip, own);
        }
        if paid {
            let own = if draws.happens(60) {
                draws.of(&self.pools)
            } else {
                usual(&person.wallets, draws)
            };
            row.set(Column::Wallet, own);
        }
        let nameable = row.has(Column::Name)
            && [Column::Birth, Column::Phone, Column::Address, Column::Firm]
                .iter()
                .any(|column| row.has(*column));
        if !nameable
            && ![Column::Mail, Column::User, Column::Wallet]
                .iter()
                .any(|column| row.has(*column))
        {
            // A row that says nothing by which anybody could be told is of no use to any test.
            row.set(Column::Mail, &person.mails[0]);
            if draws.happens(500) {
                row.set(Column::Name, &name(person, draws));
            }
        }
        row
    }
}

fn usual<'a, T>(several: &'a [T], draws: &mut Draws) -> &'a T {
    if several.len() == 1 || draws.happens(650) {
        &several[0]
    } else {
        draws.of(several)
    }
}

fn name(person: &Person, draws: &mut Draws) -> String {
    let family = match &person.former_family {
        Some(former) if draws.happens(450) => former,
        _ => &person.family,
    };
    if person.script != Script::Latin && draws.happens(150) {
        return match person.script {
            Script::Han => format!("{}{}", family.own, person.given.own),
            _ => format!("{} {}", person.given.own, family.own),
        };
    }
    let spelt = |forms: &[String], draws: &mut Draws| {
        if draws.happens(550) {
            forms[0].clone()
        } else {
            draws.of(forms).clone()
        }
    };
    let (mut first, mut last) = (spelt(&person.given.latin, draws), spelt(&family.latin, draws));
    let mut middle = match &person.middle {
        Some(name) if draws.happens(500) => {
            let whole = name.latin[0].clone();
            match draws.below(10) {
                0..3 => format!("{}.", initial(&whole)),
                3..6 => initial(&whole),
                _ => whole,
            }
        }
        _ => String::new(),
    };
    match draws.below(100) {
        0..12 if !person.given.short.is_empty() => first = draws.of(&person.given.short).clone(),
        12..18 => {
            first = format!("{}{}", initial(&first), if draws.happens(500) { "." } else { "" });
            middle = initial(&middle);
        }
        _ => {}
    }
    match draws.below(100) {
        0..7 => first = slip(&first, draws),
        7..16 => last = slip(&last, draws),
        16 => (first, last) = (slip(&first, draws), slip(&last, draws)),
        _ => {}
    }
    if last.contains('-') && draws.happens(300) {
        last = last.replace('-', " ");
    }
    if last.contains(' ') && person.culture == 1 && draws.happens(400) {
        last = last.split(' ').next().unwrap_or_default().to_owned();
    }
    let given = if middle.is_empty() {
        first
    } else {
        format!("{first} {middle}")
    };
    let turned = if person.script == Script::Han { 50 } else { 15 };
    let mut whole = match draws.below(100) {
        0..10 => format!("{last}, {given}"),
        order if order < turned => format!("{last} {given}"),
        _ => format!("{given} {last}"),
    };
    match draws.below(100) {
        0..10 => whole = umlauts(&whole),
        10..45 => whole = plain(&whole),
        _ => {}
    }
    match draws.below(100) {
        0..12 => whole.to_uppercase(),
        12..24 => whole.to_lowercase(),
        24..27 => format!("{}{whole}", draws.of(&["Dr. ", "Mr ", "Ms ", "Mrs. "])),
        _ => whole,
    }
}

fn initial(word: &str) -> String {
    word.chars().take(1).collect()
}

fn birth(birth: Birth, draws: &mut Draws) -> String {
    if draws.happens(12) {
        return (*draws.of(FILLER_BIRTHS)).to_owned();
    }
    let Birth {
        mut year,
        mut month,
        mut day,
    } = birth;
    match draws.below(1_000) {
        0..30 => year = year + *draws.of(&[0, 2, 11]) - 1,
        30..50 => day = 1 + (day + draws.below(26) as u32) % 28,
        50..65 if day <= 12 => (month, day) = (day, month),
        65..80 => year = year / 100 * 100 + year % 10 * 10 + year / 10 % 10,
        _ => {}
    }
    match draws.below(100) {
        0..68 => format!("{year:04}-{month:02}-{day:02}"),
        68..84 => format!("{day:02}/{month:02}/{year:04}"),
        84..93 => format!("{day} {} {year:04}", MONTHS[(month - 1) as usize]),
        _ => format!("{year:04}"),
    }
}

fn mail(person: &Person, firm: &Firm, is_customer: bool, draws: &mut Draws) -> String {
    match draws.below(1_000) {
        0..15 => return (*draws.of(FILLER_MAILS)).to_owned(),
        15..35 => return format!("info@{}", firm.host),
        _ => {}
    }
    let at_work = person.mails.last().filter(|_| is_customer && draws.happens(600));
    let mail = at_work.unwrap_or_else(|| usual(&person.mails, draws));
    match draws.below(1_000) {
        0..30 => slip(mail, draws),
        30..80 => mail.to_uppercase(),
        80..110 => mail.replacen('@', &format!("+{}@", draws.of(&["shop", "news", "lists"])), 1),
        _ => mail.clone(),
    }
}

fn phone(person: &Person, firm: &Firm, is_customer: bool, draws: &mut Draws) -> String {
    let own = match draws.below(1_000) {
        0..20 => return (*draws.of(FILLER_PHONES)).to_owned(),
        20..300 if is_customer => &firm.switchboard,
        _ => usual(&person.phones, draws),
    };
    let mut digits = own.clone().into_bytes();
    if draws.happens(25) {
        let at = draws.below(digits.len());
        digits[at] = b'0' + draws.below(10) as u8;
    }
    let digits: String = digits.into_iter().map(char::from).collect();
    let (code, head, middle, tail) = (person.country.1, &digits[..3], &digits[3..6], &digits[6..]);
    match draws.below(100) {
        0..30 => format!("+{code}{digits}"),
        30..45 => format!("+{code} {head} {middle} {tail}"),
        45..60 => format!("00{code}{digits}"),
        60..80 => format!("0{digits}"),
        80..90 => format!("({head}) {middle}-{tail}"),
        _ => digits,
    }
}

fn user(person: &Person, draws: &mut Draws) -> String {
    if draws.happens(25) {
        return (*draws.of(FILLER_USERS)).to_owned();
    }
    let own = usual(&person.users, draws);
    match draws.below(100) {
        0..5 => own.to_uppercase(),
        5..9 => format!("@{own}"),
        9..14 => format!("{own}{}", draws.below(10)),
        _ => own.clone(),
    }
}

fn address(person: &Person, draws: &mut Draws) -> String {
    let home = usual(&person.homes, draws);
    let street = if draws.happens(40) {
        slip(&home.street, draws)
    } else {
        home.street.clone()
    };
    let (long, short) = STREET_KINDS[home.kind];
    format!(
        "{} {street} {}",
        home.number,
        if draws.happens(400) { short } else { long }
    )
}

fn town(person: &Person, draws: &mut Draws) -> String {
    let forms = usual(&person.towns, draws);
    match draws.below(100) {
        0..30 => draws.of(forms).clone(),
        30..50 => plain(&forms[0]),
        50..53 => slip(&forms[0], draws),
        _ => forms[0].clone(),
    }
}

fn written_firm(firm: &Firm, draws: &mut Draws) -> String {
    let mut whole = firm.name.clone();
    if !firm.legal_form.is_empty() && draws.happens(700) {
        whole = format!("{whole} {}", firm.legal_form);
    }
    match draws.below(100) {
        0..5 => slip(&whole, draws),
        5..15 => whole.to_uppercase(),
        _ => whole,
    }
}
