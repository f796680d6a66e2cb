//! Forensic time lines, logs, captures, devices, call records.

use super::Signature::{Columns, FirstLine, Items, Magic, Object, Seen};
use super::{Foreign, lines_that};
use crate::outline::Outline;

pub(super) const FORMATS: &[Foreign] = &[
    Foreign::new("Windows event log (EVTX)", &[Magic(b"ElfFile\0")]),
    Foreign::new("Windows event log as JSON", &[Items(&["Event.System"])]),
    Foreign::new(
        "plaso l2tcsv",
        &[Columns(&[
            "date",
            "time",
            "timezone",
            "MACB",
            "sourcetype",
            "short",
            "desc",
        ])],
    ),
    Foreign::new(
        "plaso JSON",
        &[Items(&["__container_type__", "data_type"]), Object(&["event_0"])],
    ),
    Foreign::new(
        "Timesketch CSV",
        &[Columns(&["__ts_timeline_id", "message", "datetime"])],
    ),
    Foreign::new(
        "plaso dynamic CSV",
        &[Columns(&[
            "datetime",
            "timestamp_desc",
            "source_long",
            "message",
            "parser",
            "display_name",
        ])],
    ),
    Foreign::new("TLN timeline", &[FirstLine("Time|Source|Host|User|Description")]),
    Foreign::new("Timesketch CSV", &[Columns(&["message", "datetime", "timestamp_desc"])]),
    Foreign::new(
        "Timesketch JSON lines",
        &[
            Items(&["message", "datetime", "timestamp_desc"]),
            Items(&["message", "timestamp", "timestamp_desc"]),
        ],
    ),
    Foreign::new(
        "mactime body file",
        &[Seen(is_body, "lines of eleven fields between bars")],
    ),
    Foreign::new(
        "AWS CloudTrail",
        &[
            Items(&["EventId", "EventName", "CloudTrailEvent"]),
            Items(&["eventVersion", "eventSource", "awsRegion"]),
            Seen(is_cloudtrail, "Records with eventSource"),
        ],
    ),
    Foreign::new(
        "iOS app privacy report",
        &[
            Items(&["accessor", "category", "kind", "timeStamp"]),
            Items(&["domain", "firstTimeStamp", "hits"]),
        ],
    ),
    Foreign::new(
        "HTTP archive (HAR)",
        &[Object(&["log.entries"]), Object(&["request.url", "startedDateTime"])],
    ),
    Foreign::new(
        "web archive (WARC)",
        &[
            FirstLine("WARC/"),
            Seen(
                |outline| outline.magic.starts_with(b"\x1F\x8B") && outline.name.to_ascii_lowercase().contains(".warc"),
                "gzip members and the name of a web archive",
            ),
        ],
    ),
    Foreign::new(
        "telephone call records",
        &[
            Columns(&["Calling Number", "Called Number"]),
            Columns(&["Call Type", "IMEI", "IMSI"]),
            Columns(&["Caller", "Callee", "Duration"]),
            Columns(&["MSISDN", "IMEI", "Cell ID"]),
        ],
    ),
    Foreign::new(
        "network capture",
        &[
            Magic(b"\xD4\xC3\xB2\xA1"),
            Magic(b"\xA1\xB2\xC3\xD4"),
            Magic(b"\x0A\x0D\x0D\x0A"),
        ],
    ),
];

fn is_cloudtrail(outline: &Outline) -> bool {
    let first = outline
        .json
        .as_ref()
        .and_then(|json| json.root.get("Records"))
        .and_then(|records| records.items().first());
    first.is_some_and(|record| record.get("eventSource").is_some())
}

/// `MD5|name|inode|mode|UID|GID|size|atime|mtime|ctime|crtime`; a name may hold bars.
fn is_body(outline: &Outline) -> bool {
    let is_line = |line: &str| {
        let fields: Vec<&str> = line.split('|').collect();
        let is_time =
            |field: &&str| !field.is_empty() && field.bytes().all(|c| c.is_ascii_digit() || c == b'-' || c == b'.');
        fields.len() >= 11 && fields.iter().rev().take(4).all(is_time)
    };
    let (body, all) = lines_that(outline, is_line);
    body > 0 && body * 10 >= all * 8
}
