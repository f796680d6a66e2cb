use super::*;

fn head(at: i64, since_start: u64, start: u8) -> Head {
    Head {
        seq: 1,
        digest: Vec::new(),
        at,
        since_start,
        start: vec![start; 16],
    }
}

#[test]
fn a_moved_wall_clock_is_told_from_time_that_passed() {
    const DAY: i64 = 86_400_000;
    let rows = [
        ("an hour passed", 3_600_000, 3_600_000, 1, None),
        ("an hour off, and slightly slow", 3_596_000, 3_600_000, 1, None),
        ("ten years back", -3650 * DAY, 60_000, 1, Some("stepped back")),
        ("ten years ahead", 3650 * DAY, 60_000, 1, Some("jumped ahead")),
        (
            "an hour ahead within a minute",
            3_600_000,
            60_000,
            1,
            Some("jumped ahead"),
        ),
        ("ten years off between two starts", 3650 * DAY, 0, 2, None),
        ("back between two starts", -DAY, 0, 2, Some("stepped back")),
    ];
    for (name, moved, passed, start, expected) in rows {
        let last = head(1_700_000_000_000, 1_000_000, 1);
        let reading = ClockReading {
            wall: Timestamp(last.at + moved),
            since_start_ms: last.since_start + passed,
            start: [start; 16],
            remark: "",
        };
        assert_eq!(jump(&last, &reading), expected, "{name}");
    }
}
