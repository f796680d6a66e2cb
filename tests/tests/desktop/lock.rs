//! What a lock leaves behind in the real window: nothing. And what locks it: somebody, time, sleep, the screen.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::logind::Logind;
use crate::memory::{self, Needles, keys_of};
use crate::processes::descendants;
use crate::webdriver::{hook, wait_for};
use crate::window::{TITLE, Window, program};
use crate::xdnd::Desk;

const CASE: &str = "Heron";
const MARKERS: u64 = 20;

/// Different in every run, and never a constant of a program.
fn seed() -> u64 {
    u64::from(std::process::id()) * 7_919 + 100_000_007
}

#[test]
fn a_locked_window_leaves_nothing_in_memory() {
    let Some(program) = program() else { return };
    // A minute is the shortest time that can be chosen.
    let mut window = Window::open("lock-", &program, &[], auto_lock_after_a_minute);
    match memory::held(window.process, &Needles::new()) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            println!("skipped: this user may not look into the window's memory ({error})");
            return;
        }
        other => drop(other.unwrap()),
    }
    let seed = seed();
    let passphrase = format!("quiet{seed}heron{}", seed * 3);
    let markers: Vec<String> = (0..MARKERS)
        .map(|number| format!("Zaunkoenig{}", seed * (number + 11)))
        .collect();
    window.create_a_case(CASE, &passphrase);
    let rows: String = markers
        .iter()
        .map(|marker| format!("{marker} Quill,{marker}@example.org\n"))
        .collect();
    let file = window.home.join("evidence-people.csv");
    std::fs::write(&file, format!("name,email\n{rows}")).unwrap();
    let desk = Desk::open();
    desk.drop_files(desk.window_of(window.process, TITLE), std::slice::from_ref(&file));
    window.page.hook("import-submit").click();
    window
        .page
        .text_where(&hook("import-state"), |text| text.contains("done"));
    window.page.hook("import-done").click();
    std::fs::remove_file(&file).unwrap();

    let mut needles: Needles = markers
        .iter()
        .map(|marker| (marker.clone(), marker.clone().into_bytes()))
        .collect();
    let keys = window.home.join(format!("cases/{CASE}.fusion/case.keys"));
    needles.extend(keys_of(&keys, &passphrase));
    needles.insert("passphrase".to_owned(), passphrase.clone().into_bytes());

    show_the_markers(&window, &markers);
    let former = window.family();
    let held = memory::held(window.process, &needles).unwrap();
    for name in markers.iter().map(String::as_str).chain(["master", "evidence"]) {
        assert!(held.contains_key(name), "{name} is not in the memory of an open window");
    }
    println!(
        "open: {} of {} words and keys are in the window's process",
        held.len(),
        needles.len()
    );
    window.page.resize(1120, 720);
    let size = |window: &Window| window.page.run("return [window.innerWidth, window.innerHeight];");
    wait_for("the size", || (size(&window) == json!([1120, 720])).then_some(()));
    let asked = Instant::now();
    window.page.hook("lock").click();
    window.follow_the_lock(&former);
    println!("asked: a fresh start page after {:?}", asked.elapsed());
    assert_eq!(
        size(&window),
        json!([1120, 720]),
        "the window came back in another size"
    );
    assert!(window.why_locked().starts_with("Locked."));
    nothing_is_left(&window, &needles);
    nothing_is_on_disk(&window.home, &needles);

    window.unlock(CASE, &passphrase);
    show_the_markers(&window, &markers);
    let former = window.family();
    let left_alone = Instant::now();
    // Waits longer than other steps: nobody touches the window, and what the page asks by itself is no use.
    while !window.family().is_disjoint(&former) {
        assert!(
            left_alone.elapsed() < Duration::from_secs(150),
            "an unused case stays open"
        );
        std::thread::sleep(Duration::from_millis(500));
    }
    assert!(
        left_alone.elapsed() > Duration::from_secs(50),
        "the case was locked too early"
    );
    window.follow_the_lock(&former);
    let why = window.why_locked();
    assert!(why.starts_with("Locked after 1 minute without use."), "{why}");
    window.keep_a_picture("unused");
    nothing_is_left(&window, &needles);
    window.close();
}

fn auto_lock_after_a_minute(home: &Path) {
    let settings = home.join("config/fusion-workbench");
    std::fs::create_dir_all(&settings).unwrap();
    std::fs::write(settings.join("auto-lock-minutes"), "1\n").unwrap();
}

/// Shows the table of entities. A page drawn anew swallows a click, so the click is made again until it shows; which
/// markers stand in the rows that are drawn depends on their order, so any two will do.
fn show_the_markers(window: &Window, markers: &[String]) {
    wait_for("two of the words in the table", || {
        window.page.hook("rail-entities").try_click().ok()?;
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(4) {
            let shown = window.page.all("main");
            let text: String = shown.iter().filter_map(|main| main.try_text().ok()).collect();
            if markers.iter().filter(|marker| text.contains(marker.as_str())).count() > 1 {
                return Some(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        None
    });
}

/// Neither the program nor a process below it holds any of it.
fn nothing_is_left(window: &Window, needles: &Needles) {
    let mut looked_into = 0;
    for process in descendants(window.process).into_iter().chain([window.process]) {
        match memory::held(process, needles) {
            Ok(held) => {
                let name = std::fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default();
                assert_eq!(held, BTreeMap::new(), "still in the memory of {name}");
                looked_into += 1;
            }
            Err(error) => assert_ne!(error.kind(), ErrorKind::PermissionDenied, "{process}: {error}"),
        }
    }
    assert!(looked_into >= 3, "only {looked_into} processes could be looked into");
}

/// Neither the web view nor the program wrote any of it beside the case.
fn nothing_is_on_disk(home: &Path, needles: &Needles) {
    let mut folders = vec![home.to_owned()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            } else if let Ok(bytes) = std::fs::read(&path) {
                files += 1;
                memory::search(&bytes, needles, |name, at| {
                    panic!("{name} stands in {} at {at}", path.display());
                });
            }
        }
    }
    assert!(files > 10, "only {files} files could be read");
}

#[test]
fn sleep_and_a_locked_screen_lock_the_case() {
    let Some(program) = program() else { return };
    let Some(mut logind) = Logind::start() else { return };
    let bus = logind.address().to_owned();
    let variables = [("DBUS_SYSTEM_BUS_ADDRESS", bus.as_str()), ("XDG_SESSION_ID", "4")];
    let mut window = Window::open("sleep-", &program, &variables, |_| {});
    let passphrase = format!("dusk{}heron{}", seed(), seed() * 5);

    // Nothing is open: sleep is not held up any longer than it takes to see that.
    logind.waits("an inhibitor", |seen| seen.taken == 1);
    logind.prepare_for_sleep(true);
    logind.waits("the inhibitor back", |seen| seen.given_back == 1);
    logind.prepare_for_sleep(false);
    logind.waits("another inhibitor", |seen| seen.taken == 2);

    window.create_a_case(CASE, &passphrase);
    let keys = window.home.join(format!("cases/{CASE}.fusion/case.keys"));
    let mut needles = keys_of(&keys, &passphrase);
    needles.insert("passphrase".to_owned(), passphrase.clone().into_bytes());
    let former = window.family();
    logind.prepare_for_sleep(true);
    logind.waits("the inhibitor back", |seen| seen.given_back == 2);
    // The computer may sleep from here on: nothing may be in memory any more, not only a second later.
    match memory::held(window.process, &needles) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            println!("not looked into memory: this user may not ({error})");
        }
        held => assert_eq!(
            held.unwrap_or_default(),
            BTreeMap::new(),
            "in memory of a sleeping computer"
        ),
    }
    let alive: Vec<&u32> = former.iter().filter(|id| is_running(**id)).collect();
    assert!(alive.is_empty(), "processes of the former page sleep along: {alive:?}");
    logind.prepare_for_sleep(false);
    window.follow_the_lock(&former);
    assert!(window.why_locked().contains("went to sleep"), "{}", window.why_locked());
    logind.waits("an inhibitor of the fresh run", |seen| seen.taken == 3);

    window.unlock(CASE, &passphrase);
    logind.lock_session(9);
    let former = window.family();
    window.page.hook("rail-overview").click();
    assert!(
        !window.ask("case.status", &json!({}))["open"].is_null(),
        "somebody else's lock locks"
    );
    logind.lock_session(4);
    window.follow_the_lock(&former);
    assert!(window.why_locked().contains("screen"), "{}", window.why_locked());

    window.unlock(CASE, &passphrase);
    let former = window.family();
    logind.waits("the fresh run to listen", |seen| seen.taken == 4);
    logind.hint_that_session_is_locked(4);
    window.follow_the_lock(&former);
    assert!(window.why_locked().contains("screen"), "{}", window.why_locked());
    window.keep_a_picture("screen");
    window.close();
}

fn is_running(process: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{process}/stat")).is_ok_and(|stat| {
        !stat
            .rsplit_once(')')
            .is_some_and(|(_, rest)| rest.trim_start().starts_with('Z'))
    })
}
