//! The real window, end to end: a case made, files dropped, people found, a report written, the case locked.
//!
//! The program runs as shipped, on a display of its own, driven through WebDriver; files come in as a real drag from
//! another window. Few steps on purpose: they prove the wiring that no mocked test can (access list, content
//! policy, events, jobs, canvases), and everything finer is tested below the window.
//!
//! `FUSION_WINDOW_BIN` names the program, `DISPLAY` the display; without them the test says that it was skipped.
//! `FUSION_SCREENSHOTS` names a folder that pictures of each step are kept in.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod case_file;
#[path = "../invented/mod.rs"]
mod invented;
mod keyboard;
mod lock;
mod logind;
#[path = "../memory/mod.rs"]
mod memory;
mod picture;
mod processes;
mod review;
mod webdriver;
mod window;
mod xdnd;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use invented::{FILES, HANDLE, MAIL, OTHER, PERSON, SECRET};
use picture::Colours;
use processes::{Running, descendants, driver_port, listening_ports};
use serde_json::json;
use webdriver::{hook, wait_for};
use window::{TITLE, Window, program};
use xdnd::Desk;

const CASE: &str = "Harbour Lights";
const PASSPHRASE: &str = "seven quiet herons at dusk";

#[test]
fn a_case_from_the_first_drop_to_the_report() {
    let Some(program) = program() else { return };
    let mut window = Window::open("", &program, &[], |_| {});
    let files = invented::write(&window.home.join("evidence"));

    window.watch_the_content_policy();
    window.create_the_case();
    window.drop_and_import(&files);
    window.open_a_profile();
    window.follow_a_number_to_its_line(&files);
    window.look_at_the_graph();
    window.look_at_the_timeline();
    window.search();
    window.write_a_report();
    window.be_refused_what_was_not_granted();
    window.have_kept_the_content_policy();
    window.lock_and_unlock();
    window.listen_for_its_driver_only();
    window.close();
    the_window_alone_listens_to_nobody(&program);
}

impl Window {
    fn watch_the_content_policy(&self) {
        self.page.hook("start-create");
        self.page.run(
            "window.__violations = []; document.addEventListener('securitypolicyviolation', \
             (event) => window.__violations.push(event.effectiveDirective + ' ' + event.blockedURI));",
        );
    }

    fn create_the_case(&self) {
        self.keep_a_picture("1-start");
        self.page.hook("start-create").click();
        self.page.hook("create-name").enter(CASE);
        self.page.hook("create-region").enter("NL");
        self.page.hook("create-passphrase").enter(PASSPHRASE);
        self.page
            .hook("create-passphrase-repeat")
            .enter("seven quiet herons at dawn");
        self.page.hook("create-submit").click();
        self.page
            .one("[data-testid=\"create-passphrase-repeat\"][aria-invalid=\"true\"]");
        assert!(!self.case_folder().exists(), "two different passphrases made a case");
        self.clear("create-passphrase-repeat");
        self.page.hook("create-passphrase-repeat").enter(PASSPHRASE);
        self.page.hook("create-submit").click();
        self.page.hook("rail-entities");
        assert!(self.case_folder().is_dir());
        self.keep_a_picture("2-empty-case");
    }

    fn clear(&self, test_id: &str) {
        self.page
            .run(&format!("document.querySelector({}).value = '';", json!(hook(test_id))));
    }

    fn case_folder(&self) -> PathBuf {
        self.home.join("cases").join(format!("{CASE}.fusion"))
    }

    fn drop_and_import(&self, files: &[PathBuf]) {
        let desk = Desk::open();
        desk.drop_files(desk.window_of(self.process, TITLE), files);
        let names = |css: &str| -> BTreeSet<String> {
            let rows = self.page.all(css);
            let texts: Vec<String> = rows.iter().filter_map(|row| row.try_text().ok()).collect();
            FILES
                .iter()
                .map(|(name, _)| (*name).to_owned())
                .filter(|name| texts.iter().any(|text| text.contains(name.as_str())))
                .collect()
        };
        wait_for("a plan for every file", || {
            (names(&hook("plan-row")).len() == FILES.len()).then_some(())
        });
        self.keep_a_picture("3-plan");
        self.page.hook("import-submit").click();
        self.page
            .text_where(&hook("import-state"), |text| text.contains("done"));
        for row in self.page.all(&hook("import-outcome")) {
            let text = row.try_text().unwrap();
            assert!(text.contains("imported"), "{text}");
        }
        self.page.hook("import-done").click();
    }

    fn open_a_profile(&self) {
        self.page.text_where(&hook("entity-total"), |text| number(text) > 5);
        self.page.hook("entity-filter").enter("Korhonen");
        self.select(PERSON, |text| text.contains("person") && text.contains(PERSON));
        let profile = "aside";
        for known in [MAIL, HANDLE] {
            self.page.text_where(profile, |text| text.contains(known));
        }
        self.keep_a_picture("4-profile");
    }

    /// Opens the confidence, its first part that rests on statements, and the original line of one of them.
    fn follow_a_number_to_its_line(&self, files: &[PathBuf]) {
        self.page.hook("open-confidence").click();
        let parts = "[data-testid=\"open-confidence\"] + div button[aria-expanded=\"false\"]";
        self.page.one(parts);
        while self.page.all(&hook("show-original")).is_empty() {
            self.page.one(parts).click();
            // An opened part shows its reason first and its statements as soon as they are fetched.
            let begun = std::time::Instant::now();
            while self.page.all(&hook("show-original")).is_empty() && begun.elapsed().as_secs() < 2 {
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
        }
        self.page.hook("show-original").click();
        self.page.hook("reason").enter("checking the first report");
        self.page.hook("reason-submit").click();
        self.page.hook("original-lines");
        let shown = self.page.run(&format!(
            "return [...document.querySelectorAll({})].map((line) => line.textContent);",
            json!(format!("{} bdi", hook("original-lines")))
        ));
        let original: Vec<String> = files
            .iter()
            .map(|file| std::fs::read_to_string(file).unwrap())
            .collect();
        let shown = shown.as_array().cloned().unwrap_or_default();
        assert!(!shown.is_empty());
        let is_from = |text: &str| {
            shown
                .iter()
                .filter_map(|line| line.as_str())
                .all(|line| text.lines().any(|known| known == line))
        };
        assert!(
            original.iter().any(|text| is_from(text)),
            "no file has these lines: {shown:?}"
        );
        self.keep_a_picture("5-proof");
    }

    /// Counts the colours that an element shows on the page, but for a border in percent.
    fn colours_of(&self, test_id: &str, border: usize) -> Colours {
        let area = self.page.hook(test_id).area();
        Colours::within(&self.page.picture(), &area.inner(border))
    }

    fn look_at_the_graph(&self) {
        self.page.hook("rail-graph").click();
        self.page.text_where(&hook("graph-node-count"), |text| number(text) > 5);
        // The legend and the buttons stand at the edges; what is counted between them is nodes and edges.
        wait_for("nodes and edges on the canvas", || {
            let colours = self.colours_of("graph-canvas", 15);
            (colours.drawn() > 300 && colours.different() > 5).then_some(())
        });
        self.keep_a_picture("6-graph");
    }

    fn look_at_the_timeline(&self) {
        self.page.hook("rail-timeline").click();
        self.page
            .text_where(&hook("timeline-event"), |text| text.contains("2024-02-10"));
        wait_for("bars on the timeline", || {
            let colours = self.colours_of("timeline-canvas", 0);
            (colours.drawn() > 300 && colours.different() > 3).then_some(())
        });
        self.keep_a_picture("7-timeline");
    }

    fn search(&self) {
        self.page.control('k');
        self.page.hook("palette-input").enter("visser");
        self.page
            .text_where(&hook("palette-entity"), |text| text.contains(OTHER));
        self.keep_a_picture("8-search");
        self.page
            .click_where(&hook("palette-entity"), |text| text.contains(OTHER));
        self.page.text_where(&hook("inspector-title"), |text| text == OTHER);
        self.page.gone(&hook("palette-input"));
    }

    fn write_a_report(&self) {
        self.page.hook("rail-reports").click();
        self.page.hook("tlp-AMBER").click();
        self.page.hook("report-preview");
        self.page.hook("export-html").click();
        self.page.hook("reason").enter("for the file of the case");
        self.page.hook("reason-submit").click();
        let told = self
            .page
            .text_where(&hook("export-written"), |text| text.contains(".html"));
        self.keep_a_picture("9-report");
        let folder = self.home.join("cases").join(format!("{CASE} exports"));
        let mut written: Vec<PathBuf> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        written.sort();
        let [file, receipt] = written.as_slice() else {
            panic!("one file was exported, with its receipt: {written:?}")
        };
        let receipt = std::fs::read_to_string(receipt).unwrap();
        assert!(receipt.contains(&format!("{CASE}.html")), "{receipt}");
        assert!(told.contains(&*file.file_name().unwrap().to_string_lossy()), "{told}");
        let html = std::fs::read_to_string(file).unwrap();
        for wanted in [PERSON, OTHER, "TLP:AMBER"] {
            assert!(html.contains(wanted), "the report does not say {wanted}");
        }
        assert!(!html.contains(SECRET), "the report tells a password");
    }

    /// Commands that exist in the shell but are not granted, and one that does not exist.
    fn be_refused_what_was_not_granted(&self) {
        for command in [
            "plugin:fs|read_file",
            "plugin:dialog|open",
            "plugin:webview|create_webview_window",
            "plugin:window|close",
        ] {
            let call = format!(
                "window.__TAURI_INTERNALS__.invoke({}, {{ path: '/etc/hostname', options: {{}} }})",
                json!(command)
            );
            let answer = self.page.run_promise(&call);
            let refused = answer["refused"].as_str().unwrap_or_default();
            assert!(refused.contains("not allowed"), "{command}: {answer}");
        }
        let unknown = self
            .page
            .run_promise("window.__TAURI_INTERNALS__.invoke('rpc', { method: 'case.dump', request: {} })");
        assert_eq!(unknown["refused"]["code"], "not-found", "{unknown}");
    }

    fn lock_and_unlock(&mut self) {
        let former = self.family();
        self.page.hook("lock").click();
        self.follow_the_lock(&former);
        assert!(self.why_locked().starts_with("Locked."));
        let left = self.page.run("return document.body.textContent;");
        for gone in [PERSON, OTHER, MAIL] {
            assert!(
                !left.as_str().unwrap_or_default().contains(gone),
                "{gone} stands on the screen of a locked case"
            );
        }
        self.page.click_where(&hook("recent-case"), |text| text.contains(CASE));
        self.page.hook("unlock-passphrase").enter("no heron ever");
        self.page.hook("unlock-submit").click();
        self.page
            .text_where("[role=\"dialog\"] [role=\"alert\"]", |text| text.contains("passphrase"));
        self.keep_a_picture("10-wrong-passphrase");
        self.page.hook("unlock-passphrase").enter(PASSPHRASE);
        self.page.hook("unlock-submit").click();
        self.page.hook("rail-entities").click();
        self.page.text_where(&hook("entity-total"), |text| number(text) > 5);
        self.page.text_where(&hook("entity-row"), |text| text.contains(PERSON));
    }

    /// Nothing of the page broke the policy; and the policy is in force, as breaking it on purpose shows.
    fn have_kept_the_content_policy(&self) {
        assert_eq!(self.page.run("return window.__violations;"), json!([]));
        let evaluated = self.page.run_promise(
            "(() => { try { return String((0, eval)('1 + 1')); } catch (error) { return error.name; } })()",
        );
        assert_eq!(evaluated["granted"], "EvalError");
        self.page.run("const script = document.createElement('script'); script.textContent = 'window.__inline = true'; document.head.append(script);");
        let broken = wait_for("a violation report", || {
            let list = self.page.run("return window.__violations;");
            list.as_array()
                .is_some_and(|list| {
                    list.iter()
                        .any(|each| each.as_str().is_some_and(|text| text.ends_with("inline")))
                })
                .then_some(list)
        });
        assert_eq!(
            self.page.run("return window.__inline === undefined;"),
            json!(true),
            "{broken}"
        );
        let fetched = self.page.run_promise("fetch('http://127.0.0.1:9/')");
        assert!(
            fetched.get("refused").is_some(),
            "the page reached the network: {fetched}"
        );
    }

    fn listen_for_its_driver_only(&self) {
        let allowed: BTreeSet<u16> = driver_port(self.process).into_iter().collect();
        let open = listening_ports(self.process);
        assert!(
            open.is_subset(&allowed),
            "the window listens on {open:?}, its driver uses {allowed:?}"
        );
    }
}

/// Without a driver the program opens no port at all.
fn the_window_alone_listens_to_nobody(program: &Path) {
    let home = tempfile::tempdir().unwrap();
    let alone = Running::start(program, &[], &[], home.path());
    Desk::open().window_of(alone.id(), TITLE);
    // The page is at work as soon as the web view's own processes are.
    wait_for("the page's process", || {
        (descendants(alone.id()).len() >= 2).then_some(())
    });
    assert_eq!(listening_ports(alone.id()), BTreeSet::new());
}

/// The first number of a text, grouped or not.
fn number(text: &str) -> u64 {
    let digits: String = text
        .trim_start()
        .chars()
        .take_while(|c| c.is_ascii_digit() || ",.\u{202f}\u{a0}".contains(*c))
        .filter(char::is_ascii_digit)
        .collect();
    digits.parse().unwrap_or_default()
}
