//! The shell's configuration: what the web view may load, call and reach is pinned here.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{assert_tidy, tree};

const CONFIG: &str = "src-tauri/tauri.conf.json";

/// Sources that a directive may name; a directive that is not listed may name only `'self'` and `'none'`.
const ALLOWED: &[(&str, &[&str])] = &[
    ("style-src", &["'unsafe-inline'"]),
    ("img-src", &["blob:", "data:"]),
    ("worker-src", &["blob:"]),
    ("connect-src", &["ipc:", "http://ipc.localhost"]),
];

/// Directives that must be shut. The last three do not fall back to `default-src`.
const SHUT: &[&str] = &["object-src", "base-uri", "form-action", "frame-ancestors"];

/// Starts of permissions that would give the window the machine.
const REFUSED: &[&str] = &[
    "fs:",
    "shell:",
    "http:",
    "process:",
    "opener:",
    "websocket:",
    "upload:",
    "sql:",
    "core:webview:allow-create",
];

fn directives(policy: &Value) -> BTreeMap<String, Vec<String>> {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    match policy {
        Value::String(text) => text
            .split(';')
            .filter_map(|part| {
                let mut all = words(part).into_iter();
                all.next().map(|name| (name, all.collect()))
            })
            .collect(),
        Value::Object(map) => map
            .iter()
            .map(|(name, sources)| {
                let sources = match sources {
                    Value::Array(list) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
                    other => words(other.as_str().unwrap_or_default()),
                };
                (name.clone(), sources)
            })
            .collect(),
        _ => BTreeMap::new(),
    }
}

fn policy_faults(policy: &Value) -> Vec<String> {
    let directives = directives(policy);
    let mut found = Vec::new();
    let default = directives.get("default-src").map(Vec::as_slice).unwrap_or_default();
    if default != ["'none'"] && default != ["'self'"] {
        found.push(format!("default-src is {default:?}, not 'none' or 'self'"));
    }
    for (name, sources) in &directives {
        let allowed = ALLOWED
            .iter()
            .find(|(directive, _)| directive == name)
            .map_or(&[][..], |(_, allowed)| allowed);
        for source in sources {
            if !matches!(source.as_str(), "'self'" | "'none'") && !allowed.contains(&source.as_str()) {
                found.push(format!("{name} names {source}"));
            }
        }
    }
    for name in SHUT {
        let sources = directives.get(*name).map(Vec::as_slice);
        let falls_back = sources.is_none() && *name == "object-src" && default == ["'none'"];
        if sources != Some(&["'none'".to_owned()]) && !falls_back {
            found.push(format!("{name} is not 'none'"));
        }
    }
    found
}

fn config_faults(config: &Value) -> Vec<String> {
    let security = &config["app"]["security"];
    let mut found = policy_faults(&security["csp"]);
    if config["app"]["withGlobalTauri"].as_bool().unwrap_or(false) {
        found.push("withGlobalTauri gives every script the shell".to_owned());
    }
    if security["dangerousDisableAssetCspModification"].as_bool() != Some(false)
        && !security["dangerousDisableAssetCspModification"].is_null()
    {
        found.push("the policy's nonces are switched off".to_owned());
    }
    if security["assetProtocol"]["enable"].as_bool().unwrap_or(false) {
        found.push("the asset protocol would serve files by path".to_owned());
    }
    for window in config["app"]["windows"].as_array().into_iter().flatten() {
        if window["url"].as_str().is_some_and(|url| url.contains("://")) {
            found.push(format!("a window opens {}", window["url"]));
        }
    }
    found
}

fn capability_faults(name: &str, capability: &Value) -> Vec<String> {
    let mut found = Vec::new();
    if !capability["remote"].is_null() {
        found.push(format!("{name}: grants something to remote pages"));
    }
    let windows: Vec<&str> = capability["windows"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if windows.is_empty() || windows.iter().any(|window| window.contains('*')) {
        found.push(format!("{name}: must name its windows one by one"));
    }
    for permission in capability["permissions"].as_array().into_iter().flatten() {
        let id = permission
            .as_str()
            .or_else(|| permission["identifier"].as_str())
            .unwrap_or_default();
        if id.is_empty() || id.ends_with(":default") || REFUSED.iter().any(|start| id.starts_with(start)) {
            found.push(format!("{name}: permission `{id}` is wider than one act"));
        }
    }
    found
}

#[test]
fn the_content_policy_is_shut() {
    let config: Value = serde_json::from_str(&tree::read(CONFIG)).unwrap();
    assert_tidy(CONFIG, &config_faults(&config));
}

/// The shell's `freezePrototype` breaks libraries that shadow a built-in name, so the page freezes it itself, first of all.
#[test]
fn the_page_freezes_the_prototype_before_anything_else() {
    let main = tree::read("ui/src/main.tsx");
    let first = main.lines().find(|line| line.starts_with("import "));
    assert_eq!(first, Some("import \"./platform/harden\";"));
    assert!(tree::read("ui/src/platform/harden.ts").contains("Object.freeze(Object.prototype);"));
}

#[test]
fn capabilities_name_windows_and_single_acts() {
    let mut found = Vec::new();
    for file in tree::files("src-tauri/capabilities", &[".json"]) {
        found.extend(capability_faults(
            &file.path,
            &serde_json::from_str(&file.text).unwrap(),
        ));
    }
    assert_tidy("capabilities", &found);
}

#[test]
fn planted_openings_are_found() {
    let shut = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob:; \
                connect-src ipc: http://ipc.localhost; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    assert_eq!(policy_faults(&Value::from(shut)), Vec::<String>::new());
    for (from, to) in [
        ("script-src 'self'", "script-src 'self' 'unsafe-eval'"),
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
        ("script-src 'self'", "script-src https://cdn.example"),
        ("connect-src ipc:", "connect-src * ipc:"),
        ("default-src 'none'", "default-src 'self' data:"),
        ("base-uri 'none'", ""),
        ("form-action 'none'", "form-action 'self'"),
        ("base-uri 'none'", "object-src 'self'; base-uri 'none'"),
        ("default-src 'none'", "default-src 'self'"),
    ] {
        assert!(
            !policy_faults(&Value::from(shut.replace(from, to))).is_empty(),
            "{from} -> {to}"
        );
    }
    assert!(!policy_faults(&Value::Null).is_empty());

    let capability = |text: &str| capability_faults("c", &serde_json::from_str(text).unwrap());
    assert!(capability(r#"{"windows":["main"],"permissions":["allow-rpc","core:event:allow-listen"]}"#).is_empty());
    assert_eq!(
        capability(r#"{"windows":["*"],"permissions":["fs:allow-read","core:default"]}"#).len(),
        3
    );
    assert_eq!(
        capability(r#"{"windows":["main"],"remote":{"urls":["https://x.example"]}}"#).len(),
        1
    );
}
