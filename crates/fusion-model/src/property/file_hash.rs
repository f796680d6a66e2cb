//! Digests of files: MD5, SHA-1, SHA-256 or SHA-512, told by length.

use super::{CleanFailure, CleanValue, fail, folding};

const EXPECTED: &str = "valid file hash";

pub(super) fn clean(original: &str) -> Result<CleanValue, CleanFailure> {
    let folded = folding::fold(original);
    let digest = folded.rsplit(':').next().unwrap_or_default().trim();
    if !digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return fail(EXPECTED, "not hexadecimal");
    }
    let algorithm = match digest.len() {
        32 => "md5",
        40 => "sha1",
        64 => "sha256",
        128 => "sha512",
        _ => return fail(EXPECTED, "no known digest has this length"),
    };
    if digest.bytes().all(|byte| byte == b'0') {
        return fail(EXPECTED, "only zeros");
    }
    Ok(CleanValue::plain(format!("{algorithm}:{digest}")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn digest_rows() {
        for (original, canonical) in [
            (
                "D41D8CD98F00B204E9800998ECF8427E",
                Some("md5:d41d8cd98f00b204e9800998ecf8427e"),
            ),
            (
                "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
                Some("sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            ),
            ("00000000000000000000000000000000", None),
            ("d41d8cd98f00b204e9800998ecf8427", None),
            ("g41d8cd98f00b204e9800998ecf8427e", None),
            ("", None),
        ] {
            assert_eq!(
                clean(original).ok().map(|value| value.canonical).as_deref(),
                canonical,
                "{original:?}"
            );
        }
    }
}
