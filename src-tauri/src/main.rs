//! The window: a thin shell in front of the workbench.
//!
//! It opens one window, hands every request to the router of `fusion-api`, turns dropped and picked files into
//! handles, and passes job events on. It holds no logic of its own and never shows a path to the page.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]
#![allow(
    clippy::exit,
    reason = "the shell's generated context ends the program when its own files are broken"
)]

mod dialogs;
mod fresh_start;
mod options;
mod rpc;
mod shell_event;
#[cfg(target_os = "linux")]
mod sleep;
mod window;

use std::sync::Arc;

use anyhow::Context as _;
use fusion_api::bench::{Places, Workbench};
use fusion_api::hardening;
use tauri::{Manager as _, RunEvent};

use crate::options::Options;

#[global_allocator]
static ALLOCATOR: hardening::Wiping = hardening::WIPING;

fn main() -> anyhow::Result<()> {
    hardening::forbid_dumps();
    let options = Options::parse(std::env::args_os().skip(1))?;
    let bench = Workbench::new(Places::of_user()).context("the workbench cannot start")?;
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(Arc::clone(&bench))
        .invoke_handler(tauri::generate_handler![rpc::rpc])
        .setup(move |app| {
            let bench = Arc::clone(app.state::<Arc<Workbench>>().inner());
            shell_event::forward_jobs(app.handle().clone(), &bench);
            fusion_api::auto_lock::watch(&bench)?;
            window::open(app, &options, &bench)?;
            fresh_start::when_locked(app.handle().clone(), &bench)?;
            #[cfg(target_os = "linux")]
            sleep::watch(&bench)?;
            Ok(())
        })
        .build(tauri::generate_context!())
        .context("the window cannot be built")?;
    app.run(move |_app, event| {
        if matches!(event, RunEvent::Exit) {
            // Lets go of the case, so that its keys are wiped and its write-ahead log is folded in.
            drop(bench.take());
        }
    });
    Ok(())
}
