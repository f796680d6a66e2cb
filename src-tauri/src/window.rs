//! The main window: made in code, so that its navigation can be nailed down and its drops turned into handles.

use std::sync::Arc;

use fusion_api::bench::Workbench;
use tauri::webview::{NewWindowResponse, WebviewWindowBuilder};
use tauri::{App, AppHandle, DragDropEvent, Manager as _, Url, WebviewUrl, WebviewWindow, WindowEvent};
use tokio::sync::broadcast::error::RecvError;

use crate::options::Options;
use crate::shell_event::{self, DropState};

/// Labels of the main window, which takes turns between them; the capability file grants to these only.
const MAIN: [&str; 2] = ["main", "main-2"];

/// Tells whether a label is that of the main window.
pub fn is_main(label: &str) -> bool {
    MAIN.contains(&label)
}

/// Lists the labels in use: one, and two for the moment in which one window follows the other.
pub fn mains(app: &AppHandle) -> Vec<String> {
    app.webview_windows()
        .into_keys()
        .filter(|label| is_main(label))
        .collect()
}

/// Opens the main window.
pub fn open(app: &App, options: &Options, bench: &Arc<Workbench>) -> tauri::Result<()> {
    build(app.handle(), &start_page(options, bench)).map(drop)
}

/// Gives the program another window whenever a case was locked, and destroys the one that showed it.
///
/// What a page was shown cannot be wiped from within; its process goes with its window. The next window is made first,
/// because a program without windows ends.
pub fn start_over_when_locked(app: AppHandle, bench: &Workbench) {
    let mut locks = bench.auto_lock.subscribe();
    tauri::async_runtime::spawn(async move {
        while !matches!(locks.recv().await, Err(RecvError::Closed)) {
            let handle = app.clone();
            // This fails only when the program is ending, and then every window goes.
            let _ = app.run_on_main_thread(move || start_over(&handle));
        }
    });
}

fn start_over(app: &AppHandle) {
    let former: Vec<WebviewWindow> = mains(app)
        .iter()
        .filter_map(|label| app.get_webview_window(label))
        .collect();
    let Ok(next) = build(app, "index.html") else {
        // Without another window there is nothing better than to end: the case is shut already.
        app.exit(1);
        return;
    };
    for window in former {
        if let (Ok(position), Ok(size)) = (window.outer_position(), window.inner_size()) {
            // A window that opens elsewhere is no reason to keep the old one.
            let _ = next.set_size(size).and_then(|()| next.set_position(position));
        }
        if window.destroy().is_err() {
            app.exit(1);
        }
    }
}

fn build(app: &AppHandle, page: &str) -> tauri::Result<WebviewWindow> {
    let taken = mains(app);
    let free = MAIN.iter().find(|label| !taken.iter().any(|other| other == *label));
    let label = *free.unwrap_or(&MAIN[0]);
    let window = WebviewWindowBuilder::new(app, label, WebviewUrl::App(page.into()))
        .title("Fusion Workbench")
        .inner_size(1280.0, 800.0)
        .min_inner_size(960.0, 600.0)
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    let handle = app.clone();
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
    Ok(window)
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
