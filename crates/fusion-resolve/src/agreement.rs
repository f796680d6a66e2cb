//! How far two values of one feature agree.

/// Says how far two values agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreement {
    /// Index into the comparator's weights; 0 is disagreement.
    pub level: u8,
    /// What it means for the decision.
    pub strength: Strength,
    /// The level in words.
    pub words: &'static str,
}

/// Sorts levels by what they mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// The values contradict each other.
    Differs,
    /// The values can stand side by side; nothing is weighed.
    Neutral,
    /// Something is alike, too little to count as evidence of its own.
    Leans,
    /// The values agree, though not to the letter.
    Agrees,
    /// The values are equal; rarity counts.
    Exact,
}

impl Agreement {
    /// Makes a disagreement.
    pub const fn differs(words: &'static str) -> Self {
        Self::new(0, Strength::Differs, words)
    }

    /// Makes an agreement that weighs nothing.
    pub const fn neutral(words: &'static str) -> Self {
        Self::new(0, Strength::Neutral, words)
    }

    /// Makes a leaning.
    pub const fn leans(level: u8, words: &'static str) -> Self {
        Self::new(level, Strength::Leans, words)
    }

    /// Makes an agreement.
    pub const fn agrees(level: u8, words: &'static str) -> Self {
        Self::new(level, Strength::Agrees, words)
    }

    /// Makes an exact agreement.
    pub const fn exact(level: u8, words: &'static str) -> Self {
        Self::new(level, Strength::Exact, words)
    }

    const fn new(level: u8, strength: Strength, words: &'static str) -> Self {
        Self { level, strength, words }
    }
}
