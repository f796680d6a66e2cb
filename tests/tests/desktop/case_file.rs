//! The screens of the case file in the real window: custody, notes, corrections, looking back, keys, backups, packages,
//! erasing, and the ways back into a locked case.

use std::path::PathBuf;

use serde_json::json;
use x11rb::protocol::xproto::Window as Surface;

use crate::invented::{self, OTHER, PERSON, SECRET};
use crate::webdriver::hook;
use crate::window::{TITLE, Window, program};
use crate::xdnd::Desk;

const CASE: &str = "Quay Nine";
const PASSPHRASE: &str = "seven quiet herons at dusk";
const NEXT: &str = "nine grey herons at dawn";
const SEALED: &str = "a package for one colleague";

#[test]
fn the_case_file_from_its_first_event_to_the_printed_code() {
    let Some(program) = program() else { return };
    let mut walk = Walk::start(&program);
    walk.look_at_empty_screens();
    walk.import();
    walk.check_custody();
    walk.note_and_tag();
    walk.correct_and_take_back();
    walk.reveal();
    walk.split_and_look_back();
    let code = walk.add_keys();
    walk.back_up();
    let package = walk.hand_over();
    walk.receive(package);
    walk.erase();
    walk.recover(&code);
    walk.window.close();
}

struct Walk {
    window: Window,
    desk: Desk,
    surface: Surface,
}

impl Walk {
    fn start(program: &std::path::Path) -> Self {
        let window = Window::open("file-", program, &[], |_| {});
        let desk = Desk::open();
        let surface = desk.window_of(window.process, TITLE);
        window.keep_views("start");
        window.create_a_case(CASE, PASSPHRASE);
        Self { window, desk, surface }
    }

    fn go(&self, panel: &str) {
        self.window.page.hook(&format!("rail-{panel}")).click();
        self.window.page.one(&format!("[data-panel=\"{panel}\"]"));
    }

    fn choose(&self, path: &std::path::Path) {
        self.desk.choose(self.window.process, self.surface, path);
    }

    fn fill(&self, test_id: &str, text: &str) {
        let field = self.window.page.hook(test_id);
        field.click();
        self.window.page.control('a');
        field.enter(text);
    }

    fn menu(&self, entry: &str) {
        self.window
            .page
            .click_where("[role=\"menuitem\"]", |text| text.contains(entry));
    }

    fn look_at_empty_screens(&self) {
        for panel in ["custody", "backups", "share", "keys", "settings"] {
            self.go(panel);
            self.window.keep_views(&format!("empty-{panel}"));
        }
        self.go("share");
        self.window.page.hook("tab-in").click();
        self.window.page.hook("receive-pick");
        self.window.keep_views("empty-receive");
    }

    fn import(&self) {
        let page = &self.window.page;
        let files = invented::write(&self.window.home.join("evidence"));
        self.desk.drop_files(self.surface, &files);
        page.text_where(&hook("plan-row"), |text| text.contains("leakcheck"));
        let row = page
            .all(&hook("plan-row"))
            .iter()
            .position(|row| row.try_text().is_ok_and(|text| text.contains("leakcheck")))
            .unwrap();
        let options = format!("{}:nth-of-type({}) button[aria-expanded]", hook("plan-row"), row + 1);
        page.one(&options).click();
        page.hook("plan-secrets").click();
        self.window.keep_views("plan");
        page.hook("import-submit").click();
        page.text_where(&hook("import-state"), |text| text.contains("done"));
        page.hook("import-done").click();
        page.text_where(&hook("entity-total"), |text| !text.starts_with('0'));
    }

    fn check_custody(&self) {
        let page = &self.window.page;
        self.go("custody");
        page.text_where(&hook("operation-row"), |text| text.contains("import"));
        self.window.keep_views("custody");
        page.hook("verify").click();
        page.text_where(&hook("verdict"), |text| !text.is_empty());
        assert!(page.all(&hook("check")).len() > 3);
        self.window.keep_views("verified");
        page.hook("tab-events").click();
        page.hook("custody-row");
        self.window.keep_views("events");
        page.hook("tab-operations").click();
    }

    fn show_the_person(&self) {
        self.go("entities");
        self.fill("entity-filter", "Korhonen");
        self.window
            .select(PERSON, |text| text.contains("person") && text.contains(PERSON));
    }

    fn note_and_tag(&self) {
        let page = &self.window.page;
        self.show_the_person();
        page.hook("tag-field").enter("witness\u{e007}");
        page.text_where(&hook("tag"), |text| text == "witness");
        page.hook("note-field").enter("seen on the quay, asked for a lighter");
        page.hook("note-add").click();
        page.text_where(&hook("note"), |text| text.contains("asked for a lighter"));
        self.window.keep_views("notes");
    }

    /// Opens the proof of the confidence until statements with their menus show.
    fn open_statements(&self) {
        let page = &self.window.page;
        if page
            .all(&format!("{}[aria-expanded=\"true\"]", hook("open-confidence")))
            .is_empty()
        {
            page.hook("open-confidence").click();
        }
        let parts = "[data-testid=\"open-confidence\"] + div button[aria-expanded=\"false\"]";
        page.one(parts);
        while page.all(&hook("statement-menu")).is_empty() {
            page.one(parts).click();
            let begun = std::time::Instant::now();
            while page.all(&hook("statement-menu")).is_empty() && begun.elapsed().as_secs() < 2 {
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
        }
    }

    fn correct_and_take_back(&self) {
        let page = &self.window.page;
        self.open_statements();
        page.hook("statement-menu").click();
        self.menu("Correct");
        self.fill("edit-field", "ines.visser@mail.example");
        page.hook("edit-reason").enter("married since, seen in the register");
        self.window.keep_views("edit");
        page.hook("edit-submit").click();
        page.gone(&hook("edit-field"));
        let operations = self
            .window
            .ask("log.page", &json!({ "offset": 0, "limit": 20, "kind": "edit" }));
        assert_eq!(operations["total"], 1, "{operations}");

        self.go("custody");
        let names_it = |text: &str| text.contains("correction of ") && text.contains("ines.visser@mail.example");
        page.click_where(&hook("undo"), names_it);
        page.click_where(&hook("redo"), names_it);
        page.text_where(&hook("undo"), names_it);
        page.click_where(&hook("operation-row"), |text| {
            text.contains("correction of") && !text.contains("taking back") && !text.contains("making again")
        });
        page.text_where(&hook("operation-detail"), names_it);
        self.window.keep_views("operation");
        page.hook("take-back").click();
        page.hook("bring-back");
        self.window.keep_views("taken-back");
    }

    /// Shows a password of the breach file: by the person's statements, with a reason, and it is logged.
    fn reveal(&self) {
        let page = &self.window.page;
        self.show_the_person();
        // The statement of the password lies below the fact of the password.
        page.click_where("aside button[aria-expanded=\"false\"]", |text| {
            text.contains("password")
        });
        let menus = hook("statement-menu");
        let begun = std::time::Instant::now();
        loop {
            assert!(
                begun.elapsed() < crate::webdriver::LIMIT,
                "no statement can be revealed"
            );
            for menu in page.all(&menus) {
                if menu.try_click().is_err() {
                    continue;
                }
                let entries: Vec<String> = page
                    .all("[role=\"menuitem\"]")
                    .iter()
                    .filter_map(|entry| entry.try_text().ok())
                    .collect();
                if entries.iter().any(|entry| entry.contains("Reveal")) {
                    self.menu("Reveal");
                    page.hook("reason").enter("asked by the owner of the account");
                    self.window.keep_views("reveal");
                    page.hook("reason-submit").click();
                    page.text_where(&hook("revealed"), |text| text.contains(SECRET));
                    self.window.keep_views("revealed");
                    return;
                }
                page.control('\u{e00c}');
            }
        }
    }

    fn split_and_look_back(&self) {
        let page = &self.window.page;
        self.show_the_person();
        page.one("aside button[aria-label=\"Actions\"]").click();
        self.menu("Split off records");
        page.hook("split-record").click();
        page.hook("split-reason").enter("two people of one name");
        self.window.keep_views("split");
        page.hook("split-submit").click();
        page.gone(&hook("split-reason"));

        self.go("custody");
        // The first import: people of the other files are not there yet.
        page.click_where(&hook("operation-row"), |text| text.contains("heron_lamp9.csv"));
        page.hook("as-of").click();
        page.hook("moment-bar");
        crate::webdriver::wait_for("a profile of that time", || {
            let profile = page.one("aside").try_text().ok()?;
            (!profile.contains("TideForum")).then_some(())
        });
        self.window.keep_views("as-of");
        let status = self.window.ask("case.status", &json!({}));
        assert!(status["open"]["as_of"].is_string(), "{status}");
        assert_eq!(status["open"]["writable"], false, "{status}");
        page.hook("to-present").click();
        page.gone(&hook("moment-bar"));
    }

    /// Makes the printed code, adds a passphrase, replaces the first one; answers the code.
    fn add_keys(&self) -> String {
        let page = &self.window.page;
        self.go("keys");
        page.hook("keys-recovery").click();
        page.hook("kit-create").click();
        let code = page.text_where(&hook("kit-code"), |text| text.len() > 20);
        self.window.keep_views("kit");
        page.hook("kit-printed").click();
        page.hook("kit-close").click();

        page.hook("keys-add").click();
        page.hook("add-passphrase").enter("eleven herons under a bridge");
        page.hook("add-passphrase-repeat").enter("eleven herons under a bridge");
        page.hook("add-label").enter("Bram's");
        self.window.keep_views("add-passphrase");
        page.hook("add-submit").click();
        page.text_where(&hook("slot-row"), |text| text.contains("Bram's"));

        page.hook("keys-passphrase").click();
        page.hook("present-passphrase").enter(PASSPHRASE);
        page.hook("next-passphrase").enter(NEXT);
        page.hook("next-passphrase-repeat").enter(NEXT);
        self.window.keep_views("change-passphrase");
        page.hook("passphrase-submit").click();
        page.gone(&hook("present-passphrase"));
        assert_eq!(page.all(&hook("slot-row")).len(), 3);
        self.window.keep_views("keys");
        code
    }

    fn back_up(&self) {
        let page = &self.window.page;
        let folder = self.window.home.join("backups");
        std::fs::create_dir(&folder).unwrap();
        self.go("backups");
        page.hook("backup-folder").click();
        self.choose(&folder);
        page.hook("backup-run").click();
        page.hook("backup-row").click();
        page.hook("backup-test").click();
        page.text_where(&hook("backup-row"), |text| text.contains("whole"));
        self.window.keep_views("backups");
        page.hook("backup-restore").click();
        page.hook("restore-passphrase");
        self.window.keep_views("restore");
        page.click_where("[role=\"dialog\"] button", |text| text == "Cancel");
    }

    fn hand_over(&self) -> PathBuf {
        let page = &self.window.page;
        let package = self.window.home.join("for-bram.fusionpack");
        self.go("share");
        page.hook("tab-out").click();
        page.hook("pack-way-passphrase").click();
        page.hook("pack-passphrase").enter(SEALED);
        page.hook("pack-passphrase-repeat").enter(SEALED);
        page.hook("pack-reason").enter("a second pair of eyes");
        page.click_where("[data-panel=\"share\"] button", |text| text.contains("Elsewhere"));
        self.choose(&package);
        self.window.keep_views("pack");
        page.hook("pack-submit").click();
        crate::webdriver::wait_for("the package", || package.is_file().then_some(()));
        package
    }

    fn receive(&self, package: PathBuf) {
        let page = &self.window.page;
        page.hook("tab-in").click();
        page.hook("receive-pick").click();
        self.choose(&package);
        page.hook("receive-way-passphrase").click();
        page.hook("receive-passphrase").enter(SEALED);
        page.hook("receive-inspect").click();
        page.hook("receive-compare");
        self.window.keep_views("package");
        page.hook("receive-compare").click();
        page.hook("merge");
        self.window.keep_views("merge");
    }

    fn erase(&self) {
        let page = &self.window.page;
        self.go("entities");
        self.fill("entity-filter", "Visser");
        self.window.select(OTHER, |text| text.contains(OTHER));
        page.one("aside button[aria-label=\"Actions\"]").click();
        self.menu("Erase for good");
        page.hook("erase-plan");
        page.hook("erase-reason").enter("asked to be forgotten");
        page.hook("erase-word").enter("erase");
        self.window.keep_views("erase");
        page.hook("erase-submit").click();
        page.gone(&hook("erase-word"));
        self.fill("entity-filter", "Visser");
        self.window.keep_views("erased");
        crate::webdriver::wait_for("nobody of that name", || {
            let rows = page.all(&hook("entity-row"));
            let named = rows
                .iter()
                .any(|row| row.try_text().is_ok_and(|text| text.contains(OTHER)));
            (!named).then_some(())
        });
    }

    fn lock(&mut self) {
        let former = self.window.family();
        self.window.page.hook("lock").click();
        self.window.follow_the_lock(&former);
    }

    /// Locks, opens with the new passphrase, is refused with the former one, and comes back with the printed code.
    fn recover(&mut self, code: &str) {
        self.lock();
        self.window.unlock(CASE, NEXT);
        self.lock();
        let page = &self.window.page;
        page.click_where(&hook("recent-case"), |text| text.contains(CASE));
        page.hook("unlock-passphrase").enter(PASSPHRASE);
        page.hook("unlock-submit").click();
        page.text_where("[role=\"dialog\"] [role=\"alert\"]", |text| text.contains("passphrase"));
        page.hook("unlock-way-kit").click();
        page.hook("unlock-next");
        self.window.keep_views("unlock-kit");
        page.hook("unlock-way-recovery").click();
        page.hook("unlock-recovery").enter(code);
        self.window.keep_views("unlock-recovery");
        page.hook("unlock-submit").click();
        page.hook("rail-entities");
        assert!(self.window.ask("case.status", &json!({}))["open"].is_object());
    }
}
