//! Whether a window can be opened here.
//!
//! A variable that names a display is not yet a display: over SSH or in a container it often points nowhere. So the
//! server's socket is tried. Fails towards "no", with the reason, and `--window` overrides it.

use std::env;
use std::net::{TcpStream, ToSocketAddrs};
use std::path::PathBuf;
use std::time::Duration;

/// Says where a window would open, or why none can.
///
/// # Errors
/// The reason, as a sentence fragment.
pub fn find() -> Result<String, String> {
    if !cfg!(target_os = "linux") {
        return Ok("the desktop".to_owned());
    }
    if let Some(socket) = wayland_socket()
        && connects(&socket)
    {
        return Ok(format!("Wayland display {}", socket.display()));
    }
    let Some(name) = env::var("DISPLAY").ok().filter(|name| !name.is_empty()) else {
        return Err("neither DISPLAY nor WAYLAND_DISPLAY names one".to_owned());
    };
    let Some(place) = XDisplay::parse(&name) else {
        return Err(format!("DISPLAY is `{name}`, which is no display name"));
    };
    if place.answers() {
        Ok(format!("X display {name}"))
    } else {
        Err(format!("nothing answers at DISPLAY `{name}`"))
    }
}

fn wayland_socket() -> Option<PathBuf> {
    let name = env::var_os("WAYLAND_DISPLAY").filter(|name| !name.is_empty())?;
    let folder = env::var_os("XDG_RUNTIME_DIR").unwrap_or_default();
    Some(PathBuf::from(folder).join(name))
}

/// A parsed `DISPLAY`: host (empty = this machine) and number.
#[derive(Debug, PartialEq, Eq)]
struct XDisplay {
    host: String,
    number: u16,
}

impl XDisplay {
    fn parse(name: &str) -> Option<Self> {
        let (host, rest) = name.rsplit_once(':')?;
        let number = rest.split('.').next()?.parse().ok()?;
        let host = if host == "unix" { "" } else { host };
        Some(Self {
            host: host.to_owned(),
            number,
        })
    }

    fn answers(&self) -> bool {
        if self.host.is_empty() {
            return connects(&PathBuf::from(format!("/tmp/.X11-unix/X{}", self.number)));
        }
        let Some(port) = 6000_u16.checked_add(self.number) else {
            return false;
        };
        (self.host.as_str(), port).to_socket_addrs().is_ok_and(|mut addresses| {
            addresses.any(|address| TcpStream::connect_timeout(&address, Duration::from_secs(2)).is_ok())
        })
    }
}

#[cfg(unix)]
fn connects(socket: &std::path::Path) -> bool {
    std::os::unix::net::UnixStream::connect(socket).is_ok()
}

#[cfg(not(unix))]
fn connects(_socket: &std::path::Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_names_are_read_as_x_does() {
        for (name, expected) in [
            (":0", Some(("", 0))),
            (":99.0", Some(("", 99))),
            ("unix:1", Some(("", 1))),
            ("localhost:10.0", Some(("localhost", 10))),
            ("", None),
            ("localhost", None),
            (":x", None),
        ] {
            let parsed = XDisplay::parse(name);
            let parsed = parsed.as_ref().map(|place| (place.host.as_str(), place.number));
            assert_eq!(parsed, expected, "{name}");
        }
    }

    #[test]
    fn a_display_that_nobody_serves_does_not_answer() {
        let nowhere = XDisplay {
            host: String::new(),
            number: 65_000,
        };
        assert!(!nowhere.answers());
    }
}
