//! The checkout as the rules see it: files below the root, without what is built or fetched.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that are not ours to judge, wherever they stand.
const SKIPPED: &[&str] = &["target", "node_modules", "dist", ".git", "coverage"];

/// One text file of the checkout.
#[derive(Debug)]
pub struct Text {
    /// Path from the workspace root, with `/`.
    pub path: String,
    /// The content.
    pub text: String,
}

impl Text {
    /// A file that exists only in a test of a rule.
    pub fn planted(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }
}

/// The workspace root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// The content of a file that must exist.
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below `folder` whose name ends in one of `endings`, sorted by path.
///
/// Panics when there is none: a rule over nothing proves nothing.
pub fn files(folder: &str, endings: &[&str]) -> Vec<Text> {
    let mut paths = Vec::new();
    walk(&root().join(folder), &mut paths);
    paths.sort();
    let texts: Vec<Text> = paths
        .iter()
        .filter(|path| endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)))
        .map(|path| Text {
            path: relative(path),
            text: String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned(),
        })
        .collect();
    assert!(!texts.is_empty(), "no {endings:?} file below {folder}");
    texts
}

/// The names of the entries of a folder, sorted.
pub fn entries(folder: &str) -> Vec<String> {
    let listing = fs::read_dir(root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut names: Vec<String> = listing
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(listing) = fs::read_dir(folder) else { return };
    for entry in listing {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !SKIPPED.contains(&name.as_str()) {
                walk(&path, paths);
            }
        } else {
            paths.push(path);
        }
    }
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/")
}

/// Blanks comments and the inside of string literals, keeping every line break, so that rules about code do not
/// trip over words. Knows `//`, `/* */`, `"…"`, `r#"…"#` and character literals; both Rust and TypeScript pass
/// (template strings count as code, which is the strict side).
pub fn code_only(text: &str) -> String {
    let bytes: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(&now) = bytes.get(at) {
        let next = bytes.get(at + 1).copied();
        let end = match (now, next) {
            ('/', Some('/')) => until(&bytes, at, "\n"),
            ('/', Some('*')) => until(&bytes, at + 2, "*/") + 2,
            ('r', Some('"' | '#')) if !is_word_before(&bytes, at) => match raw_string_end(&bytes, at) {
                Some(end) => end,
                None => {
                    out.push(now);
                    at += 1;
                    continue;
                }
            },
            ('"', _) => quoted_end(&bytes, at),
            ('\'', Some('"')) if bytes.get(at + 2) == Some(&'\'') => at + 3,
            ('\'', Some('\\')) => quoted_end_of(&bytes, at, '\''),
            _ => {
                out.push(now);
                at += 1;
                continue;
            }
        };
        let end = end.min(bytes.len());
        for &blanked in bytes.get(at..end).unwrap_or_default() {
            out.push(if blanked == '\n' { '\n' } else { ' ' });
        }
        at = end;
    }
    out
}

fn is_word_before(bytes: &[char], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| bytes.get(before))
        .is_some_and(|c| c.is_alphanumeric() || *c == '_')
}

fn until(bytes: &[char], from: usize, mark: &str) -> usize {
    let mark: Vec<char> = mark.chars().collect();
    (from..bytes.len())
        .find(|&at| bytes.get(at..at + mark.len()) == Some(mark.as_slice()))
        .unwrap_or(bytes.len())
}

fn quoted_end(bytes: &[char], at: usize) -> usize {
    quoted_end_of(bytes, at, '"')
}

fn quoted_end_of(bytes: &[char], at: usize, quote: char) -> usize {
    let mut end = at + 1;
    while let Some(&c) = bytes.get(end) {
        end += if c == '\\' { 2 } else { 1 };
        if c == quote {
            break;
        }
    }
    end
}

fn raw_string_end(bytes: &[char], at: usize) -> Option<usize> {
    let hashes = bytes.get(at + 1..)?.iter().take_while(|c| **c == '#').count();
    if bytes.get(at + 1 + hashes) != Some(&'"') {
        return None;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    Some(until(bytes, at + 2 + hashes, &close) + close.len())
}

/// The lines of `text` (comments and strings blanked) that `matches`, as `path:line: why`.
pub fn code_lines(file: &Text, why: &str, matches: impl Fn(&str) -> bool) -> Vec<String> {
    code_only(&file.text)
        .lines()
        .enumerate()
        .filter(|(_, line)| matches(line))
        .map(|(index, _)| format!("{}:{}: {why}", file.path, index + 1))
        .collect()
}

/// Whether `line` holds `word` with no letter, digit or `_` on either side.
pub fn has_word(line: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, found)| {
        let before = line.get(..at).and_then(|head| head.chars().next_back());
        let after = line.get(at + found.len()..).and_then(|tail| tail.chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

#[test]
fn comments_and_strings_are_blanked_and_lines_kept() {
    let code = "let a = \"rusqlite\"; // tauri\n/* one\ntwo */ use b; r#\"x \" y\"#; '\"'; for_r\"z\";";
    let seen = code_only(code);
    assert_eq!(seen.lines().count(), 3);
    assert!(!seen.contains("rusqlite") && !seen.contains("tauri") && !seen.contains("two") && !seen.contains('y'));
    assert!(seen.contains("let a =") && seen.contains("use b;") && seen.contains("for_r"));
}

#[test]
fn words_are_found_whole() {
    assert!(has_word("use tauri::App;", "tauri"));
    assert!(!has_word("use tauri_build::build;", "tauri"));
    assert!(has_word("(any)", "any") && !has_word("many company", "any"));
}
