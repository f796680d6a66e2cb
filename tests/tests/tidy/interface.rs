//! Rules over the interface's TypeScript: one door to the shell, text stays text, tiers point one way, no `any`.

use super::assert_tidy;
use super::tree::{self, Text, code_lines};

/// The only folder that may import the shell's packages.
const DOOR: &str = "ui/src/platform/";

/// Ways to turn evidence into markup or code.
const MARKUP: &[&str] = &[
    "dangerouslySetInnerHTML",
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "new Function",
];

/// Ways to write the type that switches types off.
const UNTYPED: &[&str] = &[": any", "as any", "<any", "any>", "any[]", "@ts-ignore", "@ts-nocheck"];

/// A tier and the folders that it must not import from.
const TIERS: &[(&str, &[&str])] = &[
    ("ui/src/shared/", &["domain", "panels", "shell"]),
    ("ui/src/domain/", &["panels", "shell"]),
    ("ui/src/panels/", &["shell"]),
    ("ui/src/platform/", &["domain", "panels", "shell", "shared"]),
];

/// Compiler switches that must be on.
const SWITCHES: &[&str] = &["\"strict\": true", "\"noUncheckedIndexedAccess\": true"];

fn sources() -> Vec<Text> {
    tree::files("ui/src", &[".ts", ".tsx"])
}

fn raw_lines(file: &Text, why: &str, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        for word in words.iter().filter(|word| line.contains(**word)) {
            found.push(format!("{}:{}: `{word}`: {why}", file.path, index + 1));
        }
    }
    found
}

fn shell_imports(file: &Text) -> Vec<String> {
    if file.path.starts_with(DOOR) {
        return Vec::new();
    }
    raw_lines(
        file,
        "only ui/src/platform speaks to the shell",
        &["@tauri-apps", "__TAURI"],
    )
}

/// Frames that are not shut by an empty `sandbox`: the report's preview may lay out, and nothing else.
fn open_frames(file: &Text) -> Vec<String> {
    let tags = file
        .text
        .split("<iframe")
        .skip(1)
        .map(|rest| rest.split('>').next().unwrap_or_default());
    let open = tags.filter(|tag| !tag.contains("sandbox=\"\"")).count();
    let by_hand = file.text.matches("createElement(\"iframe\")").count();
    vec![format!("{}: a frame without `sandbox=\"\"`", file.path); open + by_hand]
}

fn untyped(file: &Text) -> Vec<String> {
    let mut found = raw_lines(file, "types are never switched off", &["@ts-ignore", "@ts-nocheck"]);
    found.extend(code_lines(file, "`any`: say what it is, or `unknown`", |line| {
        UNTYPED.iter().any(|word| {
            line.match_indices(word).any(|(at, _)| {
                let after = line.get(at + word.len()..).and_then(|rest| rest.chars().next());
                let before = line.get(..at).and_then(|head| head.chars().next_back());
                let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
                !(is_word(after) || word.starts_with('a') && is_word(before))
            })
        })
    }));
    found
}

fn upward_imports(file: &Text) -> Vec<String> {
    let Some((tier, above)) = TIERS.iter().find(|(tier, _)| file.path.starts_with(tier)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let Some(target) = imported(line) else { continue };
        let mut parts = target
            .split('/')
            .filter(|part| !matches!(*part, "." | ".." | "@" | "~" | "src"));
        if let Some(first) = parts.next()
            && above.contains(&first)
        {
            found.push(format!(
                "{}:{}: {tier} must not import from {first}/",
                file.path,
                index + 1
            ));
        }
    }
    found
}

/// The target of an import line that leaves the file's own folder.
fn imported(line: &str) -> Option<&str> {
    let rest = line
        .split_once(" from ")
        .map(|(_, rest)| rest)
        .or_else(|| line.trim().strip_prefix("import "))?;
    let target = rest.trim_start().get(1..)?.split(['"', '\'']).next()?;
    (target.starts_with("../") || target.starts_with("@/") || target.starts_with("~/") || target.starts_with("src/"))
        .then_some(target)
}

#[test]
fn only_the_platform_folder_speaks_to_the_shell() {
    let found: Vec<String> = sources().iter().flat_map(shell_imports).collect();
    assert_tidy("one door", &found);
    let door = tree::files(DOOR, &[".ts", ".tsx"]);
    assert!(
        door.iter().any(|file| file.text.contains("@tauri-apps")),
        "the door leads nowhere"
    );
}

#[test]
fn evidence_never_becomes_markup() {
    let found: Vec<String> = sources()
        .iter()
        .flat_map(|file| raw_lines(file, "evidence is text, never markup or code", MARKUP))
        .collect();
    assert_tidy("text stays text", &found);
}

#[test]
fn frames_can_do_nothing() {
    let found: Vec<String> = sources().iter().flat_map(open_frames).collect();
    assert_tidy("frames", &found);
}

#[test]
fn every_value_has_a_type() {
    let found: Vec<String> = sources()
        .iter()
        .filter(|file| !file.path.starts_with("ui/src/generated/"))
        .flat_map(untyped)
        .collect();
    assert_tidy("no any", &found);
    let configs: String = tree::files("ui", &["json"])
        .into_iter()
        .filter(|file| file.path.contains("/tsconfig"))
        .map(|file| file.text)
        .collect();
    for switch in SWITCHES {
        assert!(configs.contains(switch), "no ui/tsconfig*.json sets {switch}");
    }
}

#[test]
fn tiers_import_downwards_only() {
    let found: Vec<String> = sources().iter().flat_map(upward_imports).collect();
    assert_tidy("interface tiers", &found);
}

#[test]
fn every_comparator_has_its_words_in_every_language() {
    let dictionaries = tree::files("ui/src/i18n", &[".review.ts"]);
    assert!(dictionaries.len() >= 2, "{} dictionaries", dictionaries.len());
    let ids = fusion_resolve::Feature::ALL.map(fusion_resolve::Feature::id);
    let found: Vec<String> = dictionaries
        .iter()
        .flat_map(|file| {
            let missing = ids
                .iter()
                .filter(|id| !file.text.contains(&format!("\"feature.{id}\": ")));
            missing.map(|id| format!("{}: no words for `{id}`", file.path))
        })
        .collect();
    assert_tidy("words of comparators", &found);
}

#[test]
fn planted_violations_are_found() {
    let at = Text::planted;
    assert_eq!(
        shell_imports(&at("ui/src/panels/x.ts", "import { invoke } from '@tauri-apps/api';")).len(),
        1
    );
    assert!(shell_imports(&at("ui/src/platform/x.ts", "import { invoke } from '@tauri-apps/api';")).is_empty());
    for bad in [
        "let a: any = 1;",
        "f(x as any)",
        "new Map<string, any>()",
        "const a: any[] = []",
        "// @ts-ignore",
    ] {
        assert!(!untyped(&at("a.ts", bad)).is_empty(), "{bad}");
    }
    for good in [
        "const company: Company = a",
        "many[0]",
        "// as any other",
        "f(\": any\")",
        "x as anything",
    ] {
        assert!(untyped(&at("a.ts", good)).is_empty(), "{good}");
    }
    assert_eq!(
        raw_lines(&at("a.tsx", "<b dangerouslySetInnerHTML={x} />"), "", MARKUP).len(),
        1
    );
    let up = at(
        "ui/src/shared/x.ts",
        "import { a } from \"../panels/a\";\nimport { b } from \"./shell\";",
    );
    assert_eq!(upward_imports(&up).len(), 1);
    let down = at("ui/src/panels/x/y.ts", "import { a } from \"../../domain/a\";");
    assert!(upward_imports(&down).is_empty());
}
