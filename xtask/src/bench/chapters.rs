//! One page of figures, with a chapter for each bench.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result};

const PAGE: &str = "docs/benchmarks.md";
const HEAD: &str = "# Benchmarks\n";

/// Writes a chapter in the place of the former one; the others stand.
///
/// # Errors
/// The page cannot be read or written.
pub(super) fn write(root: &Path, title: &str, text: &str) -> Result<()> {
    let path = root.join(PAGE);
    let page = match fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(HEAD.to_owned()),
        read => read,
    };
    let page = page.with_context(|| format!("{PAGE} cannot be read"))?;
    fs::write(&path, with(&page, title, text)).with_context(|| format!("{PAGE} cannot be written"))
}

fn with(page: &str, title: &str, text: &str) -> String {
    let mut chapters = page.split("\n## ");
    let mut written = chapters.next().unwrap_or(HEAD).trim_end().to_owned();
    let mut all: Vec<(&str, &str)> = chapters.filter_map(|chapter| chapter.split_once('\n')).collect();
    match all.iter_mut().find(|chapter| chapter.0 == title) {
        Some(chapter) => chapter.1 = text,
        None => all.push((title, text)),
    }
    for (title, text) in all {
        written.push_str(&format!("\n\n## {title}\n\n{}", text.trim()));
    }
    written + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_takes_the_place_of_the_former_one() {
        let one = with(HEAD, "One", "1\n\n### More\n\nof it\n");
        assert_eq!(one, "# Benchmarks\n\n## One\n\n1\n\n### More\n\nof it\n");
        let two = with(&one, "Two", "2");
        assert_eq!(two, format!("{one}\n## Two\n\n2\n"));
        assert_eq!(with(&two, "One", "3"), "# Benchmarks\n\n## One\n\n3\n\n## Two\n\n2\n");
    }
}
