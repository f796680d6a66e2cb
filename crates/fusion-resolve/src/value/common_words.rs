//! Words of firms and streets that say what sort they are and not which one.

/// Words that state the legal form of a firm, or stand for nothing else. A pinned table, in order.
const LEGAL_FORMS: &[&str] = &[
    "ab",
    "ag",
    "aps",
    "as",
    "asa",
    "bhd",
    "bv",
    "bvba",
    "co",
    "company",
    "corp",
    "corporation",
    "eood",
    "ev",
    "gmbh",
    "group",
    "inc",
    "incorporated",
    "kft",
    "kg",
    "lda",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "ltda",
    "nv",
    "oao",
    "oo",
    "ooo",
    "ou",
    "oy",
    "oyj",
    "plc",
    "pte",
    "pty",
    "pvt",
    "sa",
    "sarl",
    "sas",
    "sl",
    "spa",
    "srl",
    "sro",
    "stichting",
    "ug",
    "zao",
    "zoo",
];

pub(crate) fn is_legal_form(word: &str) -> bool {
    LEGAL_FORMS.binary_search(&word).is_ok()
}

/// Words that state the sort of a street, in order.
const STREET_TYPES: &[&str] = &[
    "allee",
    "ave",
    "avenue",
    "blvd",
    "boulevard",
    "calle",
    "circuit",
    "cl",
    "close",
    "court",
    "cres",
    "crescent",
    "crt",
    "ct",
    "dr",
    "drive",
    "lane",
    "ln",
    "pl",
    "place",
    "plaza",
    "rd",
    "road",
    "rue",
    "sq",
    "square",
    "st",
    "straat",
    "strasse",
    "street",
    "str",
    "terrace",
    "ul",
    "ulitsa",
    "via",
    "way",
    "weg",
];

/// Those that grow together with the name before them.
pub(super) const LONG_STREET_TYPES: &[&str] = &[
    "avenue", "circuit", "close", "court", "crescent", "drive", "lane", "place", "road", "square", "straat", "strasse",
    "street", "terrace",
];

pub(super) fn is_street_type(word: &str) -> bool {
    STREET_TYPES.contains(&word)
}
