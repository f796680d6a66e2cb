//! Logarithms in integers: bits with sixteen binary places, the same on every machine.

/// One bit.
pub(crate) const ONE: i64 = 1 << 16;

/// Returns the base-2 logarithm of `number`, rounded down to 1/65536; zero for zero.
pub(crate) fn log2(number: u64) -> i64 {
    if number == 0 {
        return 0;
    }
    let whole = 63 - i64::from(number.leading_zeros());
    // The mantissa in [1, 2) with 63 binary places; each squaring yields one more place of the logarithm.
    let mut mantissa = u128::from(number) << (63 - whole);
    let mut places = 0_i64;
    for _ in 0..16 {
        mantissa = (mantissa * mantissa) >> 63;
        places <<= 1;
        if mantissa >= 1 << 64 {
            mantissa >>= 1;
            places |= 1;
        }
    }
    whole * ONE + places
}

/// Returns `10_000 · (1 − 2^−bits)` rounded down, where `bits` is in 1/65536; zero when `bits` is not positive.
pub(crate) fn certainty(bits: i64) -> u64 {
    if bits <= 0 {
        return 0;
    }
    let whole = bits / ONE;
    let places = bits % ONE;
    // 2^-places by one table entry per binary place, in 1/2^32: entry n is 2^(-1/2^n).
    const ROOTS: [u64; 16] = [
        3_037_000_499,
        3_611_622_602,
        3_938_502_375,
        4_112_874_773,
        4_202_935_003,
        4_248_701_964,
        4_271_771_996,
        4_283_353_945,
        4_289_156_690,
        4_292_061_009,
        4_293_513_906,
        4_294_240_539,
        4_294_603_902,
        4_294_785_595,
        4_294_876_444,
        4_294_921_870,
    ];
    let mut share = 1_u64 << 32;
    for (place, root) in (0..16).rev().zip(ROOTS) {
        if places >> place & 1 == 1 {
            share = (share * root) >> 32;
        }
    }
    let rest = if whole < 32 { share >> whole } else { 0 };
    (((1_u64 << 32) - rest) * 10_000) >> 32
}

#[cfg(test)]
mod tests {
    use super::{ONE, certainty, log2};

    #[test]
    fn logarithms_are_near_and_never_above() {
        for number in [1_u64, 2, 3, 7, 10, 1_000, 8_760, 86_400_000, u64::MAX / 3, u64::MAX] {
            let exact = (number as f64).log2();
            let found = log2(number) as f64 / ONE as f64;
            assert!((exact - found).abs() < 2e-4, "{number}: {found} for {exact}");
        }
    }

    #[test]
    fn certainty_grows_with_surprise() {
        for (bits, expected) in [
            (0.0, 0),
            (1.0, 5_000),
            (2.0, 7_500),
            (6.64386, 9_900),
            (9.96578, 9_990),
            (13.28771, 9_999),
            (80.0, 9_999),
        ] {
            let found = certainty((bits * ONE as f64) as i64);
            assert!(found.abs_diff(expected) <= 1, "{bits}: {found}");
        }
        assert_eq!(certainty(-5), 0);
    }
}
