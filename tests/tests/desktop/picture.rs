//! Whether something was really painted: colours counted in a picture of it.

use std::collections::BTreeMap;
use std::io::Cursor;

/// A rectangle of a picture, in pixels.
#[derive(Debug, Clone, Copy)]
pub struct Area {
    pub left: usize,
    pub top: usize,
    pub right: usize,
    pub bottom: usize,
}

impl Area {
    /// The rectangle without a border of `percent` of its width and height.
    pub fn inner(self, percent: usize) -> Self {
        let (across, down) = (
            (self.right - self.left) * percent / 100,
            (self.bottom - self.top) * percent / 100,
        );
        Self {
            left: self.left + across,
            top: self.top + down,
            right: self.right - across,
            bottom: self.bottom - down,
        }
    }
}

/// The colours of a rectangle and how many pixels have each.
pub struct Colours {
    counts: BTreeMap<[u8; 3], usize>,
}

impl Colours {
    /// Reads a PNG and counts in one rectangle of it, in pixels.
    pub fn within(png: &[u8], area: &Area) -> Self {
        let mut reader = png::Decoder::new(Cursor::new(png)).read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut bytes).unwrap();
        let samples = frame.color_type.samples();
        let (right, bottom) = (
            area.right.min(frame.width as usize),
            area.bottom.min(frame.height as usize),
        );
        let mut counts = BTreeMap::new();
        for y in area.top..bottom {
            for x in area.left..right {
                let at = y * frame.line_size + x * samples;
                *counts.entry([bytes[at], bytes[at + 1], bytes[at + 2]]).or_insert(0) += 1;
            }
        }
        Self { counts }
    }

    /// Number of different colours.
    pub fn different(&self) -> usize {
        self.counts.len()
    }

    /// Pixels that do not have the commonest colour.
    pub fn drawn(&self) -> usize {
        let all: usize = self.counts.values().sum();
        all - self.counts.values().max().copied().unwrap_or_default()
    }
}
