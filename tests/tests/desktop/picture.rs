//! Whether something was really painted: colours counted in a picture of it.

use std::collections::BTreeMap;
use std::io::Cursor;

/// The colours of a picture's inner part and how many pixels have each.
pub struct Colours {
    counts: BTreeMap<[u8; 3], usize>,
}

impl Colours {
    /// Reads a PNG and counts between the given shares of width and height, in percent.
    pub fn within(png: &[u8], across: (usize, usize), down: (usize, usize)) -> Self {
        let mut reader = png::Decoder::new(Cursor::new(png)).read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut bytes).unwrap();
        let samples = frame.color_type.samples();
        let (width, height) = (frame.width as usize, frame.height as usize);
        let mut counts = BTreeMap::new();
        for y in height * down.0 / 100..height * down.1 / 100 {
            for x in width * across.0 / 100..width * across.1 / 100 {
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
