//! Logarithms to the base of two in milli-bits, by squaring: the same on every machine.

/// Returns a thousand times log2 of a positive number, rounded down to a milli-bit.
pub(super) fn milli_log2(number: f64) -> i32 {
    if number <= 0.0 || !number.is_finite() {
        return i32::MIN / 2;
    }
    let (mut number, mut whole) = (number, 0i32);
    while number >= 2.0 {
        (number, whole) = (number / 2.0, whole + 1);
    }
    while number < 1.0 {
        (number, whole) = (number * 2.0, whole - 1);
    }
    // Each squaring gives one binary place.
    let mut places = 0i64;
    for _ in 0..20 {
        number *= number;
        places *= 2;
        if number >= 2.0 {
            (number, places) = (number / 2.0, places + 1);
        }
    }
    whole * 1_000 + ((places * 1_000) >> 20) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_right_to_a_milli_bit() {
        for (number, expected) in [
            (1.0, 0),
            (2.0, 1_000),
            (0.5, -1_000),
            (10.0, 3_321),
            (0.1, -3_322),
            (1e-9, -29_898),
        ] {
            assert_eq!(milli_log2(number), expected, "{number}");
        }
        assert!(milli_log2(0.0) < -1_000_000);
    }
}
