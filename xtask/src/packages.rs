//! The Debian packages that building and testing need, one reason each.
//!
//! The table is the only place that names them: set-up installs from it and prints the reasons, so a package without
//! a reason cannot be added.

/// What a package is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// To build the `fusion` program.
    Program,
    /// To build and show the window.
    Window,
    /// To run the tests.
    Test,
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Package {
    /// Debian's name.
    pub name: &'static str,
    /// What it is needed for.
    pub need: Need,
    /// Why, in words that a person can check.
    pub reason: &'static str,
}

const fn row(need: Need, name: &'static str, reason: &'static str) -> Package {
    Package { name, need, reason }
}

/// Every package, in the order in which they are named to the user.
const PACKAGES: &[Package] = &[
    row(
        Need::Program,
        "build-essential",
        "C compiler for SQLCipher, ring and zstd",
    ),
    row(Need::Program, "pkg-config", "finds the libraries below"),
    row(Need::Program, "libssl-dev", "libcrypto, which SQLCipher encrypts with"),
    row(Need::Program, "libdbus-1-dev", "speaks to the desktop's keyring"),
    row(
        Need::Program,
        "perl",
        "builds OpenSSL when a release links its own copy",
    ),
    row(
        Need::Window,
        "libwebkit2gtk-4.1-dev",
        "the web view that the window is drawn in",
    ),
    row(
        Need::Window,
        "libxdo-dev",
        "copy and paste entries of the window's menu",
    ),
    row(
        Need::Window,
        "libayatana-appindicator3-dev",
        "the window library's tray support",
    ),
    row(Need::Window, "librsvg2-dev", "draws the window's SVG icons"),
    row(Need::Window, "fonts-dejavu-core", "without a font all text is boxes"),
    row(Need::Test, "xvfb", "a display for the window test"),
    row(Need::Test, "xauth", "xvfb-run needs it"),
    row(Need::Test, "webkit2gtk-driver", "drives the real window"),
    row(
        Need::Test,
        "dbus",
        "a session bus for the keyring test, a system bus for the test of sleep",
    ),
    row(Need::Test, "dbus-x11", "starts that bus"),
    row(Need::Test, "gnome-keyring", "the keyring in the keyring test"),
    row(Need::Test, "x11-utils", "finds the window on the display"),
    row(
        Need::Test,
        "imagemagick",
        "counts the colours of a screenshot: a blank window fails",
    ),
    row(
        Need::Test,
        "libxml2-utils",
        "validates GEXF and GraphML against their schemas",
    ),
    row(Need::Test, "tidy", "validates the HTML report"),
    row(Need::Test, "chromium", "opens the HTML report and watches its network"),
    row(
        Need::Test,
        "strace",
        "kills the program at a system call and fails its writes",
    ),
    row(Need::Test, "faketime", "runs the program under a wrong clock"),
    row(Need::Test, "python3", "reads the exports with networkx and igraph"),
    row(Need::Test, "python3-venv", "keeps those two out of the system's Python"),
];

/// Packages for the `fusion` program alone.
pub fn for_program() -> Vec<Package> {
    PACKAGES
        .iter()
        .copied()
        .filter(|package| package.need == Need::Program)
        .collect()
}

/// Packages for the program and the window.
pub fn for_window() -> Vec<Package> {
    PACKAGES
        .iter()
        .copied()
        .filter(|package| package.need != Need::Test)
        .collect()
}

/// Packages for building and testing.
pub fn everything() -> Vec<Package> {
    PACKAGES.to_vec()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_safe_on_a_command_line() {
        let names: BTreeSet<&str> = PACKAGES.iter().map(|package| package.name).collect();
        assert_eq!(names.len(), PACKAGES.len());
        for name in names {
            assert!(
                name.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)),
                "{name}"
            );
        }
    }

    #[test]
    fn each_set_holds_the_smaller_one() {
        let (program, window, all) = (for_program(), for_window(), everything());
        assert!(program.iter().all(|package| window.contains(package)));
        assert!(window.iter().all(|package| all.contains(package)));
        assert!(!program.is_empty() && program.len() < window.len() && window.len() < all.len());
    }
}
