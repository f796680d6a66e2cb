//! The icons: every size that the bundles and the window name, with the size that its name says.

use std::fs;

use super::{assert_tidy, tree};

/// File name and edge length in pixels.
const SIZES: &[(&str, u32)] = &[
    ("16x16.png", 16),
    ("32x32.png", 32),
    ("48x48.png", 48),
    ("64x64.png", 64),
    ("128x128.png", 128),
    ("128x128@2x.png", 256),
    ("256x256.png", 256),
    ("512x512.png", 512),
    ("1024x1024.png", 1024),
    ("icon.png", 512),
];

/// Edge lengths that the Windows icon must hold; 0 in the file means 256.
const ICO_SIZES: &[u32] = &[16, 32, 48, 64, 256];

/// Entry types that the macOS icon must hold: 128, 256, 512 and 1024 pixels.
const ICNS_TYPES: &[&str] = &["ic07", "ic08", "ic09", "ic10"];

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum, byte| (sum << 8) | u32::from(*byte))
}

/// Width, height and colour type of a PNG.
fn png_header(bytes: &[u8]) -> Option<(u32, u32, u8)> {
    bytes.starts_with(b"\x89PNG\r\n\x1a\n").then_some(())?;
    Some((number(bytes.get(16..20)?), number(bytes.get(20..24)?), *bytes.get(25)?))
}

fn ico_sizes(bytes: &[u8]) -> Vec<u32> {
    let entries = bytes.get(6..).unwrap_or_default().chunks_exact(16);
    let count = bytes.get(4).copied().map_or(0, usize::from);
    entries
        .take(count)
        .map(|entry| {
            entry
                .first()
                .map_or(0, |edge| if *edge == 0 { 256 } else { u32::from(*edge) })
        })
        .collect()
}

fn icns_types(bytes: &[u8]) -> Vec<String> {
    let mut types = Vec::new();
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let (Some(name), Some(length)) = (rest.get(..4), rest.get(4..8)) {
        types.push(String::from_utf8_lossy(name).into_owned());
        rest = rest.get(number(length).max(8) as usize..).unwrap_or_default();
    }
    types
}

#[test]
fn every_size_is_present_and_true() {
    let folder = tree::root().join("icons");
    let mut found = Vec::new();
    for (name, edge) in SIZES {
        let header = fs::read(folder.join(name)).ok().and_then(|bytes| png_header(&bytes));
        // Colour type 6 is RGB with alpha; the bundler refuses anything else.
        if header != Some((*edge, *edge, 6)) {
            found.push(format!(
                "icons/{name}: wanted {edge} x {edge} with alpha, found {header:?}"
            ));
        }
    }
    let sizes = ico_sizes(&fs::read(folder.join("icon.ico")).unwrap());
    found.extend(
        ICO_SIZES
            .iter()
            .filter(|edge| !sizes.contains(edge))
            .map(|edge| format!("icons/icon.ico: no {edge} pixels")),
    );
    let bytes = fs::read(folder.join("icon.icns")).unwrap();
    assert_eq!(bytes.get(..4), Some(b"icns".as_slice()));
    assert_eq!(number(bytes.get(4..8).unwrap()) as usize, bytes.len());
    let types = icns_types(&bytes);
    found.extend(
        ICNS_TYPES
            .iter()
            .filter(|name| !types.iter().any(|seen| seen == *name))
            .map(|name| format!("icons/icon.icns: no {name}")),
    );
    assert_tidy("icons", &found);
}

#[test]
fn the_drawing_is_plain() {
    let drawing = tree::read("icons/icon.svg");
    for word in ["<script", "http-equiv", "<image", "<foreignObject", "href=\"http"] {
        assert!(!drawing.contains(word), "icons/icon.svg holds {word}");
    }
}

#[test]
fn headers_are_read() {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x20\x08\x06".to_vec();
    assert_eq!(png_header(&png), Some((16, 32, 6)));
    png[0] = b'x';
    assert_eq!(png_header(&png), None);
    assert_eq!(
        icns_types(b"icns\0\0\0\x20ic07\0\0\0\x09xic08\0\0\0\x08"),
        ["ic07", "ic08"]
    );
}
