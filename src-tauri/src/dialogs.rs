//! The system's file dialogs. They run here, not in the page: the page gets handles and names.

use std::path::PathBuf;
use std::sync::Arc;

use fusion_api::bench::Workbench;
use serde_json::{Value, json};
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt as _, FilePath};

use crate::shell_event::register;

/// Answers the methods that only a shell can answer; `None` when the method is not one of them.
pub fn answer(app: &AppHandle, bench: &Arc<Workbench>, method: &str, request: &str) -> Option<Value> {
    match method {
        "shell.pickFiles" => Some(pick_files(app, bench)),
        "shell.pickFolder" => Some(place(bench, app.dialog().file().blocking_pick_folder())),
        "shell.pickSave" => Some(pick_save(app, bench, request)),
        _ => None,
    }
}

fn pick_files(app: &AppHandle, bench: &Workbench) -> Value {
    let picked = app.dialog().file().blocking_pick_files().unwrap_or_default();
    let paths: Vec<PathBuf> = picked.into_iter().filter_map(|path| path.into_path().ok()).collect();
    json!({ "handles": register(bench, &paths) })
}

fn pick_save(app: &AppHandle, bench: &Workbench, request: &str) -> Value {
    let suggested = serde_json::from_str::<Value>(request)
        .ok()
        .and_then(|request| request.get("suggested").and_then(Value::as_str).map(str::to_owned))
        .unwrap_or_default();
    place(bench, app.dialog().file().set_file_name(suggested).blocking_save_file())
}

fn place(bench: &Workbench, picked: Option<FilePath>) -> Value {
    match picked.and_then(|path| path.into_path().ok()) {
        Some(path) => {
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            json!({ "handle": bench.handles.register(&path), "name": name })
        }
        None => Value::Null,
    }
}
