//! What the program may be started with.

use std::ffi::OsString;
use std::path::PathBuf;
use std::str::FromStr;

use anyhow::{anyhow, bail};
use fusion_api::auto_lock::LockReason;

const USAGE: &str = "hint: fusion-workbench [--sample] [--geometry WIDTHxHEIGHT+X+Y] [CASE]";

/// Holds the command line.
#[derive(Debug, Default)]
pub struct Options {
    /// Open the sample case at once.
    pub sample: bool,
    /// Case to offer for unlocking.
    pub case: Option<PathBuf>,
    /// Where the window opens.
    pub geometry: Option<Geometry>,
    /// How the window shows itself.
    pub shown: Shown,
    /// Why the start before this one ended: its case was locked.
    pub locked: Option<LockReason>,
}

/// Where a window stands, in logical pixels, written as X11 programs do: `1280x800+40+20`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Geometry {
    /// Width of what is inside the frame.
    pub width: u32,
    /// Height of what is inside the frame.
    pub height: u32,
    /// Left edge.
    pub left: i32,
    /// Upper edge.
    pub top: i32,
}

/// Says how a window shows itself when it opens.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// In front, with the keyboard.
    #[default]
    InFront,
    /// Without taking the keyboard from another program.
    Behind,
    /// Filling the screen.
    Maximized,
    /// As an icon.
    Minimized,
}

impl Options {
    /// Reads `[--sample] [--geometry G] [CASE]`, and what a start after a lock is told by the one before.
    pub fn parse(arguments: impl Iterator<Item = OsString>) -> anyhow::Result<Self> {
        let mut options = Self::default();
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let mut value = || {
                let next = arguments.next().and_then(|next| next.into_string().ok());
                next.ok_or_else(|| anyhow!("{} needs a value\n{USAGE}", argument.display()))
            };
            match argument.to_str() {
                Some("--sample") => options.sample = true,
                Some("--geometry") => options.geometry = Some(value()?.parse()?),
                Some("--shown") => options.shown = value()?.parse()?,
                Some("--locked") => {
                    let reason = value()?;
                    let known = LockReason::with_id(&reason);
                    options.locked = Some(known.ok_or_else(|| anyhow!("no reason to lock: {reason}"))?);
                }
                Some(flag) if flag.starts_with('-') => bail!("unknown option: {flag}\n{USAGE}"),
                _ if options.case.is_none() => options.case = Some(argument.into()),
                _ => bail!("one case at a time, please"),
            }
        }
        Ok(options)
    }

    /// Returns the arguments that [`Self::parse`] reads a start after a lock from.
    pub fn after_lock(reason: LockReason, geometry: Option<Geometry>, shown: Shown) -> Vec<String> {
        let mut arguments = vec!["--locked".to_owned(), reason.id().to_owned()];
        if let Some(geometry) = geometry {
            arguments.extend(["--geometry".to_owned(), geometry.to_string()]);
        }
        arguments.extend(["--shown".to_owned(), shown.id().to_owned()]);
        arguments
    }
}

impl Shown {
    const ALL: [Self; 4] = [Self::InFront, Self::Behind, Self::Maximized, Self::Minimized];

    fn id(self) -> &'static str {
        match self {
            Self::InFront => "in-front",
            Self::Behind => "behind",
            Self::Maximized => "maximized",
            Self::Minimized => "minimized",
        }
    }
}

impl FromStr for Shown {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let known = Self::ALL.into_iter().find(|shown| shown.id() == text);
        known.ok_or_else(|| anyhow!("a window is not shown like this: {text}"))
    }
}

impl std::fmt::Display for Geometry {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}x{}{:+}{:+}", self.width, self.height, self.left, self.top)
    }
}

impl FromStr for Geometry {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let read = || {
            let signed = text.find(['+', '-'])?;
            let (size, place) = text.split_at(signed);
            let (width, height) = size.split_once('x')?;
            let top = 1 + place.get(1..)?.find(['+', '-'])?;
            Some(Self {
                width: width.parse().ok()?,
                height: height.parse().ok()?,
                left: place.get(..top)?.parse().ok()?,
                top: place.get(top..)?.parse().ok()?,
            })
        };
        read().ok_or_else(|| anyhow!("not WIDTHxHEIGHT+X+Y: {text}\n{USAGE}"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parsed(arguments: &[&str]) -> anyhow::Result<Options> {
        Options::parse(arguments.iter().map(OsString::from))
    }

    #[test]
    fn a_start_after_a_lock_reads_what_the_one_before_wrote() {
        let geometry = Geometry {
            width: 1280,
            height: 800,
            left: -40,
            top: 20,
        };
        assert_eq!(geometry.to_string(), "1280x800-40+20");
        for shown in Shown::ALL {
            let written = Options::after_lock(LockReason::Unused, Some(geometry), shown);
            let read = Options::parse(written.into_iter().map(OsString::from)).unwrap();
            assert_eq!((read.locked, read.geometry), (Some(LockReason::Unused), Some(geometry)));
            assert_eq!((read.shown, read.sample, read.case), (shown, false, None));
        }
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for wrong in [
            &["--geometry"][..],
            &["--geometry", "1280x800"],
            &["--geometry", "wide+1+1"],
            &["--shown", "twice"],
            &["--locked", "lost"],
            &["--open"],
            &["one", "two"],
        ] {
            assert!(parsed(wrong).is_err(), "{wrong:?}");
        }
        let case = parsed(&["--sample", "a case"]).unwrap();
        assert_eq!((case.sample, case.case), (true, Some(PathBuf::from("a case"))));
    }
}
