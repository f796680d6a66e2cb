//! Exact decimal numbers of any size: sums of money never pass through floating point.
//!
//! A number is a sign and decimal digits with a fixed point. Token amounts need more than 128 bits (eighteen
//! decimals and supplies beyond 10^30), so digits are kept as digits. Parsing refuses more than [`MOST_DIGITS`].

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Most digits a number may have before or after the point.
const MOST_DIGITS: usize = 80;

/// Holds an exact decimal number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decimal {
    negative: bool,
    /// Digits before the point, most significant first, without leading zeros.
    whole: Vec<u8>,
    /// Digits after the point, without trailing zeros.
    fraction: Vec<u8>,
}

/// Reports text that is not a plain decimal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number of at most {MOST_DIGITS} digits")]
pub struct ParseDecimalError;

impl FromStr for Decimal {
    type Err = ParseDecimalError;

    /// Reads `-12.50`; neither separators nor exponents.
    fn from_str(text: &str) -> Result<Self, ParseDecimalError> {
        let (negative, digits) = match text.as_bytes() {
            [b'-', ..] => (true, &text[1..]),
            [b'+', ..] => (false, &text[1..]),
            _ => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let sound = |part: &str| part.len() <= MOST_DIGITS && part.bytes().all(|byte| byte.is_ascii_digit());
        if !sound(whole) || !sound(fraction) || (whole.is_empty() && fraction.is_empty()) {
            return Err(ParseDecimalError);
        }
        Ok(Self::normal(
            negative,
            whole.bytes().map(|b| b - b'0').collect(),
            fraction.bytes().map(|b| b - b'0').collect(),
        ))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negative {
            f.write_str("-")?;
        }
        if self.whole.is_empty() {
            f.write_str("0")?;
        }
        self.whole.iter().try_for_each(|digit| write!(f, "{digit}"))?;
        if !self.fraction.is_empty() {
            f.write_str(".")?;
        }
        self.fraction.iter().try_for_each(|digit| write!(f, "{digit}"))
    }
}

impl Decimal {
    fn normal(negative: bool, whole: Vec<u8>, mut fraction: Vec<u8>) -> Self {
        let whole: Vec<u8> = whole.into_iter().skip_while(|digit| *digit == 0).collect();
        while fraction.last() == Some(&0) {
            fraction.pop();
        }
        let negative = negative && !(whole.is_empty() && fraction.is_empty());
        Self {
            negative,
            whole,
            fraction,
        }
    }

    /// Tells whether the number is zero.
    pub fn is_zero(&self) -> bool {
        self.whole.is_empty() && self.fraction.is_empty()
    }

    /// Tells whether the number is below zero.
    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// Multiplies by a power of ten.
    #[must_use]
    pub fn shifted(&self, power: i32) -> Self {
        let (mut whole, mut fraction) = (self.whole.clone(), self.fraction.clone());
        for _ in 0..power.unsigned_abs().min(2 * MOST_DIGITS as u32) {
            if power > 0 {
                let digit = if fraction.is_empty() { 0 } else { fraction.remove(0) };
                whole.push(digit);
            } else {
                fraction.insert(0, whole.pop().unwrap_or(0));
            }
        }
        Self::normal(self.negative, whole, fraction)
    }

    /// Adds two numbers exactly.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let scale = self.fraction.len().max(other.fraction.len());
        let (left, right) = (self.magnitude(scale), other.magnitude(scale));
        let (negative, digits) = if self.negative == other.negative {
            (self.negative, sum(&left, &right))
        } else {
            match compare(&left, &right) {
                Ordering::Less => (other.negative, difference(&right, &left)),
                _ => (self.negative, difference(&left, &right)),
            }
        };
        let split = digits.len() - scale;
        Self::normal(negative, digits[..split].to_vec(), digits[split..].to_vec())
    }

    /// All digits, scaled to `scale` decimals, most significant first.
    fn magnitude(&self, scale: usize) -> Vec<u8> {
        let mut digits = self.whole.clone();
        digits.extend(&self.fraction);
        digits.resize(self.whole.len() + scale, 0);
        digits
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.fraction.len().max(other.fraction.len());
        let by_size = compare(&self.magnitude(scale), &other.magnitude(scale));
        match (self.negative, other.negative) {
            (false, false) => by_size,
            (true, true) => by_size.reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn compare(left: &[u8], right: &[u8]) -> Ordering {
    let significant = |digits: &[u8]| digits.iter().position(|digit| *digit != 0).unwrap_or(digits.len());
    let (left, right) = (&left[significant(left)..], &right[significant(right)..]);
    left.len().cmp(&right.len()).then_with(|| left.cmp(right))
}

fn sum(left: &[u8], right: &[u8]) -> Vec<u8> {
    let length = left.len().max(right.len()) + 1;
    let mut out = vec![0; length];
    let mut carry = 0;
    for place in 0..length {
        let total = digit_from_right(left, place) + digit_from_right(right, place) + carry;
        out[length - 1 - place] = total % 10;
        carry = total / 10;
    }
    out
}

/// Subtracts `right` from `left`, which must not be smaller.
fn difference(left: &[u8], right: &[u8]) -> Vec<u8> {
    let length = left.len().max(right.len());
    let mut out = vec![0; length];
    let mut borrow = 0;
    for place in 0..length {
        let (top, bottom) = (digit_from_right(left, place), digit_from_right(right, place) + borrow);
        borrow = u8::from(top < bottom);
        out[length - 1 - place] = (top + borrow * 10).saturating_sub(bottom);
    }
    out
}

fn digit_from_right(digits: &[u8], place: usize) -> u8 {
    digits
        .len()
        .checked_sub(place + 1)
        .and_then(|index| digits.get(index))
        .copied()
        .unwrap_or(0)
}

/// Sums canonical amounts (`12.5 ETH`) exactly, one total per unit, ordered by unit. Texts that are no amounts are left out.
pub fn sum_amounts<T: AsRef<str>>(amounts: &[T]) -> Vec<String> {
    let mut totals: BTreeMap<&str, Decimal> = BTreeMap::new();
    for amount in amounts {
        let (number, unit) = amount.as_ref().split_once(' ').unwrap_or((amount.as_ref(), ""));
        if let Ok(number) = number.parse::<Decimal>() {
            let total = totals.entry(unit).or_default();
            *total = total.plus(&number);
        }
    }
    totals
        .into_iter()
        .map(|(unit, total)| {
            if unit.is_empty() {
                total.to_string()
            } else {
                format!("{total} {unit}")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn sums_are_exact() {
        for (left, right, total) in [
            ("0.1", "0.2", "0.3"),
            (
                "999999999999999999999999.999999999999999999",
                "0.000000000000000001",
                "1000000000000000000000000",
            ),
            ("-1.5", "1.5", "0"),
            ("1", "-2.25", "-1.25"),
            ("-2", "0.5", "-1.5"),
            ("007.500", "0", "7.5"),
        ] {
            assert_eq!(number(left).plus(&number(right)).to_string(), total);
        }
        assert_eq!(
            sum_amounts(&["0.1 ETH", "12.5 USDT", "0.2 ETH", "junk", "3"]),
            ["3", "0.3 ETH", "12.5 USDT"]
        );
    }

    #[test]
    fn junk_is_no_number() {
        for text in ["", ".", "-", "1e5", "1,000", "--1", "1.2.3", "٣", &"9".repeat(81)] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_integers(left in -1_000_000_000_000i128..1_000_000_000_000, right in -1_000_000_000_000i128..1_000_000_000_000) {
            let (a, b) = (number(&left.to_string()).shifted(-6), number(&right.to_string()).shifted(-6));
            prop_assert_eq!(a.plus(&b), number(&(left + right).to_string()).shifted(-6));
            prop_assert_eq!(a.cmp(&b), left.cmp(&right));
            prop_assert_eq!(a.shifted(6), number(&left.to_string()));
        }
    }
}
