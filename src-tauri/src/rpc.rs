//! The one command of the window.

use std::sync::Arc;

use fusion_api::bench::Workbench;
use fusion_api::error::{ApiError, Code, ErrorView};
use fusion_api::router::{Caller, Reply, call};
use serde_json::Value;
use tauri::ipc::Response;
use tauri::{AppHandle, State, WebviewWindow};

use crate::dialogs;
use crate::window::MAIN;

/// Checks who is calling and hands the request to the router, off the window's own thread.
#[tauri::command]
pub async fn rpc(
    app: AppHandle,
    window: WebviewWindow,
    bench: State<'_, Arc<Workbench>>,
    method: String,
    request: Value,
) -> Result<Response, ErrorView> {
    let caller = if window.label() == MAIN {
        Caller::MainWindow
    } else {
        Caller::ViewerWindow
    };
    let bench = Arc::clone(bench.inner());
    let request = request.to_string();
    let work = move || {
        if let Some(answer) = dialogs::answer(&app, &bench, &method, &request) {
            return Ok(Response::new(answer.to_string()));
        }
        match call(&bench, caller, &method, &request) {
            Ok(Reply::Json(text)) => Ok(Response::new(text)),
            Ok(Reply::Bytes(bytes)) => Ok(Response::new(bytes)),
            Err(error) => Err(error.view()),
        }
    };
    match tauri::async_runtime::spawn_blocking(work).await {
        Ok(answer) => answer,
        Err(_) => Err(ApiError::new(Code::Failed, "the request broke off inside the program")
            .hint("nothing was changed; please report which button you pressed")
            .view()),
    }
}
