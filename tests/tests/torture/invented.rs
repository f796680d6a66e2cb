//! Tables of invented people, as large as asked for, the same for the same number.

use std::fmt::Write as _;
use std::path::Path;

const GIVEN: &[&str] = &[
    "Astrid", "Tobias", "Ines", "Bram", "Mara", "Odile", "Ruben", "Sanne", "Piet", "Yara",
];
const FAMILY: &[&str] = &[
    "Quill", "Fenn", "Korhonen", "Visser", "Ellison", "Duval", "Halm", "Okoro", "Lind", "Sato",
];

/// Writes the tables `part-0.csv` … into `folder`, one for each number of rows.
pub fn tables(folder: &Path, rows: &[usize]) {
    std::fs::create_dir_all(folder).unwrap();
    for (part, count) in rows.iter().enumerate() {
        let mut text = String::from("name,email,username,city\n");
        for row in 0..*count {
            let given = GIVEN[row % GIVEN.len()];
            let family = FAMILY[(row / GIVEN.len()) % FAMILY.len()];
            let _ = writeln!(
                text,
                "{given} {family}{row},p{part}.{row}@mail.example,{}_{part}_{row},Port {}",
                family.to_ascii_lowercase(),
                row % 97
            );
        }
        std::fs::write(folder.join(format!("part-{part}.csv")), text).unwrap();
    }
}
