//! The fictional case "Nightjar" in small: one person, a firm, accounts, a breach, wallets, a chat, a gap and a burst.

use fusion_model::derived::{
    Burst, Community, Contribution, EventKind, Gap, HourWeekday, LinkSuggestion, PairDecision, PairScore, RelationKind,
    RiskFlip, Role, Snapshot, StageNote,
};
use fusion_model::{EntityKind, JudgementState, Level, MilliBits, Property, Score, SourceKind};

use crate::snapshot_builder::{Link, SnapshotBuilder, record_id, span};

/// Builds the case; the same bytes every time.
pub fn nightjar_snapshot() -> Snapshot {
    let mut case = SnapshotBuilder::new("Nightjar");
    let hunt = case.source("nightjar_77.csv", SourceKind::Sherlock, "C3");
    let breach_file = case.source("search_v2.json", SourceKind::Breach, "B2");
    let ledger = case.source("export-0x5aAe.csv", SourceKind::Blockchain, "A1");
    let chat_file = case.source("result.json", SourceKind::Sigint, "B2");
    let register = case.source("register.csv", SourceKind::Corporate, "A2");

    let mara = case.entity(EntityKind::Person, "mara", "Mara Ellison");
    let piet = case.entity(EntityKind::Person, "piet", "Piet van Dijk");
    let firm = case.entity(EntityKind::Organization, "firm", "Halcyon Freight B.V.");
    let email = case.entity(EntityKind::Email, "email", "nightjar77@mail.example");
    let phone = case.entity(EntityKind::Phone, "phone", "+31 10 123 4567");
    let github = case.entity(EntityKind::Account, "github", "github.com/nightjar_77");
    let telegram = case.entity(EntityKind::Account, "telegram", "t.me/nightjar_77");
    let reddit = case.entity(EntityKind::Account, "reddit", "reddit.com/nightjar_77");
    let wallet = case.entity(
        EntityKind::Wallet,
        "wallet",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    );
    let other_wallet = case.entity(
        EntityKind::Wallet,
        "other-wallet",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    );
    let breach = case.entity(EntityKind::Breach, "breach", "ExampleBreach");
    let place = case.entity(EntityKind::Place, "place", "Rotterdam, Netherlands");
    let chat = case.entity(EntityKind::Chat, "chat", "Quay 7");

    let name = case.statement(breach_file, 4, "mara", Property::Name, "Mara Ellison");
    let name_chat = case.statement(chat_file, 12, "mara", Property::Name, "Ellison, Mara");
    let alias = case.statement(hunt, 2, "mara", Property::Alias, "nightjar");
    let mail = case.statement(breach_file, 4, "mara", Property::Email, "nightjar77@mail.example");
    let number = case.statement(breach_file, 4, "mara", Property::Phone, "+31101234567");
    let secret = case.statement(
        breach_file,
        4,
        "mara",
        Property::Password,
        "sealed:00112233445566778899aabbccddeeff",
    );
    let home = case.statement(hunt, 5, "mara", Property::Location, "Rotterdam, Netherlands");
    let joined = case.statement(hunt, 3, "github", Property::CreatedAt, "2015-03-02");
    let account_github = case.statement(hunt, 3, "mara", Property::Url, "https://github.com/nightjar_77");
    let account_telegram = case.statement(hunt, 8, "mara", Property::Url, "https://t.me/nightjar_77");
    let account_reddit = case.statement(
        hunt,
        9,
        "mara",
        Property::Url,
        "https://www.reddit.com/user/nightjar_77",
    );
    let breached = case.statement(breach_file, 4, "breach", Property::BreachDate, "2019-03-14");
    let officer = case.statement(register, 2, "firm", Property::Name, "Halcyon Freight B.V.");
    let owner = case.statement(
        ledger,
        2,
        "mara",
        Property::Wallet,
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    );
    let paid = case.statement(ledger, 3, "wallet", Property::Amount, "3.38973495 ETH");
    let paid_at = case.statement(ledger, 3, "wallet", Property::HappenedAt, "2023-11-14 23:13:20 UTC");
    let message = case.statement(
        chat_file,
        20,
        "telegram",
        Property::Text,
        "pay @nightjar_77 at the quay",
    );
    let reply = case.statement(chat_file, 31, "piet", Property::Name, "Piet van Dijk");

    case.fact(mara, &[name, name_chat]);
    case.fact(mara, &[mail]);
    case.fact(mara, &[number]);
    case.fact(mara, &[home]);
    case.fact(mara, &[secret]);
    case.alias(mara, "nightjar", &[alias]);
    case.fact(piet, &[reply]);
    case.fact(firm, &[officer]);
    case.fact(github, &[joined]);
    case.fact(breach, &[breached]);

    let mut link = |from, kind, to, statements: &[_], score| {
        case.relation(
            Link {
                from,
                kind,
                to,
                statements,
            },
            score,
            None,
            &[],
        );
    };
    link(mara, RelationKind::Uses, email, &[mail], 9_100);
    link(mara, RelationKind::Uses, phone, &[number], 8_800);
    link(mara, RelationKind::Owns, github, &[account_github], 7_200);
    link(mara, RelationKind::Owns, telegram, &[account_telegram], 7_400);
    link(mara, RelationKind::Owns, reddit, &[account_reddit], 5_400);
    link(mara, RelationKind::Owns, wallet, &[owner], 8_300);
    link(mara, RelationKind::ExposedIn, breach, &[mail, breached], 9_000);
    link(mara, RelationKind::LocatedAt, place, &[home], 6_100);
    link(piet, RelationKind::OfficerOf, firm, &[officer], 9_500);
    link(piet, RelationKind::MentionedWith, mara, &[message, reply], 5_200);
    link(telegram, RelationKind::Messaged, chat, &[message], 9_000);
    case.relation(
        Link {
            from: wallet,
            kind: RelationKind::Paid,
            to: other_wallet,
            statements: &[paid, paid_at],
        },
        9_700,
        Some(span("2023-11-14T23:13:20Z")),
        &["3.38973495 ETH"],
    );

    case.event(
        EventKind::Created,
        "2015-03-02",
        "account github.com/nightjar_77 was created",
        &[(github, Role::Subject)],
        &[joined],
    );
    case.event(
        EventKind::Breached,
        "2019-03-14",
        "ExampleBreach leaked the e-mail and a password",
        &[(mara, Role::Target), (breach, Role::Subject)],
        &[mail, breached],
    );
    case.event(
        EventKind::Message,
        "2023-11-14T22:14:20Z",
        "“pay @nightjar_77 at the quay” in Quay 7",
        &[(telegram, Role::Actor), (chat, Role::Venue)],
        &[message],
    );
    for minute in 15..22 {
        let date = format!("2023-11-14T22:{minute}:20Z");
        case.event(
            EventKind::Message,
            &date,
            "“ok” in Quay 7",
            &[(telegram, Role::Actor), (chat, Role::Venue)],
            &[message],
        );
    }
    case.event(
        EventKind::Transfer,
        "2023-11-14T23:13:20Z",
        "3.38973495 ETH moved",
        &[(wallet, Role::Actor), (other_wallet, Role::Target)],
        &[paid, paid_at],
    );

    let exposed = case.finding(
        mara,
        "breach-exposure",
        "The e-mail stands in 1 breach with a password.",
        "Millions of bystanders stand in breaches; it says nothing of intent.",
        &[mail, secret],
    );
    case.risk(mara, 4_100, Level::Low);
    case.alert(
        mara,
        "new-breach",
        "The e-mail nightjar77@mail.example appeared in ExampleBreach.",
        &[mail],
    );
    case.pair(PairScore {
        left: record_id("mara").min(record_id("piet")),
        right: record_id("mara").max(record_id("piet")),
        score: MilliBits(2_150),
        prior: MilliBits(-9_000),
        probability: 816_000,
        decision: PairDecision::Review,
        judgement: JudgementState::Open,
        kinds_of_evidence: 1,
        contributions: vec![Contribution {
            feature: "person-name".to_owned(),
            left: "mara ellison".to_owned(),
            right: "piet van dijk".to_owned(),
            level: 1,
            agreement: "one word agrees".to_owned(),
            held_back: String::new(),
            weight: MilliBits(1_150),
            rarity: MilliBits(1_000),
            statements: vec![name.min(reply), name.max(reply)],
        }],
        why: "a name alone goes to review".to_owned(),
    });
    case.edit(|snapshot| {
        let first = snapshot.events[2].happened.start;
        let last = snapshot.events[9].happened.start;
        let burst_events = snapshot.events[2..10].iter().map(|event| event.id).collect();
        snapshot.timeline.gaps.push(Gap {
            entity: None,
            start: span("2019-03-14").start,
            end: first,
            days: 1_706,
        });
        snapshot.timeline.bursts.push(Burst {
            entity: Some(telegram),
            start: first,
            end: last,
            events: burst_events,
            strength: Score::from_basis_points(9_900),
        });
        let mut counts = vec![0; 168];
        counts[24 + 22] = 8;
        counts[24 + 23] = 1;
        snapshot.timeline.hours.push(HourWeekday {
            entity: None,
            counts,
            implied_offset_minutes: None,
        });
        snapshot.graph.components = 2;
        snapshot.graph.modularity = 312_000;
        let mut members = vec![mara, email, phone, github, wallet];
        members.sort();
        snapshot.graph.communities.push(Community {
            number: 0,
            members,
            label: "Mara Ellison".to_owned(),
        });
        snapshot.graph.suggestions.push(LinkSuggestion {
            left: firm.min(mara),
            right: firm.max(mara),
            score: Score::from_basis_points(4_400),
            through: vec![piet],
        });
        snapshot.graph.bridges.push((piet.min(firm), piet.max(firm)));
        snapshot.notes.push(StageNote {
            stage: "block".to_owned(),
            text: "no cap was reached".to_owned(),
        });
        if let Some(entity) = snapshot.entities.iter_mut().find(|entity| entity.id == mara) {
            entity.risk.flip = Some(RiskFlip {
                source: breach_file,
                level: Level::Minimal,
                score: Score::from_basis_points(900),
            });
            entity
                .risk
                .factors
                .iter_mut()
                .for_each(|factor| factor.findings = vec![exposed]);
            entity.seen = Some(span("2015-03-02"));
            entity.network.broker = true;
            entity.network.betweenness = 512_000;
            entity.network.closeness = 700_000;
            entity.network.eigenvector = 1_000_000;
            entity.network.pagerank = 210_000;
        }
    });
    case.finish()
}
