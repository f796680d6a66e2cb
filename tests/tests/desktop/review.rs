//! Thirty pairs decided in the real window with the keyboard alone, some of them undone; and a merge undone after fifty
//! later edits.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::invented::{NAMESAKES, write_namesakes};
use crate::webdriver::{hook, wait_for};
use crate::window::{TITLE, Window, program};
use crate::xdnd::Desk;

const CASE: &str = "Two Lists";
const PASSPHRASE: &str = "seven quiet herons at dusk";

#[test]
fn thirty_pairs_are_decided_with_the_keyboard() {
    let Some(program) = program() else { return };
    let window = Window::open("review-", &program, &[], |_| {});
    window.create_a_case(CASE, PASSPHRASE);
    window.fill_the_queue();
    let meant = window.decide_all();
    let merge = window.compare_with_the_log(&meant);
    window.un_merge_after_fifty_edits(&merge);
    window.close();
}

/// A verdict as the log tells it, and the operation that gave it.
struct Logged {
    name: String,
    operation: String,
}

impl Window {
    fn fill_the_queue(&self) {
        let files = write_namesakes(&self.home.join("evidence"));
        let desk = Desk::open();
        desk.drop_files(desk.window_of(self.process, TITLE), &files);
        wait_for("a plan for both lists", || {
            (self.page.all(&hook("plan-row")).len() == files.len()).then_some(())
        });
        self.page.hook("import-submit").click();
        self.page
            .text_where(&hook("import-state"), |text| text.contains("done"));
        self.page.hook("import-done").click();
        self.page.press('g');
        self.page.press('r');
        wait_for("the whole queue", || {
            (self.page.all(&hook("review-pair")).len() == NAMESAKES.len()).then_some(())
        });
        self.keep_views("queue");
    }

    /// The pair on the screen and the name of its left side; nothing when none waits.
    fn on_the_screen(&self) -> Option<(String, String)> {
        let found = self.page.run(
            "const at = document.querySelector('[data-testid=\"review-current\"]'); \
             return at && [at.dataset.pair, at.querySelector('bdi').textContent];",
        );
        Some((found[0].as_str()?.to_owned(), found[1].as_str()?.to_owned()))
    }

    /// Presses keys as fast as the driver takes them. Returns the verdict meant on each name.
    fn decide_all(&self) -> BTreeMap<String, &'static str> {
        let mut meant = BTreeMap::new();
        let mut put_off = 0;
        let mut turn = 0;
        while meant.len() < NAMESAKES.len() {
            let (pair, name) = self.on_the_screen().expect("a pair that waits");
            assert!(!meant.contains_key(&name), "{name} was decided and stands there again");
            turn += 1;
            assert!(turn < 100, "the queue does not end: {meant:?}");
            if put_off < 3 && turn % 5 == 2 {
                put_off += 1;
                self.page.press('l');
                assert_ne!(self.on_the_screen().map(|(pair, _)| pair), Some(pair), "not put off");
                continue;
            }
            let (key, verdict) = if turn % 3 == 0 {
                ('n', "different")
            } else {
                ('y', "same")
            };
            self.page.press(key);
            if turn % 6 == 1 {
                // Undone at once, by either key, and decided the other way.
                assert_ne!(
                    self.on_the_screen().map(|(pair, _)| pair),
                    Some(pair.clone()),
                    "not decided"
                );
                if turn % 12 == 1 {
                    self.page.press('u');
                } else {
                    self.page.control('z');
                }
                assert_eq!(
                    self.on_the_screen().map(|(pair, _)| pair),
                    Some(pair),
                    "not brought back"
                );
                self.page.press('n');
                meant.insert(name, "different");
            } else {
                meant.insert(name, verdict);
            }
            if meant.len() == 12 {
                self.keep_views("half-way");
            }
        }
        self.page
            .text_where(&hook("review-count"), |text| text.starts_with('0'));
        self.keep_views("all-decided");
        meant
    }

    fn log_of(&self, kind: &str) -> Vec<Value> {
        let view = self.ask("log.page", &json!({ "offset": 0, "limit": 1000, "kind": kind }));
        view["operations"].as_array().cloned().unwrap_or_default()
    }

    fn rest(&self) {
        wait_for("the fusions to end", || {
            let view = self.ask("job.list", &json!({}));
            let jobs = view["jobs"].as_array()?;
            jobs.iter().all(|job| job["state"] != "running").then_some(())
        });
    }

    /// Holds the log against what was meant. Returns one merge.
    fn compare_with_the_log(&self, meant: &BTreeMap<String, &'static str>) -> Logged {
        let of = |text: &str| {
            NAMESAKES
                .iter()
                .find(|name| text.contains(*name))
                .map(|name| (*name).to_owned())
        };
        let judged = wait_for("thirty verdicts in force", || {
            let all = self.log_of("judge");
            let in_force = all.iter().filter(|each| each["retracted"] == false).count();
            (in_force == NAMESAKES.len()).then_some(all)
        });
        let mut logged = BTreeMap::new();
        let mut merge = None;
        for operation in judged.iter().filter(|each| each["retracted"] == false) {
            let text = operation["text"].as_str().unwrap();
            let name = of(text).unwrap_or_else(|| panic!("a verdict on nobody of the lists: {text}"));
            let verdict = if text.starts_with("verdict same") {
                "same"
            } else {
                "different"
            };
            assert!(logged.insert(name.clone(), verdict).is_none(), "two verdicts on {name}");
            if verdict == "same" {
                let operation = operation["id"].as_str().unwrap().to_owned();
                merge = Some(Logged { name, operation });
            }
        }
        assert_eq!(&logged, meant);
        self.rest();
        let same = meant.values().filter(|verdict| **verdict == "same").count();
        let status = self.ask("case.status", &json!({}));
        assert_eq!(status["open"]["review"], 0, "{status}");
        assert_eq!(status["open"]["stale"], false, "{status}");
        let people = self.people();
        assert_eq!(people.len(), 2 * NAMESAKES.len() - same);
        merge.expect("somebody was judged the same")
    }

    fn people(&self) -> Vec<Value> {
        let wish = json!({ "kinds": ["person"], "min_risk": "", "text": "", "offset": 0, "limit": 200, "sort": "label", "order": "asc" });
        self.ask("entity.page", &wish)["rows"]
            .as_array()
            .cloned()
            .unwrap_or_default()
    }

    fn un_merge_after_fifty_edits(&self, merge: &Logged) {
        let people = self.people();
        let person = people.iter().find(|row| row["label"] == json!(merge.name)).unwrap();
        let entity = person["id"].as_str().unwrap();
        for number in 0..50 {
            self.ask(
                "entity.note",
                &json!({ "entity": entity, "text": format!("note {number}") }),
            );
        }
        self.ask("review.takeBack", &json!({ "operation": merge.operation }));
        // It waits again in the window as soon as it is taken back, and is two after the fusion.
        self.rest();
        self.page
            .text_where(&hook("review-pair"), |text| text.contains(&merge.name));
        assert_eq!(self.people().len(), people.len() + 1, "they are still one");
        let notes = self.log_of("note");
        assert_eq!(notes.len(), 50);
        assert!(
            notes
                .iter()
                .all(|note| note["retracted"] == false && note["conflict"] == ""),
            "{notes:?}"
        );
    }
}
