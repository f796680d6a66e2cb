//! The main window: made in code, so that its navigation can be nailed down and its drops turned into handles.

use std::sync::Arc;

use fusion_api::bench::Workbench;
use tauri::webview::{NewWindowResponse, WebviewWindowBuilder};
use tauri::{App, DragDropEvent, Manager as _, Url, WebviewUrl, WindowEvent};

use crate::options::{Options, Shown};
use crate::shell_event::{self, DropState};

/// Label of the main window; the capability file grants to this label only.
pub const MAIN: &str = "main";

/// Opens the main window.
pub fn open(app: &App, options: &Options, bench: &Arc<Workbench>) -> tauri::Result<()> {
    let page = start_page(options, bench);
    let mut builder = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App(page.into()))
        .title("Fusion Workbench")
        .inner_size(1280.0, 800.0)
        .min_inner_size(960.0, 600.0)
        .maximized(options.shown == Shown::Maximized)
        .focused(options.shown != Shown::Behind)
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny);
    if let Some(place) = options.geometry {
        builder = builder
            .inner_size(place.width.into(), place.height.into())
            .position(place.left.into(), place.top.into());
    }
    let window = builder.build()?;
    if options.shown == Shown::Minimized {
        window.minimize()?;
    }
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

fn start_page(options: &Options, bench: &Workbench) -> String {
    if let Some(reason) = options.locked {
        return format!(
            "index.html#locked={}&minutes={}",
            reason.id(),
            bench.auto_lock.minutes()
        );
    }
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
