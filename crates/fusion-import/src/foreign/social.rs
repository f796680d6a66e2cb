//! Social networks, messengers, and what platforms hand out to their users.

use super::Signature::{Entry, FirstLine, Items, Object, Seen, Text};
use super::recon::is_html;
use super::{Foreign, lines_that};
use crate::outline::Outline;

pub(super) const FORMATS: &[Foreign] = &[
    Foreign::new(
        "Discord chat export",
        &[
            Object(&["guild", "channel", "messages"]),
            Object(&["guild", "channel", "exportedAt"]),
        ],
    ),
    Foreign::new(
        "WhatsApp chat text",
        &[Seen(is_whatsapp, "lines of date, time, name, text")],
    ),
    Foreign::new(
        "X (Twitter) archive",
        &[
            FirstLine("window.YTD."),
            Entry("data/account.js"),
            Entry("data/tweets.js"),
            Entry("data/manifest.js"),
        ],
    ),
    Foreign::new(
        "Mastodon archive",
        &[
            Text("type", "OrderedCollection"),
            Object(&["preferredUsername", "inbox", "outbox"]),
            Object(&["@context", "preferredUsername"]),
        ],
    ),
    Foreign::new("reddit listing", &[Text("kind", "Listing")]),
    Foreign::new(
        "Instagram or Facebook messages",
        &[Object(&["participants", "messages"])],
    ),
    Foreign::new(
        "Instagram or Facebook connections",
        &[
            Object(&["friends_v2"]),
            Items(&["string_list_data", "media_list_data"]),
            Object(&["relationships_following"]),
        ],
    ),
    Foreign::new(
        "Google location history",
        &[
            Seen(is_takeout_places, "locations with latitudeE7"),
            Object(&["semanticSegments"]),
            Object(&["timelineObjects"]),
        ],
    ),
    Foreign::new(
        "Google activity",
        &[
            Items(&["header", "title", "time", "products"]),
            Seen(
                |outline| is_html(outline, "<title>My Activity History</title>"),
                "HTML titled My Activity History",
            ),
            Entry("Takeout/"),
        ],
    ),
    Foreign::new("vCard contacts", &[FirstLine("BEGIN:VCARD")]),
    Foreign::new("iCalendar", &[FirstLine("BEGIN:VCALENDAR")]),
];

fn is_takeout_places(outline: &Outline) -> bool {
    let first = outline
        .json
        .as_ref()
        .and_then(|json| json.root.get("locations"))
        .and_then(|places| places.items().first());
    first.is_some_and(|place| place.get("latitudeE7").is_some())
}

/// Lines such as `12/02/24, 09:15 - Name: text` or `[12.02.24, 9:15:00 AM] Name: text`.
fn is_whatsapp(outline: &Outline) -> bool {
    let is_message = |line: &str| {
        let line = line.trim_start_matches(['\u{200E}', '[']);
        let Some((date, rest)) = line.split_once(", ") else {
            return false;
        };
        let parts: Vec<&str> = date.split(['/', '.', '-']).collect();
        let is_date = parts.len() == 3
            && parts
                .iter()
                .all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_digit()));
        let time: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == ':').collect();
        is_date && time.len() >= 4 && time.contains(':') && (rest.contains(" - ") || rest.contains("] "))
    };
    let (messages, all) = lines_that(outline, is_message);
    messages > 0 && messages * 2 >= all
}
