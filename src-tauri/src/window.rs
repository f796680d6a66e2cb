//! The main window: made in code, so that its navigation can be nailed down and its drops turned into handles.

use std::sync::Arc;

use fusion_api::auto_lock::LockReason;
use fusion_api::bench::Workbench;
use tauri::webview::{NewWindowResponse, WebviewWindowBuilder};
use tauri::{App, AppHandle, DragDropEvent, Manager as _, Url, WebviewUrl, WindowEvent};
use tokio::sync::broadcast::error::RecvError;

use crate::options::Options;
use crate::shell_event::{self, DropState};

/// Label of the main window; the capability file grants to this label only.
pub const MAIN: &str = "main";

/// Opens the main window.
pub fn open(app: &App, options: &Options, bench: &Arc<Workbench>) -> tauri::Result<()> {
    let page = start_page(options, bench);
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App(page.into()))
        .title("Fusion Workbench")
        .inner_size(1280.0, 800.0)
        .min_inner_size(960.0, 600.0)
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    let handle = app.handle().clone();
    let bench = Arc::clone(app.state::<Arc<Workbench>>().inner());
    window.on_window_event(move |event| {
        if let WindowEvent::DragDrop(drag) = event {
            match drag {
                DragDropEvent::Enter { .. } => shell_event::send_drop(&handle, &bench, DropState::Over, &[]),
                DragDropEvent::Leave => shell_event::send_drop(&handle, &bench, DropState::Leave, &[]),
                DragDropEvent::Drop { paths, .. } => shell_event::send_drop(&handle, &bench, DropState::Drop, paths),
                _ => {}
            }
        }
    });
    Ok(())
}

/// Sends the page back to its start, saying why, whenever the case was locked behind its back.
///
/// A page that asked for the lock itself knows, and goes there by itself.
pub fn start_over_when_locked(app: AppHandle, bench: &Workbench) {
    let mut locks = bench.auto_lock.subscribe();
    tauri::async_runtime::spawn(async move {
        loop {
            match locks.recv().await {
                Ok(LockReason::Asked) => {}
                Ok(reason) => start_over(&app, reason),
                // Some locks were missed: the last one of them is as good as any.
                Err(RecvError::Lagged(_)) => start_over(&app, LockReason::Unused),
                Err(RecvError::Closed) => return,
            }
        }
    });
}

fn start_over(app: &AppHandle, reason: LockReason) {
    let minutes = app.state::<Arc<Workbench>>().auto_lock.minutes();
    let script = format!(
        "location.hash = 'locked={}&minutes={minutes}'; location.reload();",
        reason.id()
    );
    if let Some(window) = app.get_webview_window(MAIN) {
        // The case is shut whatever the page shows; a page that cannot be told goes with its window.
        if window.eval(script).is_err() {
            let _ = window.destroy();
        }
    }
}

fn start_page(options: &Options, bench: &Workbench) -> String {
    if options.sample {
        return "index.html#open=sample".to_owned();
    }
    match &options.case {
        Some(case) => format!("index.html#open={}", bench.handles.register(case)),
        None => "index.html".to_owned(),
    }
}

/// Allows the program's own pages only.
fn is_own_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => true,
        "http" | "https" => {
            url.host_str() == Some("tauri.localhost") || (cfg!(dev) && url.host_str() == Some("localhost"))
        }
        "about" => url.path() == "blank" || url.path() == "srcdoc",
        _ => false,
    }
}
