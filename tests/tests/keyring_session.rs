//! `fusion keys` with a real keyring: a session bus of the test's own with gnome-keyring on it.
//!
//! What other keyrings do is tested below with stand-ins; this proves the wiring that no stand-in can: bus, protocol,
//! encryption, and the words for a keyring that is locked or gone.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod program;

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use dbus::blocking::Connection;
use program::{Answer, Bench};

const CASE: &str = "heron.fusion";
/// A bus that starts no service by itself: a keyring is there only while the test has one.
const BUS: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;
const LIMIT: Duration = Duration::from_secs(60);

/// A session with a bus; it ends with the test.
struct DesktopSession {
    bus: Child,
    address: String,
    keyring: Option<Child>,
}

impl Drop for DesktopSession {
    fn drop(&mut self) {
        self.end_keyring();
        let _ = self.bus.kill();
        let _ = self.bus.wait();
    }
}

impl DesktopSession {
    /// Starts the bus, or says that the test is skipped.
    fn start(folder: &Path) -> Option<Self> {
        let here = |program: &str| {
            Command::new(program)
                .arg("--version")
                .stdout(Stdio::null())
                .status()
                .is_ok()
        };
        if !(here("dbus-daemon") && here("gnome-keyring-daemon")) {
            println!("skipped: there is no dbus-daemon or no gnome-keyring-daemon here");
            return None;
        }
        let configuration = folder.join("bus.conf");
        fs::write(&configuration, BUS).unwrap();
        let mut bus = Command::new("dbus-daemon")
            .arg("--config-file")
            .arg(configuration)
            .args(["--nofork", "--nopidfile", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        Some(Self {
            bus,
            address: address.trim().to_owned(),
            keyring: None,
        })
    }

    /// Starts the keyring, which this passphrase of the login opens; without one it stays locked.
    fn start_keyring(&mut self, home: &Path, login: Option<&str>) {
        let mut command = Command::new("gnome-keyring-daemon");
        command.args(["--foreground", "--components=secrets"]);
        let mut keyring = command
            .args(login.map(|_| "--unlock"))
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .env("HOME", home)
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_RUNTIME_DIR", home)
            .env_remove("DISPLAY")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = keyring.stdin.take().unwrap();
        input.write_all(login.unwrap_or_default().as_bytes()).unwrap();
        drop(input);
        self.keyring = Some(keyring);
        self.waits_for_keyring(true);
    }

    fn end_keyring(&mut self) {
        if let Some(mut keyring) = self.keyring.take() {
            let _ = keyring.kill();
            let _ = keyring.wait();
        }
    }

    fn waits_for_keyring(&self, there: bool) {
        let bus = Connection::new_address(&self.address).unwrap();
        let names = bus.with_proxy("org.freedesktop.DBus", "/org/freedesktop/DBus", LIMIT);
        let begun = Instant::now();
        loop {
            let (has_owner,): (bool,) = names
                .method_call("org.freedesktop.DBus", "NameHasOwner", ("org.freedesktop.secrets",))
                .unwrap();
            if has_owner == there {
                return;
            }
            assert!(begun.elapsed() < LIMIT, "the keyring does not come or go");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Runs the program in this session, with a file for the passphrase.
    fn run(&self, bench: &Bench, passphrase: &str, arguments: &[&str]) -> Answer {
        let file = bench.path(passphrase);
        let bus = Path::new(&self.address);
        bench.run_with(
            arguments,
            &[("DBUS_SESSION_BUS_ADDRESS", bus), ("FUSION_PASSPHRASE_FILE", &file)],
        )
    }
}

#[test]
fn a_real_keyring_opens_the_case_until_its_key_is_taken_away() {
    let Some(bench) = Bench::new() else { return };
    let Some(mut session) = DesktopSession::start(bench.folder()) else {
        return;
    };
    let home = bench.path("keyring");
    fs::create_dir(&home).unwrap();
    // An empty line instead of a passphrase asks for the keyring.
    fs::write(bench.path("nothing"), "\n").unwrap();
    bench.ends(&["new", CASE, "--name", "Heron"], 0);
    let list = ["keys", CASE, "list", "--json"];

    session.start_keyring(&home, Some("of the login"));
    let before = session.run(&bench, "nothing", &list);
    assert_ne!(before.code, 0, "{}", before.out);
    let added = session.run(&bench, "passphrase", &["keys", CASE, "add", "keyring"]);
    assert_eq!(added.code, 0, "{}", added.err);
    let opened = session.run(&bench, "nothing", &list);
    assert_eq!(opened.code, 0, "{}", opened.err);
    let view: serde_json::Value = serde_json::from_str(&opened.out).unwrap();
    let slots = view["slots"].as_array().unwrap();
    let slot = slots.iter().find(|slot| slot["kind"] == "keyring").unwrap();
    assert_eq!(slots.len(), 2, "{view}");

    // The key outlives the keyring's process, and needs its passphrase again.
    session.end_keyring();
    session.waits_for_keyring(false);
    let gone = session.run(&bench, "nothing", &list);
    assert_eq!(gone.code, 4, "{}", gone.err);
    assert!(gone.err.contains("no key in the system keyring"), "{}", gone.err);
    assert!(gone.err.contains("hint: "), "{}", gone.err);
    session.start_keyring(&home, None);
    let locked = session.run(&bench, "nothing", &list);
    assert_eq!(locked.code, 4, "{}", locked.err);
    assert!(locked.err.contains("it is locked"), "{}", locked.err);
    let all_the_same = session.run(&bench, "passphrase", &list);
    assert_eq!(all_the_same.code, 0, "{}", all_the_same.err);
    session.end_keyring();
    session.waits_for_keyring(false);
    session.start_keyring(&home, Some("of the login"));
    assert_eq!(session.run(&bench, "nothing", &list).code, 0);

    let number = slot["id"].as_u64().unwrap().to_string();
    let removed = session.run(&bench, "passphrase", &["keys", CASE, "remove", &number]);
    assert_eq!(removed.code, 0, "{}", removed.err);
    let after = session.run(&bench, "nothing", &list);
    assert_ne!(after.code, 0, "{}", after.out);
    assert!(after.err.contains("keyring"), "{}", after.err);
    assert_eq!(session.run(&bench, "passphrase", &list).code, 0);
}
