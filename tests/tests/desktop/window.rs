//! The program in a home of its own, started through a driver, and followed through the fresh start after a lock.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::processes::{Running, descendants, driver_port, free_port, program_below};
use crate::webdriver::{Session, hook, wait_for};

pub const TITLE: &str = "Fusion Workbench";
/// Lets the web view be driven; set for the driver, which hands it to the program.
const AUTOMATION: (&str, &str) = ("TAURI_WEBVIEW_AUTOMATION", "true");

/// Names the program under test, or says that the test is skipped.
pub fn program() -> Option<PathBuf> {
    let Some(program) = std::env::var_os("FUSION_WINDOW_BIN").filter(|value| !value.is_empty()) else {
        println!("skipped: FUSION_WINDOW_BIN is not set, so there is no window to drive (cargo xtask test sets it)");
        return None;
    };
    assert!(
        std::env::var_os("DISPLAY").is_some(),
        "a window needs a display (cargo xtask test starts one)"
    );
    Some(program.into())
}

/// The window, its driver and its home; all of it goes with the test.
pub struct Window {
    pub page: Session,
    /// Process id; a fresh start keeps it.
    pub process: u32,
    pub home: PathBuf,
    pictures: String,
    /// The first one started the program, the last one drives it.
    drivers: Vec<Running>,
    _folder: TempDir,
}

impl Drop for Window {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.keep_a_picture("failed");
        }
    }
}

impl Window {
    /// Starts the program in a new home; `prepare` may lay things into it first.
    pub fn open(pictures: &str, program: &Path, variables: &[(&str, &str)], prepare: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().to_owned();
        prepare(&home);
        let port = free_port();
        let variables: Vec<_> = variables.iter().copied().chain([AUTOMATION]).collect();
        let driver = Running::start(
            Path::new("WebKitWebDriver"),
            &[format!("--port={port}")],
            &variables,
            &home,
        );
        let page = Session::start(port, program);
        Self {
            page,
            process: program_below(driver.id(), program),
            home,
            pictures: pictures.to_owned(),
            drivers: vec![driver],
            _folder: folder,
        }
    }

    /// Returns the processes of the web view.
    pub fn family(&self) -> BTreeSet<u32> {
        descendants(self.process).into_iter().collect()
    }

    /// Waits until the program has started over after a lock, and drives that run. Its processes were `former`.
    pub fn follow_the_lock(&mut self, former: &BTreeSet<u32>) {
        wait_for("a fresh start after the lock", || {
            let words = std::fs::read(format!("/proc/{}/cmdline", self.process)).ok()?;
            let started_over = words.split(|byte| *byte == 0).any(|word| word == b"--locked");
            let now = self.family();
            (started_over && now.len() >= 2 && now.is_disjoint(former)).then_some(())
        });
        let inspector = wait_for("the port for a driver", || driver_port(self.process));
        let port = free_port();
        self.drivers.push(Running::start(
            Path::new("WebKitWebDriver"),
            &[format!("--port={port}"), format!("--target=127.0.0.1:{inspector}")],
            &[],
            &self.home,
        ));
        self.page = Session::join(port);
        self.page.hook("start-create");
    }

    /// Says why the case was locked, as the start page does.
    pub fn why_locked(&self) -> String {
        self.page.text_where(&hook("locked-because"), |text| !text.is_empty())
    }

    /// Makes a case in the standard folder and enters it.
    pub fn create_a_case(&self, name: &str, passphrase: &str) {
        self.page.hook("start-create").click();
        self.page.hook("create-name").enter(name);
        self.page.hook("create-passphrase").enter(passphrase);
        self.page.hook("create-passphrase-repeat").enter(passphrase);
        self.page.hook("create-submit").click();
        self.page.hook("rail-entities");
    }

    /// Opens a case of the recent list.
    pub fn unlock(&self, name: &str, passphrase: &str) {
        self.page.click_where(&hook("recent-case"), |text| text.contains(name));
        self.page.hook("unlock-passphrase").enter(passphrase);
        self.page.hook("unlock-submit").click();
        self.page.hook("rail-entities");
    }

    /// Clicks on a row of the entities until the profile bears a title: a table drawn anew swallows a click.
    pub fn select(&self, title: &str, is_wanted: impl Fn(&str) -> bool) {
        wait_for(&format!("the profile of {title}"), || {
            self.page.click_where(&hook("entity-row"), &is_wanted);
            let begun = Instant::now();
            while begun.elapsed() < Duration::from_secs(5) {
                let titles = self.page.all(&hook("inspector-title"));
                if titles
                    .iter()
                    .any(|each| each.try_text().is_ok_and(|text| text == title))
                {
                    return Some(());
                }
                std::thread::sleep(Duration::from_millis(50));
            }
            None
        });
    }

    /// Asks the program directly, past the screens.
    pub fn ask(&self, method: &str, request: &Value) -> Value {
        let call = json!({ "method": method, "request": request });
        let answer = self
            .page
            .run_promise(&format!("window.__TAURI_INTERNALS__.invoke('rpc', {call})"));
        assert!(answer.get("refused").is_none(), "{method}: {answer}");
        answer["granted"].clone()
    }

    /// Keeps a picture of the page when somebody wants to look at it.
    pub fn keep_a_picture(&self, name: &str) {
        if let Some(folder) = std::env::var_os("FUSION_SCREENSHOTS").filter(|value| !value.is_empty()) {
            std::fs::create_dir_all(&folder).unwrap();
            let file = format!("{}{name}.png", self.pictures);
            std::fs::write(Path::new(&folder).join(file), self.page.picture()).unwrap();
        }
    }

    /// Keeps pictures of the page in both sizes and both schemes that a screen is judged by.
    pub fn keep_views(&self, name: &str) {
        if std::env::var_os("FUSION_SCREENSHOTS").is_none_or(|value| value.is_empty()) {
            return;
        }
        for (width, height) in [(1920, 1080), (1280, 800)] {
            self.page.resize(width, height);
            wait_for("the size", || {
                let size = self.page.run("return [window.innerWidth, window.innerHeight];");
                (size == json!([width, height])).then_some(())
            });
            // Pictures on canvases are painted anew some frames after the window has its size.
            self.page
                .run_promise("new Promise((done) => setTimeout(() => requestAnimationFrame(done), 1000))");
            for scheme in ["dark", "light"] {
                self.page
                    .run(&format!("document.documentElement.dataset.theme = '{scheme}';"));
                // Canvases are painted anew a moment after the colours change.
                let painted = "new Promise((done) => setTimeout(() => requestAnimationFrame(done), 150))";
                self.page.run_promise(painted);
                self.keep_a_picture(&format!("{name}-{width}x{height}-{scheme}"));
            }
        }
    }

    /// Ends the program and its drivers in good order.
    pub fn close(self) {
        self.page.end();
    }
}
