//! Containers, office files, pictures, databases: known by their first bytes or entries.

use super::Foreign;
use super::Signature::{Entry, Magic};

pub(super) const FORMATS: &[Foreign] = &[
    Foreign::new("Excel workbook (XLSX)", &[Entry("xl/")]),
    Foreign::new("Word document (DOCX)", &[Entry("word/")]),
    Foreign::new("PowerPoint presentation (PPTX)", &[Entry("ppt/")]),
    Foreign::new("office document", &[Entry("docProps/"), Entry("[Content_Types].xml")]),
    Foreign::new("OpenDocument file", &[Entry("mimetype")]),
    Foreign::new("XMind map", &[Entry("content.xml"), Entry("content.json")]),
    Foreign::new("KMZ map", &[Entry("doc.kml")]),
    Foreign::new("zip archive", &[Magic(b"PK\x03\x04"), Magic(b"PK\x05\x06")]),
    Foreign::new("gzip file", &[Magic(b"\x1F\x8B")]),
    Foreign::new("7-Zip archive", &[Magic(b"7z\xBC\xAF\x27\x1C")]),
    Foreign::new("RAR archive", &[Magic(b"Rar!\x1A\x07")]),
    Foreign::new(
        "Outlook message or old Office file",
        &[Magic(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")],
    ),
    Foreign::new("Outlook mailbox (PST)", &[Magic(b"!BDN")]),
    Foreign::new("SQLite database", &[Magic(b"SQLite format 3\0")]),
    Foreign::new("JPEG picture", &[Magic(b"\xFF\xD8\xFF")]),
    Foreign::new("PNG picture", &[Magic(b"\x89PNG\r\n\x1A\n")]),
    Foreign::new("GIF picture", &[Magic(b"GIF8")]),
    Foreign::new("TIFF picture", &[Magic(b"II*\0"), Magic(b"MM\0*")]),
    Foreign::new("WebP or RIFF media", &[Magic(b"RIFF")]),
    Foreign::new("program", &[Magic(b"MZ"), Magic(b"\x7FELF")]),
];
