//! Section `risk`: how dangerous an entity is, and which findings say so.

use fusion_model::Score;

use crate::rules::schema::section;

section! {
    /// Says how dangerous an entity is.
    Risk {
        /// Scores from which each band begins.
        thresholds: sub(RiskThresholds) = built_in;
        /// How much each factor weighs; the factors add up to 1.
        weights: sub(RiskWeights) = built_in;
        /// Breaches from which exposure counts as repeated.
        repeated_breaches_from: count in 2 to 1_000 = 3;
        /// Names and user names from which aliases count as many.
        many_aliases_from: count in 2 to 1_000 = 4;
        /// Wallets of one owner from which they count as many.
        many_wallets_from: count in 2 to 1_000 = 2;
        /// Platforms of one person from which presence counts as dispersed.
        dispersion_from: count in 2 to 1_000 = 8;
        /// Countries of one person from which presence counts as scattered.
        many_countries_from: count in 2 to 1_000 = 3;
        /// Score from which an entity counts as flagged for its neighbours.
        flagged_from: share = 5_000;
        /// Part of a neighbour's risk that each step lets through.
        exposure_decay: share = 5_000;
        /// Every rule with its switch and weight.
        rules: sub(RiskRules) = built_in;
        /// Lists of known indicators.
        indicators: sub(Indicators) = built_in;
    }
}

section! {
    /// Sets the scores from which the bands begin.
    RiskThresholds {
        /// Act now.
        critical: share = 9_000 / 8_500;
        /// Act soon.
        high: share = 7_500 / 7_000;
        /// Worth a look.
        medium: share = 5_000 / 4_500;
        /// Worth knowing.
        low: share = 2_500;
    }
}

section! {
    /// Weighs the six factors.
    RiskWeights {
        /// Leaked data.
        breach_exposure: share = 2_000;
        /// How the entity behaves.
        behavioral_patterns: share = 2_500;
        /// Whom it is linked to.
        network: share = 2_000;
        /// Where it is.
        geographic: share = 1_000;
        /// When it acts.
        temporal: share = 1_500;
        /// Known indicators.
        known_indicators: share = 1_000;
    }
}

section! {
    /// Switches a rule and weighs its finding within its factor.
    RiskSwitch {
        /// Whether the rule runs.
        enabled: flag = true;
        /// What one finding adds to its factor.
        weight: share = 0;
    }
}

impl RiskSwitch {
    fn on(weight: u64) -> Self {
        Self {
            enabled: true,
            weight: Score::from_basis_points(weight),
        }
    }
}

section! {
    /// Lists every risk rule.
    RiskRules {
        /// Data of the entity appears in a breach; counts once per breach.
        breach_exposure: sub(RiskSwitch) = (RiskSwitch::on(2_500));
        /// It appears in breach after breach.
        repeated_breaches: sub(RiskSwitch) = (RiskSwitch::on(4_000));
        /// A password, hash or token of it leaked.
        exposed_secret: sub(RiskSwitch) = (RiskSwitch::on(4_000));
        /// The same secret guards several of its accounts, or somebody else's.
        reused_secret: sub(RiskSwitch) = (RiskSwitch::on(3_500));
        /// It goes by many names.
        many_aliases: sub(RiskSwitch) = (RiskSwitch::on(3_000));
        /// It owns many wallets.
        many_wallets: sub(RiskSwitch) = (RiskSwitch::on(3_000));
        /// It is present on many platforms.
        dispersion: sub(RiskSwitch) = (RiskSwitch::on(2_000));
        /// It acts in bursts.
        rapid_activity: sub(RiskSwitch) = (RiskSwitch::on(3_000));
        /// It uses anonymising services.
        anonymiser: sub(RiskSwitch) = (RiskSwitch::on(3_500));
        /// It uses throw-away e-mail.
        disposable_email: sub(RiskSwitch) = (RiskSwitch::on(3_500));
        /// It is linked to an entity that is itself flagged.
        flagged_neighbour: sub(RiskSwitch) = (RiskSwitch::on(5_000));
        /// It moved value through a mixer.
        mixer: sub(RiskSwitch) = (RiskSwitch::on(7_000));
        /// It moved value to or from a sanctioned wallet, or owns one.
        sanctioned_wallet: sub(RiskSwitch) = (RiskSwitch::on(10_000));
        /// It is tied to a country on the list.
        listed_country: sub(RiskSwitch) = (RiskSwitch::on(6_000));
        /// It is tied to many countries.
        many_countries: sub(RiskSwitch) = (RiskSwitch::on(4_000));
        /// Its events come in a burst.
        burst: sub(RiskSwitch) = (RiskSwitch::on(4_000));
        /// It was silent for long and woke up.
        dormancy: sub(RiskSwitch) = (RiskSwitch::on(3_000));
        /// Many of its accounts were made within days.
        creation_spree: sub(RiskSwitch) = (RiskSwitch::on(4_000));
        /// Statements of it contradict each other in time.
        time_contradiction: sub(RiskSwitch) = (RiskSwitch::on(2_500));
        /// A text of it holds a listed keyword.
        keyword: sub(RiskSwitch) = (RiskSwitch::on(5_000));
        /// It uses a listed domain.
        listed_domain: sub(RiskSwitch) = (RiskSwitch::on(6_000));
        /// It stands on the watch list.
        watch_list: sub(RiskSwitch) = (RiskSwitch::on(10_000));
    }
}

section! {
    /// Lists known indicators; texts are compared after folding.
    Indicators {
        /// Words in texts, notes, tags and self-descriptions.
        keywords: words = ["ransomware", "carding", "phishing kit", "fullz", "cashout", "laundering", "exploit kit", "stolen accounts"];
        /// Internet domains.
        domains: words = [];
        /// Countries, ISO 3166-1 alpha-2.
        countries: words = ["IR", "KP", "MM"];
        /// Sanctioned blockchain addresses.
        wallets: words = [];
        /// Blockchain addresses of mixers.
        mixers: words = [];
        /// Names, e-mail addresses, phones, user names, wallets that somebody watches for.
        watch_list: words = [];
        /// Domains of throw-away e-mail.
        disposable_domains: words = [
            "10minutemail.com", "discard.email", "dispostable.com", "fakeinbox.com", "getnada.com", "grr.la", "guerrillamail.com",
            "mail.tm", "mailcatch.com", "maildrop.cc", "mailinator.com", "mailnesia.com", "mintemail.com", "moakt.com", "mohmal.com",
            "mytemp.email", "sharklasers.com", "spamgourmet.com", "temp-mail.org", "tempmail.com", "tempmailo.com", "throwawaymail.com",
            "trashmail.com", "yopmail.com"
        ];
        /// Domains and top-level labels of anonymising services.
        anonymiser_domains: words = ["i2p", "onion", "proton.me", "protonmail.com", "tutanota.com", "tuta.io"];
    }
}
