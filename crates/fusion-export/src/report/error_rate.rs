//! How often the engine was found right, as the method annex states it.
//!
//! The host measures, since it takes the pairs as they are decided without any verdict; this only puts it into words. A report that
//! says nothing of its error rate would be read as one without errors, so that nothing measured is said as well.

/// Says how often the engine was found right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ErrorRate {
    /// Nobody has judged pairs that chance has drawn.
    #[default]
    NotMeasured,
    /// Something has changed since the revision of the report, so that the figures would be of another.
    Outdated,
    /// The verdicts say so much.
    Measured(Measured),
}

/// Holds what verdicts on pairs drawn by chance say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// Of the pairs that the engine links by itself, the share that is the same.
    pub precision: Interval,
    /// Of all compared pairs that are the same, the share that the engine links by itself.
    pub recall: Interval,
    /// Pairs that the engine links by itself, and how many of them chance has drawn and people judged.
    pub linked: Drawn,
    /// The same of all compared pairs.
    pub compared: Drawn,
}

/// Holds a share with the interval of 95 % that it lies in, in ten-thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Lower end.
    pub low: u32,
    /// The share, where it can be told.
    pub estimate: Option<u32>,
    /// Upper end.
    pub high: u32,
}

/// Counts pairs and those of them that were judged in the order of chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Drawn {
    /// Pairs.
    pub pairs: u64,
    /// Judged as drawn.
    pub judged: u64,
}

impl ErrorRate {
    /// Returns the paragraph of the annex.
    pub(super) fn paragraph(&self) -> String {
        match self {
            Self::NotMeasured => "How often records were joined rightly was not measured in this case: nobody has judged pairs that chance has drawn. Figures from other cases say little about this one.".to_owned(),
            Self::Outdated => "How often records were joined rightly is not stated: verdicts, evidence or rules have changed since this revision was computed, and figures measured now would be of another.".to_owned(),
            Self::Measured(measured) => measured.paragraph(),
        }
    }
}

impl Measured {
    fn paragraph(&self) -> String {
        format!(
            "How often records were joined rightly was measured over the whole case by people's verdicts on pairs that chance has drawn; verdicts on pairs that somebody chose do not count. Precision, the share of the same among pairs of records that the engine links by itself: {}; {}. Recall, the share that it links by itself among all compared pairs that are the same: {}; {}. Intervals hold with 95 %; “not sure” is taken for wrong at the lower end and for right at the upper. Pairs that were never compared are in no figure: over everything, recall is lower.",
            self.precision.words(),
            self.linked.words(),
            self.recall.words(),
            self.compared.words()
        )
    }
}

impl Interval {
    fn words(&self) -> String {
        let ends = (percent(self.low), percent(self.high));
        match self.estimate {
            Some(share) => format!("{} % (between {} and {} %)", percent(share), ends.0, ends.1),
            None if self.low == 0 && self.high == 10_000 => "open, since too little was drawn".to_owned(),
            None => format!("between {} and {} %", ends.0, ends.1),
        }
    }
}

impl Drawn {
    fn words(&self) -> String {
        format!("{} of {} such pairs were drawn and judged", self.judged, self.pairs)
    }
}

fn percent(points: u32) -> String {
    format!("{}.{:02}", points / 100, points % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_annex_says_what_was_measured_and_what_was_not() {
        let open = Interval {
            low: 0,
            estimate: None,
            high: 10_000,
        };
        let measured = ErrorRate::Measured(Measured {
            precision: Interval {
                low: 9_086,
                estimate: Some(9_697),
                high: 9_932,
            },
            recall: Interval {
                low: 1_278,
                estimate: None,
                high: 9_321,
            },
            linked: Drawn {
                pairs: 312,
                judged: 100,
            },
            compared: Drawn {
                pairs: 2_241,
                judged: 143,
            },
        });
        let text = measured.paragraph();
        for part in [
            "96.97 % (between 90.86 and 99.32 %); 100 of 312 such pairs",
            "between 12.78 and 93.21 %; 143 of 2241 such pairs",
        ] {
            assert!(text.contains(part), "{text}");
        }
        assert_eq!(open.words(), "open, since too little was drawn");
        assert!(ErrorRate::default().paragraph().contains("was not measured"));
        assert!(ErrorRate::Outdated.paragraph().contains("is not stated"));
    }
}
