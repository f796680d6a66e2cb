//! What the shell tells the page: dropped files as handles, and the stream of job events.

use std::path::PathBuf;
use std::sync::Arc;

use fusion_api::bench::Workbench;
use fusion_api::commands::job::JobEvent;
use fusion_api::handles::files_below;
use serde::Serialize;
use tauri::{AppHandle, Emitter as _};
use tokio::sync::broadcast::error::RecvError;

use crate::window::MAIN;

/// Name of the one event the page listens to.
const EVENT: &str = "shell";

/// Says how far a drag has come.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DropState {
    /// Files hover over the window.
    Over,
    /// They went away.
    Leave,
    /// They were dropped.
    Drop,
}

/// Names a file without showing where it lies.
#[derive(Debug, Clone, Serialize)]
pub struct PickedFile {
    /// Handle for later requests.
    pub handle: String,
    /// File name without folders.
    pub name: String,
    /// Bytes; 0 for a folder or an unreadable file (the import plan says what is wrong).
    pub size: u64,
}

/// What the page hears, as `{"drop": …}` or `{"job": …}`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "lowercase")]
enum ShellEvent {
    Drop { state: DropState, files: Vec<PickedFile> },
    Job(JobEvent),
}

/// Registers places, folders with everything below them, and names them.
pub fn register(bench: &Workbench, paths: &[PathBuf]) -> Vec<PickedFile> {
    let mut picked = Vec::new();
    for path in paths {
        // A folder that cannot be listed is handed on as it is, so that the plan can say why.
        let files = files_below(path).unwrap_or_else(|_| vec![path.clone()]);
        picked.extend(files.iter().map(|file| {
            PickedFile {
                handle: bench.handles.register(file),
                name: file
                    .file_name()
                    .map(|name| name.to_string_lossy().into_owned())
                    .unwrap_or_default(),
                size: file.metadata().map(|metadata| metadata.len()).unwrap_or_default(),
            }
        }));
    }
    picked
}

/// Tells the page about a drag.
pub fn send_drop(app: &AppHandle, bench: &Workbench, state: DropState, paths: &[PathBuf]) {
    send(
        app,
        &ShellEvent::Drop {
            state,
            files: register(bench, paths),
        },
    );
}

/// Passes job events on for as long as the program runs.
pub fn forward_jobs(app: AppHandle, bench: &Arc<Workbench>) {
    let bench = Arc::clone(bench);
    let mut events = bench.jobs.subscribe();
    tauri::async_runtime::spawn(async move {
        loop {
            match events.recv().await {
                Ok(event) => send(&app, &ShellEvent::Job(event)),
                // Some steps were missed, perhaps the last one of a job: tell where every job stands.
                Err(RecvError::Lagged(_)) => {
                    bench
                        .jobs
                        .list()
                        .into_iter()
                        .for_each(|event| send(&app, &ShellEvent::Job(event)));
                }
                Err(RecvError::Closed) => return,
            }
        }
    });
}

fn send(app: &AppHandle, event: &ShellEvent) {
    // The only way this fails is that the window is gone, and then nobody is left to tell.
    let _ = app.emit_to(MAIN, EVENT, event);
}
