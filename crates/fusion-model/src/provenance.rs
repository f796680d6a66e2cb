//! Where a statement comes from: sources, grades, locators, warnings.

use crate::hash::ContentHasher;
use crate::id::SourceId;
use crate::time::Timestamp;

macro_rules! named_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $id:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// All variants in their fixed order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the stable name used in files and on the command line.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// Finds a variant by its stable name.
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use named_enum;

named_enum!(
    /// States what sort of collection a source is.
    SourceKind {
        /// Open-source collection.
        Osint = "osint",
        /// A breach corpus or look-up.
        Breach = "breach",
        /// A ledger export.
        Blockchain = "blockchain",
        /// Social media.
        Socmint = "socmint",
        /// A username hunt.
        Sherlock = "sherlock",
        /// Human intelligence.
        Humint = "humint",
        /// Intercepts and chats.
        Sigint = "sigint",
        /// Registers of companies and owners.
        Corporate = "corporate",
        /// A document.
        Document = "document",
        /// Forensic extraction.
        Forensic = "forensic",
        /// Anything else.
        Custom = "custom",
    }
);

named_enum!(
    /// Grades a source by the Admiralty system.
    Reliability {
        /// Completely reliable.
        A = "A",
        /// Usually reliable.
        B = "B",
        /// Fairly reliable.
        C = "C",
        /// Not usually reliable.
        D = "D",
        /// Unreliable.
        E = "E",
        /// Reliability cannot be judged.
        F = "F",
    }
);

named_enum!(
    /// Grades an item of information by the Admiralty system.
    Credibility {
        /// Confirmed by other independent sources.
        Confirmed = "1",
        /// Probably true.
        ProbablyTrue = "2",
        /// Possibly true.
        PossiblyTrue = "3",
        /// Doubtful.
        Doubtful = "4",
        /// Improbable.
        Improbable = "5",
        /// Truth cannot be judged.
        CannotBeJudged = "6",
    }
);

named_enum!(
    /// Marks how far a text may travel, by TLP 2.0.
    Tlp {
        /// For the eyes of named recipients only.
        Red = "RED",
        /// Within the organisation only.
        AmberStrict = "AMBER+STRICT",
        /// Within the organisation and its clients.
        Amber = "AMBER",
        /// Within the community.
        Green = "GREEN",
        /// Anyone.
        Clear = "CLEAR",
    }
);

impl Reliability {
    /// Returns the grade in words.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::A => "completely reliable",
            Self::B => "usually reliable",
            Self::C => "fairly reliable",
            Self::D => "not usually reliable",
            Self::E => "unreliable",
            Self::F => "reliability cannot be judged",
        }
    }
}

impl Credibility {
    /// Returns the grade in words.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed by other sources",
            Self::ProbablyTrue => "probably true",
            Self::PossiblyTrue => "possibly true",
            Self::Doubtful => "doubtful",
            Self::Improbable => "improbable",
            Self::CannotBeJudged => "truth cannot be judged",
        }
    }
}

/// Joins a source's reliability and an item's credibility; never melted into one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grade {
    /// Of the source.
    pub reliability: Reliability,
    /// Of the item.
    pub credibility: Credibility,
}

impl Grade {
    /// F6: nothing is known of source or item.
    pub const UNKNOWN: Self = Self {
        reliability: Reliability::F,
        credibility: Credibility::CannotBeJudged,
    };

    /// Reads a grade such as `B2`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        if text.len() != 2 || !text.is_ascii() {
            return None;
        }
        Some(Self {
            reliability: Reliability::from_id(&text[..1])?,
            credibility: Credibility::from_id(&text[1..])?,
        })
    }

    /// Returns the two-character form.
    pub fn text(self) -> String {
        format!("{}{}", self.reliability.id(), self.credibility.id())
    }
}

/// Identifies an independent origin: sources of one origin count once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin(pub String);

/// Describes one acquired file or capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Hash of the content.
    pub id: SourceId,
    /// File name as acquired, without folders.
    pub name: String,
    /// Sort of collection.
    pub kind: SourceKind,
    /// Importer that read it.
    pub format: String,
    /// Grade given to source and items by default.
    pub grade: Grade,
    /// Whether a person gave the grade (else it is the default F6 and priors apply).
    pub graded: GradedBy,
    /// When it was acquired.
    pub acquired_at: Timestamp,
    /// Size in bytes.
    pub size: u64,
    /// Independent origin (the run, breach or account it was taken from).
    pub origin: Origin,
    /// Subject given by the file name or the analyst, when the format does not carry it.
    pub subject: Option<String>,
    /// Rows of the file that were read.
    pub rows_read: u64,
    /// Rows that say that nothing was found: search coverage, not findings.
    pub rows_negative: u64,
    /// Number of stored warnings.
    pub warnings: u64,
}

named_enum!(
    /// Says who graded a source.
    GradedBy {
        /// Nobody: the default applies.
        Default = "default",
        /// The analyst.
        Analyst = "analyst",
    }
);

/// Points at one observation inside its source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locator {
    /// A 1-based line of a text file (the header is line 1).
    Line(u64),
    /// A JSON pointer, with the 1-based line on which the value starts.
    Pointer {
        /// RFC 6901 pointer.
        pointer: String,
        /// Line on which the value starts.
        line: u64,
    },
    /// A byte range.
    Bytes {
        /// First byte.
        start: u64,
        /// First byte after.
        end: u64,
    },
    /// The whole file.
    Whole,
}

impl Locator {
    /// Returns the place in words: `line 4`, `/entries/0 (line 1)`.
    pub fn text(&self) -> String {
        match self {
            Self::Line(line) => format!("line {line}"),
            Self::Pointer { pointer, line } if pointer.is_empty() => format!("line {line}"),
            Self::Pointer { pointer, line } => format!("{pointer} (line {line})"),
            Self::Bytes { start, end } => format!("bytes {start}-{end}"),
            Self::Whole => "whole file".to_owned(),
        }
    }

    /// Returns the 1-based line, where one is known.
    pub fn line(&self) -> Option<u64> {
        match self {
            Self::Line(line) | Self::Pointer { line, .. } => Some(*line),
            Self::Bytes { .. } | Self::Whole => None,
        }
    }

    pub(crate) fn hash_into(&self, hasher: &mut ContentHasher) {
        match self {
            Self::Line(line) => hasher.text("line").number(*line),
            Self::Pointer { pointer, line } => hasher.text("pointer").text(pointer).number(*line),
            Self::Bytes { start, end } => hasher.text("bytes").number(*start).number(*end),
            Self::Whole => hasher.text("whole"),
        };
    }
}

/// Records something that could not be taken as it stands; stored, never only printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What sort of trouble.
    pub code: WarningCode,
    /// Where in the source.
    pub locator: Locator,
    /// What happened, in words; holds no secret.
    pub message: String,
}

named_enum!(
    /// Sorts warnings for machines.
    WarningCode {
        /// A row or element could not be read and was skipped.
        RowSkipped = "row-skipped",
        /// A value could not be cleaned and keeps its original text.
        ValueKept = "value-kept",
        /// The file ends in the middle of something.
        Truncated = "truncated",
        /// Bytes were not valid in the file's encoding.
        Encoding = "encoding",
        /// A field is unknown to the importer and was kept as a note.
        UnknownField = "unknown-field",
        /// The subject had to be guessed or is missing.
        Subject = "subject",
        /// A cap was reached.
        Cap = "cap",
    }
);
