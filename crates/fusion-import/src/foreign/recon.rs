//! Reconnaissance and account-search tools, and leaked credentials.

use super::Signature::{Columns, FirstLine, Items, Lines, Object, Root, Seen};
use super::{Foreign, lines_that};
use crate::outline::Outline;

pub(super) const FORMATS: &[Foreign] = &[
    Foreign::new(
        "Maigret CSV",
        &[Columns(&[
            "username",
            "name",
            "url_main",
            "url_user",
            "exists",
            "error_reason",
        ])],
    ),
    Foreign::new("Maigret Cypher", &[FirstLine("// maigret Neo4j export")]),
    Foreign::new("Maigret Markdown", &[FirstLine("# Report by searching on username")]),
    Foreign::new(
        "Maigret HTML",
        &[Seen(
            |outline| is_html(outline, "Maigret username search report"),
            "HTML titled Maigret username search report",
        )],
    ),
    Foreign::new(
        "holehe CSV",
        &[Columns(&[
            "domain",
            "rateLimit",
            "exists",
            "emailrecovery",
            "phoneNumber",
            "others",
        ])],
    ),
    Foreign::new(
        "SpiderFoot CSV",
        &[Columns(&["Updated", "Type", "Module", "Source", "F/P", "Data"])],
    ),
    Foreign::new(
        "SpiderFoot JSON",
        &[
            Items(&["data", "event_type", "module", "source_data"]),
            Items(&["generated", "type", "data", "module", "source"]),
        ],
    ),
    Foreign::new(
        "theHarvester JSON",
        &[Object(&["cmd", "hosts", "shodan"]), Object(&["cmd", "hosts", "emails"])],
    ),
    Foreign::new("theHarvester XML", &[Root("theHarvester")]),
    Foreign::new(
        "theHarvester JSON lines",
        &[Items(&["run_id", "action_executions", "source_executions"])],
    ),
    Foreign::new(
        "recon-ng JSON",
        &[Seen(is_recon_ng, "tables whose rows name their module")],
    ),
    Foreign::new(
        "recon-ng XML",
        &[Seen(
            |outline| outline.xml_root.as_deref() == Some("root") && outline.text.contains("type=\"dict\""),
            "XML items of type dict",
        )],
    ),
    Foreign::new(
        "recon-ng CSV",
        &[
            Columns(&["notes", "module", "ip_address", "host"]),
            Columns(&["first_name", "last_name", "email", "notes", "module"]),
        ],
    ),
    Foreign::new("WhatsMyName site list", &[Object(&["sites", "categories"])]),
    Foreign::new(
        "HIBP paste list",
        &[
            Items(&["Source", "Id", "EmailCount"]),
            Items(&["source", "id", "emailCount"]),
        ],
    ),
    Foreign::new(
        "HIBP domain search",
        &[Seen(is_hibp_domain, "aliases with lists of breach names")],
    ),
    Foreign::new(
        "stealer log: passwords",
        &[
            Lines(&["URL:", "Username:", "Password:"]),
            Lines(&["Host:", "Login:", "Password:"]),
        ],
    ),
    Foreign::new(
        "stealer log: system information",
        &[Lines(&["HWID:", "UserName:"]), Lines(&["HWID:", "Operation System:"])],
    ),
    Foreign::new(
        "browser cookies (Netscape)",
        &[
            FirstLine("# Netscape HTTP Cookie File"),
            Seen(is_cookies, "lines of seven cookie fields"),
        ],
    ),
    Foreign::new(
        "combo list (login and password)",
        &[Seen(is_combo, "lines of address or name, separator, secret")],
    ),
];

pub(super) fn is_html(outline: &Outline, title: &str) -> bool {
    outline
        .xml_root
        .as_ref()
        .is_some_and(|root| root.eq_ignore_ascii_case("html"))
        && outline.text.contains(title)
}

fn is_recon_ng(outline: &Outline) -> bool {
    const TABLES: [&str; 9] = [
        "hosts",
        "contacts",
        "profiles",
        "credentials",
        "ports",
        "domains",
        "companies",
        "locations",
        "vulnerabilities",
    ];
    outline.json.as_ref().is_some_and(|json| {
        let members = json.root.members();
        !members.is_empty()
            && members.iter().all(|(key, _)| TABLES.contains(&key.as_str()))
            && members
                .iter()
                .any(|(_, rows)| rows.items().first().is_some_and(|row| row.get("module").is_some()))
    })
}

/// `{alias: [breach, …]}`: names without blanks under keys that are local parts of addresses.
fn is_hibp_domain(outline: &Outline) -> bool {
    outline.json.as_ref().is_some_and(|json| {
        let is_alias =
            |key: &str| !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "._-+".contains(c));
        let is_name =
            |name: &str| name.chars().next().is_some_and(char::is_uppercase) && !name.contains(char::is_whitespace);
        let members = json.root.members();
        !members.is_empty()
            && members.iter().all(|(key, names)| {
                is_alias(key)
                    && crate::aliases::meaning_of(key).is_none()
                    && !names.items().is_empty()
                    && names.items().iter().all(|name| name.text().is_some_and(is_name))
            })
    })
}

fn is_cookies(outline: &Outline) -> bool {
    let is_cookie = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        fields.len() == 7
            && fields.get(1).is_some_and(|flag| matches!(*flag, "TRUE" | "FALSE"))
            && fields.get(3).is_some_and(|flag| matches!(*flag, "TRUE" | "FALSE"))
    };
    let (cookies, all) = lines_that(outline, is_cookie);
    cookies > 0 && cookies * 2 > all
}

/// An address or user name, a separator, a secret; or a web address in front of both.
fn is_combo(outline: &Outline) -> bool {
    if outline.json.is_some() {
        return false;
    }
    let is_line = |line: &str| {
        let rest = line.split_once("://").map_or(line, |(_, rest)| rest);
        let mut parts = rest.split([':', ';', '|']);
        let login = parts.by_ref().find(|part| crate::looks::is_email(part.trim()));
        login.is_some()
            && parts
                .next()
                .is_some_and(|secret| !secret.trim().is_empty() && !secret.contains('@'))
            && !line.contains(": ")
    };
    let (combo, all) = lines_that(outline, is_line);
    let has_names = outline.table.as_ref().is_some_and(|table| {
        table
            .columns
            .iter()
            .any(|column| crate::aliases::meaning_of(column).is_some())
    });
    // Semicolons alone make a table; a colon right behind an address makes a combo.
    let has_colon = outline.lines.iter().any(|line| {
        line.rsplit_once("://")
            .map_or(line.as_str(), |(_, rest)| rest)
            .split(':')
            .next()
            .is_some_and(|login| crate::looks::is_email(login.trim()))
    });
    combo >= 2 && has_colon && combo * 10 >= all * 6 && !has_names
}
