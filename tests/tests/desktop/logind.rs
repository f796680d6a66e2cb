//! A system bus of the test's own with a stand-in for logind on it: it hands out inhibitors and tells of sleep.

use std::io::{BufRead as _, BufReader, Read as _};
use std::os::fd::OwnedFd;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dbus::arg::{PropMap, Variant};
use dbus::blocking::Connection;
use dbus::channel::{MatchingReceiver as _, Sender as _};
use dbus::message::MatchRule;
use dbus::{Message, Path};

use crate::webdriver::wait_for;

const NAME: &str = "org.freedesktop.login1";
const PLACE: &str = "/org/freedesktop/login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const SESSION: &str = "org.freedesktop.login1.Session";
const TURN: Duration = Duration::from_millis(20);

/// What the program has asked for so far.
#[derive(Debug, Default, Clone, Copy)]
pub struct Seen {
    /// Inhibitors handed out.
    pub taken: usize,
    /// Inhibitors whose holder let go.
    pub given_back: usize,
    is_going_to_sleep: bool,
}

/// The bus and the service on it; both end with the test.
pub struct Logind {
    bus: Child,
    address: String,
    seen: Arc<Mutex<Seen>>,
    signals: Sender<Message>,
}

impl Drop for Logind {
    fn drop(&mut self) {
        let _ = self.bus.kill();
        let _ = self.bus.wait();
    }
}

impl Logind {
    /// Starts both, or says that there is no bus to start.
    pub fn start() -> Option<Self> {
        let started = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn();
        let Ok(mut bus) = started else {
            println!("skipped: there is no dbus-daemon here");
            return None;
        };
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        let address = address.trim().to_owned();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (signals, to_send) = channel();
        let (shared, place) = (Arc::clone(&seen), address.clone());
        let (ready, is_ready) = channel();
        std::thread::spawn(move || serve(&place, &shared, &to_send, &ready));
        is_ready.recv().unwrap();
        Some(Self {
            bus,
            address,
            seen,
            signals,
        })
    }

    /// Returns where the bus is.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Returns what was asked for so far.
    pub fn seen(&self) -> Seen {
        *self.seen.lock().unwrap()
    }

    /// Waits until something was asked for.
    pub fn waits(&self, what: &str, is_there: impl Fn(&Seen) -> bool) {
        wait_for(what, || is_there(&self.seen()).then_some(()));
    }

    /// Tells that the computer falls asleep, or that it woke up.
    pub fn prepare_for_sleep(&mut self, begins: bool) {
        self.seen.lock().unwrap().is_going_to_sleep = begins;
        let signal = Message::new_signal(PLACE, MANAGER, "PrepareForSleep").unwrap();
        self.signals.send(signal.append1(begins)).unwrap();
    }

    /// Tells a session to lock its screen.
    pub fn lock_session(&self, number: u32) {
        self.signals
            .send(Message::new_signal(session(number), SESSION, "Lock").unwrap())
            .unwrap();
    }

    /// Tells that the desktop has locked a session's screen.
    pub fn hint_that_session_is_locked(&self, number: u32) {
        let signal = Message::new_signal(session(number), "org.freedesktop.DBus.Properties", "PropertiesChanged");
        let changed = PropMap::from([("LockedHint".to_owned(), Variant(Box::new(true) as _))]);
        let signal = signal.unwrap().append3(SESSION, changed, Vec::<String>::new());
        self.signals.send(signal).unwrap();
    }
}

fn session(number: u32) -> String {
    format!("{PLACE}/session/_3{number}")
}

fn serve(address: &str, seen: &Arc<Mutex<Seen>>, to_send: &Receiver<Message>, ready: &Sender<()>) {
    let bus = Connection::new_address(address).unwrap();
    bus.request_name(NAME, false, false, true).unwrap();
    let shared = Arc::clone(seen);
    bus.start_receive(
        MatchRule::new_method_call().with_path(PLACE).with_interface(MANAGER),
        Box::new(move |call, bus| {
            // Nobody waits any more for an answer that cannot be sent.
            let _ = bus.send(answer(&call, &shared));
            true
        }),
    );
    ready.send(()).unwrap();
    // It ends with the bus.
    while bus.process(TURN).is_ok() {
        for signal in to_send.try_iter() {
            if bus.send(signal).is_err() {
                return;
            }
        }
    }
}

fn answer(call: &Message, seen: &Arc<Mutex<Seen>>) -> Message {
    let mut state = seen.lock().unwrap();
    match call.member().as_deref() {
        Some("GetSession") => {
            let id: &str = call.read1().unwrap();
            call.method_return().append1(Path::from(session(id.parse().unwrap())))
        }
        Some("Inhibit") => {
            let wanted: (&str, &str, &str, &str) = call.read4().unwrap();
            assert_eq!((wanted.0, wanted.3), ("sleep", "delay"));
            if state.is_going_to_sleep {
                // As the real one does.
                let name = "org.freedesktop.login1.OperationInProgress".into();
                let why = c"The operation inhibition has been requested for is already running";
                return call.error(&name, why);
            }
            state.taken += 1;
            let (mut ours, theirs) = std::io::pipe().unwrap();
            let shared = Arc::clone(seen);
            std::thread::spawn(move || {
                // Reads the end as soon as nobody holds the other side.
                let _ = ours.read(&mut [0]);
                shared.lock().unwrap().given_back += 1;
            });
            call.method_return().append1(OwnedFd::from(theirs))
        }
        _ => call.error(&"org.freedesktop.DBus.Error.UnknownMethod".into(), c"not played here"),
    }
}
