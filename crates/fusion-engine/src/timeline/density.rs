//! Events counted in equal buckets, so that a strip of a million events can be drawn without sending them.

use fusion_model::Timestamp;
use fusion_model::derived::{Event, EventKind};

/// Holds the events that begin inside one bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DensityBucket {
    /// First instant inside.
    pub start: Timestamp,
    /// Events that begin inside.
    pub total: u32,
    /// The same by kind, in the order of [`EventKind::ALL`].
    pub by_kind: Vec<u32>,
}

/// Counts the events of `from <= start < to` in `buckets` equal buckets; nothing when the interval is empty.
pub fn density(events: &[Event], from: Timestamp, to: Timestamp, buckets: u32) -> Vec<DensityBucket> {
    let width = i128::from(to.0) - i128::from(from.0);
    if width <= 0 || buckets == 0 {
        return Vec::new();
    }
    let wanted = i128::from(buckets);
    let mut counted: Vec<DensityBucket> = (0..wanted)
        .map(|bucket| {
            // The first instant that falls into the bucket, so that edges agree with the counting below.
            let offset = (bucket * width + wanted - 1) / wanted;
            let start = Timestamp(from.0.saturating_add(i64::try_from(offset).unwrap_or(i64::MAX)));
            DensityBucket {
                start,
                total: 0,
                by_kind: vec![0; EventKind::ALL.len()],
            }
        })
        .collect();
    for event in events
        .iter()
        .filter(|event| from <= event.happened.start && event.happened.start < to)
    {
        let offset = i128::from(event.happened.start.0) - i128::from(from.0);
        let bucket = usize::try_from(offset * wanted / width).unwrap_or(0);
        if let Some(bucket) = counted.get_mut(bucket) {
            bucket.total += 1;
            if let Some(count) = bucket.by_kind.get_mut(event.kind as usize) {
                *count += 1;
            }
        }
    }
    counted
}
