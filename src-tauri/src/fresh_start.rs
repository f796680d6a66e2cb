//! A lock ends more than the case: the program starts over in place, and all memory of the former run is given back.
//!
//! The keys are wiped when the case is closed. What was shown and typed also passed through the web view's process
//! and through the copies that the system's libraries made for it in this one, and nothing here could wipe those.
//! So the processes of the web view are ended, and this one is replaced by a fresh run of itself: same process id,
//! same place on the screen, no case, and nothing in memory that the former run left. Other systems start the next
//! run beside this one and end.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use fusion_api::auto_lock::LockReason;
use fusion_api::bench::Workbench;
use tauri::{AppHandle, Manager as _, WebviewWindow};
use tokio::sync::broadcast::error::RecvError;

use crate::options::{Geometry, Options, Shown};
use crate::window::MAIN;

/// How long a stopped job may take to let go of the case; what is cut off after that loses nothing it acknowledged.
const PATIENCE: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(10);

/// Starts the program over whenever a case was locked, by whomever.
pub fn when_locked(app: AppHandle, bench: &Arc<Workbench>) -> std::io::Result<()> {
    // Asked for now: an update may put another program in the place of this one meanwhile.
    let program = std::env::current_exe()?;
    let bench = Arc::clone(bench);
    let mut locks = bench.auto_lock.subscribe();
    tauri::async_runtime::spawn(async move {
        let reason = match locks.recv().await {
            Ok(reason) => reason,
            // Some locks were missed: the last one of them is as good as any.
            Err(RecvError::Lagged(_)) => LockReason::Unused,
            Err(RecvError::Closed) => return,
        };
        let begun = Instant::now();
        while !bench.has_let_go() && begun.elapsed() < PATIENCE {
            tokio::time::sleep(PAUSE).await;
        }
        let handle = app.clone();
        // This fails only when the program is ending, and then its memory goes, too.
        let _ = app.run_on_main_thread(move || start_over(&handle, &program, reason));
    });
    Ok(())
}

fn start_over(app: &AppHandle, program: &Path, reason: LockReason) {
    let window = app.get_webview_window(MAIN);
    let arguments = Options::after_lock(
        reason,
        window.as_ref().and_then(geometry),
        window.as_ref().map_or(Shown::InFront, shown),
    );
    #[cfg(target_os = "linux")]
    family::end();
    replace(program, &arguments);
    // The case is shut whatever happens; a program that cannot start again ends with what it holds.
    app.exit(1);
}

fn geometry(window: &WebviewWindow) -> Option<Geometry> {
    let scale = window.scale_factor().ok()?;
    let size = window.inner_size().ok()?.to_logical::<u32>(scale);
    let place = window.outer_position().ok()?.to_logical::<i32>(scale);
    Some(Geometry {
        width: size.width,
        height: size.height,
        left: place.x,
        top: place.y,
    })
}

fn shown(window: &WebviewWindow) -> Shown {
    match (window.is_minimized(), window.is_maximized(), window.is_focused()) {
        (Ok(true), _, _) => Shown::Minimized,
        (_, Ok(true), _) => Shown::Maximized,
        (_, _, Ok(false)) => Shown::Behind,
        _ => Shown::InFront,
    }
}

/// Puts a fresh run in the place of this one; comes back only when that fails.
#[cfg(unix)]
fn replace(program: &Path, arguments: &[String]) {
    use std::os::unix::process::CommandExt as _;
    let _ = Command::new(program).args(arguments).exec();
}

/// Starts a fresh run; this one ends right after.
#[cfg(not(unix))]
fn replace(program: &Path, arguments: &[String]) {
    let _ = Command::new(program).args(arguments).spawn();
}

/// The processes that this one started: those of the web view.
#[cfg(target_os = "linux")]
mod family {
    use std::fs;

    use rustix::process::{Pid, Signal, WaitOptions, getpid, kill_process, waitpid};

    /// Ends all of them and waits until they are gone.
    pub fn end() {
        let children: Vec<Pid> = children();
        for child in &children {
            let _ = kill_process(*child, Signal::KILL);
        }
        for child in children {
            // The web view's library may have been told first, and then there is nobody left to wait for.
            let _ = waitpid(Some(child), WaitOptions::empty());
        }
    }

    fn children() -> Vec<Pid> {
        let own = getpid();
        let Ok(entries) = fs::read_dir("/proc") else {
            return Vec::new();
        };
        let ids = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<i32>().ok());
        ids.filter_map(Pid::from_raw)
            .filter(|id| parent(*id) == Some(own))
            .collect()
    }

    fn parent(id: Pid) -> Option<Pid> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", id.as_raw_nonzero())).ok()?;
        // The name stands in brackets and may hold blanks; the parent is the second word after it.
        let words = stat.rsplit_once(')')?.1;
        Pid::from_raw(words.split_whitespace().nth(1)?.parse().ok()?)
    }
}
