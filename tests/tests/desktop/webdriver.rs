//! A WebDriver client: as much of the W3C protocol as one window needs, over plain HTTP on this machine.
//!
//! Every wait polls with a time limit; nothing here sleeps for a fixed time and hopes. It knows nothing of the
//! product. A failed call panics with what the driver said, since a test cannot go on without its window.

use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use minreq::Method;
use serde_json::{Value, json};

use crate::picture::Area;

/// How long anything may take; a loaded machine is slow, a hanging one is not waited for.
pub const LIMIT: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(50);
/// The protocol's name for a reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Asks again and again until there is an answer.
pub fn wait_for<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(begun.elapsed() < LIMIT, "waited {} s for {what}", LIMIT.as_secs());
        std::thread::sleep(PAUSE);
    }
}

/// A session with one window.
pub struct Session {
    base: String,
    id: String,
}

/// An element of the page.
#[derive(Clone)]
pub struct Element<'s> {
    session: &'s Session,
    id: String,
}

fn call(method: Method, url: &str, body: Option<&Value>) -> Result<Value, String> {
    let mut request = minreq::Request::new(method, url).with_timeout(120);
    if let Some(body) = body {
        request = request
            .with_header("Content-Type", "application/json")
            .with_body(body.to_string());
    }
    let answer = request.send().map_err(|error| format!("{url}: {error}"))?;
    let text = answer.as_str().map_err(|error| format!("{url}: {error}"))?;
    let mut document: Value = serde_json::from_str(text).map_err(|error| format!("{url}: {error}: {text}"))?;
    match answer.status_code {
        200 => Ok(document["value"].take()),
        status => Err(format!("{url}: {status}: {}", document["value"])),
    }
}

/// What the driver answers when a page is drawn anew under its eyes; a session that is lost has another error.
const NO_WORDS: &str = r#""error":"unknown error","message":"""#;

impl Session {
    /// Starts the program through the driver at `port`, as soon as that answers.
    pub fn start(port: u16, program: &Path) -> Self {
        let options = json!({ "binary": program.display().to_string(), "args": [] });
        Self::begin(port, json!({ "webkitgtk:browserOptions": options }))
    }

    /// Drives the program that the driver at `port` was pointed at.
    pub fn join(port: u16) -> Self {
        Self::begin(port, json!({}))
    }

    fn begin(port: u16, mut wanted: Value) -> Self {
        let base = format!("http://127.0.0.1:{port}");
        wait_for("the driver", || call(Method::Get, &format!("{base}/status"), None).ok());
        wanted["timeouts"] = json!({ "script": 60_000, "pageLoad": 60_000, "implicit": 0 });
        let capabilities = json!({ "capabilities": { "alwaysMatch": wanted } });
        let answer = call(Method::Post, &format!("{base}/session"), Some(&capabilities)).unwrap();
        let id = answer["sessionId"].as_str().expect("a session id").to_owned();
        Self { base, id }
    }

    /// Ends the session and with it the program.
    pub fn end(&self) {
        call(Method::Delete, &self.url(""), None).unwrap();
    }

    fn url(&self, path: &str) -> String {
        format!("{}/session/{}{path}", self.base, self.id)
    }

    fn get(&self, path: &str) -> Result<Value, String> {
        call(Method::Get, &self.url(path), None)
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, String> {
        call(Method::Post, &self.url(path), Some(body))
    }

    /// Returns all elements that a CSS selector matches now.
    pub fn all(&self, css: &str) -> Vec<Element<'_>> {
        let wanted = json!({ "using": "css selector", "value": css });
        let found = match self.post("/elements", &wanted) {
            Ok(found) => found,
            // The page was drawn anew while the driver looked: what it found is gone already, or it found no words for that.
            Err(why) if why.contains("stale element") || why.contains(NO_WORDS) => return Vec::new(),
            Err(why) => panic!("{why}"),
        };
        let list = found.as_array().cloned().unwrap_or_default();
        let ids = list.iter().filter_map(|each| each[ELEMENT].as_str().map(str::to_owned));
        ids.map(|id| Element { session: self, id }).collect()
    }

    /// Waits for the first element of a CSS selector.
    pub fn one(&self, css: &str) -> Element<'_> {
        wait_for(css, || self.all(css).into_iter().next())
    }

    /// Waits for the element with a test id.
    pub fn hook(&self, test_id: &str) -> Element<'_> {
        self.one(&hook(test_id))
    }

    /// Waits until an element matches and its text passes.
    pub fn text_where(&self, css: &str, is_right: impl Fn(&str) -> bool) -> String {
        let mut last = String::new();
        let begun = Instant::now();
        loop {
            for element in self.all(css) {
                // An element may be drawn anew between finding and reading it.
                let Ok(text) = element.try_text() else { continue };
                if is_right(&text) {
                    return text;
                }
                last = text;
            }
            assert!(
                begun.elapsed() < LIMIT,
                "waited for another text of {css}; it says: {last}"
            );
            std::thread::sleep(PAUSE);
        }
    }

    /// Waits for an element whose text passes, and clicks on it.
    pub fn click_where(&self, css: &str, is_right: impl Fn(&str) -> bool) {
        let mut last = String::new();
        let begun = Instant::now();
        loop {
            for element in self.all(css) {
                match element.try_text() {
                    Ok(text) if is_right(&text) => match element.try_click() {
                        Ok(()) => return,
                        Err(why) => last = why,
                    },
                    Ok(text) => last = text,
                    Err(why) => last = why,
                }
            }
            assert!(begun.elapsed() < LIMIT, "waited to click on {css}; last: {last}");
            std::thread::sleep(PAUSE);
        }
    }

    /// Waits until nothing matches any more.
    pub fn gone(&self, css: &str) {
        wait_for(&format!("{css} to go"), || self.all(css).is_empty().then_some(()));
    }

    /// Runs a script in the page; it must `return` its answer.
    pub fn run(&self, script: &str) -> Value {
        self.post("/execute/sync", &json!({ "script": script, "args": [] }))
            .unwrap()
    }

    /// Runs a script whose promise's outcome is the answer; a rejection is answered as `{"refused": …}`.
    pub fn run_promise(&self, expression: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1]; \
             Promise.resolve().then(() => ({expression})).then((got) => done({{ granted: got === undefined ? null : got }}), \
             (reason) => done({{ refused: reason && reason.message !== undefined ? reason : String(reason) }}));"
        );
        self.post("/execute/async", &json!({ "script": script, "args": [] }))
            .unwrap()
    }

    /// Presses a key.
    pub fn press(&self, key: char) {
        let step = |kind: &str| json!({ "type": kind, "value": key.to_string() });
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": [step("keyDown"), step("keyUp")] });
        self.post("/actions", &json!({ "actions": [keyboard] })).unwrap();
    }

    /// Presses a key while Control is held.
    pub fn control(&self, key: char) {
        let control = '\u{e009}';
        let press = |kind: &str, value: char| json!({ "type": kind, "value": value.to_string() });
        let steps = [
            press("keyDown", control),
            press("keyDown", key),
            press("keyUp", key),
            press("keyUp", control),
        ];
        self.post(
            "/actions",
            &json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": steps }] }),
        )
        .unwrap();
    }

    /// Makes the window as large as this, if the display lets it.
    pub fn resize(&self, width: u32, height: u32) {
        let rect = json!({ "x": 0, "y": 0, "width": width, "height": height });
        self.post("/window/rect", &rect).unwrap();
    }

    /// Takes a picture of the page, as PNG.
    pub fn picture(&self) -> Vec<u8> {
        png_of(&self.get("/screenshot").unwrap())
    }
}

impl Element<'_> {
    fn path(&self, rest: &str) -> String {
        format!("/element/{}{rest}", self.id)
    }

    /// Returns the text, or what the driver said against it.
    ///
    /// The text of the document, not of the screen: the driver leaves out what an ellipsis shortens.
    pub fn try_text(&self) -> Result<String, String> {
        let text = self.session.get(&self.path("/property/textContent"))?;
        Ok(text.as_str().unwrap_or_default().trim().to_owned())
    }

    /// Clicks once.
    pub fn try_click(&self) -> Result<(), String> {
        self.session.post(&self.path("/click"), &json!({})).map(drop)
    }

    /// Clicks, as soon as the element can be clicked.
    pub fn click(&self) {
        let mut last = String::new();
        let begun = Instant::now();
        loop {
            let enabled = self.session.get(&self.path("/enabled"));
            match if enabled == Ok(Value::Bool(true)) {
                self.try_click()
            } else {
                Err(format!("enabled: {enabled:?}"))
            } {
                Ok(()) => return,
                Err(why) => last.clone_from(&why),
            }
            assert!(begun.elapsed() < LIMIT, "cannot be clicked: {last}");
            std::thread::sleep(PAUSE);
        }
    }

    /// Types into a field.
    pub fn enter(&self, text: &str) {
        self.session
            .post(&self.path("/value"), &json!({ "text": text }))
            .unwrap();
    }

    /// Returns where the element stands in a picture of the page.
    pub fn area(&self) -> Area {
        let rect = self.session.get(&self.path("/rect")).unwrap();
        let pixels = |name: &str| rect[name].as_f64().unwrap_or_default().max(0.0) as usize;
        let (left, top) = (pixels("x"), pixels("y"));
        Area {
            left,
            top,
            right: left + pixels("width"),
            bottom: top + pixels("height"),
        }
    }
}

/// Returns the selector of a test id.
pub fn hook(test_id: &str) -> String {
    format!("[data-testid=\"{test_id}\"]")
}

fn png_of(answer: &Value) -> Vec<u8> {
    BASE64_STANDARD.decode(answer.as_str().expect("a picture")).unwrap()
}
