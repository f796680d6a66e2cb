//! Every rule with a case that it must hit and one that it must miss.
#![allow(clippy::unwrap_used)]

use fusion_model::derived::RelationKind;
use fusion_model::{Credibility, EntityKind, Property, RawRecord, SourceKind};

use super::RISK_RULES;
use crate::staged::{Case, graded, link, person, record};

const WALLETS: [&str; 4] = [
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
];
const SEALED: &str = "sealed:00112233445566778899aabbccddeeff";

type Said<'s> = &'s [(Property, &'s str, &'s str)];

fn says(case: &mut Case, said: Said<'_>) {
    let source = case.osint("page");
    case.row(source, vec![person("p", said)], vec![]);
}

fn account(user: &str, site: &str, said: Said<'_>) -> RawRecord {
    let all: Vec<_> = [(Property::Account, user, site)]
        .into_iter()
        .chain(said.iter().copied())
        .collect();
    record(EntityKind::Account, &format!("{site}/{user}"), &all)
}

fn owns(case: &mut Case, things: Vec<RawRecord>) {
    let source = case.osint("owned");
    for thing in things {
        case.row(
            source,
            vec![person("p", &[(Property::Name, "Ada North", "")]), thing],
            vec![graded(0, 1, RelationKind::Owns, Credibility::ProbablyTrue)],
        );
    }
}

fn wallet(number: usize) -> RawRecord {
    record(
        EntityKind::Wallet,
        WALLETS[number],
        &[(Property::Wallet, WALLETS[number], "")],
    )
}

fn exposed(case: &mut Case, breaches: &[&str], said: Said<'_>) {
    for name in breaches {
        let source = case.source(name, SourceKind::Breach, name);
        let breach = record(
            EntityKind::Breach,
            name,
            &[
                (Property::BreachName, name, ""),
                (Property::BreachDate, "2019-03-14", ""),
            ],
        );
        case.row(
            source,
            vec![person("p", said), breach],
            vec![link(0, 1, RelationKind::ExposedIn, &[])],
        );
    }
}

fn acts(case: &mut Case, moments: &[String]) {
    let source = case.source("chat", SourceKind::Sigint, "chat");
    let chat = || record(EntityKind::Chat, "room", &[(Property::ChatId, "1", "telegram")]);
    for moment in moments {
        let said = [
            (Property::HappenedAt, moment.as_str(), ""),
            (Property::Text, "see you at the quay", ""),
        ];
        case.row(
            source,
            vec![account("ada", "t.me", &[]), chat()],
            vec![link(0, 1, RelationKind::Messaged, &said)],
        );
    }
}

fn paid(case: &mut Case, from: usize, to: usize) {
    let source = case.source("ledger", SourceKind::Blockchain, "ledger");
    let said = [
        (Property::Amount, "1.5", "ETH"),
        (Property::HappenedAt, "2023-11-14T22:13:20Z", ""),
    ];
    case.row(
        source,
        vec![wallet(from), wallet(to)],
        vec![link(0, 1, RelationKind::Paid, &said)],
    );
}

fn seconds(count: usize, step: usize) -> Vec<String> {
    (0..count)
        .map(|at| format!("2023-11-14T22:{:02}:{:02}Z", at * step / 60, at * step % 60))
        .collect()
}

fn days(days: &[u32]) -> Vec<String> {
    days.iter()
        .map(|day| format!("2023-{:02}-{:02}T10:00:00Z", (day - 1) / 28 + 1, (day - 1) % 28 + 1))
        .collect()
}

/// Names a rule, a case it must hit and a case it must miss.
struct Row {
    rule: &'static str,
    hit: fn(&mut Case),
    miss: fn(&mut Case),
}

const ROWS: &[Row] = &[
    Row {
        rule: "breach-exposure",
        hit: |case| exposed(case, &["One"], &[(Property::Name, "Ada North", "")]),
        miss: |case| says(case, &[(Property::Name, "Ada North", "")]),
    },
    Row {
        rule: "repeated-breaches",
        hit: |case| exposed(case, &["One", "Two", "Three"], &[(Property::Name, "Ada North", "")]),
        miss: |case| exposed(case, &["One", "Two"], &[(Property::Name, "Ada North", "")]),
    },
    Row {
        rule: "exposed-secret",
        hit: |case| says(case, &[(Property::PasswordHash, "sealed:weak", "")]),
        miss: |case| says(case, &[(Property::Email, "ada@mail.example", "")]),
    },
    Row {
        rule: "reused-secret",
        hit: |case| exposed(case, &["One", "Two"], &[(Property::Password, SEALED, "")]),
        miss: |case| exposed(case, &["One"], &[(Property::Password, SEALED, "")]),
    },
    Row {
        rule: "many-aliases",
        hit: |case| {
            says(
                case,
                &[
                    (Property::Name, "Ada North", ""),
                    (Property::Alias, "A. North", ""),
                    (Property::Handle, "ada", ""),
                    (Property::Handle, "north", ""),
                ],
            );
        },
        miss: |case| {
            says(
                case,
                &[
                    (Property::Name, "Ada North", ""),
                    (Property::Alias, "A. North", ""),
                    (Property::Handle, "ada", ""),
                ],
            );
        },
    },
    Row {
        rule: "many-wallets",
        hit: |case| owns(case, vec![wallet(0), wallet(1)]),
        miss: |case| owns(case, vec![wallet(0)]),
    },
    Row {
        rule: "dispersion",
        hit: |case| {
            owns(
                case,
                (0..8)
                    .map(|site| account("ada", &format!("site{site}.example"), &[]))
                    .collect(),
            );
        },
        miss: |case| {
            owns(
                case,
                (0..7)
                    .map(|site| account("ada", &format!("site{site}.example"), &[]))
                    .collect(),
            );
        },
    },
    Row {
        rule: "rapid-activity",
        hit: |case| acts(case, &seconds(10, 20)),
        miss: |case| acts(case, &seconds(10, 60)),
    },
    Row {
        rule: "anonymiser",
        hit: |case| says(case, &[(Property::Email, "ada@protonmail.com", "")]),
        miss: |case| says(case, &[(Property::Email, "ada@notprotonmail.com", "")]),
    },
    Row {
        rule: "disposable-email",
        hit: |case| says(case, &[(Property::Email, "ada@mailinator.com", "")]),
        miss: |case| says(case, &[(Property::Email, "ada@mail.example", "")]),
    },
    Row {
        rule: "flagged-neighbour",
        hit: |case| {
            case.rules.risk.indicators.wallets = vec![WALLETS[1].to_owned()];
            owns(case, vec![wallet(0)]);
            paid(case, 0, 1);
        },
        miss: |case| {
            owns(case, vec![wallet(0)]);
            paid(case, 0, 1);
        },
    },
    Row {
        rule: "mixer",
        hit: |case| {
            case.rules.risk.indicators.mixers = vec![WALLETS[1].to_lowercase()];
            owns(case, vec![wallet(0)]);
            paid(case, 0, 1);
        },
        miss: |case| {
            case.rules.risk.indicators.mixers = vec![WALLETS[1].to_owned()];
            owns(case, vec![wallet(0)]);
            paid(case, 0, 2);
        },
    },
    Row {
        rule: "sanctioned-wallet",
        hit: |case| {
            case.rules.risk.indicators.wallets = vec![WALLETS[0].to_owned()];
            owns(case, vec![wallet(0)]);
        },
        miss: |case| {
            case.rules.risk.indicators.wallets = vec![WALLETS[1].to_owned()];
            owns(case, vec![wallet(0)]);
        },
    },
    Row {
        rule: "listed-country",
        hit: |case| says(case, &[(Property::Country, "North Korea", "")]),
        miss: |case| says(case, &[(Property::Country, "Netherlands", "")]),
    },
    Row {
        rule: "many-countries",
        hit: |case| {
            says(
                case,
                &[
                    (Property::Country, "Netherlands", ""),
                    (Property::Country, "Chile", ""),
                    (Property::Nationality, "Kenya", ""),
                ],
            );
        },
        miss: |case| {
            says(
                case,
                &[
                    (Property::Country, "Netherlands", ""),
                    (Property::Nationality, "Netherlands", ""),
                    (Property::Country, "Chile", ""),
                ],
            );
        },
    },
    Row {
        rule: "burst",
        hit: |case| {
            let mut moments = days(&[1, 40, 80, 120, 160, 200, 240, 280]);
            moments.extend(seconds(8, 60));
            acts(case, &moments);
        },
        miss: |case| acts(case, &days(&[1, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200])),
    },
    Row {
        rule: "dormancy",
        hit: |case| acts(case, &days(&[1, 2, 200])),
        miss: |case| acts(case, &days(&[1, 100, 200])),
    },
    Row {
        rule: "creation-spree",
        hit: |case| {
            owns(
                case,
                ["05", "06", "11"]
                    .map(|day| {
                        account(
                            "ada",
                            &format!("d{day}.example"),
                            &[(Property::CreatedAt, &format!("2023-11-{day}"), "")],
                        )
                    })
                    .into(),
            );
        },
        miss: |case| {
            owns(
                case,
                ["05", "06", "12"]
                    .map(|day| {
                        account(
                            "ada",
                            &format!("d{day}.example"),
                            &[(Property::CreatedAt, &format!("2023-11-{day}"), "")],
                        )
                    })
                    .into(),
            );
        },
    },
    Row {
        rule: "time-contradiction",
        hit: |case| {
            says(
                case,
                &[
                    (Property::BirthDate, "1984-05-03", ""),
                    (Property::BirthDate, "1985", ""),
                ],
            );
        },
        miss: |case| {
            says(
                case,
                &[
                    (Property::BirthDate, "1984-05-03", ""),
                    (Property::BirthDate, "1984", ""),
                ],
            );
        },
    },
    Row {
        rule: "keyword",
        hit: |case| says(case, &[(Property::Bio, "Selling FULLZ, cheap", "")]),
        miss: |case| says(case, &[(Property::Bio, "A scarding of wool", "")]),
    },
    Row {
        rule: "listed-domain",
        hit: |case| {
            case.rules.risk.indicators.domains = vec!["bad.example".to_owned()];
            says(case, &[(Property::Url, "https://shop.bad.example/x", "")]);
        },
        miss: |case| {
            case.rules.risk.indicators.domains = vec!["bad.example".to_owned()];
            says(case, &[(Property::Url, "https://notbad.example/bad.example", "")]);
        },
    },
    Row {
        rule: "watch-list",
        hit: |case| {
            case.rules.risk.indicators.watch_list = vec!["NORTH, Ada".to_owned()];
            says(case, &[(Property::Name, "Ada North", "")]);
        },
        miss: |case| {
            case.rules.risk.indicators.watch_list = vec!["Ada Northe".to_owned()];
            says(case, &[(Property::Name, "Ada North", "")]);
        },
    },
];

fn rules_that_hit(build: fn(&mut Case)) -> Vec<String> {
    let mut case = Case::default();
    build(&mut case);
    case.fuse()
        .assessment
        .findings
        .into_iter()
        .map(|finding| finding.rule)
        .collect()
}

#[test]
fn every_rule_hits_and_misses() {
    for row in ROWS {
        assert!(
            rules_that_hit(row.hit).iter().any(|rule| rule == row.rule),
            "{} should hit",
            row.rule
        );
        assert!(
            !rules_that_hit(row.miss).iter().any(|rule| rule == row.rule),
            "{} should miss",
            row.rule
        );
    }
}

#[test]
fn every_rule_has_a_row() {
    let tested: Vec<&str> = ROWS.iter().map(|row| row.rule).collect();
    for rule in RISK_RULES {
        assert!(tested.contains(&rule.id), "{} has no row", rule.id);
        assert!(
            rule.innocent.ends_with('.') && rule.recommendation.ends_with('.'),
            "{}",
            rule.id
        );
    }
    assert_eq!(tested.len(), RISK_RULES.len());
}

#[test]
fn a_rule_that_is_switched_off_finds_nothing() {
    let mut case = Case::default();
    says(&mut case, &[(Property::Bio, "Selling FULLZ, cheap", "")]);
    case.rules.risk.rules.keyword.enabled = false;
    assert!(case.fuse().assessment.findings.is_empty());
}
