//! The driver and the program as processes: where they live, that they end, and which ports they listen on.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::webdriver::wait_for;

/// A process that ends with the test, whatever the test's end.
pub struct Running {
    child: Child,
}

impl Running {
    /// Starts a program in a home of its own, cut off from the user's settings, cases and session bus.
    pub fn start(program: &Path, arguments: &[String], variables: &[(&str, &str)], home: &Path) -> Self {
        for folder in ["config", "cache", "data", "run", "cases"] {
            std::fs::create_dir_all(home.join(folder)).unwrap();
        }
        let child = Command::new(program)
            .args(arguments)
            .env("HOME", home)
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_RUNTIME_DIR", home.join("run"))
            .env("FUSION_CASES_DIR", home.join("cases"))
            .env("LANG", "C.UTF-8")
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            .env("NO_AT_BRIDGE", "1")
            .env_remove("FUSION_CONFIG")
            .env_remove("SOURCE_DATE_EPOCH")
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        Self { child }
    }

    /// Process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // The window outlives a driver that is killed, so it goes first.
        for child in descendants(self.child.id()).into_iter().rev() {
            let _ = Command::new("kill")
                .args(["-KILL", &child.to_string()])
                .stderr(Stdio::null())
                .status();
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nobody uses now.
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0))
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

/// Waits for the process below `parent` that runs `program`.
pub fn program_below(parent: u32, program: &Path) -> u32 {
    let program = program.canonicalize().unwrap();
    wait_for("the program's process", || {
        let mut below = descendants(parent).into_iter();
        below.find(|id| std::fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|exe| exe == program))
    })
}

/// All processes below one, parents before children.
pub fn descendants(parent: u32) -> Vec<u32> {
    let mut found = vec![parent];
    let mut next = 0;
    let all = all_processes();
    while let Some(id) = found.get(next).copied() {
        found.extend(all.iter().filter(|(_, above)| *above == id).map(|(id, _)| *id));
        next += 1;
    }
    found.remove(0);
    found
}

fn all_processes() -> Vec<(u32, u32)> {
    let entries = std::fs::read_dir("/proc").unwrap();
    let ids = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
    ids.filter_map(|id| {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // The name stands in brackets and may hold blanks; the parent is the second word after it.
        let parent = stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()?;
        Some((id, parent))
    })
    .collect()
}

/// TCP ports on which a process or one below it listens.
pub fn listening_ports(process: u32) -> BTreeSet<u16> {
    let mut ports = BTreeSet::new();
    let mut family = descendants(process);
    family.push(process);
    for id in family {
        let sockets = sockets(id);
        for table in ["tcp", "tcp6"] {
            let text = std::fs::read_to_string(format!("/proc/{id}/net/{table}")).unwrap_or_default();
            ports.extend(text.lines().skip(1).filter_map(|line| listening(line, &sockets)));
        }
    }
    ports
}

fn sockets(process: u32) -> BTreeSet<String> {
    let Ok(entries) = std::fs::read_dir(format!("/proc/{process}/fd")) else {
        return BTreeSet::new();
    };
    let links = entries.filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok());
    links
        .filter_map(|link: PathBuf| Some(link.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned()))
        .collect()
}

/// The port of a row of `/proc/…/net/tcp` that listens through one of these sockets.
fn listening(row: &str, sockets: &BTreeSet<String>) -> Option<u16> {
    const LISTEN: &str = "0A";
    let words: Vec<&str> = row.split_whitespace().collect();
    if *words.get(3)? != LISTEN || !sockets.contains(*words.get(9)?) {
        return None;
    }
    u16::from_str_radix(words.get(1)?.rsplit(':').next()?, 16).ok()
}

/// The port that the driver made the program open for it; no such port is open without a driver.
pub fn driver_port(process: u32) -> Option<u16> {
    let environment = std::fs::read(format!("/proc/{process}/environ")).ok()?;
    let mut variables = environment
        .split(|byte| *byte == 0)
        .filter_map(|each| std::str::from_utf8(each).ok());
    let address = variables
        .find_map(|each| each.strip_prefix("WEBKIT_INSPECTOR_SERVER="))?
        .to_owned();
    address.rsplit(':').next()?.parse().ok()
}
