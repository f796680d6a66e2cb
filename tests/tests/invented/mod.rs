//! A small case about invented people: four files of four kinds that belong together.
//!
//! Ines Korhonen is known by a username hunt, a breach look-up and a table, Bram Visser by the table; the chat has two
//! shorter names that may be theirs. Names under `example` and numbers of test vectors only.

#![allow(clippy::unwrap_used, dead_code)]

use std::path::{Path, PathBuf};

pub const PERSON: &str = "Ines Korhonen";
pub const OTHER: &str = "Bram Visser";
pub const HANDLE: &str = "heron_lamp9";
pub const MAIL: &str = "ines.korhonen@mail.example";
pub const PHONE: &str = "+31101234567";
/// A password that stands in the breach file; it may never leave the case.
pub const SECRET: &str = "FAKE-lantern-quill-58";

const HUNT: &str = "\
username,name,url_main,url_user,exists,http_status,response_time_s
heron_lamp9,GitHub,https://www.github.com/,https://www.github.com/heron_lamp9,Claimed,200,0.41
heron_lamp9,Reddit,https://www.reddit.com/,https://www.reddit.com/user/heron_lamp9,Claimed,200,0.52
heron_lamp9,Keybase,https://keybase.io/,https://keybase.io/heron_lamp9,Claimed,200,0.33
heron_lamp9,Vimeo,https://vimeo.com/,https://vimeo.com/heron_lamp9,Available,404,0.29
";

const LOOKUP: &str = r#"{
  "success": true,
  "found": 2,
  "quota": 398,
  "result": [
    {
      "email": "ines.korhonen@mail.example",
      "source": {"name": "TideForum.example", "breach_date": "2019-07", "unverified": 0, "passwordless": 0, "compilation": 0},
      "first_name": "Ines",
      "last_name": "Korhonen",
      "username": "heron_lamp9",
      "fields": ["first_name", "last_name", "username"]
    },
    {
      "email": "ines.korhonen@mail.example",
      "source": {"name": "QuayShop.example", "breach_date": "2022-03", "unverified": 0, "passwordless": 0, "compilation": 0},
      "password": "FAKE-lantern-quill-58",
      "phone": "+31101234567",
      "fields": ["password", "phone"]
    }
  ]
}
"#;

const CHAT: &str = r#"{
 "name": "Quay Nine",
 "type": "private_supergroup",
 "id": 1500000909,
 "messages": [
  {
   "id": 1,
   "type": "message",
   "date": "2024-02-10T21:14:20",
   "date_unixtime": "1707599660",
   "from": "Ines K.",
   "from_id": "user700000191",
   "text": "the harbour lights stay off tonight",
   "text_entities": [{"type": "plain", "text": "the harbour lights stay off tonight"}]
  },
  {
   "id": 2,
   "type": "message",
   "date": "2024-02-10T21:16:02",
   "date_unixtime": "1707599762",
   "from": "Bram V.",
   "from_id": "user700000192",
   "text": "send it to bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
   "text_entities": [{"type": "plain", "text": "send it to bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"}]
  },
  {
   "id": 3,
   "type": "message",
   "date": "2024-02-12T08:01:44",
   "date_unixtime": "1707724904",
   "from": "Ines K.",
   "from_id": "user700000191",
   "text": ["call ", {"type": "phone", "text": "+31101234567"}],
   "text_entities": [{"type": "plain", "text": "call "}, {"type": "phone", "text": "+31101234567"}]
  }
 ]
}
"#;

const TABLE: &str = "\
name,email,phone,city,company
Ines Korhonen,ines.korhonen@mail.example,+31101234567,Rotterdam,Halcyon Lighters BV
Bram Visser,b.visser@harbour.example,+31207654321,Rotterdam,Halcyon Lighters BV
";

/// Names and texts of the files.
pub const FILES: [(&str, &str); 4] = [
    ("heron_lamp9.csv", HUNT),
    ("leakcheck_heron.json", LOOKUP),
    ("quay_nine_result.json", CHAT),
    ("crew.csv", TABLE),
];

/// Writes all files into a folder.
pub fn write(folder: &Path) -> Vec<PathBuf> {
    std::fs::create_dir_all(folder).unwrap();
    let written = FILES.iter().map(|(name, text)| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path
    });
    written.collect()
}

/// People of two lists who are known by nothing but their names: that many pairs wait for a verdict.
pub const NAMESAKES: [&str; 30] = [
    "Aino Abramov",
    "Bram Brightwell",
    "Celia Castellano",
    "Dario Dombrowski",
    "Edda Eriksdotter",
    "Falk Fairweather",
    "Greta Gunnarsson",
    "Hanno Hollingsworth",
    "Ilse Ingebrigt",
    "Joris Jankowski",
    "Katja Kettleburn",
    "Lauri Lindqvist",
    "Milan Merriweather",
    "Nela Nightingale",
    "Oskar Oosterhuis",
    "Petra Pemberton",
    "Quinn Quartermain",
    "Rasmus Rautavaara",
    "Sanna Silverstone",
    "Timo Thistlewood",
    "Ulla Underhill",
    "Viggo Vandermeer",
    "Wanda Wolfensberger",
    "Xenia Yarborough",
    "Yorick Zimmermann",
    "Zelda Applegate",
    "Anouk Bartholomew",
    "Bengt Cunningham",
    "Corin Delacroix",
    "Dagny Eisenhower",
];

/// Writes the two lists and returns their paths.
pub fn write_namesakes(folder: &Path) -> Vec<PathBuf> {
    std::fs::create_dir_all(folder).unwrap();
    let list = |file: &str, head: &str, rest: &str| {
        let rows = NAMESAKES.iter().enumerate();
        let rows: String = rows.map(|(row, name)| format!("{file}{row},{name},{rest}\n")).collect();
        let path = folder.join(format!("{file}.csv"));
        std::fs::write(&path, format!("id,name,{head}\n{rows}")).unwrap();
        path
    };
    vec![list("crew", "city", "Utrecht"), list("guests", "occupation", "clerk")]
}
