//! Hears from the system that the computer goes to sleep or that its screen is locked, and locks the case in time.
//!
//! logind tells both on the system bus. It holds sleep up for as long as somebody keeps its inhibitor, at most for
//! some seconds: the inhibitor is given back when nothing is open, and otherwise goes with the memory of this run
//! (see [`crate::fresh_start`]). Without a system bus or without logind nothing is heard; then the watch over the
//! clocks (`fusion_api::auto_lock`) locks after waking up.

use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use dbus::arg::{OwnedFd, PropMap, prop_cast};
use dbus::blocking::Connection;
use dbus::message::MatchRule;
use dbus::{Error, Path};
use fusion_api::auto_lock::LockReason;
use fusion_api::bench::Workbench;

const NAME: &str = "org.freedesktop.login1";
const PLACE: &str = "/org/freedesktop/login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const SESSION: &str = "org.freedesktop.login1.Session";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
const ANSWER: Duration = Duration::from_secs(5);
const TURN: Duration = Duration::from_secs(1);

/// Starts the thread that listens; it ends with the bus.
pub fn watch(bench: &Arc<Workbench>) -> std::io::Result<()> {
    let bench = Arc::downgrade(bench);
    let work = move || {
        // No bus, no logind, or a bus that went away: the clocks are watched all the same.
        let _ = listen(&bench);
    };
    thread::Builder::new()
        .name("fusion-sleep".to_owned())
        .spawn(work)
        .map(drop)
}

fn listen(bench: &Weak<Workbench>) -> Result<(), Error> {
    let bus = Connection::new_system()?;
    let of_sleep = MatchRule::new_signal(MANAGER, "PrepareForSleep")
        .with_sender(NAME)
        .with_path(PLACE);
    let (heard, sleeps) = std::sync::mpsc::channel();
    bus.add_match(of_sleep, move |(begins,): (bool,), _, _| heard.send(begins).is_ok())?;
    listen_to_the_screen(&bus, bench)?;
    // Asked for last: who holds sleep up has to hear of it.
    let mut inhibitor = inhibit(&bus);
    while bench.strong_count() > 0 {
        bus.process(TURN)?;
        for begins in sleeps.try_iter() {
            if !begins {
                inhibitor = inhibitor.or_else(|| inhibit(&bus));
            } else if !lock(bench, LockReason::Slept) {
                inhibitor = None;
            }
        }
    }
    Ok(())
}

/// Hears that the session is to be locked, or that it was.
fn listen_to_the_screen(bus: &Connection, bench: &Weak<Workbench>) -> Result<(), Error> {
    let session = session(bus);
    let of_session = |rule: MatchRule<'static>| {
        let rule = rule.with_sender(NAME);
        match session.clone() {
            Some(path) => rule.with_path(path),
            // Anybody's session, then: better once too often.
            None => rule,
        }
    };
    let told = Weak::clone(bench);
    bus.add_match(
        of_session(MatchRule::new_signal(SESSION, "Lock")),
        move |(): (), _, _| {
            lock(&told, LockReason::ScreenLocked);
            true
        },
    )?;
    let told = Weak::clone(bench);
    let changed = MatchRule::new_signal(PROPERTIES, "PropertiesChanged");
    bus.add_match(
        of_session(changed),
        move |(interface, values): (String, PropMap), _, _| {
            if interface == SESSION && prop_cast(&values, "LockedHint") == Some(&true) {
                lock(&told, LockReason::ScreenLocked);
            }
            true
        },
    )?;
    Ok(())
}

/// Locks the case, if one is open.
fn lock(bench: &Weak<Workbench>, reason: LockReason) -> bool {
    let Some(bench) = bench.upgrade() else { return false };
    let is_open = bench.try_case().is_some();
    if is_open {
        bench.lock(reason);
    }
    is_open
}

/// Asks that sleep waits until the case is locked; refused while the computer already falls asleep.
fn inhibit(bus: &Connection) -> Option<OwnedFd> {
    let logind = bus.with_proxy(NAME, PLACE, ANSWER);
    let why = ("sleep", "Fusion Workbench", "The open case is locked first.", "delay");
    let answer: Result<(OwnedFd,), Error> = logind.method_call(MANAGER, "Inhibit", why);
    answer.ok().map(|(inhibitor,)| inhibitor)
}

/// Asks for the session that the window is shown in.
fn session(bus: &Connection) -> Option<Path<'static>> {
    let logind = bus.with_proxy(NAME, PLACE, ANSWER);
    let own = std::env::var("XDG_SESSION_ID").unwrap_or_else(|_| "auto".to_owned());
    let answer: Result<(Path<'static>,), Error> = logind.method_call(MANAGER, "GetSession", (own,));
    answer.ok().map(|(path,)| path)
}
